"""Who is on the lists?

All sources are answered from one pass over the workspace's people (with language, time zone and e-mail), plus one call for each usergroup
or channel. People of another organisation (a shared channel) are not in that pass and are asked about one by one.

A record that cannot be read stops nobody else's. Of a person it is enough that the id can be read: who is on a list and is taken for gone
would lose their dialogue. What a list itself holds, and is no id, is left out. The log says how many records were odd.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from bot.errors import Unreachable
from bot.platforms.slack.web_api.answer_parts import part, record, text
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
KINDS_OF_FIELDS: Final = {  # what a person's record holds, if anything
    **dict.fromkeys(("name", "real_name", "locale", "tz"), str),
    **dict.fromkeys(("deleted", "is_bot"), bool),
    "profile": dict,
}
log = logging.getLogger(__name__)


def rosters(client: WebClient, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
    """The people of each source.

    Raises:
        Later, Unsure: Slack did not tell; nothing is known of any source.
        Unreachable: a usergroup or channel is not there (the text names it).
    """
    records = list(_items_of_all_pages(client, "users.list", "members", include_locale=True))
    users = {user: member for member in map(record, records) if (user := text(member.get("id")))}
    if odd := sum(map(_is_odd, records)):
        log.warning("%s records of Slack's list of people cannot be read in full", odd)
    return {source: _roster(client, source, users) for source in sources}


def members_of(client: WebClient, channel: str) -> list[str]:
    """The ids of a channel's members."""
    return _ids(_items_of_all_pages(client, "conversations.members", "members", channel=channel))


def _roster(client: WebClient, source: Source, users: dict[str, Json]) -> Roster:
    if source.file is not None:
        return _roster_by_email(source.emails, users)
    ids = members_of(client, source.channel) if source.channel else _usergroup_members(client, source.usergroup or "")
    people = (users.get(user) or _user_of_elsewhere(client, user) for user in ids)
    return Roster(found=tuple(_as_found(user) for user in people if user and _is_person(user)))


def _roster_by_email(emails: tuple[str, ...], users: Mapping[str, Json]) -> Roster:
    by_email = {email.lower(): user for user in users.values() if (email := _email(user)) and _is_person(user)}
    people = [_as_found(by_email[email.lower()]) for email in emails if email.lower() in by_email]
    return Roster(found=tuple(people), missing=tuple(email for email in emails if email.lower() not in by_email))


def _usergroup_members(client: WebClient, group: str) -> list[str]:
    with translate_errors(f"usergroups.users.list {group}"):
        return _ids(part(client.usergroups_users_list(usergroup=group), "users", kind=list))


def _ids(values: Iterator[Any] | list[Any]) -> list[str]:
    values = list(values)
    ids = [value for value in values if text(value)]
    if odd := len(values) - len(ids):
        log.warning("%s entries of a list are no person's id", odd)
    return ids


def _user_of_elsewhere(client: WebClient, user: str) -> Json | None:
    """Someone who is not in the workspace's own list; None for someone Slack does not know at all."""
    try:
        with translate_errors("users.info"):
            return record(client.users_info(user=user, include_locale=True)["user"]) | {"id": user}
    except Unreachable:
        return None


def _items_of_all_pages(client: WebClient, method: str, name: str, **args: Any) -> Iterator[Any]:
    """Everything of a method that answers in pages."""
    cursor = ""
    while True:
        with translate_errors(f"{method} {args.get('channel', '')}".strip()):
            page = client.api_call(method, params={**args, "limit": PAGE_SIZE, **({"cursor": cursor} if cursor else {})})
            items = part(page, name, kind=list)
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        yield from items
        if not cursor:
            return


def _is_person(user: Json) -> bool:
    return user.get("is_bot") is not True and user["id"] != "USLACKBOT"


def _is_odd(user: Any) -> bool:
    """Whether a record, or something in it, is of a kind that Slack does not use there."""
    member, profile = record(user), record(record(user).get("profile"))
    odd_field = any(not isinstance(member.get(name), kind | None) for name, kind in KINDS_OF_FIELDS.items())
    return odd_field or not text(member.get("id")) or not isinstance(profile.get("email"), str | None)


def _as_found(user: Json) -> Found:
    return Found(
        address=user["id"],
        language=LANGUAGES.get((text(user.get("locale")) or "")[:2]),
        timezone=text(user.get("tz")),
        active=user.get("deleted") is not True,
        names=_names(user),
    )


def _email(user: Json) -> str | None:
    return text(record(user.get("profile")).get("email"))


def _names(user: Json) -> tuple[str, ...]:
    profile, email = record(user.get("profile")), (_email(user) or "").partition("@")[0]
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"), email)
    return tuple(dict.fromkeys(name for name in map(text, names) if name))
