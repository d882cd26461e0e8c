"""The settings of this machine, read from the environment and, below it, the installation's `.env` file.

They become one frozen value. Everything missing or wrong is named at once, each with its cure. Secrets never print, and a typed value is
never repeated. A secret comes from the environment, a file that is named there, systemd's credentials or `.env`, in this order. Without
Slack tokens the bot runs on the local workspace.
"""

from __future__ import annotations

import difflib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.database import places
from bot.database.places import fault_of_address, file_of, place_of
from bot.errors import SetupFault
from bot.secret_files import CREDENTIALS, KEY, NAMES_OF_FILES, SECRETS, FromFile, NoRegularFile, find_in_files, read_settings, report_twice
from bot.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

ENV_FILE = Path(__file__).parent.parent / ".env"  # beside the program, from whichever folder it is started
ON_LOCAL_WORKSPACE, ON_SLACK = "sqlite:///data/local.sqlite", "sqlite:///data/eftertanke.sqlite"  # the databases, if none is named
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TOKEN_PREFIXES = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
WHOLE_TOKEN = {"slack_bot_token": sentence("setup.bot_token"), "slack_app_token": sentence("setup.app_token")}


class LogLevel(StrEnum):
    """The least serious level that is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    """The form of the log; `auto` is readable text on a terminal and JSON elsewhere."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"


OF_NETWORK = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
GOOD_VALUES = {  # for what pydantic judges by itself
    "http_port": sentence("setup.port"),
    "health_port": sentence("setup.port"),
    "log_level": sentence("setup.choice", choices=", ".join(LogLevel)),
    "log_format": sentence("setup.choice", choices=", ".join(LogFormat)),
}


