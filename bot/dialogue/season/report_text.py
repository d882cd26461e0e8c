"""Writes the season's report in one language, in as many words as a digest may have.

It opens with how many answered and what became of their wishes, and then names every wish by one short line, the unfinished first. What
finds no room is counted, and can be opened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.digests.digest_pieces import (
    CHECKSUM_SHOWN,
    EVERY_WORD,
    MOST_DIGEST_WORDS,
    PROMISE_WORDS,
    as_text,
    other_promises,
    room_taken,
    shorten,
)
from bot.dialogue.responses.ledger import WishState
from bot.dialogue.season.charts import count_fates, promises_chart
from bot.programme import Language, Week
from bot.seam.meaning import DigestPart, DigestText, Line, LineKind, Part, PromiseOffer, WishOffer
from bot.wording import say, say_n
from bot.wording.dates import date_in, short_date_in
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.dialogue.digests.digest_content import Content, Promised, SeasonReport, WishFate

IN_ORDER: Final = (  # the unfinished first
    *(WishState.WAITING, WishState.OVERDUE, WishState.TAKEN_UP, WishState.ON_ITS_WAY),
    *(WishState.HEARD, WishState.DONE, WishState.DROPPED, WishState.NOT_OURS),
)
TITLE_WORDS: Final = (8, 5, 3)  # at most, from the largest room to the smallest
THEMES_SHOWN: Final = 8
MOST_OFFERS: Final = 5  # of wishes that wait, with a button each; the others stand with their own digests


@dataclass(frozen=True, kw_only=True)
class _Room:
    """The most words of a title, and how many wishes are named."""

    title: int
    wishes: int


def render_report(content: Content, report: SeasonReport, language: Language, *, late: bool = False) -> DigestText:
    """The report in `language`. Both languages name the same wishes. `late`: it was held long."""
    return _ReportWriter(content, report, language, _share_room(content, report), late=late).text()


def every_wish(content: Content, language: Language) -> tuple[Part, ...]:
    """Every wish of a report with the words that were said of it, under what became of it."""
    ledger = _in_order(content)
    return tuple(
        Part(heading=say(language, f"ledger.{state}"), lines=tuple(_wish_in_full(language, fate) for fate in fates))
        for state in IN_ORDER
        if (fates := [fate for fate in ledger if fate["state"] == state])
    )


def _share_room(content: Content, report: SeasonReport) -> _Room:
    """The longest titles with which all wishes fit; else the shortest, and as many wishes as fit."""
    count = len(content.get("ledger", ()))
    rooms = [*(_Room(title=title, wishes=count) for title in TITLE_WORDS)]
    rooms += [_Room(title=TITLE_WORDS[-1], wishes=wishes) for wishes in range(count - 1, 0, -1)]
    return next((room for room in rooms if _fits(content, report, room)), _Room(title=TITLE_WORDS[-1], wishes=0))


def _fits(content: Content, report: SeasonReport, room: _Room) -> bool:
    texts = (_ReportWriter(content, report, language, room, late=True).text() for language in Language)  # whatever comes of it
    return all(room_taken(as_text(text)) <= MOST_DIGEST_WORDS for text in texts)


def _in_order(content: Content) -> list[WishFate]:
    """The wishes by what became of them, the unfinished first; of one kind the oldest."""
    return sorted(content.get("ledger", ()), key=lambda fate: IN_ORDER.index(WishState(fate["state"])))


class _ReportWriter:
    """Writes one report in one language, part by part."""

    def __init__(self, content: Content, report: SeasonReport, language: Language, room: _Room, *, late: bool) -> None:
        self.content, self.report, self.language, self.room, self.late = content, report, language, room, late
        self.ledger = _in_order(content)
        self.states = Counter(WishState(fate["state"]) for fate in self.ledger)

    def text(self) -> DigestText:
        """The whole report."""
        return DigestText(
            headline=self._headline(),
            top=tuple(self._top()),
            parts=tuple(self._parts()),
            foot=self._say("foot", number=self.content["number"], day=self._day(), checksum=checksum(self.content)[:CHECKSUM_SHOWN]),
            wishes=tuple(self._wish_offers()),
            promises=tuple(self._promises()),
            shortened=bool(self.ledger),
            chart=promises_chart(self.language, self.states),
        )

    def _day(self) -> str:
        return date_in(self.language, date.fromisoformat(self.report["as_of"]))

    def _headline(self) -> str:
        if "committee" not in self.content:
            return self._say("headline")
        return self._say("headline.committee", committee=shorten(self.content["committee"][self.language.value], self.room.title))

    def _top(self) -> Iterator[Line]:
        yield Line(kind=LineKind.FIGURE, text=self._answers())
        yield Line(kind=LineKind.FIGURE, text=self._wishes())
        if self.late:
            yield Line(kind=LineKind.TEXT, text=self._say("late", day=self._day()))
        yield Line(kind=LineKind.TEXT, text=self._ask())

    def _answers(self) -> str:
        weeks = self.report["weeks"]
        if not weeks:
            return self._say("no_weeks")
        key = "answers.or_more" if any("or_more" in week for week in weeks) else "answers"
        return self._say_n(key, len(weeks), answers=sum(week["answers"] for week in weeks))

    def _wishes(self) -> str:
        if not self.ledger:
            return self._say("no_wishes")
        numbers, is_one = count_fates(self.states), len(self.ledger) == 1
        fates = [self._say_n(f"fate.{fate}", n, it=self._say("fate.it") if is_one else n) for fate, n in numbers.items()]
        return self._say_n("wishes", len(self.ledger), fates=join(self.language, fates, "thanks.and.fates"))

    def _ask(self) -> str:
        """The one thing that is asked: answer the wishes that wait; else tell what became of a promise; else say you have read."""
        if waiting := self.states[WishState.WAITING]:
            return self._say_n("ask.waiting", waiting)
        return self._say("ask.overdue") if self.states[WishState.OVERDUE] else say(self.language, "digest.top.ask.heard")

    def _parts(self) -> Iterator[DigestPart]:
        named = self.ledger[: self.room.wishes]
        for state in IN_ORDER:
            if lines := tuple(self._wish(fate) for fate in named if fate["state"] == state):
                yield DigestPart(heading=say(self.language, f"ledger.{state}"), lines=lines)
        if left_out := len(self.ledger) - len(named):
            yield DigestPart(heading=self._say("more"), lines=(self._text(self._say_n("more_wishes", left_out)),))
        yield DigestPart(heading=self._say_n("asked", self.report["questions"]), lines=(self._text(self._themes()),))

    def _wish(self, fate: WishFate) -> Line:
        named = _wish_in_short(self.language, fate, self.room.title)
        others = (_other_promise(self.language, other) for other in fate.get("also_promised", ()))
        return Line(kind=LineKind.PROMISE, text=", ".join([named, *others]))

    def _themes(self) -> str:
        titles = [title[self.language.value] for title in self.report["themes"]]
        shown, more = titles[:THEMES_SHOWN], len(titles) - THEMES_SHOWN
        names = [self._say("theme", theme=shorten(title, self.room.title)) for title in shown]
        return join(self.language, [*names, *([self._say_n("more_themes", more)] if more > 0 else [])])

    def _wish_offers(self) -> Iterator[WishOffer]:
        """The wishes that wait longest, to be answered."""
        waiting = [fate for fate in self.ledger if fate["state"] == WishState.WAITING and "digest_id" in fate and "theme_id" in fate]
        for fate in waiting[:MOST_OFFERS]:
            title = self._say("offer", **_names(self.language, fate, TITLE_WORDS[-1]))
            yield WishOffer(theme=fate["theme_id"], title=title, digest=fate["digest_id"])

    def _promises(self) -> Iterator[PromiseOffer]:
        for fate in self.ledger:
            if "promise" in fate:
                yield PromiseOffer(promise=fate["promise"], sentence=_with_words(self.language, fate, TITLE_WORDS[0], PROMISE_WORDS))

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"report.{key}", **values)

    def _say_n(self, key: str, n: int, **values: object) -> str:
        return say_n(self.language, f"report.{key}", n, **values)

    @staticmethod
    def _text(text: str) -> Line:
        return Line(kind=LineKind.TEXT, text=text)


def _names(language: Language, fate: WishFate, title_words: int) -> dict[str, object]:
    """What the wishes on a theme are named by: theme and week."""
    return {"theme": shorten(fate["theme"][language.value], title_words), "week": Week.parse(fate["week"]).number}


def _wish_in_short(language: Language, fate: WishFate, title_words: int) -> str:
    """The wishes on a theme, with the day of a promise, or with how long they wait or waited."""
    state, names = WishState(fate["state"]), _names(language, fate, title_words)
    if state in {WishState.TAKEN_UP, WishState.OVERDUE}:
        if "due" not in fate:
            return say(language, "report.wish", **names)
        due = short_date_in(language, date.fromisoformat(fate["due"]), year=Week.parse(fate["week"]).year)
        return say(language, f"report.wish.{'was_due' if state is WishState.OVERDUE else 'due'}", due=due, **names)
    key = "waits" if state in {WishState.WAITING, WishState.ON_ITS_WAY} else "answered"
    if not fate["weeks"]:
        return say(language, f"report.wish.{key}.soon", **names)
    return say_n(language, f"report.wish.{key}", fate["weeks"], **names)


def _other_promise(language: Language, promised: Promised) -> str:
    if "due" not in promised:
        return say(language, "report.also_promised")
    return say(language, "report.also_promised.due", due=date_in(language, date.fromisoformat(promised["due"])))


def _with_words(language: Language, fate: WishFate, title_words: int, words: int) -> str:
    said = fate.get("words", "")
    quoted = [say(language, "digest.quoted", text=shorten(said, words))] if said else []
    return " ".join([_wish_in_short(language, fate, title_words), *quoted])


def _wish_in_full(language: Language, fate: WishFate) -> str:
    shared = [say(language, "ledger.shared", words=", ".join(fate["shared"]))] if fate["shared"] else []
    return " ".join([_with_words(language, fate, EVERY_WORD, EVERY_WORD), *other_promises(language, fate), *shared])
