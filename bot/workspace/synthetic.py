"""What would people do with what they are sent?

Synthetic people for rehearsals: participants answer, change, delete, pause, come back and leave; organisers approve, and sometimes
send back first; politicians acknowledge and answer. They see only what is on their screens and press only what stands there. Each
decision comes from a seed, the person and the count of what they have received, so a rehearsal can be told again word for word.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.workspace.forms import fields
from bot.workspace.sayings import NOTES, POLITICAL, REPLIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.clock import Clock
    from bot.workspace.rules import Json
    from bot.workspace.stage import Ack, Stage
    from bot.workspace.store import Message

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How often people do what: shares between 0 and 1, delays in hours (the shortest and the longest)."""

    answer: float = 0.42
    answer_when_reminded: float = 0.2
    change: float = 0.08
    delete: float = 0.02
    leave: float = 0.01
    pause: float = 0.03
    hear: float = 0.45
    respond: float = 0.05
    send_back: float = 0.1
    haste: tuple[float, float] = (0.1, 40.0)
    office: tuple[float, float] = (0.3, 2.5)


@dataclass(frozen=True, kw_only=True, order=True)
class Intent:
    """Something a person means to do at a moment; `turn` breaks ties in the order of intending."""

    at: datetime
    turn: int
    user: str = field(compare=False)
    action: str = field(compare=False)
    message: Message = field(compare=False)
    values: Mapping[str, Any] = field(compare=False, default_factory=dict)


