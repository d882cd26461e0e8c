"""A politician reads a digest as a page and gets it as a file; nobody else does, and nothing tells that they did."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run_command
from tests.support.programme import DIGEST_CHANNEL
from tests.support.quoting import TEXTS
from tests.support.running_world import QUOTED, RunningWorld, asked_world, buttons
from tests.support.slack_platform import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.state.message_store import SharedFile

pytestmark = pytest.mark.long  # plays a week with thirty people, and starts a command
MARKED = 14
KEY = urlsafe_b64encode(sha256(b"rehearsal 1").digest()).decode()  # as the bot makes it


def text_of(number: int) -> str:
    return f"{TEXTS[number % len(TEXTS)]} nu {100 + number}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """A week is over, and its digest stands in the politicians' channel with three quotes."""
    with asked_world(tmp_path_factory.mktemp("fetched"), participants=QUOTED) as world:
        for number, person in enumerate(world.participants):
            assert world.reply(person, text_of(number), *(("quote",) if number < MARKED else ())).ok
            world.local_bot.chat.dismiss(person)
        world.play("2018-10-12 10:01")
        world.approve_quotes()
        world.approve()
        world.local_bot.chat.dismiss(world.organiser)
        world.play("2018-10-12 14:01")
        yield world


def open_page(world: RunningWorld, person: str) -> str:
    """Press *Hent som side* under the digest; what the window says."""
    assert world.local_bot.chat.press(person, "page", channel=DIGEST_CHANNEL).ok
    return world.window(person)


def fetch(world: RunningWorld, person: str) -> SharedFile:
    """Press it, and then *Send mig filen*; the file that came."""
    chat, before = world.local_bot.chat, len(files(world, person))
    open_page(world, person)
    assert chat.press(person, "page_file", view_id=world.view(person).id).ok
    wait_until(lambda: len(files(world, person)) > before and "Filen ligger i dine direkte beskeder" in world.window(person))
    chat.dismiss(person)
    return files(world, person)[-1]


def files(world: RunningWorld, person: str) -> list[SharedFile]:
    chat = world.local_bot.chat
    found = [chat.file(file["id"], person) for message in world.messages(person) for file in message.files]
    return [file for file in found if file is not None]


def exported(world: RunningWorld, *arguments: str) -> str:
    """What the command prints of the first digest, whose numbers and quotes it checks."""
    place = {"DATABASE_URL": str(world.local_bot.database.url), "EFTERTANKE_KEY": KEY}
    done = run_command(world.folder, "digest", "export", "1", *arguments, **place)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def test_a_politician_reads_the_page_in_full_and_gets_what_the_command_exports(world: RunningWorld) -> None:
    (post,) = [said for said in world.posts(DIGEST_CHANNEL) if "page" in buttons(said)]
    window = open_page(world, world.politician)
    text, _, seal = exported(world, "--format", "text").rstrip().rpartition("\n")
    assert all(word in window for word in text.split())
    assert seal.split()[-1] not in window, "it is the seal of another file"
    world.local_bot.chat.dismiss(world.politician)
    file = fetch(world, world.politician)
    assert file.content.decode() == exported(world, "--format", "html")
    assert file.name.endswith("-digest-01-revision-1.html")
    assert [said.files for said in world.posts(DIGEST_CHANNEL)] == [[]] * len(world.posts(DIGEST_CHANNEL)), "nothing came to the channel"
    assert post.files == []


def test_an_organiser_gets_it_too_and_a_participant_reads_for_whom_it_is(world: RunningWorld) -> None:
    chat, participant = world.local_bot.chat, world.participants[-1]
    assert fetch(world, world.organiser).content == fetch(world, world.politician).content
    assert chat.press(participant, "my_data").ok
    chat.dismiss(participant)
    chat.open_home(participant)
    home = chat.home(participant)
    assert home is not None
    assert chat.press(participant, "digests", view_id=home.id).ok
    view = world.view(participant)
    offered = [element.get("action_id") for block in view.blocks for element in block.get("elements", ())]
    assert "method" in offered
    assert "page" not in offered
    pressed = chat.pressing(world.politician, "page", channel=DIGEST_CHANNEL)
    assert pressed is not None
    chat.dismiss(participant)
    assert chat.forge("interactive", pressed | {"user": pressed["user"] | {"id": participant}}).ok
    assert files(world, participant) == []


def test_what_is_withdrawn_between_two_presses_is_not_in_the_second(world: RunningWorld) -> None:
    chat, before = world.local_bot.chat, fetch(world, world.politician)
    number, author = next((n, who) for n, who in enumerate(world.participants) if f"nu {100 + n}" in before.content.decode())
    assert chat.press(author, "my_replies").ok
    assert chat.press(author, "withdraw_quote", view_id=world.view(author).id).ok
    chat.dismiss(author)
    world.player.settle()
    after = fetch(world, world.politician)
    assert f"nu {100 + number}" not in after.content.decode()
    assert after.content.decode() == exported(world, "--format", "html")
    assert after.name.endswith("-digest-01-revision-2.html")
