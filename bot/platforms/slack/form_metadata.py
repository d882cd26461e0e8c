"""What an open form remembers, kept in the view's private_metadata.

It holds ids of ours, the person's language and the message from which the form was opened: no words of a reply, and nobody's name. A plan
that is shown remembers the edit that it is about.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.programme import Language


@dataclass(frozen=True, kw_only=True)
class Place:
    """The message in which a button was pressed; `HOME`: the person's own page."""

    channel: str
    stamp: str


HOME: Final = Place(channel="", stamp="")


@dataclass(frozen=True, kw_only=True)
class FormMetadata:
    """What one open form remembers; `about` is the id of a round, digest or promise.

    `theme` or `kind` belongs to it. `edit`: an edit as text, with the `fingerprint` of its plan.
    """

    language: Language
    about: int | None = None
    theme: str | None = None
    kind: str | None = None
    place: Place | None = None
    edit: str | None = None
    fingerprint: str | None = None

    def __str__(self) -> str:
        values = asdict(self)
        of_an_edit = {name for name in ("edit", "fingerprint") if values[name] is None}
        kept = {name: value for name, value in values.items() if name not in of_an_edit}
        return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def read(cls, text: object, fallback: Language) -> FormMetadata:
        """Read what `str()` wrote; if that fails, return empty metadata in the language `fallback`."""
        try:
            values = json.loads(str(text))
            about, place = values["about"], values["place"]
            texts = {name: values.get(name) for name in ("theme", "kind", "edit", "fingerprint")}
            return cls(
                language=Language(values["language"]),
                about=None if about is None else int(about),
                place=Place(**place) if place else None,
                **{name: None if text is None else str(text) for name, text in texts.items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(language=fallback)
