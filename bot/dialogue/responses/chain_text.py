"""Writes the chain of a programme as plain text.

Each link stands below the one that it follows from, further to the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests.digest_pieces import in_text
from bot.dialogue.responses.chain import Missing, Way
from bot.dialogue.responses.ledger_text import state_in_words
from bot.dialogue.responses.to_participants import response_sentence
from bot.dialogue.snapshot import ask_in, theme_in
from bot.local_time import today
from bot.programme import Week
from bot.wording import say
from bot.wording.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.dialogue.responses.chain import AnswerLink, Chain, Orphan, WeekLink
    from bot.dialogue.responses.ledger import Wish
    from bot.models import Round
    from bot.programme import Language


def chain_as_text(chain: Chain, language: Language) -> str:
    """The chain in one language; the orphans come last."""
    writer = _ChainWriter(chain, language)
    weeks = ["\n".join(map(in_text, writer.week(link))) for link in chain.weeks]
    orphans = [say(language, "chain.orphans"), *(f"  {writer.orphan(orphan)}" for orphan in chain.orphans)]
    return "\n\n".join([*weeks, *(["\n".join(orphans)] if chain.orphans else [])])


class _ChainWriter:
    """Writes one chain in one language."""

    def __init__(self, chain: Chain, language: Language) -> None:
        self.chain, self.language = chain, language

    def week(self, link: WeekLink) -> Iterator[str]:
        """A week's lines, each moved to the right by what it follows from."""
        yield self._heading(link.week)
        for round_ in link.rounds:
            yield f"  {self._say('round', theme=theme_in(round_, self.language), day=self._day(round_.opens_at))}"
            for question in round_.snapshot["order"]:
                yield f"    {self._say('question', ask=ask_in(round_, question, self.language))}"
        yield f"  {self._digest(link)}"
        for wish in link.wishes:
            words = f" ({', '.join(wish.shared)})" if wish.shared else ""
            yield f"    {self._say('wishes', theme=wish.title[self.language.value], words=words, state=self._state(wish))}"
            yield from self._answers(link, {wish.theme}, 6)
        only_counted = "wishes.only_counted" if link.has_ledger else "wishes.before_ledger"
        for theme in link.only_counted:
            yield f"    {self._say(only_counted, theme=theme['title'][self.language.value])}"
            if theme["theme"] in link.asked:
                yield f"      {self._say('asked', week=self._number(link.asked[theme['theme']]))}"
            yield from self._answers(link, {theme["theme"]}, 6)
        told = {wish.theme for wish in link.wishes} | {theme["theme"] for theme in link.only_counted}
        yield from self._answers(link, {answer.response.theme for answer in link.answers} - told, 4)

    def _heading(self, week: str) -> str:
        if not week:
            return self._say("report")
        parsed = Week.parse(week)
        return self._say("week", week=parsed.number, year=parsed.year)

    def _state(self, wish: Wish) -> str:
        return state_in_words(self.chain.read_at, self.chain.programme, self.language, wish)

    def _digest(self, link: WeekLink) -> str:
        if link.digest is None:
            return self._say("digest.none")
        day = self._day(link.digest.issued_at or link.digest.post_at)
        return self._say(f"digest.{link.digest.state.value}", number=link.digest.number, day=day)

    def _answers(self, link: WeekLink, themes: set[str | None], indent: int) -> Iterator[str]:
        for answer in link.answers:
            if answer.response.theme in themes:
                day = self._day(answer.response.released_at or answer.response.written_at)
                sentence = response_sentence(self.language, answer.digest, answer.response)
                yield " " * indent + self._say("answer", day=day, sentence=sentence)
                yield " " * (indent + 2) + self._way(answer)
                if answer.asked is not None:
                    yield " " * (indent + 2) + self._say("asked", week=self._number(answer.asked))

    def _way(self, answer: AnswerLink) -> str:
        if answer.way is Way.QUESTION and answer.brought is not None:
            return self._say("way.question", week=self._number(answer.brought))
        return self._say(f"way.{answer.way.value}")

    def orphan(self, orphan: Orphan) -> str:
        """An orphan by its name."""
        values = {"number": orphan.digest, "theme": orphan.theme, "response": orphan.response}
        if orphan.missing is Missing.DIGEST:
            week = Week.parse(orphan.week)
            return self._say("orphan.digest", week=week.number, year=week.year)
        if orphan.missing is Missing.ORIGIN and orphan.theme:
            return self._say("orphan.origin.theme", **values)
        return self._say(f"orphan.{orphan.missing.value}", **values)

    def _number(self, round_: Round) -> int:
        return Week.parse(round_.week).number

    def _day(self, moment: datetime) -> str:
        return date_in(self.language, today(moment, self.chain.programme.timezone))

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, f"chain.{key}", **values)
