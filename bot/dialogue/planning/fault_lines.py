"""Says in chat what is wrong in a programme's files, with the name of each file and the line."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.wording import say, say_n
from bot.wording.in_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.errors import Fault
    from bot.programme import Language

FOLLOWS_FROM: Final = {"fault.late_reminder": "fault.early_close"}  # a fault that goes once another one is mended
MOST_IN_CHAT: Final = 10  # faults in one message: as many as are read on a phone, and what to do about them still stands below
KEY: Final = re.compile(r"`([^`]+)`")  # the chat shows these texts as they are, with every sign


def fault_lines(language: Language | str, faults: Sequence[Fault]) -> str:
    """The first faults as they stand in chat, one a line: the file's name, the line, and what is wrong. What only follows is left out."""
    to_mend = [fault for fault in faults if not _only_follows(fault, faults)]
    lines = [_line(language, fault) for fault in to_mend[:MOST_IN_CHAT]]
    if (more := len(to_mend) - MOST_IN_CHAT) > 0:
        lines.append(say_n(language, "faults.more_in_chat", more))
    return "\n".join(lines)


def fault_in_chat(language: Language | str, fault: Fault) -> str:
    """What a fault says, without the signs around keys that chat would show."""
    return KEY.sub(lambda key: say(language, "faults.key", key=key[1]), in_words(language, fault.said))


def _line(language: Language | str, fault: Fault) -> str:
    file, sentence = PurePath(fault.file).name, fault_in_chat(language, fault)
    if not fault.source and fault.line == 1:  # it is about the file as a whole
        return say(language, "faults.file", file=file, fault=sentence)
    return say(language, "faults.line", file=file, line=fault.line, fault=sentence)


def _only_follows(fault: Fault, faults: Iterable[Fault]) -> bool:
    cause = FOLLOWS_FROM.get(fault.said.key)
    return cause is not None and any(other.said.key == cause for other in faults if other.file == fault.file)
