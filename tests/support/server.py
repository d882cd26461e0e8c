"""A PostgreSQL server for the tests: Debian's, on a port and as a user of its own; it ends with the command it was started for.

`python -m tests.support.server COMMAND ...` starts one, names it in TEST_DATABASE_URL, runs the command, and ends the server. If
TEST_DATABASE_URL names a server already, the command runs on that one. After `--pooler` PgBouncer stands before it, named in TEST_POOLER:
it lends a connection for one transaction.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED: Final = "TEST_DATABASE_URL"
POOLER: Final = "TEST_POOLER"
USER: Final = "eftertanke"
WITH_PASSWORD, PASSWORD = "locked", "only-for-tests"
ROOM: Final = 4_000_000_000  # bytes for a run's databases
PLACES: Final = "/usr/lib/postgresql/*/bin"
# No test cuts the power, and what a killed process has written, the machine still has.
FAST: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200", "jit": "off"}
HBA: Final = f"host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n"
# Few connections to the server, so that each is lent to another client at every turn.
POOLING: Final = """
[databases]
* = host={host} port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
logfile = {folder}/log
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
server_idle_timeout = 5
"""


class Server:
    """One server in a folder: started, stopped, restarted."""

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        self.folder, self.data = folder, folder / "data"
        self.port = _free_port()
        self.user = ordinary_user()
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
def running_server(settings: dict[str, str] | None = None, *, on_disk: bool = False) -> Iterator[Server]:
    """A new server that ends with the block: in memory where there is such a folder, or on the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    in_memory = not on_disk and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM  # a container's is often small
    folder = Path(tempfile.mkdtemp(prefix="eftertanke-postgresql-", dir=memory if in_memory else None))
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


@contextmanager
def running_pooler(server: str, *settings: str) -> Iterator[str]:
    """PgBouncer before the server of an address, in transaction mode, with further settings; where it listens."""
    at, port, user = urlsplit(server), _free_port(), ordinary_user()
    with tempfile.TemporaryDirectory(prefix="eftertanke-pooler-") as name:
        folder = Path(name)
        (folder / "users").write_text(f'"{at.username}" "{at.password or ""}"\n')
        (folder / "pooler.ini").write_text(
            POOLING.format(host=at.hostname, server=at.port or 5432, port=port, folder=folder) + "\n".join(settings)
        )
        for path in (folder, *folder.iterdir()) if user else ():
            shutil.chown(path, user)
        pooler = subprocess.Popen(["/usr/sbin/pgbouncer", "--quiet", str(folder / "pooler.ini")], user=user, cwd="/")
        try:
            _wait_until_it_listens(port)
            yield f"127.0.0.1:{port}"
        finally:
            pooler.kill()
            pooler.wait()


def _wait_until_it_listens(port: int) -> None:
    for _ in range(200):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    sys.exit("PgBouncer does not answer.")


def ordinary_user() -> str | None:
    """The user to run as; None for the own one. Neither PostgreSQL nor PgBouncer runs as root."""
    return "postgres" if os.geteuid() == 0 else None


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
    command = [argument for argument in sys.argv[1:] if argument != "--pooler"]
    with ExitStack() as stack:
        names = {NAMED: os.environ.get(NAMED) or stack.enter_context(running_server()).url}
        if sys.argv[1] == "--pooler":
            names[POOLER] = stack.enter_context(running_pooler(names[NAMED]))
        return subprocess.run(command, check=False, env=os.environ | names).returncode


if __name__ == "__main__":
    sys.exit(main())
