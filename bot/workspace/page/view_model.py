"""The view model: the values that the page's template is filled with, for one person now.

They are who the person is, their places and messages, the open form, and the clock. It reads the client and changes nothing.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from bot.workspace.page import labels
from bot.workspace.page.block_html import DrawingContext, draw_blocks, pretty_json
from bot.workspace.page.mrkdwn import mrkdwn_to_html
from bot.workspace.page.timeline import PARTICIPANTS, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from bot.clock import Clock
    from bot.workspace.client.person import ChatClient
    from bot.workspace.page.clock_controls import ClockControls
    from bot.workspace.page.labels import Labels
    from bot.workspace.state.members import Member
    from bot.workspace.state.message_store import Message
    from bot.workspace.state.open_views import View

DIRECT: Final = "direct"
HOME: Final = "home"
CHANGES_WITH_EACH_OPENING: Final = ("place", "fingerprint")  # of what a form remembers: from where it was opened, and what it showed
NEWEST_SHOWN: Final = 40  # messages shown before anyone asks for older ones
MOST_SEARCH_RESULTS: Final = 30  # people shown at once when searching
MOST_QUICK_PICKS: Final = 6  # roles to pick from without searching
TINTS: Final = 6  # colours of the round initials, as page.css has them


@dataclass(frozen=True, kw_only=True)
class PageAddress:
    """What the address asks for. `place` is `direct`, `home` or a channel's id; None means that we choose."""

    person: str | None = None
    place: str | None = None
    beside: str | None = None  # the person whose view is shown beside
    all: bool = False
    json: bool = False  # whether messages and windows are shown as JSON, too

    def link(self, **changes: Any) -> str:
        """The address, with changes."""
        changed = replace(self, **changes)
        fields = {"person": changed.person, "place": changed.place, "beside": changed.beside}
        flags = [name for name, wanted in (("all", changed.all), ("json", changed.json)) if wanted]
        asked = "&".join([urlencode({name: value for name, value in fields.items() if value}), *flags]).strip("&")
        return f"/?{asked}" if asked else "/"


@dataclass(frozen=True, kw_only=True)
class Face:
    """A person or the bot, as shown beside what they say."""

    name: str
    role: str
    initials: str
    tint: str


@dataclass(frozen=True, kw_only=True)
class PageMessage:
    """One message, drawn. `day` is set on the first one of each day."""

    id: str
    channel: str
    ts: str
    face: Face
    day: str | None
    hour: str
    drawn: Markup
    json: str
    edited: bool
    only_you: bool
    files: list[PageFile]


@dataclass(frozen=True, kw_only=True)
class PageFile:
    """A file in a message: its title, its size in kB, and the link to it."""

    title: str
    size: int
    link: str


@dataclass(frozen=True, kw_only=True)
class PlaceLink:
    """A link to a place: the direct messages, the home tab or a channel."""

    id: str
    name: str
    shared: bool = False
    current: bool = False


