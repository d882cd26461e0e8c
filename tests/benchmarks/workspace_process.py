"""The local workspace in a process of its own, so that the server does not share the bot's interpreter.

Started with the number of participants. Prints its address, then does what each line it reads says and prints one line of JSON: `open N`
lets N people press *Svar* one after the other, `send` sends all open forms at one moment and tells how long each acknowledgement took.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.app.rehearsal.programme_population import population_for
from bot.clock import MovableClock
from bot.platforms.slack.manifest import manifest
from bot.workspace.client.person import ChatClient
from bot.workspace.server import Workspace
from schedules.programme_file import load_file
from tests.support.world import OPENS

if TYPE_CHECKING:
    from concurrent.futures import Future

TYPED = {"text": {"text": "Det gik bedre, da vi spurgte hinanden først."}, "marks": {"marks": ["wish", "quote"]}}


def main() -> None:
    population = population_for(load_file(Path("schedules") / "randers-2018.yaml"), participants=int(sys.argv[1]))
    workspace = Workspace(ChatClient(population, MovableClock(OPENS)), manifest(), limits=False)
    workspace.start()
    say(workspace.address)
    people: list[str] = []
    for line in sys.stdin:
        verb, *count = line.split()
        if verb == "open":
            wanting = (member.id for member in workspace.chat.members() if ready(workspace.chat, member.id))
            people = list(islice(wanting, int(count[0])))
            say(len(people))
        else:
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
    """Seconds from the common moment to each acknowledgement; None: there was none."""
    begun, ended = time.perf_counter(), dict.fromkeys(range(len(forms)), 0.0)

    def note(place: int) -> None:
        ended[place] = time.perf_counter() - begun

    waiting: list[Future[Any]] = [workspace.socket_mode.deliver("interactive", form) for form in forms]
    for place, future in enumerate(waiting):
        future.add_done_callback(lambda _, place=place: note(place))
    return [None if future.exception() else ended[place] for place, future in enumerate(waiting)]


if __name__ == "__main__":
    main()
