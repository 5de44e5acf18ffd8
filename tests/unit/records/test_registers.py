"""The registers fit together: what names a record in one names it in all others."""

import pytest
from sqlalchemy import Integer
from sqlalchemy.types import JSON

from services.records.registers import REGISTERS
from shared.catalogue import catalogue

TABLES = {name: one for name, one in REGISTERS.items() if one.table.name == name}
SHOWN_ELSEWHERE = {"journal", "committees", "citations"}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_column_that_names_records_is_of_one_kind_everywhere(name: str) -> None:
    """Rows around a record are found by the column of the same name; a list there finds nothing."""
    identity = TABLES[name].identity
    if identity.name == "committee":
        return
    for other in TABLES.values():
        column = other.table.c.get(identity.name)
        if column is not None:
            assert not isinstance(column.type, JSON), f"{other.name}.{identity.name} is a list"
            assert isinstance(column.type, Integer) == isinstance(identity.type, Integer), other.name


@pytest.mark.parametrize("name", sorted(set(REGISTERS) - SHOWN_ELSEWHERE))
def test_every_register_has_its_words(name: str) -> None:
    assert {f"register.{name}", f"about.{name}"} <= catalogue().keys()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_says_where_it_comes_from(name: str) -> None:
    """Event, document, source and doubts; the journal is itself what the others come from."""
    if name not in ("journal", "documents", "citations"):
        assert {"event", "effective", "recorded", "document", "source", "doubts"} <= set(
            TABLES[name].table.c.keys()
        )
