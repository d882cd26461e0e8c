"""Compares a file with the model of a programme, and says in plain words, with places, what does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from bot.programme import Language
from bot.sentence import sentence
from bot.wording.fault_report import MOST_FAULTS
from schedules.checking.block_examples import EXAMPLES
from schedules.checking.fault_messages import WrongKind, WrongValue, closest, guess_of, write
from schedules.checking.file_model import Block, File
from schedules.checking.slips.habits import KEYS, boolean_meant, list_meant, number_meant, text_meant
from schedules.checking.source import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from bot.errors import Fault
    from bot.sentence import Sentence
    from schedules.checking.source import KeyPath, SourceFile

NAME_AS_COMMENT = re.compile(r"\s*:[ \t]+(#[^\s#]+)")
KEY_WITH_VALUE = re.compile(r"(\w+)[: ]+(.*)", re.DOTALL)
KIND_BY_ERROR_TYPE = {
    "string_type": WrongKind.NOT_TEXT,
    "int_type": WrongKind.NOT_A_NUMBER,
    "bool_type": WrongKind.NOT_YES_OR_NO,
    "model_type": WrongKind.NOT_A_BLOCK,
    "list_type": WrongKind.NOT_A_LIST,
    "too_short": WrongKind.EMPTY_LIST,
}


def check_shape(source: SourceFile, context: str | None = None) -> tuple[File | None, list[Fault]]:
    """Read a file's data into the model. Returns the result, or None and every fault of its shape."""
    try:
        return File.model_validate(source.data, context=context), []
    except ValidationError as error:
        return None, list(_shape_faults(source, error.errors(include_url=False)))


def _shape_faults(source: SourceFile, errors: list[ErrorDetails]) -> Iterator[Fault]:
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    # Guessing takes its time, and no command shows more faults.
    hints = {path: _did_you_mean_key(source, path) if number < MOST_FAULTS else None for number, path in enumerate(unknown)}
    misspelt_paths = {(*path[:-1], dict(hint.values)["word"]) for path, hint in hints.items() if hint}  # not reported as missing too
    for error in errors:
        path = error["loc"]
        if path in hints and path[0] == "people" and path[-1] == "guests":
            yield source.fault(source.key_at(path), WrongKind.GUESTS_ELSEWHERE)
        elif path in hints:
            yield source.fault_at(source.key_at(path), _unknown_key(str(path[-1]), hints[path], _keys_beside(path)))
        elif error["type"] != "missing":
            yield source.fault_at(source.value_at(path), _name_as_comment(source, error) or _what_is_wrong(error))
        elif path not in misspelt_paths:
            in_braces = len(path) > 1 and source.text.startswith("{", source.value_at(path[:-1]).start)
            kind, key = kind_of_missing(path, in_braces=in_braces), path[-1]
            language = sentence(f"data.language.{Language(str(key)).value}") if kind is WrongKind.MISSING_TRANSLATION else None
            yield source.fault(source.key_at(path[:-1]) if len(path) > 1 else TOP, kind, key=key, in_language=language)


def kind_of_missing(path: KeyPath, *, in_braces: bool = False) -> WrongKind:
    """What it is called that nothing stands at a path."""
    match path:
        case (*_, "da" | "en"):
            return WrongKind.MISSING_TRANSLATION
        case ("information", _):
            return WrongKind.MISSING_ITEM
        case (*_, "guidelines_agreed"):
            return WrongKind.MISSING_AGREEMENT
        case (*_, "information"):
            return WrongKind.MISSING_INFORMATION
        case _:
            return WrongKind.MISSING_IN_BRACES if in_braces else WrongKind.MISSING_KEY


def _name_as_comment(source: SourceFile, error: ErrorDetails) -> Sentence | None:
    """The name of a channel, written where its id belongs: YAML takes it for a comment, so that nothing stands there."""
    name = NAME_AS_COMMENT.match(source.text, source.key_at(error["loc"]).end)
    if error["input"] is not None or error["loc"][-1:] != ("channel",) or name is None:
        return None
    return WrongKind.NOT_A_CHANNEL.say(value=name[1], cure=sentence("fault.how.channel"))


