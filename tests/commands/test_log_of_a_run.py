"""What a bot logs while people use it, and while Slack refuses it, names nobody and repeats nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.commands.test_leaving import folder, slack, wait_for_call
from tests.support.bot_on_slack import bot_on_slack, wait_for_first_beat, wait_until_all_is_said, write_to_everybody
from tests.support.local_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workspace.server import Workspace

__all__ = ["folder", "slack"]  # fixtures
SAID = "det siger jeg kun til dig"
TROUBLES = (("chat.postMessage", "user_is_bot"), ("views.publish", "internal_error"), ("views.open", "expired_trigger_id"))


def use_and_disturb(slack: Workspace) -> None:
    """People do what they can do, and Slack refuses, hangs and hangs up."""
    anna, bo, *_ = (person.id for person in slack.chat.members())
    for method, error in TROUBLES:
        slack.faults.refuse(method, error, times=2)
    slack.faults.lose("chat.postMessage")
    slack.faults.crash("chat.postMessage")
    for who in (anna, bo):
        slack.chat.say(who, SAID)
        slack.chat.open_home(who)
        slack.chat.command(who, "/eftertanke", "svar")
        slack.chat.command(who, "/eftertanke", SAID)


def test_no_line_names_a_person_an_id_a_word_or_a_token(folder: Path, slack: Workspace) -> None:
    with bot_on_slack(folder, slack, LOG_LEVEL="DEBUG") as bot:
        bot.log_until("the bot runs")
        wait_for_first_beat(bot)
        use_and_disturb(slack)
        addresses = write_to_everybody(bot)
        wait_for_call(slack, "chat.postMessage")
        wait_until_all_is_said(bot)
        log = json.dumps(bot.lines, ensure_ascii=False) + bot.leave().stderr
    people = [person for person in slack.chat.members() if person.id in addresses]
    assert len(people) > 20
    secrets = {SAID, BOT_TOKEN, APP_TOKEN, *addresses, *(person.name for person in people), *(person.email or "?!" for person in people)}
    secrets |= {slack.chat.dm_id(address) for address in addresses}
    assert "an answer was not shown" in log, "else nothing went wrong"
    assert {secret for secret in secrets if secret in log} == set()


def test_a_first_start_is_quiet_also_while_another_program_looks_into_the_database(folder: Path, slack: Workspace) -> None:
    with bot_on_slack(folder, slack) as bot:
        bot.log_until("the bot runs")
        wait_for_first_beat(bot)
        wait_for_first_beat(bot)  # whoever closes the file anew must not be the last who has it open
        lines = [*bot.lines, *map(json.loads, bot.leave().stderr.splitlines())]
    assert {line["event"] for line in lines if line["level"] != "info"} == set()
