"""What does a form remember while it is open?

Ids of ours, the person's language, and the message it was opened from, in the view's private_metadata: no words, and nobody's name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class Place:
    """A message: where a button was pressed."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class FormMetadata:
    """What one open form is about. `about` is the id of a round or a digest, `theme` that of a theme in it."""

    language: Language
    about: int | None = None
    theme: str | None = None
    place: Place | None = None

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, text: object, fallback: Language) -> FormMetadata:
        """Read what `str()` wrote; what cannot be read is an empty state in the language `fallback`."""
        try:
            return cls._from_dict(json.loads(str(text)))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=fallback)

    @classmethod
    def _from_dict(cls, values: dict[str, Any]) -> FormMetadata:
        about, theme, place = values["about"], values.get("theme"), values["place"]
        return cls(
            language=Language(values["language"]),
            about=None if about is None else int(about),
            theme=None if theme is None else str(theme),
            place=Place(**place) if place else None,
        )
