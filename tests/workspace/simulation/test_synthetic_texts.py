"""Synthetic people write about what they were asked, in words of their own that suit a digest."""

from __future__ import annotations

import random
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from bot.confidentiality.personal_data import Filter
from bot.platforms.slack.messages import render_message
from bot.programme import Language
from bot.seam.meaning import PoliticalAnswer, Reminder
from bot.seam.meaning import Question as Asked
from bot.workspace.simulation.simulated_people import LONGEST_SEASON
from bot.workspace.simulation.synthetic_texts import SEND_BACK_NOTES, find_texts, reflection, slip
from bot.workspace.simulation.what_politicians_say import OUTCOMES, RESPONSES, RESPONSES_TO_WISHES, RESPONSES_WHEN_ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.programme import Programme, Question

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
UNKNOWN = "Tema: Vejret\n\nHvad er det bedste ved en regnvejrsdag?"
NOT_ASKED = "Hvad er det bedste ved en regnvejrsdag?"
LONGEST_ANSWER, LONGEST_QUOTE = 50, 30  # words
OPENINGS = {"da": 24, "en": 12}  # at least, for each question


def asked_questions(programme: Programme) -> list[Question]:
    """The questions that go out, variants and all."""
    return [programme.question(id_) for entry in programme.rounds.order for id_ in entry.question_ids]


def message(programme: Programme, question: Question, language: str, *said: str, ask: str = "") -> str:
    """What a question's message says, after what politicians `said` of earlier ones."""
    answers = tuple(PoliticalAnswer(digest=number, sentence=sentence) for number, sentence in enumerate(said, 1))
    theme, ask = programme.theme(question.theme).title.in_(language), ask or question.ask.in_(language)
    meaning = Asked(language=Language(language), round=1, theme=theme, ask=ask, closes="fredag", asked=60, since_last=answers)
    return render_message(meaning).text


def every_answer(programme: Programme, language: str) -> Iterator[tuple[str, Sequence[Sequence[str]], Sequence[str]]]:
    """Of each question, of each theme and of what is unknown: the message, the answers sentence by sentence, and the wishes."""
    questions = asked_questions(programme)
    first_of_theme = {question.theme: question for question in questions}.values()
    themes = [message(programme, question, language, ask=NOT_ASKED) for question in first_of_theme]
    for text in (*(message(programme, question, language) for question in questions), *themes, UNKNOWN):
        texts = find_texts(text)[language]
        yield text, texts["answers"], texts["wishes"]


def written(asked: str, language: str = "da", many: int = 300, **marks: bool) -> list[str]:
    return [reflection(place, asked, language, **marks) for place in range(many)]


@pytest.fixture(scope="module")
def nobody_here() -> Filter:
    """The personal-data filter where nobody is on the roster."""
    return Filter(is_on_roster=lambda _: False, extra=frozenset())


@LANGUAGES
def test_every_question_that_goes_out_has_many_openings_of_its_own(programme: Programme, language: str):
    questions = asked_questions(programme)
    assert len(questions) == 19
    answers = [find_texts(message(programme, question, language))[language]["answers"] for question in questions]
    assert min(len({sentences[0] for sentences in those}) for those in answers) >= OPENINGS[language]
    assert all(any(len(sentences) > 1 for sentences in those) for those in answers)


@LANGUAGES
def test_no_sentence_answers_two_questions(programme: Programme, language: str):
    sentences = [chain(*answers) for _, answers, _ in every_answer(programme, language)]
    assert [sentence for sentence, times in Counter(chain(*sentences)).items() if times > 1] == []


@LANGUAGES
def test_a_question_is_answered_whatever_politicians_said_of_another_before_it(programme: Programme, language: str):
    questions = asked_questions(programme)
    for earlier, question in zip(questions, [*questions[1:], questions[0]], strict=True):
        said = (f"»{programme.theme(earlier.theme).title.in_(language)}«: vi taler om det.", f"»{earlier.ask.in_(language)}« Godt spurgt.")
        assert find_texts(message(programme, question, language, *said)) == find_texts(message(programme, question, language))
        assert find_texts(message(programme, question, language)) != find_texts(message(programme, earlier, language))


