"""Seals an exported file, so that whoever has it can tell whether it is still as it was written.

The seal is the last 64 hexadecimal digits in the file: the SHA-256 of the file without them. By hand it is checked so:
`sed 's/THE SEAL//' FILE | sha256sum`. It needs no key, so it tells of accidents and careless changes; whoever writes the seal anew is found
by the checksums in the digests that came later, and by the database.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

PLACE: Final = "0" * 64  # stands where the seal will be; the last one in a file counts
DIGITS: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def seal(text: str) -> str:
    """The same text with its seal in the last `PLACE`. ValueError if there is none."""
    before, place, after = text.rpartition(PLACE)
    if not place:
        raise ValueError("there is no place for the seal")
    return f"{before}{_digest(before + after)}{after}"


def is_sealed(text: str) -> bool:
    """Whether a text bears a seal, and the seal is its own."""
    last, without = _split_seal(text)
    return last == _digest(without)


def without_seal(text: str) -> str:
    """A text without its seal, if it bears any."""
    return _split_seal(text)[1]


def _split_seal(text: str) -> tuple[str, str]:
    """The seal of a text, empty if there is none, and the text without it."""
    last = None
    for last in DIGITS.finditer(text):  # noqa: B007 - only the last counts
        pass
    return ("", text) if last is None else (last[0], text[: last.start()] + text[last.end() :])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
