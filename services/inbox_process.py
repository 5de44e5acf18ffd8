"""The process that takes requests from the bus to the services: `python -m services.inbox_process`."""

from typing import Final, NoReturn

from shared.bus.inbound import NAME, Inbox
from shared.bus.rpc import Services
from shared.followers.process import leave, stop_on_signals
from shared.followers.status import StatusFile
from shared.runtime.logs import configure_logs
from shared.settings import amqp_uri_or_exit, settings_or_exit

OFFERED: Final = ("members", "meetings", "tasks", "feedback", "records")
"""The services that other systems may ask by message."""


def main() -> NoReturn:
    """Serve the inbox until SIGTERM or SIGINT."""
    settings = settings_or_exit()
    amqp_uri = amqp_uri_or_exit(settings)
    configure_logs(NAME, settings.log_level)
    status = StatusFile(NAME, settings.data)
    services = Services(amqp_uri)
    inbox = Inbox(amqp_uri, services, status, OFFERED, settings.call_limit)
    stop_on_signals(inbox.stop, settings.stop_limit)
    leave(inbox.run, status)


if __name__ == "__main__":
    main()
