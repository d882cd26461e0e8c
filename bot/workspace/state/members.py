"""Who is in the local workspace, and where do they meet?

Frozen values: members, channels and usergroups, with ids that look like Slack's. What they do is the client's business.
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
    """A person (or the bot) in the workspace. `title` is what the page shows beside the name.

    `team_id` is that of another workspace they belong to. `organisation_id`: the id they also have, and act under, where several workspaces
    make up one organisation.
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
        """The name of their role; their title where it is no role's."""
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
    """Everyone and every place in one workspace. The bot's own member is made from `bot_user_id` and `bot_name`."""

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
        """The bot, as the workspace's people see it."""
        return Member(id=self.bot_user_id, name=self.bot_name, email="", is_bot=True)
