"""Plants each bug in a copy of the project, and reports whether its test notices.

Each bug of the list is planted into a copy of what is committed, and the one test that is named beside it is run there alone: it must
fail. Two at a time; a line for each, and a sum. Words behind the command choose among the bugs: `ARGS="quote floor"`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.mutants.planted import MUTANTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
SECONDS = 180
FAILED = re.compile(r"^1 failed(?:, \d+ (?:passed|deselected|warnings?))* in ", re.MULTILINE)  # not: an error of setting up
ON_SERVER = (sys.executable, "-m", "tests.support.server")
PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-x",
    "-q",
    "--tb=no",
    "--no-header",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "-p",
    "no:xdist",
)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a mutant; `why` it is still alive, or empty."""

    mutant: Mutant
    why: str

    def __str__(self) -> str:
        said = f"killed    {self.mutant.bug}" if not self.why else f"SURVIVED  {self.mutant.bug}: {self.why}"
        return f"{said}\n            {self.mutant.killed_by}"


def committed() -> list[str]:
    """The files that git knows, as they stand in the working tree."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in names.split("\0") if name and (ROOT / name).is_file()]


def copy(names: Sequence[str], to: Path) -> None:
    """Copy these files."""
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)


def tried(mutant: Mutant, names: Sequence[str]) -> Outcome:
    """Plant a bug into a copy and run its test there."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        copy(names, here)
        for file, text in mutant.planted(ROOT).items():
            (here / file).write_text(text, encoding="utf-8")
        return Outcome(mutant=mutant, why=_alive(mutant, here))


def _alive(mutant: Mutant, here: Path) -> str:
    try:
        done = subprocess.run(
            [*(ON_SERVER if mutant.is_on_server else ()), *PYTEST, mutant.killed_by],
            cwd=here,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "CI": "true"},
        )
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} s"
    if done.returncode == 1 and FAILED.search(done.stdout):
        return ""
    return (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]


def main(words: Sequence[str]) -> int:
    """Try all bugs, or those that speak of one of these words; 1 if one was not noticed."""
    chosen = [mutant for mutant in MUTANTS if not words or any(word in mutant.bug for word in words)]
    names, survived = committed(), 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(lambda each: tried(each, names), chosen):
            survived += bool(outcome.why)
            print(outcome, flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} planted bugs were noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
