"""Reads who is on the lists of participants, politicians and organisers.

All sources use one reading of the workspace's people (with language, time zone and e-mail), plus one call for each usergroup or channel.
People of another organisation (a shared channel) are not in it; we ask about each of them. In an organisation of several workspaces a
person may have two ids; we know them by their id in the workspace's own list.

A record that cannot be read does not stop the others. A person counts if only the id can be read: somebody wrongly taken for gone would
lose their dialogue. List entries that are no ids are left out. The log says how many records were odd.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from bot.errors import EftertankeError, Never, Unreachable
from bot.platforms.slack.web_api.answer_parts import part, record, text
from bot.platforms.slack.web_api.errors import translate_errors
from bot.platforms.slack.web_api.reading import Reading
from bot.programme import Language
from bot.seam.platform import Found, Roster

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.web_api.startup import Identity
    from bot.programme import Source

LANGUAGES: Final = {"da": Language.DA, "en": Language.EN}
KINDS_OF_FIELDS: Final = {  # the type of each field in a person's record; any field may be missing
    **dict.fromkeys(("name", "real_name", "locale", "tz", "team_id"), str),
    **dict.fromkeys(("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"), bool),
    **dict.fromkeys(("profile", "enterprise_user"), dict),
}
log = logging.getLogger(__name__)


class Directory:
    """The people of the workspace; `quick_client` asks about a person who has just acted."""

    def __init__(self, client: WebClient, quick_client: WebClient) -> None:
        self._client, self._quick_client = client, quick_client
        self._identity: Identity | None = None
        self._readings: dict[tuple[Source, ...], Reading] = {}
        self._usual_ids: dict[str, str] = {}  # any id of a person → the one we know them by

    def begin(self, identity: Identity) -> None:
        """Note the identity of the bot and its workspace."""
        self._identity = identity

    def rosters(self, sources: tuple[Source, ...]) -> Mapping[Source, Roster]:
        """Read the people of each source; a repeated call goes on where Slack said "later", or where a minute was over.

        Raises:
            Later, Unsure: Slack did not answer, or not all in time; nothing is known about any source.
            Unreachable: a usergroup or channel does not exist (the text names it).
        """
        self._readings = {of: reading for of, reading in self._readings.items() if reading.is_fresh()}
        reading = self._readings.setdefault(sources, Reading(self._client))
        reading.begin_attempt()
        try:
            users = self._read_users(reading)
            rosters = {source: self._roster(reading, source, users) for source in sources}
        except Never:
            del self._readings[sources]  # a repair is to be seen at the next call
            raise
        del self._readings[sources]
        return rosters

    def usual_id(self, user: str) -> str:
        """Return the id we know a person by; it differs from `user` only in an organisation of several workspaces."""
        if user in self._usual_ids or self._identity is None or not self._identity.enterprise or not user:
            return self._usual_ids.get(user, user)
        try:
            with translate_errors("users.info"):
                member = record(self._quick_client.users_info(user=user)["user"])
        except EftertankeError:  # we keep the id that Slack gave, and ask again next time
            return user
        return self._usual_ids.setdefault(user, text(member.get("id")) or user)

    def _read_users(self, reading: Reading) -> dict[str, Json]:
        """Read the workspace's own list: any id of a person → their record."""
        records = reading.items("users.list", "members", include_locale=True)
        if odd := sum(map(_is_odd, records)):
            log.warning("Slack's list of people has records that cannot be read in full", extra={"count": odd})
        users = {user: member for member in map(record, records) if (user := text(member.get("id")))}
        by_other_id = {other: member for member in users.values() if (other := _organisation_id(member))}
        self._usual_ids |= {user: member["id"] for user, member in (by_other_id | users).items()}
        return by_other_id | users

    def _roster(self, reading: Reading, source: Source, users: Mapping[str, Json]) -> Roster:
        if source.file is not None:
            return self._roster_by_email(source.emails, users)
        if source.channel:
            ids = _ids(reading.items("conversations.members", "members", channel=source.channel))
        else:
            group = source.usergroup or ""
            ids = _ids(reading.answer("usergroups.users.list", group, lambda answer: part(answer, "users", kind=list), usergroup=group))
        people = {found.address: found for user in ids if (found := self._person_on_list(reading, user, users)) is not None}
        return Roster(found=tuple(people.values()))

    def _roster_by_email(self, emails: Sequence[str], users: Mapping[str, Json]) -> Roster:
        """Find the open account for each e-mail. A person whose only account is closed cannot be asked."""
        # The workspace's own people come last, so they win.
        people = sorted(filter(_is_person, users.values()), key=self._is_guest, reverse=True)
        by_email = {_comparable(email): user for user in people if (email := _email(user)) and _is_open(user)}
        closed = {_comparable(email) for user in people if (email := _email(user))} - by_email.keys()
        found = {email: self._as_found(by_email[_comparable(email)]) for email in emails if _comparable(email) in by_email}
        return Roster(
            found=tuple({person.address: person for person in found.values()}.values()),
            missing=tuple(email for email in emails if email not in found),
            closed=tuple(email for email in emails if _comparable(email) in closed),
        )

    def _person_on_list(self, reading: Reading, user: str, users: Mapping[str, Json]) -> Found | None:
        """Find a person on a list, also one of another workspace; None for a bot, or an id that Slack does not know."""
        member = users.get(user)
        if member is None:
            try:
                answer = reading.answer("users.info", user, lambda answer: record(answer["user"]), user=user, include_locale=True)
            except Unreachable:
                return None
            member = {**answer, "id": text(answer.get("id")) or user}
            member = users.get(member["id"], member)
            self._usual_ids |= {user: member["id"]}
        return self._as_found(member, is_elsewhere=member["id"] not in users) if _is_person(member) else None

    def _as_found(self, user: Json, *, is_elsewhere: bool = False) -> Found:
        other_id = _organisation_id(user)
        return Found(
            address=user["id"],
            language=LANGUAGES.get((text(user.get("locale")) or "")[:2]),
            timezone=text(user.get("tz")),
            active=_is_open(user),
            names=_names(user),
            guest=is_elsewhere or self._is_guest(user),
            other_address=other_id if other_id != user["id"] else None,
        )

    def _is_guest(self, user: Json) -> bool:
        """Whether they are a guest, or only belong to other workspaces; in an organisation a person may belong to several."""
        if any(user.get(mark) is True for mark in ("is_restricted", "is_ultra_restricted", "is_stranger")):
            return True
        team, teams = text(user.get("team_id")), record(user.get("enterprise_user")).get("teams")
        ours = (self._identity.team, self._identity.enterprise) if self._identity else (team,)
        return team not in (None, *ours) and not (isinstance(teams, list) and ours[0] in teams)


