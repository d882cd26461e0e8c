"""An organiser who pauses everything or goes on sees what happens, and exactly that happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import handlers
from bot.dialogue.planning import pause_for_all, versions
from bot.dialogue.planning.plan import AfterPause, Change, Item, LostInPause, Plan, Proposal, Sign
from bot.errors import EditReason, EditRefused
from bot.models import ProgrammeVersion, VersionState
from bot.programme import Week
from bot.seam.actions import Paused, Replied
from bot.seam.answers import Answer, FormErrors, GoOnForm, Home, HomeChoice, PauseForAllForm, Said
from bot.seam.planning_actions import AllPaused, GoOnFormWanted, PauseForAllFormWanted, WentOn
from bot.seam.planning_answers import EditToPaste
from handlers.home import home as page_of
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.programme import Programme
    from bot.seam.actions import Action

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW, LATER = OPENS + HOUR, OPENS + 9 * DAY
LATER_ON = "Det her kommer først videre, når pausen er slut."
REASON = "Vi venter på valget."
BEFORE, AFTER = b"rounds:\n  until: 2018-12-11\n", b"rounds:\n  until: 2018-12-18\n"
NOTHING = LostInPause()
MOVED = Change(sign=Sign.CHANGED, item=Item.ROUND, name="for-all", before=OPENS, after=OPENS + 14 * DAY)
WEEK_35, WEEK_36 = Week(year=2018, number=35), Week(year=2018, number=36)


@dataclass
class MadeUpPlanner:
    """A planner for whom a pause has cost what a test says. `saved` keeps what was written into the file."""

    lost: LostInPause = NOTHING
    fingerprint: str = "0a1b"
    refuses: bool = False
    can_write: bool = True
    at_once: tuple[str, ...] = ()
    moves: Change = MOVED
    saved: bytes | None = None
    meanwhile: Callable[[], object] = lambda: None  # what happens while it works out the weeks that are lost

    def running(self, _session: Session, programme: Programme) -> Programme:
        return programme

    def weeks_lost(self, _session: Session, _now: datetime, _programme: Programme, _since: datetime) -> LostInPause:
        self.meanwhile()
        return self.lost

    def propose_after_pause(self, _session: Session, _now: datetime, programme: Programme, _since: datetime) -> Proposal:
        programme = replace(programme, content=AFTER)
        if self.refuses:
            raise EditRefused(EditReason.UNUSUAL_FILE)
        return Proposal(before=BEFORE, after=AFTER, programme=programme, plan=Plan(changes=(), fingerprint=self.fingerprint))

    def after_pause(self, _session: Session, _now: datetime, _programme: Programme, _after: Programme, lost: LostInPause) -> AfterPause:
        return AfterPause(changes=(self.moves,) if lost.weeks else (), at_once=self.at_once)

    def save(self, _session: Session, _programme: Programme, _before: bytes, after: bytes) -> bool:
        self.saved = after if self.can_write else None
        return self.can_write


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate(organisers=2)


@pytest.fixture
def planner() -> MadeUpPlanner:
    return MadeUpPlanner()


def act(world: World, planner: MadeUpPlanner, action: Action, now: datetime = LATER) -> Answer:
    return handlers.answer(action, world.session, now, PROGRAMME, planner)  # type: ignore[arg-type]  # it plans no more than a pause needs


def pause(world: World) -> None:
    act(world, MadeUpPlanner(), AllPaused(who="O0", reason=REASON), NOW)


def is_paused(world: World) -> bool:
    return pause_for_all.open_pause(world.session) is not None


def shown_fingerprint(world: World, planner: MadeUpPlanner) -> str:
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert isinstance(form, GoOnForm)
    return form.fingerprint


def words(answer: Answer) -> str:
    assert isinstance(answer, Said | GoOnForm | PauseForAllForm | Home)
    return " ".join([*answer.paragraphs, *(answer.lines if isinstance(answer, GoOnForm) else ())])


# --- pausing


def test_the_form_says_what_happens_and_to_whom(world: World, planner: MadeUpPlanner) -> None:
    form = act(world, planner, PauseForAllFormWanted(who="O0"))
    assert isinstance(form, PauseForAllForm)
    assert "Jeg sender intet til deltagere og politikere" in words(form)
    assert "De deltagere, der er med nu, får én besked" in words(form)
    assert not is_paused(world)


def test_a_form_without_a_reason_stays_open(world: World, planner: MadeUpPlanner) -> None:
    answer = act(world, planner, AllPaused(who="O0", reason=" "))
    assert isinstance(answer, FormErrors)
    assert set(answer.errors) == {"reason"}
    assert not is_paused(world)


def test_a_reason_that_is_sent_twice_is_thanked_twice(world: World, planner: MadeUpPlanner) -> None:
    begun = AllPaused(who="O0", reason=REASON)
    assert act(world, planner, begun) == act(world, planner, begun)
    assert act(world, planner, AllPaused(who="O1", reason="En anden grund.")).is_refusal


def test_whoever_presses_second_reads_that_it_is_paused_already_and_why(world: World, planner: MadeUpPlanner) -> None:
    pause(world)
    for action in (PauseForAllFormWanted(who="O1"), AllPaused(who="O1", reason="Noget andet")):
        answer = act(world, planner, action)
        assert isinstance(answer, Said)
        assert (answer.title, REASON in words(answer)) == ("Der er allerede pause", True)


@pytest.mark.parametrize("who", ["L0", "P0", "nobody"])
def test_nobody_else_pauses_or_goes_on(world: World, planner: MadeUpPlanner, who: str) -> None:
    for action in (PauseForAllFormWanted(who=who), AllPaused(who=who, reason=REASON), GoOnFormWanted(who=who), WentOn(who=who)):
        answer = act(world, planner, action)
        assert isinstance(answer, Said)
        assert answer.title == "Det er ikke muligt"
    assert not is_paused(world)


# --- going on


def test_where_nothing_was_lost_nothing_moves(world: World, planner: MadeUpPlanner) -> None:
    pause(world)
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert isinstance(form, GoOnForm)
    assert form.lines == ()
    assert "planen rykker ikke" in words(form)
    thanks = act(world, planner, WentOn(who="O1", fingerprint=form.fingerprint))
    assert isinstance(thanks, Said)
    assert thanks.title == "Pausen er slut"
    assert (is_paused(world), planner.saved) == (False, None)


def test_what_moves_is_shown_and_then_put_in_force(world: World, planner: MadeUpPlanner) -> None:
    planner.lost = LostInPause(whole=(WEEK_35,))
    pause(world)
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert isinstance(form, GoOnForm)
    assert len(form.lines) == 1
    assert "tirsdag den 4. september" in form.lines[0]
    answer = act(world, planner, WentOn(who="O1", fingerprint=form.fingerprint))
    assert "Planen er rykket, som du så den." in words(answer)
    running = versions.version_running(world.session, PROGRAMME.id)
    assert running is not None
    assert (running.content, planner.saved, is_paused(world)) == (AFTER, AFTER, False)
    assert world.notices() == ["pause_all.notice", "pause_all.over.lost", "pause_all.plan"]


def test_a_plan_that_has_become_another_is_shown_anew_and_nothing_happens(world: World, planner: MadeUpPlanner) -> None:
    planner.lost = LostInPause(whole=(WEEK_35,))
    pause(world)
    shown = shown_fingerprint(world, planner)
    planner.fingerprint = "1b2c"
    for fingerprint in ("", shown):
        answer = act(world, planner, WentOn(who="O1", fingerprint=fingerprint))
        assert isinstance(answer, GoOnForm)
        assert answer.fingerprint == shown_fingerprint(world, planner)
        assert "Pausen er ikke slut endnu" in words(answer)
    assert (is_paused(world), planner.saved) == (True, None)


def test_what_goes_out_first_is_named_and_makes_the_plan_another_one(world: World, planner: MadeUpPlanner) -> None:
    pause(world)
    before = shown_fingerprint(world, planner)
    planner.at_once = ("for-all",)
    answer = act(world, planner, WentOn(who="O1", fingerprint=before))
    assert "Det første, der går ud, er »" in words(answer)
    assert is_paused(world)


def test_where_the_lost_question_goes_out_at_once_and_none_moves_no_plan_is_said_to_move(world: World, planner: MadeUpPlanner) -> None:
    planner.lost, planner.at_once = LostInPause(whole=(WEEK_35,)), ("for-all",)
    planner.moves = replace(MOVED, item=Item.CLOSE, name="2018-W35")
    pause(world)
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert isinstance(form, GoOnForm)
    assert (form.lines, "rykker planen" in words(form)) == ((), False)
    said = act(world, planner, WentOn(who="O1", fingerprint=form.fingerprint))
    assert "Planen er rykket" not in words(said)
    assert planner.saved == AFTER
    assert world.notices()[-1] == "pause_all.longer"


def test_where_the_file_cannot_be_written_the_pause_ends_all_the_same_and_the_lines_to_paste_are_shown(
    world: World, planner: MadeUpPlanner
) -> None:
    planner.lost, planner.can_write = LostInPause(whole=(WEEK_35,)), False
    pause(world)
    answer = act(world, planner, WentOn(who="O1", fingerprint=shown_fingerprint(world, planner)))
    assert isinstance(answer, EditToPaste)
    assert "  until: 2018-12-18" in answer.pieces[0][1]
    assert not is_paused(world)
    assert versions.version_running(world.session, PROGRAMME.id) is None


def test_of_a_week_that_was_only_partly_lost_it_is_said_that_nothing_is_caught_up(world: World, planner: MadeUpPlanner) -> None:
    planner.lost = LostInPause(partly=(WEEK_36,))
    pause(world)
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert isinstance(form, GoOnForm)
    assert "I uge 36 faldt kun nogle af spørgsmålene ud." in words(form)
    assert "tirsdag den 4. september kl. 09.30" in form.lines[0]
    act(world, planner, WentOn(who="O1", fingerprint=form.fingerprint))
    assert world.notices()[-1] == "pause_all.plan"
    assert not is_paused(world)


def test_while_a_plan_is_held_the_pause_can_end_but_nothing_is_moved(world: World, planner: MadeUpPlanner) -> None:
    held = {"state": VersionState.HELD, "file": "a.yaml", "checksum": "0", "content": b"", "since": NOW}
    world.session.add(ProgrammeVersion(programme=PROGRAMME.id, **held))
    world.session.flush()
    planner.lost = LostInPause(whole=(WEEK_35,))
    pause(world)
    form = act(world, planner, GoOnFormWanted(who="O1"))
    assert "En ændret plan venter på jer" in words(form)
    act(world, planner, WentOn(who="O1", fingerprint=shown_fingerprint(world, planner)))
    assert (is_paused(world), planner.saved) == (False, None)


def test_a_file_that_cannot_be_edited_keeps_nobody_from_going_on(world: World, planner: MadeUpPlanner) -> None:
    planner.lost, planner.refuses = LostInPause(whole=(WEEK_35,)), True
    pause(world)
    assert "på de næste ledige sendedage" in words(act(world, planner, GoOnFormWanted(who="O1")))
    act(world, planner, WentOn(who="O1", fingerprint=shown_fingerprint(world, planner)))
    assert not is_paused(world)


def test_whoever_goes_on_second_is_told_that_there_is_no_pause(world: World, planner: MadeUpPlanner) -> None:
    pause(world)
    act(world, planner, WentOn(who="O0", fingerprint=shown_fingerprint(world, planner)))
    for action in (GoOnFormWanted(who="O1"), WentOn(who="O1")):
        answer = act(world, planner, action)
        assert isinstance(answer, Said)
        assert answer.title == "Der er ingen pause"
    assert len([notice for notice in world.notices() if notice.startswith("pause_all.over")]) == 1


def test_of_two_who_go_on_at_the_same_moment_one_moves_the_plan(world: World, planner: MadeUpPlanner) -> None:
    planner.lost = LostInPause(whole=(WEEK_35,))
    pause(world)
    seen, other = shown_fingerprint(world, planner), WentOn(who="O0", fingerprint=shown_fingerprint(world, MadeUpPlanner()))
    planner.meanwhile = lambda: act(world, MadeUpPlanner(), other)
    answer = act(world, planner, WentOn(who="O1", fingerprint=seen))
    assert isinstance(answer, Said)
    assert (answer.title, is_paused(world), planner.saved) == ("Der er ingen pause", False, None)
    assert len([notice for notice in world.notices() if notice.startswith("pause_all.over")]) == 1


# --- one's own page


def home(world: World, who: str) -> Home:
    return page_of(world.session, LATER, PROGRAMME, who)


def test_an_organiser_finds_the_button_on_their_page(world: World) -> None:
    assert HomeChoice.PAUSE_FOR_ALL in home(world, "O0").choices
    pause(world)
    page = home(world, "O0")
    assert HomeChoice.PAUSE_FOR_ALL not in page.choices
    assert HomeChoice.GO_ON in page.choices
    assert REASON in words(page)


def test_a_participant_reads_on_their_page_that_the_dialogue_pauses_and_can_do_what_they_could_before(world: World) -> None:
    world.open_and_ask()
    before = home(world, "L0")
    pause(world)
    page = home(world, "L0")
    assert page.paragraphs[0].startswith("Dialogen holder pause")
    assert REASON in page.paragraphs[0]
    assert "Knappen »Pause« er din egen: Den gælder kun dig." in page.paragraphs[0]
    assert page == replace(before, paragraphs=(page.paragraphs[0], *before.paragraphs))


def test_whoever_pauses_already_reads_nothing_about_the_button_for_it(world: World) -> None:
    world.open_and_ask()
    pause(world)
    handlers.answer(Paused(who="L0", until=(LATER + 7 * DAY).date()), world.session, LATER, PROGRAMME)
    assert "Knappen »Pause«" not in words(home(world, "L0"))


def test_a_politician_reads_on_their_page_that_no_digest_comes_meanwhile(world: World) -> None:
    before = home(world, "P0")
    pause(world)
    page = home(world, "P0")
    assert page.paragraphs[0] == f"Dialogen holder pause, så der kommer ikke noget overblik imens. Organisatorerne skriver: »{REASON}«"
    assert page == replace(before, paragraphs=(page.paragraphs[0], *before.paragraphs))


def test_thanks_in_a_pause_say_that_it_goes_on_after_it(world: World) -> None:
    round_ = world.open_and_ask()
    replied = Replied(who="L0", round=round_.id, text="Vi mangler tid")
    assert LATER_ON not in words(act(world, MadeUpPlanner(), replied, NOW))
    pause(world)
    assert LATER_ON in words(act(world, MadeUpPlanner(), replied, NOW + HOUR))


def test_a_reason_that_is_too_long_is_told_how_much_room_there_is(world: World, planner: MadeUpPlanner) -> None:
    answer = act(world, planner, AllPaused(who="O0", reason="x" * 301))
    assert isinstance(answer, FormErrors)
    assert answer.errors == {"reason": "Grunden er for lang. Der er plads til 300 tegn."}
