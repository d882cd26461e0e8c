"""Who is on the lists?

All sources are answered from one pass over the workspace's people (with language, time zone and e-mail), plus one call for each usergroup
or channel. People of another organisation (a shared channel) are not in that pass and are asked about one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.errors import Unreachable
from bot.platforms.slack.web_api.errors import translate_errors
from bot.programme import Language
from bot.seam.platform import Found, Roster

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.programme import Source

PAGE_SIZE: Final = 1000
LANGUAGES: Final = {"da": Language.DA, "en": Language.EN}


def rosters(client: WebClient, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
    """The people of each source.

    Raises:
        Later, Unsure: Slack did not tell; nothing is known of any source.
        Unreachable: a usergroup or channel is not there (the text names it).
    """
    users = {user["id"]: user for user in _items_of_all_pages(client, "users.list", "members", include_locale=True)}
    return {source: _roster(client, source, users) for source in sources}


def members_of(client: WebClient, channel: str) -> list[str]:
    """The ids of a channel's members."""
    return list(_items_of_all_pages(client, "conversations.members", "members", channel=channel))


def _roster(client: WebClient, source: Source, users: dict[str, Json]) -> Roster:
    if source.file is not None:
        return _roster_by_email(source.emails, users)
    ids = members_of(client, source.channel) if source.channel else _usergroup_members(client, source.usergroup or "")
    people = (users.get(user) or _user_of_elsewhere(client, user) for user in ids)
    return Roster(found=tuple(_as_found(user) for user in people if user and _is_person(user)))


def _roster_by_email(emails: tuple[str, ...], users: Mapping[str, Json]) -> Roster:
    by_email = {email.lower(): user for user in users.values() if (email := user.get("profile", {}).get("email")) and _is_person(user)}
    people = [_as_found(by_email[email.lower()]) for email in emails if email.lower() in by_email]
    return Roster(found=tuple(people), missing=tuple(email for email in emails if email.lower() not in by_email))


def _usergroup_members(client: WebClient, group: str) -> list[str]:
    with translate_errors(f"usergroups.users.list {group}"):
        return list(client.usergroups_users_list(usergroup=group)["users"])


def _user_of_elsewhere(client: WebClient, user: str) -> Json | None:
    """Someone who is not in the workspace's own list; None for someone Slack does not know at all."""
    try:
        with translate_errors("users.info"):
            return dict(client.users_info(user=user, include_locale=True)["user"])
    except Unreachable:
        return None


def _items_of_all_pages(client: WebClient, method: str, name: str, **args: Any) -> Iterator[Any]:
    """Everything of a method that answers in pages."""
    cursor = ""
    while True:
        with translate_errors(f"{method} {args.get('channel', '')}".strip()):
            page = client.api_call(method, params={**args, "limit": PAGE_SIZE, **({"cursor": cursor} if cursor else {})})
        yield from page[name]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


def _is_person(user: Json) -> bool:
    return not user.get("is_bot") and user["id"] != "USLACKBOT"


def _as_found(user: Json) -> Found:
    return Found(
        address=user["id"],
        language=LANGUAGES.get(str(user.get("locale", ""))[:2]),
        timezone=user.get("tz"),
        active=not user.get("deleted", False),
        names=_names(user),
    )


def _names(user: Json) -> tuple[str, ...]:
    profile = user.get("profile") or {}
    email = str(profile.get("email") or "").partition("@")[0]
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"), email)
    return tuple(dict.fromkeys(str(name) for name in names if name))
