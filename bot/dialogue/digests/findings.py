"""Decides what stands at the top of a digest: a finding, one thing to do, and a promise.

The finding follows from written rules over printed figures and approved quotes; nobody writes one. It claims no rank between themes, and
both languages tell the same. What does not fit into 45 words gives way to the next kind of finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from bot.confidentiality.floors import FEWEST_APPROVED, Printed
from bot.dialogue.digests.digest_content import people_of, sum_of_answers
from bot.dialogue.digests.digest_pieces import NO_QUOTES_OF_THEME, count_words, shorten
from bot.programme import Language, Week
from bot.seam.meaning import Line, LineKind
from bot.states import Finding
from bot.wording import say, say_n
from bot.wording.dates import short_date_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.dialogue.digests.digest_content import BothLanguages, Content, PrintedWord, ThemeFigures, WishFate
    from bot.dialogue.digests.digest_pieces import QuoteShown, QuotesOfTheme

MOST_TOP_WORDS = 45
TOP_TITLE_WORDS = 7
PROMISED = ("overdue", "taken_up")  # a promise is open
CLOSED = ("done", "dropped")


def has_content(theme: ThemeFigures, quotes: QuotesOfTheme) -> bool:
    """Whether a theme's printed wishes say what is wished, by a quote or by shared words.

    A draft, which shows no quote, takes it that one will be shown.
    """
    is_quoted = any(quote.wish for quote in quotes.all) or (quotes.unsaid or 0) >= FEWEST_APPROVED
    return theme["wishes"] is not None and (is_quoted or bool(theme.get("wish_words")))


def say_printed(language: Language, key: str, printed: Printed, **values: object) -> str:
    """A sentence with a printed number."""
    return say(language, f"{key}.or_more" if printed.or_more else key, n=printed.number, **values)


def most_first(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Words by their numbers; of two with one number that with "or more" comes first."""
    return sorted(words, key=lambda word: (-word["people"], "or_more" not in word))


def list_words(language: Language, words: Sequence[PrintedWord]) -> str:
    """Words with their numbers of people, the most first."""
    numbers = [(word["word"], Printed(word["people"], word.get("or_more", False))) for word in most_first(words)]
    return ", ".join(say_printed(language, "digest.word", number, word=word) for word, number in numbers)


def fate_text(language: Language, fate: WishFate, title_words: int = TOP_TITLE_WORDS) -> str:
    """What has become of the wishes on a theme, in one short sentence."""
    title, said = shorten(fate["theme"][language.value], title_words), Week.parse(fate["week"])
    week = said.number
    if fate["state"] == "waiting":
        return say_n(language, "digest.fate.waiting", fate["weeks"], theme=title, week=week)
    if fate["state"] in PROMISED and "due" in fate:
        due = short_date_in(language, date.fromisoformat(fate["due"]), year=said.year)
        return say(language, f"digest.fate.{fate['state']}.due", theme=title, week=week, due=due)
    return say(language, f"digest.fate.{fate['state']}", theme=title, week=week)


