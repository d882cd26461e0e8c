"""Renders a digest in one language, in at most 300 words.

It opens with what is new and what is asked, and goes on theme by theme. Questions are shortened to fit, quotes never; political answers
stand whole or not at all. If that is still too long, the chart is left out, and then the words that many used, in both languages. The
stored content keeps everything in full.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bot.confidentiality.floors import FEWEST_APPROVED
from bot.dialogue.digests.digest_content import checksum, is_report, people_of, week_of, wishes_of
from bot.dialogue.digests.digest_pieces import (
    CHECKSUM_SHOWN,
    EVERY_WORD,
    MOST_DIGEST_WORDS,
    NO_QUOTES,
    PROMISE_WORDS,
    WORDS_BEFORE_QUOTE,
    QuoteShown,
    QuotesOfTheme,
    as_text,
    count_words,
    other_promises,
    room_taken,
    shorten,
)
from bot.dialogue.digests.earlier_text import render_earlier, room_for_earlier_quotes
from bot.dialogue.digests.findings import TOP_TITLE_WORDS, Top, fate_text, list_words, say_printed
from bot.dialogue.season.charts import weeks_chart
from bot.dialogue.season.report_text import render_report
from bot.programme import Language, Week
from bot.seam.meaning import DigestPart, DigestText, Line, LineKind, PromiseOffer, WishOffer
from bot.states import Finding
from bot.wording import say, say_n
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.dialogue.digests.digest_content import AnswerSinceLast, BothLanguages, Content, ThemeFigures, WishFate
    from bot.models import Digest

__all__ = [
    "MOST_DIGEST_WORDS",
    "NO_QUOTES",
    "WORDS_BEFORE_QUOTE",
    "QuoteShown",
    "QuotesOfTheme",
    "answer_text",
    "as_text",
    "count_words",
    "period",
    "promise_text",
    "render",
    "room_for_quotes",
    "shorten",
    "week_number",
]

TITLE_WORDS, MIDDLE_TITLE_WORDS, SHORTEST_TITLE_WORDS = 8, 5, 3
ASKS_SHOWN = 3  # of one theme
ANSWERS_SHOWN = 3
WORDS_BESIDE_CHART = 12  # of each question; without room for them there is no chart
SAID_OF_A_DIGEST = ("heard", "free_text", "question_back")  # the other kinds are about what stands in it
ANSWERS_IN_ORDER = ("done", "dropped", "take_up", "not_ours", "question_back", "free_text", "heard")  # by what they do for wishes


@dataclass(frozen=True, kw_only=True)
class _Room:
    """The most words for each title and question, whether chart and words of themes are shown, and which political answers fit."""

    title: int = TITLE_WORDS
    has_chart: bool = False
    tells_words: bool = True
    ask: int = 0
    answers: tuple[int, ...] = ()  # their places among those since the last digest


LARGEST_ROOM, SMALLEST_ROOM = _Room(), _Room(title=SHORTEST_TITLE_WORDS, tells_words=False)
ROOMS = (
    _Room(has_chart=True, ask=WORDS_BESIDE_CHART),
    LARGEST_ROOM,
    _Room(title=MIDDLE_TITLE_WORDS),
    _Room(title=SHORTEST_TITLE_WORDS),
    SMALLEST_ROOM,
)


def render(  # noqa: PLR0913 - what is shown, in which language, and what was decided about it
    content: Content,
    language: Language,
    quoted: Mapping[str, QuotesOfTheme] = NO_QUOTES,
    finding: Finding | None = None,
    in_ledger: Collection[str] = (),
    *,
    late: bool = False,
) -> DigestText:
    """The digest in `language`.

    `quoted`: its quotes by theme id; `finding`: what was picked for its top, if there is that; `in_ledger`: the themes (ids) whose wishes
    it told when it was posted; `late`: it was held long.
    """
    if "ledger" not in content:
        return render_earlier(content, language, quoted)
    if "report" in content:
        return render_report(content, content["report"], language, late=late)
    top = Top(content=content, quoted=quoted, picked=finding, in_ledger=in_ledger, late=late)
    return _DigestWriter(top, language, _share_room(top)).text()


def room_for_quotes(content: Content) -> int:
    """The most words for all quotes of a digest: two thirds of what is left in the longer language. A season's report has none."""
    if "ledger" not in content:
        return room_for_earlier_quotes(content)
    if "report" in content:
        return 0
    return max(0, _words_left(Top(content=content, quoted=NO_QUOTES), LARGEST_ROOM) * 2 // 3)


def week_number(week: str) -> int:
    """The number of a week such as `2018-W34`."""
    return Week.parse(week).number


def period(language: Language | str, digest: Digest) -> str:
    """What a digest is about, to name it by: a week, or the whole dialogue."""
    return _period(language, None if is_report(digest) else week_of(digest))


def _period(language: Language | str, week: str | None) -> str:
    return say(language, "digest.period.report") if week is None else say(language, "digest.period.week", week=week_number(week))


def answer_text(language: Language, answer: AnswerSinceLast, title_words: int = TITLE_WORDS) -> str:
    """A political answer in full, with what it answers and who gave it."""
    theme = "" if "wishes_on" not in answer else shorten(answer["wishes_on"][language.value], title_words)
    whole = "digest" if answer["kind"] in SAID_OF_A_DIGEST else "answers"
    what = whole if "wishes_on" not in answer else "quote" if "quoted" in answer else "wishes"
    week, of_report = Week.parse(answer["week"]), ".report" if answer["kind"] == "not_ours" and "report" in answer else ""
    return say(
        language,
        f"digest.said.{answer['kind']}{of_report}{'.due' if 'due' in answer else ''}{'' if answer['words'] else '.bare'}",
        who=answer.get("signed") or say(language, "digest.one_of_you"),
        what=say(
            language,
            f"digest.what.{what}",
            week=week.number,
            period=_period(language, None if "report" in answer else answer["week"]),
            theme=theme,
        ),
        words=answer["words"],
        due=short_date_in(language, date.fromisoformat(answer["due"]), year=week.year) if "due" in answer else "",
    )


def promise_text(language: Language, fate: WishFate, most: int | None = None) -> str:
    """An open promise in at most so many of its words, or in full and with the others."""
    words, title_words = fate.get("words", ""), EVERY_WORD if most is None else TOP_TITLE_WORDS
    quoted = say(language, "digest.quoted", text=words if most is None else shorten(words, most)) if words else ""
    others = other_promises(language, fate) if most is None else ()
    return " ".join(filter(None, [fate_text(language, fate, title_words), quoted, *others]))


def _share_room(top: Top) -> _Room:
    """What fixed sentences and quotes leave goes to the questions, each the same, and then to the answers that fit whole."""
    room = next((room for room in ROOMS if _words_left(top, room) >= 0), SMALLEST_ROOM)
    asks = [ask for theme in top.content["themes"] for ask in theme["asks"][:ASKS_SHOWN]]
    longest = max((count_words(ask[language.value]) for ask in asks for language in Language), default=0)
    left = max(0, _words_left(top, replace(room, ask=0)))
    room = replace(room, ask=min(longest, left // max(len(asks), 1)))
    since_last = top.content["since_last"]

    def rank(place: int) -> int:
        return ANSWERS_IN_ORDER.index(since_last[place]["kind"])

    for place in sorted(range(len(since_last)), key=lambda place: (rank(place), -place)):  # of one kind the newest
        with_answer = replace(room, answers=tuple(sorted((place, *room.answers), key=lambda place: (rank(place), place))))
        if len(with_answer.answers) <= ANSWERS_SHOWN and _words_left(top, with_answer) >= 0:
            room = with_answer
    return room


def _words_left(top: Top, room: _Room) -> int:
    """The number of words that are left in the longer language; below zero if there are too many."""
    return MOST_DIGEST_WORDS - max(room_taken(as_text(_DigestWriter(top, language, room).text())) for language in Language)


class _DigestWriter:
    """Writes one content in one language, part by part."""

    def __init__(self, top: Top, language: Language, room: _Room) -> None:
        self.top = top
        self.content = top.content
        self.language = language
        self.room = room
        self.top_lines = top.lines(language)
        self.chart = weeks_chart(language, top.content.get("weeks", ()), top.content["compared"]) if room.has_chart else None
        self.printed = [theme for theme in top.content["themes"] if theme["people"] is not None]

    def text(self) -> DigestText:
        """The whole digest."""
        content, week = self.content, Week.parse(self.content["week"])
        return DigestText(
            headline=self._headline(),
            top=self.top_lines,
            chart=self.chart,
            parts=tuple(self._parts()),
            foot=self._say("foot", number=content["number"], week=week.number, year=week.year, checksum=checksum(content)[:CHECKSUM_SHOWN]),
            wishes=tuple(self._wish_offers()),
            promises=tuple(self._promises()),
            shortened=len(self.room.answers) < len(content["since_last"]) or self._is_any_promise_short(),
        )

    def _headline(self) -> str:
        titles = [self._title(theme["title"]) for theme in self.content["themes"]]
        themes = titles[0] if len(titles) == 1 else self._say("two_themes", one=titles[0], other=titles[1])
        if "committee" in self.content:
            return self._say("headline.committee", committee=self._title(self.content["committee"]), themes=themes)
        return self._say("headline.themes", themes=themes)

    def _parts(self) -> Iterator[DigestPart]:
        for theme in self.content["themes"]:
            yield DigestPart(heading=self._title(theme["title"]), lines=tuple(self._theme(theme)))
        if self.content["also_asked"]:
            titles = (Line(kind=LineKind.TEXT, text=self._title(title)) for title in self.content["also_asked"])
            yield DigestPart(heading=self._say("also_asked"), lines=tuple(titles))
        if wishes := tuple(self._wishes()):
            yield DigestPart(heading=self._say("wishes"), lines=wishes)
        if since_last := tuple(self._since_last()):
            yield DigestPart(heading=self._say("since_last"), lines=since_last)

    def _theme(self, theme: ThemeFigures) -> Iterator[Line]:
        for ask in theme["asks"][:ASKS_SHOWN]:
            yield self._line(LineKind.QUESTION, "quoted", text=shorten(ask[self.language.value], self.room.ask))
        people = people_of(theme)
        if people is None:
            yield self._line(LineKind.TEXT, "too_few")
            return
        share = theme["participation"]
        if share is None:
            yield Line(kind=LineKind.FIGURE, text=say_printed(self.language, "digest.answered", people))
        else:
            kind = {"<": "under", ">": "over"}.get(share[0], "or_more" if share.endswith("+") else "about")
            told = self._say(f"share.{kind}", share=share.strip("<>+"))
            yield Line(kind=LineKind.FIGURE, text=say_printed(self.language, "digest.answered.share", people, share=told))
        yield from self._words(theme)
        yield from self._voices(theme)

    def _words(self, theme: ThemeFigures) -> Iterator[Line]:
        stands_at_top = self.top.finding is Finding.WORDS and self.top.words is not None and self.top.words[0] is theme
        if theme.get("words") and self.room.tells_words and not stands_at_top:
            yield self._line(LineKind.WORDS, "words", words=list_words(self.language, theme["words"]))

    def _voices(self, theme: ThemeFigures) -> Iterator[Line]:
        """The quotes that stand neither at the top nor among the wishes; in a draft how many are approved."""
        quotes = self.top.quotes_of(theme)
        if quotes.unsaid is not None:
            yield Line(kind=LineKind.TEXT, text=self._say_n("quotes_unsaid", quotes.unsaid, fewest=FEWEST_APPROVED))
        elif not quotes.all:
            yield self._line(LineKind.TEXT, "no_quotes")
        for quote in quotes.all:
            if not (quote.wish and theme["wishes"] is not None):
                yield from self._quote(LineKind.QUOTE, theme, quote)
        if quotes.all and quotes.other_voice is None:  # the place is always there: its absence would tell something
            yield self._line(LineKind.TEXT, "no_other_voice")

    def _quote(self, kind: LineKind, theme: ThemeFigures, quote: QuoteShown) -> Iterator[Line]:
        about = f"{theme['theme']}:{quote.place}"
        if about not in {line.about for line in self.top_lines}:
            is_other = quote is self.top.quotes_of(theme).other_voice
            yield Line(kind=kind, text=self._say("other_voice" if is_other else "quote", text=quote.text), about=about)

    def _wishes(self) -> Iterator[Line]:
        """The number of wishes on each theme, and what is wished: in quotes, else in words that those who wish share."""
        for theme in self.printed:
            wishes = wishes_of(theme)
            if wishes is None:
                continue
            key = "digest.wished" if len(self.content["themes"]) == 1 else "digest.wished.theme"
            yield Line(kind=LineKind.FIGURE, text=say_printed(self.language, key, wishes, theme=self._title(theme["title"])))
            wish_quotes = [quote for quote in self.top.quotes_of(theme).all if quote.wish]
            for quote in wish_quotes:
                yield from self._quote(LineKind.WISH, theme, quote)
            if self.top_lines[0].about in {f"{theme['theme']}:{quote.place}" for quote in wish_quotes}:
                yield self._line(LineKind.WISH, "wish_at_top")
            if not wish_quotes and (words := theme.get("wish_words")):
                yield self._line(LineKind.WISH, "wish_words", words=list_words(self.language, words))

    def _since_last(self) -> Iterator[Line]:
        content = self.content
        for place in self.room.answers:
            yield Line(kind=LineKind.TEXT, text=answer_text(self.language, content["since_last"][place], self.room.title))
        if left_out := len(content["since_last"]) - len(self.room.answers):
            yield Line(kind=LineKind.TEXT, text=self._say_n("more_answers", left_out))
        yield from self._fates()
        if content["compared"] in {"more", "fewer"} and self.top.finding is not Finding.CHANGE and not self.chart:
            yield self._line(LineKind.TEXT, f"than_last.{content['compared']}")
        for role in content.get("lists_changed", ()):
            yield self._line(LineKind.TEXT, "list_changed", who=say(self.language, f"list.of.{role}"))
        if content["heard"] is not None:
            yield Line(kind=LineKind.TEXT, text=self._say_n("read_last", content["heard"]["politicians"]))

    def _fates(self) -> Iterator[Line]:
        """The wishes that wait longest, promises whose day has passed, and answers on their way, if the top does not tell of them."""
        at_top = [fate for fate in (self.top.told, self.top.asked_about) if fate is not None]
        waiting = [fate for fate in self.top.waiting if fate not in at_top]
        others = [fate for fate in self.content.get("ledger", ()) if fate["state"] in {"overdue", "on_its_way"} and fate not in at_top]
        others.sort(key=lambda fate: "changed" not in fate)
        for fate in [*others[:2], *waiting[:1]]:
            yield Line(kind=LineKind.PROMISE, text=fate_text(self.language, fate, self.room.title))
        if len(waiting) > 1:
            yield Line(kind=LineKind.PROMISE, text=self._say_n("more_waiting", len(waiting) - 1))

    def _wish_offers(self) -> Iterator[WishOffer]:
        """This week's wishes, or those of an earlier week that the top asks to answer."""
        for theme in self.printed:
            if theme["wishes"] is not None:
                yield WishOffer(theme=theme["theme"], title=self._title(theme["title"]), told=self.top.tells_wishes(theme))
        asked = self.top.asked_about
        if asked is not None and "theme_id" in asked:
            yield WishOffer(theme=asked["theme_id"], title=self._title(asked["theme"]), digest=asked["digest_id"])

    def _promises(self) -> Iterator[PromiseOffer]:
        for fate in self.content.get("ledger", ()):
            if "promise" in fate:
                yield PromiseOffer(promise=fate["promise"], sentence=promise_text(self.language, fate, PROMISE_WORDS))

    def _is_any_promise_short(self) -> bool:
        promises = [fate for fate in self.content.get("ledger", ()) if "promise" in fate]
        return any(promise_text(self.language, fate, PROMISE_WORDS) != promise_text(self.language, fate) for fate in promises)

    def _title(self, title: BothLanguages) -> str:
        return shorten(title[self.language.value], self.room.title)

    def _line(self, kind: LineKind, key: str, **values: object) -> Line:
        return Line(kind=kind, text=self._say(key, **values))

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"digest.{key}", **values)

    def _say_n(self, key: str, n: int, **values: object) -> str:
        return say_n(self.language, f"digest.{key}", n, **values)
