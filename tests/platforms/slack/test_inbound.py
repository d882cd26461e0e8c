"""What people do is understood from Slack's payloads, and everything else is harmless."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack import inbound
from bot.platforms.slack.form_metadata import HOME, FormMetadata, Place, place_of
from bot.platforms.slack.manifest import COMMAND, EVENTS, manifest
from bot.programme import Language, Week
from bot.seam.actions import (
    Action,
    AnswersWanted,
    AppRemoved,
    CameBack,
    ChannelChange,
    ChannelChanged,
    DeclineReason,
    DigestApproved,
    DigestSentBack,
    DigestsWanted,
    Erased,
    FindingFormWanted,
    FindingPicked,
    Heard,
    HomeWanted,
    HourChosen,
    LedgerWanted,
    Left,
    ListConfirmed,
    MethodWanted,
    MyDataWanted,
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
    QuoteWithdrawn,
    ReadMoreWanted,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    Responded,
    ResponseFormWanted,
    ResponseKind,
    ResponseReviewed,
    SendBackFormWanted,
    TypedDirectly,
    WhyWanted,
    WishQuestionProposed,
)
from bot.seam.edits import MoveQuestion, SkipWeeks, Undo
from bot.seam.planning_actions import (
    AllPaused,
    BankFormWanted,
    BankPlanned,
    EditApplied,
    EditPlanned,
    GoOnFormWanted,
    MoveFormWanted,
    PauseForAllFormWanted,
    PlanApplied,
    PlanDeclined,
    PlanWanted,
    SkipFormWanted,
    WentOn,
)
from bot.seam.quote_actions import QuoteAgreed, QuoteChoiceWanted
from bot.seam.reading_actions import MyBookWanted, NoticeWanted, PageFileWanted, PageWanted, ResponsesWanted
from bot.seam.review_actions import DigestPageWanted, QuoteDecided, QuotesApproved

if TYPE_CHECKING:
    from bot.platforms.slack.blocks import Json

PAYLOADS = Path(__file__).parents[2] / "payloads"
ANNA = "U0ANNA"
BUTTONS = {
    "answer": ReplyFormWanted(who=ANNA, round=5),
    "edit_reply": ReplyFormWanted(who=ANNA, round=5),
    "delete_reply": ReplyDeleted(who=ANNA, round=5),
    "withdraw_quote": QuoteWithdrawn(who=ANNA, round=5),
    "choose_quote": QuoteChoiceWanted(who=ANNA, round=5),
    "my_replies": MyRepliesWanted(who=ANNA),
    "my_book": MyBookWanted(who=ANNA),
    "more_book": MyBookWanted(who=ANNA, start=5),
    "my_data": MyDataWanted(who=ANNA),
    "more_data": MyDataWanted(who=ANNA, start=5),
    "erase": Erased(who=ANNA),
    "read_more": ReadMoreWanted(who=ANNA),
    "digests": DigestsWanted(who=ANNA),
    "more_digests": DigestsWanted(who=ANNA, start=5),
    "pause": PauseFormWanted(who=ANNA),
    "pause_for_all": PauseForAllFormWanted(who=ANNA),
    "go_on": GoOnFormWanted(who=ANNA),
    "ask_as_planned": HourChosen(who=ANNA),
    "why": WhyWanted(who=ANNA, round=5),
    "come_back": CameBack(who=ANNA),
    "leave": Left(who=ANNA),
    "approve": DigestPageWanted(who=ANNA, digest=5),
    "send_back": SendBackFormWanted(who=ANNA, digest=5),
    "heard": Heard(who=ANNA, digest=5),
    "respond": ResponseFormWanted(who=ANNA, digest=5),
    "release": ResponseReviewed(who=ANNA, response=5, release=True),
    "decline": ResponseReviewed(who=ANNA, response=5, release=False),
    "confirm_list": ListConfirmed(who=ANNA, hold=5),
    "move_question": MoveFormWanted(who=ANNA),
    "skip_week": SkipFormWanted(who=ANNA),
    "undo_edit": EditPlanned(who=ANNA, edit=Undo()),
    "bank_question": BankFormWanted(who=ANNA, response=5),
    "decline_plan": PlanDeclined(who=ANNA, version=5),
    "see_plan": PlanWanted(who=ANNA, version=5),
    "method": MethodWanted(who=ANNA, digest=5),
    "answers": AnswersWanted(who=ANNA, digest=5),
    "whole_answers": ResponsesWanted(who=ANNA, responses=(5,)),
    "whole_notice": NoticeWanted(who=ANNA, notice=5),
    "page": PageWanted(who=ANNA, digest=5),
    "page_file": PageFileWanted(who=ANNA, digest=5),
    "more_replies": MyRepliesWanted(who=ANNA, start=5),
    "ledger": LedgerWanted(who=ANNA),
    "more_ledger": LedgerWanted(who=ANNA, start=5),
    "finding": FindingFormWanted(who=ANNA, digest=5),
    "promise_done": OutcomeFormWanted(who=ANNA, promise=5, kind=ResponseKind.DONE),
    "promise_dropped": OutcomeFormWanted(who=ANNA, promise=5, kind=ResponseKind.DROPPED),
}
THEME = "borgeren-foerst"
OF_A_THEME = {
    "respond_wishes": ResponseFormWanted(who=ANNA, digest=3, theme=THEME),
    "quote_review": QuoteReviewWanted(who=ANNA, digest=3, theme=THEME),
    "ask_wishes": WishQuestionProposed(who=ANNA, digest=3, theme=THEME),
    "ask_politicians": PoliticiansFormWanted(who=ANNA, digest=3, theme=THEME),
}
QUOTE = "5f0c7a1e9b3d4c6fa1b2c3d4e5f60718"
PAGE: dict[str, Any] = {"who": ANNA, "digest": 3, "theme": THEME, "page": 1}
IN_A_WINDOW: list[
    tuple[dict[str, Any], Action]
] = [  # what Slack says of a press in a window that shows the second page of a theme's quotes
    ({"action_id": "page_more", "value": "40"}, DigestPageWanted(who=ANNA, digest=3, start=40, seen="f1")),
    ({"action_id": "quote_show", "block_id": QUOTE, "value": QUOTE}, QuoteDecided(**PAGE, quote=QUOTE)),
    (
        {"action_id": "quote_no", "block_id": QUOTE, "type": "static_select", "selected_option": {"value": "hurtful"}},
        QuoteDecided(**PAGE, quote=QUOTE, reason=DeclineReason.HURTFUL),
    ),
    ({"action_id": "quote_no", "block_id": QUOTE, "type": "static_select", "selected_option": None}, QuoteReviewWanted(**PAGE)),
    ({"action_id": "quote_show_all", "value": f"{QUOTE},b"}, QuotesApproved(**PAGE, quotes=(QUOTE, "b"))),
    ({"action_id": "quote_page", "value": "0"}, QuoteReviewWanted(**(PAGE | {"page": 0}))),
    ({"action_id": "quote_theme", "value": "retning"}, QuoteReviewWanted(who=ANNA, digest=3, theme="retning")),
]
FORMS = {
    "form_reply": Replied(who=ANNA, round=7, text="Jeg lærte at spørge først.", wish=False, quote=True),
    "form_pause_for_all": AllPaused(who=ANNA, reason="Der er valg."),
    "form_go_on": WentOn(who=ANNA, fingerprint="0a1b"),
    "form_pause": Paused(who=ANNA, until=date(2018, 9, 4)),
    "form_send_back": DigestSentBack(who=ANNA, digest=3, note="Se på tema 2"),
    "form_response": Responded(who=ANNA, digest=3, kind=ResponseKind.TAKE_UP, text=""),  # both as they were before there was a day
    "form_response_wishes": Responded(who=ANNA, digest=3, kind=ResponseKind.TAKE_UP, text="", theme=THEME),
    "form_response_promise": Responded(
        who=ANNA,
        digest=3,
        kind=ResponseKind.TAKE_UP,
        text="Vi ser på vagterne.",
        theme=THEME,
        place=1,
        due=date(2018, 10, 1),
        name="Anna Rønnebær",
    ),
    "form_outcome": OutcomeTold(who=ANNA, promise=8, kind=ResponseKind.DROPPED, text="Der var ingen penge.", name=""),
    "form_finding": FindingPicked(who=ANNA, digest=3, finding="words"),
    "form_move_question": EditPlanned(who=ANNA, edit=MoveQuestion(question="hvad-nu", week=Week(year=2018, number=43))),
    "form_skip_week": EditPlanned(who=ANNA, edit=SkipWeeks(weeks=(Week(year=2018, number=43),))),
    "form_bank_question": BankPlanned(who=ANNA, response=8, theme="borgeren-foerst", da="Hvad mener I?", en="What do you mean?"),
    "form_edit": EditApplied(who=ANNA, edit=SkipWeeks(weeks=(Week(year=2018, number=43),)), fingerprint="0a1b"),
    "form_politicians": PoliticiansAsked(who=ANNA, digest=3, theme=THEME, whom=("U0BO", "U0CHRISTINE")),
    "form_approve": DigestApproved(who=ANNA, digest=3, seen="f1"),
    "form_quotes": QuotesReviewed(
        who=ANNA,
        digest=3,
        theme=THEME,
        decisions={"5f0c7a1e9b3d4c6fa1b2c3d4e5f60718": None, "0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d": DeclineReason.RECOGNISABLE},
    ),
}


def channel_changed(change: ChannelChange, *, who: str = "", moved_to: str | None = None) -> ChannelChanged:
    return ChannelChanged(who=who, channel="C0DIGEST", change=change, event="Ev0001", moved_to=moved_to)


EVENT_ACTIONS = {
    "message_typed": TypedDirectly(who=ANNA, event="Ev0001"),
    "message_in_thread": TypedDirectly(who=ANNA, event="Ev0001"),
    "message_with_file": TypedDirectly(who=ANNA, event="Ev0001"),
    "message_from_bot": None,
    "file_from_bot": None,
    "message_changed": None,
    "message_deleted": None,
    "message_in_channel": None,
    "home_opened": HomeWanted(who=ANNA),
    "messages_opened": None,
    "user_change": PeopleChanged(who=ANNA),
    "subteam_members_changed": PeopleChanged(who=""),
    "member_joined_channel": PeopleChanged(who=ANNA),
    "channel_archive": channel_changed(ChannelChange.ARCHIVED, who=ANNA),
    "group_archive": channel_changed(ChannelChange.ARCHIVED, who=ANNA),
    "channel_unarchive": channel_changed(ChannelChange.UNARCHIVED, who=ANNA),
    "group_unarchive": channel_changed(ChannelChange.UNARCHIVED, who=ANNA),
    "channel_deleted": channel_changed(ChannelChange.DELETED),
    "group_deleted": channel_changed(ChannelChange.DELETED),
    "channel_rename": channel_changed(ChannelChange.RENAMED),
    "group_rename": channel_changed(ChannelChange.RENAMED),
    "channel_id_changed": channel_changed(ChannelChange.MOVED, moved_to="C0NEW"),
    "channel_shared": channel_changed(ChannelChange.SHARED),
    "channel_unshared": channel_changed(ChannelChange.UNSHARED),
    "channel_unshared_by_one": None,
    "app_uninstalled": AppRemoved(who=""),
    "tokens_revoked": AppRemoved(who=""),
    "tokens_revoked_of_a_person": None,
    "reaction_added": None,
}
COMMANDS = {
    "": HomeWanted,
    "svar": ReplyFormWanted,
    "Svar": ReplyFormWanted,
    "answer": ReplyFormWanted,
    "svar Jeg mener at alle skal vide det": ReplyFormWanted,
    "mine svar": MyRepliesWanted,
    "my answers": MyRepliesWanted,
    "pause": PauseFormWanted,
    "hjælp": HomeWanted,
    "jeg skriver bare mit svar her": HomeWanted,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def payload(name: str) -> Json:
    return dict(json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8")))


def pressing(action_id: str, value: object = "5") -> Json:
    body = payload("button_in_message")
    body["actions"][0] |= {"action_id": action_id, "value": value}
    return body


def submitted(body: Json) -> Action | None:
    return inbound.action_of_form(body, FormMetadata.read(body["view"]["private_metadata"], Language.DA))


def test_every_button_has_a_meaning_and_every_meaning_an_example() -> None:
    assert set(inbound.BUTTONS) == {*BUTTONS, *OF_A_THEME, "ask_at", "apply_plan", "quote_yes"}
    assert set(inbound.SENT_BY_BUTTON) == {"send_unquoted", "send_and_choose"}
    assert set(inbound.IN_WINDOWS) == {button["action_id"] for button, _ in IN_A_WINDOW}
    assert set(inbound.FORMS) == {payload(name)["view"]["callback_id"] for name in FORMS}


def test_every_action_of_the_seam_can_be_done() -> None:
    applied = PlanApplied(who=ANNA, version=5, fingerprint="f00")
    examples = [
        *BUTTONS.values(),
        applied,
        QuoteAgreed(who=ANNA, round=5, sentence=None, seen="f00"),
        *OF_A_THEME.values(),
        *FORMS.values(),
        *[action for _, action in IN_A_WINDOW],
        *filter(None, EVENT_ACTIONS.values()),
    ]
    assert {type(action) for action in examples} == set(Action.__subclasses__())


@pytest.mark.parametrize(("action_id", "action"), BUTTONS.items())
def test_a_pressed_button_is_understood(action_id: str, action: Action) -> None:
    assert inbound.action_of_press(pressing(action_id)) == action


@pytest.mark.parametrize(("value", "sentence"), [("5:2:f00", 2), ("5::f00", None), ("5:0:f00", 0)])
def test_a_yes_names_the_text_that_was_seen(value: str, sentence: int | None) -> None:
    assert inbound.action_of_press(pressing("quote_yes", value)) == QuoteAgreed(who=ANNA, round=5, sentence=sentence, seen="f00")


@pytest.mark.parametrize("value", ["", "5", "5:f00", "x:2:f00", "5:-1:f00", "5:2:f00:more"])
def test_a_yes_to_nothing_in_particular_is_not_understood(value: str) -> None:
    assert inbound.action_of_press(pressing("quote_yes", value)) is None


@pytest.mark.parametrize(("press", "quote"), [("send_unquoted", False), ("send_and_choose", True)])
def test_a_forms_own_button_sends_what_stands_in_its_fields(press: str, *, quote: bool) -> None:
    body = payload("form_reply") | {"actions": [{"action_id": press, "type": "button"}]}
    sent = FORMS["form_reply"]
    assert isinstance(sent, Replied)
    assert inbound.action_of_press(body) == replace(sent, quote=quote, choose=quote)
    assert inbound.action_of_press(pressing(press)) is None  # outside a form


def test_whoever_reads_on_in_the_answers_gets_the_next_ones() -> None:
    assert inbound.action_of_press(pressing("answers", "3:20")) == AnswersWanted(who=ANNA, digest=3, start=20)
    assert inbound.action_of_press(pressing("whole_answers", "3,20")) == ResponsesWanted(who=ANNA, responses=(3, 20))
    assert inbound.action_of_press(pressing("whole_notice", "3:20")) == NoticeWanted(who=ANNA, notice=3, start=20)
    assert inbound.action_of_press(pressing("answers", "3:x")) is None


@pytest.mark.parametrize(("action_id", "action"), OF_A_THEME.items())
def test_a_button_for_a_theme_is_understood(action_id: str, action: Action) -> None:
    assert inbound.action_of_press(pressing(action_id, f"3:{THEME}")) == action


def pressed_in_window(button: dict[str, Any], **kept: object) -> Json:
    body = payload("button_in_form")
    place = {"channel": "C0ORGANISERS", "stamp": "1.2"}
    remembered = {"language": "da", "about": 3, "theme": THEME, "place": place, "page": 1, "fingerprint": "f1"} | kept
    body["view"]["private_metadata"] = json.dumps(remembered)
    body["actions"] = [button]
    return body


@pytest.mark.parametrize(("button", "action"), IN_A_WINDOW)
def test_a_press_in_a_window_is_about_the_page_that_the_window_remembers(button: dict[str, Any], action: Action) -> None:
    body = pressed_in_window(button)
    assert inbound.action_of_press(body) == action
    assert inbound.origin_of(body) == Place(channel="C0ORGANISERS", stamp="1.2")


@pytest.mark.parametrize(("button", "_"), IN_A_WINDOW)
@pytest.mark.parametrize("kept", [{"about": None}, {"about": 0}, {"language": "xx"}])
def test_a_press_in_a_window_that_remembers_nothing_means_nothing(button: dict[str, Any], _: Action, kept: dict[str, object]) -> None:
    assert inbound.action_of_press(pressed_in_window(button, **kept)) is None


def test_a_button_that_leads_out_of_a_window_is_not_about_the_message_behind_it() -> None:
    body = pressed_in_window({"action_id": "approve", "value": "3"})
    assert inbound.action_of_press(body) == DigestPageWanted(who=ANNA, digest=3)
    assert inbound.origin_of(body) is None  # else the finished page would be drawn over the message about quotes


@pytest.mark.parametrize("action_id", ["respond_wishes", "quote_review"])
def test_a_button_for_a_theme_is_understood_as_slack_sends_it(action_id: str) -> None:
    body = payload(f"button_{action_id}")
    assert body["actions"][0]["action_id"] == action_id
    assert inbound.action_of_press(body) == OF_A_THEME[action_id]


@pytest.mark.parametrize("action_id", OF_A_THEME)
@pytest.mark.parametrize("value", ["3", "3:", ":borgeren-foerst", "x:borgeren-foerst", "0:borgeren-foerst", "", None, 3, []])
def test_a_button_for_a_theme_without_both_its_ids_means_nothing(action_id: str, value: object) -> None:
    assert inbound.action_of_press(pressing(action_id, value)) is None


@pytest.mark.parametrize("value", ["vote", "", "NAMES_SOMEONE", None, 3])
def test_a_decision_we_do_not_know_makes_the_whole_form_mean_nothing(value: object) -> None:
    body = payload("form_quotes")
    next(iter(body["view"]["state"]["values"]["5f0c7a1e9b3d4c6fa1b2c3d4e5f60718"].values()))["selected_option"]["value"] = value
    assert submitted(body) is None


@pytest.mark.parametrize(
    "about", ['"about":3,"place":null', '"about":3,"theme":null,"place":null', '"about":null,"theme":"x","place":null']
)
def test_a_review_that_does_not_know_of_what_means_nothing(about: str) -> None:
    body = payload("form_quotes")
    body["view"]["private_metadata"] = f'{{"language":"da",{about}}}'
    assert submitted(body) is None


@pytest.mark.parametrize("name", ["button_in_message", "button_in_form", "button_in_home"])
def test_a_button_is_understood_wherever_it_stands(name: str) -> None:
    action = inbound.action_of_press(payload(name))
    assert action is not None
    assert action.who == ANNA


def test_an_answer_button_without_a_round_asks_for_whatever_is_open() -> None:
    body = pressing("answer")
    del body["actions"][0]["value"]
    assert inbound.action_of_press(body) == ReplyFormWanted(who=ANNA, round=None)


@pytest.mark.parametrize("value", ["0", "-1", "x", "1; DROP TABLE", "9" * 30, "1.5", "U0BO", "", None, [], {}])
def test_a_button_with_a_value_that_is_not_ours_means_nothing(value: object) -> None:
    assert inbound.action_of_press(pressing("release", value)) is None


def test_a_button_for_an_hour_is_understood_and_one_for_none_means_nothing() -> None:
    assert inbound.action_of_press(pressing("ask_at", "12:00")) == HourChosen(who=ANNA, hour=time(12))
    assert [inbound.action_of_press(pressing("ask_at", value)) for value in ("25:00", "noon", "", None, 12, [])] == [None] * 6


def test_a_button_we_do_not_know_means_nothing() -> None:
    assert inbound.action_of_press(pressing("vote")) is None


@given(JSON, JSON)
def test_no_button_can_break_us(action: object, user: object) -> None:
    inbound.action_of_press({"actions": action, "user": user})
    inbound.action_of_press({"actions": [action], "user": {"id": ANNA}})


def test_who_pressed_is_what_slack_says_whatever_the_button_says() -> None:
    body = pressing("delete_reply")
    body["actions"][0]["user"] = body["actions"][0]["who"] = "U0BO"
    body["message"]["user"] = "U0BO"
    assert inbound.action_of_press(body) == ReplyDeleted(who=ANNA, round=5)


@pytest.mark.parametrize(("name", "action"), FORMS.items())
def test_a_sent_form_is_understood(name: str, action: Action) -> None:
    assert submitted(payload(name)) == action


@pytest.mark.parametrize("name", FORMS)
@given(values=JSON)
def test_no_form_can_break_us(name: str, values: object) -> None:
    body = payload(name)
    body["view"]["state"]["values"] = values
    submitted(body)


@pytest.mark.parametrize(
    ("about", "theme", "place"), [("-", None, None), ("borgeren-foerst", THEME, None), ("borgeren-foerst:0", THEME, 0)]
)
def test_an_answer_is_to_what_was_chosen_and_not_to_what_the_form_was_opened_for(about: str, theme: str | None, place: int | None) -> None:
    body = payload("form_response_promise")
    body["view"]["state"]["values"]["about"]["about"]["selected_option"]["value"] = about
    body["view"]["private_metadata"] = body["view"]["private_metadata"].replace('"theme":null', '"theme":"retning"')
    action = submitted(body)
    assert isinstance(action, Responded)
    assert (action.theme, action.place) == (theme, place)


def test_an_answer_may_have_neither_day_nor_name() -> None:
    body = payload("form_response_promise")
    body["view"]["state"]["values"] |= {"due": {"due": {"selected_date": None}}, "name": {"name": {"value": None}}}
    action = submitted(body)
    assert isinstance(action, Responded)
    assert (action.due, action.name) == (None, "")


@pytest.mark.parametrize(
    ("name", "field", "spoilt"),
    [
        ("form_response_promise", "about", {"selected_option": {"value": "borgeren-foerst:x"}}),
        ("form_response_promise", "about", {"selected_option": {"value": "borgeren-foerst:-1"}}),
        ("form_response_promise", "due", {"selected_date": "2018-02-30"}),
        ("form_finding", "finding", {"selected_option": None}),
        ("form_politicians", "whom", {"selected_users": 3}),
    ],
)
def test_a_field_with_what_is_no_choice_of_ours_makes_the_form_mean_nothing(name: str, field: str, spoilt: Json) -> None:
    body = payload(name)
    body["view"]["state"]["values"][field][field] = spoilt
    assert submitted(body) is None


def test_what_became_of_a_promise_is_told_by_a_form_that_remembers_the_promise() -> None:
    body = payload("form_outcome")
    for memory in ('{"language":"da","about":8,"kind":"vanished","place":null}', '{"language":"da","about":8,"place":null}'):
        body["view"]["private_metadata"] = memory
        assert submitted(body) is None


@pytest.mark.parametrize(("value", "start"), [("0", 0), ("7", 7), ("-1", None), ("x", None)])
def test_the_digests_are_opened_at_the_newest_or_at_an_older_one(value: str, start: int | None) -> None:
    assert inbound.action_of_press(pressing("more_digests", value)) == (None if start is None else DigestsWanted(who=ANNA, start=start))


@pytest.mark.parametrize("name", ["form_approve", "form_edit"])
def test_a_form_that_remembers_no_page_or_plan_says_that_none_was_seen(name: str) -> None:
    body = payload(name)
    body["view"]["private_metadata"] = re.sub(r'"fingerprint":"\w+"', '"fingerprint":null', body["view"]["private_metadata"])
    action = submitted(body)
    assert isinstance(action, DigestApproved | EditApplied)
    assert "" in {getattr(action, "seen", None), getattr(action, "fingerprint", None)}


def test_a_form_whose_memory_was_tampered_with_means_nothing() -> None:
    body = payload("form_reply")
    body["view"]["private_metadata"] = '{"language":"da","about":"U0BO","place":null}'
    assert submitted(body) is None


@pytest.mark.parametrize(("text", "kind"), COMMANDS.items())
def test_the_first_word_of_a_command_decides_and_the_rest_is_ignored(text: str, kind: type[Action]) -> None:
    assert inbound.action_of_command(payload("command") | {"text": text}) == kind(who=ANNA)


@pytest.mark.parametrize(("name", "action"), EVENT_ACTIONS.items())
def test_an_event_is_understood_or_nobodys_doing(name: str, action: Action | None) -> None:
    assert inbound.action_of_event(payload(name)) == action


def test_what_was_typed_stays_behind() -> None:
    assert "hemmelige" in str(payload("message_typed"))
    assert "hemmelige" not in repr(inbound.action_of_event(payload("message_typed")))


def test_a_message_typed_in_a_thread_tells_under_which_it_stands() -> None:
    assert inbound.thread_of(payload("message_in_thread")) == "1534836600.000100"
    assert inbound.thread_of(payload("message_typed")) is None


@given(JSON)
def test_no_event_can_break_us(content: object) -> None:
    about = dict.fromkeys(("user", "channel", "old_channel_id", "new_channel_id", "tokens"), content)
    for kind in (*EVENTS, "message", "other"):
        inbound.action_of_event({"event_id": "Ev1", "event": {"type": kind, "channel_type": "im", **about}})
    inbound.thread_of({"event": {"thread_ts": content}})


def test_a_button_tells_where_it_stood_or_from_where_its_window_was_opened() -> None:
    assert place_of(payload("button_in_message")) == Place(channel="D0ANNA", stamp="1534836600.000100")
    assert place_of(payload("button_in_home")) == HOME
    assert place_of(payload("button_in_form")) is None
    undoing = payload("button_in_form")
    undoing["actions"][0]["action_id"] = "undo_edit"
    assert inbound.origin_of(undoing) == Place(channel="D0ANNA", stamp="1534836600.000100")
    whispered = payload("button_in_message")
    whispered["container"]["is_ephemeral"] = True
    assert place_of(whispered) is None


def test_the_manifest_asks_for_every_event_and_command_we_understand() -> None:
    made = manifest()
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert [command["command"] for command in made["features"]["slash_commands"]] == [COMMAND]


def test_a_plan_is_applied_as_it_was_shown() -> None:
    def pressed(value: str) -> object:
        return inbound.action_of_press({"user": {"id": ANNA}, "actions": [{"action_id": "apply_plan", "value": value}]})

    assert pressed("5:f00") == PlanApplied(who=ANNA, version=5, fingerprint="f00")
    assert pressed("five:f00") is None
