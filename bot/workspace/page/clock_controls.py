"""What the page can do with time, as functions that are handed in.

The local workspace does not know the programme. `bot/app` gives it these functions, so that the page can show what is due next and play.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class SeasonWeek:
    """One week of the season. `opens` is when its question goes out; None if there is none.

    In the last one, which `ends` the season, it is when the draft of the season's report is there.
    """

    label: str  # 2018-W34
    opens: datetime | None
    ends: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)  # of the theme, by language


@dataclass(kw_only=True)
class ClockControls:
    """The clock's buttons, and what they know of the season.

    The switch `synthetic` lets synthetic people answer while time plays. They never act for a person whom a visitor has picked. One
    organiser decides for all, so once a visitor has acted as one, they leave these decisions to the visitor until the role is handed
    back. Handing back turns the switch on.
    """

    next_due: Callable[[], tuple[datetime, str] | None]  # the next stop and its short name; None if there is none
    advance: Callable[[datetime | None], None]  # play in the background to a moment, or (None) to the end; only one play runs at a time
    playing: Callable[[], bool]
    stop: Callable[[], None]
    reset: Callable[[], None]
    happened: Callable[[], tuple[datetime, str] | None] = lambda: None  # the last stop that a play has reached, if any
    season: Callable[[], Sequence[SeasonWeek]] = tuple  # in order
    pick: Callable[[str], None] = lambda _: None  # let the visitor be this person from now on
    acted: Callable[[str], None] = lambda _: None  # note that the visitor has done something as this person
    waits_for: Callable[[], str | None] = lambda: None  # the role (`organiser`, …) whose decision the dialogue waits for
    hand_back: Callable[[str], None] = lambda _: None  # let the crowd act for this role again
    synthetic: bool = True
