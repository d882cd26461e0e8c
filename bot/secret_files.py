"""Reads the files in which secrets stand, and closes those that others on this machine can read.

Whether others can is judged, and mended, on the opened file itself: nobody can put another in its place meanwhile. What was closed, or
cannot be since it stands on a read-only mount, is remembered until it is told. What a file holds is never repeated.
"""

from __future__ import annotations

import errno
import grp
import os
import re
import shlex
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import SetupFault
from bot.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRETS: Final = ("slack_bot_token", "slack_app_token", "eftertanke_key")
NAMES_OF_FILES: Final = {name: f"{name.upper()}_FILE" for name in SECRETS}  # the settings that name a file for each
CREDENTIALS: Final = "CREDENTIALS_DIRECTORY"  # where systemd says that it has put the unit's credentials
LONGEST: Final = 4096  # bytes: eighty keys
OWN, SHARED = 0o600, 0o640  # for its owner alone; for a group that root has chosen, such as the bot's
AT_ONCE: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY  # opening a pipe that nobody writes to would wait for ever
KEY: Final = r"[\w+/-]{43}="
SECRET: Final = re.compile(rf"(?:\w+=)?(?:xox[a-z]-\S*|xapp-\S*|(?:{KEY})+)", re.ASCII)  # alone in a file, without what is between keys
BETWEEN: Final = re.compile(r"[\s,'\"]+")
IN_ADDRESS: Final = r"database_url\s*=[^#\n]*(?:://[^\s:@]*:.+@|password=[^\s&'\"])"  # a password; in an odd address it is one, too
SECRET_AMONG_OTHERS: Final = re.compile(
    rf"xox[a-z]-|xapp-|{KEY}|^\s*(?:export\s+)?(?:(?:{'|'.join(SECRETS)})\s*=[ \t'\"]*\w|{IN_ADDRESS})",
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)
SECRET_IN_A_NAME: Final = re.compile(rf"xox[a-z]-|xapp-|[\w+-]{{40}}|{KEY}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class FromFile:
    """A secret out of a file of its own, or what is wrong with it, and its place."""

    place: str
    value: str | Sentence


class NoRegularFile(OSError):
    """What stands there is a folder, a pipe, a device or a link to itself."""


@dataclass(frozen=True, kw_only=True)
class OpenToOthers:
    """A file of secrets that others could read; on a read-only mount it is not `closed`, and they still can."""

    file: Path
    mode: str
    closed: bool

    @property
    def said(self) -> Sentence:
        """What whoever looks after the machine should know of it."""
        return sentence("setup.closed" if self.closed else "setup.open_on_read_only", file=self.file, mode=self.mode)


_UNTOLD: Final[list[OpenToOthers]] = []


def take_untold() -> list[OpenToOthers]:
    """The files that others could read, each once, unless somebody has taken it before. Whoever takes them tells of them."""
    untold = list(dict.fromkeys(_UNTOLD))
    _UNTOLD.clear()
    return untold


def find_in_files(name: str, environment: Mapping[str, str], in_file: Mapping[str, str], *, close: bool) -> FromFile | None:
    """The secret in a file of its own; None if there is none, or a value comes first."""
    of_file = NAMES_OF_FILES[name]
    if name.upper() in environment:
        return None
    if of_file in environment:
        return _read_named_file(of_file, environment[of_file], close=close)
    credential = Path(environment.get(CREDENTIALS, ""), name)
    if CREDENTIALS in environment and os.path.lexists(credential):
        return FromFile(place=str(credential), value=_secret_in(credential, close=False))
    return _read_named_file(of_file, in_file[of_file], close=close) if of_file in in_file and name.upper() not in in_file else None


def _read_named_file(setting: str, named: str, *, close: bool) -> FromFile:
    """The secret in the file that a setting names. Who has put the secret itself there, or most of it, must not read it in a fault."""
    is_secret = SECRET_IN_A_NAME.search(named) is not None and not os.path.lexists(named)
    value = sentence("setup.secret_itself") if is_secret else _secret_in(Path(named).absolute(), close=close)
    return FromFile(place=setting, value=value)


def _secret_in(file: Path, *, close: bool) -> str | Sentence:
    try:
        return read_secret(file, close=close)
    except SetupFault as fault:
        return fault.said[0]


def report_twice(place: Mapping[str, str], file: Path | None = None) -> list[Sentence]:
    """Faults for secrets that a place holds twice, as a value and as a file: nobody knows which was meant."""
    where = sentence("setup.in_environment") if file is None else file
    return [
        sentence("setup.twice", name=name.upper(), other=of_file, where=where)
        for name, of_file in NAMES_OF_FILES.items()
        if name.upper() in place and of_file in place
    ]


def read_secret(file: Path, *, close: bool = True) -> str:
    """The secret that stands alone in a file; SetupFault if there is none. Unless `close`, its rights are left as they are."""
    try:
        content = read_bytes(file, most=LONGEST + 1, close_if=lambda content: close and _is_a_secret(content))
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SetupFault(sentence("setup.secret_not_utf8", file=file)) from None
    except (FileNotFoundError, ValueError):  # no path has a NUL in it
        raise SetupFault(sentence("setup.secret_missing", file=file)) from None
    except NoRegularFile:
        raise SetupFault(sentence("setup.secret_no_file", file=file)) from None
    except OSError as error:
        raise SetupFault(sentence("setup.secret_unreadable", file=file, why=error)) from None
    if len(content) > LONGEST:
        raise SetupFault(sentence("setup.secret_long", file=file, n=LONGEST))
    if not text:
        raise SetupFault(sentence("setup.secret_empty", file=file))
    return text


def read_settings(file: Path, *, close: bool) -> bytes:
    """The content of a file of settings, which is closed to others if a secret is among them."""
    return read_bytes(file, close_if=lambda content: close and _holds_a_secret(content))


def read_bytes(file: Path, *, most: int = -1, close_if: Callable[[bytes], bool]) -> bytes:
    """The beginning of a regular file, which is closed to others if what it holds is such. SetupFault if it cannot be closed."""
    try:
        descriptor = os.open(file, AT_ONCE)
    except OSError as error:
        raise NoRegularFile if error.errno in {errno.ELOOP, errno.ENXIO} else error from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NoRegularFile
        with open(descriptor, "rb", closefd=False) as opened:
            content = opened.read(most)
        if close_if(content):
            _close_to_others(descriptor, file)
        return content
    finally:
        os.close(descriptor)


def _is_a_secret(content: bytes) -> bool:
    """Whether a file may be closed: a wrong name in the settings must not close a file that everybody needs."""
    return SECRET.fullmatch(BETWEEN.sub("", content.decode("utf-8-sig", "replace"))) is not None


def _holds_a_secret(content: bytes) -> bool:
    """Whether there is a secret in a file, alone or among what nobody has to hide."""
    return _is_a_secret(content) or SECRET_AMONG_OTHERS.search(content.decode("utf-8-sig", "replace")) is not None


def foresee(file: Path) -> OpenToOthers | None:
    """What a start tells of a file of secrets; None: it is closed, or holds none. SetupFault if the start is refused."""
    try:
        found, content = file.stat(), read_bytes(file, most=LONGEST, close_if=lambda _: False)
        is_fixed = os.statvfs(file).f_flag & os.ST_RDONLY
    except (OSError, ValueError):  # whoever reads it tells of that
        return None
    if mode_instead(found, os.geteuid()) is None or not _holds_a_secret(content):
        return None
    if not is_fixed and os.geteuid() in {0, found.st_uid}:
        return OpenToOthers(file=file, mode=_octal(found), closed=True)
    code = errno.EROFS if is_fixed else errno.EPERM
    return judge_failure(file, found, OSError(code, os.strerror(code)))


def _close_to_others(descriptor: int, file: Path) -> None:
    found = os.fstat(descriptor)
    mode = mode_instead(found, os.geteuid())
    if mode is not None:
        failure = _change_mode(descriptor, mode)
        _UNTOLD.append(judge_failure(file, found, failure) if failure else OpenToOthers(file=file, mode=_octal(found), closed=True))


def _change_mode(descriptor: int, mode: int) -> OSError | None:
    """Give a file its mode; why that failed, if it did. Some file systems keep no modes, and do not say so."""
    try:
        os.fchmod(descriptor, mode)
    except OSError as error:
        return error
    is_kept = stat.S_IMODE(os.fstat(descriptor).st_mode) == mode
    return None if is_kept else OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))


