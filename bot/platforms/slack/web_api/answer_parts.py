"""Does an answer hold what it should?

slack_sdk gives None for what is missing, and whatever came for what is there. A part of another kind than ours is read as no answer.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def part(answer: Any, *names: str, kind: type[T]) -> T:
    """The part of an answer at the end of `names`.

    Raises:
        TypeError: it is missing, empty text, or of another kind; `translate_errors` makes `Unsure` of it.
    """
    for name in names:
        answer = answer[name]
    if not isinstance(answer, kind) or answer == "":
        raise TypeError(f"{'.'.join(names)} is no {kind.__name__}")
    return answer


def record(value: Any) -> dict[str, Any]:
    """A record within an answer; an empty one where there is none that can be read."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """A text within a record, or None."""
    return value if isinstance(value, str) and value else None
