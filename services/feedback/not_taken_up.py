"""Feedback that the committee does not take up: declined, or forwarded to who is competent (D7.6)."""

from services.feedback import limits
from services.feedback.commands import DeclineFeedback, ForwardFeedback
from services.feedback.events import DeclineReason, FeedbackDeclined, FeedbackEvent, FeedbackForwarded
from services.feedback.rules import Rule
from services.feedback.state import End, Feedback, by_focal_point, received, still_open
from shared.decider import require
from shared.envelope import Act


def decline(command: DeclineFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: anonymous, unclear, or a matter with a procedure of its own; the register keeps it."""
    by_focal_point(act)
    received(command.feedback_id, feedback)
    if feedback.end is End.DECLINED and feedback.ended_as == (command.reason, command.told, None):
        return []
    still_open(command.feedback_id, feedback)
    require(
        command.reason is not DeclineReason.ANONYMOUS or not feedback.sender_known,
        Rule.DECLINED_FOR_CAUSE,
        f"who sent {command.feedback_id} is known: it is not anonymous",
    )
    _sender_is_told(command.told, act, feedback)
    return [
        FeedbackDeclined(
            feedback_id=command.feedback_id,
            reason=command.reason,
            told=command.told,
            late=limits.ended_late(act, feedback),
        )
    ]


def forward(command: ForwardFeedback, act: Act, feedback: Feedback) -> list[FeedbackEvent]:
    """D7.6: what others are competent for goes to them, with notice to its sender; for the regulation itself
    nobody is but the chair (D12.3)."""
    by_focal_point(act)
    received(command.feedback_id, feedback)
    same = (command.to, command.notice, command.document)
    if feedback.end is End.FORWARDED and feedback.ended_as == same:
        return []
    still_open(command.feedback_id, feedback)
    require(
        not feedback.about_regulation or act.source is not None,
        Rule.REGULATION_GOES_TO_CHAIR,
        "it concerns the regulation: report it to the chair, who decides",
    )
    _sender_is_told(command.notice, act, feedback)
    return [
        FeedbackForwarded(
            feedback_id=command.feedback_id,
            to=command.to,
            notice=command.notice,
            document=command.document,
            late=limits.ended_late(act, feedback),
        )
    ]


def _sender_is_told(words: str | None, act: Act, feedback: Feedback) -> None:
    """Nothing ends without a word to its sender, where somebody can be told; a source may be silent."""
    nobody = feedback.anonymous or not feedback.sender_known
    require(
        bool(words) or nobody or act.source is not None,
        Rule.SENDER_IS_TOLD,
        "say what its sender is told",
    )
