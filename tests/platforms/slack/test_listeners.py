"""A person's walk through Slack ends with the right words on the right screen."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.database.patience import PATIENCE
from bot.platforms.slack import answer_presenter
from bot.platforms.slack.blocks import choice_input, form_field, modal
from bot.programme import Language, Week
from bot.seam.actions import (
    CameBack,
    DeclineReason,
    DigestApproved,
    DigestSentBack,
    DigestsWanted,
    Heard,
    HomeWanted,
    LedgerWanted,
    MyRepliesWanted,
    OutcomeFormWanted,
    OutcomeTold,
    Paused,
    PauseFormWanted,
    PeopleChanged,
    PoliticiansAsked,
    PoliticiansFormWanted,
    QuoteReviewWanted,
    QuotesReviewed,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    Responded,
    ResponseFormWanted,
    ResponseKind,
    ResponseReviewed,
    SendBackFormWanted,
    TypedDirectly,
)
from bot.seam.answers import (
    WHOLE_DIGEST,
    DigestPage,
    Digests,
    FormErrors,
    Home,
    HomeChoice,
    Ledger,
    LedgerEntry,
    MyReplies,
    MyReply,
    Objection,
    OutcomeForm,
    PauseForm,
    PoliticiansForm,
    QuoteReviewForm,
    QuoteToReview,
    Redrawn,
    ReplyForm,
    ResponseForm,
    Said,
    SendBackForm,
)
from bot.seam.edits import SkipWeeks, Undo
from bot.seam.meaning import (
    DigestDraft,
    DigestPost,
    DigestText,
    Plain,
    PromiseDue,
    Question,
    QuoteReview,
    ResponseReview,
    WishOffer,
    WishUnanswered,
)
from bot.seam.planning_actions import EditApplied, EditPlanned, SkipFormWanted
from bot.seam.planning_answers import EditDone, EditPlan, SkipForm
from bot.seam.review_actions import DigestPageWanted, QuoteDecided, QuotesApproved
from bot.wording import say
from tests.support.slack_platform import ANNA, BO, DIGEST, ORGANISERS, POLITICIAN, Broken, ScriptedEngine

if TYPE_CHECKING:
    from bot.platforms.slack import SlackPlatform
    from bot.seam.answers import Answer
    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace

DA, EN = Language.DA, Language.EN
QUESTION = Question(language=DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag")
FORM = ReplyForm(language=DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag")
HELD = Objection(
    lines=("Dit svar er gemt.", "»Tove« kan være navn på nogen.", "Ret teksten."),
    parts=(("Tove", True), (" var der.", False)),
    may_choose=True,
)
THANKS = Said(language=DA, title="Tak", paragraphs=("Dit svar er gemt.",))
HOME = Home(
    language=DA, title="Hej", paragraphs=("Spørgsmålet er åbent til fredag.",), choices=(HomeChoice.ANSWER, HomeChoice.PAUSE), round=7
)
NOT_SHOWN = "Slack kunne ikke vise det lige nu. Tryk igen om et øjeblik: Det skader ikke at gøre det to gange."
SECRET = "<!channel> mit hemmelige svar"
CLOCKED = DigestText(headline="Nr. 3", parts=(), foot="Nr. 3")
RESPONSE = ResponseForm(
    language=DA,
    digest=3,
    number=3,
    about=((WHOLE_DIGEST, "Hele overblikket"), ("retning", "Ønskerne under »Retning«")),
    chosen=WHOLE_DIGEST,
    earliest=date(2018, 8, 24),
    latest=date(2019, 8, 24),
)
SKIPPED = SkipWeeks(weeks=(Week(year=2018, number=43),))
DRAFT = DigestDraft(language=DA, digest=3, text=CLOCKED, intro="Et udkast.")
REVIEW = ResponseReview(language=DA, response=4, intro="Et svar.", words="Ja.")
PAGE = DigestPage(
    language=DA, digest=3, post=DigestPost(language=DA, digest=3, text=CLOCKED), lead=("Bliver sendt fredag.",), fingerprint="f1"
)

pytestmark = pytest.mark.usefixtures("slack")


def seen(view: object) -> str:
    """All that stands on a screen."""
    return json.dumps(getattr(view, "blocks", None), ensure_ascii=False)


def whispered(chat: ChatClient, user: str) -> list[str]:
    return [message.text for message in chat.messages(chat.dm_id(user), user) if message.only_for == user]


@pytest.fixture
def form(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> Json:
    """Anna has the form for her answer in front of her."""
    engine.answers |= {ReplyFormWanted: FORM, Replied: THANKS}
    slack.send(ANNA, QUESTION, "d1")
    assert chat.press(ANNA, "answer").ok
    return {"text": {"text": SECRET}, "marks": {"marks": ["quote"]}}


def test_anna_answers(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    view = chat.view(ANNA)
    assert view is not None
    assert view.title == "Dit svar"
    assert chat.submit(ANNA, form).ok
    assert engine.done == [ReplyFormWanted(who=ANNA, round=7), Replied(who=ANNA, round=7, text=SECRET, wish=False, quote=True)]
    thanks = chat.view(ANNA)
    assert thanks is not None
    assert thanks.title == "Tak"
    assert "Dit svar er gemt." in seen(thanks)


def test_her_words_stand_in_no_message_and_no_metadata(chat: ChatClient, workspace: Workspace, form: Json) -> None:
    chat.submit(ANNA, form)
    said = [*chat.messages(chat.dm_id(ANNA), ANNA), *chat.messages(DIGEST, ANNA), *workspace.chat.messages(ORGANISERS, BO)]
    assert said
    assert "hemmelige" not in str(said)


def test_her_earlier_text_stands_in_the_form(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[ReplyFormWanted] = ReplyForm(
        language=DA, round=7, theme="T", ask="Hvad?", closes="fredag", text=SECRET, wish=True, replied=True
    )
    slack.send(ANNA, QUESTION, "d1")
    chat.press(ANNA, "answer")
    view = chat.view(ANNA)
    assert view is not None
    assert view.state == {"text": {"text": SECRET}, "marks": {"marks": ["wish"]}}


def test_an_error_stands_beside_its_field_and_the_text_stays(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    engine.answers[Replied] = FormErrors(language=DA, errors={"text": "Skriv lidt mere."})
    chat.submit(ANNA, form)
    view = chat.view(ANNA)
    assert view is not None
    assert view.errors == {"text": "Skriv lidt mere."}
    assert view.state["text"] == {"text": SECRET}


def test_a_text_that_is_kept_but_not_quoted_stays_to_be_rewritten_or_left(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    held = replace(FORM, text="Tove sagde det.", quote=True, replied=True, objection=HELD)
    engine.answers[Replied] = held
    before = chat.view(ANNA)
    assert chat.submit(ANNA, {**form, "text": {"text": "Tove sagde det."}}).ok
    view = chat.view(ANNA)
    assert before is not None
    assert view is not None
    assert view.private_metadata == before.private_metadata != ""
    assert "»Tove«" in seen(view)
    assert view.state == {"text": {"text": "Tove sagde det."}, "marks": {"marks": ["quote"]}}
    engine.answers[Replied] = THANKS
    assert chat.submit(ANNA, {"text": {"text": "En kollega sagde det."}}).ok
    assert engine.done[-1] == Replied(who=ANNA, round=7, text="En kollega sagde det.", quote=True)
    assert "Dit svar er gemt." in seen(chat.view(ANNA))


def test_a_text_that_is_kept_but_not_quoted_can_be_left_so(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    engine.answers[Replied] = replace(FORM, text=SECRET, quote=True, objection=HELD)
    chat.submit(ANNA, form)
    done = list(engine.done)
    chat.dismiss(ANNA)
    assert chat.view(ANNA) is None
    assert engine.done == done


@pytest.fixture
def objection(chat: ChatClient, engine: ScriptedEngine, form: Json) -> Json:
    """The form has come back with what was found in the text, and the text was changed in the field."""
    engine.answers[Replied] = replace(FORM, text=SECRET, quote=True, objection=HELD)
    assert chat.submit(ANNA, form).ok
    chat.type(ANNA, {"text": {"text": "Nu uden hende."}})
    return form


@pytest.mark.usefixtures("objection")
@pytest.mark.parametrize(("press", "quote"), [("send_unquoted", False), ("send_and_choose", True)])
def test_one_press_sends_the_text_as_it_stands_in_the_field_then(
    chat: ChatClient, engine: ScriptedEngine, press: str, *, quote: bool
) -> None:
    engine.answers[Replied] = THANKS
    view = chat.view(ANNA)
    assert view is not None
    assert chat.press(ANNA, press, view_id=view.id).ok
    assert engine.done[-1] == Replied(who=ANNA, round=7, text="Nu uden hende.", quote=quote, choose=quote)
    assert "Dit svar er gemt." in seen(chat.view(ANNA))


@pytest.mark.usefixtures("objection")
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (FormErrors(language=DA, errors={"text": "Skriv lidt kortere."}), "Skriv lidt kortere."),
        (Said(language=DA, title="Lukket", paragraphs=("Runden er lukket.",), is_refusal=True), "Runden er lukket."),
        (Broken(SECRET), say("da", "screen.failed")),
    ],
)
def test_where_the_press_stores_nothing_the_text_stays_and_it_says_why(
    chat: ChatClient, engine: ScriptedEngine, answer: Answer | Broken, why: str
) -> None:
    engine.answers[Replied] = answer
    view = chat.view(ANNA)
    assert view is not None
    chat.press(ANNA, "send_unquoted", view_id=view.id)
    after = chat.view(ANNA)
    assert after is not None
    assert why in seen(after)
    assert after.state["text"] == {"text": "Nu uden hende."}
    assert (after.callback_id, after.private_metadata) == (view.callback_id, view.private_metadata)


@pytest.mark.parametrize("text", ["x" * 3001, "   ", "🙂", "*fed* <script>alert(1)</script>", "\u202eomvendt", "\x00"])
def test_whatever_is_typed_reaches_the_engine_as_it_is(chat: ChatClient, engine: ScriptedEngine, form: Json, text: str) -> None:
    chat.submit(ANNA, {**form, "text": {"text": text}}, force=True)
    assert engine.done[-1] == Replied(who=ANNA, round=7, text=text, wish=False, quote=True)


def test_an_error_of_no_field_stands_at_the_first(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    engine.answers[Replied] = FormErrors(language=DA, errors={"elsewhere": "Ikke lige nu."})
    chat.submit(ANNA, form)
    view = chat.view(ANNA)
    assert view is not None
    assert view.errors == {"text": "Ikke lige nu."}


def test_if_nothing_was_kept_she_is_told_and_her_text_stays(
    chat: ChatClient, engine: ScriptedEngine, form: Json, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    engine.answers[Replied] = Broken(SECRET)
    assert chat.submit(ANNA, form).ok
    view = chat.view(ANNA)
    assert view is not None
    assert view.errors == {"text": "Dit svar blev ikke gemt. Prøv igen om lidt – teksten står her endnu."}
    assert view.state["text"] == {"text": SECRET}
    told = [vars(record) for record in caplog.records]
    assert [line["error"] for line in told if line.get("task") == "act"] == ["Broken"]
    assert "hemmelige" not in str(told)


def test_nothing_she_does_is_logged_with_her_words(chat: ChatClient, form: Json, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chat.submit(ANNA, form)
    chat.say(ANNA, SECRET)
    chat.command(ANNA, "/eftertanke", f"svar {SECRET}")
    assert "hemmelige" not in caplog.text


def test_she_deletes_her_answer_from_the_form(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[ReplyFormWanted] = ReplyForm(language=DA, round=7, theme="T", ask="Hvad?", closes="fredag", text="før", replied=True)
    engine.answers[ReplyDeleted] = Said(language=DA, title="Slettet", paragraphs=("Dit svar er slettet.",))
    slack.send(ANNA, QUESTION, "d1")
    chat.press(ANNA, "answer")
    view = chat.view(ANNA)
    assert view is not None
    assert chat.press(ANNA, "delete_reply", view_id=view.id).ok
    assert engine.done[-1] == ReplyDeleted(who=ANNA, round=7)
    assert "Dit svar er slettet." in seen(chat.view(ANNA))


def test_she_sees_her_answers_and_changes_one(chat: ChatClient, engine: ScriptedEngine) -> None:
    mine = MyReply(round=7, theme="T", ask="Hvad?", text=SECRET, wish=False, quote=True, editable=True, state="Åben")
    engine.answers |= {MyRepliesWanted: MyReplies(language=DA, replies=(mine,), note="Dine."), ReplyFormWanted: FORM, Replied: THANKS}
    assert chat.command(ANNA, "/eftertanke", "mine svar").ok
    view = chat.view(ANNA)
    assert view is not None
    assert "hemmelige" in seen(view)
    assert chat.press(ANNA, "edit_reply", view_id=view.id).ok
    assert chat.submit(ANNA, {"text": {"text": "nyt"}}).ok
    assert engine.done[-1] == Replied(who=ANNA, round=7, text="nyt")


def test_a_form_that_was_changed_meanwhile_is_left_alone(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    mine = MyReply(round=7, theme="T", ask="Hvad?", text="t", wish=False, quote=True, editable=True, state="Åben")
    engine.answers |= {MyRepliesWanted: MyReplies(language=DA, replies=(mine,), note="Dine."), ReplyDeleted: THANKS}
    chat.command(ANNA, "/eftertanke", "mine svar")
    view = chat.view(ANNA)
    assert view is not None
    twice = chat.pressing(ANNA, "delete_reply", view_id=view.id)
    assert twice is not None
    assert chat.forge("interactive", twice).ok
    assert chat.forge("interactive", twice).ok
    assert len([action for action in engine.done if isinstance(action, ReplyDeleted)]) == 2  # the engine judges what is done twice
    assert whispered(chat, ANNA) == []  # the first was shown
    assert slack.connected()


def test_she_pauses_until_a_day(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[PauseFormWanted] = PauseForm(
        language=EN, earliest=date(2018, 8, 22), latest=date(2019, 2, 20), proposed=date(2018, 9, 4)
    )
    engine.answers[Paused] = Said(language=EN, title="Paused", paragraphs=("See you.",))
    slack.send(ANNA, QUESTION, "d1")
    chat.press(ANNA, "pause")
    assert chat.submit(ANNA, {}).ok
    assert engine.done == [PauseFormWanted(who=ANNA), Paused(who=ANNA, until=date(2018, 9, 4))]


def test_an_error_in_a_form_is_said_in_the_forms_language(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[PauseFormWanted] = PauseForm(
        language=EN, earliest=date(2018, 8, 22), latest=date(2019, 2, 20), proposed=date(2018, 9, 4)
    )
    engine.answers[Paused] = Broken("no")
    slack.send(BO, QUESTION, "d1")
    chat.press(BO, "pause")
    chat.submit(BO, {})
    view = chat.view(BO)
    assert view is not None
    assert view.errors == {"until": "That did not work, and nothing has changed. Try again in a moment."}


def test_a_typed_message_is_answered_for_her_alone_and_its_words_go_nowhere(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[TypedDirectly] = HOME
    assert chat.say(ANNA, SECRET).ok
    (action,) = engine.done
    assert isinstance(action, TypedDirectly)
    assert "hemmelige" not in repr(action)
    (text,) = whispered(chat, ANNA)
    assert "Spørgsmålet er åbent til fredag." in text
    assert "hemmelige" not in text
    engine.answers[ReplyFormWanted] = FORM
    assert chat.press(ANNA, "answer").ok
    assert chat.view(ANNA) is not None


def test_a_message_typed_in_a_thread_is_answered_there(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[TypedDirectly] = HOME
    asked = slack.send(ANNA, Plain(language=Language.DA, paragraphs=("Hej.",)), "d1")
    assert chat.say(ANNA, SECRET, thread_ts=asked.stamp).ok
    assert chat.say(ANNA, SECRET).ok
    hints = [message for message in chat.messages(asked.channel, ANNA) if message.only_for == ANNA]
    assert [hint.thread_ts for hint in hints] == [asked.stamp, None]


def test_the_same_event_three_times_is_handed_on_with_one_id(chat: ChatClient, engine: ScriptedEngine) -> None:
    event = {"type": "message", "channel": chat.dm_id(ANNA), "channel_type": "im", "user": ANNA, "text": SECRET, "ts": "1.0"}
    for _ in range(3):
        assert chat.forge("events_api", {"type": "event_callback", "event_id": "Ev7", "team_id": "T0LOCAL", "event": event}).ok
    assert engine.done == [TypedDirectly(who=ANNA, event="Ev7")] * 3
    assert whispered(chat, ANNA) == []


def test_her_own_page_shows_where_she_stands(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[HomeWanted] = HOME
    assert chat.open_home(ANNA).ok
    assert "Spørgsmålet er åbent til fredag." in seen(chat.home(ANNA))


def test_her_own_page_is_brought_up_to_date_when_she_acts_on_it(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[HomeWanted] = Home(language=DA, title="Pause", paragraphs=("Du holder pause.",), choices=(HomeChoice.COME_BACK,))
    engine.answers[CameBack] = Said(language=DA, title="Velkommen", paragraphs=("Godt at se dig.",))
    chat.open_home(ANNA)
    page = chat.home(ANNA)
    assert page is not None
    engine.answers[HomeWanted] = HOME
    assert chat.press(ANNA, "come_back", view_id=page.id).ok
    assert "Godt at se dig." in seen(chat.view(ANNA))
    assert "Spørgsmålet er åbent til fredag." in seen(chat.home(ANNA))


PLAN = EditPlan(language=DA, intro="Uge 43 springes over.", lines=("~ »Hvem skal med?« flytter.",), edit=SKIPPED, fingerprint="0a1b")
ORGANISERS_PAGE = Home(language=DA, title="Hej", paragraphs=("Før.",), choices=(), planning=(HomeChoice.SKIP, HomeChoice.UNDO))


def open_skip_form(chat: ChatClient, engine: ScriptedEngine) -> None:
    """An organiser presses on their own page."""
    engine.answers[HomeWanted] = ORGANISERS_PAGE
    engine.answers[SkipFormWanted] = SkipForm(language=DA, weeks=(("2018-W43", "Uge 43: Hvem skal med?"),))
    engine.answers[EditPlanned] = PLAN
    chat.open_home(ANNA)
    page = chat.home(ANNA)
    assert page is not None
    assert chat.press(ANNA, "skip_week", view_id=page.id).ok


def test_an_edit_is_planned_put_in_force_and_undone_in_one_window_and_the_page_follows(chat: ChatClient, engine: ScriptedEngine) -> None:
    open_skip_form(chat, engine)
    assert chat.submit(ANNA, {"week": {"week": "2018-W43"}}).ok
    assert "flytter" in seen(chat.view(ANNA))
    engine.answers |= {EditApplied: EditDone(language=DA, paragraphs=("Det gælder nu.",))}
    engine.answers[HomeWanted] = replace(ORGANISERS_PAGE, paragraphs=("Efter.",))
    assert chat.submit(ANNA, {}).ok
    assert "Efter." in seen(chat.home(ANNA))
    done = chat.view(ANNA)
    assert done is not None
    engine.answers[EditPlanned] = replace(PLAN, edit=Undo())
    assert chat.press(ANNA, "undo_edit", view_id=done.id).ok
    engine.answers[HomeWanted] = replace(ORGANISERS_PAGE, paragraphs=("Som før.",))
    assert chat.submit(ANNA, {}).ok
    assert "Som før." in seen(chat.home(ANNA))
    planned = [action for action in engine.done if not isinstance(action, HomeWanted)]
    assert planned == [
        SkipFormWanted(who=ANNA),
        EditPlanned(who=ANNA, edit=SKIPPED),
        EditApplied(who=ANNA, edit=SKIPPED, fingerprint="0a1b"),
        EditPlanned(who=ANNA, edit=Undo()),
        EditApplied(who=ANNA, edit=Undo(), fingerprint="0a1b"),
    ]


def test_if_a_plan_cannot_be_put_in_force_the_window_without_fields_says_so(chat: ChatClient, engine: ScriptedEngine) -> None:
    open_skip_form(chat, engine)
    assert chat.submit(ANNA, {"week": {"week": "2018-W43"}}).ok
    engine.answers[EditApplied] = Broken()
    assert chat.submit(ANNA, {}).ok
    assert "Det gik ikke, og intet er ændret" in seen(chat.view(ANNA))


def test_what_is_decided_on_ones_own_page_redraws_no_message_there_and_the_page_follows(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[HomeWanted] = replace(ORGANISERS_PAGE, waiting=(REVIEW,))
    engine.answers[ResponseReviewed] = Redrawn(language=DA, meaning=replace(REVIEW, open=False), said="Svaret går til alle.")
    chat.open_home(ANNA)
    page = chat.home(ANNA)
    assert page is not None
    engine.answers[HomeWanted] = replace(ORGANISERS_PAGE, paragraphs=("Efter.",))
    assert chat.press(ANNA, "release", view_id=page.id).ok
    assert "Svaret går til alle." in seen(chat.view(ANNA))
    assert "Efter." in seen(chat.home(ANNA))


def test_who_is_not_in_the_dialogue_is_told_so_on_the_page_too(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[HomeWanted] = Said(language=DA, title="Hej", paragraphs=("Du er ikke med i dialogen.",))
    chat.open_home(BO)
    assert "Du er ikke med i dialogen." in seen(chat.home(BO))
    assert chat.command(BO, "/eftertanke").ok
    assert "Du er ikke med i dialogen." in whispered(chat, BO)[0]


def test_a_press_on_ones_own_page_writes_and_reads_out_of_one_patience(engine: ScriptedEngine, chat: ChatClient):
    engine.answers = {CameBack: Said(language=DA, title="Velkommen", paragraphs=("Godt at se dig.",))}
    engine.answers[HomeWanted] = replace(HOME, choices=(HomeChoice.COME_BACK,))
    chat.open_home(ANNA)
    page = chat.home(ANNA)
    assert page is not None
    engine.patience.clear()
    assert chat.press(ANNA, "come_back", view_id=page.id).ok
    writing, reading = engine.patience
    assert reading < writing <= PATIENCE


def test_the_command_opens_the_form_and_ignores_what_follows(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[ReplyFormWanted] = FORM
    assert chat.command(ANNA, "/eftertanke", f"svar {SECRET}").ok
    assert engine.done == [ReplyFormWanted(who=ANNA, round=None)]
    view = chat.view(ANNA)
    assert view is not None
    assert "hemmelige" not in str(view)


def test_a_command_that_fails_says_so(chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[HomeWanted] = Broken("no")
    assert chat.command(ANNA, "/eftertanke").ok
    assert whispered(chat, ANNA) == ["Det gik ikke, og intet er ændret. Prøv igen om lidt."]


def test_a_button_that_fails_says_so(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[ReplyFormWanted] = Broken("no")
    slack.send(ANNA, QUESTION, "d1")
    assert chat.press(ANNA, "answer").ok
    assert "intet er ændret" in seen(chat.view(ANNA))


def test_a_button_nobody_knows_any_more_is_answered_kindly(chat: ChatClient, engine: ScriptedEngine) -> None:
    old = {"type": "actions", "elements": [{"type": "button", "action_id": "vote", "text": {"type": "plain_text", "text": "Stem"}}]}
    chat.state.post(chat.dm_id(ANNA), user="U0BOT", text="Gammel", blocks=[old])
    assert chat.press(ANNA, "vote").ok
    assert engine.done == []
    assert "Den knap kender jeg ikke længere." in seen(chat.view(ANNA))


def test_a_forged_person_in_a_value_changes_nothing(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(ANNA, QUESTION, "d1")
    payload = chat.pressing(ANNA, "answer")
    assert payload is not None
    payload["actions"][0]["value"] = f"7:{BO}"
    assert chat.forge("interactive", payload).ok
    assert engine.done == []
    assert "Den knap kender jeg ikke længere." in seen(chat.view(ANNA))


def test_a_form_nobody_knows_any_more_is_answered_kindly(chat: ChatClient, engine: ScriptedEngine, form: Json) -> None:
    view = chat.view(ANNA)
    assert view is not None
    payload = chat.submitting(view)
    payload["view"]["callback_id"] = "vote"
    engine.done.clear()
    ack = chat.forge("interactive", payload)
    assert ack.payload is not None
    assert ack.payload == {
        "response_action": "errors",
        "errors": {"text": "Formularen er lavet om, siden du åbnede den, så den her kan ikke sendes. Luk så, og åbn den igen."},
    }
    assert engine.done == []
    assert form


def test_an_organiser_sees_the_finished_page_approves_it_and_all_see_that(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    slack.send(ORGANISERS, DRAFT, "d1")
    decided = DigestDraft(language=DA, digest=3, text=CLOCKED, intro="Et udkast.", status="Godkendt kl. 12.10", open=False)
    engine.answers |= {DigestPageWanted: PAGE, DigestApproved: Redrawn(language=DA, meaning=decided, said="Tak. Det går ud fredag.")}
    assert chat.press(BO, "approve", channel=ORGANISERS).ok
    assert "Bliver sendt fredag." in seen(chat.view(BO))
    assert chat.submit(BO, {}).ok
    assert engine.done == [DigestPageWanted(who=BO, digest=3), DigestApproved(who=BO, digest=3, seen="f1")]
    (message,) = chat.messages(ORGANISERS, BO)
    assert "Godkendt kl. 12.10" in message.text
    assert "approve" not in str(message.blocks)
    assert "Tak. Det går ud fredag." in seen(chat.view(BO))


def test_a_page_that_has_changed_is_shown_anew_in_the_same_window(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(ORGANISERS, DRAFT, "d1")
    changed = replace(PAGE, lead=("Siden er ændret.", "Bliver sendt fredag."), fingerprint="f2")
    engine.answers |= {DigestPageWanted: PAGE, DigestApproved: changed}
    chat.press(BO, "approve", channel=ORGANISERS)
    assert chat.submit(BO, {}).ok
    assert "Siden er ændret." in seen(chat.view(BO))
    assert chat.submit(BO, {}).ok
    assert [action.seen for action in engine.done if isinstance(action, DigestApproved)] == ["f1", "f2"]


def test_an_organiser_sends_a_draft_back_and_the_message_shows_it(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(ORGANISERS, DRAFT, "d1")
    held = DigestDraft(language=DA, digest=3, text=CLOCKED, intro="Et udkast.", status="Sendt tilbage")
    engine.answers |= {
        SendBackFormWanted: SendBackForm(language=DA, digest=3, number=3),
        DigestSentBack: Redrawn(language=DA, meaning=held, said="Holdt tilbage."),
    }
    chat.press(BO, "send_back", channel=ORGANISERS)
    assert chat.submit(BO, {"note": {"note": "Se på tema 2"}}).ok
    assert engine.done[-1] == DigestSentBack(who=BO, digest=3, note="Se på tema 2")
    assert "Sendt tilbage" in chat.messages(ORGANISERS, BO)[0].text
    assert "Holdt tilbage." in seen(chat.view(BO))


def test_an_organiser_decides_about_quotes_in_one_window_and_all_see_where_they_stand(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    themes = (("borgeren-foerst", "Borgeren først"), ("retning", "Fælles retning"))
    slack.send(ORGANISERS, QuoteReview(language=DA, digest=3, intro="Fem tekster venter.", themes=themes), "d1")
    quotes = tuple(QuoteToReview(id=f"q{number}", text=f"Tekst {number} <!channel>") for number in range(5))
    shown = QuoteReviewForm(language=DA, digest=3, theme="retning", title="Fælles retning", quotes=quotes, page=1, pages=2)
    decided = QuoteReview(language=DA, digest=3, intro="Alt er afgjort.", themes=themes, open=False)
    engine.answers |= {
        QuoteReviewWanted: shown,
        QuoteDecided: replace(shown, notice="1 afgørelse er gemt.", message=decided),
        QuotesApproved: replace(shown, notice="4 afgørelser er gemt.", message=decided),
    }
    assert chat.press(BO, "quote_review", channel=ORGANISERS, value="3:retning").ok
    window = chat.view(BO)
    assert window is not None
    assert chat.press(BO, "quote_no", view_id=window.id, block_id="q1", value="unclear").ok
    assert "1 afgørelse er gemt." in seen(chat.view(BO))
    assert chat.press(BO, "quote_show_all", view_id=window.id).ok
    page = {"who": BO, "digest": 3, "theme": "retning", "page": 1}
    assert engine.done == [
        QuoteReviewWanted(who=BO, digest=3, theme="retning"),
        QuoteDecided(**page, quote="q1", reason=DeclineReason.UNCLEAR),
        QuotesApproved(**page, quotes=tuple(quote.id for quote in quotes)),
    ]
    (message,) = chat.messages(ORGANISERS, BO)
    assert "Alt er afgjort." in message.text
    assert "quote_review" not in str(message.blocks)
    after = chat.view(BO)
    assert after is not None
    assert (after.id, "4 afgørelser er gemt." in seen(after)) == (window.id, True)


def test_whoever_reviews_quotes_keeps_the_texts_and_reasons_when_a_colleague_has_approved_meanwhile(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    quotes = tuple(QuoteToReview(id=f"q{number}", text=f"Tekst {number}") for number in range(5))
    why = Said(language=DA, title="Det er afgjort", paragraphs=("En kollega har godkendt.", "Derfor."), is_refusal=True)
    engine.answers |= {
        QuoteReviewWanted: QuoteReviewForm(language=DA, digest=3, theme="retning", title="Fælles retning", quotes=quotes),
        QuoteDecided: why,
    }
    slack.send(ORGANISERS, QuoteReview(language=DA, digest=3, intro="Fem.", themes=(("retning", "Fælles retning"),)), "d1")
    chat.press(BO, "quote_review", channel=ORGANISERS)
    window = chat.view(BO)
    assert window is not None
    for _ in range(2):
        assert chat.press(BO, "quote_no", view_id=window.id, block_id="q1", value="unclear").ok
        after = chat.view(BO)
        assert after is not None
        assert (after.id, after.title, after.blocks[0]["block_id"]) == (window.id, "Citater", "notice")
        assert seen(after).count("En kollega har godkendt. Derfor.") == 1
        assert all(f"Tekst {number}" in seen(after) for number in range(5))
        assert "Din tekst står her" not in seen(after)


def test_two_quick_presses_in_a_window_that_acts_at_once_both_count_and_nobody_is_told_of_trouble(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    quotes = tuple(QuoteToReview(id=f"q{number}", text="Ja.") for number in range(5))
    shown = QuoteReviewForm(language=DA, digest=3, theme="retning", title="Fælles retning", quotes=quotes)
    slack.send(ORGANISERS, QuoteReview(language=DA, digest=3, intro="Fem.", themes=(("retning", "Fælles retning"),)), "d1")
    engine.answers |= {QuoteReviewWanted: shown, QuoteDecided: shown}
    chat.press(BO, "quote_review", channel=ORGANISERS)
    window = chat.view(BO)
    assert window is not None
    quick = [chat.pressing(BO, "quote_show", view_id=window.id, block_id=name) for name in ("q0", "q1")]  # both before the first is drawn
    assert all(press is not None and chat.forge("interactive", press).ok for press in quick)
    assert [action.quote for action in engine.done if isinstance(action, QuoteDecided)] == ["q0", "q1"]
    assert [message for message in chat.messages(chat.dm_id(BO), BO) if message.only_for == BO] == []


def test_a_form_of_an_earlier_version_is_answered_with_what_was_decided(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine
) -> None:
    engine.answers[QuotesReviewed] = Said(language=DA, title="Det går ikke", paragraphs=("Det findes ikke længere.",))
    kept = json.dumps({"language": "da", "about": 3, "theme": "retning", "place": None})
    menu = choice_input("static_select", [("show", "Må vises"), ("unclear", "Vis ikke")])
    fields = [form_field(name, "Tekst", menu, optional=True) for name in ("q0", "q1")]
    earlier = modal("Citater", fields, close="Luk", submit="Gem", callback_id="quotes", private_metadata=kept)
    chat.state.views.open(BO, earlier)
    assert chat.submit(BO, {"q0": {"q0": "show"}, "q1": {"q1": "unclear"}}).ok
    assert engine.done == [QuotesReviewed(who=BO, digest=3, theme="retning", decisions={"q0": None, "q1": DeclineReason.UNCLEAR})]
    assert "Det findes ikke længere." in seen(chat.view(BO))


def test_a_decision_stands_though_slack_does_not_draw_it(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    slack.send(ORGANISERS, DRAFT, "d1")
    slack.send(ORGANISERS, REVIEW, "d2")
    engine.answers[ResponseReviewed] = Redrawn(language=DA, meaning=REVIEW, said="Tak.")
    workspace.faults.crash("chat.update")
    workspace.faults.crash("views.open")
    assert chat.press(BO, "release", channel=ORGANISERS).ok
    assert engine.done == [ResponseReviewed(who=BO, response=4, release=True)]
    assert [message.text for message in chat.messages(ORGANISERS, BO) if message.only_for == BO] == [NOT_SHOWN]


def test_who_sees_no_window_is_told_to_press_again(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    engine.answers[ReplyFormWanted] = FORM
    slack.send(ANNA, QUESTION, "d1")
    workspace.faults.limit("views.open", times=2)
    assert chat.press(ANNA, "answer").ok
    assert whispered(chat, ANNA) == [NOT_SHOWN]
    assert chat.command(ANNA, "/eftertanke", "svar").ok
    assert whispered(chat, ANNA) == [NOT_SHOWN] * 2
    assert chat.view(ANNA) is None


def test_a_trigger_that_has_expired_is_told_of(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    engine.answers[ReplyFormWanted] = FORM
    slack.send(ANNA, QUESTION, "d1")
    late = chat.pressing(ANNA, "answer")
    assert late is not None
    late["trigger_id"] = "1.local.long-gone"
    assert chat.forge("interactive", late).ok
    assert whispered(chat, ANNA) == [NOT_SHOWN]


@pytest.mark.parametrize("trigger", [None, "1.local.long-gone"], ids=["used up", "expired"])
def test_of_two_quick_presses_the_second_is_silent(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, trigger: str | None
) -> None:
    engine.answers[ReplyFormWanted] = FORM
    slack.send(ANNA, QUESTION, "d1")
    press = chat.pressing(ANNA, "answer")
    assert press is not None
    assert chat.forge("interactive", press).ok
    assert chat.forge("interactive", press | ({"trigger_id": trigger} if trigger else {})).ok
    assert whispered(chat, ANNA) == []
    assert chat.view(ANNA) is not None


def test_the_silence_is_for_whoever_saw_the_window_of_this_button_and_for_a_few_seconds(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answers[ReplyFormWanted] = FORM
    slack.send(ANNA, QUESTION, "d1")
    slack.send(BO, QUESTION, "d2")
    assert chat.press(ANNA, "answer").ok
    engine.answers[PauseFormWanted] = FORM
    workspace.faults.limit("views.open", times=4)
    assert chat.press(BO, "answer").ok
    assert whispered(chat, BO) == [NOT_SHOWN]
    assert chat.press(ANNA, "answer").ok
    assert whispered(chat, ANNA) == []
    assert chat.press(ANNA, "pause").ok  # another button: none of its windows was shown
    assert whispered(chat, ANNA) == [NOT_SHOWN]
    monkeypatch.setattr(answer_presenter, "TWO_PRESSES", 0.0)  # they are over
    assert chat.press(ANNA, "answer").ok
    assert whispered(chat, ANNA) == [NOT_SHOWN] * 2


def test_a_politician_hears_and_answers(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(DIGEST, DigestPost(language=DA, digest=3, text=CLOCKED), "d1")
    engine.answers |= {Heard: THANKS, ResponseFormWanted: RESPONSE, Responded: THANKS}
    assert chat.press(POLITICIAN, "heard", channel=DIGEST).ok
    chat.dismiss(POLITICIAN)
    assert chat.press(POLITICIAN, "respond", channel=DIGEST).ok
    assert chat.submit(POLITICIAN, {"kind": {"kind": "not_ours"}, "text": {"text": "Det er statens."}}).ok
    assert engine.done == [
        Heard(who=POLITICIAN, digest=3),
        ResponseFormWanted(who=POLITICIAN, digest=3),
        Responded(who=POLITICIAN, digest=3, kind=ResponseKind.NOT_OURS, text="Det er statens."),
    ]


def test_a_politician_answers_the_wishes_on_one_theme(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    wishes = tuple(WishOffer(theme=theme, title=title) for theme, title in (("borgeren-foerst", "Borgeren først"), ("retning", "Retning")))
    slack.send(DIGEST, DigestPost(language=DA, digest=3, text=replace(CLOCKED, wishes=wishes)), "d1")
    engine.answers |= {ResponseFormWanted: replace(RESPONSE, chosen="retning"), Responded: THANKS}
    assert chat.press(POLITICIAN, "respond_wishes", channel=DIGEST, value="3:retning").ok
    promised = {"kind": {"kind": "take_up"}, "text": {"text": "Vi ser på det."}, "due": {"due": "2018-10-01"}, "name": {"name": "Bo"}}
    assert chat.submit(POLITICIAN, promised).ok
    assert engine.done == [
        ResponseFormWanted(who=POLITICIAN, digest=3, theme="retning"),
        Responded(
            who=POLITICIAN,
            digest=3,
            kind=ResponseKind.TAKE_UP,
            text="Vi ser på det.",
            theme="retning",
            due=date(2018, 10, 1),
            name="Bo",
        ),
    ]


@pytest.mark.parametrize("field", ["about", "kind", "text", "due", "name"])
def test_what_is_wrong_with_an_answer_stands_at_its_field_and_what_was_filled_in_is_kept(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, field: str
) -> None:
    slack.send(DIGEST, DigestPost(language=DA, digest=3, text=CLOCKED), "d1")
    engine.answers |= {ResponseFormWanted: RESPONSE, Responded: FormErrors(language=DA, errors={field: "Ret det her."})}
    chat.press(POLITICIAN, "respond", channel=DIGEST)
    chat.submit(POLITICIAN, {"kind": {"kind": "take_up"}, "name": {"name": "x" * 200}, "due": {"due": "2018-01-01"}})
    view = chat.view(POLITICIAN)
    assert view is not None
    assert view.errors == {field: "Ret det her."}
    assert (view.state["name"]["name"], view.state["due"]["due"]) == ("x" * 200, "2018-01-01")


def test_an_organiser_asks_the_politicians_they_pick(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(ORGANISERS, WishUnanswered(language=DA, digest=3, theme="retning", text="Ingen har svaret."), "w1")
    form = PoliticiansForm(language=DA, digest=3, theme="retning", what="Ønskerne under »Retning«")
    refused = FormErrors(language=DA, errors={"whom": "Bo er ikke politiker."})
    asked = Redrawn(language=DA, meaning=WishUnanswered(language=DA, digest=3, theme="retning", text="Én er spurgt."), said="Spurgt.")
    engine.answers |= {PoliticiansFormWanted: form, PoliticiansAsked: refused}
    assert chat.press(BO, "ask_politicians", channel=ORGANISERS).ok
    assert not chat.submit(BO, {}).ok, "the client wants somebody picked"
    chat.submit(BO, {"whom": {"whom": [BO, POLITICIAN]}})
    view = chat.view(BO)
    assert view is not None
    assert (view.errors, view.state["whom"]["whom"]) == ({"whom": "Bo er ikke politiker."}, [BO, POLITICIAN])
    engine.answers[PoliticiansAsked] = asked
    assert chat.submit(BO, {"whom": {"whom": [POLITICIAN]}}).ok
    assert engine.done == [
        PoliticiansFormWanted(who=BO, digest=3, theme="retning"),
        PoliticiansAsked(who=BO, digest=3, theme="retning", whom=(BO, POLITICIAN)),
        PoliticiansAsked(who=BO, digest=3, theme="retning", whom=(POLITICIAN,)),
    ]
    assert "Én er spurgt." in chat.messages(ORGANISERS, BO)[-1].text


def test_a_promise_is_told_done_in_two_presses_and_a_line(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    slack.send(POLITICIAN, PromiseDue(language=DA, promise=8, paragraphs=("Hvad blev der af det?",)), "p1")
    engine.answers |= {OutcomeFormWanted: OutcomeForm(language=DA, promise=8, kind="done", what="Vi ser på det."), OutcomeTold: THANKS}
    assert chat.press(POLITICIAN, "promise_done").ok
    assert chat.submit(POLITICIAN, {"text": {"text": "Vagterne er lagt om."}}).ok
    assert engine.done == [
        OutcomeFormWanted(who=POLITICIAN, promise=8, kind=ResponseKind.DONE),
        OutcomeTold(who=POLITICIAN, promise=8, kind=ResponseKind.DONE, text="Vagterne er lagt om."),
    ]


def test_from_the_ledger_a_digest_is_opened_in_the_same_window(slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine) -> None:
    entries = tuple(LedgerEntry(heading=f"Uge {number}", lines=("Venter.",), number=number, start=number) for number in (0, 1))
    engine.answers |= {
        LedgerWanted: Ledger(language=DA, entries=entries),
        DigestsWanted: Digests(language=DA, digests=(DigestPost(language=DA, digest=3, text=CLOCKED),)),
    }
    engine.answers[HomeWanted] = replace(HOME, choices=(HomeChoice.LEDGER,))
    chat.open_home(ANNA)
    page = chat.home(ANNA)
    assert page is not None
    assert chat.press(ANNA, "ledger", view_id=page.id).ok
    window = chat.view(ANNA)
    assert window is not None
    assert chat.press(ANNA, "more_digests", view_id=window.id, value="0").ok
    opened = chat.view(ANNA)
    assert opened is not None
    assert (opened.id, opened.title) == (window.id, "Ugens overblik")
    assert DigestsWanted(who=ANNA, start=0) in engine.done


def test_a_change_of_people_is_handed_on(chat: ChatClient, engine: ScriptedEngine) -> None:
    assert chat.event("user_change", {"user": {"id": ANNA, "deleted": True}}).ok
    assert engine.done == [PeopleChanged(who=ANNA)]


def test_what_slack_cannot_show_now_is_not_done_again(
    slack: SlackPlatform, chat: ChatClient, engine: ScriptedEngine, workspace: Workspace
) -> None:
    engine.answers[TypedDirectly] = HOME
    workspace.faults.limit("chat.postEphemeral")
    assert chat.say(ANNA, "hej").ok
    assert len(engine.done) == 1
