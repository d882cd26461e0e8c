"""Reads the bytes of programme files and files of people, and nothing that could block us or fill the memory.

Only regular files are read, and no more of them than a file of that kind can need.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.errors import ProgrammeFaults
from bot.sentence import sentence
from schedules.checking.fault_messages import WrongKind
from schedules.checking.source import line_of, unreadable_file, why_unreadable

NO_FILE: Final = sentence("fault.why.no_file")  # why a pipe or a device is not read
OLD_LETTERS: Final = frozenset("æøåÆØÅéüöäÉÜÖÄ")  # those that Danes write, as Windows saved them before UTF-8
MEGABYTE: Final = 1_000_000  # bytes
LARGEST_PROGRAMME: Final = 1  # megabytes: a season's programme has a twentieth of that
LARGEST_LIST: Final = 10  # megabytes: half a million addresses, more than a country's largest employer has
AT_ONCE: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY  # opening a pipe that nobody writes to would wait for ever


def read_bytes(file: Path, most: int = LARGEST_PROGRAMME) -> bytes:
    """Read a file of at most `most` megabytes. ProgrammeFaults if it cannot be read. Pipes and devices are not tried."""
    if not file.name.isprintable() or "\0" in str(file):
        raise unreadable_file(file, WrongKind.ODD_NAME)
    try:
        descriptor = os.open(file, AT_ONCE)
        with open(descriptor, "rb") as opened:  # noqa: PTH123 - a Path could be another file by now
            content = opened.read(most * MEGABYTE + 1) if _is_regular(file, descriptor) else b""
    except ValueError:  # a lone half of a sign in it
        raise unreadable_file(file, WrongKind.ODD_NAME) from None
    except FileNotFoundError:
        raise unreadable_file(file, WrongKind.NO_FILE) from None
    except IsADirectoryError:
        raise unreadable_file(file, WrongKind.FOLDER) from None
    except OSError as error:
        raise (
            _no_file(file) if error.errno == errno.ENXIO else unreadable_file(file, WrongKind.NOT_READABLE, why=why_unreadable(error))
        ) from None
    if len(content) > most * MEGABYTE:
        raise unreadable_file(file, WrongKind.LARGE_FILE, most=most)
    return content


def _is_regular(file: Path, descriptor: int) -> bool:
    """Whether what was opened is a regular file. ProgrammeFaults if it is a pipe or a device."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return True
    raise unreadable_file(file, WrongKind.FOLDER) if stat.S_ISDIR(mode) else _no_file(file)


def _no_file(file: Path) -> ProgrammeFaults:
    return unreadable_file(file, WrongKind.NOT_READABLE, why=NO_FILE)


def read_programme(file: Path) -> bytes:
    """Read a programme file. ProgrammeFaults if it cannot be read, or is a link to a file outside its folder."""
    content, real = read_bytes(file), real_path(file)
    if not _is_in(file.parent, real):
        raise unreadable_file(file, WrongKind.LINK_OUTSIDE, value=real)
    return content


def path_beside(programme_file: str, name: str) -> Path:
    """The file of people that a programme names. ProgrammeFaults if it lies outside the programme's folder and is not named absolutely."""
    folder = Path(programme_file).parent
    real = real_path(folder / name)
    if not real:
        raise unreadable_file(folder / name, WrongKind.ODD_NAME)
    if not Path(name).is_absolute() and not _is_in(folder, real):
        raise unreadable_file(folder / name, WrongKind.OUTSIDE_FOLDER, value=name)
    return folder / name


def _is_in(folder: Path, real: str) -> bool:
    return Path(real).is_relative_to(os.path.realpath(folder))


def real_path(file: Path) -> str:
    """Where a file really lies, whatever links lead there; empty if its name can be no file's."""
    try:
        return os.path.realpath(file)
    except (ValueError, OSError):  # a NUL, or a lone half of a sign
        return ""


def decode_text(file: Path, content: bytes) -> str:
    """Decode a file's content. ProgrammeFaults, with the place, if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(file, error.object, error.start) from None


def _not_utf8(file: Path, content: bytes, position: int) -> ProgrammeFaults:
    """The fault of the first byte that is no UTF-8. What is no text at all has it at the top."""
    if b"\0" in content:
        return unreadable_file(file, WrongKind.NOT_UTF8, guess=None)
    before = content[:position].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    meant = content[position : position + 1].decode("cp1252", errors="replace")
    guess = sentence("fault.old_letter", letter=meant) if meant in OLD_LETTERS else None
    source = line_of(content.decode(errors="replace"), line)
    (fault,) = unreadable_file(file, WrongKind.NOT_UTF8, guess=guess).faults
    return ProgrammeFaults([replace(fault, line=line, column=column, source=source)])
