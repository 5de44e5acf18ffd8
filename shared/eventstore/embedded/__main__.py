"""`python -m shared.eventstore.embedded --data DIR --port 2113`: serve one data folder until stopped."""

import argparse
import asyncio
import sys
from pathlib import Path

from shared.eventstore.embedded.log.folder import InUseError
from shared.eventstore.embedded.server import LogLostError, PortTakenError, serve


def main() -> int:
    """Print `ready esdb://HOST:PORT?Tls=false` once clients may come; 0 after a clean stop, else 1."""
    parser = argparse.ArgumentParser(prog="shared.eventstore.embedded", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that keeps the events")
    parser.add_argument("--port", type=int, default=2113, help="port to listen on; 0 chooses a free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on and to advertise")
    arguments = parser.parse_args()

    def ready(port: int) -> None:
        sys.stdout.write(f"ready esdb://{arguments.host}:{port}?Tls=false\n")
        sys.stdout.flush()

    try:
        asyncio.run(serve(arguments.data, arguments.host, arguments.port, ready))
    except (InUseError, PortTakenError, LogLostError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
