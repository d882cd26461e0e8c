"""Says why something of a plan moves: the settings that bring it about, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.dialogue.planning.plan import Item
from bot.wording import say
from bot.wording.dates import day_in, hour_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bot.dialogue.planning.plan import Change
    from bot.programme import Language, Programme

OWN_SETTINGS: Final = {  # no reason that anybody needs to be told
    Item.REMINDER: {"rounds.remind"},
    Item.CLOSE: {"digest.close"},
    Item.DIGEST: {"digest.post"},
}
PLAIN: Final = {  # the setting → the key of a reason that names no value
    "rounds.order": "plan.why.order",
    "rounds.skip.holidays": "plan.why.holidays",
    "rounds.skip.also": "plan.why.also",
    "rounds.every": "plan.why.every",
    "digest.close": "plan.why.close",
}


def reasons_in_words(change: Change, programme: Programme, before: Programme | None, language: Language) -> list[str]:
    """The reasons for a change, as they follow the word "because". `before`: the programme that runs, if it is at hand."""
    settings = [setting for setting in change.why if setting not in OWN_SETTINGS.get(change.item, ())]
    return [reason for setting in settings for reason in _reasons(setting, programme, before, language)]


def _reasons(setting: str, programme: Programme, before: Programme | None, language: Language) -> Iterator[str]:
    rounds = programme.rounds
    match setting:
        case "rounds.skip.weeks":
            yield from _weeks(programme, before, language)
        case "rounds.at":
            yield say(language, "plan.why.at", hour=hour_in(language, rounds.at))
        case "rounds.from":
            yield say(language, "plan.why.from", day=day_in(language, rounds.from_))
        case "rounds.until":
            yield say(language, "plan.why.until", day=day_in(language, rounds.until))
        case "timezone":
            yield say(language, "plan.why.timezone", zone=programme.timezone)
        case _ if setting in PLAIN:
            yield say(language, PLAIN[setting])


def _weeks(programme: Programme, before: Programme | None, language: Language) -> Iterator[str]:
    """The weeks that are skipped now, and those that are no longer."""
    if before is None:
        yield say(language, "plan.why.weeks")
        return
    old, new = set(before.rounds.skip.weeks), set(programme.rounds.skip.weeks)
    if new - old:
        yield say(language, "plan.why.skipped", weeks=_numbers(new - old))
    if old - new:
        yield say(language, "plan.why.not_skipped", weeks=_numbers(old - new))


def _numbers(weeks: Collection[int]) -> str:
    return ", ".join(map(str, sorted(weeks)))
