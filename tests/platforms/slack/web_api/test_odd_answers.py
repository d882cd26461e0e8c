"""An answer that is cut off, no object, incomplete or of another kind does no harm."""

from __future__ import annotations

import contextlib
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import Unsure
from bot.platforms.slack import SlackPlatform
from bot.programme import Language, Source
from bot.seam.meaning import Plain
from bot.seam.platform import Receipt
from tests.support.scripted_server import Answer, ScriptedServer, scripted_server
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HELLO = Plain(language=Language.DA, paragraphs=("Hej.",))
GROUP, CHANNEL = Source(usergroup="S0"), Source(channel="C0")
FILE = Source(file="people/x.csv", emails=("anna@example.org", "bo@example.org"))
ODD: list[Any] = [None, True, 7, 1.5, "", "ord", [], ["ord"], {}, {"id": 7}, {"ok": True}]
CALLS: dict[str, Callable[[SlackPlatform], object]] = {
    "chat.postMessage": lambda slack: slack.send("U0ANNA", HELLO, "d1"),
    "conversations.open": lambda slack: slack.find("U0ANNA", "d1", OPENS),
    "conversations.history": lambda slack: slack.find("C0", "d1", OPENS),
    "conversations.info": lambda slack: slack.channel("C0"),
    "users.list": lambda slack: slack.roster((GROUP,)),
    "usergroups.users.list": lambda slack: slack.roster((GROUP,)),
    "conversations.members": lambda slack: slack.roster((CHANNEL,)),
}


def user(name: str, **more: Any) -> dict[str, Any]:
    person = {"id": f"U0{name.upper()}", "name": name, "real_name": f"{name} Testesen", "locale": "da-DK", "tz": "Europe/Copenhagen"}
    return person | {"profile": {"email": f"{name}@example.org"}} | more


@pytest.fixture(scope="module")
def listening() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def server(listening: ScriptedServer) -> ScriptedServer:
    listening.answers = {
        "users.list": {"ok": True, "members": [user("anna"), user("bo")]},
        "usergroups.users.list": {"ok": True, "users": ["U0ANNA", "U0BO"]},
        "conversations.members": {"ok": True, "members": ["U0ANNA", "U0BO"]},
        "conversations.open": {"ok": True, "channel": {"id": "D0ANNA"}},
    }
    return listening


@pytest.fixture
def slack(server: ScriptedServer) -> SlackPlatform:
    platform = SlackPlatform(bot_token="xoxb-1", app_token="xapp-1", api_url=server.api_url)
    platform._bot = "U0BOT"
    return platform


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"true", b'"ord"', b'{"ok": tru', b"<html>502</html>", b'\xff{"ok": true}', b'{"ok": true}', b"{}"]
)
def test_an_answer_that_does_not_say_what_it_should_leaves_it_open(
    slack: SlackPlatform, server: ScriptedServer, method: str, body: bytes
) -> None:
    server.answers[method] = Answer(body=body)
    with pytest.raises(Unsure):
        CALLS[method](slack)


