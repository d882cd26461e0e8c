"""A quote goes when its author says so, wherever it is by then, and nothing else with it."""

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
from tests.support.quoting import TEXTS, draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.models import Digest

AFTERWARDS = close_of(2)
WAYS: dict[str, Callable[..., object]] = {"delete": replies.delete_my_reply, "withdraw": replies.withdraw_quote}


def posted(world: World) -> Digest:
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    return digest


def of_somebody(world: World, *which: object) -> tuple[str, int, str]:
    """One of the quotes: its author's address, the round, and the words."""
    quote = world.session.scalars(select(Quote).where(*which).order_by(Quote.place)).first()
    assert quote is not None
    reply = world.session.get_one(Reply, quote.reply_id)
    author = world.session.scalars(select(Person).join(Authorship).where(Authorship.reply_id == reply.id)).one()
    return author.address, reply.round_id, decrypt_words(world.session, reply)


def told(world: World, who: str) -> str:
    return "\n".join(line for part in my_data(world.session, world.programme, who).parts for line in part.lines)


@pytest.mark.parametrize("way", WAYS)
def test_a_quote_that_politicians_have_read_is_taken_out_of_the_message_and_numbers_and_checksum_stay(world: World, way: str) -> None:
    digest = posted(world)
    who, one, text = of_somebody(world, Quote.place.is_not(None))
    content, checksum = digest.content, digest.checksum
    assert "Citatet står i overblik nr. 1" in told(world, who)
    WAYS[way](world.session, AFTERWARDS, world.programme, who, one)
    world.session.expire_all()
    (update,) = world.messages(MessageKind.DIGEST_UPDATE)
    drawn = compose(world.session, AFTERWARDS, world.programme, update)
    assert isinstance(drawn, DigestPost)
    assert text not in str(drawn)
    assert (digest.content, digest.checksum, digest.revision) == (content, checksum, 2)
    removed = world.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.QUOTE_REMOVED)).one()
    assert (removed.by, removed.digest) == (None, 1)
    assert "Citatet står" not in told(world, who)


@pytest.mark.parametrize("way", WAYS)
def test_a_quote_that_waits_or_is_approved_is_gone_and_nothing_is_noted(world: World, way: str) -> None:
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=4)
    for words in ("Citatet venter på", "Citatet er godkendt til overblik nr. 1"):
        state = "waiting" if "venter" in words else "approved"
        who, one, _ = of_somebody(world, Quote.state == state)
        assert words in told(world, who)
        WAYS[way](world.session, AFTERWARDS, world.programme, who, one)
    assert len(quotes.find_quotes(world.session, digest)) == len(TEXTS) - 2
    assert (digest.revision, world.messages(MessageKind.DIGEST_UPDATE)) == (1, [])
    assert AuditAct.QUOTE_REMOVED not in set(world.session.scalars(select(AuditEntry.act)))


def test_a_withdrawn_quote_leaves_the_reply_and_is_not_gathered_again(world: World) -> None:
    round_, people = world.add_round(1), world.add_people(12)
    world.answer(round_, people, texts=[*TEXTS, *("andet",) * 4], quote=True)
    replies.withdraw_quote(world.session, post_of(1), world.programme, people[0].address, round_.id)
    digest = world.draft(1)
    assert TEXTS[0] in told(world, people[0].address)
    quoted = {quote.reply_id for quote in quotes.find_quotes(world.session, digest)}
    mine = world.session.scalar(select(Authorship.reply_id).where(Authorship.person_id == people[0].id))
    assert mine not in quoted
    assert len(quoted) >= 5


def test_who_was_declined_sees_so(world: World) -> None:
    digest = draft_with_quotes(world)
    review_quotes(world, digest, DeclineReason.UNCLEAR, most=1)
    who, _, _ = of_somebody(world, Quote.state == "declined")
    assert "Citatet er ikke godkendt og bliver ikke vist (overblik nr. 1)" in told(world, who)
    assert "Markeret: må citeres uden navn" in told(world, who)
