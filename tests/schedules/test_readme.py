from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.programme import Language
from schedules.checking.fault_messages import WrongKind
from schedules.checking.fault_table import PAGES, with_table
from schedules.checking.json_schema import FILES, json_schema
from schedules.programme_file import load_file
from tests.support.programme import INFORMATION_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

ANNOTATIONS: Final = frozenset({"$schema", "description", "default", "errorMessage", "defaultSnippets"})
FINDS_FAULTS: Final = frozenset({"type", "enum", "const", "pattern", "format", "required", "additionalProperties"})
ROOM = Path(__file__).parents[2] / "schedules"


@pytest.mark.parametrize("language", list(Language))
def test_the_table_of_faults_is_current(language: Language):
    page = PAGES[language].read_text("utf-8")
    assert page == with_table(language, page), "python -m schedules.checking.fault_table"


@pytest.mark.parametrize("language", list(Language))
def test_every_fault_has_its_sentence_and_its_explanation_in_a_row_of_the_table(language: Language):
    rows = [line for line in PAGES[language].read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(WrongKind)
    assert [row for row in rows if row.count(" | ") != 1 or len(row.split(" | ")[1].removesuffix(" |")) < 10] == []


def test_the_information_that_the_organisers_guide_offers_is_all_that_is_needed(small):
    (offered,) = re.findall(r"```yaml\n(information:\n.*?)```", (ROOM / "README.md").read_text("utf-8"), re.DOTALL)
    assert load_file(small(INFORMATION_TEXT, offered)).remarks == ()


@pytest.mark.parametrize("language", list(Language))
def test_the_committed_schema_is_the_one_that_files_are_loaded_by(language: Language):
    assert FILES[language].read_text("utf-8") == json_schema(language), "python -m schedules.checking.json_schema"


@pytest.mark.parametrize("language", list(Language))
def test_the_schema_says_nothing_that_editors_do_not_read_and_every_fault_in_our_words(language: Language):
    parts = list(_parts(json.loads(json_schema(language))))
    assert {keyword for part in parts for keyword in part} - ANNOTATIONS - FINDS_FAULTS <= {
        "properties",
        "items",
        "allOf",
        "if",
        "then",
        "else",
    }
    assert [part for part in parts if FINDS_FAULTS & set(part) and "errorMessage" not in part] == []


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema within a schema; what an `if` asks finds no fault."""
    yield schema
    inner = [
        *schema.get("properties", {}).values(),
        *schema.get("allOf", ()),
        *(schema[key] for key in ("items", "then", "else") if key in schema),
    ]
    for part in inner:
        yield from _parts(part)


def test_the_first_programme_tells_editors_where_the_schema_is():
    assert (ROOM / "randers-2018.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=./schema.json\n")
