"""How stored records were drawn when this form of exports was frozen.

`python -m tests.stored.exports` freezes a new form. It never freezes one form twice: files that were drawn by it are in archives.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from bot.dialogue.papers.exports import Format, export
from bot.dialogue.papers.foot import FORM
from bot.programme import Language

FROZEN: Final = Path(__file__).with_name("exports.json")
WHAT_TO_DO: Final = (
    "A record that was exported before would now be drawn otherwise, so `digest verify` would call files in archives altered. If that is"
    " meant, raise FORM in bot/dialogue/papers/foot.py, and then run `.venv/bin/python -m tests.stored.exports`."
)


def frozen() -> dict[str, Any]:
    """The form, the records, and the SHA-256 of each drawing."""
    return dict(json.loads(FROZEN.read_text("utf-8")))


def drawings() -> dict[str, str]:
    """The SHA-256 of each stored record in each format and language, as it is drawn today."""
    return {
        f"{name}.{format_}.{language}": sha256(export(record, format_, language).encode()).hexdigest()
        for name, record in frozen()["records"].items()
        for format_ in Format
        for language in Language
    }


if __name__ == "__main__":
    if frozen()["form"] >= FORM:
        sys.exit(f"Form {FORM} is frozen already. {WHAT_TO_DO}")
    text = json.dumps(frozen() | {"form": FORM, "sha256": drawings()}, ensure_ascii=False, indent=1)
    FROZEN.write_text(f"{text}\n", encoding="utf-8")
