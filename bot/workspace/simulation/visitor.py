"""Whom has the visitor of a rehearsal been, and are its decisions left to the visitor alone?

Whoever has been picked on the page, even once, is the visitor's: the crowd never acts for them again. One
organiser decides for all: once a visitor has done anything as one, no synthetic organiser decides until that is handed back. Of politicians
and participants each speaks for themselves, as they would without the visitor, so there the others go on. All of this outlives a restart,
and a reset forgets it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.workspace.state.message_store import MessageStore

ORGANISER: Final = "organiser"
_NAME: Final = "visitor"  # under which the workspace keeps it


class Visitor:
    """The people and decisions that are the visitor's, kept with the workspace's messages."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store
        kept = json.loads(store.load_text(_NAME) or "{}")
        self._picked: list[str] = kept.get("picked", [])  # whoever was picked last stands last
        self.decides: bool = kept.get("decides", False)  # what organisers decide is left to the visitor

    @property
    def person(self) -> str | None:
        """Who the visitor is now."""
        return self._picked[-1] if self._picked else None

    def has_been(self, person: str) -> bool:
        """Whether this person has ever been picked."""
        return person in self._picked

    def pick(self, person: str) -> None:
        """The visitor is this person from now on."""
        if person != self.person:
            self._picked = [*(other for other in self._picked if other != person), person]
            self._save()

    def decide(self, *, alone: bool) -> None:
        """The visitor alone decides as an organiser, or the crowd may again."""
        if alone != self.decides:
            self.decides = alone
            self._save()

    def forget(self) -> None:
        """Nobody has visited yet."""
        self._picked, self.decides = [], False
        self._save()

    def _save(self) -> None:
        self._store.save_text(_NAME, json.dumps({"picked": self._picked, "decides": self.decides}))
