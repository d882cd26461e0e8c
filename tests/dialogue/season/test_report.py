"""The season's report is made of what politicians have read and said, and people meet it as a digest of the whole dialogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete

from bot.dialogue.compose import record_claim
from bot.dialogue.digests import digest_reading, digest_review
from bot.dialogue.digests.digest_content import checksum, content_of
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import answer_text, as_text
from bot.dialogue.papers.exports import Format, export
from bot.dialogue.papers.record import record_of
from bot.dialogue.responses import chain, response_review
from bot.dialogue.responses.chain_text import chain_as_text
from bot.dialogue.responses.ledger import WishState
from bot.dialogue.responses.to_participants import response_sentence
from bot.dialogue.season import report
from bot.local_time import WEEK
from bot.models import Digest, DigestState, Round
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind
from tests.support.world import World, close_of, post_of, separate_world, week_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.digests.digest_content import Content
    from bot.models import Response

ENOUGH, TOO_FEW = 12, 3
HOUR = timedelta(hours=1)


def wish(world: World, week: int, people: int = ENOUGH, theme: str = "trust") -> Digest:
    """The issued digest of a week; wishes of enough people are in the ledger."""
    world.answer(world.add_round(week, theme), world.add_people(people, f"U{week}"), wishes=people // 2)
    digest = world.issue(week)
    digest.wishes = [theme] if people == ENOUGH else []
    world.session.flush()
    return digest


def answer(world: World, digest: Digest, kind: ResponseKind, weeks: int, promise: Response | None = None) -> Response:
    """A politician's answer to the wishes on trust, released so many weeks after the digest."""
    response = world.add_response(digest, post_of(1) + WEEK * (content_number(digest) - 1 + weeks) + HOUR, "Ja.", kind)
    response.theme = "trust"
    response.promise_id = None if promise is None else promise.id
    world.session.flush()
    return response


def content_number(digest: Digest) -> int:
    return int(content_of(digest)["number"])


def draft(world: World, week: int, last_week: int) -> Digest:
    """The report drafted at the close of a week, after the last round of another."""
    last = world.session.query(Round).filter_by(week=week_of(last_week)).one()
    digest = report.draft_report(world.session, close_of(week), world.programme, last, post_of(week))
    assert digest is not None
    return digest


def issue(world: World, digest: Digest, week: int) -> Digest:
    message = world.post(digest, week)
    record_claim(world.session, world.programme, message)
    digest_review.mark_issued(world.session, post_of(week), message)
    world.session.refresh(digest)
    return digest


@pytest.fixture
def told(world: World) -> Digest:
    """The report, issued in week 5, of a season of three weeks: a promise kept, wishes that wait, and a week with too few answers."""
    kept = wish(world, 1)
    answer(world, kept, ResponseKind.DONE, 2, answer(world, kept, ResponseKind.TAKE_UP, 0))
    wish(world, 2)
    wish(world, 3, TOO_FEW)
    return issue(world, draft(world, 5, 3), 5)


# --- what it holds


def test_it_tells_every_wish_with_its_fate_and_the_weeks_it_waited(told: Digest) -> None:
    fates = [(fate["digest"], fate["state"], fate["weeks"]) for fate in content_of(told)["ledger"]]
    assert fates == [(1, WishState.DONE, 2), (2, WishState.WAITING, 3)]


def test_it_tells_every_open_promise_wherever_one_reads_it(world: World) -> None:
    digest = wish(world, 1)
    for words, due in (("Et oplæg.", date(2019, 1, 10)), ("Et møde.", date(2019, 1, 17)), ("Et brev.", None)):
        promise = answer(world, digest, ResponseKind.TAKE_UP, 0)
        promise.words, promise.due_on = words, due
    told = issue(world, draft(world, 3, 1), 3)
    reader = world.add_person("U0READER")
    opened = digest_reading.answers_of(world.session, world.programme, reader.address, told.id)
    record = record_of(world.session, told, None)
    everything = ["\n".join(line for part in opened.parts for line in part.lines), *(export(record, form, Language.DA) for form in Format)]
    for text in everything:
        assert [words for words in ("Et oplæg.", "Et møde.", "Et brev.") if words not in text] == []
    for text in (*everything[:3], as_text(digest_as_it_stands(world.session, told, Language.DA))):
        assert [day for day in ("10. januar 2019", "17. januar 2019") if day not in text] == []


