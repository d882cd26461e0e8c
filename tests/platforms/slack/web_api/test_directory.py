"""Are the people of every kind of list found, with language and time zone?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.errors import Later, Unreachable, Unsure
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.web_api.directory import PAGE_SIZE, _roster
from bot.programme import Language, Source
from bot.seam.platform import ChannelFacts, Found
from bot.workspace.client.person import ChatClient
from bot.workspace.state.members import Member, Population, Usergroup
from tests.support.local_slack import serve
from tests.support.slack_platform import ANNA, ARCHIVED, BO, DIGEST, ELSEWHERE, POLITICIAN, ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import MovableClock
    from bot.platforms.slack import SlackPlatform
    from bot.workspace.server import Workspace

GROUP, CHANNEL = Source(usergroup="S0LEADERS"), Source(channel=DIGEST)
FILE = Source(
    file="people/x.csv", emails=("ANNA@example.org", "bo@example.org", "gone@example.org", "robot@example.org", "ingen@example.org")
)
ANNA_FOUND = Found(address=ANNA, language=Language.DA, timezone="Europe/Copenhagen", active=True)
BO_FOUND = Found(address=BO, language=Language.EN, timezone="Europe/London", active=True)


def test_a_usergroups_people_are_found_with_language_and_time_zone(slack: SlackPlatform) -> None:
    assert tuple(replace(found, names=()) for found in slack.roster((GROUP,))[GROUP].found) == (ANNA_FOUND, BO_FOUND)


def test_all_that_people_are_called_there_is_found_too(slack: SlackPlatform) -> None:
    anna, _ = slack.roster((GROUP,))[GROUP].found
    assert anna.names == ("Rønnebær Testesen", "rønnebær.testesen", "anna")


def test_a_channels_people_are_found_without_the_bots_among_them(slack: SlackPlatform) -> None:
    swedish = Found(address=POLITICIAN, language=None, timezone="Europe/Copenhagen", active=True)
    assert tuple(replace(found, names=()) for found in slack.roster((CHANNEL,))[CHANNEL].found) == (ANNA_FOUND, swedish)


def test_a_file_of_emails_is_matched_whatever_the_case_and_the_unknown_are_told(slack: SlackPlatform) -> None:
    roster = slack.roster((FILE,))[FILE]
    assert [found.address for found in roster.found] == [ANNA, BO, "U0GONE"]
    assert [found.active for found in roster.found] == [True, True, False]
    assert roster.missing == ("robot@example.org", "ingen@example.org")


def test_many_sources_cost_one_pass_over_the_people(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.slow("users.list", seconds=0, times=2)
    assert set(slack.roster((GROUP, CHANNEL, FILE))) == {GROUP, CHANNEL, FILE}
    assert workspace.faults.take("users.list") is not None


def test_people_come_page_by_page(clock: MovableClock, engine: ScriptedEngine, make: Callable[..., SlackPlatform]) -> None:
    many = tuple(Member(id=f"U{number:05}", name=f"Prøve {number}", email=f"{number}@example.org") for number in range(PAGE_SIZE + 5))
    group = Usergroup(id="S0ALL", handle="all", name="Alle", users=tuple(member.id for member in many))
    source = Source(usergroup="S0ALL")
    with serve(ChatClient(Population(members=many, usergroups=(group,)), clock), manifest()) as workspace:
        slack = make(api_url=f"{workspace.address}api/")
        assert len(slack.roster((source,))[source].found) == PAGE_SIZE + 5


def test_someone_of_another_organisation_is_asked_about_alone(slack: SlackPlatform) -> None:
    roster = _roster(slack._client, CHANNEL, {})  # nobody of the channel is in the workspace's own list
    assert [found.address for found in roster.found] == [ANNA, POLITICIAN]


def test_someone_slack_does_not_know_is_left_out(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.chat.state.members.pop(POLITICIAN)
    assert [found.address for found in slack.roster((CHANNEL,))[CHANNEL].found] == [ANNA]


@pytest.mark.parametrize("source", [Source(usergroup="S0NONE"), Source(channel="C0NONE")])
def test_a_list_that_is_not_there_is_named(slack: SlackPlatform, source: Source) -> None:
    with pytest.raises(Unreachable, match=str(source)):
        slack.roster((source,))


@pytest.mark.parametrize("method", ["users.list", "usergroups.users.list"])
def test_a_roster_is_whole_or_not_at_all(slack: SlackPlatform, workspace: Workspace, method: str) -> None:
    workspace.faults.limit(method, retry_after=12)
    with pytest.raises(Later) as caught:
        slack.roster((GROUP,))
    assert caught.value.after == 12
    workspace.faults.crash(method)
    with pytest.raises(Unsure):
        slack.roster((GROUP,))


def test_what_must_be_known_of_a_channel_is_known(slack: SlackPlatform) -> None:
    assert slack.channel(DIGEST) == ChannelFacts(exists=True, member=True, archived=False, external=True)
    assert slack.channel(ARCHIVED) == ChannelFacts(exists=True, member=True, archived=True, external=False)
    assert slack.channel(ELSEWHERE) == ChannelFacts(exists=True, member=False, archived=False, external=False)
    assert slack.channel("C0NONE") == ChannelFacts(exists=False, member=False, archived=False, external=False)


def test_a_channel_that_slack_does_not_tell_about_is_not_taken_for_gone(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.crash("conversations.info")
    with pytest.raises(Unsure):
        slack.channel(DIGEST)
