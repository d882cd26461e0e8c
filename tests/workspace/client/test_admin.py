"""The bot hears what an administrator changes, and sees it when it looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.workspace.client.admin import change_channel, change_member, change_usergroup
from bot.workspace.state.members import Channel, Member, Usergroup

if TYPE_CHECKING:
    from bot.workspace.client.person import ChatClient
    from tests.support.local_slack import Bot


def test_a_person_who_is_deactivated_is_told_of_and_cannot_be_written_to(bot: Bot, chat: ChatClient) -> None:
    assert change_member(chat, replace(chat.member("U0ANE"), deleted=True)).ok
    (payload,) = bot.wait_for(1)
    assert (payload["event"]["type"], payload["event"]["user"]["id"], payload["event"]["user"]["deleted"]) == ("user_change", "U0ANE", True)
    assert bot.client.users_info(user="U0ANE")["user"]["deleted"] is True


def test_a_person_who_comes_is_told_of(bot: Bot, chat: ChatClient) -> None:
    change_member(chat, Member(id="U0NEW", name="Timian Øvedal", email="ny@example.org"))
    (payload,) = bot.wait_for(1)
    assert (payload["event"]["type"], payload["event"]["user"]["profile"]["email"]) == ("team_join", "ny@example.org")


def test_who_comes_into_a_group_and_leaves_it_is_told(bot: Bot, chat: ChatClient) -> None:
    change_usergroup(chat, Usergroup(id="S0ALL", handle="alle", name="Alle", users=("U0ANE", "U0GON")))
    first, second = (payload["event"] for payload in bot.wait_for(2))
    assert (first["type"], first["added_users"], first["removed_users"]) == ("subteam_members_changed", ["U0GON"], ["U0BLA"])
    assert (second["type"], second["subteam"]["users"]) == ("subteam_updated", ["U0ANE", "U0GON"])
    assert bot.client.usergroups_users_list(usergroup="S0ALL")["users"] == ["U0ANE", "U0GON"]


def test_who_comes_into_a_channel_and_its_archiving_are_told(bot: Bot, chat: ChatClient) -> None:
    change_channel(chat, Channel(id="C0DIGEST", name="digest", members=("U0ANE", "U0BLA", "U0BOT"), is_archived=True))
    events = [payload["event"] for payload in bot.wait_for(2)]
    assert [(event["type"], event["channel"], event["user"]) for event in events] == [
        ("member_joined_channel", "C0DIGEST", "U0BLA"),
        ("channel_archive", "C0DIGEST", "U0BOT"),
    ]
