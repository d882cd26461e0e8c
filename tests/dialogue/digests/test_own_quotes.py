"""Does a quote go when its author says so, wherever it stands by then, and nothing else with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.encryption import decrypt_words
from bot.dialogue.compose import compose
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.digests import quotes
from bot.dialogue.rounds import replies
from bot.models import AuditAct, AuditEntry, Authorship, MessageKind, Person, Quote, Reply
from bot.seam.actions import DeclineReason
from bot.seam.meaning import DigestPost
from tests.dialogue.digests.test_quotes import TEXTS, answered, post, reviewed, stands
from tests.dialogue.season import Season, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.models import Digest

AFTERWARDS = close_of(2)
WAYS: dict[str, Callable[..., object]] = {"delete": replies.delete_my_reply, "withdraw": replies.withdraw_quote}


@pytest.fixture
def town(session: Session) -> Season:
    return Season(session)


def posted(town: Season) -> Digest:
    digest = answered(town)
    reviewed(town, digest)
    post(town, digest)
    stands(town, digest)
    return digest


def of_somebody(town: Season, *which: object) -> tuple[str, int, str]:
    """One of the quotes: its author's address, the round, and the words."""
    quote = town.session.scalars(select(Quote).where(*which).order_by(Quote.place)).first()
    assert quote is not None
    reply = town.session.get_one(Reply, quote.reply_id)
    author = town.session.scalars(select(Person).join(Authorship).where(Authorship.reply_id == reply.id)).one()
    return author.address, reply.round_id, decrypt_words(town.session, reply)


def told(town: Season, who: str) -> str:
    return "\n".join(line for part in my_data(town.session, town.programme, who).parts for line in part.lines)


@pytest.mark.parametrize("way", WAYS)
def test_a_quote_that_politicians_have_read_is_taken_out_of_the_message_and_numbers_and_checksum_stay(town: Season, way: str) -> None:
    digest = posted(town)
    who, one, text = of_somebody(town, Quote.place.is_not(None))
    content, checksum = digest.content, digest.checksum
    assert "Citatet står i overblik nr. 1" in told(town, who)
    WAYS[way](town.session, AFTERWARDS, town.programme, who, one)
    town.session.expire_all()
    (update,) = town.messages(MessageKind.DIGEST_UPDATE)
    drawn = compose(town.session, AFTERWARDS, town.programme, update)
    assert isinstance(drawn, DigestPost)
    assert text not in str(drawn)
    assert (digest.content, digest.checksum, digest.revision) == (content, checksum, 2)
    removed = town.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.QUOTE_REMOVED)).one()
    assert (removed.by, removed.digest) == (None, 1)
    assert "Citatet står" not in told(town, who)


@pytest.mark.parametrize("way", WAYS)
def test_a_quote_that_waits_or_is_approved_is_gone_and_nothing_is_noted(town: Season, way: str) -> None:
    digest = answered(town)
    reviewed(town, digest, most=4)
    for words in ("Citatet venter på", "Citatet er godkendt til overblik nr. 1"):
        state = "waiting" if "venter" in words else "approved"
        who, one, _ = of_somebody(town, Quote.state == state)
        assert words in told(town, who)
        WAYS[way](town.session, AFTERWARDS, town.programme, who, one)
    assert len(quotes.find_quotes(town.session, digest)) == len(TEXTS) - 2
    assert (digest.revision, town.messages(MessageKind.DIGEST_UPDATE)) == (1, [])
    assert AuditAct.QUOTE_REMOVED not in set(town.session.scalars(select(AuditEntry.act)))


def test_a_withdrawn_quote_leaves_the_reply_and_is_not_gathered_again(town: Season) -> None:
    one, people = town.round(1), town.people(12)
    town.answer(one, people, texts=[*TEXTS, *("andet",) * 4], quote=True)
    replies.withdraw_quote(town.session, post_of(1), town.programme, people[0].address, one.id)
    digest = town.draft(1)
    assert TEXTS[0] in told(town, people[0].address)
    quoted = {quote.reply_id for quote in quotes.find_quotes(town.session, digest)}
    mine = town.session.scalar(select(Authorship.reply_id).where(Authorship.person_id == people[0].id))
    assert mine not in quoted
    assert len(quoted) >= 5


def test_who_was_declined_sees_so(town: Season) -> None:
    digest = answered(town)
    reviewed(town, digest, DeclineReason.UNCLEAR, most=1)
    who, _, _ = of_somebody(town, Quote.state == "declined")
    assert "Citatet er ikke godkendt og bliver ikke vist (overblik nr. 1)" in told(town, who)
    assert "Mærket: må citeres uden navn" in told(town, who)
