"""The routes of the page: what the local workspace serves to a browser.

The server draws whole pages. The script only swaps the parts that changed and posts forms without leaving the page, so without it all but
live updates works. Only this page may post here: each form carries a token that is made at start.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote
from zoneinfo import ZoneInfo

import anyio
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.workspace.page.block_html import ENVIRONMENT, MANY_VALUED, PAGE_FOLDER, field_name
from bot.workspace.page.labels import LANGUAGES, translate_client_text
from bot.workspace.page.view_model import DIRECT, HOME, PageAddress, ViewModel
from bot.workspace.state.forms import FormValues, fields

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.clock import Clock
    from bot.workspace.client.person import Ack, ChatClient
    from bot.workspace.page.clock_controls import ClockControls
    from bot.workspace.page.labels import Labels
    from bot.workspace.state.open_views import View

LOOK_EVERY: Final = 0.2  # real seconds between two checks for a change
TELL_EVERY_WHILE_PLAYING: Final = 1.0  # real seconds between two lines while time plays, when everything changes all the time
MOVES_TIME: Final = frozenset({"next", "day", "week", "play"})
CLOCK_BUTTONS: Final = MOVES_TIME | {"stop", "synthetic", "hand-back", "reset"}
COOKIE: Final = "language"
Form = ImmutableMultiDict[str, str]
KIND_OF_FORM: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 1000  # of one form; the gate sees to its length
_SANDBOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page_routes(
    chat: ChatClient, controls: ClockControls, clock: Clock, *, timezone: str = "Europe/Copenhagen", language: str = "da"
) -> list[BaseRoute]:
    """The routes of the page, for the workspace's server. `language` is used until a visitor picks another."""
    page = Page(ViewModel(chat, controls, clock, timezone=timezone), language, timezone)
    routes = [
        Route("/", page.show),
        Route("/people", page.people),
        Route("/events", page.events),
        Route("/file/{file}", page.file),
        Route("/act/{name}", page.act, methods=["POST"]),
        Mount("/static", StaticFiles(directory=PAGE_FOLDER / "static")),
    ]
    return [Mount("", routes=routes, middleware=[Middleware(WithHeaders)])]


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something posted from the page by `person`."""

    person: str
    form: Form

    def text(self, name: str) -> str:
        """One field; empty when it is not there."""
        return self.form.get(name, "")


class Page:
    """The page's answers. Drawing and acting may wait for the bot, so both happen outside the server's event loop."""

    def __init__(self, view_model: ViewModel, language: str, timezone: str) -> None:
        self._view_model = view_model
        self._chat = view_model.chat
        self._controls = view_model.controls
        self._language = language
        self._timezone = ZoneInfo(timezone)
        self._token = secrets.token_urlsafe()
        self._boot = secrets.token_hex(4)  # tells one start of the server from another
        self._acts: dict[str, Callable[[Act], Ack | None]] = {
            "press": self._press,
            "submit": self._submit,
            "dismiss": lambda act: self._chat.dismiss(act.person),
            "say": self._say,
            "home": lambda act: self._chat.open_home(act.person),
            "pick": lambda act: self._controls.pick(act.person),
        }

    # Pages

    def show(self, request: Request) -> Response:
        """The page, as the person in the address sees it."""
        query = request.query_params
        shown = {name: query.get(name) for name in ("person", "place", "beside")}
        return self._draw(request, PageAddress(**shown, all="all" in query, json="json" in query))

    def people(self, request: Request) -> Response:
        """The people a search finds."""
        query = request.query_params
        values = self._view_model.people(query.get("sought", ""), self._words(request))
        at = PageAddress(json="json" in query)
        return HTMLResponse(ENVIRONMENT.get_template("people.html").render(values, at=at, person=None, place=None, token=self._token))

    def file(self, request: Request) -> Response:
        """A file, for those who see the conversation in which it was shared. In a sandbox it can do nothing but be read."""
        file = self._chat.file(request.path_params["file"], request.query_params.get("person", ""))
        if file is None:
            return Response("no such file", status_code=404)
        is_page = file.name.endswith(".html")
        disposition = f"{'inline' if is_page else 'attachment'}; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Security-Policy": _SANDBOX, "Content-Disposition": disposition}
        return Response(file.content, headers=headers, media_type="text/html" if is_page else "application/octet-stream")

    async def events(self, _: Request) -> Response:
        """Send a line whenever the page would look different."""
        return EventSourceResponse(self._pulses())

    async def act(self, request: Request) -> Response:
        """Do what was posted, then show the same place again, or what went wrong."""
        form = await _read_form(request)
        act = Act(person=form.get("person", ""), form=form)
        if not secrets.compare_digest(act.text("token").encode(), self._token.encode()):
            return await run_in_threadpool(self._draw, request, _address_of_act(act), self._words(request).stale, 403)
        return await run_in_threadpool(self._perform, request, request.path_params["name"], act)

    # What is posted

    def _perform(self, request: Request, name: str, act: Act) -> Response:
        ack = None
        if name == "language":
            return self._switch_language(act)
        if name in MOVES_TIME:
            self._keep_visitor(act)
        if name in CLOCK_BUTTONS:
            self._use_clock(name, act)
        elif name in self._acts and self._view_model.person(act.person):
            ack = self._acts[name](act)
        else:
            return Response("no such act, or no such person", status_code=404)
        form = self._chat.view(act.person)
        if ack and not ack.ok and not (form and form.errors):  # a form shows its own errors
            words = self._words(request)
            return self._draw(request, _address_of_act(act), words.say("failed", why=translate_client_text(words, ack.error or "")), 422)
        address = _address_of_act(act, otherwise=None if name == "pick" else DIRECT)
        return RedirectResponse(address.link(place=HOME) if name == "home" else address.link(), status_code=303)

    def _switch_language(self, act: Act) -> Response:
        """Go back to the page, in another language."""
        redirect = RedirectResponse(_address_of_act(act).link(), status_code=303)
        if (language := act.text("language")) in LANGUAGES:
            redirect.set_cookie(COOKIE, language, samesite="strict", httponly=True)
        return redirect

    def _press(self, act: Act) -> Ack:
        action_id, target = _button_in(act)
        self._controls.acted(act.person)
        if view_id := act.text("view_id"):
            self._keep_typed(act)
            return self._chat.press(act.person, action_id, view_id=view_id, **target)
        return self._chat.press(act.person, action_id, channel=act.text("channel"), ts=act.text("ts"), **target)

    def _keep_typed(self, act: Act) -> None:
        """Keep what is typed in a form when a button inside it is pressed, as Slack does."""
        if (view := self._chat.view(act.person)) and view.id == act.text("view_id"):
            self._chat.type(act.person, _fields_in(view, act.form))

    def _submit(self, act: Act) -> Ack | None:
        view = self._chat.view(act.person)
        if view is None or view.id != act.text("view_id"):
            return None
        self._controls.acted(act.person)
        return self._chat.submit(act.person, _fields_in(view, act.form))

    def _say(self, act: Act) -> Ack | None:
        text = act.text("text").strip()
        if text:
            self._controls.acted(act.person)
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return self._chat.command(act.person, command, rest.strip())
        return self._chat.say(act.person, text) if text else None

    # Time

    def _use_clock(self, name: str, act: Act) -> None:  # noqa: C901 - one case for each button
        """Press one of the `CLOCK_BUTTONS`."""
        controls = self._controls
        match name:
            case "next" if due := controls.next_due():
                controls.advance(due[0])
            case "day":  # to the same hour tomorrow, also where summer time begins or ends
                controls.advance(self._view_model.clock.now().astimezone(self._timezone) + timedelta(days=1))
            case "week":
                self._advance_to_week(act.text("week"))
            case "play":
                controls.advance(None)
            case "stop":
                controls.stop()
            case "synthetic":
                controls.synthetic = not controls.synthetic
            case "hand-back" if role := controls.waits_for():
                controls.hand_back(role)
            case "reset":  # the page goes on showing the same person
                controls.reset()
                self._keep_visitor(act)

    def _keep_visitor(self, act: Act) -> None:
        """Make the person whom the page shows the visitor, even if they came by a link and were never picked."""
        if self._view_model.person(act.person):
            self._controls.pick(act.person)

    def _advance_to_week(self, label: str) -> None:
        """Advance to the opening of a week; only a week ahead will do."""
        week = self._view_model.timeline.week_named(label, self._view_model.clock.now())
        if week is None or week.opens is None:
            raise HTTPException(400, "no week ahead")
        self._controls.advance(week.opens)

    # Drawing

    def _draw(self, request: Request, address: PageAddress, notice: str = "", status: int = 200) -> Response:
        words = self._words(request)
        values_for_page = self._view_model.values_for_page(address, words)
        html = ENVIRONMENT.get_template("page.html").render(values_for_page, notice=notice, token=self._token, boot=self._boot)
        return HTMLResponse(html, status_code=status)

    def _words(self, request: Request) -> Labels:
        return LANGUAGES.get(request.cookies.get(COOKIE, ""), LANGUAGES[self._language])

    async def _pulses(self) -> AsyncIterator[dict[str, str]]:
        before, rest = "", 0.0
        while not self._chat.closed:
            rest = rest - LOOK_EVERY if self._controls.playing() else 0.0
            if rest <= 0 and (now := self._view_model.pulse()) != before:
                yield {"data": f"{self._boot} {now}"}
                before, rest = now, TELL_EVERY_WHILE_PLAYING
            await anyio.sleep(LOOK_EVERY)


class WithHeaders:
    """Puts the page's headers on every answer, unless it has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


