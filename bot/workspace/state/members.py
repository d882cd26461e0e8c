"""The people and places of the local workspace, as frozen values.

Members, channels and usergroups have ids that look like Slack's. What people do is in `client/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TITLES: Final = {  # a member's title, by the name of their role
    "leader": "leder",
    "employee_rep": "medarbejderrepræsentant",
    "politician": "politiker",
    "organiser": "organisator",
}


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person (or the bot) in the workspace. The page shows `title` beside the name.

    `team_id` is set for a member of another workspace. Where several workspaces make up one organisation, a person also has an
    `organisation_id` and acts under it.
    """

    id: str
    name: str
    email: str
    tz: str = "Europe/Copenhagen"
    locale: str = "da-DK"
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_guest: bool = False
    team_id: str = ""
    organisation_id: str = ""

    @property
    def role(self) -> str:
        """The name of their role, or their title if no role has it."""
        return next((role for role, title in TITLES.items() if title == self.title), self.title)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A channel. The bot is in it only when its user id is among `members`."""

    id: str
    name: str
    members: tuple[str, ...]
    is_private: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_org_shared: bool = False
    is_archived: bool = False


@dataclass(frozen=True, kw_only=True)
class Usergroup:
    """A named group of people, such as all leaders. `handle` is written without its @."""

    id: str
    handle: str
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Population:
    """All people and places of one workspace. The bot's own member is made from `bot_user_id` and `bot_name`."""

    members: tuple[Member, ...]
    channels: tuple[Channel, ...] = ()
    usergroups: tuple[Usergroup, ...] = ()
    team_id: str = "T0LOCAL"
    team_name: str = "Lokalt arbejdsrum"
    enterprise_id: str | None = None
    bot_user_id: str = "U0BOT"
    bot_name: str = "eftertanke"
    bot_id: str = "B0LOCAL"
    app_id: str = "A0LOCAL"

    @property
    def bot(self) -> Member:
        """The bot as a member, as people see it."""
        return Member(id=self.bot_user_id, name=self.bot_name, email="", is_bot=True)
