"""A small local workspace behind its server, and a bare bot on the real Slack client."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.workspace.server import Workspace
from bot.workspace.state.members import Channel, Member, Population, Usergroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slack_sdk.socket_mode.request import SocketModeRequest

    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import ChatClient

START = datetime(2018, 8, 15, 8, 0, tzinfo=UTC)
BOT_TOKEN, APP_TOKEN = "xoxb-local-test", "xapp-local-test"
ACK_WITHIN = 0.3  # real seconds, so that silence is met quickly
SCOPES = """
chat:write commands im:read im:write im:history users:read users:read.email usergroups:read
channels:read channels:history groups:read groups:history files:write
"""
EVENTS = "message.im app_home_opened user_change team_join subteam_updated subteam_members_changed member_joined_channel channel_archive"


def manifest(scopes: str = SCOPES, events: str = EVENTS, **features: Any) -> dict[str, Any]:
    """An app manifest with these scopes and events."""
    return {
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "slash_commands": [{"command": "/eftertanke"}],
            **features,
        },
        "oauth_config": {"scopes": {"bot": scopes.split()}},
        "settings": {
            "event_subscriptions": {"bot_events": events.split()},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


def people() -> tuple[Member, ...]:
    names = [("U0ANE", "Anemone Prøvegaard"), ("U0BLA", "Blåklokke Testesen"), ("U0GON", "Grævling Kladdedal")]
    return tuple(Member(id=key, name=name, email=f"{key.lower()}@example.org", deleted=key == "U0GON") for key, name in names)


def population() -> Population:
    channels = (
        Channel(id="C0DIGEST", name="digest", members=("U0ANE", "U0BOT"), is_ext_shared=True),
        Channel(id="C0OTHER", name="andet", members=("U0ANE",)),
        Channel(id="C0OLD", name="gammel", members=("U0ANE", "U0BOT"), is_archived=True),
        Channel(id="G0INSIDE", name="inde", members=("U0ANE", "U0BOT"), is_private=True),
        Channel(id="G0HIDDEN", name="skjult", members=("U0ANE",), is_private=True),
    )
    return Population(
        members=people(), channels=channels, usergroups=(Usergroup(id="S0ALL", handle="alle", name="Alle", users=("U0ANE", "U0BLA")),)
    )


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button_element(text: str, action_id: str, value: str = "1", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value, **more}


def button(action_id: str = "answer", value: str = "1") -> dict[str, Any]:
    """A row with one button."""
    return {"type": "actions", "elements": [button_element("Svar", action_id, value)]}


def form(title: str = "Svar", **more: Any) -> dict[str, Any]:
    """A modal with a text, two marks and a choice."""
    marks = [{"text": plain("Ønske"), "value": "wish"}, {"text": plain("Citat"), "value": "quote"}]
    field = {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 20, "min_length": 2, "initial_value": "før"}
    blocks = [
        {"type": "input", "block_id": "reply", "label": plain("Dit svar"), "element": field},
        {
            "type": "input",
            "block_id": "marks",
            "label": plain("Må vi"),
            "optional": True,
            "element": {"type": "checkboxes", "action_id": "marks", "options": marks},
        },
    ]
    return {"type": "modal", "callback_id": "reply", "title": plain(title), "submit": plain("Send"), "blocks": blocks, **more}


class Bot:
    """A bot on the real slack client. `answers` maps a payload's type to what is done and acknowledged; False: no acknowledgement."""

    def __init__(self, client: WebClient) -> None:
        self.client = client
        self.answers: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self.heard: list[SocketModeRequest] = []
        self.came = threading.Condition()
        self.socket = SocketModeClient(APP_TOKEN, web_client=client, ping_interval=0.5)
        self.socket.proxy = None
        self.socket.socket_mode_request_listeners.append(self._listen)

    def hang_up(self, workspace: Workspace) -> None:
        """The workspace stops first, since the client waits for seconds at a silent line."""
        self.socket.auto_reconnect_enabled = False
        workspace.stop()
        self.socket.close()

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The payloads heard, once there are `count` of them."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.heard) >= count, 5), f"only {len(self.heard)} came"
        return [request.payload for request in self.heard]

    def _listen(self, client: Any, request: SocketModeRequest) -> None:
        with self.came:
            self.heard.append(request)
            self.came.notify_all()
        kind = request.payload.get("type", "command")
        answer = self.answers.get(kind, lambda _: None)(request.payload)
        if answer is not False:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=answer))


def web_client(workspace: Workspace, token: str = BOT_TOKEN) -> WebClient:
    """The real client, without retries of its own and around any proxy."""
    client = WebClient(token, base_url=f"{workspace.address}api/", timeout=5, retry_handlers=[])
    client.proxy = None
    return client


@contextmanager
def serve(chat: ChatClient, app_manifest: dict[str, Any], **options: Any) -> Iterator[Workspace]:
    """A server around a client of the workspace, for a while."""
    workspace = Workspace(chat, app_manifest, **options)
    workspace.start()
    yield workspace
    workspace.stop()
    chat.state.store.close()


@contextmanager
def connected_bot(workspace: Workspace) -> Iterator[Bot]:
    """A bot that acknowledges everything, for a while."""
    bot = Bot(web_client(workspace))
    bot.socket.connect()
    yield bot
    bot.hang_up(workspace)


def raw(workspace: Workspace, method: str, body: str = "", content_type: str = "", query: str = "", **headers: str) -> dict[str, Any]:
    """One call in any shape, as text; the answer's JSON with the status beside it."""
    connection = HTTPConnection(str(urlsplit(workspace.address).netloc))
    given = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": content_type, **headers}
    connection.request("POST", f"/api/{method}?{query}", body, given)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return {"status": response.status, "headers": response.headers, **(json.loads(text) if text.startswith("{") else {"text": text})}


def look_alikes(shown: list[Json] | Json) -> list[str]:
    """What a phone shows of the buttons of a message or a view, where it shows that of several."""
    view = {"blocks": shown} if isinstance(shown, list) else shown
    buttons = [element for block in view["blocks"] for element in block.get("elements", ()) if element.get("type") == "button"]
    labels = [each["text"]["text"] for each in buttons] + [view[name]["text"] for name in ("submit", "close") if name in view]
    looks = ["".join(label[:25].lower().split()) for label in labels]
    return [look for look in looks if looks.count(look) > 1]
