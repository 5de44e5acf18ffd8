"""How a drill and a verification end: what was missed, or raised for nothing, ends in status 1."""

import json

import pytest
import typer

from services.audit.drilling import Drill, Tried
from services.audit.findings import KEPT, Findings, report
from services.cli.audit_told import SHOWN, tell, tell_drill

FOUND = Tried("delete", True, "context-a.b@3", "context-a.b@3: …")
MISSED = Tried("insert", False, "context-a.b@4", "")


@pytest.mark.parametrize(
    ("drill", "status", "words"),
    [
        (Drill(9, 0, (FOUND,), ()), 0, "1 of 1 ways were found"),
        (Drill(9, 2, (FOUND, MISSED), ()), 1, "MISSED: insert"),
        (Drill(9, 0, (FOUND,), ("context-a.b@0: …",)), 1, "MISSED"),
    ],
)
def test_a_drill(drill: Drill, status: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (False, True):
        with pytest.raises(typer.Exit) as ended:
            tell_drill(drill, as_json)
        assert ended.value.exit_code == status
        out = capsys.readouterr().out
        if as_json:
            assert json.loads(out)["well"] == (status == 0)
        else:
            assert words in out


def test_many_findings_are_counted_and_the_first_ones_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    findings = Findings()
    for number in range(KEPT + 50):
        findings.add("log", "entry_tile", f"leaf {number}", leaf=number, reference="a-b.c@0")
    with pytest.raises(typer.Exit) as ended:
        tell(report("e", 1, 2, 0.1, [], findings), as_json=False)
    out = capsys.readouterr().out
    assert ended.value.exit_code == 1
    assert out.count("✗") == SHOWN
    assert f"NOT WELL: {KEPT + 50} findings; the first: leaf 0" in out
