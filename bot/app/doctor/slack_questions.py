"""Asks Slack about tokens, scopes, channels and the time, all at once and beside what else is looked at.

Nothing is asked that changes anything. Who has no answer in time does without.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from bot.app.doctor.finding import fault, fine, remark, with_cure_apart
from bot.clock import WallClock
from bot.dialogue.channels import channels_by_place
from bot.errors import EftertankeError, Later, SetupFault
from bot.health.beside import ask_beside
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from bot.app.doctor.finding import Finding
    from bot.app.doctor.seen import Seen
    from bot.platforms.slack.web_api.startup import Identity

T = TypeVar("T")
SECONDS: Final = 1.2  # for all answers; with the start of Python it stays under three
TIMEOUT: Final = 2  # seconds of a call; by then nobody waits for it any more
SAME: Final = 2  # seconds of difference; the date of an answer is no finer
AGREES, DOUBTED = 60, 600  # up to the first all is well, over the second the clock is not believed


@dataclass(frozen=True, kw_only=True)
class SlackAnswers:
    """What Slack has been asked; the answers are on their way, and are waited for `until` then."""

    until: float
    bot_token: Future[Identity]
    app_token: Future[object]
    ahead: Future[int]  # seconds that the machine's clock is ahead of Slack's
    channels: Future[object]


def ask_slack(seen: Seen) -> SlackAnswers | None:
    """Begin to ask Slack; None where there are no tokens to ask with."""
    settings = seen.settings
    if settings is None or settings.slack_bot_token is None or settings.slack_app_token is None:
        return None
    from bot.platforms.slack.web_api import startup  # noqa: PLC0415 - slow to import, and without tokens nobody needs it
    from bot.platforms.slack.web_api.client import make_client  # noqa: PLC0415 - likewise
    from bot.platforms.slack.web_api.platform_time import PlatformTime  # noqa: PLC0415 - likewise

    client = make_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, timeout=TIMEOUT)
    app_token, clock = settings.slack_app_token.get_secret_value(), PlatformTime(client)

    def check_channels() -> None:
        if seen.programme is not None:
            startup.check_channels(client, channels_by_place(seen.programme).values())

    return SlackAnswers(
        until=time.monotonic() + SECONDS,
        bot_token=ask_beside(lambda: startup.identity(client)),
        app_token=ask_beside(lambda: startup.check_app_token(client, app_token)),
        ahead=ask_beside(lambda: -round((clock.ask() - WallClock().now()).total_seconds())),
        channels=ask_beside(check_channels),
    )


def slack(answers: SlackAnswers | None, seen: Seen) -> Iterator[Finding]:
    """What Slack says of tokens, scopes, channels and the time."""
    if not seen.is_on_slack:
        yield fine("tokens", sentence("doctor.tokens.none"))
    elif answers is None:
        yield fault("tokens", sentence("doctor.tokens.wrong"), sentence("doctor.settings.cure"))
    else:
        of = partial(_outcome, answers.until)
        first, *more = of("tokens", answers.bot_token, _tokens_finding)
        yield from (first, *more)
        if first.said.key not in {"doctor.slack.silent", "doctor.slack.unreachable"}:  # else the others have no other answer
            yield from of("app_token", answers.app_token, lambda _: fine("app_token", sentence("doctor.app_token.fine")))
            yield from of("channels", answers.channels, lambda _: fine("channels", sentence("doctor.channels.fine")))
            yield from of("clock", answers.ahead, clock_finding)


def _outcome(until: float, check: str, answer: Future[T], well: Callable[[T], Finding]) -> Iterator[Finding]:
    """What an answer tells, or that there is none."""
    cure = sentence("doctor.slack.cure")
    try:
        yield well(answer.result(max(0.0, until - time.monotonic())))
    except SetupFault as wrong:
        yield from (with_cure_apart(check, said, sentence("doctor.slack.mend")) for said in wrong.said)
    except TimeoutError:
        yield fault(check, sentence("doctor.slack.silent"), cure)
    except EftertankeError as error:
        if type(error) is Later:
            yield remark(check, sentence("doctor.slack.later"), sentence("doctor.slack.wait"))
        else:
            yield fault(check, sentence("doctor.slack.unreachable", error=error), cure)


def _tokens_finding(identity: Identity) -> Finding:
    """All that is needed, and whether the bot may also send files."""
    if identity.sends_files:
        return fine("tokens", sentence("doctor.tokens.fine"))
    return remark("tokens", sentence("doctor.tokens.no_files"), sentence("setup.reinstall"))


def clock_finding(ahead: int) -> Finding:
    """How far the machine's clock is from Slack's."""
    said = sentence("doctor.clock.ahead" if ahead > 0 else "doctor.clock.behind", seconds=abs(ahead))
    if abs(ahead) <= AGREES:
        return fine("clock", said if abs(ahead) > SAME else sentence("doctor.clock.fine"))
    cure = sentence("doctor.clock.cure")
    return remark("clock", said, cure) if abs(ahead) <= DOUBTED else fault("clock", said, cure)
