"""Slack: `SlackPlatform` implements the seam with Bolt and slack_sdk.

`inbound.py` turns what people do into actions (payload → action). `messages.py` and `views.py` turn what the bot says into blocks and
full text (meaning → blocks). `web_api/errors.py` turns every failure into one of our errors.
"""

from __future__ import annotations

from bot.platforms.slack.platform import SlackPlatform

__all__ = ["SlackPlatform"]
