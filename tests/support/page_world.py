"""A local workspace with its page, and a tiny bot that asks made-up people and digests their replies.

It stands in for the wired bot, so that the page's own tests need nothing but the page: the slack client it speaks with is the real one.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.page.clock_controls import ClockControls, SeasonWeek
from bot.workspace.page.routes import page_routes
from bot.workspace.server import Workspace
from bot.workspace.simulation.made_up_names import make_up_people
from bot.workspace.state.members import Channel, Population
from tests.support.local_slack import Bot, button_element, manifest, plain, web_client

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json

START = datetime(2018, 8, 15, 7, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
ASK = "Hvornår har du sidst lært noget af et barn – og hvad ændrede det i din ledelse?"

TITLES = (("Ledelse tæt på", "Leadership close by"), ("Borgeren først", "The citizen first"))
SEASON = tuple(
    SeasonWeek(
        label=f"2018-W{34 + number}", opens=START + WEEK * (number + 1), titles=dict(zip(("da", "en"), TITLES[number % 2], strict=True))
    )
    if number != 8
    else SeasonWeek(label="2018-W42", opens=None)
    for number in range(17)
)

LEADERS, REPS = make_up_people(30, kind="leader"), make_up_people(12, kind="employee_rep")
POLITICIANS, ORGANISERS = make_up_people(5, kind="politician"), make_up_people(3, kind="organiser")
LEADER, POLITICIAN, ORGANISER = LEADERS[0], POLITICIANS[0], ORGANISERS[0]


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def question() -> list[dict[str, Any]]:
    sure = {
        "title": plain("Ikke med?"),
        "text": plain("Så får du ikke flere spørgsmål."),
        "confirm": plain("Ikke med"),
        "deny": plain("Bliv"),
    }
    return [
        context("*Ledelse tæt på*"),
        {"type": "header", "text": plain("Ugens spørgsmål")},
        section(f"{ASK}\n\nDu kan svare til *fredag den 24. august kl. 10.00*."),
        {
            "type": "actions",
            "elements": [button_element("Svar", "answer", style="primary"), button_element("Ikke med", "leave", confirm=sure)],
        },
        context("Skriv ikke navne eller oplysninger om bestemte børn, borgere eller kolleger. Dit svar behandles _fortroligt_."),
    ]


def digest(number: int) -> list[dict[str, Any]]:
    return [
        {"type": "header", "text": plain(f"Uge {33 + number}: Hvad lederne tænker")},
        section(f"*Ledelse tæt på*\n> {ASK}\nOmkring 25 har svaret. Omkring 10 havde et ønske til jer."),
        {"type": "divider"},
        section("*Siden sidst*\nDer er endnu ikke kommet svar fra jer."),
        {"type": "actions", "elements": [button_element("Hørt", "heard", style="primary"), button_element("Svar deltagerne", "respond")]},
        context(f"Overblik nr. {number} · `a3f9c1` · <!channel>"),
    ]


def form() -> dict[str, Any]:
    marks = [
        {"text": plain(words), "value": name}
        for words, name in (("Det her er et ønske til politikerne", "wish"), ("I må citere mig uden navn", "quote"))
    ]
    return {
        "type": "modal",
        "callback_id": "reply",
        "title": plain("Dit svar"),
        "submit": plain("Send svar"),
        "close": plain("Luk"),
        "blocks": [
            section(f"*Ledelse tæt på*\n{ASK}"),
            {
                "type": "input",
                "block_id": "text",
                "label": plain("Dit svar"),
                "hint": plain("Højst 3.000 tegn."),
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 3000},
            },
            {
                "type": "input",
                "block_id": "marks",
                "optional": True,
                "label": plain("Hvad må der ske med svaret?"),
                "element": {"type": "checkboxes", "action_id": "marks", "options": marks},
            },
            context("Kun du kan se dit svar. Organisatorer og politikere ser tal, når mindst 5 har svaret."),
        ],
    }


def said(title: str, words: str) -> dict[str, Any]:
    return {"type": "modal", "title": plain(title), "close": plain("Luk"), "blocks": [section(words)]}


class PageWorld:
    """The workspace, its page, and the bot. `replies` hold what was sent; `silent` makes the bot acknowledge nothing.

    `windows` are shown instead of the bot's own when a button with that action id is pressed, or a form with that callback id is sent.
    `sent` holds what was filled in in other forms, `reviews` what was pressed in windows: action, block, and choice.
    """

    def __init__(self, **options: Any) -> None:
        self.clock = MovableClock(START)
        self.halt = threading.Event()
        self.chat = ChatClient(_population(), self.clock)
        self.controls = ClockControls(
            next_due=self.next_due,
            advance=self.advance,
            playing=lambda: self.playing,
            stop=self.halt.set,
            reset=self.chat.reset,
            happened=lambda: self.happened,
            season=lambda: SEASON,
            pick=lambda person: self.visits.append(("pick", person)),
            acted=lambda person: self.visits.append(("acted", person)),
            waits_for=lambda: self.waits_for,
            hand_back=self.hand_back,
        )
        self.workspace = Workspace(
            self.chat,
            manifest(),
            pages=page_routes(self.chat, self.controls, self.clock),
            **{"limits": False, **options},
        )
        self.replies: list[dict[str, Any]] = []
        self.windows: dict[str, Json] = {}
        self.reviews: list[tuple[str, str, str | None]] = []
        self.sent: list[dict[str, Any]] = []
        self.visits: list[tuple[str, str]] = []
        self.happened: tuple[datetime, str] | None = None
        self.waits_for: str | None = None
        self.silent = False
        self.playing = False
        self.weeks = 3
        self.worker: threading.Thread | None = None

    def begin_again(self) -> None:
        """As on the first day, for the next test."""
        self.halt.set()
        self.worker_is_done()
        self.chat.reset()
        self.clock._now = START
        self.replies.clear()
        self.reviews.clear()
        self.sent.clear()
        self.windows.clear()
        self.visits.clear()
        self.happened = self.waits_for = None
        self.silent, self.weeks, self.controls.synthetic = False, 3, True

    def open(self) -> None:
        self.workspace.start()
        self.client = web_client(self.workspace)
        self.bot = Bot(self.client)
        self.bot.answers = dict.fromkeys(("block_actions", "view_submission", "event_callback", "command"), self._answer)
        self.bot.socket.connect()

    def shut(self) -> None:
        self.halt.set()
        self.worker_is_done()
        self.bot.hang_up(self.workspace)
        self.chat.state.store.close()

    # Time

    def hand_back(self, role: str) -> None:
        self.visits.append(("hand back", role))
        self.waits_for = None

    def next_due(self) -> tuple[datetime, str] | None:
        sent = len(self.chat.messages("C0DIGEST", POLITICIAN.id))
        return (START + WEEK * (sent + 1), f"Spørgsmål {sent + 1} og overblik {sent + 1}") if sent < self.weeks else None

    def advance(self, until: datetime | None) -> None:
        if not self.playing:
            self.playing = True
            self.halt.clear()
            self.worker = threading.Thread(target=self._play, args=(until,))
            self.worker.start()

    def worker_is_done(self) -> None:
        """Wait for a play to end."""
        if self.worker:
            self.worker.join()

    def _play(self, until: datetime | None) -> None:
        while (due := self.next_due()) and not self.halt.is_set() and (until is None or due[0] <= until):
            self.clock.move_to(due[0])
            self.ask()
            self.happened = (due[0], "round")
            if until is None:
                self.halt.wait(0.3)  # so that somebody has the time to press Stop
        if until is not None:
            self.clock.move_to(until)
        self.playing = False

    def ask(self) -> None:
        number = len(self.chat.messages("C0DIGEST", POLITICIAN.id)) + 1
        for person in (LEADER, REPS[0]):
            self.client.chat_postMessage(channel=person.id, text=ASK, blocks=question())
        self.client.chat_postMessage(channel="C0DIGEST", text="Overblik", blocks=digest(number))
        self.client.chat_postMessage(channel="C0ORGANISERS", text=f"Overblik {number} er sendt. <@{POLITICIAN.id}> kan læse den.")

    # The bot

    def _answer(self, payload: dict[str, Any]) -> Any:
        return False if self.silent else getattr(self, f"_on_{payload.get('type', 'command')}")(payload)

    def _on_block_actions(self, payload: dict[str, Any]) -> None:
        person, action = payload["user"]["id"], payload["actions"][0]["action_id"]
        if action in self.windows and payload.get("view", {}).get("type") == "modal":
            pressed = payload["actions"][0]
            chosen = pressed.get("selected_option") or {}
            self.reviews.append((action, pressed["block_id"], chosen.get("value")))
            self.client.views_update(view_id=payload["view"]["id"], view=self.windows[action])
        elif action in self.windows:
            self.client.views_open(trigger_id=payload["trigger_id"], view=self.windows[action])
        elif action == "answer":
            self.client.views_open(trigger_id=payload["trigger_id"], view=form())
        elif action == "respond":
            self.client.views_open(trigger_id=payload["trigger_id"], view=said("Svar deltagerne", "Det kommer med en senere opgave."))
        else:
            self.client.chat_postEphemeral(channel=payload["channel"]["id"], user=person, text="Det er noteret. *Tak.*")

    def _on_view_submission(self, payload: dict[str, Any]) -> dict[str, Any]:
        values, sent = payload["view"]["state"]["values"], payload["view"]["callback_id"]
        if sent != "reply":
            self.sent.append({name: _filled(field[name]) for name, field in values.items()})
            return {"response_action": "update", "view": said("Tak", "Det er gemt.")}
        if "!" in values["text"]["text"]["value"]:
            return {"response_action": "errors", "errors": {"text": "Skriv uden udråbstegn."}}
        self.replies.append({"who": payload["user"]["id"], "text": values["text"]["text"]["value"], "marks": _ticked(values)})
        thanks = said("Tak", "Dit svar er gemt. Du kan ændre det indtil fredag kl. 10.00.")
        return {"response_action": "update", "view": self.windows.pop(sent, thanks)}

    def _on_event_callback(self, payload: dict[str, Any]) -> None:
        event = payload["event"]
        if event["type"] == "app_home_opened":
            self.client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": [section("*Dine svar*\nDu har ikke svaret endnu.")]}
            )
        elif event["type"] == "message":
            self.client.chat_postMessage(channel=event["channel"], text="Skriv helst i formularen. Slet selv beskeden.")

    def _on_command(self, payload: dict[str, Any]) -> dict[str, Any]:
        return {"response_type": "ephemeral", "text": f"Du skrev `{payload['command']}`. Der er ikke noget at svare på lige nu."}


def _ticked(values: dict[str, Any]) -> list[str]:
    return [option["value"] for option in values["marks"]["marks"]["selected_options"]]


def _filled(field: Json) -> Any:
    """What stands in a field of any kind."""
    value = next(value for name, value in field.items() if name != "type")
    return value["value"] if isinstance(value, dict) else value


def _population() -> Population:
    folk, bot = POLITICIANS + ORGANISERS, "U0BOT"
    return Population(
        members=LEADERS + REPS + POLITICIANS + ORGANISERS,
        channels=(
            Channel(id="C0DIGEST", name="overblik", members=(*(member.id for member in folk), bot), is_ext_shared=True),
            Channel(id="C0ORGANISERS", name="organisatorer", members=(*(member.id for member in ORGANISERS), bot), is_private=True),
        ),
    )
