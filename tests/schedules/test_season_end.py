"""A season ends with a report of what became of every wish, and with thanks; both once, and also when it is cut short."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.days_off import DaysOff
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import checksum, content_of
from bot.dialogue.planning import pause_for_all
from bot.local_time import WEEK, today
from bot.models import Digest, DigestState, MessageKind, Round
from bot.programme import Week
from bot.wording import say
from schedules import due, jobs, season_end
from schedules.programme_file import load_file
from schedules.programme_store import CARE_AFTER_END
from tests.support.database import open_database, unit_of_work
from tests.support.heartbeat_world import here
from tests.support.programme import DIGEST_CHANNEL, exchange, programme_with
from tests.support.promise_season import AFTERNOON, MORNING, ORGANISER, PACES, PromiseSeason
from tests.support.running_world import database_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from bot.database.unit_of_work import Database

pytestmark = pytest.mark.long  # whole seasons are lived

LAST_FRIDAY = date(2018, 10, 19)  # of two weeks with a question each
ALL = ", ".join(f"spoerg-{number}" for number in range(1, 11))
TWO, THREE = "spoerg-1, spoerg-2", "spoerg-1, spoerg-2, spoerg-3"
RESERVED = [text for number in range(3, 11) for text in (f"spoerg-{number}, theme", f"spoerg-{number}, reserve: true, theme")]
CUT = ("until: 2018-12-11", "until: 2018-10-16", f"[{ALL}]", f"[{TWO}]", *RESERVED)


class EndingSeason(PromiseSeason):
    """A season of two weeks, and what is played after it. `approves`: the digests (by number) that an organiser approves."""

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(folder, database, PACES["at once"], weeks=2)
        self.edit(*CUT)
        self.approves: Callable[[int], bool] = lambda _: True

    def edit(self, *changes: str) -> None:
        """Change the programme's file, and let an organiser put in force what is held."""
        file = self.world.file
        file.write_text(exchange(file.read_text("utf-8"), *changes), "utf-8")
        self.programme = load_file(file)

    def make_longer(self) -> None:
        """Plan one question more, for the week after the report's."""
        until, order = ("until: 2018-10-16", "until: 2018-10-30"), (f"[{TWO}]", f"[{THREE}]")
        self.edit(*until, "weeks: []", "weeks: [43]", *order, "spoerg-3, reserve: true", "spoerg-3")

    def live(self, *moments: str) -> None:
        """Beat at each moment of the programme's zone, with all that people do then."""
        for moment in moments:
            self.beat(here(moment))
            with unit_of_work(self.database) as session:
                for digest in session.scalars(select(Digest).where(Digest.state == DigestState.IN_REVIEW)).all():
                    if self.approves(digest.number):
                        digest_review.approve(session, self.now, self.programme, ORGANISER, digest.id)
                hour = self.now.astimezone(self.programme.zone).time()
                if hour in {MORNING, AFTERNOON} and self.approves(0):
                    self._act(session, today(self.now, self.programme.timezone), hour)

    def live_to_the_end(self) -> None:
        """Both weeks, to the posting of the last digest."""
        self.live("2018-10-01 10:05", "2018-10-05 11:00", "2018-10-08 11:00")
        for day in ("2018-10-09 11:00", "2018-10-12 11:00", "2018-10-12 14:05", "2018-10-16 11:00", "2018-10-19 11:00", "2018-10-19 14:05"):
            self.live(day)

    def digests(self) -> list[Digest]:
        with self.database.look() as session:
            return list(session.scalars(select(Digest).order_by(Digest.number)))

    def reports(self) -> list[Digest]:
        return [digest for digest in self.digests() if digest.week is None]

    def posted(self) -> list[str]:
        """The headlines in the politicians' channel."""
        return [said.meaning.text.headline for said in self.said if said.kind is MessageKind.DIGEST and said.address == DIGEST_CHANNEL]  # type: ignore[attr-defined] # a digest's meaning

    def thanked(self) -> set[str]:
        return {said.address for said in self.said if said.kind is MessageKind.THANKS}

    def in_care(self, moment: str) -> bool:
        with self.database.look() as session:
            return season_end.needs_care(session, here(moment), self.programme)


@pytest.fixture
def season(tmp_path: Path, database: Database) -> EndingSeason:
    return EndingSeason(tmp_path, database)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> EndingSeason:
    """A season that has been lived to its end, for all to copy."""
    folder = tmp_path_factory.mktemp("lived")
    with closing(open_database(database_in(folder / "data"))) as database:
        season = EndingSeason(folder, database)
        season.live_to_the_end()
    return season


