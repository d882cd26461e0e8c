"""A PostgreSQL server for the tests: Debian's, on a port and as a user of its own; it ends with the command it was started for.

`python -m tests.support.server COMMAND ...` starts one, names it in TEST_DATABASE_URL, runs the command, and ends the server. If
TEST_DATABASE_URL names a server already, the command runs on that one.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED: Final = "TEST_DATABASE_URL"
USER: Final = "eftertanke"
WITH_PASSWORD, PASSWORD = "locked", "only-for-tests"
PLACES: Final = "/usr/lib/postgresql/*/bin"
# No test cuts the power, and what a killed process has written, the machine still has.
FAST: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200", "jit": "off"}
HBA: Final = f"host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"


class Server:
    """One server in a folder: started, stopped, restarted."""

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        self.folder, self.data = folder, folder / "data"
        self.port = _free_port()
        self.user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self._settings = FAST | (settings or {})

    @property
    def url(self) -> str:
        """The address of the server's first database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the server's folder."""
        self.folder.chmod(0o755)
        self.data.mkdir()
        if self.user:
            shutil.chown(self.data, self.user)
        self.run("initdb", "-D", str(self.data), "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        (self.data / "pg_hba.conf").write_text(HBA)
        settings = {"port": str(self.port), "listen_addresses": "'127.0.0.1'", "unix_socket_directories": "''", **self._settings}
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def start(self) -> None:
        """Start it, and return when it answers."""
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "log"), "-w", "-s", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends what is under way, `immediate` is a crash."""
        self.run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "-s", "stop")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as the server's user."""
        subprocess.run([str(programs() / program), *arguments], check=True, user=self.user, cwd="/", stdout=subprocess.DEVNULL)


@contextmanager
def running_server(settings: dict[str, str] | None = None) -> Iterator[Server]:
    """A new server that ends with the block."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    folder = Path(tempfile.mkdtemp(prefix="eftertanke-postgresql-", dir=memory if os.access(memory, os.W_OK) else None))
    server = Server(folder, settings)
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """The folder of the newest server's programs."""
    found = sorted(Path("/").glob(PLACES[1:]), key=lambda place: int(place.parent.name))
    if not found:
        sys.exit("There is no PostgreSQL server here; on Debian: apt install postgresql. Or name one in TEST_DATABASE_URL.")
    return found[-1]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> int:
    """Run the command of the arguments on a server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the server ends with whoever started it
    if NAMED in os.environ:
        return subprocess.run(sys.argv[1:], check=False).returncode
    with running_server() as server:
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, NAMED: server.url}).returncode


if __name__ == "__main__":
    sys.exit(main())
