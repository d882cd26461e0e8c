"""The page's own words, in Danish and English, and how it writes days and hours.

They are in the catalogues beside this module, which the loader of `bot/wording` reads. What the bot says is in that room's own.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.programme import Language
from bot.wording import catalogue, say_from
from bot.wording.dates import LOCALES

CATALOGUES: Final = Path(__file__).parent / "catalogues"
CLIENT_TEXTS: Final = (  # keys of the texts that Slack's own client shows; the chat client gives them in English
    "client.required",
    "client.choose",
    "client.too_long",
    "client.too_short",
    "client.no_button",
    "client.no_form",
    "client.no_command",
    "client.trouble",
    "client.not_connected",
    "client.no_answer",
)


@dataclass(frozen=True)
class Labels:
    """The page's words in one language. Words without values are attributes: `words.title` is `page.title` in the catalogue."""

    language: Language

    def __getattr__(self, key: str) -> str:
        try:
            return self.say(key)
        except KeyError as error:
            raise AttributeError(f"the page has no words for {key}") from error

    def say(self, key: str, /, **values: object) -> str:
        """The words under `page.` and this key, with values put in; KeyError if there are none."""
        return say_from(CATALOGUES, self.language, f"page.{key}", **values)

    def role(self, title: str) -> str:
        """A member's title (they are Danish) in this language, where it is known."""
        return self._say_or_keep(f"role.{title}", title)

    def due(self, kind: str) -> str:
        """What falls due, in words; anything but the rehearsal's own short names is words already."""
        return self._say_or_keep(f"due.{kind}", kind)

    def past(self, kind: str) -> str:
        """What has just happened, in words."""
        return self._say_or_keep(f"done.{kind}", kind)

    def _say_or_keep(self, key: str, otherwise: str) -> str:
        with suppress(KeyError):
            return self.say(key)
        return otherwise


LANGUAGES: Final = {language.value: Labels(language) for language in Language}
DA: Final = LANGUAGES["da"]
EN: Final = LANGUAGES["en"]


def format_day(labels: Labels, moment: datetime, timezone: str) -> str:
    """The day: `onsdag den 15. august 2018`."""
    return _format_with(labels, "format.day", moment, timezone)


def format_moment(labels: Labels, moment: datetime, timezone: str) -> str:
    """Day and hour: `onsdag den 15. august 2018 kl. 09.30`."""
    return _format_with(labels, "format.moment", moment, timezone)


def format_brief(labels: Labels, moment: datetime, timezone: str) -> str:
    """Day and hour where there is little room: `ons. 15. aug. kl. 09.30`."""
    return _format_with(labels, "format.brief", moment, timezone)


def format_hour(labels: Labels, moment: datetime, timezone: str) -> str:
    """The hour: `09.30`."""
    return _format_with(labels, "format.hour", moment, timezone)


def _format_with(labels: Labels, key: str, moment: datetime, timezone: str) -> str:
    return format_datetime(moment.astimezone(ZoneInfo(timezone)), labels.say(key), locale=LOCALES[labels.language])


def moment_of_ts(ts: str) -> datetime:
    """The moment a message was said, from Slack's id for it."""
    return datetime.fromtimestamp(float(ts), tz=UTC)


def translate_client_text(labels: Labels, sentence: str) -> str:
    """A sentence in the reader's language, if it is one the chat client itself says; else as it came."""
    for key in CLIENT_TEXTS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\S+)", re.escape(catalogue(Language.EN, CATALOGUES).gettext(f"page.{key}")))
        if match := re.fullmatch(pattern, sentence):
            return labels.say(key, **match.groupdict())
    return sentence
