"""Words written into the database past the bot are never taken for another person's, and all else goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.confidentiality.deletion import detaching
from bot.confidentiality.encryption import CHANGED_PAST_US, decrypt_words
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.digests import digest_review, quote_pages, quotes
from bot.dialogue.rounds import replies
from bot.errors import ForeignWords
from bot.failures import SAID
from bot.models import Authorship, MessageKind, Person, Quote, Reply, Round
from bot.seam.meaning import DigestPost
from bot.wording import say
from tests.support.quoting import TEXTS, draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from bot.models import Digest

EXCHANGED = TEXTS[:2]


@pytest.fixture
def digest(world: World) -> Digest:
    """A week whose texts are in review, before anything was exchanged."""
    return draft_with_quotes(world)


def exchange(world: World, model: type[Reply | Quote] = Reply, texts: list[str] = EXCHANGED) -> list[str]:
    """Two rows' words change places; the ids of the rows."""
    rows = [
        row for row in world.session.scalars(select(model).where(model.words.is_not(None))) if decrypt_words(world.session, row) in texts
    ]
    (first, second), words = rows, [row.words for row in rows]
    for row, others in ((first, words[1]), (second, words[0])):
        world.session.execute(update(model).where(model.id == row.id).values(words=others))
    world.session.expire_all()
    return [first.id, second.id]


def authors(world: World, ids: list[str]) -> list[str]:
    tied = select(Person.address).join(Authorship, Authorship.person_id == Person.id).where(Authorship.reply_id.in_(ids))
    return list(world.session.scalars(tied))


def test_neither_is_put_to_reviewers_and_the_others_are(world: World):
    round_, people = world.add_round(1), world.add_people(12)
    world.answer(round_, people, texts=[*TEXTS, *("andet",) * 4], quote=True)
    ids = exchange(world)
    reviewed = {quote.reply_id for quote in quotes.find_quotes(world.session, world.draft(1))}
    assert (len(reviewed), reviewed.intersection(ids)) == (7, set())


def test_neither_is_reviewed_or_posted_and_the_others_are(world: World, digest: Digest):
    exchange(world)
    organiser = review_quotes(world, digest)
    form = quote_pages.quote_review_form(world.session, world.programme, organiser, digest.id, "trust")
    assert {quote.text for quote in form.quotes} == {*TEXTS} - {*EXCHANGED}
    said = str(post_digest(world, digest))
    assert [text for text in EXCHANGED if text in said] == []
    assert sum(text in said for text in TEXTS) == 3


def test_of_what_was_posted_neither_is_shown_again(world: World, digest: Digest):
    review_quotes(world, digest)
    said = str(post_digest(world, digest))
    mark_posted(world, digest)
    shown = [text for text in TEXTS if text in said]
    exchange(world, Quote, shown[:2])
    drawn = digest_review.post_as_it_stands(world.session, world.programme, digest)
    assert isinstance(drawn, DigestPost)
    assert [text for text in TEXTS if text in str(drawn)] == shown[2:]


def test_their_words_count_for_nobody_and_those_of_the_others_do(world: World):
    round_, people = world.add_round(1), world.add_people(14)
    world.answer(round_, people, texts=[f"fællesskab {number}" for number in range(6)] + ["fred"] * 8)
    exchange(world, texts=["fællesskab 0", "fællesskab 1"])
    (theme,) = world.draft(1).content["themes"]
    assert [word["word"] for word in theme["words"]] == ["fred"], "of those who said the other, four are left"


def test_their_authors_read_that_it_cannot_be_shown_and_may_write_anew(world: World):
    round_, people = world.add_round(1), world.add_people(12)
    world.add_questions(round_, people)
    for message in world.messages(MessageKind.QUESTION):
        message.facts = {"question": round_.snapshot["order"][0]}
    world.answer(round_, people, texts=TEXTS)
    anna, bo = authors(world, exchange(world))
    now, programme = round_.opens_at, world.programme
    for who in (anna, bo):
        (mine,) = replies.my_replies(world.session, now, programme, who).replies
        told = "\n".join(line for part in my_data(world.session, programme, who).parts for line in part.lines)
        assert mine.text == say("da", "mine.unreadable")
        assert mine.text in told
        assert [text for text in TEXTS if text in told] == []
        assert replies.reply_form(world.session, now, programme, who, round_.id).text == ""
    replies.record(world.session, now, programme, anna, round_.id, "Skrevet igen", wish=False, quote=False)
    assert [mine.text for mine in replies.my_replies(world.session, now, programme, anna).replies] == ["Skrevet igen"]


def test_the_week_is_detached_and_nobody_knows_them_again(world: World, digest: Digest):
    exchange(world)
    noted = set(world.session.scalars(select(Reply.words)))
    detaching.detach(world.session, post_of(3), world.session.scalars(select(Round)).one())
    world.session.expire_all()
    said = [decrypt_words(world.session, reply) for reply in world.session.scalars(select(Reply))]
    assert (said.count(""), {*said} & {*TEXTS}) == (2, {*TEXTS} - {*EXCHANGED})
    assert noted.isdisjoint(world.session.scalars(select(Reply.words)))


def test_the_log_says_so_once_and_names_nothing(world: World, digest: Digest):
    exchange(world)
    SAID.forget()
    organiser = review_quotes(world, digest)
    with capture_logs() as lines:
        for _ in range(2):
            quote_pages.quote_review_form(world.session, world.programme, organiser, digest.id, "trust")
    assert lines == [{"event": CHANGED_PAST_US, "log_level": "error"}]


def test_a_quotes_words_are_not_read_as_a_replys(world: World, digest: Digest):
    review_quotes(world, digest)
    post_digest(world, digest)
    quote, reply = (world.session.scalars(select(model).where(model.words.is_not(None))).all()[0] for model in (Quote, Reply))
    world.session.execute(update(Reply).where(Reply.id == reply.id).values(words=quote.words))
    world.session.expire_all()
    with pytest.raises(ForeignWords):
        decrypt_words(world.session, world.session.get_one(Reply, reply.id))
