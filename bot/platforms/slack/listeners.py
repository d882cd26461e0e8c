"""What happens between a person's press and what they see?

Payload → action → the engine's door → answer → what Slack is told. The door has committed when it answers, so an acknowledgement always
means "kept". If the door raises, nothing was kept, and the person is told so with their text still in the form. An event is acknowledged
only after it was handled: else Slack sends it again.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from bot.errors import EftertankeError
from bot.platforms.slack import inbound, views
from bot.platforms.slack.errors import ours
from bot.platforms.slack.lookup import conversation
from bot.platforms.slack.memory import Memory
from bot.platforms.slack.messages import Rendered, message, rendered
from bot.seam import FormErrors, Home, HomeWanted, Redrawn, Said
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slack_bolt import Ack
    from slack_sdk import WebClient

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.memory import Place
    from bot.programme import Language
    from bot.seam import Action, Answer, Door

log = logging.getLogger(__name__)


class Listeners:
    """Bolt's listeners, one for each kind of payload. `language` is spoken where a person's own is not known."""

    def __init__(self, door: Door, client: WebClient, language: Language) -> None:
        self._door = door
        self._client = client
        self._language = language

    def pressed(self, ack: Ack, body: Json) -> None:
        """A button was pressed: open a window, or change the one it stands in."""
        action = inbound.pressed(body)
        place = inbound.place_of(body)
        answer = self._ask(action) if action else None
        view = views.window(answer, place) if answer else views.trouble(self._language, "slack.failed" if action else "slack.outdated")
        self._show(body, view)
        if isinstance(answer, Redrawn):
            self._redraw(place, answer)
        if action is not None and body.get("view", {}).get("type") == "home":
            self._publish(action.who)
        ack()

    def submitted(self, ack: Ack, body: Json) -> None:
        """A form was sent: say what came of it in the form's own place."""
        memory = Memory.read(body["view"].get("private_metadata"), self._language)
        action = inbound.submitted(body, memory)
        if action is None:
            ack(response_action="update", view=views.trouble(memory.language, "slack.outdated"))
        elif (answer := self._ask(action)) is None:
            ack(response_action="errors", errors=_beside(body, {"": say(memory.language, "slack.not_saved")}))
        elif isinstance(answer, FormErrors):
            ack(response_action="errors", errors=_beside(body, answer.errors))
        else:
            _answered(ack, views.window(answer))
            if isinstance(answer, Redrawn):
                self._redraw(memory.place, answer)

    def commanded(self, ack: Ack, body: Json) -> None:
        """`/eftertanke`: a form opens, or a few lines for this person alone."""
        answer = self._ask(inbound.commanded(body))
        if answer is None:
            ack(text=say(self._language, "slack.failed"), response_type="ephemeral")
        elif isinstance(answer, Home | Said):
            said = _lines(answer)
            ack(text=said.text, blocks=said.block_list, response_type="ephemeral")
        else:
            self._show(body, views.window(answer))
            ack()

    def happened(self, body: Json) -> None:
        """Something happened in the workspace. What the door raises goes on to Bolt, which then leaves the event to be sent again."""
        action = inbound.happened(body)
        if isinstance(action, HomeWanted):
            self._publish(action.who)
        elif action is not None:
            self._whisper(action.who, self._door.act(action))

    def _ask(self, action: Action) -> Answer | None:
        """The engine's answer; None if it failed and kept nothing."""
        try:
            return self._door.read(action) if isinstance(action, inbound.LOOKS) else self._door.act(action)
        except Exception as error:  # noqa: BLE001  # whatever went wrong, the person must hear that nothing was kept
            note(error, type(action).__name__)
            return None

    def _show(self, body: Json, view: Json | None) -> None:
        """Open `view`, if there is one, or put it in the place of the window the button stands in."""
        old = body.get("view", {})
        if view is None:
            return
        with _only_noted("views.open"):
            if old.get("type") == "modal":
                self._client.views_update(view_id=old["id"], hash=old["hash"], view=view)
            else:
                self._client.views_open(trigger_id=body["trigger_id"], view=view)

    def _redraw(self, place: Place | None, answer: Redrawn) -> None:
        """Draw the message anew, for all who see it."""
        said = rendered(answer.meaning)
        if place is not None:
            with _only_noted("chat.update"):
                self._client.chat_update(channel=place.channel, ts=place.stamp, text=said.text_of_update, blocks=said.blocks)

    def _publish(self, who: str) -> None:
        """Bring the person's own page up to date."""
        answer = self._ask(HomeWanted(who=who))
        view = views.home(answer) if isinstance(answer, Home) else _page(answer)
        if view is not None:
            with _only_noted("views.publish"):
                self._client.views_publish(user_id=who, view=view)

    def _whisper(self, who: str, answer: Answer) -> None:
        """Answer a typed message, for this person's eyes and only until they leave: it stays in no history."""
        if isinstance(answer, Home | Said):
            said = _lines(answer)
            with _only_noted("chat.postEphemeral"):
                channel = conversation(self._client, who)
                self._client.chat_postEphemeral(channel=channel, user=who, text=said.text, blocks=said.blocks)


def note(error: BaseException, doing: str) -> None:
    """Log a failure by its kind and place. Its text may hold words that people wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("%s failed: %s at %s", doing, type(error).__name__, place)


@contextlib.contextmanager
def _only_noted(doing: str) -> Iterator[None]:
    """What was done stays done, also when Slack does not show it."""
    try:
        with ours(doing):
            yield
    except EftertankeError as error:
        log.warning("not shown: %s", error)


def _answered(ack: Ack, view: Json | None) -> None:
    if view is None:
        ack()
    else:
        ack(response_action="update", view=view)


def _beside(body: Json, errors: Mapping[str, str]) -> dict[str, str]:
    """Errors by the form's field; one that belongs to no field stands at the first."""
    fields = list(body["view"]["state"]["values"])
    return {name if name in fields else fields[0]: text for name, text in errors.items()}


def _lines(answer: Home | Said) -> Rendered:
    """An answer as a message for one person."""
    if isinstance(answer, Home):
        return message(views.home_pieces(answer), answer.language)
    return message(views.said_pieces(answer), answer.language)


def _page(answer: Answer | None) -> Json | None:
    """What stands on the page of someone who has none."""
    return {"type": "home", "blocks": _lines(answer).block_list} if isinstance(answer, Said) else None
