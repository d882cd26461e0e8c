"""What does an administrator of the workspace change, and what does the bot hear of it?

People come, leave and are renamed, groups and channels change: each change takes effect at once and is told as Slack's own events.
Changes last until the workspace is reset or started again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.slack_api import payloads

if TYPE_CHECKING:
    from bot.workspace.client.person import Ack, Client
    from bot.workspace.state.members import Channel, Member, Usergroup


def change_member(stage: Client, member: Member) -> Ack:
    """Add a person, or put this in place of the one with the same id."""
    state = stage.state
    event = "user_change" if member.id in state.members else "team_join"
    state.members[member.id] = member
    state.touch()
    return stage.event(event, {"user": payloads.user(member, state.cast, state.clock.now(), email=True, locale=True)})


def change_usergroup(stage: Client, group: Usergroup) -> Ack:
    """Add a usergroup, or put this in place of the one with the same id."""
    state = stage.state
    before = set(state.usergroups[group.id].users) if group.id in state.usergroups else set()
    state.usergroups[group.id] = group
    state.touch()
    added, removed = sorted(set(group.users) - before), sorted(before - set(group.users))
    members = {"subteam_id": group.id, "team_id": state.cast.team_id, "added_users": added, "removed_users": removed}
    stage.event("subteam_members_changed", members)
    return stage.event("subteam_updated", {"subteam": payloads.usergroup(group, state.cast, users=True)})


def change_channel(stage: Client, channel: Channel) -> list[Ack]:
    """Add a channel, or put this in place of the one with the same id; the bot hears who came and went, and of archiving."""
    state = stage.state
    old = state.channels.get(channel.id)
    before, after = set(old.members if old else ()), set(channel.members)
    state.channels[channel.id] = channel
    state.touch()
    told = [("member_joined_channel", user) for user in sorted(after - before)] + [
        ("member_left_channel", user) for user in sorted(before - after)
    ]
    if old and old.is_archived != channel.is_archived:
        told.append(("channel_archive" if channel.is_archived else "channel_unarchive", state.cast.bot_user_id))
    place = {"channel": channel.id, "channel_type": "G" if channel.is_private else "C", "team": state.cast.team_id}
    return [stage.event(name, {**place, "user": user}) for name, user in told]
