"""The application as gunicorn serves it, with the settings of the environment."""

from flask import Flask

from services.gateway.app import create_app
from services.gateway.asking import Records
from shared.bus.rpc import Services
from shared.followers.clock import shown
from shared.settings import amqp_uri_or_exit, settings_or_exit


def make_app() -> Flask:
    """Called in each worker, after the fork; it connects at the first question."""
    settings = settings_or_exit()
    records = Records(Services(amqp_uri_or_exit(settings)), settings.committee, settings.call_limit)
    app = create_app(records, shown(settings.clock), demonstrates=settings.clock is not None)
    app.config["NOTARY"] = settings.data.resolve() / "notary"
    app.config["SOFFICE"] = settings.soffice
    return app
