"""Finds the words by which an author may be recognised: those that nobody else has used this week.

They are underlined for the author, before others read the text; nothing of it is stored or logged. It tells nothing of what a few others
have written: a word that no dictionary knows is always rare, and others' texts are looked at only where there are enough of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, select

from bot.confidentiality.encryption import own_words, session_keys
from bot.database.insert_once import table_of
from bot.language.dictionary import is_word
from bot.language.lemmas import LEMMAS, WORD, words_in
from bot.models import Authorship, Reply, Round

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy.orm import Session

FEWEST_OTHERS: Final = 8  # people: among fewer, a word that is not rare would point at its author
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
    """The words of a text that nobody else has used this week, as they are written."""
    lemma_by_word = {word: lemma for word in words_in(text) if (lemma := LEMMAS.of(word, guess=False)) is not None}
    known = {word: lemma for word, lemma in lemma_by_word.items() if is_word(word.lower())}
    others = _words_of_others(session, round_id, person_id) if known else frozenset[str]()
    unused = {word: lemma for word, lemma in known.items() if others and word.lower() not in others}
    used = _lemmas_like(others, set(unused.values()))
    return frozenset(lemma_by_word.keys() - known.keys()) | {word for word, lemma in unused.items() if lemma not in used}


def _words_of_others(session: Session, round_id: int, person_id: int) -> frozenset[str]:
    """The words of the week's other answers, in lower case; empty if too few people have answered."""
    keys = session_keys(session)
    rows = session.connection().execute(SELECT_OTHERS_OF_THE_WEEK, {"round": round_id, "person": person_id}).all()
    if len({row.person_id for row in rows}) < FEWEST_OTHERS:
        return frozenset()
    return frozenset(words_in("\n".join(own_words(keys, row) or "" for row in rows).lower()))


def _lemmas_like(forms: Collection[str], lemmas: Collection[str]) -> set[str | None]:
    """The dictionary words of those forms that begin like one of the `lemmas`: to look up all would take too long."""
    initials = tuple({lemma[0] for lemma in lemmas})
    return {LEMMAS.of(form, guess=False) for form in forms if form.startswith(initials)}


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
