"""Where do the ids come from that nobody can guess?

From the system's own chance. A rehearsal's database carries dice of its own instead, thrown from a seed: ids stand in what is said, and a
rehearsal that is told again is told byte for byte.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

DICE_IN_SESSION: Final = "dice"  # under this name a session carries those of a rehearsal
_CHANCE: Final = random.SystemRandom()


def new_id(session: Session) -> str:
    """An id of 32 letters and digits."""
    return new_id_by(session.info)


def new_id_by(carried: Mapping[Any, Any]) -> str:
    """The same without a session: by what a database carries, which may be out of reach."""
    return UUID(int=_dice_in(carried).getrandbits(128), version=4).hex


def new_number(session: Session) -> int:
    """A number from 1 on, with up to ten digits."""
    return 1 + _dice_in(session.info).getrandbits(30)


def _dice_in(carried: Mapping[Any, Any]) -> random.Random:
    dice = carried.get(DICE_IN_SESSION, _CHANCE)
    assert isinstance(dice, random.Random)  # noqa: S101 - the front door puts it there
    return dice
