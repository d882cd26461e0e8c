"""Makes the ids of rows, which nobody can guess.

They come from the system's random numbers. A rehearsal's database carries random numbers of its own instead (its dice), made from a seed:
ids stand in messages, and a rehearsal with the same seed must be the same byte for byte.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

DICE_IN_SESSION: Final = "dice"  # the name under which a session carries the dice of a rehearsal
_CHANCE: Final = random.SystemRandom()


def new_id(session: Session) -> str:
    """An id of 32 letters and digits."""
    return new_id_by(session.info)


def new_id_by(carried: Mapping[Any, Any]) -> str:
    """The same from what a database carries, without a session: for when the database cannot be reached."""
    return UUID(int=_dice_in(carried).getrandbits(128), version=4).hex


def new_number(session: Session) -> int:
    """A number from 1 on, with up to ten digits."""
    return 1 + _dice_in(session.info).getrandbits(30)


def _dice_in(carried: Mapping[Any, Any]) -> random.Random:
    dice = carried.get(DICE_IN_SESSION, _CHANCE)
    assert isinstance(dice, random.Random)  # noqa: S101 - the front door puts it there
    return dice
