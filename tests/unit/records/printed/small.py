"""A small committee in an invented province, told by events, and read as the `records` service reads it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid5

from services.meetings.document.events import DocumentIssued, Seal, SignedFor, TypeCode
from services.members.events import (
    AgencyRegistered,
    CommitteeEstablished,
    MemberAppointed,
    RegulationAdopted,
    Role,
)
from services.records.answers import Answers
from services.records.database import Database
from services.records.everything import MODELS
from services.records.printed.told import Told
from services.records.projector import Projector
from shared.envelope import Actor, Mandate, Metadata
from shared.eventstore.epoch import current_epoch
from shared.history import encode
from shared.messages import AgencyId, CommitteeId, DocumentRef, Event, PersonId
from tests.unit.records.facts import NAMES, Recorder, meta

PLACE = CommitteeId("mau")
CHAIR, DEPUTY, FINANCE, STAND_IN = (
    PersonId(one) for one in ("chu-tich", "pho-chu-tich", "tai-chinh", "thay")
)
TEAM = PersonId("to-truong")
DECISION = DocumentRef(number="01/QĐ-BCĐ", date=date(2026, 1, 5))


@dataclass
class Small:
    """Records events as people did them, and answers as the `records` service does."""

    recorder: Recorder = field(default_factory=Recorder)
    count: int = 0

    def did(
        self,
        stream: str,
        *events: Event,
        at: str,
        by: PersonId = CHAIR,
        capacity: str = "chair",
        document: DocumentRef | None = None,
        acts_for: str | None = None,
    ) -> None:
        for event in events:
            self.count += 1
            about = _by(meta(at=at, committee=PLACE, document=document), by, capacity, acts_for)
            made = encode(event, uuid5(NAMES, f"printed {self.count}"), about)
            self.recorder.append(f"{stream.partition('.')[0]}-{PLACE}.{stream.partition('.')[2]}", made)

    def told(self, folder: Path, name: str = "records", **moment: Any) -> Told:
        """The records read anew from the store, in a database of this name."""
        store = self.recorder.store
        database = Database(f"sqlite:///{folder / name}.sqlite")
        projector = Projector(database, MODELS)
        projector.resume(current_epoch(store))
        projector.handle(list(store.read_all()))
        answers = Answers(database)
        return Told(lambda method, **question: answers.answer(method, question), PLACE, moment)


def _by(about: Metadata, person: PersonId, capacity: str, acts_for: str | None) -> Metadata:
    mandate = Mandate.model_validate({"capacity": capacity, "ground": "D4.1", "acts_for": acts_for})
    return about.model_copy(update={"actor": Actor(person=person, capacity=capacity, mandate=mandate)})


def small() -> Small:
    """The committee, its members, an issued programme."""
    told = Small()
    founding = DocumentRef(number="101/QĐ-UBND", date=date(2025, 12, 1))
    regulation = RegulationAdopted(regulation=DECISION, title="Quy chế làm việc")
    charter = "committee.charter"
    told.did(
        charter,
        CommitteeEstablished(name="Ban Chỉ đạo chuyển đổi số tỉnh Mẫu"),
        at="2025-12-01",
        document=founding,
    )
    told.did(charter, regulation, at="2026-01-05", document=DECISION)
    for n, (seat, post, role, holder) in enumerate(SEATS):
        agency = AgencyId("so-tai-chinh") if holder == FINANCE else None
        seated = MemberAppointed(seat_id=seat, post=post, role=role, holder=holder, agency_id=agency)
        told.did("member.roster", seated, at="2025-12-01", document=founding if n == 0 else None)
    registered = AgencyRegistered(agency_id=AgencyId("so-tai-chinh"), name="Sở Tài chính")
    told.did("agency.so-tai-chinh", registered, at="2025-12-01")
    told.did(
        "series.bcd-2026",
        issued(1, TypeCode.DECISION, "Ban hành Quy chế làm việc", date(2026, 1, 5)),
        at="2026-01-05",
    )
    return told


SEATS = (
    ("truong", "Chủ tịch UBND tỉnh Mẫu", Role.CHAIR, CHAIR),
    ("thuong-truc", "Phó Chủ tịch UBND tỉnh Mẫu", Role.STANDING_DEPUTY, DEPUTY),
    ("tai-chinh", "Giám đốc Sở Tài chính", Role.MEMBER, FINANCE),
)


def issued(
    number: int, kind: TypeCode, subject: str, day: date, signed_for: SignedFor | None = None
) -> DocumentIssued:
    return DocumentIssued(
        series="BCĐ",
        year=day.year,
        document_id=f"{kind.lower()}-{number}",
        number=number,
        symbol=f"{number:02d}/{kind}-BCĐ",
        type_code=kind,
        subject=subject,
        date=day,
        text_digest="0" * 64,
        signatory_post="Phó Trưởng Ban Thường trực" if signed_for else "Trưởng Ban",
        signatory=DEPUTY if signed_for else CHAIR,
        signed_for=signed_for,
        seal=Seal.PROVINCIAL_COMMITTEE,
        recipients=("Như trên", "Sở Tài chính"),
        archived_by="Lưu: VT, TGV",
    )
