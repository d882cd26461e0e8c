"""Whatever becomes of a form that was sent: what was typed is handed on and kept, or stands there still with the reason beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

import handlers
from bot.errors import Reason, Refused
from bot.platforms.slack import inbound
from bot.platforms.slack.blocks import choice_input, form_field, modal
from bot.platforms.slack.form_metadata import FormMetadata
from bot.platforms.slack.views import window
from bot.programme import Language
from bot.seam.answers import FormErrors, Redrawn, Said
from bot.seam.meaning import Plain
from bot.wording import say
from tests.platforms.slack.test_views import ANSWERS
from tests.support.programme import PROGRAMME
from tests.support.slack_platform import ANNA, BO, Broken, ScriptedEngine
from tests.support.world import OPENS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import ChatClient

DA = Language.DA
OLD_QUOTES: Final = modal(
    "Citater",
    [form_field("a1", "»Vi spurgte først.«", choice_input("radio_buttons", [("show", "Må vises"), ("unclear", "Uklar")]))],
    close="Luk",
    submit="Send",
    callback_id="quotes",
    private_metadata=json.dumps({"language": "da", "about": 3, "theme": "tid", "kind": None, "place": None}),
)
SHOWN: Final = [view for answer in ANSWERS.values() if (view := window(answer)) and view.get("submit")]
FORMS: Final = {view["callback_id"]: view for view in [*SHOWN, OLD_QUOTES]}
WITH_TEXT: Final = {"reply", "send_back", "response", "outcome", "pause_for_all", "bank_question"}
TYPED: Final = {
    "plain_text_input": "Vi har drøftet det i udvalget.",
    "datepicker": "2018-09-04",
    "checkboxes": ["wish"],
    "multi_users_select": [BO],
}
TOO_LATE: Final = (
    Said(language=DA, title="Det er allerede afgjort", paragraphs=("En anden nåede det først.",), is_refusal=True),
    Redrawn(language=DA, meaning=Plain(language=DA, paragraphs=("Ny.",)), said="En anden nåede det først.", is_refusal=True),
)
METADATA: Final = ("", "{}", "null", "[1]", "what?", '{"language": "da", "about": "seven", "place": {"channel": 1}}')

pytestmark = pytest.mark.usefixtures("slack")


def inputs(view: Json) -> dict[str, Json]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def is_text(element: Json) -> bool:
    return bool(element["type"] == "plain_text_input")


def choice(element: Json) -> Any:
    return TYPED.get(element["type"]) or element["options"][0]["value"]


def renamed(view: Json, name: str) -> Json:
    """The view as an older version made it: one of its fields was called otherwise."""
    blocks = json.loads(json.dumps(view["blocks"]))
    for block in blocks:
        if block.get("block_id") == name:
            block["block_id"] = block["element"]["action_id"] = f"{name}_of_last_year"
    return view | {"blocks": blocks}


def send(chat: ChatClient, view: Json) -> dict[str, Any]:
    """Open the window, fill in all of its fields and send it; returns what was filled in."""
    opened = chat.state.views.open(ANNA, json.loads(json.dumps(view)))
    filled = {name: {element["action_id"]: choice(element)} for name, element in inputs(view).items()}
    assert chat.submit(ANNA, filled, force=True).ok, (view["callback_id"], opened)
    return filled


def stands_there(chat: ChatClient, view: Json, filled: dict[str, Any]) -> str:
    """Why it was refused, once it is sure that all that was filled in stands there still; the words beside a text if there is one."""
    now, texts = chat.view(ANNA), [name for name, element in inputs(view).items() if is_text(element)]
    assert now is not None
    assert now.callback_id == view["callback_id"]
    if not filled:
        return str(now.blocks)
    assert now.state == filled
    (name,) = now.errors
    assert name in (texts or filled)
    return now.errors[name]


def every_field(view: Json) -> list[Json]:
    return [renamed(view, name) for name in inputs(view)]


def outdated(view: Json) -> list[Json]:
    """The view as it may come back after an upgrade."""
    strangers = [view | {"callback_id": f"{view['callback_id']}_of_last_year"}]
    return [*strangers, *(view | {"private_metadata": kept} for kept in METADATA), *every_field(view)]


def refused(session: Session, monkeypatch: pytest.MonkeyPatch, action: Action, refusal: Refused) -> Answer:
    """What the engine answers when it refuses."""

    def refuse(*_: object) -> Answer:
        raise refusal

    with monkeypatch.context() as patched:
        patched.setattr(handlers, "HANDLERS", {type(action): refuse})
        return handlers.answer(action, session, OPENS, PROGRAMME)


def test_the_table_has_every_form() -> None:
    assert set(FORMS) == set(inbound.FORMS)
    assert {name for name, view in FORMS.items() if any(map(is_text, inputs(view).values()))} == WITH_TEXT


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_stands_there_still_when_the_engine_fails(chat: ChatClient, engine: ScriptedEngine, name: str) -> None:
    view = FORMS[name]
    send(chat, view)
    (action,) = engine.done
    engine.answers[type(action)] = Broken("no")
    why = stands_there(chat, view, send(chat, view))
    assert ("Dit svar blev ikke gemt. Prøv igen om lidt" if name in WITH_TEXT else "Det gik ikke, og intet er ændret.") in why


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_stands_there_still_whatever_the_reason_to_refuse_it(
    chat: ChatClient, engine: ScriptedEngine, session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    view = FORMS[name]
    send(chat, view)
    (action,) = engine.done
    for answer in (
        *(refused(session, monkeypatch, action, Refused(reason)) for reason in Reason),
        *(refused(session, monkeypatch, action, Refused(reason, field="elsewhere")) for reason in Reason),
        *TOO_LATE,
    ):
        engine.answers[type(action)] = answer
        filled = send(chat, view)
        if not filled:
            assert answer.is_refusal or isinstance(answer, FormErrors)  # a window takes its place, for nothing was typed
            continue
        why = stands_there(chat, view, filled)
        assert why.endswith("Kopiér den, før du lukker, hvis du vil beholde den.") is (name in WITH_TEXT and answer.is_refusal)


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_in_a_form_of_another_version_is_handed_on_or_stands_there_still(
    chat: ChatClient, engine: ScriptedEngine, name: str
) -> None:
    for view in outdated(FORMS[name]):
        engine.done.clear()
        filled = send(chat, view)
        if engine.done:
            continue  # enough of it could be read
        if filled:
            why = stands_there(chat, view, filled)
            assert why.startswith("Formularen er lavet om, siden du åbnede den")
            assert why.endswith("Luk så, og åbn den igen.")
            assert ("Din tekst står her endnu." in why) is (name in WITH_TEXT)
        else:
            assert "kender jeg ikke længere" in str(chat.view(ANNA))


@pytest.mark.parametrize("name", sorted(WITH_TEXT))
def test_a_form_that_cannot_be_read_says_so_in_its_own_language(chat: ChatClient, name: str) -> None:
    view = FORMS[name] | {"callback_id": "of_last_year", "private_metadata": str(FormMetadata(language=Language.EN))}
    assert stands_there(chat, view, send(chat, view)).startswith("This form has changed since you opened it")


@pytest.mark.parametrize("name", sorted(WITH_TEXT))
def test_a_form_that_failed_can_be_sent_again(chat: ChatClient, engine: ScriptedEngine, name: str) -> None:
    view = FORMS[name]
    send(chat, view)
    (action,) = engine.done
    engine.answers[type(action)] = Broken("no")
    send(chat, view)
    engine.answers[type(action)] = Said(language=DA, title="Tak", paragraphs=("Det er gemt.",))
    assert chat.submit(ANNA, {}, force=True).ok
    assert engine.done == [action] * 3
    assert "Det er gemt." in str(chat.view(ANNA))


@pytest.mark.parametrize("name", ["edit", "go_on", "approve"])
def test_a_window_without_fields_stays_with_the_reason_above_it_and_can_be_sent_again(
    chat: ChatClient, engine: ScriptedEngine, name: str
) -> None:
    view = FORMS[name]
    send(chat, view)
    (action,) = engine.done
    engine.answers[type(action)] = Broken("no")
    send(chat, view)
    for _ in range(2):
        assert str(stands_there(chat, view, {})).count("Det gik ikke, og intet er ændret.") == 1
        assert chat.submit(ANNA, {}).ok
    assert engine.done == [action] * 4


@pytest.mark.parametrize("view", FORMS.values(), ids=FORMS)
def test_each_form_with_a_text_says_beforehand_that_closing_loses_it(view: Json) -> None:
    hints = [block["hint"]["text"] for block in view["blocks"] if "hint" in block]
    stored = view["title"]["text"] == "Ret mit svar"
    warning = say("da", f"screen.close_loses{'.stored' if stored else ''}")
    warnings = [hint for hint in hints if hint.endswith(warning)]
    assert len(warnings) == (view["callback_id"] in WITH_TEXT)


def test_a_long_reason_is_cut_but_not_what_can_be_done(chat: ChatClient, engine: ScriptedEngine) -> None:
    view = FORMS["send_back"]
    send(chat, view)
    (action,) = engine.done
    engine.answers[type(action)] = Said(language=DA, title="", paragraphs=("Sendt tilbage med noten: " + "ord " * 700,), is_refusal=True)
    why = stands_there(chat, view, send(chat, view))
    assert len(why) < 700
    assert why.endswith("hvis du vil beholde den.")
