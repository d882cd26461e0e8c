"""Nothing of a command's memory is left on the disk or readable for others under the same user."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import closed_memory
from tests.support.command_line import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process may")
ASKED_AT_ITS_END = """
import atexit, ctypes, resource, runpy, sys
atexit.register(lambda: print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE)))
sys.argv = ["bot", "key", "new"]
runpy.run_module("bot", run_name="__main__")
"""
AS_NOBODY = """
import ctypes, os, resource
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as it is of who has never been anybody else
"""
WAITS = "print('ready', flush=True); input()"
CLOSED = f"close_memory(); {WAITS}"


def test_a_command_writes_no_core_dump_and_is_closed_to_others(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_AT_ITS_END], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "0 0 0"


def run_as_nobody(source: str, **more: int) -> subprocess.Popen[str]:
    """A process of somebody who is not root, in which this runs."""
    all_of_it = f"{Path(closed_memory.__file__).read_text(encoding='utf-8')}\n{AS_NOBODY}\n{source}"
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", all_of_it], env={"EFTERTANKE_KEY": "secret"}, text=True, **more)


@pytest.mark.parametrize("source", [WAITS, CLOSED], ids=["open", "closed"])
def test_the_same_user_can_read_the_key_out_of_a_process_that_is_not_closed_only(source: str) -> None:
    waiting = run_as_nobody(source, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert waiting.stdout is not None
    assert waiting.stdout.readline() == "ready\n"
    reader = run_as_nobody(f"assert b'secret' in open('/proc/{waiting.pid}/environ', 'rb').read()", stderr=subprocess.PIPE)
    _, refused = reader.communicate()
    waiting.communicate("\n")
    assert (reader.returncode != 0, "PermissionError" in refused) == (source == CLOSED, source == CLOSED)
