"""`digest`: what have the politicians been shown, and is it what was stored?"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer
from sqlalchemy import select

from bot import migrations, settings
from bot.commands.keys import looked_at
from bot.dialogue.digest_content import checksum, content_of
from bot.dialogue.digest_text import as_text, render
from bot.errors import EftertankeError
from bot.models import Digest
from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

app: Final = typer.Typer(help="What the politicians have been shown: list, show and export digests.", no_args_is_help=True)

Number: TypeAlias = Annotated[int, typer.Argument(help="The digest's number.", min=1)]
ProgrammeId: TypeAlias = Annotated[str | None, typer.Option("--programme", help="The programme's id; else the one with the newest digest.")]
InLanguage: TypeAlias = Annotated[Language, typer.Option("--language", help="The language to read it in.")]


@app.command("list")
def list_(programme: ProgrammeId = None) -> None:
    """List the digests: number, week, state, when it was issued, checksum."""
    with _digests(programme) as digests:
        for each in digests:
            typer.echo(f"{each.number:>3}  {each.week}  {each.state.value:<9}  {_said(each.issued_at) or '-':<25}  {each.checksum[:12]}")
        if not digests:
            typer.echo("There is no digest yet.", err=True)


@app.command()
def show(number: Number, language: InLanguage = Language.DA, programme: ProgrammeId = None) -> None:
    """Print one digest as it is read."""
    with _digests(programme) as digests:
        typer.echo(as_text(render(content_of(_verified(digests, number)), language)))


@app.command()
def export(number: Number, programme: ProgrammeId = None) -> None:
    """Print one digest as JSON, with its checksum; exit code 1 if it is not what was stored."""
    with _digests(programme) as digests:
        typer.echo(json.dumps(_exported(_verified(digests, number)), ensure_ascii=False, indent=2))
    typer.echo("The checksum holds.", err=True)


def _exported(digest: Digest) -> dict[str, Any]:
    return {
        "programme": digest.programme,
        "number": digest.number,
        "week": digest.week,
        "state": digest.state.value,
        "revision": digest.revision,
        "issued_at": _said(digest.issued_at),
        "checksum": digest.checksum,
        "content": digest.content,
    }


def _verified(digests: Sequence[Digest], number: int) -> Digest:
    digest = next((each for each in digests if each.number == number), None)
    if digest is None:
        raise EftertankeError(f"There is no digest no. {number}. See which there are: .venv/bin/python -m bot digest list")
    if checksum(digest.content) != digest.checksum:
        raise EftertankeError(f"The checksum of digest no. {number} does not hold: it has been changed since it was drafted.")
    return digest


@contextmanager
def _digests(programme: str | None) -> Iterator[Sequence[Digest]]:
    """The digests of one programme, in the order of their numbers."""
    database = looked_at(settings.load())
    try:
        migrations.ensure(database, create_silently=False)
        with database.look() as session:
            yield _of_programme(session, programme or _newest_programme(session))
    finally:
        database.close()


def _of_programme(session: Session, programme: str | None) -> Sequence[Digest]:
    return session.scalars(select(Digest).where(Digest.programme == programme).order_by(Digest.number)).all()


def _newest_programme(session: Session) -> str | None:
    return session.scalar(select(Digest.programme).order_by(Digest.drafted_at.desc(), Digest.id.desc()).limit(1))


def _said(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
