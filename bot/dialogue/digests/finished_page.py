"""Shows organisers the finished page of a digest before they approve it.

It is made by the code that posts, with the quotes that are approved by now, and stands in a window only: in no message. Whoever approves
tells which page they saw; if it has changed since, they see the new one, and nothing is approved.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.confidentiality.encryption import session_keys
from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import was_held_long
from bot.dialogue.digests.digest_review import OPEN_STATES, page_under, require_reviewable, status, top_to_post
from bot.dialogue.digests.uncertain import is_uncertain
from bot.dialogue.planning.pause_for_all import open_pause
from bot.local_time import WEEK
from bot.programme import Language
from bot.seam.answers import DigestPage, Said
from bot.wording import say, say_n
from bot.wording.dates import moment_in

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Digest
    from bot.programme import Programme
    from bot.seam.meaning import DigestPost

LABEL = "page"


def page_to_approve(  # noqa: PLR0913, PLR0917 - who looks at what, and what they have seen of it
    session: Session, now: datetime, programme: Programme, address: str, digest_id: int, start: int = 0, seen: str | None = None
) -> DigestPage | Said:
    """The page as it would be posted if the organiser approved it now, or what was decided already.

    `start`: the number of the first piece to show; `seen`: the fingerprint of the page they have seen. If it has changed since, it is shown
    from its beginning, and says so.
    """
    digest, organiser = require_reviewable(session, programme, address, digest_id)
    language = Language(organiser.language)
    if digest.state not in OPEN_STATES and not is_uncertain(session, digest):
        return Said(language=language, title=say(language, "review.decided"), paragraphs=(status(session, programme, digest, language),))
    post = _post(session, now, programme, digest)
    fingerprint = fingerprint_of(session, post)
    is_changed = seen is not None and seen != fingerprint
    return DigestPage(
        language=language,
        digest=digest.id,
        post=post,
        lead=(
            *([say(language, "approve.changed")] if is_changed else []),
            *_lead(session, now, programme, digest, language),
        ),
        fingerprint=fingerprint,
        start=0 if is_changed else start,
    )


def page_if_changed(  # noqa: PLR0913, PLR0917 - likewise
    session: Session, now: datetime, programme: Programme, address: str, digest_id: int, seen: str
) -> DigestPage | None:
    """The page anew, if it is not the one they have seen. None: it may be approved, or is decided already."""
    page = page_to_approve(session, now, programme, address, digest_id, seen=seen)
    return page if isinstance(page, DigestPage) and page.fingerprint != seen else None


def fingerprint_of(session: Session, post: DigestPost) -> str:
    """The fingerprint of everything on a page; it is keyed, so it tells nothing of the words."""
    return session_keys(session).fingerprint(LABEL, json.dumps(asdict(post), ensure_ascii=False, sort_keys=True))


def _post(session: Session, now: datetime, programme: Programme, digest: Digest) -> DigestPost:
    """The page as it is posted after an approval now: it tells of no wish that waits if it was held long by then."""
    late = now - digest.drafted_at > WEEK if digest.state in OPEN_STATES else was_held_long(digest)
    return page_under(programme, digest, top_to_post(session, programme, digest, late=late))


def _lead(session: Session, now: datetime, programme: Programme, digest: Digest, language: Language) -> list[str]:
    """What happens after an approval, what an organiser should know before it, and what is lost by it."""
    lines = [say(language, "approve.page", number=digest.number), _what_happens(session, now, programme, digest, language)]
    lines += [status(session, programme, digest, language)] if digest.note or digest.uncertain else []
    waiting = quotes.count_waiting(session, digest)
    return [*lines, *([say_n(language, "approve.lost", waiting)] if waiting else [])]


def _what_happens(session: Session, now: datetime, programme: Programme, digest: Digest, language: Language) -> str:
    if is_uncertain(session, digest):
        return say(language, "approve.again")
    if open_pause(session) is not None:
        return say(language, "approve.paused")
    if now >= digest.post_at:
        return say(language, "approve.at_once")
    return say(language, "approve.at_its_hour", post=moment_in(language, digest.post_at, programme.timezone))
