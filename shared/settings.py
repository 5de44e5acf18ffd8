"""Every setting of every process, read once from the environment.

To add one: a field with a default and a description here; nothing else. A field `http_port` is the
environment variable `BCD_HTTP_PORT`; the three addresses that other software knows too (`AMQP_URI`,
`ESDB_URI`, `DATABASE_URL`) carry no prefix. All durations are seconds.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from shared.catalogue import Text, both, catalogue, say, say_en, text

PREFIX: Final = "BCD_"
CONFIGURATION_ERROR: Final = 78
"""Exit status of a process whose settings are wrong (EX_CONFIG of sysexits.h): trying again cannot help."""


STORE_ACCESS: Final = (
    "store_user",
    "store_password",
    "store_password_file",
    "store_ca_file",
    "store_certificate_file",
    "store_key_file",
)
"""The settings that stand beside the event store's address."""


class _Unusable(ValueError):
    """A value cannot be used; `why` says in both languages what it would have to be."""

    def __init__(self, key: str, more: str = "") -> None:
        told = text(f"settings.{key}")
        self.why = Text(told.vi + more, told.en + more)
        super().__init__(self.why.en)


class SettingsError(Exception):
    """A setting is unknown or malformed; the text is one sentence that says which and why."""


def _with_scheme(*schemes: str) -> AfterValidator:
    """An address must start with one of these; the value itself is never shown, it may hold a password."""

    def check(value: str) -> str:
        if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            named = ", ".join(f"{scheme}://" for scheme in schemes)
            raise _Unusable("must_start_with", f" {named}")
        return value

    return AfterValidator(check)


Seconds = Annotated[float, Field(gt=0, le=3600)]


def _contents(value: str) -> str:
    """A bucket as it is, a folder by its full path: the processes of the system may start elsewhere."""
    if "://" not in value:
        return str(Path(value).resolve())
    scheme, _, rest = value.partition("://")
    if scheme != "s3" or not rest.split("/")[0]:
        raise _Unusable("contents")
    return value


def _readable(path: Path) -> Path:
    """The path is never shown: somebody may have given the password itself."""
    try:
        with path.open("rb"):
            return path.resolve()
    except OSError as error:
        raise _Unusable("no_file", f" ({error.strerror})") from None


File = Annotated[Path, AfterValidator(_readable)]
"""A file that can be read, by its full path: the processes of the system may start elsewhere."""


