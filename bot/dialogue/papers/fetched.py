"""Hands an issued digest to a politician or an organiser as a page.

That is its text to read in chat, and the page itself as a file. Rights are read anew at each press. It is the page as it stands then, so a
quote that was withdrawn is not in it. Nothing is kept of who fetches it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.dialogue.digests import digest_reading
from bot.dialogue.digests.digest_pieces import in_text
from bot.dialogue.papers.exports import Format, export, file_name
from bot.dialogue.papers.page_parts import parts_of, text_of_page
from bot.dialogue.papers.record import record_of
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import LongReading, Reading
from bot.seam.reading_answers import Document
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.record import Record
    from bot.programme import Programme
    from bot.seam.meaning import Part


def page_to_read(session: Session, programme: Programme, address: str, digest_id: int) -> Reading:
    """The text of a digest's page, in full (*Hent som side*)."""
    digest, language = _require_page(session, programme, address, digest_id)
    parts = _as_blocks(record_of(session, digest, programme), language)
    return Reading(language=language, title=say(language, "title.page"), parts=tuple(parts), of=LongReading.PAGE, ids=(digest.id,))


def page_as_file(session: Session, programme: Programme, address: str, digest_id: int) -> Document:
    """A digest's page as a file (*Send mig filen*): the bytes that `digest export` writes."""
    digest, language = _require_page(session, programme, address, digest_id)
    record = record_of(session, digest, programme)
    return Document(
        language=language,
        name=file_name(record, Format.HTML, language),
        content=export(record, Format.HTML, language).encode(),
        title=digest_reading.name_of(digest, language),
    )


def _require_page(session: Session, programme: Programme, address: str, digest_id: int) -> tuple[Digest, Language]:
    """The issued digest, and the language of the politician or organiser who wants it as a page."""
    reader, digest = digest_reading.require_reader(session, programme, address), session.get(Digest, digest_id)
    if reader.role in PARTICIPANTS:
        raise Refused(Reason.NO_RIGHT)
    if digest is None or digest.programme != programme.id or digest.state is not DigestState.ISSUED:
        raise Refused(Reason.GONE)
    return digest, Language(reader.language)


def _as_blocks(record: Record, language: Language) -> Iterator[Part]:
    """The parts of a page, each as one block of text; without the last line, the seal, which only a file has."""
    *parts, foot = parts_of(record, text_of_page(record, language), language)
    for part in (*parts, replace(foot, lines=foot.lines[:-1])):
        if part.heading or part.lines:
            yield replace(part, lines=("\n".join(map(in_text, part.lines)),))