class _Unfit(ValueError):
    """A value does not fit its setting; what is `said` tells what a good one looks like, and repeats no secret."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.key)
        self.said = said


def _require_fit(value: object) -> object:
    """A secret, unless a sentence is in its place, which says what is wrong with its file."""
    if isinstance(value, Sentence):
        raise _Unfit(value)
    return value


Secret = Annotated[SecretStr, BeforeValidator(_require_fit)]


def _check_api_url(url: str) -> str:
    """The address with a slash at its end, since Slack's client joins method names to it. A token must not cross a network unencrypted."""
    parts = urlsplit(url)
    if parts.hostname is None or (parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise _Unfit(sentence("setup.address"))
    if "@" in parts.netloc:  # a fault that names the address would tell it
        raise _Unfit(sentence("setup.address_with_password"))
    return url.rstrip("/") + "/"


def _check_database_url(url: str) -> str:
    if (fault := fault_of_address(url)) is not None:
        raise _Unfit(fault)
    return url


def _check_host(host: str) -> str:
    if host != "localhost":
        try:
            ip_address(host)
        except ValueError:
            raise _Unfit(sentence("setup.health_host")) from None
    return host


def _check_keys(keys: SecretStr) -> SecretStr:
    """The keys, if each of them is one, so that a wrong one is named with everything else."""
    parts = [part.strip() for part in keys.get_secret_value().split(",") if part.strip()]
    if not parts or not all(re.fullmatch(KEY, part, re.ASCII) for part in parts):  # whole: what follows the end of one is passed over
        raise _Unfit(sentence("setup.bad_key"))
    return keys


def _require_folder(path: Path) -> Path:
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise _Unfit(sentence("setup.folder_unreadable", folder=path, why=error)) from None
    if not is_folder:
        raise _Unfit(sentence("setup.file_for_folder" if is_there else "setup.no_folder", folder=path))
    return path


def _default_schedules_dir() -> Path:
    """The folder `schedules` in the current folder, else the one that came with the program."""
    folder = Path("schedules")
    return folder if folder.is_dir() else Path(__file__).parent.parent / "schedules"


class Settings(BaseSettings):
    """All settings of this machine, as `.env.example` explains."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, validate_default=True, hide_input_in_errors=True)

    slack_api_url: Annotated[str, AfterValidator(_check_api_url)] | None = None  # must come first: the check of the tokens reads it
    slack_bot_token: Secret | None = None
    slack_app_token: Secret | None = None
    database_url: Annotated[str, AfterValidator(_check_database_url)] = Field(default="", repr=False)  # it may hold a password
    data_dir: Path = Path("data")  # the same from whichever folder a command is given: two lists of deletions would each be half of one
    eftertanke_key: Annotated[Secret, AfterValidator(_check_keys)] | None = None
    schedules_dir: Annotated[Path, AfterValidator(_require_folder)] = Field(default_factory=_default_schedules_dir)
    http_port: int = Field(default=8080, ge=0, le=65535)
    health_host: Annotated[str, AfterValidator(_check_host)] = "127.0.0.1"  # beyond this machine only where somebody has named it
    health_port: int = Field(default=9464, ge=0, le=65535)
    log_level: Annotated[LogLevel, BeforeValidator(str.upper)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(str.lower)] = LogFormat.AUTO

    def model_post_init(self, _context: object) -> None:
        """Tell this whole process in which folder the files beside a database on a server stand."""
        places.FOLDER = ENV_FILE.parent / self.data_dir.expanduser()

    @property
    def local(self) -> bool:
        """Whether the bot runs on the local workspace, since it has no Slack tokens."""
        return self.slack_bot_token is None

    @property
    def made_up(self) -> bool:
        """Whether the people are made up, since the bot speaks to a local workspace only."""
        return self.slack_bot_token is None or _is_local(self.slack_bot_token)

    @property
    def database_file(self) -> Path | None:
        """The file of the database; None if it is on a server."""
        return file_of(self.database_url)

    @property
    def database_place(self) -> Path:
        """The path beside which the database's other files stand."""
        return place_of(self.database_url)

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _check_token(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if token is not None:
            field, text = str(info.field_name), token.get_secret_value()
            if not re.fullmatch(TOKEN_PREFIXES[field] + r"[A-Za-z0-9-]{8,}", text):
                other_field = next((name for name, prefix in TOKEN_PREFIXES.items() if text.startswith(prefix) and name != field), None)
                whole = WHOLE_TOKEN[field]
                raise _Unfit(sentence("setup.swapped", why=whole, other=other_field.upper()) if other_field else whole)
            has_address = "slack_api_url" in info.data  # else the address itself is wrong, and is named already
            if has_address and _is_local(token) and urlsplit(info.data["slack_api_url"] or "").hostname not in LOOPBACK:
                raise _Unfit(sentence("setup.local_token"))
        return token

    @field_validator("slack_app_token")
    @classmethod
    def _check_both_tokens(cls, app: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        bot, is_bot_wrong = info.data.get("slack_bot_token"), "slack_bot_token" not in info.data  # then it is named already
        if app is None and (bot is not None or is_bot_wrong):
            raise _Unfit(sentence("setup.no_app_token"))
        if app is None or is_bot_wrong:
            return app
        if bot is None:
            raise _Unfit(sentence("setup.no_bot_token"))
        if _is_local(bot) != _is_local(app):
            raise _Unfit(sentence("setup.two_workspaces"))
        return app

    @field_validator("database_url", mode="before")
    @classmethod
    def _default_database_url(cls, url: str, info: ValidationInfo) -> str:
        """A database for the kind of workspace: made-up people must never meet those of a real one."""
        return url or (ON_LOCAL_WORKSPACE if info.data.get("slack_bot_token") is None else ON_SLACK)


def schedules_dir(env_file: Path | None) -> Path:
    """The folder of programme files alone, for commands that need no other setting.

    With `env_file` None only the environment is read.
    """
    folder = os.environ.get("SCHEDULES_DIR") or (_read_env_file(env_file).get("SCHEDULES_DIR") if env_file is not None else None)
    try:
        return _require_folder(Path(folder)) if folder else _default_schedules_dir()
    except _Unfit as unfit:
        raise SetupFault(*_with_place([sentence("setup.setting", name="SCHEDULES_DIR", why=unfit.said)], env_file)) from None


def service_manager() -> tuple[str, float]:
    """The socket on which systemd listens, and within how many seconds it wants a sign. Empty and 0: it does not."""
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    is_meant = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid()) and microseconds.isdecimal()
    return os.environ.get("NOTIFY_SOCKET", ""), int(microseconds) / 1_000_000 if is_meant else 0.0


def machine_locale() -> str:
    """The locale of this machine's messages, as the environment names it: `da_DK.UTF-8`. Empty if it names none."""
    return next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")


def load_settings(env_file: Path | None = None, *, close: bool = True) -> Settings:
    """Read the environment and, below it, `env_file` or ENV_FILE; SetupFault names everything wrong, one fault a line.

    With `close`, a file of secrets that others can read is closed to them (`bot/secret_files.py`).
    """
    usable = usable_settings(env_file, close=close)
    if usable.settings is None or usable.wrong:
        raise SetupFault(*usable.wrong)
    return usable.settings


@dataclass(frozen=True, kw_only=True)
class UsableSettings:
    """The settings as far as they can be used, and what is wrong with them. None: none can be used."""

    settings: Settings | None
    wrong: tuple[Sentence, ...]
    are_tokens_wrong: bool = False  # then there is none, but the database is Slack's all the same
    is_database_wrong: bool = False  # then the default is another one


def usable_settings(env_file: Path | None = None, *, close: bool = False) -> UsableSettings:
    """The settings, with the default of each that is wrong."""
    env_file = env_file or ENV_FILE
    try:
        values, odd, found = _gather(env_file, close=close)
    except SetupFault as fault:
        return UsableSettings(settings=None, wrong=fault.said)
    try:
        return UsableSettings(settings=Settings(**values), wrong=tuple(_with_place(odd, env_file)))
    except ValidationError as error:
        faults = error.errors()
    wrong = {str(fault["loc"][0]) for fault in faults}
    values |= {name: Settings.model_fields[name].get_default(call_default_factory=True) for name in wrong}
    are_tokens_wrong = not wrong.isdisjoint(TOKEN_PREFIXES)
    if are_tokens_wrong:
        values |= dict.fromkeys(TOKEN_PREFIXES)
    settings = None
    with suppress(ValidationError):
        settings = Settings(**values)
        if are_tokens_wrong and settings.database_url == ON_LOCAL_WORKSPACE:
            settings = settings.model_copy(update={"database_url": ON_SLACK})
    said = tuple(_with_place([*odd, *(_describe_fault(fault, found) for fault in faults)], env_file))
    return UsableSettings(settings=settings, wrong=said, are_tokens_wrong=are_tokens_wrong, is_database_wrong="database_url" in wrong)


def files_of_secrets() -> tuple[list[Path], list[Path]]:
    """The files in which secrets may stand: `.env` with those that it and the environment name, and systemd's credentials."""
    named = _set_in(os.environ)
    with suppress(SetupFault):
        named = _set_in(_read_env_file(ENV_FILE)) | named
    credentials = [Path(named[CREDENTIALS], name) for name in SECRETS] if CREDENTIALS in os.environ else []
    return [ENV_FILE, *(Path(named[name]).absolute() for name in NAMES_OF_FILES.values() if name in named)], credentials


def _gather(env_file: Path, *, close: bool) -> tuple[dict[str, Any], list[Sentence], dict[str, FromFile]]:
    """The values of the environment's place and of `env_file`, what is odd in their names, and the secrets from files."""
    lines = _read_env_file(env_file, close=close)
    in_file, environment = _set_in(lines), _set_in(os.environ)
    odd = [*_report_misspelt(lines, environment), *report_twice(environment), *report_twice(in_file, env_file)]
    found = {name: secret for name in SECRETS if (secret := find_in_files(name, environment, in_file, close=close)) is not None}
    values: dict[str, Any] = {name.lower(): value for name, value in in_file.items() if name not in environment}
    return values | {name: secret.value for name, secret in found.items()}, odd, found


def _set_in(place: Mapping[str, str | None]) -> dict[str, str]:
    """What is set in a place, as settings are spelt; what is empty is not set."""
    return {name.upper(): value for name, value in place.items() if value}


def network_surroundings() -> dict[str, str]:
    """What the environment says of proxies and certificates, by the names of its variables. A proxy's address may hold a password."""
    return {name: value for name in OF_NETWORK if (value := os.environ.get(name) or os.environ.get(name.lower()))}


def installation_settings() -> Settings:
    """The settings for commands; SetupFault if they name no Slack while a `.env` here, which may, is not read."""
    settings, unread = load_settings(), unread_env_file()
    if unread is not None and settings.local:
        raise SetupFault(sentence("setup.unread", unread=unread, read=ENV_FILE))
    if not settings.local and settings.database_file is not None:
        require_no_other_database(settings.database_file)
    return settings


def require_no_other_database(file: Path) -> None:
    """SetupFault if the database is looked for in the current folder, and another one stands beside the program."""
    beside = ENV_FILE.parent / file  # the same file, if the whole path is named
    if beside.exists() and not (file.exists() and file.samefile(beside)):
        raise SetupFault(sentence("setup.elsewhere", file=file.absolute(), beside=beside, folder=ENV_FILE.parent))


def place_of_settings(env_file: Path | None = None) -> Sentence:
    """A sentence that says where settings were looked for."""
    file = env_file or ENV_FILE
    return sentence("setup.looked" if file.is_file() else "setup.looked_in_vain", file=file)


def unread_env_file() -> Path | None:
    """A `.env` in the current folder that is not read, though somebody may think that it is; or None."""
    here = Path(".env").absolute()
    return here if here.is_file() and not (ENV_FILE.exists() and here.samefile(ENV_FILE)) else None


def _with_place(faults: list[Sentence], env_file: Path | None) -> list[Sentence]:
    """The faults, one a line, and then the place where settings were looked for."""
    return [*faults, place_of_settings(env_file)] if env_file and faults else faults


def _describe_fault(fault: ErrorDetails, found: Mapping[str, FromFile]) -> Sentence:
    """`SETTING: what a good value looks like`, without the value: it may be a secret."""
    name, unfit = str(fault["loc"][0]), fault.get("ctx", {}).get("error")
    why = unfit.said if isinstance(unfit, _Unfit) else GOOD_VALUES[name]
    return sentence("setup.setting", name=found[name].place if name in found else name.upper(), why=why)


def _report_misspelt(in_file: Iterable[str], environment: Mapping[str, str]) -> list[Sentence]:
    """Faults for names that are almost ours: passed over, a bot meant for Slack would start on the local workspace.

    In the environment stands much that is not ours: there only what names a file of a secret is looked at.
    """
    of_files = [*NAMES_OF_FILES.values()]
    ours = [*(name.upper() for name in Settings.model_fields), *of_files]
    credentials: list[str] = []
    with suppress(OSError):  # whether one can be read is told where it is read
        credentials = sorted(os.listdir(environment.get(CREDENTIALS, os.devnull)))  # noqa: PTH208 - names alone
    guesses = [
        *((name, _almost(name.upper(), ours)) for name in in_file if name.upper() not in ours),
        *((name, _almost(name, of_files)) for name in environment if name not in ours),
        *((name, _almost(name.lower().replace("-", "_"), SECRETS)) for name in credentials if name not in SECRETS),
    ]
    return [sentence("setup.unknown", name=name, guess=guess) for name, guess in guesses if guess]


def _almost(name: str, ours: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, [*ours], n=1, cutoff=0.85)), None)


def _read_env_file(env_file: Path, *, close: bool = False) -> dict[str, str | None]:
    """The values in a `.env` file; empty if it is not there. SetupFault if it, or a line of it, cannot be read.

    If `close`, others who could read it cannot any more.
    """
    try:
        text = read_settings(env_file, close=close).decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except NoRegularFile:
        raise SetupFault(sentence("setup.no_settings_file", file=env_file)) from None
    except UnicodeDecodeError:
        raise SetupFault(sentence("setup.not_utf8", file=env_file)) from None
    except OSError as error:
        raise SetupFault(sentence("setup.not_readable", file=env_file, why=error)) from None
    if broken := [binding.original.line for binding in parse_stream(StringIO(text)) if binding.error]:
        raise SetupFault(*(sentence("setup.broken_line", file=env_file, line=line) for line in broken))
    return dotenv_values(stream=StringIO(text))


def _is_local(token: SecretStr) -> bool:
    return token.get_secret_value()[5:].startswith("local-")
