"""Each machine has a list of deletions of its own: whichever restores, what any of them knows stays deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from structlog.testing import capture_logs

from bot.confidentiality.deletion import tombstone_file, tombstones
from bot.confidentiality.deletion.tombstones import FOR_GOOD, DeletedKind
from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.data_rights.other_lists import apply_list_of
from bot.models import Person, PersonState, Tombstone
from tests.support.database import unit_of_work
from tests.support.world import BEFORE, PROGRAMME, World

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

Acts: TypeAlias = "list[tuple[str, str]]"
WHO = ("L0", "L1")
ACTS = st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(["erase", "come back", "leave", "return"])), max_size=6)
LATER = BEFORE + timedelta(hours=1)


def away(address: str) -> str:
    return tombstones.id_of(PROGRAMME.id, address)


def act(session: Session, acts: Acts) -> dict[tuple[str, str], bool]:
    """Let people act; of whom it holds now that they are erased or away, as far as they had a say."""
    holds = {}
    for who, what in acts:
        if what == "erase":
            tombstones.leave_tombstones(session, BEFORE, DeletedKind.PERSON, who)
            holds["erased", who] = True
        elif what == "leave":
            tombstones.remember_absence(session, BEFORE, PROGRAMME.id, who)
            holds["away", who] = True
        elif what == "come back" and tombstones.lift_tombstone(session, BEFORE, who):
            holds["erased", who] = False
        elif what == "return" and tombstones.lift(session, BEFORE, DeletedKind.AWAY, away(who)):
            holds["away", who] = False
    return holds


def write_list(session: Session, listed: Path) -> None:
    tombstone_file.add_tombstones(listed, tombstones.find_young(session, BEFORE), BEFORE, mark=tombstones.newest_trace(session))


def rows(session: Session) -> list[dict[str, object]]:
    return [dict(row) for row in session.execute(select(Tombstone.__table__).order_by(Tombstone.id)).mappings()]


def restore(session: Session, backup: list[dict[str, object]], listed: Path) -> None:
    """Put a backup in the database's place, with the list of the machine on which it is done."""
    session.execute(delete(Tombstone))
    if backup:
        session.execute(insert(Tombstone), backup)
    tombstones.take_over_list(session, BEFORE, tombstone_file.read_tombstones(listed))
    tombstones.leap(session, BEFORE, beyond=tombstone_file.read_mark(listed))


@given(kept=ACTS, lists_end=st.tuples(*[st.integers(0, 10)] * 3), later=ACTS, since=ACTS, order=st.permutations([1, 2]))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_persons_last_say_counts_whichever_machines_know_of_it(
    database: Database, tmp_path: Path, kept: Acts, lists_end: tuple[int, ...], later: Acts, since: Acts, order: list[int]
) -> None:
    """The first of three machines restores; the others start later, in either order. A list ends anywhere after the backup."""
    with unit_of_work(database) as session:
        lists = [tmp_path / f"{n}.erased" for n in range(3)]
        for listed in lists:
            listed.unlink(missing_ok=True)
        said = act(session, kept)
        backup = rows(session)
        for n in range(len(later) + 1):
            for listed, end in zip(lists, lists_end, strict=True):
                if n <= end:
                    write_list(session, listed)
            if n < max(lists_end):
                said |= act(session, later[n : n + 1])
        restore(session, backup, lists[0])
        apply_list_of(session, BEFORE, lists[order[0]])
        said |= act(session, since)
        apply_list_of(session, BEFORE, lists[order[1]])
        traces = tombstones.traces_in_database(session)
        for who in WHO:
            assert traces.holds(DeletedKind.PERSON, who) == said.get(("erased", who), False)
            until = traces.absence(PROGRAMME.id, who, BEFORE.date())
            assert until == (FOR_GOOD if said.get(("away", who)) else None)
        before = rows(session)
        for listed in lists:
            write_list(session, listed)
            apply_list_of(session, BEFORE, listed)
            assert not tombstone_file.is_ahead(listed, tombstones.newest_trace(session), ())
        assert rows(session) == before
        session.rollback()


def test_whom_only_another_machine_knows_as_erased_or_gone_is_not_asked_again(session: Session, tmp_path: Path) -> None:
    restoring, other = tmp_path / "one.erased", tmp_path / "other.erased"
    world = World(session).populate(leaders=8, reps=8)
    erase(session, BEFORE, "L0")
    people.leave(session, BEFORE, world.person("L1"))
    write_list(session, other)
    restore(session, [], restoring)
    world.add_person("L0")
    world.person("L1").state, world.person("L1").left_by = PersonState.ACTIVE, None
    with capture_logs() as logs:
        apply_list_of(session, LATER, other)
    assert logs == []  # else they would tell that somebody was erased or has left
    assert session.scalar(select(Person).where(Person.address == "L0")) is None
    assert world.person("L1").state is PersonState.LEFT


def test_a_politician_who_was_erased_before_the_backup_is_not_erased_once_more(session: Session, tmp_path: Path) -> None:
    restoring, other = tmp_path / "one.erased", tmp_path / "other.erased"
    world = World(session).populate(leaders=8, reps=8)
    erase(session, BEFORE, "P0")
    write_list(session, restoring)
    backup = rows(session)
    erase(session, BEFORE, "L0")
    write_list(session, other)
    restore(session, backup, restoring)
    invited = world.person("P0").invited_at
    apply_list_of(session, LATER, other)
    assert world.person("P0").invited_at == invited


def test_a_list_that_the_database_knows_and_what_is_too_old_for_any_backup_change_nothing(session: Session, tmp_path: Path) -> None:
    world = World(session).populate(leaders=8, reps=8)
    erase(session, BEFORE, "L0")
    write_list(session, tmp_path / "one.erased")
    before = rows(session)
    apply_list_of(session, BEFORE, tmp_path / "one.erased")
    assert rows(session) == before != []
    session.execute(delete(Tombstone))
    world.add_person("L0")
    apply_list_of(session, BEFORE + timedelta(days=36), tmp_path / "one.erased")
    assert rows(session) == []
