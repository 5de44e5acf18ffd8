"""What is written from the code says what the code says, and every clause has its whole chain."""

import re

import pytest

from services.published import CODEC
from services.records.registers import REGISTERS
from services.regulation.clauses import Clause, clauses
from tests.documents import regulation
from tests.documents.document import COMMAND, Document
from tests.documents.evidence import Evidence, Provision, all_provisions, counted_for, evidence
from tests.documents.shelf import DOCUMENTS
from tests.documents.source import Citation, Place, cited, decided

CODE = """
from services.members.rules import Rule as MembersRule
from services.tasks.rules import Rule

TABLE = {1: Rule.IN_A_TABLE}

def report(command, act, task):
    require(True, Rule.FIRST, "why")
    require(True, Rule.FIRST, "why again")
    def inner():
        require(True, MembersRule.SECOND, "why")

class Told:
    def method(self):
        return Rule.THIRD, Kind.OTHER
"""
TEST = """
def test_refused():
    story().when(A, B).then_refused(Rule.FIRST)
    with refused(Rule.SECOND):
        decide()
    assert Rule.THIRD
    other.then_refused(rule)
    refused()
"""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path)
def test_the_document_is_up_to_date(document: Document) -> None:
    assert not document.stale(), f"{document.path} does not say what the code says: run `{COMMAND}`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path)
def test_the_document_is_the_same_each_time(document: Document) -> None:
    assert document.text() == document.text()
    assert document.text().endswith("\n")


@pytest.mark.parametrize("leaf", clauses().leaves, ids=lambda leaf: leaf.id)
def test_nothing_is_empty(leaf: Clause) -> None:
    """From the words of a clause to the register in which an auditor finds it, no link is missing."""
    empty = counted_for(leaf).empty
    assert not empty, f"{leaf.id} ({leaf.cite}) has no {', no '.join(empty)}"


@pytest.mark.parametrize("leaf", clauses().leaves, ids=lambda leaf: leaf.id)
def test_every_register_that_a_clause_names_exists(leaf: Clause) -> None:
    unknown = [name for name in leaf.records if name not in REGISTERS]
    assert not unknown, f"{leaf.id} names what services/records/registers.py does not have: {unknown}"


@pytest.mark.parametrize("name", sorted(CODEC.types))
def test_events_cite_clauses_that_there_are(name: str) -> None:
    unknown = [clause for clause in CODEC.types[name].clauses if clause not in clauses().by_id]
    assert not unknown, f"{name} cites what the regulation does not have: {unknown}"


@pytest.mark.parametrize("provision", list(all_provisions()), ids=lambda one: f"{one.context}.{one.name}")
def test_every_provision_is_of_a_clause(provision: Provision) -> None:
    clause = clauses().clause_of(provision.value).id
    assert provision in evidence()[clause].provisions
    rest = provision.value.removeprefix(clause)
    assert re.fullmatch(r"(\.\d+)?", rest), f"{provision.value} is no clause with a last number"


def test_all_provisions_that_the_code_cites_exist() -> None:
    known = {(one.context, one.name) for one in all_provisions()}
    assert {(one.context, one.name) for one in decided()} - known == set()


def test_citations_are_found_in_functions_methods_and_tables() -> None:
    found = list(cited(CODE, "services/tasks/task/decider.py", in_refusals=False))
    assert found == [
        Citation("tasks", "IN_A_TABLE", Place("services/tasks/task/decider.py", "TABLE")),
        Citation("tasks", "FIRST", Place("services/tasks/task/decider.py", "report")),
        Citation("members", "SECOND", Place("services/tasks/task/decider.py", "report")),
        Citation("tasks", "THIRD", Place("services/tasks/task/decider.py", "Told.method")),
    ]


def test_a_test_shows_only_what_it_expects_to_be_refused() -> None:
    path = "tests/unit/feedback/test_x.py"
    assert list(cited(TEST, path, in_refusals=True)) == [
        Citation("feedback", "FIRST", Place(path, "test_refused")),
        Citation("feedback", "SECOND", Place(path, "test_refused")),
    ]


def test_a_chain_says_which_links_are_missing() -> None:
    place = Place("a.py", "f")
    whole = Provision("tasks", "X", "D9.3", (place,), (place,))
    assert Evidence().empty == ("rule", "function", "test", "event", "record")
    assert Evidence((Provision("tasks", "X", "D9.3", (), ()),), ("E",)).empty == (
        "function",
        "test",
        "record",
    )
    assert (Evidence((whole,)) | Evidence(events=("E",), records=("tasks",))).empty == ()


def test_the_regulation_is_told_in_full() -> None:
    text = regulation.text()
    for leaf in clauses().leaves:
        assert f"> {leaf.text}\n" in text
        assert f'<a id="{leaf.id}"></a>' in text
    for one in all_provisions():
        assert f"`{one.context}.{one.name}` ({one.value})" in text
    anchors = set(re.findall(r'<a id="([^"]+)"', text))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_a_document_is_stale_until_it_is_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("docs") / "page.md"
    document = Document(str(file), lambda: "nội dung\n")
    assert document.stale()
    assert document.write()
    assert file.read_text(encoding="utf-8") == "nội dung\n"
    assert not document.write()
    file.write_text("khác\n", encoding="utf-8")
    assert document.stale()
