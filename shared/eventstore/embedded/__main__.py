"""`python -m shared.eventstore.embedded --data DIR --port 2113`: serve one data folder until stopped."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.eventstore.embedded.log.folder import FolderError
from shared.eventstore.embedded.log.opening import OpeningError
from shared.eventstore.embedded.options import Options
from shared.eventstore.embedded.server import LogLostError, PortTakenError, serve

EXPECTED = (FolderError, OpeningError, PortTakenError, LogLostError, ValueError)
"""What keeps a server from being started, or ends it; the text is for its operator."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve as the arguments say; 0 after a clean stop, else 1."""
    try:
        run("shared.eventstore.embedded", arguments)
    except EXPECTED as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def run(program: str, arguments: Sequence[str] | None) -> None:
    """Print `ready esdb://HOST:PORT?Tls=false` once clients may come, and come back after a clean stop.

    Raises what is EXPECTED; arguments that cannot be read end the process.
    """
    parser = argparse.ArgumentParser(prog=program, description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that keeps the events")
    parser.add_argument("--port", type=int, default=2113, help="port to listen on; 0 chooses a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--advertise", metavar="HOST", help="host that gossip tells clients; localhost, or as --host"
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="PEM certificate: TLS, with --key")
    parser.add_argument("--key", type=Path, metavar="FILE", help="PEM key of the certificate")
    parser.add_argument(
        "--users",
        type=Path,
        metavar="FILE",
        help="users who may call, over TLS; written by shared.eventstore.embedded.add_user",
    )
    parser.add_argument(
        "--health-port", type=int, metavar="PORT", help="answer GET /health/live there: 204 or 503"
    )
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="go on where acknowledged events are missing or damaged, after saying which",
    )
    parser.add_argument("--examine", action="store_true", help="examine every event before the start")
    given = parser.parse_args(arguments)

    def ready(uri: str, health: str | None) -> None:
        sys.stdout.write(f"ready {uri}\n" + (f"health {health}\n" if health else ""))
        sys.stdout.flush()

    os.umask(0o077)  # what is kept here is nobody else's to read
    asyncio.run(serve(Options(**vars(given)), ready))


if __name__ == "__main__":
    sys.exit(main())
