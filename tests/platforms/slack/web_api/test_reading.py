"""A long list is read to its end, each page once, however often Slack says "later" in between."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.errors import Later, Unreachable, Unsure
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.web_api import reading
from bot.programme import Source
from bot.workspace.client.person import ChatClient
from bot.workspace.state.members import Channel, Member, Population, Usergroup
from tests.support.local_slack import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.clock import MovableClock
    from bot.platforms.slack import SlackPlatform
    from bot.workspace.server import Workspace

EVERYBODY = tuple(Member(id=f"U{number:05}", name=f"Prøve {number}", email=f"{number}@example.org") for number in range(100))
CHANNEL = Channel(id="C0ALL", name="alle", members=(*(member.id for member in EVERYBODY), "U0BOT"))
GROUP = Usergroup(id="S0SOME", handle="nogle", name="Nogle", users=("U00001", "U00002"))
SOURCES = Source(channel="C0ALL"), Source(usergroup="S0SOME")
LISTS = {"users.list": 51, "conversations.members": 51, "usergroups.users.list": 1}  # calls, two people a page


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE_SIZE", 2)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def big(clock: MovableClock, make: Callable[..., SlackPlatform], journal: Path) -> Callable[..., Any]:
    """A workspace with a hundred people, and a platform for it."""

    @contextmanager
    def opened(*, limits: bool = False) -> Iterator[tuple[SlackPlatform, Workspace]]:
        chat = ChatClient(Population(members=EVERYBODY, channels=(CHANNEL,), usergroups=(GROUP,)), clock)
        with serve(chat, manifest(), limits=limits, journal=journal) as workspace:
            yield make(api_url=f"{workspace.address}api/"), workspace

    return opened


def calls(journal: Path) -> dict[str, int]:
    """How often each list has been asked for and has answered. No page may come twice."""
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    places = [(line["method"], str(line["args"].get("cursor", ""))) for line in lines if line["ok"] and line["method"] in LISTS]
    assert len(places) == len(set(places)), "a page was asked for twice"
    return {method: sum(of == method for of, _ in places) for method in LISTS}


def read_to_the_end(platform: SlackPlatform, clock: MovableClock) -> tuple[list[int], int]:
    """How many people stand on each list, and how often Slack said "later" before it was known. Each try is a beat of its own."""
    for times in range(200):
        try:
            found = platform.roster(SOURCES)
            return [len(found[source].found) for source in SOURCES], times
        except Later as later:
            clock.move_to(clock.now() + timedelta(seconds=later.after))
    raise AssertionError("it never came to its end")


def test_under_slacks_own_limits_each_page_is_asked_for_once(big: Callable[..., Any], clock: MovableClock, journal: Path) -> None:
    with big(limits=True) as (platform, _):
        sizes, times = read_to_the_end(platform, clock)
    assert sizes == [100, 2]
    assert times > 1
    assert calls(journal) == LISTS


def test_a_slow_list_is_read_in_many_attempts_and_each_page_is_asked_for_once(
    big: Callable[..., Any], clock: MovableClock, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "ONE_ATTEMPT", -1.0)
    with big() as (platform, _):
        sizes, times = read_to_the_end(platform, clock)
    assert sizes == [100, 2]
    assert times == sum(LISTS.values()), "an answer each"
    assert calls(journal) == LISTS


def test_slow_answers_about_strangers_and_people_who_are_gone_count_once_each(
    big: Callable[..., Any], clock: MovableClock, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "ONE_ATTEMPT", -1.0)
    with big() as (platform, workspace):
        for number in (97, 98, 99):
            workspace.chat.state.members.pop(f"U{number:05}")
        monkeypatch.setattr(platform._directory, "_read_users", lambda _: {"U0BOT": {"id": "U0BOT", "is_bot": True}})
        sizes, _ = read_to_the_end(platform, clock)
    assert sizes == [97, 2]
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    asked = Counter(line["args"]["user"] for line in lines if line["method"] == "users.info")
    assert asked == Counter(member.id for member in EVERYBODY)


@pytest.mark.parametrize("method", LISTS)
def test_a_limit_at_any_list_costs_no_page_that_has_come(big: Callable[..., Any], journal: Path, method: str) -> None:
    with big() as (platform, workspace):
        workspace.faults.limit(method, times=3, retry_after=7)
        for _ in range(3):
            with pytest.raises(Later) as caught:
                platform.roster(SOURCES)
            assert caught.value.after == 7
        found = platform.roster(SOURCES)
    assert [len(found[source].found) for source in SOURCES] == [100, 2]
    assert calls(journal) == LISTS


@pytest.mark.parametrize("fault", ["lose", "crash"])
def test_no_answer_in_the_middle_costs_no_page_that_has_come(big: Callable[..., Any], journal: Path, fault: str) -> None:
    with big() as (platform, workspace):
        getattr(workspace.faults, fault)("conversations.members")
        with pytest.raises(Unsure):
            platform.roster(SOURCES)
        platform.roster(SOURCES)
    counted = [json.loads(line)["method"] for line in journal.read_text("utf-8").splitlines()]
    assert counted.count("users.list") == LISTS["users.list"]


def test_a_place_that_slack_does_not_know_any_more_is_read_from_the_beginning(big: Callable[..., Any], clock: MovableClock) -> None:
    with big(limits=True) as (platform, workspace):
        with pytest.raises(Later):
            platform.roster(SOURCES)
        clock.move_to(clock.now() + timedelta(minutes=2))
        workspace.faults.refuse("users.list", "invalid_cursor")
        sizes, _ = read_to_the_end(platform, clock)
    assert sizes == [100, 2]


def test_a_slack_that_knows_no_place_is_not_asked_for_ever(big: Callable[..., Any]) -> None:
    with big() as (platform, workspace):
        workspace.faults.refuse("users.list", "invalid_cursor", times=2)
        for _ in range(2):
            with pytest.raises(Later):
                platform.roster(SOURCES)
        assert len(platform.roster(SOURCES)[SOURCES[0]].found) == 100


def test_what_was_read_long_ago_and_what_is_asked_for_anew_is_read_anew(big: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with big() as (platform, workspace):
        workspace.faults.limit("conversations.members")
        with pytest.raises(Later):
            platform.roster(SOURCES)
        monkeypatch.setattr(reading, "KEPT_FOR", 0.0)
        workspace.chat.state.members.pop("U00099")
        assert len(platform.roster(SOURCES)[SOURCES[0]].found) == 99
        workspace.chat.state.members.pop("U00098")
        assert len(platform.roster(SOURCES)[SOURCES[0]].found) == 98


def test_a_list_that_was_gone_and_is_mended_is_seen_at_once(big: Callable[..., Any]) -> None:
    with big() as (platform, workspace):
        gone = workspace.chat.state.usergroups.pop("S0SOME")
        workspace.chat.state.members.pop("U00002")
        with pytest.raises(Unreachable):
            platform.roster(SOURCES)
        workspace.chat.state.usergroups["S0SOME"] = gone
        assert [found.address for found in platform.roster(SOURCES)[SOURCES[1]].found] == ["U00001"]
