"""Another text of a programme runs, organisers hear it, and what waited for them waits no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.dialogue.planning import versions
from bot.dialogue.planning.put_in_force import put_in_force
from bot.models import AuditAct, AuditEntry, MessageKind, VersionState
from bot.programme import Role
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from bot.programme import Programme


def text(world: World, content: bytes) -> Programme:
    return replace(world.programme, content=content, checksum=content.hex())


@pytest.mark.parametrize("who", ["U0ORG1", None])
def test_the_new_text_runs_and_what_was_held_is_put_aside_noted_and_told(world: World, who: str | None) -> None:
    world.add_person("U0ORG1", Role.ORGANISER)
    before, after = text(world, b"1"), text(world, b"3")
    versions.run_version(world.session, OPENS, before)
    held = versions.hold_version(world.session, OPENS, text(world, b"2"))
    by = None if who is None else world.person(who)
    put_in_force(world.session, OPENS, before, after, by, key="edit:{version}", say="notice.plan_on_machine", lines=["~ a", "+ b"])
    running = versions.version_running(world.session, world.programme.id)
    assert running is not None
    assert (running.content, held.state) == (b"3", VersionState.WITHDRAWN)
    (entry,) = world.session.scalars(select(AuditEntry)).all()
    act = AuditAct.PLAN_APPLIED_ON_MACHINE if by is None else AuditAct.PLAN_APPLIED
    assert (entry.act, entry.by) == (act, None if by is None else by.id)
    (notice,) = world.messages(MessageKind.NOTICE)
    assert (notice.key, notice.facts["values"]) == (f"edit:{running.id}", {"lines": "~ a\n+ b"})


def test_a_text_that_changes_nothing_is_not_told(world: World) -> None:
    before, after = text(world, b"1"), text(world, b"1 # a note")
    versions.run_version(world.session, OPENS, before)
    put_in_force(world.session, OPENS, before, after, None, key="edit:{version}", say="notice.plan_on_machine", lines=())
    assert world.messages(MessageKind.NOTICE) == []
