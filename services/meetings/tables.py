"""The tables of the records of meetings and opinions."""

from sqlalchemy import Boolean, Column, Integer, String, Table
from sqlalchemy.types import JSON

from shared.readmodels import metadata, provenance_columns

meetings = Table(
    "meetings",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("kind", String),
    Column("title", String, nullable=False),
    Column("held", String, nullable=False),
    Column("first_held", String, nullable=False),  # the time of the first invitation, before it moved
    Column("quarter", String),
    Column("form", String),
    Column("venue", String),
    Column("presiding", String, nullable=False),
    Column("presiding_post", String),
    Column("co_presiding", JSON, nullable=False),
    Column("secretary", String),
    Column("points", JSON, nullable=False),
    Column("joint_with", JSON, nullable=False),
    Column("invited_heads", JSON, nullable=False),
    Column("subject_documents", JSON, nullable=False),
    Column("state", String, nullable=False),  # convened, postponed, cancelled, open, closed
    Column("state_because", String),
    Column("state_since", String, nullable=False),
    Column("minutes", String),
    Column("agenda_items", Integer, nullable=False),  # accepted or noted
    Column("returned_items", Integer, nullable=False),
    Column("conclusions", Integer, nullable=False),
    Column("invited", Integer, nullable=False),
    Column("present", Integer, nullable=False),  # entries of the attendance register, not heads
    Column("absent", Integer, nullable=False),
    *provenance_columns(),
)

agenda = Table(
    "agenda",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("goals", String),
    Column("progress", String),
    Column("results", String),
    Column("report", String),
    Column("state", String, nullable=False),  # proposed, accepted, returned, noted
    Column("missing", JSON, nullable=False),
    *provenance_columns(),
)

attendance = Table(
    "attendance",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("point", String, primary_key=True),  # empty where no point is stated
    Column("participant", String, primary_key=True),
    Column("post", String),
    Column("agency", String),
    Column("expert", Boolean, nullable=False),
    Column("invitation", String),  # invited, withdrawn
    Column("status", String),  # present, absent
    Column("count", Integer),
    Column("of_committee", String),  # a committee below that attends as a whole
    Column("outcome", String),  # present, excused(_with_substitute), unexcused, not_reported, expected
    Column("absence", String),  # reported, approved, declined
    Column("reason_code", String),
    Column("substitute", String),
    Column("substitute_opinion", String),
    *provenance_columns(),
)

conclusions = Table(
    "conclusions",
    metadata,
    Column("committee", String, primary_key=True),
    Column("meeting", String, primary_key=True),
    Column("conclusion", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("duties", JSON, nullable=False),
    Column("notice", String),
    Column("late", Boolean, nullable=False),
    Column("state", String, nullable=False),  # issued, or what the last check found
    Column("findings", String),
    Column("checked", String),
    *provenance_columns(),
)

opinion_rounds = Table(
    "opinion_rounds",
    metadata,
    Column("committee", String, primary_key=True),
    Column("round", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("form", String, nullable=False),
    Column("meeting", String),
    Column("asked", JSON, nullable=False),
    Column("text_digest", String),
    Column("due", String),  # the words of the deadline
    Column("due_latest", String),  # the last day that they allow, where they fix one
    Column("first_due", String),
    Column("extended_because", String),
    Column("answered", Integer, nullable=False),  # seats, not versions
    Column("overdue", JSON, nullable=False),  # seats marked under the present deadline
    Column("tally", JSON),
    Column("state", String, nullable=False),  # open, closed
    Column("closed", String),
    *provenance_columns(),
)

opinions = Table(
    "opinions",
    metadata,
    Column("committee", String, primary_key=True),
    Column("round", String, primary_key=True),
    Column("seat", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("answer", String, nullable=False),
    Column("comments", String, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("text_digest", String),
    Column("actor", String, nullable=False),
    *provenance_columns(),
)
