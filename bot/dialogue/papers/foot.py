"""Tells at the foot of every export what it is.

That is its number, date, sender and case, its revision, and what is not in it any more.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.wording import say, say_n
from bot.wording.dates import stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.papers.record import Record
    from bot.programme import Language


def foot(record: Record, language: Language) -> Iterator[tuple[str, str]]:
    """The lines of the foot, each with its label."""
    values = {
        "number": str(record["number"]),
        "issued": _moment_of_issue(record, language),
        "sender": record["sender"] and record["sender"][language.value],
        "case": record["case"],
        "kle": record["kle"],
        "revision": _revision(record, language),
        "checksum": record["checksum"],
    }
    for name, value in values.items():
        if value:
            yield say(language, f"page.foot.{name}"), value


def _moment_of_issue(record: Record, language: Language) -> str:
    if record["issued_at"] is None:
        return say(language, "page.not_issued")
    return stamp_in(language, datetime.fromisoformat(record["issued_at"]), record["timezone"])


def _revision(record: Record, language: Language) -> str:
    withdrawn = record["revision"] - 1
    return (
        say_n(language, "page.withdrawn", withdrawn, revision=record["revision"]) if withdrawn else say(language, "page.nothing_withdrawn")
    )
