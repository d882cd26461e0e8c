"""A participant's answer is recorded, replaced, deleted and refused as the rules say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from bot.confidentiality.encryption import decrypt_words
from bot.dialogue import people
from bot.dialogue.form_input import clean_text
from bot.dialogue.rounds import replies
from bot.errors import Reason, Refused
from bot.models import Authorship, Participation, Reply
from bot.programme import Language, Role
from bot.seam.answers import MyReply, ReplyForm
from tests.support.database import unit_of_work
from tests.support.programme import PROGRAMME, VARIANTS
from tests.support.world import CLOSES, OPENS, SLOT, World, found, lists, with_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import Round

HOUR = timedelta(hours=1)
LATER = OPENS + HOUR


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def answer(world: World, round_: Round, text: str, *, who: str = "L0", wish: bool = False, quote: bool = False) -> replies.ReplyReceipt:
    return replies.record(world.session, LATER, PROGRAMME, who, round_.id, text, wish=wish, quote=quote)


def form(world: World, round_: Round | None, *, who: str = "L0") -> ReplyForm:
    return replies.reply_form(world.session, LATER, PROGRAMME, who, round_.id if round_ else None)


def mine(world: World, who: str = "L0") -> tuple[MyReply, ...]:
    return replies.my_replies(world.session, LATER, PROGRAMME, who).replies


def reason_of(act: Callable[[], object]) -> tuple[Reason, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason, refused.value.field


def rows(world: World) -> tuple[int, int, int]:
    return world.count(Reply), world.count(Authorship), world.count(Participation)


# --- the form


def test_the_form_shows_the_question_in_ones_own_language_and_until_when(world: World, round_: Round) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", language=Language.EN), *(found(f"L{i}") for i in range(1, 12))]))
    assert form(world, round_) == ReplyForm(
        language=Language.EN,
        round=round_.id,
        theme="Trust",
        ask="for-all, what?",
        closes="Friday 24 August at 10:00",
        seen="",
        may_quote=False,  # of so few who are asked, nobody is quoted
        quotes_in=Language.DA,
    )


def test_the_form_shows_what_one_has_answered_so_far(world: World, round_: Round) -> None:
    answer(world, round_, "Vi tog os tid.", wish=True)
    shown = form(world, round_)
    assert (shown.text, shown.wish, shown.quote, shown.replied) == ("Vi tog os tid.", True, False, True)


def test_without_a_round_the_form_is_the_newest_open_one(world: World, round_: Round) -> None:
    newer = world.open_and_ask(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS + HOUR / 2)
    assert form(world, None).round == newer.id
    world.close(newer)
    assert form(world, None).round == round_.id


def test_when_nothing_is_open_that_is_said(world: World) -> None:
    assert reason_of(lambda: form(world, None)) == (Reason.NOTHING_OPEN, None)


@pytest.mark.parametrize("who", ["P0", "O0", "nobody"])
def test_a_form_and_a_reply_are_for_participants_only(world: World, round_: Round, who: str) -> None:
    assert reason_of(lambda: form(world, round_, who=who)) == (Reason.NOT_IN_DIALOGUE, None)
    assert reason_of(lambda: answer(world, round_, "Svar", who=who)) == (Reason.NOT_IN_DIALOGUE, None)
    assert rows(world) == (0, 0, 0)


def test_a_round_one_was_not_asked_in_can_not_be_answered(world: World) -> None:
    round_ = world.open_and_ask()
    world.read(lists(leaders=13), LATER)
    world.welcome_all(LATER)
    assert reason_of(lambda: form(world, round_, who="L12")) == (Reason.NOT_YOURS, None)
    assert reason_of(lambda: answer(world, round_, "Svar", who="L12")) == (Reason.NOT_YOURS, None)


def test_a_round_that_does_not_exist_is_not_ones_own(world: World) -> None:
    assert reason_of(lambda: replies.reply_form(world.session, LATER, PROGRAMME, "L0", 4711)) == (Reason.NOT_YOURS, None)
    assert (
        reason_of(lambda: replies.record(world.session, LATER, PROGRAMME, "L0", 4711, "Svar", wish=False, quote=False))[0]
        is Reason.NOT_YOURS
    )


@pytest.mark.parametrize("marked", [True, False])
def test_a_closed_round_takes_no_answers_whether_or_not_the_heartbeat_has_come_round(world: World, round_: Round, *, marked: bool) -> None:
    if marked:
        world.close(round_)
    assert reason_of(lambda: replies.reply_form(world.session, CLOSES, PROGRAMME, "L0", round_.id)) == (Reason.ROUND_CLOSED, None)
    refused = reason_of(lambda: replies.record(world.session, CLOSES, PROGRAMME, "L0", round_.id, "For sent", wish=False, quote=False))
    assert refused == (Reason.ROUND_CLOSED, None)
    assert rows(world) == (0, 0, 0)


# --- writing down


def test_a_reply_keeps_person_participation_and_words_apart(world: World, round_: Round) -> None:
    answer(world, round_, "Vi spurgte børnene.", wish=True, quote=True)
    (reply,) = world.session.scalars(select(Reply)).all()
    (tie,) = world.session.scalars(select(Authorship)).all()
    assert (decrypt_words(world.session, reply), reply.question, reply.wish, reply.quote) == (
        "Vi spurgte børnene.",
        "for-all",
        True,
        False,  # so few were asked that nobody is quoted
    )
    assert b"rnene" not in reply.words
    assert (tie.reply_id, tie.person_id, tie.written_at) == (reply.id, world.person("L0").id, LATER)
    assert set(Reply.__table__.columns.keys()) == {
        *("id", "round_id", "question", "words", "sealed_with", "wish", "quote", "cleared", "sentence"),
    }


def test_a_later_reply_replaces_the_earlier_one_and_its_marks(world: World, round_: Round) -> None:
    assert not answer(world, round_, "Først", wish=True, quote=True).changed
    assert answer(world, round_, "Så").changed
    assert rows(world) == (1, 1, 1)
    assert [(each.text, each.wish, each.quote) for each in mine(world)] == [("Så", False, False)]


def test_the_same_reply_sent_twice_is_one_reply(world: World, round_: Round) -> None:
    answer(world, round_, "Det samme")
    answer(world, round_, "Det samme")
    assert rows(world) == (1, 1, 1)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\u200b\u200d\u2060", "\u202e\u2066", "\0", "\ufeff \u00a0"])
def test_a_text_in_which_nothing_can_be_seen_is_empty(world: World, round_: Round, text: str) -> None:
    assert reason_of(lambda: answer(world, round_, text)) == (Reason.EMPTY, "text")
    assert rows(world) == (0, 0, 0)


def test_three_thousand_characters_are_a_reply_and_one_more_is_too_long(world: World, round_: Round) -> None:
    answer(world, round_, "å" * 3000)
    for long in ("b" * 3001, "😀" * 1501):
        assert reason_of(lambda long=long: answer(world, round_, long)) == (Reason.TOO_LONG, "text")
    assert mine(world)[0].text == "å" * 3000


@pytest.mark.parametrize(
    "text",
    [
        "👍",
        "👩‍👩‍👧‍👦 🇩🇰",
        "*fed* _kursiv_ `kode` <https://example.org|link>",
        "<!channel> <@U123> @everyone",
        "<script>alert('x')</script>",
        "\u202eabc\u202c forlæns og \u2067baglæns\u2069",
        "'; DROP TABLE replies; --",
        "{closes} %s {0}",
        "Ærø, ångström, ﷽",
    ],
)
def test_whatever_people_type_is_kept_as_they_typed_it(world: World, round_: Round, text: str) -> None:
    answer(world, round_, text)
    assert mine(world)[0].text == text


@pytest.mark.parametrize(("typed", "kept"), [("med\0nul", "mednul"), ("halv \ud83d emoji", "halv  emoji"), ("  luft \n", "luft")])
def test_what_no_database_takes_is_left_out(world: World, round_: Round, typed: str, kept: str) -> None:
    answer(world, round_, typed)
    assert mine(world)[0].text == kept


def test_who_pauses_may_still_answer_what_they_were_asked(world: World, round_: Round) -> None:
    people.pause(world.session, LATER, world.person("L0"), date(2018, 8, 31))
    assert form(world, round_).round == round_.id
    answer(world, round_, "Lige en ting")
    assert len(mine(world)) == 1


def test_who_has_left_may_see_and_delete_but_not_answer(world: World, round_: Round) -> None:
    answer(world, round_, "Mit svar")
    people.leave(world.session, OPENS, world.person("L0"))
    assert reason_of(lambda: form(world, round_)) == (Reason.NOT_IN_DIALOGUE, None)
    assert reason_of(lambda: answer(world, round_, "Mere")) == (Reason.NOT_IN_DIALOGUE, None)
    assert [(each.text, each.editable) for each in mine(world)] == [("Mit svar", False)]
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L0", round_.id)
    assert rows(world) == (0, 0, 0)


def test_recording_is_a_handful_of_statements(world: World, round_: Round) -> None:
    statements: list[str] = []
    event.listen(world.session.get_bind(), "before_cursor_execute", lambda *heard: statements.append(heard[2]))
    answer(world, round_, "Et svar")
    assert len(statements) <= 4
    statements.clear()
    answer(world, round_, "Et andet")
    assert len(statements) <= 4


# --- one's own words


def test_nobody_sees_or_deletes_anothers_reply(world: World, round_: Round) -> None:
    answer(world, round_, "Mit")
    assert mine(world, "L1") == ()
    assert form(world, round_, who="L1").text == ""
    assert reason_of(lambda: replies.delete_my_reply(world.session, LATER, PROGRAMME, "L1", round_.id)) == (Reason.NO_REPLY, None)
    assert rows(world) == (1, 1, 1)


def test_a_deleted_reply_is_in_no_table_and_can_be_written_anew(world: World, round_: Round) -> None:
    answer(world, round_, "Væk med det")
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L0", round_.id)
    assert rows(world) == (0, 0, 0)
    assert not form(world, round_).replied
    answer(world, round_, "Igen")
    assert rows(world) == (1, 1, 1)


def test_deleting_what_is_not_there_is_said(world: World, round_: Round) -> None:
    assert reason_of(lambda: replies.delete_my_reply(world.session, LATER, PROGRAMME, "L0", round_.id)) == (Reason.NO_REPLY, None)
    assert reason_of(lambda: replies.delete_my_reply(world.session, LATER, PROGRAMME, "nobody", round_.id)) == (
        Reason.NOT_IN_DIALOGUE,
        None,
    )


def test_words_can_be_deleted_after_the_close(world: World, round_: Round) -> None:
    answer(world, round_, "Fortrudt")
    world.close(round_)
    replies.delete_my_reply(world.session, LATER, PROGRAMME, "L0", round_.id)
    assert rows(world) == (0, 0, 0)


def test_mine_lists_the_newest_first_and_says_what_may_still_be_changed(world: World, round_: Round) -> None:
    newer = world.open_and_ask(VARIANTS, slot=type(SLOT)(week=SLOT.week, number=2), opens_at=OPENS + HOUR / 2)
    answer(world, round_, "Ældst")
    answer(world, newer, "Nyest")
    world.close(round_)
    shown = mine(world)
    assert [(each.round, each.ask, each.text, each.editable) for each in shown] == [
        (newer.id, "to-leaders, hvad?", "Nyest", True),
        (round_.id, "for-all, hvad?", "Ældst", False),
    ]
    assert [each.state for each in shown] == ["Åbent til fredag den 24. august kl. 10.00", "Lukket fredag den 24. august kl. 10.00"]


def test_a_leader_who_has_become_a_politician_still_owns_the_earlier_words(world: World, round_: Round) -> None:
    answer(world, round_, "Dengang jeg var leder")
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), found("L0")]), LATER)
    assert [each.text for each in mine(world)] == ["Dengang jeg var leder"]
    assert reason_of(lambda: answer(world, round_, "Nu som politiker")) == (Reason.NOT_IN_DIALOGUE, None)


# --- whatever people do, in whatever order

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["L0", "L1", "E0", "P0", "nobody"]),
        st.one_of(st.none(), st.text(alphabet=st.characters(exclude_categories=[]), max_size=6)),
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_acts_everyone_has_at_most_one_reply_and_it_is_their_last(database: Database, acts: list[tuple[str, str | None]]) -> None:
    """`None` deletes. Each example plays in a transaction that is undone."""
    with unit_of_work(database) as session:
        world = World(session).populate(leaders=5, reps=5)
        round_ = world.open_and_ask()
        last: dict[str, str] = {}
        for who, text in acts:
            do(world, round_, who, text, last)
        assert {who: [each.text for each in mine(world, who)] for who in last} == {who: [text] for who, text in last.items()}
        assert rows(world) == (len(last),) * 3
        session.rollback()


def do(world: World, round_: Round, who: str, text: str | None, last: dict[str, str]) -> None:
    try:
        if text is None:
            replies.delete_my_reply(world.session, LATER, PROGRAMME, who, round_.id)
            del last[who]
        else:
            answer(world, round_, text, who=who)
            last[who] = clean_text(text)
    except Refused:
        assert who not in last if text is None else who in ("P0", "nobody") or not clean_text(text)
