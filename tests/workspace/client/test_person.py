"""People's acts reach the bot as Slack would send them, and its answers show on their screens."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.workspace.state import open_views
from tests.support.local_slack import ACK_WITHIN, START, button, form, manifest, plain, web_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient

    from bot.clock import MovableClock
    from bot.workspace.client.person import ChatClient
    from bot.workspace.server import Workspace
    from tests.support.local_slack import Bot


def opens_a_form(bot: Bot, **more: Any) -> None:
    """The bot asks with a button, and opens a form when it is pressed."""
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    bot.answers["block_actions"] = lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=form(**more)) and None


def refused(call: Callable[..., Any], **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


def webhook(url: str) -> WebhookClient:
    client = WebhookClient(url, timeout=5, retry_handlers=[])
    client.proxy = None
    return client


def test_a_pressed_button_arrives_as_slack_sends_it(bot: Bot, chat: ChatClient) -> None:
    ts = bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button(value="7")])["ts"]
    assert chat.press("U0ANE", "answer").ok
    (payload,) = bot.wait_for(1)
    assert (payload["type"], payload["user"]["id"], payload["team"]["id"], payload["api_app_id"]) == (
        "block_actions",
        "U0ANE",
        "T0LOCAL",
        "A0LOCAL",
    )
    assert payload["container"] == {"type": "message", "message_ts": ts, "channel_id": "D0ANE", "is_ephemeral": False}
    assert (payload["channel"], payload["message"]["ts"]) == ({"id": "D0ANE", "name": "directmessage"}, ts)
    (action,) = payload["actions"]
    shown = {
        "type": "button",
        "action_id": "answer",
        "block_id": "b0",
        "text": plain("Svar"),
        "value": "7",
        "action_ts": "1534320000.000000",
    }
    assert action == shown


def test_a_button_that_is_not_on_the_persons_screen_cannot_be_pressed(bot: Bot, chat: ChatClient) -> None:
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    assert not chat.press("U0BLA", "answer").ok
    assert not chat.press("U0ANE", "another").ok
    assert not chat.press("U0BLA", "answer", channel="D0ANE").ok
    assert bot.heard == []


def test_the_value_tells_two_buttons_with_one_name_apart(bot: Bot, chat: ChatClient) -> None:
    first, second = button(value="1"), button(value="2")
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[first, second])
    chat.press("U0ANE", "answer", value="2")
    assert [action["block_id"] for action in bot.wait_for(1)[0]["actions"]] == ["b1"]


def test_last_months_button_can_still_be_pressed(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    old = bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button(value="old")])["ts"]
    clock.move_to(START + timedelta(days=31))
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button(value="new")])
    chat.press("U0ANE", "answer")
    chat.press("U0ANE", "answer", ts=old)
    assert [payload["actions"][0]["value"] for payload in bot.wait_for(2)] == ["new", "old"]


def test_a_form_is_opened_filled_in_and_sent(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot, private_metadata="round 3")
    assert chat.press("U0ANE", "answer").ok
    shown = chat.view("U0ANE")
    assert shown is not None
    assert (shown.title, shown.submit, shown.state) == ("Svar", "Send", {"reply": {"text": "før"}, "marks": {"marks": None}})
    assert chat.submit("U0ANE", {"reply": {"text": "efter"}, "marks": {"marks": ["quote"]}}).ok
    view = bot.wait_for(2)[1]["view"]
    assert (view["callback_id"], view["private_metadata"], view["root_view_id"]) == ("reply", "round 3", view["id"])
    assert view["state"]["values"]["reply"] == {"text": {"type": "plain_text_input", "value": "efter"}}
    assert [option["value"] for option in view["state"]["values"]["marks"]["marks"]["selected_options"]] == ["quote"]
    assert chat.view("U0ANE") is None


def test_people_are_picked_in_a_form_and_sent_by_their_ids(bot: Bot, chat: ChatClient) -> None:
    menu = {"type": "multi_users_select", "action_id": "people"}
    opens_a_form(bot, blocks=[{"type": "input", "block_id": "whom", "label": plain("Hvem"), "element": menu}])
    assert chat.press("U0ANE", "answer").ok
    assert chat.submit("U0ANE", {}).error == "Please complete this required field."
    assert chat.submit("U0ANE", {"whom": {"people": ["U0ANE", "U0BLA"]}}).ok
    sent = bot.wait_for(2)[1]["view"]["state"]["values"]
    assert sent == {"whom": {"people": {"type": "multi_users_select", "selected_users": ["U0ANE", "U0BLA"]}}}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Please complete this required field."),
        ("x", "Please use at least 2 characters."),
        ("x" * 21, "Please use at most 20 characters."),
    ],
)
def test_the_client_stops_what_the_form_does_not_allow(bot: Bot, chat: ChatClient, text: str, complaint: str) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    ack = chat.submit("U0ANE", {"reply": {"text": text}})
    shown = chat.view("U0ANE")
    assert shown is not None
    assert (ack.ok, shown.errors, shown.state["reply"]) == (False, {"reply": complaint}, {"text": text})
    assert len(bot.heard) == 1


def test_a_choice_that_is_not_offered_is_stopped(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    assert chat.submit("U0ANE", {"marks": {"marks": ["wish", "forged"]}}).error == "Please choose one of the options."


def test_a_test_may_force_a_text_past_the_client(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    assert chat.submit("U0ANE", {"reply": {"text": "x" * 3001}}, force=True).ok
    assert len(bot.wait_for(2)[1]["view"]["state"]["values"]["reply"]["text"]["value"]) == 3001


def test_the_bots_errors_stay_in_the_form_with_the_text(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    bot.answers["view_submission"] = lambda _: {"response_action": "errors", "errors": {"reply": "For sent."}}
    chat.press("U0ANE", "answer")
    ack = chat.submit("U0ANE", {"reply": {"text": "mit svar"}})
    shown = chat.view("U0ANE")
    assert shown is not None
    assert (ack.ok, ack.error, shown.errors, shown.state["reply"]) == (True, "For sent.", {"reply": "For sent."}, {"text": "mit svar"})


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors"},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "push", "view": None},
    ],
)
def test_an_answer_slack_could_not_show_is_trouble_and_the_form_stays(bot: Bot, chat: ChatClient, answer: dict[str, Any]) -> None:
    opens_a_form(bot)
    bot.answers["view_submission"] = lambda _: answer
    chat.press("U0ANE", "answer")
    ack = chat.submit("U0ANE", {})
    assert (ack.ok, ack.error) == (False, "We had some trouble connecting. Try again?")
    assert chat.view("U0ANE") is not None


def test_an_acknowledgement_can_change_lay_upon_and_clear_the_windows(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    titles = []
    for answer in (
        {"response_action": "update", "view": form("To")},
        {"response_action": "push", "view": form("Tre")},
        {"response_action": "clear"},
    ):
        bot.answers["view_submission"] = lambda _, answer=answer: answer
        assert chat.submit("U0ANE", {}).ok
        shown = chat.view("U0ANE")
        titles.append(shown and (shown.title, shown.previous_view_id is not None))
    assert titles == [("To", False), ("Tre", True), None]


def test_closing_the_top_window_shows_the_one_beneath(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    bot.answers["view_submission"] = lambda _: {"response_action": "push", "view": form("Øverst", notify_on_close=True)}
    chat.submit("U0ANE", {})
    chat.dismiss("U0ANE")
    shown = chat.view("U0ANE")
    assert shown is not None
    assert shown.title == "Svar"
    assert [payload["type"] for payload in bot.wait_for(3)] == ["block_actions", "view_submission", "view_closed"]
    chat.dismiss("U0ANE")
    assert (chat.view("U0ANE"), len(bot.heard)) == (None, 3)


def test_windows_stand_at_most_three_deep(client: WebClient, chat: ChatClient) -> None:
    trigger = chat.state.views.new_trigger
    assert refused(client.views_push, trigger_id=trigger("U0ANE"), view=form()) == "not_found"
    client.views_open(trigger_id=trigger("U0ANE"), view=form())
    for _ in range(2):
        client.views_push(trigger_id=trigger("U0ANE"), view=form())
    assert refused(client.views_push, trigger_id=trigger("U0ANE"), view=form()) == "push_limit_reached"


def test_a_trigger_works_once_and_three_seconds(client: WebClient, chat: ChatClient, monkeypatch: pytest.MonkeyPatch) -> None:
    trigger = chat.state.views.new_trigger("U0ANE")
    client.views_open(trigger_id=trigger, view=form())
    assert refused(client.views_open, trigger_id=trigger, view=form()) == "exchanged_trigger_id"
    assert refused(client.views_open, trigger_id="123.456.abc", view=form()) == "invalid_trigger_id"
    monkeypatch.setattr(open_views, "TRIGGER_LIFE", 0.0)
    assert refused(client.views_open, trigger_id=chat.state.views.new_trigger("U0ANE"), view=form()) == "expired_trigger_id"


def test_a_view_is_only_updated_by_who_knows_its_hash(client: WebClient, chat: ChatClient) -> None:
    view = client.views_open(trigger_id=chat.state.views.new_trigger("U0ANE"), view=form(external_id="mine"))["view"]
    chat.type("U0ANE", {"reply": {"text": "tastet"}})
    newer = client.views_update(view_id=view["id"], hash=view["hash"], view=form("Nyt"))["view"]
    assert refused(client.views_update, view_id=view["id"], hash=view["hash"], view=form("Gammelt")) == "hash_conflict"
    assert refused(client.views_update, view_id="V000", view=form()) == "not_found"
    shown = chat.view("U0ANE")
    assert shown is not None
    assert (shown.id, shown.title, shown.hash, shown.state["reply"]["text"]) == (view["id"], "Nyt", newer["hash"], "tastet")


def test_a_view_over_the_limits_is_refused_with_the_place(client: WebClient, chat: ChatClient) -> None:
    trigger = chat.state.views.new_trigger("U0ANE")
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=trigger, view=form(private_metadata="x" * 3001))
    answer = caught.value.response
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]"]
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2999}}
    assert refused(client.views_open, trigger_id=trigger, view={**form(), "blocks": [text] * 90}) == "view_too_large"


def test_a_home_tab_is_published_and_its_buttons_work(bot: Bot, chat: ChatClient) -> None:
    home = {"type": "home", "blocks": [button("pause")]}
    bot.answers["event_callback"] = lambda payload: bot.client.views_publish(user_id=payload["event"]["user"], view=home) and None
    assert chat.open_home("U0ANE").ok
    shown = chat.home("U0ANE")
    assert shown is not None
    assert chat.press("U0ANE", "pause", view_id=shown.id).ok
    assert not chat.press("U0BLA", "pause", view_id=shown.id).ok
    event, pressed = bot.wait_for(2)
    assert (event["event"]["type"], event["event"]["tab"], event["event"]["channel"]) == ("app_home_opened", "home", "D0ANE")
    assert (pressed["container"], pressed["view"]["type"]) == ({"type": "view", "view_id": shown.id}, "home")
    assert "response_url" not in pressed
    assert refused(bot.client.views_publish, user_id="U0ANE", view=home, hash="0.local") == "hash_conflict"


def test_a_home_tab_the_manifest_does_not_have_is_not_published(serve_another: Callable[..., Workspace]) -> None:
    client = web_client(serve_another(manifest(app_home={"messages_tab_enabled": True})))
    assert refused(client.views_publish, user_id="U0ANE", view={"type": "home", "blocks": []}) == "not_enabled"


def test_what_a_person_types_stands_in_the_conversation_and_reaches_the_bot(bot: Bot, chat: ChatClient) -> None:
    assert chat.say("U0ANE", "hej <!channel>").ok
    (said,) = chat.messages("D0ANE", "U0ANE")
    (payload,) = bot.wait_for(1)
    event = payload["event"]
    assert (said.user, said.text) == ("U0ANE", "hej <!channel>")
    assert (event["type"], event["channel_type"], event["user"], event["text"], event["ts"]) == (
        "message",
        "im",
        "U0ANE",
        said.text,
        said.ts,
    )
    assert payload["type"] == "event_callback"
    assert payload["event_id"].startswith("Ev")


def test_a_message_cannot_be_typed_where_the_manifest_turned_it_off(serve_another: Callable[..., Workspace]) -> None:
    chat = serve_another(manifest(app_home={"messages_tab_enabled": True, "messages_tab_read_only_enabled": True})).chat
    assert chat.say("U0ANE", "hej").error == "Sending messages to this app has been turned off."
    assert chat.messages("D0ANE", "U0ANE") == []


def test_events_the_manifest_does_not_ask_for_or_may_not_have_are_not_sent(
    bot: Bot, serve_another: Callable[..., Workspace], chat: ChatClient
) -> None:
    assert chat.say("U0ANE", "i kanalen", channel="C0DIGEST").ok
    assert not chat.say("U0BLA", "udefra", channel="C0DIGEST").ok
    assert serve_another(manifest(scopes="chat:write")).chat.say("U0ANE", "uden im:history").ok
    assert bot.heard == []
    assert [message.text for message in chat.messages("C0DIGEST", "U0ANE")] == ["i kanalen"]


def test_a_command_is_answered_only_to_who_gave_it(bot: Bot, chat: ChatClient) -> None:
    bot.answers["command"] = lambda payload: {"text": f"fik: {payload['text']}"}
    assert chat.command("U0ANE", "/eftertanke", "hjælp").ok
    (payload,) = bot.wait_for(1)
    assert (payload["command"], payload["user_id"], payload["channel_id"]) == ("/eftertanke", "U0ANE", "D0ANE")
    assert [(message.text, message.only_for) for message in chat.messages("D0ANE", "U0ANE")] == [("fik: hjælp", "U0ANE")]


def test_a_command_can_open_a_form(bot: Bot, chat: ChatClient) -> None:
    bot.answers["command"] = lambda payload: bot.client.views_open(trigger_id=payload["trigger_id"], view=form()) and None
    chat.command("U0ANE", "/eftertanke", "svar")
    assert chat.view("U0ANE") is not None


def test_a_command_nobody_made_is_stopped(bot: Bot, chat: ChatClient) -> None:
    assert chat.command("U0ANE", "/glemsomhed").error == "/glemsomhed is not a valid command."
    assert bot.heard == []


def test_a_response_url_works_five_times(bot: Bot, chat: ChatClient) -> None:
    ts = bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])["ts"]
    chat.press("U0ANE", "answer")
    url = webhook(bot.wait_for(1)[0]["response_url"])
    assert url.send(text="kun dig").body == "ok"
    url.send(text="alle", response_type="in_channel")
    url.send(text="i stedet", replace_original=True)
    assert [(message.text, message.only_for) for message in chat.messages("D0ANE", "U0ANE")] == [
        ("i stedet", None),
        ("kun dig", "U0ANE"),
        ("alle", None),
    ]
    url.send(delete_original=True)
    assert chat.state.store.one("D0ANE", ts) is None
    assert "invalid_blocks" in url.send(text="x", blocks=[{"type": "nothing"}]).body
    late = url.send(text="en for meget")
    assert (late.status_code, "used_url" in late.body) == (404, True)


def test_a_response_url_lives_thirty_minutes_on_the_clock(bot: Bot, chat: ChatClient, clock: MovableClock) -> None:
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    chat.press("U0ANE", "answer")
    url = webhook(bot.wait_for(1)[0]["response_url"])
    clock.move_to(START + timedelta(minutes=30))
    assert url.send(text="lige nået").status_code == 200
    clock.move_to(START + timedelta(minutes=31))
    assert "expired_url" in url.send(text="for sent").body


def test_an_ephemeral_messages_button_comes_without_the_message(bot: Bot, chat: ChatClient) -> None:
    bot.client.chat_postEphemeral(channel="C0DIGEST", user="U0ANE", text="kun dig", blocks=[button()])
    assert chat.press("U0ANE", "answer", channel="C0DIGEST").ok
    (payload,) = bot.wait_for(1)
    assert payload["container"]["is_ephemeral"] is True
    assert (payload["channel"], "message" in payload) == ({"id": "C0DIGEST", "name": "digest"}, False)


def test_a_forged_payload_goes_through_as_it_is(bot: Bot, chat: ChatClient) -> None:
    bot.client.chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    payload = chat.pressing("U0ANE", "answer")
    assert payload is not None
    payload["user"]["id"] = "U0BLA"
    bot.answers["block_actions"] = lambda _: {"text": "modtaget"}
    ack = chat.forge("interactive", payload)
    assert (ack.ok, ack.payload, bot.wait_for(1)[0]["user"]["id"]) == (True, {"text": "modtaget"}, "U0BLA")


@pytest.mark.usefixtures("impatient")
def test_a_bot_that_is_silent_is_noticed_and_the_form_stays_with_its_text(bot: Bot, chat: ChatClient) -> None:
    opens_a_form(bot)
    chat.press("U0ANE", "answer")
    bot.answers["view_submission"] = lambda _: False
    ack = chat.submit("U0ANE", {"reply": {"text": "mit svar"}})
    shown = chat.view("U0ANE")
    assert shown is not None
    assert (ack.ok, ack.error, shown.state["reply"]["text"]) == (False, f"The app did not answer within {ACK_WITHIN} s.", "mit svar")
    assert ACK_WITHIN <= ack.elapsed < ACK_WITHIN + 1


@pytest.mark.usefixtures("impatient")
def test_a_late_acknowledgement_counts_for_nothing(bot: Bot, chat: ChatClient, caplog: pytest.LogCaptureFixture) -> None:
    opens_a_form(bot)
    bot.answers["block_actions"] = lambda _: time.sleep(ACK_WITHIN * 1.5)
    assert not chat.press("U0ANE", "answer").ok
    bot.wait_for(1)
    assert chat.press("U0ANE", "another").error == "That button is not there."
    assert "was not acknowledged" in caplog.text


def test_without_a_bot_people_are_told(serve_another: Callable[..., Workspace]) -> None:
    workspace = serve_another()
    chat = workspace.chat
    web_client(workspace).chat_postMessage(channel="U0ANE", text="Svar", blocks=[button()])
    assert chat.press("U0ANE", "answer").error == "The app is not connected."
    workspace.stop()
    assert chat.command("U0ANE", "/eftertanke").error == "The app is not connected."


def test_the_page_can_wait_for_the_next_change(client: WebClient, chat: ChatClient) -> None:
    before = chat.revision
    assert chat.wait_for_change(before, 0.01) == before
    client.chat_postMessage(channel="U0ANE", text="hej")
    assert chat.wait_for_change(before, 5) > before


def test_reset_forgets_what_was_said_shown_and_changed(client: WebClient, chat: ChatClient) -> None:
    client.chat_postMessage(channel="U0ANE", text="hej")
    client.views_open(trigger_id=chat.state.views.new_trigger("U0ANE"), view=form())
    del chat.state.members["U0BLA"]
    chat.reset()
    assert (chat.messages("D0ANE", "U0ANE"), chat.view("U0ANE")) == ([], None)
    assert [member.id for member in chat.members()] == ["U0ANE", "U0BLA", "U0GON"]
