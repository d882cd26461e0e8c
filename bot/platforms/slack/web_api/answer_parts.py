"""Reads parts of Slack's answers and checks their types.

slack_sdk gives None for a missing part, and does not check the others. An answer with a part of the wrong type counts as no answer.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def part(answer: Any, *names: str, kind: type[T]) -> T:
    """Return the part of an answer at the end of the path `names`.

    Raises:
        TypeError: it is missing, an empty text, or of another type; `translate_errors` turns that into `Unsure`.
    """
    for name in names:
        answer = answer[name]
    if not isinstance(answer, kind) or answer == "":
        raise TypeError(f"{'.'.join(names)} is no {kind.__name__}")
    return answer


def record(value: Any) -> dict[str, Any]:
    """Return `value` if it is a dict, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """Return `value` if it is a text and not empty, else None."""
    return value if isinstance(value, str) and value else None
