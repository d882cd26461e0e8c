"""The thanks reach each active participant once, and say in few words what was asked, what came of it, and where their words go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.confidentiality.deletion import detaching
from bot.dialogue import people
from bot.dialogue.compose import compose
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.planning import pause_for_all
from bot.dialogue.rounds import replies
from bot.dialogue.season.thanks import queue_thanks
from bot.local_time import in_sending_hours
from bot.models import Digest, MessageKind, Person, PersonState, Response, Round
from bot.programme import Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Thanks
from bot.wording import say
from tests.support.world import DAY, OPENS, World, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import OutboxMessage

NOW = post_of(4)
MOST_WORDS = 120  # on one screen of a phone


@pytest.fixture
def asked(world: World) -> Round:
    """Three rounds on two themes, all closed; the last of them."""
    for person in world.add_people(12):
        person.welcomed_at = OPENS
    return [world.add_round(week, theme) for week, theme in ((1, "trust"), (2, "trust"), (3, "time"))][-1]


def put(world: World, last: Round, now: datetime = NOW) -> Sequence[OutboxMessage]:
    queue_thanks(world.session, now, world.programme, last)
    return world.messages(MessageKind.THANKS)


def told(world: World, last: Round, now: datetime = NOW, language: str = "da") -> Thanks:
    message = put(world, last, now)[0]
    world.person(message.address).language = language
    thanks = compose(world.session, now, world.programme, message)
    assert isinstance(thanks, Thanks)
    return thanks


def add_themes(world: World) -> None:
    """Four rounds more, each on a theme of its own."""
    for number in range(4):
        round_ = world.add_round(5 + number)
        title = {"da": f"Tema {number}", "en": f"Theme {number}"}
        round_.opens_at = close_of(3) - DAY
        round_.snapshot = {**round_.snapshot, "theme": {"id": f"t{number}", "title": title}}
    world.session.flush()


def lines(thanks: Thanks) -> list[str]:
    return [" ".join(part.lines) for part in thanks.parts]


def wish(world: World, week: int, *kinds: ResponseKind) -> tuple[Digest, list[Response]]:
    """The issued digest of a week with wishes, answered so."""
    round_ = world.session.query(Round).filter_by(week=f"2018-W{33 + week}").one()
    world.answer(round_, world.add_people(12, f"U{week}"), wishes=6)
    digest = world.issue(week)
    digest.wishes = [round_.theme]
    responses = [world.add_response(digest, post_of(week) + n * timedelta(hours=1), kind=kind) for n, kind in enumerate(kinds)]
    world.session.flush()
    return digest, responses


# --- whom they reach, and when


def test_each_active_participant_is_thanked_once_however_often_it_is_asked_for(world: World, asked: Round) -> None:
    world.add_person("P0", Role.POLITICIAN)
    world.add_person("O0", Role.ORGANISER)
    assert len(put(world, asked)) == len(put(world, asked, NOW + DAY)) == 12


def test_whoever_pauses_is_thanked_once_they_are_back_and_whoever_left_never(world: World, asked: Round) -> None:
    paused, left, paused_later = (world.person(f"U0000{n}") for n in range(3))
    paused.state, left.state = PersonState.PAUSED, PersonState.LEFT
    put(world, asked)
    people.pause(world.session, NOW, paused_later, NOW.date() + DAY)
    assert len(put(world, asked)) == 9
    for person in (paused, paused_later):
        people.come_back(NOW, person)
    assert {message.address for message in put(world, asked)} == {f"U{n:05}" for n in range(12)} - {left.address}


def test_whoever_leaves_while_it_waits_is_not_written_to(world: World, asked: Round) -> None:
    message = put(world, asked)[0]
    world.person(message.address).state = PersonState.LEFT
    assert compose(world.session, NOW, world.programme, message) == NotWanted(reason="left")


def test_a_season_that_goes_on_is_thanked_for_again_at_its_new_end(world: World, asked: Round) -> None:
    put(world, asked)
    assert len(put(world, world.add_round(5))) == 24


def test_a_restored_database_that_knows_an_earlier_last_round_thanks_nobody_twice(world: World, asked: Round) -> None:
    put(world, asked)
    world.session.delete(asked)
    before = world.session.query(Round).order_by(Round.opens_at.desc()).first()
    assert before is not None
    assert len(put(world, before)) == 12
    again = world.add_round(6)  # with the row id of the one that was lost
    assert len(put(world, again, post_of(7))) == 24


def test_thanks_of_before_a_question_are_not_wanted_after_it(world: World, asked: Round) -> None:
    message = put(world, asked)[0]
    world.add_round(5)
    assert compose(world.session, NOW, world.programme, message) == NotWanted(reason="the season has gone on")


def test_after_four_weeks_it_is_too_late_but_a_pause_for_all_takes_none_of_them(world: World, asked: Round) -> None:
    message = put(world, asked)[0]
    assert message.expires_at == message.due_at + 28 * DAY
    organiser = world.add_person("O0", Role.ORGANISER).address
    pause_for_all.pause(world.session, NOW, world.programme, organiser, "Valg")
    world.session.refresh(message)
    assert message.expires_at is None
    pause_for_all.end(world.session, NOW + 60 * DAY, world.programme, organiser)
    world.session.refresh(message)
    assert message.expires_at == NOW + 67 * DAY


@pytest.mark.parametrize("timezone", ["Europe/Copenhagen", "America/Nuuk"])
def test_it_comes_in_a_persons_sending_hours(world: World, asked: Round, timezone: str) -> None:
    world.person("U00000").timezone = timezone
    at_night = datetime.fromisoformat("2018-09-15T02:00:00+00:00")  # a Saturday
    assert put(world, asked, at_night)[0].due_at == in_sending_hours(at_night, timezone) > at_night + DAY


def test_a_pause_for_all_keeps_it_waiting(world: World, asked: Round) -> None:
    message = put(world, asked)[0]
    organiser = world.add_person("O0", Role.ORGANISER)
    pause_for_all.pause(world.session, NOW, world.programme, organiser.address, "Valg")
    assert isinstance(compose(world.session, NOW, world.programme, message), NotYet)


# --- what they say


def test_it_tells_how_many_questions_on_which_themes(world: World, asked: Round) -> None:
    assert lines(told(world, asked))[0] == "Jeg har stillet jer 3 spørgsmål om »Tillid« og »Tid«."


def test_of_many_themes_some_are_named_and_the_others_counted(world: World, asked: Round) -> None:
    add_themes(world)
    assert lines(told(world, asked))[0] == "Jeg har stillet jer 7 spørgsmål om »Tillid«, »Tid«, »Tema 0« og 3 andre temaer."
    assert lines(told(world, asked, language="en"))[0].endswith("7 questions, on “Trust”, “Time”, “Theme 0” and 3 other themes.")


def test_it_tells_what_came_of_the_wishes_by_the_ledger(world: World, asked: Round) -> None:
    wish(world, 1, ResponseKind.TAKE_UP)
    wish(world, 2, ResponseKind.NOT_OURS)
    wish(world, 3)
    said = lines(told(world, asked))[1]
    assert said == (
        "Politikerne har fået ønsker fra jer 3 gange: "
        "én gang er der lovet noget, én gang blev det ikke til noget, og én gang venter I på svar."
    )


def test_one_wish_and_its_fate_are_told_in_the_singular(world: World, asked: Round) -> None:
    wish(world, 1, ResponseKind.HEARD)
    assert lines(told(world, asked, language="en"))[1] == "Your wishes have reached the politicians once, and they were heard."


def test_a_promise_whose_day_has_passed_is_not_told_as_one_that_stands(world: World, asked: Round) -> None:
    _, (promise,) = wish(world, 1, ResponseKind.TAKE_UP)
    promise.due_on = (NOW - 7 * DAY).date()
    assert lines(told(world, asked))[1] == "Politikerne har fået ønsker fra jer én gang, og der er lovet noget, men fristen er overskredet."


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_season_without_wishes_has_a_sentence_of_its_own(world: World, asked: Round, language: str) -> None:
    assert lines(told(world, asked, language=language))[1] == say(language, "thanks.no_wishes")


def test_it_tells_until_when_answers_are_tied_and_kept_and_that_backups_live_longer(world: World, asked: Round) -> None:
    thanks = told(world, asked, close_of(3))
    assert "sidste svar slettet den 14. september" in lines(thanks)[2]
    assert "slettet senest den 6. december" in lines(thanks)[2]
    assert "op til 30 dage senere. Citater, I har sagt ja til, bliver i overblikkene." in lines(thanks)[2]
    assert thanks.book


def test_once_all_is_detached_it_says_so_and_offers_no_book(world: World, asked: Round) -> None:
    for round_ in world.session.query(Round):
        round_.closed_at = round_.closes_at
        detaching.detach(world.session, NOW, round_)
    thanks = told(world, asked)
    assert say("da", "thanks.untied") in lines(thanks)[2]
    assert not thanks.book


def test_once_the_answers_are_deleted_it_names_no_day_for_that(world: World, asked: Round) -> None:
    for round_ in world.session.query(Round):
        round_.closed_at = round_.closes_at
        detaching.delete_replies(world.session, NOW, round_)
    assert say("da", "thanks.deleted") in lines(told(world, asked))[2]


@pytest.mark.parametrize("language", ["da", "en"])
def test_at_its_longest_it_fits_a_phones_screen(world: World, asked: Round, language: str) -> None:
    add_themes(world)
    wish(world, 1, ResponseKind.TAKE_UP)
    wish(world, 2, ResponseKind.NOT_OURS)
    wish(world, 3)
    thanks = told(world, asked, close_of(3), language)
    words = " ".join([thanks.title, *(part.heading for part in thanks.parts), *lines(thanks)]).split()
    assert len(words) <= MOST_WORDS


def test_it_holds_nobodys_words(world: World, asked: Round) -> None:
    world.answer(asked, world.add_people(12, "U9"), texts=["Mine egne ord"] * 12)
    message = put(world, asked)[0]
    assert "Mine egne ord" not in f"{told(world, asked)} {message.facts} {message.key}"


def test_it_is_the_same_whether_somebody_has_answered_wished_or_kept_silent(world: World, asked: Round) -> None:
    answered, wished, _silent, erased = world.session.query(Person).order_by(Person.id).limit(4)
    world.answer(asked, [answered], texts=["Mine egne ord"], quote=True)
    world.answer(asked, [wished, erased], wishes=2)
    replies.delete_my_reply(world.session, NOW, world.programme, erased.address, asked.id)
    thanks = [compose(world.session, NOW, world.programme, message) for message in put(world, asked)]
    assert len(thanks) == 12
    assert [other for other in thanks if other != thanks[0]] == []
