"""The errors of the local workspace: refusals, as Slack words them, and a bot that does not answer."""

from __future__ import annotations

from typing import Any

from bot.errors import EftertankeError


class Refusal(EftertankeError):
    """The Web API answers `{"ok": false, "error": …}`; `more` stands beside the error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


NOT_CONNECTED = "The app is not connected."


class Silence(EftertankeError):
    """The bot did not acknowledge; the person sees the text."""
