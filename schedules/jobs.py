"""The steps of a beat.

Each step is a function of (session, now, programme) that may run any number of times: it looks for what is due, and the database
refuses what has been done already. `JOBS` gives their order.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import or_, select

from bot import local_time
from bot.days_off import DaysOff
from bot.dialogue import list_holds, organisers_channel, outbox, people, roster
from bot.dialogue.digests import digest_review, draft
from bot.dialogue.list_sizes import list_sizes_of
from bot.dialogue.outbox import tell_organisers
from bot.dialogue.planning import pause_for_all, plan_review, versions
from bot.dialogue.planning.fault_lines import fault_lines
from bot.dialogue.responses import promises, response_review, to_participants, unanswered, unreached
from bot.dialogue.rounds import after_opening, opening
from bot.dialogue.rounds.opening import MissedReason
from bot.errors import ProgrammeFaults
from bot.message_facts import NoticeFacts
from bot.models import LoadedProgramme, OutboxMessage
from schedules import due, season_end, slots
from schedules.due import LOOK_BACK, Due, ReminderDue, RoundDue
from schedules.first_question import first_question_days
from schedules.planning.edit_of_next import tell_of_next
from schedules.planning.planned_then import why_late
from schedules.planning.progress import FARTHEST_ZONE, load_history, load_zones, plan_as_things_are, rounds_to_open
from schedules.planning.week_told import greet_organisers, tell_week
from schedules.programme_file import load_content
from schedules.programme_store import CARE_AFTER_END
from schedules.season_end import draft_report, is_in_care, take_back_thanks, thank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from bot.programme import Programme, Role
    from bot.seam.platform import Roster
    from schedules.programme_store import FolderChange

DueKind = TypeVar("DueKind", RoundDue, ReminderDue)

READ_EVERY: Final = timedelta(minutes=1)  # at most: in a big workspace somebody's profile changes every second
HOUR: Final = timedelta(hours=1)
DAILY: Final = time(7, 30)  # programme time: people are read again


# --- the programme and its people


def record_loaded_programme(session: Session, now: datetime, programme: Programme) -> None:
    """Record that the programme has been loaded. From then on its text runs, whatever becomes of its file."""
    if not is_loaded(session, programme):
        session.add(LoadedProgramme(id=programme.id, loaded_at=now, checksum=programme.checksum))
        session.flush()
        versions.run_version(session, now, programme)


def is_loaded(session: Session, programme: Programme) -> bool:
    """Whether the programme has been loaded at least once."""
    return session.get(LoadedProgramme, programme.id) is not None


def tell_of_edit(session: Session, now: datetime, programme: Programme, edit: FolderChange) -> None:
    """Tell organisers what is wrong with their folder, that it is right again, and which people files have changed.

    Then people are read again. What an edited programme file changes is told by whoever puts it in force.
    """
    if edit.faults:
        last, faults = _last_of_the_file(session, programme), fault_lines(programme.language, edit.faults)
        if last is None or not _is_alarm(last) or NoticeFacts.read(last.facts).values["faults"] != faults:
            after = last.id if last else 0  # the same fault may come back, as when a share is lost, and at the same moment
            key = f"alarm:edit:{edit.name}:{now:%Y-%m-%dT%H%M%S}:{after}"
            tell_organisers(session, now, programme, key=key, say="notice.edit_broken", faults=faults)
    else:
        take_back_edit_alarm(session, now, programme)
    tell_of_next(session, now, programme, edit)
    if edit.before.checksum == edit.after.checksum and edit.before != edit.after:
        plan = plan_as_things_are(session, now, edit.before, edit.after)
        plan_review.tell_in_force(session, now, edit.before, edit.after, plan, key=f"people:{edit.name}")
        session.get_one(LoadedProgramme, programme.id).synchronised_at = None


def take_back_edit_alarm(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers that the file is right, if they were last told that it is wrong."""
    alarm = _last_of_the_file(session, programme)
    if alarm is not None and _is_alarm(alarm):
        tell_organisers(session, now, programme, key=f"trouble-over:{alarm.key}", say="notice.edit_mended")


def _is_alarm(notice: OutboxMessage) -> bool:
    """Whether a notice about the file says that it is wrong."""
    return (notice.key or "").startswith("alarm:edit:")


