"""Puts into words what happens when a pause for all ends: what goes out first, and where each question moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.planning.plan import Item, Plan, Sign
from bot.dialogue.planning.plan_sentences import PlanSentences
from bot.dialogue.planning.plan_text import plan_lines
from bot.wording import say
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.planning.plan import AfterPause
    from bot.programme import Language, Programme


def lines_of_moves(moves: AfterPause, programme: Programme, before: Programme, language: Language) -> tuple[str, ...]:
    """A line for each question that moves, and a last one for what follows from them."""
    rounds = tuple(change for change in moves.changes if change.item is Item.ROUND)
    if not rounds:
        return ()
    lines = plan_lines(Plan(changes=rounds, fingerprint=""), programme, language, before=before, whole=True)
    if len(rounds) == len(moves.changes):
        return lines
    sentences = PlanSentences(programme=programme, before=before, language=language)
    return (*lines, sentences.with_sign(Sign.CHANGED, say(language, "plan.follow")))


def first_out(moves: AfterPause, digests: Sequence[int], programme: Programme, language: Language) -> tuple[str, ...]:
    """The sentence, if any, about the questions and the numbered digests that go out as soon as the pause ends."""
    sentences = PlanSentences(programme=programme, before=None, language=language, whole=True)
    questions = [sentences.questions(key) for key in moves.at_once]
    what = [*questions, *(say(language, "pause_all.digest", number=number) for number in digests)]
    return (say(language, "pause_all.go_on.first", what=join(language, what)),) if what else ()
