"""Checks tokens, scopes, the app's home and the channels before the bot starts.

Whatever is wrong is named together with its cure. The start waits for temporary trouble (no network yet, a busy Slack). One thing cannot be
checked here: only calls that send someone a message answer `messages_tab_disabled`.
"""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import EftertankeError, Later, MissingScope, Never, OutOfService, SetupFault, Unreachable, Unsure
from bot.platforms.slack.manifest import may_send_files, missing_scopes
from bot.platforms.slack.web_api.answer_parts import part, text
from bot.platforms.slack.web_api.errors import NotConnected, translate_errors
from bot.seam.platform import ChannelFacts
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

    from bot.platforms.slack.blocks import Json
    from bot.sentence import Sentence

REINSTALL: Final = sentence("setup.reinstall")
NEW_BOT_TOKEN: Final = sentence("setup.copy_bot_token")
NEW_APP_TOKEN: Final = sentence("setup.make_app_token")
TRY_AGAIN_AFTER: Final = 5.0  # seconds
SIGNS_OF_SHARING: Final = (
    *("is_shared", "is_ext_shared", "is_org_shared", "is_global_shared", "connected_team_ids"),
    *("is_pending_ext_shared", "pending_shared", "pending_connected_team_ids"),
)
EMPTY_HOME: Final[Json] = {"type": "home", "blocks": []}
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a start waits for temporary trouble; `pause` waits some seconds and returns whether to give up."""

    seconds: float = 120.0
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], object] = time.sleep

    def start(self, begin: Callable[[], None], url: str) -> None:
        """Call `begin` until Slack at `url` can be reached.

        Raises:
            SetupFault: Slack refuses it, or cannot be reached in time.
        """
        until, is_told = self.monotonic() + self.seconds, False
        while True:
            try:
                return begin()
            except (Later, Unsure) as error:
                unreachable, reason = sentence("setup.unreachable", url=url, error=error), str(error)
                wait = error.after if type(error) is Later else TRY_AGAIN_AFTER
            if self.monotonic() + wait > until:
                raise SetupFault(unreachable)
            if not is_told:
                log.warning("Slack cannot be reached: the start is tried again", extra={"reason": reason, "seconds": round(self.seconds)})
            is_told = True
            if self.pause(wait):
                raise SetupFault(sentence("setup.stopped"))


PATIENT: Final = Patience()


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The bot's ids; `enterprise` is the organisation's id, if it has several workspaces. `sends_files`: it has the scope for that."""

    team: str
    user: str
    bot: str
    enterprise: str = ""
    sends_files: bool = True


def identity(client: WebClient) -> Identity:
    """Read the bot's identity, and check the scopes of its token.

    Raises:
        SetupFault: Slack refuses the token.
        MissingScope: the token lacks scopes.
        Later, Unsure: Slack does not answer now.
    """
    answer = _call(client, "auth.test", NEW_BOT_TOKEN)
    scopes = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes", "")
    if missing := missing_scopes(scopes):
        raise MissingScope(sentence("setup.scopes", scopes=tuple(missing), cure=REINSTALL))
    log.info("the workspace", extra={"team": answer.get("team"), "team_id": answer.get("team_id")})
    with translate_errors("auth.test"):
        return Identity(
            team=part(answer, "team_id", kind=str),
            user=part(answer, "user_id", kind=str),
            bot=answer.get("bot_id") or "",
            enterprise=text(answer.get("enterprise_id")) or "",
            sends_files=may_send_files(scopes),
        )


def check_app_token(client: WebClient, app_token: str) -> None:
    """Check the app-level token.

    Raises:
        SetupFault: Slack refuses it.
        Later, Unsure: Slack does not answer now.
    """
    _call(client, "apps.connections.open", NEW_APP_TOKEN, token=app_token)


def check_home(client: WebClient, bot: str) -> None:
    """Check that the app's home page is switched on, by publishing one for the bot itself, which nobody sees.

    Other failures tell nothing about it and are ignored.

    Raises:
        SetupFault: the home page is switched off.
    """
    try:
        with translate_errors("views.publish"):
            client.views_publish(user_id=bot, view=EMPTY_HOME)
    except EftertankeError as error:
        if str(error).endswith(": not_enabled"):
            raise SetupFault(sentence("setup.home_off", error=error, cure=REINSTALL)) from None


def check_channels(client: WebClient, ids: Iterable[str]) -> None:
    """Check the channels that the bot will write in.

    Raises:
        SetupFault: some do not exist, are archived, or are without the bot; all are named.
        Later, Unsure: Slack does not answer now.
    """
    if faults := [fault for channel in ids if (fault := _channel_fault(client, channel))]:
        raise SetupFault(*faults)


def channel_facts(client: WebClient, channel: str) -> ChannelFacts:
    """Read what must be known about a channel before something is posted there.

    Raises:
        Later, Unsure: Slack did not answer.
    """
    try:
        with translate_errors(f"conversations.info {channel}"):
            info = part(client.conversations_info(channel=channel), "channel", kind=dict)
    except Unreachable:
        return ChannelFacts(exists=False, member=False, archived=False, external=False)
    is_member, is_archived = bool(info.get("is_member")), bool(info.get("is_archived"))
    return ChannelFacts(exists=True, member=is_member, archived=is_archived, external=_is_shared(info))


def _is_shared(info: Json) -> bool:
    """Whether people of another organisation (invited is enough) or of another workspace can read the channel."""
    others = {*(info.get("shared_team_ids") or ()), *(info.get("internal_team_ids") or ())} - {info.get("context_team_id")}
    return any(info.get(sign) for sign in SIGNS_OF_SHARING) or bool(info.get("context_team_id") and others)


def _channel_fault(client: WebClient, channel: str) -> Sentence | None:
    facts = channel_facts(client, channel)
    if not facts.exists:
        return sentence("setup.no_channel", channel=channel)
    if facts.archived:
        return sentence("setup.archived_channel", channel=channel)
    return None if facts.member else sentence("setup.not_in_channel", channel=channel)


def _call(client: WebClient, method: str, cure: Sentence, token: str | None = None) -> SlackResponse:
    """Call `method`; `cure` says what helps if Slack refuses the token."""
    with refusal_as_fault(cure), translate_errors(method):
        return client.api_call(method, params={"token": token} if token else None)


@contextlib.contextmanager
def refusal_as_fault(cure: Sentence) -> Iterator[None]:
    """Turn a refusal into a `SetupFault` with its `cure`; `NotConnected` is no refusal and passes."""
    try:
        yield
    except NotConnected:
        raise
    except (OutOfService, Never) as error:
        raise SetupFault(sentence("setup.refused", error=error, cure=cure)) from None
