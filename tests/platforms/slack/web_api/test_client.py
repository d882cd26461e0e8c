"""Connections are kept, each call is one request, and it is certain when none was made."""

from __future__ import annotations

import datetime as dt
import gc
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.errors import Unsure
from bot.platforms.slack.web_api import client as client_module
from bot.platforms.slack.web_api.client import make_client
from bot.platforms.slack.web_api.errors import NotConnected, translate_errors
from bot.programme import Language
from bot.seam.meaning import Plain
from tests.support.scripted_server import Answer, ScriptedServer, scripted_server
from tests.support.slack_platform import ANNA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from slack_sdk import WebClient

    from bot.platforms.slack import SlackPlatform
    from bot.platforms.slack.web_api.client import KeepingClient
    from bot.workspace.server import Workspace

HELLO = Plain(language=Language.DA, paragraphs=("Hej.",))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture
def client(server: ScriptedServer) -> KeepingClient:
    return make_client("xoxb-1", server.api_url, timeout=5)


def call(client: WebClient) -> None:
    with translate_errors("auth.test"):
        client.auth_test()


def test_calls_one_after_the_other_go_over_one_connection(client: WebClient, server: ScriptedServer) -> None:
    for _ in range(20):
        call(client)
    assert (len(server.calls), server.connections) == (20, 1)


def test_calls_in_flight_have_a_connection_each_and_each_is_one_request(client: WebClient, server: ScriptedServer) -> None:
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda n: client.api_call("chat.postMessage", params={"n": str(n)}), range(200)))
    assert sorted(int(body.removeprefix(b"n=")) for body in server.asked) == list(range(200))
    assert server.connections <= 10


@pytest.mark.parametrize("headers", [{"X-Close": "silently"}, {"Connection": "close"}])
def test_a_connection_that_was_closed_while_it_was_idle_raises_no_doubt(
    client: WebClient, server: ScriptedServer, headers: dict[str, str]
) -> None:
    server.answers["auth.test"] = Answer(body=b'{"ok": true}', headers=headers)
    for _ in range(10):
        call(client)
        time.sleep(0.02)  # until the other end has closed it
    assert (len(server.calls), server.connections) == (10, 10)


def test_once_hung_up_no_idle_connection_is_used_again(client: KeepingClient, server: ScriptedServer) -> None:
    call(client)
    client.hang_up()
    call(client)
    assert server.connections == 2


class TakenMeanwhile(list[Any]):
    """Connections of which another thread takes the last one, between a look and a hand."""

    def pop(self, *_: Any) -> Any:
        raise IndexError


def test_hanging_up_what_another_thread_takes_at_that_moment_is_no_fault(client: KeepingClient) -> None:
    client._idle = TakenMeanwhile([(0.0, None)])
    client.hang_up()


