"""Only those who may are let in at the local workspace; what is too large or slow is refused."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.clock import MovableClock
from bot.errors import SetupFault
from bot.workspace.client.person import ChatClient
from bot.workspace.gate import MOST_BODY, MOST_HEAD
from bot.workspace.page.clock_controls import ClockControls
from bot.workspace.page.routes import page_routes
from bot.workspace.server import LAST_PORT, MOST_PORTS, bind
from tests.support.faults import refuses
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN, START, connected_bot, manifest, population, raw, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.server import Workspace

PATIENCE = 0.2  # real seconds
SAID = "channel=U0ANE&text=hej"


@contextmanager
def guarded() -> Iterator[Workspace]:
    """A server with its page, which takes the two tokens and soon loses patience."""
    chat = ChatClient(population(), MovableClock(START))
    controls = ClockControls(next_due=lambda: None, advance=print, playing=lambda: False, stop=print, reset=chat.reset)
    pages = page_routes(chat, controls, chat.state.clock)
    with serve(chat, manifest(), pages=pages, patience=PATIENCE, tokens=(BOT_TOKEN, APP_TOKEN)) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def standing() -> Iterator[Workspace]:
    """The server for all tests; they take `server`."""
    with guarded() as workspace:
        yield workspace


@pytest.fixture
def server(standing: Workspace) -> Workspace:
    standing.chat.reset()
    return standing


@pytest.fixture
def chat(server: Workspace) -> ChatClient:
    return server.chat


class Line:
    """A bare connection."""

    def __init__(self, server: Workspace) -> None:
        self.host = urlsplit(server.address).netloc
        name, _, port = self.host.partition(":")
        self.socket = socket.create_connection((name, int(port)), timeout=5)

    def send(self, text: str) -> None:
        self.socket.sendall(text.encode())

    def head(self, request: str, **headers: str) -> None:
        """A request's whole head, without a body."""
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in {"Host": self.host, **headers}.items()]
        self.send("\r\n".join([f"{request} HTTP/1.1", *lines, "", ""]))

    def rest(self) -> str:
        """Whatever comes until the other side has closed; nothing if it broke off."""
        parts = []
        try:
            while part := self.socket.recv(65536):
                parts.append(part)
        except ConnectionResetError:
            pass
        self.socket.close()
        return b"".join(parts).decode()

    def status(self) -> int:
        """The status of the answer."""
        status = int(self.socket.recv(65536).split()[1])
        self.socket.close()
        return status


def ask(server: Workspace, request: str, body: str = "", **headers: str) -> int:
    """The status of the answer to one request."""
    line = Line(server)
    more = {"Content_Length": str(len(body))} if body else {}
    line.head(request, **more, **headers)
    line.send(body)
    return line.status()


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "views.publish", "conversations.open", "apps.connections.open", "x"])
def test_nothing_that_changes_anything_can_be_fetched(server: Workspace, chat: ChatClient, method: str) -> None:
    bearer = {"Authorization": f"Bearer {BOT_TOKEN}"}
    assert ask(server, f"GET /api/{method}?token={BOT_TOKEN}&{SAID}", **bearer) == 405
    assert ask(server, f"HEAD /api/{method}?token={BOT_TOKEN}&{SAID}", **bearer) == 405
    assert chat.messages("D0ANE", "U0ANE") == []


def test_a_method_that_reads_may_be_fetched(server: Workspace) -> None:
    line = Line(server)
    line.head("GET /api/users.info?user=U0ANE", Authorization=f"Bearer {BOT_TOKEN}", Connection="close")
    assert '"ok":true' in line.rest()


def test_a_token_in_an_address_is_none_and_only_this_starts_tokens_are_taken(server: Workspace) -> None:
    assert raw(server, "chat.postMessage", query=f"token={BOT_TOKEN}&{SAID}", Authorization="")["error"] == "not_authed"
    for guess in ("xoxb-local-", "xoxb-local-eftertanke", f"{BOT_TOKEN}x", BOT_TOKEN[:-1], "xoxb-local-%C3%A6"):
        assert raw(server, "auth.test", f"token={guess}", "application/x-www-form-urlencoded", Authorization="")["error"] == "invalid_auth"
    assert raw(server, "auth.test")["ok"] is True


@pytest.mark.parametrize("site", ["cross-site", "same-site", "whatever"])
def test_what_another_sites_page_asks_for_is_refused(server: Workspace, chat: ChatClient, site: str) -> None:
    for request in ("GET /api/users.list", "GET /", "GET /events", "GET /static/page.js", "POST /act/say", "POST /api/chat.postMessage"):
        body = SAID if request.startswith("POST") else ""
        assert ask(server, request, body, Sec_Fetch_Site=site, Authorization=f"Bearer {BOT_TOKEN}") == 403
    assert chat.messages("D0ANE", "U0ANE") == []


