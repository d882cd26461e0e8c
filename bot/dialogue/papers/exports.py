"""Exports a record in one of its formats, and names the file that it is written to."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.dialogue.papers.page import page
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import json_of_record
from bot.programme import Language

if TYPE_CHECKING:
    from bot.dialogue.papers.record import Record


class Format(StrEnum):
    """The format of an export."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"


OUR_NAME: Final = re.compile(r"(.+)-digest-(\d{1,9})-revision-(\d{1,9})\.")
ENDINGS: Final = {Format.HTML: "html", Format.TEXT: "txt", Format.JSON: "json"}


def export(record: Record, format_: Format, language: Language) -> str:
    """A record as it is written to a file, with its seal. JSON has both languages."""
    match format_:
        case Format.HTML:
            return page(record, language)
        case Format.TEXT:
            return plain_page(record, language)
        case Format.JSON:
            return json_of_record(record)


def file_name(record: Record, format_: Format, language: Language) -> str:
    """The name of an export's file, such as `randers-2018-digest-03-revision-1.html`; `.en.html` in English."""
    in_language = "" if format_ is Format.JSON or language is Language.DA else f".{language.value}"
    return f"{record['programme']}-digest-{record['number']:02}-revision-{record['revision']}{in_language}.{ENDINGS[format_]}"


def parse_name(name: str) -> tuple[str, int, int] | None:
    """The programme, number and revision in the name of an export's file; None: it is named otherwise."""
    named = OUR_NAME.match(name)
    return None if named is None else (named[1], int(named[2]), int(named[3]))
