"""Why something of a plan moves stands in words, for each setting that moves anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.dialogue.planning.plan import Change, Item, Sign
from bot.dialogue.planning.why_moved import reasons_in_words
from bot.programme import Language, Programme, Skip
from schedules.planning.moments import SETTINGS
from tests.support.programme import NUUK, PROGRAMME

DA, EN = Language
MOMENT = datetime(2018, 11, 6, 8, 30, tzinfo=UTC)


def with_rounds(**changes: object) -> Programme:
    return replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, **changes))


def reasons(programme: Programme, *settings: str, language: Language = DA, item: Item = Item.ROUND) -> list[str]:
    change = Change(sign=Sign.CHANGED, item=item, name="for-all", before=MOMENT, after=MOMENT, why=settings)
    return reasons_in_words(change, programme, PROGRAMME, language)


@pytest.mark.parametrize(
    ("after", "setting", "danish", "english"),
    [
        (replace(PROGRAMME, timezone=NUUK), "timezone", NUUK, NUUK),
        (with_rounds(skip=Skip(holidays="DK")), "rounds.skip.holidays", "helligdag", "holidays"),
        (with_rounds(skip=Skip(also=(date(2018, 10, 9),))), "rounds.skip.also", "fridag", "days off"),
        (with_rounds(every=(2,)), "rounds.every", "sendedag", "day"),
        (with_rounds(at=time(10, 15)), "rounds.at", "10.15", "10:15"),
        (with_rounds(from_=date(2018, 8, 28)), "rounds.from", "28. august", "28 August"),
        (with_rounds(until=date(2018, 12, 18)), "rounds.until", "18. december", "18 December"),
        (with_rounds(order=PROGRAMME.rounds.order[::-1]), "rounds.order", "rækkefølge", "order"),
        (with_rounds(skip=Skip(weeks=(45, 44))), "rounds.skip.weeks", "uge 44, 45", "44, 45"),
        (PROGRAMME, "digest.close", "lukker", "close"),
    ],
)
def test_a_setting_that_moves_something_is_a_reason_in_both_languages(after, setting, danish, english):
    for language, words in ((DA, danish), (EN, english)):
        (reason,) = reasons(after, setting, language=language)
        assert words in reason


def test_no_setting_that_moves_a_round_is_without_words():
    moving = {".".join(part.rstrip("_") for part in path) for path in SETTINGS} - {"rounds.remind", "digest.post"}  # those move no round
    after = with_rounds(skip=Skip(weeks=(45,)))
    assert {setting for setting in moving if not reasons(after, setting)} == set()


@pytest.mark.parametrize(
    ("item", "setting"), [(Item.REMINDER, "rounds.remind"), (Item.CLOSE, "digest.close"), (Item.DIGEST, "digest.post")]
)
def test_what_moves_by_its_own_setting_has_no_reason(item, setting):
    assert reasons(PROGRAMME, setting, item=item) == []
    assert len(reasons(PROGRAMME, setting, "rounds.order", item=item)) == 1


def test_weeks_that_are_skipped_no_longer_are_named_too():
    change = Change(sign=Sign.CHANGED, item=Item.ROUND, name="for-all", before=MOMENT, after=MOMENT, why=("rounds.skip.weeks",))
    before, after = with_rounds(skip=Skip(weeks=(42, 43))), with_rounds(skip=Skip(weeks=(43, 45)))
    skipped, no_longer = reasons_in_words(change, after, before, DA)
    assert ("45" in skipped, "42" in no_longer) == (True, True)
    assert not any("43" in reason for reason in (skipped, no_longer))
