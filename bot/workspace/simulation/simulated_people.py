"""Synthetic people for rehearsals: they do what people would do with the messages they get.

Participants answer, change, delete, pause, come back and leave. Organisers review quotes and approve digests, and sometimes send one
back first. Politicians acknowledge and answer. They see only what is on their screens and press only buttons that are there. Each
decision follows from a seed, the person and the number of messages they have received, so a rehearsal can be repeated word for word.
They leave alone what is the visitor's (`visitor.py`). Whoever approves a digest has read its quotes.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.workspace.simulation.habits import Habits, Intent, Mind, buttons_of, form_values, in_daytime, moment_of_message, response_values
from bot.workspace.simulation.quote_reviewer import review_quotes
from bot.workspace.simulation.synthetic_texts import SEND_BACK_NOTES, T, find_key, reflection, slip, take_turn
from bot.workspace.simulation.visitor import Visitor
from bot.workspace.simulation.what_politicians_say import OUTCOMES, RESPONSES, RESPONSES_TO_WISHES, RESPONSES_WHEN_ASKED
from bot.workspace.state.forms import fields
from bot.workspace.state.members import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from bot.clock import Clock
    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import Ack, ChatClient
    from bot.workspace.state.message_store import Message

DECISIONS: Final = {"approve", "quote_review", "release", "confirm_list"}  # made by one organiser for all, and open until then
OF_ORGANISERS: Final = DECISIONS | {"send_back", "finding", "ask_politicians"}
ASKED_AT_ONCE: Final = 2  # politicians whom an organiser asks about wishes that nobody has answered
HOURS_OF_WEEK: Final = 168
SHORTEST_PROMISE, LONGEST_PROMISE = timedelta(weeks=2), timedelta(weeks=5)
LONGEST_SEASON: Final = 17  # weeks from the first digest to the last, for which there are enough words
log = structlog.get_logger(__name__)


class SimulatedPeople:
    """All synthetic people of one workspace. Not thread safe: the player of the clock calls it.

    What people intend follows from the messages in the workspace, so nothing needs to be stored over a restart.
    """

    def __init__(  # noqa: PLR0913 - each is handed in by the wiring, by name
        self,
        chat: ChatClient,
        clock: Clock,
        *,
        seed: int = 1,
        habits: Habits | None = None,
        awake: Callable[[], bool] = lambda: True,
        visitor: Visitor | None = None,
    ) -> None:
        self._chat, self._clock, self._seed, self._awake = chat, clock, seed, awake
        self._visitor = visitor or Visitor(chat.state.store)
        self._habits = habits or Habits()
        self.forget()
        self._read_new_messages()
        self._take_due()  # what was intended for before now has been done, or nobody was awake

    def forget(self) -> None:
        """Forget what was seen and intended, as after a reset of the workspace."""
        self._seen = ""
        self._intents: list[Intent] = []
        self._received: dict[str, int] = {}
        self._turns = 0
        self._said: Counter[tuple[Any, ...]] = Counter()  # how many of which texts
        self._is_to_decide = False
        self._places: dict[tuple[str, int], dict[str, int]] = {}  # worked out once for each question and number of members

    def next_moment(self) -> datetime | None:
        """The next moment at which somebody intends to do something."""
        if self._is_to_decide:
            return self._clock.now()
        return self._intents[0].at if self._awake() and self._intents else None

    def act(self) -> int:
        """Read new messages, do what is due, and return how many things were done. Asleep, people do nothing."""
        self._read_new_messages()
        if self._is_to_decide:
            self._plan_decisions()
        due = self._take_due()
        if not self._awake():
            return 0
        permitted = [intent for of_due in self._read_quotes_first(due) if (intent := self._leave_to_visitor(of_due)) is not None]
        for intent in permitted:
            self._carry_out(intent)
        return len(permitted)

    def _read_quotes_first(self, due: list[Intent]) -> list[Intent]:
        """What is due; before a digest is approved, the quotes that somebody means to read: afterwards it is too late."""
        channels = {intent.message.channel for intent in due if intent.action == "approve"}
        if not channels:
            return due
        intended = sorted([*due, *self._intents])
        reviews = [intent for intent in intended if intent.action == "quote_review" and intent.message.channel in channels]
        self._intents = [intent for intent in self._intents if intent not in reviews]
        heapq.heapify(self._intents)
        return [*reviews, *(intent for intent in due if intent not in reviews)]

    def _leave_to_visitor(self, intent: Intent) -> Intent | None:
        """The intent, done by somebody who is not the visitor and may do it; None if there is nobody."""
        if intent.action not in OF_ORGANISERS:
            return None if self._visitor.has_been(intent.user) else intent
        user = next((user for user in self._readers(intent.message) if not self._visitor.has_been(user)), None)
        return None if user is None or self._visitor.decides else replace(intent, user=user)

    def leaves_undecided(self) -> bool:
        """Whether a decision of the organisers is open and no synthetic person intends to make it."""
        if self._is_to_decide:
            return False
        awake = self._awake()
        planned = {intent.message.ts for intent in list(self._intents) if awake and self._leave_to_visitor(intent) is not None}
        return any(message.ts not in planned for message in self._messages_to_decide())

    def take_over(self) -> None:
        """Decide at the next moment what is open, because the visitor has handed back the role."""
        self._is_to_decide = True

    def _plan_decisions(self) -> None:
        """Plan every open decision for now, also those intended for later."""
        self._is_to_decide = False
        self._intents = [intent for intent in self._intents if intent.action not in OF_ORGANISERS]
        heapq.heapify(self._intents)
        for message in self._messages_to_decide():
            dice = random.Random(f"{self._seed}:{message.ts}")  # noqa: S311 - a rehearsal must be repeatable
            for action, value in buttons_of(message):
                values = {"judge": partial(self._judge, dice)} if action == "quote_review" else {}
                if action in DECISIONS:
                    self._push(self._clock.now(), self._first_reader(message), message, action, values=values, value=value)

    def _messages_to_decide(self) -> Iterator[Message]:
        """The messages with an open decision: once it is made, its button is gone."""
        for channel in self._chat.state.channels:
            for message in self._chat.state.store.page(channel):
                if any(action in DECISIONS for action, _ in buttons_of(message)):
                    yield message

    def _take_due(self) -> list[Intent]:
        due = []
        while self._intents and self._intents[0].at <= self._clock.now():
            due.append(heapq.heappop(self._intents))
        return due

    def _read_new_messages(self) -> None:
        for message in self._chat.state.store.since(self._seen):
            self._seen = message.ts
            for user in self._readers(message):
                self._consider(user, message)

    def _readers(self, message: Message) -> list[str]:
        if (member := self._chat.state.dm_with(message.channel)) is not None:
            return [member.id] if message.user != member.id else []
        channel = self._chat.state.channels.get(message.channel)
        return [user for user in channel.members if user != message.user] if channel else []

    def _consider(self, user: str, message: Message) -> None:
        actions = {action for action, _ in buttons_of(message)}
        for action, plan in PLANS.items():
            if action in actions:
                self._received[user] = count = self._received.get(user, 0) + 1
                dice = random.Random(f"{self._seed}:{user}:{count}")  # noqa: S311 - a rehearsal must be repeatable
                plan(self, user, message, dice)
                return

    def _intend(  # noqa: PLR0913 - who does what to which message, when and how
        self, user: str, message: Message, action: str, after: float, values: Mapping[str, Any] | None = None, *, value: str | None = None
    ) -> None:
        """Intend to do something `after` hours after the message came, by day."""
        self._push(in_daytime(moment_of_message(message) + timedelta(hours=after)), user, message, action, values=values or {}, value=value)

    def _push(  # noqa: PLR0913 - likewise
        self, at: datetime, user: str, message: Message, action: str, *, values: Mapping[str, Any], value: str | None
    ) -> None:
        self._turns += 1
        intent = Intent(at=at, turn=self._turns, user=user, action=action, message=message, value=value, values=values)
        heapq.heappush(self._intents, intent)

    def _carry_out(self, intent: Intent) -> None:
        target = {"channel": intent.message.channel, "ts": intent.message.ts, "value": intent.value}
        ack = self._chat.press(intent.user, intent.action, **target)
        view = self._chat.view(intent.user)
        if ack.ok and view is not None:
            ack = self._complete_form(intent, view.blocks)
            self._chat.dismiss(intent.user)
        if not ack.ok:
            log.info("a synthetic person was refused", task=intent.action, reason=ack.error)

    def _complete_form(self, intent: Intent, blocks: list[Json]) -> Ack:
        """Fill in the form and send it, or press the intended button. If the form comes back, send the other values."""
        if (button := intent.values.get("press")) is not None:
            view = self._chat.view(intent.user)
            return self._chat.press(intent.user, button, view_id=view.id if view else None)
        if (judge := intent.values.get("judge")) is not None:
            return review_quotes(self._chat, intent.user, judge)
        ack = self._chat.submit(intent.user, form_values(blocks, intent.values))
        form = self._chat.view(intent.user)
        if ack.ok and "otherwise" in intent.values and form is not None and any(fields(form.blocks)):
            ack = self._chat.submit(intent.user, form_values(form.blocks, intent.values["otherwise"]))
        return self._agree_to_quote(intent.user, ack)

    def _agree_to_quote(self, user: str, ack: Ack) -> Ack:
        """Say yes to the first part of an answer that may be quoted, if the window offers any."""
        view = self._chat.view(user)
        is_offered = view is not None and self._chat.pressing(user, "quote_yes", view_id=view.id) is not None
        return self._chat.press(user, "quote_yes", view_id=view.id) if view is not None and is_offered else ack

    # --- what people intend, for each kind of message

    def plan_welcome(self, user: str, message: Message, dice: random.Random) -> None:
        """Most people just read it; a few leave, a few pause for two weeks."""
        chance = dice.random()
        if chance < self._habits.leave:
            self._intend(user, message, "leave", dice.uniform(*self._habits.haste))
        elif chance < self._habits.leave + self._habits.pause:
            until = (moment_of_message(message) + timedelta(days=14)).date().isoformat()
            self._intend(user, message, "pause", dice.uniform(*self._habits.haste), {"datepicker": until})

    def plan_question(self, user: str, message: Message, dice: random.Random) -> None:
        """Many answer, most of them soon; a few change or delete their answer afterwards."""
        if self._mind(user, message).will >= self._habits.answer:
            return
        after = dice.uniform(*self._habits.haste) * dice.random()
        wish = dice.random() < self._habits.wish
        self._intend(user, message, "answer", after, self._reply(user, message, dice, wish=wish))
        if dice.random() < self._habits.change:
            self._intend(user, message, "answer", after + 1, self._reply(user, message, dice, wish=not wish))
        if dice.random() < self._habits.delete:
            self._intend(user, message, "answer", after + 2, {"press": "delete_reply"})

    def plan_reminder(self, user: str, message: Message, dice: random.Random) -> None:
        """Some answer when they are reminded."""
        if self._mind(user, message).will < self._habits.willing:
            reply = self._reply(user, message, dice, wish=dice.random() < self._habits.wish)
            self._intend(user, message, "answer", dice.uniform(*self._habits.office), reply)

    def _mind(self, user: str, message: Message) -> Mind:
        """The person's mind about the question in a message."""
        return Mind.of(user, self._seed, find_key(message.text))

    def _reply(self, user: str, message: Message, dice: random.Random, *, wish: bool) -> dict[str, Any]:
        """A reflection with its marks. Some name a person, and some of those have other words if the form comes back."""
        language = "en" if self._chat.member(user).locale.startswith("en") else "da"
        quote = self._mind(user, message).openness < self._habits.quote
        marks = [mark for mark, is_set in (("wish", wish), ("quote", quote)) if is_set]
        text = reflection(self._place(user, message), message.text, language, seed=self._seed, wish=wish)
        words = {"plain_text_input": text, "checkboxes": marks}
        if not quote or dice.random() >= self._habits.slip:
            return words
        with_slip = {**words, "plain_text_input": f"{text} {slip(dice, language)}"}
        return {**with_slip, "otherwise": words} if dice.random() < self._habits.rewrite else with_slip

    def _place(self, user: str, message: Message) -> int:
        """The person's place among all who may answer: first those who want to be quoted, each role together."""
        members, question = self._chat.state.members, find_key(message.text)
        if (places := self._places.get((question, len(members)))) is None:
            minds = {id_: Mind.of(id_, self._seed, question) for id_ in members}
            in_order = sorted(members, key=lambda id_: (*self._habits.reticence(minds[id_]), members[id_].title, minds[id_].will))
            places = self._places[question, len(members)] = {id_: place for place, id_ in enumerate(in_order)}
        return places[user]

    def plan_draft(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel decides; now and then a draft is sent back and approved a little later."""
        if user != self._first_reader(message):
            return
        after = dice.uniform(*self._habits.office)
        if dice.random() < self._habits.send_back:
            self._intend(user, message, "send_back", after, {"plain_text_input": dice.choice(SEND_BACK_NOTES)})
            after += 1
        self._intend(user, message, "approve", after)
        if dice.random() < self._habits.choose_finding and "finding" in dict(buttons_of(message)):
            self._intend(user, message, "finding", after / 2, {"finding": lambda options: options[1 % len(options)]})

    def plan_quote_review(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel reads the quotes of each theme: most may be shown."""
        for action, theme in buttons_of(message) if user == self._first_reader(message) else ():
            values = {"judge": partial(self._judge, dice)}
            self._intend(user, message, action, dice.uniform(*self._habits.office), values, value=theme)

    def _judge(self, dice: random.Random, options: list[str]) -> str:
        """Choose one of the options; the first of them is a yes."""
        return options[0] if dice.random() < self._habits.approve_quote else dice.choice(options[1:])

    def plan_response_review(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel releases what a politician answered."""
        if user == self._first_reader(message):
            self._intend(user, message, "release", dice.uniform(*self._habits.office))

    def plan_digest(self, user: str, message: Message, dice: random.Random) -> None:
        """Many politicians acknowledge; now and then one answers, asks what is wished, or tells what became of another's promise."""
        after = dice.uniform(*self._habits.haste)
        if dice.random() < self._habits.hear:
            self._intend(user, message, "heard", after)
        for value in self._values_for(user, message, "ask_wishes", self._habits.ask_wishes):
            self._intend(user, message, "ask_wishes", after, value=value)
        for value in self._values_for(user, message, "promise_done", self._habits.tell_for_others):
            self._tell(user, message, dice, "done", value)
        if moment_of_message(message).isocalendar().week % self._habits.respond_one_week_in == 0:
            self._plan_answers(user, message, dice, after + 0.1 + self._habits.weeks_of_thought * HOURS_OF_WEEK)

    def _plan_answers(self, user: str, message: Message, dice: random.Random, after: float) -> None:
        """Whoever answers takes the next words of the season, so that no two say the same."""
        for action, share, words in (
            ("respond", self._habits.respond, RESPONSES),
            ("respond_wishes", self._habits.respond_to_wishes, RESPONSES_TO_WISHES),
        ):
            for value in self._values_for(user, message, action, share):
                self._intend(user, message, action, after, self._response(user, message, dice, *self._next(words)), value=value)

    def _values_for(self, user: str, message: Message, action: str, share: float) -> Iterator[str | None]:
        """The values of the buttons for an action that a politician means to press."""
        for pressed, value in buttons_of(message):
            if pressed == action and Mind.of(user, self._seed, f"{message.ts}:{action}:{value}").will < share:
                yield value

    def _next(self, texts: tuple[T, ...]) -> T:
        """The next of these texts in the season's order: none is said again before all have been."""
        self._said[texts] += 1
        return take_turn(texts, self._said[texts], f"{self._seed}")

    def _response(self, user: str, message: Message, dice: random.Random, kind: str, words: str) -> dict[str, Any]:
        """What a politician writes into the form; a promise has a day, and now and then it is about a quote or signed."""
        more: dict[str, Any] = {"name": self._name(user, dice)}
        if kind == "take_up":
            days = dice.randint(SHORTEST_PROMISE.days, LONGEST_PROMISE.days)
            more["due"] = (moment_of_message(message) + timedelta(weeks=self._habits.weeks_of_thought, days=days)).date().isoformat()
        elif dice.random() < self._habits.about_quote:
            more["about"] = lambda options: next((option for option in options if ":" in option), None)
        return response_values(kind, words, **more)

    def _name(self, user: str, dice: random.Random) -> str:
        return self._chat.member(user).name if dice.random() < self._habits.sign else ""

    def plan_promise(self, user: str, message: Message, dice: random.Random) -> None:
        """Most tell what became of a promise when they are asked, and some only when they are reminded."""
        chance = dice.random()
        if chance < self._habits.keep + self._habits.drop:
            outcome = "done" if chance < self._habits.keep else "dropped"
            self._tell(user, message, dice, outcome, dict(buttons_of(message))[f"promise_{outcome}"])

    def _tell(self, user: str, message: Message, dice: random.Random, outcome: str, promise: str | None) -> None:
        """Tell what became of a promise, in words that nobody has used before."""
        values = response_values(outcome, self._next(OUTCOMES[outcome]), name=self._name(user, dice))
        self._intend(user, message, f"promise_{outcome}", dice.uniform(*self._habits.haste), values, value=promise)

    def plan_wish_asked(self, user: str, message: Message, dice: random.Random) -> None:
        """Most of those whom an organiser asks answer the wishes."""
        if dice.random() < self._habits.respond_when_asked:
            response = self._response(user, message, dice, *self._next(RESPONSES_WHEN_ASKED))
            self._intend(user, message, "respond_wishes", dice.uniform(*self._habits.haste), response)

    def plan_wish_unanswered(self, user: str, message: Message, dice: random.Random) -> None:
        """The first organiser in the channel asks a few politicians to answer the wishes."""
        if user == self._first_reader(message):
            politicians = [member.id for member in self._chat.members() if member.title == TITLES["politician"]]
            asked = dice.sample(politicians, min(ASKED_AT_ONCE, len(politicians)))
            self._intend(user, message, "ask_politicians", dice.uniform(*self._habits.office), {"whom": asked})

    def _first_reader(self, message: Message) -> str:
        return self._readers(message)[0]


PLANS: Mapping[str, Callable[[SimulatedPeople, str, Message, random.Random], None]] = {
    "leave": SimulatedPeople.plan_welcome,
    "my_replies": SimulatedPeople.plan_question,
    "answer": SimulatedPeople.plan_reminder,
    "approve": SimulatedPeople.plan_draft,
    "quote_review": SimulatedPeople.plan_quote_review,
    "release": SimulatedPeople.plan_response_review,
    "heard": SimulatedPeople.plan_digest,
    "promise_done": SimulatedPeople.plan_promise,
    "respond_wishes": SimulatedPeople.plan_wish_asked,
    "ask_politicians": SimulatedPeople.plan_wish_unanswered,
}
