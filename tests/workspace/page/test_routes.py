"""The page answers as it should, and only those it should."""

from __future__ import annotations

import html
import http.client
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.page.clock_controls import ClockControls, SeasonWeek
from bot.workspace.page.routes import page_routes
from bot.workspace.state.message_store import SharedFile
from tests.support.local_slack import START, Bot, button, connected_bot, manifest, plain, population, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.server import Workspace

ANE = "/?person=U0ANE"


class Visitor:
    """A browser without script: fetches, posts with the token it was given, keeps one cookie."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookie = ""
        self.token = ""
        self.headers: dict[str, str] = {}

    def fetch(self, path: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, str]:
        """The status, and the body or where it sends the visitor."""
        line = http.client.HTTPConnection(self.host, timeout=5)
        line.request(method, path, body.encode(), {"Cookie": self.cookie, **headers})
        answer = line.getresponse()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        shown = answer.read().decode()
        line.close()
        self.cookie = self.headers.get("set-cookie", self.cookie).partition(";")[0]
        self.token = next(iter(re.findall('name="token" value="([^"]+)"', shown)), self.token)
        return answer.status, self.headers.get("location", shown)

    def post(self, what: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
        return self.fetch(f"/act/{what}", "POST", urlencode({"token": self.token, **form}), **{**kind, **(headers or {})})


@pytest.fixture
def moves() -> list[Any]:
    """What the clock's buttons asked for."""
    return []


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def chat(clock: MovableClock) -> ChatClient:
    return ChatClient(population(), clock)


@pytest.fixture
def server(chat: ChatClient, clock: MovableClock, moves: list[Any]) -> Iterator[Workspace]:
    """The server with the page in it."""
    controls = ClockControls(
        next_due=lambda: (clock.now().replace(day=21), "Spørgsmål 1"),
        advance=moves.append,
        playing=lambda: "playing" in moves,
        stop=lambda: moves.append("stop"),
        reset=chat.reset,
        season=lambda: [SeasonWeek(label=f"2018-W{week}", opens=datetime(2018, 8, 7 * (week - 33), tzinfo=UTC)) for week in (34, 35, 36)],
        pick=lambda person: moves.append(f"pick {person}"),
        acted=lambda person: moves.append(f"acted {person}"),
        waits_for=lambda: "organiser",
        hand_back=lambda role: moves.append(f"hand back {role}"),
    )
    with serve(chat, manifest(), pages=page_routes(chat, controls, clock)) as workspace:
        yield workspace


@pytest.fixture
def visitor(server: Workspace) -> Visitor:
    visitor = Visitor(server.address)
    visitor.fetch("/")
    return visitor


@pytest.fixture
def awake(server: Workspace) -> Iterator[Bot]:
    """A bot that acknowledges everything and answers nothing."""
    with connected_bot(server) as bot:
        yield bot


