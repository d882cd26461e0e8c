"""A handful of people and channels for the Slack platform, and an engine that answers as told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.database.patience import patience_left
from bot.errors import EftertankeError
from bot.programme import Language
from bot.seam.answers import Nothing
from bot.seam.platform import Door
from bot.workspace.state.members import Channel, Member, Population, Usergroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.seam.actions import Action
    from bot.seam.answers import Answer

ANNA, BO, POLITICIAN, GONE = "U0ANNA", "U0BO", "U0POLIT", "U0GONE"
DIGEST, ORGANISERS, ARCHIVED, ELSEWHERE = "C0DIGEST", "C0ORGANISERS", "C0OLD", "C0ELSEWHERE"
POPULATION = Population(
    members=(
        Member(id=ANNA, name="Rønnebær Testesen", email="anna@example.org", locale="da-DK"),
        Member(id=BO, name="Mosegris Prøvegaard", email="Bo@example.org", locale="en-GB", tz="Europe/London"),
        Member(id=POLITICIAN, name="Havtorn Øvesen", email="politician@example.org", locale="sv-SE"),
        Member(id=GONE, name="Tomme Stol", email="gone@example.org", deleted=True),
        Member(id="U0ROBOT", name="kaffebot", email="robot@example.org", is_bot=True),
    ),
    channels=(
        Channel(id=DIGEST, name="digest", members=(ANNA, POLITICIAN, "U0BOT", "U0ROBOT"), is_private=True, is_ext_shared=True),
        Channel(id=ORGANISERS, name="organisers", members=(BO, "U0BOT")),
        Channel(id=ARCHIVED, name="old", members=(BO, "U0BOT"), is_archived=True),
        Channel(id=ELSEWHERE, name="elsewhere", members=(BO,)),
    ),
    usergroups=(Usergroup(id="S0LEADERS", handle="leaders", name="Ledere", users=(ANNA, BO)),),
)


class ScriptedEngine:
    """Stands behind the door: remembers what was done, and answers as the test says."""

    def __init__(self) -> None:
        self.done: list[Action] = []
        self.patience: list[float] = []  # how long each might have waited for the database
        self.answers: dict[type[Action], Answer | Exception] = {}

    def act(self, action: Action) -> Answer:
        self.done.append(action)
        self.patience.append(patience_left(60))
        answer = self.answers.get(type(action), Nothing(language=Language.DA))
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def door(self) -> Door:
        return Door(act=self.act, read=self.act)


class Broken(EftertankeError):
    """Something failed behind the door. Its text holds words that must not be logged."""


def wait_until(happens: Callable[[], bool], *, within: float = 5.0) -> None:
    """Wait until something happens, at most so many real seconds."""
    deadline = time.monotonic() + within
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)
