"""The figures of `/metrics`, in the form that Prometheus reads.

They are worked out when they are asked for. None counts people by what they did, and none moves by what one person does: ages are told in
steps, so that nobody reads from them when a message went out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.failures import DATABASE, DATABASE_GONE, DELIVERY
from bot.health.readiness import conditions
from bot.health.signs_of_life import Sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from prometheus_client.core import Metric

    from bot.health.reading import Reading
    from bot.health.vitals import Vitals

VERSION: Final = "0.1.0"  # as in pyproject.toml
STEP: Final = 10  # seconds: a bot that does well takes a step more often than that, whatever there is to send
OTHER: Final = "other"
FAULTS: Final = frozenset(  # what can fail again and again; the names are a closed list, so that no text gets into a figure
    """
    beat clock drift earlier edit judge load metronome people refresh rounds_sent troubles wipe clear_away
    settle_people readdress record_missed close_rounds open_rounds tell_unplaced queue_late queue_reminders draft_digests post_digests
    bring_to_mind queue_welcomes queue_answers greet_organisers tell_week look_after_promises look_after_channel tell_undrafted tidy
    close_what_is_over detach_a_round delete_old_replies tidy_away
    """.split()  # noqa: SIM905 - so many words read more easily than a list
) | {DATABASE, DATABASE_GONE, DELIVERY}


def text_of_metrics(vitals: Vitals | None, reading: Reading | None) -> bytes:
    """All figures as text; without a reading of the database, what the process itself knows."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(vitals, reading))
    return generate_latest(registry)


class _Figures(Collector):
    """The figures of one moment."""

    def __init__(self, vitals: Vitals | None, reading: Reading | None) -> None:
        self._vitals, self._reading = vitals, reading

    def collect(self) -> Iterator[Metric]:
        """All of them."""
        yield _gauge("build_info", "The version that runs.", {(VERSION,): 1}, "version")
        yield _gauge("database_up", "1: the database answers.", int(self._reading is not None))
        if self._vitals is not None:
            yield from _of_process(self._vitals, self._reading)
        if self._reading is not None:
            yield from _of_database(self._reading)


def _of_process(vitals: Vitals, reading: Reading | None) -> Iterator[Metric]:
    fulfilled, sight = conditions(vitals, reading), vitals.lease_sight()
    yield _gauge("ready", "1: all that /readyz asks for is there.", int(all(fulfilled.values())))
    yield _gauge("connected", "1: what people do in the chat reaches the bot.", int(fulfilled["connected"]))
    yield _gauge("lease_seen", "1: this process delivers, or another one does.", int(fulfilled["lease"]))
    yield _gauge("lease_held", "1: this process delivers.", int(sight is not None and sight[0]))
    yield _gauge("programme_loaded", "1: the programme that runs or comes next is loaded.", int(fulfilled["programme"]))
    yield _gauge("clock_believed", "1: the machine's clock and the platform's agree.", int(vitals.is_clock_believed()))
    yield _gauge("beat_age_seconds", "Since the last step of the heartbeat, in tens of seconds.", _in_steps(vitals.signs.age(Sign.BEAT)))
    yield _gauge("delivery_age_seconds", "Since the last step of delivery, in tens of seconds.", _in_steps(vitals.signs.age(Sign.DELIVERY)))
    yield _counter("connections", "Connections made to the platform since the start.", vitals.lines_made())
    yield _counter("rate_limits", "Pauses of ten seconds or more that the platform asked for since the start.", vitals.rate_limits())
    yield _counter("rounds_sent", "Rounds of questions sent since the start.", vitals.rounds_sent())
    faults = {(_name_of_fault(failing.name),): failing.since.timestamp() for failing in reversed(vitals.failures.standing())}
    yield _gauge("fault_since_timestamp_seconds", "Since when something fails each time it is tried.", faults, "fault")
    still = {(lane,): standstill.since.timestamp() for lane, standstill in vitals.standstills().items()}
    yield _gauge("standstill_since_timestamp_seconds", "Since when the platform takes no messages of a kind.", still, "lane")


def _of_database(reading: Reading) -> Iterator[Metric]:
    lists = dict(sorted(reading.lists.items()))
    yield _gauge("list_size", "People on a list as last accepted, whatever they do.", lists, "programme", "role")
    yield _gauge(
        "oldest_due_age_seconds",
        "For how long a channel has waited for what is due, in whole minutes.",
        60 * reading.minutes_due,
    )
    yield _gauge("held_digests", "Digests that wait for an organiser after their hour.", reading.held_digests)
    yield _gauge("held_lists", "Lists that wait for an organiser, as they have lost many people.", reading.held_lists)
    yield _gauge("held_plans", "Edits of programmes that wait for an organiser.", reading.held_plans)
    yield _gauge("missed_slots", "Questions that could not go out, in all programmes.", reading.missed_slots)
    yield _gauge("backup_timestamp_seconds", "The last backup; 0: never.", _seconds(reading.backup))
    yield _gauge("rehearsed_restore_timestamp_seconds", "The last rehearsal of a restore; 0: never.", _seconds(reading.rehearsed_restore))


def _gauge(name: str, help_text: str, value: float | Mapping[Any, float], *labels: str) -> Metric:
    metric = GaugeMetricFamily(f"eftertanke_{name}", help_text, labels=labels)
    for of_labels, number in value.items() if isinstance(value, Mapping) else [((), value)]:
        metric.add_metric(of_labels, number)
    return metric


def _counter(name: str, help_text: str, value: int) -> Metric:
    return CounterMetricFamily(f"eftertanke_{name}", help_text, value=value)


def _in_steps(seconds: float) -> int:
    return int(seconds) // STEP * STEP


def _seconds(moment: datetime | None) -> float:
    return 0 if moment is None else moment.timestamp()


def _name_of_fault(name: str) -> str:
    return name if name in FAULTS else OTHER