def test_a_newcomer_is_asked_who_to_be(visitor: Visitor) -> None:
    status, page = visitor.fetch("/")
    assert (status, visitor.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Hvem vil du være?" in page
    assert "alle personer er opfundne, og intet forlader denne maskine" in page


def test_somebody_unknown_is_nobody(visitor: Visitor) -> None:
    assert "Hvem vil du være?" in visitor.fetch("/?person=U0BOT")[1]
    assert visitor.post("say", person="U0NOBODY", text="hej")[0] == 404
    assert visitor.post("dance", person="U0ANE")[0] == 404


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
def test_only_the_kind_of_form_that_the_page_posts_is_read(visitor: Visitor, moves: list[Any], kind: str) -> None:
    assert visitor.post("pick", {"Content-Type": kind}, person="U0ANE") == (415, "only application/x-www-form-urlencoded is read here")
    assert moves == []


def test_a_form_with_more_fields_than_any_page_has_is_not_read(visitor: Visitor, moves: list[Any]) -> None:
    assert visitor.post("pick", person="U0ANE", **{f"field{number}": "" for number in range(1000)}) == (400, "no such form")
    assert moves == []


def test_the_page_speaks_danish_until_another_language_is_picked(visitor: Visitor) -> None:
    status, there = visitor.post("language", language="en", person="U0ANE", place="direct")
    assert (status, there) == (303, "/?person=U0ANE&place=direct")
    assert '<html lang="en">' in visitor.fetch(there)[1]
    visitor.post("language", language="tlh")
    assert '<html lang="en">' in visitor.fetch("/")[1]


def test_each_answer_allows_only_what_comes_from_here_and_no_frame(visitor: Visitor) -> None:
    for path in ("/", "/people", "/static/page.js", "/people?sought=x"):
        visitor.fetch(path)
        assert visitor.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert visitor.headers["x-frame-options"] == "DENY"


@pytest.mark.usefixtures("awake")
def test_only_the_page_itself_may_post(visitor: Visitor, chat: ChatClient) -> None:
    for origin in ("http://example.org", "null"):
        assert visitor.post("say", {"Origin": origin}, person="U0ANE", text="hej")[0] == 403
    assert visitor.post("say", token="guessed", person="U0ANE", text="hej")[0] == 403
    assert chat.messages(chat.dm_id("U0ANE"), "U0ANE") == []
    assert visitor.post("say", person="U0ANE", text="hej") == (303, "/?person=U0ANE&place=direct")
    assert [said.text for said in chat.messages(chat.dm_id("U0ANE"), "U0ANE")] == ["hej"]


def test_who_is_picked_is_told_by_a_post_and_looking_tells_nothing(visitor: Visitor, moves: list[Any]) -> None:
    visitor.fetch(ANE)
    assert moves == []
    assert visitor.post("pick", person="U0ANE") == (303, "/?person=U0ANE")
    assert visitor.post("pick", person="U0BLA", place="C0OTHER", json="") == (303, "/?person=U0BLA&place=C0OTHER&json")
    assert moves == ["pick U0ANE", "pick U0BLA"]
    assert visitor.post("pick", person="U0NOBODY")[0] == 404
    assert visitor.post("pick", token="guessed", person="U0ANE")[0] == 403
    assert visitor.fetch("/act/pick?person=U0ANE")[0] == 405
    assert len(moves) == 2


@pytest.mark.parametrize("move", ["next", "day", "play"])
def test_whoever_the_page_shows_is_the_visitor_before_time_moves(visitor: Visitor, moves: list[Any], move: str) -> None:
    visitor.post(move, person="U0ANE", place="direct")
    assert moves[0] == "pick U0ANE"
    assert len(moves) == 2


def test_whoever_the_page_goes_on_showing_after_a_reset_is_the_visitor(visitor: Visitor, moves: list[Any]) -> None:
    assert visitor.post("reset", person="U0ANE", place="direct") == (303, "/?person=U0ANE&place=direct")
    assert moves == ["pick U0ANE"]
    for nobody in ("", "U0NOBODY"):
        visitor.post("reset", person=nobody)
    assert moves == ["pick U0ANE"]


@pytest.mark.usefixtures("awake")
def test_every_press_and_message_says_who_has_acted(visitor: Visitor, chat: ChatClient, moves: list[Any]) -> None:
    said = chat.state.post("C0DIGEST", user="U0BOT", text="hej", blocks=[{**button(), "block_id": "b0"}])
    where = {"person": "U0ANE", "channel": said.channel, "ts": said.ts}
    visitor.post("press", **where, press='{"block_id": "b0", "action_id": "answer", "value": "1"}')
    visitor.post("say", person="U0BLA", text="hej")
    visitor.post("say", person="U0BLA", text="  ")
    visitor.post("home", person="U0BLA")
    assert moves == ["acted U0ANE", "acted U0BLA"]


def test_a_role_is_handed_back_and_a_week_ahead_is_jumped_to_and_no_other(visitor: Visitor, moves: list[Any]) -> None:
    visitor.post("hand-back", person="U0ANE", place="direct")
    for week, status in (("2018-W34", 400), ("2018-W36", 303), ("2018-W99", 400), ("", 400)):
        assert visitor.post("week", week=week)[0] == status
    assert moves == ["hand back organiser", datetime(2018, 8, 21, tzinfo=UTC)]


def test_json_stands_on_the_page_on_request_only(visitor: Visitor, chat: ChatClient) -> None:
    chat.say("U0ANE", "hej")
    assert "<pre" not in visitor.fetch(ANE)[1]
    page = visitor.fetch(f"{ANE}&json")[1]
    assert "<pre" in page
    assert 'href="/?person=U0ANE&amp;place=direct&amp;json"' in page
    assert visitor.post("dismiss", person="U0ANE", json="")[1] == "/?person=U0ANE&place=direct&json"


def test_who_stands_beside_is_kept_and_can_only_be_read(visitor: Visitor, chat: ChatClient) -> None:
    chat.state.post(chat.dm_id("U0BLA"), user="U0BOT", text="hej", blocks=[{**button(), "block_id": "b0"}])
    page = visitor.fetch(f"{ANE}&beside=U0BLA")[1]
    column = page.partition('<section class="beside"')[2].partition("</section>")[0]
    assert '<fieldset disabled class="sheet">' in column
    assert "<form" not in column
    assert visitor.post("dismiss", person="U0ANE", beside="U0BLA")[1] == "/?person=U0ANE&place=direct&beside=U0BLA"


def test_who_has_no_direct_messages_begins_in_the_smallest_channel(visitor: Visitor, chat: ChatClient) -> None:
    assert re.findall('<a href="([^"]+)" aria-current="page">', visitor.fetch(ANE)[1]) == ["/?person=U0ANE&amp;place=C0OTHER"]
    chat.say("U0ANE", "hej")
    assert re.findall('<a href="([^"]+)" aria-current="page">', visitor.fetch(ANE)[1]) == ["/?person=U0ANE&amp;place=direct"]


def test_nobody_looks_into_another_ones_messages(visitor: Visitor, chat: ChatClient) -> None:
    chat.say("U0ANE", "kun til botten")
    assert "kun til botten" in visitor.fetch(ANE)[1]
    assert "kun til botten" not in visitor.fetch(f"/?person=U0BLA&place={chat.dm_id('U0ANE')}")[1]


def test_what_was_typed_is_shown_as_text(visitor: Visitor) -> None:
    visitor.post("say", person="U0ANE", text="<script>alert(1)</script> *fed*")
    page = visitor.fetch(ANE)[1]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <strong>fed</strong>" in page
    assert "<script>alert" not in page


def test_a_search_finds_names_and_roles_and_says_when_there_are_none(visitor: Visitor) -> None:
    assert "Blåklokke Testesen" in visitor.fetch("/people?" + urlencode({"sought": "TESTESEN blå"}))[1]
    assert "Ingen hedder sådan her." in visitor.fetch("/people?sought=nobody")[1]


def test_an_act_the_bot_does_not_answer_is_told(visitor: Visitor) -> None:
    status, page = visitor.post("say", person="U0ANE", place="direct", text="/eftertanke svar")
    assert status == 422
    assert "Det gik ikke: Appen er ikke forbundet." in page
    status, page = visitor.post("say", person="U0ANE", place="direct", text="/findes-ikke")
    assert "Det gik ikke: /findes-ikke er ikke en kommando her." in page


@pytest.mark.parametrize("pressed", ["", "[]", "{}", '{"action_id": "x"}', "null", "[" * 100_000])
def test_a_press_that_no_button_makes_is_refused(visitor: Visitor, pressed: str) -> None:
    assert visitor.post("press", person="U0ANE", press=pressed)[0] == 400


def test_a_button_reaches_the_bot_with_what_it_carries(visitor: Visitor, chat: ChatClient, awake: Bot) -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": [{"text": plain(name), "value": name} for name in "ab"]}
    shown = [button(value="7"), {"type": "actions", "elements": [menu]}]
    awake.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=shown)
    said = chat.messages(chat.dm_id("U0ANE"), "U0ANE")[0]
    where = {"person": "U0ANE", "channel": said.channel, "ts": said.ts}
    page = visitor.fetch(ANE)[1]
    for pressed in re.findall('name="press" value="([^"]+)"', page):
        assert visitor.post("press", **where, press=html.unescape(pressed), **{'["b1", "pick"]': "b"})[0] == 303
    first, second = (payload["actions"][0] for payload in awake.wait_for(2))
    assert (first["action_id"], first["value"]) == ("answer", "7")
    assert (second["action_id"], second["selected_option"]["value"]) == ("pick", "b")


