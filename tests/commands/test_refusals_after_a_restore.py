"""What people took back stays taken back, whichever backup is put in place, and in whichever way.

Property over all that people may do by themselves. The sequences of two and three acts are played by `make season`
(`tests/commands/season_restores.py`).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select, text, update

import handlers
from bot.app.backup import carry_over
from bot.confidentiality.deletion.tombstone_file import tombstone_file_for
from bot.confidentiality.deletion.tombstones import EXPIRY_AGE, delete_expired
from bot.dialogue import people
from bot.dialogue.outbox import STOPPED_BY_PAUSE
from bot.dialogue.rounds import after_opening
from bot.migrations import _set_foreign_keys
from bot.models import Authorship, MessageKind, MessageState, OutboxMessage, Person, PersonState
from bot.programme import Role
from bot.seam.actions import CameBack, HourChosen
from schedules.housekeeping import wipe
from tests.support.database import unit_of_work
from tests.support.programme import PROGRAMME
from tests.support.refusals import ACTS, FIRST, SIZES, WHO, Chosen, Life, begin, chosen, is_asked, put_to_reviewers, read_lists, told
from tests.support.world import DAY, World, with_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

NOON, THREE = time(12), time(15)
ALONE = [act for act in ACTS if act not in {"answer", "come back", "issue"}]
TWO = (("leave", "come back"), ("erase", "come back"), ("issue", "take the quote back"))  # all others are played by `make season`
CASES = (
    *(((act,), "unreadable") for act in ALONE),
    *(((act,), "readable") for act in ("rewrite", "untick quote", "leave")),
    *(((act,), "swapped") for act in ("take the quote back", "pause")),
    *((acts, "unreadable") for acts in TWO),
    *((("choose a sentence", "untick quote"), way) for way in ("readable", "swapped")),
    (("choose a sentence",), "readable"),
    (("choose a sentence",), "swapped"),
)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A week that has begun."""
    return begin(tmp_path_factory.mktemp("refusals") / "start")


@pytest.mark.parametrize(("acts", "way"), CASES, ids=[f"{' then '.join(acts)}, {way}" for acts, way in CASES])
def test_nothing_that_somebody_took_back_comes_back_with_any_backup(start: Life, tmp_path: Path, acts: tuple[str, ...], way: str) -> None:
    assert list(faults(start, tmp_path, acts, way)) == []


def test_who_comes_back_after_more_time_than_traces_are_kept_is_not_put_out_again(start: Life, tmp_path: Path) -> None:
    life = start.copied(tmp_path / "life")
    life.act("leave")
    life.now += EXPIRY_AGE + 2 * DAY
    with closing(life.database()) as database, unit_of_work(database) as session:
        delete_expired(session, life.now)
    life.act("come back")
    assert state_in(life.put_back(life.backups[-1], "unreadable", tmp_path / "restored")) is PersonState.ACTIVE


@pytest.mark.parametrize(("days", "then"), [(3, PersonState.PAUSED), (14, PersonState.ACTIVE)])
def test_a_pause_after_a_leaving_ends_by_itself_also_after_a_restore(start: Life, tmp_path: Path, days: int, then: PersonState) -> None:
    life = start.copied(tmp_path / "life")
    for act in ("leave", "come back", "pause"):
        life.act(act)
    life.now += days * DAY
    restored = life.put_back(life.backups[1], "unreadable", tmp_path / "restored")  # in which they have left
    with closing(restored.database()) as database, unit_of_work(database) as session:
        people.end_pauses(session, restored.now)
    assert state_in(restored) is then


@pytest.mark.parametrize("act", ["leave", "pause"])
@pytest.mark.parametrize("way", ["readable", "unreadable"])
def test_a_question_that_waited_in_the_backup_for_who_is_away_is_gone(start: Life, tmp_path: Path, act: str, way: str) -> None:
    life = start.copied(tmp_path / "life")
    with closing(life.database()) as database, unit_of_work(database) as session:
        later = {"state": MessageState.PENDING, "next_at": life.now + DAY, "due_at": life.now + DAY}
        session.execute(update(OutboxMessage).where(OutboxMessage.address == WHO).values(later))
    life.act(act)
    with closing(life.put_back(life.backups[0], way, tmp_path / "restored").database()) as database, database.look() as session:
        assert (
            session.scalars(select(OutboxMessage.kind).where(OutboxMessage.address == WHO, OutboxMessage.kind.in_(STOPPED_BY_PAUSE))).all()
            == []
        )


