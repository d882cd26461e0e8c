"""Renders digests from before the ledger to the same words as when they were posted.

They say themselves how their numbers are made, have at most 350 words, and answers in them are shortened to fit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.confidentiality.floors import FEWEST_APPROVED, Printed
from bot.dialogue.digests.digest_content import checksum, people_of, sum_of_answers, wishes_of
from bot.dialogue.digests.digest_pieces import NO_QUOTES, NO_QUOTES_OF_THEME, as_text, count_words, shorten
from bot.programme import Language, Week
from bot.seam.meaning import DigestPart, DigestText, Line, LineKind, WishOffer
from bot.wording import say, say_n

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.dialogue.digests.digest_content import BothLanguages, Content, PrintedWord, ThemeFigures
    from bot.dialogue.digests.digest_pieces import QuotesOfTheme

MOST_EARLIER_WORDS = 350
TITLE_WORDS, MIDDLE_TITLE_WORDS, SHORTEST_TITLE_WORDS = 8, 5, 3
ASKS_SHOWN = 3  # of one theme
ANSWERS_SHOWN = 3
ANSWER_WORDS = 60  # at most: those who read it wrote it
CHECKSUM_SHOWN = 12  # hexadecimal digits; the export has them all


@dataclass(frozen=True, kw_only=True)
class _Room:
    """The most words for each title, question and political answer, and whether the words of themes are shown."""

    title: int = TITLE_WORDS
    tells_words: bool = True
    ask: int = 0
    answer: int = 0


LARGEST_ROOM, SMALLEST_ROOM = _Room(), _Room(title=SHORTEST_TITLE_WORDS, tells_words=False)
ROOMS = (LARGEST_ROOM, _Room(title=MIDDLE_TITLE_WORDS), _Room(title=SHORTEST_TITLE_WORDS), SMALLEST_ROOM)


def render_earlier(content: Content, language: Language, quoted: Mapping[str, QuotesOfTheme]) -> DigestText:
    """The digest in `language`: a headline, its parts, a foot with number and checksum. `quoted`: the quotes by theme id."""
    room = next((room for room in ROOMS if all(_words_left(content, either, quoted, room) >= 0 for either in Language)), SMALLEST_ROOM)
    words_left = max(0, _words_left(content, language, quoted, room))
    # What fixed sentences and quotes leave is shared: up to two thirds to the questions, the rest to the answers, each the same.
    asks = [ask[language.value] for theme in content["themes"] for ask in theme["asks"][:ASKS_SHOWN]]
    answers = content["since_last"][-ANSWERS_SHOWN:]
    words_wanted = max(map(count_words, asks), default=0) * len(asks)
    words_for_asks = min(words_wanted, words_left * 2 // 3) if answers else min(words_wanted, words_left)
    words_per_answer = min((words_left - words_for_asks) // max(len(answers), 1), ANSWER_WORDS)
    shared_room = replace(room, ask=words_for_asks // max(len(asks), 1), answer=words_per_answer)
    return _DigestWriter(content, language, shared_room, quoted).text()


def room_for_earlier_quotes(content: Content) -> int:
    """The most words for all quotes of a digest from before the ledger that is posted only now."""
    return min(max(0, _words_left(content, language, NO_QUOTES, LARGEST_ROOM) * 2 // 3) for language in Language)


def _words_left(content: Content, language: Language, quoted: Mapping[str, QuotesOfTheme], room: _Room) -> int:
    """The number of words that the fixed sentences, the titles and the quotes leave; below zero if they need too many."""
    return MOST_EARLIER_WORDS - count_words(as_text(_DigestWriter(content, language, room, quoted).text()))


def _part(heading: str, lines: tuple[str, ...]) -> DigestPart:
    return DigestPart(heading=heading, lines=tuple(Line(kind=LineKind.TEXT, text=line) for line in lines))


class _DigestWriter:
    """Writes one content in one language, part by part."""

    def __init__(self, content: Content, language: Language, room: _Room, quoted: Mapping[str, QuotesOfTheme]) -> None:
        self.content = content
        self.language = language
        self.room = room
        self.quoted = quoted
        self.printed = [theme for theme in content["themes"] if theme["people"] is not None]

    def text(self) -> DigestText:
        """The whole digest."""
        content = self.content
        week = Week.parse(content["week"])
        return DigestText(
            headline=self._say("headline", number=content["number"], week=week.number, title=self._title(content["title"])),
            parts=tuple(self._parts()),
            foot=self._say(
                "earlier.foot", number=content["number"], week=week.number, year=week.year, checksum=checksum(content)[:CHECKSUM_SHOWN]
            ),
            wishes=tuple(
                WishOffer(theme=theme["theme"], title=self._title(theme["title"])) for theme in self.printed if theme["wishes"] is not None
            ),
            shortened=self._is_any_answer_short(),
            method=False,
        )

    def _is_any_answer_short(self) -> bool:
        answers = self.content["since_last"]
        return len(answers) > ANSWERS_SHOWN or any(count_words(answer["words"]) > self.room.answer for answer in answers)

    def _parts(self) -> Iterator[DigestPart]:
        answers = sum_of_answers(self.printed)
        if answers is None or not self.printed:
            how_many = self._say("how_many.none")
        else:
            how_many = self._say_printed("how_many.one" if len(self.printed) == 1 else "how_many.two", answers)
        request = self._say("asked_of_you.wishes" if any(theme["wishes"] for theme in self.printed) else "asked_of_you.plain")
        yield _part(heading=self._say("brief"), lines=(how_many, self._what_most(), request))
        for theme in self.content["themes"]:
            yield _part(heading=self._title(theme["title"]), lines=tuple(self._theme(theme)))
        if self.content["also_asked"]:
            yield _part(heading=self._say("also_asked"), lines=tuple(map(self._title, self.content["also_asked"])))
        wish_lines = [
            self._say_printed("wish", wishes, theme=self._title(theme["title"]))
            for theme in self.printed
            if (wishes := wishes_of(theme)) is not None
        ]
        yield _part(heading=self._say("wishes"), lines=tuple(wish_lines or [self._say("no_wishes")]))
        yield _part(heading=self._say("since_last"), lines=tuple(self._since_last()))
        yield _part(heading=self._say("method"), lines=tuple(self._method()))

    def _what_most(self) -> str:
        """The sentence about the theme that most people answered."""
        titles = [self._title(theme["title"]) for theme in self.content["themes"]]
        if len(titles) == 1:
            return self._say("most.only", theme=titles[0])
        if not self.printed:
            return self._say("most.none", one=titles[0], other=titles[1])
        first, *others = sorted(self.printed, key=lambda theme: (-(theme["people"] or 0), "people_or_more" in theme))
        if any("people_or_more" in theme for theme in others):  # then nobody knows which is more
            return self._say("most.none", one=titles[0], other=titles[1])
        if others and others[0]["people"] == first["people"]:
            return self._say("most.equal", one=titles[0], other=titles[1])
        return self._say("most.one", theme=self._title(first["title"]))

    def _theme(self, theme: ThemeFigures) -> Iterator[str]:
        for ask in theme["asks"][:ASKS_SHOWN]:
            yield self._say("quoted", text=shorten(ask[self.language.value], self.room.ask))
        people = people_of(theme)
        if people is None:
            yield self._say("too_few")
            return
        yield self._say_printed("people", people)
        if (share := theme["participation"]) is not None:
            kind = {"<": "under", ">": "over"}.get(share[0], "or_more" if share.endswith("+") else "about")
            yield self._say(f"participation.{kind}", share=share.strip("<>+"))
        if self.room.tells_words and (words := theme.get("words")):  # old digests have no words
            most_first = sorted(words, key=lambda word: -word["people"])
            yield self._say("earlier.words", words=", ".join(map(self._word, most_first)))
        yield from self._voices(self.quoted.get(theme["theme"], NO_QUOTES_OF_THEME))

    def _word(self, word: PrintedWord) -> str:
        return self._say_printed("earlier.word", Printed(word["people"], word.get("or_more", False)), word=word["word"])

    def _voices(self, quoted: QuotesOfTheme) -> Iterator[str]:
        """The quotes, and a line for another voice, which is always there: its absence would tell something."""
        if quoted.unsaid is not None:
            yield self._say_n("quotes_unsaid", quoted.unsaid, fewest=FEWEST_APPROVED)
            return
        for quote in quoted.quotes:
            yield self._say("quote", text=quote.text)
        if quoted.other_voice is None:
            yield self._say("other_voice.none")
        else:
            yield self._say("other_voice", text=quoted.other_voice.text)

    def _since_last(self) -> Iterator[str]:
        content = self.content
        if content["compared"] is not None:
            yield self._say(f"compared.{content['compared']}")
        if content["heard"] is not None:
            yield self._say_n("heard", content["heard"]["politicians"], number=content["heard"]["digest"])
        answers = content["since_last"]
        if not answers:
            yield self._say("first" if content["number"] == 1 else "no_answers")
            return
        for answer in answers[-ANSWERS_SHOWN:]:
            kind = answer["kind"] if answer["words"] else f"{answer['kind']}.bare"
            values: dict[str, object] = {"number": answer["digest"], "words": shorten(answer["words"], self.room.answer)}
            if "wishes_on" in answer:
                kind, values = f"wishes.{kind}", {**values, "theme": self._title(answer["wishes_on"])}
            yield self._say(f"answered.{kind}", **values)
        if len(answers) > ANSWERS_SHOWN:
            yield self._say_n("more_answers", len(answers) - ANSWERS_SHOWN)
        yield self._say("to_participants")

    def _method(self) -> Iterator[str]:
        capped_words = ("or_more" in word for theme in self.printed for word in theme.get("words", ()))
        is_capped = any(capped_words) or any({"people_or_more", "wishes_or_more"} & theme.keys() for theme in self.printed)
        yield self._say("method.people.or_more" if is_capped else "method.people")
        yield self._say("method.floor", floor=self.content["floor"])
        yield self._say("method.not_representative")
        for role in self.content.get("lists_changed", ()):
            yield self._say("method.list_changed", who=say(self.language, f"list.of.{role}"))
        yield self._say("method.confidential")

    def _title(self, title: BothLanguages) -> str:
        return shorten(title[self.language.value], self.room.title)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"digest.{key}", **values)

    def _say_printed(self, key: str, printed: Printed, **values: object) -> str:
        return self._say(f"{key}.or_more" if printed.or_more else key, n=printed.number, **values)

    def _say_n(self, key: str, n: int, **values: object) -> str:
        return say_n(self.language, f"digest.{key}", n, **values)
