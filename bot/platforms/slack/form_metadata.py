"""What an open form remembers, kept in the view's private_metadata.

It holds ids of ours, the person's language and the message from which the form was opened: no words of a reply, and nobody's name. A plan
that is shown remembers the edit that it is about.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.platforms.slack.blocks import Json

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The message in which a button was pressed; `HOME`: the person's own page."""

    channel: str
    stamp: str


HOME: Final = Place(channel="", stamp="")
LATER_FIELDS: Final = ("page", "edit", "fingerprint")  # forms of earlier versions do not have them


@dataclass(frozen=True, kw_only=True)
class FormMetadata:
    """What one open form remembers; `about` is the id of a round, digest, promise or response.

    `theme` or `kind` belongs to it. `page`: of quotes. `edit`: an edit as text. `fingerprint`: of the plan, the finished page
    or the reply that it shows.
    """

    language: Language
    about: int | None = None
    theme: str | None = None
    kind: str | None = None
    place: Place | None = None
    page: int | None = None
    edit: str | None = None
    fingerprint: str | None = None

    def __str__(self) -> str:
        kept = {name: value for name, value in asdict(self).items() if value is not None or name not in LATER_FIELDS}
        return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def read(cls, text: object, fallback: Language) -> FormMetadata:
        """Read what `str()` wrote; if that fails, return empty metadata in the language `fallback`."""
        try:
            values = json.loads(str(text))
            about, place = values["about"], values["place"]
            return cls(
                language=Language(values["language"]),
                about=None if about is None else int(about),
                place=Place(**place) if place else None,
                page=_read_optional(values, "page", int),
                **{name: _read_optional(values, name, str) for name in ("theme", "kind", "edit", "fingerprint")},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=fallback)


def place_of(payload: Json) -> Place | None:
    """Return the message whose button was pressed, or the person's own page.

    None if it is neither, or only one person sees the message.
    """
    container = payload.get("container", {})
    if payload.get("view", {}).get("type") == "home":
        return HOME
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    return Place(channel=container["channel_id"], stamp=container["message_ts"])


def _read_optional(values: Mapping[str, Any], name: str, kind: Callable[[Any], T]) -> T | None:
    """Read what not all forms have."""
    value = values.get(name)
    return None if value is None else kind(value)