def test_the_clocks_buttons_move_it(visitor: Visitor, clock: MovableClock, moves: list[Any]) -> None:
    for what in ("next", "day", "play", "stop"):
        assert visitor.post(what) == (303, "/")
    assert [moves[0].day, moves[1].isoformat(), *moves[2:]] == [21, "2018-08-16T10:00:00+02:00", None, "stop"]


def test_a_day_on_is_the_same_hour_also_when_the_clocks_are_set(visitor: Visitor, clock: MovableClock, moves: list[Any]) -> None:
    clock.move_to(clock.now().replace(month=10, day=27))
    visitor.post("day")
    assert moves[0].isoformat() == "2018-10-28T10:00:00+01:00"


def test_while_time_passes_there_is_a_stop_and_nothing_to_start(visitor: Visitor, moves: list[Any]) -> None:
    moves.append("playing")
    page = visitor.fetch("/")[1]
    assert 'id="stop"' in page
    assert 'id="to-next"' not in page


def test_synthetic_people_are_switched_off_and_on(visitor: Visitor) -> None:
    seen = [re.findall('aria-checked="(.*?)"', visitor.fetch("/")[1]) for _ in range(3) if visitor.post("synthetic")]
    assert seen == [["false"], ["true"], ["false"]]


def test_older_messages_are_shown_when_asked_for(visitor: Visitor, chat: ChatClient) -> None:
    for number in range(45):
        chat.say("U0ANE", f"besked {number:02}")
    page = visitor.fetch(ANE)[1]
    assert "besked 44" in page
    assert "besked 04" not in page.replace("besked 05", "")
    assert "Vis ældre beskeder" in page
    everything = visitor.fetch(f"{ANE}&place=direct&all")[1]
    assert "besked 00" in everything
    assert "Vis ældre beskeder" not in everything


