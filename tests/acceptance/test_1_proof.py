"""Records that prove themselves: the running system replayed, compared, verified, handed out, backed up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.system import System

pytestmark = pytest.mark.timeout(300)


def test_a_replay_into_a_sandbox_answers_like_the_records_of_that_day(system: System, tmp_path: Path) -> None:
    sandbox = tmp_path / "sandbox"
    done = system.json("replay", "--until", "2022-09-28", "--to", str(sandbox))
    assert done["later"] > 0
    replayed = System(sandbox)
    there = replayed.json("records", "list", "members")
    here = system.json("records", "list", "members", "--as-of", "2022-09-28")
    assert len(here["rows"]) == 23
    assert there["rows"] == here["rows"]
    refused = replayed.bcd("rebuild")
    assert refused.returncode != 0
    assert str(sandbox) in refused.stderr


def test_the_merger_of_2025_is_what_differs_between_two_days(system: System) -> None:
    found = system.json("diff", "--from", "2025-02-28", "--to", "2025-03-01", "--register", "seats")
    assert found["totals"]["seats"]["changed"] >= 5
    types = {event["reference"]: event["type"] for event in system.events("--type", "SeatFolded")}
    assert types.keys() & {cause for one in found["differences"] for cause in one["causes"]}


def test_every_payload_document_and_record_verifies(system: System) -> None:
    system.caught_up()
    done = system.bcd("audit", "verify")
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_auditor_verifies_the_package_with_one_python_file_and_no_network(
    system: System, tmp_path: Path
) -> None:
    system.caught_up()
    package = tmp_path / "goi"
    made = system.bcd("audit", "export", str(package))
    assert made.returncode == 0, made.stdout + made.stderr
    assert (
        subprocess.run([sys.executable, "-m", "bagit", "--validate", str(package)], check=False).returncode
        == 0
    )
    verifier = package / "data" / "verify_bcd.py"
    key = next((system.folder / "notary").glob("*/keys")).read_text().split()[0]
    alone = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}

    def verdict() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-I", str(verifier), str(package), "--key", key],
            env=alone,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    whole = verdict()
    assert whole.returncode == 0, whole.stdout + whole.stderr
    events = next((package / "data" / "events").glob("*.ndjson"))
    content = events.read_bytes()
    events.write_bytes(content.replace(b"2022-09-28", b"2022-09-29", 1))
    hurt = verdict()
    assert hurt.returncode != 0
    assert "Traceback" not in hurt.stderr


def test_a_backup_of_the_running_system_passes_its_restore_drill(system: System, tmp_path: Path) -> None:
    system.caught_up()
    backup = tmp_path / "sao-luu"
    made = system.bcd("backup", str(backup))
    assert made.returncode == 0, made.stdout + made.stderr
    drill = system.bcd("restore", str(backup), "--drill")
    assert drill.returncode == 0, drill.stdout + drill.stderr


def test_the_projections_tell_how_far_they_are(system: System) -> None:
    system.caught_up()
    told = json.dumps(system.json("projections", "list"), ensure_ascii=False)
    for name in ("members", "journal", "notary", "relay", "policies"):
        assert f'"{name}"' in told
