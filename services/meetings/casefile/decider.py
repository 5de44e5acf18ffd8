"""A case file: opened for a matter, filled as it goes on, closed when it is whole (D7.8)."""

from typing import assert_never

from services.meetings.casefile import closing, filing, opening
from services.meetings.casefile.commands import (
    CaseFileCommand,
    CloseCaseFile,
    EndMatter,
    ExpectInCaseFile,
    FileDocument,
    HoldBackCaseFile,
    OpenCaseFile,
    RemoveFromCaseFile,
    ReopenCaseFile,
    ResumeMatter,
    ReviseCaseFile,
    WaiveExpectation,
)
from services.meetings.casefile.events import CaseFileEvent
from services.meetings.casefile.state import CaseFile, evolve
from shared.decider import Decider
from shared.envelope import Act


def decide(command: CaseFileCommand, act: Act, file: CaseFile) -> list[CaseFileEvent]:
    match command:
        case OpenCaseFile():
            return opening.open_file(command, act, file)
        case ReviseCaseFile():
            return opening.revise(command, act, file)
        case ExpectInCaseFile():
            return opening.expect(command, act, file)
        case WaiveExpectation():
            return opening.waive(command, act, file)
        case FileDocument():
            return filing.file_document(command, act, file)
        case RemoveFromCaseFile():
            return filing.remove(command, act, file)
        case EndMatter():
            return closing.end_matter(command, act, file)
        case ResumeMatter():
            return closing.resume_matter(command, act, file)
        case CloseCaseFile():
            return closing.close(command, act, file)
        case ReopenCaseFile():
            return closing.reopen(command, act, file)
        case HoldBackCaseFile():
            return closing.hold_back(command, act, file)
        case _:
            assert_never(command)


decider: Decider[CaseFileCommand, CaseFileEvent, CaseFile] = Decider(
    category="casefile",
    stream_id=lambda command: command.file_id,
    initial=CaseFile(),
    decide=decide,
    evolve=evolve,
)
