"""Each figure says what is so, under a name that stays, and the names are all that may ever stand there."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from bot.dialogue import audit
from bot.health.metrics import FAULTS, VERSION, text_of_metrics
from bot.health.reading import read
from bot.health.signs_of_life import Sign
from bot.models import (
    AuditAct,
    DigestState,
    ListHold,
    MessageKind,
    MessageState,
    MissedSlot,
    OutboxMessage,
    PeopleList,
    ProgrammeVersion,
    Role,
    VersionState,
)
from bot.sending.lanes import Standstill
from schedules import housekeeping, jobs
from tests.support.database import unit_of_work
from tests.support.sick_bot import Bot
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database

ROOT = Path(__file__).parents[2]
# What monitoring may read. Whoever adds a name asks first: can one person's act move it? Then it does not belong here.
OF_THE_PROCESS = {
    "build_info",
    "database_up",
    "ready",
    "connected",
    "lease_seen",
    "lease_held",
    "programme_loaded",
    "clock_believed",
    "beat_age_seconds",
    "delivery_age_seconds",
    "connections_total",
    "rate_limits_total",
    "rounds_sent_total",
    "fault_since_timestamp_seconds",
    "standstill_since_timestamp_seconds",
}
OF_THE_DATABASE = {
    "list_size",
    "oldest_due_age_seconds",
    "held_digests",
    "held_lists",
    "held_plans",
    "missed_slots",
    "backup_timestamp_seconds",
    "rehearsed_restore_timestamp_seconds",
}
LABELS = {"build_info": {"version"}, "list_size": {"programme", "role"}, "fault_since_timestamp_seconds": {"fault"}}
LABELS |= {"standstill_since_timestamp_seconds": {"lane"}}


def names(text: str) -> set[str]:
    described = set(re.findall(r"^# TYPE eftertanke_(\w+) ", text, re.MULTILINE))
    assert re.findall(r"^(?!eftertanke_|# (?:HELP|TYPE) eftertanke_).+", text, re.MULTILINE) == []
    return described


@pytest.fixture
def bot(database: Database) -> Bot:
    return Bot(database)


class Figures:
    """What monitoring reads of a bot."""

    def __init__(self, bot: Bot, world: World | None = None, *, reads: bool = True) -> None:
        with bot.database.look() as look:
            session = look if world is None else world.session
            self.text = text_of_metrics(bot.vitals(), read(session, bot.now) if reads else None).decode()

    def __getitem__(self, name: str) -> float:
        (value,) = self.by_label(name).values()
        return value

    def by_label(self, name: str) -> dict[tuple[str, ...], float]:
        samples = (sample for family in text_string_to_metric_families(self.text) for sample in family.samples)
        return {tuple(sample.labels.values()): sample.value for sample in samples if sample.name == f"eftertanke_{name}"}


@pytest.fixture
def world(bot: Bot) -> Iterator[World]:
    with unit_of_work(bot.database) as session:
        yield World(session)


def test_these_names_and_no_others_may_be_read(bot: Bot):
    assert names(Figures(bot).text) == OF_THE_PROCESS | OF_THE_DATABASE
    assert names(Figures(bot, reads=False).text) == OF_THE_PROCESS
    assert names(text_of_metrics(None, None).decode()) == {"build_info", "database_up"}


def test_names_texts_and_labels_keep_the_rules_of_prometheus(bot: Bot):
    bot.standstills["people"] = Standstill(since=OPENS, reason="Anemone")
    fail(bot, "delivery")
    with unit_of_work(bot.database) as session:
        World(session).populate()
    for family in text_string_to_metric_families(Figures(bot).text):
        name = family.name.removeprefix("eftertanke_")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert family.documentation.endswith(".")
        assert family.type in {"gauge", "counter"}
        for sample in family.samples:
            assert sample.name.endswith("_total") == (family.type == "counter")
            assert set(sample.labels) == LABELS.get(name, set())
    assert "Anemone" not in Figures(bot).text


def test_the_version_is_that_of_the_project(bot: Bot):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
    assert Figures(bot).by_label("build_info") == {(VERSION,): 1}


@pytest.mark.parametrize(
    ("attribute", "value", "name", "healthy", "sick"),
    [
        ("is_connected", False, "connected", 1, 0),
        ("is_connected", False, "ready", 1, 0),
        ("lease_sight", None, "lease_seen", 1, 0),
        ("lease_sight", None, "lease_held", 1, 0),
        ("lease_sight", (True, 31.0), "lease_seen", 1, 0),
        ("lease_sight", (False, 2.0), "lease_held", 1, 0),
        ("lease_sight", (False, 2.0), "lease_seen", 1, 1),
        ("lease_sight", (False, 2.0), "ready", 1, 1),
        ("is_clock_believed", False, "clock_believed", 1, 0),
        ("rate_limits", 3, "rate_limits_total", 0, 3),
        ("rounds_sent", 2, "rounds_sent_total", 0, 2),
        ("lines_made", 5, "connections_total", 1, 5),
    ],
)
def test_what_the_process_knows_is_read(bot: Bot, attribute: str, value: Any, name: str, healthy: float, sick: float):
    assert Figures(bot)[name] == healthy
    setattr(bot, attribute, value)
    assert Figures(bot)[name] == Figures(bot, reads=name == "ready")[name] == sick


def test_without_the_database_the_process_still_tells_what_it_knows(bot: Bot):
    figures = Figures(bot, reads=False)
    assert (figures["database_up"], figures["ready"], figures["programme_loaded"], figures["connected"]) == (0, 0, 0, 1)
    assert Figures(bot)["database_up"] == 1


def test_ages_go_in_steps_so_that_no_message_shows_in_them(bot: Bot, monkeypatch: pytest.MonkeyPatch):
    ages = {Sign.BEAT: 9.99, Sign.DELIVERY: 10.0}
    monkeypatch.setattr(bot.signs, "age", ages.__getitem__)
    assert (Figures(bot)["beat_age_seconds"], Figures(bot)["delivery_age_seconds"]) == (0, 10)


def fail(bot: Bot, name: str, of: str = "") -> None:
    with bot.failures.watch(name, of):
        raise RuntimeError("Anemone")


def test_a_fault_stands_since_it_began_and_until_it_is_over(bot: Bot):
    fail(bot, "delivery")
    fail(bot, "open_rounds", of="landsbyen-2018")
    assert Figures(bot).by_label("fault_since_timestamp_seconds") == {(name,): OPENS.timestamp() for name in ("delivery", "open_rounds")}
    with bot.failures.watch("delivery"):
        pass
    assert Figures(bot).by_label("fault_since_timestamp_seconds") == {("open_rounds",): OPENS.timestamp()}


def test_a_fault_by_an_unknown_name_is_another_one(bot: Bot):
    fail(bot, "Anemone")
    assert Figures(bot).by_label("fault_since_timestamp_seconds") == {("other",): OPENS.timestamp()}
    assert "Anemone" not in Figures(bot).text


def test_every_name_under_which_something_may_fail_is_in_the_list():
    said = {*jobs.JOBS, *housekeeping.STEPS, "database", "database_gone", "delivery", "troubles"}
    for package in ("bot", "schedules"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("failures.watch", "_attempt")) and node.args:
                    said |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    assert said == FAULTS


def test_a_lane_that_stands_still_is_told_since_when(bot: Bot):
    bot.standstills["people"] = Standstill(since=OPENS, reason="not_allowed")
    assert Figures(bot).by_label("standstill_since_timestamp_seconds") == {("people",): OPENS.timestamp()}


def test_a_list_is_as_long_as_last_accepted_and_an_estimate_is_not_told(bot: Bot, world: World):
    world.populate(leaders=14)
    world.session.get_one(PeopleList, (world.programme.id, Role.EMPLOYEE_REP)).estimated = True
    world.session.flush()
    sizes = {role: size for (_, role), size in Figures(bot, world).by_label("list_size").items()}
    assert sizes == {"leader": 14, "politician": 2, "organiser": 1}


def put(world: World, kind: MessageKind, minutes: float, count: int = 1) -> None:
    """So many messages that have been due for so long."""
    round_ = world.add_round(1)
    world.add_questions(round_, world.add_people(count), MessageState.PENDING)
    for message in world.session.scalars(select(OutboxMessage).where(OutboxMessage.round_id == round_.id)):
        message.due_at, message.kind = OPENS - timedelta(minutes=minutes), kind
    world.session.flush()


@pytest.mark.parametrize(
    ("kind", "count", "minutes", "told"),
    [
        (MessageKind.QUESTION, 20, 12, 0),
        (MessageKind.REMINDER, 20, 12, 0),
        (MessageKind.WELCOME, 20, 12, 0),
        (MessageKind.DIGEST, 1, 61.7, 61),
        (MessageKind.DIGEST, 1, -1, 0),
        (MessageKind.DRAFT, 1, 1, 1),
        (MessageKind.DIGEST_UPDATE, 1, 61, 0),
        (MessageKind.QUOTE_REVIEW, 1, 61, 0),
    ],
)
def test_only_what_a_channel_waits_for_is_old(bot: Bot, world: World, kind: MessageKind, count: int, minutes: float, told: int):
    assert Figures(bot, world)["oldest_due_age_seconds"] == 0
    put(world, kind, minutes, count)
    assert Figures(bot, world)["oldest_due_age_seconds"] == 60 * told


def test_what_waits_for_an_organiser_is_counted(bot: Bot, world: World):
    world.populate()
    world.add_round(1)
    digest = world.draft(1)
    digest.state = DigestState.HELD
    world.session.add(ListHold(id=1, programme=world.programme.id, role=Role.LEADER, had=30, has=10, since=OPENS))
    version = {"programme": world.programme.id, "file": "x.yaml", "checksum": "0", "content": b"", "since": OPENS}
    world.session.add(ProgrammeVersion(state=VersionState.HELD, **version))
    world.session.add(MissedSlot(programme=world.programme.id, week="2018-W30", day=1, reason="late", noticed_at=OPENS))
    world.session.flush()
    figures = Figures(bot, world)
    assert [figures[name] for name in ("held_digests", "held_lists", "held_plans", "missed_slots")] == [1, 1, 1, 1]


def test_the_last_backup_and_rehearsal_are_told_and_nought_is_never(bot: Bot, world: World):
    names = {AuditAct.BACKUP_MADE: "backup_timestamp_seconds", AuditAct.RESTORE_REHEARSED: "rehearsed_restore_timestamp_seconds"}
    for act, name in names.items():
        assert Figures(bot, world)[name] == 0
        for hours in (5, 2):
            note(world.session, act, hours)
        assert Figures(bot, world)[name] == (OPENS - timedelta(hours=2)).timestamp()


def note(session: Session, act: AuditAct, hours: float) -> None:
    audit.note_operator(session, OPENS - timedelta(hours=hours), act)
    session.flush()
