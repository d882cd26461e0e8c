"""How does the bot say it?

Every sentence people read in chat stands in the gettext catalogues beside this file, one folder a language, one file a subject. A
sentence is named by a key (`reply.thanks`), so that a wording can be mended in one language without touching code or the other one.
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

from bot.programme import Language

CATALOGUES = Path(__file__).parent / "catalogues"


def say(language: Language | str, key: str, /, **values: object) -> str:
    """The sentence `key` in `language`; KeyError if no catalogue has it."""
    return say_from(CATALOGUES, language, key, **values)


def say_from(folder: Path, language: Language | str, key: str, /, **values: object) -> str:
    """The sentence `key` of the catalogues in another `folder` than the bot's own; KeyError if none of them has it."""
    return _fill(key, catalogue(Language(language), folder).gettext(key), values)


def say_n(language: Language | str, key: str, n: int, /, **values: object) -> str:
    """The sentence `key` in the form that goes with `n`, which is also put in as `{n}`."""
    text = catalogue(Language(language)).ngettext(key, key, n)
    return _fill(key, text, {"n": n, **values})


def reason_in_words(language: Language | str, reason: str) -> str:
    """A reason in words. The catalogues have some for all of it or a code in it (the last first); else that last one is given."""
    codes = reason.split(": ")[::-1]
    for key in (reason, *(f"reason.{code.replace(' ', '_')}" for code in codes)):
        with suppress(KeyError):
            return say(language, key)
    return say(language, "alarm.reason", reason=codes[0])


def _fill(key: str, text: str, values: dict[str, object]) -> str:
    if text == key:
        raise KeyError(key)
    return text.format_map(values)


@cache
def catalogue(language: Language, folder: Path = CATALOGUES) -> gettext.GNUTranslations:
    """All sentences of one language in `folder`, compiled as they are read: a bare clone has no compiled catalogues."""
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
