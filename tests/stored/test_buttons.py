"""Every button and form of an earlier version is still understood and answered as what it is."""

from __future__ import annotations

import copy
import json
import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from bot.platforms.slack import form_metadata, inbound
from bot.programme import Language
from bot.seam import actions, review_actions
from tests.stored.stored import A_WEEK_LATER, installation, read
from tests.support.running_world import RunningWorld, running_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.state.open_views import View

    Json = dict[str, Any]

TOO_OLD, FAILED, NOT_SHOWN = "Den knap kender jeg ikke længere", "Det gik ikke, og intet er ændret", "kunne ikke vise det"
LAST = ("leave", "erase")  # whoever has pressed these has little left to press
MEANS: dict[str, Callable[[str, str], actions.Action]] = {  # action id → what it means, by who presses it and its value
    "answer": lambda who, value: actions.ReplyFormWanted(who=who, round=int(value)),
    "edit_reply": lambda who, value: actions.ReplyFormWanted(who=who, round=int(value)),
    "delete_reply": lambda who, value: actions.ReplyDeleted(who=who, round=int(value)),
    "withdraw_quote": lambda who, value: actions.QuoteWithdrawn(who=who, round=int(value)),
    "my_replies": lambda who, _: actions.MyRepliesWanted(who=who),
    "my_data": lambda who, _: actions.MyDataWanted(who=who),
    "more_data": lambda who, value: actions.MyDataWanted(who=who, start=int(value)),
    "pause": lambda who, _: actions.PauseFormWanted(who=who),
    "come_back": lambda who, _: actions.CameBack(who=who),
    "leave": lambda who, _: actions.Left(who=who),
    "erase": lambda who, _: actions.Erased(who=who),
    "approve": lambda who, value: review_actions.DigestPageWanted(who=who, digest=int(value)),
    "send_back": lambda who, value: actions.SendBackFormWanted(who=who, digest=int(value)),
    "heard": lambda who, value: actions.Heard(who=who, digest=int(value)),
    "respond": lambda who, value: actions.ResponseFormWanted(who=who, digest=int(value)),
    "respond_wishes": lambda who, value: actions.ResponseFormWanted(who=who, digest=int(value[0]), theme=value[2:]),
    "quote_review": lambda who, value: actions.QuoteReviewWanted(who=who, digest=int(value[0]), theme=value[2:]),
    "release": lambda who, value: actions.ResponseReviewed(who=who, response=int(value), release=True),
    "decline": lambda who, value: actions.ResponseReviewed(who=who, response=int(value), release=False),
}
TYPED = {  # callback id → what is put in its fields: block id → action id → value
    "reply": {"text": {"text": "Et svar"}, "marks": {"marks": ["wish", "quote"]}},
    "pause": {"until": {"until": "2018-12-03"}},
    "send_back": {"note": {"note": "En note"}},
    "response": {"kind": {"kind": "not_ours"}, "text": {"text": "Et svar"}},
    "quotes": {},  # a menu for each quote, called by its id: see below
}
CHOSEN = ("show", "names_someone", "recognisable", "hurtful", "unclear", "later")
KINDS = ("heard", "take_up", "not_ours", "free_text", "question_back")


def pressable(blocks: list[Json]) -> list[tuple[str, str]]:
    """The action ids and values of the buttons in some blocks."""
    elements = [each for block in blocks for each in block.get("elements", ())]
    return [(element["action_id"], element.get("value", "")) for element in elements if element["type"] == "button"]


def each_once(places: list[Json], blocks_of: Callable[[Json], list[Json]], kind_of: Callable[[Json], str]) -> list[Any]:
    """Every button that stands in these places, with one of the places it stands in; what makes others useless comes last."""
    found = {(kind_of(place), *button): place for place in places for button in pressable(blocks_of(place))}
    in_order = sorted(found.items(), key=lambda each: each[0][1] in LAST)
    return [pytest.param(place, action, value, id=f"{kind} {action} {value}") for (kind, action, value), place in in_order]


