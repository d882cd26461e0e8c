"""A whole programme comes through each thing that Slack may answer, to whomever and for however long.

Everything is played for `chat.postMessage`. Each other method is refused with all its codes for seven hours, and with one code of each
scope for a moment and for a weekend; methods that do not meet are refused in one play.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import pytest

from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault
from tests.support.documented_errors import DOCUMENTED
from tests.support.ledger import Ledger
from tests.support.weather import ANSWERS, APPROVAL, CLOSE, LAST_POST, LOAD, POST, QUESTION, RESPONSE, WELCOME, Storm, play, refusal
from tests.support.weather_terms import MAY_HAVE_HAPPENED, misreadings, terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEVER_HEARD_OF = "a_code_of_next_year"
ANSWERLESS = (FaultKind.CRASH, FaultKind.LOSE, FaultKind.TRUNCATE, FaultKind.BARE, FaultKind.PAGE, FaultKind.EMPTY)
FAULTS: dict[str, InjectedFault | None] = {
    **{code: refusal(code) for code in (*DOCUMENTED["chat.postMessage"], NEVER_HEARD_OF)},
    **{f"{code}, done": refusal(code, done=True) for code in MAY_HAVE_HAPPENED},
    **{kind.value: InjectedFault(kind=kind) for kind in ANSWERLESS},
    **{f"{kind.value}, done": InjectedFault(kind=kind, done=True) for kind in ANSWERLESS},
    "429": InjectedFault(kind=FaultKind.LIMIT, seconds=300),
    "no connection": None,
}
PLACES = {  # whom it is about, how long, from when on; "here and there": a person, then one channel, then the other
    "all, 20 s": [("", "20 s", (WELCOME, QUESTION, CLOSE, POST, RESPONSE))],
    "all, 7 h": [("", "7 h", (WELCOME, QUESTION, CLOSE))],
    "all, a weekend": [("", "a weekend", (WELCOME, CLOSE))],
    "all, three days": [("", "a weekend", (QUESTION,))],
    "one person, three days": [("person", "a weekend", (QUESTION,))],
    "here and there, 20 s": [
        ("person", "20 s", (WELCOME, QUESTION)),
        ("organisers", "20 s", (CLOSE, RESPONSE)),
        ("politicians", "20 s", (POST,)),
    ],
    "here and there, 7 h": [("person", "7 h", (WELCOME, QUESTION)), ("organisers", "7 h", (CLOSE,)), ("politicians", "7 h", (LAST_POST,))],
    "here and there, a weekend": [
        *(("person", "a weekend", (WELCOME,)), ("organisers", "a weekend", (CLOSE,)), ("politicians", "a weekend", (LAST_POST,))),
    ],
}
SCOPES = ["account_inactive", "channel_not_found", "no_permission", "invalid_arguments", NEVER_HEARD_OF, "internal_error", "ratelimited"]
MEETING_NOBODY = {  # methods whose refusals do not stand in each other's way → when they are called
    "chat.update": (APPROVAL,),
    "conversations.info": (POST,),
    "views.open": (ANSWERS,),
    "views.update": (ANSWERS,),
    "views.publish": (ANSWERS,),
}
LOOKING = ("conversations.open", "conversations.history")
LISTS = ("users.list", "usergroups.users.list")
LOST = InjectedFault(kind=FaultKind.LOSE, done=True)


def check(beginning: Path | None, folder: Path, *storms: Storm) -> None:
    """Play through the storms, and look at the ledger."""
    with play(beginning, folder, *storms) as world:
        ledger = Ledger(world)
        assert not (complaints := ledger.complaints(terms(world, *storms))), "; ".join(dict.fromkeys(complaints))
        assert not (misread := misreadings(ledger.said(), *storms)), "; ".join(misread)
        if any(storm.method == "chat.postMessage" and not storm.whom and storm.length != "20 s" for storm in storms):
            assert ledger.said(), "the organisers were left in the dark"


PLAYS = [(fault, place) for fault in FAULTS for place in PLACES if fault != "no connection" or place.startswith("all")]  # one line for all


@pytest.mark.parametrize(("fault", "place"), PLAYS)
def test_whatever_posting_is_answered(beginning: Path, tmp_path: Path, fault: str, place: str) -> None:
    storms = (Storm(fault=FAULTS[fault], whom=whom, length=length, moments=moments) for whom, length, moments in PLACES[place])
    check(beginning, tmp_path, *storms)


def codes_side_by_side() -> Iterator[Any]:
    for codes in zip_longest(*(DOCUMENTED[method] for method in MEETING_NOBODY), fillvalue=NEVER_HEARD_OF):
        yield pytest.param("7 h", codes, id=f"7 h: {', '.join(codes)}")
    for length in ("20 s", "a weekend"):
        for code in SCOPES:
            yield pytest.param(length, [code] * len(MEETING_NOBODY), id=f"{length}: {code}")


@pytest.mark.parametrize(("length", "codes"), [*codes_side_by_side()])
def test_whatever_changing_checking_and_opening_are_answered(beginning: Path, tmp_path: Path, length: str, codes: list[str]) -> None:
    of_methods = zip(MEETING_NOBODY.items(), codes, strict=True)
    storms = [Storm(fault=refusal(code), method=method, length=length, moments=when) for (method, when), code in of_methods]
    check(beginning, tmp_path, *storms)


def codes_of(*methods: str) -> Iterator[Any]:
    """All codes for hours, those of each scope for other lengths."""
    for method in methods:
        for length, codes in {"7 h": (*DOCUMENTED[method], NEVER_HEARD_OF), "20 s": SCOPES, "a weekend": SCOPES}.items():
            yield from (pytest.param(method, length, code, id=f"{method}, {length}: {code}") for code in codes)


@pytest.mark.parametrize(("method", "length", "code"), [*codes_of(*LOOKING)])
def test_whatever_looking_for_what_may_have_been_said_is_answered(
    beginning: Path, tmp_path: Path, method: str, length: str, code: str
) -> None:
    lost = Storm(fault=LOST, length="20 s", moments=(WELCOME, QUESTION, POST))
    check(beginning, tmp_path, lost, Storm(fault=refusal(code), method=method, length=length, moments=(WELCOME, POST)))


@pytest.mark.parametrize(("method", "length", "code"), [*codes_of(*LISTS)])
def test_whatever_reading_the_lists_is_answered(tmp_path: Path, method: str, length: str, code: str) -> None:
    check(None, tmp_path, Storm(fault=refusal(code), method=method, length=length, moments=(LOAD, "2018-10-09 07:30")))
