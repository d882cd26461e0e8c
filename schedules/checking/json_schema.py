"""The JSON Schema of a programme file, from which editors complete, explain and find faults.

It is made from the model that loads files, in each language: `python -m schedules.checking.json_schema` writes
`schedules/schema.json` (Danish) and `schedules/schema.en.json`, and a test keeps them current.

Editors' language servers read draft-07 at most. They say a fault in their own English, except where `errorMessage` stands beside the
keyword that found it; so each keyword that can find a fault stands in a part of its own. For bounds they know no message: these are asked
in an `if`, and what is beyond them is compared with the bound.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from bot.programme import Language
from bot.wording import say
from schedules.checking import file_model
from schedules.checking.block_examples import EXAMPLES
from schedules.checking.fault_messages import WrongKind
from schedules.checking.fault_table import pattern_of
from schedules.checking.file_model import Channel, Day, File, Id, KleNumber, TimeOfDay, Usergroup, Weekday
from schedules.checking.shape_faults import kind_of_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schedules.checking.file_model import Block

ROOM: Final = Path(__file__).parents[1]
FILES: Final = {Language.DA: ROOM / "schema.json", Language.EN: ROOM / "schema.en.json"}
DRAFT: Final = "http://json-schema.org/draft-07/schema#"

TIME_AS_WRITTEN: Final = "^([01][0-9]|2[0-3]):[0-5][0-9]$"

KINDS: Final = {
    Id: WrongKind.NOT_AN_ID,
    Day: WrongKind.NOT_A_DATE,
    TimeOfDay: WrongKind.NOT_A_TIME,
    Weekday: WrongKind.NOT_A_WEEKDAY,
    Usergroup: WrongKind.NOT_A_USERGROUP,
    Channel: WrongKind.NOT_A_CHANNEL,
    KleNumber: WrongKind.NOT_A_KLE,
}
SHAPES: Final = [(TypeAdapter(kind).json_schema(), wrong) for kind, wrong in KINDS.items()]
KIND_BY_TYPE: Final = {
    "string": WrongKind.NOT_TEXT,
    "integer": WrongKind.NOT_A_NUMBER,
    "boolean": WrongKind.NOT_YES_OR_NO,
    "array": WrongKind.NOT_A_LIST,
}
CURE: Final = {
    WrongKind.NOT_A_DATE: "date",
    WrongKind.NOT_A_TIME: "time",
    WrongKind.NOT_A_USERGROUP: "usergroup",
    WrongKind.NOT_A_CHANNEL: "channel",
}
BOUNDS: Final = {  # keyword → the fault beyond it, and what its sentence calls the bound
    "minimum": (WrongKind.TOO_SMALL, "least"),
    "maximum": (WrongKind.TOO_LARGE, "most"),
    "minItems": (WrongKind.EMPTY_LIST, "least"),
    "maxItems": (WrongKind.TOO_MANY, "most"),
    "minLength": (WrongKind.EMPTY_TEXT, "least"),
    "maxLength": (WrongKind.LONG_TEXT, "most"),
}


def json_schema(language: Language = Language.DA) -> str:
    """The schema as its file holds it."""
    model = File.model_json_schema()
    schema = {"$schema": DRAFT} | _SchemaIn(language, model["$defs"]).block(model, File)
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


class _SchemaIn:
    """Parts of a model's schema, in the words of one language. Blocks are written out where they are used."""

    def __init__(self, language: Language, blocks: dict[str, Any]) -> None:
        self._language = language
        self._blocks = blocks

    def block(self, model: dict[str, Any], block: type[Block]) -> dict[str, Any]:
        """A block: what each key may hold, which keys there must be, and that there are no others."""
        name = block.__name__.lower()
        keys = {key: self._key(part, name, key) for key, part in model["properties"].items()}
        unknown = pattern_of(self._language, WrongKind.UNKNOWN_KEY) + say(self._language, "fault.possible", keys=", ".join(keys))
        missing = [{"required": [key], "errorMessage": self._missing(name, key)} for key in model.get("required", ())]
        return {"properties": keys, "additionalProperties": False, "errorMessage": unknown, "allOf": [self._no_block(block), *missing]}

    def _key(self, part: dict[str, Any], block: str, key: str) -> dict[str, Any]:
        described = self._part(part)
        said = self._describe(block, key, most=part.get("maxLength", ""))
        default = part.get("default")
        return {"description": said} | ({"default": default} if isinstance(default, int | str) else {}) | described

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in part:
            name = part["$ref"].rsplit("/")[-1]
            return self.block(self._blocks[name], getattr(file_model, name))
        if "anyOf" in part:
            first, second = part["anyOf"]
            return self._or_nothing(first) if second == {"type": "null"} else self._alternatives(first, second)
        bounds = list(self._bounds(part))
        items = {"items": self._part(part["items"])} if "items" in part else {}
        return self._value(part) | items | ({"allOf": bounds} if bounds else {})

    def _or_nothing(self, part: dict[str, Any]) -> dict[str, Any]:
        """A part that may be left empty."""
        made = self._part(part)
        typed = made if "type" in made else made["allOf"][0]
        typed["type"] = [typed["type"], "null"]
        return made

    def _alternatives(self, short: dict[str, Any], long: dict[str, Any]) -> dict[str, Any]:
        """A text, or a list or block in its place. Servers offer words only where they need not ask which it is."""
        offered = {"defaultSnippets": [{"label": word, "body": word} for word in short["enum"]]} if "enum" in short else {}
        return {"if": {"type": long.get("type", "object")}, "then": self._part(long), "else": self._part(short)} | offered

    def _value(self, part: dict[str, Any]) -> dict[str, Any]:
        """The type of a value and its shape, with the fault that it is something else."""
        for shape, wrong in SHAPES:
            if shape.items() <= part.items():
                if wrong is WrongKind.NOT_A_TIME:
                    return self._time(part["pattern"])
                kept = {keyword: part[keyword] for keyword in ("type", "pattern", "format", "enum") if keyword in part}
                return kept | {"errorMessage": self._say(wrong)}
        if "enum" in part:
            choices = say(self._language, "fault.choice", first=part["enum"][0], last=part["enum"][1])
            return {"type": "string", "enum": part["enum"], "errorMessage": self._say(WrongKind.NOT_A_CHOICE, choices=choices)}
        return self._type(part["type"])

    def _time(self, allowed: str) -> dict[str, Any]:
        """A time of day; one in the night is another fault than one that is written otherwise."""
        night = {"pattern": allowed, "errorMessage": self._say(WrongKind.NIGHT)}
        as_written = {"pattern": TIME_AS_WRITTEN}
        return {"type": "string", **as_written, "errorMessage": self._say(WrongKind.NOT_A_TIME), "if": as_written, "then": night}

    def _no_block(self, block: type[Block]) -> dict[str, Any]:
        """The type of a block, with how it is written."""
        kind = WrongKind.NOT_A_BLOCK if block in EXAMPLES else WrongKind.NOT_BOTH_LANGUAGES
        return {"type": "object", "errorMessage": self._say(kind, example=EXAMPLES.get(block, ""))}

    def _type(self, name: str) -> dict[str, Any]:
        return {"type": name, "errorMessage": self._say(KIND_BY_TYPE[name])}

    def _bounds(self, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for keyword, (kind, name) in BOUNDS.items():
            if keyword in part:
                bound = part[keyword]
                yield {"if": {keyword: bound}, "else": {"const": bound, "errorMessage": self._say(kind, **{name: bound})}}

    def _missing(self, block: str, key: str) -> str:
        named = say(self._language, f"data.language.{Language(key).value}") if key in set(Language) else ""
        return self._say(kind_of_missing((block, key)), key=key, in_language=named)

    def _describe(self, block: str, key: str, **values: object) -> str:
        """What a key is for: as it is said of this block, or else of any."""
        with suppress(KeyError):
            return say(self._language, f"schema.{block}.{key}", **values)
        return say(self._language, f"schema.{key}", **values)

    def _say(self, kind: WrongKind, **values: object) -> str:
        """What a fault says where the value stands beside it: with an ellipsis for what the file has."""
        cure = say(self._language, f"fault.how.{CURE[kind]}") if kind in CURE else ""
        return pattern_of(self._language, kind, cure=cure, **values)


if __name__ == "__main__":
    for language, path in FILES.items():
        path.write_text(json_schema(language), "utf-8")
