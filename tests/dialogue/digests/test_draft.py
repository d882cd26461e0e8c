"""A draft counts what the week said, and shows nothing below the floors."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, func, select, update

from bot.dialogue.digests import draft
from bot.dialogue.digests.digest_content import checksum, content_of, people_of, wishes_of
from bot.dialogue.digests.digest_text import as_text, render
from bot.dialogue.digests.draft import compare_answers
from bot.models import Authorship, Digest, DigestState, HeardBy, MessageState, OutboxMessage, Person, PersonState, Reply
from bot.programme import Floors, Language, Role
from tests.support.database import unit_of_work
from tests.support.programme import THEMES, programme_with
from tests.support.world import AS_FOUND, World, close_of, lists, post_of, separate_world, week_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.dialogue.digests.digest_content import Comparison, Content, ThemeFigures


SILENT_THEME = ("theme", "title", "asks", "people", "wishes", "participation", "words")


def only_theme(drafted: Digest) -> ThemeFigures:
    (theme,) = content_of(drafted)["themes"]
    return theme


# --- what is counted


@pytest.mark.parametrize(("number", "printed"), [(0, None), (4, None), (5, 5), (12, 10), (13, 15)])
def test_four_people_look_like_nobody_and_five_are_shown(world: World, number: int, printed: int | None):
    world.answer(world.add_round(1), world.add_people(number))
    assert only_theme(world.draft(1))["people"] == printed


def test_a_programme_that_raises_the_floor_is_obeyed(session: Session):
    world = World(session, programme_with(floors=Floors(people=20)))
    world.answer(world.add_round(1), world.add_people(19))
    assert only_theme(world.draft(1))["people"] is None
    assert content_of(world.draft(1))["floor"] == 20


def test_a_programme_that_lowers_the_floor_is_not_obeyed(session: Session):
    world = World(session, programme_with(floors=Floors(people=1)))
    world.answer(world.add_round(1), world.add_people(4))
    assert only_theme(world.draft(1))["people"] is None
    assert content_of(world.draft(1))["floor"] == 5


def test_two_rounds_on_one_theme_are_one_theme_and_count_each_person_once(world: World):
    people = world.add_people(10)
    world.answer(world.add_round(1, day=1), people)
    world.answer(world.add_round(1, day=2), people)
    theme = only_theme(world.draft(1))
    assert theme["people"] == 10
    assert [ask["da"] for ask in theme["asks"]] == ["Hvad 0?", "Hvad 0?"]


def test_the_variants_of_a_week_are_one_theme_with_both_texts_and_one_number(world: World):
    world.answer(world.add_round(1, variants=2), [*world.add_people(4), *world.add_people(3, "U1", Role.EMPLOYEE_REP)])
    theme = only_theme(world.draft(1))
    assert [ask["en"] for ask in theme["asks"]] == ["What 0?", "What 1?"]
    assert theme["people"] == 5


@pytest.mark.parametrize(
    ("people", "wishes", "printed"),
    [
        *((20, 0, None), (20, 4, None), (20, 5, (5, False)), (20, 12, (10, False)), (4, 4, None), (9, 9, None), (10, 10, (5, True))),
        *((20, wishes, (15, True)) for wishes in (13, 15, 16, 19, 20)),
    ],
)
def test_a_number_of_wishes_never_tells_of_one_to_four_people_with_or_without_one(
    world: World, people: int, wishes: int, printed: tuple[int, bool] | None
):
    world.answer(world.add_round(1), world.add_people(people), wishes)
    assert wishes_of(only_theme(world.draft(1))) == printed


def test_where_the_number_of_wishes_is_printed_so_are_the_words_that_enough_of_them_share(world: World):
    """The theme's own words are those that most people use; no word stands in both places."""
    texts = [*["Ro"] * 14, *["Kaffe, skema, penge, tid"] * 20]
    world.answer(world.add_round(1, day=1, theme="trust"), world.add_people(34), wishes=14, texts=texts)
    world.answer(world.add_round(1, day=2, theme="time"), world.add_people(34, prefix="U1"), wishes=4, texts=texts)
    told, untold = content_of(world.draft(1))["themes"]
    assert told.get("wish_words") == [{"word": "ro", "people": 10, "or_more": True}]
    assert told["words"] == untold["words"] == [{"word": word, "people": 20} for word in ("kaffe", "penge", "skema", "tid")]
    assert "wish_words" not in untold


