"""Finds the tests that a list names and that do not exist."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent.parent


def missing_tests(names: Iterable[str]) -> list[str]:
    """Those of these names (`file::test`, with or without the parameters of one case) that are no test."""
    return [name for name in names if name.partition("::")[2].partition("[")[0] not in _tests_in(name.partition("::")[0])]


@cache
def _tests_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
