"""Bolt's listeners: they pass each payload to the engine and show its answer.

Payload → action → the engine's door → answer → what Slack is told. The door has committed when it answers, so an acknowledgement always
means "kept". If the door raises, nothing was kept, and the person reads so while their text is still in the form. An event is acknowledged
only after it was handled; if that fails, Slack sends it again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.database.patience import one_budget
from bot.failures import SAID
from bot.language.visible_text import cut
from bot.platforms.slack import inbound, views
from bot.platforms.slack.blocks import body as sentence
from bot.platforms.slack.form_metadata import HOME, FormMetadata, place_of
from bot.platforms.slack.messages import SlackMessage, make_message
from bot.seam.actions import HomeWanted, PoliticiansAsked, TypedDirectly
from bot.seam.answers import FormErrors, Home, QuoteReviewForm, Redrawn, Said
from bot.seam.reading_answers import Document
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from slack_bolt import Ack

    from bot.platforms.slack.answer_presenter import Presenter
    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.file_sender import FileSender
    from bot.platforms.slack.form_metadata import Place
    from bot.programme import Language
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Door

log = logging.getLogger(__name__)
NO_MESSAGE: Final = SlackMessage(text="", blocks="[]")
MOST_IN_REASON: Final = 500  # characters beside a field


class Listeners:
    """Bolt's listeners, one for each kind of payload.

    `language` is used where no answer and no window tells a person's own. `usual_id` maps any id of a person to the one we know them by.
    """

    def __init__(
        self, door: Door, presenter: Presenter, files: FileSender, language: Language, usual_id: Callable[[str], str] = str
    ) -> None:
        self._door = door
        self._presenter = presenter
        self._files = files
        self._language = language
        self._usual_id = usual_id

    def on_press(self, ack: Ack, body: Json) -> None:
        """Answer a pressed button: open a window, or change the one with the button."""
        with one_budget():  # the action and the page drawn after it together wait no longer for the database than one of them may
            action = self._under_usual_id(inbound.action_of_press(body))
            place = place_of(body)
            origin = place or inbound.origin_of(body)
            answer = self._ask(action) if action else None
            if isinstance(answer, Document):
                self._files.begin(body, answer)
                ack()
                return
            language = answer.language if answer else self._language_of(body)
            trouble = "screen.failed" if action else "screen.outdated"
            why = _why_not(answer) if answer else [say(language, trouble)]
            if why and (_is_any_text_in(body) or _is_review_of_quotes(body)):
                view: Json | None = views.with_notice(body["view"], _with_way_out(body, language, *why))
            else:
                view = views.window(answer, origin) if answer else views.trouble_window(language, trouble)
            acts_at_once = isinstance(answer, QuoteReviewForm)  # in such a window the next press does not wait for the last one's drawing
            if view is not None and not self._presenter.show(body, view, over=acts_at_once):
                not_shown = _sentence(language, "slack.not_shown")
                self._presenter.whisper(body["user"]["id"], not_shown, place.channel if place else None)
            if (message := _message_to_redraw(answer)) is not None:
                self._presenter.redraw(origin, message)
            if action is not None and origin == HOME:
                self._publish(action.who)
        ack()

    def on_form(self, ack: Ack, body: Json) -> None:
        """Answer a sent form: show the result in its place, or beside what was typed why it was not stored."""
        form_metadata = FormMetadata.read(body["view"].get("private_metadata"), self._language)
        action = self._under_usual_id(inbound.action_of_form(body, form_metadata))
        with one_budget():  # as for a press
            if action is None:
                self._refuse_old_form(ack, body, form_metadata.language)
            elif (answer := self._ask(action)) is None:
                self._refuse(ack, body, form_metadata.language)
            else:
                self._show_result(ack, body, action, answer, form_metadata.place)

    def _show_result(self, ack: Ack, body: Json, action: Action, answer: Answer, place: Place | None) -> None:
        """Show what a form has brought: in its place, in the message from which it was opened, and on the person's own page."""
        errors = _errors_of(body, answer)
        view = None if errors else views.window(answer, place)
        if errors:
            ack(response_action="errors", errors=errors)
        elif view is None:
            ack()
        else:
            ack(response_action="update", view=view)
        if isinstance(answer, Redrawn):
            self._presenter.redraw(place, answer.meaning)
        if place == HOME:
            self._publish(action.who)

    def on_command(self, ack: Ack, body: Json) -> None:
        """Answer `/eftertanke`: open a form, or write a few lines to this person alone."""
        action = self._under_usual_id(inbound.action_of_command(body))
        answer = self._ask(action) if action else None
        if isinstance(answer, Home | Said):
            message = _render_answer(answer)
        elif answer is None:
            message = _sentence(self._language, "screen.failed")
        else:
            view = views.window(answer)
            is_shown = view is None or self._presenter.show(body, view)
            message = NO_MESSAGE if is_shown else _sentence(answer.language, "slack.not_shown")
        ack(text=message.text, blocks=message.block_list, response_type="ephemeral" if message.text else None)

    def on_event(self, body: Json) -> None:
        """Handle an event of the workspace.

        If the door raises, Bolt does not acknowledge the event, and Slack sends it again.
        """
        action = inbound.action_of_event(body)
        if isinstance(action, HomeWanted | TypedDirectly):  # for all other events it does not matter who caused them
            action = self._under_usual_id(action)
        if isinstance(action, HomeWanted):
            self._publish(action.who)
        elif action is not None:
            answer = self._door.answer(action)
            if isinstance(answer, Home | Said):
                self._presenter.whisper(action.who, _render_answer(answer), thread=inbound.thread_of(body))

    @staticmethod
    def _refuse(ack: Ack, body: Json, language: Language) -> None:
        """Tell that nothing was kept: in the form, which keeps what was typed and can be sent again."""
        if _is_any_text_in(body):
            ack(response_action="errors", errors=_errors_by_field(body, {"": say(language, "screen.not_saved")}))
        elif _fields_of(body):
            ack(response_action="errors", errors=_errors_by_field(body, {"": say(language, "screen.failed")}))
        else:
            ack(response_action="update", view=views.with_notice(body["view"], say(language, "screen.failed")))

    @staticmethod
    def _refuse_old_form(ack: Ack, body: Json, language: Language) -> None:
        """Tell what can be done with a form that we no longer know or cannot read."""
        if _fields_of(body):
            why = [_with_way_out(body, language, say(language, "screen.old_form")), say(language, "screen.old_form.again")]
            ack(response_action="errors", errors=_errors_by_field(body, {"": " ".join(why)}))
        else:
            ack(response_action="update", view=views.trouble_window(language, "screen.outdated"))

    def _under_usual_id(self, action: Action | None) -> Action | None:
        """Return the same action, with the ids we know the people by."""
        if isinstance(action, PoliticiansAsked):
            action = replace(action, whom=tuple(map(self._usual_id, action.whom)))
        if action is None or (who := self._usual_id(action.who)) == action.who:
            return action
        return replace(action, who=who)

    def _ask(self, action: Action) -> Answer | None:
        """Return the engine's answer; None if it failed and kept nothing."""
        try:
            return self._door.answer(action)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the person must hear that nothing was kept
            log_failure(error, "act")
            return None

    def _publish(self, user: str) -> None:
        answer = self._ask(HomeWanted(who=user))
        if isinstance(answer, Home | Said):
            self._presenter.publish(user, views.home_view(answer))

    def _language_of(self, body: Json) -> Language:
        """Return the language of the window in which a button was pressed; the programme's for all other buttons."""
        return FormMetadata.read(body.get("view", {}).get("private_metadata"), self._language).language


