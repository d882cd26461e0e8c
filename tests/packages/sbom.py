"""Writes the bills of materials, build/sbom-production.json and build/sbom.json, as CycloneDX. `make sbom` runs it.

The tool knows from a list of requirements what is installed, and its hashes; the licences come from the packages themselves, as on the page
of licences. What a bill says depends on the lists alone: no moment, no path, no registry.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any, Final

from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

from tests.packages.licences import LOCAL, PRODUCTION, packages
from tests.packages.tools import ROOT, tool

BILLS: Final = {PRODUCTION: "sbom-production.json", LOCAL: "sbom.json"}


def bill(requirements: str) -> dict[str, Any]:
    """The bill of materials of one list."""
    making = [tool("cyclonedx-py"), "requirements", "--pyproject", "pyproject.toml", "--output-reproducible", requirements]
    made: dict[str, Any] = json.loads(subprocess.run(making, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    licences = {package.name: package.licence for package in packages()}
    names = {component["bom-ref"]: component["purl"] for component in made["components"]}
    for component in made["components"]:
        component["bom-ref"] = component["purl"]
        del component["description"]  # the line of the list
        for reference in component["externalReferences"]:
            reference["url"] = component["purl"]  # its files, wherever they are fetched from
            del reference["comment"]
        if (said := licences.get(component["name"])) is not None:  # none of what other kinds of machine install
            component["licenses"] = [licence(said)]
    for dependency in made["dependencies"]:
        dependency["ref"] = names.get(dependency["ref"], dependency["ref"])
    for made_with in made["metadata"]["tools"]["components"]:
        made_with.pop("externalReferences", None)
    return made


def licence(said: str) -> dict[str, Any]:
    """What a package says of its licence: an id or an expression of SPDX's, else its own words."""
    if is_supported_id(said):
        return {"license": {"id": said}}
    return {"expression": said} if is_expression(said) else {"license": {"name": said}}


def as_text(made: dict[str, Any]) -> str:
    """A bill as its file has it."""
    return json.dumps(made, indent=2, sort_keys=True) + "\n"


def fault(text: str) -> str | None:
    """What is wrong with a bill by CycloneDX's own schema; None: nothing."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return None if found is None else str(found)


if __name__ == "__main__":
    (ROOT / "build").mkdir(exist_ok=True)
    for requirements, name in BILLS.items():
        text = as_text(bill(requirements))
        if found := fault(text):
            raise SystemExit(found)
        (ROOT / "build" / name).write_text(text, "utf-8")
        print(f"build/{name}")