class Settings(BaseSettings):
    """The settings with their defaults; frozen, so that a process keeps what it started with."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", populate_by_name=True, env_ignore_empty=True
    )

    # An address may hold a password, so it is never shown.
    amqp_uri: Annotated[str, _with_scheme("amqp", "amqps")] | None = Field(
        None,
        validation_alias="AMQP_URI",
        repr=False,
        description="the broker; a private RabbitMQ node where absent",
    )
    esdb_uri: (
        Annotated[str, _with_scheme("esdb", "esdb+discover", "kurrentdb", "kurrentdb+discover")] | None
    ) = Field(
        None,
        validation_alias="ESDB_URI",
        repr=False,
        description="the event store; the embedded one where absent",
    )
    database_url: Annotated[str, _with_scheme("postgresql", "postgresql+psycopg", "sqlite")] | None = Field(
        None,
        validation_alias="DATABASE_URL",
        repr=False,
        description="the read database; a SQLite file where absent",
    )

    store_user: str | None = Field(None, min_length=1, description="user of the event store; needs TLS")
    store_password: SecretStr | None = Field(None, description="the user's password")
    store_password_file: File | None = Field(None, description="a file with the password, in its place")
    store_ca_file: File | None = Field(None, description="PEM of the CA that signed the store's certificate")
    store_certificate_file: File | None = Field(None, description="PEM of our own certificate, if asked for")
    store_key_file: File | None = Field(None, description="PEM of the key of our own certificate")

    keys_url: Annotated[str, _with_scheme("postgresql", "postgresql+psycopg", "sqlite")] | None = Field(
        None,
        repr=False,
        description="the keys of personal values; a SQLite file where absent",
    )
    keys_master_file: File | None = Field(
        None,
        description="a file with the key of these keys; made in the data folder where absent",
    )

    contents: Annotated[str, AfterValidator(_contents)] | None = Field(
        None,
        description="where documents are kept: a folder or s3://bucket/prefix; the data folder where absent",
    )
    contents_endpoint: Annotated[str, _with_scheme("http", "https")] | None = Field(
        None, description="the address of an S3-compatible store; that of AWS where absent"
    )
    data: Path = Field(Path("data"), description="the folder of everything that is kept")
    committee: str = Field("langson", pattern=r"^[a-z][a-z0-9]{1,30}$", description="name in stream names")
    clock: Path | None = Field(
        None,
        description="a file with the day to take for today, for demonstrations; the real day where absent",
    )
    notary_key: SecretStr | None = Field(None, description="the notary's signing keys, as C2SP writes them")
    notary_key_file: File | None = Field(None, description="a file with the signing keys, one a line")
    notary_interval: Seconds = Field(10, description="longest time between two signed heads under load")
    notary_witnesses: str | None = Field(None, description="witnesses: address and key, separated by spaces")
    http_host: str = Field("127.0.0.1", description="address that the gateway listens on")
    http_port: int = Field(8064, ge=1, le=65535, description="port that the gateway listens on")

    soffice: File | None = Field(None, description="LibreOffice, for PDF; the one on the PATH where absent")

    start_limit: Seconds = Field(60, description="longest wait for a process or server to get ready")
    stop_limit: Seconds = Field(10, description="longest wait for a clean stop, then it is killed")
    call_limit: Seconds = Field(15, description="longest wait for the answer of an RPC call")
    store_limit: Seconds = Field(10, description="longest wait for one call to the store or read database")
    max_workers: int = Field(20, ge=1, le=200, description="calls that one Nameko service handles at once")
    store_threads: int = Field(20, ge=1, le=200, description="native threads for store calls per service")
    follower_poll: Seconds = Field(0.5, description="wait for new events before a follower counts as idle")
    follower_quiet: Seconds = Field(30, description="silence after which a follower asks what it missed")
    follower_failures: int = Field(20, ge=1, le=1000, description="failures in a row that end a follower")
    looks_kept: int = Field(
        400, ge=366, le=36500, description="days for which it is kept who looked at which record"
    )
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

    def store_access(self) -> dict[str, str]:
        """The variables that let another process into the store; one may hold the password."""
        given = {name: getattr(self, name) for name in STORE_ACCESS}
        return {
            variable(name): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in given.items()
            if value
        }

    def store_secret(self) -> str | None:
        """The password for the event store, from the setting or its file; None where there is no user."""
        if self.store_password is not None:
            return self.store_password.get_secret_value()
        if self.store_password_file is None:
            return None
        try:
            secret = self.store_password_file.read_text().rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise _bad("store_password_file", text("settings.no_file")) from None
        if not secret:
            raise _bad("store_password_file", text("settings.empty_file"))
        return secret


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
        settings = Settings(**given)
    except ValidationError as refused:
        raise SettingsError(_malformed(refused)) from None
    _check_store_access(settings)
    return settings


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


def _check_store_access(settings: Settings) -> None:
    """What names a user or a certificate is given whole."""
    secrets = [name for name in ("store_password", "store_password_file") if getattr(settings, name)]
    if len(secrets) > 1:
        raise SettingsError(both("settings.one_of", one=variable(secrets[0]), other=variable(secrets[1])))
    pairs = (
        ("store_user", settings.store_user, "store_password", secrets),
        (
            "store_certificate_file",
            settings.store_certificate_file,
            "store_key_file",
            settings.store_key_file,
        ),
    )
    for one, given, other, with_it in pairs:
        if bool(given) != bool(with_it):
            raise SettingsError(both("settings.together", one=variable(one), other=variable(other)))


def _unknown(name: str, known: set[str]) -> str:
    return f"{both('settings.unknown', name=name)}: {', '.join(sorted(known))}."


def _malformed(refused: ValidationError) -> str:
    """Names the variable and the reason, never the value."""
    first = refused.errors(include_input=False, include_url=False)[0]
    given: Mapping[str, Any] = first.get("ctx", {})
    cause, limits = given.get("error"), f"settings.limits.{first['type']}"
    if isinstance(cause, _Unusable):
        why = cause.why
    elif limits in catalogue():
        why = Text(say(limits, **given), say_en(limits, **given))
    else:
        why = Text(first["msg"], first["msg"])
    return str(_bad(str(first["loc"][0]), why))


def _bad(place: str, why: Text) -> SettingsError:
    name = variable(place) if place in Settings.model_fields else place
    vi, en = (
        told("settings.malformed", name=name, why=words) for told, words in ((say, why.vi), (say_en, why.en))
    )
    return SettingsError(f"{vi} / {en}")
