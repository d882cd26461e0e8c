"""The record of a digest says what stands in the channel now, and nothing that was withdrawn is in what is made of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.papers.exports import Format, export, file_name
from bot.dialogue.papers.record import record_of, text_of_record
from bot.models import Digest, Quote
from bot.programme import Filing, Language, Text
from tests.support.planted_digests import WEEKS
from tests.support.programme import PROGRAMME
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of, separate_world

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FILED = replace(PROGRAMME, filing=Filing(case="27.00.00-A00-1-18", kle="27.00.00", sender=Text(da="Skoleafdelingen", en="Schools")))


@pytest.fixture
def world(session: Session) -> World:
    return World(session, FILED)


@pytest.fixture
def digest(world: World) -> Digest:
    """A digest in review, its quotes approved."""
    digest = draft_with_quotes(world, wishes=2)
    review_quotes(world, digest)
    return digest


def issue(world: World, digest: Digest) -> None:
    post_digest(world, digest)
    mark_posted(world, digest)


def exports(world: World, digest: Digest) -> list[str]:
    """The digest in every format and language, as exported now."""
    record = record_of(world.session, digest, FILED)
    return [export(record, format_, language) for format_ in Format for language in Language]


def withdraw(world: World, digest: Digest, place: int) -> str:
    """The author of the quote in this place takes it back; its text."""
    (quote,) = quotes.find_quotes(world.session, digest, Quote.place == place)
    text = next(shown["text"] for shown in record_of(world.session, digest, None)["quotes"] if shown["place"] == place)
    assert quote.reply_id is not None
    assert quotes.withdraw(world.session, post_of(1), quote.reply_id)
    return text


@pytest.mark.parametrize("name", ["a quote", "an overdue promise", "wishes that wait"])
def test_the_text_of_a_record_is_the_digest_as_it_stands(name: str):
    with separate_world() as world:
        WEEKS[name][0](world)
        for digest in world.session.query(Digest).all():
            for language in Language:
                record = record_of(world.session, digest, None)
                assert text_of_record(record, language) == digest_as_it_stands(world.session, digest, language)
                assert text_of_record(json.loads(json.dumps(record)), language) == text_of_record(record, language)


def test_a_record_names_how_it_is_filed_by_the_programme_that_runs(world: World, digest: Digest):
    issue(world, digest)
    record = record_of(world.session, digest, FILED)
    assert (record["case"], record["kle"]) == ("27.00.00-A00-1-18", "27.00.00")
    assert record["sender"] == {"da": "Skoleafdelingen", "en": "Schools"}
    assert checksum(record["content"]) == record["checksum"]
    controller = Text(da="Randers Kommune, Børn og Skole. Har du spørgsmål, så spørg.", en="Randers. Ask.")
    unnamed = replace(PROGRAMME, information=replace(PROGRAMME.information, controller=controller))
    assert record_of(world.session, digest, unnamed)["sender"] == {"da": "Randers Kommune, Børn og Skole", "en": "Randers"}
    unknown = record_of(world.session, digest, None)
    assert (unknown["sender"], unknown["case"], unknown["kle"]) == (None, None, None)


def test_the_time_zone_is_the_one_that_its_rounds_remember(world: World, digest: Digest):
    assert record_of(world.session, digest, FILED)["timezone"] == "UTC"  # rounds past all rules remember none


def test_what_is_withdrawn_before_between_and_after_exports_is_in_none_made_afterwards(world: World, digest: Digest):
    never_posted = quotes.find_quotes(world.session, digest)[0]
    assert never_posted.reply_id is not None
    quotes.withdraw(world.session, post_of(1), never_posted.reply_id)  # before it is posted: nobody has seen it
    issue(world, digest)
    assert digest.revision == 1
    gone: list[str] = []
    for place in (0, 2, 1):
        earlier = exports(world, digest)
        assert [text for text in gone for made in earlier if text in made] == []
        gone.append(withdraw(world, digest, place))
        assert all(gone[-1] in made for made in earlier)
    afterwards = exports(world, digest)
    assert [text for text in gone for made in afterwards if text in made] == []
    assert digest.revision == 4
    assert all("3 citater, som stod her" in made for made in [afterwards[0], afterwards[2]])
    assert record_of(world.session, digest, FILED)["checksum"] == checksum(digest.content)


def test_exports_before_and_after_a_withdrawal_have_names_of_their_own(world: World, digest: Digest):
    issue(world, digest)
    before = record_of(world.session, digest, FILED)
    withdraw(world, digest, 0)
    after = record_of(world.session, digest, FILED)
    names = [file_name(record, format_, language) for record in (before, after) for format_ in Format for language in Language]
    assert names[:5] == [
        f"{PROGRAMME.id}-digest-01-revision-1.html",
        f"{PROGRAMME.id}-digest-01-revision-1.en.html",
        f"{PROGRAMME.id}-digest-01-revision-1.txt",
        f"{PROGRAMME.id}-digest-01-revision-1.en.txt",
        f"{PROGRAMME.id}-digest-01-revision-1.json",
    ]
    assert len(set(names)) == 10  # JSON has both languages


def test_a_draft_is_exported_without_any_quote(world: World, digest: Digest):
    record = record_of(world.session, digest, FILED)
    assert (record["state"], record["issued_at"], record["quotes"]) == ("in_review", None, [])
