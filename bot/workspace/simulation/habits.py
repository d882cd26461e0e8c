"""How often synthetic people do what, when they do it, and how they fill in a form.

These are plain values and functions. What people intend for each kind of message is in `simulated_people.py`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.workspace.state.forms import fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.workspace.block_rules import Json
    from bot.workspace.state.message_store import Message


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How often people do what: shares from 0 to 1, and delays in hours (the shortest and the longest)."""

    answer: float = 0.42
    answer_when_reminded: float = 0.2
    wish: float = 0.15
    quote: float = 0.2
    slip: float = 0.1  # the share that names somebody, of those who want to be quoted
    rewrite: float = 0.5  # the share that rewrites it, of those who are told so
    change: float = 0.08
    delete: float = 0.02
    leave: float = 0.01
    pause: float = 0.03
    hear: float = 0.45
    respond: float = 0.04
    respond_to_wishes: float = 0.02
    respond_when_asked: float = 0.7  # the share that answers wishes when an organiser asks them to
    respond_one_week_in: int = 1  # so many: in the other weeks no politician answers
    weeks_of_thought: int = 0  # that pass before a politician answers
    about_quote: float = 0.25  # the share that answers a quote, of those who answer a digest
    sign: float = 0.3  # the share that signs with their name
    ask_wishes: float = 0.03
    keep: float = 0.6  # the share that has kept its promise when it is due
    drop: float = 0.15  # the share that tells that nothing came of it; the rest says nothing
    tell_for_others: float = 0.03
    choose_finding: float = 0.15
    approve_quote: float = 0.8
    send_back: float = 0.1
    haste: tuple[float, float] = (0.1, 40.0)
    office: tuple[float, float] = (0.3, 2.5)

    @property
    def willing(self) -> float:
        """The share that answers a question sooner or later."""
        return self.answer + (1 - self.answer) * self.answer_when_reminded

    def reticence(self, mind: Mind) -> tuple[bool, bool]:
        """A sort key: first those who answer and want to be quoted, then others who answer, then the rest."""
        return mind.will >= self.willing, mind.openness >= self.quote


@dataclass(frozen=True, kw_only=True)
class Mind:
    """A person's mind about something, as two numbers from 0 to 1. The lower, the likelier they answer, or may be quoted."""

    will: float
    openness: float

    @staticmethod
    def of(user: str, seed: int, thing: str) -> Mind:
        """The mind of this person about this thing: always the same for one seed, so others can compute it too."""
        dice = random.Random(f"{seed}:{thing}:{user}")  # noqa: S311 - a rehearsal must be repeatable
        return Mind(will=dice.random(), openness=dice.random())


@dataclass(frozen=True, kw_only=True, order=True)
class Intent:
    """Something that a person intends to do at a moment. Of two at one moment the one with the lower `turn` comes first."""

    at: datetime
    turn: int
    user: str = field(compare=False)
    action: str = field(compare=False)
    message: Message = field(compare=False)
    value: str | None = field(compare=False, default=None)  # tells buttons for the same action apart
    values: Mapping[str, Any] = field(compare=False, default_factory=dict)


def moment_of_message(message: Message) -> datetime:
    """When a message was said."""
    return datetime.fromtimestamp(float(message.ts), UTC)


def buttons_of(message: Message) -> Iterator[tuple[str, str | None]]:
    """The buttons of a message: what each does, and its value."""
    for block in message.blocks:
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            if element.get("type") == "button":
                yield element["action_id"], element.get("value")


def form_values(blocks: list[Json], values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The content for each field of a form, found by the field's name or else its kind.

    A value may be a function that chooses among the options. A text that is given by its kind goes into the first text field only.
    """
    typed: dict[str, dict[str, Any]] = {}
    left = dict(values)
    for block, element in fields(blocks):
        name = block["block_id"] if block["block_id"] in values else element["type"]
        value = left.pop(name, None) if element["type"] == "plain_text_input" else left.get(name)
        content = value([option["value"] for option in element["options"]]) if callable(value) else value
        if content is not None:
            typed.setdefault(block["block_id"], {})[element["action_id"]] = content
    return typed


def in_daytime(moment: datetime) -> datetime:
    """The moment by day (6 to 20, UTC), at the hour or half past: nobody answers at night."""
    if moment.hour >= 20:
        moment += timedelta(hours=10)
    if moment.hour < 6:
        moment = moment.replace(hour=6 + moment.hour % 2)
    return moment + timedelta(minutes=30 - moment.minute % 30, seconds=-moment.second, microseconds=-moment.microsecond)


def response_values(kind: str, words: str, **more: Any) -> dict[str, Any]:
    """A politician's answer as values for a form. `more`: values by the names of their fields."""
    return {"plain_text_input": words, "radio_buttons": kind, **more}
