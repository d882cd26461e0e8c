"""The rehearsal: a bot, a local workspace and made-up people, played through a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import SetupFault
from bot.sentence import sentence

if TYPE_CHECKING:
    from bot.app.rehearsal.local_bot import LocalBot


def local_bot_class() -> type[LocalBot]:
    """The class of local bots, which a machine on Slack never loads. SetupFault: the packages for it are missing."""
    try:
        from bot.app.rehearsal.local_bot import LocalBot  # noqa: PLC0415 - its web packages are an extra
    except ModuleNotFoundError:
        raise SetupFault(sentence("setup.no_local_packages")) from None
    return LocalBot
