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
from bot.dialogue.papers.verification.found import NOT_WHOLE
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
PAGE: Final = re.compile(
    r"\s*(?:<!--[^<>]*-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE
)  # how a page begins, also one that a browser saved
DATA: Final = re.compile(r'<script type="application/json" id="(record|agenda)">([^<]*)')
IN_LANGUAGE: Final = re.compile(r'<html[^<>]{0,200} lang="(da|en)"')
LARGEST_NUMBER: Final = 9_999
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
    try:
        return _paper(text, resaved=text.encode() != raw) or sentence("verify.no_export")
    except NOT_WHOLE:
        return sentence("verify.not_whole")


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
    if PAGE.match(text):
        data = DATA.search(text)
        if data is None:
            return None
        return _from_record(Format.HTML, text, data[2], resaved=resaved) if data[1] == "record" else _agenda(text, data[2])
    if text.lstrip().startswith("{"):
        return _from_record(Format.JSON, text, text, resaved=resaved)
    return _from_text(text, resaved=resaved)


def _from_record(format_: Format, text: str, written: str, *, resaved: bool) -> Paper | None:
    record = _read_json(written)
    if not isinstance(record, dict) or not all(isinstance(record.get(name), kind) for name, kind in PARTS_OF_RECORD.items()):
        return None
    _require_storable(record, record["number"], record["revision"])
    if format_ is Format.JSON:
        record.pop("seal", None)
    mark = None if format_ is Format.JSON else _mark(text.rpartition("<footer>")[2])
    content, language = record["content"], IN_LANGUAGE.search(text)
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
    with suppress(*NOT_WHOLE):
        data: Any = _read_json(written)
        checksums = {int(number): str(checksum_) for number, checksum_ in data["digests"].items()}
        _require_storable(data, *checksums)
        return KeptAgenda(text=text, sealed=is_sealed(text), programme=str(data["programme"]), checksums=checksums) if checksums else None
    return None


def _read_json(written: str) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(written)
    return None


def _require_storable(data: object, *numbers: int) -> None:
    """ValueError if these data of a file hold half a character, or numbers that no digest has."""
    json.dumps(data, ensure_ascii=False).encode()
    if not all(0 < number <= LARGEST_NUMBER for number in numbers):
        raise ValueError("no digest has such a number")


def _from_text(text: str, *, resaved: bool) -> Paper | None:
    # Its foot ends so: the digest before (if it names one), checksum, mark, seal.
    *_, line_before, line, line_of_mark, line_of_seal = ["", "", "", "", *filter(str.strip, text.splitlines())]
    mark, content, before = _mark(line_of_mark), DIGITS.search(line), DIGITS.search(line_before)
    if mark is None or content is None:
        return None
    _require_storable(None, int(mark[3]), int(mark[4]))
    return Paper(
        format=Format.TEXT,
        text=text,
        sealed=is_sealed(text),
        resaved=resaved,
        form=int(mark[1]),
        language=next((language for language in Language if line_of_seal.startswith(f"{say(language, 'page.foot.seal')}:")), None),
        record=None,
        programme=mark[2],
        number=int(mark[3]),
        revision=int(mark[4]),
        checksum=content[0],
        before=None if before is None else before[0],
        draft=text.startswith(tuple(say(language, "page.draft") for language in Language)),
        last=mark[5] is not None,
    )


def _mark(foot: str) -> re.Match[str] | None:
    """The mark in the foot of a file: the last there."""
    return next(reversed(list(MARK.finditer(foot))), None)
