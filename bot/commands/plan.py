"""`plan`: shows what a programme's file changes in what runs here, and whether that must wait for an organiser.

It needs no key, token or network. It ends with 0 if nothing changes, 2 if something does, and 1 if the file has faults.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.app.compared_with_running import apply_as_shown, compare_with_running
from bot.app.installation import current_time
from bot.app.programme_arguments import load_programmes
from bot.app.reader_language import reader_language
from bot.dialogue.planning.plan_text import plan_lines, why_held
from bot.errors import ProgrammeFaults
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.fault_report import fault_report
from schedules.due import current_programme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.app.compared_with_running import Comparison
    from bot.settings import Settings

CHANGES: Final = 2  # the exit code


def plan(
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    apply: Annotated[bool, typer.Option("--apply")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Show what a file changes in what runs here. Exit code 0: nothing; 2: something; 1: it has faults."""
    settings = installation_settings()
    programme = current_programme(load_programmes([file] if file else None), current_time(settings))
    try:
        shown = compare_with_running(settings, programme)
        _print(shown, is_next=not apply)
        if apply and shown.plan.changes:
            _apply(settings, shown)
        elif shown.plan.changes:
            raise typer.Exit(CHANGES)
    except ProgrammeFaults as wrong:
        for line in fault_report(reader_language(), wrong.faults):
            typer.echo(line, err=True)
        raise typer.Exit(1) from None


def _apply(settings: Settings, shown: Comparison) -> None:
    """Put in force what was shown, or say why not."""
    language, file = reader_language(), Path(shown.after.file)
    if shown.before is None:
        typer.echo(say(language, "plan.not_begun"))
        raise typer.Exit(CHANGES)
    if file.parent.resolve() != settings.schedules_dir.resolve():
        typer.echo(say(language, "plan.elsewhere", file=file, folder=settings.schedules_dir), err=True)
        raise typer.Exit(1)
    fresh = apply_as_shown(settings, shown)
    if fresh is not shown:
        typer.echo(say(language, "plan.moved"))
        _print(fresh)
        raise typer.Exit(CHANGES)
    typer.echo(say(language, "plan.applied"))


def _print(comparison: Comparison, *, is_next: bool = True) -> None:
    """Print a plan; `is_next`: also what somebody may do with it."""
    for line in comparison_lines(comparison, is_next=is_next):
        typer.echo(line)


def comparison_lines(comparison: Comparison, *, is_next: bool = True) -> Iterator[str]:
    """A plan with its heading and what comes of it, in the reader's language."""
    after, plan_ = comparison.after, comparison.plan
    language = reader_language()
    title = after.title.in_(language)
    if comparison.before is None:
        yield say(language, "plan.heading.new" if plan_.changes else "plan.over", title=title)
    else:
        yield say(language, "plan.heading", title=title)
        yield from () if plan_.changes else (say(language, "plan.nothing"),)
        yield from (say(language, "plan.older"),) if comparison.is_older else ()
    yield from plan_lines(plan_, after, language, before=comparison.before)
    if comparison.before is not None and plan_.changes:
        yield why_held(plan_, language)
    if plan_.held and is_next:
        yield say(language, "plan.apply", file=after.file)
