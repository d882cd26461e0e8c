"""Where people come from: a file of e-mails leads to the same dialogue as a usergroup, and an edit of it counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, PersonState
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME_TEXT
from tests.walks.hamlet import Hamlet, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMAILS = [f"leder{number}@example.org" for number in range(12)]


@pytest.fixture
def from_file(tmp_path: Path) -> Iterator[Hamlet]:
    """The village, whose leaders stand in a file."""
    people = tmp_path / "schedules" / "people"
    people.mkdir(parents=True)
    (people / "leaders.csv").write_text("\n".join(["email", *EMAILS]), "utf-8")
    (people.parent / "landsby.yaml").write_text(PROGRAMME_TEXT.replace("{usergroup: S0LEADERS}", "{file: people/leaders.csv}"), "utf-8")
    with opened(tmp_path) as hamlet:
        yield hamlet


def listed(hamlet: Hamlet, *emails: str) -> None:
    """The organisers save the file with these e-mails."""
    (hamlet.folder / "schedules" / "people" / "leaders.csv").write_text("\n".join(["email", *emails]), "utf-8")
    hamlet.player.settle()


def test_people_of_a_file_are_welcomed_and_asked_like_all_others(from_file: Hamlet) -> None:
    from_file.play("2018-10-09 10:40")
    asked = {message.address for message in from_file.outbox(MessageKind.QUESTION)}
    assert {member.id for member in from_file.local_bot.chat.members() if member.email in EMAILS} <= asked


def test_an_edit_of_the_file_counts_at_once_and_unknown_addresses_are_told(from_file: Hamlet) -> None:
    from_file.play("2018-10-09 10:40")
    gone = next(member.id for member in from_file.local_bot.chat.members() if member.email == EMAILS[0])
    listed(from_file, *EMAILS[1:], "ingen@example.org")
    assert from_file.person(gone).state is PersonState.LEFT
    assert any("ingen@example.org" in post.text for post in from_file.posts(ORGANISERS_CHANNEL))