@pytest.mark.parametrize("method", CALLS)
def test_an_answer_that_is_cut_off_leaves_it_open(slack: SlackPlatform, server: ScriptedServer, method: str) -> None:
    whole = json.dumps(server.answers.get(method, {"ok": True, "channel": "D0ANNA", "ts": "1.1"})).encode()
    for kept in (0, 1, len(whole) // 2, len(whole) - 1, len(whole)):
        server.answers[method] = Answer(body=whole[:kept], missing=max(len(whole) - kept, 1))
        with pytest.raises(Unsure):
            CALLS[method](slack)


@pytest.mark.parametrize("odd", [*(value for value in ODD if not isinstance(value, str) or not value)], ids=repr)
@pytest.mark.parametrize("name", ["ts", "channel"])
def test_a_receipt_of_another_kind_leaves_it_open(slack: SlackPlatform, server: ScriptedServer, name: str, odd: Any) -> None:
    server.answers["chat.postMessage"] = {"ok": True, "channel": "D0ANNA", "ts": "1.1"} | {name: odd}
    with pytest.raises(Unsure):
        slack.send("U0ANNA", HELLO, "d1")


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", [None, *user("odd"), "deleted", "is_bot"])
def test_an_odd_record_of_a_person_stops_nobody(slack: SlackPlatform, server: ScriptedServer, name: str | None, odd: Any) -> None:
    server.answers["users.list"]["members"].insert(0, odd if name is None else user("odd") | {name: odd})
    rosters = slack.roster((GROUP, CHANNEL, FILE))
    for source in (GROUP, CHANNEL, FILE):
        assert [found.address for found in rosters[source].found] == ["U0ANNA", "U0BO"]


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What we have logged; servers of other tests may still be closing."""
    return [f"{record.getMessage()}: {vars(record).get('count')}" for record in caplog.records if record.name.startswith("bot.")]


@pytest.mark.parametrize("odd", [value for value in ODD if value is not True], ids=repr)  # true is no odd answer to "is it a bot?"
@pytest.mark.parametrize("name", ["name", "real_name", "locale", "tz", "profile", "deleted", "is_bot"])
def test_a_person_on_a_list_stays_on_it_whatever_their_record_says(
    slack: SlackPlatform, server: ScriptedServer, name: str, odd: Any
) -> None:
    server.answers["users.list"]["members"][0][name] = odd
    anna, bo = slack.roster((GROUP,))[GROUP].found
    assert (anna.address, anna.active, bo.address) == ("U0ANNA", True, "U0BO")
    assert isinstance(anna.timezone, str | None)
    assert all(isinstance(called, str) for called in anna.names)


@pytest.mark.parametrize("odd", [value for value in ODD if value != ["ord"]], ids=repr)
@pytest.mark.parametrize("name", ["email", "real_name", "display_name"])
def test_an_odd_profile_stops_nobody(slack: SlackPlatform, server: ScriptedServer, name: str, odd: Any) -> None:
    server.answers["users.list"]["members"][0]["profile"][name] = odd
    assert [found.address for found in slack.roster((GROUP,))[GROUP].found] == ["U0ANNA", "U0BO"]
    assert "U0BO" in [found.address for found in slack.roster((FILE,))[FILE].found]


@pytest.mark.parametrize("odd", [value for value in ODD if value != "ord"], ids=repr)
@pytest.mark.parametrize(
    ("method", "name", "source"), [("usergroups.users.list", "users", GROUP), ("conversations.members", "members", CHANNEL)]
)
def test_what_is_no_id_on_a_list_is_left_out(
    slack: SlackPlatform, server: ScriptedServer, method: str, name: str, source: Source, odd: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers[method][name].insert(0, odd)
    assert [found.address for found in slack.roster((source,))[source].found] == ["U0ANNA", "U0BO"]
    assert ours(caplog) == ["a list has entries that are no person's id: 1"]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_person_of_elsewhere_with_an_odd_record_stays_on_the_list(slack: SlackPlatform, server: ScriptedServer, odd: Any) -> None:
    server.answers["usergroups.users.list"]["users"] = ["U0ELSE", "U0BO"]
    server.answers["users.info"] = {"ok": True, "user": odd}
    assert [found.address for found in slack.roster((GROUP,))[GROUP].found] == ["U0ELSE", "U0BO"]


def test_the_log_says_how_many_records_were_odd_and_nothing_of_them(
    slack: SlackPlatform, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["users.list"]["members"] += ["hemmelig", None, user("mus", tz=["hemmelig"]), user("ko", profile="hemmelig")]
    with caplog.at_level(logging.DEBUG):
        slack.roster((GROUP,))
    assert "Slack's list of people has records that cannot be read in full: 4" in ours(caplog)
    assert "hemmelig" not in str([vars(record) for record in caplog.records])


@pytest.mark.parametrize("odd", [value for value in ODD if value != []], ids=repr)
@pytest.mark.parametrize("method", ["users.list", "usergroups.users.list", "conversations.members", "conversations.history"])
def test_a_list_that_is_none_leaves_it_open(slack: SlackPlatform, server: ScriptedServer, method: str, odd: Any) -> None:
    name = {"usergroups.users.list": "users", "conversations.history": "messages"}.get(method, "members")
    server.answers[method] = {"ok": True, name: odd}
    if odd == ["ord"] and method != "conversations.history":
        return  # a list like any other
    with pytest.raises(Unsure):
        CALLS[method](slack)


OURS = {
    "user": "U0BOT",
    "bot_id": "B0",
    "ts": "1.1",
    "metadata": {"event_type": "eftertanke_delivery", "event_payload": {"delivery": "d1"}},
}


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", [None, *OURS, "payload"])
def test_an_odd_message_in_a_conversation_is_read_or_raises_doubt(
    slack: SlackPlatform, server: ScriptedServer, name: str | None, odd: Any
) -> None:
    other = OURS | {"metadata": {"event_type": "eftertanke_delivery", "event_payload": odd if name == "payload" else {"delivery": "d0"}}}
    message = odd if name is None else other if name == "payload" else other | {name: odd}
    server.answers["conversations.history"] = {"ok": True, "messages": [message, OURS]}
    found = []
    with contextlib.suppress(Unsure):
        found.append(slack.find("C0", "d1", OPENS))
    assert found in ([], [Receipt(channel="C0", stamp="1.1")])
