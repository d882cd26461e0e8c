"""Faults as a reader sees them."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.programme import Language
from bot.wording.in_words import in_words
from schedules.checking import net
from schedules.checking.fault_messages import WrongKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.errors import Fault, SetupFault


def told(fault: Fault, language: Language | str = Language.EN) -> str:
    """What a fault says."""
    return in_words(language, fault.said)


def told_of(kind: WrongKind, **values: object) -> str:
    """What a fault of this kind says in English."""
    return in_words(Language.EN, kind.say(**values))


def told_at_start(fault: SetupFault, language: Language | str = Language.EN) -> str:
    """What a fault in the set-up says, a line each."""
    return "\n".join(in_words(language, said) for said in fault.said)


@contextmanager
def refuses(kind: type[SetupFault], match: str) -> Iterator[None]:
    """What is done in this block must be refused, in English words that match, and say something in Danish."""
    with pytest.raises(kind) as refused:
        yield
    assert re.search(match, told_at_start(refused.value), re.DOTALL)
    assert told_at_start(refused.value, Language.DA)


@pytest.fixture(autouse=True)
def nothing_logged_yet() -> None:
    """Forgets what other tests of this process made the check stumble over."""
    net.STUMBLES.clear()


def no_fault_of_ours(faults: Iterable[Fault]) -> bool:
    """Whether the check itself has stumbled over nothing since this was asked last: neither told nor logged."""
    logged = tuple(net.STUMBLES)
    net.STUMBLES.clear()
    assert logged == ()
    return WrongKind.CHECK_STUMBLES not in {fault.said.key for fault in faults}
