"""The language in which a command speaks to whoever runs it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

from bot.programme import Language

_LANGUAGE: Final = ContextVar("reader's language", default=Language.EN)


def reader_language() -> Language:
    """The language of whoever reads what this command prints."""
    return _LANGUAGE.get()


def speak(language: Language) -> None:
    """From here on, commands speak this language."""
    _LANGUAGE.set(language)
