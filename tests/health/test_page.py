"""The health page answers three paths, repeats nothing, and lets nobody make the bot wait."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.errors import SetupFault
from bot.health import page
from bot.health.health import Health
from bot.health.page import LONGEST_REQUEST, MOST_AT_ONCE, HealthPage
from bot.health.signs_of_life import ALIVE_WITHIN, SignsOfLife
from tests.health.test_signs_of_life import Seconds
from tests.support.database import gone, unit_of_work
from tests.support.sick_bot import Bot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.database.unit_of_work import Database

PATIENCE = 20  # seconds
HOST = "127.0.0.1"


@contextmanager
def served(bot: Bot | None, signs: SignsOfLife | None = None, **options: Any) -> Iterator[int]:
    """The port of a page for this bot."""
    shown = HealthPage(lambda: None if bot is None else bot.vitals(), signs or SignsOfLife(), **options)
    address = shown.open(HOST, 0)
    try:
        yield int(address.rstrip("/").rpartition(":")[2])
    finally:
        shown.close()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def say(port: int, what: bytes) -> bytes:
    """The whole answer to some bytes."""
    with socket.create_connection((HOST, port), timeout=PATIENCE) as line, suppress(ConnectionError):  # who says too much is hung up on
        line.sendall(what)
        with suppress(OSError):  # it may have hung up by now, which is no ConnectionError
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))
    return b""


def test_who_asks_whether_it_lives_and_is_ready_reads_what_there_is(database: Database):
    with served(Bot(database)) as port:
        status, headers, body = ask(port, "/healthz")
        assert (status, json.loads(body)) == (200, {"alive": True, "beat": True, "delivery": True})
        assert headers == {"content-type": "application/json", "content-length": str(len(body)), "cache-control": "no-store"}
        status, _, body = ask(port, "/readyz")
        assert (status, json.loads(body)) == (
            200,
            {"ready": True, "database": True, "connected": True, "lease": True, "programme": True},
        )
        status, headers, body = ask(port, "/metrics")
        assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        assert b"\neftertanke_ready 1.0\n" in body


def test_head_says_the_same_without_the_body(database: Database):
    with served(Bot(database)) as port:
        for path in ("/healthz", "/readyz", "/metrics"):
            status, headers, body = ask(port, path)
            assert ask(port, path, "HEAD") == (status, headers, b"")
            assert body


@pytest.mark.parametrize("path", ["/", "/healthz/", "/healthz?secret", "/HEALTHZ", "/metrics/x", "/Anemone"])
def test_there_is_nothing_else_and_nothing_is_repeated(database: Database, path: str):
    with served(Bot(database)) as port:
        status, headers, body = ask(port, path)
        assert (status, body) == (404, b"")
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "said",
    [
        b"POST /healthz HTTP/1.1\r\nContent-Length: 7\r\n\r\nAnemone",
        b"DELETE /metrics HTTP/1.1\r\n\r\n",
        b"Anemone\r\n\r\n",
        b"GET /healthz Anemone/9\r\n\r\n",
        b"GET /Anemone\x00<script> HTTP/1.1\r\n\r\n",
        b"GET " + b"Anemone" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + b"X-Anemone: y\r\n" * 500 + b"\r\n",
    ],
)
def test_whatever_is_asked_is_not_repeated(database: Database, said: bytes):
    with served(Bot(database)) as port:
        answer = say(port, said)
        assert b"404" in answer or not answer  # the oldest kind of request gets no headers
        assert b"Anemone" not in answer
        assert ask(port, "/healthz")[0] == 200


@pytest.mark.long  # waits until the page hangs up
def test_whoever_says_nothing_is_hung_up_on_and_keeps_nobody(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "HUNG_UP_AFTER", 1.5)
    with served(Bot(database)) as port:
        slow = [socket.create_connection((HOST, port), timeout=PATIENCE) for _ in range(MOST_AT_ONCE - 2)]
        for line in slow:
            line.sendall(b"GET /heal")
        assert ask(port, "/readyz")[0] == 200
        for line in slow:
            assert line.recv(10) == b""
            line.close()


@pytest.mark.long  # waits likewise
def test_where_too_many_have_come_the_first_ones_are_hung_up_on_and_monitoring_is_answered():
    with served(None) as port, ExitStack() as opened:
        slow = [opened.enter_context(socket.create_connection((HOST, port), timeout=PATIENCE)) for _ in range(MOST_AT_ONCE + 3)]
        assert ask(port, "/healthz")[0] == 200
        for line in slow[:4]:
            assert line.recv(10) == b""
        slow[-1].sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert slow[-1].recv(12) == b"HTTP/1.0 200"


def test_of_whoever_says_too_much_nothing_more_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "HUNG_UP_AFTER", 10.0 * PATIENCE)
    opened = socket.create_connection
    with served(None) as port, suppress(ConnectionError), opened((HOST, port), timeout=PATIENCE) as line:  # hung up on as it speaks
        line.sendall(b"GET /healthz HTTP/1.1\r\n" + b"X-Anemone: " + b"y" * 10 * LONGEST_REQUEST)
        assert line.recv(10) == b""


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9464", "[::1]:9464", "localhost:9464", "192.0.2.7"])
def test_whoever_asks_by_an_address_is_answered(host: str):
    with served(None) as port:
        assert ask(port, "/healthz", Host=host)[0] == 200


@pytest.mark.parametrize("host", ["other.example", "other.example:9464", "localhost.other.example", "[::1"])
def test_a_web_page_cannot_have_it_asked_under_another_name(host: str):
    with served(None) as port:
        for method in ("GET", "HEAD"):
            assert ask(port, "/healthz", method, Host=host)[::2] == (404, b"")


def test_where_other_machines_may_read_it_they_may_use_its_name_and_the_log_says_so():
    bot = Health(lambda: None, SignsOfLife(), service_manager=("", 0))
    with capture_logs() as lines:
        bot.open("0.0.0.0", 0)  # noqa: S104 - that is what is tried
    port = int(str(lines[0]["address"]).rstrip("/").rpartition(":")[2])
    try:
        assert [line["log_level"] for line in lines] == ["info", "warning"]
        assert ask(port, "/healthz", Host="bot.example:9464")[0] == 200
    finally:
        bot._page.close()


def test_a_database_that_hangs_is_said_and_the_page_does_not_hang(database: Database):
    bot, go_on = Bot(database), threading.Event()
    bot.before_look = lambda: go_on.wait(PATIENCE)
    with served(bot, waited_for=0.1) as port:
        began = time.monotonic()
        for _ in range(5):
            status, _, body = ask(port, "/readyz")
            assert (status, json.loads(body)["database"], json.loads(body)["connected"]) == (503, False, True)
            assert b"\neftertanke_database_up 0.0\n" in ask(port, "/metrics")[2]
        assert time.monotonic() - began < PATIENCE / 2
        assert [thread.name for thread in threading.enumerate()].count("health reading") == 1
        assert ask(port, "/healthz")[0] == 200
        go_on.set()
        while ask(port, "/readyz")[0] != 200:
            assert time.monotonic() - began < PATIENCE


def test_a_database_that_has_gone_is_said_until_it_is_back(database: Database):
    bot = Bot(database)
    with served(bot) as port:
        began = time.monotonic()
        with gone(database):
            assert ask(port, "/readyz")[0] == 503
            assert b"\neftertanke_database_up 0.0\n" in ask(port, "/metrics")[2]
        assert ask(port, "/readyz")[0] == 200
        assert time.monotonic() - began < PATIENCE


@contextmanager
def locked_for_all(database: Database) -> Iterator[None]:
    """Another program lets nobody even read."""
    if database.file is None:
        with unit_of_work(database) as session:
            session.execute(text("LOCK TABLE programmes IN ACCESS EXCLUSIVE MODE"))
            yield
        return
    with closing(sqlite3.connect(database.file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_database_that_another_program_locks_for_itself_is_said(database: Database):
    bot = Bot(database)
    database.close()
    with served(bot) as port, locked_for_all(database):
        began = time.monotonic()
        assert ask(port, "/readyz")[0] == 503
        assert ask(port, "/healthz")[0] == 200
        assert time.monotonic() - began < PATIENCE / 2


def test_while_no_bot_runs_it_is_not_ready_but_lives():
    with served(None) as port:
        status, _, body = ask(port, "/readyz")
        assert (status, json.loads(body)) == (503, {"ready": False, "started": False})
        assert ask(port, "/healthz")[0] == 200
        assert b"\neftertanke_database_up 0.0\n" in ask(port, "/metrics")[2]


def test_a_bot_without_signs_of_life_is_said_not_to_live():
    seconds = Seconds()
    with served(None, SignsOfLife(seconds)) as port:
        seconds.passed += ALIVE_WITHIN + 1
        status, _, body = ask(port, "/healthz")
        assert (status, json.loads(body)) == (503, {"alive": False, "beat": False, "delivery": False})


def test_a_busy_port_is_a_fault_with_its_cure_or_the_next_one_is_taken():
    first, second = (HealthPage(lambda: None, SignsOfLife()) for _ in range(2))
    port = int(first.open(HOST, 0).rstrip("/").rpartition(":")[2])
    try:
        with pytest.raises(SetupFault, match=r"setup\.no_health_page"):
            second.open(HOST, port)
        assert second.open(HOST, port, next_free=True) != f"http://{HOST}:{port}/"
    finally:
        first.close()
        second.close()


def test_an_address_that_is_not_this_machines_is_a_fault_with_its_cure():
    with pytest.raises(SetupFault, match=r"setup\.no_health_page"):
        HealthPage(lambda: None, SignsOfLife()).open("192.0.2.1", 0, next_free=True)


def test_it_may_be_asked_by_the_newer_kind_of_address():
    shown = HealthPage(lambda: None, SignsOfLife())
    assert shown.open("::1", 0).startswith("http://[::1]:")
    shown.close()
    shown.close()
