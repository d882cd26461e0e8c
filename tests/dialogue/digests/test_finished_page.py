"""Whoever approves a digest has seen exactly the page that politicians get, in a window, and nothing is written by looking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review, finished_page, quote_selection, quotes
from bot.dialogue.planning import pause_for_all
from bot.errors import Reason, Refused
from bot.local_time import DAY, WEEK
from bot.models import Digest, DigestState, MessageKind, MessageState, Quote, QuoteState
from bot.programme import Review, Role
from bot.seam.actions import DeclineReason, DigestApproved, QuoteReviewWanted, QuotesReviewed
from bot.seam.answers import DigestPage, Redrawn, Said
from bot.seam.meaning import DigestPost, QuoteReview
from bot.seam.review_actions import DigestPageWanted, QuoteDecided, QuotesApproved
from handlers.organisers import HANDLERS
from tests.support.doubt import put_in_doubt
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.quoting import TEXTS, draft_with_quotes, quotes_to_post, review_quotes
from tests.support.world import World, close_of, post_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.seam.answers import Answer

NOW = close_of(1)
ONE, OTHER = "U0ORG1", "U0ORG2"


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person(ONE, Role.ORGANISER)
    world.add_person(OTHER, Role.ORGANISER, language="en")
    return world


@pytest.fixture
def digest(world: World) -> Digest:
    """A draft with eight approved quotes."""
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    return digest


def page(world: World, digest: Digest, now: datetime = NOW, seen: str | None = None, who: str = ONE) -> DigestPage:
    shown = finished_page.page_to_approve(world.session, now, world.programme, who, digest.id, seen=seen)
    assert isinstance(shown, DigestPage)
    return shown


def approve(world: World, digest: Digest, seen: str, now: datetime = NOW, who: str = ONE) -> Answer:
    return HANDLERS[DigestApproved](DigestApproved(who=who, digest=digest.id, seen=seen), world.session, now, world.programme)


def posted(world: World, digest: Digest, now: datetime) -> DigestPost:
    digest_review.post_or_alarm(world.session, now, world.programme, digest)
    said = compose(world.session, now, world.programme, world.message(f"digest:{digest.id}"))
    assert isinstance(said, DigestPost)
    return said


def is_on_page(world: World, quote_id: str, digest: Digest) -> bool:
    """Whether this quote would be shown if the digest were posted now."""
    return quote_id in {selected.quote.id for selected in quote_selection.select_quotes(world.session, world.programme, digest)}


# --- what is shown is what is posted


def test_the_page_has_the_approved_quotes_and_is_posted_as_it_was_seen(world: World, digest: Digest) -> None:
    shown = page(world, digest)
    assert all(text in repr(shown.post) for text in quotes_to_post(world, digest))
    assert isinstance(approve(world, digest, shown.fingerprint), Redrawn)
    assert posted(world, digest, post_of(1)) == shown.post


def test_a_page_that_is_approved_more_than_a_week_later_is_posted_as_it_was_seen_too(world: World, digest: Digest) -> None:
    late = NOW + WEEK + 3 * DAY
    shown = page(world, digest, late)
    approve(world, digest, shown.fingerprint, late)
    assert posted(world, digest, late) == shown.post


def test_what_an_organiser_picked_for_the_top_stands_on_the_page(world: World, digest: Digest) -> None:
    before = page(world, digest)
    digest_review.pick_finding(world.session, NOW, world.programme, ONE, digest.id, "count")
    assert page(world, digest).post.text.top != before.post.text.top


def test_looking_writes_nothing(world: World, digest: Digest) -> None:
    world.session.commit()
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        written.extend([statement] if not statement.lstrip().upper().startswith("SELECT") else [])

    event.listen(world.session.get_bind(), "before_cursor_execute", note)
    answer = HANDLERS[DigestPageWanted](DigestPageWanted(who=ONE, digest=digest.id), world.session, NOW, world.programme)
    assert isinstance(answer, DigestPage)
    assert (written, list(world.session.new), list(world.session.dirty)) == ([], [], [])
    assert DigestPageWanted.only_looks


def test_no_word_of_a_quote_stands_in_the_draft_before_or_after(world: World, digest: Digest) -> None:
    words = quotes_to_post(world, digest)
    approve(world, digest, page(world, digest).fingerprint)
    drafts = [compose(world.session, NOW, world.programme, message) for message in world.messages(MessageKind.DRAFT)]
    assert not any(text in repr([digest_review.draft_as_it_stands(world.session, world.programme, digest), *drafts]) for text in words)


# --- what happens next, and what is lost


def test_it_says_what_happens_next_and_when_in_the_readers_language(world: World, digest: Digest) -> None:
    assert page(world, digest).lead == (
        "Sådan ser politikerne overblik nr. 1.",
        "Når du godkender, bliver det lagt i politikernes kanal fredag den 24. august kl. 14.00.",
    )
    assert page(world, digest, post_of(1)).lead[1] == "Når du godkender, bliver det sendt med det samme i politikernes kanal."
    assert "on Friday 24 August at 14:00" in page(world, digest, who=OTHER).lead[1]


def test_in_a_pause_for_all_neither_page_nor_draft_tells_a_moment(world: World, digest: Digest) -> None:
    pause_for_all.pause(world.session, NOW, world.programme, ONE, "Valg")
    assert (
        page(world, digest).lead[1] == "Der er pause for alle. Når du godkender, bliver det først lagt i politikernes kanal efter pausen."
    )
    assert "only after the pause" in page(world, digest, post_of(1), who=OTHER).lead[1]
    draft = digest_review.draft_as_it_stands(world.session, world.programme, digest)
    assert draft.status is not None
    assert draft.status.startswith("Venter på jeres godkendelse. Der er pause for alle, så det bliver først sendt efter pausen.")
    approve(world, digest, None)
    status = digest_review.status(world.session, world.programme, digest, "da")
    assert status.endswith("Der er pause for alle, så det bliver først sendt efter pausen.")


def test_a_draft_that_stands_in_the_channel_is_redrawn_when_a_pause_for_all_begins_or_ends(world: World, digest: Digest) -> None:
    digest_review.submit_draft(world.session, NOW, world.programme, digest)
    for message in world.messages(MessageKind.DRAFT):
        message.state = MessageState.SENT
    world.session.flush()
    digest_review.redraw_unposted(world.session, NOW)
    assert len(world.messages(MessageKind.REDRAWN)) == 1
    digest.state = DigestState.ISSUED
    digest_review.redraw_unposted(world.session, NOW)
    assert len(world.messages(MessageKind.REDRAWN)) == 1


def test_it_says_how_many_texts_are_not_read_and_that_they_cannot_come_later(world: World) -> None:
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=1)
    assert page(world, digest).lead[-1] == "7 tekster har I ikke taget stilling til. Når overblikket er godkendt, kan de ikke komme med."
    review_quotes(world, digest, most=6)
    assert page(world, digest).lead[-1] == "1 tekst har I ikke taget stilling til. Når overblikket er godkendt, kan den ikke komme med."


def test_texts_that_nobody_may_see_any_more_are_not_told_of(world: World) -> None:
    digest = draft_with_quotes(world, TEXTS[:5], 3)
    quotes.withdraw(world.session, NOW, quotes.find_quotes(world.session, digest)[0].reply_id or "")
    assert not any("ikke taget stilling" in line for line in page(world, digest).lead)


def test_the_note_of_a_draft_that_was_sent_back_stands_above_it(world: World, digest: Digest) -> None:
    digest_review.send_back(world.session, NOW, world.programme, ONE, digest.id, "Se igen")
    assert any("»Se igen«" in line for line in page(world, digest).lead)


def test_of_a_digest_in_doubt_it_says_to_look_first_and_it_can_be_posted_again(world: World, digest: Digest) -> None:
    approve(world, digest, page(world, digest).fingerprint)
    digest_review.post_or_alarm(world.session, post_of(1), world.programme, digest)
    put_in_doubt(world.session)
    shown = page(world, digest, post_of(1))
    assert shown.lead[1].startswith("Jeg ved ikke, om det står i politikernes kanal.")
    answer = approve(world, digest, shown.fingerprint, post_of(1))
    assert isinstance(answer, Redrawn)
    assert "Du har godkendt" in answer.said
    assert world.message(f"digest:{digest.id}").state is MessageState.PENDING


# --- it has changed, or is decided


def test_a_quote_taken_back_between_seeing_and_approving_shows_the_new_page_instead(world: World, digest: Digest) -> None:
    shown = page(world, digest)
    on_page = next(quote for quote in quotes.find_quotes(world.session, digest) if is_on_page(world, quote.id, digest))
    quotes.withdraw(world.session, NOW, on_page.reply_id or "")
    answer = approve(world, digest, shown.fingerprint)
    assert isinstance(answer, DigestPage)
    assert digest.state is DigestState.IN_REVIEW
    assert answer.lead[0] == "Siden er ændret, siden du så den. Her er den, som den er nu. Intet er godkendt endnu."
    assert isinstance(approve(world, digest, answer.fingerprint), Redrawn)
    assert posted(world, digest, post_of(1)) == answer.post


def test_a_quote_approved_between_seeing_and_approving_shows_the_new_page_instead(world: World) -> None:
    digest = draft_with_quotes(world)
    shown = page(world, digest)
    review_quotes(world, digest)
    assert isinstance(approve(world, digest, shown.fingerprint), DigestPage)
    assert digest.state is DigestState.IN_REVIEW


def test_what_changes_nothing_on_the_page_stops_nobody(world: World) -> None:
    digest = draft_with_quotes(world)
    shown = page(world, digest)
    review_quotes(world, digest, most=1)  # one approved quote is not shown
    assert isinstance(approve(world, digest, shown.fingerprint), Redrawn)


def test_whoever_reads_on_in_a_page_that_has_changed_begins_anew(world: World, digest: Digest) -> None:
    old, now = page(world, digest, seen="another"), page(world, digest)
    assert (old.start, old.lead[1:]) == (0, now.lead)
    at_its_end = finished_page.page_to_approve(world.session, NOW, world.programme, ONE, digest.id, 3, now.fingerprint)
    assert isinstance(at_its_end, DigestPage)
    assert (at_its_end.start, at_its_end.lead) == (3, now.lead)


def test_of_two_who_see_the_page_the_second_is_told_what_was_decided(world: World, digest: Digest) -> None:
    seen = [page(world, digest, who=who).fingerprint for who in (ONE, OTHER)]
    assert seen[0] == seen[1]  # it is of the page, whoever reads what stands above it
    first, second = (approve(world, digest, fingerprint, who=who) for fingerprint, who in zip(seen, (ONE, OTHER), strict=True))
    assert isinstance(first, Redrawn)
    assert isinstance(second, Redrawn)
    assert second.said.startswith("Somebody else was first.")


def test_what_is_decided_is_not_shown_again_but_told(world: World, digest: Digest) -> None:
    approve(world, digest, page(world, digest).fingerprint)
    shown = finished_page.page_to_approve(world.session, NOW, world.programme, OTHER, digest.id)
    assert isinstance(shown, Said)
    assert shown.paragraphs[0].startswith("Approved on Friday")


# --- once it is approved nothing comes into it


def late_presses(world: World, digest: Digest, who: str = ONE) -> list[Answer]:
    """What an organiser is answered who still has the quotes before them, in each way in which they can be decided."""
    ids = [quote.id for quote in quotes.find_quotes(world.session, digest, Quote.state == QuoteState.WAITING)]
    of_theme = {"who": who, "digest": digest.id, "theme": "trust"}
    presses = [
        QuoteReviewWanted(**of_theme),
        QuoteDecided(**of_theme, page=0, quote=ids[0], reason=None),
        QuoteDecided(**of_theme, page=0, quote=ids[0], reason=DeclineReason.UNCLEAR),
        QuotesApproved(**of_theme, page=0, quotes=tuple(ids)),
        QuotesReviewed(**of_theme, decisions=dict.fromkeys(ids)),
    ]
    return [HANDLERS[type(press)](press, world.session, NOW, world.programme) for press in presses]


@pytest.fixture
def hardly_read(world: World) -> Digest:
    """A draft with two approved quotes, which are too few to be shown, and six that nobody has decided about."""
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=2)
    return digest


def test_after_the_approval_no_quote_is_decided_and_the_page_is_posted_as_it_was_seen(world: World, hardly_read: Digest) -> None:
    shown = page(world, hardly_read)
    approve(world, hardly_read, shown.fingerprint)
    assert all(isinstance(answer, Said) for answer in late_presses(world, hardly_read))
    with pytest.raises(Refused) as refused:
        review_quotes(world, hardly_read)
    assert refused.value.reason is Reason.GONE
    assert Counter(quote.state for quote in quotes.find_quotes(world.session, hardly_read)) == {
        QuoteState.APPROVED: 2,
        QuoteState.WAITING: 6,
    }
    assert world.messages(MessageKind.QUOTE_DECLINED) == []
    assert posted(world, hardly_read, post_of(1)) == shown.post


def test_whoever_comes_after_the_approval_is_told_who_approved_it_and_when(world: World, hardly_read: Digest) -> None:
    approve(world, hardly_read, page(world, hardly_read).fingerprint)
    (told,) = set(late_presses(world, hardly_read))
    assert isinstance(told, Said)
    assert (told.title, told.paragraphs) == (
        "Det er allerede afgjort",
        (
            "Du godkendte overblik nr. 1 fredag den 24. august kl. 10.00.",
            "Der kommer ikke flere citater med, så ingen kan sige ja eller nej til flere tekster.",
        ),
    )
    (to_other,) = set(late_presses(world, hardly_read, OTHER))
    assert isinstance(to_other, Said)
    assert to_other.paragraphs[0].startswith("Another organiser approved digest no. 1 on Friday")


def test_whoever_comes_after_the_digest_was_posted_is_told_the_same(world: World, hardly_read: Digest) -> None:
    approve(world, hardly_read, page(world, hardly_read).fingerprint)
    approved = set(late_presses(world, hardly_read, OTHER))
    hardly_read.state = DigestState.ISSUED
    assert set(late_presses(world, hardly_read, OTHER)) == approved


def test_an_approval_on_the_machine_closes_the_review_too(world: World, hardly_read: Digest) -> None:
    digest_review.approve_on_machine(world.session, NOW, hardly_read)
    (told,) = set(late_presses(world, hardly_read))
    assert isinstance(told, Said)
    assert told.paragraphs[0] == "Overblik nr. 1 blev godkendt fredag den 24. august kl. 10.00."


def test_what_was_sent_back_stays_open_until_it_is_approved(world: World, hardly_read: Digest) -> None:
    digest_review.send_back(world.session, NOW, world.programme, ONE, hardly_read.id, "Læs resten først")
    review_quotes(world, hardly_read)
    assert len(quotes_to_post(world, hardly_read)) == 3
    assert not quotes.is_any_waiting(world.session, hardly_read)


def test_where_numbers_need_no_approval_quotes_are_decided_until_the_digests_hour(world: World, hardly_read: Digest) -> None:
    rules = replace(world.programme.digest, review=Review.QUOTES_ONLY)
    world.programme = replace(world.programme, digest=rules)
    review_quotes(world, hardly_read)
    assert len([text for text in TEXTS if text in repr(posted(world, hardly_read, post_of(1)))]) == 3


def test_a_quote_that_is_taken_back_after_the_approval_is_not_posted(world: World, digest: Digest) -> None:
    approve(world, digest, page(world, digest).fingerprint)
    text = quotes_to_post(world, digest)[0]
    taken_back = next(
        quote for quote in quotes.find_quotes(world.session, digest) if quote.fingerprint == quotes.fingerprint(world.session, text)
    )
    quotes.withdraw(world.session, NOW, taken_back.reply_id or "")
    assert text not in repr(posted(world, digest, post_of(1)))


def test_after_the_approval_nothing_waits_and_the_message_about_quotes_has_no_button_left(world: World, hardly_read: Digest) -> None:
    message = world.message(f"quotes:{hardly_read.id}")
    message.state, message.channel, message.stamp = MessageState.SENT, ORGANISERS_CHANNEL, "1.1"
    assert quotes.is_any_waiting(world.session, hardly_read)
    approve(world, hardly_read, page(world, hardly_read).fingerprint)
    assert not quotes.is_any_waiting(world.session, hardly_read)
    assert not quotes.remind_reviewers(world.session, NOW, world.programme, hardly_read, since=NOW)
    drawn = [compose(world.session, NOW, world.programme, change) for change in world.messages(MessageKind.REDRAWN)]
    (of_quotes,) = [said for said in drawn if isinstance(said, QuoteReview)]
    assert (of_quotes.open, of_quotes.themes) == (False, ())
    assert of_quotes.intro == "Overblik nr. 1: Der er ikke flere citater at tage stilling til."


# --- who sees it


@pytest.mark.parametrize("role", [Role.LEADER, Role.POLITICIAN])
def test_only_organisers_see_it(world: World, digest: Digest, role: Role) -> None:
    world.add_person("U0OTHER", role)
    with pytest.raises(Refused) as refused:
        finished_page.page_to_approve(world.session, NOW, world.programme, "U0OTHER", digest.id)
    assert refused.value.reason is Reason.NO_RIGHT


def test_the_fingerprint_is_keyed_and_changes_with_every_word(world: World, digest: Digest) -> None:
    post = page(world, digest).post
    other = replace(post, text=replace(post.text, foot=f"{post.text.foot}."))
    assert finished_page.fingerprint_of(world.session, post) != finished_page.fingerprint_of(world.session, other)
    assert {quote.state for quote in quotes.find_quotes(world.session, digest)} == {QuoteState.APPROVED}
