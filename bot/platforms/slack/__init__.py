"""How is the dialogue held on Slack?

`SlackPlatform` implements the seam with Bolt and slack_sdk. What people do comes in through `inbound.py` (payload → action), what the bot
says goes out through `messages.py` and `views.py` (meaning → blocks and full text), and every failure becomes one of ours in
`web_api/errors.py`.
"""

from __future__ import annotations

from bot.platforms.slack.platform import SlackPlatform

__all__ = ["SlackPlatform"]
