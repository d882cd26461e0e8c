from __future__ import annotations

import re
from pathlib import Path

from schedules.checking.fault_messages import WrongKind
from schedules.checking.json_schema import json_schema
from schedules.programme_file import load_file
from tests.support.programme import INFORMATION_TEXT

ROOM = Path(__file__).parents[2] / "schedules"


def as_written(kind: WrongKind) -> str:
    """A message as the table shows it: with an ellipsis where the file's own words stand."""
    text = re.sub(r"(?<!\{)\{[a-z]+\}(?!\})", "…", kind.value).replace("{{", "{").replace("}}", "}")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def test_the_organisers_guide_explains_every_message_in_the_order_of_the_messages():
    rows = [line.split(" | ") for line in (ROOM / "README.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    assert [row[0].removeprefix("| ") for row in rows] == [as_written(kind) for kind in WrongKind]
    assert all(len(row) == 2 and len(row[1].removesuffix(" |")) > 10 for row in rows)


def test_the_information_that_the_organisers_guide_offers_is_all_that_is_needed(small):
    (offered,) = re.findall(r"```yaml\n(information:\n.*?)```", (ROOM / "README.md").read_text("utf-8"), re.DOTALL)
    assert load_file(small(INFORMATION_TEXT, offered)).remarks == ()


def test_the_committed_schema_is_the_one_that_files_are_loaded_by():
    assert (ROOM / "schema.json").read_text("utf-8") == json_schema(), "python -m schedules.checking.json_schema > schedules/schema.json"


def test_the_first_programme_tells_editors_where_the_schema_is():
    assert (ROOM / "randers-2018.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=./schema.json\n")
