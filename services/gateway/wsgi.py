"""The application as gunicorn serves it, with the settings of the environment."""

from flask import Flask

from services.gateway.app import create_app
from services.gateway.asking import Records
from shared.bus.rpc import Services
from shared.settings import exit_with, settings_or_exit


def make_app() -> Flask:
    """Called in each worker, after the fork; it connects at the first question."""
    settings = settings_or_exit()
    if settings.amqp_uri is None:
        exit_with("Thiếu thiết lập AMQP_URI. / The setting AMQP_URI is missing.", 2)
    return create_app(Records(Services(settings.amqp_uri), settings.committee, settings.call_limit))
