"""Asks beside what else goes on: who has no answer in time does without."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def ask_beside(ask: Callable[[], T], name: str = "question") -> Future[T]:
    """Ask in a thread of its own, which the end of the program does not wait for."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:  # noqa: BLE001 - whoever wants the answer gets it
            answer.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return answer