def test_what_somebody_with_a_wish_says_in_another_answer_without_the_mark_is_no_word_of_wishes(world: World):
    people = world.add_people(34)
    world.answer(world.add_round(1, day=1), people, wishes=14, texts=[*["Ro"] * 14, *["Kaffe, skema, penge, tid"] * 20])
    world.answer(world.add_round(1, day=2), people[:6], texts=["Cykel"] * 6)
    assert [word["word"] for word in only_theme(world.draft(1)).get("wish_words", ())] == ["ro"]


@pytest.mark.parametrize("answering", range(13, 19))
def test_a_number_that_reaches_its_cap_reads_the_same_however_many_answered(world: World, answering: int):
    """Of 23 listed: "about 15 or more", also if all of them did."""
    world.answer(world.add_round(1, listed=23), world.add_people(answering + 5 * (answering == 18)), wishes=13)
    theme = only_theme(world.draft(1))
    assert (people_of(theme), wishes_of(theme)) == ((15, True), (10, True))
    assert sorted(theme) == sorted([*SILENT_THEME, "people_or_more", "wishes_or_more"])


def test_a_number_under_its_cap_says_nothing_of_more(world: World):
    world.answer(world.add_round(1, listed=40), world.add_people(18), wishes=12)
    assert sorted(only_theme(world.draft(1))) == sorted(SILENT_THEME)


def test_of_a_list_asked_twice_on_a_theme_the_fewest_it_had_count(world: World):
    people = world.add_people(18)
    world.answer(world.add_round(1, day=1, listed=23), people[:9])
    world.answer(world.add_round(1, day=2, listed=40), people[9:])
    assert people_of(only_theme(world.draft(1))) == (15, True)


def test_all_roles_that_were_asked_on_a_theme_stand_on_its_list(world: World):
    round_ = world.add_round(1, listed=23)
    round_.snapshot = {**round_.snapshot, "audience": {"leader": 23, "employee_rep": 17}}
    world.answer(round_, world.add_people(23))
    assert people_of(only_theme(world.draft(1))) == (25, False)


def test_where_too_few_could_be_left_out_no_number_is_shown_whatever_it_is(session: Session):
    world = World(session, programme_with(floors=Floors(people=8)))
    world.answer(world.add_round(1, listed=15), world.add_people(15))
    assert only_theme(world.draft(1))["people"] is None


def test_a_number_larger_than_the_list_is_its_cap(world: World):
    world.answer(world.add_round(1, listed=14), world.add_people(20))
    assert people_of(only_theme(world.draft(1))) == (5, True)


def test_participation_is_a_share_of_the_list_whoever_was_reached_or_pauses(world: World):
    round_, people = world.add_round(1, listed=70), world.add_people(70)
    world.add_questions(round_, people[:35])
    world.add_questions(round_, people[35:60], MessageState.MISSED)
    people[60].state = PersonState.PAUSED
    world.answer(round_, people[:35])
    assert only_theme(world.draft(1))["participation"] == "50"


def test_participation_of_fewer_than_fifty_people_is_not_told(world: World):
    world.answer(world.add_round(1, listed=49), world.add_people(30))
    assert only_theme(world.draft(1))["participation"] is None


@pytest.mark.parametrize(("answering", "told"), [(42, "80"), (43, "90+"), (46, "90+"), (50, "90+")])
def test_of_fifty_nine_tenths_and_all_read_the_same(world: World, answering: int, told: str):
    world.answer(world.add_round(1, listed=50), world.add_people(answering))
    assert only_theme(world.draft(1))["participation"] == told


def test_a_week_in_which_too_few_answered_tells_no_participation(world: World):
    world.answer(world.add_round(1, listed=60), world.add_people(4))
    assert only_theme(world.draft(1))["participation"] is None


