"""The shapes of the ids that a programme names its lists and channels by, as the platform describes them.

Each platform lays them down in `addresses.toml` in its package. They are data, so that a programme file is checked without loading the
platform's code, and without a token.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, kw_only=True)
class AddressShape:
    """The shape of one kind of id. `wrong` is the sentence, with its cure, for a `{value}` that does not fit."""

    pattern: str  # of the whole id
    name: str  # what has such an id, in a sentence
    example_start: str
    wrong: str

    def fits(self, value: str) -> bool:
        """Whether a value has this shape."""
        return re.fullmatch(self.pattern, value) is not None

    def example(self, name: str) -> str:
        """An id that people can take as an example."""
        return self.example_start + name


(_FILE,) = (Path(__file__).parent.parent / "platforms").glob("*/addresses.toml")  # there is one platform
_SHAPES: Final = tomllib.loads(_FILE.read_text(encoding="utf-8"))
USERGROUP: Final = AddressShape(**_SHAPES["usergroup"])
CHANNEL: Final = AddressShape(**_SHAPES["channel"])
