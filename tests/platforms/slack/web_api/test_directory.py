"""The people of every kind of list are found, with language and time zone."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk import WebClient

from bot.errors import Later, Unreachable, Unsure
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.web_api.directory import Directory
from bot.platforms.slack.web_api.reading import PAGE_SIZE
from bot.platforms.slack.web_api.startup import Identity, _is_shared, identity
from bot.programme import Language, Source
from bot.seam.actions import PoliticiansAsked, PoliticiansFormWanted
from bot.seam.answers import PoliticiansForm
from bot.seam.meaning import WishUnanswered
from bot.seam.platform import ChannelFacts, Found
from bot.workspace.client.person import ChatClient
from bot.workspace.state.members import Channel, Member, Population, Usergroup
from tests.support.local_slack import serve
from tests.support.slack_platform import ANNA, ARCHIVED, BO, DIGEST, ELSEWHERE, ORGANISERS, POLITICIAN, ScriptedEngine, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    assert [(found.address, found.active) for found in roster.found] == [(ANNA, True), (BO, True)]
    assert roster.missing == ("gone@example.org", "robot@example.org", "ingen@example.org")
    assert roster.closed == ("gone@example.org",)


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


@pytest.mark.parametrize("way", ["is_ext_shared", "is_pending_ext_shared", "is_org_shared"])
def test_a_channel_counts_as_shared_from_the_invitation_on_and_within_the_organisation(
    slack: SlackPlatform, workspace: Workspace, way: str
) -> None:
    channels = workspace.chat.state.channels
    channels[ORGANISERS] = replace(channels[ORGANISERS], **{way: True})
    assert slack.channel(ORGANISERS).external


@pytest.mark.parametrize(
    ("info", "shared"),
    [
        ({"pending_shared": ["T2"]}, True),
        ({"pending_connected_team_ids": ["T2"]}, True),
        ({"connected_team_ids": ["T2"]}, True),
        ({"is_shared": True}, True),
        ({"context_team_id": "T1", "shared_team_ids": ["T1", "T2"]}, True),
        ({"context_team_id": "T1", "internal_team_ids": ["T2"]}, True),
        ({"context_team_id": "T1", "shared_team_ids": ["T1"], "pending_shared": [], "pending_connected_team_ids": []}, False),
        ({"shared_team_ids": None}, False),
    ],
)
def test_every_sign_of_sharing_counts(info: dict[str, Any], shared: bool) -> None:
    assert _is_shared(info) is shared


def test_a_channel_that_slack_does_not_tell_about_is_not_taken_for_gone(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.crash("conversations.info")
    with pytest.raises(Unsure):
        slack.channel(DIGEST)


# --- accounts


def account(number: int, **more: Any) -> Member:
    return Member(id=f"U{number:05}", name=f"Prøve {number}", **({"email": f"{number}@example.org"} | more))


@pytest.fixture
def platform_for(clock: MovableClock, make: Callable[..., SlackPlatform]) -> Iterator[Callable[..., SlackPlatform]]:
    """A platform that knows a workspace of its own."""
    with ExitStack() as open_now:

        def started(**population: Any) -> SlackPlatform:
            workspace = open_now.enter_context(serve(ChatClient(Population(**population), clock), manifest(), limits=False))
            platform = make(api_url=f"{workspace.address}api/")
            platform._directory.begin(identity(platform._client))
            return platform

        yield started


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_accounts_with_one_email_the_open_one_is_found_in_whichever_order_they_come(
    platform_for: Callable[..., SlackPlatform], order: int
) -> None:
    accounts = (account(1, email="anna@example.org", deleted=True), account(2, email="Anna@example.org"))
    source = Source(file="people/x.csv", emails=("anna@example.org",))
    roster = platform_for(members=accounts[::order]).roster((source,))[source]
    assert [(found.address, found.active) for found in roster.found] == [("U00002", True)]
    assert (roster.missing, roster.closed) == ((), ())


@pytest.mark.parametrize("order", [1, -1])
def test_the_workspaces_own_account_is_found_before_a_guests_with_the_same_email(
    platform_for: Callable[..., SlackPlatform], order: int
) -> None:
    accounts = (account(1, email="anna@example.org", team_id="T0OTHER"), account(2, email="anna@example.org"))
    source = Source(file="people/x.csv", emails=("anna@example.org",))
    assert [found.address for found in platform_for(members=accounts[::order]).roster((source,))[source].found] == ["U00002"]


@pytest.mark.parametrize("domain", ["rådhus.dk", "xn--rdhus-mra.dk"])
def test_an_address_with_letters_beyond_english_is_found_however_slack_writes_it(
    platform_for: Callable[..., SlackPlatform], domain: str
) -> None:
    source = Source(file="people/x.csv", emails=("anna@rådhus.dk",))
    roster = platform_for(members=(account(1, email=f"Anna@{domain}"),)).roster((source,))[source]
    assert [found.address for found in roster.found] == ["U00001"]


def test_guests_and_people_of_other_workspaces_are_known_for_what_they_are(platform_for: Callable[..., SlackPlatform]) -> None:
    members = (account(1), account(2, is_guest=True), account(3, team_id="T0OTHER"), account(4, team_id="T0OTHER", organisation_id="W4"))
    channel = Channel(id="C0ALL", name="alle", members=(*(member.id for member in members), "U0BOT"))
    source = Source(channel="C0ALL")
    found = platform_for(members=members, channels=(channel,)).roster((source,))[source].found
    assert {person.address: person.guest for person in found} == {"U00001": False, "U00002": True, "U00003": True, "U00004": True}


def test_whoever_is_not_in_the_workspaces_own_list_is_there_as_a_guest(slack: SlackPlatform, workspace: Workspace) -> None:
    slack._directory._read_users = lambda _: {}  # type: ignore[method-assign]  # the local workspace lists all whom it knows
    assert {found.address: found.guest for found in slack.roster((CHANNEL,))[CHANNEL].found} == {ANNA: True, POLITICIAN: True}


@pytest.mark.parametrize("mark", ["is_ultra_restricted", "is_stranger", "is_restricted"])
def test_every_mark_of_a_guest_counts(slack: SlackPlatform, mark: str) -> None:
    assert slack._directory._as_found({"id": "U1", mark: True}).guest
    assert not slack._directory._as_found({"id": "U1", mark: False}).guest


def test_who_belongs_to_several_workspaces_of_an_organisation_is_no_guest_in_any_of_them() -> None:
    directory = Directory(WebClient(), WebClient())
    directory.begin(Identity(team="T1", user="U0BOT", bot="B1", enterprise="E1"))
    of_both = {"id": "U1", "team_id": "T2", "enterprise_user": {"id": "W1", "teams": ["T1", "T2"]}}
    of_the_other = {"id": "U2", "team_id": "T2", "enterprise_user": {"id": "W2", "teams": ["T2"]}}
    of_the_whole = {"id": "U3", "team_id": "E1"}
    assert [directory._as_found(user).guest for user in (of_both, of_the_other, of_the_whole)] == [False, True, False]


# --- two ids

TWO_IDS = account(1, organisation_id="W00001")
IN_AN_ORGANISATION: dict[str, Any] = {
    "members": (TWO_IDS, account(2)),
    "usergroups": (
        Usergroup(id="S0LOCAL", handle="a", name="A", users=("U00001", "U00002")),
        Usergroup(id="S0WIDE", handle="b", name="B", users=("W00001", "U00001")),
    ),
    "enterprise_id": "E0LOCAL",
}


def test_who_stands_on_lists_under_two_ids_is_one_person(platform_for: Callable[..., SlackPlatform]) -> None:
    local, wide = Source(usergroup="S0LOCAL"), Source(usergroup="S0WIDE")
    rosters = platform_for(**IN_AN_ORGANISATION).roster((local, wide))
    assert [(found.address, found.other_address) for found in rosters[local].found] == [("U00001", "W00001"), ("U00002", None)]
    assert [found.address for found in rosters[wide].found] == ["U00001"]


def test_who_acts_under_another_id_than_the_lists_is_the_one_on_the_lists(platform_for: Callable[..., SlackPlatform]) -> None:
    platform = platform_for(**IN_AN_ORGANISATION)  # nothing has been read yet, as after a restart
    acting = ("W00001", "U00001", "U00002", "W0NOBODY", "")
    assert [platform._directory.usual_id(user) for user in acting] == ["U00001", *acting[1:]]


def test_who_acts_or_is_picked_under_the_other_id_is_the_person_on_the_lists(
    clock: MovableClock, engine: ScriptedEngine, make: Callable[..., SlackPlatform]
) -> None:
    chat = ChatClient(Population(**IN_AN_ORGANISATION), clock)
    with serve(chat, manifest(), limits=False) as workspace:
        platform = make(api_url=f"{workspace.address}api/")
        platform.start(engine.door)
        wait_until(lambda: workspace.socket_mode.connected == 1)
        chat.command("U00001", "/eftertanke", "mine")
        engine.answers[PoliticiansFormWanted] = PoliticiansForm(language=Language.DA, digest=3, theme="tid", what="Ønskerne under »Tid«")
        platform.send("U00002", WishUnanswered(language=Language.DA, digest=3, theme="tid", text="De venter."), "w1")
        chat.press("U00002", "ask_politicians")
        chat.submit("U00002", {"whom": {"whom": ["W00001"]}})
        platform.stop()
    assert [action.who for action in engine.done] == ["U00001", "U00002", "U00002"]
    assert engine.done[-1] == PoliticiansAsked(who="U00002", digest=3, theme="tid", whom=("U00001",))


def test_outside_an_organisation_nobody_is_asked_about(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.crash("users.info")
    assert slack._directory.usual_id("U0STRANGER") == "U0STRANGER"
    assert workspace.faults.take("users.info") is not None
