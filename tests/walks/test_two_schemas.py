"""Two dialogues in two schemas of one database live a week side by side, and neither sees anything of the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.commands import backup
from bot.database.places import url_of
from tests.support.command_line import finish, programme_folder, run_command, start_command
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.rows import rows
from tests.support.running_world import RunningWorld, running_world
from tests.support.server import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.postgres
PEOPLE = {"north": 24, "south": 26}


@pytest.fixture
def urls() -> Iterator[dict[str, str]]:
    """One database with a schema and a user for each dialogue."""
    with running_server() as server, psycopg.connect(server.url, autocommit=True) as owner:
        for name in PEOPLE:
            owner.execute(f"CREATE ROLE {name} LOGIN")
            owner.execute(f"CREATE SCHEMA {name} AUTHORIZATION {name}")
        yield {name: f"postgresql://{name}@127.0.0.1:{server.port}/postgres?options=-csearch_path%3D{name}" for name in PEOPLE}


@pytest.fixture
def folders(tmp_path: Path, urls: dict[str, str]) -> dict[str, Path]:
    """Both have migrated at one moment."""
    folders = {name: programme_folder(tmp_path / name) for name in urls}
    migrating = {name: start_command(folder, "migrate", DATABASE_URL=urls[name]) for name, folder in folders.items()}
    for name, process in migrating.items():
        done = finish(process)
        assert (done.returncode, done.stderr) == (0, "")
        assert name in done.stdout
    return folders


def live(world: RunningWorld, name: str) -> None:
    """A week, from the welcome to the politicians' answer in the next question."""
    world.play("2018-10-09 10:40")
    for person in world.participants:
        assert world.reply(person, f"Vi skal gå mod {name} sammen.", "wish", "quote").ok
    world.play("2018-10-12 10:01")
    world.approve()
    world.play("2018-10-12 14:01")
    chat = world.local_bot.chat
    assert chat.press(world.politician, "respond", channel=DIGEST_CHANNEL).ok
    assert world.fill(world.politician, plain_text_input=f"Vi går mod {name}.", radio_buttons="free_text").ok
    world.player.settle()
    assert chat.press(world.organiser, "release", channel=ORGANISERS_CHANNEL).ok
    if name == "north":
        assert chat.press(world.leaders[0], "leave").ok
    world.play("2018-10-23 10:40")


def test_two_dialogues_live_a_week_in_one_database_and_neither_sees_the_other(folders: dict[str, Path], urls: dict[str, str]) -> None:
    with ExitStack() as stack:
        worlds = {
            name: stack.enter_context(running_world(folder, participants=PEOPLE[name], url=urls[name])) for name, folder in folders.items()
        }
        with ThreadPoolExecutor() as threads:
            list(threads.map(live, worlds.values(), worlds))
        for name, world in worlds.items():
            (other,) = PEOPLE.keys() - {name}
            said = [text for person in world.participants for text in world.texts(person)]
            said += [post.text for channel in (DIGEST_CHANNEL, ORGANISERS_CHANNEL) for post in world.posts(channel)]
            assert any(f"Vi går mod {name}." in text for text in said)
            assert not any(other in text for text in said)
            asked = [len(world.questions(person)) for person in world.participants]
            assert sorted(asked) == [*([1] if name == "north" else []), *[2] * (PEOPLE[name] - (name == "north"))]
            assert world.local_bot.database.wipe(), "the other one has its own tables"
            copy = folders[name] / "copy.sqlite"
            backup.make_backup(world.local_bot.database, copy, world.local_bot.clock.now())
            tables = ("people", "replies", "digests", "outbox")
            assert [kept(url_of(copy), table) for table in tables] == [kept(urls[name], table) for table in tables]
            assert kept(urls[name], "replies") == [(PEOPLE[name],)]


def kept(url: str, table: str) -> list[object]:
    return rows(url, f"SELECT count(*) FROM {table}")  # noqa: S608 - our own tables


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_commands_say_names_the_schema(folders: dict[str, Path], urls: dict[str, str], language: str) -> None:
    told = run_command(folders["north"], "doctor", "--language", language, DATABASE_URL=urls["north"]).stdout
    assert "/postgres.north" in told
    missing = f"{urls['north'][:-5]}nobody"
    refused = run_command(folders["north"], "migrate", "--language", language, DATABASE_URL=missing)
    assert (refused.returncode, "/postgres.nobody" in refused.stderr) == (1, True)
    assert "CREATE SCHEMA" in refused.stderr


def test_whoever_has_one_dialogues_user_reads_nothing_of_the_other(folders: dict[str, Path], urls: dict[str, str]) -> None:
    with_other_user = urls["north"].replace("//north@", "//south@")
    refused = run_command(folders["north"], "migrate", "--language", "en", DATABASE_URL=with_other_user)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "CREATE SCHEMA" in refused.stderr, "for this user there is none"
