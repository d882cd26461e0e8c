"""Writes docs/third-party-licences.md: what is installed with the bot, and under which licence. `make licences` runs it."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packages.tools import ROOT, tool

PAGE: Final = ROOT / "docs" / "third-party-licences.md"
PRODUCTION, LOCAL = "requirements-production.txt", "requirements.txt"
COPYLEFT: Final = re.compile(r"[AL]?GPL|GNU|MPL|Mozilla|EUPL|CDDL|EPL|Eclipse|CC-BY-SA|ODbL", re.IGNORECASE)
TEXT: Final = """# Third-party licences

What is installed with Eftertanke on Linux, with its version and licence. `make licences` writes this page from what each package says of
itself once it is installed, and a test says when it is not current. *Production* is what a machine on Slack has,
`requirements-production.txt`; *local* is what `make run` and `rehearse` need besides. Eftertanke itself is under the MIT licence,
[LICENSE](../LICENSE), and hands on none of these packages: whoever installs it, or builds an image, fetches them.

{copyleft}

Inside some packages lies what has a licence of its own:

- `simplemma` carries word lists that are derived in part from others' lists, among them Michal Měchura's under the Open Database License.
  Whoever publishes a changed list must offer it under that licence. Eftertanke looks words up in the list as it is, and publishes none.
- `cryptography` is built with OpenSSL (Apache-2.0), and `cffi` with libffi (MIT).
- `babel` carries the locale data of the Unicode consortium (Unicode License), and `tzdata` the public domain's time zones.

| package | version | licence | where |
|---|---|---|---|
{rows}
"""
NO_COPYLEFT: Final = (
    "No package is under a licence of the GPL's, LGPL's or MPL's kind: none asks that changes, or Eftertanke itself, be published."
)
WITH_COPYLEFT: Final = (
    "Under a licence that asks whoever hands on a changed copy of the package to hand on its source as well: {names}."
    " Eftertanke uses them unchanged, so that its own licence stays as it is."
)


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package that is installed with the bot."""

    name: str
    version: str
    licence: str
    where: str


def pins(name: str) -> dict[str, str]:
    """Package → version, of a list of requirements, for the kind of machine that this is."""
    found = (Requirement(line.rstrip(" \\")) for line in (ROOT / name).read_text("utf-8").splitlines() if not line.startswith(" "))
    here = [wanted for wanted in found if wanted.marker is None or wanted.marker.evaluate()]
    return {canonicalize_name(wanted.name): str(wanted.specifier).removeprefix("==") for wanted in here}


def packages() -> list[Package]:
    """What the lists name, with the licence that each package has told the installer of."""
    said = json.loads(subprocess.run([tool("pip-licenses"), "-s", "-f", "json"], capture_output=True, text=True, check=True).stdout)
    licences = {canonicalize_name(each["Name"]): each["License"] for each in said}
    production = pins(PRODUCTION)
    return [
        Package(name=name, version=version, licence=licences[name], where="production" if name in production else "local")
        for name, version in sorted(pins(LOCAL).items())
    ]


def page(found: list[Package]) -> str:
    """The page's text."""
    names = ", ".join(f"`{package.name}` ({package.licence})" for package in found if COPYLEFT.search(package.licence))
    rows = "\n".join(f"| {package.name} | {package.version} | {package.licence} | {package.where} |" for package in found)
    return TEXT.format(copyleft=WITH_COPYLEFT.format(names=names) if names else NO_COPYLEFT, rows=rows)


if __name__ == "__main__":
    PAGE.write_text(page(packages()), "utf-8")
