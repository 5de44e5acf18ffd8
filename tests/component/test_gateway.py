"""The gateway as it is served: gunicorn with native threads, while there is no broker."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from services.cli.ports import free_port
from services.cli.system import gateway_process
from shared.runtime.child import start_child, stop_child
from shared.settings import Settings

START_LIMIT = 30.0


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gateway whose broker is not there."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    port, nobody = free_port("127.0.0.1", 8064), free_port("127.0.0.1", 5679)
    settings = Settings.model_validate({"http_port": port, "data": folder})
    process = gateway_process(settings, {"AMQP_URI": f"amqp://guest:geheim@127.0.0.1:{nobody}//"})
    with (folder / "log").open("wb") as log:
        child = start_child(process.command, env={**os.environ, **process.env}, output=log)
    deadline = time.monotonic() + START_LIMIT
    try:
        while not process.ready():
            assert child.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        assert stop_child(child, 10.0)
        assert "geheim" not in (folder / "log").read_text()


def _get(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    try:
        with urlopen(Request(url, headers=headers), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as refused:
        return refused.code, dict(refused.headers), refused.read().decode()


def test_it_lives_and_is_not_ready(gateway: str) -> None:
    assert _get(f"{gateway}/health/live")[0] == 200
    status, _, body = _get(f"{gateway}/health")
    assert status == 503
    assert json.loads(body)["broker"] is False


def test_a_page_tells_people_what_is_wrong(gateway: str) -> None:
    status, headers, body = _get(f"{gateway}/members", Accept="text/html")
    assert status == 503
    assert headers["Retry-After"]
    assert "RabbitMQ" in body
    assert "geheim" not in body


def test_programs_get_a_problem(gateway: str) -> None:
    status, headers, body = _get(f"{gateway}/members", Accept="application/json")
    assert status == 503
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["type"] == "urn:bcd:problem:unavailable"


def test_its_style_is_its_own(gateway: str) -> None:
    status, headers, body = _get(f"{gateway}/static/style.css")
    assert status == 200
    assert headers["Content-Type"].startswith("text/css")
    assert "http" not in body


def test_a_wrong_setting_ends_it_at_once() -> None:
    made = subprocess.run(
        [sys.executable, "-c", "from services.gateway.wsgi import make_app; make_app()"],
        env={"PATH": os.environ["PATH"], "BCD_NO_SUCH": "1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert made.returncode == 78
    assert "BCD_NO_SUCH" in made.stderr
    assert "Traceback" not in made.stderr
