"""What if a list of people is nearly empty for a while (a directory that answers with a part, a saved draft), and then whole again?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, PersonState
from tests.walks.hamlet import PROGRAMME, Hamlet, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BELIEVED = pytest.mark.xfail(raises=AssertionError, reason="lists are believed whole")
EMAILS = [f"leder{number}@example.org" for number in range(12)]


@pytest.fixture
def hamlet(tmp_path: Path) -> Iterator[Hamlet]:
    with opened(tmp_path) as hamlet:
        yield hamlet


def answer_with(hamlet: Hamlet, leaders: Sequence[str]) -> None:
    """The directory now answers with these leaders; the bot reads at its next daily hour."""
    groups = hamlet.local_bot.chat.state.usergroups
    groups["S0LEADERS"] = replace(groups["S0LEADERS"], users=tuple(leaders))


def states(hamlet: Hamlet, leaders: Sequence[str]) -> Counter[PersonState]:
    return Counter(hamlet.person(leader).state for leader in leaders)


def with_a_file(tmp_path: Path) -> Path:
    """The leaders stand in a file of e-mails."""
    people = tmp_path / "schedules" / "people"
    people.mkdir(parents=True)
    (people / "leaders.csv").write_text("\n".join(["email", *EMAILS]), "utf-8")
    (people.parent / "landsby.yaml").write_text(PROGRAMME.replace("{usergroup: S0LEADERS}", "{file: people/leaders.csv}"), "utf-8")
    return people / "leaders.csv"


@BELIEVED
def test_people_keep_their_place_when_a_list_shrinks_to_one_for_a_day(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-09 10:40")
    before = states(hamlet, hamlet.leaders)
    answer_with(hamlet, hamlet.leaders[:1])
    hamlet.play("2018-10-10 08:00")  # the lists are read at 07:30
    assert states(hamlet, hamlet.leaders) == before


@BELIEVED
def test_the_question_of_the_day_reaches_them_all_the_same_and_nobody_is_welcomed_twice(hamlet: Hamlet) -> None:
    leaders = hamlet.leaders
    hamlet.play("2018-10-08 18:00")
    answer_with(hamlet, leaders[:1])
    hamlet.play("2018-10-09 08:00")
    answer_with(hamlet, leaders)
    hamlet.play("2018-10-11 18:00")
    assert sum(bool(hamlet.questions(leader)) for leader in leaders) == len(leaders)
    assert len(hamlet.outbox(MessageKind.WELCOME)) == 24


@BELIEVED
def test_a_directory_that_knows_only_a_few_for_one_morning_removes_nobody(tmp_path: Path) -> None:
    with_a_file(tmp_path)
    with opened(tmp_path) as hamlet:
        hamlet.play("2018-10-09 10:40")
        members = hamlet.local_bot.chat.state.members
        leaders = [member.id for member in hamlet.local_bot.chat.members() if member.email in EMAILS]
        away = {leader: members.pop(leader) for leader in leaders[1:]}
        hamlet.play("2018-10-10 08:00")
        members.update(away)
        assert states(hamlet, leaders) == {PersonState.ACTIVE: 12}


def test_a_file_that_is_too_short_is_not_believed(tmp_path: Path) -> None:
    file = with_a_file(tmp_path)
    with opened(tmp_path) as hamlet:
        hamlet.play("2018-10-09 10:40")
        leaders = [member.id for member in hamlet.local_bot.chat.members() if member.email in EMAILS]
        file.write_text("\n".join(["email", *EMAILS[:1]]), "utf-8")
        hamlet.player.settle()
        assert states(hamlet, leaders) == {PersonState.ACTIVE: 12}
