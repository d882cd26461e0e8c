"""`doctor`: looks at everything that a bot needs, and says what is wrong and what mends it.

It writes nothing, and works while a bot runs and while none does. It ends with 1 if something is wrong, else with 0.
"""

from __future__ import annotations

import json
import logging
from typing import Annotated

import typer

from bot.app.doctor.examination import examine
from bot.app.doctor.finding import State
from bot.app.doctor.report import records, report
from bot.app.doctor.seen import see


def doctor(
    as_json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Say how everything is that the bot needs, and what mends what is wrong."""
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)  # what fails is found, and said in our own words
    found = examine(see())
    if as_json:
        typer.echo(json.dumps(records(found), indent=2, ensure_ascii=False))
    else:
        for line in report(found):
            typer.echo(line)
    if any(finding.state is State.FAULT for findings in found.values() for finding in findings):
        raise typer.Exit(1)
