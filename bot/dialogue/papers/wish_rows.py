"""Tells of every wish of a season what became of it: the rows of a table in its report's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.programme import Week
from bot.wording import say
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content, WishFate
    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class WishRow:
    """The wishes on one theme of a week.

    What they are about, what became of them with what was said of it, and the weeks that they waited.
    """

    about: tuple[str, ...]
    fate: tuple[str, ...]
    weeks: int


def wish_rows(content: Content, language: Language) -> Iterator[WishRow]:
    """A row for each theme with wishes, in the order of the ledger."""
    for fate in content.get("ledger", ()):
        heading = say(language, "ledger.heading", week=Week.parse(fate["week"]).number, theme=fate["theme"][language.value])
        shared = (say(language, "ledger.shared", words=", ".join(fate["shared"])),) if fate["shared"] else ()
        yield WishRow(about=(heading, *shared), fate=tuple(_became(fate, language)), weeks=fate["weeks"])


def _became(fate: WishFate, language: Language) -> Iterator[str]:
    state = say(language, f"ledger.{fate['state']}")
    if "due" in fate:
        due = short_date_in(language, date.fromisoformat(fate["due"]), year=Week.parse(fate["week"]).year)
        state = say(language, "page.wish.due", state=state, due=due)
    yield state
    if words := fate.get("words"):
        yield say(language, "digest.quoted", text=words)
