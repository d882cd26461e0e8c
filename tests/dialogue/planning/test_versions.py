"""Of a programme one text runs and one is held at most, and the first who decides about a held one has decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.dialogue.planning import versions
from bot.models import ProgrammeVersion, VersionState
from tests.support.programme import PROGRAMME
from tests.support.world import DAY, OPENS, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.programme import Programme


@pytest.fixture
def session(world: World) -> Session:
    return world.session


def text(content: bytes) -> Programme:
    return replace(PROGRAMME, file="schedules/a.yaml", content=content, checksum=content.hex())


def run(session: Session, content: bytes, day: int = 0) -> ProgrammeVersion:
    return versions.run_version(session, OPENS + DAY * day, text(content))


def hold(session: Session, content: bytes, day: int = 0) -> ProgrammeVersion:
    return versions.hold_version(session, OPENS + DAY * day, text(content))


def states(session: Session) -> dict[bytes, VersionState]:
    session.expire_all()
    return {version.content: version.state for version in session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.id))}


def test_a_text_that_runs_replaces_the_one_before_and_the_same_text_is_stored_once(session: Session) -> None:
    first = run(session, b"1")
    assert run(session, b"1", day=1) is first
    assert versions.content_before(session, PROGRAMME.id) is None
    run(session, b"2", day=2)
    assert states(session) == {b"1": VersionState.REPLACED, b"2": VersionState.RUNNING}
    assert versions.content_before(session, PROGRAMME.id) == b"1"


def test_a_held_text_runs_once_it_is_applied_and_nobody_decides_after_that(session: Session) -> None:
    run(session, b"1")
    held = hold(session, b"2")
    assert versions.apply_held(session, OPENS, held)
    decisions = versions.apply_held, versions.decline_held, versions.withdraw_held
    assert [decide(session, OPENS, held) for decide in decisions] == [False, False, False]
    assert states(session) == {b"1": VersionState.REPLACED, b"2": VersionState.RUNNING}
    assert versions.version_held(session, PROGRAMME.id) is None


@pytest.mark.parametrize(
    ("decide", "state"), [(versions.decline_held, VersionState.DECLINED), (versions.withdraw_held, VersionState.WITHDRAWN)]
)
def test_a_held_text_that_is_not_wanted_leaves_the_other_running(
    session: Session, decide: Callable[..., bool], state: VersionState
) -> None:
    run(session, b"1")
    held = hold(session, b"2")
    assert decide(session, OPENS, held)
    assert (versions.apply_held(session, OPENS, held), states(session)) == (False, {b"1": VersionState.RUNNING, b"2": state})


@pytest.mark.parametrize("state", [VersionState.RUNNING, VersionState.HELD])
def test_the_database_lets_no_second_text_run_or_be_held(session: Session, state: VersionState) -> None:
    for content in (b"1", b"2"):
        session.add(
            ProgrammeVersion(programme=PROGRAMME.id, state=state, file="a.yaml", content=content, checksum=content.hex(), since=OPENS)
        )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_declined_text_counts_as_the_last_word_until_another_runs(session: Session) -> None:
    run(session, b"1")
    declined = hold(session, b"2")
    versions.decline_held(session, OPENS, declined)
    withdrawn = hold(session, b"3")
    versions.withdraw_held(session, OPENS, withdrawn)
    assert versions.last_declined(session, PROGRAMME.id) is declined
    run(session, b"4")  # at the same moment: a clock may stand still
    assert versions.last_declined(session, PROGRAMME.id) is None