def log_failure(error: BaseException, doing: str) -> None:
    """Log a failure by its kind and place, at most once an hour.

    Its text may hold words that people wrote; a line for every failure would tell how many people wrote.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    kind = type(getattr(error, "orig", None) or error).__name__  # the driver's own: `DiskFull`, `ReadOnlySqlTransaction`
    if SAID.is_due(doing, kind, place):
        log.error("failed while Slack was served", extra={"task": doing, "error": kind, "place": place})


def _fields_of(body: Json) -> list[str]:
    """Return the names of a form's fields, those for a text first; a form that only asks to confirm something has none."""
    values = body["view"]["state"]["values"]
    return sorted(values, key=lambda name: not _texts_in(values[name]))


def _texts_in(values: Json) -> list[str]:
    """Return what stands in a field, if it is for a text."""
    return [value.get("value") or "" for value in values.values() if value.get("type") == "plain_text_input"]


def _is_any_text_in(body: Json) -> bool:
    """Whether something is typed in the form that was sent, or in which a button was pressed."""
    state = body.get("view", {}).get("state", {})
    return any(text for values in state.get("values", {}).values() for text in _texts_in(values))


def _is_review_of_quotes(body: Json) -> bool:
    """Whether a button was pressed where an organiser reads quotes, and may have picked reasons."""
    return bool(body.get("view", {}).get("callback_id") == "quote_page")


def _why_not(answer: Answer) -> Sequence[str]:
    """Return why nothing was done; empty if something was."""
    if isinstance(answer, FormErrors):
        return list(answer.errors.values())
    if isinstance(answer, Redrawn):
        return [answer.said] if answer.is_refusal else []
    return answer.paragraphs if isinstance(answer, Said) and answer.is_refusal else []


def _errors_of(body: Json, answer: Answer) -> dict[str, str]:
    """Return what a form with fields says beside them if it was refused; empty if it was not."""
    errors = answer.errors if isinstance(answer, FormErrors) else {}
    if not errors and (why := _why_not(answer)):
        errors = {"": _with_way_out(body, answer.language, *why)}
    return _errors_by_field(body, errors) if _fields_of(body) else {}


def _with_way_out(body: Json, language: Language, *why: str) -> str:
    """Join the reasons, and say what can be done with a text that cannot be sent."""
    return " ".join([cut(" ".join(why), MOST_IN_REASON), *([say(language, "screen.text_stays")] if _is_any_text_in(body) else [])])


def _errors_by_field(body: Json, errors: Mapping[str, str]) -> dict[str, str]:
    """Map errors to the form's fields; those of no field are shown at the first one."""
    fields, texts = _fields_of(body), dict[str, str]()
    for name, text in errors.items():
        field = name if name in fields else fields[0]
        texts[field] = f"{texts[field]} {text}" if field in texts else text
    return texts


def _sentence(language: Language, key: str) -> SlackMessage:
    return make_message([sentence(say(language, key))], language)


def _message_to_redraw(answer: Answer | None) -> Meaning | None:
    """The message that an answer draws anew for all who see it, if there is one."""
    if isinstance(answer, Redrawn):
        return answer.meaning
    return answer.message if isinstance(answer, QuoteReviewForm) else None


def _render_answer(answer: Home | Said) -> SlackMessage:
    return make_message(views.home_pieces(answer), answer.language)
