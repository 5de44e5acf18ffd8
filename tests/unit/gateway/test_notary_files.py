"""What the gateway serves of the notary's folder, and what it does not."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

EPOCH = "0190a3b4-5c6d-7e8f-9012-3456789abcde"
SERVED = {
    "checkpoint": "log\n1\n",
    "keys": "k\n",
    "adoptions": "",
    "checkpoints/12": "log\n12\n",
    "tile/0/000": "t",
    "tile/entries/x001/234.p/17": "e",
}
HIDDEN = ["index.sqlite", "tile/0/.000.draft", "checkpoints/.12.draft", "tile/64/000", "tile/0/0", "tile", ""]


@pytest.fixture
def folder(client: FlaskClient, tmp_path: Path) -> Path:
    client.application.config["NOTARY"] = tmp_path / "notary"
    for name in [*SERVED, *filter(None, HIDDEN)]:
        path = tmp_path / "notary" / EPOCH / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SERVED.get(name, "secret"))
    (tmp_path / "notary" / "current").write_text(f"{EPOCH}\n")
    (tmp_path / "notary" / "key").write_text("PRIVATE")
    return tmp_path


@pytest.mark.parametrize("name", SERVED)
def test_the_files_of_the_log(name: str, client: FlaskClient, folder: Path) -> None:
    answer = client.get(f"/notary/{EPOCH}/{name}")
    assert (answer.status_code, answer.text) == (200, SERVED[name])
    lasting = name.startswith("tile")
    assert ("immutable" in answer.headers["Cache-Control"]) == lasting
    assert answer.mimetype == ("application/octet-stream" if lasting else "text/plain")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/notary/{EPOCH}/{name}" for name in HIDDEN),
        "/notary/key",
        "/notary/lock",
        f"/notary/{EPOCH}/../key",
        f"/notary/{EPOCH}/%2e%2e/key",
        f"/notary/{EPOCH}/tile/../../key",
        f"/notary/{EPOCH}/checkpoints/13",
        "/notary/not-an-epoch/checkpoint",
    ],
)
def test_nothing_else(path: str, client: FlaskClient, folder: Path) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "PRIVATE" not in answer.text


def test_the_newest_log_is_named(client: FlaskClient, folder: Path) -> None:
    assert client.get("/notary/current").text == f"{EPOCH}\n"


def test_without_a_notary_there_is_nothing(client: FlaskClient) -> None:
    assert client.get(f"/notary/{EPOCH}/checkpoint").status_code == 404
