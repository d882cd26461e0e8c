"""`digest`: lists, shows and exports what politicians have been shown, verifies it, approves a digest, and prints the whole chain."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer
from sqlalchemy import select

from bot.app.age_of_database import require_current
from bot.app.installation import current_time
from bot.app.keys import open_database_to_look, use_database
from bot.app.reader_language import reader_language
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import checksum, is_report, text_checksum
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import as_text
from bot.dialogue.papers.record import iso_time, json_of_record, quotes_in_post, record_of
from bot.dialogue.responses.chain import chain
from bot.dialogue.responses.chain_text import chain_as_text
from bot.dialogue.responses.ledger import wishes
from bot.dialogue.responses.ledger_text import entry_lines, wish_heading
from bot.dialogue.snapshot import programme_on_record
from bot.errors import SetupFault
from bot.models import Digest, DigestState, Round
from bot.programme import Language
from bot.sentence import sentence
from bot.settings import installation_settings
from bot.wording import say
from bot.wording.dates import stamp_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

REPORT: Final = "report"  # in place of a week
app: Final = typer.Typer(no_args_is_help=True)

Number: TypeAlias = Annotated[int, typer.Argument(min=1)]
ProgrammeId: TypeAlias = Annotated[str | None, typer.Option("--programme", metavar="ID")]
InLanguage: TypeAlias = Annotated[Language, typer.Option("--language")]


@app.command("list")
def list_(programme: ProgrammeId = None) -> None:
    """List the digests: number, week, state, when it was issued, checksum."""
    with _digests(programme) as (_, digests):
        for digest in digests:
            issued_at = iso_time(digest.issued_at) or "-"
            typer.echo(f"{digest.number:>3}  {digest.week or REPORT:<8}  {digest.state.value:<9}  {issued_at:<25}  {digest.checksum[:12]}")
        if not digests:
            typer.echo(say(reader_language(), "digest_command.none"), err=True)


@app.command()
def show(number: Number, language: InLanguage = Language.DA, programme: ProgrammeId = None) -> None:
    """Print one digest as it is read and, below it, what has become of its wishes."""
    with _digests(programme) as (session, digests):
        digest = _find_by_number(session, digests, number)
        typer.echo(as_text(digest_as_it_stands(session, digest, language)))
        record, now = programme_on_record(session, digest.programme), current_time(installation_settings())
        for wish in wishes(session, record, now):
            if wish.digest is digest or is_report(digest):
                typer.echo("\n".join(["", wish_heading(language, wish), *entry_lines(now, record, language, wish)]))


@app.command()
def export(number: Number, programme: ProgrammeId = None) -> None:
    """Print one digest as JSON, its quotes beside it, each with its checksum. Exit code 1 if it is not what was stored."""
    with _digests(programme) as (session, digests):
        typer.echo(json_of_record(record_of(session, _find_by_number(session, digests, number), None)), nl=False)
    typer.echo(say(reader_language(), "digest_command.checked"), err=True)


@app.command()
def approve(number: Number, programme: ProgrammeId = None) -> None:
    """Approve a digest when no organiser can press the button; they are told that it was done here."""
    settings = installation_settings()
    now = current_time(settings)

    with use_database(open_database_to_look(settings), settings) as database:

        def decide(session: Session) -> Digest:
            digest = _find_by_number(session, _load_digests(session, database, programme), number)
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
        digests = _load_digests(session, database, programme)
        newest = select(Round.programme).order_by(Round.opens_at.desc(), Round.id.desc()).limit(1)
        found = chain(session, programme or (digests[0].programme if digests else session.scalar(newest)) or "", current_time(settings))
        if found.weeks or found.orphans:
            typer.echo(chain_as_text(found, language))
    spoken = reader_language()
    lost = say(spoken, "digest_command.lost_links", n=len(found.orphans))
    typer.echo(lost if found.weeks else say(spoken, "digest_command.no_question"), err=True)
    if found.orphans:
        raise typer.Exit(1)


def _find_by_number(session: Session, digests: Sequence[Digest], number: int) -> Digest:
    digest = next((candidate for candidate in digests if candidate.number == number), None)
    if digest is None:
        raise SetupFault(sentence("setup.no_digest", n=number))
    if digest.state is DigestState.PURGED:
        raise SetupFault(sentence("setup.digest_purged", n=number))
    return verify(session, digest)


def verify(session: Session, digest: Digest) -> Digest:
    """The digest itself; SetupFault if it or a quote is not what was stored."""
    if checksum(digest.content) != digest.checksum or any(
        text_checksum(own_words(session_keys(session), quote) or "") != quote.checksum for quote in quotes_in_post(session, digest)
    ):
        raise SetupFault(sentence("setup.digest_changed", n=digest.number))
    return digest


@contextmanager
def _digests(programme: str | None) -> Iterator[tuple[Session, Sequence[Digest]]]:
    """The digests of one programme, in the order of their numbers, and the session they are read in."""
    settings = installation_settings()
    with use_database(open_database_to_look(settings), settings) as database, database.look() as session:
        yield session, _load_digests(session, database, programme)


def _load_digests(session: Session, database: Database, programme: str | None) -> Sequence[Digest]:
    require_current(session, database)  # an older one shows quotes that have been taken back
    newest = select(Digest.programme).order_by(Digest.drafted_at.desc(), Digest.id.desc()).limit(1)
    return session.scalars(select(Digest).where(Digest.programme == (programme or session.scalar(newest))).order_by(Digest.number)).all()