def test_a_link_to_the_page_may_stand_anywhere_but_leads_to_the_page_alone(server: Workspace) -> None:
    followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert ask(server, "GET /", **followed) == 200
    assert ask(server, "GET /", **{**followed, "Sec_Fetch_Dest": "iframe"}) == 403
    assert ask(server, "GET /people", **followed) == 403
    assert ask(server, "POST /", **followed) == 403


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_the_page_itself_is_let_in(server: Workspace, site: str) -> None:
    assert ask(server, "GET /people", Sec_Fetch_Site=site) == 200


@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "same-site"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "null"}, {"Host": "example.org"}]
)
def test_no_other_page_opens_a_socket(server: Workspace, headers: dict[str, str]) -> None:
    wanted = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    ticket = server.socket_mode.ticket()
    assert ask(server, f"GET /socket?ticket={ticket}", **wanted, **headers) == 403
    assert ask(server, f"GET /socket?ticket={ticket}", **wanted) == 101


def test_a_body_that_is_too_large_is_not_read(server: Workspace) -> None:
    assert ask(server, "POST /api/auth.test", Content_Length=str(MOST_BODY + 1)) == 413
    line = Line(server)
    line.head("POST /api/auth.test", Transfer_Encoding="chunked")
    line.send(f"{MOST_BODY:x}\r\n{'x' * MOST_BODY}\r\n1\r\nx\r\n")
    assert line.status() == 413


def test_a_head_that_is_too_large_is_not_read(server: Workspace) -> None:
    assert ask(server, "GET /", Much="x" * (MOST_HEAD - 20)) == 431
    line = Line(server)
    begun = "GET / HTTP/1.1\r\nMuch: "
    line.send(begun + "x" * (MOST_HEAD + 1 - len(begun)))  # and no end
    assert line.status() == 431


@pytest.mark.parametrize("begun", ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
def test_a_request_that_does_not_come_to_its_end_is_dropped(server: Workspace, begun: str) -> None:
    line = Line(server)
    line.send(begun)
    assert line.rest() == ""


def test_a_body_that_does_not_come_to_its_end_is_not_waited_for(server: Workspace) -> None:
    line = Line(server)
    line.head("POST /api/auth.test", Content_Length="10")
    line.send("text")
    assert line.rest().startswith("HTTP/1.1 408 ")


def test_a_connection_is_used_again(server: Workspace) -> None:
    line = HTTPConnection(urlsplit(server.address).netloc, timeout=5)
    line.connect()
    ours = line.sock.getsockname()
    for _ in range(3):
        line.request("GET", "/people")
        assert line.getresponse().read()
        assert line.sock.getsockname() == ours
    line.close()


def test_a_bot_is_dropped_neither_for_its_silence_nor_for_words_that_are_no_json() -> None:
    with guarded() as server, connected_bot(server) as bot:
        for odd in ("{", "[]", json.dumps({"envelope_id": []})):
            bot.socket.send_message(odd)
        assert Line(server).rest() == ""  # longer than anybody's patience
        assert server.chat.say("U0ANE", "hej").ok
        assert len(bot.wait_for(1)) == 1


@pytest.mark.parametrize("body", ["{", "[]", "7", "", "[" * 100_000, '{"text": "\\ud800"}', "\x00"])
def test_what_is_no_json_is_answered_with_400(server: Workspace, body: str) -> None:
    assert ask(server, "POST /response/whatever", body) == 400
    if body:
        assert ask(server, "POST /api/chat.postMessage", body, Content_Type="application/json") == 400
    nested = f"channel=U0ANE&text=hej&blocks={'[' * 100_000}"
    assert raw(server, "chat.postMessage", nested, "application/x-www-form-urlencoded")["error"] == "invalid_blocks_format"


def test_a_form_that_is_no_text_is_answered_with_400(server: Workspace) -> None:
    line = Line(server)
    line.head("POST /api/auth.test", Content_Length="1")
    line.socket.sendall(b"\xff")
    assert line.status() == 400


def test_ports_that_are_taken_and_an_address_that_is_not_there_are_told_apart() -> None:
    first = bind(0)
    port = first.getsockname()[1]
    with bind(port) as second:  # the next free one
        assert port < second.getsockname()[1] < port + MOST_PORTS
    first.close()
    with refuses(SetupFault, match=r"192\.0\.2\.1 is not there on this machine .*IPv4"):
        bind(8080, host="192.0.2.1")


def test_that_all_ports_are_taken_is_said_with_the_ports() -> None:
    with ExitStack() as stack:
        with suppress(SetupFault):  # somebody else has it already
            stack.enter_context(bind(LAST_PORT))
        with refuses(SetupFault, match=r"No free port at 127\.0\.0\.1 from 65535 to 65535\. Close a program"):
            bind(LAST_PORT)
