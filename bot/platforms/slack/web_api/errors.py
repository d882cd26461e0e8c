"""What does a failure of Slack mean to us?

A definite no becomes `Unreachable`, `Vanished`, `Unfit` or `Never`; a definite "not now" becomes `Later`; everything that leaves open
whether it was done becomes `Unsure`. slack_sdk raises more than its own errors (time-outs, resets, half-read answers): each is translated
here, once.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import EftertankeError, Later, Never, Unfit, Unreachable, Unsure, Vanished

if TYPE_CHECKING:
    from collections.abc import Iterator

RETRY_AFTER: Final = 30.0  # seconds, when Slack says "later" without saying when
RETRY_AFTER_NO_CONNECTION: Final = 15.0  # seconds, when no connection could be made at all
RETRY_AFTER_REPAIR: Final = 300.0  # seconds, when a person must mend the app's token or scopes first

# The token is no longer good: nothing was done, and it will work again once someone mends it.
NEEDS_REPAIR: Final = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope", "no_permission", "not_allowed_token_type"}
    | {"app_missing_action_url", "team_access_not_granted", "ekm_access_denied", "org_login_required", "two_factor_setup_required"}
)
RATE_LIMITED: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# Slack's documentation says of these that part of it may have happened.
OUTCOME_UNKNOWN: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"})
UNREACHABLE: Final = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "account_inactive", "user_not_found", "user_disabled", "user_not_visible"}
    | {"users_not_found", "user_not_in_channel", "cannot_dm_bot", "messages_tab_disabled", "restricted_action", "no_such_subteam"}
    | {"restricted_action_read_only_channel", "restricted_action_non_threadable_channel", "restricted_action_thread_only_channel"}
    | {"channel_type_not_supported", "method_not_supported_for_channel_type", "access_denied", "is_inactive", "subteam_not_found"}
)
VANISHED: Final = "message_not_found"  # of one that was to be changed; anything else leaves it standing
UNFIT: Final = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_arguments", "invalid_arg_name"}
    | {"invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large", "cant_update_message"}
    | {"edit_window_closed", "too_many_attachments", "view_too_large"}
)


@contextmanager
def translate_errors(doing: str) -> Iterator[None]:
    """Turn whatever slack_sdk raises while `doing` into an error of ours.

    Raises:
        Later, Unsure, Unreachable, Vanished, Unfit, Never: as the module says.
    """
    try:
        yield
    except SlackApiError as error:
        raise error_of_answer(doing, error) from None  # the answer could hold words that must not reach a log
    except (
        OSError,
        http.client.HTTPException,
        SlackClientError,
        ValueError,
        AttributeError,
    ) as error:  # the last: an answer that is no object
        raise error_of_silence(doing, error) from None


def error_of_answer(doing: str, error: SlackApiError) -> EftertankeError:
    """What Slack's answer means. A text/plain 500 has no fields at all."""
    code, status = error_code(error), int(getattr(error.response, "status_code", 0) or 0)
    why = f"{doing}: {code or status}"
    if status == http.client.TOO_MANY_REQUESTS or code in RATE_LIMITED:
        return Later(why, after=_retry_after(error))
    if code in NEEDS_REPAIR:
        return Later(why, after=RETRY_AFTER_REPAIR)
    if status >= http.client.INTERNAL_SERVER_ERROR or code in OUTCOME_UNKNOWN or not code:
        return Unsure(why)
    if code in UNREACHABLE:
        return Unreachable(why)
    if code == VANISHED:
        return Vanished(why)
    return Unfit(why) if code in UNFIT else Never(why)


def error_of_silence(doing: str, error: Exception) -> EftertankeError:
    """What it means that no answer came. Only where no connection was made is it certain that nothing happened."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    why = f"{doing}: {type(reason).__name__}"
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return Later(why, after=RETRY_AFTER_NO_CONNECTION)
    return Unsure(why)


def error_code(error: SlackApiError) -> str:
    """Slack's error code, or nothing if the answer was not one of Slack's."""
    answer = getattr(error.response, "data", error.response)
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and code.replace("_", "").isalnum() else ""


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in (getattr(error.response, "headers", None) or {}).items()}
    try:
        return max(float(headers["retry-after"]), 1.0)
    except (KeyError, TypeError, ValueError):
        return RETRY_AFTER
