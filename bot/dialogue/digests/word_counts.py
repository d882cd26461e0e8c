"""Which words does a week's digest print, and what is kept of them?

Words are counted by people, each once a word, and only over themes that are printed. What is kept for later digests are counts that meet
the floors, of digests that have been issued: nothing that a suppressed theme could have a part in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.confidentiality import floors
from bot.confidentiality.disclosure import bitset
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue.digests.keywords import WordUse, counts_to_keep, telling_words
from bot.dialogue.filtering import filter_of
from bot.language.lemmas import LEMMAS, words_in
from bot.models import Authorship, Digest, DigestState, Reply

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy.orm import Session

    from bot.confidentiality.floors import Printed
    from bot.dialogue.digests.digest_content import PrintedWord
    from bot.programme import Floors, Programme


@dataclass(frozen=True, kw_only=True)
class PrintedTheme:
    """A theme that is printed: the ids of its rounds, what was asked (in both languages), and its numbers as they are printed."""

    rounds: Collection[int]
    asks: Collection[str]
    people: Printed
    wishes: Printed | None

    @property
    def tells_wishes(self) -> bool:
        """Whether its number of wishes is told under the cap."""
        return self.wishes is not None and not self.wishes.or_more


@dataclass(frozen=True, kw_only=True)
class WordsOfWeek:
    """By theme what is printed, the most telling word first; and what is kept: lemma → people, over all printed themes."""

    printed: Mapping[str, list[PrintedWord]]
    kept: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class _ThemeWords:
    """What was said to one theme, and (as a set of people) who marked a wish."""

    use: WordUse
    wishing: int


def words_of_week(session: Session, programme: Programme, printed: Mapping[str, PrintedTheme], lowest: Floors) -> WordsOfWeek:
    """The words of the week's printed themes, by their ids. The words of a question are no news in what is said to it.

    A word is judged in lower case, and as it is shown: a capital that hardly anybody leaves out is that of a name.
    """
    data_filter, floor, prior = filter_of(session, programme), floors.effective_floors(lowest).people, _prior(session, programme)
    words, counts = {}, Counter[str]()
    for theme, printed_theme in printed.items():
        question_lemmas = {LEMMAS.of(word) for ask in printed_theme.asks for word in words_in(ask)}
        theme_words = _read_theme(session, printed_theme.rounds)

        def is_allowed(word: str, question_lemmas: Collection[str | None] = question_lemmas) -> bool:
            return LEMMAS.of(word) not in question_lemmas and not data_filter.holds_word(word) and not data_filter.holds(word)

        printable_words = telling_words(
            theme_words.use,
            people=printed_theme.people,
            prior=prior,
            floor=floor,
            allowed=is_allowed,
            already=[theme_words.wishing] if printed_theme.tells_wishes else [],
        )
        words[theme] = [_as_printed_word(word.shown, word.people) for word in printable_words]
        counts.update(counts_to_keep(theme_words.use, printed_theme.people, floor, allowed=lambda word: not data_filter.holds_word(word)))
    return WordsOfWeek(printed=words, kept=dict(counts))


def _as_printed_word(form: str, people: Printed) -> PrintedWord:
    word: PrintedWord = {"word": form, "people": people.number}
    return {**word, "or_more": True} if people.or_more else word


def _read_theme(session: Session, rounds: Collection[int]) -> _ThemeWords:
    numbers: dict[int, int] = {}  # of people, in the order they are met: it decides nothing
    wishing: list[int] = []

    def texts() -> Iterator[tuple[int, str]]:
        keys = session_keys(session)
        select_texts = select(Authorship.person_id, Reply.id, Reply.words, Reply.sealed_with, Reply.wish)
        select_texts = select_texts.join(Reply, Reply.id == Authorship.reply_id).where(Authorship.round_id.in_(rounds))
        for row in session.execute(select_texts.execution_options(yield_per=1000)):
            number = numbers.setdefault(row.person_id, len(numbers))
            if row.wish:
                wishing.append(number)
            yield number, own_words(keys, row) or ""

    use = WordUse(texts(), LEMMAS)
    return _ThemeWords(use=use, wishing=bitset(wishing))


def _prior(session: Session, programme: Programme) -> Counter[str]:
    """How many people have used each word in what politicians have read so far."""
    select_counts = select(Digest.counts).where(
        Digest.programme == programme.id, Digest.state == DigestState.ISSUED, Digest.counts.is_not(None)
    )
    return sum((Counter(counts) for counts in session.scalars(select_counts)), Counter[str]())