def test_a_connection_that_has_been_idle_for_long_is_not_trusted(
    client: WebClient, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(client)
    monkeypatch.setattr(client_module, "IDLE_AT_MOST", 0.0)
    call(client)
    assert server.connections == 2


@pytest.mark.parametrize(
    "answer", [Answer(hang_up=True), Answer(body=b'{"ok": tr', missing=3), Answer(status=302, headers={"Location": "/x"})]
)
def test_an_answer_that_is_lost_on_a_kept_connection_was_one_call(client: WebClient, server: ScriptedServer, answer: Answer) -> None:
    call(client)
    server.answers["auth.test"] = answer
    with pytest.raises(Unsure):
        call(client)
    assert len(server.calls) == 2
    server.answers.clear()
    call(client)


def test_a_429_in_any_form_keeps_its_time_to_wait(client: WebClient, server: ScriptedServer) -> None:
    server.answers["auth.test"] = Answer(status=429, body=b"<html>slow down", headers={"retry-after": "17"})
    with pytest.raises(Exception, match="429") as caught:
        call(client)
    assert getattr(caught.value, "after", None) == 17


def test_connections_are_closed_with_their_client(server: ScriptedServer) -> None:
    client = make_client("xoxb-1", server.api_url, timeout=5)
    call(client)
    [(_, connection)] = client._idle  # type: ignore[attr-defined]  # ours
    del client
    gc.collect()
    assert connection.sock is None


def test_what_answers_a_press_does_not_wait_behind_a_fan_out(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.slow("chat.postMessage", seconds=0.5, times=12)
    with ThreadPoolExecutor(12) as pool:
        posts = [pool.submit(slack.send, ANNA, HELLO, f"d{number}") for number in range(12)]
        begun = time.perf_counter()
        slack._quick_client.auth_test()
        assert time.perf_counter() - begun < 0.4
        assert not any(post.done() for post in posts)


# --- no connection ----------------------------------------------------------------------------------------------------------------


def test_where_nobody_listens_nothing_was_done(free_port: int) -> None:
    with pytest.raises(NotConnected, match="ConnectionRefusedError"):
        call(make_client("xoxb-1", f"http://127.0.0.1:{free_port}/api/", timeout=5))


def test_a_server_that_cannot_prove_who_it_is_is_told_nothing(server: ScriptedServer, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    client = make_client("xoxb-1", server.api_url.replace("http:", "https:").replace("127.0.0.1", "localhost"), timeout=5)
    with pytest.raises(NotConnected, match="SSLCertVerificationError"):
        call(client)
    assert server.calls == []


def self_signed(folder: Path) -> Path:
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
    certificate = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "self-signed.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


# --- proxies ------------------------------------------------------------------------------------------------------------------------


class Proxy:
    """A proxy that answers CONNECT with `status`, and stands in for what is behind it."""

    def __init__(self, status: str) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.heard: list[bytes] = []
        self.status = status
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        line, _ = self.listener.accept()
        with line, self.listener:
            self.heard.append(line.recv(4096))
            line.sendall(f"HTTP/1.1 {self.status}\r\n\r\n".encode())
            if self.heard[0] and (asked := line.recv(4096)):
                self.heard.append(asked)
                line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"ok": true}')


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_slack_is_reached_through_the_environments_proxy_with_its_password(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    proxy = Proxy("200 OK")
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}anna:hemme%20ligt@{proxy.address}")
    call(make_client("xoxb-1", "http://slack.example.org/api/", timeout=5))
    proxy.thread.join(5)
    assert proxy.heard[0].startswith(b"CONNECT slack.example.org:80 HTTP/1.")
    assert b"Proxy-Authorization: Basic YW5uYTpoZW1tZSBsaWd0\r\n" in proxy.heard[0]
    assert b"xoxb" not in proxy.heard[0]
    assert proxy.heard[1].startswith(b"POST /api/auth.test HTTP/1.1")


def test_a_file_goes_through_the_proxy_too_and_its_address_is_no_less_safe_than_slacks(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy("200 OK")
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
    client = make_client("xoxb-1", "http://slack.example.org/api/", timeout=5)
    assert client.hand_over("http://files.example.org/upload/v1/A?b=1", b"side") == 200
    proxy.thread.join(5)
    assert proxy.heard[0].startswith(b"CONNECT files.example.org:80 HTTP/1.")
    assert proxy.heard[1].startswith(b"POST /upload/v1/A?b=1 HTTP/1.1")
    assert b"xoxb" not in proxy.heard[1], "the address is the permission"
    safe = make_client("xoxb-1", "https://slack.example.org/api/", timeout=5)
    with pytest.raises(ValueError, match="not an address for a file"):
        safe.hand_over("http://files.example.org/upload/v1/A", b"side")


def test_a_proxy_that_lets_nobody_through_means_that_nothing_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy("407 Who are you")
    monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
    with pytest.raises(NotConnected, match="OSError"):
        call(make_client("xoxb-1", "http://slack.example.org/api/", timeout=5))
    proxy.thread.join(5)
