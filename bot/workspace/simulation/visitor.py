"""Whom has the visitor of a rehearsal been, and what is left to the visitor alone?

Whoever has been picked on the page, even once, is the visitor's: the crowd never acts for them again. A role is the visitor's only where
one decides for all: once a visitor has done anything as an organiser, no synthetic organiser decides until the role is handed back. Of
politicians and participants each speaks for themselves, as they would without the visitor, so there the others go on. All of this outlives
a restart, and a reset forgets it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.workspace.state.message_store import MessageStore

ORGANISER: Final = "organiser"
DECIDES_FOR_ALL: Final = frozenset({ORGANISER})
_NAME: Final = "visitor"  # under which the workspace keeps it


class Visitor:
    """The people and roles that are the visitor's, kept with the workspace's messages."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store
        kept = json.loads(store.load_text(_NAME) or "{}")
        self._picked: list[str] = kept.get("picked", [])  # whoever was picked last stands last
        self._roles: set[str] = set(kept.get("roles", []))

    @property
    def person(self) -> str | None:
        """Who the visitor is now."""
        return self._picked[-1] if self._picked else None

    def has_been(self, person: str) -> bool:
        """Whether this person has ever been picked."""
        return person in self._picked

    def has_taken(self, role: str) -> bool:
        """Whether what this role decides is left to the visitor."""
        return role in self._roles

    def pick(self, person: str) -> None:
        """The visitor is this person from now on."""
        if person != self.person:
            self._picked = [*(other for other in self._picked if other != person), person]
            self._save()

    def take(self, role: str) -> None:
        """The visitor has acted in this role."""
        if role in DECIDES_FOR_ALL and role not in self._roles:
            self._roles.add(role)
            self._save()

    def hand_back(self, role: str) -> None:
        """The crowd may act in this role again."""
        self._roles.discard(role)
        self._save()

    def forget(self) -> None:
        """Nobody has visited yet."""
        self._picked, self._roles = [], set()
        self._save()

    def _save(self) -> None:
        self._store.save_text(_NAME, json.dumps({"picked": self._picked, "roles": sorted(self._roles)}))
