"""Every setting of every process, read once from the environment.

To add one: a field with a default and a description here; nothing else. A field `http_port` is the
environment variable `BCD_HTTP_PORT`; the three addresses that other software knows too (`AMQP_URI`,
`ESDB_URI`, `DATABASE_URL`) carry no prefix. All durations are seconds.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from shared.catalogue import both

PREFIX: Final = "BCD_"
CONFIGURATION_ERROR: Final = 78
"""Exit status of a process whose settings are wrong (EX_CONFIG of sysexits.h): trying again cannot help."""


class SettingsError(Exception):
    """A setting is unknown or malformed; the text is one sentence that says which and why."""


def _with_scheme(*schemes: str) -> AfterValidator:
    """An address must start with one of these; the value itself is never shown, it may hold a password."""

    def check(value: str) -> str:
        if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            named = ", ".join(f"{scheme}://" for scheme in schemes)
            raise ValueError(f"{both('settings.must_start_with')} {named}")
        return value

    return AfterValidator(check)


Seconds = Annotated[float, Field(gt=0, le=3600)]


class Settings(BaseSettings):
    """The settings with their defaults; frozen, so that a process keeps what it started with."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", populate_by_name=True, env_ignore_empty=True
    )

    amqp_uri: Annotated[str, _with_scheme("amqp", "amqps")] | None = Field(
        None, validation_alias="AMQP_URI", description="the broker; a private RabbitMQ node where absent"
    )
    esdb_uri: (
        Annotated[str, _with_scheme("esdb", "esdb+discover", "kurrentdb", "kurrentdb+discover")] | None
    ) = Field(None, validation_alias="ESDB_URI", description="the event store; the embedded one where absent")
    database_url: Annotated[str, _with_scheme("postgresql", "postgresql+psycopg", "sqlite")] | None = Field(
        None, validation_alias="DATABASE_URL", description="the read database; a SQLite file where absent"
    )

    data: Path = Field(Path("data"), description="the folder of everything that is kept")
    committee: str = Field("langson", pattern=r"^[a-z][a-z0-9]{1,30}$", description="name in stream names")
    clock: Path | None = Field(
        None,
        description="a file with the day to take for today, for demonstrations; the real day where absent",
    )
    http_host: str = Field("127.0.0.1", description="address that the gateway listens on")
    http_port: int = Field(8064, ge=1, le=65535, description="port that the gateway listens on")

    start_limit: Seconds = Field(60, description="longest wait for a process or server to get ready")
    stop_limit: Seconds = Field(10, description="longest wait for a clean stop, then it is killed")
    call_limit: Seconds = Field(15, description="longest wait for the answer of an RPC call")
    store_limit: Seconds = Field(10, description="longest wait for one call to the store or read database")
    max_workers: int = Field(20, ge=1, le=200, description="calls that one Nameko service handles at once")
    store_threads: int = Field(20, ge=1, le=200, description="native threads for store calls per service")
    follower_poll: Seconds = Field(0.5, description="wait for new events before a follower counts as idle")
    follower_quiet: Seconds = Field(30, description="silence after which a follower asks what it missed")
    follower_failures: int = Field(20, ge=1, le=1000, description="failures in a row that end a follower")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="what is logged")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment; no hidden files."""
        return init_settings, env_settings


def variable(field: str) -> str:
    """The environment variable of a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def load_settings(**given: Any) -> Settings:
    """The settings of this process, `given` ones first; raises SettingsError at the first thing wrong."""
    known = {variable(field) for field in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name not in known:
            raise SettingsError(_unknown(name, known))
    try:
        return Settings(**given)
    except ValidationError as refused:
        raise SettingsError(_malformed(refused)) from None


def settings_or_exit() -> Settings:
    """For entry points: as `load_settings`, but a wrong setting ends the process, told in one sentence."""
    try:
        return load_settings()
    except SettingsError as wrong:
        exit_with(str(wrong), CONFIGURATION_ERROR)


def amqp_uri_or_exit(settings: Settings) -> str:
    """For processes that cannot do without the broker: its address, or the end of the process."""
    if settings.amqp_uri is None:
        exit_with(both("settings.no_amqp_uri"), 2)
    return settings.amqp_uri


def exit_with(sentence: str, status: int) -> NoReturn:
    """End the process, telling a person why and without a traceback."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
    raise SystemExit(status)


def _unknown(name: str, known: set[str]) -> str:
    return f"{both('settings.unknown', name=name)}: {', '.join(sorted(known))}."


def _malformed(refused: ValidationError) -> str:
    """Names the variable and the reason, never the value."""
    first = refused.errors(include_input=False, include_url=False, include_context=False)[0]
    place = str(first["loc"][0])
    name = variable(place) if place in Settings.model_fields else place
    return both("settings.malformed", name=name, why=first["msg"].removeprefix("Value error, "))
