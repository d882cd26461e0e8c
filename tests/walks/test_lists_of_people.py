"""A file of e-mails leads to the same dialogue as a usergroup, and an edit counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, PersonState
from tests.support.programme import ORGANISERS_CHANNEL, write_programme
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMAILS = [f"leder{number}@example.org" for number in range(12)]


@pytest.fixture
def from_file(tmp_path: Path) -> Iterator[RunningWorld]:
    """A programme whose leaders stand in a file."""
    people = tmp_path / "schedules" / "people"
    people.mkdir(parents=True)
    (people / "leaders.csv").write_text("\n".join(["email", *EMAILS]), "utf-8")
    write_programme(people.parent, "{usergroup: S0LEADERS}", "{file: people/leaders.csv}")
    with running_world(tmp_path) as world:
        yield world


def listed(world: RunningWorld, *emails: str) -> None:
    """The organisers save the file with these e-mails."""
    (world.folder / "schedules" / "people" / "leaders.csv").write_text("\n".join(["email", *emails]), "utf-8")
    world.player.settle()


def test_people_of_a_file_are_welcomed_and_asked_like_all_others(from_file: RunningWorld) -> None:
    from_file.play("2018-10-09 10:40")
    asked = {message.address for message in from_file.outbox(MessageKind.QUESTION)}
    assert {member.id for member in from_file.local_bot.chat.members() if member.email in EMAILS} <= asked


def test_an_edit_of_the_file_counts_at_once_and_unknown_addresses_are_told(from_file: RunningWorld) -> None:
    from_file.play("2018-10-09 10:40")
    gone = next(member.id for member in from_file.local_bot.chat.members() if member.email == EMAILS[0])
    listed(from_file, *EMAILS[1:], "ingen@example.org")
    assert from_file.person(gone).state is PersonState.LEFT
    assert any("ingen@example.org" in post.text for post in from_file.posts(ORGANISERS_CHANNEL))
