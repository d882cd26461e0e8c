"""The language in which a command speaks to whoever runs it.

`--language` says it; else the programme that the command is about; else the machine's own; else it is English.
"""

from __future__ import annotations

import re
import stat
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import settings
from bot.errors import EftertankeError
from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OPTION: Final = "--language"
WITH_A_DEFAULT: Final = (  # they take the option themselves: what they print has a language of its own
    *(["digest", verb] for verb in ("show", "export", "agenda", "chain")),
    ["rehearse"],
)
READ: Final = 8192  # bytes of a file: the line stands near the top
LANGUAGE_LINE: Final = re.compile(rb"^[^\w\n#]{0,9}language\W?[ \t]*:[^\w\n]{0,9}(da|en)", re.MULTILINE | re.IGNORECASE)
_LANGUAGE: Final = ContextVar("reader's language", default=Language.EN)


def reader_language() -> Language:
    """The language of whoever reads what this command prints."""
    return _LANGUAGE.get()


@contextmanager
def speak(language: Language) -> Iterator[None]:
    """Within this block, commands speak this language."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def take_language(words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words of a command line without `--language`, and what stood after it; None if it is not there."""
    rest, asked = list(words), None
    end = rest.index("--") if "--" in rest else len(rest)
    for at in [at for at, word in enumerate(rest[:end]) if word.partition("=")[0] == OPTION][::-1]:
        _, sign, value = rest.pop(at).partition("=")
        if not sign and at < len(rest) and not rest[at].startswith("-"):
            value = rest.pop(at)
        asked = value.lower() if asked is None else asked  # the last one counts
    for verb in WITH_A_DEFAULT:
        if asked is not None and rest[: len(verb)] == verb:
            rest[len(verb) : len(verb)] = [OPTION, asked]
    return rest, asked


def choose_language(words: Sequence[str], asked: str | None = None) -> Language:
    """The language for a command line without its `--language`: what was asked for there counts most."""
    with suppress(ValueError):
        return Language(asked or "")
    env_file = None if words[:1] == ["rehearse"] else settings.ENV_FILE  # a rehearsal does not depend on it
    found = (_language_in(file) for file in chain(_files_among(words), _programme_files(env_file)))
    machine = Language.DA if settings.machine_locale().lower().startswith(Language.DA) else Language.EN
    return next((language for language in found if language is not None), machine)


def _files_among(words: Iterable[str]) -> Iterator[Path]:
    """What may be a programme file among the words, also after `=`."""
    files = (word.partition("=")[2] if word.startswith("-") else word for word in words)
    return (Path(file) for file in files if file.endswith((".yaml", ".yml")))


def _programme_files(env_file: Path | None) -> Iterator[Path]:
    """The programme files in the organisers' folder, without `env_file` if that is wrong; none if there is no folder.

    What is wrong will be said by others, in this language.
    """
    for file in (env_file, None):
        with suppress(EftertankeError, OSError):
            yield from sorted(settings.schedules_dir(file).glob("[!.]*.yaml"))
            return


def _language_in(file: Path) -> Language | None:
    """The language that a file names near its top, also if it is broken otherwise; None if it cannot be told."""
    with suppress(OSError, ValueError):
        if stat.S_ISREG(file.stat().st_mode):
            with file.open("rb") as opened:
                line = LANGUAGE_LINE.search(opened.read(READ).replace(b"\0", b""))  # in UTF-16 there is one beside each letter
                return Language(line[1].lower().decode()) if line else None
    return None
