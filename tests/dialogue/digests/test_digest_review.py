"""A digest is posted once, and only when it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.digests import digest_review
from bot.dialogue.outbox import NotWanted
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState, MessageKind, OutboxMessage, Person
from bot.programme import Review, Role, Skip
from bot.seam.meaning import DigestDraft, DigestPost
from bot.seam.platform import ChannelFacts
from schedules import jobs
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL, programme_with
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.programme import Programme

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DRAFTED, POST = close_of(1), post_of(1)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_person("U0ORG2", Role.ORGANISER)
    return world


@pytest.fixture
def digest(world: World) -> Digest:
    world.answer(world.add_round(1), world.add_people(10))
    return world.draft(1)


def approve(world: World, digest: Digest, now: datetime = DRAFTED, who: str = "U0ORG1") -> digest_review.DigestDecision:
    return digest_review.approve(world.session, now, world.programme, who, digest.id)


def send_back(world: World, digest: Digest, note: str = "Se på tema 2", who: str = "U0ORG1") -> digest_review.DigestDecision:
    return digest_review.send_back(world.session, DRAFTED, world.programme, who, digest.id, note)


def post_due(world: World, digest: Digest, now: datetime) -> None:
    digest_review.post_or_alarm(world.session, now, world.programme, digest)


def drawn_of(world: World, digest: Digest, key: str) -> DigestDraft | NotWanted:
    """What the message with this key says about the digest, as the database has it."""
    world.session.refresh(digest)
    return digest_review.compose_draft(world.session, POST, world.programme, world.message(key))


def keys(world: World, kind: MessageKind) -> list[str | None]:
    return [message.key for message in world.messages(kind)]


# --- the draft


def test_a_draft_is_put_to_the_organisers_once(world: World, digest: Digest):
    assert digest_review.submit_draft(world.session, DRAFTED, world.programme, digest)
    assert not digest_review.submit_draft(world.session, DRAFTED + HOUR, world.programme, digest)
    (draft,) = world.messages(MessageKind.DRAFT)
    assert (draft.address, draft.key, draft.due_at, draft.expires_at) == (ORGANISERS_CHANNEL, f"draft:{digest.id}", DRAFTED, None)


def test_the_draft_shows_the_digest_as_politicians_will_see_it_and_where_it_stands(world: World, digest: Digest):
    digest_review.submit_draft(world.session, DRAFTED, world.programme, digest)
    (message,) = world.messages(MessageKind.DRAFT)
    drawn = digest_review.compose_draft(world.session, DRAFTED, world.programme, message)
    approve(world, digest)
    posted = digest_review.compose_digest(world.session, POST, world.programme, message)
    assert isinstance(posted, DigestPost)
    assert drawn.text == posted.text
    assert drawn.open
    assert drawn.status == "Venter på jeres godkendelse. Det sendes tidligst fredag den 24. august kl. 14.00."


def test_a_draft_drawn_anew_says_what_was_decided(world: World, digest: Digest):
    approve(world, digest)
    drawn = digest_review.draft_as_it_stands(world.session, world.programme, digest)
    assert not drawn.open
    assert drawn.status == "Godkendt fredag den 24. august kl. 10.00. Det sendes tidligst fredag den 24. august kl. 14.00."


def test_a_held_draft_says_why_and_can_still_be_approved(world: World, digest: Digest):
    send_back(world, digest)
    drawn = digest_review.draft_as_it_stands(world.session, world.programme, digest)
    assert drawn.open
    assert drawn.status == (
        "Sendt tilbage fredag den 24. august kl. 10.00. Det sendes først, når nogen godkender det. Noten er: »Se på tema 2«"
    )
    assert approve(world, digest).made
    assert digest.state is DigestState.APPROVED


# --- who decides


@pytest.mark.parametrize("role", [Role.LEADER, Role.EMPLOYEE_REP, Role.POLITICIAN])
def test_only_organisers_decide(world: World, digest: Digest, role: Role):
    world.add_person("U0X", role)
    for attempt in (approve, send_back):
        with pytest.raises(Refused) as refused:
            attempt(world, digest, who="U0X")
        assert refused.value.reason is Reason.NO_RIGHT
    assert digest.state is DigestState.IN_REVIEW


def test_an_organiser_who_is_taken_off_the_list_decides_no_more(world: World, digest: Digest):
    world.session.query(Person).filter_by(address="U0ORG1").update({"role": Role.LEADER})
    with pytest.raises(Refused):
        approve(world, digest)


def test_of_two_who_decide_at_once_the_first_wins(world: World, digest: Digest):
    assert send_back(world, digest).made
    assert not send_back(world, digest, "En anden note", who="U0ORG2").made
    assert digest.note == "Se på tema 2"
    assert approve(world, digest, who="U0ORG2").made
    assert not approve(world, digest).made
    assert not send_back(world, digest).made
    assert digest.state is DigestState.APPROVED


@pytest.mark.parametrize(("note", "reason"), [("", Reason.EMPTY), (" \u200b\n", Reason.EMPTY), ("x" * 3001, Reason.TOO_LONG)])
def test_a_note_is_needed_and_has_an_end(world: World, digest: Digest, note: str, reason: Reason):
    with pytest.raises(Refused) as refused:
        send_back(world, digest, note)
    assert (refused.value.reason, refused.value.field) == (reason, "note")
    assert digest.state is DigestState.IN_REVIEW


def test_a_digest_that_is_not_there_is_refused(world: World):
    with pytest.raises(Refused) as refused:
        digest_review.approve(world.session, DRAFTED, world.programme, "U0ORG1", 999)
    assert refused.value.reason is Reason.GONE


# --- its hour


def test_an_approved_digest_is_put_in_the_outbox_at_its_hour_and_not_before(world: World, digest: Digest):
    approve(world, digest)
    post_due(world, digest, POST - MINUTE)
    assert keys(world, MessageKind.DIGEST) == []
    post_due(world, digest, POST)
    post_due(world, digest, POST + MINUTE)
    (message,) = world.messages(MessageKind.DIGEST)
    assert (message.address, message.key, message.due_at, message.expires_at) == (DIGEST_CHANNEL, f"digest:{digest.id}", POST, None)


@pytest.mark.parametrize("held", [False, True])
def test_what_nobody_has_approved_waits_and_alarms_at_the_hour_and_every_working_day(world: World, digest: Digest, held: bool):
    if held:
        send_back(world, digest)
    for minutes in range(0, 5 * 24 * 60, 30):  # friday 14:00 until wednesday
        post_due(world, digest, POST + minutes * MINUTE)
        world.deliver(POST + minutes * MINUTE, MessageKind.DRAFT)
    assert keys(world, MessageKind.DIGEST) == []
    days = ("2018-08-24", "2018-08-27", "2018-08-28", "2018-08-29")
    assert keys(world, MessageKind.DRAFT) == [f"alarm:review:{digest.id}:{day}" for day in days]
    monday = world.message(f"alarm:review:{digest.id}:2018-08-27").due_at.astimezone(world.programme.zone)
    assert (monday.hour, monday.minute) == (7, 0)


def with_days_off(world: World, *days: str) -> Programme:
    skip = Skip(also=tuple(date.fromisoformat(day) for day in days))
    return replace(world.programme, rounds=replace(world.programme.rounds, skip=skip))


def test_nobody_is_alarmed_on_a_day_off(world: World, digest: Digest):
    programme = with_days_off(world, "2018-08-27")
    for days in (0, 3, 4):  # friday, monday, tuesday
        digest_review.post_or_alarm(world.session, POST + days * DAY, programme, digest)
        world.deliver(POST + days * DAY, MessageKind.DRAFT)
    assert keys(world, MessageKind.DRAFT) == [f"alarm:review:{digest.id}:{day}" for day in ("2018-08-24", "2018-08-28")]


def test_what_was_approved_in_time_and_is_late_waits_until_the_day_off_is_over(world: World, digest: Digest):
    approve(world, digest)
    programme = with_days_off(world, "2018-08-24", "2018-08-27")
    for hours in range(4 * 24):
        jobs.post_digests(world.session, POST + hours * HOUR, programme)
    (message,) = world.messages(MessageKind.DIGEST)
    assert f"{message.due_at.astimezone(world.programme.zone):%a %H:%M}" == "Tue 07:00"


def test_what_is_approved_on_a_day_off_after_its_hour_goes_out_at_once(world: World, digest: Digest):
    approve(world, digest, POST + DAY)  # a Saturday
    (message,) = world.messages(MessageKind.DIGEST)
    assert message.due_at == POST + DAY


@pytest.mark.parametrize("held", [False, True])
def test_an_alarm_is_the_draft_with_its_buttons(world: World, digest: Digest, held: bool):
    if held:
        send_back(world, digest)
    post_due(world, digest, POST)
    drawn = drawn_of(world, digest, f"alarm:review:{digest.id}:2018-08-24")
    assert isinstance(drawn, DigestDraft)
    assert (drawn.open, drawn.holdable) == (True, not held)
    assert drawn.intro.startswith("Overblik nr. 1 for uge 34 er ikke sendt")
    assert ("Se på tema 2" in (drawn.status or "")) == held


def test_an_alarm_that_was_not_said_before_somebody_approved_is_not_said_any_more(world: World, digest: Digest):
    post_due(world, digest, POST)
    approve(world, digest, POST)
    assert isinstance(drawn_of(world, digest, f"alarm:review:{digest.id}:2018-08-24"), NotWanted)


@pytest.mark.parametrize("decide", [approve, send_back])
def test_once_it_is_decided_every_message_that_shows_the_digest_is_drawn_anew(
    world: World, digest: Digest, decide: Callable[[World, Digest], object]
):
    digest_review.submit_draft(world.session, DRAFTED, world.programme, digest)
    world.deliver(DRAFTED, MessageKind.DRAFT)
    post_due(world, digest, POST)
    world.deliver(POST, MessageKind.DRAFT)
    decide(world, digest)
    shown = {f"draft:{digest.id}", f"alarm:review:{digest.id}:2018-08-24"}
    assert {world.session.get_one(OutboxMessage, change.facts["message"]).key for change in world.messages(MessageKind.REDRAWN)} == shown
    drawn = [drawn_of(world, digest, key) for key in shown]
    assert all(said == digest_review.draft_as_it_stands(world.session, world.programme, digest) for said in drawn)


def test_while_the_organisers_have_not_been_shown_it_no_second_message_about_it_waits_for_them(world: World, digest: Digest):
    digest_review.submit_draft(world.session, DRAFTED, world.programme, digest)
    for days in range(5):
        post_due(world, digest, POST + days * DAY)
    assert keys(world, MessageKind.DRAFT) == [f"draft:{digest.id}"]


def test_a_draft_that_is_shown_late_is_not_followed_by_an_alarm_on_the_same_day(world: World, digest: Digest):
    digest_review.submit_draft(world.session, DRAFTED, world.programme, digest)
    world.deliver(POST + HOUR, MessageKind.DRAFT)
    post_due(world, digest, POST + 2 * HOUR)
    assert keys(world, MessageKind.DRAFT) == [f"draft:{digest.id}"]


def test_an_approval_after_the_hour_posts_at_once(world: World, digest: Digest):
    approve(world, digest, POST + 3 * DAY)
    assert world.message(f"digest:{digest.id}").due_at == POST + 3 * DAY


def test_where_only_quotes_are_reviewed_the_numbers_go_out_at_the_hour(session: Session):
    world = World(session, programme_with(review=Review.QUOTES_ONLY))
    world.add_round(1)
    digest = world.draft(1)
    assert (
        digest_review.draft_as_it_stands(world.session, world.programme, digest).status
        == "Sendes fredag den 24. august kl. 14.00, medmindre nogen sender det tilbage."
    )
    post_due(world, digest, POST - MINUTE)
    assert keys(world, MessageKind.DIGEST) == []
    post_due(world, digest, POST)
    assert keys(world, MessageKind.DIGEST) == [f"digest:{digest.id}"]
    assert keys(world, MessageKind.NOTICE) == []


def test_where_only_quotes_are_reviewed_an_organiser_can_still_hold_it(session: Session):
    world = World(session, programme_with(review=Review.QUOTES_ONLY))
    world.add_person("U0ORG1", Role.ORGANISER)
    world.add_round(1)
    digest = world.draft(1)
    send_back(world, digest)
    post_due(world, digest, POST)
    assert keys(world, MessageKind.DIGEST) == []


@pytest.mark.parametrize("state", [DigestState.IN_REVIEW, DigestState.HELD, DigestState.ISSUED])
def test_only_an_approved_digest_is_composed(world: World, digest: Digest, state: DigestState):
    approve(world, digest, POST)
    message = world.message(f"digest:{digest.id}")
    digest.state = state
    assert isinstance(digest_review.compose_digest(world.session, POST, world.programme, message), NotWanted)


def test_an_approved_digest_is_not_composed_before_its_hour(world: World, digest: Digest):
    approve(world, digest, POST)
    message = world.message(f"digest:{digest.id}")
    assert isinstance(digest_review.compose_digest(world.session, POST - MINUTE, world.programme, message), NotWanted)
    assert isinstance(digest_review.compose_digest(world.session, POST, world.programme, message), DigestPost)


def test_once_posted_a_digest_is_issued_and_nothing_decides_about_it_any_more(world: World, digest: Digest):
    approve(world, digest, POST)
    assert digest_review.digests_to_issue(world.session, world.programme.id) == [digest]
    digest_review.mark_issued(world.session, POST + MINUTE, world.message(f"digest:{digest.id}"))
    digest_review.mark_issued(world.session, POST + HOUR, world.message(f"digest:{digest.id}"))
    world.session.refresh(digest)
    assert (digest.state, digest.issued_at) == (DigestState.ISSUED, POST + MINUTE)
    assert digest_review.digests_to_issue(world.session, world.programme.id) == []
    assert not approve(world, digest).made
    assert not send_back(world, digest).made
    assert (
        digest_review.draft_as_it_stands(world.session, world.programme, digest).status
        == "Sendt til politikerne fredag den 24. august kl. 14.01."
    )


# --- the channel


def facts(*, exists: bool = True, member: bool = True, archived: bool = False, external: bool = True) -> ChannelFacts:
    return ChannelFacts(exists=exists, member=member, archived=archived, external=external)


@pytest.mark.parametrize(
    ("expected_external", "found", "fault"),
    [
        (None, facts(), None),
        (None, facts(external=False), None),
        (True, facts(), None),
        (False, facts(external=False), None),
        (None, facts(exists=False), "channel.missing"),
        (None, facts(member=False), "channel.not_member"),
        (None, facts(archived=True), "channel.archived"),
        (True, facts(external=False), "channel.not_external"),
        (False, facts(), "channel.external"),
    ],
)
def test_a_digest_goes_only_to_the_channel_that_was_meant(expected_external: bool | None, found: ChannelFacts, fault: str | None):
    assert digest_review.channel_fault(programme_with(external=expected_external), found) == fault
