"""Selects the words that a week's digest prints, and the counts kept for later digests.

Each person counts once per word, and only printed themes are read. Later digests compare with the counts of issued digests. Those meet
the floors, and no suppressed theme has a part in them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.confidentiality import floors
from bot.confidentiality.disclosure import bitset
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue.digests.keywords import WordUse, counts_to_keep, telling_words, words_of_wishes
from bot.dialogue.filtering import filter_of
from bot.language.lemmas import LEMMAS, words_in
from bot.models import Authorship, Digest, DigestState, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.confidentiality.floors import Printed
    from bot.dialogue.digests.digest_content import PrintedWord
    from bot.dialogue.digests.keywords import PrintableWord
    from bot.programme import Floors, Programme


@dataclass(frozen=True, kw_only=True)
class PrintedTheme:
    """A theme that is printed: the ids of its rounds, its questions in both languages, and its printed numbers."""

    rounds: Collection[int]
    asks: Collection[str]
    people: Printed
    wishes: Printed | None

    @property
    def tells_wishes(self) -> bool:
        """Whether its number of wishes is printed and is not the cap."""
        return self.wishes is not None and not self.wishes.or_more


@dataclass(frozen=True, kw_only=True)
class WordsOfWeek:
    """The words printed for each theme, most telling first, and the counts to keep (lemma → people, over all themes).

    `of_wishes`: the words of those who marked a wish.
    """

    printed: Mapping[str, list[PrintedWord]]
    of_wishes: Mapping[str, list[PrintedWord]]
    kept: dict[str, int]


def words_of_week(session: Session, programme: Programme, printed: Mapping[str, PrintedTheme], lowest: Floors) -> WordsOfWeek:
    """Choose the words to print for each printed theme, and the counts to keep.

    `printed`: the themes by their ids. Words of a theme's questions are left out. The filter is asked about each word twice, in lower case
    and as it is printed, because a word keeps its capital only if hardly anybody writes it without: then it may be a name.
    """
    data_filter, floor = filter_of(session, programme), floors.effective_floors(lowest).people
    of_issued = Digest.programme == programme.id, Digest.state == DigestState.ISSUED, Digest.counts.is_not(None)
    prior = sum((Counter(kept) for kept in session.scalars(select(Digest.counts).where(*of_issued))), Counter[str]())
    words, of_wishes = {}, {}
    counts = Counter[str]()
    for theme, printed_theme in printed.items():
        question_lemmas = {LEMMAS.of(word) for ask in printed_theme.asks for word in words_in(ask)}
        use, wishing, not_wishing = _read_theme(session, printed_theme.rounds)

        def is_allowed(word: str, question_lemmas: Collection[str | None] = question_lemmas) -> bool:
            return LEMMAS.of(word) not in question_lemmas and not data_filter.holds_word(word) and not data_filter.holds(word)

        told, told_of_wishes = _choose(use, wishing, not_wishing, printed_theme, prior, floor, is_allowed)
        words[theme], of_wishes[theme] = _as_printed(told), _as_printed(told_of_wishes)
        counts.update(counts_to_keep(use, printed_theme.people, floor, allowed=lambda word: not data_filter.holds_word(word)))
    return WordsOfWeek(printed=words, of_wishes=of_wishes, kept=dict(counts))


def _choose(  # noqa: PLR0913, PLR0917 - everything that decides which words are printed
    use: WordUse,
    wishing: set[int],
    not_wishing: set[int],
    theme: PrintedTheme,
    prior: Mapping[str, int],
    floor: int,
    allowed: Callable[[str], bool],
) -> tuple[Sequence[PrintableWord], Sequence[PrintableWord]]:
    """The words of a theme, and those of the texts that are marked as wishes."""
    common: Any = {"people": theme.people, "prior": prior, "floor": floor, "allowed": allowed}
    already = [bitset(wishing)] if theme.tells_wishes else []
    told = telling_words(use, already=already, **common)
    if theme.wishes is None:
        return told, ()
    of_wishes = words_of_wishes(use, wishing, wishes=theme.wishes, told=told, mixed=not_wishing, **common)
    return told, of_wishes


def _as_printed(words: Iterable[PrintableWord]) -> list[PrintedWord]:
    printed: list[PrintedWord] = []
    for word in words:
        printed_word: PrintedWord = {"word": word.shown, "people": word.people.number}
        printed.append({**printed_word, "or_more": True} if word.people.or_more else printed_word)
    return printed


def _read_theme(session: Session, rounds: Collection[int]) -> tuple[WordUse, set[int], set[int]]:
    """The words written in these rounds, who marked a wish, and who has a text without the mark."""
    numbers: dict[int, int] = {}  # numbers people as they come; the order decides nothing
    wishing: set[int] = set()
    not_wishing: set[int] = set()

    def texts() -> Iterator[tuple[int, str]]:
        keys = session_keys(session)
        select_texts = select(Authorship.person_id, Reply.id, Reply.words, Reply.sealed_with, Reply.wish)
        select_texts = select_texts.join(Reply, Reply.id == Authorship.reply_id).where(Authorship.round_id.in_(rounds))
        for row in session.execute(select_texts.execution_options(yield_per=1000)):
            number = numbers.setdefault(row.person_id, len(numbers))
            (wishing if row.wish else not_wishing).add(number)
            yield number, own_words(keys, row) or ""

    use = WordUse(texts(), LEMMAS)  # reads the texts, and fills the two sets as it does
    return use, wishing, not_wishing