def test_a_reminder_is_answered_like_its_question(programme: Programme):
    question = asked_questions(programme)[0]
    theme = programme.theme(question.theme).title.da
    reminder = render_message(Reminder(language=Language.DA, round=1, theme=theme, ask=question.ask.da, closes="fredag", asked=60))
    assert find_texts(reminder.text) == find_texts(message(programme, question, "da"))


def test_another_question_on_a_theme_is_answered_by_the_theme_and_any_other_by_what_always_fits(programme: Programme):
    reserve = next(question for question in programme.questions if question.reserve)
    earlier = asked_questions(programme)[0].ask.da
    of_theme = find_texts(message(programme, reserve, "da", ask=NOT_ASKED))
    assert find_texts(message(programme, reserve, "da")) == find_texts(message(programme, reserve, "da", f"»{earlier}«")) == of_theme
    assert find_texts(UNKNOWN) != of_theme
    assert len(set(written(UNKNOWN))) >= 30


@LANGUAGES
def test_every_opening_is_used_before_any_is_used_again_and_then_it_is_told_at_another_length(programme: Programme, language: str):
    for question in asked_questions(programme):
        asked = message(programme, question, language)
        answers = find_texts(asked)[language]["answers"]
        first, again = (written(asked, language, many=2 * len(answers))[lap :: len(answers)][:2] for lap in (0, 1))
        told = written(asked, language, many=len(answers))
        assert {sentences[0] for sentences in answers for text in told if text.startswith(sentences[0])} == {each[0] for each in answers}
        assert first[0] != first[1] or again[0] != again[1]


def test_another_seed_takes_the_openings_in_another_order(programme: Programme):
    asked = message(programme, asked_questions(programme)[0], "da")
    assert [reflection(place, asked, "da", seed=2) for place in range(9)] != written(asked, many=9) == written(asked, many=9)


def test_of_a_hundred_who_answer_few_write_the_same(programme: Programme):
    for question in asked_questions(programme):
        counts = Counter(written(message(programme, question, "da"), many=100))
        assert len(counts) >= 40
        assert max(counts.values()) <= 5


@LANGUAGES
def test_an_answer_is_told_from_its_beginning_and_one_marked_as_a_wish_ends_in_one(programme: Programme, language: str):
    for text, answers, wishes in every_answer(programme, language):
        told = {" ".join(sentences[:many]) for sentences in answers for many in (1, 2, 3)}
        assert len(wishes) >= 3
        assert set(written(text, language, many=50)) <= told
        assert all(
            any(answer == f"{start} {wish}" for start in told for wish in wishes) for answer in written(text, language, many=20, wish=True)
        )


@LANGUAGES
def test_what_is_written_has_sentences_short_enough_to_quote_and_names_nobody(programme: Programme, nobody_here: Filter, language: str):
    for _, answers, wishes in every_answer(programme, language):
        texts = [" ".join(sentences) for sentences in answers]
        wished = [f"{' '.join(sentences[:2])} {max(wishes, key=len)}" for sentences in answers]
        assert max(len(text.split()) for text in texts + wished) <= LONGEST_ANSWER
        assert max(len(sentence.split()) for sentences in answers for sentence in sentences) <= LONGEST_QUOTE
        assert [text for text in (*texts, *wishes) if nobody_here.holds(text)] == []
        assert [text for text in (*texts, *wishes) if set(text) & set("»«“”")] == []  # they stand around what is quoted


def test_what_politicians_and_organisers_write_names_nobody_and_is_never_the_same(nobody_here: Filter):
    answers = [words for _, words in (*RESPONSES, *RESPONSES_TO_WISHES, *RESPONSES_WHEN_ASKED)]
    said: list[Any] = [*answers, *OUTCOMES["done"], *OUTCOMES["dropped"], *SEND_BACK_NOTES]
    assert len(RESPONSES) >= 3 * LONGEST_SEASON
    assert len(RESPONSES_TO_WISHES) >= 2 * LONGEST_SEASON
    assert len(set(said)) == len(said)
    assert all(said)
    assert [words for words in said if nobody_here.holds(words)] == []


@LANGUAGES
def test_a_slip_is_what_the_filter_holds(nobody_here: Filter, language: str):
    dice = random.Random(1)  # noqa: S311 - likewise
    assert all(nobody_here.holds(slip(dice, language)) for _ in range(50))
