"""What the doctor finds: how something is, in a sentence, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.sentence import sentence

if TYPE_CHECKING:
    from bot.sentence import Sentence


class State(StrEnum):
    """How something is: well, worth a look, or wrong."""

    OK = "ok"
    REMARK = "remark"
    FAULT = "fault"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a check has found. Unless all is well it says what to do."""

    check: str
    state: State
    said: Sentence
    cure: Sentence | None = None


def fine(check: str, said: Sentence) -> Finding:
    """Something is as it should be."""
    return Finding(check=check, state=State.OK, said=said)


def remark(check: str, said: Sentence, cure: Sentence) -> Finding:
    """Something is worth a look."""
    return Finding(check=check, state=State.REMARK, said=said, cure=cure)


def fault(check: str, said: Sentence, cure: Sentence) -> Finding:
    """Something is wrong."""
    return Finding(check=check, state=State.FAULT, said=said, cure=cure)


def with_cure_apart(check: str, said: Sentence, otherwise: Sentence) -> Finding:
    """A fault out of a sentence of a start, whose cure, if it is a part of it, is said apart."""
    values = dict(said.values)
    match said.key:
        case "setup.scopes":
            return fault(check, sentence("doctor.tokens.scopes", scopes=values["scopes"]), values["cure"])
        case "setup.refused":
            return fault(check, sentence("doctor.tokens.refused", error=values["error"]), values["cure"])
        case _:
            return fault(check, said, otherwise)
