"""Templates of reports: named fields, in versions (D5.2.b)."""

from services.feedback.report.commands import DefineTemplate, TemplateCommand
from services.feedback.report.events import TemplateDefined, TemplateEvent
from services.feedback.report.fields import named_once
from services.feedback.rules import Rule
from services.members.capacity import LEADERS, SUPPORT_TEAM
from shared.decider import Decider, require
from shared.envelope import Act

Template = TemplateDefined | None
"""The version that is in use."""


def decide(command: TemplateCommand, act: Act, template: Template) -> list[TemplateEvent]:
    """D5.2.b: a changed template is a new version; what was asked by the old one goes on by it."""
    require(
        act.in_capacity(*LEADERS, *SUPPORT_TEAM),
        Rule.TEMPLATE_FROM_WITHIN,
        "the chair, a deputy or the support team defines a template",
    )
    named_once(command.fields, act)
    defined = TemplateDefined.model_validate(
        {**command.model_dump(), "version": template.version + 1 if template else 1}
    )
    same = template is not None and (template.title, template.fields) == (defined.title, defined.fields)
    return [] if same else [defined]


def evolve(template: Template, event: TemplateEvent) -> Template:
    return event


decider: Decider[DefineTemplate, TemplateEvent, Template] = Decider(
    category="template",
    stream_id=lambda command: command.template_id,
    initial=None,
    decide=decide,
    evolve=evolve,
)
