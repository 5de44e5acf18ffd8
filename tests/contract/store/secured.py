"""An embedded server over TLS with users, for the tests that need one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.store.stores import PATIENCE, ROOT, EmbeddedServer

ADA = "ada", "sesame-7"
THU = "thu", "mật khẩu: dài"


class SecuredServer(EmbeddedServer):
    """Its certificate is for `localhost` and signed by itself, so that it is its own authority."""

    def __init__(self, folder: Path) -> None:
        """Raises where openssl is not installed."""
        new_certificate(folder, "server")
        self.certificate, self.users = folder / "server.crt", folder / "users"
        for user in (ADA, THU):
            assert add_user(self.users, *user).returncode == 0
        super().__init__(folder / "data", *tls(folder, "server"), "--users", self.users)

    def uri_of(self, user: str, password: str) -> str:
        return f"esdb://{user}:{password}@localhost:{self.port}"


@pytest.fixture(scope="session")
def secured_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredServer]:
    if shutil.which("openssl") is None:
        pytest.skip("TLS NOT TESTED: openssl is not installed")
    server = SecuredServer(tmp_path_factory.mktemp("secured"))
    server.start()
    yield server
    server.kill()


def new_certificate(folder: Path, name: str) -> None:
    """Makes NAME.crt and NAME.key."""
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.crt")]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def tls(folder: Path, certificate: str, key: str = "server") -> tuple[str | Path, ...]:
    """The server's options for NAME.crt and NAME.key of a folder."""
    return "--certificate", folder / f"{certificate}.crt", "--key", folder / f"{key}.key"


def add_user(file: Path, name: str, password: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "shared.eventstore.embedded.add_user", str(file), name],
        cwd=ROOT,
        input=password + "\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
