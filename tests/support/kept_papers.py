"""Exports as an archivist keeps them, and what is said of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.papers.exports import Format, export
from bot.dialogue.papers.record import record_of
from bot.dialogue.papers.verification.kept_agenda import verify_agenda
from bot.dialogue.papers.verification.paper_file import KeptAgenda, Paper, read_paper
from bot.dialogue.papers.verification.verify_paper import verify_paper
from bot.models import Digest, Quote
from bot.programme import Language
from tests.support.programme import PROGRAMME
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.record import Record
    from bot.sentence import Sentence

EXPORTS: Final = [(format_, language) for format_ in Format for language in Language]


def season(world: World, weeks: int) -> list[Digest]:
    """So many issued digests; the first has three quotes."""
    first = draft_with_quotes(world)
    review_quotes(world, first)
    post_digest(world, first)
    mark_posted(world, first)
    for week in range(2, weeks + 1):
        world.add_round(week)
    return [first, *(world.issue(week) for week in range(2, weeks + 1))]


def record(world: World, digest: Digest) -> Record:
    """The record of a digest as it stands now."""
    return record_of(world.session, digest, PROGRAMME)


def withdraw(world: World, digest: Digest, place: int) -> None:
    """The author of the quote in this place takes it back."""
    quote = world.session.query(Quote).filter_by(digest_id=digest.id, place=place).one()
    assert quote.reply_id is not None
    quotes.withdraw(world.session, post_of(2), quote.reply_id)
    world.session.flush()


def with_content(genuine: Record, **changes: Any) -> Record:
    """The record as somebody would forge it who knows about checksums."""
    content: Any = {**genuine["content"], **changes}
    return {**genuine, "content": content, "checksum": checksum(content)}


def judged(file: bytes | str, session: Session | None, name: str = "file") -> tuple[str, list[str]]:
    """What is said of a file: its outcome, and the keys of the sentences."""
    paper = read_paper(file if isinstance(file, bytes) else file.encode())
    match paper:
        case Paper():
            verdict = verify_paper(paper, name, session, PROGRAMME)
        case KeptAgenda():
            verdict = verify_agenda(paper, session)
        case _:
            return "no export", keys([paper])
    return verdict.outcome.value, keys(verdict.said)


def keys(said: Sequence[Sentence]) -> list[str]:
    """The keys of sentences without their first word."""
    return [sentence.key.removeprefix("verify.") for sentence in said]


def paper(of: Record, format_: Format = Format.HTML) -> Paper:
    """An export as it is read back."""
    read = read_paper(export(of, format_, Language.DA).encode())
    assert isinstance(read, Paper)
    return read


def as_json(record_: Record) -> Any:
    """A copy of a record that can be changed freely."""
    return json.loads(json.dumps(record_))