@pytest.mark.parametrize(
    ("before", "after", "way", "asked_at"),
    [
        (NOON, THREE, "readable", THREE),
        (NOON, THREE, "unreadable", NOON),  # nobody knows better than the backup
        (NOON, NOON, "unreadable, left", None),
    ],
)
def test_a_chosen_hour_is_taken_over_or_is_the_backups_and_goes_with_who_has_left(
    start: Life, tmp_path: Path, before: time, after: time, way: str, asked_at: time | None
) -> None:
    life, (how, _, left) = start.copied(tmp_path / "life"), way.partition(", ")
    choose_hour(life, before)
    life.act("untick wish")  # makes a backup
    choose_hour(life, after)
    if left:
        life.act("leave")
    restored = life.put_back(life.backups[0], how, tmp_path / "restored")
    with closing(restored.database()) as database, database.look() as session:
        assert session.scalars(select(Person.ask_at).where(Person.address == WHO)).one() == asked_at


def choose_hour(life: Life, hour: time) -> None:
    """Press, as they would."""
    with closing(life.database()) as database, unit_of_work(database) as session:
        handlers.answer(HourChosen(who=WHO, hour=hour), session, life.now, PROGRAMME)


def test_who_came_back_and_was_asked_is_not_asked_again_where_the_old_database_can_be_read(start: Life, tmp_path: Path) -> None:
    life = start.copied(tmp_path / "life")
    with closing(life.database()) as database, unit_of_work(database) as session:
        session.execute(delete(OutboxMessage).where(OutboxMessage.address == WHO))
    life.act("pause")
    life.act("come back")
    with closing(life.database()) as database, unit_of_work(database) as session:
        assert after_opening.queue_late_questions(session, life.now, PROGRAMME) == 1
    restored = life.put_back(life.backups[1], "readable", tmp_path / "restored")
    with closing(restored.database()) as database, unit_of_work(database) as session:
        assert after_opening.queue_late_questions(session, life.now, PROGRAMME) == 0
        assert session.scalar(select(func.count()).where(OutboxMessage.address == WHO, OutboxMessage.kind == MessageKind.QUESTION)) == 1


def test_from_a_database_of_an_older_revision_everything_is_taken_over_too(start: Life, tmp_path: Path) -> None:
    life = start.copied(tmp_path / "life")
    life.act("untick quote")
    life.act("leave")
    make_older(life)
    restored = life.put_back(life.backups[0], "readable", tmp_path / "restored")
    assert state_in(restored) is PersonState.LEFT
    assert FIRST not in put_to_reviewers(restored)


@pytest.mark.parametrize("way", ["readable", "unreadable"])
def test_who_left_was_known_by_another_id_since_and_came_back_is_one_person_and_here(start: Life, tmp_path: Path, way: str) -> None:
    life = start.copied(tmp_path / "life")
    life.act("leave")
    know_by_other_id(life)
    with closing(life.database()) as database:
        with unit_of_work(database) as session:
            handlers.answer(CameBack(who="W0"), session, life.now, PROGRAMME)
        wipe(database, life.now, quiet=True, at_once=True)
    restored = life.put_back(life.backups[0], way, tmp_path / "restored")
    know_by_other_id(restored)
    with closing(restored.database()) as database, database.look() as session:
        (person,) = session.scalars(select(Person).where(Person.address.in_([WHO, "W0"])))
        assert (person.address, person.state) == ("W0", PersonState.ACTIVE)
        assert session.scalar(select(Authorship.reply_id).where(Authorship.person_id == person.id)) is not None


@pytest.mark.parametrize(("later", "address"), [(0, "U0NEW"), (1, "L0")])
def test_who_was_given_the_row_number_of_somebody_who_is_gone_is_not_taken_for_them(session: Session, later: int, address: str) -> None:
    person = World(session).add_person("L0")
    (row,) = carry_over._select_all(session, "people")
    person.invited_at += later * DAY
    session.flush()
    carry_over._follow_addresses(session, [{**row, "address": "U0NEW"}])
    session.refresh(person)
    assert person.address == address


def know_by_other_id(life: Life) -> None:
    """The lists are read, in which the person has another id."""
    leaders = [replace(found, address="W0", other_address=WHO) if found.address == WHO else found for found in SIZES[Role.LEADER].found]
    with closing(life.database()) as database, unit_of_work(database) as session:
        world = World(session)
        for _ in range(2):
            world.read(with_list(SIZES, Role.LEADER, leaders), life.now)
            world.confirm_lists(life.now)


