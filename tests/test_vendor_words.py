"""The rules of the dialogue name no chat platform: what is a platform's own, its package says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
WITHOUT_VENDOR = ("bot/dialogue", "bot/seam", "handlers", "schedules")
VENDORS = [folder.name for folder in (ROOT / "bot" / "platforms").iterdir() if (folder / "__init__.py").exists()]


def test_no_platform_is_named_in_the_rules_their_actions_and_the_schedules():
    assert VENDORS
    named = re.compile("|".join(VENDORS), re.IGNORECASE)
    modules = [path for room in WITHOUT_VENDOR for path in sorted((ROOT / room).rglob("*.py"))]
    lines = [(path, number, line) for path in modules for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)]
    assert [f"{path.relative_to(ROOT)}:{number}: {line.strip()}" for path, number, line in lines if named.search(line)] == []
