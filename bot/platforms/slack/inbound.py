"""Turns Slack's payloads into actions.

Tables: payload → action. Code behind this module knows nothing of Slack. The person who acts is the one that Slack names, never one
that a button names; button values and private_metadata hold only ids of ours. The words of a typed message are not read. A payload that
cannot be understood gives None.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any, Final

from bot.platforms.slack.form_metadata import Fields, FormMetadata
from bot.platforms.slack.manifest import CHANNEL_EVENTS, PEOPLE_EVENTS, REMOVAL_EVENTS
from bot.programme import Language, Week
from bot.seam import actions, planning_actions, quote_actions, reading_actions, review_actions
from bot.seam.actions import Action, ChannelChange, DeclineReason, HomeWanted, ResponseKind
from bot.seam.answers import WHOLE_DIGEST
from bot.seam.edits import MoveQuestion, SkipWeeks, Undo, read_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.form_metadata import Place

SHOW, LATER = "show", "later"  # choices in a form of an earlier version, beside the reasons to decline
SUBTYPES_OF_TYPING: Final = frozenset({None, "file_share", "me_message", "thread_broadcast"})  # message subtypes that a person's typing has


def action_of_press(payload: Json) -> Action | None:
    """Make the action of a pressed button, or of a choice in a menu of a window."""
    try:
        who, button = payload["user"]["id"], payload["actions"][0]
        if button["action_id"] in SENT_BY_BUTTON:
            return SENT_BY_BUTTON[button["action_id"]](who, _metadata_of(payload), Fields(payload["view"]["state"]["values"]))
        if button["action_id"] in IN_WINDOWS:
            return IN_WINDOWS[button["action_id"]](who, _metadata_of(payload), button)
        return BUTTONS[button["action_id"]](who, button.get("value", ""))
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def action_of_form(payload: Json, form_metadata: FormMetadata) -> Action | None:
    """Make the action of a sent form; `form_metadata` is what the form remembered."""
    try:
        view = payload["view"]
        return FORMS[view["callback_id"]](payload["user"]["id"], form_metadata, Fields(view["state"]["values"]))
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def action_of_command(payload: Json) -> Action:
    """Make the action of `/eftertanke …`: the first word decides, the rest is ignored."""
    first = next(iter(payload.get("text", "").lower().split()), "")
    return COMMAND_WORDS.get(first, HomeWanted)(who=payload["user_id"])


def action_of_event(payload: Json) -> Action | None:
    """Make the action of an event; None for events that mean nothing to us (our own messages, edits, joins)."""
    event = payload["event"]
    who, kind = _user_of(event), event.get("type")
    if kind in PEOPLE_EVENTS:
        return actions.PeopleChanged(who=who)
    if kind in CHANNEL_EVENTS:
        return _change_of_channel(payload["event_id"], event, CHANNEL_EVENTS[kind])
    if kind in REMOVAL_EVENTS:
        tokens = event.get("tokens")  # people who let the app in have tokens too; only the loss of the bot's own matters
        is_bot_token = isinstance(tokens, dict) and bool(tokens.get("bot"))
        return actions.AppRemoved(who=who) if kind == "app_uninstalled" or is_bot_token else None
    if kind == "app_home_opened" and event.get("tab") == "home" and who:
        return HomeWanted(who=who)
    is_own = who in {account.get("user_id") for account in payload.get("authorizations") or ()}  # such as a file that the bot has sent
    is_direct = kind == "message" and event.get("channel_type") == "im" and "bot_id" not in event and not is_own
    is_typed = is_direct and event.get("subtype") in SUBTYPES_OF_TYPING
    return actions.TypedDirectly(who=who, event=payload["event_id"]) if is_typed and who else None


def origin_of(payload: Json) -> Place | None:
    """Return the message from which the window was opened whose own button was pressed, if it remembers one."""
    is_own = any(button.get("action_id") in {*IN_WINDOWS, *SENT_BY_BUTTON, "undo_edit"} for button in payload.get("actions", ()))
    return _metadata_of(payload).place if is_own else None


def _metadata_of(payload: Json) -> FormMetadata:
    """Read what the window remembers in which a button was pressed."""
    return FormMetadata.read(payload.get("view", {}).get("private_metadata"), Language.DA)


def thread_of(payload: Json) -> str | None:
    """Return the stamp of the thread in which something was typed; None outside threads."""
    thread = payload["event"].get("thread_ts")
    return thread if isinstance(thread, str) else None


def _change_of_channel(event_id: str, event: Json, change: ChannelChange) -> Action | None:
    """Make the action of a changed channel; None if it is still shared with someone, or no channel is named."""
    channel, moved_to = event.get("old_channel_id") or event.get("channel"), event.get("new_channel_id")
    channel = channel.get("id") if isinstance(channel, dict) else channel
    if not isinstance(channel, str) or isinstance(moved_to, str) is not (change is ChannelChange.MOVED):
        return None
    if change is ChannelChange.UNSHARED and event.get("is_ext_shared"):
        return None
    return actions.ChannelChanged(who=_user_of(event), channel=channel, change=change, event=event_id, moved_to=moved_to)


def _user_of(event: Json) -> str:
    user = event.get("user", "")
    return str(user.get("id", "") if isinstance(user, dict) else user)


def _id(value: str | int | None, *, least: int = 1) -> int:
    """Read one of our ids, or a place from `least` on; ValueError for anything else."""
    number = int(str(value))
    if not least <= number < 2**63:
        raise ValueError("not an id of ours")
    return number


def _digest_and_theme(value: str) -> dict[str, Any]:
    """Read the `digest` and the `theme` in a button's value; ValueError for anything else."""
    digest, _, theme = str(value).partition(":")
    if not theme:
        raise ValueError("no theme")
    return {"digest": _id(digest), "theme": theme}


