"""How does Slack say no?"""

from __future__ import annotations

from typing import Any

from bot.errors import EftertankeError


class Refusal(EftertankeError):
    """The Web API answers `{"ok": false, "error": …}`; `more` stands beside the error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
