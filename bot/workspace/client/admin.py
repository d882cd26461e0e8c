"""The changes that an administrator of the workspace makes, and the events that tell the bot of them.

People come, leave and are renamed, groups and channels change. Each change takes effect at once and lasts until the workspace is reset
or started again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.workspace.slack_api import payloads

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import Ack, ChatClient
    from bot.workspace.state.members import Channel, Member, Usergroup


def change_member(chat: ChatClient, member: Member) -> Ack:
    """Add a person, or replace the one with the same id."""
    state = chat.state
    event = "user_change" if member.id in state.members else "team_join"
    state.members[member.id] = member
    state.touch()
    return chat.event(event, {"user": payloads.user_object(member, state.population, state.clock.now(), email=True, locale=True)})


def change_usergroup(chat: ChatClient, group: Usergroup) -> Ack:
    """Add a usergroup, or replace the one with the same id."""
    state = chat.state
    before = set(state.usergroups[group.id].users) if group.id in state.usergroups else set()
    state.usergroups[group.id] = group
    state.touch()
    added, removed = sorted(set(group.users) - before), sorted(before - set(group.users))
    members = {"subteam_id": group.id, "team_id": state.population.team_id, "added_users": added, "removed_users": removed}
    chat.event("subteam_members_changed", members)
    return chat.event("subteam_updated", {"subteam": payloads.usergroup_object(group, state.population)})


def change_channel(chat: ChatClient, channel: Channel) -> list[Ack]:
    """Add a channel, or replace the one with the same id. The bot hears who came and went, and what else changed."""
    state = chat.state
    old = state.channels.get(channel.id)
    before, after = set(old.members if old else ()), set(channel.members)
    state.channels[channel.id] = channel
    state.touch()
    place = {"channel": channel.id, "channel_type": "G" if channel.is_private else "C", "team": state.population.team_id}
    joined = [("member_joined_channel", {**place, "user": user}) for user in sorted(after - before)]
    left = [("member_left_channel", {**place, "user": user}) for user in sorted(before - after)]
    changes = _channel_changes(old, channel, state.population.bot_user_id) if old else []
    return [chat.event(name, content) for name, content in [*joined, *left, *changes]]


def _channel_changes(old: Channel, channel: Channel, who: str) -> list[tuple[str, Json]]:
    """The events for what changed in a channel, apart from its members."""
    kind = _kind(channel)
    changes: list[tuple[str, Json]] = []
    if old.is_archived != channel.is_archived:
        changes.append((f"{kind}_archive" if channel.is_archived else f"{kind}_unarchive", {"channel": channel.id, "user": who}))
    if old.name != channel.name:
        changes.append((f"{kind}_rename", {"channel": {"id": channel.id, "name": channel.name}}))
    if old.is_ext_shared != channel.is_ext_shared:
        name = "channel_shared" if channel.is_ext_shared else "channel_unshared"
        changes.append((name, {"channel": channel.id, "is_ext_shared": channel.is_ext_shared}))
    return changes


def delete_channel(chat: ChatClient, channel_id: str) -> Ack:
    """Delete a channel; its messages can then no longer be reached."""
    channel = chat.state.channels.pop(channel_id)
    chat.state.touch()
    return chat.event(f"{_kind(channel)}_deleted", {"channel": channel_id})


def move_channel(chat: ChatClient, old_id: str, new_id: str) -> Ack:
    """Give a channel another id, as happens when organisations are joined."""
    chat.state.channels[new_id] = replace(chat.state.channels.pop(old_id), id=new_id)
    chat.state.touch()
    return chat.event("channel_id_changed", {"old_channel_id": old_id, "new_channel_id": new_id})


def _kind(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"
