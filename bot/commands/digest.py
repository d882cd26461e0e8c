"""`digest`: lists, shows, exports and verifies digests, makes agenda papers, approves a digest, and prints the whole chain."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer
from sqlalchemy import select

from bot.app.command_errors import as_said
from bot.app.installation import current_time
from bot.app.keys import open_database_to_look, use_database
from bot.app.operators.export_files import files_of_earlier_revisions, write_exports
from bot.app.operators.kept_files import ALL_GENUINE, WRONG, verify_files
from bot.app.operators.new_file import make_new_file
from bot.app.operators.running_programmes import programme_that_runs
from bot.app.operators.stored_digests import find_by_number, find_range, load_digests, open_digests, records_of
from bot.app.reader_language import reader_language
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import is_report
from bot.dialogue.digests.digest_pieces import in_text
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import as_text
from bot.dialogue.papers.agenda_paper import agenda_of, agenda_paper
from bot.dialogue.papers.exports import Format
from bot.dialogue.papers.exports import export as as_file
from bot.dialogue.responses.chain import chain
from bot.dialogue.responses.chain_text import chain_as_text
from bot.dialogue.responses.ledger import wishes
from bot.dialogue.responses.ledger_text import entry_lines, wish_heading
from bot.dialogue.snapshot import programme_on_record
from bot.errors import SetupFault
from bot.local_time import iso_time
from bot.models import DigestState, Round
from bot.programme import Language
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.dates import stamp_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.models import Digest

REPORT: Final = "report"  # in place of a week
AGENDA_ENDINGS: Final = (".html", ".htm")  # by any other name a word processor takes the page for something else
app: Final = typer.Typer(no_args_is_help=True)

Number: TypeAlias = Annotated[int, typer.Argument(min=1)]
ProgrammeId: TypeAlias = Annotated[str | None, typer.Option("--programme", metavar="ID")]
InLanguage: TypeAlias = Annotated[Language, typer.Option("--language")]


@app.command("list")
def list_(programme: ProgrammeId = None) -> None:
    """List the digests: number, week, state, when it was issued, checksum."""
    with open_digests(programme) as (_, digests):
        for digest in digests:
            issued_at = iso_time(digest.issued_at) or "-"
            typer.echo(f"{digest.number:>3}  {digest.week or REPORT:<8}  {digest.state.value:<9}  {issued_at:<25}  {digest.checksum[:12]}")
        if not digests:
            typer.echo(say(reader_language(), "digest_command.none"), err=True)


@app.command()
def show(number: Number, language: InLanguage = Language.DA, programme: ProgrammeId = None) -> None:
    """Print one digest as it is read and, below it, what has become of its wishes."""
    with open_digests(programme) as (session, digests):
        digest = find_by_number(session, digests, number)
        typer.echo(as_text(digest_as_it_stands(session, digest, language)))
        record, now = programme_on_record(session, digest.programme), current_time(installation_settings())
        for wish in wishes(session, record, now):
            if wish.digest is digest or is_report(digest):
                typer.echo("\n".join(["", *map(in_text, [wish_heading(language, wish), *entry_lines(now, record, language, wish)])]))


@app.command()
def export(  # noqa: PLR0913 - its options
    numbers: Annotated[list[int] | None, typer.Argument(min=1, metavar="NUMBER")] = None,
    *,
    format_: Annotated[Format, typer.Option("--format")] = Format.JSON,
    language: InLanguage = Language.DA,
    into: Annotated[Path | None, typer.Option("--into", metavar="FOLDER")] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    programme: ProgrammeId = None,
) -> None:
    """Export digests as pages, texts or JSON, with what can verify them. Exit code 1 if one is not what was stored."""
    if every == bool(numbers):
        raise typer.BadParameter(say(reader_language(), "command.digest.which"))
    records = records_of(numbers, programme)
    if into is not None:
        for file in write_exports(records, format_, language, into):
            typer.echo(str(file))
        for file in files_of_earlier_revisions(records, into):
            typer.echo(say(reader_language(), "digest_command.earlier_revision", file=file), err=True)
    elif len(records) > 1:
        raise typer.BadParameter(say(reader_language(), "command.digest.into"))
    else:
        typer.echo("".join(as_file(record, format_, language) for record in records), nl=False)
    typer.echo(say(reader_language(), "digest_command.checked" if records else "digest_command.none"), err=True)


@app.command()
def agenda(
    first: Annotated[int, typer.Option("--from", min=1)],
    last: Annotated[int, typer.Option("--to", min=1)],
    language: InLanguage = Language.DA,
    into: Annotated[Path | None, typer.Option("--into", metavar="FILE")] = None,
    programme: ProgrammeId = None,
) -> None:
    """Print an agenda paper of some digests: a page for a committee's public agenda, without quotes."""
    if into is not None and into.suffix.lower() not in AGENDA_ENDINGS:
        raise typer.BadParameter(say(reader_language(), "command.digest.agenda_name", file=into))
    with open_digests(programme) as (session, digests):
        in_range = find_range(session, digests, first, last)
        made = agenda_of(session, current_time(installation_settings()), programme_that_runs(session, digests[0].programme), in_range)
        paper = agenda_paper(made, language)
    if into is None:
        typer.echo(paper, nl=False)
    else:
        with make_new_file(into) as file:
            file.write(paper)
    for digest in made.left_out:
        typer.echo(say(reader_language(), "digest_command.left_out", n=digest.number), err=True)


