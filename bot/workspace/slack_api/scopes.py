"""What the app's manifest allows the bot to do and to hear.

It is read from the manifest that is also pasted into Slack, so a missing scope or event shows here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT_SCOPES: Final = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
}


@dataclass(frozen=True, kw_only=True)
class Rights:
    """The manifest, reduced to what this workspace enforces."""

    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()
    interactive: bool = False
    socket_mode: bool = False
    home_tab: bool = False
    messages_tab: bool = False

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> Rights:
        """The rights that a Slack app manifest (as a dictionary) gives."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        home = features.get("app_home", {})
        return cls(
            scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            commands=frozenset(command["command"] for command in features.get("slash_commands", ())),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False) and not home.get("messages_tab_read_only_enabled", False),
        )

    def hears(self, event: str) -> bool:
        """Whether the manifest subscribes to the event and a scope covers it."""
        return event in self.events and _EVENT_SCOPES.get(event, next(iter(self.scopes), "")) in self.scopes
