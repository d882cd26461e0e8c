from __future__ import annotations

from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

from bot.programme import Entry, Filing, Floors, Remind, Review, Role, Skip, Source, Text, WeeklyMoment
from schedules.programme_file import load_file, load_folder
from tests.support.programme import INFORMATION
from tests.support.remarks import remarks, said

ROOM = Path(__file__).parents[2] / "schedules"


def test_the_small_programme_means_what_it_says(small):
    path = small()
    programme = load_file(path)
    rounds = programme.rounds
    assert (programme.id, programme.title, programme.timezone) == ("small-2018", Text(da="Lille", en="Small"), "Europe/Copenhagen")
    assert (rounds.every, rounds.at, rounds.from_, rounds.until) == ((1,), time(9, 30), date(2018, 8, 21), date(2018, 8, 28))
    assert (rounds.skip, rounds.remind) == (Skip(holidays="DK", weeks=(42,)), Remind(after_days=2, at=time(13)))
    assert rounds.order == (
        Entry(theme="first", all="one"),
        Entry(theme="second", by_role=((Role.LEADER, "two-leader"), (Role.EMPLOYEE_REP, "two-rep"))),
    )
    assert (programme.digest.close, programme.digest.post) == (WeeklyMoment(weekday=4, at=time(10)), WeeklyMoment(weekday=4, at=time(14)))
    assert (programme.people.organisers, programme.people.organisers_channel) == (Source(usergroup="S0ORG"), "C0ORGANISERS")
    assert programme.guidelines_agreed.on == date(2018, 8, 15)
    assert (programme.file, programme.checksum) == (str(path), sha256(path.read_bytes()).hexdigest())
    assert hash(programme) == hash(load_file(path))


def test_what_may_be_left_out_has_its_default(small):
    path = small(
        "floors: {people: 5, quotes: 8, audience: 10}\n",
        "",
        "  review: required\n",
        "",
        '  remind: {after_days: 2, at: "13:00"}\n',
        "",
        "  skip: {holidays: DK, weeks: [42]}\n",
        "",
    )
    programme = load_file(path)
    assert programme.floors == Floors()
    assert programme.digest.review is Review.REQUIRED
    assert (programme.rounds.remind, programme.rounds.skip) == (None, Skip())


def test_people_are_told_six_things_in_both_languages(small):
    assert load_file(small()).information == INFORMATION


def test_extra_words_of_the_filter_are_kept_in_small_letters(small):
    assert load_file(small()).filter_words == frozenset()
    path = small("review: required\n", 'review: required\nfilter: {extra: ["Lillebo ", PROJEKT Å]}\n')
    assert load_file(path).filter_words == {"lillebo", "projekt å"}


def test_what_people_are_told_of_deletion_is_held_against_what_happens(small):
    assert load_file(small("About retention.", "gone after 7 days, or 90")).remarks == ()
    assert said(load_file(small("About retention.", "gone after 7 days", "Om retention.", "væk efter 7 dage og 80")).remarks) == (
        "`retention` under `information` (Danish) does not name 90 days, which is what happens: see that both say the same",
        "`retention` under `information` (English) does not name 90 days, which is what happens: see that both say the same",
    )


def test_of_what_the_welcome_says_in_the_organisers_words_the_first_sentences_are_to_fit_a_screen(small):
    long = " ".join(["Word"] * 28)
    assert load_file(small("About purpose.", f"{long}. {long}.")).remarks == ()
    (remark,) = said(load_file(small("About purpose.", f"{long}, {long}.")).remarks)
    assert "`controller` and `purpose` under `information` (English) have 58 words together" in remark
    assert remark.endswith("put a full stop earlier")


def test_the_committee_that_a_digest_is_for_may_be_named(small):
    assert load_file(small()).digest.committee is None
    named = load_file(small("C0DIGEST", 'C0DIGEST\n  committee: {da: "Skoleudvalget", en: "Schools Committee"}'))
    assert named.digest.committee == Text(da="Skoleudvalget", en="Schools Committee")
    assert hash(named) != hash(load_file(small()))


def filing(small, written: str) -> Filing:
    return load_file(small("guidelines_agreed:", f"filing: {written}\nguidelines_agreed:")).filing


def test_case_kle_and_sender_may_be_told_or_left_out(small):
    assert load_file(small()).filing == filing(small, "{}") == Filing()
    told = filing(small, '{case: "18/00123", kle: "81.00.00-P20", sender: {da: "Kommunen", en: "The municipality"}}')
    assert told == Filing(case="18/00123", kle="81.00.00-P20", sender=Text(da="Kommunen", en="The municipality"))


@pytest.mark.parametrize("case", ["18/00123", "2018-00123", "2018-12-01", "00123", "123", "81.00.00-P20-1-18", "0x7F", "1e3", "12:30"])
def test_the_number_of_a_case_keeps_every_sign_with_quotes_and_without(small, case):
    assert filing(small, f"{{case: {case}}}") == filing(small, f'{{case: "{case}"}}') == Filing(case=case)


