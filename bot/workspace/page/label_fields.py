"""Which words does the page need, in each language?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Labels:
    """One language's words. `day`, `moment` and `hour` are Babel patterns; `said_by_client` turns Slack's client's own words around."""

    language: str
    locale: str
    day: str
    moment: str
    brief: str
    hour: str
    title: str
    place: str
    banner: str
    other_language: str
    other_language_code: str
    skip: str
    skip_at_door: str
    who: str
    who_now: str
    who_pick: str
    who_change: str
    who_search: str
    who_hint: str
    who_found: str
    who_none: str
    who_more: str
    welcome: str
    welcome_text: str
    what: str
    steps: tuple[str, ...]
    places: str
    direct: str
    home: str
    shared: str
    conversation: str
    nothing_yet: str
    nothing_home: str
    older: str
    edited: str
    only_you: str
    app: str
    write: str
    write_hint: str
    send: str
    close: str
    back: str
    choose: str
    pick_one: str
    optional: str
    letters: str
    picture: str
    unknown: str
    json: str
    clock: str
    clock_shows: str
    next_due: str
    nothing_due: str
    to_next: str
    day_on: str
    to_end: str
    playing: str
    stop: str
    synthetic: str
    synthetic_hint: str
    season: str
    week: str
    weeks: str
    week_goes_out: str
    week_jump: str
    week_past: str
    week_now: str
    week_skipped: str
    waits: str
    waits_where: str
    hand_back: str
    see_as: str
    see_where: str
    beside: str
    beside_of: str
    beside_close: str
    reset: str
    reset_sure: str
    reset_text: str
    cancel: str
    failed: str
    stale: str
    lost: str
    roles: Mapping[str, str]
    dues: Mapping[str, str]
    done: Mapping[str, str]
    said_by_client: Mapping[str, str]

    def role(self, title: str) -> str:
        """A member's title (they are Danish) in this language, where it is known."""
        return self.roles.get(title, title)

    def due(self, kind: str) -> str:
        """What falls due, in words; anything but the rehearsal's own short names is words already."""
        return self.dues.get(kind, kind)

    def past(self, kind: str) -> str:
        """What has just happened, in words."""
        return self.done.get(kind, kind)
