"""Templates of reports: who defines them, versions, named fields."""

from services.feedback.report.commands import DefineTemplate, FieldAsked
from services.feedback.report.events import FieldKind, TemplateDefined, TemplateField
from services.feedback.report.template import decider
from services.feedback.rules import Rule
from tests.unit.feedback.report_examples import BEFORE, DEPUTY, FROM_SOURCE, MEMBER, TEAM
from tests.unit.given import Story

FIELD = FieldAsked(name="so_lieu", label="Số liệu", kind=FieldKind.NUMBER)
DEFINE = DefineTemplate(template_id="quy", title="Mẫu quý", fields=(FIELD,))
DEFINED = TemplateDefined(
    template_id="quy",
    version=1,
    title="Mẫu quý",
    fields=(TemplateField(name="so_lieu", label="Số liệu", kind=FieldKind.NUMBER),),
)


def story(*events: TemplateDefined) -> Story:
    return Story(decider).given(*events)


def test_leaders_and_the_support_team_define() -> None:
    for who in (DEPUTY, TEAM, BEFORE):
        story().when(DEFINE, who).then(DEFINED)
    story().when(DEFINE, MEMBER).then_refused(Rule.TEMPLATE_FROM_WITHIN)


def test_the_same_again_is_nothing_and_a_change_is_a_new_version() -> None:
    story(DEFINED).when(DEFINE, TEAM).then_nothing()
    changed = DEFINE.model_copy(update={"title": "Mẫu quý, sửa"})
    story(DEFINED).when(changed, TEAM).then(
        DEFINED.model_copy(update={"title": "Mẫu quý, sửa", "version": 2})
    )


def test_fields_are_named_each_once() -> None:
    twice = DEFINE.model_copy(update={"fields": (FIELD, FIELD)})
    story().when(twice, TEAM).then_refused(Rule.TEMPLATE_NAMES_FIELDS)
    none = DEFINE.model_copy(update={"fields": ()})
    story().when(none, TEAM).then_refused(Rule.TEMPLATE_NAMES_FIELDS)
    story().when(none, FROM_SOURCE).then_happened(TemplateDefined)
