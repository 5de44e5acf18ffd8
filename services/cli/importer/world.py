"""What the entries before this one have established: agencies, seats, plans, meetings.

It follows from the file alone, never from what the services hold, so that the same file always becomes
the same commands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from services.cli.importer import names, posts
from services.cli.importer.entry import Entry
from services.cli.importer.handing_on import seats_after
from services.cli.importer.papers import first_document, is_of_the_chair, issuer_of
from services.cli.importer.plan import Ask, id_of
from services.members.capacity import Capacity, agency_person
from services.members.commands import RegisterAgency, Seat, TransferSeats
from services.members.events import Duty, Role
from shared.dates import Moment
from shared.messages import AgencyId, DocumentRef

RECORD_KEEPER = ("to-giup-viec", Capacity.RECORD_KEEPER.value)


@dataclass(frozen=True)
class Held:
    """A meeting of the committee: its id, and who presided in which capacity."""

    meeting_id: str
    person: str
    capacity: str


@dataclass
class World:
    """Grows entry by entry while a chronicle is translated."""

    established: bool = False
    name: str | None = None
    regulation_since: Moment | None = None
    agencies: dict[str, AgencyId] = field(default_factory=dict)
    """Standing agencies by name."""
    former: dict[str, AgencyId] = field(default_factory=dict)
    """Names that agencies bore before they ended or were renamed: sources go on using them."""
    decision: DocumentRef | None = None
    """The decision of the list of members in force."""
    seats: list[Seat] = field(default_factory=list)
    team: list[Seat] = field(default_factory=list)
    programmes: list[tuple[DocumentRef, str]] = field(default_factory=list)
    """Documents of plans, with the ids of the plans."""
    meetings: dict[str, list[Held]] = field(default_factory=dict)
    """The committee's meetings by date."""
    duties: dict[Duty, AgencyId] = field(default_factory=dict)
    """Which agency is the standing office, and which receives feedback."""
    handovers: list[tuple[str, Ask]] = field(default_factory=list)
    """By entry of a merger: what its successors take over, not asked for so far."""

    @property
    def focal_point(self) -> AgencyId | None:
        return self.duties.get(Duty.FEEDBACK)

    def fork(self) -> "World":
        """The same world on its own; what it holds is never changed, only replaced."""
        return replace(
            self,
            agencies=dict(self.agencies),
            former=dict(self.former),
            seats=list(self.seats),
            team=list(self.team),
            programmes=list(self.programmes),
            meetings={day: list(held) for day, held in self.meetings.items()},
            duties=dict(self.duties),
            handovers=list(self.handovers),
        )

    def binds(self, at: Moment) -> bool:
        return self.regulation_since is not None and at.latest >= self.regulation_since.earliest

    def find(self, written: str) -> tuple[str, AgencyId] | None:
        """A standing agency by its name, or a short form of either for the other."""
        name = names.agency_name(written)
        if name in self.agencies:
            return name, self.agencies[name]
        if name in self.former:
            return next(((now, key) for now, key in self.agencies.items() if key == self.former[name]), None)
        found = [
            (known, key)
            for known, key in self.agencies.items()
            if names.matches(name, known) or (names.is_short(known) and names.matches(known, name))
        ]
        return found[0] if len(found) == 1 else None

    def agency(self, written: str, entry: Entry, at: Moment | None = None) -> tuple[AgencyId, list[Ask]]:
        """The id of an agency, and the command that registers it where it is met for the first time."""
        if found := self.find(written):
            return found[1], []
        name = names.agency_name(written)
        if name in self.former:
            return self.former[name], []
        agency_id = AgencyId(id_of(name, ""))
        if not agency_id:
            raise ValueError(f"{written!r} không phải tên một cơ quan")
        return agency_id, [self.register(agency_id, name, written, entry, at or entry.date)]

    def register(self, agency_id: AgencyId, name: str, written: str, entry: Entry, at: Moment) -> Ask:
        self.agencies[name] = agency_id
        group = names.is_group(written)
        person, capacity = self.recorder_of(entry)
        return Ask(
            service="members",
            command=RegisterAgency(
                agency_id=agency_id,
                name=names.shown(written),
                collective=group,
                count=(names.count_in(written) or None) if group else None,
            ),
            person=person,
            capacity=capacity,
            at=at,
            key=agency_id,
            document=first_document(entry),
            inferred=("cơ quan được ghi từ ngày nguồn nêu tên lần đầu",),
        )

    def all_of(self, written: Iterable[str], entry: Entry) -> tuple[tuple[AgencyId, ...], list[Ask]]:
        """Several agencies at once, each once."""
        found = [self.agency(name, entry) for name in written]
        ids = dict.fromkeys(agency_id for agency_id, _ in found)
        return tuple(ids), [ask for _, asks in found for ask in asks]

    def leads_of(self, wordings: Iterable[str], entry: Entry) -> tuple[tuple[AgencyId, ...], list[Ask]]:
        """The agencies that lead by these wordings; a post leads for its agency."""
        named = [name for wording in wordings for name in names.agencies_in(wording)]
        return self.all_of([posts.agency_of_post(name) or name for name in named], entry)

    def authority_behind(self, entry: Entry) -> tuple[str, str]:
        """Who answers for an entry: its document's issuer, or else the support team that records it."""
        document = first_document(entry)
        if document is None:
            return RECORD_KEEPER
        if self.chair and is_of_the_chair(document):
            return self.chair.holder, Capacity.CHAIR.value
        return issuer_of(document), Capacity.ISSUER.value

    def recorder_of(self, entry: Entry) -> tuple[str, str]:
        """Who notes what an entry brings along: the issuer, or the support team for the chair's own."""
        person, capacity = self.authority_behind(entry)
        return RECORD_KEEPER if capacity == Capacity.CHAIR.value else (person, capacity)

    def outside_authority(self, entry: Entry) -> tuple[str, str]:
        """Who changes agencies: the issuer of the document, or an authority that the source does not name."""
        person, capacity = self.authority_behind(entry)
        outside = Capacity.ISSUER.value
        return (person, capacity) if capacity == outside else ("co-quan-co-tham-quyen", outside)

    @property
    def chair(self) -> Seat | None:
        return self.with_role(Role.CHAIR)

    def with_role(self, role: Role) -> Seat | None:
        return next((seat for seat in self.seats if seat.role is role), None)

    def seat_of(self, position: str) -> Seat | None:
        """The seat that a position speaks of: by its post, by one of several titles, or as the head of its
        agency where that agency has one seat."""
        post = posts.post_of(position).post
        for seat in self.seats:
            if seat.post == post:
                return seat
        titled = [seat for seat in self.seats if posts.names_post(post, seat.post)]
        if len(titled) == 1:
            return titled[0]
        agency = posts.agency_of_post(post)
        found = self.find(agency) if agency else None
        held = [seat for seat in self.seats if found and seat.agency_id == found[1]]
        return held[0] if len(held) == 1 and posts.same_holder(post, held[0].post) else None

    @property
    def focal_person(self) -> str | None:
        return agency_person(self.focal_point) if self.focal_point else None

    def end(self, name: str) -> None:
        if name in self.agencies:
            self.former[name] = self.agencies.pop(name)

    def rename(self, name: str, new_name: str) -> None:
        self.end(name)
        self.agencies[new_name] = self.former[name]

    def succeeded(self, predecessor: AgencyId, name: str, successor: AgencyId, new_name: str) -> None:
        """Seats and focal point follow, as the policies will have it."""
        self.seats = seats_after(
            self.seats,
            TransferSeats(
                predecessor=predecessor, predecessor_name=name, successor=successor, successor_name=new_name
            ),
        )
        self.duties = {duty: successor if held == predecessor else held for duty, held in self.duties.items()}

    def lapse(self, agency_id: AgencyId) -> None:
        """The seats of an agency that was dissolved end with it, as the policies will have it."""
        self.seats = [seat for seat in self.seats if seat.agency_id != agency_id]
        self.team = [seat for seat in self.team if seat.agency_id != agency_id]
