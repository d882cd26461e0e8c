"""A further process of the bot, which answers people and does nothing else.

Started with the address of the database and that of the workspace. Says when it listens, and ends with its input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.bench_latency import bot
from tests.support.running_clock import RunningClock
from tests.support.world import OPENS


def main() -> None:
    url, address = sys.argv[1:]
    with bot(Path(), url, address, RunningClock(OPENS), None):
        print("listens", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