def test_it_sums_up_printed_weeks_alone(told: Digest) -> None:
    season = content_of(told)["report"]
    assert [week["week"] for week in season["weeks"]] == [week_of(1), week_of(2)]
    assert season["questions"] == 3


def test_of_a_week_with_too_few_answers_on_one_theme_it_sums_up_the_other(world: World) -> None:
    world.answer(world.add_round(1, "trust"), world.add_people(ENOUGH, "UA"))
    world.answer(world.add_round(1, "time", day=2), world.add_people(TOO_FEW, "UB"))
    (printed,) = [theme["people"] for theme in content_of(world.issue(1))["themes"] if theme["people"] is not None]
    wish(world, 2, TOO_FEW)
    (week,) = content_of(draft(world, 4, 2))["report"]["weeks"]
    assert (week["week"], week["answers"]) == (week_of(1), printed)


def test_a_week_with_too_few_answers_leaves_what_silence_leaves() -> None:
    def made(people: int) -> Content:
        with separate_world() as world:
            wish(world, 1)
            wish(world, 2, people)
            return content_of(draft(world, 4, 2))

    few, none = made(TOO_FEW), made(0)
    assert {**few, "before": None} == {**none, "before": None}


def test_it_is_a_digest_without_week_theme_or_quote_and_names_the_one_before(told: Digest, world: World) -> None:
    content = content_of(told)
    assert (told.week, told.number, told.finding, told.wishes) == (None, 4, None, [])
    assert (content["themes"], content["since_last"], content["heard"]) == ([], [], None)
    before = world.session.query(Digest).filter_by(number=3).one()
    assert content["before"] == {"number": 3, "checksum": before.checksum}
    assert checksum(content) == told.checksum


def test_two_processes_draft_one_report(world: World) -> None:
    wish(world, 1)
    first = draft(world, 3, 1)
    last = world.session.query(Round).one()
    assert report.report_after(world.session, last) is first
    last.closes_at = close_of(4)  # a later last round: the report before it does not count
    world.session.flush()
    assert report.report_after(world.session, last) is None


def test_a_season_with_one_digest_and_one_with_none_issued(world: World) -> None:
    world.answer(world.add_round(1), world.add_people(ENOUGH), wishes=6)
    world.draft(1)
    content: dict[str, Any] = dict(content_of(draft(world, 3, 1)))
    assert (content["ledger"], content["report"]["weeks"], content["number"]) == ([], [], 2)
    world.session.execute(delete(Digest))
    wish(world, 2)
    assert len(content_of(draft(world, 4, 2))["ledger"]) == 1


# --- how people meet it


def test_an_answer_to_it_is_one_to_the_whole_dialogue(told: Digest, world: World) -> None:
    said = {
        kind: response_sentence(Language.DA, told, world.add_response(told, post_of(5) + HOUR, "Tak.", kind))
        for kind in (ResponseKind.HEARD, ResponseKind.TAKE_UP, ResponseKind.FREE_TEXT)
    }
    assert said[ResponseKind.HEARD] == "En politiker har læst jeres svar fra hele dialogen og skriver: »Tak.«"
    assert all("uge" not in sentence for sentence in said.values())
    assert all("hele dialogen" in sentence for sentence in said.values())


