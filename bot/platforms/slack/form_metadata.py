"""What an open form remembers, kept in the view's private_metadata.

It holds ids of ours, the person's language and the message from which the form was opened: no words, and nobody's name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class Place:
    """The message in which a button was pressed."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class FormMetadata:
    """What one open form remembers; `about` is the id of a round, digest or promise.

    `theme` or `kind` belongs to it.
    """

    language: Language
    about: int | None = None
    theme: str | None = None
    kind: str | None = None
    place: Place | None = None

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, text: object, fallback: Language) -> FormMetadata:
        """Read what `str()` wrote; if that fails, return empty metadata in the language `fallback`."""
        try:
            values = json.loads(str(text))
            about, theme, kind, place = values["about"], values.get("theme"), values.get("kind"), values["place"]
            return cls(
                language=Language(values["language"]),
                about=None if about is None else int(about),
                theme=None if theme is None else str(theme),
                kind=None if kind is None else str(kind),
                place=Place(**place) if place else None,
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=fallback)
