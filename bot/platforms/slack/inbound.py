"""What did the person do?

Payload → action, in three tables. This is the last line that knows Slack. Who did it is what Slack vouches for, never what a button says;
button values and private_metadata hold ids of ours. A typed message's words are not touched. What cannot be understood is None.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from bot.platforms.slack.form_metadata import FormMetadata, Place
from bot.platforms.slack.manifest import CHANNEL_EVENTS, PEOPLE_EVENTS, REMOVAL_EVENTS
from bot.platforms.slack.quote_form import LATER, SHOW
from bot.seam.actions import (
    Action,
    AppRemoved,
    CameBack,
    ChannelChange,
    ChannelChanged,
    DeclineReason,
    DigestApproved,
    DigestSentBack,
    DigestsWanted,
    Erased,
    Heard,
    HomeWanted,
    HourChosen,
    Left,
    ListConfirmed,
    MyDataWanted,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    PeopleChanged,
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
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.platforms.slack.blocks import Json

SUBTYPES_OF_TYPING: Final = frozenset({None, "file_share", "me_message", "thread_broadcast"})  # message subtypes that a person's typing has


def action_of_press(payload: Json) -> Action | None:
    """What a pressed button means."""
    try:
        button = payload["actions"][0]
        return BUTTONS[button["action_id"]](payload["user"]["id"], button.get("value", ""))
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def action_of_form(payload: Json, form_metadata: FormMetadata) -> Action | None:
    """What a sent form means; `form_metadata` is what the form remembered."""
    try:
        view = payload["view"]
        return FORMS[view["callback_id"]](payload["user"]["id"], form_metadata, _Fields(view["state"]["values"]))
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def action_of_command(payload: Json) -> Action:
    """What `/eftertanke …` means: the first word decides, the rest is ignored."""
    first = next(iter(payload.get("text", "").lower().split()), "")
    return COMMAND_WORDS.get(first, HomeWanted)(who=payload["user_id"])


def action_of_event(payload: Json) -> Action | None:
    """What an event means; None for events that are nobody's doing (our own messages, edits, joins)."""
    event = payload["event"]
    who, kind = _user_of(event), event.get("type")
    if kind in PEOPLE_EVENTS:
        return PeopleChanged(who=who)
    if kind in CHANNEL_EVENTS:
        return _change_of_channel(payload["event_id"], event, CHANNEL_EVENTS[kind])
    if kind in REMOVAL_EVENTS:
        return AppRemoved(who=who) if kind == "app_uninstalled" or _holds_bot_token(event) else None
    if kind == "app_home_opened" and event.get("tab") == "home" and who:
        return HomeWanted(who=who)
    return TypedDirectly(who=who, event=payload["event_id"]) if kind == "message" and who and _is_typed(event) else None


def place_of(payload: Json) -> Place | None:
    """The message whose button was pressed, if it was one that all its readers see."""
    container = payload.get("container", {})
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    return Place(channel=container["channel_id"], stamp=container["message_ts"])


def thread_of(payload: Json) -> str | None:
    """The stamp of the message under which something was typed; None if it was under none."""
    thread = payload["event"].get("thread_ts")
    return thread if isinstance(thread, str) else None


def _change_of_channel(event_id: str, event: Json, change: ChannelChange) -> Action | None:
    """None for one that is still shared with somebody, and for what names no channel."""
    channel, moved_to = event.get("old_channel_id") or event.get("channel"), event.get("new_channel_id")
    channel = channel.get("id") if isinstance(channel, dict) else channel
    if not isinstance(channel, str) or isinstance(moved_to, str) is not (change is ChannelChange.MOVED):
        return None
    if change is ChannelChange.UNSHARED and event.get("is_ext_shared"):
        return None
    return ChannelChanged(who=_user_of(event), channel=channel, change=change, event=event_id, moved_to=moved_to)


def _holds_bot_token(event: Json) -> bool:
    """Whether a bot's token was withdrawn, and not only that of a person who had let the app in."""
    tokens = event.get("tokens")
    return isinstance(tokens, dict) and bool(tokens.get("bot"))


def _is_typed(event: Json) -> bool:
    return event.get("channel_type") == "im" and event.get("subtype") in SUBTYPES_OF_TYPING and "bot_id" not in event


def _user_of(event: Json) -> str:
    user = event.get("user", "")
    return str(user.get("id", "") if isinstance(user, dict) else user)


def _id(value: str | int | None) -> int:
    """One of our ids; ValueError for anything else."""
    number = int(str(value))
    if not 0 < number < 2**63:
        raise ValueError("not an id of ours")
    return number


def _digest_and_theme(value: str) -> tuple[int, str]:
    """The digest and the theme that a button is about; ValueError for anything else."""
    digest, _, theme = str(value).partition(":")
    if not theme:
        raise ValueError("no theme")
    return _id(digest), theme


