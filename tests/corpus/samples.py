"""Samples of bad and odd files: how each is made from a good programme, and reading them as the bot would."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import ProgrammeFaults
from schedules.programme_file import files_passed_over, load_file, load_folder
from tests.schedules.conftest import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bot.errors import Fault
    from bot.sentence import Sentence

LEADERS = "leaders: {usergroup: S0LEADERS}"
FROM_FILE = SMALL.replace(LEADERS, "leaders: {file: people/leaders.csv}")
PEOPLE = "".join(f"person{number}@example.org\n" for number in range(20))


@dataclass(frozen=True)
class Sample:
    """A programme file, or its bytes, and the files beside it. `prepare` may do more in the folder."""

    name: str
    content: str | bytes = SMALL
    beside: Mapping[str, str | bytes] = field(default_factory=dict)
    prepare: Callable[[Path], object] | None = None
    whole_folder: bool = False

    def write(self, folder: Path) -> Path:
        """Write the sample into a folder that is emptied before. The programme's file."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in {"small.yaml": self.content, **self.beside}.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        if self.prepare:
            self.prepare(folder)
        return folder / "small.yaml"

    def told(self, folder: Path) -> tuple[tuple[Fault, ...], tuple[Sentence, ...]]:
        """What is wrong with it; if nothing is, the remarks on it."""
        file = self.write(folder)
        try:
            if self.whole_folder:
                load_folder(folder)
                return (), tuple(fault.said for fault in files_passed_over(folder))
            return (), load_file(file).remarks
        except ProgrammeFaults as error:
            return error.faults, ()


def swapped(kind: str, old: str, *news: str, within: str = SMALL) -> Iterator[Sample]:
    """A sample for each text that stands in the place of another, named after its line."""
    assert within.count(old) == 1, old
    for new in news:
        yield Sample(f"{kind} {new!r}", within.replace(old, new))


def of_people(*contents: tuple[str, str | bytes]) -> Iterator[Sample]:
    """Samples of lists beside a good programme."""
    for name, content in contents:
        yield Sample(f"list: {name}", FROM_FILE, {"people/leaders.csv": content})
