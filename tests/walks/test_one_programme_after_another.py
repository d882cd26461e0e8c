"""The next programme begins cleanly, and the last one ends as promised.

Its digest is posted and answered, its replies stay people's own.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, PROGRAMME_TEXT
from tests.support.running_world import PARTICIPANTS, ZONE, RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = (
    PROGRAMME_TEXT.replace("2018-11-06", "2018-10-09")
    .replace("[hvorhen, hvem-med, hvornaar, hvad-nu]", "[hvorhen]")
    .replace("detach_after_days: 7", "detach_after_days: 28")  # a reply that is detached is nobody's any more
)
NEXT = (
    PROGRAMME_TEXT.replace("landsbyen-2018", "landsbyen-vinter")
    .replace("from: 2018-10-09", "from: 2018-11-06")
    .replace("until: 2018-11-06", "until: 2018-11-27")
    .replace("S0REPS", "S0TILLIDSFOLK")
)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where two programmes lie after each other; everyone has answered the only question of the first."""
    folder = tmp_path_factory.mktemp("answered")
    (folder / "schedules").mkdir()
    (folder / "schedules" / "a.yaml").write_text(without_reserve(FIRST), "utf-8")
    (folder / "schedules" / "b.yaml").write_text(NEXT, "utf-8")
    with running_world(folder) as world:
        world.play("2018-10-10 10:00")
        world.everyone_replies()
        world.play("2018-10-12 13:59")
    return folder


@pytest.fixture
def two(answered: Path, tmp_path: Path) -> Iterator[RunningWorld]:
    shutil.copytree(answered, tmp_path, dirs_exist_ok=True)
    with running_world(tmp_path) as world:
        yield world


def without_reserve(text: str) -> str:
    """Questions that are not in the order stand in the bank."""
    return "\n".join(
        line.replace("}}", "}, reserve: true}") if line.startswith("  - {id: hv") and "hvorhen" not in line else line
        for line in text.splitlines()
    )


def beat_after(world: RunningWorld, moment: str) -> None:
    """A beat at a moment at which nothing falls due, as most beats by the wall's clock are."""
    world.local_bot.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=ZONE))
    world.player.settle()


def test_the_last_digest_is_posted_by_a_beat_that_comes_seconds_after_its_hour(two: RunningWorld) -> None:
    two.approve()
    beat_after(two, "2018-10-12 14:00:03")
    assert len(two.posts(DIGEST_CHANNEL)) == 1


def test_the_last_digest_can_still_be_approved_after_its_hour(two: RunningWorld) -> None:
    beat_after(two, "2018-10-12 14:00:03")
    assert "venter" in two.posts(ORGANISERS_CHANNEL)[-1].text
    two.play("2018-10-15 10:00")
    two.approve()
    assert len(two.posts(DIGEST_CHANNEL)) == 1


def test_what_politicians_answer_to_the_last_digest_reaches_the_participants(two: RunningWorld) -> None:
    two.approve()
    two.play("2018-10-15 10:00")
    chat = two.local_bot.chat
    assert chat.press(two.politician, "heard", channel=DIGEST_CHANNEL).ok
    assert "Du har trykket Hørt" in two.window(two.politician)
    chat.dismiss(two.politician)
    assert chat.press(two.politician, "respond", channel=DIGEST_CHANNEL).ok
    assert two.fill(two.politician, radio_buttons="free_text", plain_text_input="Vi læser med.").ok
    two.player.settle()
    assert chat.press(two.organiser, "release", channel=ORGANISERS_CHANNEL).ok
    two.player.settle()
    assert len(two.outbox(MessageKind.ANSWER)) == PARTICIPANTS
    assert "Vi læser med." in two.texts(two.participants[0])[-1]


def test_the_next_programme_has_lists_of_its_own(two: RunningWorld) -> None:
    two.play("2018-11-06 10:40")
    asked = [message.address for message in two.outbox(MessageKind.QUESTION) if message.programme == "landsbyen-vinter"]
    assert sorted(asked) == sorted(two.participants)


def test_replies_of_the_last_programme_stay_their_authors_own(two: RunningWorld) -> None:
    anna, chat = two.participants[0], two.local_bot.chat
    two.play("2018-11-07 10:00")  # the next programme has asked its first question
    assert chat.press(anna, "my_replies").ok
    assert "Et svar fra landsbyen" in two.window(anna)
    assert chat.press(anna, "delete_reply", view_id=two.view(anna).id).ok
    assert chat.press(anna, "my_replies").ok
    assert "Et svar fra landsbyen" not in two.window(anna)


def test_a_digest_is_answered_however_long_ago_its_programme_finished(two: RunningWorld) -> None:
    two.approve()
    beat_after(two, "2018-10-12 14:00:03")
    beat_after(two, "2019-02-01 10:00:03")
    assert two.local_bot.chat.press(two.politician, "heard", channel=DIGEST_CHANNEL).ok
    assert "Du har trykket Hørt" in two.window(two.politician)
