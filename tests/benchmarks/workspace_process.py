"""The local workspace in a process of its own, so that the server does not share the bot's interpreter.

Started with the number of participants. Prints its address, then does what each line it reads says and prints one line of JSON:

`open N` lets N people press *Svar* one after the other; `send` sends all open forms at one moment and tells how long each acknowledgement
took; `press N SECONDS` lets N who have been asked press *Svar*, so many seconds apart, and tells how long each window took to be opened;
`address A` is where the bot is to connect to; `limit N` lets N messages a second through and no bursts, and `posts` tells when each post
was taken, and when one was refused.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from bot.workspace.server import Workspace
from bot.workspace.slack_api.methods import METHODS
from schedules.programme_file import load_file
from tests.support.world import OPENS

if TYPE_CHECKING:
    from concurrent.futures import Future

    from bot.workspace.slack_api.methods import CallContext

TYPED = {"text": {"text": "Det gik bedre, da vi spurgte hinanden først."}, "marks": {"marks": ["wish", "quote"]}}


PATIENCE = 10.0  # seconds after which nobody waits for a window any more


class StrictLimit:
    """So many posts a second, and no bursts: none may come more than one interval early."""

    def __init__(self, rate: float) -> None:
        self._interval, self._next = 1 / rate, 0.0
        self.taken: list[float] = []
        self.refused: list[float] = []

    def wait(self, limits: dict[str, Any]) -> int:
        """The seconds to wait, as the workspace's own limiter gives them."""
        now = time.monotonic()
        if "chat.postMessage" not in limits:
            return 0
        if self._next - now > self._interval:
            self.refused.append(now)
            return 1
        self._next = max(self._next, now) + self._interval
        self.taken.append(now)
        return 0


class Windows:
    """Takes note of when the bot opens which window."""

    def __init__(self) -> None:
        self.opened: dict[str, float] = {}
        method = METHODS["views.open"]

        def run(context: CallContext, args: dict[str, Any]) -> dict[str, Any]:
            self.opened[args["trigger_id"]] = time.perf_counter()
            return method.run(context, args)

        METHODS["views.open"] = replace(method, run=run)

    def press(self, workspace: Workspace, presses: int, apart: float) -> list[float | None]:
        """Seconds from each press to its window; None: there was none."""
        presses_made: dict[str, float] = {}
        asked = (payload for member in workspace.chat.members() if (payload := workspace.chat.pressing(member.id, "answer")))
        for payload in list(islice(asked, presses)):
            presses_made[payload["trigger_id"]] = time.perf_counter()
            workspace.socket_mode.deliver("interactive", payload)
            time.sleep(apart)
        deadline = time.monotonic() + PATIENCE
        while not presses_made.keys() <= self.opened.keys() and time.monotonic() < deadline:
            time.sleep(0.01)
        return [self.opened[trigger] - begun if trigger in self.opened else None for trigger, begun in presses_made.items()]


def main() -> None:
    logging.disable(logging.WARNING)  # what comes too late is measured, not told
    population = population_for(load_file(Path("schedules") / "randers-2018.yaml"), participants=int(sys.argv[1]))
    workspace = Workspace(ChatClient(population, MovableClock(OPENS)), manifest(), limits=False)
    workspace.start()
    say(workspace.address)
    limit, windows, people = StrictLimit(1), Windows(), list[str]()
    for line in sys.stdin:
        match line.split():
            case ["open", count]:
                wanting = (member.id for member in workspace.chat.members() if ready(workspace.chat, member.id))
                people = list(islice(wanting, int(count)))
                say(len(people))
            case ["press", count, apart]:
                say(windows.press(workspace, int(count), float(apart)))
            case ["address", address]:
                workspace.address = address
                say(address)
            case ["limit", rate]:
                limit = StrictLimit(float(rate))
                workspace._api._rate_limiter = limit  # type: ignore[assignment]  # it is asked as the workspace's own is
                say(rate)
            case ["posts"]:
                say([limit.taken, limit.refused])
            case _:
                say(send(workspace, [workspace.chat.submitting(view) for person in people if (view := workspace.chat.view(person))]))
    workspace.stop()


def say(what: Any) -> None:
    print(json.dumps(what), flush=True)


def ready(chat: ChatClient, person: str) -> bool:
    """Open a person's form and fill it in; False for who has not been asked yet."""
    if not chat.press(person, "answer").ok:
        return False
    chat.type(person, TYPED)
    return True


def send(workspace: Workspace, forms: list[Any]) -> list[float | None]:
    """Seconds from the common moment to each acknowledgement; None: there was none, or it says that nothing was kept."""
    begun, ended = time.perf_counter(), dict.fromkeys(range(len(forms)), 0.0)

    def note(place: int) -> None:
        ended[place] = time.perf_counter() - begun

    waiting: list[Future[Any]] = [workspace.socket_mode.deliver("interactive", form) for form in forms]
    for place, future in enumerate(waiting):
        future.add_done_callback(lambda _, place=place: note(place))
    return [ended[place] if is_kept(future) else None for place, future in enumerate(waiting)]


def is_kept(future: Future[Any]) -> bool:
    """Whether a form was acknowledged, and nothing said beside its fields."""
    return future.exception() is None and (future.result() or {}).get("response_action") != "errors"


if __name__ == "__main__":
    main()