def _reply_of_form(who: str, form: FormMetadata, fields: Fields) -> actions.Replied:
    marks = fields.marks("marks")
    ticks = {"wish": "wish" in marks, "quote": "quote" in marks}
    return actions.Replied(who=who, round=_id(form.about), text=fields.text("text"), **ticks, seen=form.fingerprint)


def _response_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    """Make the action of a politician's answer; a form from before has no field for what it is about, but remembers the theme."""
    about = fields.choice("about") if fields.has("about") else form.theme or WHOLE_DIGEST
    theme, _, place = about.partition(":")
    return actions.Responded(
        who=who,
        digest=_id(form.about),
        kind=ResponseKind(fields.choice("kind")),
        text=fields.text("text"),
        theme=None if theme == WHOLE_DIGEST else theme,
        place=_id(place, least=0) if place else None,
        due=fields.optional_day("due"),
        name=fields.optional_text("name"),
    )


def _outcome_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    kind = ResponseKind(str(form.kind))
    return actions.OutcomeTold(who=who, promise=_id(form.about), kind=kind, text=fields.text("text"), name=fields.text("name"))


def _finding_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    return actions.FindingPicked(who=who, digest=_id(form.about), finding=fields.choice("finding"), seen=form.fingerprint)


def _politicians_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    return actions.PoliticiansAsked(who=who, digest=_id(form.about), theme=_theme(form), whom=fields.people("whom"))


def _theme(form: FormMetadata) -> str:
    if form.theme is None:
        raise ValueError("no theme")
    return form.theme


def _quote_decisions_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    choices = {quote: choice for quote, choice in fields.all_choices().items() if choice != LATER}
    decisions = {quote: None if choice == SHOW else DeclineReason(choice) for quote, choice in choices.items()}
    return actions.QuotesReviewed(who=who, digest=_id(form.about), theme=_theme(form), decisions=decisions)


def _page_wanted(who: str, form: FormMetadata, button: Json) -> Action:
    """Make the action of a button that goes on with the finished page."""
    return review_actions.DigestPageWanted(who=who, digest=_id(form.about), start=_id(button["value"], least=0), seen=form.fingerprint)


def _approval_of_form(who: str, form: FormMetadata, _: Fields) -> Action:
    return actions.DigestApproved(who=who, digest=_id(form.about), seen=form.fingerprint or "")


def _quote_shown(who: str, form: FormMetadata, button: Json) -> Action:
    return review_actions.QuoteDecided(who=who, quote=str(button["block_id"]), **_page_of(form))


def _quote_declined(who: str, form: FormMetadata, menu: Json) -> Action:
    """Make the action of a reason chosen in a quote's menu; without a choice the page is only looked at again."""
    if menu["selected_option"] is None:
        return actions.QuoteReviewWanted(who=who, **_page_of(form))
    reason = DeclineReason(menu["selected_option"]["value"])
    return review_actions.QuoteDecided(who=who, quote=str(menu["block_id"]), reason=reason, **_page_of(form))


def _quotes_approved(who: str, form: FormMetadata, button: Json) -> Action:
    return review_actions.QuotesApproved(who=who, quotes=tuple(str(button["value"]).split(",")), **_page_of(form))


def _quote_page_wanted(who: str, form: FormMetadata, button: Json) -> Action:
    return actions.QuoteReviewWanted(who=who, **(_page_of(form) | {"page": _id(button["value"], least=0)}))


def _quote_theme_wanted(who: str, form: FormMetadata, button: Json) -> Action:
    return actions.QuoteReviewWanted(who=who, digest=_id(form.about), theme=str(button["value"]))


def _page_of(form: FormMetadata) -> dict[str, Any]:
    """Read which page of which quotes a window shows."""
    return {"digest": _id(form.about), "theme": _theme(form), "page": _id(form.page, least=0)}


