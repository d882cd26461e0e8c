"""Tells at the foot of every export what it is.

That is its number, date, sender and case, its revision and what is not in it any more, and the checksums by which it can be verified.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.dialogue.papers.seal import PLACE
from bot.wording import say, say_n
from bot.wording.dates import stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.papers.record import Record
    from bot.programme import Language

FILING: Final = ("sender", "case", "kle")  # those of the programme that runs, so they may be others today
FORM: Final = 1  # one more when the same record would be drawn otherwise: what an earlier Eftertanke drew is not taken for altered


def foot(record: Record, language: Language) -> Iterator[tuple[str, str]]:
    """The lines of the foot, each with its label. The last one is the place of the seal."""
    values = {
        "number": str(record["number"]),
        "issued": _moment_of_issue(record, language),
        "sender": record["sender"] and record["sender"][language.value],
        "case": record["case"],
        "kle": record["kle"],
        "revision": str(record["revision"]),
        "withdrawn": _withdrawn(record, language),
        "before": _digest_before(record, language),
        "checksum": record["checksum"],
        "mark": _mark(record),
        "seal": PLACE,
    }
    for name, value in values.items():
        if value:
            yield say(language, f"page.foot.{name}"), value


def _mark(record: Record) -> str:
    """What a program can read, in any language."""
    end = ":report" if "report" in record["content"] else ""
    return f"eftertanke:{FORM}:{record['programme']}:{record['number']}:{record['revision']}{end}"


def _moment_of_issue(record: Record, language: Language) -> str:
    if record["issued_at"] is None:
        return say(language, "page.not_issued")
    return stamp_in(language, datetime.fromisoformat(record["issued_at"]), record["timezone"])


def _withdrawn(record: Record, language: Language) -> str:
    withdrawn = record["revision"] - 1
    return say_n(language, "page.withdrawn", withdrawn) if withdrawn else say(language, "page.nothing_withdrawn")


def _digest_before(record: Record, language: Language) -> str | None:
    before = record["content"].get("before")
    return None if before is None else say(language, "page.before", number=before["number"], checksum=before["checksum"])
