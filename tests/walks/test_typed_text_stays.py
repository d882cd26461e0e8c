"""A long text typed into a form survives a refusal, an outdated form, and closing by mistake.

The text must not be gone.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.encryption import own_words, session_keys
from bot.models import Reply
from bot.workspace.client.admin import change_usergroup
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import RunningWorld, asked_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.block_rules import Json

LONG = "Vi har drøftet det i udvalget. " * 60
WARNINGS = ("gemmes først", "går tabt", "forsvinder", "gem din tekst", "ikke gemt")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    with asked_world(tmp_path) as world:
        yield world


def draft_week(world: RunningWorld) -> None:
    world.everyone_replies()
    world.play("2018-10-12 10:01")


def organisers(world: RunningWorld) -> list[str]:
    return [member.id for member in world.local_bot.chat.members() if member.title == "organisator"]


def stands_in_form(world: RunningWorld, person: str) -> bool:
    view = world.local_bot.chat.view(person)
    return view is not None and LONG[:40] in str(view.state)


def test_a_politician_who_has_no_right_any_more_keeps_the_text(world: RunningWorld) -> None:
    draft_week(world)
    world.approve()
    world.play("2018-10-12 14:01")
    chat, politician = world.local_bot.chat, world.politician
    assert chat.press(politician, "respond", channel=DIGEST_CHANNEL).ok
    group = chat.state.usergroups["S0POLIT"]
    change_usergroup(chat, replace(group, users=tuple(user for user in group.users if user != politician)))
    world.play("2018-10-12 14:10")
    world.fill(politician, plain_text_input=LONG, radio_buttons="free_text")
    assert stands_in_form(world, politician)


def test_an_organiser_whose_colleague_was_faster_keeps_the_note(world: RunningWorld) -> None:
    draft_week(world)
    first, second = organisers(world)[:2]
    for organiser in (first, second):
        assert world.local_bot.chat.press(organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
    assert world.fill(first, plain_text_input="Vent til mandag").ok
    world.player.settle()
    world.fill(second, plain_text_input=LONG)
    world.player.settle()
    assert stands_in_form(world, second) or any(LONG[:40] in post.text for post in world.posts(ORGANISERS_CHANNEL))


def test_an_organiser_who_sends_back_what_a_colleague_has_approved_keeps_the_note(world: RunningWorld) -> None:
    draft_week(world)
    first, second = organisers(world)[:2]
    assert world.local_bot.chat.press(second, "send_back", channel=ORGANISERS_CHANNEL).ok
    world.see_and_approve(first)
    world.play("2018-10-12 14:01")
    world.fill(second, plain_text_input=LONG)
    assert stands_in_form(world, second)


@pytest.mark.parametrize("changed", [{"callback_id": "reply_of_last_year"}, {"private_metadata": "{}"}], ids=["form", "state"])
def test_a_form_of_an_older_version_keeps_the_text(world: RunningWorld, changed: dict[str, str]) -> None:
    anna, chat = world.leaders[0], world.local_bot.chat
    assert chat.press(anna, "answer").ok
    field = next(block for block in chat.view(anna).blocks if block["type"] == "input")
    chat.type(anna, {field["block_id"]: {field["element"]["action_id"]: LONG}})
    payload = chat.submitting(chat.view(anna))
    payload["view"] |= changed
    acknowledged = chat.forge("interactive", payload)
    assert (acknowledged.payload or {}).get("response_action") == "errors"


def copy_of_window(world: RunningWorld, person: str) -> Json:
    """The window on somebody's screen, to be put on another of their screens."""
    view = world.view(person)
    texts = {name: {"type": "plain_text", "text": getattr(view, name)} for name in ("title", "close", "submit")}
    more = {name: getattr(view, name) for name in ("blocks", "callback_id", "private_metadata")}
    return deepcopy({"type": "modal", **texts, **more})


def test_an_older_window_on_the_desktop_shows_the_answer_from_the_phone_before_it_replaces_it(world: RunningWorld) -> None:
    anna, chat = world.leaders[0], world.local_bot.chat
    assert chat.press(anna, "answer").ok
    desktop = copy_of_window(world, anna)
    world.fill(anna, plain_text_input="Fra telefonen.")
    chat.state.views.open(anna, desktop)
    world.fill(anna, plain_text_input=LONG)
    assert stands_in_form(world, anna)
    assert "Fra telefonen." in world.window(anna)
    assert stored(world) == ["Fra telefonen."]
    world.fill(anna)
    assert not stands_in_form(world, anna)
    assert stored(world) == [LONG.strip()]


def stored(world: RunningWorld) -> list[str | None]:
    """The answers in the database."""
    with world.local_bot.database.look() as session:
        return [own_words(session_keys(session), reply) for reply in session.scalars(select(Reply))]


def test_an_answer_after_the_close_keeps_the_text(world: RunningWorld) -> None:
    anna = world.leaders[0]
    assert world.local_bot.chat.press(anna, "answer").ok
    world.play("2018-10-12 10:05")
    world.fill(anna, plain_text_input=LONG)
    assert stands_in_form(world, anna)


def test_who_pauses_on_a_day_gone_by_keeps_the_form(world: RunningWorld) -> None:
    anna = world.leaders[0]
    assert world.local_bot.chat.press(anna, "pause").ok
    acknowledged = world.fill(anna, datepicker="2018-09-01")
    assert (acknowledged.payload or {}).get("response_action") == "errors"


def test_a_form_closed_by_mistake_gives_the_text_back_or_has_warned(world: RunningWorld) -> None:
    anna = next(leader for leader in world.leaders if world.person(leader).language == "da")
    chat = world.local_bot.chat
    assert chat.press(anna, "answer").ok
    field = next(block for block in world.view(anna).blocks if block["type"] == "input")
    chat.type(anna, {field["block_id"]: {field["element"]["action_id"]: "Et langt svar. " * 35}})
    shown = world.window(anna) + " ".join(world.texts(anna))
    chat.dismiss(anna)
    assert chat.press(anna, "answer").ok
    assert world.view(anna).state.get("text", {}).get("text") or any(warning in shown for warning in WARNINGS)
