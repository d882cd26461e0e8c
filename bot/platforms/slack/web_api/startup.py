"""May the bot start?

The tokens and channels are tried before anything else, and whatever is wrong is said in words that name the cure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.errors import EftertankeError, MissingScope, Never, OutOfService, SetupFault, Unreachable
from bot.platforms.slack.manifest import missing_scopes
from bot.platforms.slack.web_api.answer_parts import part
from bot.platforms.slack.web_api.errors import NotConnected, translate_errors
from bot.seam.platform import ChannelFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

REINSTALL: Final = "Paste the output of `.venv/bin/python -m bot manifest` as the app's manifest in Slack and install the app again."
NEW_BOT_TOKEN: Final = 'Copy the "Bot User OAuth Token" (xoxb-…) of the app into SLACK_BOT_TOKEN.'  # noqa: S105 - a cure, not a token
NEW_APP_TOKEN: Final = "Make an app-level token (xapp-…) with the scope connections:write and copy it into SLACK_APP_TOKEN."  # noqa: S105 - likewise


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the bot is in its workspace: ids."""

    team: str
    user: str
    bot: str


def identity(client: WebClient) -> Identity:
    """Who the token belongs to.

    Raises:
        SetupFault: Slack refuses the token, or cannot be reached.
        MissingScope: the token lacks scopes.
    """
    answer = _call(client, "auth.test", NEW_BOT_TOKEN)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if missing := missing_scopes(headers.get("x-oauth-scopes", "")):
        raise MissingScope(f"The bot token lacks: {', '.join(missing)}. {REINSTALL}")
    return Identity(team=answer["team_id"], user=answer["user_id"], bot=answer.get("bot_id") or "")


def check_app_token(client: WebClient, app_token: str) -> None:
    """Try the app-level token.

    Raises:
        SetupFault: it is refused, or Slack cannot be reached.
    """
    _call(client, "apps.connections.open", NEW_APP_TOKEN, token=app_token)


def check_channels(client: WebClient, ids: Iterable[str]) -> None:
    """Look at the channels the bot is to write in.

    Raises:
        SetupFault: some are not there, archived, or without the bot; all are named.
    """
    if faults := [fault for channel in ids if (fault := _channel_fault(client, channel))]:
        raise SetupFault("\n".join(faults))


def channel_facts(client: WebClient, channel: str) -> ChannelFacts:
    """What must be known of a channel before something is posted there.

    Raises:
        Later, Unsure: Slack did not tell.
    """
    try:
        with translate_errors(f"conversations.info {channel}"):
            info = part(client.conversations_info(channel=channel), "channel", kind=dict)
    except Unreachable:
        return ChannelFacts(exists=False, member=False, archived=False, external=False)
    return ChannelFacts(
        exists=True,
        member=bool(info.get("is_member")),
        archived=bool(info.get("is_archived")),
        external=bool(info.get("is_ext_shared")),
    )


def _channel_fault(client: WebClient, channel: str) -> str | None:
    facts = channel_facts(client, channel)
    if not facts.exists:
        return f"The channel {channel} is not there for the bot. Check its id; if it is private, invite the bot: /invite @Eftertanke."
    if facts.archived:
        return f"The channel {channel} is archived. Unarchive it, or name another in the programme."
    return None if facts.member else f"The bot is not in the channel {channel}. Invite it there: /invite @Eftertanke."


def _call(client: WebClient, method: str, cure: str, token: str | None = None) -> SlackResponse:
    """The answer of `method`. `cure` is what helps when Slack refuses the token."""
    try:
        with translate_errors(method):
            return client.api_call(method, params={"token": token} if token else None)
    except EftertankeError as error:
        is_refused = isinstance(error, Never | OutOfService) and not isinstance(error, NotConnected)
        unreachable = f"Slack cannot be reached at {client.base_url} ({error}). Check the network, and the proxy if there is one."
        raise SetupFault(f"Slack refuses the token ({error}). {cure}" if is_refused else unreachable) from None