def _last_of_the_file(session: Session, programme: Programme) -> OutboxMessage | None:
    """The last notice about the file."""
    about_the_file = or_(*(OutboxMessage.key.startswith(start) for start in ("alarm:edit:", "edit:", "trouble-over:alarm:edit:")))
    of_people = OutboxMessage.key.startswith("edit:people:")  # which are in force while the file is wrong
    select_notices = select(OutboxMessage).where(OutboxMessage.programme == programme.id, about_the_file, ~of_people)
    return session.scalar(select_notices.order_by(OutboxMessage.id.desc()).limit(1))


def people_are_due(session: Session, now: datetime, programme: Programme, last: datetime | None = None) -> bool:
    """Whether people must be read from the platform: the first time, on request, or at the planned hour.

    `last` is when this process last read them. In the minute after it they are read only if an organiser has confirmed a list since.
    """
    if last is not None and last <= now < last + READ_EVERY and not list_holds.is_any_confirmed_since(session, programme.id, last):
        return False
    record = session.get_one(LoadedProgramme, programme.id)
    return record.synchronised_at is None or _reading_after(session, programme, record.synchronised_at) <= now


def next_reading(session: Session, now: datetime, programme: Programme) -> datetime:
    """The moment when people are read next, unless somebody asks for it earlier."""
    record = session.get(LoadedProgramme, programme.id)
    last = record.synchronised_at if record is not None and record.synchronised_at is not None else now
    at = _reading_after(session, programme, last)
    return at if at > now else next_daily(programme, now)


def _reading_after(session: Session, programme: Programme, last: datetime) -> datetime:
    """The next reading after `last`: each day at the daily hour, and every hour while a list is held."""
    daily = next_daily(programme, last)
    return min(daily, last + HOUR) if list_holds.is_any_held(session, programme.id) else daily


def synchronise(session: Session, now: datetime, programme: Programme, rosters: Mapping[Role, Roster]) -> Mapping[Role, int]:
    """Update the people from the lists. Returns the number of accounts on each list as it was last accepted.

    If another text has been put in force while they were read, its lists are read next.
    """
    if not versions.runs_still(session, programme):
        return list_sizes_of(session, programme.id)
    result = roster.synchronise(session, now, programme, rosters)
    session.get_one(LoadedProgramme, programme.id).synchronised_at = now
    return result.listed


def next_daily(programme: Programme, after: datetime) -> datetime:
    """The first daily hour after `after`."""
    day = after.astimezone(programme.zone).date()
    while (at := local_time.instant(day, DAILY, programme.zone)) <= after:
        day += timedelta(days=1)
    return at


def next_due(session: Session, now: datetime, programme: Programme) -> Due | None:
    """The next thing that falls due."""
    return due.next_due(programme, load_history(session, programme), zones=load_zones(session, programme), after=now)


def next_asking(session: Session, now: datetime, programme: Programme) -> list[datetime]:
    """When politicians are asked next about a promise, organisers hear next of wishes without an answer, and the season ends."""
    steps = promises.next_question, unanswered.next_telling, season_end.next_moment
    moments = [step(session, now, programme) for step in steps]
    return [at for at in moments if at is not None]


def needs_care(session: Session, now: datetime, programme: Programme) -> bool:
    """Whether something is still to be done for a programme that finished long ago.

    Somebody will be asked about a promise, organisers will hear of wishes, a political answer is young, its end is not done, or a pause has
    taken of its care.
    """
    return (
        promises.is_any_to_be_asked(session, programme)
        or unanswered.is_any_untold(session, programme)
        or response_review.is_any_younger(session, programme, than=now - CARE_AFTER_END)
        or season_end.needs_care(session, now, programme)
        or is_in_care(session, now, due.ends_at(programme))
    )


# --- the steps


def settle_people(session: Session, now: datetime, programme: Programme) -> None:  # noqa: ARG001 - all steps are called alike
    """Apply the role changes that are due, and end the pauses that are over."""
    people.apply_role_changes(session, now)
    people.end_pauses(session, now)


def readdress(session: Session, now: datetime, programme: Programme) -> None:
    """Readdress the messages that wait for a channel, if the programme now names another channel."""
    outbox.readdress(session, now, programme)


def record_missed(session: Session, now: datetime, programme: Programme) -> None:
    """Record the slots whose moment passed while the bot did not run, and tell the organisers."""
    history, loaded_at = load_history(session, programme), session.get_one(LoadedProgramme, programme.id).loaded_at
    slots_done = history.missed.union(history.sent.values())
    for sending_day in due.sending_days(programme):
        at = local_time.instant(sending_day.day, programme.rounds.at, programme.zone)
        if sending_day.skipped is None and sending_day.slot not in slots_done and at <= max(now - LOOK_BACK, loaded_at):
            reason = MissedReason.BEFORE_LOAD if at <= loaded_at else why_late(session, programme, sending_day.slot, at)
            opening.record_missed_slot(session, now, programme, sending_day.slot, reason)


