"""publiccode.yml describes this program as it is, as version 0.7 of its standard asks; and the other standard's table is whole."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from ruamel.yaml import YAML

ROOT: Final = Path(__file__).parent.parent
MANDATORY: Final = (
    ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal", "maintenance"),
    ("legal", "license"),
    ("maintenance", "type"),
    ("maintenance", "contacts"),
    ("localisation", "localisationReady"),
    ("localisation", "availableLanguages"),
)


@pytest.fixture
def described() -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_name_version_licence_and_python_are_those_of_the_program(described: dict[str, Any], project: dict[str, Any]):
    assert described["name"].lower() == project["name"]
    assert described["softwareVersion"] == project["version"]
    assert described["legal"]["license"] == project["license"]
    assert f">={described['dependsOn']['open'][0]['versionMin']}" == project["requires-python"]
    assert described["legal"]["mainCopyrightOwner"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_its_languages_are_those_of_the_catalogues(described: dict[str, Any]):
    catalogues = ROOT / "bot/wording/catalogues"
    languages = sorted(folder.name for folder in catalogues.iterdir() if folder.is_dir())
    assert described["localisation"]["availableLanguages"] == sorted(described["description"]) == languages


def test_what_the_standard_asks_for_is_there_and_of_the_length_it_allows(described: dict[str, Any]):
    whole, *parts = MANDATORY
    assert set(whole) <= set(described)
    assert [(section, key) for section, key in parts if not described[section][key]] == []
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_each_requirement_of_the_standard_for_public_code_is_answered():
    lines = (ROOT / "docs/public-code.md").read_text(encoding="utf-8").splitlines()
    answers = [line.split(" | ")[1] for line in lines if line.startswith(("| must", "| should", "| optional"))]
    assert len(answers) == 109  # of 111 requirements; two rows answer two each
    assert set(answers) <= {"yes", "part", "no", "**no**", "–"}


def test_its_pictures_are_there(described: dict[str, Any]):
    pictures = [picture for text in described["description"].values() for picture in text.get("screenshots", [])]
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []
