"""Who signs in a series, on whose behalf, and with which seal (D9.1)."""

from services.meetings.document.commands import IssueDocument, Seal, SignedFor, TypeCode
from services.meetings.document.events import Body
from services.meetings.rules import Rule, require_where_bound
from services.meetings.speaking import heads
from services.members.authority import ACTING
from services.members.capacity import LEADERS, SUPPORT_TEAM, Capacity, for_the_chair
from services.members.events import Matter
from shared.envelope import Act
from shared.messages import AgencyId

COMMITTEE_SERIES = "BCĐ"
TEAM_SERIES = "TGV"
BEARS_PROVINCIAL_SEAL = (Capacity.CHAIR, Capacity.STANDING_DEPUTY)


def body_of(series: str) -> Body:
    """Whose numbers a series holds: the committee's and the team's begin with their abbreviation."""
    if series.startswith(COMMITTEE_SERIES):
        return Body.COMMITTEE
    return Body.SUPPORT_TEAM if series.startswith(TEAM_SERIES) else Body.AGENCY


def may_sign(act: Act, series: str, agency: AgencyId | None) -> bool:
    """Whether the actor signs in this series: a leader, the team leader, or the head of the agency."""
    match body_of(series):
        case Body.COMMITTEE:
            return act.in_capacity(*LEADERS)
        case Body.SUPPORT_TEAM:
            return act.in_capacity(Capacity.TEAM_LEADER)
        case Body.AGENCY:
            return heads(act, agency)


def may_keep(act: Act, series: str, agency: AgencyId | None) -> bool:
    """Whether the actor keeps the numbers of this series: the support team and the leaders those of the
    committee and of the team; those of an agency are its own."""
    keeps = body_of(series) is not Body.AGENCY and act.in_capacity(*LEADERS, *SUPPORT_TEAM)
    return keeps or may_sign(act, series, agency)


def require_signatory(act: Act, series: str, agency: AgencyId | None) -> None:
    require_where_bound(
        act,
        may_sign(act, series, agency),
        Rule.SIGNED_BY_COMPETENT,
        f"in the series {series} sign: the chair and the deputies for the committee, the team leader for the "
        "support team, the head for an agency",
    )


def require_authorised(command: IssueDocument, act: Act) -> None:
    """TM. is for who heads the collective, Q. for an acting holder, the rest only in the chair's place."""
    match command.signed_for:
        case None:
            return
        case SignedFor.TM:
            may = body_of(command.series) is not Body.COMMITTEE or for_the_chair(act, Matter.DOCUMENTS)
        case SignedFor.Q:
            may = act.actor.mandate.ground.endswith(ACTING)
        case SignedFor.KT | SignedFor.TL | SignedFor.TUQ:
            may = stands_in(act)
    require_where_bound(
        act,
        may,
        Rule.SIGNED_FOR_IS_AUTHORISED,
        f"the mandate ({act.actor.mandate.ground}) does not let the actor sign {command.signed_for}.",
    )
    require_where_bound(
        act,
        command.signed_for is not SignedFor.TUQ or command.authorisation is not None,
        Rule.AUTHORISED_IN_WRITING,
        "name the document of the authorisation",
    )


def stands_in(act: Act) -> bool:
    """Whether the mandate acts for the chair, and what it covers includes documents."""
    return act.actor.mandate.acts_for is not None and for_the_chair(act, Matter.DOCUMENTS)


def seal_for(act: Act) -> tuple[Seal, AgencyId | None]:
    """D9.1: chair and standing deputy the provincial People's Committee's, all others their own agency's."""
    mandate = act.actor.mandate
    if mandate.capacity in BEARS_PROVINCIAL_SEAL:
        return Seal.PROVINCIAL_COMMITTEE, None
    return Seal.OWN_AGENCY, mandate.agency


def require_seal(command: IssueDocument, act: Act) -> None:
    """The seal that follows from the capacity; minutes may go without one."""
    if command.seal is None and command.seal_agency is None and command.type_code is TypeCode.MINUTES:
        return
    seal, agency = seal_for(act)
    right = (command.seal, command.seal_agency) == (seal, agency)
    proven = seal is not Seal.OWN_AGENCY or agency is not None
    whose = "the provincial People's Committee" if proven and agency is None else agency or "the own agency"
    require_where_bound(
        act,
        right and proven,
        Rule.SEAL_FOLLOWS_CAPACITY,
        f"who acts as {act.actor.mandate.capacity} uses the seal of {whose}",
    )
