"""Looks at one thing after another.

What cannot be looked at is a fault of its own, and the others go on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bot.app.doctor import dialogue, machine, safety, server, slack_questions, store
from bot.app.doctor.finding import fault
from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen

    Check = Callable[[Seen], Iterable[Finding]]

CHECKS: Final[Mapping[str, Mapping[str, Check]]] = {  # group → check → how it is looked at, in the order in which it is read
    "doctor.group.machine": {
        "settings": machine.settings_of_machine,
        "modes": machine.modes,
        "time_zone": machine.time_zone,
        "proxy": machine.proxy,
        "certificates": machine.certificates,
    },
    "doctor.group.database": {
        "database": store.database,
        "server": server.server,
        "integrity": store.integrity,
        "tables": store.tables,
        "workspace": store.workspace,
        "age": store.age,
        "disk": store.disk,
        "key": store.key,
    },
    "doctor.group.dialogue": {
        "programme": dialogue.programme,
        "plan": dialogue.plan,
        "lists": dialogue.lists,
        "next": dialogue.next_due,
        "digests": dialogue.digests,
        "alarms": dialogue.alarms,
    },
    "doctor.group.safety": {"backup": safety.backups, "running": safety.running},
}


def examine(seen: Seen) -> dict[str, tuple[Finding, ...]]:
    """All that is found, by group. Nothing is changed by looking."""
    answers = slack_questions.ask_slack(seen)
    found = {
        group: tuple(finding for name, check in checks.items() for finding in _carefully(name, check, seen))
        for group, checks in CHECKS.items()
    }
    of_slack = tuple(_carefully("tokens", partial(slack_questions.slack, answers), seen))  # last: meanwhile the answers come
    seen.close()
    return found | {"doctor.group.slack": of_slack}


def _carefully(name: str, check: Check, seen: Seen) -> Iterator[Finding]:
    """What a check finds, or that it failed."""
    try:
        yield from check(seen)
    except SetupFault as wrong:
        yield from (fault(name, said, sentence("doctor.failed.cure")) for said in wrong.said)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on
        yield fault(name, sentence("doctor.failed", check=name, why=_why(error)), sentence("doctor.failed.cure"))


def _why(error: Exception) -> str:
    """The kind of an error: its text may hold what nobody should read."""
    return type(error).__name__