def test_nobody_is_told_that_the_whole_dialogue_was_not_for_politicians(told: Digest, world: World) -> None:
    refused = world.add_response(told, post_of(5) + HOUR, "Det er regionens.", ResponseKind.NOT_OURS)
    said = response_sentence(Language.DA, told, refused)
    assert said == "En politiker svarer, at noget af det, I har svaret, ikke hører under politikerne: »Det er regionens.«"
    world.answer(world.add_round(7), world.add_people(ENOUGH, "U7"))
    *_, since = content_of(world.draft(7))["since_last"]
    assert answer_text(Language.EN, since).startswith("One of you says that some of what participants have answered is not for you")


def test_what_is_said_of_it_is_told_by_a_later_digest_in_the_same_words(told: Digest, world: World) -> None:
    world.add_response(told, post_of(5) + HOUR, "Tak for det.")
    world.answer(world.add_round(7), world.add_people(ENOUGH, "U7"))
    later = content_of(world.draft(7))
    *_, since = later["since_last"]
    assert "hele dialogen" in answer_text(Language.DA, since)
    assert later["before"] == {"number": told.number, "checksum": told.checksum}


def test_an_answer_that_came_just_before_it_is_told_by_the_next_digest(told: Digest, world: World) -> None:
    """The report tells what became of wishes, not what politicians write; each answer is told once."""
    earlier = world.session.query(Digest).filter_by(number=2).one()
    world.add_response(earlier, close_of(5) - HOUR, "Vi har læst det.")
    world.answer(world.add_round(7), world.add_people(ENOUGH, "U7"))
    world.answer(world.add_round(8), world.add_people(ENOUGH, "U8"))
    told_in = [[answer["words"] for answer in content_of(world.draft(week))["since_last"]] for week in (7, 8)]
    assert told_in == [["Ja.", "Vi har læst det."], []]
    assert told.week is None


def test_politicians_may_answer_it_only_as_a_whole(told: Digest, world: World) -> None:
    politician = world.add_person("U0POL", Role.POLITICIAN)
    digest, _ = response_review.require_answerable(world.session, world.programme, politician.address, told.id, None)
    assert digest is told
    acknowledgement = response_review.acknowledge(world.session, world.programme, politician.address, told.id)
    assert (acknowledgement.made, acknowledgement.digest.number) == (True, 4)


def test_readers_open_every_wish_and_how_the_numbers_are_made(told: Digest, world: World) -> None:
    reader = world.add_person("U0READER")
    answers = digest_reading.answers_of(world.session, world.programme, reader.address, told.id)
    assert [part.heading for part in answers.parts] == ["Overblik nr. 4 · hele dialogen", "Venter på svar", "Gennemført"]
    method = digest_reading.method_of(world.session, world.programme, reader.address, told.id)
    assert len(method.parts) == 1


def test_organisers_cannot_pick_what_stands_at_its_top(world: World) -> None:
    wish(world, 1)
    digest = draft(world, 3, 1)
    organiser = world.add_person("U0ORG", Role.ORGANISER)
    world.session.flush()
    assert not digest_review.draft_as_it_stands(world.session, world.programme, digest).choosable
    page = digest_review.page_under(world.programme, digest, digest_review.top_to_post(world.session, world.programme, digest))
    assert page.text.headline == "Hvad blev der af det?"
    assert digest_review.approve(world.session, close_of(3), world.programme, organiser.address, digest.id).made


def test_the_chain_has_a_link_for_it_with_the_answers_to_it(told: Digest, world: World) -> None:
    world.add_response(told, post_of(5) + HOUR, "Tak for det.")
    found = chain.chain(world.session, world.programme.id, post_of(6))
    assert [link.week for link in found.weeks] == [week_of(1), week_of(2), week_of(3), ""]
    text = chain_as_text(found, Language.DA)
    assert "Hele dialogen" in text
    assert "Tak for det." in text


def test_a_report_that_is_not_issued_changes_no_wish(world: World) -> None:
    wish(world, 1)
    digest = draft(world, 3, 1)
    assert digest.state is DigestState.IN_REVIEW
    stored: Sequence[Any] = world.session.query(Digest).filter(Digest.week.is_(None)).all()
    assert [each.wishes for each in stored] == [None]
