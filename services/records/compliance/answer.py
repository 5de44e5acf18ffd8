"""The view as plain JSON values: the clauses with their states, or one clause with occasions and evidence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from services.records.compliance.standing import Occasion, worst
from services.records.compliance.view import Cell, totals
from services.regulation.clauses import Clause, clauses
from shared.catalogue import presentation, say, say_en

DAYS: Final = ("day", "held")
"""Values of the sentences that are days."""


def overview(cells: Sequence[Cell]) -> dict[str, Any]:
    """Every clause: whose it is, its duty, how it stands in each quarter, and how much proves it."""
    by_clause: dict[str, list[Cell]] = {}
    for cell in cells:
        by_clause.setdefault(cell.clause, []).append(cell)
    return {
        "quarters": [str(cell.quarter) for cell in next(iter(by_clause.values()), [])],
        "totals": {standing.value: count for standing, count in totals(cells)},
        "clauses": [
            _clause(clause, by_clause[clause.id]) for clause in clauses().leaves if clause.id in by_clause
        ],
    }


def _clause(clause: Clause, cells: Sequence[Cell]) -> dict[str, Any]:
    return {
        "clause": clause.id,
        "cite": clause.cite,
        "cite_en": clause.cite_en,
        "duty": clause.duty.vi,
        "duty_en": clause.duty.en,
        "who": [who.value for who in clause.who],
        "breach": clause.breach.value,
        "standing": worst(cell.standing for cell in cells).value,
        "standings": {str(cell.quarter): _counted(cell) for cell in cells},
    }


def _counted(cell: Cell) -> dict[str, Any]:
    return {
        "standing": cell.standing.value,
        "occasions": len(cell.occasions),
        "evidence": len(cell.evidence),
    }


def detail(clause: Clause, cells: Sequence[Cell]) -> dict[str, Any]:
    """One clause: its words, its occasions in the order of their days, and the events that prove each."""
    return {
        **_clause(clause, cells),
        "text": clause.text,
        "records": list(clause.records),
        "occasions": _told(occasion for cell in cells for occasion in cell.occasions),
        "evidence": {str(cell.quarter): list(cell.evidence) for cell in cells if cell.evidence},
    }


def _told(occasions: Iterable[Occasion]) -> list[dict[str, Any]]:
    in_order = sorted(occasions, key=lambda one: (one.day, one.said, one.record or ()))
    return [
        {
            "day": occasion.day.isoformat(),
            "standing": occasion.standing.value,
            "said": occasion.said,
            **_sentence(occasion.said, occasion.values),
            "whose": occasion.whose,
            "register": occasion.record[0] if occasion.record else None,
            "record": occasion.record[1] if occasion.record else None,
            "evidence": list(occasion.evidence),
        }
        for occasion in in_order
    ]


def _sentence(said: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Both languages; in the Vietnamese one days and quarters are written as people write them."""
    key = f"occasion.{said}"
    written = {name: _written(name, value) for name, value in values.items()}
    return {"text": say(key, **written), "text_en": say_en(key, **values)}


def _written(name: str, value: Any) -> Any:
    if name == "quarter":
        called = presentation.cell("quarter", str(value))
        return called[:1].lower() + called[1:]
    return ", ".join(presentation.day(one) for one in str(value).split(", ")) if name in DAYS else value
