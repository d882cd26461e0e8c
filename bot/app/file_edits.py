"""Makes an edit of a programme's file from the command line: checked first, shown as a plan, then saved.

Where the bot has a database, what changes is compared with what runs there. Without one the file alone is edited.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from bot.app.installation import current_time
from bot.app.keys import use_database
from bot.app.programme_arguments import load_programmes
from bot.app.reader_language import reader_language
from bot.clock import WallClock
from bot.database.unit_of_work import Database
from bot.dialogue.planning import versions
from bot.dialogue.planning.edit_texts import edit_refusal
from bot.dialogue.planning.plan_text import plan_lines, why_held
from bot.errors import EditRefused, ProgrammeFaults, Reason, Refused
from bot.local_time import instant
from bot.programme import Week
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.fault_report import fault_report
from bot.wording.typed_command import how_to_type
from schedules.agenda import first_day
from schedules.due import current_programme
from schedules.edits.proposal import World, propose_edit
from schedules.edits.save_file import save_file
from schedules.planner import ProgrammePlanner
from schedules.planning.age_of_file import is_file_older
from schedules.programme_file import load_running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.planning.plan import Proposal
    from bot.programme import Programme
    from bot.seam.edits import Edit
    from bot.settings import Settings

WEEK: Final = re.compile(r"(?:(\d{4})-?w)?(\d{1,2})")
AFTER_END: Final = timedelta(weeks=26)  # an edit may let a programme end later
BEFORE_BEGIN: Final = timedelta(weeks=2)
BEFORE_WEEK: Final = re.compile(r"(?<![\w-])(uge|week|w|u)\s*(?=\d)")

InFile: TypeAlias = Annotated[Path | None, typer.Option("--file", metavar="FILE")]


def edit_file(file: Path | None, edit_for: Callable[[Programme, datetime], Edit]) -> None:
    """Check an edit, print what it changes, and save it. Exit code 1 if it is refused, has faults or cannot be saved."""
    settings = installation_settings()
    with _look(settings) as session:
        now = current_time(settings) if session is not None else WallClock().now()
        programme = current_programme(load_programmes([file] if file else None), now)
        now = now if session is not None else _moment_to_plan_by(programme, now)
        running = _running(session, settings, programme)
        try:
            proposal = _propose(session, now, programme, running, edit_for(programme, now))
        except (EditRefused, Refused, ProgrammeFaults) as refused:
            typer.echo("\n".join(_why_not(refused)), err=True)
            raise typer.Exit(1) from None
    _save(programme, proposal, running, f"{how_to_type()} undo" + (f" --file {file}" if file else ""))


def _moment_to_plan_by(programme: Programme, now: datetime) -> datetime:
    """The moment itself; for a finished programme that never ran here, one before it begins, so that somebody may try an edit."""
    return now if first_day(programme, now) else instant(programme.rounds.from_, programme.rounds.at, programme.zone) - BEFORE_BEGIN


@contextmanager
def _look(settings: Settings) -> Iterator[Session | None]:
    """A session to look at what runs here; None if nothing has run here yet. No key is needed: nobody's words are read."""
    file = settings.database_file
    if file is not None and not (file.is_file() and file.stat().st_size):
        yield None
        return
    with use_database(Database(settings.database_url), settings) as database, database.look() as session:
        yield session


def _running(session: Session | None, settings: Settings, programme: Programme) -> Programme | None:
    """The programme as it runs here. None: it has not been loaded, or the file is not in the folder that the bot follows."""
    path = Path(programme.file)
    version = versions.version_running(session, programme.id) if session is not None else None
    if version is None or path.resolve().parent != settings.schedules_dir.resolve():
        return None
    return load_running(path, version.content)


def _propose(session: Session | None, now: datetime, programme: Programme, running: Programme | None, edit: Edit) -> Proposal:
    """What an edit of the file as it is now changes. Refused while another plan waits."""
    if session is None or running is None:
        return propose_edit(programme, programme.content, edit, World(now=now))
    if versions.version_held(session, running.id) is not None:
        raise Refused(Reason.PLAN_WAITS)
    is_older = is_file_older(session, running.id, Path(programme.file), programme.content)  # edited on another machine
    content = running.content if is_older else programme.content
    return propose_edit(running, content, edit, ProgrammePlanner().world(session, now, running))


def _why_not(refused: EditRefused | Refused | ProgrammeFaults) -> list[str]:
    language = reader_language()
    if isinstance(refused, EditRefused):
        return [edit_refusal(language, refused)]
    if isinstance(refused, Refused):
        return [say(language, "command.plan_waits" if refused.reason is Reason.PLAN_WAITS else "command.nothing_to_undo")]
    return [say(language, "command.faults"), *fault_report(language, refused.faults)]


def _save(programme: Programme, proposal: Proposal, running: Programme | None, undo: str) -> None:
    """Save what was planned and print it. If it cannot be saved, the text to put there stands alone on stdout."""
    language = reader_language()
    lines = [*plan_lines(proposal.plan, proposal.programme, language, before=running or programme, short=True)]
    if proposal.after == proposal.before:
        typer.echo(say(language, "plan.nothing"))
        return
    if not save_file(Path(programme.file), programme.content, proposal.after):
        typer.echo("\n".join([*lines, say(language, "command.not_saved", file=programme.file)]), err=True)
        typer.echo(proposal.after.decode("utf-8-sig"), nl=False)
        raise typer.Exit(1)
    lines += [say(language, "command.saved", file=programme.file, command=undo), *_what_follows(proposal, language, running)]
    typer.echo("\n".join([*lines, *_new_in_bank(programme, proposal)]))


def _what_follows(proposal: Proposal, language: str, running: Programme | None) -> list[str]:
    if running is None:
        return [say(language, "command.next_begin")]
    if not proposal.plan.changes:
        return [say(language, "command.as_running")]
    if proposal.plan.held:
        return [why_held(proposal.plan, language), say(language, "command.next_held")]
    return [say(language, "command.next_at_once")]


def _new_in_bank(programme: Programme, proposal: Proposal) -> list[str]:
    """How to let a new question of the bank go out."""
    old = {question.id for question in programme.questions}
    new = [question.id for question in proposal.programme.questions if question.reserve and question.id not in old]
    return [
        say(reader_language(), "command.in_bank", question=question, command=f"{how_to_type()} move {question} --to 40") for question in new
    ]


def read_weeks(words: str, programme: Programme, now: datetime) -> tuple[Week, ...]:
    """The weeks in what somebody typed: numbers, like `36`, or with the year, like `2018-W36`. BadParameter if there is something else."""
    parts = BEFORE_WEEK.sub("", words.casefold()).replace(",", " ").split()
    matches = [WEEK.fullmatch(part) for part in parts]
    numbers = [(match[1], int(match[2])) for match in matches if match is not None and 1 <= int(match[2]) <= 53]
    if not numbers or len(numbers) < len(parts):
        raise typer.BadParameter(say(reader_language(), "command.no_week", words=words))
    return tuple(Week(year=int(year), number=number) if year else _next_week(number, programme, now) for year, number in numbers)


def _next_week(number: int, programme: Programme, now: datetime) -> Week:
    """The next week with this number in the programme's time, else the last one before it."""
    first, last = programme.rounds.from_, programme.rounds.until + AFTER_END
    since = Week.of(first_day(programme, now) or first)
    weeks = [Week(year=year, number=number) for year in range(first.year, last.year + 1)]
    past = [week for week in weeks if week < since]
    return next((week for week in weeks if since <= week <= Week.of(last)), (past or weeks)[-1])
