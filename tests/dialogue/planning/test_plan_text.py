"""A plan in words: a line for each change, which an organiser who reads no settings understands."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.planning.plan import Change, HoldReason, Item, Plan, Sign
from bot.dialogue.planning.plan_sentences import contrast
from bot.dialogue.planning.plan_text import is_any_shortened, plan_lines, why_held
from bot.programme import Floors, Information, Language, Retention, Skip
from bot.wording import say
from tests.support.programme import PROGRAMME

TUESDAY = datetime(2018, 11, 6, 8, 30, tzinfo=UTC)  # 09:30 in Copenhagen
WEEK = timedelta(weeks=1)
SKIPS = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, skip=Skip(weeks=(45,))))
MOVES = Change(
    sign=Sign.CHANGED, item=Item.ROUND, name="for-all", before=TUESDAY, after=TUESDAY + WEEK, people=60, why=("rounds.skip.weeks",)
)


def lines(*changes: Change, language: str = "da", short: bool = False) -> list[str]:
    return list(plan_lines(Plan(changes=changes, fingerprint="0"), SKIPS, language, before=PROGRAMME, short=short))


def test_a_round_is_told_with_question_days_people_and_reason():
    (line,) = lines(MOVES)
    assert line.startswith("~ »for-all, hvad?« flyttes fra tirsdag den 6. november kl. 09.30 til tirsdag den 13. november kl. 09.30 (60")
    assert line.endswith("(60 på listerne), fordi uge 45 springes over.")


def test_where_there_is_room_a_question_is_told_whole_and_both_of_its_wordings():
    wordy, other = " ".join(f"ord{number}" for number in range(40)), " ".join(f"andet{number}" for number in range(40))
    changes = (
        Change(sign=Sign.GONE, item=Item.QUESTION, name="q", before=wordy, after=None),
        Change(sign=Sign.CHANGED, item=Item.QUESTION, name="q", before=wordy, after=other, why=("questions.ask",)),
    )
    plan = Plan(changes=changes, fingerprint="0")
    shortened = plan_lines(plan, SKIPS, Language.DA, before=PROGRAMME)
    whole = plan_lines(plan, SKIPS, Language.DA, before=PROGRAMME, whole=True)
    assert is_any_shortened(shortened, whole)
    assert wordy in whole[0]
    assert all(text in whole[1] for text in (wordy, other))


def test_dots_that_an_organiser_has_written_leave_nothing_out():
    gone = Change(sign=Sign.GONE, item=Item.QUESTION, name="q", before="Hvad nu, hvis … ?", after=None)
    shortened, whole = (plan_lines(Plan(changes=(gone,), fingerprint="0"), SKIPS, Language.DA, whole=whole) for whole in (False, True))
    assert "…" in shortened[0]
    assert not is_any_shortened(shortened, whole)


def test_a_round_that_moves_within_its_day_moves_to_an_hour():
    (line,) = lines(replace(MOVES, after=TUESDAY + timedelta(minutes=30), people=None, why=("rounds.at",)), language="en")
    assert line == "~ “for-all, what?” moves from Tuesday 6 November at 09:30 to 10:00, because the questions go out at 09:30."


def test_in_another_time_zone_the_moment_before_is_told_as_it_was_planned():
    plan, nuuk = Plan(changes=(replace(MOVES, after=TUESDAY + timedelta(hours=4)),), fingerprint="0"), "America/Nuuk"
    (line,) = plan_lines(plan, replace(PROGRAMME, timezone=nuuk), Language.DA, before=PROGRAMME, short=True)[:1]
    assert "fra tirsdag den 6. november kl. 09.30 (Europe/Copenhagen) til tirsdag den 6. november kl. 09.30 (America/Nuuk)" in line
    gone = Plan(changes=(replace(MOVES, sign=Sign.GONE, after=None),), fingerprint="0")
    assert "kl. 09.30" in plan_lines(gone, replace(PROGRAMME, timezone=nuuk), Language.DA, before=PROGRAMME)[0]


def test_without_what_runs_the_weeks_are_not_named():
    (line,) = plan_lines(Plan(changes=(MOVES,), fingerprint="0"), SKIPS, Language.DA)
    assert line.endswith("fordi andre uger springes over.")


def test_variants_are_both_quoted_and_each_sign_has_its_verb():
    variants = replace(MOVES, name="to-leaders+to-reps", people=None, why=())
    assert lines(replace(variants, sign=Sign.NEW, before=None), replace(variants, sign=Sign.GONE, after=None)) == [
        "+ »to-leaders, hvad?« og »to-reps, hvad?« går ud tirsdag den 13. november kl. 09.30.",
        "− »to-leaders, hvad?« og »to-reps, hvad?« bliver slet ikke stillet (det skulle være sket tirsdag den 6. november kl. 09.30).",
    ]


def test_in_chat_what_follows_is_summed_up_and_long_lists_end():
    followers = [replace(MOVES, item=item, name=name) for item, name in ((Item.REMINDER, "for-all"), (Item.CLOSE, "2018-W45"))]
    own = replace(MOVES, item=Item.DIGEST, name="2018-W45", people=None, why=("digest.post",))
    told = lines(*[MOVES] * 11, *followers, own, short=True)
    assert len(told) == 8 + 1 + 1 + 1 + 1
    assert told[8] == "~ … og 3 til af samme slags."
    assert told[9] == "~ Påmindelser, lukninger og overblik følger med spørgsmålene."
    assert told[10] == "Det sker, fordi uge 45 springes over."
    assert told[11].startswith("~ Overblikket for uge 45 går tidligst ud tirsdag den 13. november i stedet for tirsdag den 6. november.")
    assert len(lines(*[MOVES] * 11, *followers, own)) == 14


def test_in_chat_a_reason_that_all_rounds_share_stands_once_below_them():
    told = lines(MOVES, MOVES, short=True)
    assert [("fordi" in line, line[0]) for line in told] == [(False, "~"), (False, "~"), (True, "D")]
    (alone,) = lines(MOVES, short=True)
    assert alone.endswith(", fordi uge 45 springes over.")
    ends_later = lines(MOVES, replace(MOVES, why=("rounds.skip.weeks", "rounds.until")), short=True)
    assert ends_later[-1].startswith("Det sker, fordi uge 45 springes over og programmet slutter ")
    assert ["fordi" in line for line in ends_later] == [False, False, True]
    different = lines(MOVES, replace(MOVES, why=("rounds.order",)), short=True)
    assert ["fordi" in line for line in different] == [True, True]


def test_in_chat_what_keeps_its_hour_moves_from_day_to_day():
    (line,) = lines(replace(MOVES, why=(), people=None), short=True)
    assert line == "~ »for-all, hvad?« flyttes fra tirsdag den 6. november til tirsdag den 13. november."
    (later,) = lines(replace(MOVES, after=TUESDAY + WEEK + timedelta(hours=1), why=(), people=None), short=True)
    assert later.endswith("fra tirsdag den 6. november kl. 09.30 til tirsdag den 13. november kl. 10.30.")


def test_a_list_that_is_taken_out_is_told_with_its_last_size():
    gone = Change(sign=Sign.GONE, item=Item.SOURCE, name="leader", before="usergroup: S0LEADERS", people=58, held=HoldReason.SOURCE_GONE)
    assert lines(gone) == ["− Listen over ledere (usergroup: S0LEADERS, 58 mennesker) er taget ud, så de får ikke flere spørgsmål."]
    assert "fordi en liste er taget ud." in why_held(Plan(changes=(gone,), fingerprint="0"), "da")


def test_a_question_that_comes_with_its_round_has_no_line_of_its_own():
    new = Change(sign=Sign.NEW, item=Item.QUESTION, name="for-all", after="for-all, hvad?")
    assert lines(replace(new, name="spare")) == ["+ Nyt spørgsmål i banken: »for-all, hvad?«."]
    assert lines(new) == ["+ Nyt spørgsmål: »for-all, hvad?«. Der er ingen uge tilbage til det."]  # it stands in the order
    assert len(lines(replace(MOVES, sign=Sign.NEW, before=None), new)) == 1


def test_two_wordings_are_shown_from_where_they_differ():
    start = "Hvilken sætning i dit ledelsesgrundlag er den, du tænker mest på, og hvad"
    assert contrast(f"{start} gør du?", f"{start} gør I?") == ("… og hvad gør du?", "… og hvad gør I?")
    assert contrast("Hvad nu?", "Hvad så?") == ("Hvad nu?", "Hvad så?")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("sign", list(Sign))
@pytest.mark.parametrize("item", [item for item in Item if item not in {Item.FILTER, Item.REPORT, Item.THANKS}])  # no plan tells of them so
def test_every_change_has_a_sentence_in_both_languages(item: Item, sign: Sign, language: Language):
    names = {
        Item.LIST: "leader",
        Item.SOURCE: "leader",
        Item.CHANNEL: "digest.channel",
        Item.FLOOR: "people",
        Item.RETENTION: "detach_after_days",
        Item.REVIEW: "digest.review",
        Item.QUESTION: "for-all",
        Item.THEME: "trust",
        Item.INFORMATION: "purpose",
        Item.SETTING: "a.setting.of.tomorrow",
    }
    values = {"before": TUESDAY, "after": TUESDAY + WEEK} if item in {Item.ROUND, Item.REMINDER} else {"before": "1", "after": "2"}
    if item in {Item.CLOSE, Item.DIGEST}:
        names[item], values = "2018-W45", {"before": TUESDAY, "after": TUESDAY + WEEK}
    if item is Item.REVIEW:
        values = {"before": "required", "after": "quotes-only"}
    (line,) = lines(Change(sign=sign, item=item, name=names.get(item, "for-all"), why=("a.b",), **values), language=language)
    assert line.startswith(f"{sign.value} ")
    assert line.endswith(".")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("item", "part"), [(Item.FLOOR, PROGRAMME.floors), (Item.RETENTION, PROGRAMME.retention), (Item.INFORMATION, PROGRAMME.information)]
)
def test_every_number_and_every_information_is_told_in_words_and_one_of_tomorrow_by_its_name(
    item: Item, part: Floors | Retention | Information, language: Language
):
    for field in fields(part):
        (line,) = lines(Change(sign=Sign.CHANGED, item=item, name=field.name, before="7", after="8"), language=language)
        assert say(language, "plan.setting.changed", label=field.name, before="7", after="8") not in line
    (line,) = lines(Change(sign=Sign.CHANGED, item=item, name="of_tomorrow", before="7", after="8"), language=language)
    assert say(language, "plan.setting.changed", label="of_tomorrow", before="7", after="8") in line


@pytest.mark.parametrize("language", list(Language))
def test_a_plan_says_why_it_waits_or_that_it_does_not(language: Language):
    held = [replace(MOVES, held=reason) for reason in HoldReason]
    sentence = why_held(Plan(changes=tuple(held), fingerprint="0"), language)
    assert all(say(language, f"plan.held.{reason.value}") in sentence for reason in HoldReason)
    assert why_held(Plan(changes=(MOVES,), fingerprint="0"), language) in {"Det gælder med det samme.", "It is in force at once."}
