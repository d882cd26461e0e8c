"""Tells of every wish of a season what became of it: the rows of a table in its report's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import other_promises
from bot.dialogue.responses.ledger import WishState
from bot.programme import Week
from bot.wording import say, say_n
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content, WishFate
    from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class WishRow:
    """The wishes on one theme of a week.

    What they are about, what became of them with what was said of it, and how long they waited. Days have their year, for a page is read
    much later.
    """

    about: tuple[str, ...]
    fate: tuple[str, ...]
    weeks: str


def wish_rows(content: Content, language: Language) -> Iterator[WishRow]:
    """A row for each theme with wishes, in the order of the ledger."""
    for fate in content.get("ledger", ()):
        week = Week.parse(fate["week"])
        heading = say(language, "page.wish.heading", week=week.number, year=week.year, theme=fate["theme"][language.value])
        shared = (say(language, "ledger.shared", words=", ".join(fate["shared"])),) if fate["shared"] else ()
        yield WishRow(about=(heading, *shared), fate=tuple(_became(fate, language)), weeks=_time_waited(fate, language))


def _became(fate: WishFate, language: Language) -> Iterator[str]:
    state = say(language, f"ledger.{fate['state']}")
    if "due" in fate:
        key = "page.wish.overdue" if fate["state"] == WishState.OVERDUE else "page.wish.due"
        state = say(language, key, state=state, due=date_in(language, date.fromisoformat(fate["due"])))
    yield state
    if words := fate.get("words"):
        yield say(language, "digest.quoted", text=words)
    yield from other_promises(language, fate)


def _time_waited(fate: WishFate, language: Language) -> str:
    return say_n(language, "page.wish.weeks", fate["weeks"]) if fate["weeks"] else say(language, "page.wish.under_a_week")
