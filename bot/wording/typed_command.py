"""How commands are typed on this machine: every sentence that names one says it so, and what somebody copies works."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

WORD: Final = Path("/usr/local/sbin/eftertanke")  # where the guide for operators puts it
PROGRAM: Final = Path(__file__).parent.parent.parent
IN_PROGRAM: Final = ".venv/bin/python -m bot"  # as the catalogues have it
TYPED: Final = re.compile(rf"(?:sudo -u \S+ )?{re.escape(IN_PROGRAM)}")


def how_to_type() -> str:
    """The beginning of a command: the guide's word, where it is here for this program; it alone finds the secrets."""
    with suppress(OSError, UnicodeDecodeError):
        if f"cd {PROGRAM}" in WORD.read_text("utf-8").splitlines():
            return "sudo eftertanke"
    return IN_PROGRAM


def as_typed_here(text: str) -> str:
    """The text with its commands as they are typed on this machine."""
    if IN_PROGRAM not in text or (typed := how_to_type()) == IN_PROGRAM:
        return text
    return TYPED.sub(typed, text)
