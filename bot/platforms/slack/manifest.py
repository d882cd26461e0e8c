"""The one list of what Slack must allow the bot to do and hear.

The app manifest is made from it, the start checks the token against it, and the local workspace enforces it.
"""

from __future__ import annotations

from typing import Any, Final

from bot.seam.actions import ChannelChange

COMMAND: Final = "/eftertanke"
NAME: Final = "Eftertanke"

SCOPES: Final = {
    "chat:write": "say things in direct messages and in channels it is in",
    "commands": COMMAND,
    "im:write": "open direct messages",
    "im:history": "hear that a direct message was typed (its words are not read), and look for its own messages there",
    "channels:read": "see who is in a channel, and whether it is the right one",
    "groups:read": "the same for private channels",
    "channels:history": "look for its own digest before posting it again",
    "groups:history": "the same in private channels",
    "users:read": "language and time zone of the people on the lists",
    "users:read.email": "find the people of a list of e-mails",
    "usergroups:read": "find the people of a usergroup",
    "files:write": "send a digest as a page to whoever presses *Send me the file*, and to nobody else",
}
OPTIONAL: Final = "files:write"  # the bot works without it, and says at a press what it cannot do; older installations do not have it
PEOPLE_EVENTS: Final = (
    "team_join",
    "user_change",
    "subteam_updated",
    "subteam_members_changed",
    "member_joined_channel",
    "member_left_channel",
)
CHANNEL_EVENTS: Final = {  # for a private channel Slack has other names for some of them
    "channel_archive": ChannelChange.ARCHIVED,
    "group_archive": ChannelChange.ARCHIVED,
    "channel_unarchive": ChannelChange.UNARCHIVED,
    "group_unarchive": ChannelChange.UNARCHIVED,
    "channel_deleted": ChannelChange.DELETED,
    "group_deleted": ChannelChange.DELETED,
    "channel_rename": ChannelChange.RENAMED,
    "group_rename": ChannelChange.RENAMED,
    "channel_id_changed": ChannelChange.MOVED,
    "channel_shared": ChannelChange.SHARED,
    "channel_unshared": ChannelChange.UNSHARED,
}
REMOVAL_EVENTS: Final = ("app_uninstalled", "tokens_revoked")
EVENTS: Final = ("app_home_opened", "message.im", *PEOPLE_EVENTS, *CHANNEL_EVENTS, *REMOVAL_EVENTS)


def manifest() -> dict[str, Any]:
    """Make the app manifest that Slack reads (as JSON)."""
    return {
        "display_information": {
            "name": NAME,
            "description": "Ét spørgsmål om ugen efter lederkonferencen. Svarene er fortrolige.",
            "background_color": "#1f4d3f",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Svar, se dine svar, hold pause",
                    "usage_hint": "svar | mine svar | pause",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def missing_scopes(scopes: str) -> list[str]:
    """Return the scopes without which nothing works that are missing in `scopes`, Slack's comma-separated list."""
    return sorted(SCOPES.keys() - {OPTIONAL} - _names_in(scopes))


def may_send_files(scopes: str) -> bool:
    """Whether `scopes`, Slack's comma-separated list, let the bot send files."""
    return OPTIONAL in _names_in(scopes)


def _names_in(scopes: str) -> set[str]:
    return {scope.strip() for scope in scopes.split(",")}
