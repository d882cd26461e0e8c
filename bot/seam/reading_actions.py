"""The actions of people who read what a message had no room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.seam.actions import Action


@dataclass(frozen=True, kw_only=True)
class ResponsesWanted(Action):
    """A person asks for political answers in full (*Læs hele svaret*, *Læs de andre svar*).

    `responses`: their ids.
    """

    only_looks: ClassVar[bool] = True
    responses: tuple[int, ...]

    @property
    def response(self) -> int:
        """The first response: all are of its programme."""
        return self.responses[0]


@dataclass(frozen=True, kw_only=True)
class MyBookWanted(Action):
    """A person asks for their own answers as a book to copy (*Min bog*), from its page `start` on."""

    only_looks: ClassVar[bool] = True
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class NoticeWanted(Action):
    """An organiser asks for a notice in full (*Læs hele beskeden*), from its line `start` on."""

    only_looks: ClassVar[bool] = True
    notice: int
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class PageWanted(Action):
    """Somebody asks for an issued digest as a page (*Hent som side*), from its line `start` on.

    Politicians and organisers get it.
    """

    only_looks: ClassVar[bool] = True
    digest: int
    start: int = 0


@dataclass(frozen=True, kw_only=True)
class PageFileWanted(Action):
    """They ask for that page as a file (*Send mig filen*)."""

    only_looks: ClassVar[bool] = True
    digest: int