def test_at_most_two_themes_have_figures_and_the_others_are_named(world: World):
    people = world.add_people(30)
    for day, (theme, answers) in enumerate({"trust": 10, "time": 30, "calm": 20}.items(), start=1):
        world.answer(world.add_round(1, theme, day), people[:answers])
    content = content_of(world.draft(1))
    assert [(theme["theme"], theme["people"]) for theme in content["themes"]] == [("time", 30), ("calm", 20)]
    assert content["also_asked"] == [{"da": "Tillid", "en": "Trust"}]


# --- when there is one


def test_a_week_without_a_round_has_no_digest(world: World):
    assert draft.draft_digest(world.session, close_of(1), world.programme, week_of(1), post_of(1)) is None


def test_a_week_is_not_drafted_before_it_closes(world: World):
    round_ = world.add_round(1)
    early = round_.opens_at
    assert draft.draft_digest(world.session, early, world.programme, week_of(1), post_of(1)) is None


def test_a_week_is_drafted_once_however_often_it_is_asked_for(world: World):
    world.add_round(1)
    assert world.draft(1) is world.draft(1)
    assert world.session.scalar(select(func.count()).select_from(Digest)) == 1


def test_a_week_is_drafted_once_by_several_at_once(database: Database):
    with unit_of_work(database) as session:
        world = World(session)
        world.answer(world.add_round(1), world.add_people(10))

    def drafted(_: int) -> tuple[int, str]:
        with unit_of_work(database) as session:
            found = World(session).draft(1)
            return found.id, found.checksum

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(drafted, range(4)))) == 1


