"""What does a form remember while it is open?

Ids of ours, the person's language, and the message it was opened from, in the view's private_metadata: no words, and nobody's name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class MessagePlace:
    """A message: where a button was pressed."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class FormState:
    """What one open form is about. `about` is the id of a round or a digest, `theme` that of a theme in it."""

    language: Language
    about: int | None = None
    theme: str | None = None
    place: MessagePlace | None = None

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, text: object, otherwise: Language) -> FormState:
        """Read what `str()` wrote; what cannot be read is an empty memory in the language `otherwise`."""
        try:
            return cls._of(json.loads(str(text)))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=otherwise)

    @classmethod
    def _of(cls, kept: dict[str, Any]) -> FormState:
        about, theme, place = kept["about"], kept.get("theme"), kept["place"]
        return cls(
            language=Language(kept["language"]),
            about=None if about is None else int(about),
            theme=None if theme is None else str(theme),
            place=MessagePlace(**place) if place else None,
        )
