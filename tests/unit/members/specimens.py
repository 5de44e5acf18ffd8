"""For each command on the committee, its agencies and its list a moment at which one may ask it."""

from datetime import date
from typing import Any

from services.members import agency, committee
from services.members.commands import (
    AdoptRegulation,
    AmendRegulation,
    AppointMember,
    AssignResponsibility,
    AssignStandardPortfolios,
    ChangeMemberRole,
    DecideComposition,
    DeclareChairAbsence,
    DelegateAuthority,
    DesignateFocalPoint,
    DissolveAgency,
    EndChairAbsence,
    EndDelegation,
    EstablishCommittee,
    LapseSeats,
    MergeAgencies,
    NoteDelegationExpired,
    RegisterAgency,
    RegisterChildCommittee,
    ReleaseMember,
    RenameAgency,
    RenameCommittee,
    ReportHeadCount,
    Seat,
    TransferSeats,
)
from services.members.events import (
    AgencyRegistered,
    AuthorityDelegated,
    ChairAbsenceDeclared,
    CommitteeEstablished,
    Duty,
    MemberAppointed,
    RegulationAdopted,
    Role,
)
from services.members.roster import decider as member
from shared.messages import AgencyId, Command, CommitteeId, DocumentRef, Event, PersonId
from tests.unit.specimens import Specimen

OLD, NEW = AgencyId("so-mau-a"), AgencyId("so-mau-b")
FIRST, SECOND = DocumentRef(number="64/QĐ-BCĐ"), DocumentRef(number="70/QĐ-BCĐ")
ESTABLISHED = CommitteeEstablished(name="Ban Chỉ đạo mẫu")
ADOPTED = RegulationAdopted(regulation=FIRST, title="Quy chế")
AGENCIES: tuple[Event, ...] = (
    AgencyRegistered(agency_id=OLD, name="Sở Mẫu A"),
    AgencyRegistered(agency_id=NEW, name="Sở Mẫu B"),
)
SINCE, UNTIL = date(2026, 6, 1), date(2026, 6, 30)


def seat(seat_id: str, role: Role, agency_id: AgencyId | None = None) -> Seat:
    return Seat(seat_id=seat_id, post=seat_id, role=role, holder=PersonId(seat_id), agency_id=agency_id)


NEW_SEAT = seat("thanh-vien-moi", Role.MEMBER)
LIST: tuple[Event, ...] = tuple(
    MemberAppointed.model_validate(one.model_dump())
    for one in (
        seat("truong-ban-mau", Role.CHAIR),
        seat("thuong-truc-mau", Role.STANDING_DEPUTY),
        seat("thanh-vien-mau", Role.MEMBER, OLD),
    )
)
ABSENT = ChairAbsenceDeclared(absence_id="vang-1", since=SINCE, until=UNTIL)
DELEGATED = AuthorityDelegated(
    delegation_id="uy-quyen-1", delegate_seat="thuong-truc-mau", scope="họp", since=SINCE, until=UNTIL
)


def of_committee(command: Command, *given: Event, **about: Any) -> Specimen:
    return Specimen(command, committee.decider, given, **about)


def of_agency(command: Command, *given: Event, **about: Any) -> Specimen:
    return Specimen(command, agency.decider, given, **about)


def of_list(command: Command, *given: Event, **about: Any) -> Specimen:
    return Specimen(command, member.decider, (*LIST, *given), **about)


SPECIMENS: tuple[Specimen, ...] = (
    of_committee(EstablishCommittee(name="Ban Chỉ đạo mẫu"), document=True),
    of_committee(RenameCommittee(new_name="Ban Chỉ đạo mới"), ESTABLISHED, document=True),
    of_committee(AdoptRegulation(regulation=FIRST, title="Quy chế"), ESTABLISHED, document=True),
    of_committee(
        AmendRegulation(regulation=FIRST, amendment=SECOND, summary="Sửa đổi"),
        ESTABLISHED,
        ADOPTED,
        document=True,
    ),
    of_committee(DesignateFocalPoint(agency_id=OLD, duty=Duty.FEEDBACK), ESTABLISHED),
    of_committee(RegisterChildCommittee(child=CommitteeId("huyenmau"), name="Ban huyện"), ESTABLISHED),
    of_agency(RegisterAgency(agency_id=OLD, name="Sở Mẫu A")),
    of_agency(RenameAgency(agency_id=OLD, new_name="Sở Mẫu"), *AGENCIES, document=True),
    of_agency(
        MergeAgencies(predecessors=(OLD,), successor=NEW, successor_name="Sở Mẫu B"), *AGENCIES, document=True
    ),
    of_agency(DissolveAgency(agency_id=OLD, successors=(NEW,)), *AGENCIES, document=True),
    of_list(AppointMember(seat=NEW_SEAT), document=True),
    of_list(DecideComposition(seats=(NEW_SEAT,)), document=True),
    of_list(ChangeMemberRole(seat_id="thanh-vien-mau", new_role=Role.DEPUTY), document=True),
    of_list(ReleaseMember(seat_id="thanh-vien-mau", reason="chuyển công tác"), document=True),
    of_list(ReportHeadCount(counts={"theo_tin": 19})),
    of_list(AssignResponsibility(seat_id="thanh-vien-mau", field="Theo dõi Kế hoạch")),
    of_list(AssignStandardPortfolios(seats={"D6.2.c": "thanh-vien-mau"})),
    of_list(
        TransferSeats(predecessor=OLD, predecessor_name="Sở Mẫu A", successor=NEW, successor_name="Sở Mẫu B")
    ),
    of_list(LapseSeats(agency_id=OLD, reason="giải thể")),
    of_list(DeclareChairAbsence(absence_id="vang-1", since=SINCE, until=UNTIL)),
    of_list(EndChairAbsence(absence_id="vang-1"), ABSENT),
    of_list(
        DelegateAuthority(
            delegation_id="uy-quyen-1",
            delegate_seat="thuong-truc-mau",
            scope="họp",
            since=SINCE,
            until=UNTIL,
        )
    ),
    of_list(EndDelegation(delegation_id="uy-quyen-1"), DELEGATED),
    of_list(NoteDelegationExpired(delegation_id="uy-quyen-1", today=date(2026, 7, 1)), DELEGATED),
)
