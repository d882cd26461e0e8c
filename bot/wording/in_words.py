"""Says a sentence, with everything in it, in the reader's language.

Values are what a file holds, so each is made fit to be read: short, in one line, and without signs that steer a screen.
"""

from __future__ import annotations

import errno
from datetime import date, datetime, time
from functools import singledispatch
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.language.visible_text import cut
from bot.programme import Text
from bot.sentence import Sentence
from bot.wording import say
from bot.wording.dates import date_in, hour_in, moment_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from bot.programme import Language

LONGEST_VALUE: Final = 120  # characters of a text out of a file: enough to know it again
LONGEST_PATH: Final = 4096  # characters: who is to go there needs all of it, and the system knows no longer one
MACHINE_SAYS: Final = {
    errno.EEXIST: "command.os.exists",
    errno.ENOENT: "command.os.missing",
    errno.EACCES: "command.os.forbidden",
    errno.EPERM: "command.os.forbidden",
    errno.EISDIR: "command.os.folder",
    errno.ENOTDIR: "command.os.no_folder",
    errno.ENOSPC: "command.os.full",
    errno.EROFS: "command.os.read_only",
}
INVISIBLE: Final = "·"  # stands for a sign that cannot be shown


def in_words(language: Language | str, sentence: Sentence) -> str:
    """Say a sentence in a language. KeyError if no catalogue has it."""
    return say(language, sentence.key, **{name: _in_words(value, language) for name, value in sentence.values})


def machine_says(language: Language | str, error: OSError) -> str:
    """The reason why the machine refuses a file, folder or port; in its own words where we have none."""
    key = MACHINE_SAYS.get(error.errno or 0)
    return say(language, key) if key else make_printable(error.strerror or type(error).__name__)


@singledispatch
def _in_words(value: object, _language: Language | str) -> str:
    """A value as it is put into a sentence."""
    return make_printable(str(value))


_in_words.register(type(None), lambda _value, _language: "")
_in_words.register(Sentence, lambda value, language: in_words(language, value))
_in_words.register(tuple, lambda value, language: join(language, [_in_words(part, language) for part in value]))
_in_words.register(PurePath, lambda value, _language: make_printable(str(value), LONGEST_PATH))
_in_words.register(OSError, lambda value, language: machine_says(language, value))
_in_words.register(Text, lambda value, language: value.in_(language))
_in_words.register(datetime, lambda value, language: moment_in(language, value, str(value.tzinfo)))
_in_words.register(date, lambda value, language: date_in(language, value))
_in_words.register(time, lambda value, language: hour_in(language, value))
_in_words.register(float, lambda value, language: f"{value}".replace(".", say(language, "number.point")))


def make_printable(text: str, most: int = LONGEST_VALUE) -> str:
    """A text out of a file as it can be printed.

    It has at most `most` characters, in one line; what is invisible is replaced.
    """
    visible = "".join(character if character.isprintable() else INVISIBLE for character in text[: 2 * most])
    return cut(visible, most, len)
