"""A folder into which the past was replayed, asked like the `records` service, in this process."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from services.records.database import Database

MARK: Final = "replay.json"
"""The file by which a folder is known as a sandbox; written last."""


def is_sandbox(folder: Path) -> bool:
    return (folder / MARK).is_file()


def database_of(folder: Path) -> "Database":
    """The read database of a sandbox."""
    from services.records.database import Database

    return Database(f"sqlite:///{folder.resolve() / 'records.sqlite'}")


class Sandbox:
    """Answers like `shared.bus.rpc.Services`, for the records alone; nothing can be asked to change."""

    def __init__(self, folder: Path) -> None:
        from services.records.answers import Answers

        self._database = database_of(folder)
        self._answers = Answers(self._database)

    def call(self, service: str, method: str, payload: dict[str, Any], *, timeout: float) -> dict[str, Any]:
        """Raises what the service raises."""
        assert service == "records"
        return self._answers.answer(method, payload)

    def close(self) -> None:
        self._database.close()
