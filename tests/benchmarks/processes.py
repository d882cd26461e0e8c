"""The processes between which is measured: the workspace, and a line to it. Each has an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class WorkspaceProcess:
    """The workspace's process."""

    def __init__(self, root: Path, participants: int) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.workspace_process", str(participants)]
        self.process = subprocess.Popen(command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.address = self.heard()

    def heard(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def told(self, what: str) -> Any:
        """Say something to the process; its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return self.heard()


@contextmanager
def workspace_process(root: Path, participants: int) -> Iterator[WorkspaceProcess]:
    """A workspace with so many participants, for a while."""
    made = WorkspaceProcess(root, participants)
    yield made
    made.process.communicate(timeout=20)


@contextmanager
def line_process(root: Path, workspace: WorkspaceProcess, delay: float) -> Iterator[str]:
    """The address of a line to the workspace on which a call takes `delay` seconds; Socket Mode goes over it too."""
    command = [sys.executable, "-m", "tests.support.line", workspace.address, str(delay)]
    with subprocess.Popen(command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        workspace.told(f"address {address}")
        yield address
        process.communicate(timeout=20)
