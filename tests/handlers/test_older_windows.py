"""A window that was opened before a newer answer was stored overwrites nothing unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handlers
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key
from bot.models import Reply
from bot.seam.actions import Replied, ReplyDeleted, ReplyFormWanted
from bot.seam.answers import ReplyForm, Said
from bot.seam.quote_answers import QuotedThanks
from tests.support.database import KEY
from tests.support.programme import PROGRAMME
from tests.support.world import OPENS, World, lists

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.seam.actions import Action
    from bot.seam.answers import Answer

PHONE, DESKTOP = "Fra telefonen.", "Fra skrivebordet."


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.read(lists(leaders=30))
    world.welcome_all()
    return world


def act(world: World, action: Action) -> Answer:
    return handlers.answer(action, world.session, OPENS, PROGRAMME)


def opened(world: World) -> ReplyForm:
    form = act(world, ReplyFormWanted(who="L0"))
    assert isinstance(form, ReplyForm)
    assert form.newer is None
    return form


def sent(form: ReplyForm, text: str, **marks: bool) -> Replied:
    return Replied(who="L0", round=form.round, text=text, **marks, seen=form.seen)


def stored(world: World) -> str:
    return opened(world).text


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize("before", ["", "Fra i går."], ids=["none before", "one before"])
def test_what_the_phone_has_sent_is_not_overwritten_by_an_older_window(world: World, before: str) -> None:
    if before:
        act(world, sent(opened(world), before))
    phone, desktop = opened(world), opened(world)
    assert isinstance(act(world, sent(phone, PHONE, quote=True)), QuotedThanks)
    form = act(world, sent(desktop, DESKTOP, wish=True))
    assert isinstance(form, ReplyForm)
    assert form.newer is not None
    assert (form.newer.text, form.newer.wish, form.newer.quote) == (PHONE, False, True)
    assert (form.text, form.wish, form.quote) == (DESKTOP, True, False)
    assert stored(world) == PHONE
    assert isinstance(act(world, sent(form, DESKTOP, wish=True)), Said)  # sent again: now both were seen
    assert stored(world) == DESKTOP


@pytest.mark.usefixtures("round_")
def test_only_another_mark_is_another_answer(world: World) -> None:
    desktop = opened(world)
    act(world, sent(opened(world), PHONE, wish=True))
    assert isinstance(act(world, sent(desktop, PHONE)), ReplyForm)
    assert opened(world).wish


@pytest.mark.usefixtures("round_")
def test_the_same_answer_twice_is_thanked_twice(world: World) -> None:
    form = opened(world)
    assert [type(act(world, sent(form, PHONE, quote=True))) for _ in range(3)] == [QuotedThanks] * 3
    assert world.count(Reply) == 1


@pytest.mark.usefixtures("round_")
def test_a_form_that_does_not_remember_what_it_showed_replaces_nothing_unseen(world: World) -> None:
    form = replace(opened(world), seen=None)  # it was opened before the bot was upgraded
    assert isinstance(act(world, sent(form, PHONE)), Said)
    both = act(world, sent(form, DESKTOP))
    assert isinstance(both, ReplyForm)
    assert both.newer is not None
    assert (both.newer.text, both.text, stored(world)) == (PHONE, DESKTOP, PHONE)
    assert isinstance(act(world, sent(both, DESKTOP)), Said)
    assert stored(world) == DESKTOP


@pytest.mark.usefixtures("round_")
def test_where_the_answer_was_deleted_meanwhile_an_older_window_stores_its_own(world: World) -> None:
    act(world, sent(opened(world), PHONE))
    desktop = opened(world)
    act(world, ReplyDeleted(who="L0", round=desktop.round))
    assert isinstance(act(world, sent(desktop, DESKTOP)), Said)
    assert stored(world) == DESKTOP


@pytest.mark.usefixtures("round_")
def test_what_the_form_remembers_is_short_and_tells_nothing_of_the_text(world: World) -> None:
    before = opened(world)
    act(world, sent(before, PHONE))
    act(world, Replied(who="L1", round=before.round, text=PHONE))
    of_another = act(world, ReplyFormWanted(who="L1"))
    assert isinstance(of_another, ReplyForm)
    assert (before.seen, len(opened(world).seen or "")) == ("", 16)
    assert of_another.seen != opened(world).seen  # the same words of two people look different


@pytest.mark.usefixtures("round_")
def test_a_new_key_makes_no_form_an_older_one(world: World) -> None:
    act(world, sent(opened(world), PHONE))
    desktop = opened(world)
    world.session.info[KEYS_IN_SESSION] = Keys([new_key(), KEY])
    assert isinstance(act(world, sent(desktop, DESKTOP)), Said)
    assert stored(world) == DESKTOP


ACTS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.integers(0, 1)),
        st.tuples(st.just("send"), st.integers(0, 1), st.sampled_from("abc"), st.booleans()),
    ),
    max_size=8,
)


@pytest.mark.usefixtures("round_")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])  # an example goes on where the last one ended
@given(acts=ACTS)
def test_no_answer_is_replaced_that_the_sending_window_did_not_show(world: World, acts: list[tuple[str, int]]) -> None:
    windows, shown = [opened(world), opened(world)], [current(world)] * 2
    for what, number, *said in acts:
        if what == "open":
            windows[number], shown[number] = opened(world), current(world)
            continue
        before, new = current(world), (str(said[0]), bool(said[1]))
        answer = act(world, sent(windows[number], new[0], wish=new[1]))
        assert current(world) == (before if isinstance(answer, ReplyForm) else new)
        assert isinstance(answer, ReplyForm) is (before not in {shown[number], new, None})
        if isinstance(answer, ReplyForm):
            windows[number], shown[number] = answer, before


def current(world: World) -> tuple[str, bool] | None:
    """What is stored of the person's answer."""
    form = opened(world)
    return (form.text, form.wish) if form.replied else None
