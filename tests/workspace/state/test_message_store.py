"""What was said survives a restart, in order, and goes away when asked to."""

from __future__ import annotations

import json
import stat
import threading
from typing import TYPE_CHECKING

from bot.clock import MovableClock
from bot.workspace.client.person import ChatClient
from bot.workspace.state.message_store import MessageStore
from tests.support.local_slack import START, button, population

if TYPE_CHECKING:
    from pathlib import Path


def test_messages_and_kept_words_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    before = MessageStore(path)
    first = before.add(now=START, channel="D0ANE", user="U0BOT", text="hej", blocks=[button()], metadata={"event_type": "d"})
    before.save_text("clock", "2018-08-15")
    before.close()
    after = MessageStore(path)
    second = after.add(now=START, channel="D0ANE", user="U0BOT", text="igen")
    assert after.page("D0ANE") == [second, first]
    assert second.ts > first.ts
    assert (after.load_text("clock"), after.load_text("other")) == ("2018-08-15", None)
    after.close()


def test_what_was_said_is_its_owners_alone_also_in_a_file_that_was_not(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    for _ in range(2):
        store = MessageStore(path)
        store.save_text("clock", "2018-08-15")
        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
        store.close()
        path.chmod(0o644)


def test_a_stage_that_starts_again_shows_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    for expected in (1, 2):
        chat = ChatClient(population(), MovableClock(START), MessageStore(path))
        chat.state.post("D0ANE", user="U0BOT", text="hej", blocks=[button()])
        assert len(chat.messages("D0ANE", "U0ANE")) == expected
        chat.state.store.close()


def test_everything_after_a_message_comes_in_order_whatever_the_channel() -> None:
    store = MessageStore()
    said = [store.add(now=START, channel=channel, user="U0BOT", text="x") for channel in ("D0B", "D0A", "C0X", "D0A")]
    assert store.since(said[0].ts) == said[1:]
    store.close()


def test_wiping_leaves_nothing() -> None:
    store = MessageStore()
    store.add(now=START, channel="D0ANE", user="U0BOT", text="hej")
    store.save_text("clock", "x")
    store.forget()
    assert (store.since(""), store.load_text("clock")) == ([], None)
    store.close()


def test_many_threads_never_share_a_message_id() -> None:
    store = MessageStore()
    threads = [
        threading.Thread(target=lambda: [store.add(now=START, channel="C0X", user="U0BOT", text="x") for _ in range(100)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({message.ts for message in store.page("C0X")}) == 400
    store.close()


def test_what_is_stored_is_plain_json(tmp_path: Path) -> None:
    store = MessageStore(tmp_path / "workspace.sqlite")
    message = store.add(now=START, channel="C0X", user="U0BOT", text='"æ"\u202e\x00<script>')
    assert store.one("C0X", message.ts) == message
    assert json.dumps(message.text) == json.dumps(store.page("C0X")[0].text)
    store.close()
