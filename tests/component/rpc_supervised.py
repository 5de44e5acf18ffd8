"""A small system to supervise in tests: a private broker and the echo service. Its data folder is given."""

import sys
from pathlib import Path

from shared.bus.broker import PrivateBroker
from shared.runtime.processes import Process, Restarts, broker_process, service_process
from shared.runtime.supervisor import Supervisor, SupervisorError
from shared.settings import exit_with

LIMIT = 90.0


def main(data: Path, kind: str) -> None:
    forever = Process("forever", ("/bin/sh", "-c", "sleep 3600 & echo started; wait"))
    broken = Process("broken", ("/bin/sh", "-c", "echo cannot go on; exit 1"), ready=lambda: False)
    refused = Process("refused", ("/bin/sh", "-c", "sleep 0.5; exit 78"), restarts=Restarts(first=0.1))
    match kind:
        case "plain":
            stages = [[forever]]
        case "broken":
            stages = [[forever], [broken]]
        case "refused":
            stages = [[forever, refused]]
        case _:
            broker = PrivateBroker(data / "rabbitmq")
            echo = service_process("echo", "tests.component.rpc_echo:Echo", broker.uri, start_limit=LIMIT)
            stages = [[broker_process(broker, start_limit=LIMIT)], [echo]]
            (data / "amqp-uri").write_text(broker.uri)
    try:
        Supervisor(data, stages).run()
    except SupervisorError as error:
        exit_with(str(error), 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
