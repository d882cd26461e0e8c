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
from bot.platforms.slack import inbound, views
from bot.platforms.slack.blocks import body as sentence
from bot.platforms.slack.form_metadata import HOME, FormMetadata, place_of
from bot.platforms.slack.messages import SlackMessage, make_message
from bot.seam.actions import HomeWanted, PoliticiansAsked, TypedDirectly
from bot.seam.answers import FormErrors, Home, QuoteReviewForm, Redrawn, Said
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_bolt import Ack

    from bot.platforms.slack.answer_presenter import Presenter
    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.form_metadata import Place
    from bot.programme import Language
    from bot.seam.actions import Action
    from bot.seam.answers import Answer
    from bot.seam.meaning import Meaning
    from bot.seam.platform import Door

log = logging.getLogger(__name__)
NO_MESSAGE: Final = SlackMessage(text="", blocks="[]")


class Listeners:
    """Bolt's listeners, one for each kind of payload.

    `language` is used if a person's own is not known. `usual_id` maps any id of a person to the one we know them by.
    """

    def __init__(self, door: Door, presenter: Presenter, language: Language, usual_id: Callable[[str], str] = str) -> None:
        self._door = door
        self._presenter = presenter
        self._language = language
        self._usual_id = usual_id

    def on_press(self, ack: Ack, body: Json) -> None:
        """Answer a pressed button: open a window, or change the one with the button."""
        with one_budget():  # the action and the page drawn after it together wait no longer for the database than one of them may
            action = self._under_usual_id(inbound.action_of_press(body))
            place = place_of(body)
            origin = place or inbound.origin_of(body)
            answer = self._ask(action) if action else None
            trouble = "screen.failed" if action else "screen.outdated"
            view = views.window(answer, origin) if answer else views.trouble_window(self._language, trouble)
            acts_at_once = isinstance(answer, QuoteReviewForm)  # in such a window the next press does not wait for the last one's drawing
            if view is not None and not self._presenter.show(body, view, over=acts_at_once):
                self._presenter.whisper(body["user"]["id"], self._sentence("slack.not_shown"), place.channel if place else None)
            if (message := _message_to_redraw(answer)) is not None:
                self._presenter.redraw(origin, message)
            if action is not None and origin == HOME:
                self._publish(action.who)
        ack()

    def on_form(self, ack: Ack, body: Json) -> None:
        """Answer a sent form: show the result, or the errors, in place of the form."""
        form_metadata = FormMetadata.read(body["view"].get("private_metadata"), self._language)
        action = self._under_usual_id(inbound.action_of_form(body, form_metadata))
        if action is None:
            ack(response_action="update", view=views.trouble_window(form_metadata.language, "screen.outdated"))
            return
        with one_budget():  # as for a press
            answer = self._ask(action)
            if answer is None:
                self._refuse(ack, body, form_metadata)
            elif isinstance(answer, FormErrors) and _fields_of(body):
                ack(response_action="errors", errors=_errors_by_field(body, answer.errors))
            else:
                self._show_result(ack, action, answer, form_metadata.place)

    def _show_result(self, ack: Ack, action: Action, answer: Answer, place: Place | None) -> None:
        """Show what a form has brought: in its place, in the message from which it was opened, and on the person's own page."""
        view = views.window(answer, place)
        if view is None:
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
            message = self._sentence("screen.failed")
        else:
            view = views.window(answer)
            message = NO_MESSAGE if view is None or self._presenter.show(body, view) else self._sentence("slack.not_shown")
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
    def _refuse(ack: Ack, body: Json, form_metadata: FormMetadata) -> None:
        """Tell that nothing was kept: in the form, which keeps what was typed, or in place of one without fields."""
        if _fields_of(body):
            ack(response_action="errors", errors=_errors_by_field(body, {"": say(form_metadata.language, "screen.not_saved")}))
        else:
            ack(response_action="update", view=views.trouble_window(form_metadata.language, "screen.failed"))

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
            log_failure(error, "an action")
            return None

    def _publish(self, user: str) -> None:
        answer = self._ask(HomeWanted(who=user))
        if isinstance(answer, Home | Said):
            self._presenter.publish(user, views.home_view(answer))

    def _sentence(self, key: str) -> SlackMessage:
        return make_message([sentence(say(self._language, key))], self._language)


def log_failure(error: BaseException, doing: str) -> None:
    """Log a failure by its kind and place, at most once an hour.

    Its text may hold words that people wrote; a line for every failure would tell how many people wrote.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    if SAID.is_due(doing, type(error).__name__, place):
        log.error("%s failed: %s at %s", doing, type(error).__name__, place)


def _fields_of(body: Json) -> list[str]:
    """Return the names of a form's fields; a form that only asks to confirm something has none."""
    return list(body["view"]["state"]["values"])


def _errors_by_field(body: Json, errors: Mapping[str, str]) -> dict[str, str]:
    """Map errors to the form's fields; an error of no field is shown at the first one."""
    fields = _fields_of(body)
    return {name if name in fields else fields[0]: text for name, text in errors.items()}


def _message_to_redraw(answer: Answer | None) -> Meaning | None:
    """The message that an answer draws anew for all who see it, if there is one."""
    if isinstance(answer, Redrawn):
        return answer.meaning
    return answer.message if isinstance(answer, QuoteReviewForm) else None


def _render_answer(answer: Home | Said) -> SlackMessage:
    return make_message(views.home_pieces(answer), answer.language)
