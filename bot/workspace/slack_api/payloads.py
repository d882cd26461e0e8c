"""Complete payloads in the shape that Slack sends, built from the workspace's values.

They follow Slack's documentation. All functions are pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.workspace.state.forms import state_values

if TYPE_CHECKING:
    from datetime import datetime

    from bot.workspace.block_rules import Json
    from bot.workspace.state.members import Channel, Member, Population, Usergroup
    from bot.workspace.state.message_store import Message, SharedFile
    from bot.workspace.state.open_views import View


def user_object(member: Member, population: Population, now: datetime, *, email: bool = False, locale: bool = False) -> Json:
    """A user object; the e-mail address and the locale are in it only on request."""
    profile = {"real_name": member.name, "display_name": member.name, "title": member.title, "team": population.team_id}
    offset, team = now.astimezone(ZoneInfo(member.tz)).utcoffset(), member.team_id or population.team_id
    user: Json = {
        "id": member.id,
        "team_id": team,
        "name": member.name.lower().replace(" ", "."),
        "real_name": member.name,
        "deleted": member.deleted,
        "is_bot": member.is_bot,
        "is_restricted": member.is_guest,
        "is_ultra_restricted": False,
        "is_app_user": False,
        "updated": int(now.timestamp()),
        "tz": member.tz,
        "tz_label": member.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile | ({"email": member.email} if email else {}),
    }
    if locale:
        user["locale"] = member.locale
    if member.organisation_id:
        user["enterprise_user"] = {"id": member.organisation_id, "enterprise_id": population.enterprise_id, "teams": [team]}
    return user


def channel_object(channel: Channel, population: Population) -> Json:
    """A conversation object for a channel."""
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_shared": channel.is_ext_shared or channel.is_org_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "is_org_shared": channel.is_org_shared,
        "is_member": population.bot_user_id in channel.members,
        "context_team_id": population.team_id,
    }


def direct_object(member: Member, channel_id: str) -> Json:
    """A conversation object for a direct message."""
    short = {"id": channel_id, "user": member.id, "is_im": True, "is_channel": False, "is_group": False, "is_archived": False}
    return {**short, "is_user_deleted": member.deleted}


def usergroup_object(group: Usergroup, population: Population) -> Json:
    """A usergroup object, with the people in it."""
    return {
        "id": group.id,
        "team_id": population.team_id,
        "handle": group.handle,
        "name": group.name,
        "is_usergroup": True,
        "date_delete": 0,
        "user_count": len(group.users),
        "users": list(group.users),
    }


def message_object(message: Message, population: Population, *, metadata: bool = False) -> Json:
    """A message object; metadata only when asked for."""
    content: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": population.team_id}
    if message.blocks:
        content["blocks"] = message.blocks
    if message.user == population.bot_user_id:
        content |= {"bot_id": population.bot_id, "app_id": population.app_id}
    if message.edited:
        content["edited"] = {"user": message.user, "ts": message.ts}
    if message.thread_ts:
        content["thread_ts"] = message.thread_ts
    if message.files:
        content |= {"files": message.files, "upload": True}
    if metadata and message.metadata:
        content["metadata"] = message.metadata
    return content


def file_object(file: SharedFile, title: str, population: Population, now: datetime) -> Json:
    """A file object, without the addresses from which Slack hands out the file itself."""
    mimetype = "text/html" if file.name.endswith(".html") else "application/octet-stream"
    created = int(now.timestamp())
    return {
        "id": file.id,
        "created": created,
        "timestamp": created,
        "name": file.name,
        "title": title,
        "mimetype": mimetype,
        "size": len(file.content),
        "mode": "hosted",
        "user": population.bot_user_id,
        "is_public": False,
    }


def view_object(view: View, population: Population) -> Json:
    """A view object."""
    return {
        "id": view.id,
        "team_id": population.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "external_id": view.external_id,
        "state": {"values": state_values(view.blocks, view.state)},
        "hash": view.hash,
        "title": _plain_text(view.title),
        "submit": _plain_text(view.submit),
        "close": _plain_text(view.close),
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": population.app_id,
        "app_installed_team_id": population.team_id,
        "bot_id": population.bot_id,
    }


def interaction(kind: str, member: Member, population: Population, **more: Any) -> Json:
    """An interactive payload of type `kind`: the fields they all have, and `more`."""
    return {
        "type": kind,
        "team": {"id": population.team_id, "domain": "local"},
        "user": {"id": member.organisation_id or member.id, "username": member.name, "name": member.name, "team_id": population.team_id},
        "api_app_id": population.app_id,
        "token": "local",
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def place_in_message(message: Message, population: Population, name: str) -> Json:
    """The fields that name the message in which an action happened. Slack leaves out the content of an ephemeral one."""
    ephemeral = message.only_for is not None
    container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel, "is_ephemeral": ephemeral}
    place = {"container": container, "channel": {"id": message.channel, "name": name}, "state": {"values": {}}}
    return place if ephemeral else {**place, "message": message_object(message, population)}


def place_in_view(view: View, population: Population) -> Json:
    """The fields that name the modal or home tab in which an action happened."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(view, population)}


def slash_command(command: str, text: str, member: Member, population: Population, **more: Any) -> Json:
    """The payload of a slash command."""
    return {
        "token": "local",
        "team_id": population.team_id,
        "team_domain": "local",
        "user_id": member.organisation_id or member.id,
        "user_name": member.name,
        "command": command,
        "text": text,
        "api_app_id": population.app_id,
        "is_enterprise_install": "false",
        **more,
    }


def event_payload(content: Json, event_id: str, population: Population, now: datetime) -> Json:
    """An event as the Events API wraps it; a repeated event has the same `event_id`."""
    return {
        "token": "local",
        "team_id": population.team_id,
        "api_app_id": population.app_id,
        "event": content,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(now.timestamp()),
        "authorizations": [{"enterprise_id": None, "team_id": population.team_id, "user_id": population.bot_user_id, "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def _plain_text(words: str | None) -> Json | None:
    return {"type": "plain_text", "text": words, "emoji": True} if words else None