class _Fields:
    """What stands in a form's fields."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """What was typed in a field."""
        return self._values[name][name].get("value") or ""

    def day(self, name: str) -> date:
        """The day that was picked; ValueError if none was."""
        return date.fromisoformat(self._values[name][name].get("selected_date") or "")

    def choice(self, name: str) -> str:
        """What was chosen; TypeError if nothing was."""
        return str(self._values[name][name]["selected_option"]["value"])

    def marks(self, name: str) -> set[str]:
        """The boxes that were ticked."""
        return {option["value"] for option in self._values[name][name].get("selected_options") or ()}

    def all_choices(self) -> dict[str, str]:
        """What was chosen in each field in which anything was."""
        return {name: self.choice(name) for name in self._values if self._values[name][name]["selected_option"] is not None}


def _reply_of_form(who: str, form_metadata: FormMetadata, fields: _Fields) -> Action:
    marks = fields.marks("marks")
    return Replied(who=who, round=_id(form_metadata.about), text=fields.text("text"), wish="wish" in marks, quote="quote" in marks)


def _response_of_form(who: str, form_metadata: FormMetadata, fields: _Fields) -> Action:
    kind = ResponseKind(fields.choice("kind"))
    return Responded(who=who, digest=_id(form_metadata.about), kind=kind, text=fields.text("text"), theme=form_metadata.theme)


def _quote_decisions_of_form(who: str, form_metadata: FormMetadata, fields: _Fields) -> Action:
    if form_metadata.theme is None:
        raise ValueError("no theme")
    choices = {quote: choice for quote, choice in fields.all_choices().items() if choice != LATER}
    decisions = {quote: None if choice == SHOW else DeclineReason(choice) for quote, choice in choices.items()}
    return QuotesReviewed(who=who, digest=_id(form_metadata.about), theme=form_metadata.theme, decisions=decisions)


def _wishes_form_wanted(who: str, value: str) -> Action:
    digest, theme = _digest_and_theme(value)
    return ResponseFormWanted(who=who, digest=digest, theme=theme)


def _quote_review_wanted(who: str, value: str) -> Action:
    digest, theme = _digest_and_theme(value)
    return QuoteReviewWanted(who=who, digest=digest, theme=theme)


def _reply_form_wanted(who: str, value: str) -> Action:
    return ReplyFormWanted(who=who, round=_id(value) if value else None)


BUTTONS: Final[Mapping[str, Callable[[str, str], Action]]] = {
    "answer": _reply_form_wanted,
    "edit_reply": _reply_form_wanted,
    "delete_reply": lambda who, value: ReplyDeleted(who=who, round=_id(value)),
    "withdraw_quote": lambda who, value: QuoteWithdrawn(who=who, round=_id(value)),
    "my_replies": lambda who, _: MyRepliesWanted(who=who),
    "my_data": lambda who, _: MyDataWanted(who=who),
    "more_data": lambda who, value: MyDataWanted(who=who, start=_id(value)),
    "read_more": lambda who, _: ReadMoreWanted(who=who),
    "digests": lambda who, _: DigestsWanted(who=who),
    "more_digests": lambda who, value: DigestsWanted(who=who, start=_id(value)),
    "erase": lambda who, _: Erased(who=who),
    "pause": lambda who, _: PauseFormWanted(who=who),
    "ask_at": lambda who, value: HourChosen(who=who, hour=time.fromisoformat(value)),
    "ask_as_planned": lambda who, _: HourChosen(who=who),
    "why": lambda who, value: WhyWanted(who=who, round=_id(value)),
    "come_back": lambda who, _: CameBack(who=who),
    "leave": lambda who, _: Left(who=who),
    "approve": lambda who, value: DigestApproved(who=who, digest=_id(value)),
    "send_back": lambda who, value: SendBackFormWanted(who=who, digest=_id(value)),
    "heard": lambda who, value: Heard(who=who, digest=_id(value)),
    "respond_wishes": _wishes_form_wanted,
    "quote_review": _quote_review_wanted,
    "respond": lambda who, value: ResponseFormWanted(who=who, digest=_id(value)),
    "release": lambda who, value: ResponseReviewed(who=who, response=_id(value), release=True),
    "decline": lambda who, value: ResponseReviewed(who=who, response=_id(value), release=False),
    "confirm_list": lambda who, value: ListConfirmed(who=who, hold=_id(value)),
}
FORMS: Final[Mapping[str, Callable[[str, FormMetadata, _Fields], Action]]] = {
    "reply": _reply_of_form,
    "pause": lambda who, _, fields: Paused(who=who, until=fields.day("until")),
    "send_back": lambda who, form_metadata, fields: DigestSentBack(who=who, digest=_id(form_metadata.about), note=fields.text("note")),
    "response": _response_of_form,
    "quotes": _quote_decisions_of_form,
}
COMMAND_WORDS: Final[Mapping[str, Callable[..., Action]]] = {
    "svar": ReplyFormWanted,
    "answer": ReplyFormWanted,
    "reply": ReplyFormWanted,
    "mine": MyRepliesWanted,
    "my": MyRepliesWanted,
    "pause": PauseFormWanted,
}
