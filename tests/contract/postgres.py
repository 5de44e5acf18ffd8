"""A private PostgreSQL server for tests: one for the whole run, on a socket of its own, with its own data.

PostgreSQL refuses to run as root: then it runs as the user `postgres`, in a folder that this user owns.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

LIMIT = 120.0
"""Seconds; generous, because nothing but a failure waits this long."""


def programs() -> Path | None:
    """The folder of the newest installed server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    usable = [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    return usable[-1] if usable else None


@cache
def the_server() -> Path | None:
    """The folder of the run's socket, its server started; None where there are no programs for it."""
    bin_folder = programs()
    if bin_folder is None:
        sys.stderr.write("\nNO POSTGRESQL HERE: its tests are skipped (apt-get install postgresql)\n")
        return None
    folder = Path(tempfile.mkdtemp(prefix="bcd-pg-"))
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, log = folder / "data", folder / "log"
    _run(str(bin_folder / "initdb"), "-D", str(data), "-U", "bcd", "-A", "trust", "-E", "UTF8", "--no-locale")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    command = (str(bin_folder / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
    atexit.register(_end, bin_folder, data, folder)
    _run(*command)
    return folder


@pytest.fixture
def postgres_url() -> str:
    """An empty database; skipped, loudly, only where PostgreSQL is not installed."""
    folder = the_server()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    return new_database(folder)


def new_database(folder: Path, how: str = "") -> str:
    """The address of an empty database, made with these options."""
    name = f"t{uuid4().hex}"
    engine = create_engine(_url(folder, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(f"create database {name} {how}"))
    engine.dispose()
    return _url(folder, name)


def _url(folder: Path, database: str) -> str:
    return f"postgresql+psycopg://bcd@/{database}?host={folder}"


def _end(bin_folder: Path, data: Path, folder: Path) -> None:
    _run(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop", check=False)
    shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str, check: bool = True) -> None:
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # the server inherits it: a pipe would never end
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
        check=False,
        **user,  # type: ignore[call-overload]
    )
    assert done.returncode == 0 or not check, f"{command[0]} ended with {done.returncode}"
