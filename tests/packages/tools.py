"""Where the tools lie that look at packages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def tool(name: str) -> str:
    """A tool of the tests' own environment."""
    return str(Path(sys.executable).parent / name)
