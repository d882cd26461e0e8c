"""Which programme runs now, and what if its file is edited?

The store holds the programmes of a folder as they last loaded without faults. A bad edit keeps the old ones running; what was wrong
is handed back to be told. The same `load_folder` that checks a file loads it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import ProgrammeFaults
from schedules.checking.fault_messages import WrongKind
from schedules.checking.source import unreadable_file
from schedules.due import current_programme, ends_at
from schedules.programme_file import load_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.errors import Fault
    from bot.programme import Programme

ENDINGS: Final = (".yaml", ".csv")
CARE_AFTER_END: Final = timedelta(weeks=4)  # a finished programme is looked after so long: its last digest is reviewed and answered


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an edit of the folder led to. Another version of the running programme, or faults (then the old one runs on), or their end."""

    before: Programme
    after: Programme
    name: str  # the same for the same edit, whichever process sees it, so that it is told once
    faults: tuple[Fault, ...] = ()


class ProgrammeStore:
    """The programmes of one folder. Opening it raises ProgrammeFaults if they cannot run; no later edit raises, and no file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file_states = self._read_file_states()
        self._programmes = self._load()
        self._faults: tuple[Fault, ...] = ()  # of the folder as it is now
        self._is_changing = False  # it was, while it was being loaded

    def all(self) -> tuple[Programme, ...]:
        """All programmes, in the order in which they run."""
        return self._programmes

    def first(self) -> Programme:
        """The programme that began first."""
        return self._programmes[0]

    def current(self, now: datetime) -> Programme:
        """The programme that runs or comes next."""
        return current_programme(self._programmes, now)

    def running(self, now: datetime) -> tuple[Programme, ...]:
        """The programme that runs, and before it those that have finished lately."""
        current = self.current(now)
        return tuple(
            programme
            for programme in self._programmes
            if programme is current or ends_at(programme) < now <= ends_at(programme) + CARE_AFTER_END
        )

    def by_id(self, programme_id: str, now: datetime) -> Programme:
        """The programme with this id; the one that runs, if its file has gone."""
        return next((programme for programme in self._programmes if programme.id == programme_id), self.current(now))

    def refresh(self, now: datetime) -> Edit | None:
        """Look whether the folder was edited; if so load it again, or keep the old and say why. What changes nothing is no edit.

        While there are faults it is loaded at every look: a right that is given back, or a share that is there again, shows in no time
        or size. What changes while it is being loaded is judged at the next look, whatever else changes by then.
        """
        file_states = self._read_file_states()
        if file_states == self._file_states and not self._faults:
            return None
        before, faults_before = self.current(now), self._faults
        try:
            self._programmes, self._faults = self._load(), ()
        except ProgrammeFaults as error:
            self._is_changing = not self._is_changing and self._read_file_states() != file_states
            if self._is_changing:
                return None
            self._faults = error.faults
        self._file_states = file_states  # what cannot be judged now, for whatever reason, is looked at again
        edit = Edit(before=before, after=self.current(now), name=_fingerprint(file_states), faults=self._faults)
        return edit if edit.after != before or self._faults != faults_before else None

    def reset(self) -> None:
        """Begin anew with the folder as it is now. Where that has faults the old programmes run on, and the next look tells of them."""
        file_states = self._read_file_states()
        self._file_states, self._faults, self._is_changing = frozenset(), (), False
        with suppress(ProgrammeFaults):
            self._programmes, self._file_states = self._load(), file_states

    def _load(self) -> tuple[Programme, ...]:
        programmes = load_folder(self._folder)
        if not programmes:
            raise unreadable_file(self._folder, WrongKind.NO_PROGRAMME)
        return programmes

    def _read_file_states(self) -> frozenset[tuple[str, int, int]]:
        """What the folder looks like from outside: names, times and sizes of the files that a programme is made of."""
        return frozenset(map(_state, _files_in(self._folder)))


def _files_in(folder: Path) -> Iterator[str]:
    """The files of a folder and its own folders; nothing of one that cannot be read."""
    for place, _, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.endswith(ENDINGS))  # noqa: PTH118 - a Path a file costs ten times more


def _fingerprint(file_states: frozenset[tuple[str, int, int]]) -> str:
    return hashlib.sha256(repr(sorted(file_states)).encode()).hexdigest()[:16]


def _state(file: str) -> tuple[str, int, int]:
    """Name, time and size; of what is gone or out of reach, the reason."""
    try:
        stat = os.stat(file)  # noqa: PTH116 - likewise
    except OSError as error:
        return file, -1, error.errno or 0
    return file, stat.st_mtime_ns, stat.st_size
