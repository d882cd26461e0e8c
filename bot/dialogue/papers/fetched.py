"""Hands an issued digest to a politician or an organiser as a page.

That is its text to read in chat, and the page itself as a file. Rights are read anew at each press. It is the page as it stands then, so a
quote that was withdrawn is not in it. Nothing is kept of who fetches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests import digest_reading
from bot.dialogue.papers.exports import Format, export, file_name
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of, text_of_record
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState
from bot.programme import PARTICIPANTS, Language
from bot.seam.answers import Reading
from bot.seam.meaning import Part
from bot.seam.reading_answers import Document
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from bot.dialogue.papers.record import Record
    from bot.programme import Programme


def page_to_read(session: Session, programme: Programme, address: str, digest_id: int) -> Reading:
    """The text of a digest's page, in full (*Hent som side*)."""
    digest, language = _require_page(session, programme, address, digest_id)
    parts = _parts(record_of(session, digest, programme), language)
    return Reading(language=language, title=say(language, "title.page"), parts=parts, page=digest.id)


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


def _parts(record: Record, language: Language) -> tuple[Part, ...]:
    """The paragraphs of a page's text, those of the digest under its headings; without the last line, the seal, which only a file has."""
    digest, (text, _, _) = text_of_record(record, language), plain_page(record, language).rstrip().rpartition("\n")
    headings = {digest.headline, *(part.heading for part in digest.parts)}
    return tuple(_part(paragraph, headings) for paragraph in text.split("\n\n"))


def _part(paragraph: str, headings: Collection[str]) -> Part:
    first, _, rest = paragraph.partition("\n")
    return Part(heading=first, lines=(rest,)) if first in headings else Part(heading="", lines=(paragraph,))
