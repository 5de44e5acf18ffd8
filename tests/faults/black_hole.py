"""`python -m tests.faults.black_hole DATA SECONDS`, in a network namespace of its own: packets vanish."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from tests.contract.store.stores import EmbeddedServer
from tests.faults.silence import through_silence


def main() -> None:
    """Fails with a traceback where anything is lost, doubled, or waited for without an end."""
    data, seconds = Path(sys.argv[1]), float(sys.argv[2])
    _run("ip", "link", "set", "lo", "up")
    server = EmbeddedServer(data)
    server.start()
    try:
        begin, end = partial(_drop, server, "-I"), partial(_drop, server, "-D")
        through_silence(server, begin, end, seconds, _say)
        assert server.stop() == 0
    finally:
        server.kill()


def _drop(server: EmbeddedServer, how: str) -> None:
    """Begin ("-I") or end ("-D") to swallow what is sent to and from its port, without a word to anybody."""
    for side in ("--dport", "--sport"):
        _run("iptables", how, "INPUT", "-p", "tcp", side, str(server.port), "-j", "DROP")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=30)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
