"""What the doctor finds: how something is, in a sentence, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.sentence import Sentence, sentence


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


def judge(check: str, wrong: tuple[Sentence, Sentence] | None, well: Sentence) -> Finding:
    """A fault with its cure if something is wrong, else that all is well."""
    return fine(check, well) if wrong is None else fault(check, *wrong)


def with_cure_apart(check: str, said: Sentence, otherwise: Sentence) -> Finding:
    """What keeps a bot from starting, as a fault. A cure that is a part of the sentence is said apart."""
    values = dict(said.values)
    cure = values.get("cure")
    if isinstance(cure, Sentence):
        return fault(check, sentence(said.key, **values | {"cure": None}), cure)
    return fault(check, said, otherwise)