@pytest.mark.parametrize("written", ['""', '" "', "", "null"])
def test_a_case_may_be_left_empty_until_there_is_one(small, written):
    assert filing(small, f'{{case: {written}, kle: "81.00.00"}}') == Filing(kle="81.00.00")


@pytest.mark.parametrize(
    "kle", ["81.00.00", "00.22.04-P35", "00.22.04P35", "00.22.04 P35", "00.22.04 + P35", "27.36.04-G01", "00.30.14-Ø34"]
)
def test_every_way_to_write_a_kle_number_is_kept_as_it_is_written(small, kle):
    assert filing(small, f"{{kle: {kle}}}").kle == kle


def test_floors_may_be_raised(small):
    assert load_file(small("people: 5, quotes: 8", "people: 20, quotes: 9")).floors == Floors(people=20, quotes=9)


def test_people_may_be_written_to_from_seven_to_seven(small):
    rounds = load_file(small('at: "09:30"', 'at: "07:00"', 'at: "13:00"', 'at: "19:00"')).rounds
    assert (rounds.at, rounds.remind) == (time(7), Remind(after_days=2, at=time(19)))


def test_several_weekdays_are_read_in_the_order_of_the_week(small):
    path = small(
        "every: tuesday",
        "every: [thursday, tuesday]",
        "until: 2018-08-28",
        "until: 2018-08-23",
        "after_days: 2",
        "after_days: 1",
        "13:00",
        "09:30",
    )
    assert load_file(path).rounds.every == (1, 3)


def test_without_a_list_of_organisers_the_members_of_their_channel_are_meant(small):
    path = small("{usergroup: S0ORG, channel: C0ORGANISERS}", "{channel: C0ORGANISERS}")
    assert load_file(path).people.organisers == Source(channel="C0ORGANISERS")


def test_an_entry_may_have_a_question_for_all_others(small):
    path = small("{leader: two-leader, employee_rep: two-rep}", "{leader: two-leader, all: two-rep}")
    assert load_file(path).rounds.order[1] == Entry(theme="second", all="two-rep", by_role=((Role.LEADER, "two-leader"),))


def test_a_question_that_is_never_asked_is_remarked_on(small):
    assert said(load_file(small("    reserve: true\n", "")).remarks) == (
        'the question "spare" is neither in the order nor has `reserve: true`: it is never asked',
    )


def test_questions_of_one_text_are_remarked_on_if_both_are_asked(small):
    copied = ('da: "To, leder?"', 'da: " Et?"', 'da: "Ekstra?"', 'da: "Et?"')
    assert said(load_file(small(*copied)).remarks) == (
        (
            'the questions "one" and "two-leader" have the same text (Danish), and both are asked: '
            "is one of them a copy that was to get a new text?"
        ),
    )


def test_a_finished_programme_is_remarked_on_the_day_after_its_report(small):
    programme = load_file(small("weeks: [42]", "weeks: []"))
    assert remarks(programme, date(2018, 9, 7)) == ()
    assert remarks(programme, date(2018, 9, 8)) == ("the programme finished on 7 September 2018: nothing more goes out",)


def test_a_week_that_is_skipped_in_vain_is_remarked_on(small):
    assert remarks(load_file(small()), date(2018, 8, 1)) == ("week 42 is skipped, but nothing would go out in it anyway",)


def test_a_question_without_a_reminder_is_remarked_on(small):
    path = small("every: tuesday", "every: [tuesday, thursday]", "until: 2018-08-28", "until: 2018-08-23", "weeks: [42]", "weeks: []")
    assert remarks(load_file(path), date(2018, 8, 1)) == ("1 of 2 questions get no reminder: the week would have closed by then",)


def test_each_theme_of_randers_says_why_it_is_one_and_names_its_source():
    (programme,) = (each for each in load_folder(ROOM) if each.id == "randers-2018")
    for theme in programme.themes:
        assert theme.about is not None
        assert theme.source is not None
        assert "Ledelseskommissionen" in theme.about.da
        assert "Leadership Commission" in theme.about.en
        assert "juni 2018" in theme.source.da
        assert "June 2018" in theme.source.en


def test_the_randers_programme_is_good_and_uses_every_theme_at_least_twice():
    (programme,) = (each for each in load_folder(ROOM) if each.id == "randers-2018")
    themes = [entry.theme for entry in programme.rounds.order]
    asked = {question for entry in programme.rounds.order for question in entry.question_ids}
    assert programme.remarks == ()
    assert len(themes) == 16
    assert min(themes.count(theme.id) for theme in programme.themes) >= 2
    assert len(programme.themes) == 7
    assert programme.rounds.order[-1].all == "spoerge-og-vise-politikerne"
    assert {question.id for question in programme.questions if question.reserve} == {q.id for q in programme.questions} - asked
    assert len(programme.questions) == 24 + 4