async def _read_form(request: Request) -> Form:
    """The fields that were posted; the page's forms hold no files, so any other kind of form is refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != KIND_OF_FORM:
        raise HTTPException(415, f"only {KIND_OF_FORM} is read here")
    try:
        return Form(parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(400, "no such form") from error


def _address_of_act(act: Act, *, otherwise: str | None = DIRECT) -> PageAddress:
    """The address of the place where something was posted; `otherwise` is used if it names no place."""
    if not act.person:
        return PageAddress(json="json" in act.form)
    beside = act.text("beside") or None
    return PageAddress(person=act.person, place=act.text("place") or otherwise, beside=beside, json="json" in act.form)


def _button_in(act: Act) -> tuple[str, dict[str, Any]]:
    """The action id of the button that was pressed, and its place, as `press_value` wrote them, with the choice in a menu."""
    try:
        button = json.loads(act.text("press"))
        values = act.form.getlist(button["field"]) if "field" in button else [button["value"]]
        value = values if button.get("many") else next(iter(values), None)
        return button["action_id"], {"block_id": button["block_id"], "value": value}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HTTPException(400, "no such button") from error


def _fields_in(view: View, form: Form) -> FormValues:
    """The content of each of the view's fields in a posted form."""
    typed: FormValues = {}
    for block, element in fields(view.blocks):
        values = form.getlist(field_name(block, element))
        value = values if element["type"] in MANY_VALUED else next(iter(values), None) or None
        typed.setdefault(block["block_id"], {})[element["action_id"]] = value
    return typed
