"""The health of one process, from its start to its end: page, watchdog, and what systemd is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.health.page import HealthPage, is_this_machine
from bot.health.watchdog import ServiceManager, Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.health.signs_of_life import SignsOfLife
    from bot.health.vitals import Vitals

log = structlog.get_logger(__name__)


class Health:
    """Call `open`, then `start`, `stop` and `close` once each. `service_manager`: systemd's socket, and how often it wants to hear."""

    def __init__(self, vitals: Callable[[], Vitals | None], signs: SignsOfLife, *, service_manager: tuple[str, float]) -> None:
        address, told_every = service_manager
        self._page, self._manager = HealthPage(vitals, signs), ServiceManager(address)
        self._watchdog = Watchdog(signs, self._manager, told_every=told_every)

    def open(self, host: str, port: int, *, next_free: bool = False) -> None:
        """Serve the health page from now on; SetupFault if it cannot be."""
        log.info("the health page", address=(address := self._page.open(host, port, next_free=next_free)))
        if not is_this_machine(host):
            log.warning("other machines can read the health page", address=address)

    def start(self, programme: str) -> None:
        """The bot runs: tell systemd, and end the process if it freezes."""
        self._manager.tell("READY=1", f"STATUS=the programme {programme} runs")
        self._watchdog.start()

    def stop(self) -> None:
        """The bot is about to end by itself: tell systemd. The watchdog goes on, and ends a stop that hangs."""
        self._manager.tell("STOPPING=1", "STATUS=stops")

    def close(self) -> None:
        """The bot has ended."""
        self._watchdog.stop()
        self._page.close()