def _move_of_form(who: str, _: FormMetadata, fields: Fields) -> Action:
    edit = MoveQuestion(question=fields.choice("question"), week=Week.parse(fields.choice("week")))
    return planning_actions.EditPlanned(who=who, edit=edit)


def _skip_of_form(who: str, _: FormMetadata, fields: Fields) -> Action:
    return planning_actions.EditPlanned(who=who, edit=SkipWeeks(weeks=(Week.parse(fields.choice("week")),)))


def _bank_of_form(who: str, form: FormMetadata, fields: Fields) -> Action:
    texts = {"da": fields.text("da"), "en": fields.text("en")}
    return planning_actions.BankPlanned(who=who, response=_id(form.about), theme=fields.choice("theme"), **texts)


def _edit_of_form(who: str, form: FormMetadata, _: Fields) -> Action:
    return planning_actions.EditApplied(who=who, edit=read_edit(str(form.edit)), fingerprint=form.fingerprint or "")


def _reply_form_wanted(who: str, value: str) -> Action:
    return actions.ReplyFormWanted(who=who, round=_id(value) if value else None)


def _quote_agreed(who: str, value: str) -> Action:
    round_, sentence, seen = str(value).split(":")
    return quote_actions.QuoteAgreed(who=who, round=_id(round_), sentence=_id(sentence, least=0) if sentence else None, seen=seen)


def _id_and_start(value: str) -> tuple[int, int]:
    """Read what is shown in a window, and from which line on."""
    about, _, start = str(value).partition(":")
    return _id(about), _id(start) if start else 0


def _answers_wanted(who: str, value: str) -> Action:
    digest, start = _id_and_start(value)
    return actions.AnswersWanted(who=who, digest=digest, start=start)


def _responses_wanted(who: str, value: str) -> Action:
    return reading_actions.ResponsesWanted(who=who, responses=tuple(map(_id, str(value).split(","))))


def _page_text_wanted(who: str, value: str) -> Action:
    digest, start = _id_and_start(value)
    return reading_actions.PageWanted(who=who, digest=digest, start=start)


def _notice_wanted(who: str, value: str) -> Action:
    notice, start = _id_and_start(value)
    return reading_actions.NoticeWanted(who=who, notice=notice, start=start)


def _plan_applied(who: str, value: str) -> Action:
    version, _, fingerprint = value.partition(":")
    return planning_actions.PlanApplied(who=who, version=_id(version), fingerprint=fingerprint)


def _plan_wanted(who: str, value: str) -> Action:
    version, start = _id_and_start(value)
    return planning_actions.PlanWanted(who=who, version=version, start=start)


