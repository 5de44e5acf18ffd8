"""The witnesses of the log are asked in the background: one that is down delays nothing.

Each is asked in a thread of its own, for the newest head alone. A witness that has seen a larger tree, or
another one, is told of loudly: then this log is not what it was.
"""

import logging
import queue
import threading
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final

from shared.audit.log import Head
from shared.audit.notes import Signature
from shared.audit.witnesses import Contradicted, Post, Witness, WitnessError, ask, post_http
from shared.catalogue import both

log = logging.getLogger(__name__)

PAUSE: Final = 30.0
"""Seconds before a witness that did not cosign is asked again."""


class Witnesses:
    """Asks every witness for every newest head; `collected` has what came back since it was asked last."""

    def __init__(self, witnesses: Iterable[Witness], post: Post = post_http, pause: float = PAUSE) -> None:
        self._answers: queue.SimpleQueue[tuple[str, int, Signature]] = queue.SimpleQueue()
        self._asking = [_Asking(one, post, pause, self._answers) for one in witnesses]

    def tell(self, folder: Path, head: Head) -> None:
        for one in self._asking:
            one.tell(folder, head)

    def collected(self) -> list[tuple[str, int, Signature]]:
        """Origin and size of the tree, and the cosignature."""
        found = []
        while not self._answers.empty():
            found.append(self._answers.get())
        return found

    def state(self) -> list[dict[str, Any]]:
        return [one.state() for one in self._asking]


class _Asking(threading.Thread):
    """One witness: the newest head is asked for until it is cosigned or a newer one has come."""

    def __init__(
        self,
        witness: Witness,
        post: Post,
        pause: float,
        answers: queue.SimpleQueue[tuple[str, int, Signature]],
    ) -> None:
        super().__init__(name=f"witness {witness.verifier.name}", daemon=True)
        self._witness, self._post, self._pause, self._answers = witness, post, pause, answers
        self._changed = threading.Condition()
        self._newest: tuple[Path, Head] | None = None
        self._origin, self._seen, self._error = "", 0, ""
        self.start()

    def tell(self, folder: Path, head: Head) -> None:
        with self._changed:
            self._newest = folder, head
            self._changed.notify()

    def state(self) -> dict[str, Any]:
        name = self._witness.verifier.name
        return {"witness": name, "cosigned": self._seen, "error": self._error or None}

    def run(self) -> None:
        done: Head | None = None
        while True:
            with self._changed:
                while self._newest is None or self._newest[1] is done:
                    self._changed.wait()
                folder, head = self._newest
            if self._cosign(folder, head):
                done = head
            else:
                with self._changed:
                    if self._newest[1] is head:
                        self._changed.wait(self._pause)

    def _cosign(self, folder: Path, head: Head) -> bool:
        origin = head.checkpoint.origin
        seen = self._seen if origin == self._origin else 0
        try:
            signature = ask(self._witness, folder, head, seen, self._post)
        except Contradicted as contradiction:
            self._error = str(contradiction)
            log.critical("%s", both("notary.contradicted", why=contradiction))
        except (WitnessError, OSError, HTTPException, ValueError) as failure:
            self._error = str(failure)
            log.warning("%s did not cosign: %s", self._witness.verifier.name, failure)
        else:
            self._origin, self._seen, self._error = origin, head.size, ""
            self._answers.put((origin, head.size, signature))
            return True
        return False
