"""Which programme runs now, and what if its file is edited?

The store holds the programmes of a folder as they last loaded without faults. A bad edit keeps the old ones running; what was wrong
is handed back to be told. The same `load_folder` that checks a file loads it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import Fault, ProgrammeFaults
from schedules.due import ends_at
from schedules.programme_file import load_folder

if TYPE_CHECKING:
    import os
    from datetime import datetime
    from pathlib import Path

    from bot.programme import Programme


CARE_AFTER_END: Final = timedelta(weeks=4)  # a finished programme is looked after so long: its last digest is reviewed and answered


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an edit of the folder led to. Another version of the running programme, or faults (then the old one runs on), or their end."""

    before: Programme
    after: Programme
    name: str  # the same for the same edit, whichever process sees it, so that it is told once
    faults: tuple[Fault, ...] = ()


class ProgrammeStore:
    """The programmes of one folder. Opening it raises ProgrammeFaults if they cannot run; later edits never raise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file_states = self._read_file_states()
        self._programmes = self._load()
        self._faults: tuple[Fault, ...] = ()  # of the folder as it is now

    def all(self) -> tuple[Programme, ...]:
        """All programmes, in the order in which they run."""
        return self._programmes

    def first(self) -> Programme:
        """The programme that began first."""
        return self._programmes[0]

    def current(self, now: datetime) -> Programme:
        """The programme that runs: the first one not finished, else the last that was."""
        return next((programme for programme in self._programmes if ends_at(programme) >= now), self._programmes[-1])

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
        """Look whether the folder was edited; if so load it again, or keep the old and say why. What changes nothing is no edit."""
        file_states = self._read_file_states()
        if file_states == self._file_states:
            return None
        before, faults_before, self._faults = self.current(now), self._faults, ()
        try:
            self._programmes = self._load()
        except ProgrammeFaults as error:
            self._faults = error.faults
        self._file_states = file_states  # what cannot be judged now, for whatever reason, is looked at again
        edit = Edit(before=before, after=self.current(now), name=_fingerprint(file_states), faults=self._faults)
        return edit if edit.after != before or self._faults != faults_before else None

    def _load(self) -> tuple[Programme, ...]:
        programmes = load_folder(self._folder)
        if not programmes:
            cure = "there is no programme here; make one: .venv/bin/python -m bot new FILE --from DATE"
            raise ProgrammeFaults([Fault(file=str(self._folder), line=1, column=1, message=cure)])
        return programmes

    def _read_file_states(self) -> frozenset[tuple[str, int, int]]:
        """What the folder looks like from outside: names, times and sizes of the files that a programme is made of."""
        files = [*self._folder.glob("*.yaml"), *self._folder.glob("**/*.csv")]
        return frozenset((str(file), stat.st_mtime_ns, stat.st_size) for file in files if (stat := _stat(file)) is not None)


def _fingerprint(file_states: frozenset[tuple[str, int, int]]) -> str:
    return hashlib.sha256(repr(sorted(file_states)).encode()).hexdigest()[:16]


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:  # deleted between listing and looking, or out of reach
        return None
