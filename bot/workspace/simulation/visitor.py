"""Remembers whom the visitor of a rehearsal has been, and which decisions are theirs alone.

The crowd never acts for a person who has been picked on the page, even once. One organiser decides for all, so once a visitor has acted
as an organiser, no synthetic one decides until the role is handed back. Politicians and participants speak for themselves, so there the
others go on. All of this outlives a restart; a reset forgets it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.workspace.state.message_store import MessageStore

ORGANISER: Final = "organiser"
_NAME: Final = "visitor"  # the name of the stored text


class Visitor:
    """The people and decisions that are the visitor's, kept with the workspace's messages."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store
        kept = json.loads(store.load_text(_NAME) or "{}")
        self._picked: list[str] = kept.get("picked", [])  # the last one was picked last
        self.decides: bool = kept.get("decides", False)  # what organisers decide is left to the visitor

    @property
    def person(self) -> str | None:
        """The person who the visitor is now."""
        return self._picked[-1] if self._picked else None

    def has_been(self, person: str) -> bool:
        """Whether this person has ever been picked."""
        return person in self._picked

    def pick(self, person: str) -> None:
        """Let the visitor be this person from now on."""
        if person != self.person:
            self._picked = [*(other for other in self._picked if other != person), person]
            self._save()

    def decide(self, *, alone: bool) -> None:
        """Let only the visitor decide as an organiser, or the crowd again."""
        if alone != self.decides:
            self.decides = alone
            self._save()

    def forget(self) -> None:
        """Forget all, as before the first visit."""
        self._picked, self.decides = [], False
        self._save()

    def _save(self) -> None:
        self._store.save_text(_NAME, json.dumps({"picked": self._picked, "decides": self.decides}))
