"""The programme store holds the programmes of a folder as they last loaded without faults.

After a bad edit the old programmes run on; the faults are returned, so that organisers can be told. Files are loaded by the same
`load_folder` that checks them.
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
    from datetime import datetime
    from pathlib import Path

    from bot.errors import Fault
    from bot.programme import Programme

ENDINGS: Final = (".yaml", ".csv")
CARE_AFTER_END: Final = timedelta(weeks=4)  # the bot looks after a finished programme for so long: its last digest is reviewed and answered


@dataclass(frozen=True, kw_only=True)
class Edit:
    """An edit of the folder. It brings a new version, faults (the old version runs on), or the end of faults."""

    before: Programme
    after: Programme
    name: str  # the same in every process, so that organisers are told of the edit once
    faults: tuple[Fault, ...] = ()


class ProgrammeStore:
    """The programmes of one folder. Only opening it raises ProgrammeFaults; later edits and disk errors raise nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file_states = self._read_file_states()
        self._programmes = self._load()
        self._faults: tuple[Fault, ...] = ()  # of the folder as it is now
        self._is_changing = False  # whether the folder changed while it was last loaded

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
        """The current programme, after those that have finished lately."""
        current = self.current(now)
        return tuple(
            programme
            for programme in self._programmes
            if programme is current or ends_at(programme) < now <= ends_at(programme) + CARE_AFTER_END
        )

    def past(self, now: datetime) -> tuple[Programme, ...]:
        """The programmes that finished longer ago, and whose files are still there."""
        running = self.running(now)
        return tuple(programme for programme in self._programmes if programme not in running and ends_at(programme) < now)

    def by_id(self, programme_id: str, now: datetime) -> Programme:
        """The programme with this id, or the current one if its file has gone."""
        return next((programme for programme in self._programmes if programme.id == programme_id), self.current(now))

    def refresh(self, now: datetime) -> Edit | None:
        """Load the folder again if it was edited. Returns the edit, or None if nothing changes by it.

        While there are faults it is loaded at every call, because faults can end without a change of any time or size: a right is given
        back, or a share is mounted again. If the folder changes during loading, it is judged at the next call, even if it changes again.
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
        self._file_states = file_states  # only now: after any other error the next call must load it again
        name = hashlib.sha256(repr(sorted(file_states)).encode()).hexdigest()[:16]
        edit = Edit(before=before, after=self.current(now), name=name, faults=self._faults)
        return edit if edit.after != before or self._faults != faults_before else None

    def reset(self) -> None:
        """Begin anew with the folder as it is now. If it has faults, the old programmes run on, and the next `refresh` reports them."""
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
        """Names, times and sizes of all programme and people files in the folder and below. Unreadable folders are left out."""
        return frozenset(
            _state(os.path.join(place, name))  # noqa: PTH118 - a Path a file costs ten times more
            for place, _, names in os.walk(self._folder)
            for name in names
            if name.endswith(ENDINGS)
        )


def _state(file: str) -> tuple[str, int, int]:
    """The name, time and size of a file. For a file that cannot be reached: its name, -1 and the error number."""
    try:
        stat = os.stat(file)  # noqa: PTH116 - likewise
    except OSError as error:
        return file, -1, error.errno or 0
    return file, stat.st_mtime_ns, stat.st_size