def tell_unplaced(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers which last questions have no sending day left, so that they can make the programme longer."""
    entries = due.entries_without_slot(programme, load_history(session, programme))
    if entries:
        until, questions = programme.rounds.until, ", ".join(entry.key for entry in entries)
        key = f"unplaced:{until}:{len(entries)}"
        tell_organisers(
            session, now, programme, key=key, say="notice.unplaced", n=len(entries), questions=questions, until=until.isoformat()
        )


def open_rounds(session: Session, now: datetime, programme: Programme) -> None:
    """Open the rounds that are due. `record_missed` deals with those that should have opened before the look-back."""
    for round_due in _due_within_look_back(session, now, programme, RoundDue):
        opening.open_round(
            session,
            now,
            programme,
            slot=round_due.slot,
            entry=round_due.entry,
            opens_at=round_due.at,
            closes_at=round_due.closes_at,
            moment_for=_moment_by_zone(programme, round_due, programme.rounds.at),
        )


def queue_reminders(session: Session, now: datetime, programme: Programme) -> None:
    """Remind those who have not answered."""
    remind = programme.rounds.remind
    for reminder_due in _due_within_look_back(session, now, programme, ReminderDue):
        round_ = opening.round_at_slot(session, programme.id, reminder_due.slot)
        if round_ is not None and remind is not None:
            after_opening.queue_reminders(session, now, programme, round_, _moment_by_zone(programme, reminder_due, remind.at))


def _due_within_look_back(session: Session, now: datetime, programme: Programme, kind: type[DueKind]) -> list[DueKind]:
    """All items of one kind that fell due within the look-back. Every beat tries them all: the database refuses what is done."""
    history, zones = load_history(session, programme), load_zones(session, programme)
    due_items = due.due_between(programme, history, zones=zones, after=now - LOOK_BACK - FARTHEST_ZONE, until=now)
    return [due_item for due_item in due_items if isinstance(due_item, kind)]


def _moment_by_zone(programme: Programme, due_item: RoundDue | ReminderDue, at: time) -> Callable[[str], datetime]:
    return lambda zone: due.person_moment(programme, due_item.day, at, zone, due_item.closes_at)


def close_rounds(session: Session, now: datetime, programme: Programme) -> None:
    """Close the programme's rounds that are over, however long ago. Their replies are frozen."""
    while after_opening.close_next_round(session, now, programme.id):
        pass


def draft_digests(session: Session, now: datetime, programme: Programme) -> None:
    """Draft the digest of every closed week that has none, and submit it to the organisers."""
    for week in opening.weeks_to_draft(session, programme.id):
        closes = load_history(session, programme).closes
        post_at = due.post_after(programme, max(at for slot, at in closes.items() if str(slot.week) == week))
        digest = draft.draft_digest(session, now, programme, week, post_at)
        if digest is not None:
            digest_review.submit_draft(session, now, programme, digest)


def post_digests(session: Session, now: datetime, programme: Programme) -> None:
    """Post the approved digests that are due, and alarm organisers about the others. Late ones wait for working hours."""
    for digest in digest_review.digests_to_issue(session, programme.id):
        if digest_review.is_time(now, programme, digest):
            digest_review.post_or_alarm(session, now, programme, digest)


def bring_to_mind(session: Session, now: datetime, programme: Programme) -> None:
    """Remind organisers of what waits for them. Answers and lists count after a working day, and only in working hours."""
    organisers_channel.put_again(session, now, programme)
    pause_for_all.bring_to_mind(session, now, programme)
    if local_time.in_sending_hours(now, programme.timezone, DaysOff.of(programme)) == now:
        a_working_day_ago = now - local_time.DAY
        while not slots.is_working_day(programme, local_time.today(a_working_day_ago, programme.timezone)):
            a_working_day_ago -= local_time.DAY
        response_review.remind_reviewers(session, now, programme, written_before=a_working_day_ago)
        list_holds.remind_organisers(session, now, programme, held_before=a_working_day_ago)
        _remind_of_plan(session, now, programme)


def _remind_of_plan(session: Session, now: datetime, programme: Programme) -> None:
    """Remind organisers of a held plan, as it has become by today."""
    held = versions.version_held(session, programme.id)
    if held is not None and plan_review.remind_organisers(session, now, programme, held):
        with suppress(ProgrammeFaults):  # faulty by now: whoever presses is told so
            after = load_content(Path(programme.file).with_name(held.file), held.content)
            plan = plan_as_things_are(session, now, programme, after)
            plan_review.show_anew(session, now, held, plan_review.what_is_shown(programme, after, plan))


def queue_welcomes(session: Session, now: datetime, programme: Programme) -> None:
    """Welcome the invited while a question is to come. Before the first question they wait for its hour, later not."""
    upcoming = rounds_to_open(session, programme)
    is_any_sent = bool(load_history(session, programme).sent)

    def welcome_moment(zone: str) -> datetime:
        if is_any_sent or not upcoming:
            return now
        first = upcoming[0]
        question_at = due.person_moment(programme, first.day, programme.rounds.at, zone, first.closes_at)
        return due.welcome_moment(programme, question_at, zone)

    if upcoming or opening.current_round(session, now, programme.id) is not None:
        people.queue_welcomes(session, now, programme, welcome_moment, first_question_days(session, now, programme, upcoming))


def queue_late(session: Session, now: datetime, programme: Programme) -> None:
    """Ask the open round's question of those who joined after it opened, if there is time."""
    after_opening.queue_late_questions(session, now, programme)


def queue_answers(session: Session, now: datetime, programme: Programme) -> None:
    """Send released political answers as messages of their own after the last round."""
    to_participants.queue_answers(session, now, programme, last=not rounds_to_open(session, programme))


def look_after_promises(session: Session, now: datetime, programme: Programme) -> None:
    """Ask politicians what became of their promises. Tell organisers of wishes without an answer, and of who was not reached."""
    promises.ask_about_promises(session, now, programme)
    unanswered.tell_organisers_of_unanswered(session, now, programme)
    unreached.tell_organisers_of_unreached(session, now, programme)


def look_after_channel(session: Session, now: datetime, programme: Programme) -> None:
    """Tell each organiser directly if their channel takes no messages."""
    organisers_channel.tell_directly(session, now, programme)


def tell_undrafted(session: Session, now: datetime, programme: Programme) -> None:
    """Tell organisers of weeks, in any programme, that were detached before they had a digest."""
    after_opening.tell_weeks_without_digest(session, now, programme)


def tidy(session: Session, now: datetime, programme: Programme) -> None:
    """Report how many a question could not reach; delete untimely thanks, and old reminders, which show who did not answer."""
    after_opening.report_unreached(session, now, programme)
    after_opening.delete_reminders(session, now)
    take_back_thanks(session, programme)


JOBS: Final = {  # the names are parts of stored keys and of texts for organisers: they keep their spelling
    "settle_people": settle_people,
    "readdress": readdress,
    "record_missed": record_missed,
    "close_rounds": close_rounds,
    "open_rounds": open_rounds,
    "tell_unplaced": tell_unplaced,
    "queue_late": queue_late,
    "queue_reminders": queue_reminders,
    "draft_digests": draft_digests,
    "draft_report": draft_report,
    "post_digests": post_digests,
    "bring_to_mind": bring_to_mind,
    "queue_welcomes": queue_welcomes,
    "queue_answers": queue_answers,
    "thank": thank,
    "greet_organisers": greet_organisers,
    "tell_week": tell_week,
    "look_after_promises": look_after_promises,
    "look_after_channel": look_after_channel,
    "tell_undrafted": tell_undrafted,
    "tidy": tidy,
}
LEFT_OUT_WHILE_PAUSED: Final = frozenset(  # what puts messages to participants or politicians, or speaks of the plan that going on moves
    {
        *("open_rounds", "tell_unplaced", "queue_late", "queue_reminders", "post_digests", "queue_welcomes", "queue_answers"),
        *("draft_report", "thank", "look_after_promises"),
    }
)


def run_job(session: Session, now: datetime, programme: Programme, name: str) -> None:
    """Run one step of a beat.

    It is left out if an organiser has paused everything, or has put another text in force since the beat began.
    """
    if not versions.runs_still(session, programme):  # the next beat knows it
        return
    if name not in LEFT_OUT_WHILE_PAUSED or pause_for_all.open_pause(session) is None:
        JOBS[name](session, now, programme)
