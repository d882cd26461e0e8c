"""Many dialogues at once: a process, a database and a Slack workspace with rate limits of its own for each.

Started with the address of the databases (to which a dialogue's number is added), how many dialogues there are, how many messages a second
a workspace takes, and the number of the database server's process. Each has beaten once, as one that has run for a while; then all begin
at one moment and end when what is due was sent. Slack is only what takes messages, far away, in the process that starts the others: the
local workspace would cost as much as they do. Prints one line of JSON: when the dialogues began, when each workspace took a message, how
often one was refused, and the processor time since then of the dialogues, the database and Slack.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import multiprocessing
import random
import re
import socket
import sys
import tempfile
import threading
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.app.engine import USUAL_LIMITS, _read_ahead
from bot.commands.run import BEAT, DELIVER_EVERY
from bot.database import places
from bot.failures import DELIVERY
from schedules.heartbeat import Metronome
from schedules.programme_store import ProgrammeStore
from tests.benchmarks.bench_latency import FAR, LONGEST, engine_at
from tests.benchmarks.bench_operation import seconds_used
from tests.benchmarks.workspace_process import StrictLimit
from tests.support.running_clock import RunningClock
from tests.support.world import OPENS

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier, Semaphore

SOON = timedelta(minutes=10)  # what is due later is not of this round
START_WITHIN = 300  # seconds
BEGIN_AT_ONCE = 4  # a server has only so long to take a new connection
REQUEST = re.compile(rb"POST /(\d+)/api/([\w.]+).*?content-length: (\d+)", re.IGNORECASE | re.DOTALL)
ASK_LATER = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: {}\r\n"


def main() -> None:
    url, number, rate, server = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    only_errors = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=only_errors, logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    _read_ahead()
    context = multiprocessing.get_context("fork")
    shared = context.Barrier(number + 1), context.Semaphore(BEGIN_AT_ONCE), ProgrammeStore(Path("schedules"))
    gc.freeze()  # what all have read is shared by their processes
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor(number, context, begin, (*shared, Path(name))) as pool:
        print(json.dumps(asyncio.run(measured(pool, shared[0], listener, [f"{url}{each}" for each in range(number)], rate, server))))


async def measured(
    pool: ProcessPoolExecutor, together: Barrier, listener: socket.socket, urls: list[str], rate: float, server: int
) -> dict[str, object]:
    """All dialogues at once, and Slack meanwhile."""
    limits, loop = [StrictLimit(rate) for _ in urls], asyncio.get_running_loop()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    told = [loop.run_in_executor(pool, deliver, url, f"{address}{each}/") for each, url in enumerate(urls)]
    async with await asyncio.start_server(partial(serve, limits), sock=listener):
        await asyncio.to_thread(together.wait, START_WITHIN)
        slack, database = time.process_time(), seconds_of_all(server)
        ended = await asyncio.gather(*told)
    return {
        "begun": min(begun for begun, _ in ended),
        "taken": [limit.taken for limit in limits],
        "refused": sum(len(limit.refused) for limit in limits),
        "dialogues": sum(seconds for _, seconds in ended),
        "database": seconds_of_all(server) - database,
        "slack": time.process_time() - slack,
    }


def seconds_of_all(pid: int) -> float:
    """The processor time of a process and of all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    seconds = seconds_used(pid)
    for child in children:
        with suppress(FileNotFoundError):  # it has just ended
            seconds += seconds_used(int(child))
    return seconds


def begin(barrier: Barrier, few: Semaphore, read: ProgrammeStore, folder: Path) -> None:
    """What a dialogue's process has from its start: what it waits for, what all have read, and a folder for its files."""
    global together, doors, programmes
    together, doors, programmes, places.FOLDER = barrier, few, read, folder


def deliver(url: str, address: str) -> tuple[float, float]:
    """One dialogue's process: beats and delivers until what is due was sent; when it began, and the processor time it took."""
    clock, stop = RunningClock(OPENS), threading.Event()
    try:
        with doors:
            engine = engine_at(programmes, url, address, clock, USUAL_LIMITS)
            engine.heartbeat.beat()
    except BaseException:
        traceback.print_exc()
        together.abort()  # or the others would wait for it
        raise
    metronome = Metronome(partial(engine.heartbeat.beat, stop), every=BEAT)
    together.wait(START_WITHIN)
    clock.set_to(OPENS)
    begun, before = time.monotonic(), time.process_time()
    starter = threading.Timer(BEAT * random.random(), metronome.start)  # noqa: S311 - no secret: nobody starts so many at one moment
    starter.start()
    too_late = threading.Timer(LONGEST, stop.set)
    too_late.start()
    while not stop.wait(DELIVER_EVERY):
        with engine.failures.watch(DELIVERY):  # as `run` does it
            engine.delivery.deliver(stop)
            moment = engine.delivery.next_moment()
            if moment is None or moment > OPENS + SOON:
                stop.set()
    used = time.process_time() - before
    too_late.cancel()
    starter.join()
    metronome.stop()
    engine.database.close()
    return begun, used


async def serve(limits: list[StrictLimit], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One line to Slack: takes a message as fast as its workspace allows, and asks for anything else to come much later."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while request := REQUEST.match(await reader.readuntil(b"\r\n\r\n")):
            workspace, method, length = int(request[1]), request[2].decode(), int(request[3])
            await reader.readexactly(length)
            after = limits[workspace].wait({method: None}) if method == "chat.postMessage" else 3600
            await asyncio.sleep(FAR)
            body = json.dumps({"ok": not after, "error": "ratelimited", "channel": "D0ONE", "ts": f"{time.time():.6f}"})
            head = ASK_LATER.format(after) if after else "HTTP/1.1 200 OK\r\n"
            writer.write(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    writer.close()


if __name__ == "__main__":
    main()