def test_whether_a_week_is_to_be_drafted_is_told_before_its_answers_are_opened(database: Database):
    with unit_of_work(database) as session:
        world = World(session)
        world.answer(world.add_round(1), world.add_people(10))
    asked: list[str] = []
    with database.look_ahead() as ahead:
        event.listen(database.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
        assert ahead.would_change(lambda session: World(session).draft(1))
    assert asked
    assert not [statement for statement in asked if "FROM replies" in statement or "JOIN replies" in statement]


def test_a_digest_names_the_one_with_the_number_before_by_its_checksum(world: World):
    for week in (1, 2):
        world.add_round(week)
    first, second = world.draft(1), world.draft(2)
    assert "before" not in first.content
    assert second.content["before"] == {"number": 1, "checksum": first.checksum}
    assert second.checksum == checksum(second.content)


def test_a_digest_after_a_purged_one_names_none(world: World):
    for week in (1, 2):
        world.add_round(week)
    world.draft(1).state = DigestState.PURGED
    assert "before" not in world.draft(2).content


def test_digests_are_numbered_one_after_the_other_with_skipped_weeks_between(world: World):
    for week in (1, 2, 5):
        world.add_round(week)
    assert [world.draft(week).number for week in (1, 2, 5)] == [1, 2, 3]


def test_another_programme_in_the_database_changes_nothing(world: World):
    world.answer(world.add_round(1), world.add_people(10))
    alone = dict(world.draft(1).content)
    with separate_world() as other:
        other.answer(other.add_round(1), other.add_people(10))
        other.session.execute(update(Person).values(invited_at=post_of(3)))
        assert other.draft(1).content == alone


@pytest.mark.parametrize(
    ("word", "printed"), [("Damgaardsen", False), ("Nordskolen", False), ("damgaardsen", True), ("MED", True), ("Skemaet", True)]
)
def test_a_word_that_is_written_with_a_capital_like_a_name_is_not_printed(world: World, word: str, printed: bool):
    world.answer(world.add_round(1), world.add_people(10), texts=[f"vi talte med {word} i går"] * 10)
    words = [each["word"].casefold() for each in only_theme(world.draft(1))["words"]]
    assert (word.casefold() in words) == printed


# --- nothing later changes it


def test_nothing_that_happens_later_changes_a_digest(world: World):
    round_, people = world.add_round(1, listed=60), world.add_people(60)
    world.answer(round_, people[:25], wishes=10)
    drafted = world.issue(1)
    content, stored = json.dumps(drafted.content), drafted.checksum
    text = as_text(render(content_of(drafted), Language.DA))

    world.session.execute(delete(Authorship))
    world.session.execute(delete(Reply))
    world.session.execute(delete(OutboxMessage))
    world.session.execute(update(Person).values(role=Role.POLITICIAN, state=PersonState.LEFT))
    world.add_response(drafted, post_of(1))
    world.session.expire_all()

    again = world.draft(1, now=post_of(2))
    assert json.dumps(again.content) == content
    assert again.checksum == stored == checksum(again.content)
    assert as_text(render(content_of(again), Language.DA)) == text


def test_a_change_of_role_after_answering_leaves_the_answer_counted(world: World):
    people = world.add_people(5)
    world.answer(world.add_round(1), people)
    people[0].role = Role.POLITICIAN
    people[1].state = PersonState.LEFT
    assert only_theme(world.draft(1))["people"] == 5


def test_the_checksum_holds_for_what_is_stored_and_for_nothing_else(world: World):
    world.add_round(1)
    drafted = world.draft(1)
    world.session.expire_all()
    assert checksum(drafted.content) == drafted.checksum
    assert checksum(drafted.content | {"number": 2}) != drafted.checksum


def test_no_address_id_or_word_of_a_participant_stands_in_a_digest(world: World):
    round_, people = world.add_round(1, listed=70), world.add_people(60, prefix="UVERYOWN")
    world.answer(round_, people, wishes=30)
    drafted = world.issue(1)
    everything = json.dumps(drafted.content) + as_text(render(content_of(drafted), Language.EN))
    replies = world.session.scalars(select(Reply.id)).all()
    assert only_theme(drafted)["people"] == 60  # there is something that could leak
    assert not [each for each in ["UVERYOWN", "MY-OWN-WORDS", *replies, *(person.address for person in people)] if each in everything]


# --- a suppressed theme has no influence


@dataclass(frozen=True)
class Answers:
    """How many answer a theme, and how many of them mark a wish."""

    people: int
    wishes: int


answers = st.integers(0, 14).flatmap(lambda people: st.builds(Answers, st.just(people), st.integers(0, people)))
weeks = st.lists(st.sampled_from(sorted(THEMES)), min_size=1, max_size=3, unique=True).flatmap(
    lambda themes: st.fixed_dictionaries(dict.fromkeys(themes, answers)),
)


def draft_second_week(week: dict[str, Answers], floors: Floors | None = None, listed: int = 60) -> tuple[str, str, str]:
    """A second week like this, after an issued first one: its content, and how it reads in both languages."""
    with separate_world(programme_with(floors=floors)) as world:
        people = world.add_people(60)
        world.answer(world.add_round(1), people[:20])
        world.issue(1)
        for day, (theme, given_) in enumerate(week.items(), start=1):
            world.answer(world.add_round(2, theme, day, listed=listed), people[: given_.people], given_.wishes)
        content = content_of(world.draft(2))
    return json.dumps(content), as_text(render(content, Language.DA)), as_text(render(content, Language.EN))


@settings(max_examples=25, phases=AS_FOUND)
@given(weeks, st.sampled_from([5, 8]))
def test_a_theme_under_the_floor_leaves_no_trace_at_all(week: dict[str, Answers], floor: int):
    silent = {theme: given_ if given_.people >= floor else Answers(0, 0) for theme, given_ in week.items()}
    floors = Floors(people=floor)
    assert silent == week or draft_second_week(week, floors) == draft_second_week(silent, floors)


@settings(max_examples=15, phases=AS_FOUND)
@given(weeks, st.integers(10, 24))
def test_under_five_wishes_read_as_none_and_all_from_the_cap_on_as_everybodys(week: dict[str, Answers], listed: int):
    """What reads the same: fewer than five, and whatever is rounded to the cap of what is printed of those who answered."""
    alike = {theme: Answers(given_.people, _wishes_like(given_, listed)) for theme, given_ in week.items()}
    assert alike == week or draft_second_week(week, listed=listed) == draft_second_week(alike, listed=listed)


def _wishes_like(given_: Answers, listed: int) -> int:
    whole = min((given_.people + 2) // 5 * 5, (listed - 5) // 5 * 5)
    cap = (whole - 5) // 5 * 5
    if given_.wishes < 5:
        return 0
    return given_.people if (given_.wishes + 2) // 5 * 5 >= cap else given_.wishes


# --- against the digest before


def figures(*people: int | str | None) -> list[Any]:
    """Themes with these figures; `20+` is a cap."""
    return [{"people": int(number[:-1]), "people_or_more": True} if isinstance(number, str) else {"people": number} for number in people]


@pytest.mark.parametrize(
    ("these", "those", "expected"),
    [
        (figures(30), figures(20), "more"),
        (figures(25), figures(20), "same"),
        (figures(20), figures(25), "same"),
        (figures(20), figures(30), "fewer"),
        (figures(None), figures(30), None),
        (figures(30), figures(None), None),
        (figures(30, None), figures(10, 10), None),
        (figures(30, 30), figures(30), None),
        (figures(30, 30), figures(30, 20), "more"),
        (figures("30+"), figures(20), "more"),
        (figures(20), figures("30+"), "fewer"),
        (figures("20+"), figures(30), None),
        (figures(30), figures("20+"), None),
        (figures("20+"), figures("20+"), None),
        (figures("25+"), figures(20), None),
        (figures(20), figures("25+"), None),
        (figures(30, "30+"), figures(30, 20), "more"),
    ],
)
def test_weeks_are_compared_by_printed_figures_and_only_if_all_are_printed(these: list[Any], those: list[Any], expected: Comparison | None):
    assert compare_answers(these, those) == expected


def test_a_week_is_compared_with_what_the_politicians_have_seen(world: World):
    people = world.add_people(40)
    for week, number in ((1, 10), (2, 40), (3, 15)):
        world.answer(world.add_round(week), people[:number])
    world.issue(1)
    second = world.draft(2)  # never issued
    third = world.draft(3)
    assert [content_of(each)["compared"] for each in (second, third)] == ["more", "same"]


def test_a_digest_tells_how_many_politicians_have_acknowledged_the_one_before(world: World):
    world.add_round(1)
    world.add_round(2)
    first = world.issue(1)
    for politician in world.add_people(3, "U0P", Role.POLITICIAN):
        world.session.add(HeardBy(digest_id=first.id, person_id=politician.id))
    world.session.flush()
    assert content_of(world.draft(2))["heard"] == {"digest": 1, "politicians": 3}


def test_an_answer_to_wishes_stands_with_the_title_of_their_theme(world: World):
    world.add_round(1)
    world.add_round(2)
    first = world.issue(1)
    world.add_response(first, post_of(1), "one").theme = "trust"
    world.add_response(first, post_of(1), "two")
    one, two = content_of(world.draft(2))["since_last"]
    assert (one["wishes_on"], "wishes_on" in two) == ({"da": "Tillid", "en": "Trust"}, False)


def test_each_released_answer_stands_in_exactly_one_digest_also_while_the_clock_stands_still(world: World):
    for week in (1, 2, 3):
        world.add_round(week)
    first = world.issue(1)
    world.add_response(first, post_of(1), "one")
    world.draft(2)
    world.add_response(first, close_of(2), "two, at the moment of the second drafting, after it")
    world.add_response(first, post_of(2), "three")
    told: list[Content] = [content_of(world.draft(week)) for week in (1, 2, 3)]
    assert [[answer["words"][:3] for answer in each["since_last"]] for each in told] == [[], ["one"], ["two", "thr"]]


def test_a_list_that_has_changed_much_is_said_in_the_next_digest_and_in_no_other(session: Session) -> None:
    world = World(session).populate(leaders=12, reps=12)
    world.read(lists(leaders=20), close_of(1) + timedelta(hours=1))
    for week in (1, 2, 3):
        world.add_round(week)
    said = [content_of(world.draft(week)).get("lists_changed") for week in (1, 2, 3)]
    assert said == [None, ["leader"], None]
