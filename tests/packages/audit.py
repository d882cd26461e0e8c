"""Asks which pinned packages have known vulnerabilities, and says plainly what could not be asked. `make audit` runs it."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Final

from tests.packages.tools import ROOT, tool

LIST: Final = "requirements-dev.txt"  # holds everything of the other lists too
CLEAN: Final = "{n} packages of {list}: none has a known vulnerability."
FOUND: Final = "{name} {version}: {id}; mended in {fixed}"
NOT_ASKED: Final = (
    "The source of known vulnerabilities could not be reached for {n} of the packages in {list}, so that they were not audited ({why})."
    " Run this where the internet is, or behind a proxy with HTTPS_PROXY set."
)


def ask() -> tuple[str, str]:
    """What pip-audit says of the list, as JSON, and what it complains of."""
    asking = [tool("pip-audit"), "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json", "--requirement", LIST]
    done = subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def judge(said: str, complaint: str) -> list[str]:
    """The lines that tell what is wrong; none: every package was asked about, and nothing is known of any."""
    try:
        answers: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except ValueError:
        return [NOT_ASKED.format(n="all", list=LIST, why=next(reversed(complaint.splitlines()), "no answer"))]
    lines = [
        FOUND.format(
            name=answer["name"], version=answer["version"], id=known["id"], fixed=", ".join(known["fix_versions"]) or "no version yet"
        )
        for answer in answers
        for known in answer.get("vulns", ())
    ]
    skipped = [answer["skip_reason"] for answer in answers if "skip_reason" in answer]
    return [*lines, NOT_ASKED.format(n=len(skipped), list=LIST, why=skipped[0])] if skipped else lines


def main() -> None:
    """Print what was found; exit 1 if anything was, or if anything could not be asked."""
    said, complaint = ask()
    if lines := judge(said, complaint):
        raise SystemExit("\n".join(lines))
    print(CLEAN.format(n=len(json.loads(said)["dependencies"]), list=LIST))


if __name__ == "__main__":
    main()
