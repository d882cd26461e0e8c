"""What is told of a fault nobody foresaw?

Its type and the message it met, never its own text: a stranger's error may carry what was said, or to whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.sending.outcomes import Why

if TYPE_CHECKING:
    from bot.models import OutboxMessage

log = structlog.get_logger(__name__)


def told_of(fault: Exception, event: str, message: OutboxMessage) -> str:
    """Log the fault; the reason to keep with the message."""
    log.error(event, delivery=message.delivery_id, kind=message.kind.value, fault=type(fault).__name__)
    return f"{Why.FAULT}: {type(fault).__name__}"
