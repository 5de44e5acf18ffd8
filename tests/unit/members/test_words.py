"""What people read of members: every provision, code and ground has its words in both languages."""

import pytest

from services.members.events import Matter
from services.members.rules import Rule
from shared.catalogue import catalogue
from shared.catalogue.presentation import cell, ground
from shared.decider import provision


@pytest.mark.parametrize("rule", list(Rule), ids=lambda rule: rule.name)
def test_every_provision_has_its_sentence(rule: Rule) -> None:
    sentence = catalogue()[f"rule.{provision(rule)}"]
    assert sentence.vi.endswith(".")
    assert sentence.en.endswith(".")


def test_who_holds_a_post_for_the_time_is_said_so() -> None:
    assert ground("deputy since 2022-09-28") == "Phó Trưởng ban từ 28/09/2022"
    assert ground("deputy since 2022-09-28 (acting)") == "Phó Trưởng ban (quyền, phụ trách) từ 28/09/2022"


def test_matters_of_a_delegation_are_in_words() -> None:
    assert all(f"matter.{matter}" in catalogue() for matter in Matter)
    assert cell("matters", ["meetings", "members"]) == "cuộc họp; thành viên và Tổ giúp việc"
