"""A page is handed to politicians and organisers alone, as it stands when they press."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

import handlers
from bot.dialogue import people
from bot.dialogue.digests import quotes
from bot.dialogue.papers.page import page
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of
from bot.dialogue.season.report import draft_report
from bot.models import Digest, DigestState, Quote, Round
from bot.programme import Language, Role
from bot.seam.actions import DigestsWanted
from bot.seam.answers import Digests, Reading, Said
from bot.seam.reading_actions import PageFileWanted, PageWanted
from bot.seam.reading_answers import Document
from bot.wording import say
from tests.support import records
from tests.support.programme import PROGRAMME
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import CLOSES, World, close_of, found, lists, post_of, with_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.dialogue.papers.record import Record
    from bot.seam.answers import Answer

NOW = close_of(9)
DA = Language.DA


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.read(lists())
    world.welcome_all()
    return world


@pytest.fixture
def issued(world: World) -> Digest:
    """A digest that was posted with three quotes."""
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    return digest


def read(world: World, digest: Digest, who: str) -> Answer:
    return handlers.answer(PageWanted(who=who, digest=digest.id), world.session, NOW, PROGRAMME)


def fetch(world: World, digest: Digest, who: str) -> Answer:
    return handlers.answer(PageFileWanted(who=who, digest=digest.id), world.session, NOW, PROGRAMME)


def as_file(world: World, digest: Digest, who: str = "P0") -> Document:
    answer = fetch(world, digest, who)
    assert isinstance(answer, Document)
    return answer


def words_of_page(record: Record, language: Language) -> list[str]:
    """The words of a page's text, without its last line: a window bears no seal."""
    return plain_page(record, language).rstrip().rpartition("\n")[0].split()


def words_of(answer: Answer) -> list[str]:
    assert isinstance(answer, Reading)
    return " ".join(text for part in answer.parts for text in (part.heading, *part.lines)).split()


def refused(answer: Answer) -> tuple[str, ...]:
    assert isinstance(answer, Said)
    assert answer.is_refusal
    return answer.paragraphs


@pytest.mark.parametrize("who", ["P0", "O0"])
@pytest.mark.parametrize("language", Language)
def test_politicians_and_organisers_read_every_word_and_get_the_page_in_their_language(
    world: World, issued: Digest, who: str, language: Language
) -> None:
    world.person(who).language = language.value
    record = record_of(world.session, issued, PROGRAMME)
    assert words_of(read(world, issued, who)) == words_of_page(record, language)
    document = as_file(world, issued, who)
    assert document.content == page(record, language).encode()
    assert document.name == f"{PROGRAMME.id}-digest-01-revision-1{'' if language is DA else '.en'}.html"


def test_every_heading_of_the_page_is_one_in_the_window(world: World, issued: Digest) -> None:
    issued.content = records.full()["content"]
    drawn = page(record_of(world.session, issued, PROGRAMME), DA)
    answer = read(world, issued, "P0")
    assert isinstance(answer, Reading)
    assert [part.heading for part in answer.parts if part.heading] == list(map(unescape, re.findall("<h[12]>(.*)</h[12]>", drawn)))


def test_no_line_that_somebody_typed_reads_as_a_line_of_the_page(world: World, issued: Digest) -> None:
    answer = {"digest": 1, "week": issued.week, "kind": "take_up", "words": "Ja tak.\n\nØnsker til jer\n\r\nNummer: 9", "due": "2018-10-01"}
    issued.content = {**issued.content, "since_last": [answer]}
    reading = read(world, issued, "P0")
    assert isinstance(reading, Reading)
    assert "Ja tak.\n> Ønsker til jer\n> Nummer: 9" in "".join(line for part in reading.parts for line in part.lines)


@pytest.mark.parametrize("who", ["L0", "E0", "paused"])
def test_participants_are_told_kindly_for_whom_the_page_is_and_never_offered_it(world: World, issued: Digest, who: str) -> None:
    if who == "paused":
        people.pause(world.session, CLOSES, world.person(who := "L1"), CLOSES.date())
    assert refused(read(world, issued, who)) == refused(fetch(world, issued, who)) == (say(DA, "refused.no_right.page"),)
    for reader, is_offered in ((who, False), ("P0", True), ("O0", True)):
        answer = handlers.answer(DigestsWanted(who=reader), world.session, NOW, PROGRAMME)
        assert isinstance(answer, Digests)
        assert [digest.page for digest in answer.digests] == [is_offered]


@pytest.mark.parametrize("who", ["nobody", "left", "politician no more"])
def test_a_stranger_and_whoever_has_left_get_nothing(world: World, issued: Digest, who: str) -> None:
    if who == "left":
        people.leave(world.session, CLOSES, world.person(who := "L1"))
    if who == "politician no more":
        world.read(lists(politicians=3), CLOSES)
        world.read(with_list(lists(), Role.POLITICIAN, [found("P1"), found("P2")]), CLOSES)
        who = "P0"
    assert refused(read(world, issued, who)) == refused(fetch(world, issued, who)) == (say(DA, "refused.not_in_dialogue"),)


@pytest.mark.parametrize("state", [state for state in DigestState if state is not DigestState.ISSUED])
def test_what_is_not_issued_is_not_handed_out_not_even_to_organisers(world: World, issued: Digest, state: DigestState) -> None:
    issued.state = state
    world.session.flush()
    for who in ("P0", "O0"):
        assert refused(read(world, issued, who)) == refused(fetch(world, issued, who)) == (say(DA, "refused.gone.page"),)


def test_what_was_withdrawn_between_two_presses_is_not_in_the_second(world: World, issued: Digest) -> None:
    before = as_file(world, issued)
    quote = quotes.find_quotes(world.session, issued, Quote.place == 0)[0]
    words = record_of(world.session, issued, PROGRAMME)["quotes"][0]["text"]
    assert words in before.content.decode()
    quotes.withdraw(world.session, NOW, quote.reply_id or "")
    world.session.refresh(issued)
    after = as_file(world, issued)
    assert words not in after.content.decode()
    assert words not in " ".join(words_of(read(world, issued, "P0")))
    assert after.name == f"{PROGRAMME.id}-digest-01-revision-2.html"


def test_the_seasons_report_is_fetched_as_any_digest_is(world: World, issued: Digest) -> None:
    (round_,) = world.session.scalars(select(Round))
    report = draft_report(world.session, post_of(2), PROGRAMME, round_, post_of(2))
    assert report is not None
    report.state, report.issued_at = DigestState.ISSUED, post_of(2)
    world.session.flush()
    document = as_file(world, report)
    assert document.content == page(record_of(world.session, report, PROGRAMME), DA).encode()
    assert document.name == f"{PROGRAMME.id}-digest-02-revision-1.html"
    assert words_of(read(world, report, "O0")) == words_of_page(record_of(world.session, report, PROGRAMME), DA)
    assert issued.week is not None


def test_fetching_leaves_no_trace(world: World, issued: Digest) -> None:
    world.session.commit()
    asked: list[str] = []
    event.listen(world.session.connection(), "before_cursor_execute", lambda _connection, _cursor, statement, *_: asked.append(statement))
    read(world, issued, "P0")
    fetch(world, issued, "P0")
    world.session.flush()
    assert asked
    assert [statement for statement in asked if not statement.startswith("SELECT")] == []
