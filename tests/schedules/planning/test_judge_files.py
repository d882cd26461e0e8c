"""An edited file is in force at once or held, whoever edits, presses, restarts or is killed in between."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

import handlers
from bot.dialogue.planning import versions
from bot.models import (
    AuditAct,
    AuditEntry,
    LoadedProgramme,
    MessageKind,
    MessageState,
    OutboxMessage,
    PeopleList,
    ProgrammeVersion,
    VersionState,
)
from bot.seam.answers import Redrawn, Said
from bot.seam.meaning import PlanReview
from bot.seam.planning_actions import PlanApplied, PlanDeclined
from bot.wording import say
from schedules.edits.save_file import save_file
from schedules.heartbeat import Heartbeat
from schedules.planner import ProgrammePlanner
from schedules.programme_store import ProgrammeStore
from tests.support.heartbeat_world import HeartbeatWorld, here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database.unit_of_work import Database
    from bot.seam.actions import Action
    from bot.seam.answers import Answer

pytestmark = pytest.mark.long  # bots beat over edited files

FIRST, NEXT_DAY, SOON = "2018-10-01 08:00", "2018-10-02 08:00", "2018-10-08 11:00"
AT_ONCE = 'at: "09:30"', 'at: "10:15"'  # more than a week ahead, as seen from the first day
HELD, ANOTHER = ("channel: C0DIGEST", "channel: C0OTHER"), ("channel: C0DIGEST", "channel: C0THIRD")
LIST_FILE = "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}"
ORGANISER, LEADER = "US0ORG0", "US0LEADERS0"
RUNNING, IS_HELD, DECLINED, REPLACED, WITHDRAWN = VersionState
PROGRAMME = "landsbyen-2018"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> HeartbeatWorld:
    write_programme(tmp_path)
    world = HeartbeatWorld(tmp_path, database)
    world.beat(FIRST)
    return world


def save(world: HeartbeatWorld, *changes: str) -> bytes:
    return write_programme(world.folder, *changes).read_bytes()


def states(world: HeartbeatWorld) -> list[VersionState]:
    with world.database.look() as session:
        return list(session.scalars(select(ProgrammeVersion.state).order_by(ProgrammeVersion.id)))


def version(world: HeartbeatWorld, state: VersionState) -> ProgrammeVersion:
    with world.database.look() as session:
        return session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.state == state)).one()


def runs(world: HeartbeatWorld, heart: Heartbeat | None = None) -> bytes:
    return (heart or world.heart)._programme_store.current(world.clock.now()).content


def start(world: HeartbeatWorld) -> Heartbeat:
    """A process that starts now, as `run` does it."""
    with world.database.look() as session:
        store = ProgrammeStore(world.folder, versions.all_running(session))
    platform: Any = world.platform
    return Heartbeat(database=world.database, programme_store=store, platform=platform, clock=world.clock)


def press(world: HeartbeatWorld, action: Action, heart: Heartbeat | None = None) -> Answer:
    now, store = world.clock.now(), (heart or world.heart)._programme_store
    return world.database.write(lambda session: handlers.answer(action, session, now, store.current(now), ProgrammePlanner()))


def apply(world: HeartbeatWorld, who: str = ORGANISER, heart: Heartbeat | None = None) -> Answer:
    """*Sæt i kraft* under the plan that waits, or the last that did."""
    with world.database.look() as session:
        shown = session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.shown.is_not(None)).order_by(ProgrammeVersion.id.desc()))
        plan = next(iter(shown))
    return press(world, PlanApplied(who=who, version=plan.id, fingerprint=(plan.shown or {})["fingerprint"]), heart)


def decline(world: HeartbeatWorld, who: str = ORGANISER) -> Answer:
    return press(world, PlanDeclined(who=who, version=version(world, IS_HELD).id))


def said(answer: Answer) -> str:
    assert isinstance(answer, Redrawn)
    return answer.said


def plans(world: HeartbeatWorld) -> list[str]:
    """The keys of the messages that ask about a plan."""
    return [str(message.key) for message in world.messages(MessageKind.PLAN_REVIEW)]


def deliver_plans(world: HeartbeatWorld) -> None:
    sent = {"state": MessageState.SENT, "sent_at": world.clock.now()}
    asks = update(OutboxMessage).where(OutboxMessage.kind == MessageKind.PLAN_REVIEW, OutboxMessage.state == MessageState.PENDING)
    world.database.write(lambda session: session.execute(asks.values(**sent)))


# --- at once, or held


def test_the_file_of_a_database_without_texts_runs_silently(world: HeartbeatWorld) -> None:
    world.database.write(lambda session: session.query(ProgrammeVersion).delete())
    world.heart = world.another(world.database)
    world.beat(NEXT_DAY, NEXT_DAY)
    assert (states(world), world.told_of_the_file(), plans(world)) == ([RUNNING], [], [])


def test_what_moves_nothing_that_was_told_is_in_force_at_once_and_told_by_name(world: HeartbeatWorld) -> None:
    after = save(world, *AT_ONCE)
    readings = world.platform.readings
    world.beat("2018-10-01 08:02", "2018-10-01 08:04")
    (notice,) = world.notices("edit:")
    assert (states(world), runs(world), world.platform.readings) == ([REPLACED, RUNNING], after, readings + 1)
    assert "10.15" in notice.facts["values"]["changes"]
    assert "Hvor skal vi hen?" in notice.facts["values"]["changes"]


def test_a_comment_runs_at_once_and_nobody_is_told(world: HeartbeatWorld) -> None:
    world.file.write_bytes(world.file.read_bytes() + b"# a comment\n")
    world.beat(FIRST)
    assert (states(world), runs(world), world.told_of_the_file()) == ([REPLACED, RUNNING], world.file.read_bytes(), [])


def test_what_must_be_held_changes_nothing_and_is_put_to_the_organisers_once(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    save(world, *HELD)
    world.beat(FIRST, FIRST, NEXT_DAY)
    assert (states(world), runs(world), len(plans(world)), world.told_of_the_file()) == ([RUNNING, IS_HELD], before, 1, [])
    assert any("C0OTHER" in line for line in (version(world, IS_HELD).shown or {})["lines"])


def test_what_happens_in_the_coming_week_is_held(world: HeartbeatWorld) -> None:
    world.clock.moment = here(SOON)
    save(world, *AT_ONCE)
    world.beat(SOON)
    assert states(world) == [RUNNING, IS_HELD]


def test_organisers_are_reminded_each_working_day_until_they_have_decided(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    deliver_plans(world)
    for moment in ("2018-10-01 17:00", "2018-10-02 06:00", "2018-10-02 08:00", "2018-10-02 12:00", "2018-10-05 08:00", "2018-10-06 08:00"):
        world.beat(moment)
        deliver_plans(world)
    reminders = [key.rpartition(":")[2] for key in plans(world) if key.startswith("alarm:")]
    assert reminders == ["2018-10-02", "2018-10-05"]
    decline(world)
    world.beat("2018-10-08 08:00")
    assert [key.rpartition(":")[2] for key in plans(world) if key.startswith("alarm:")] == reminders


def test_a_reminder_shows_the_plan_as_it_has_become_by_that_day(world: HeartbeatWorld) -> None:
    save(world, *HELD, *AT_ONCE)
    world.beat(FIRST)
    deliver_plans(world)
    first = version(world, IS_HELD).shown or {}
    world.beat("2018-10-03 08:00")  # the first question is less than a week away by now
    by_now = version(world, IS_HELD).shown or {}
    assert ("syv dage" in first["why"], "syv dage" in by_now["why"]) == (False, True)
    assert (first["fingerprint"] == by_now["fingerprint"], len(world.messages(MessageKind.REDRAWN))) == (False, 1)


# --- two edits, and an edit while one is held


def test_an_edit_while_another_is_held_takes_its_place(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    deliver_plans(world)
    save(world, *ANOTHER)
    world.beat(FIRST)
    assert (states(world), len(plans(world)), len(world.messages(MessageKind.REDRAWN))) == ([RUNNING, WITHDRAWN, IS_HELD], 2, 1)
    save(world)
    world.beat(FIRST)
    assert states(world) == [RUNNING, WITHDRAWN, WITHDRAWN]
    assert "ikke aktuelt" in said(press(world, PlanApplied(who=ORGANISER, version=2, fingerprint="")))


def test_an_edit_while_another_is_held_may_be_in_force_at_once(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    after = save(world, *AT_ONCE)
    world.beat(FIRST)
    assert (states(world), runs(world)) == ([REPLACED, WITHDRAWN, RUNNING], after)


def test_of_two_edits_at_once_the_last_that_is_in_the_file_counts_in_both_processes(world: HeartbeatWorld) -> None:
    other = start(world)
    other.beat()
    save(world, *AT_ONCE)
    world.heart._programme_store.refresh(world.clock.now())  # this process has read the first edit when the second comes
    last = save(world, *AT_ONCE, 'post: {day: friday, at: "14:00"}', 'post: {day: friday, at: "15:00"}')
    world.heart._file_judge.judge(world.clock.now())
    assert states(world) == [RUNNING]
    both = [threading.Thread(target=heart.beat) for heart in (world.heart, other)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    other.beat()
    world.beat(FIRST)
    assert (states(world), len(world.notices("edit:"))) == ([REPLACED, RUNNING], 1)
    assert (runs(world), runs(world, other)) == (last, last)


def test_a_process_that_has_read_the_file_before_another_edit_was_saved_and_run_takes_nothing_back(world: HeartbeatWorld) -> None:
    before, now = world.file.read_bytes(), world.clock.now()
    after = save(world, *AT_ONCE)
    program = ProgrammeStore(world.folder).first()
    world.file.write_bytes(before)
    world.beat(FIRST)

    def edit_in_chat(session: Any) -> None:
        assert save_file(world.file, before, after)
        versions.run_version(session, now, program)

    world.heart._programme_store.refresh(now)
    world.database.write(edit_in_chat)
    world.heart._file_judge.judge(now)
    world.beat(FIRST)
    assert (states(world), runs(world), world.told_of_the_file()) == ([REPLACED, RUNNING], after, [])


# --- an organiser decides


def test_what_is_applied_is_what_was_shown_and_the_audit_knows_by_whom(world: HeartbeatWorld) -> None:
    after = save(world, *HELD)
    world.beat(FIRST)
    deliver_plans(world)
    answer = apply(world)
    world.beat(FIRST)
    assert (states(world), runs(world), len(world.messages(MessageKind.REDRAWN))) == ([REPLACED, RUNNING], after, 1)
    assert isinstance(answer, Redrawn)
    assert isinstance(answer.meaning, PlanReview)
    assert (answer.meaning.open, answer.meaning.status) == (False, "Sat i kraft mandag den 1. oktober kl. 08.00.")
    with world.database.look() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.PLAN_APPLIED))
        assert entry.by is not None


def test_a_plan_that_is_applied_twice_counts_once_and_the_second_is_told(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    first, second = said(apply(world)), said(apply(world))
    assert ("gælder fra nu af" in first, "allerede afgjort" in second, "Sat i kraft" in second) == (True, True, True)
    assert states(world) == [REPLACED, RUNNING]


def test_of_two_organisers_who_press_at_the_same_moment_the_first_decides(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    after = save(world, *HELD)
    world.beat(FIRST)
    held, answers = version(world, IS_HELD), list[str]()
    applied = PlanApplied(who=ORGANISER, version=held.id, fingerprint=(held.shown or {})["fingerprint"])
    presses = [
        threading.Thread(target=lambda action=action: answers.append(said(press(world, action))))
        for action in (applied, PlanDeclined(who=ORGANISER, version=held.id), applied)
    ]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert sum("allerede afgjort" in answer for answer in answers) == 2
    world.beat(FIRST)
    is_applied = states(world) == [REPLACED, RUNNING]
    assert is_applied or states(world) == [RUNNING, DECLINED]
    assert runs(world) == world.file.read_bytes() == (after if is_applied else before)


def test_a_plan_whose_world_has_moved_is_not_applied_but_shown_anew(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    deliver_plans(world)
    shown = (version(world, IS_HELD).shown or {})["fingerprint"]
    world.database.write(lambda session: session.execute(update(PeopleList).values(listed=40)))
    answer = apply(world)
    assert isinstance(answer, Redrawn)
    assert isinstance(answer.meaning, PlanReview)
    assert ("Intet er sat i kraft" in answer.said, answer.meaning.open, answer.meaning.fingerprint == shown) == (True, True, False)
    assert (states(world), len(world.messages(MessageKind.REDRAWN))) == ([RUNNING, IS_HELD], 1)
    assert "gælder fra nu af" in said(apply(world))


def test_a_plan_that_has_become_faulty_is_not_applied_and_the_organiser_reads_why(world: HeartbeatWorld) -> None:
    people = write_leaders(world)
    save(world, *LIST_FILE)
    world.beat(FIRST)
    people.unlink()
    for _ in range(2):
        answer = apply(world)
        assert isinstance(answer, Said)
        assert answer.title == say("da", "held.broken")
        assert ("leaders.csv" in answer.paragraphs[0], "landsby.yaml" in answer.paragraphs[0]) == (True, True)
        assert states(world) == [RUNNING, IS_HELD]
    write_leaders(world)
    assert "gælder fra nu af" in said(apply(world))


def test_only_organisers_decide(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    for action in (PlanDeclined(who=LEADER, version=2), PlanApplied(who=LEADER, version=2, fingerprint="")):
        assert isinstance(press(world, action), Said)
    assert isinstance(press(world, PlanDeclined(who=ORGANISER, version=77)), Said)
    assert states(world) == [RUNNING, IS_HELD]


def test_a_declined_text_leaves_its_file_and_asks_again_only_if_it_is_saved_again(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    save(world, *HELD)
    world.beat(FIRST)
    assert "skrevet tilbage" in said(decline(world))
    assert world.file.read_bytes() == before
    world.beat(FIRST)
    assert (states(world), runs(world)) == ([RUNNING, DECLINED], before)
    save(world, *HELD)
    world.beat(FIRST)
    assert states(world) == [RUNNING, DECLINED, IS_HELD]


def test_a_declined_text_that_stays_in_its_file_is_not_asked_about_again(world: HeartbeatWorld) -> None:
    after = save(world, *HELD)
    world.beat(FIRST)
    decline(world)
    world.file.write_bytes(after)  # as if it could not have been written back
    world.beat(FIRST, NEXT_DAY)
    assert (states(world), len(plans(world))) == ([RUNNING, DECLINED], 1)


def test_a_newer_edit_is_not_overwritten_by_a_decline(world: HeartbeatWorld) -> None:
    save(world, *HELD)
    world.beat(FIRST)
    after = world.file.read_bytes() + b"\n"
    world.file.write_bytes(after)  # another one, of which no beat knows yet: it must not be overwritten
    assert "kunne jeg ikke skrive tilbage" in said(decline(world))
    assert world.file.read_bytes() == after


# --- starts, whatever stands on the disk


def test_a_start_while_a_text_is_held_runs_the_old_one_and_asks_nothing_anew(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    after = save(world, *HELD)
    world.beat(FIRST)
    world.heart = start(world)
    with capture_logs() as lines:
        world.beat(FIRST, FIRST)
    assert (states(world), runs(world), len(plans(world))) == ([RUNNING, IS_HELD], before, 1)
    assert sum("says something else" in line["event"] for line in lines) == 1
    assert "gælder fra nu af" in said(apply(world))
    world.beat(FIRST)
    assert runs(world) == after


@pytest.mark.parametrize("stays", [True, False])
def test_a_start_after_a_text_was_declined_runs_the_old_one_and_asks_nothing_anew(world: HeartbeatWorld, stays: bool) -> None:
    before = world.file.read_bytes()
    after = save(world, *HELD)
    world.beat(FIRST)
    decline(world)
    if stays:
        world.file.write_bytes(after)  # as if it could not have been written back
    world.heart = start(world)
    world.beat(FIRST, FIRST)
    assert (states(world), runs(world), len(plans(world))) == ([RUNNING, DECLINED], before, 1)


def test_a_start_on_a_broken_file_runs_the_old_text_and_tells_once(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    save(world, "every: tuesday", "every: tusday")
    for _ in range(2):
        world.heart = start(world)
        world.beat(FIRST, FIRST)
    assert (runs(world), world.told_of_the_file()) == (before, ["notice.edit_broken"])
    world.file.write_bytes(before)
    world.beat(FIRST)
    assert (states(world), world.told_of_the_file()) == ([RUNNING], ["notice.edit_broken", "notice.edit_mended"])


def test_a_start_without_the_file_runs_the_old_text_and_tells_once(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    world.file.unlink()
    for _ in range(2):
        world.heart = start(world)
        world.beat(FIRST, FIRST)
    assert (states(world), runs(world), world.told_of_the_file()) == ([RUNNING], before, ["notice.edit_broken"])


def test_an_edit_while_nothing_ran_is_judged_at_the_start(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    save(world, *HELD)
    world.heart = start(world)
    world.beat(FIRST)
    assert (states(world), runs(world)) == ([RUNNING, IS_HELD], before)


def test_a_file_deleted_while_its_text_is_held_is_told_and_the_text_may_still_be_applied(world: HeartbeatWorld) -> None:
    after = save(world, *HELD)
    world.beat(FIRST)
    world.file.unlink()
    world.beat(FIRST)
    assert (states(world), world.told_of_the_file()) == ([RUNNING, IS_HELD], ["notice.edit_broken"])
    assert "gælder fra nu af" in said(apply(world))
    world.beat(FIRST)
    assert runs(world) == after
    world.file.write_bytes(after)
    world.beat(FIRST)
    assert (states(world), world.told_of_the_file()) == ([REPLACED, RUNNING], ["notice.edit_broken", "notice.edit_mended"])


def test_a_file_deleted_while_its_text_is_held_cannot_be_written_back(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    save(world, *HELD)
    world.beat(FIRST)
    world.file.unlink()
    assert "kunne jeg ikke skrive tilbage" in said(decline(world))
    world.beat(FIRST)
    assert (states(world), runs(world), world.file.exists()) == ([RUNNING, DECLINED], before, False)


def test_a_start_on_a_text_that_cannot_be_loaded_any_more_runs_the_file_and_says_so(world: HeartbeatWorld) -> None:
    is_running = ProgrammeVersion.state == RUNNING
    world.database.write(lambda session: session.execute(update(ProgrammeVersion).where(is_running).values(content=b"programme: [")))
    after = save(world, *HELD)
    for _ in range(2):
        world.heart = start(world)
        world.beat(FIRST)
    assert (states(world), runs(world), plans(world)) == ([REPLACED, RUNNING], after, [])
    assert [notice.facts["say"] for notice in world.notices("edit:")] == ["notice.text_lost"]


def test_what_another_process_put_in_force_and_cannot_be_loaded_here_is_not_taken_back(world: HeartbeatWorld) -> None:
    other = start(world)
    people = run_with_file_of_leaders(world)
    people.unlink()
    save(world)
    other.beat()
    assert states(world) == [REPLACED, RUNNING]


def write_leaders(world: HeartbeatWorld) -> Path:
    """A file of leaders beside the programme."""
    people = world.folder / "people" / "leaders.csv"
    people.parent.mkdir(exist_ok=True)
    people.write_text("\n".join(["email", *(f"person{n}@example.org" for n in range(11))]) + "\n", "utf-8")
    return people


def run_with_file_of_leaders(world: HeartbeatWorld) -> Path:
    """A text runs that names a file of leaders."""
    people = write_leaders(world)
    save(world, *LIST_FILE)
    world.beat(FIRST)
    apply(world)
    return people


# --- killed anywhere, and other processes


def test_killed_between_the_file_and_the_commit_of_a_decline_the_old_text_runs_and_nothing_waits(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    after = save(world, *HELD)
    world.beat(FIRST)
    assert save_file(world.file, after, before)  # and then the process is gone
    world.heart = start(world)
    world.beat(FIRST)
    assert (states(world), runs(world)) == ([RUNNING, WITHDRAWN], before)


def test_killed_between_the_file_and_the_commit_of_an_edit_it_is_judged_like_any_other(world: HeartbeatWorld) -> None:
    before = world.file.read_bytes()
    after = save(world, *AT_ONCE)
    world.file.write_bytes(before)
    assert save_file(world.file, before, after)
    world.heart = start(world)
    world.beat(FIRST)
    assert (states(world), runs(world), world.told_of_the_file()) == ([REPLACED, RUNNING], after, ["notice.edit_in_force"])


def test_another_process_follows_a_press_at_its_next_beat(world: HeartbeatWorld) -> None:
    other = start(world)
    after = save(world, *HELD)
    world.beat(FIRST)
    other.beat()
    apply(world)
    other.beat()
    assert (runs(world, other), states(world)) == (after, [REPLACED, RUNNING])


def test_a_press_in_another_process_while_the_file_is_broken_counts_there_too(world: HeartbeatWorld) -> None:
    other = start(world)
    after = save(world, *HELD)
    world.beat(FIRST)
    other.beat()
    save(world, "every: tuesday", "every: tusday")
    other.beat()
    apply(world)
    other.beat()
    other.beat()
    assert (runs(world, other), states(world)) == (after, [REPLACED, RUNNING])


def test_people_in_a_file_are_in_force_at_once_and_told_with_their_numbers(world: HeartbeatWorld, tmp_path: Path) -> None:
    people = tmp_path / "people" / "leaders.csv"
    people.parent.mkdir()
    people.write_text("\n".join(["email", *(f"person{n}@example.org" for n in range(11))]) + "\n", "utf-8")
    save(world, "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}")
    world.beat(FIRST, deliver=False)
    apply(world)
    world.heart._refresh(world.clock.now())
    world.heart._file_judge.judge(world.clock.now())
    people.write_text("\n".join(["email", *(f"person{n}@example.org" for n in range(12))]) + "\n", "utf-8")
    edit = world.heart._programme_store.refresh(world.clock.now())
    assert edit is not None
    programme = world.heart._programme_store.current(world.clock.now())
    world.heart._untold_edits.append(edit)
    world.heart._tell_of_files(world.clock.now(), programme)
    (notice,) = world.notices("edit:")
    assert ("11" in notice.facts["values"]["changes"], "12" in notice.facts["values"]["changes"]) == (True, True)
    with world.database.look() as session:
        assert session.get_one(LoadedProgramme, PROGRAMME).synchronised_at is None
