"""Sets up Bolt: four listeners, and one handler for everything else.

The most frequent payloads are tried first. `process_before_response`: a payload is acknowledged after it was handled. The bot's identity is
read once, at the start, not for every payload.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.platforms.slack.listeners import log_failure
from bot.platforms.slack.manifest import COMMAND, NAME
from bot.platforms.slack.web_api.client import log as sdk_log

if TYPE_CHECKING:
    from bot.platforms.slack.listeners import Listeners
    from bot.platforms.slack.web_api.startup import Identity

ANY: Final = re.compile("")


def make_app(identity: Identity, listeners: Listeners) -> App:
    """Make the Bolt app that hands every payload to `listeners`."""
    authorization = AuthorizeResult(enterprise_id=None, team_id=identity.team, bot_id=identity.bot, bot_user_id=identity.user, bot_token="")
    app = App(
        name=NAME,
        logger=sdk_log,
        client=WebClient(logger=sdk_log, retry_handlers=[]),  # never used: the listeners have their own
        authorize=lambda: authorization,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,  # these four guard HTTP; payloads come over our own connection
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        ignoring_self_events_enabled=False,  # inbound.py drops events that the bot caused itself
    )
    app.view(ANY)(listeners.on_form)
    app.action(ANY)(listeners.on_press)
    app.command(COMMAND)(listeners.on_command)
    app.event(ANY)(listeners.on_event)
    app.error(_on_error)
    return app


def _on_error(error: Exception) -> BoltResponse | None:
    """Acknowledge payloads without a listener, so that Slack does not repeat them; let Slack repeat those that failed."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    log_failure(error, "listen")
    return None
