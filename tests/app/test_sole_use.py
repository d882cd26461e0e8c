"""A database file serves one machine: whoever shares the lock beside it says which."""

from __future__ import annotations

import fcntl
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Barrier, local
from typing import IO, TYPE_CHECKING

import pytest

from bot.app import sole_use
from bot.app.sole_use import machine_id, mark_in_use
from bot.errors import SetupFault
from bot.programme import Language
from bot.wording import say

if TYPE_CHECKING:
    from pathlib import Path

TOLD = {
    Language.EN: (
        "A bot on another machine uses {file}, and a database file serves one machine. End that bot first. For several machines use "
        "PostgreSQL: DATABASE_URL=postgresql://... (see docs/operating.md)."
    ),
    Language.DA: (
        "En bot på en anden maskine bruger {file}, og en databasefil er kun til én maskine. Stop den anden bot først. Skal flere maskiner "
        "være sammen om det, så brug PostgreSQL: DATABASE_URL=postgresql://... (se docs/operating.md)."
    ),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "eftertanke.sqlite"


@pytest.fixture
def on_machine(monkeypatch: pytest.MonkeyPatch) -> local:
    """Whose `name` is the machine that this thread is on."""
    here = local()
    here.name = "ours"
    monkeypatch.setattr(sole_use, "machine_id", lambda: here.name)
    return here


def lock_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.in-use")


@pytest.mark.parametrize("language", TOLD)
def test_another_machine_is_refused_and_told_what_to_use(file: Path, on_machine: local, language: Language) -> None:
    with closing(mark_in_use(file)), closing(mark_in_use(file)):  # two bots of one machine
        on_machine.name = "another"
        with pytest.raises(SetupFault) as refused:
            mark_in_use(file).close()
        assert lock_file(file).read_text(encoding="ascii") == "ours"
    (said,) = refused.value.said
    assert say(language, said.key, **dict(said.values)) == TOLD[language].format(file=file)


def test_when_the_last_bot_of_a_machine_has_ended_another_may_take_its_place(file: Path, on_machine: local) -> None:
    with closing(mark_in_use(file)):
        pass
    on_machine.name = "another"
    with closing(mark_in_use(file)), closing(mark_in_use(file)):
        assert lock_file(file).read_text(encoding="ascii") == "another"


def test_beside_a_bot_of_an_earlier_version_that_named_no_machine_one_may_begin(file: Path) -> None:
    with lock_file(file).open("a", encoding="ascii") as earlier:
        fcntl.flock(earlier, fcntl.LOCK_SH)
        mark_in_use(file).close()


def test_of_two_machines_that_begin_at_once_only_one_is_let_in(file: Path, on_machine: local) -> None:
    def begin(name: str) -> tuple[str, IO[str]] | None:
        on_machine.name = name
        together.wait()
        try:
            return name, mark_in_use(file)
        except SetupFault:
            return None
        finally:
            together.wait()

    together = Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        for _ in range(20):
            let_in = [found for found in threads.map(begin, ["ours", "another"] * 3) if found]
            with ExitStack() as until_looked:
                for _name, lock in let_in:
                    until_looked.enter_context(lock)
            assert len({name for name, _lock in let_in}) == 1


def test_a_machine_is_the_same_each_time_and_does_not_give_its_name_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine_id() == machine_id()
    monkeypatch.setattr(sole_use, "BOOT", tmp_path / "absent")
    assert machine_id() == machine_id()
    assert socket.gethostname() not in machine_id()
