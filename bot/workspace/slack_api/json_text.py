"""Reads JSON from outside: whatever is wrong with it is a ValueError."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json


def read_json(text: str | bytes) -> Any:
    """The value that this JSON text holds.

    Raises:
        ValueError: it is no JSON, is nested too deeply, or holds half a character, which cannot be written again.
    """
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def read_object(text: str | bytes) -> Json:
    """The object that this JSON text holds.

    Raises:
        ValueError: this is no JSON object.
    """
    value = read_json(text)
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004 - so that a caller has only ValueError to catch
    return value