BUTTONS: Final[Mapping[str, Callable[[str, str], Action]]] = {
    "answer": _reply_form_wanted,
    "edit_reply": _reply_form_wanted,
    "delete_reply": lambda who, value: actions.ReplyDeleted(who=who, round=_id(value)),
    "withdraw_quote": lambda who, value: actions.QuoteWithdrawn(who=who, round=_id(value)),
    "choose_quote": lambda who, value: quote_actions.QuoteChoiceWanted(who=who, round=_id(value)),
    "quote_yes": _quote_agreed,
    "my_replies": lambda who, _: actions.MyRepliesWanted(who=who),
    "more_replies": lambda who, value: actions.MyRepliesWanted(who=who, start=_id(value)),
    "my_book": lambda who, _: reading_actions.MyBookWanted(who=who),
    "more_book": lambda who, value: reading_actions.MyBookWanted(who=who, start=_id(value)),
    "my_data": lambda who, _: actions.MyDataWanted(who=who),
    "more_data": lambda who, value: actions.MyDataWanted(who=who, start=_id(value)),
    "read_more": lambda who, _: actions.ReadMoreWanted(who=who),
    "digests": lambda who, _: actions.DigestsWanted(who=who),
    "more_digests": lambda who, value: actions.DigestsWanted(who=who, start=_id(value, least=0)),
    "ledger": lambda who, _: actions.LedgerWanted(who=who),
    "more_ledger": lambda who, value: actions.LedgerWanted(who=who, start=_id(value)),
    "method": lambda who, value: actions.MethodWanted(who=who, digest=_id(value)),
    "answers": _answers_wanted,
    "whole_answers": _responses_wanted,
    "whole_notice": _notice_wanted,
    "page": _page_text_wanted,
    "page_file": lambda who, value: reading_actions.PageFileWanted(who=who, digest=_id(value)),
    "erase": lambda who, _: actions.Erased(who=who),
    "pause": lambda who, _: actions.PauseFormWanted(who=who),
    "ask_at": lambda who, value: actions.HourChosen(who=who, hour=time.fromisoformat(value)),
    "ask_as_planned": lambda who, _: actions.HourChosen(who=who),
    "why": lambda who, value: actions.WhyWanted(who=who, round=_id(value)),
    "come_back": lambda who, _: actions.CameBack(who=who),
    "leave": lambda who, _: actions.Left(who=who),
    "approve": lambda who, value: review_actions.DigestPageWanted(who=who, digest=_id(value)),
    "send_back": lambda who, value: actions.SendBackFormWanted(who=who, digest=_id(value)),
    "heard": lambda who, value: actions.Heard(who=who, digest=_id(value)),
    "respond_wishes": lambda who, value: actions.ResponseFormWanted(who=who, **_digest_and_theme(value)),
    "ask_wishes": lambda who, value: actions.WishQuestionProposed(who=who, **_digest_and_theme(value)),
    "ask_politicians": lambda who, value: actions.PoliticiansFormWanted(who=who, **_digest_and_theme(value)),
    "promise_done": lambda who, value: actions.OutcomeFormWanted(who=who, promise=_id(value), kind=ResponseKind.DONE),
    "promise_dropped": lambda who, value: actions.OutcomeFormWanted(who=who, promise=_id(value), kind=ResponseKind.DROPPED),
    "finding": lambda who, value: actions.FindingFormWanted(who=who, digest=_id(value)),
    "quote_review": lambda who, value: actions.QuoteReviewWanted(who=who, **_digest_and_theme(value)),
    "respond": lambda who, value: actions.ResponseFormWanted(who=who, digest=_id(value)),
    "release": lambda who, value: actions.ResponseReviewed(who=who, response=_id(value), release=True),
    "decline": lambda who, value: actions.ResponseReviewed(who=who, response=_id(value), release=False),
    "move_question": lambda who, _: planning_actions.MoveFormWanted(who=who),
    "skip_week": lambda who, _: planning_actions.SkipFormWanted(who=who),
    "undo_edit": lambda who, _: planning_actions.EditPlanned(who=who, edit=Undo()),
    "bank_question": lambda who, value: planning_actions.BankFormWanted(who=who, response=_id(value)),
    "apply_plan": _plan_applied,
    "see_plan": _plan_wanted,
    "decline_plan": lambda who, value: planning_actions.PlanDeclined(who=who, version=_id(value)),
    "pause_for_all": lambda who, _: planning_actions.PauseForAllFormWanted(who=who),
    "go_on": lambda who, _: planning_actions.GoOnFormWanted(who=who),
    "confirm_list": lambda who, value: actions.ListConfirmed(who=who, hold=_id(value)),
}
IN_WINDOWS: Final[Mapping[str, Callable[[str, FormMetadata, Json], Action]]] = {  # of windows that remember what they show
    "page_more": _page_wanted,
    "quote_show": _quote_shown,
    "quote_no": _quote_declined,
    "quote_show_all": _quotes_approved,
    "quote_page": _quote_page_wanted,
    "quote_theme": _quote_theme_wanted,
}
SENT_BY_BUTTON: Final[Mapping[str, Callable[[str, FormMetadata, Fields], Action]]] = {  # a form's own buttons that send it otherwise
    "send_unquoted": lambda who, form, fields: replace(_reply_of_form(who, form, fields), quote=False),
    "send_and_choose": lambda who, form, fields: replace(_reply_of_form(who, form, fields), quote=True, choose=True),
}
FORMS: Final[Mapping[str, Callable[[str, FormMetadata, Fields], Action]]] = {
    "reply": _reply_of_form,
    "pause": lambda who, _, fields: actions.Paused(who=who, until=fields.day("until")),
    "send_back": lambda who, form, fields: actions.DigestSentBack(who=who, digest=_id(form.about), note=fields.text("note")),
    "response": _response_of_form,
    "outcome": _outcome_of_form,
    "finding": _finding_of_form,
    "politicians": _politicians_of_form,
    "approve": _approval_of_form,
    "quotes": _quote_decisions_of_form,
    "pause_for_all": lambda who, _, fields: planning_actions.AllPaused(who=who, reason=fields.text("reason")),
    "go_on": lambda who, form, _: planning_actions.WentOn(who=who, fingerprint=form.fingerprint or ""),
    "move_question": _move_of_form,
    "skip_week": _skip_of_form,
    "bank_question": _bank_of_form,
    "edit": _edit_of_form,
}
COMMAND_WORDS: Final[Mapping[str, Callable[..., Action]]] = {
    "svar": actions.ReplyFormWanted,
    "answer": actions.ReplyFormWanted,
    "reply": actions.ReplyFormWanted,
    "mine": actions.MyRepliesWanted,
    "my": actions.MyRepliesWanted,
    "pause": actions.PauseFormWanted,
}