def _ids(values: list[Any]) -> list[str]:
    ids = [value for value in values if text(value)]
    if odd := len(values) - len(ids):
        log.warning("a list has entries that are no person's id", extra={"count": odd})
    return ids


def _organisation_id(user: Json) -> str | None:
    """Return the person's id in the whole organisation, besides the one in the workspace."""
    return text(record(user.get("enterprise_user")).get("id"))


def _is_person(user: Json) -> bool:
    return user.get("is_bot") is not True and user["id"] != "USLACKBOT"


def _is_open(user: Json) -> bool:
    """Whether the account is in use."""
    return user.get("deleted") is not True


def _is_odd(user: Any) -> bool:
    """Whether a record, or a field in it, has a type that Slack does not use there."""
    member, profile = record(user), record(record(user).get("profile"))
    odd_field = any(not isinstance(member.get(name), kind | None) for name, kind in KINDS_OF_FIELDS.items())
    return odd_field or not text(member.get("id")) or not isinstance(profile.get("email"), str | None)


def _email(user: Json) -> str | None:
    return text(record(user.get("profile")).get("email"))


def _comparable(email: str) -> str:
    """An address in small letters. A domain with letters beyond English can be written in two ways: as mail programs encode it here."""
    name, _, domain = email.lower().partition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{name}@{domain}"


def _names(user: Json) -> tuple[str, ...]:
    profile, email = record(user.get("profile")), (_email(user) or "").partition("@")[0]
    names = (user.get("real_name"), profile.get("real_name"), profile.get("display_name"), user.get("name"), email)
    return tuple(dict.fromkeys(name for name in map(text, names) if name))
