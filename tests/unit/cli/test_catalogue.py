"""The catalogue: every text in both languages, every key that the code uses there."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.gateway.asking import REGISTERS
from services.members.capacity import Capacity
from services.members.events import Role
from services.records import projector
from shared.catalogue import CatalogueError, _flattened, both, catalogue, say, word, word_en
from shared.eventstore.epoch import WrongEpoch
from shared.followers import policies

ROOT = Path(__file__).parents[3]
CALL = re.compile(r"\b(?:say|say_en|both|text)\(\s*[\"']([a-z_.]+)[\"']")
ERROR = re.compile(r"\bcli_error\(\s*[\"']([a-z_]+)[\"']")
PROBLEM = re.compile(r"\b_problem\(\s*\d+,\s*[\"']([a-z_]+)[\"']")


def _sources() -> Iterator[str]:
    for folder in ("services", "shared"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html"):
                yield path.read_text(encoding="utf-8")


def _used() -> set[str]:
    found: set[str] = set()
    for source in _sources():
        found |= {key for key in CALL.findall(source) if "." in key and not key.endswith(".")}
        found |= {f"error.{key}" for key in ERROR.findall(source)}
        found |= {f"problem.{key}" for key in PROBLEM.findall(source)}
    return found


def test_every_key_used_in_code_exists() -> None:
    assert len(_used()) > 60
    assert _used() - catalogue().keys() == set()


def test_the_remedies_that_followers_name_are_sentences() -> None:
    assert {policies.REMEDY, projector.REMEDY} - catalogue().keys() == set()
    told = str(WrongEpoch("projections", "old", "new", projector.REMEDY))
    assert told.endswith(" → Hãy chạy `bcd rebuild`. / Run `bcd rebuild`.")


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_say_it_with_the_same_values() -> None:
    for key, found in catalogue().items():
        assert found.vi.strip(), key
        assert found.en.strip(), key
        assert _blanks(found.vi) == _blanks(found.en), key


@pytest.mark.parametrize(
    "entry", [{"vi": "một"}, {"vi": "một", "en": ""}, {"vi": "a", "en": "b", "fr": "c"}, "một"]
)
def test_a_text_in_one_language_is_refused(entry: object) -> None:
    with pytest.raises(CatalogueError):
        list(_flattened({"group": {"key": entry}}, ""))


def test_vietnamese_first() -> None:
    assert both("register.members") == "Danh sách thành viên / Member register"
    assert say("run.port_taken", port=1, other=2) == "Cổng 1 đang bận, dùng cổng 2."


def test_an_unknown_key_is_an_error_and_an_unknown_code_is_shown_as_it_is() -> None:
    with pytest.raises(CatalogueError, match="no_such"):
        say("no_such.key")
    assert word("role", "grand_vizier") == word_en("role", "grand_vizier") == "grand vizier"


def test_roles_capacities_and_registers_have_words() -> None:
    wanted = {f"role.{one}" for one in Role} | {f"capacity.{one}" for one in Capacity}
    for group in ("register", "about", "menu"):
        wanted |= {f"{group}.{name}" for name in REGISTERS}
    assert wanted - catalogue().keys() == set()