class Crowd:
    """All synthetic people of one workspace. Not thread safe: it acts in the turn of whoever plays the clock.

    What people mean to do follows from what stands in the workspace, so nothing needs to be remembered over a restart.
    """

    def __init__(
        self,
        stage: Stage,
        clock: Clock,
        *,
        seed: int = 1,
        habits: Habits | None = None,
        awake: Callable[[], bool] = lambda: True,
    ) -> None:
        self._stage, self._clock, self._seed, self._awake = stage, clock, seed, awake
        self._habits = habits or Habits()
        self.forget()
        self._read()
        self._due()  # what was meant for before now has been done, or nobody was awake to do it

    def forget(self) -> None:
        """Nobody has seen anything or means to do anything (the workspace was reset)."""
        self._seen = ""
        self._intents: list[Intent] = []
        self._received: dict[str, int] = {}
        self._turns = 0

    def next_moment(self) -> datetime | None:
        """When somebody means to do something next."""
        return self._intents[0].at if self._awake() and self._intents else None

    def act(self) -> int:
        """Read what is new, then do all that is due by now; asleep, people let it pass. How many things were done."""
        self._read()
        due = self._due()
        if not self._awake():
            return 0
        for intent in due:
            self._do(intent)
        return len(due)

    def _due(self) -> list[Intent]:
        due = []
        while self._intents and self._intents[0].at <= self._clock.now():
            due.append(heapq.heappop(self._intents))
        return due

    def _read(self) -> None:
        for message in self._stage.state.store.since(self._seen):
            self._seen = message.ts
            for user in self._readers(message):
                self._consider(user, message)

    def _readers(self, message: Message) -> list[str]:
        if (someone := self._stage.state.dm_with(message.channel)) is not None:
            return [someone.id] if message.user != someone.id else []
        channel = self._stage.state.channels.get(message.channel)
        return [user for user in channel.members if user != message.user] if channel else []

    def _consider(self, user: str, message: Message) -> None:
        buttons = {element["action_id"] for element in _buttons(message.blocks)}
        for action, plan in PLANS.items():
            if action in buttons:
                self._received[user] = count = self._received.get(user, 0) + 1
                dice = random.Random(f"{self._seed}:{user}:{count}")  # noqa: S311 - a rehearsal must be repeatable
                plan(self, user, message, dice)
                return

    def _mean(self, user: str, message: Message, action: str, after: float, values: Mapping[str, Any] | None = None) -> None:
        """Intend to do something `after` hours after the message came, in daylight."""
        self._turns += 1
        at = _by_day(_said_at(message) + timedelta(hours=after))
        heapq.heappush(self._intents, Intent(at=at, turn=self._turns, user=user, action=action, message=message, values=values or {}))

    def _do(self, intent: Intent) -> None:
        where = {"channel": intent.message.channel, "ts": intent.message.ts}
        ack = self._stage.press(intent.user, intent.action, **where)
        view = self._stage.view(intent.user)
        if ack.ok and view is not None:
            ack = self._fill(intent, view.blocks)
            self._stage.dismiss(intent.user)
        if not ack.ok:
            log.info("a synthetic person was refused", action=intent.action, why=ack.error)

    def _fill(self, intent: Intent, blocks: list[Json]) -> Ack:
        """Put the intent's values into the fields that the form has, and do with it what was meant."""
        if (button := intent.values.get("press")) is not None:
            view = self._stage.view(intent.user)
            return self._stage.press(intent.user, button, view_id=view.id if view else None)
        typed: dict[str, dict[str, Any]] = {}
        for block, element in fields(blocks):
            if element["type"] in intent.values:
                typed.setdefault(block["block_id"], {})[element["action_id"]] = intent.values[element["type"]]
        return self._stage.submit(intent.user, typed)

    # --- what each kind of message makes people mean to do

    def plan_welcome(self, user: str, message: Message, dice: random.Random) -> None:
        """Most people just read it; a few leave, a few pause for two weeks."""
        chance = dice.random()
        if chance < self._habits.leave:
            self._mean(user, message, "leave", dice.uniform(*self._habits.haste))
        elif chance < self._habits.leave + self._habits.pause:
            until = (_said_at(message) + timedelta(days=14)).date().isoformat()
            self._mean(user, message, "pause", dice.uniform(*self._habits.haste), {"datepicker": until})

    def plan_question(self, user: str, message: Message, dice: random.Random) -> None:
        """Many answer, most of them soon; a few change or delete their answer afterwards."""
        if dice.random() >= self._habits.answer:
            return
        after = dice.uniform(*self._habits.haste) * dice.random()
        self._mean(user, message, "answer", after, _reply(dice))
        if dice.random() < self._habits.change:
            self._mean(user, message, "answer", after + 1, _reply(dice))
        if dice.random() < self._habits.delete:
            self._mean(user, message, "answer", after + 2, {"press": "delete_reply"})

    def plan_reminder(self, user: str, message: Message, dice: random.Random) -> None:
        """Some answer when they are reminded."""
        if dice.random() < self._habits.answer_when_reminded:
            self._mean(user, message, "answer", dice.uniform(*self._habits.office), _reply(dice))

    def plan_draft(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel decides; now and then a draft is sent back and approved a little later."""
        if user != self._first_reader(message):
            return
        after = dice.uniform(*self._habits.office)
        if dice.random() < self._habits.send_back:
            self._mean(user, message, "send_back", after, {"plain_text_input": dice.choice(NOTES)})
            after += 1
        self._mean(user, message, "approve", after)

    def plan_response_review(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel releases what a politician answered."""
        if user == self._first_reader(message):
            self._mean(user, message, "release", dice.uniform(*self._habits.office))

    def plan_digest(self, user: str, message: Message, dice: random.Random) -> None:
        """Many politicians acknowledge; now and then one answers."""
        after = dice.uniform(*self._habits.haste)
        if dice.random() < self._habits.hear:
            self._mean(user, message, "heard", after)
        if dice.random() < self._habits.respond:
            kind, words = dice.choice(POLITICAL)
            self._mean(user, message, "respond", after + 0.1, {"plain_text_input": words, "radio_buttons": kind, "static_select": kind})

    def _first_reader(self, message: Message) -> str:
        return self._readers(message)[0]


PLANS: Mapping[str, Callable[[Crowd, str, Message, random.Random], None]] = {
    "leave": Crowd.plan_welcome,
    "answer": Crowd.plan_question,
    "approve": Crowd.plan_draft,
    "release": Crowd.plan_response_review,
    "heard": Crowd.plan_digest,
}


def _said_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


def _buttons(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield from (element for element in block.get("elements", ()) if element.get("type") == "button")
        if block.get("accessory", {}).get("type") == "button":
            yield block["accessory"]


def _by_day(moment: datetime) -> datetime:
    """People do not answer at night: what falls between 20 and 6 (UTC) waits until the morning. They act at the hour and half past."""
    if moment.hour >= 20:
        moment += timedelta(hours=10)
    if moment.hour < 6:
        moment = moment.replace(hour=6 + moment.hour % 2)
    return moment + timedelta(minutes=30 - moment.minute % 30, seconds=-moment.second, microseconds=-moment.microsecond)


def _reply(dice: random.Random) -> dict[str, Any]:
    marks = [mark for mark, share in (("wish", 0.15), ("quote", 0.35)) if dice.random() < share]
    return {"plain_text_input": dice.choice(REPLIES), "checkboxes": marks}