class ViewModel:
    """Draws what people see. `timezone` is for the clock panel; messages show the viewer's own hour."""

    def __init__(self, chat: ChatClient, controls: ClockControls, clock: Clock, *, timezone: str) -> None:
        self.chat = chat
        self.controls = controls
        self.clock = clock
        self._timezone = timezone
        self.timeline = Timeline(controls, timezone)

    def values_for_page(self, address: PageAddress, words: Labels) -> dict[str, Any]:
        """All values of the page for `address`; an unknown person counts as none."""
        person = self.person(address.person)
        place = self._place(person, address.place) if person else None
        stands = replace(address, person=person.id if person else None, place=place)
        return {
            "words": words,
            "at": stands,
            "person": person,
            "place": place,
            "clock": self._clock_panel(words),
            "quick": self._quick_picks(words),
            **self._season_so_far(person, stands, words),
            **(self._values_for_person(person, stands, words) if person else {"modal": None, "beside": None}),
        }

    def person(self, user_id: str | None) -> Member | None:
        """The person with this id, if there is one; the bot is no person."""
        return next((member for member in self.chat.members() if member.id == user_id), None)

    def people(self, sought: str, words: Labels) -> dict[str, Any]:
        """The values of the page that lists people whose name or role has every word of `sought`."""
        parts = sought.casefold().split()
        matches = [member for member in self.chat.members() if all(part in _text_to_search(member) for part in parts)]
        return {
            "words": words,
            "found": [(member, face(member)) for member in matches[:MOST_SEARCH_RESULTS]],
            "more": max(0, len(matches) - MOST_SEARCH_RESULTS),
            "sought": sought,
        }

    def pulse(self) -> str:
        """A text that changes whenever the page would."""
        return f"{self.chat.revision} {self.clock.now().isoformat()} {self.controls.playing()} {self.controls.synthetic}"

    def _quick_picks(self, words: Labels) -> list[tuple[Member, Face]]:
        """One person of each role, in the order of the roles; if possible somebody who reads this language."""
        members = self.chat.members()
        first = {member.title: member for member in reversed(members)}
        first |= {member.title: member for member in reversed(members) if member.locale.startswith(words.language)}
        return [(first[title], face(first[title])) for title in dict.fromkeys(member.title for member in members)][:MOST_QUICK_PICKS]

    def _season_so_far(self, person: Member | None, stands: PageAddress, words: Labels) -> dict[str, Any]:
        """The season's weeks, what happened last, and whom everything waits for."""

        def place_for(roles: Sequence[str]) -> dict[str, Any]:
            return self._place_for(roles, person, stands, words)

        return {
            "weeks": self.timeline.weeks(self.clock.now(), words),
            "season_length": self.timeline.summary(words),
            "happened": None if self.controls.playing() else self.timeline.newest(words, place_for),
            "waits": self.timeline.waits(words, place_for),
        }

    def _place_for(self, roles: Sequence[str], person: Member | None, stands: PageAddress, words: Labels) -> dict[str, Any]:
        """A link to where these roles see it: as the visitor or as somebody to pick. Empty if the visitor is there already."""
        if person is not None and person.role in roles:
            place = self._first_place(person)
            return {} if place == stands.place else {"see": words.see_where, "place": place}
        member = next((member for role in roles for member, _ in self._quick_picks(words) if member.role == role), None)
        if member is None:
            return {}
        see = words.say("see_as", role=words.role(member.title))
        return {"see": see, "person": member.id, "place": self._first_place(member)}

    def _first_place(self, member: Member) -> str:
        """The place where the bot writes to somebody: participants' direct messages, for others their smallest channel."""
        channels = self._channels(member)
        return DIRECT if member.role in PARTICIPANTS or not channels else channels[0]

    def _channels(self, member: Member) -> list[str]:
        return [channel.id for channel in sorted(self.chat.channels_for(member.id), key=lambda channel: len(channel.members))]

    def _clock_panel(self, words: Labels) -> dict[str, Any]:
        now, due = self.clock.now(), self.controls.next_due()
        return {
            "now": labels.format_moment(words, now, self._timezone),
            "brief": labels.format_brief(words, now, self._timezone),
            "iso": now.isoformat(),
            "due": (labels.format_moment(words, due[0], self._timezone), words.due(due[1])) if due else None,
            "playing": self.controls.playing(),
            "synthetic": self.controls.synthetic,
        }

    def _values_for_person(self, person: Member, address: PageAddress, words: Labels) -> dict[str, Any]:
        place = str(address.place)
        context = DrawingContext(words=words, prefix="b", names=self._names())
        messages = self._messages(person, place, context, address) if place != HOME else []
        return {
            "face": face(person),
            "places": self._places(person, place, words),
            "messages": messages if address.all else messages[-NEWEST_SHOWN:],
            "older": not address.all and len(messages) > NEWEST_SHOWN,
            "home": self._window(self.chat.home(person.id), context, address) if place == HOME else None,
            "modal": self._window(self.chat.view(person.id), context, address),
            "beside": self._beside(person, address, words),
        }

    def _beside(self, person: Member, address: PageAddress, words: Labels) -> dict[str, Any] | None:
        """The same moment as somebody else sees it, for reading only."""
        other = self.person(address.beside)
        if other is None or other == person:
            return None
        place = self._place(other, None)
        context = DrawingContext(words=words, prefix="beside", names=self._names())
        messages = self._messages(other, place, context, PageAddress())[-NEWEST_SHOWN:]
        name = next(link.name for link in self._places(other, place, words) if link.current)
        return {"face": face(other), "messages": messages, "place": name}

    def _place(self, person: Member, place: str | None) -> str:
        """The place they asked for, else their direct messages if there are any, else their smallest channel."""
        channels = self._channels(person)
        if place in (DIRECT, HOME, *channels):
            return str(place)
        return DIRECT if not channels or self.chat.messages(self.chat.dm_id(person.id), person.id) else channels[0]

    def _places(self, person: Member, current: str, words: Labels) -> list[PlaceLink]:
        own = [(DIRECT, words.direct, False), (HOME, words.home, False)]
        channels = [(channel.id, f"# {channel.name}", channel.is_ext_shared) for channel in self.chat.channels_for(person.id)]
        return [PlaceLink(id=id_, name=label, shared=shared, current=id_ == current) for id_, label, shared in own + channels]

    def _names(self) -> Mapping[str, str]:
        people = {member.id: member.name for member in self.chat.members()}
        return people | {self.chat.state.population.bot_user_id: self.chat.state.population.bot_name}

    def _people_by_title(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        people: dict[str, list[tuple[str, str]]] = {}
        for member in sorted(self.chat.members(), key=lambda member: (member.title, member.name)):
            people.setdefault(member.title, []).append((member.id, member.name))
        return people

    def _messages(self, person: Member, place: str, context: DrawingContext, address: PageAddress) -> list[PageMessage]:
        messages = self.chat.messages(self.chat.dm_id(person.id) if place == DIRECT else place, person.id)
        return list(self._show_messages(messages if address.all else messages[-NEWEST_SHOWN - 1 :], person, context, json=address.json))

    def _show_messages(self, messages: Sequence[Message], person: Member, context: DrawingContext, *, json: bool) -> Iterable[PageMessage]:
        previous_day = None
        for message in messages:
            moment = labels.moment_of_ts(message.ts)
            day = labels.format_day(context.words, moment, person.tz)
            yield PageMessage(
                id=f"{context.prefix}-{message.ts.replace('.', '-')}",
                channel=message.channel,
                ts=message.ts,
                face=face(self.chat.member(message.user)),
                day=day if day != previous_day else None,
                hour=labels.format_hour(context.words, moment, person.tz),
                drawn=draw_blocks(message.blocks, replace(context, prefix=f"{context.prefix}-{message.ts}"))
                if message.blocks
                else mrkdwn_to_html(message.text, context.names),
                json=pretty_json(vars(message)) if json else "",
                edited=message.edited,
                only_you=message.only_for is not None,
                files=[_page_file(file, person) for file in message.files],
            )
            previous_day = day

    def _window(self, view: View | None, context: DrawingContext, address: PageAddress) -> dict[str, Any] | None:
        if view is None:
            return None
        view_context = replace(context, prefix=view.id, state=view.state, errors=view.errors, people=self._people_by_title())
        return {
            "view": view,
            "drawn": draw_blocks(view.blocks, view_context),
            "json": pretty_json(vars(view)) if address.json else "",
            "keep": f"{view.user} {view.callback_id} {_about(view.private_metadata)}",
            "is_stored": bool(_memory(view.private_metadata).get("fingerprint")),
        }


def _memory(metadata: str) -> dict[str, Any]:
    """What a form of our bot remembers; empty if it is another bot's."""
    try:
        return dict(json.loads(metadata))
    except (ValueError, TypeError):
        return {}


def _about(metadata: str) -> int:
    """A number for what a form is about: the same wherever and whenever the form was opened."""
    kept = {name: value for name, value in _memory(metadata).items() if name not in CHANGES_WITH_EACH_OPENING}
    return zlib.crc32((json.dumps(kept) if kept else metadata).encode())


def _page_file(file: Mapping[str, Any], viewer: Member) -> PageFile:
    link = f"/file/{file['id']}?{urlencode({'person': viewer.id})}"
    return PageFile(title=file["title"], size=-(-file["size"] // 1000), link=link)


def face(member: Member) -> Face:
    """The face of a member: name, role, initials and colour."""
    initials = "".join(part[0] for part in member.name.split()[:2]).upper()
    tint = "bot" if member.is_bot else str(zlib.crc32(member.id.encode()) % TINTS)
    return Face(name=member.name.capitalize() if member.is_bot else member.name, role=member.title, initials=initials, tint=tint)


def _text_to_search(member: Member) -> str:
    """The text to search in: name and role, in every language of the page."""
    return " ".join([member.name, member.title, *(words.role(member.title) for words in labels.LANGUAGES.values())]).casefold()
