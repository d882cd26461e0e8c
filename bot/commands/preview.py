"""`preview`: shows when a programme's questions, reminders, closes and digests come, as a table, as JSON or as a calendar."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.app.agenda_as_calendar import as_calendar
from bot.app.agenda_table import agenda_heading, agenda_table
from bot.app.list_sizes import sizes_of_lists
from bot.app.programme_arguments import load_programmes, parse_day
from bot.app.reader_language import reader_language
from bot.clock import WallClock
from bot.programme import Language
from bot.sentence import sentence
from bot.wording import say
from bot.wording.dates import date_in
from bot.wording.in_words import in_words
from schedules.agenda import LINE_KINDS, agenda, first_day
from schedules.due import current_programme

if TYPE_CHECKING:
    from bot.sentence import Sentence
    from schedules.agenda import AgendaLine

KINDS_IN_JSON: Final = ("welcome", "round", "reminder", "close", "digest")  # a contract with whoever reads it


def preview(
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    from_: Annotated[date | None, typer.Option("--from", parser=parse_day, metavar="DATE")] = None,
    count: Annotated[int | None, typer.Option(min=1)] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - a flag
    ics: Annotated[bool, typer.Option("--ics")] = False,  # noqa: FBT002 - likewise
) -> None:
    """Show what goes out when; what is skipped is shown with the reason."""
    if as_json and ics:
        raise typer.BadParameter(say(reader_language(), "command.preview.json_or_ics"))
    now, language = WallClock().now(), reader_language()
    programme = current_programme(load_programmes([file] if file else None), now)
    since, sizes = from_ or first_day(programme, now), None if as_json or ics else sizes_of_lists(programme)
    kinds = KINDS_IN_JSON if as_json else LINE_KINDS
    lines = [line for line in agenda(programme, sizes) if line.kind in kinds and (since is None or line.at.date() >= since)][:count]
    if as_json:
        typer.echo(json.dumps([_record(line) for line in lines], indent=2, ensure_ascii=False))
    elif ics:
        typer.echo(as_calendar(programme, lines, now), nl=False)
    else:
        for told in agenda_heading(programme, lines, sizes or {}, language):
            typer.echo(told)
        typer.echo(
            agenda_table(programme, lines, language) if lines else say(language, "agenda.nothing", day=date_in(language, since or now))
        )


def _record(line: AgendaLine) -> dict[str, Any]:
    """A line as JSON shows it: in English, and without the week, which is the moment's."""
    record = asdict(line) | {"at": line.at.isoformat(), "skipped": line.skipped and _plain(line.skipped)}
    if line.moved:
        record["moved"] = f"from {line.moved.planned:%Y-%m-%d %H:%M}: {_plain(line.moved.day_off)}"
    return {key: value for key, value in record.items() if key != "week" and (key, value) != ("moved", None)}


def _plain(reason: Sentence) -> str:
    """A reason in English, with days as computers write them."""
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in reason.values}
    return in_words(Language.EN, sentence(reason.key, **values))
