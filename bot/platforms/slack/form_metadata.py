"""What an open form remembers, kept in the view's private_metadata, and what stands in its fields.

It remembers ids of ours, the person's language and the message from which it was opened: no words of a reply, and nobody's name. A plan
that is shown remembers the edit that it is about.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.platforms.slack.escaping import as_seen
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


class Fields:
    """The values in a form's fields."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the form has this field."""
        return name in self._values

    def text(self, name: str) -> str:
        """Return the text typed in a field, as its author saw it."""
        return as_seen(self._values[name][name].get("value") or "")

    def optional_text(self, name: str) -> str:
        """Return the text typed in a field that forms from before do not have."""
        return self.text(name) if self.has(name) else ""

    def optional_day(self, name: str) -> date | None:
        """Return the day that was picked, or None; forms from before do not have the field."""
        return self.day(name) if self.has(name) and self._values[name][name].get("selected_date") else None

    def people(self, name: str) -> tuple[str, ...]:
        """Return the people who were picked."""
        return tuple(map(str, self._values[name][name].get("selected_users") or ()))

    def day(self, name: str) -> date:
        """Return the day that was picked; ValueError if none was."""
        return date.fromisoformat(self._values[name][name].get("selected_date") or "")

    def choice(self, name: str) -> str:
        """Return what was chosen; TypeError if nothing was."""
        return str(self._values[name][name]["selected_option"]["value"])

    def marks(self, name: str) -> set[str]:
        """Return the boxes that were ticked."""
        return {option["value"] for option in self._values[name][name].get("selected_options") or ()}

    def all_choices(self) -> dict[str, str]:
        """Return field → choice for all fields in which something was chosen."""
        return {name: self.choice(name) for name in self._values if self._values[name][name]["selected_option"] is not None}


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