@pytest.fixture
def ended(lived: EndingSeason, tmp_path: Path) -> Iterator[EndingSeason]:
    """A copy of it, in which the bot has been started again."""
    shutil.copytree(lived.world.folder.parent, tmp_path, dirs_exist_ok=True)
    with closing(open_database(database_in(tmp_path / "data"))) as database:
        season = EndingSeason(tmp_path, database)
        season.world.clock.moment, season.said = lived.now, list(lived.said)
        yield season


# --- when


def test_a_week_after_the_last_close_a_report_is_drafted_and_goes_the_way_of_a_digest(ended: EndingSeason) -> None:
    ended.live("2018-10-26 09:59")
    assert ended.reports() == []
    ended.live("2018-10-26 10:01", "2018-10-26 13:59")
    (report,) = ended.reports()
    assert (report.number, report.state, len(ended.posted())) == (3, DigestState.APPROVED, 2)
    ended.live("2018-10-26 14:05")
    (report,) = ended.reports()
    assert (report.state, report.finding, report.wishes) == (DigestState.ISSUED, None, [])
    assert ended.posted()[-1].endswith("Hvad blev der af det?")
    content = content_of(report)
    assert checksum(content) == report.checksum
    assert content["before"] == {"number": 2, "checksum": ended.digests()[1].checksum}
    assert [wish["digest"] for wish in content["ledger"]] == [1, 2]
    assert content["report"]["questions"] == 2


def test_who_took_part_is_thanked_once_the_working_day_before_the_report_is_drafted(ended: EndingSeason) -> None:
    ended.live("2018-10-25 09:29")
    assert ended.thanked() == set()
    ended.live("2018-10-25 09:31", "2018-10-25 11:00", "2018-10-26 10:01", "2018-10-26 14:05", "2018-10-29 11:00")
    assert len(ended.thanked()) == sum(said.kind is MessageKind.THANKS for said in ended.said) == 24


def test_thanks_wait_for_no_report_and_offer_what_can_still_be_copied(ended: EndingSeason) -> None:
    ended.approves = lambda number: False
    ended.live("2018-10-25 10:01", "2018-10-25 11:00")
    assert len(ended.thanked()) == 24
    assert all(said.meaning.book for said in ended.said if said.kind is MessageKind.THANKS)  # type: ignore[attr-defined] # thanks


def test_a_report_is_drafted_once_whoever_looks(ended: EndingSeason) -> None:
    ended.restless = True
    ended.live("2018-10-26 10:01", "2018-10-26 14:05", "2018-11-02 10:05", "2018-11-09 14:05")
    assert len(ended.reports()) == 1


def test_while_questions_are_to_come_there_is_no_report(season: EndingSeason) -> None:
    season.edit("until: 2018-10-16", "until: 2018-11-13", "weeks: []", "weeks: [42, 43, 44, 45]")
    season.live_to_the_end()
    season.live("2018-10-26 10:05", "2018-11-02 10:05")
    assert season.reports() == []


def test_a_season_that_is_cut_short_while_a_question_is_open_has_a_report(season: EndingSeason) -> None:
    season.live("2018-10-01 10:05", "2018-10-05 11:00", "2018-10-08 11:00", "2018-10-09 11:00")
    season.edit("until: 2018-10-16", "until: 2018-10-09", f"[{TWO}]", "[spoerg-1]", "spoerg-2, theme", "spoerg-2, reserve: true, theme")
    season.world.heart.beat()
    season.world.put_in_force()
    season.live("2018-10-12 11:00", "2018-10-12 14:05", "2018-10-19 10:01", "2018-10-19 14:05")
    assert [digest.week for digest in season.digests()] == ["2018-W41", None]


def test_a_season_without_any_question_has_no_end(season: EndingSeason) -> None:
    season.world.clock.moment = here("2018-10-30 11:00")
    season.live("2018-10-30 11:00", "2018-11-06 11:00")
    assert (season.digests(), season.thanked()) == ([], set())


def test_a_report_waits_for_the_last_digest_a_week_at_most(season: EndingSeason) -> None:
    season.approves = lambda number: number != 2 and number > 0
    season.live_to_the_end()
    season.live("2018-10-26 10:01", "2018-11-02 08:55")  # winter time has begun
    assert season.reports() == []
    season.live("2018-11-02 11:00", "2018-11-02 14:05")
    (report,) = season.reports()
    assert (report.number, report.state) == (3, DigestState.ISSUED)


