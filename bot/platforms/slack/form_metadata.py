"""What an open form remembers, kept in the view's private_metadata.

It holds ids of ours, the person's language and the message from which the form was opened: no words, and nobody's name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The message in which a button was pressed."""

    channel: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class FormMetadata:
    """What one open form remembers; `about` is the id of a round, digest or promise.

    `theme` or `kind` belongs to it. `page`: of quotes; `seen`: the fingerprint of the finished page that it shows.
    """

    language: Language
    about: int | None = None
    theme: str | None = None
    kind: str | None = None
    place: Place | None = None
    page: int | None = None
    seen: str | None = None

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def read(cls, text: object, fallback: Language) -> FormMetadata:
        """Read what `str()` wrote; if that fails, return empty metadata in the language `fallback`."""
        try:
            values = json.loads(str(text))
            about, place = values["about"], values["place"]
            return cls(
                language=Language(values["language"]),
                about=None if about is None else int(about),
                theme=_read_optional(values, "theme", str),
                kind=_read_optional(values, "kind", str),
                place=Place(**place) if place else None,
                page=_read_optional(values, "page", int),
                seen=_read_optional(values, "seen", str),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=fallback)


def _read_optional(values: Mapping[str, Any], name: str, kind: Callable[[Any], T]) -> T | None:
    """Read what forms of earlier versions do not have."""
    value = values.get(name)
    return None if value is None else kind(value)
