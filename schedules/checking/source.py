"""A programme file as data, with the place of every key and value.

The places let a fault point at its line, and a copy be changed in place.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.errors import Fault, ProgrammeFaults
from bot.sentence import sentence
from bot.wording.in_words import MACHINE_SAYS
from schedules.checking.invisible_signs import without_halves

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sentence import Sentence
    from schedules.checking.fault_messages import WrongKind

WHY_UNREADABLE: Final = MACHINE_SAYS | {  # of a programme or a list, most are told with their cure
    errno.ELOOP: "fault.why.loop",
    errno.ENAMETOOLONG: "fault.why.long_name",
    errno.EACCES: "fault.why.right",
    errno.EPERM: "fault.why.right",
    errno.EIO: "fault.why.disk",
    errno.ESTALE: "fault.why.share",
}
KeyPath: TypeAlias = tuple[str | int, ...]  # the keys and numbers that lead to a value, from the outside in


class TextWithoutQuotes(str):
    """A text that stood in the file without quotes."""

    __slots__ = ()


def scalar_value(text: str, style: str | None, path: KeyPath = ()) -> str | int | bool | None:
    """The value of a scalar by the rules of YAML 1.2, as far as programmes need them.

    What stands under `filing` is text, also where it looks like a number: a case keeps its zeros.
    """
    if style is not None:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    is_number = path[:1] != ("filing",) and re.fullmatch(r"[-+]?[0-9]{1,18}", text)
    return int(text) if is_number else TextWithoutQuotes(text)


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """A place in a file. Lines and columns count from 1; `start` and `end` are offsets into the text."""

    line: int
    column: int
    start: int = 0
    end: int = 0


TOP = Span(line=1, column=1)
LINE_END: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A programme file: its text, its data, its bytes with their checksum, and the place of each path."""

    file: str
    text: str
    data: Any
    values: Mapping[KeyPath, Span]
    keys: Mapping[KeyPath, Span]
    content: bytes = b""
    checksum: str = ""
    faults: tuple[Fault, ...] = ()  # those met while reading
    misleads: bool = False  # whether signs in it only look like YAML's: something else may be understood than was meant

    def get(self, *path: str | int) -> Any:
        """The value at `path`; None where there is nothing."""
        value = self.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            else:
                value = value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None
        return value

    def items(self, *path: str | int) -> range:
        """The numbers of the items of the list at `path`; empty where there is no list."""
        value = self.get(*path)
        return range(len(value) if isinstance(value, list) else 0)

    def value_at(self, path: KeyPath) -> Span:
        """The place of the value at `path`, or of the innermost block around it that is in the file."""
        return next((self.values[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.values), TOP)

    def key_at(self, path: KeyPath) -> Span:
        """The place of the key at `path`, or of the innermost key around it. An item of a list is its own key."""
        inner_first = (path[:end] for end in range(len(path), 0, -1))
        return next((self.keys.get(prefix, self.values[prefix]) for prefix in inner_first if prefix in self.values), TOP)

    def last_key(self, *paths: KeyPath) -> Span:
        """The place of the key that comes last in the file: a fault between two keys is shown there."""
        return max(self.key_at(path) for path in paths)

    def fault(self, span: Span, kind: WrongKind, **values: object) -> Fault:
        """A fault of this kind at `span`."""
        return self.fault_at(span, kind.say(**values))

    def fault_at(self, span: Span, said: Sentence) -> Fault:
        """A fault at `span`: this sentence."""
        return Fault(file=self.file, line=span.line, column=span.column, said=said, source=line_of(self.text, span.line))


def unreadable_file(file: object, kind: WrongKind, **values: object) -> ProgrammeFaults:
    """The error for a file that cannot be read at all: one fault, at its top. Undecodable parts of its name are question marks."""
    return ProgrammeFaults([Fault(file=without_halves(str(file)), line=1, column=1, said=kind.say(**values))])


def why_unreadable(error: OSError) -> Sentence:
    """The reason why a file or folder cannot be read, with a cure if we know one."""
    if key := WHY_UNREADABLE.get(error.errno or 0):
        return sentence(key)
    return sentence("fault.why.system", error=error.strerror or type(error).__name__)


def line_of(text: str, number: int) -> str:
    """The line with this number, counted from 1; empty past the end."""
    lines = lines_of(text)
    return lines[number - 1] if number <= len(lines) else ""


@lru_cache(maxsize=4)  # a file with many faults is asked for a line of each
def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them: an old Mac's line end is one, too."""
    return LINE_END.split(text)
