"""Reads long lists from Slack page by page, over several attempts if needed.

The people of a big workspace come in many pages, and Slack may say "later" in the middle, or be slow: an attempt ends after a minute, since
other things are due meanwhile. The pages read so far are kept for a while, so that the next attempt goes on from there: each page is asked
for once. Nothing is done with a list before it is complete.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.errors import EftertankeError, Later, Unreachable
from bot.platforms.slack.web_api.answer_parts import part
from bot.platforms.slack.web_api.errors import translate_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

T = TypeVar("T")
PAGE_SIZE: Final = 999  # the most that conversations.members gives
KEPT_FOR: Final = 600.0  # seconds since the last answer; after that the list may have changed too much
ONE_ATTEMPT: Final = 60.0  # seconds, and one call more


class _Pages:
    """The pages of one list read so far; `cursor` None: the list is complete."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.cursor: str | None = ""


class Reading:
    """One reading of all lists, over as many attempts as needed."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._until = self._answered_at = time.monotonic()
        self._pages: dict[tuple[str, str], _Pages] = {}
        self._answers: dict[tuple[str, str], Any] = {}

    def is_fresh(self) -> bool:
        """Whether the pages read so far are new enough to go on from."""
        return time.monotonic() - self._answered_at < KEPT_FOR

    def begin_attempt(self) -> None:
        """Go on reading, for so long that the caller's other work need not wait. After that, `Later` is raised."""
        self._until = time.monotonic() + ONE_ATTEMPT

    def items(self, method: str, name: str, **args: Any) -> list[Any]:
        """Return all items of a method that answers in pages.

        If Slack does not know our place in the list any more, the list is read from the beginning.
        """
        key = (method, args.get("channel", ""))
        pages = self._pages.setdefault(key, _Pages())
        try:
            return self._read_on(pages, method, name, **args)
        except EftertankeError as error:
            if not pages.cursor or not str(error).endswith(": invalid_cursor"):
                raise
        pages = self._pages[key] = _Pages()
        return self._read_on(pages, method, name, **args)

    def answer(self, method: str, about: str, take: Callable[[Any], T], **args: Any) -> T:
        """Return what `take` finds in the single answer of `method` about somebody or something. `Unreachable` is an answer too."""
        if (method, about) not in self._answers:
            try:
                with translate_errors(method if method == "users.info" else f"{method} {about}"):  # no log names a person
                    self._answers[method, about] = take(self._client.api_call(method, params=args))
            except Unreachable as error:
                self._answers[method, about] = error
            self._note_answer()
        found: T | Unreachable = self._answers[method, about]
        if isinstance(found, Unreachable):
            raise found
        return found

    def _read_on(self, pages: _Pages, method: str, name: str, **args: Any) -> list[Any]:
        while pages.cursor is not None:
            place = {"cursor": pages.cursor} if pages.cursor else {}
            with translate_errors(f"{method} {args.get('channel', '')}".strip()):
                page = self._client.api_call(method, params={**args, "limit": PAGE_SIZE, **place})
                items = part(page, name, kind=list)
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            pages.items += items
            pages.cursor = cursor
            self._note_answer()
        return pages.items

    def _note_answer(self) -> None:
        self._answered_at = time.monotonic()
        if self._answered_at > self._until:
            raise Later("the lists are long, or Slack is slow", after=0)
