"""Reads a file that somebody has kept: what it is, and whether it bears its own seal.

Mail programs and Windows change the ends of lines or the encoding of a file. Such changes are undone before the seal is checked.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.papers.exports import Format
from bot.dialogue.papers.foot import FORM
from bot.dialogue.papers.seal import DIGITS, is_sealed
from bot.programme import Language
from bot.sentence import sentence
from bot.states import DigestState
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.dialogue.papers.record import Record
    from bot.sentence import Sentence

LARGEST: Final = 5_000_000  # bytes; a page has 60,000
SIGNS: Final = {b"%PDF-": "verify.pdf", b"PK\x03\x04": "verify.word"}  # how other files begin
WHOLE_EXPORT: Final = re.compile(rb'\s*\{\s*"programmes":')  # what `export` writes
MARK: Final = re.compile(r"\beftertanke:(\d{1,9}):([^\s:<]+):(\d{1,9}):(\d{1,9})(:report)?\b")
DATA: Final = re.compile(r'<script[^<>]*\bid="(record|agenda)"[^<>]*>([^<]*)')
IN_LANGUAGE: Final = re.compile(r'<html[^<>]*\blang="(da|en)"')
PARTS_OF_RECORD: Final = {"programme": str, "number": int, "revision": int, "checksum": str, "content": dict, "quotes": list}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An export as it was found. `checksum` is that of its content or, in a text, which holds no data, the one that it names."""

    format: Format
    text: str
    sealed: bool
    resaved: bool  # a program has changed its ends of lines or its encoding, and nothing else
    form: int
    language: Language | None
    record: Record | None
    programme: str
    number: int
    revision: int
    checksum: str
    before: str | None  # the checksum that it names of the digest with the number before
    draft: bool  # it was exported before it was issued
    last: bool  # it is the season's report


@dataclass(frozen=True, kw_only=True)
class KeptAgenda:
    """An agenda paper as it was found, with the checksums of the digests that it names, by their numbers."""

    text: str
    sealed: bool
    programme: str
    checksums: Mapping[int, str]


def read_paper(raw: bytes) -> Paper | KeptAgenda | Sentence:
    """The export in a file, or what the file is instead."""
    if len(raw) > LARGEST:
        return sentence("verify.too_large")
    if WHOLE_EXPORT.match(raw):
        return sentence("verify.whole_export")
    for sign, key in SIGNS.items():
        if raw.startswith(sign):
            return sentence(key)
    texts = list(_readings(raw))
    if not texts:
        return sentence("verify.not_text")
    text = next(filter(is_sealed, texts), texts[0])
    return _paper(text, resaved=text.encode() != raw) or sentence("verify.no_export")


def _readings(raw: bytes) -> Iterator[str]:
    """The text of a file as it stands, and as it was before a program saved it otherwise."""
    utf_16 = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if b"\0" in raw and not utf_16:
        return
    with suppress(UnicodeError):
        yield raw.decode()
    for encoding in ["utf-16"] if utf_16 else ["utf-8-sig", "cp1252"]:
        with suppress(UnicodeError):
            yield raw.decode(encoding).replace("\r\n", "\n").rstrip() + "\n"


def _paper(text: str, *, resaved: bool) -> Paper | KeptAgenda | None:
    if "<html" in text.lower():
        data = DATA.search(text)
        if data is None:
            return None
        return _from_record(Format.HTML, text, data[2], resaved=resaved) if data[1] == "record" else _agenda(text, data[2])
    if text.lstrip().startswith("{"):
        return _from_record(Format.JSON, text, text, resaved=resaved)
    return _from_text(text, resaved=resaved)


def _from_record(format_: Format, text: str, written: str, *, resaved: bool) -> Paper | None:
    record: Any = None
    with suppress(ValueError, RecursionError):
        record = json.loads(written)
    if not isinstance(record, dict) or not all(isinstance(record.get(name), kind) for name, kind in PARTS_OF_RECORD.items()):
        return None
    if format_ is Format.JSON:
        record.pop("seal", None)
    content, mark, language = record["content"], _mark(text), IN_LANGUAGE.search(text)
    before = content.get("before")
    return Paper(
        format=format_,
        text=text,
        sealed=is_sealed(text),
        resaved=resaved,
        form=FORM if mark is None else int(mark[1]),
        language=None if language is None else Language(language[1]),
        record=cast("Record", record),
        programme=record["programme"],
        number=record["number"],
        revision=record["revision"],
        checksum=checksum(content),
        before=str(before.get("checksum")) if isinstance(before, dict) else None,
        draft=record.get("state") != DigestState.ISSUED,
        last="report" in content,
    )


def _agenda(text: str, written: str) -> KeptAgenda | None:
    with suppress(ValueError, TypeError, AttributeError, LookupError, RecursionError):
        data = json.loads(written)
        checksums = {int(number): str(checksum_) for number, checksum_ in data["digests"].items()}
        return KeptAgenda(text=text, sealed=is_sealed(text), programme=str(data["programme"]), checksums=checksums) if checksums else None
    return None


def _from_text(text: str, *, resaved: bool) -> Paper | None:
    mark = _mark(text)
    if mark is None:
        return None
    # Its foot ends so: the digest before (if it names one), checksum, mark, seal.
    *_, line_before, line = ["", "", *filter(str.strip, text[: mark.start()].splitlines()[:-1])]
    content, before = DIGITS.search(line), DIGITS.search(line_before)
    if content is None:
        return None
    return Paper(
        format=Format.TEXT,
        text=text,
        sealed=is_sealed(text),
        resaved=resaved,
        form=int(mark[1]),
        language=next((language for language in Language if f"\n{say(language, 'page.foot.seal')}:" in text), None),
        record=None,
        programme=mark[2],
        number=int(mark[3]),
        revision=int(mark[4]),
        checksum=content[0],
        before=None if before is None else before[0],
        draft=text.startswith(tuple(say(language, "page.draft") for language in Language)),
        last=mark[5] is not None,
    )


def _mark(text: str) -> re.Match[str] | None:
    """The mark at the foot: the last in a file."""
    return next(reversed(list(MARK.finditer(text))), None)
