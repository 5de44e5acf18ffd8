"""The Node client of EventStoreDB against the embedded server: what it does is in node_client/."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.store.secured import ADA, SecuredServer, secured_server
from tests.contract.store.stores import EmbeddedServer, embedded_server

__all__ = ["embedded_server", "secured_server"]  # fixtures

HERE = Path(__file__).parent / "node_client"
INSTALL_SECONDS = 60
RUN_SECONDS = 150


@pytest.fixture(scope="module")
def node_modules() -> Path:
    """The client of the version that package.json fixes, fetched once and kept in the environment."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("NODE CLIENT NOT TESTED: node and npm are not installed")
    folder = Path(sys.prefix) / "node-client"
    folder.mkdir(exist_ok=True)
    wanted = (HERE / "package.json").read_text()
    installed = folder / "installed.json"  # written last: a copy of what was asked for when it succeeded
    if not installed.exists() or installed.read_text() != wanted:
        (folder / "package.json").write_text(wanted)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1"]
        try:
            subprocess.run(
                [npm, "install", *quiet],
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
                timeout=INSTALL_SECONDS,
            )
        except subprocess.CalledProcessError as error:
            pytest.skip(f"NODE CLIENT NOT TESTED: npm could not install it: {error.stderr.strip()[-500:]}")
        except subprocess.TimeoutExpired:
            pytest.skip(f"NODE CLIENT NOT TESTED: npm did not install it within {INSTALL_SECONDS} s")
        installed.write_text(wanted)
    return folder / "node_modules"


@pytest.mark.timeout(INSTALL_SECONDS + RUN_SECONDS + 30)
def test_what_the_node_client_meets(node_modules: Path, embedded_server: EmbeddedServer) -> None:
    run(node_modules, embedded_server.uri)


@pytest.mark.timeout(INSTALL_SECONDS + RUN_SECONDS + 30)
def test_what_it_meets_over_tls_with_a_user(node_modules: Path, secured_server: SecuredServer) -> None:
    run(node_modules, f"{secured_server.uri_of(*ADA)}?tls=true&tlsCAFile={secured_server.certificate}")


def run(node_modules: Path, uri: str) -> None:
    """Run the tests of node_client/ and fail with what they said where one of them fails."""
    ran = subprocess.run(
        ["node", "--test", "--test-reporter=spec", *map(str, sorted(HERE.glob("*.test.js")))],
        env=os.environ | {"ESDB_URI": uri, "NODE_PATH": str(node_modules)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "pass 0" not in ran.stdout, "node ran no test at all"
