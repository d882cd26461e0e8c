"""Compares a file with the model of a programme, and says in plain words, with places, what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from schedules.checking.fault_messages import WrongKind, WrongValue, did_you_mean
from schedules.checking.file_model import Block, File
from schedules.checking.source import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from bot.errors import Fault
    from schedules.checking.source import KeyPath, SourceFile

KIND_BY_ERROR_TYPE = {
    "string_type": WrongKind.NOT_TEXT,
    "int_type": WrongKind.NOT_A_NUMBER,
    "bool_type": WrongKind.NOT_YES_OR_NO,
    "model_type": WrongKind.NOT_A_BLOCK,
    "list_type": WrongKind.NOT_A_LIST,
    "too_short": WrongKind.EMPTY_LIST,
}


def check_shape(source: SourceFile) -> tuple[File | None, list[Fault]]:
    """The file in its shape, or None and everything in which it differs from that shape."""
    try:
        return File.model_validate(source.data), []
    except ValidationError as error:
        return None, list(_shape_faults(source, error.errors(include_url=False)))


def _shape_faults(source: SourceFile, errors: list[ErrorDetails]) -> Iterator[Fault]:
    correct_paths = {(*error["loc"][:-1], _correct_key(error["loc"])) for error in errors if error["type"] == "extra_forbidden"}
    for error in errors:
        if error["type"] == "extra_forbidden" and error["loc"][0] == "people" and error["loc"][-1] == "guests":
            yield source.fault(source.key_at(error["loc"]), WrongKind.GUESTS_ELSEWHERE)
        elif error["type"] == "extra_forbidden":
            yield source.fault(
                source.key_at(error["loc"]), WrongKind.UNKNOWN_KEY, key=error["loc"][-1], guess=_did_you_mean_key(error["loc"])
            )
        elif error["type"] != "missing":
            yield source.fault_at(source.value_at(error["loc"]), _fault_text(error))
        elif error["loc"] not in correct_paths:
            yield _missing_key(source, error["loc"])


def _missing_key(source: SourceFile, path: KeyPath) -> Fault:
    span = source.key_at(path[:-1]) if len(path) > 1 else TOP
    return source.fault(span, _kind_of_missing(path), key=path[-1])


def _kind_of_missing(path: KeyPath) -> WrongKind:
    match path:
        case (*_, "da" | "en"):
            return WrongKind.MISSING_TRANSLATION
        case ("information", _):
            return WrongKind.MISSING_ITEM
        case _:
            return {"guidelines_agreed": WrongKind.MISSING_AGREEMENT, "information": WrongKind.MISSING_INFORMATION}.get(
                str(path[-1]), WrongKind.MISSING_KEY
            )


def _fault_text(error: ErrorDetails) -> str:
    kind, context = KIND_BY_ERROR_TYPE.get(error["type"]), error.get("ctx", {})
    if isinstance(context.get("error"), WrongValue):
        return str(context["error"])
    if error["loc"] == ("information",):
        return WrongKind.MISSING_INFORMATION.format()
    if error["type"] == "greater_than_equal":
        kind = WrongKind.LOWERED_FLOOR if error["loc"][0] == "floors" else WrongKind.TOO_SMALL
        return kind.format(least=context["ge"])
    return kind.format() if kind else WrongKind.UNFIT.format(why=error["msg"])


def _did_you_mean_key(path: KeyPath) -> str:
    return did_you_mean(str(path[-1]), _keys_beside(path))


def _correct_key(path: KeyPath) -> str | None:
    """The key that a misspelt one stands for: it is not reported as missing as well."""
    hint = _did_you_mean_key(path)
    return hint.split('"')[1] if hint else None


def _keys_beside(path: KeyPath) -> list[str]:
    """The keys that the block around `path` may hold."""
    block: type[Block] = File
    for key in path[:-1]:
        fields = {field.alias or name: field for name, field in block.model_fields.items()}
        block = (_block_class_in(fields[key].annotation) if key in fields else None) or block
    return [field.alias or name for name, field in block.model_fields.items()]


def _block_class_in(annotation: Any) -> type[Block] | None:
    """The block that an annotation such as `list[Entry]` or `Skip | None` is about, if it is about one."""
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return annotation
    return next(filter(None, map(_block_class_in, get_args(annotation))), None)