def _what_is_wrong(error: ErrorDetails) -> Sentence:
    kind, context = KIND_BY_ERROR_TYPE.get(error["type"]), error.get("ctx", {})
    if isinstance(wrong := context.get("error"), WrongValue):
        return wrong.said
    if error["loc"] == ("information",):
        return WrongKind.MISSING_INFORMATION.say()
    if kind is WrongKind.NOT_A_BLOCK:
        return _no_block(error["loc"], error["input"])
    if error["type"] == "greater_than_equal":
        kind = WrongKind.LOWERED_FLOOR if error["loc"][0] == "floors" else WrongKind.TOO_SMALL
        return kind.say(least=context["ge"])
    return (kind or WrongKind.UNFIT).say(guess=write(_what_to_type(error)))


def _no_block(path: KeyPath, value: Any) -> Sentence:
    """What is wrong with a value that stands where a block belongs: how that is written."""
    if path[-2:-1] == ("order",) and value is None:
        return WrongKind.EMPTY_ENTRY.say()
    if example := EXAMPLES.get(_block_at(path)):
        return WrongKind.NOT_A_BLOCK.say(example=example)
    return WrongKind.NOT_BOTH_LANGUAGES.say(text=value if isinstance(value, str) and value and '"' not in value else "…")


def _what_to_type(error: ErrorDetails) -> str | None:
    """What is to be typed for a value of another type, as far as that can be known."""
    value = error["input"]
    match error["type"]:
        case "bool_type":
            return boolean_meant(value)
        case "int_type":
            return number_meant(value)
        case "string_type":
            return text_meant(value)
        case "list_type":
            return list_meant(error["loc"][-1], value)
    return None


def _unknown_key(key: str, guess: Sentence | None, keys: list[str]) -> Sentence:
    """What is wrong with a key that may not stand here: it is misspelt, has no colon, or is the rest of a text with a comma."""
    written = KEY_WITH_VALUE.fullmatch(key)
    if written and written[1] in keys:
        return WrongKind.MISSING_COLON.say(key=written[1], written=f"{written[1]}: {written[2]}")
    if " " in key:
        return WrongKind.COMMA_IN_TEXT.say(key=key)
    return WrongKind.UNKNOWN_KEY.say(key=key, guess=guess or sentence("fault.possible", keys=tuple(keys)))


def _did_you_mean_key(source: SourceFile, path: KeyPath) -> Sentence | None:
    """A hint at the key that was meant at `path`; None if none is alike. A key without its colon has its value behind it."""
    written, keys, there = str(path[-1]), _keys_beside(path), source.get(*path[:-1]) or ()
    first = re.match(r"\w*", written)
    word = first[0] if first and first[0] in keys else written
    danish = next((key for key in KEYS.get(word.lower(), ()) if key in keys), None)
    meant = danish or closest(word, keys)
    return sentence("fault.there_already", word=meant) if meant in there and word != meant else guess_of(meant)


def _keys_beside(path: KeyPath) -> list[str]:
    """The keys that the block around `path` may hold."""
    return [field.alias or name for name, field in _block_at(path[:-1]).model_fields.items()]


def _block_at(path: KeyPath) -> type[Block]:
    """The block that belongs at `path`, or of which a part does."""
    block: type[Block] = File
    for key in path:
        fields = {field.alias or name: field for name, field in block.model_fields.items()}
        block = (_block_class_in(fields[key].annotation) if key in fields else None) or block
    return block


def _block_class_in(annotation: Any) -> type[Block] | None:
    """The block in an annotation such as `list[Entry]` or `Skip | None`; None if it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return annotation
    return next(filter(None, map(_block_class_in, get_args(annotation))), None)
