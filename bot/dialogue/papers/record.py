"""Makes the record of a digest: everything that its exports are made of, without the database.

It is what `digest export` prints as JSON, and what a page carries inside it. The same record makes the same page, so whoever has a page can
see whether it is what was issued. A quote that was withdrawn is not in a record made afterwards; the revision tells how many there were.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from bot.confidentiality.encryption import decrypt_words
from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import content_of, was_held_long
from bot.dialogue.digests.digest_pieces import QuoteShown
from bot.dialogue.digests.digest_text import render
from bot.dialogue.digests.quote_selection import find_posted_quotes, quotes_by_place
from bot.dialogue.papers.seal import PLACE, seal
from bot.dialogue.snapshot import programme_on_record
from bot.local_time import iso_time
from bot.states import Finding
from bot.wording.sentences import first_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import BothLanguages, Content
    from bot.dialogue.digests.digest_pieces import QuotesOfTheme
    from bot.models import Digest, Quote
    from bot.programme import Language, Programme
    from bot.seam.meaning import DigestText


class QuoteOnRecord(TypedDict):
    """A quote that a posted digest shows: its place in its theme, and whether it is printed as a wish."""

    theme: str
    place: int
    wish: bool
    text: str
    checksum: str


class Record(TypedDict):
    """A digest as exported. Case, KLE number and sender are those of the programme that runs; None: it names none, or none runs."""

    programme: str
    number: int
    week: str | None  # None: it is the season's report
    state: str
    revision: int  # the first, and one more for each quote withdrawn since it was posted
    issued_at: str | None
    timezone: str
    late: bool  # it was held long before somebody decided on it
    sender: BothLanguages | None
    case: str | None
    kle: str | None
    checksum: str  # of the content
    content: Content
    finding: str | None
    wishes_in_ledger: list[str] | None
    quotes: list[QuoteOnRecord]


def record_of(
    session: Session, digest: Digest, programme: Programme | None, *, words_of: Callable[[Session, Quote], str] = decrypt_words
) -> Record:
    """The record of a digest as it stands now. `programme`: the one that runs, if it still does; `words_of` reads its quotes."""
    return {
        "programme": digest.programme,
        "number": digest.number,
        "week": digest.week,
        "state": digest.state.value,
        "revision": digest.revision,
        "issued_at": iso_time(digest.issued_at),
        "timezone": programme_on_record(session, digest.programme).timezone,
        "late": was_held_long(digest),
        "sender": None if programme is None else sender_of(programme),
        "case": None if programme is None else programme.filing.case,
        "kle": None if programme is None else programme.filing.kle,
        "checksum": digest.checksum,
        "content": content_of(digest),
        "finding": digest.finding,
        "wishes_in_ledger": digest.wishes,
        "quotes": [_on_record(digest, quote, words_of(session, quote)) for quote in find_posted_quotes(session, digest)],
    }


def sender_of(programme: Programme) -> BothLanguages:
    """The sender of a programme's exports: whom it names, else its controller by name alone."""
    sender, controller = programme.filing.sender, programme.information.controller
    if sender is not None:
        return {"da": sender.da, "en": sender.en}
    return {"da": first_sentence(controller.da).removesuffix("."), "en": first_sentence(controller.en).removesuffix(".")}


def _on_record(digest: Digest, quote: Quote, words: str) -> QuoteOnRecord:
    return {
        "theme": quote.theme,
        "place": quote.place or 0,
        "wish": quote.wish and quotes.are_wishes_printed(digest, quote.theme),
        "text": words,
        "checksum": quote.checksum or "",
    }


def quotes_of_record(record: Record) -> Mapping[str, QuotesOfTheme]:
    """The quotes of a record by theme id, as a digest shows them."""
    by_theme: dict[str, list[QuoteShown]] = {}
    for quote in record["quotes"]:
        by_theme.setdefault(quote["theme"], []).append(QuoteShown(text=quote["text"], place=quote["place"], wish=quote["wish"]))
    return quotes_by_place(by_theme)


def text_of_record(record: Record, language: Language) -> DigestText:
    """The digest of a record as it is read."""
    finding = None if record["finding"] is None else Finding(record["finding"])
    return render(record["content"], language, quotes_of_record(record), finding, record["wishes_in_ledger"] or (), late=record["late"])


def json_of_record(record: Record) -> str:
    """A record as JSON, with its seal."""
    return seal(json.dumps({**record, "seal": PLACE}, ensure_ascii=False, indent=2) + "\n")
