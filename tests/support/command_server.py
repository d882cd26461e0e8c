"""Forks commands from a server that has read the bot's modules, for reading them takes most of a short command's time.

Each command is a process of its own, with its own folder, environment, output and exit code, as `python -m bot` makes it. It is made a
child of the process that tests, which can wait for it and send it signals. The server is this file, run as a program of its own.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from runpy import run_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
REQUEST_SIZE = 100_000  # bytes
LOCK = threading.Lock()


class ForkedCommand(subprocess.Popen[str]):
    """A command under way, forked by the server instead of started from nothing."""

    def __init__(self, folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        super().__init__([*arguments], cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")

    def _execute_child(self, arguments: list[str], *given: Any) -> None:
        """Called by Popen in place of starting a program; `given` is all else that it was made with."""
        folder, environment, output, errors = given[4], given[5], given[12], given[14]
        request = json.dumps({"arguments": arguments, "folder": os.fspath(folder), "environment": environment})
        with LOCK:
            server = _server(environment["PYTHONPATH"])
            socket.send_fds(server, [request.encode()], [output, errors])
            self.pid = int(server.recv(REQUEST_SIZE))
        self._child_created = True
        os.close(output)
        os.close(errors)


@cache
def _server(python_path: str) -> socket.socket:
    """The line to the server, which ends with it."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # whom its parent leaves behind becomes a child of this process
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": python_path}
    with there:
        server = subprocess.Popen([sys.executable, "-P", __file__, str(there.fileno())], env=kept, pass_fds=[there.fileno()])
    atexit.register(_end, here, server)
    return here


def _end(line: socket.socket, server: subprocess.Popen[bytes]) -> None:
    line.close()
    server.wait()


def _next_command(line: socket.socket) -> list[str]:
    """Serve until the line ends. Returns in each forked process only, with the arguments of its command."""
    while True:
        request, files, _, _ = socket.recv_fds(line, REQUEST_SIZE, 2)
        if not request:
            raise SystemExit
        told, tell = os.pipe()
        between = os.fork()
        if between == 0:
            command = os.fork()
            if command == 0:
                return _begin(json.loads(request), files, [line.detach(), told, tell])
            os.write(tell, str(command).encode())
            os._exit(0)
        os.waitpid(between, 0)
        line.send(os.read(told, REQUEST_SIZE))  # `between` has ended: the command has come to the process that tests
        for file in (told, tell, *files):
            os.close(file)


def _begin(request: dict[str, Any], files: list[int], of_server: list[int]) -> list[str]:
    """Make this process that of a command; returns the command's arguments."""
    for place, file in enumerate(files, start=1):
        os.dup2(file, place)
    for file in (*files, *of_server):
        os.close(file)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(request["folder"])
    os.umask(0)  # what a command writes for its owner alone is so by its own doing
    os.environ.clear()
    os.environ.update(request["environment"])
    return list(request["arguments"])


if __name__ == "__main__":
    import bot.commands

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the tests at a keyboard would stop the server in the midst of something
    for verb in iter_modules(bot.commands.__path__, "bot.commands."):
        import_module(verb.name)
    gc.freeze()
    sys.argv[1:] = _next_command(socket.socket(fileno=int(sys.argv[1])))
    run_module("bot", run_name="__main__", alter_sys=True)
