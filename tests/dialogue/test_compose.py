"""A message is composed from what is true when it is sent, and its outcome is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from bot.confidentiality.floors import round_to_five
from bot.dialogue import people
from bot.dialogue.compose import compose, compose_all, notice_in_full, on_sent
from bot.dialogue.outbox import NotWanted, put, tell_organisers
from bot.dialogue.rounds import after_opening, replies
from bot.errors import Reason, Refused
from bot.models import MessageKind, OutboxMessage, PersonState
from bot.programme import Language, Role, Text
from bot.seam.meaning import HourOffer, Plain, Question, Reminder, Welcome
from tests.support.programme import ITEMS, ORGANISERS_CHANNEL, PROGRAMME, VARIANTS, WITH_REST
from tests.support.world import BEFORE, CLOSES, OPENS, World, at, found, lists, with_list

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Entry, Programme
    from bot.seam.meaning import Meaning

LATER = OPENS + timedelta(hours=1)
REMIND = OPENS + timedelta(days=2)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def said(
    world: World, kind: MessageKind, address: str = "L0", now: object = LATER, programme: Programme = PROGRAMME
) -> Meaning | NotWanted:
    (message,) = (each for each in world.messages(kind) if each.address == address)
    return compose(world.session, now, programme, message)


def welcomes(session: Session) -> World:
    world = World(session)
    english = [found("L0", language=Language.EN), *(found(f"L{i}") for i in range(1, 12))]
    world.read(with_list(lists(), Role.LEADER, english))
    people.queue_welcomes(session, BEFORE, PROGRAMME, at(OPENS))
    return world


# --- the welcome


def test_the_welcome_informs_in_the_persons_language(session: Session) -> None:
    world = welcomes(session)
    english, danish = (said(world, MessageKind.WELCOME, each) for each in ("L0", "L1"))
    assert isinstance(english, Welcome)
    assert isinstance(danish, Welcome)
    assert (english.title, danish.title) == ("Welcome to Eftertanke", "Velkommen til Eftertanke")
    assert "“The village day”" in english.paragraphs[0]
    for must in (
        "ét spørgsmål ad gangen",
        "fortrolige: Politikere og organisatorer får ikke at vide, hvem der skrev hvad",
        "frivilligt",
        "meld dig fra når som helst",
        "Dataansvarlig: Om controller.",
        "Formål: Om purpose.",
        "Jeres Slack-administrator kan i nogle tilfælde læse direkte beskeder",
        "Svar i formularen",
    ):
        assert must in " ".join(danish.paragraphs)
    (rest,) = danish.rest
    for must in (
        "aldrig et tal om færre end 5 personer",
        "indtil koblingen til dig er slettet",
        "Svar altid i formularen, aldrig direkte i chatten",
        "Skriv ikke navne eller oplysninger om bestemte børn, borgere eller kolleger",
        "Meld mig fra",
        "Pause",
        "Mine svar",
        "Alt om mig",
    ):
        assert must in " ".join(rest.lines)


def test_the_welcome_tells_the_six_things_people_must_know_in_the_organisers_own_words(session: Session) -> None:
    world = welcomes(session)
    english, danish = (said(world, MessageKind.WELCOME, each) for each in ("L0", "L1"))
    assert isinstance(english, Welcome)
    assert isinstance(danish, Welcome)
    assert [each.lines for each in english.information] == [(f"About {item}.",) for item in ITEMS]
    assert [each.lines for each in danish.information] == [(f"Om {item}.",) for item in ITEMS]
    headings = ["Dataansvarlig", "Formål", "Retsgrundlag", "Hvad der gemmes", "Hvem der ser hvad", "Hvor længe"]
    assert [each.heading for each in danish.information] == headings


def test_the_welcome_can_be_read_on_a_phone(session: Session) -> None:
    welcome = said(welcomes(session), MessageKind.WELCOME, "L1")
    assert isinstance(welcome, Welcome)
    assert max(map(len, welcome.paragraphs)) < 220
    assert "fortrolige" in welcome.paragraphs[1]


@pytest.mark.parametrize(
    ("first_question", "now", "says"),
    [
        ("2018-08-21", BEFORE, True),
        ("2018-08-21", OPENS - timedelta(hours=2), True),  # loaded late: the question comes the same day
        ("2018-08-21", OPENS + timedelta(hours=2), False),  # late by hours: it may have been
        ("2018-08-20", OPENS, False),
        (None, BEFORE, False),
    ],
)
def test_the_welcome_names_the_day_of_the_first_question_unless_it_has_been(
    session: Session, first_question: str | None, now: datetime, *, says: bool
) -> None:
    world = welcomes(session)
    for message in world.messages(MessageKind.WELCOME):
        message.facts = {"first_question": first_question} if first_question else {}
    session.flush()
    english, danish = (said(world, MessageKind.WELCOME, address, now) for address in ("L0", "L1"))
    assert ("Det første spørgsmål kommer tirsdag den 21. august." in str(danish)) is says
    assert ("The first question comes on Tuesday 21 August." in str(english)) is says
    assert ("første spørgsmål" in str(danish)) is says


def test_the_welcome_is_for_who_is_invited_and_makes_them_active(session: Session) -> None:
    world = welcomes(session)
    (message,) = (each for each in world.messages(MessageKind.WELCOME) if each.address == "L0")
    on_sent(session, OPENS, message)
    assert world.person("L0").state is PersonState.ACTIVE
    assert said(world, MessageKind.WELCOME) == NotWanted(reason="the person is active")


# --- the question and its reminder


def test_the_question_says_theme_question_and_close_in_the_persons_language(world: World) -> None:
    round_ = world.open()
    assert round_ is not None
    assert said(world, MessageKind.QUESTION) == Question(
        language=Language.DA,
        round=round_.id,
        theme="Tillid",
        ask="for-all, hvad?",
        closes="fredag den 24. august kl. 10.00",
        asked=25,
        offer=HourOffer(hour=time(12)),
    )


@pytest.mark.parametrize(("chosen", "offered"), [(time(12), None), (time(15), None), (None, HourOffer(hour=time(12)))])
def test_an_hour_is_offered_only_to_whom_it_would_change_anything(world: World, chosen: time | None, offered: HourOffer | None) -> None:
    world.person("L0").ask_at = chosen
    world.open()
    question = said(world, MessageKind.QUESTION)
    assert isinstance(question, Question)
    assert question.offer == offered


@pytest.mark.parametrize(("order", "is_offered"), [([0], False), ([1, 0], True), ([1], True)])
def test_an_hour_is_offered_while_a_question_is_to_come_wherever_this_one_stands(
    world: World, order: list[int], *, is_offered: bool
) -> None:
    world.open(PROGRAMME.rounds.order[0])
    edited = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=tuple(PROGRAMME.rounds.order[place] for place in order)))
    question = said(world, MessageKind.QUESTION, programme=edited)
    assert isinstance(question, Question)
    assert (question.offer is not None) is is_offered


def test_why_is_offered_where_it_is_known(world: World) -> None:
    trust, *others = PROGRAMME.themes
    world.programme = replace(PROGRAMME, themes=(replace(trust, about=Text(da="Derfor.", en="That is why.")), *others))
    world.open()
    question = said(world, MessageKind.QUESTION)
    assert isinstance(question, Question)
    assert question.why


def test_the_reminder_says_the_same_again(world: World) -> None:
    round_ = world.open_and_ask()
    after_opening.queue_reminders(world.session, REMIND, PROGRAMME, round_, at(REMIND))
    reminder = said(world, MessageKind.REMINDER)
    assert isinstance(reminder, Reminder)
    assert (reminder.round, reminder.ask, reminder.asked) == (round_.id, "for-all, hvad?", 25)


@pytest.mark.parametrize(("sizes", "asked"), [((10, 0), 10), ((12, 0), 10), ((13, 0), 15), ((13, 12), 25), ((30, 33), 65)])
def test_the_question_says_how_many_it_goes_to_by_the_lists_of_all_who_are_asked(
    session: Session, sizes: tuple[int, int], asked: int
) -> None:
    world = World(session).populate(leaders=sizes[0], reps=sizes[1])
    people.leave(session, OPENS, world.person("L1"))
    people.pause(session, OPENS, world.person("L2"), CLOSES.date())
    world.open()
    question = said(world, MessageKind.QUESTION)
    assert isinstance(question, Question)
    assert question.asked == asked


@pytest.mark.parametrize(("entry", "sizes"), [(VARIANTS, (128, 86)), (WITH_REST, (30, 12))])
def test_a_question_to_one_role_alone_counts_none_of_the_others(session: Session, entry: Entry, sizes: tuple[int, int]) -> None:
    world = World(session).populate(leaders=sizes[0], reps=sizes[1])
    world.open(entry)
    leaders, reps = (said(world, MessageKind.QUESTION, address) for address in ("L0", "E0"))
    assert isinstance(leaders, Question)
    assert isinstance(reps, Question)
    assert (leaders.asked, reps.asked) == (round_to_five(sizes[0]), round_to_five(sizes[1]))


@pytest.mark.parametrize("kind", [MessageKind.QUESTION, MessageKind.REMINDER])
def test_a_prompt_is_not_wanted_by_who_has_answered_paused_or_left_or_after_the_close(world: World, kind: MessageKind) -> None:
    round_ = world.open_and_ask()
    after_opening.queue_reminders(world.session, REMIND, PROGRAMME, round_, at(REMIND))
    world.deliver(REMIND, MessageKind.REMINDER)  # so that pausing and leaving do not take the rows away
    replies.record(world.session, LATER, PROGRAMME, "L0", round_.id, "Svar", wish=False, quote=False)
    people.pause(world.session, LATER, world.person("L1"), CLOSES.date())
    people.leave(world.session, OPENS, world.person("L2"))
    reasons = [said(world, kind, each) for each in ("L0", "L1", "L2")]
    assert reasons == [NotWanted(reason=why) for why in ("not needed any more", "the person is paused", "the person is left")]
    assert said(world, kind, "L3", CLOSES) == NotWanted(reason="the round has closed")
    world.close(round_)
    assert said(world, kind, "L3") == NotWanted(reason="the round has closed")


def test_why_a_prompt_was_not_wanted_tells_nobody_that_someone_answered(world: World) -> None:
    round_ = world.open_and_ask()
    replies.record(world.session, LATER, PROGRAMME, "L0", round_.id, "Svar", wish=False, quote=False)
    told = said(world, MessageKind.QUESTION)
    assert isinstance(told, NotWanted)
    assert "answer" not in told.reason


# --- notices, and all kinds at once


def test_a_notice_is_said_in_the_programmes_language_with_its_values(world: World) -> None:
    tell_organisers(world.session, OPENS, PROGRAMME, key="a", say="people.missing", n=2, source="S0LEADERS", people="a@b.dk, c@d.dk")
    notice = said(world, MessageKind.NOTICE, ORGANISERS_CHANNEL)
    assert isinstance(notice, Plain)
    assert notice.paragraphs == (
        "2 på listen S0LEADERS findes ikke i chatten og får derfor ingen spørgsmål: a@b.dk, c@d.dk. Ret listen, eller få dem oprettet.",
    )


def test_a_notice_is_read_in_full_by_organisers_only_and_only_in_its_programme(world: World) -> None:
    tell_organisers(world.session, OPENS, PROGRAMME, key="a", say="notice.edit_broken", faults="linje 7\n" * 3_000)
    (row,) = world.messages(MessageKind.NOTICE)
    notice = said(world, MessageKind.NOTICE, ORGANISERS_CHANNEL)
    assert isinstance(notice, Plain)
    assert notice.notice == row.id
    reading = notice_in_full(world.session, PROGRAMME, "O0", row.id)
    assert (reading.ids, reading.parts[0].lines) == ((row.id,), tuple(filter(None, "\n".join(notice.paragraphs).split("\n"))))
    for who, programme, about, reason in (
        ("L0", PROGRAMME, row.id, Reason.NO_RIGHT),
        ("O0", PROGRAMME, row.id + 1_000, Reason.GONE),
        ("O0", PROGRAMME, world.messages(MessageKind.WELCOME)[0].id if world.messages(MessageKind.WELCOME) else 0, Reason.GONE),
    ):
        with pytest.raises(Refused, match=reason):
            notice_in_full(world.session, programme, who, about)


def test_a_notice_is_told_once_a_key(world: World) -> None:
    assert tell_organisers(world.session, OPENS, PROGRAMME, key="a", say="round.missed.too_late")
    assert not tell_organisers(world.session, OPENS, PROGRAMME, key="a", say="round.missed.audience")
    assert tell_organisers(world.session, OPENS, PROGRAMME, key="b", say="round.missed.audience")


def test_a_message_that_is_there_is_not_put_again(world: World) -> None:
    row = {"programme": PROGRAMME.id, "kind": MessageKind.NOTICE, "address": ORGANISERS_CHANNEL, "facts": {}, "due_at": OPENS, "key": "k"}
    assert put(world.session, **row)
    assert not put(world.session, **row)
    (message,) = world.messages(MessageKind.NOTICE)
    assert (message.next_at, len(message.delivery_id), message.attempts) == (OPENS, 32, 0)


def test_many_messages_are_composed_with_a_handful_of_statements(world: World) -> None:
    world.open()
    waiting = world.messages(MessageKind.QUESTION)
    statements: list[str] = []
    event.listen(world.session.get_bind(), "before_cursor_execute", lambda *heard: statements.append(heard[2]))
    meanings = compose_all(world.session, LATER, PROGRAMME, waiting)
    assert len(meanings) == 24
    assert len(statements) < 9


def test_no_message_holds_more_of_a_person_than_their_id_and_address(world: World) -> None:
    round_ = world.open_and_ask()
    replies.record(world.session, LATER, PROGRAMME, "L0", round_.id, "Hemmelige ord", wish=False, quote=False)
    world.session.expire_all()
    facts = [each.facts for each in world.session.query(OutboxMessage)]
    assert {tuple(each) for each in facts} == {("question",)}
