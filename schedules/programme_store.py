"""The programme store holds the programmes in force, and those of a folder as they last loaded without faults.

In force is the text that runs, as the database keeps it. The file may say something else: an edit that is held, or faults. A programme that
has not begun yet follows its file. Faults are returned, so that organisers can be told. Files are loaded by the same `load_folder` that
checks them; files of people are read from the folder, whatever text names them.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from bot.errors import ProgrammeFaults
from schedules.checking.fault_messages import WrongKind
from schedules.checking.slips.clashes import overlap_until
from schedules.checking.slips.folder_names import is_hidden
from schedules.checking.source import unreadable_file
from schedules.due import current_programme, ends_at
from schedules.programme_file import files_passed_over, load_content, load_folder, load_with_lists, load_without_lists, read_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from bot.errors import Fault
    from bot.programme import Programme

ENDINGS: Final = (".yaml", ".csv")
CARE_AFTER_END: Final = timedelta(weeks=4)  # the bot looks after a finished programme for so long: its last digest is reviewed and answered


class RunningText(Protocol):
    """A programme's text that runs, as the database keeps it. `file`: its name in the folder."""

    @property
    def programme(self) -> str:
        """The programme's id."""

    @property
    def file(self) -> str:
        """The name of its file in the folder."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@dataclass(frozen=True, kw_only=True)
class FolderChange:
    """A change of the folder. It brings another programme in force, faults (what runs goes on), or the end of faults."""

    before: Programme
    after: Programme
    name: str  # the same in every process, so that organisers are told of the edit once
    faults: tuple[Fault, ...] = ()
    to_come: tuple[tuple[Programme, Programme], ...] = ()  # later programmes that it changes, as they were and as they are


class ProgrammeStore:
    """The programmes of one folder. Only opening it raises ProgrammeFaults; later edits and disk errors raise nothing."""

    def __init__(self, folder: Path, running: Iterable[RunningText] = (), unwanted: Collection[str] = ()) -> None:
        """With texts that are `running`, they are in force, and the folder may have faults: the first `refresh` returns those.

        `unwanted`: checksums of texts that are held or were declined. No file with one of them stands in for a text that runs.
        """
        self._folder, self._unwanted = folder, frozenset(unwanted)
        self._texts = {text.programme: text for text in running}
        self._loaded: dict[str, Programme] = {}  # from these texts, by id
        self._refused: dict[str, tuple[Fault, ...]] = {}  # why some cannot be loaded as things are
        self._on_disk: tuple[Programme, ...] = ()
        self._faults: tuple[Fault, ...] = ()  # of the folder as it is now
        self._is_changing = False  # whether the folder changed while it was last loaded
        self._is_good = False  # whether it loaded without faults of its own when it was last looked at
        self._load_texts()
        self._file_states = None if self._texts else self._read_file_states()  # None: to be looked at anew
        try:
            self._on_disk, self._is_good = self._load(), True
        except ProgrammeFaults:
            if not self._loaded:
                raise
        self._in_force = self._find_in_force()
        if not self._in_force:  # what runs cannot be loaded, and nobody wants its file
            raise ProgrammeFaults([fault for faults in self._refused.values() for fault in faults])

    @property
    def has_faults(self) -> bool:
        """Whether the folder had faults when it was last looked at."""
        return bool(self._faults)

    def all(self) -> tuple[Programme, ...]:
        """All programmes in force, in the order in which they run."""
        return self._in_force

    def first(self) -> Programme:
        """The programme that began first."""
        return self._in_force[0]

    def current(self, now: datetime) -> Programme:
        """The programme that runs or comes next."""
        return current_programme(self._in_force, now)

    def running(self, now: datetime) -> tuple[Programme, ...]:
        """The current programme, after those that have finished lately."""
        current = self.current(now)
        return tuple(
            programme
            for programme in self._in_force
            if programme is current or ends_at(programme) < now <= ends_at(programme) + CARE_AFTER_END
        )

    def past(self, now: datetime) -> tuple[Programme, ...]:
        """The programmes that finished longer ago."""
        running = self.running(now)
        return tuple(programme for programme in self._in_force if programme not in running and ends_at(programme) < now)

    def by_id(self, programme_id: str, now: datetime) -> Programme:
        """The programme with this id, or the current one if there is none."""
        return next((programme for programme in self._in_force if programme.id == programme_id), self.current(now))

    def on_disk(self, programme_id: str) -> Programme | None:
        """The programme with this id as its file last loaded; None if no file names it."""
        return next((programme for programme in self._on_disk if programme.id == programme_id), None)

    def files(self) -> frozenset[tuple[str, str, str, datetime]]:
        """Ids, names, checksums and times of the files as last loaded; none if the folder has faults."""
        on_disk = self._on_disk if self._is_good else ()
        return frozenset((programme.id, programme.file, programme.checksum, self.time_of(programme)) for programme in on_disk)

    def time_of(self, programme: Programme) -> datetime:
        """The time of a file as it was last loaded."""
        times = {file: time for file, time, _ in self._file_states or ()}
        return moment_of_file(times.get(programme.file, 0))

    def text_as_loaded(self, programme_id: str) -> Programme | None:
        """The programme with this id from the text that runs; None if that could not be loaded."""
        return self._loaded.get(programme_id)

    def run(self, texts: Iterable[RunningText]) -> None:
        """Let these texts, and no others, be the ones that run. Of one that cannot be loaded, what was in force stays so."""
        self._texts = {text.programme: text for text in texts}
        self._loaded = {id_: programme for id_, programme in self._loaded.items() if id_ in self._texts}
        self._load_texts()
        self._file_states = None if self._refused else self._file_states  # the next `refresh` returns why
        self._in_force = self._find_in_force()

    def refresh(self, now: datetime) -> FolderChange | None:
        """Load the folder again if it was edited. Returns the edit, or None if nothing changes by it.

        While there are faults it is loaded at every call, because faults can end without a change of any time or size: a right is given
        back, or a share is mounted again. If the folder changes during loading, it is judged at the next call, even if it changes again.
        """
        file_states = self._read_file_states()
        if file_states == self._file_states and not self._faults:
            return None
        before, faults_before, to_come = self.current(now), self._faults, self._to_come(now)
        try:
            self._is_good = False
            self._on_disk, self._faults = self._load(), ()
            self._load_texts()
            self._faults = tuple(self._faults_of_running(now))
            if not self._on_disk and not self._faults:  # what ran from here is over
                raise self._no_programme()
            self._is_good = True
        except ProgrammeFaults as error:
            self._is_changing = not self._is_changing and self._read_file_states() != file_states
            if self._is_changing:
                return None
            self._faults = error.faults
            self._load_texts()  # their files of people may have changed
        self._in_force = self._find_in_force()
        self._file_states = file_states  # only now: after any other error the next call must load it again
        name = hashlib.sha256(repr(sorted(file_states)).encode()).hexdigest()[:16]
        changed = tuple((to_come[id_], new) for id_, new in self._to_come(now).items() if to_come.get(id_, new) != new)
        edit = FolderChange(before=before, after=self.current(now), name=name, faults=self._faults, to_come=changed)
        return edit if edit.after != before or self._faults != faults_before or changed else None

    def _to_come(self, now: datetime) -> dict[str, Programme]:
        """The programmes after the current one, by id. They follow their files."""
        current = self.current(now)
        return {programme.id: programme for programme in self._in_force if programme.id not in {*self._texts, current.id}}

    def reset(self) -> None:
        """Begin anew with the folder as it is now, and no text that runs.

        If it has faults, the old programmes run on, and the next `refresh` reports them.
        """
        file_states = self._read_file_states()
        self._file_states, self._faults, self._is_changing = None, (), False
        with suppress(ProgrammeFaults):
            self._is_good = False
            on_disk = load_folder(self._folder)
            if not on_disk:
                return
            self._on_disk, self._file_states, self._is_good = on_disk, file_states, True
            self._texts, self._loaded = {}, {}
            self._in_force = self._find_in_force()

    def is_as_loaded(self) -> bool:
        """Whether the folder is still as it was last loaded, without faults. Only then may its texts be judged."""
        return self._is_good and self._read_file_states() == self._file_states

    def _load(self) -> tuple[Programme, ...]:
        programmes = load_folder(self._folder)
        if not programmes and not self._loaded:
            raise self._no_programme()
        return programmes

    def _no_programme(self) -> ProgrammeFaults:
        if passed_over := files_passed_over(self._folder):  # they say better why there is none
            return ProgrammeFaults(passed_over)
        return unreadable_file(self._folder, WrongKind.NO_PROGRAMME)

    def _load_texts(self) -> None:
        """Load the texts that run, with the files of people that they name. One that cannot be loaded stays as it was."""
        self._refused = {}
        for text in self._texts.values():
            try:
                self._loaded[text.programme] = load_content(self._folder / text.file, text.content)
            except ProgrammeFaults as error:
                self._load_refused(text, error.faults)

    def _load_refused(self, text: RunningText, faults: Sequence[Fault]) -> None:
        """Load a text that is refused today as it runs, with the lists of today.

        If these have faults, what is loaded stays; if nothing is yet, its lists are held: nobody leaves by that.
        """
        with suppress(ProgrammeFaults):
            self._loaded[text.programme] = load_with_lists(self._folder / text.file, text.content)
            return
        self._refused[text.programme] = tuple(faults)
        known = self._loaded.get(text.programme)
        if known is None or known.content != text.content:
            with suppress(ProgrammeFaults):
                self._loaded[text.programme] = load_without_lists(self._folder / text.file, text.content)

    def _find_in_force(self) -> tuple[Programme, ...]:
        """What runs, and the new programmes that stand in the way of nothing that runs, in the order in which they run."""
        new = (programme for programme in self._on_disk if self._is_new(programme) and not self._obstacles(programme))
        return tuple(sorted((*self._loaded.values(), *new), key=lambda programme: (programme.rounds.from_, programme.file)))

    def _is_new(self, programme: Programme) -> bool:
        """Whether a programme on the disk has no text that runs, or one that cannot be loaded any more while its file is wanted."""
        has_lost_its_text = programme.id in self._texts
        return programme.id not in self._loaded and not (has_lost_its_text and programme.checksum in self._unwanted)

    def _obstacles(self, new: Programme) -> list[Programme]:
        """What runs at the same time as a new programme. Only one on the disk that has no text of its own is new."""
        return [programme for programme in self._loaded.values() if programme.id != new.id and _overlap(programme, new)]

    def _faults_of_running(self, now: datetime) -> Iterator[Fault]:
        """The faults of a folder that is good in itself: what runs has no file there any more, or a new programme is in its way."""
        lost = {programme.file: programme for id_, programme in self._loaded.items() if self.on_disk(id_) is None}
        files = {programme.file: programme for programme in self._on_disk}
        yield from self._faults_of_unwanted_files()
        for id_, programme in self._loaded.items():
            if ends_at(programme) >= now:
                yield from self._refused.get(id_, ())
                if programme.file in lost and programme.file not in files:
                    yield from self._why_missed(programme)
        for new in files.values():
            source = read_source(Path(new.file))
            if new.file in lost and ends_at(lost[new.file]) >= now:
                yield source.fault(source.value_at(("programme",)), WrongKind.RUNNING_RENAMED, value=lost[new.file].id)
            elif new.id not in self._loaded:
                for programme in self._obstacles(new)[:1]:
                    values = {"other": programme.file, "until": overlap_until(programme)}
                    yield source.fault(source.value_at(("rounds", "from")), WrongKind.OVERLAP, **values)

    def _why_missed(self, running: Programme) -> Sequence[Fault]:
        """Why nothing is read of the file of what runs: it is passed over by its name, or gone."""
        passed_over = [fault for fault in files_passed_over(self._folder) if fault.file == running.file]
        return passed_over or unreadable_file(running.file, WrongKind.RUNNING_GONE, value=running.id).faults

    def _faults_of_unwanted_files(self) -> Iterator[Fault]:
        """Why programmes stand still: nothing of their texts can be loaded, and nobody wants their files."""
        for programme in self._on_disk:
            if programme.id not in self._loaded and not self._is_new(programme):
                yield from self._refused[programme.id]

    def _read_file_states(self) -> frozenset[tuple[str, int, int]]:
        """Names, times and sizes of all programme and people files in the folder and below. Unreadable folders are left out."""
        return frozenset(
            _state(os.path.join(place, name))  # noqa: PTH118 - a Path a file costs ten times more
            for place, _, names in os.walk(self._folder)
            for name in names
            if name.endswith(ENDINGS) and not is_hidden(name)
        )


def _overlap(running: Programme, new: Programme) -> bool:
    """Whether two programmes run at the same time."""
    earlier, later = sorted((running, new), key=lambda programme: programme.rounds.from_)
    return later.rounds.from_ <= overlap_until(earlier)


def moment_of_file(nanoseconds: int) -> datetime:
    """The moment of a file's time."""
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)


def _state(file: str) -> tuple[str, int, int]:
    """The name, time and size of a file. For a file that cannot be reached: its name, -1 and the error number."""
    try:
        stat = os.stat(file)  # noqa: PTH116 - likewise
    except OSError as error:
        return file, -1, error.errno or 0
    return file, stat.st_mtime_ns, stat.st_size
