"""Finds the words by which an author may be recognised: those that few or no others have used this week.

They are underlined for the author, before others read the text; nothing of it is stored or logged. A word has no line if it stands in the
question or the calendar, or if at least as many others have used it as a printed number must count: so a line, or none, never tells what a
few others have written. A word that no dictionary knows is rare whoever else has used it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import and_, bindparam, func, select

from bot.confidentiality.encryption import own_words, session_keys
from bot.confidentiality.floors import highest_floors
from bot.database.insert_once import table_of
from bot.language.dictionary import is_word
from bot.language.lemmas import LEMMAS, WORD, words_in
from bot.models import Authorship, Reply, Round
from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Pool
    from sqlalchemy.orm import Session

EVERYBODYS: Final = """
    januar februar marts april maj juni juli august september oktober november december january february march june october
    mandag tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday saturday sunday
    to tre fire fem seks syv otte ni ti elleve tolv two three four five six seven eight nine ten eleven twelve
    dag uge måned år time minut morgen formiddag middag eftermiddag aften day week month year hour minute morning afternoon evening
"""  # when, and how many: the ways of writing differ elsewhere
FEW_ANSWERS: Final = 20  # of fewer, each is looked at every time
LOOKS_FOR_A_COUNT: Final = 50  # of so many answers, one more look needs no count
# For each database, and in it for each round and floor: how many answers were counted, what they used often, and looks that need no count.
_OFTEN_USED: Final[WeakKeyDictionary[Pool, dict[tuple[int, int], tuple[int, frozenset[str], int]]]] = WeakKeyDictionary()
Parts = tuple[tuple[str, bool], ...]


def forget() -> None:
    """Forget what was counted: a made-up world begins anew, and gives its rounds the same ids."""
    _OFTEN_USED.clear()


_asked, _this = table_of(Round).alias(), table_of(Round).alias()
_replies, _authorships = table_of(Reply), table_of(Authorship)
SELECT_ANSWERS_OF_THE_WEEK: Final = (
    select(_authorships.c.person_id, *(_replies.c[name] for name in ("id", "words", "sealed_with")))
    .join(_replies, _replies.c.id == _authorships.c.reply_id)
    .join(_asked, _asked.c.id == _authorships.c.round_id)
    .join(_this, and_(_this.c.programme == _asked.c.programme, _this.c.week == _asked.c.week))
    .where(_this.c.id == bindparam("round"))
)
COUNT_ANSWERS_OF_THE_WEEK: Final = SELECT_ANSWERS_OF_THE_WEEK.with_only_columns(func.count(), maintain_column_froms=True)


def find_rare_words(session: Session, round_id: int, snapshot: dict[str, Any], text: str) -> frozenset[str]:
    """The words of a text that few or no others have used this week, as they are written. `snapshot`: its round's."""
    in_question = _with_lemmas("\n".join(_texts_of_question(snapshot))) | _with_lemmas(EVERYBODYS)
    floor = highest_floors([Floors(**snapshot["floors"])] if "floors" in snapshot else []).people
    often = _words_often_used(session, round_id, floor + 1)  # the author may be one of them
    lemma_by_word = {word: lemma for word in words_in(text) if (lemma := LEMMAS.of(word, guess=False)) is not None}
    return frozenset(
        word
        for word, lemma in lemma_by_word.items()
        if in_question.isdisjoint({word, word.lower(), lemma}) and not (lemma in often and is_word(word.lower()))
    )


@lru_cache(maxsize=16)  # of the calendar, and of a week's questions: no words of an answer
def _with_lemmas(text: str) -> frozenset[str | None]:
    words = set(words_in(text.lower()))
    return frozenset(words | {LEMMAS.of(word, guess=False) for word in words})


def _texts_of_question(snapshot: dict[str, Any]) -> Iterator[str]:
    """What everybody has read who was asked: the title of the theme, and the questions."""
    for text in (snapshot["theme"]["title"], *snapshot["questions"].values()):
        yield from text.values()


def _words_often_used(session: Session, round_id: int, least: int) -> frozenset[str]:
    """The dictionary words that at least so many people have used this week.

    Where many answer, they are counted anew only when half as many more have, or a tenth fewer; how many have, only when a fiftieth more
    may have: eight hundred may answer in the same minute. Until then some words stand out that many have used by now. What is remembered is
    about enough people to be printed.
    """
    connection = session.connection()
    known, place = _OFTEN_USED.setdefault(connection.engine.pool, {}), (round_id, least)
    counted, often, looks_left = known.get(place, (0, frozenset(), 0))
    if looks_left:
        known[place] = (counted, often, looks_left - 1)
        return often
    count = connection.scalar(COUNT_ANSWERS_OF_THE_WEEK, {"round": round_id}) or 0
    if count < FEW_ANSWERS or count * 2 > counted * 3 or count * 10 < counted * 9:
        counted, often = count, frozenset(_count_words(session, round_id, least))
    known[place] = (counted, often, count // LOOKS_FOR_A_COUNT)
    return often


def _count_words(session: Session, round_id: int, least: int) -> Iterator[str]:
    keys, people_by_form, people_by_lemma = session_keys(session), defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for row in session.connection().execute(SELECT_ANSWERS_OF_THE_WEEK, {"round": round_id}):
        for form in set(words_in((own_words(keys, row) or "").lower())):
            people_by_form[form].add(row.person_id)
    for form, people in people_by_form.items():
        people_by_lemma[LEMMAS.of(form, guess=False) or form].update(people)
    return (lemma for lemma, people in people_by_lemma.items() if len(people) >= least)


def split_at(text: str, rare: Collection[str]) -> Parts:
    """The parts of a text, each with whether it is one of the `rare` words."""
    return tuple(_parts(text, rare))


def _parts(text: str, rare: Collection[str]) -> Iterator[tuple[str, bool]]:
    done = 0
    for found in WORD.finditer(text):
        if found[0] in rare:
            if done < found.start():
                yield text[done : found.start()], False
            yield found[0], True
            done = found.end()
    if done < len(text):
        yield text[done:], False
