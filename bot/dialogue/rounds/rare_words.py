"""Finds the words by which an author may be recognised: those that few or no others have used this week.

They are underlined for the author, before others read the text; nothing of it is stored or logged. A word has no line if it stands in the
question or the calendar, or if at least as many others have used it as a printed number must count: so a line, or none, never tells what a
few others have written. A word that no dictionary knows is rare whoever else has used it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, select

from bot.confidentiality.encryption import own_words, session_keys
from bot.confidentiality.floors import highest_floors
from bot.database.insert_once import table_of
from bot.language.dictionary import is_word
from bot.language.lemmas import LEMMAS, WORD, words_in
from bot.models import Authorship, Reply, Round
from bot.programme import Floors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy.orm import Session

EVERYBODYS: Final = """
    januar februar marts april maj juni juli august september oktober november december january february march june october
    mandag tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday saturday sunday
    to tre fire fem seks syv otte ni ti elleve tolv two three four five six seven eight nine ten eleven twelve
    dag uge måned år time minut morgen formiddag middag eftermiddag aften day week month year hour minute morning afternoon evening
"""  # when, and how many: the ways of writing differ elsewhere
Parts = tuple[tuple[str, bool], ...]

_asked, _this = table_of(Round).alias(), table_of(Round).alias()
_replies, _authorships = table_of(Reply), table_of(Authorship)
SELECT_OTHERS_OF_THE_WEEK: Final = (
    select(_authorships.c.person_id, *(_replies.c[name] for name in ("id", "words", "sealed_with")))
    .join(_replies, _replies.c.id == _authorships.c.reply_id)
    .join(_asked, _asked.c.id == _authorships.c.round_id)
    .join(_this, and_(_this.c.programme == _asked.c.programme, _this.c.week == _asked.c.week))
    .where(_this.c.id == bindparam("round"), _authorships.c.person_id != bindparam("person"))
)


def find_rare_words(session: Session, round_id: int, person_id: int, text: str) -> frozenset[str]:
    """The words of a text that few or no others have used this week, as they are written."""
    round_ = session.get_one(Round, round_id)
    lemma_by_word = {word: lemma for word in words_in(text) if (lemma := LEMMAS.of(word, guess=False)) is not None}
    asked = set(words_in("\n".join([EVERYBODYS, *_texts_of_question(round_.snapshot)]).lower()))
    known = {word: lemma for word, lemma in lemma_by_word.items() if is_word(word.lower())}
    users = _users_of(_others_by_form(session, round_id, person_id), known)
    floor = highest_floors([Floors(**round_.snapshot["floors"])] if "floors" in round_.snapshot else []).people
    in_question = asked | {LEMMAS.of(word, guess=False) for word in asked}
    often = in_question | {word for word, others in users.items() if len(others) >= floor}
    return frozenset(word for word, lemma in lemma_by_word.items() if often.isdisjoint({word, word.lower(), lemma}))


def _texts_of_question(snapshot: dict[str, Any]) -> Iterator[str]:
    """What everybody has read who was asked: the title of the theme, and the questions."""
    for text in (snapshot["theme"]["title"], *snapshot["questions"].values()):
        yield from text.values()


def _others_by_form(session: Session, round_id: int, person_id: int) -> dict[str, set[int]]:
    """The words of the week's other answers, in lower case, each with those who have used it."""
    keys, others_by_form = session_keys(session), defaultdict[str, set[int]](set)
    for row in session.connection().execute(SELECT_OTHERS_OF_THE_WEEK, {"round": round_id, "person": person_id}):
        for form in set(words_in((own_words(keys, row) or "").lower())):
            others_by_form[form].add(row.person_id)
    return others_by_form


def _users_of(others_by_form: Mapping[str, set[int]], lemma_by_word: Mapping[str, str]) -> dict[str, set[int]]:
    """Those who have used each of these words in any of its forms; to look up all forms would take too long."""
    others_by_lemma, initials = defaultdict[str | None, set[int]](set), tuple({lemma[0] for lemma in lemma_by_word.values()})
    for form, others in others_by_form.items():
        if form.startswith(initials):
            others_by_lemma[LEMMAS.of(form, guess=False)] |= others
    return {word: others_by_lemma[lemma] | others_by_form.get(word.lower(), set()) for word, lemma in lemma_by_word.items()}


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