@dataclass(frozen=True, kw_only=True)
class Top:
    """What stands at the top of a digest: the rules over its content and its quotes."""

    content: Content
    quoted: Mapping[str, QuotesOfTheme]
    picked: Finding | None = None
    in_ledger: Collection[str] = ()  # themes (ids) whose wishes it told when it was posted
    late: bool = False  # it was held so long that the wishes that waited then may have been answered

    @property
    def available(self) -> tuple[Finding, ...]:
        """The kinds of finding there are; the first stands at the top if nobody picks another."""
        there_is = {
            Finding.QUOTE: self.quote is not None or self.is_quote_unsaid,
            Finding.WORDS: self.words is not None,
            Finding.CHANGE: self.content["compared"] in {"more", "fewer"},
            Finding.COUNT: True,
        }
        return tuple(finding for finding in Finding if there_is[finding])

    @cached_property
    def finding(self) -> Finding:
        """The kind that was picked if there is one, else the first that there is."""
        return self.picked if self.picked in self.available else self.available[0]

    @property
    def is_quote_unsaid(self) -> bool:
        """Whether a quote was picked that a draft does not show."""
        return self.picked is Finding.QUOTE and any(quotes.unsaid is not None for quotes in self.quoted.values())

    @cached_property
    def quote(self) -> tuple[ThemeFigures, QuoteShown] | None:
        """The quote that speaks for most of the theme that most people answered, if it fits."""
        themes = self._most_answered_first()[:1]
        first = next(((theme, quote) for theme in themes for quote in self.quotes_of(theme).quotes if quote.place == 0), None)
        if first is None or not self._fits({language: self._quote_text(language, *first) for language in Language}, self.promise):
            return None
        return first

    @cached_property
    def words(self) -> tuple[ThemeFigures, Sequence[PrintedWord]] | None:
        """The words of the theme that most people answered, as many as fit."""
        for theme in self._most_answered_first():
            words = most_first(theme.get("words", ()))
            for most in range(len(words), 0, -1):
                if self._fits({language: self._words_text(language, theme, words[:most]) for language in Language}, self.promise):
                    return theme, words[:most]
        return None

    @cached_property
    def waiting(self) -> list[WishFate]:
        """The wishes that have waited a week or longer for a first answer, the oldest first."""
        waiting = [fate for fate in self.content.get("ledger", ()) if fate["state"] == "waiting" and fate["weeks"] >= 1]
        return [] if self.late else waiting

    @property
    def asked_about(self) -> WishFate | None:
        """The wishes that wait longest, if this week has none."""
        return None if self._themes_with_wishes() else next(iter(self.waiting), None)

    @cached_property
    def promise(self) -> WishFate | None:
        """What became of a promise: the one closed last, else one whose day has passed."""
        ledger = self.content.get("ledger", [])
        closed = [fate for fate in ledger if fate["state"] in CLOSED and "changed" in fate]
        overdue = [fate for fate in ledger if fate["state"] == "overdue"]
        return next(iter([*reversed(closed), *reversed(self._outcomes_beside_others()), *overdue]), None)

    def _outcomes_beside_others(self) -> list[WishFate]:
        """The promises that were closed while others on the same wishes are open, as fates."""
        return [
            {**fate, "state": answer["kind"]}
            for answer in self.content.get("since_last", ())
            if answer["kind"] in CLOSED
            for fate in self.content.get("ledger", ())
            if fate["state"] in PROMISED and fate["digest"] == answer["digest"] and fate["theme"] == answer.get("wishes_on", fate["theme"])
        ]

    @cached_property
    def told(self) -> WishFate | None:
        """What became of a promise; else, if there is room, a new promise or the wishes that wait longest."""
        if self.promise is not None:
            return self.promise
        made = [fate for fate in self.content.get("ledger", []) if fate["state"] == "taken_up" and "changed" in fate]
        waiting = [fate for fate in self.waiting if fate is not self.asked_about]
        first = next(iter([*made, *waiting]), None)
        finding = {language: self._finding_line(language).text for language in Language}
        return first if first is not None and self._fits(finding, first) else None

    def quotes_of(self, theme: ThemeFigures) -> QuotesOfTheme:
        """The quotes of a theme."""
        return self.quoted.get(theme["theme"], NO_QUOTES_OF_THEME)

    def tells_wishes(self, theme: ThemeFigures) -> bool:
        """Whether it tells what is wished on a theme, or did until its quotes were withdrawn."""
        return theme["theme"] in self.in_ledger or has_content(theme, self.quotes_of(theme))

    def lines(self, language: Language) -> tuple[Line, ...]:
        """The lines of the top: the finding, one thing to do and, if there is any, a fate."""
        ask = Line(kind=LineKind.TEXT, text=self._ask_text(language))
        fate = () if self.told is None else (Line(kind=LineKind.PROMISE, text=fate_text(language, self.told)),)
        return (self._finding_line(language), ask, *fate)

    def _finding_line(self, language: Language) -> Line:
        if self.finding is Finding.QUOTE:
            if self.quote is None:
                return Line(kind=LineKind.TEXT, text=say(language, "digest.top.quote_unsaid"))
            theme, quote = self.quote
            return Line(kind=LineKind.QUOTE, text=self._quote_text(language, theme, quote), about=f"{theme['theme']}:{quote.place}")
        if self.finding is Finding.WORDS and self.words is not None:
            return Line(kind=LineKind.WORDS, text=self._words_text(language, *self.words))
        return Line(kind=LineKind.FIGURE, text=self._count_text(language))

    def _fits(self, texts: Mapping[Language, str], fate: WishFate | None) -> bool:
        """Whether a text has room beside what is asked and a fate, in both languages."""
        return all(
            count_words(f"{text} {self._ask_text(language)} {'' if fate is None else fate_text(language, fate)}") <= MOST_TOP_WORDS
            for language, text in texts.items()
        )

    @staticmethod
    def _quote_text(language: Language, theme: ThemeFigures, quote: QuoteShown) -> str:
        people = people_of(theme)
        return "" if people is None else say_printed(language, "digest.top.quote", people, text=quote.text)

    @staticmethod
    def _words_text(language: Language, theme: ThemeFigures, words: Sequence[PrintedWord]) -> str:
        people = people_of(theme)
        return "" if people is None else say_printed(language, "digest.top.words", people, words=list_words(language, words))

    def _count_text(self, language: Language) -> str:
        printed = self._most_answered_first()
        answers = sum_of_answers(printed)
        if answers is None or not printed:
            return say(language, "digest.top.too_few")
        if self.finding is Finding.CHANGE:
            return say_printed(language, f"digest.top.{self.content['compared']}", answers)
        return say_printed(language, "digest.top.count.one" if len(printed) == 1 else "digest.top.count.two", answers)

    def _ask_text(self, language: Language) -> str:
        """The one thing that is asked: answer this week's wishes, or ask what they are; else answer the oldest; else say you have read."""
        if wished := self._themes_with_wishes():
            told = [theme for theme in wished if self.tells_wishes(theme)]
            ask = "digest.top.ask.answer" if told else "digest.top.ask.wishes"
            is_clear = len(self.content["themes"]) == 1
            return say(language, ask) if is_clear else say(language, f"{ask}.theme", theme=_title(language, (told or wished)[0]["title"]))
        if self.asked_about is not None:
            theme, week = _title(language, self.asked_about["theme"]), Week.parse(self.asked_about["week"]).number
            return say_n(language, "digest.top.ask.oldest", self.asked_about["weeks"], theme=theme, week=week)
        return say(language, "digest.top.ask.heard")

    def _themes_with_wishes(self) -> list[ThemeFigures]:
        return [theme for theme in self.content["themes"] if theme["wishes"] is not None]

    def _most_answered_first(self) -> list[ThemeFigures]:
        """The printed themes, the most answered first. This is only an order of choice: the text claims no rank."""
        printed = [theme for theme in self.content["themes"] if theme["people"] is not None]
        return sorted(printed, key=lambda theme: -(theme["people"] or 0))


def _title(language: Language, title: BothLanguages) -> str:
    return shorten(title[language.value], TOP_TITLE_WORDS)
