"""Writes exported digests into a folder, each to a file of its own that only its owner can read."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.app.operators.new_file import make_new_file
from bot.dialogue.papers.exports import export, file_name, parse_name
from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.dialogue.papers.exports import Format
    from bot.dialogue.papers.record import Record
    from bot.programme import Language


def write_exports(records: Sequence[Record], format_: Format, language: Language, folder: Path) -> list[Path]:
    """The files with these records; a file that is there as it would be written stays. SetupFault if there is a different one."""
    texts = {folder / file_name(record, format_, language): export(record, format_, language) for record in records}
    with suppress(OSError):  # what is wrong with it will be said of the first file
        folder.mkdir(mode=0o700)
    for file, text in texts.items():
        if file.exists() and file.read_bytes() != text.encode():
            raise SetupFault(sentence("setup.other_export_there", file=file))
    for file, text in texts.items():
        if not file.exists():
            with make_new_file(file) as out:
                out.write(text)
    return list(texts)


def files_of_earlier_revisions(records: Sequence[Record], folder: Path) -> Iterator[Path]:
    """The files there that still hold quotes that have been withdrawn since they were written."""
    revisions = {(record["programme"], record["number"]): record["revision"] for record in records}
    for file in sorted(folder.glob("*")):
        if (named := parse_name(file.name)) and named[2] != revisions.get(named[:2], named[2]):
            yield file