def mode_instead(found: os.stat_result, user: int) -> int | None:
    """The mode that a file of secrets should have for this user; None: it is private enough.

    Of another's file a group may have rights, and of root's a group that is not root's own: somebody has chosen it.
    """
    is_shared = found.st_uid != user or (found.st_uid == 0 and found.st_gid != 0)
    too_much = found.st_mode & (0o007 if is_shared else 0o077)
    if not too_much:
        return None
    return SHARED if found.st_uid == 0 and found.st_gid != 0 else OWN


def judge_failure(file: Path, found: os.stat_result, error: OSError) -> OpenToOthers:
    """The remark on a file that stays open since its mount is read-only; elsewhere SetupFault, with the cure."""
    if error.errno == errno.EROFS:
        return OpenToOthers(file=file, mode=_octal(found), closed=False)
    raise SetupFault(sentence("setup.cannot_close", file=file, mode=_octal(found), why=error, cure=how_to_close(file, found))) from None


def how_to_close(file: Path, found: os.stat_result) -> Sentence:
    """What root types to close a file to others, but not to us."""
    path = Path(shlex.quote(str(file.absolute())))  # a path is said whole
    if found.st_uid == os.geteuid():
        return sentence("setup.close", mode=f"{mode_instead(found, found.st_uid) or OWN:o}", file=path)
    return sentence("setup.close_to_others", group=_our_group(), file=path)


def _our_group() -> str:
    try:
        return grp.getgrgid(os.getegid()).gr_name
    except KeyError:
        return str(os.getegid())


def _octal(found: os.stat_result) -> str:
    return f"{stat.S_IMODE(found.st_mode):04o}"