def test_changes_are_told_as_they_happen(visitor: Visitor, chat: ChatClient, clock: MovableClock) -> None:
    line = http.client.HTTPConnection(visitor.host, timeout=5)
    line.request("GET", "/events")
    stream = line.getresponse()
    seen = [_next_event(stream)]
    chat.say("U0ANE", "hej")
    seen.append(_next_event(stream))
    clock.move_to(clock.now().replace(day=16))
    seen.append(_next_event(stream))
    line.close()
    assert len(set(seen)) == 3
    assert len({event.split()[0] for event in seen}) == 1  # the same start of the server


def _next_event(stream: http.client.HTTPResponse) -> str:
    return next(line.decode().removeprefix("data: ").strip() for line in iter(stream.readline, b"") if line.startswith(b"data: "))


def test_a_file_opens_in_a_sandbox_for_those_who_see_its_conversation(chat: ChatClient, visitor: Visitor) -> None:
    page = "<p>Æbler</p>"
    chat.state.store.save_file(SharedFile(id="F1", channel="D0ANE", name="side æ.html", content=page.encode()))
    chat.state.store.save_file(SharedFile(id="F2", channel="D0ANE", name="side.bin", content=b"0"))
    chat.state.post("D0ANE", user="U0BOT", text="Siden", files=[{"id": "F1", "title": "Nr. <1>", "size": 1234}])
    assert 'href="/file/F1?person=U0ANE"' in visitor.fetch(f"{ANE}&place=direct")[1]
    assert "Nr. &lt;1&gt;" in visitor.fetch(f"{ANE}&place=direct")[1]
    assert visitor.fetch("/file/F1?person=U0ANE") == (200, page)
    assert visitor.headers["content-security-policy"].startswith("sandbox; default-src 'none'; style-src 'unsafe-inline';")
    assert visitor.headers["content-disposition"] == "inline; filename*=UTF-8''side%20%C3%A6.html"
    assert visitor.headers["x-content-type-options"] == "nosniff"
    assert visitor.fetch("/file/F2?person=U0ANE")[0] == 200
    assert visitor.headers["content-disposition"].startswith("attachment;")
    for elsewhere in ("/file/F1?person=U0BLA", "/file/F1", "/file/F3?person=U0ANE"):
        assert visitor.fetch(elsewhere)[0] == 404
