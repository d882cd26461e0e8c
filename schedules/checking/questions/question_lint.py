"""Remarks on questions that people will find hard to answer well.

It looks for two questions in one, a hint at the answer, yes or no, too many words, double negation and jargon. A follow-up that goes on
with the same thing ("Hvad ændrede du?") is one question with the first.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.programme import Language
from bot.sentence import sentence
from schedules.checking.questions.question_hints import LEADING
from schedules.checking.questions.question_jargon import JARGON, KNOWN_CAPITALS, LONGEST_WORD
from schedules.checking.questions.question_words import (
    ASKING,
    BROAD,
    EVERYWHERE,
    FEW_WORDS,
    NAMES_A_THING,
    NEGATION,
    NOT_ASKED,
    OPPOSITES,
    PLAIN_NO,
    REFERS_BACK,
    SECOND_QUESTION,
    SETS_THE_SCENE,
    THAT,
    TURNS_AROUND,
    TWO_TOPICS,
    YES_NO,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from bot.sentence import Sentence
    from schedules.checking.file_model import Question

    Rule: TypeAlias = Callable[[str, Language], bool]

MOST_WORDS: Final = 25
MOST_WORDS_OF_AN_ECHO: Final = 5
SHORT_WORD: Final = 3  # letters: such words are everywhere
STEM: Final = 4  # letters by which forms of one word are known as one
MOST_QUESTIONS: Final = 2  # a question and its follow-up
ASIDE: Final = re.compile(r"\([^)]*\)")
SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s+")
WORD: Final = re.compile(r"[\w'-]+")
CAPITALS: Final = re.compile(r"(?<!\w)[A-ZÆØÅ]{2,}")


class LintKind(StrEnum):
    """What makes a question hard to answer."""

    TWO_IN_ONE = "two_in_one"
    LEADING = "leading"
    YES_NO = "yes_no"
    TOO_LONG = "too_long"
    DOUBLE_NEGATION = "double_negation"
    JARGON = "jargon"


def lint_question(text: str, language: Language) -> tuple[LintKind, ...]:
    """What makes this text hard to answer as a question, in the order of `LintKind`."""
    plain = ASIDE.sub("", text.replace("’", "'")).strip()
    return tuple(kind for kind, breaks in RULES.items() if breaks(plain, language))


def question_remarks(question: Question) -> Iterator[Sentence]:
    """A remark for each kind of trouble in a question, with its languages and a cure."""
    kinds = {language: lint_question(getattr(question.ask, language), language) for language in Language}
    for kind in LintKind:
        if languages := tuple(sentence(f"data.language.{language.value}") for language in Language if kind in kinds[language]):
            most = {"most": MOST_WORDS} if kind is LintKind.TOO_LONG else {}
            yield sentence(f"remark.question.{kind.value}", question=question.id, languages=languages, **most)


def _sentences(text: str) -> list[str]:
    return [sentence.lower() for sentence in SENTENCE_END.split(text) if sentence]


def _clauses(text: str, language: Language) -> list[str]:
    """The sentences of a text, and within them what each question is."""
    return [clause for sentence in _sentences(text) for clause in SECOND_QUESTION[language].split(sentence)]


# --- two in one -----------------------------------------------------------------------------------------------------------------


def _asks_two_things(text: str, language: Language) -> bool:
    if TWO_TOPICS[language].search(text.lower()):
        return True
    first, *more = [part for part in _clauses(text, language) if _asks(part, language)] or [""]
    return len(more) >= MOST_QUESTIONS or any(not _goes_on(first, second, language) for second in more)


def _asks(part: str, language: Language) -> bool:
    """Whether a part is a question or a request, not what only leads up to one."""
    if part.endswith("?"):
        return WORD.search(part) is not None
    return any(words[language].match(part) for words in (ASKING, NOT_ASKED)) and not SETS_THE_SCENE[language].match(part)


def _goes_on(first: str, second: str, language: Language) -> bool:
    """Whether a second question is about the same thing as the first."""
    if any(_is_pair(first, second, pair) for pair in OPPOSITES[language]):
        return False
    return bool(REFERS_BACK[language].search(second)) or _is_echo(first, second, language)


def _is_pair(first: str, second: str, pair: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    good, bad = pair
    return bool((good.search(first) and bad.search(second)) or (bad.search(first) and good.search(second)))


def _is_echo(first: str, second: str, language: Language) -> bool:
    """Whether a second question takes up most words of the first (a short one, one word), or has but a verb of its own."""
    before, words = WORD.findall(first), WORD.findall(second)
    stems, taken_up = _stems(before[1:]), _stems(words[1:])
    if _opens_alike(before, words) or (len(taken_up) <= 1 and not NAMES_A_THING[language].search(second)):
        return True
    return bool(stems & taken_up) if len(words) <= MOST_WORDS_OF_AN_ECHO else 2 * len(stems & taken_up) > len(taken_up)


def _stems(words: list[str]) -> set[str]:
    stems = {word[:STEM] for word in words if len(word) > SHORT_WORD}
    return {stem for stem in stems if not EVERYWHERE.fullmatch(stem)}


def _opens_alike(before: list[str], words: list[str]) -> bool:
    """Whether two questions ask for a thing of one kind ("hvornår … du"), or, where both open broadly, for the same act ("hvad ser du")."""
    if words[0] in BROAD:
        return before[:2] == words[:2] and not EVERYWHERE.fullmatch(words[1])
    return before[0] == words[0] and not {*before[1:]}.isdisjoint(words[1:])


# --- the other kinds ------------------------------------------------------------------------------------------------------------


def _hints_at_an_answer(text: str, language: Language) -> bool:
    return any(LEADING[language].search(sentence) for sentence in _sentences(text))


def _wants_yes_or_no(text: str, language: Language) -> bool:
    """Whether one word answers the first question of the text; a follow-up ("og er det nok?") may be so."""
    first = next((sentence for sentence in _sentences(text) if sentence.endswith("?")), None)
    if first is None:
        return False
    opens_nothing = not ASKING[language].search(first) and not NOT_ASKED[language].match(first)
    return (opens_nothing and len(WORD.findall(first)) >= FEW_WORDS) or YES_NO[language].search(first) is not None


def _is_too_long(text: str, language: Language) -> bool:  # noqa: ARG001 - all rules are called alike
    return len(WORD.findall(text)) > MOST_WORDS


def _negates_twice(text: str, language: Language) -> bool:
    clauses = [PLAIN_NO[language].sub("…", clause) for clause in _clauses(text, language)]
    return any(len(NEGATION[language].findall(clause)) > 1 or _turns_a_no_around(clause, language) for clause in clauses)


def _turns_a_no_around(clause: str, language: Language) -> bool:
    """Whether a few words at most lie between a negation and what turns it around ("ikke umuligt")."""
    for no in NEGATION[language].finditer(clause):
        for turn in TURNS_AROUND[language].finditer(clause):
            begin, end = sorted((no.span(), turn.span()))
            between = THAT[language].sub("", clause[begin[1] : end[0]])
            if "," not in between and len(WORD.findall(between)) <= FEW_WORDS:
                return True
    return False


def _has_jargon(text: str, language: Language) -> bool:
    is_unknown = any(short not in KNOWN_CAPITALS for short in CAPITALS.findall(text))
    is_long = any(len(word) > LONGEST_WORD for word in WORD.findall(text))
    return is_unknown or is_long or JARGON[language].search(text.lower()) is not None


RULES: Final[Mapping[LintKind, Rule]] = {
    LintKind.TWO_IN_ONE: _asks_two_things,
    LintKind.LEADING: _hints_at_an_answer,
    LintKind.YES_NO: _wants_yes_or_no,
    LintKind.TOO_LONG: _is_too_long,
    LintKind.DOUBLE_NEGATION: _negates_twice,
    LintKind.JARGON: _has_jargon,
}
