"""Puts a plan into words, for organisers who read no settings.

Each change is one line, which begins with its sign. Rounds come first. In chat what merely follows from them is summed up, a reason
that they have in common is told once, and of many lines of a kind only the first are told.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from bot.dialogue.planning.plan import HoldReason, Item, Sign
from bot.dialogue.planning.plan_sentences import DOTS, PlanSentences
from bot.programme import Language
from bot.wording import say
from bot.wording.sentences import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.dialogue.planning.plan import Change, Plan
    from bot.programme import Programme

ROUNDS_IN_CHAT, OTHERS_IN_CHAT = 8, 3  # lines
OWN_SETTINGS: Final = {Item.REMINDER: {"rounds.remind"}, Item.CLOSE: {"digest.close"}, Item.DIGEST: {"digest.close", "digest.post"}}


def plan_lines(  # noqa: PLR0913 - what is told, in which language and in how many words
    plan: Plan,
    programme: Programme,
    language: Language | str,
    *,
    before: Programme | None = None,
    short: bool = False,
    whole: bool = False,
) -> tuple[str, ...]:
    """The lines of a plan, each with its sign before it, and the reason that its rounds have in common.

    `programme`: as the plan makes it; `before`: as it runs, to name the weeks that are skipped now. `short`: as told in chat;
    `whole`: no question is shortened.
    """
    sentences = PlanSentences(programme=programme, before=before, language=Language(language), short=short, whole=whole)
    changes = [change for change in plan.changes if not _is_told_by_a_round(change, plan.changes)]
    if not short:
        return tuple(sentences.line(change) for change in changes)
    rounds = [change for change in changes if change.item is Item.ROUND]
    followers = [change for change in changes if rounds and _follows(change)]
    common = _common_reasons(sentences, rounds)
    lines = _first_lines(sentences, rounds, ROUNDS_IN_CHAT, reason=not common)
    if followers:
        lines.append(sentences.with_sign(_sign_of(followers), say(language, "plan.follow")))
    if common:
        lines.append(say(language, "plan.because.all", why=join(language, common)))
    others = [change for change in changes if change not in rounds and change not in followers]
    for _, alike in groupby(others, key=lambda change: change.item):
        lines += _first_lines(sentences, list(alike), OTHERS_IN_CHAT)
    return tuple(lines)


def lines_to_decide(
    plan: Plan, programme: Programme, language: Language | str, before: Programme
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a held plan as told in chat.

    What time alone does not decide comes first and in full; the rest is told in short.
    """
    firm = tuple(change for change in plan.changes if change.held not in {None, HoldReason.COMING_WEEK})
    rest = tuple(change for change in plan.changes if change not in firm)
    return (
        plan_lines(replace(plan, changes=firm), programme, language, before=before),
        plan_lines(replace(plan, changes=rest), programme, language, before=before, short=True),
    )


def is_any_shortened(lines: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether a line leaves out words that the whole lines have. Those may have dots of their own."""
    as_told = set(whole)
    return any(DOTS in line and line not in as_told for line in lines)


def why_held(plan: Plan, language: Language | str) -> str:
    """The sentence that says why a plan waits for an organiser, or that it is in force at once."""
    if not plan.held:
        return say(language, "plan.at_once")
    return say(language, "plan.held", why=join(language, [say(language, f"plan.held.{reason.value}") for reason in plan.held]))


def _common_reasons(sentences: PlanSentences, rounds: Sequence[Change]) -> list[str]:
    """All reasons of the rounds if they share one: then they are told once, and with them that the programme ends later."""
    reasons = [sentences.reasons(change) for change in rounds]
    is_any_shared = len(reasons) > 1 and set(reasons[0]).intersection(*reasons[1:])
    return list(dict.fromkeys(chain.from_iterable(reasons))) if is_any_shared else []


def _first_lines(sentences: PlanSentences, changes: Sequence[Change], most: int, *, reason: bool = True) -> list[str]:
    """The first lines, and how many more there are. If that is a single line, it is told as well."""
    shown = changes if len(changes) <= most + 1 else changes[:most]
    lines = [sentences.line(change, reason=reason) for change in shown]
    if len(shown) < len(changes):
        left = changes[most:]
        lines.append(sentences.with_sign(_sign_of(left), say(sentences.language, "plan.more", n=len(left))))
    return lines


def _is_told_by_a_round(change: Change, changes: Iterable[Change]) -> bool:
    """Whether a new or lost question needs no line of its own, because a round with it comes or goes."""
    rounds = (round_ for round_ in changes if round_.item is Item.ROUND and round_.sign is change.sign)
    is_new_or_gone = change.item is Item.QUESTION and change.sign is not Sign.CHANGED
    return is_new_or_gone and any(change.name in round_.name.split("+") for round_ in rounds)


def _follows(change: Change) -> bool:
    """Whether a reminder, close or digest moves only because its round does."""
    return change.item in OWN_SETTINGS and not OWN_SETTINGS[change.item].intersection(change.why)


def _sign_of(changes: Iterable[Change]) -> Sign:
    signs = {change.sign for change in changes}
    return signs.pop() if len(signs) == 1 else Sign.CHANGED
