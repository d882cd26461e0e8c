"""Looks up every sentence that people read in chat, by key and language.

The sentences are in the gettext catalogues beside this file: one folder for each language, one file for each subject. A key
(`reply.thanks`) names a sentence, so a wording can be changed in one language without touching the code or the other language.
Values are put in by name: `say("da", "reply.thanks", closes="fredag kl. 10.00")`.
"""

from __future__ import annotations

import gettext
import io
from contextlib import suppress
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.language.visible_text import close_isolates
from bot.programme import Language
from bot.wording.typed_command import as_typed_here

CATALOGUES = Path(__file__).parent / "catalogues"


def say(language: Language | str, key: str, /, **values: object) -> str:
    """Return the sentence `key` in `language`; KeyError if no catalogue has it."""
    return say_from(CATALOGUES, language, key, **values)


def say_from(folder: Path, language: Language | str, key: str, /, **values: object) -> str:
    """Return the sentence `key` from the catalogues in `folder`; KeyError if none of them has it."""
    return _fill(key, catalogue(Language(language), folder).gettext(key), values)


def say_n(language: Language | str, key: str, n: int, /, **values: object) -> str:
    """Return the sentence `key` in its singular or plural form for `n`, which is also put in as `{n}`."""
    text = catalogue(Language(language), CATALOGUES).ngettext(key, key, n)
    return _fill(key, text, {"n": n, **values})


def reason_in_words(language: Language | str, reason: str) -> str:
    """Put a reason (codes joined by `: `) into words.

    The catalogues may know the whole reason, or one of its codes (the last is tried first). If not, the last code itself is given.
    """
    codes = reason.split(": ")[::-1]
    for key in (reason, *(f"reason.{code.replace(' ', '_')}" for code in codes)):
        with suppress(KeyError):
            return say(language, key)
    return say(language, "alarm.reason", reason=codes[0])


def _fill(key: str, text: str, values: dict[str, object]) -> str:
    if text == key:
        raise KeyError(key)
    return as_typed_here(text).format_map(
        {name: close_isolates(value) if isinstance(value, str) else value for name, value in values.items()}
    )


@cache
def catalogue(language: Language, folder: Path) -> gettext.GNUTranslations:
    """Read all sentences of one language in `folder`; they are compiled here, because a bare clone has no compiled catalogues."""
    translations: gettext.GNUTranslations | None = None
    for path in sorted((folder / language.value).glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language.value))
        compiled.seek(0)
        translation = gettext.GNUTranslations(compiled)
        if translations is None:
            translations = translation
        else:
            translations.add_fallback(translation)
    if translations is None:
        raise FileNotFoundError(f"no catalogues for {language.value} in {folder}")
    return translations
