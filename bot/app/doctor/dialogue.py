"""Looks at the dialogue: the programme's files, plans and lists that wait, what comes next, and what has gone wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from bot.app.doctor.finding import fault, fine, remark
from bot.confidentiality.floors import effective_floors
from bot.dialogue.planning.pause_for_all import open_pause
from bot.dialogue.planning.plan import Item
from bot.models import Digest, DigestState, HoldState, ListHold, LoadedProgramme, PeopleList, ProgrammeVersion
from bot.programme import PARTICIPANTS, Role
from bot.sentence import sentence
from bot.states import VersionState
from schedules.due import ends_at
from schedules.planner import ProgrammePlanner
from schedules.planning.age_of_file import is_file_older
from schedules.programme_file import files_passed_over, remarks
from schedules.troubles import open_troubles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen
    from bot.sentence import Sentence

NEXT: Final = {
    Item.ROUND: "doctor.next.round",
    Item.REMINDER: "doctor.next.reminder",
    Item.CLOSE: "doctor.next.close",
    Item.DIGEST: "doctor.next.digest",
    Item.REPORT: "doctor.next.report",
    Item.THANKS: "doctor.next.thanks",
}
TROUBLES: Final = {
    "socket": "doctor.alarms.socket",
    "database": "doctor.alarms.database",
    "database_gone": "doctor.alarms.database_gone",
    "delivery": "doctor.alarms.delivery",
    "people": "doctor.alarms.people",
    "channels": "doctor.alarms.channels",
    "clock": "doctor.alarms.clock",
}


def programme(seen: Seen) -> Iterator[Finding]:
    """How many faults and remarks `check` has for the programmes' files."""
    if seen.settings is None:
        return
    programmes, faults = seen.files
    faults = faults or (() if programmes else files_passed_over(seen.settings.schedules_dir))
    if faults:
        first = f"{faults[0].file}:{faults[0].line}:{faults[0].column}"
        yield fault("programme", sentence("doctor.programme.faults", n=len(faults), place=first), sentence("doctor.programme.cure"))
    elif not programmes:
        yield fault(
            "programme", sentence("doctor.programme.none", folder=seen.settings.schedules_dir), sentence("doctor.programme.none.cure")
        )
    with seen.look() as session:
        older = {
            found.id for found in programmes if session is not None and is_file_older(session, found.id, Path(found.file), found.content)
        }
    for found in programmes:
        if found.id in older:
            yield remark("programme", sentence("doctor.programme.older", file=found.file), sentence("doctor.programme.older.cure"))
            continue
        told = remarks(found, seen.now.astimezone(found.zone).date())
        if told and ends_at(found) > seen.now:  # nobody mends a programme that is over
            said = sentence("doctor.programme.remarks", file=found.file, n=len(told))
            yield remark("programme", said, sentence("doctor.programme.cure"))
        else:
            yield fine("programme", sentence("doctor.programme.fine", file=found.file))


def plan(seen: Seen) -> Iterator[Finding]:
    """The changes of a programme that wait for an organiser's word, and a pause for all."""
    with seen.look() as session:
        held = [] if session is None else session.scalars(select(ProgrammeVersion).where(ProgrammeVersion.state == VersionState.HELD)).all()
        paused = None if session is None else open_pause(session)
    for version in held:
        said = sentence("doctor.plan.held", file=version.file, at=seen.here(version.since))
        yield remark("plan", said, sentence("doctor.plan.cure", file=version.file))
    if paused is not None:
        yield remark("plan", sentence("doctor.plan.paused", at=seen.here(paused.since)), sentence("doctor.plan.paused.cure"))


def lists(seen: Seen) -> Iterator[Finding]:
    """The lists' sizes as last accepted, which lists wait for a word, and which are under the smallest audience."""
    with seen.look() as session:
        if session is None or seen.programme is None:
            return
        id_, floor = seen.programme.id, effective_floors(seen.programme.floors).audience
        known = session.scalars(select(PeopleList).where(PeopleList.programme == id_, ~PeopleList.estimated)).all()
        held = set(session.scalars(select(ListHold.role).where(ListHold.programme == id_, ListHold.state == HoldState.HELD)))
    for listed in sorted(known, key=lambda listed: list(Role).index(listed.role)):
        who = sentence(f"list.of.{listed.role.value}")
        said = sentence("doctor.lists.fine", who=who, n=listed.listed)
        if listed.role in held:
            yield remark("lists", sentence("doctor.lists.held", who=who), sentence("doctor.lists.held.cure"))
        elif listed.role in PARTICIPANTS and listed.listed < floor:
            yield remark("lists", said, sentence("doctor.lists.short.cure", floor=floor))
        else:
            yield fine("lists", said)


def next_due(seen: Seen) -> Iterator[Finding]:
    """What goes out next, and when."""
    with seen.look() as session:
        if session is None or seen.programme is None or session.get(LoadedProgramme, seen.programme.id) is None:
            return
        coming = ProgrammePlanner().coming(session, seen.now, seen.programme, 1)
    for item in coming:
        yield fine("next", sentence(NEXT[item.item], at=seen.here(item.at)))
    if not coming:
        yield fine("next", sentence("doctor.next.nothing"))


def digests(seen: Seen) -> Iterator[Finding]:
    """The digests that are held, in doubt, or not approved though their hour has come."""
    with seen.look() as session:
        if session is None:
            return
        late = (Digest.state == DigestState.IN_REVIEW) & (Digest.post_at < seen.now)
        stuck = or_(Digest.state == DigestState.HELD, late, Digest.uncertain)
        waiting = session.scalars(select(Digest).where(Digest.state != DigestState.ISSUED, stuck).order_by(Digest.id)).all()
    for digest in waiting:
        said = sentence("doctor.digests.waits", number=digest.number, at=seen.here(digest.post_at))
        yield remark("digests", said, sentence("doctor.digests.cure", number=digest.number))
    if not waiting:
        yield fine("digests", sentence("doctor.digests.fine"))


def alarms(seen: Seen) -> Iterator[Finding]:
    """The troubles of which organisers were told and that are not over."""
    with seen.look() as session:
        if session is None:
            return
        standing = open_troubles(session, session.scalars(select(LoadedProgramme.id)).all())
    for name, since in standing.items():
        yield fault("alarms", sentence("doctor.alarms.stands", what=_trouble(name), since=seen.here(since)), sentence("doctor.alarms.cure"))
    if not standing:
        yield fine("alarms", sentence("doctor.alarms.fine"))


def _trouble(name: str) -> Sentence:
    kind, _, step = name.partition(":")
    return sentence(TROUBLES[kind]) if kind in TROUBLES else sentence("doctor.alarms.step", step=step or kind)
