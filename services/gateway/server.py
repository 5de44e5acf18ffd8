"""How gunicorn runs the gateway: one process, native threads; never the eventlet worker.

The connection to the broker is made by the worker at its first question, never before a fork.
"""

import os

from shared.runtime.logs import configure_logs
from shared.settings import settings_or_exit

_settings = settings_or_exit()

bind = f"{_settings.http_host}:{_settings.http_port}"
worker_class = "gthread"
workers = 1
threads = _settings.max_workers
preload_app = False
timeout = 60
graceful_timeout = int(_settings.stop_limit)
keepalive = 5
limit_request_line = 4094
limit_request_fields = 50
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


def on_starting(_server: object) -> None:
    """gunicorn's own lines take our shape."""
    configure_logs("gateway", _settings.log_level)


def post_fork(_server: object, _worker: object) -> None:
    configure_logs("gateway", _settings.log_level)
