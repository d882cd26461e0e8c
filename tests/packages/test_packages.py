"""The page of licences is current, a bill of materials is whole and tells nothing of this machine, and an audit hides nothing."""

from __future__ import annotations

import json
import re

import pytest

from tests.packages import audit, sbom
from tests.packages.licences import COPYLEFT, LOCAL, NO_COPYLEFT, PAGE, PRODUCTION, Package, packages, page, pins


@pytest.fixture(scope="module")
def found() -> list[Package]:
    return packages()


def test_the_page_of_licences_is_current(found: list[Package]) -> None:
    assert PAGE.read_text("utf-8") == page(found), "make licences"


def test_each_package_has_a_licence_and_only_the_servers_is_of_the_copyleft_kind(found: list[Package]) -> None:
    assert [package.name for package in found if package.licence == "UNKNOWN"] == []
    copyleft = {package.name: package.licence for package in found if COPYLEFT.search(package.licence)}
    assert copyleft == dict.fromkeys(["psycopg", "psycopg-binary"], "LGPL-3.0-only")  # imported as they are
    assert {package.where for package in found} == {"production", "local"}


@pytest.mark.parametrize("licence", ["LGPL-3.0-or-later", "Mozilla Public License 2.0 (MPL 2.0)", "GNU General Public License v2 (GPLv2)"])
def test_a_licence_of_the_copyleft_kind_would_be_named(licence: str) -> None:
    text = page([Package(name="surprise", version="1", licence=licence, where="production")])
    assert f"`surprise` ({licence})" in text
    assert NO_COPYLEFT not in text


@pytest.mark.long
@pytest.mark.parametrize("requirements", [PRODUCTION, LOCAL])
def test_a_bill_of_materials_holds_all_that_is_installed_and_nothing_of_this_machine(requirements: str) -> None:
    text = sbom.as_text(sbom.bill(requirements))
    assert sbom.fault(text) is None
    assert text == sbom.as_text(sbom.bill(requirements))
    made = json.loads(text)
    there = {component["name"]: component for component in made["components"]}
    pinned = pins(requirements)
    assert {name: there[name]["version"] for name in pinned} == pinned
    assert [name for name in pinned if "licenses" not in there[name]] == []
    assert re.findall(r"https?://[\w.-]+", text) == ["http://cyclonedx.org"]
    assert not re.search(r'"/(?:\w+/)+|file:', text)


def answer(**said: object) -> str:
    return json.dumps({"dependencies": [{"name": "typer", "version": "1", "vulns": []}, {"name": "rich", "version": "2", **said}]})


def test_an_audit_in_which_all_were_asked_about_is_clean() -> None:
    assert audit.judge(answer(vulns=[]), "") == []


def test_an_audit_names_what_is_known_and_where_it_is_mended() -> None:
    known = [{"id": "PYSEC-1", "fix_versions": ["2.1"]}, {"id": "PYSEC-2", "fix_versions": []}]
    assert audit.judge(answer(vulns=known), "") == ["rich 2: PYSEC-1; mended in 2.1", "rich 2: PYSEC-2; mended in no version yet"]


@pytest.mark.parametrize(
    ("said", "complaint", "how_many", "why"),
    [
        (answer(skip_reason="not found"), "", "1", "(not found)"),
        ("", "Traceback\nConnectionError: no way there", "all", "(ConnectionError: no way there)"),
        ("", "", "all", "(no answer)"),
    ],
    ids=["passed over", "no network", "silence"],
)
def test_an_audit_that_could_not_ask_says_so(said: str, complaint: str, how_many: str, why: str) -> None:
    [line] = audit.judge(said, complaint)
    assert line.startswith(f"The source of known vulnerabilities could not be reached for {how_many} of the packages")
    assert why in line
