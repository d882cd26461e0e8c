"""Translates every failure of a Slack call into an error of ours.

`refusals.py` sorts Slack's error codes; a 429 is `Later`; if no connection could be made, it is `NotConnected`. If we cannot know whether
the call was done, it is `Unsure`. slack_sdk raises more than its own errors (time-outs, resets, half-read answers), and an answer may lack
fields: all of that is translated here.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import EftertankeError, Later, OutOfService, Unsure
from bot.platforms.slack.web_api.refusals import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

RETRY_AFTER: Final = 30.0  # seconds, when Slack says "later" without saying when
RETRY_AFTER_NO_CONNECTION: Final = 15.0  # seconds, when no connection could be made at all
RETRY_AFTER_OUT_OF_SERVICE: Final = 60.0  # seconds, when somebody must repair something first
NO_CONNECTION: Final = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
CODE: Final = re.compile(r"[a-z0-9_]{1,60}")  # any other text could be words that people wrote
ODD_ANSWER: Final = (ValueError, LookupError, TypeError, AttributeError)  # the answer is no object, or lacks a field


class NotConnected(OutOfService):
    """No connection could be made at all: nothing was sent, and nobody has refused us."""

    def __init__(self, why: str) -> None:
        super().__init__(why, after=RETRY_AFTER_NO_CONNECTION)


@contextmanager
def translate_errors(doing: str) -> Iterator[None]:
    """Turn whatever slack_sdk raises into an error of ours; `doing` is the method, and what it is about.

    Raises:
        Later, OutOfService, Unsure, Unreachable, Vanished, Unfit, Never: as the module says.
    """
    try:
        yield
    except SlackApiError as error:
        raise error_of_answer(doing, error) from None  # the answer may hold words that must not be logged
    except (OSError, http.client.HTTPException, SlackClientError, *ODD_ANSWER) as error:  # no answer, or one that cannot be read
        why = f"{doing}: {type(error).__name__}"
        raise (NotConnected(why) if isinstance(error, NO_CONNECTION) else Unsure(why)) from None


def error_of_answer(doing: str, error: SlackApiError) -> EftertankeError:
    """Make the error for a refusal; a text/plain 500 has no fields at all."""
    code, status = error_code(error), int(getattr(error.response, "status_code", 0) or 0)
    why = f"{doing}: {code or status}"
    kind = kind_of(doing.partition(" ")[0], code)
    if status == http.client.TOO_MANY_REQUESTS or kind is Later:
        return Later(why, after=_retry_after(error))
    if status >= http.client.INTERNAL_SERVER_ERROR or not code:
        return Unsure(why)
    return OutOfService(why, after=RETRY_AFTER_OUT_OF_SERVICE) if kind is OutOfService else kind(why)


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code, or '' if the answer is not in Slack's form."""
    answer = getattr(error.response, "data", error.response)
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else ""


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in (getattr(error.response, "headers", None) or {}).items()}
    try:
        return max(float(headers["retry-after"]), 1.0)
    except (KeyError, TypeError, ValueError):
        return RETRY_AFTER
