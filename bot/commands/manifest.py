"""`manifest`: prints the manifest to paste into Slack when making the app."""

from __future__ import annotations

import json

import typer

from bot.platforms.slack.manifest import manifest as made


def manifest() -> None:
    """Print the Slack app manifest (JSON): paste it at "Create an app → From a manifest"."""
    typer.echo(json.dumps(made(), ensure_ascii=False, indent=2))
