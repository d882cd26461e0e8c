"""What waits in a dialogue, what comes next and what has gone wrong is told; of people only how many are listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.app.doctor import dialogue
from bot.models import (
    AuditAct,
    AuditEntry,
    Base,
    Digest,
    DigestState,
    HoldState,
    ListHold,
    LoadedProgramme,
    MessageKind,
    OutboxMessage,
    PauseForAll,
    PeopleList,
    ProgrammeVersion,
)
from bot.programme import Role
from bot.sentence import sentence
from bot.states import VersionState
from schedules.due import ends_at
from schedules.programme_file import load_folder
from tests.support.programme import PROGRAMME, write_programme

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.app.doctor.installation_of_test import Installation

NOW = datetime(2018, 10, 8, 8, 0, tzinfo=UTC)  # the day before the first question
HOUR = timedelta(hours=1)


@pytest.fixture
def id_(installation: Installation) -> str:
    """The programme of a dialogue that has begun."""
    (programme,) = load_folder(installation.folder / "schedules")
    file = installation.on_slack()
    installation.write(
        file, lambda session: session.add(LoadedProgramme(id=programme.id, loaded_at=NOW, checksum=programme.checksum, synchronised_at=NOW))
    )
    return programme.id


def put(installation: Installation, *rows: Base) -> None:
    def add(session: Session) -> None:
        session.add_all(rows)

    installation.write(installation.folder / "data" / "eftertanke.sqlite", add)


def digest(programme: str, state: DigestState, **more: Any) -> Digest:
    values = {"week": "2018-W41", "number": 1, "content": {}, "checksum": "0" * 64, "drafted_at": NOW, "post_at": NOW} | more
    return Digest(programme=programme, state=state, **values)


def trouble(programme: str, key: str) -> OutboxMessage:
    values = {"delivery_id": key[:32], "kind": MessageKind.NOTICE, "address": "C0ORGANISERS", "facts": {}, "due_at": NOW, "next_at": NOW}
    return OutboxMessage(programme=programme, key=key, **values)


def test_a_programme_that_is_good_is_in_order(installation: Installation) -> None:
    assert set(installation.states("programme", NOW).values()) <= {"ok", "remark"}


def test_faults_of_a_programme_are_counted_and_the_first_is_placed(installation: Installation) -> None:
    write_programme(installation.folder / "schedules", "every: tuesday", "every: tirsdag")
    (finding,) = installation.find(NOW)["programme"]
    assert (finding.said.key, finding.state) == ("doctor.programme.faults", "fault")
    assert "landsby.yaml:" in str(dict(finding.said.values)["place"])


def test_a_folder_without_programmes_is_a_fault(installation: Installation) -> None:
    for file in (installation.folder / "schedules").iterdir():
        file.unlink()
    assert installation.states("programme") == {"programme.none": "fault"}


def test_before_anything_has_run_nothing_is_told_of_what_has(installation: Installation) -> None:
    installation.on_slack()
    assert installation.find(NOW).keys().isdisjoint({"lists", "next", "plan"})
    assert installation.states("backup", NOW) == {"backup.never": "remark"}


def test_remarks_on_a_programme_are_told_until_it_is_over(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "remarks", lambda _programme, _today: (sentence("doctor.ok"),))
    assert installation.states("programme", NOW) == {"programme.remarks": "remark"}
    assert installation.states("programme", ends_at(PROGRAMME)) == {"programme.fine": "ok"}


def test_what_comes_next_is_told_with_its_moment(installation: Installation, id_: str) -> None:
    (finding,) = installation.find(NOW)["next"]
    assert finding.said.key == "doctor.next.round"
    assert dict(finding.said.values)["at"] == datetime(2018, 10, 9, 7, 30, tzinfo=UTC)
    assert installation.states("next", NOW + timedelta(days=300)) == {"next.nothing": "ok"}


def test_a_plan_that_waits_and_a_pause_are_told(installation: Installation, id_: str) -> None:
    version = ProgrammeVersion(programme=id_, state=VersionState.HELD, file="landsby.yaml", checksum="1" * 64, content=b"", since=NOW)
    put(installation, version, PauseForAll(programme=id_, reason="Ferie", since=NOW))
    assert installation.states("plan", NOW) == {"plan.held": "remark", "plan.paused": "remark"}


def test_lists_are_told_with_their_sizes_and_which_wait_or_are_too_short(installation: Installation, id_: str) -> None:
    sizes = {Role.LEADER: 40, Role.EMPLOYEE_REP: 9, Role.POLITICIAN: 3, Role.ORGANISER: 1}
    held = ListHold(id=1, programme=id_, role=Role.POLITICIAN, had=9, has=3, state=HoldState.HELD, since=NOW)
    put(installation, *(PeopleList(programme=id_, role=role, confirmed=size, listed=size) for role, size in sizes.items()), held)
    told = [(finding.said.key, finding.state.value, dict(finding.said.values).get("n")) for finding in installation.find(NOW)["lists"]]
    assert sorted(map(str, told)) == sorted(
        map(
            str,
            [
                ("doctor.lists.fine", "ok", 40),
                ("doctor.lists.fine", "remark", 9),
                ("doctor.lists.held", "remark", None),
                ("doctor.lists.fine", "ok", 1),
            ],
        )
    )


@pytest.mark.parametrize(
    ("state", "more", "said"),
    [
        (DigestState.HELD, {}, "digests.waits"),
        (DigestState.IN_REVIEW, {"post_at": NOW - HOUR}, "digests.waits"),
        (DigestState.IN_REVIEW, {"post_at": NOW + HOUR}, "digests.fine"),
        (DigestState.APPROVED, {"uncertain": True}, "digests.waits"),
        (DigestState.ISSUED, {}, "digests.fine"),
    ],
)
def test_a_digest_that_is_stuck_is_told(installation: Installation, id_: str, state: DigestState, more: dict[str, Any], said: str) -> None:
    put(installation, digest(id_, state, **more))
    assert list(installation.states("digests", NOW)) == [said]


def test_an_alarm_stands_until_its_end_was_told(installation: Installation, id_: str) -> None:
    since = "2018-10-08T073000+0000"
    put(installation, trouble(id_, f"trouble:people:{since}"), trouble(id_, f"trouble:step:roster:{since}"))
    whats = [dict(finding.said.values)["what"] for finding in installation.find(NOW)["alarms"]]
    assert {getattr(what, "key", "") for what in whats} == {"doctor.alarms.people", "doctor.alarms.step"}
    assert installation.find(NOW)["alarms"][0].state == "fault"
    put(installation, trouble(id_, f"trouble-over:people:{since}"), trouble(id_, f"trouble-over:step:roster:{since}"))
    assert installation.states("alarms", NOW) == {"alarms.fine": "ok"}


@pytest.mark.parametrize(
    ("hours", "backup"),
    [
        (26, {"backup.made": "ok"}),
        (27, {"backup.made": "remark"}),
        (7 * 24, {"backup.made": "remark"}),
        (7 * 24 + 1, {"backup.made": "fault"}),
    ],
)
def test_a_backup_grows_old(installation: Installation, id_: str, hours: int, backup: dict[str, str]) -> None:
    put(installation, AuditEntry(id=1, programme=None, at=NOW, act=AuditAct.BACKUP_MADE))
    assert installation.states("backup", NOW + hours * HOUR) == backup


def test_that_there_never_was_a_backup_is_a_fault_after_the_first_night(installation: Installation, id_: str) -> None:
    assert installation.states("backup", NOW + HOUR) == {"backup.never": "remark"}
    assert installation.states("backup", NOW + 27 * HOUR) == {"backup.never": "fault"}


def test_a_restore_that_was_never_rehearsed_is_told(installation: Installation, id_: str) -> None:
    assert installation.states("rehearsal", NOW) == {"rehearsal.never": "remark"}
    put(installation, AuditEntry(id=1, programme=None, at=NOW, act=AuditAct.RESTORE_REHEARSED))
    assert installation.states("rehearsal", NOW) == {"rehearsal.made": "ok"}