def test_a_programme_that_is_made_longer_has_another_report_at_its_new_end(ended: EndingSeason) -> None:
    ended.live("2018-10-26 10:01", "2018-10-26 14:05", "2018-10-26 14:10")
    ended.make_longer()
    ended.live("2018-10-29 11:00")
    ended.world.put_in_force()
    ended.live("2018-10-30 11:00", "2018-11-02 11:00", "2018-11-02 14:05")
    assert [digest.week for digest in ended.digests()] == ["2018-W41", "2018-W42", None, "2018-W44"]
    weekly = content_of(ended.digests()[3])
    assert weekly["before"]["number"] == 3
    ended.live("2018-11-09 11:00", "2018-11-09 14:05", "2018-11-09 14:10")
    assert [(report.number, content_of(report)["report"]["questions"]) for report in ended.reports()] == [(3, 2), (5, 3)]
    assert sum(said.kind is MessageKind.THANKS for said in ended.said) == 48


def test_thanks_that_wait_are_taken_back_once_the_programme_is_made_longer(ended: EndingSeason) -> None:
    ended.world.clock.moment = here("2018-10-25 19:30")
    ended.world.heart.beat()  # too late for that day: they wait until Friday
    ended.make_longer()
    ended.world.heart.beat()
    ended.world.put_in_force()
    ended.live("2018-10-26 07:00", "2018-10-26 11:00", "2018-10-30 11:00")
    assert ended.thanked() == set()


def test_a_report_that_waits_while_the_programme_is_made_longer_is_held_and_gives_way_to_the_next(ended: EndingSeason) -> None:
    ended.approves = lambda number: False
    ended.live("2018-10-26 10:01")
    ended.make_longer()
    ended.live("2018-10-26 10:05")
    ended.world.put_in_force()
    ended.live("2018-10-26 10:10", "2018-10-26 14:05", "2018-10-29 11:00")
    (report,) = ended.reports()
    assert (report.state, report.note) == (DigestState.HELD, say("da", "report.goes_on"))
    assert not [said for said in ended.said if said.key.startswith(f"alarm:review:{report.id}")]
    ended.approves = lambda number: number > 3
    ended.live("2018-10-30 11:00")
    with unit_of_work(ended.database) as session:
        assert not digest_review.approve(session, ended.now, ended.programme, ORGANISER, report.id).made
    ended.live("2018-11-02 11:00", "2018-11-02 14:05", "2018-11-09 11:00", "2018-11-09 14:05", "2018-11-12 11:00")
    assert [digest.state for digest in ended.reports()] == [DigestState.HELD, DigestState.ISSUED]
    assert not [said for said in ended.said if said.key.startswith(f"alarm:review:{report.id}")]


def test_a_report_that_nobody_approves_is_alarmed_about_daily_for_four_weeks_and_then_weekly(ended: EndingSeason) -> None:
    ended.approves = lambda number: False
    ended.live("2018-10-26 10:01", "2018-10-26 14:05", "2018-11-22 11:00", "2018-11-23 11:00")
    ended.live(*(f"2018-11-{day} 15:00" for day in range(26, 31)), "2018-12-03 15:00")
    alarms = [said.key[-10:] for said in ended.said if said.key.startswith("alarm:review")]
    assert alarms == ["2018-10-26", "2018-11-22", "2018-11-23", "2018-11-30"]


def test_a_late_report_is_drafted_while_people_work(ended: EndingSeason) -> None:
    ended.live("2018-11-03 03:00")  # a Saturday
    assert ended.reports() == []
    ended.live("2018-11-05 08:00")
    assert len(ended.reports()) == 1


def test_during_a_pause_for_all_the_end_waits(ended: EndingSeason) -> None:
    with unit_of_work(ended.database) as session:
        pause_for_all.pause(session, ended.now, ended.programme, ORGANISER, "Vi venter lidt.")
    ended.live("2018-10-26 11:00", "2018-11-02 14:05", "2018-11-23 11:00")
    assert (ended.reports(), ended.thanked()) == ([], set())
    with unit_of_work(ended.database) as session:
        pause_for_all.end(session, ended.now, ended.programme, ORGANISER)
    assert ended.in_care("2018-11-23 12:00")
    ended.live("2018-11-23 12:00", "2018-11-23 14:05", "2018-11-23 14:10")
    assert [digest.state for digest in ended.reports()] == [DigestState.ISSUED]
    assert len(ended.thanked()) == 24