MESSAGES = each_once(read("messages.json"), lambda said: said["blocks"], lambda said: said["channel"])
WINDOWS = each_once(read("views.json"), lambda shown: shown["view"]["blocks"], lambda shown: shown["name"])
FORMS = [pytest.param(shown, id=shown["name"]) for shown in read("views.json") if "submit" in shown["view"]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    with running_world(installation(tmp_path_factory.mktemp("stored") / "here", at=A_WEEK_LATER)) as world:
        yield world


def press(world: RunningWorld, who: str, action: str, value: str, **where: str) -> None:
    """Press a button that stands there, which is understood, and is answered."""
    chat = world.local_bot.chat
    payload = chat.pressing(who, action, value=value or None, **where)
    assert payload is not None
    assert inbound.action_of_press(payload) == MEANS[action](who, value)
    assert chat.forge("interactive", payload).ok
    answer = chat.view(who)
    assert answer is not None
    assert not any(bad in json.dumps(answer.blocks, ensure_ascii=False) for bad in (TOO_OLD, FAILED, NOT_SHOWN))
    chat.dismiss(who)


def screen(world: RunningWorld, shown: Json) -> View:
    """What was shown to a person, on their screen."""
    spec = copy.deepcopy(shown["view"])
    views = world.local_bot.chat.state.views
    return views.publish(shown["user"], spec) if spec["type"] == "home" else views.open(shown["user"], spec)


@pytest.fixture(autouse=True)
def _nothing_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


def test_every_button_there_is_stands_somewhere() -> None:
    assert {each.values[1] for each in [*MESSAGES, *WINDOWS]} == set(MEANS)
    assert {form.values[0]["view"]["callback_id"] for form in FORMS} == set(TYPED)


@pytest.mark.parametrize(("said", "action", "value"), MESSAGES)
def test_a_button_in_a_message_of_yesterday_is_answered(world: RunningWorld, said: Json, action: str, value: str) -> None:
    channel, ts, store = said["channel"], said["ts"], world.local_bot.chat.state.store
    who = {"C0ORGANISERS": world.organiser, "C0DIGEST": world.politician}.get(channel, f"U{channel[1:]}")
    standing = store.one(channel, ts)
    assert standing is not None
    store.change(standing, blocks=said["blocks"])  # what was pressed before may have drawn it anew
    press(world, who, action, value, channel=channel, ts=ts)


@pytest.mark.parametrize(("shown", "action", "value"), WINDOWS)
def test_a_button_in_a_window_or_on_a_page_of_yesterday_is_answered(world: RunningWorld, shown: Json, action: str, value: str) -> None:
    press(world, shown["user"], action, value, view_id=screen(world, shown).id)


def test_a_button_nobody_ever_made_is_answered_as_too_old(world: RunningWorld) -> None:
    chat, who = world.local_bot.chat, world.politician
    old = {"type": "actions", "elements": [{"type": "button", "action_id": "vote", "text": {"type": "plain_text", "text": "Stem"}}]}
    chat.state.post(chat.dm_id(who), user="U0BOT", text="Gammel", blocks=[old])
    assert chat.press(who, "vote").ok
    assert TOO_OLD in world.window(who)


# --- forms


def meant(shown: Json, typed: Json) -> actions.Action:
    """What sending a form of yesterday means."""
    who, kept = shown["user"], json.loads(shown["view"]["private_metadata"])
    about, theme = kept["about"], kept["theme"]
    match shown["view"]["callback_id"]:
        case "reply":
            return actions.Replied(who=who, round=about, text="Et svar", wish=True, quote=True)
        case "pause":
            return actions.Paused(who=who, until=date(2018, 12, 3))
        case "send_back":
            return actions.DigestSentBack(who=who, digest=about, note="En note")
        case "response":
            return actions.Responded(who=who, digest=about, kind=actions.ResponseKind("not_ours"), text="Et svar", theme=theme)
    reasons = {"show": None, **{each: actions.DeclineReason(each) for each in CHOSEN[1:-1]}}
    decided = {quote: reasons[field[quote]] for quote, field in typed.items() if field[quote] != "later"}
    return actions.QuotesReviewed(who=who, digest=about, theme=theme, decisions=decided)


@pytest.mark.parametrize("shown", FORMS)
def test_a_form_that_was_open_yesterday_is_understood_and_answered(world: RunningWorld, shown: Json) -> None:
    chat, who, view = world.local_bot.chat, shown["user"], screen(world, shown)
    menus = [block["block_id"] for block in view.blocks if block.get("element", {}).get("type") == "static_select"]
    typed = TYPED[view.callback_id] | {quote: {quote: CHOSEN[number % len(CHOSEN)]} for number, quote in enumerate(menus)}
    chat.type(who, typed)
    filled = chat.view(who)
    assert filled is not None
    remembered = form_metadata.FormMetadata.read(view.private_metadata, Language.EN)
    assert json.loads(view.private_metadata)["language"] == remembered.language
    assert inbound.action_of_form(chat.submitting(filled), remembered) == meant(shown, typed)
    assert chat.submit(who, {}).ok
    answer = chat.view(who)
    assert answer is not None
    assert TOO_OLD not in world.window(who)
    assert all("blev ikke gemt" not in value for value in answer.errors.values())
    chat.dismiss(who)


def test_a_form_remembers_the_message_it_was_opened_from() -> None:
    (shown,) = [each for each in read("views.json") if each["name"] == "send_back"]
    remembered = form_metadata.FormMetadata.read(shown["view"]["private_metadata"], Language.EN)
    assert remembered.place == form_metadata.Place(channel="C0ORGANISERS", stamp="1538726400.000000")


def test_each_choice_in_a_form_of_yesterday_is_one_of_todays() -> None:
    (response,) = [each["view"] for each in read("views.json") if each["name"] == "respond"]
    (review,) = [each["view"] for each in read("views.json") if each["name"] == "quote_review"]
    assert options(response["blocks"]) == set(KINDS) <= {each.value for each in actions.ResponseKind}
    assert options(review["blocks"]) == set(CHOSEN) <= {"show", "later", *(each.value for each in actions.DeclineReason)}


def options(blocks: list[Json]) -> set[str]:
    """All values that can be chosen in some blocks."""
    return {each["value"] for block in blocks for each in block.get("element", {}).get("options", ())}
