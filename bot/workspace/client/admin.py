"""What does an administrator of the workspace change, and what does the bot hear of it?

People come, leave and are renamed, groups and channels change: each change takes effect at once and is told as Slack's own events.
Changes last until the workspace is reset or started again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.slack_api import payloads

if TYPE_CHECKING:
    from bot.workspace.client.person import Ack, ChatClient
    from bot.workspace.state.members import Channel, Member, Usergroup


def change_member(chat: ChatClient, member: Member) -> Ack:
    """Add a person, or put this in place of the one with the same id."""
    state = chat.state
    event = "user_change" if member.id in state.members else "team_join"
    state.members[member.id] = member
    state.touch()
    return chat.event(event, {"user": payloads.user_object(member, state.population, state.clock.now(), email=True, locale=True)})


def change_usergroup(chat: ChatClient, group: Usergroup) -> Ack:
    """Add a usergroup, or put this in place of the one with the same id."""
    state = chat.state
    before = set(state.usergroups[group.id].users) if group.id in state.usergroups else set()
    state.usergroups[group.id] = group
    state.touch()
    added, removed = sorted(set(group.users) - before), sorted(before - set(group.users))
    members = {"subteam_id": group.id, "team_id": state.population.team_id, "added_users": added, "removed_users": removed}
    chat.event("subteam_members_changed", members)
    return chat.event("subteam_updated", {"subteam": payloads.usergroup_object(group, state.population, users=True)})


def change_channel(chat: ChatClient, channel: Channel) -> list[Ack]:
    """Add a channel, or put this in place of the one with the same id; the bot hears who came and went, and of archiving."""
    state = chat.state
    old = state.channels.get(channel.id)
    before, after = set(old.members if old else ()), set(channel.members)
    state.channels[channel.id] = channel
    state.touch()
    events = [("member_joined_channel", user) for user in sorted(after - before)] + [
        ("member_left_channel", user) for user in sorted(before - after)
    ]
    if old and old.is_archived != channel.is_archived:
        events.append(("channel_archive" if channel.is_archived else "channel_unarchive", state.population.bot_user_id))
    place = {"channel": channel.id, "channel_type": "G" if channel.is_private else "C", "team": state.population.team_id}
    return [chat.event(name, {**place, "user": user}) for name, user in events]
