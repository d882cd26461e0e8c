"""Everything about a person goes when they say so, and nothing brings it back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.deletion.expired_rows import delete_expired_rows
from bot.confidentiality.deletion.tombstones import DeletedKind
from bot.confidentiality.encryption import decrypt_words, session_keys
from bot.dialogue import people
from bot.dialogue.compose import compose, record_claim
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.digests import digest_review, quotes
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.responses import response_review
from bot.dialogue.rounds import replies
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    Base,
    Digest,
    MessageKind,
    MessageState,
    Participation,
    Person,
    PersonState,
    Quote,
    Reply,
    Response,
    Tombstone,
)
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind
from bot.seam.meaning import Plain
from tests.support.database import unit_of_work
from tests.support.programme import PROGRAMME
from tests.support.quoting import TEXTS, draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import BEFORE, CLOSES, OPENS, World, at, close_of, found, lists, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import Round

LATER = OPENS + timedelta(hours=1)
NEXT_DAY = LATER + timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate()


def answer(world: World, round_: Round, who: str, *, quote: bool = False) -> None:
    replies.record(world.session, LATER, PROGRAMME, who, round_.id, words_of(who), wish=False, quote=quote)


def words_of(who: str) -> str:
    return f"ordene er fra {who} og ingen anden"


def tables(session: Session) -> str:
    """Everything that stands in any table, with sealed words opened."""
    session.flush()
    keys = session_keys(session)
    found = []
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            found.append((table.name, {name: str(value) for name, value in row.items() if not isinstance(value, bytes)}))
            if row.get("words") is not None and isinstance(row["words"], bytes):
                found.append((table.name, {"words": keys.decrypt(row["words"], row["sealed_with"], row["id"])}))
    return json.dumps(found, ensure_ascii=False)


def stands_in(session: Session, who: str) -> list[str]:
    return re.findall(rf".{{30}}\b{who}\b.{{30}}", tables(session))


# --- whoever it is, whatever they have done

WHO = ("L0", "L1", "E0", "E1", "P0", "O0")
ACTS = st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(["answer", "quote", "pause", "leave", "organiser", "leader"])), max_size=14)


@given(acts=ACTS, gone=st.sets(st.sampled_from(WHO)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_is_erased_stands_nowhere_any_more_and_nobody_else_loses_anything(
    database: Database, acts: list[tuple[str, str]], gone: set[str]
) -> None:
    """Each example plays in a transaction that is undone."""
    with unit_of_work(database) as session:
        world = World(session).populate(leaders=8, reps=8)
        round_, rosters = world.open_and_ask(), lists(leaders=8, reps=8)
        for who, what in acts:
            rosters = do(world, round_, rosters, who, what)
        others = [each for each in (*WHO, "L7", "E7") if each not in gone]
        before = {who: my_data(session, PROGRAMME, who) for who in others}
        with_rights = {who for who in gone if world.person(who).role in (Role.POLITICIAN, Role.ORGANISER)}
        assert all(erase(session, LATER, who) for who in gone)
        for who in gone - with_rights:
            assert stands_in(session, who) == []
        for who in with_rights:
            assert (len(stands_in(session, who)), words_of(who) in tables(session)) == (1, False)
        assert {who: my_data(session, PROGRAMME, who) for who in others} == before
        world.read(rosters, NEXT_DAY)
        for who in gone - with_rights:
            assert stands_in(session, who) == []
        session.rollback()


def do(world: World, round_: Round, rosters: dict, who: str, what: str) -> dict:
    person = world.person(who)
    takes_part = person.role in (Role.LEADER, Role.EMPLOYEE_REP) and person.state is not PersonState.LEFT
    if what in ("answer", "quote") and takes_part and who[0] in "LE":
        answer(world, round_, who, quote=what == "quote")
    elif what == "pause" and takes_part:
        people.pause(world.session, LATER, person, CLOSES.date())
    elif what == "leave" and takes_part:
        people.leave(world.session, OPENS, person)
    elif what in ("organiser", "leader"):
        role = Role(what)
        rosters = with_list(rosters, role, [*rosters[role].found, found(who)])
        world.read(rosters, LATER)
    return rosters


@given(acts=ACTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everyone_is_shown_exactly_their_own(database: Database, acts: list[tuple[str, str]]) -> None:
    with unit_of_work(database) as session:
        world = World(session).populate(leaders=8, reps=8)
        round_, rosters = world.open_and_ask(), lists(leaders=8, reps=8)
        for who, what in acts:
            rosters = do(world, round_, rosters, who, what)
        wrote = {address_of(session, person) for person in session.scalars(select(Authorship.person_id))}
        ids = [*session.scalars(select(Reply.id)), *(message.delivery_id for message in world.messages(MessageKind.QUESTION))]
        for who in WHO:
            told = "\n".join(line for part in my_data(session, PROGRAMME, who).parts for line in (part.heading, *part.lines))
            assert {each for each in WHO if words_of(each) in told} == {who} & wrote
            assert ("»Tillid«, uge 34" in told) == (who in wrote)
            assert set(re.findall(r"\b[LEPO]\d+\b", told)) == {who}
            assert not [id_ for id_ in ids if id_ in told]
        session.rollback()


def test_politicians_and_organisers_are_shown_what_they_have_said_and_decided(session: Session) -> None:
    world = World(session)
    politician, organiser = (world.add_person(address, role).address for address, role in (("P0", Role.POLITICIAN), ("O0", Role.ORGANISER)))
    digest = draft_with_quotes(world, TEXTS)
    digest_review.send_back(session, CLOSES, PROGRAMME, organiser, digest.id, "Se på overskriften.")
    reviewer = review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    response_review.acknowledge(session, PROGRAMME, politician, digest.id)
    response_review.respond(session, CLOSES, PROGRAMME, politician, digest.id, ResponseKind.FREE_TEXT, "Vi ser på det.")

    def shown(who: str) -> list[str]:
        return [line for part in my_data(session, PROGRAMME, who).parts for line in part.lines]

    assert any(line.endswith("svar på overblik nr. 1: Vi ser på det.") for line in shown(politician))
    session.execute(update(Response).values(signed="Pernille Poulsen"))
    session.expire_all()
    assert any(line.endswith("svar på overblik nr. 1: Vi ser på det. (med navnet Pernille Poulsen)") for line in shown(politician))
    assert "Hørt: overblik nr. 1" in shown(politician)
    assert "Din note til overblik nr. 1: Se på overskriften." in shown(organiser)
    assert any(line.endswith("overblik nr. 1 sendt tilbage") and "kl." in line for line in shown(organiser))
    of_quotes = [line for line in shown(reviewer) if line.endswith("et citat godkendt til overblik nr. 1")]
    assert len(of_quotes) == len(TEXTS)
    assert not any("kl." in line for line in of_quotes)  # of these the log keeps only the day


def address_of(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).address


# --- once


def test_erasing_is_done_once_and_strangers_are_nobody(world: World, round_: Round) -> None:
    answer(world, round_, "L0")
    assert erase(world.session, LATER, "L0")
    assert not erase(world.session, LATER, "L0")
    assert not erase(world.session, LATER, "nobody")
    assert (world.count(Reply), world.count(Authorship), world.count(Participation)) == (0, 0, 0)
    assert "L0" not in world.recipients()


def test_a_trace_is_left_of_the_person_their_role_and_each_reply_and_it_says_nothing(world: World, round_: Round) -> None:
    answer(world, round_, "L0")
    (reply,) = world.session.scalars(select(Reply.id)).all()
    erase(world.session, LATER, "L0")
    keys = session_keys(world.session)
    tokens = set(world.session.scalars(select(Tombstone.token)))
    role = tombstones.id_of(PROGRAMME.id, Role.LEADER, "L0")
    kinds = [(DeletedKind.PERSON, "L0"), (DeletedKind.ROLE, "L0"), (DeletedKind.ROLE, role), (DeletedKind.REPLY, reply)]
    assert tokens == {keys.fingerprint(*kind) for kind in kinds}


def test_in_all_programmes_at_once(session: Session) -> None:
    world, another = World(session).populate(), World(session, replace(PROGRAMME, id="another"))
    answer(world, world.open_and_ask(), "L0")
    another.answer(another.add_round(1), [another.add_person("L0")], texts=["om efteråret"])
    erase(session, LATER, "L0")
    assert (world.count(Reply), stands_in(session, "L0")) == (0, [])


# --- quotes


def test_quotes_are_withdrawn_before_and_after_they_are_posted(session: Session) -> None:
    world = World(session)
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    author, text = author_of(session, shown_quote(session))
    erase(session, close_of(2), author)
    assert text not in tables(session)
    session.refresh(digest)
    assert digest.revision == 2
    assert [entry.act for entry in session.scalars(select(AuditEntry)) if entry.act is AuditAct.QUOTE_REMOVED] == [AuditAct.QUOTE_REMOVED]
    assert len(world.messages(MessageKind.DIGEST_UPDATE)) == 1


def test_a_quote_that_waits_for_a_reviewer_is_not_reviewed_any_more(session: Session) -> None:
    world = World(session)
    digest = draft_with_quotes(world)
    author, text = author_of(session, quotes.find_quotes(session, digest)[0])
    erase(session, close_of(1), author)
    assert len(quotes.find_quotes(session, digest)) == len(TEXTS) - 1
    assert text not in tables(session)
    assert session.get_one(Digest, digest.id).revision == 1


def shown_quote(session: Session) -> Quote:
    return session.scalars(select(Quote).where(Quote.place.is_not(None)).order_by(Quote.place)).all()[0]


def author_of(session: Session, quote: Quote) -> tuple[str, str]:
    reply = session.get_one(Reply, quote.reply_id)
    author = session.scalars(select(Person).join(Authorship).where(Authorship.reply_id == reply.id)).one()
    return author.address, decrypt_words(session, reply)


# --- politicians and organisers


def test_a_politician_keeps_what_they_said_in_public_and_the_right_to_say_more(session: Session) -> None:
    world = World(session)
    world.answer(world.add_round(1), world.add_people(12))
    digest, _ = world.issue(1), world.add_person("P1", Role.POLITICIAN)
    response_review.respond(session, close_of(1), world.programme, "P1", digest.id, ResponseKind.FREE_TEXT, "Vi ser på det")
    assert erase(session, close_of(2), "P1")
    assert people.require_role(session, world.programme.id, "P1", Role.POLITICIAN).state is PersonState.ACTIVE
    assert [response.words for response in session.scalars(select(Response))] == ["Vi ser på det"]


def test_who_has_become_an_organiser_loses_only_what_they_were_before(world: World, round_: Round) -> None:
    answer(world, round_, "L0")
    people.leave(world.session, LATER, world.person("L0"))
    world.read(with_list(lists(), Role.ORGANISER, [found("O0"), found("L0")]), LATER)
    assert erase(world.session, LATER, "L0")
    kept = people.require_role(world.session, PROGRAMME.id, "L0", Role.ORGANISER)
    assert (world.count(Reply), kept.welcomed_at, kept.left_by, world.count(Participation)) == (0, None, None, 0)
    world.read(with_list(lists(), Role.ORGANISER, [found("O0"), found("L0")]), NEXT_DAY)
    assert world.person("L0").state is PersonState.ACTIVE


def test_what_somebody_said_as_a_politician_who_is_none_any_more_loses_its_name(session: Session) -> None:
    world = World(session)
    world.answer(world.add_round(1), world.add_people(12))
    digest, once = world.issue(1), world.add_person("P1", Role.POLITICIAN)
    response_review.respond(session, close_of(1), world.programme, "P1", digest.id, ResponseKind.FREE_TEXT, "Vi ser på det")
    once.role = Role.LEADER
    session.execute(update(Response).values(signed="Pernille Poulsen"))
    assert erase(session, close_of(2), "P1")
    assert stands_in(session, "P1") == []
    (said,) = session.scalars(select(Response))
    session.refresh(said)
    assert (said.words, said.signed, session.get_one(Person, said.person_id).state) == ("Vi ser på det", None, PersonState.LEFT)


# --- the lists


def test_who_still_stands_on_the_list_is_passed_over(world: World) -> None:
    erase(world.session, LATER, "L0")
    outcome = world.read(lists(), NEXT_DAY)
    assert (outcome.joined, people.find_person(world.session, PROGRAMME.id, "L0")) == (0, None)
    people.queue_welcomes(world.session, NEXT_DAY, PROGRAMME, at(NEXT_DAY))
    assert world.messages(MessageKind.WELCOME) == []


def test_who_is_put_on_the_politicians_list_has_their_rights_though_they_were_erased(world: World) -> None:
    erase(world.session, LATER, "L0")
    world.read(with_list(lists(), Role.POLITICIAN, [found("P0"), found("P1"), found("L0")]), NEXT_DAY)
    assert world.person("L0").role is Role.POLITICIAN


def test_coming_back_is_a_fresh_start_when_the_lists_are_next_read(world: World, round_: Round) -> None:
    answer(world, round_, "L0")
    erase(world.session, LATER, "L0")
    assert tombstones.lift_tombstone(world.session, LATER, "L0")
    assert not tombstones.lift_tombstone(world.session, LATER, "L0")
    assert world.read(lists(), NEXT_DAY).joined == 1
    assert (world.person("L0").state, world.person("L0").invited_at) == (PersonState.INVITED, NEXT_DAY)
    assert world.session.scalar(select(Tombstone.id).where(Tombstone.token.is_(None))) is not None  # the file is still to be wiped


def test_who_was_erased_stays_out_however_long_they_were_off_the_list(world: World) -> None:
    erase(world.session, LATER, "L11")
    tombstones.request_wiping(world.session, LATER)
    tombstones.begin_wiping(world.session, LATER)
    tombstones.mark_wiped(world.session, LATER, LATER)
    for days in (1, 40, 400):
        world.read(lists(leaders=11), LATER + timedelta(days=days))
        delete_expired_rows(world.session, LATER + timedelta(days=days))
    assert world.read(lists(), LATER + timedelta(days=401)).joined == 0
    assert people.find_person(world.session, PROGRAMME.id, "L11") is None


def test_the_organisers_learn_nothing_of_it(session: Session) -> None:
    """Neither from the numbers on the lists nor from who stands on two of them."""
    world = World(session)
    rosters = with_list(lists(leaders=10), Role.EMPLOYEE_REP, [*lists()[Role.EMPLOYEE_REP].found, found("L0"), found("L1")])
    world.read(rosters, BEFORE)
    told = len(world.messages(MessageKind.NOTICE))
    erase(session, LATER, "L0")
    outcome = world.read(rosters, NEXT_DAY)
    assert outcome.listed[Role.LEADER] == 10
    assert len(world.messages(MessageKind.NOTICE)) == told == 1
    assert stands_in(session, "L0") == []
    assert world.messages(MessageKind.NOTICE)[0].facts["values"] == {"n": 2, "people": "S0LEADERS, S0REPS"}


REDRAWN_STATES = {MessageState.SENT, MessageState.SENDING, MessageState.UNKNOWN}


@pytest.mark.parametrize("state", MessageState)
def test_a_notice_that_named_them_is_drawn_anew_where_it_stands_and_does_not_tell_whom_it_names_no_longer(
    session: Session, state: MessageState
) -> None:
    world = World(session)
    world.read(lists(), BEFORE)
    people = ", ".join(f"L{n} (S0LEADERS, S0REPS)" for n in range(3))
    tell_organisers(session, BEFORE, PROGRAMME, key="overlaps:0123456789abcdef", say="people.overlaps", n=3, people=people)
    (notice,) = world.messages(MessageKind.NOTICE)
    notice.state, notice.channel, notice.stamp = state, "C0ORGANISERS", "1.2"
    for who in ("L0", "L2"):
        erase(session, LATER, who)
    redrawn = world.messages(MessageKind.REDRAWN)
    assert len(redrawn) == (state in REDRAWN_STATES)
    assert notice.facts["values"]["people"].startswith("… (S0LEADERS, S0REPS), L1" if state is MessageState.PENDING else "…")
    for change in redrawn:
        assert (change.id < 0, change.facts) == (True, {"message": notice.id})
        notice.state = MessageState.SENT
        said = compose(session, LATER, PROGRAMME, change)
        assert isinstance(said, Plain)
        record_claim(session, PROGRAMME, change)
        assert (change.channel, change.stamp, re.findall(r"L\d", str(said))) == ("C0ORGANISERS", "1.2", [])


@pytest.mark.parametrize("erased", [(), ("L0",), ("L0", "L1")])
def test_a_new_overlap_is_told_as_the_lists_say_it_whoever_has_been_erased(world: World, erased: tuple[str, ...]) -> None:
    """That two stand on both lists organisers see there; that one of them was erased they must not see here."""
    for who in erased:
        erase(world.session, LATER, who)
    world.read(with_list(lists(), Role.EMPLOYEE_REP, [*lists()[Role.EMPLOYEE_REP].found, found("L0"), found("L1")]), NEXT_DAY)
    (notice,) = world.messages(MessageKind.NOTICE)
    assert notice.facts["values"] == {"n": 2, "people": "S0LEADERS, S0REPS"}


def test_a_name_that_an_earlier_version_has_told_goes_with_its_person(world: World) -> None:
    values = {"n": 1, "people": "L0 (S0LEADERS, S0REPS)"}
    tell_organisers(world.session, BEFORE, PROGRAMME, key="overlaps:0123456789abcdef", say="people.overlaps", **values)
    erase(world.session, LATER, "L0")
    assert stands_in(world.session, "L0") == []


def test_what_is_shown_of_nobody_says_so_in_the_programmes_language(world: World) -> None:
    assert my_data(world.session, PROGRAMME, "nobody").note.startswith("Jeg har ikke noget om dig")
    erase(world.session, LATER, "L0")
    gone = my_data(world.session, PROGRAMME, "L0")
    assert (gone.language, gone.parts, gone.note[:24]) == (Language.DA, (), "Alt om dig er slettet. T")


# --- no table is forgotten


def tables_with(*columns: str) -> set[str]:
    """The tables that have one of these columns, or point to a person."""
    tables = Base.metadata.sorted_tables
    pointing = {table.name for table in tables for key in table.foreign_keys if "people" in columns and key.column.table.name == "people"}
    return pointing | {table.name for table in tables if not set(columns).isdisjoint(table.columns.keys())}


def test_a_new_table_about_people_is_noticed_until_erasing_and_alt_om_mig_know_it() -> None:
    """Whoever adds a name here has made both of them know it, and written a test of rows in it."""
    assert tables_with("people", "address") == {
        *("people", "outbox", "participations", "authorships"),
        *("digests", "responses", "heard_by", "audit"),  # what politicians and organisers did in public
    }


def test_a_new_table_that_ties_a_person_to_a_round_or_a_reply_is_noticed_until_detaching_knows_it() -> None:
    assert tables_with("people") & tables_with("round_id", "reply_id") == {"outbox", "participations", "authorships"}