def make_older(life: Life) -> None:
    """Take the database back to the revision before people's absences were traced."""
    tombstone_file_for(life.place).unlink()
    columns = {"traces": ("lasting",), "lists": ("zones", "week", "before", "told", "out"), "people": ("ask_at",)}
    columns |= {"outbox": ("digest_id",), "digests": ("uncertain", "finding", "wishes"), "rounds": ("uncertain",)}
    columns |= {
        "responses": ("place", "wish", "due_on", "signed", "promise_id", "repeats_quote"),
        "quotes": ("wish",),
        "replies": ("sentence",),
    }
    indexes = ("ix_traces_token", "ix_outbox_digest_id", "ix_outbox_for_a_channel", "ix_outbox_reminders")
    indexes += ("ix_outbox_kind_state", "ix_people_state", "ix_people_role_from")
    with closing(life.database()) as database, database.engine.execution_options(migrating=True).connect() as connection:
        _set_foreign_keys(connection, on=False)
        with connection.begin():
            for statement in (
                *(f"DROP INDEX {index}" for index in indexes),
                *(f"ALTER TABLE {table} DROP COLUMN {name}" for table, names in columns.items() for name in names),
                *(f"DROP TABLE {table}" for table in ("programme_versions", "pauses_for_all")),
                "DELETE FROM traces",
                "UPDATE alembic_version SET version_num = '0003'",
            ):
                connection.execute(text(statement))


def state_in(life: Life) -> PersonState | None:
    """Whether the person is here."""
    with closing(life.database()) as database:
        return chosen(database).state


def test_a_mark_that_an_earlier_restore_has_lost_does_not_come_back_with_a_newer_backup(start: Life, tmp_path: Path) -> None:
    life = start.copied(tmp_path / "life")
    for act in ("delete", "answer", "untick quote"):
        life.act(act)
    without_reply = life.put_back(life.backups[1], "readable", tmp_path / "older")
    restored = without_reply.put_back(life.backups[2], "readable", tmp_path / "newer")
    assert FIRST not in put_to_reviewers(restored)
    assert len(told(restored)) == 1


def faults(start: Life, folder: Path, acts: tuple[str, ...], *ways: str) -> Iterator[str]:
    """What is wrong after these acts when any of the backups made before each is put back, in these ways."""
    life = start.copied(folder / "life")
    for act in acts:
        life.act(act)
    with closing(life.database()) as database:
        last = chosen(database)
    for number, backup in enumerate(life.backups):
        for way in ways:
            after = life.put_back(backup, way, folder / f"{number} {way}")
            then = life.states[number]
            for fault in wrong(after, then, last, way) if after.was_older else unknown(then, last):
                yield f"backup {number}, {way}: {fault}"


def unknown(then: Chosen, last: Chosen) -> Iterator[str]:
    """What is wrong if a file that came back by itself is not known for an older one: that something was taken back since."""
    if then.away != last.away or (then.text is not None and then != last):
        yield "it is not known for an older one"


def wrong(life: Life, then: Chosen, last: Chosen, way: str) -> Iterator[str]:
    """What is wrong in a life after the backup from `then` was put back, if the last choices were these."""
    with closing(life.database()) as database:
        now = chosen(database)
    yield from wrong_words(now, then, last, way)
    yield from wrong_word_to_the_author(life, now, then, last, way)
    reviewed = put_to_reviewers(life)
    if then.text in reviewed and not (last.quote and last.text == then.text):
        yield "an earlier text is put to the reviewers"
    read_lists(life)
    with closing(life.database()) as database:
        now = chosen(database)
    if last.state is None and now.state is not None:
        yield "who was erased is here"
    if last.state is not None and (now.state, now.paused_until) != (last.state, last.paused_until):
        yield f"they are {now.state} until {now.paused_until} instead of {last.state} until {last.paused_until}"
    if is_asked(life) != (last.state is PersonState.ACTIVE):
        yield "they are asked" if last.away else f"{WHO} is forgotten"


def wrong_words(now: Chosen, then: Chosen, last: Chosen, way: str) -> Iterator[str]:
    """What stands there is what they wrote last, with no mark that they have not set last."""
    if now.text not in {None, last.text}:
        yield "an earlier text stands there"
    if not now.issued and ((now.quote and not last.quote) or (now.wish and not last.wish)):
        yield "an earlier mark stands there"
    if now.quote and not now.issued and now.sentence != last.sentence:
        yield "an earlier choice stands there"
    if now.in_digest and not last.in_digest:
        yield "a quote that was taken out stands there"
    if way == "readable" and then.reply and then.reply == last.reply and now != last:
        yield f"their last version is lost: {now} instead of {last}"
    if way != "readable" and not then.issued and (now.quote or now.wish):
        yield "a mark stands there though nobody knows"
    if then.text is not None and then.text == last.text and then.reply == last.reply and now.text is None:
        yield "a text that they did not change is lost"


def wrong_word_to_the_author(life: Life, now: Chosen, then: Chosen, last: Chosen, way: str) -> Iterator[str]:
    """Who is here and had marks, or a text that is lost, is told once; nobody else."""
    is_lost = then.reply == last.reply and then.text is not None and last.text not in {None, then.text}
    had_marks = (then.quote or then.wish) and not then.issued and now.text is not None
    expected = way != "readable" and (is_lost or had_marks) and now.state not in {None, PersonState.LEFT}
    if len(told(life)) != expected:
        yield f"they are told {len(told(life))} times instead of {int(expected)}"
