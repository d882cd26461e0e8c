"""Is this JSON, whatever somebody has sent?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.workspace.block_rules import Json


def read_json(text: str | bytes) -> Any:
    """The value.

    Raises:
        ValueError: no JSON, nested without end, or with half a character in it, which nobody could write down.
    """
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def read_object(text: str | bytes) -> Json:
    """The object.

    Raises:
        ValueError: this is no JSON object.
    """
    value = read_json(text)
    if not isinstance(value, dict):
        raise ValueError("no object")  # noqa: TRY004 - whoever reads a request has one thing to catch
    return value
