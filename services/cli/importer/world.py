"""What the entries before this one have established: agencies, seats, plans, meetings.

It follows from the file alone, never from what the services hold, so that the same file always becomes
the same commands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.cli.importer import names
from services.cli.importer.chronicle import Entry, Located
from services.cli.importer.plan import Ask
from services.members.capacity import Capacity, agency_person
from services.members.commands import RegisterAgency, Seat
from services.members.events import Role
from shared.dates import Moment
from shared.messages import AgencyId, DocumentRef
from shared.text import slug

RECORD_KEEPER = ("to-giup-viec", Capacity.RECORD_KEEPER.value)


@dataclass
class World:
    """Grows entry by entry while a chronicle is translated."""

    established: bool = False
    name: str | None = None
    regulation_since: Moment | None = None
    agencies: dict[str, AgencyId] = field(default_factory=dict)
    """Standing agencies by name."""
    seats: list[Seat] = field(default_factory=list)
    programmes: dict[str, str] = field(default_factory=dict)
    """Ids of plans by the number of their document."""
    meetings: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By date: id of the committee's meeting, and who presided in which capacity."""
    focal_point: AgencyId | None = None

    def binds(self, at: Moment) -> bool:
        return self.regulation_since is not None and at.latest >= self.regulation_since.earliest

    def find(self, written: str) -> tuple[str, AgencyId] | None:
        """A standing agency by its name or a short form of it."""
        name = names.agency_name(written)
        if name in self.agencies:
            return name, self.agencies[name]
        found = [(known, key) for known, key in self.agencies.items() if names.matches(name, known)]
        return found[0] if len(found) == 1 else None

    def agency(self, written: str, entry: Entry, at: Moment | None = None) -> tuple[AgencyId, list[Ask]]:
        """The id of an agency, and the command that registers it where it is met for the first time."""
        if found := self.find(written):
            return found[1], []
        name = names.agency_name(written)
        agency_id = AgencyId(slug(name))
        return agency_id, [self.register(agency_id, name, written, entry, at or entry.date)]

    def register(self, agency_id: AgencyId, name: str, written: str, entry: Entry, at: Moment) -> Ask:
        self.agencies[name] = agency_id
        group = names.is_group(names.without_remark(written)) or names.is_group(name)
        person, capacity = self.authority_behind(entry)
        return Ask(
            service="members",
            command=RegisterAgency(
                agency_id=agency_id,
                name=name,
                collective=group,
                count=names.count_in(written) if group else None,
            ),
            person=person,
            capacity=capacity,
            at=at,
            key=agency_id,
            document=first_document(entry),
            inferred=("cơ quan được ghi từ ngày nguồn nêu tên lần đầu",),
        )

    def all_of(self, written: Iterable[str], entry: Entry) -> tuple[tuple[AgencyId, ...], list[Ask]]:
        """Several agencies at once."""
        found = [self.agency(name, entry) for name in written]
        return tuple(agency_id for agency_id, _ in found), [ask for _, asks in found for ask in asks]

    def authority_behind(self, entry: Entry) -> tuple[str, str]:
        """Who answers for an entry: its document's issuer, or else the support team that records it."""
        document = first_document(entry)
        if document is None:
            return RECORD_KEEPER
        if self.chair and is_of_the_chair(document):
            return self.chair.holder, Capacity.CHAIR.value
        return slug(document.issuer or document.number), Capacity.ISSUER.value

    @property
    def chair(self) -> Seat | None:
        return self.with_role(Role.CHAIR)

    def with_role(self, role: Role) -> Seat | None:
        return next((seat for seat in self.seats if seat.role is role), None)

    def seat_of(self, position: str) -> Seat | None:
        """The seat that a position speaks of: by its post, or as the only one of its agency."""
        post = names.post_of(position).post
        for seat in self.seats:
            if seat.post == post:
                return seat
        agency = names.agency_of_post(post)
        found = self.find(agency) if agency else None
        held = [seat for seat in self.seats if found and seat.agency_id == found[1]]
        return held[0] if len(held) == 1 else None

    @property
    def focal_person(self) -> str | None:
        return agency_person(self.focal_point) if self.focal_point else None

    def ended(self, name: str) -> None:
        self.agencies.pop(name, None)

    def succeeded(self, predecessor: AgencyId, successor: AgencyId) -> None:
        """Seats and focal point follow, as the policies will have it."""
        kept: list[Seat] = []
        for seat in self.seats:
            moved = seat.agency_id == predecessor
            now = seat.model_copy(update={"agency_id": successor}) if moved else seat
            twin = next((k for k in kept if k.agency_id == successor and now.agency_id == successor), None)
            if twin is None:
                kept.append(now)
            elif now.role.rank < twin.role.rank:
                kept[kept.index(twin)] = now
        self.seats = kept
        if self.focal_point == predecessor:
            self.focal_point = successor


def first_document(entry: Entry) -> DocumentRef | None:
    """The document on which an entry rests: the first that it cites."""
    return entry.refs[0] if entry.refs else None


def is_of_the_chair(document: DocumentRef) -> bool:
    """Whether the chair of the committee issued it."""
    return (document.issuer or "").lower().startswith("trưởng ban")


def is_own(located: Located) -> bool:
    """Whether an entry concerns this committee or the one it was renamed from, and no other body."""
    scope = located.entry.text("scope")
    return scope is None or "tiền thân" in scope
