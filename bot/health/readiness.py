"""Whether the bot lives, and whether it is ready to do its work, each with what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.health.signs_of_life import ALIVE_WITHIN, Sign

if TYPE_CHECKING:
    from bot.health.reading import Reading
    from bot.health.signs_of_life import SignsOfLife
    from bot.health.vitals import Vitals

LEASE_SEEN_WITHIN: Final = 30.0  # seconds; by then another process has taken over from one that died


def signs_of_life(signs: SignsOfLife) -> dict[str, bool]:
    """Whether each part has taken a step lately."""
    return {sign.value: signs.age(sign) < ALIVE_WITHIN for sign in Sign}


def conditions(vitals: Vitals, reading: Reading | None) -> dict[str, bool]:
    """Each thing that the bot needs for its work, and whether it is there."""
    sight = vitals.lease_sight()
    return {
        "database": reading is not None,
        "connected": vitals.is_connected(),
        "lease": sight is not None and sight[1] < LEASE_SEEN_WITHIN,
        "programme": reading is not None and vitals.programme() in reading.loaded,
    }