@app.command()
def approve(number: Number, programme: ProgrammeId = None) -> None:
    """Approve a digest when no organiser can press the button; they are told that it was done here."""
    settings = installation_settings()
    now = current_time(settings)

    with use_database(open_database_to_look(settings), settings) as database:

        def decide(session: Session) -> Digest:
            digest = find_by_number(session, load_digests(session, database, programme), number)
            if not digest_review.approve_on_machine(session, now, digest):
                is_issued = digest.state is DigestState.ISSUED
                raise SetupFault(sentence("setup.digest_posted" if is_issued else "setup.digest_approved", n=number))
            return digest

        digest = database.write(decide, alone=True)
    language = reader_language()
    if digest.post_at > now:
        typer.echo(say(language, "digest_command.approved", n=number, at=stamp_in(language, digest.post_at, "UTC")))
    else:
        typer.echo(say(language, "digest_command.approved_now", n=number))


@app.command("chain")
def chain_(language: InLanguage = Language.DA, programme: ProgrammeId = None) -> None:
    """Print theme, question, digest, wishes, answers and the question that brought them. Exit code 1 if a link has lost the next."""
    settings = installation_settings()
    with use_database(open_database_to_look(settings), settings) as database, database.look() as session:
        digests = load_digests(session, database, programme)
        newest = select(Round.programme).order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)
        found = chain(session, programme or (digests[0].programme if digests else session.scalar(newest)) or "", current_time(settings))
        if found.weeks or found.orphans:
            typer.echo(chain_as_text(found, language))
    spoken = reader_language()
    lost = say(spoken, "digest_command.lost_links", n=len(found.orphans))
    typer.echo(lost if found.weeks else say(spoken, "digest_command.no_question"), err=True)
    if found.orphans:
        raise typer.Exit(1)


@app.command("verify")
def verify_(files: Annotated[list[Path], typer.Argument(metavar="FILE")]) -> None:
    """Tell of each exported file whether it is what was issued, and of several whether one is missing. Exit codes 0, 1, 3, 4."""
    codes = {ALL_GENUINE}
    for told in verify_files(files):
        first, *more = map(as_said, told.said)
        typer.echo(f"{told.name}: {first}" if told.name else first)
        for line in more:
            typer.echo(f"    {line}")
        codes.add(told.code)
    raise typer.Exit(WRONG if WRONG in codes else max(codes))