def test_after_three_weeks_without_the_bot_the_last_week_and_the_report_are_still_told(season: EndingSeason) -> None:
    season.live(
        "2018-10-01 10:05",
        "2018-10-05 11:00",
        "2018-10-08 11:00",
        "2018-10-09 11:00",
        "2018-10-12 11:00",
        "2018-10-12 14:05",
        "2018-10-16 11:00",
    )
    season.live("2018-11-09 11:00", "2018-11-09 11:05", "2018-11-09 11:10")
    assert [digest.week for digest in season.digests()] == ["2018-W41", "2018-W42", None]
    report = season.reports()[0]
    assert [wish["digest"] for wish in content_of(report)["ledger"]] == [1, 2]
    assert report.post_at == here("2018-11-09 14:00")
    season.live("2018-11-09 14:05", "2018-11-09 14:10")
    assert len(season.thanked()) == 24


def test_nobody_hears_of_a_season_that_ended_long_before_the_bot_looks(ended: EndingSeason) -> None:
    moment = (here("2018-10-19 11:00") + CARE_AFTER_END).strftime("%Y-%m-%d")
    ended.live(f"{moment} 11:05", f"{moment} 14:05")
    assert (ended.reports(), ended.thanked()) == ([], set())
    assert not ended.in_care(f"{moment} 14:05")


def test_the_bot_looks_after_a_report_until_it_is_issued(ended: EndingSeason) -> None:
    ended.approves = lambda number: False
    ended.live("2018-10-26 10:01")
    assert ended.in_care("2019-03-01 11:00")
    ended.approves = lambda number: True
    ended.live("2018-10-26 14:05", "2018-10-26 14:06")
    assert ended.in_care("2018-11-16 11:00")
    assert not ended.in_care("2019-03-01 11:00")


# --- sent back


def test_a_report_that_is_sent_back_is_alarmed_about_in_its_own_words_and_posted_once_it_is_approved(ended: EndingSeason) -> None:
    ended.approves = lambda number: False
    ended.live("2018-10-26 10:01")
    (report,) = ended.reports()
    with unit_of_work(ended.database) as session:
        sent_back = digest_review.send_back(session, ended.now, ended.programme, ORGANISER, report.id, "Vent på svaret om vikarer.")
        assert sent_back.made
    ended.live("2018-10-26 14:05")
    alarm: Any = next(said.meaning for said in ended.said if said.key.startswith(f"alarm:review:{report.id}"))
    assert alarm.intro == "Overblik nr. 3 for hele dialogen er ikke sendt: Det er sendt tilbage, og ingen har godkendt det siden."
    assert "Vent på svaret om vikarer." in alarm.status
    assert not alarm.choosable
    with unit_of_work(ended.database) as session:
        assert digest_review.approve(session, here("2018-10-30 10:00"), ended.programme, ORGANISER, report.id).made
    ended.live("2018-10-30 10:05")
    assert ended.posted()[-1].endswith("Hvad blev der af det?")
    assert [digest.checksum for digest in ended.reports()] == [report.checksum]


# --- the moments


@given(close=st.dates(date(2018, 1, 1), date(2020, 12, 31)))
def test_a_report_is_drafted_on_a_working_day_after_the_close_and_posted_after_that(close: date) -> None:
    programme = programme_with()
    last_close = here(f"{close} 10:00")
    end = due.plan_end(programme, last_close)
    for at in (end.thanks, end.draft, end.post):
        assert DaysOff.of(programme).name(today(at, programme.timezone)) is None
    assert last_close < end.thanks <= end.draft < end.post
    planned = close + WEEK
    assert _week(end.draft, programme.timezone) == Week.of(planned) or today(end.draft, programme.timezone) > planned


def _week(at: datetime, zone: str) -> Week:
    return Week.of(today(at, zone))


def test_the_steps_of_the_end_are_left_out_during_a_pause() -> None:
    assert {"draft_report", "thank"} <= jobs.LEFT_OUT_WHILE_PAUSED
    names: Iterable[str] = list(jobs.JOBS)
    assert [name for name in names if name in {"draft_digests", "draft_report", "post_digests", "thank"}] == [
        *("draft_digests", "draft_report", "post_digests", "thank"),
    ]


def test_a_plan_to_come_names_the_report_and_the_thanks(ended: EndingSeason) -> None:
    with ended.database.look() as session:
        assert season_end.season_has_ended(session, ended.programme)
        assert season_end.next_moment(session, ended.now, ended.programme) == here("2018-10-25 09:30")
        assert session.scalar(select(Round.id).where(Round.closed_at.is_(None))) is None
    assert LAST_FRIDAY + timedelta(weeks=1) == date(2018, 10, 26)
