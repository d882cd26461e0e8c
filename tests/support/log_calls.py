"""Every call of the log in the program, read out of its source: which sentence, at which level, with which fields."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.logs import LIBRARY_WARNS, OWN_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent.parent
LEVELS: Final = {name: name for name in ("debug", "info", "warning", "error", "critical")} | {"exception": "error"}
OF_LIBRARIES: Final = ("warning", frozenset({"place", "error"}))  # made in bot/logs.py, by no call


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A line that the program can log."""

    event: str
    level: str
    fields: frozenset[str]


@cache
def log_lines() -> frozenset[LogLine]:
    """Every line that the program can log."""
    level, fields = OF_LIBRARIES
    lines = {LogLine(event=LIBRARY_WARNS, level=level, fields=fields)}
    for package in OWN_PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "log." in (text := file.read_text("utf-8")):
                lines |= set(_lines_of(ast.parse(text), file))
    return frozenset(lines)


def _lines_of(tree: ast.Module, file: Path) -> Iterator[LogLine]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_log(call.func.value) and call.func.attr in LEVELS:
            within = min((f for f in functions if f.lineno <= call.lineno <= (f.end_lineno or 0)), key=lambda f: -f.lineno)
            events = list(_events_of(call.args[0], tree, within))
            assert events, f"{file}:{call.lineno}: the sentence of a log line is a constant"
            assert len(call.args) == 1, f"{file}:{call.lineno}: values are fields, and not in the sentence"
            for event in events:
                yield LogLine(event=event, level=LEVELS[call.func.attr], fields=frozenset(_fields_of(call)))


def _is_log(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "log"


def _events_of(value: ast.expr, tree: ast.Module, within: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """The constant itself, the one that a name of the module stands for, or those that the calls of the function around it hand in."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Name):
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target if isinstance(node, ast.AnnAssign) else None
            if isinstance(target, ast.Name) and target.id == value.id and isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                yield from _events_of(node.value, tree, within)
        names = [argument.arg for argument in within.args.args if argument.arg != "self"]
        for call in ast.walk(tree) if value.id in names else ():
            if isinstance(call, ast.Call) and _name_of(call.func) == within.name:
                yield from _events_of(call.args[names.index(value.id)], tree, within)


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _fields_of(call: ast.Call) -> Iterator[str]:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "exception":
        yield "exception"
    for keyword in call.keywords:
        if keyword.arg == "exc_info":
            yield "exception"
        elif keyword.arg == "extra":
            assert isinstance(keyword.value, ast.Dict)
            yield from (str(key.value) for key in keyword.value.keys if isinstance(key, ast.Constant))
        else:
            assert keyword.arg is not None, "every field is named"
            yield keyword.arg
