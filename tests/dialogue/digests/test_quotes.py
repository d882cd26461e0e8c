"""A text is quoted only with three yeses for exactly this text, and goes when its author says so."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select, update

from bot.confidentiality.deletion import tombstones
from bot.confidentiality.encryption import decrypt_words, session_keys
from bot.dialogue import audit
from bot.dialogue.compose import compose, record_claim
from bot.dialogue.digests import digest_review, quote_pages, quote_review, quote_selection, quotes, uncertain
from bot.dialogue.digests.digest_content import content_of, text_checksum
from bot.dialogue.outbox import NotWanted, NotYet
from bot.dialogue.papers.record import record_of
from bot.errors import Reason, Refused
from bot.models import (
    AuditAct,
    AuditEntry,
    Authorship,
    MessageKind,
    MessageState,
    Person,
    PersonState,
    Quote,
    QuoteState,
    Reply,
    Tombstone,
)
from bot.programme import Role
from bot.seam.actions import DeclineReason
from bot.seam.meaning import DigestDraft, DigestPost, Plain, QuoteReview
from bot.seam.platform import Receipt
from bot.sending.outcomes import Sent, apply_changes
from tests.support.programme import ORGANISERS_CHANNEL
from tests.support.quoting import TEXTS, draft_with_quotes, mark_posted, post_digest, quotes_to_post, review_quotes
from tests.support.world import World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Digest


def count(session: Session, table: type[Quote | AuditEntry | Tombstone | Reply]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


# --- into review


def test_marked_texts_of_a_theme_that_enough_people_answered_wait_for_a_reviewer(world: World):
    digest = draft_with_quotes(world)
    organiser = world.add_person("U0ORG", Role.ORGANISER)
    form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
    assert sorted(quote.text for quote in form.quotes) == sorted(TEXTS)
    assert {quote.decided for quote in form.quotes} == {None}
    assert [message.facts for message in world.messages(MessageKind.QUOTE_REVIEW)] == [{"digest": digest.id}]


@pytest.mark.parametrize(("marked", "silent"), [(4, 8), (5, 2), (7, 0), (0, 12)])
def test_too_few_texts_or_too_few_people_bring_nothing_before_a_reviewer(world: World, marked: int, silent: int):
    digest = draft_with_quotes(world, TEXTS[:marked], silent)
    assert quotes.find_quotes(world.session, digest) == []
    assert world.messages(MessageKind.QUOTE_REVIEW) == []


def test_eight_people_and_five_texts_are_enough(world: World):
    assert len(quotes.find_quotes(world.session, draft_with_quotes(world, TEXTS[:5], 3))) == 5


@pytest.mark.parametrize(("gone", "seen"), [(0, 6), (1, 5), (2, 0), (5, 0)])
def test_of_texts_that_authors_withdraw_a_reviewer_sees_five_at_least_or_none(world: World, gone: int, seen: int):
    digest, organiser = draft_with_quotes(world, TEXTS[:6], 3), world.add_person("U0ORG", Role.ORGANISER)
    for quote in quotes.find_quotes(world.session, digest)[:gone]:
        quotes.withdraw(world.session, close_of(1), quote.reply_id or "")
    drawn = quote_review.review_as_it_stands(world.session, world.programme, digest)
    assert (drawn.open, [theme for theme, _ in drawn.themes]) == (seen > 0, ["trust"] if seen else [])
    if seen:
        form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
        assert len(form.quotes) == seen
    else:
        with pytest.raises(Refused) as refused:
            quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
        assert refused.value.reason is Reason.GONE


def test_a_text_that_the_filter_holds_now_is_not_put_to_a_reviewer_though_it_was_let_pass_before(world: World):
    digest = draft_with_quotes(world, [*TEXTS[:6], "ring til mig på 20 30 40 50"])
    assert len(quotes.find_quotes(world.session, digest)) == 6


@pytest.mark.parametrize("text", ["ord " * 51, "o" * 2_000, "ordene " * 49 + "o" * 200])
def test_a_text_too_long_to_be_quoted_whole_is_not_put_to_a_reviewer(world: World, text: str):
    digest = draft_with_quotes(world, [*TEXTS[:6], text])
    assert len(quotes.find_quotes(world.session, digest)) == 6


def test_a_text_in_a_language_of_few_is_not_put_to_a_reviewer(world: World):
    digest = draft_with_quotes(world, [*TEXTS[:6], "we should listen more to each other before we decide"])
    assert len(quotes.find_quotes(world.session, digest)) == 6


def reviewed_of_many(turn: int, *, late: bool) -> set[str]:
    """The texts before reviewers where more than they read were marked: whoever wrote which, and whoever was `late`."""
    texts = [f"{TEXTS[number % len(TEXTS)]} nu {100 + number}" for number in range(25)]
    with separate_world() as world:
        round_, people = world.add_round(1), world.add_people(25)
        pairs = list(zip(people, texts[turn:] + texts[:turn], strict=True))
        for author, text in reversed(pairs) if late else pairs:
            world.answer(round_, [author], texts=[text], quote=True)
        rows = [reply(world, quote) for quote in quotes.find_quotes(world.session, world.draft(1))]
        return {decrypt_words(world.session, row) for row in rows}


def test_of_more_texts_than_are_reviewed_neither_the_list_nor_arrival_decides_which_are():
    first, *others = [reviewed_of_many(turn, late=late) for turn, late in ((0, False), (7, False), (0, True), (12, True))]
    assert (len(first), others) == (quotes.MOST_REVIEWED, [first] * 3)


@pytest.mark.parametrize(("listed", "floor", "most"), [(30, 5, 20), (30, 10, 20), (30, 12, 18), (34, 15, 19), (34, 17, 17)])
def test_as_many_texts_are_reviewed_as_leave_room_for_people_on_the_list_who_are_silent(world: World, listed: int, floor: int, most: int):
    round_ = world.add_round(1, listed=listed)
    round_.snapshot = {**round_.snapshot, "floors": {"people": floor, "quotes": 8, "audience": 10}}
    texts = [f"{TEXTS[number % len(TEXTS)]} nu {100 + number}" for number in range(listed)]
    world.answer(round_, world.add_people(listed), texts=texts, quote=True)
    assert len(quotes.find_quotes(world.session, world.draft(1))) == most


def test_an_edit_voids_all_yeses(world: World):
    round_, people = world.add_round(1), world.add_people(12)
    ids = world.answer(round_, people, texts=[*TEXTS, *("andet",) * 4], quote=True)
    edited = session_keys(world.session).encrypt("noget helt andet", ids[0])
    world.session.execute(update(Reply).where(Reply.id == ids[0]).values(words=edited.words, sealed_with=edited.sealed_with))
    digest = world.draft(1)
    assert ids[0] not in {quote.reply_id for quote in quotes.find_quotes(world.session, digest)}


def test_an_edit_after_the_approval_and_before_the_posting_voids_it_too(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    before = quotes_to_post(world, digest)
    quote = next(
        quote for quote in quotes.find_quotes(world.session, digest) if decrypt_words(world.session, reply(world, quote)) == before[0]
    )
    edited = session_keys(world.session).encrypt("noget helt andet", str(quote.reply_id))
    world.session.execute(update(Reply).where(Reply.id == quote.reply_id).values(words=edited.words, sealed_with=edited.sealed_with))
    world.session.expire_all()
    said = post_digest(world, digest)
    assert before[0] not in str(said)
    assert "noget helt andet" not in str(said)


def reply(world: World, quote: Quote) -> Reply:
    return world.session.get_one(Reply, quote.reply_id)


def test_a_mark_taken_back_voids_the_quote(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    world.session.execute(update(Reply).values(quote=False))
    world.session.expire_all()
    assert quotes_to_post(world, digest) == []


def test_one_person_brings_one_text_however_many_rounds_the_theme_had(world: World):
    first, second, people = world.add_round(1), world.add_round(1, day=2), world.add_people(8)
    world.answer(first, people, texts=TEXTS, quote=True)
    world.answer(second, people, texts=[f"igen: {text}" for text in TEXTS], quote=True)
    digest = world.draft(1)
    assert len(quotes.find_quotes(world.session, digest)) == 8


def test_the_same_text_is_put_to_the_reviewers_once(world: World):
    assert len(quotes.find_quotes(world.session, draft_with_quotes(world, [*TEXTS, TEXTS[0]]))) == len(TEXTS)


def test_reviewers_read_texts_in_an_order_that_arrival_does_not_decide():
    orders = []
    for texts in (TEXTS, TEXTS[::-1]):
        with separate_world() as world:
            digest, organiser = draft_with_quotes(world, texts), world.add_person("U0ORG", Role.ORGANISER)
            form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
            orders.append([quote.text for quote in form.quotes])
    assert orders[0] == orders[1]
    assert orders[0] not in (TEXTS, TEXTS[::-1])


def test_a_reviewer_is_handed_texts_and_nothing_of_their_authors(world: World):
    digest, organiser = draft_with_quotes(world), world.add_person("U0ORG", Role.ORGANISER)
    form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
    assert {quote.text for quote in form.quotes} == set(TEXTS)
    ties = world.session.execute(select(Authorship, Person).join(Person, Person.id == Authorship.person_id)).all()
    told = [str(each) for tie, person in ties for each in (tie.reply_id, tie.written_at, person.address, person.role.value)]
    assert len(told) == 4 * (len(TEXTS) + 4)
    assert [each for each in told if each in repr(form)] == []


# --- reviewing


@pytest.mark.parametrize("role", [Role.LEADER, Role.POLITICIAN])
def test_only_organisers_see_or_decide(world: World, role: Role):
    digest, other = draft_with_quotes(world), world.add_person("U0OTHER", role)
    for attempt in (
        lambda: quote_pages.quote_review_form(world.session, world.programme, other.address, digest.id, "trust"),
        lambda: quote_review.review(world.session, close_of(1), world.programme, other.address, digest.id, "trust", {}),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason is Reason.NO_RIGHT


def test_of_two_reviewers_the_first_decision_stands_and_the_other_is_told(world: World):
    digest = draft_with_quotes(world)
    one, other = (world.add_person(f"U0ORG{n}", Role.ORGANISER) for n in (1, 2))
    ids = [quote.id for quote in quotes.find_quotes(world.session, digest)]
    first = quote_review.review(world.session, close_of(1), world.programme, one.address, digest.id, "trust", dict.fromkeys(ids[:3]))
    late = dict.fromkeys(ids[1:5], DeclineReason.UNCLEAR)
    second = quote_review.review(world.session, close_of(1), world.programme, other.address, digest.id, "trust", late)
    assert (first.made, first.late, second.made, second.late) == (3, 0, 2, 2)
    assert len(quotes.find_quotes(world.session, digest, Quote.state == QuoteState.APPROVED)) == 3


def test_a_quote_of_another_theme_or_digest_is_not_decided_here(world: World):
    digest, other = draft_with_quotes(world), draft_with_quotes(world, week=2)
    organiser = world.add_person("U0ORG", Role.ORGANISER)
    foreign = quotes.find_quotes(world.session, other)[0].id
    done = quote_review.review(
        world.session, close_of(1), world.programme, organiser.address, digest.id, "trust", {foreign: None, "x": None}
    )
    assert (done.made, done.late) == (0, 0)


def test_a_declined_quotes_author_is_told_the_reason_and_nothing_else(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, DeclineReason.RECOGNISABLE, most=1)
    (message,) = world.messages(MessageKind.QUOTE_DECLINED)
    told = compose(world.session, close_of(1), world.programme, message)
    declined = quotes.find_quotes(world.session, digest, Quote.state == QuoteState.DECLINED)[0]
    assert message.facts == {"reason": "recognisable"}
    assert decrypt_words(world.session, reply(world, declined)) not in str(told)
    assert "U0ORG" not in str(told)


def decline(world: World, digest: Digest, quote: Quote, now: datetime) -> None:
    organiser = world.add_person(f"U0ORG{quote.id}", Role.ORGANISER)
    quote_review.review(world.session, now, world.programme, organiser.address, digest.id, "trust", {quote.id: DeclineReason.UNCLEAR})


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (timedelta(hours=-3, minutes=7, seconds=13), timedelta(0)),
        (timedelta(0), timedelta(0)),
        (timedelta(minutes=1), timedelta(days=2, hours=17)),  # the draft was held over its hour, a Friday: not before Monday morning
        (timedelta(days=2, hours=20), timedelta(days=3)),
    ],
)
def test_all_declined_authors_are_told_at_the_digests_hour_whenever_the_reviewer_decided(world: World, late: timedelta, told: timedelta):
    digest = draft_with_quotes(world)
    for number, quote in enumerate(quotes.find_quotes(world.session, digest)[:3]):
        decline(world, digest, quote, post_of(1) + late - timedelta(seconds=number) * (late != timedelta(0)))
    assert {message.due_at - post_of(1) for message in world.messages(MessageKind.QUOTE_DECLINED)} == {told}


def test_of_what_is_decided_about_quotes_or_withdrawn_the_log_keeps_only_the_day(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=4)
    decline(
        world, digest, quotes.find_quotes(world.session, digest, Quote.state == QuoteState.WAITING)[0], close_of(1) + timedelta(minutes=7)
    )
    post_digest(world, digest)
    mark_posted(world, digest)
    quotes.withdraw(world.session, post_of(1) + timedelta(minutes=3), quotes.find_quotes(world.session, digest)[0].reply_id or "")
    entries = world.session.execute(select(AuditEntry.act, AuditEntry.at)).all()
    timed = {act: at for act, at in entries if at.time() != time()}
    assert timed == {AuditAct.DIGEST_ISSUED: post_of(1)}
    assert {at.date() for _, at in entries} == {post_of(1).date()}
    assert {act for act, _ in entries} >= {AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_DECLINED, AuditAct.QUOTE_REMOVED}


def test_what_is_known_by_the_day_stands_first_of_its_day_in_an_order_that_says_nothing(world: World):
    digest = draft_with_quotes(world)
    for number, minutes in enumerate((10, 20, 30)):
        world.session.add(AuditEntry(id=number + 1, programme=digest.programme, at=post_of(1) - timedelta(minutes=minutes), act="detached"))
    days = [post_of(1) - timedelta(days=days) for days in (2, 1, 0)]
    for day in days:
        for act in (AuditAct.DIGEST_APPROVED, *[AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_DECLINED] * 6, AuditAct.DIGEST_SENT_BACK):
            audit.note(world.session, day, act, digest)
    read = audit.entries(world.session)
    acts = [[entry.act for entry in read if entry.at.date() == day.date()] for day in days]
    day_only = [[act for act in of_day if act in audit.DAY_ONLY_ACTS] for of_day in acts]
    assert [of_day[:12] for of_day in acts] == day_only
    assert len({tuple(of_day) for of_day in day_only}) == 3, "not in the order in which they were noted"
    assert [entry.at for entry in read] == sorted(entry.at for entry in read)
    ids = list(world.session.scalars(select(AuditEntry.id).order_by(AuditEntry.at)))
    assert ids != sorted(ids)
    assert audit.entries(world.session) == read


def test_a_quote_that_is_taken_back_leaves_the_day_in_the_outbox_and_no_place_between_two_minutes(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    quotes.withdraw(world.session, post_of(1), quotes.find_quotes(world.session, digest)[0].reply_id or "")
    quotes.withdraw(world.session, post_of(1), quotes.find_quotes(world.session, digest)[0].reply_id or "")
    first, second = world.messages(MessageKind.DIGEST_UPDATE)
    assert max(first.id, second.id) < 0 < min(message.id for message in world.messages(MessageKind.DIGEST))
    apply_changes(first, Sent(receipt=Receipt(channel="C0DIGEST", stamp="1.2")).changes(first, post_of(1)))
    day = post_of(1).replace(hour=0, minute=0)
    assert (first.due_at, first.next_at, first.sent_at, second.due_at) == (day, day, day, post_of(1))


@pytest.mark.parametrize("state", [PersonState.LEFT, PersonState.INVITED])
def test_who_has_left_is_not_told_of_a_declined_quote(world: World, state: PersonState):
    review_quotes(world, draft_with_quotes(world), DeclineReason.UNCLEAR, most=1)
    (message,) = world.messages(MessageKind.QUOTE_DECLINED)
    world.session.get_one(Person, message.person_id).state = state
    assert isinstance(compose(world.session, post_of(1), world.programme, message), NotWanted)


def test_who_pauses_is_told_of_a_declined_quote_once_the_pause_is_over(world: World):
    review_quotes(world, draft_with_quotes(world), DeclineReason.UNCLEAR, most=1)
    (message,) = world.messages(MessageKind.QUOTE_DECLINED)
    back = post_of(1) + timedelta(days=3)
    author = world.session.get_one(Person, message.person_id)
    author.state, author.paused_until = PersonState.PAUSED, back
    assert compose(world.session, post_of(1), world.programme, message) == NotYet(until=back)
    assert isinstance(compose(world.session, back, world.programme, message), Plain)


def test_the_audit_log_says_who_decided_and_never_about_which_text(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=2)
    review_quotes(world, digest, DeclineReason.HURTFUL, most=1)
    acts = world.session.scalars(select(AuditEntry.act)).all()
    assert sorted(acts) == [AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_APPROVED, AuditAct.QUOTE_DECLINED]
    assert set(AuditEntry.__table__.columns.keys()) == {"id", "programme", "at", "act", "by", "digest"}


# --- into the digest


def test_a_draft_says_how_many_quotes_are_approved_and_never_a_word_of_them(world: World):
    digest = draft_with_quotes(world)
    for most, said in (
        (0, "0 citater er godkendt indtil nu."),
        (1, "1 citat er godkendt indtil nu."),
        (4, "5 citater er godkendt indtil nu."),
    ):
        review_quotes(world, digest, most=most)
        drawn = str(digest_review.draft_as_it_stands(world.session, world.programme, digest))
        assert said in drawn
        assert [text for text in TEXTS if text in drawn] == []


def test_a_draft_says_nothing_of_quotes_where_none_are_reviewed(world: World):
    assert "godkendt" not in str(digest_review.draft_as_it_stands(world.session, world.programme, draft_with_quotes(world, TEXTS[:4])).text)


def test_three_approved_texts_are_two_quotes_and_another_voice(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=3)
    approved = {
        decrypt_words(world.session, reply(world, quote))
        for quote in quotes.find_quotes(world.session, digest, Quote.state == QuoteState.APPROVED)
    }
    assert set(quotes_to_post(world, digest)) == approved
    assert len(quotes_to_post(world, digest)) == 3


def test_two_approved_texts_are_not_enough(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=2)
    assert quotes_to_post(world, digest) == []
    assert "Ingen citater i denne uge" in str(post_digest(world, digest))


# --- a quote that is a wish


def shown(world: World, digest: Digest) -> list[tuple[int, bool]]:
    """The place of each quote that would be shown, in the order in which they get room, and whether it is a wish."""
    return [(quote.place, quote.quote.wish) for quote in quote_selection.select_quotes(world.session, world.programme, digest)]


def one_wish(world: World, silent: int = 5, wishes: int = 1) -> Digest:
    """Quotes are approved, of which one is a wish: none of those that would be selected by their words alone."""
    with separate_world() as other:
        plain = draft_with_quotes(other, silent=silent)
        review_quotes(other, plain)
        selected = quotes_to_post(other, plain)
    digest = draft_with_quotes(world, sorted(TEXTS, key=lambda text: text in selected), silent=silent, wishes=wishes)
    review_quotes(world, digest)
    return digest


def test_where_the_number_of_wishes_is_printed_one_of_the_quotes_is_a_wish(world: World):
    assert shown(world, one_wish(world)) == [(0, False), (1, True), (2, False)]


def keep_marks_as_before(world: World, digest: Digest) -> None:
    """An earlier version kept the mark of a wish with every quote."""
    for quote in quotes.find_quotes(world.session, digest):
        quote.wish = world.session.get_one(Reply, quote.reply_id).wish


@pytest.mark.parametrize(("silent", "wishes"), [(3, 1), (5, 0)])
def test_where_it_is_not_printed_a_wish_comes_before_no_other_text(world: World, silent: int, wishes: int):
    digest = one_wish(world, silent, wishes)
    keep_marks_as_before(world, digest)
    assert shown(world, digest) == [(0, False), (2, False), (1, False)]


@pytest.mark.parametrize(("silent", "told"), [(0, False), (2, True)])
def test_a_record_tells_of_a_quote_that_it_is_a_wish_only_where_the_number_of_wishes_is_printed(world: World, silent: int, told: bool):
    digest = draft_with_quotes(world, silent=silent, wishes=len(TEXTS))
    review_quotes(world, digest)
    keep_marks_as_before(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    assert {quote["wish"] for quote in record_of(world.session, digest, None)["quotes"]} == {told}


def test_if_there_is_little_room_the_only_wish_comes_before_the_other_voice(world: World, monkeypatch: pytest.MonkeyPatch):
    digest = one_wish(world)
    room = sum(len(text.split()) + 3 for text in quotes_to_post(world, digest)[:2])
    monkeypatch.setattr(quote_selection, "room_for_quotes", lambda _: room)
    assert shown(world, digest) == [(0, False), (1, True)]


@pytest.mark.parametrize(("ledger", "wishes", "told"), [([], 1, ["trust"]), ([], 0, []), (None, 1, None)])
def test_a_posted_digest_keeps_whose_wishes_it_tells_also_when_the_quote_is_withdrawn(
    world: World, ledger: list[object] | None, wishes: int, told: list[str] | None
):
    """A number of wishes of which nothing is told has no fate; nor has one in a digest from before the ledger."""
    digest = one_wish(world, wishes=wishes)
    digest.content.pop("ledger", None)
    digest.content = dict(digest.content) if ledger is None else {**digest.content, "ledger": ledger}
    digest.content["themes"][0].pop("wish_words", None)
    post_digest(world, digest)
    mark_posted(world, digest)
    assert digest.wishes == told
    for quote in quotes.find_quotes(world.session, digest, Quote.wish):
        quotes.remove(world.session, post_of(1), quote)
    world.session.refresh(digest)
    assert digest.wishes == told


@pytest.mark.parametrize("is_in_doubt", [True, False])
def test_wishes_that_may_have_been_read_in_a_post_in_doubt_stay_told_when_the_digest_is_posted_again(world: World, is_in_doubt: bool):
    digest = one_wish(world)
    digest.content["themes"][0].pop("wish_words", None)
    post_digest(world, digest)
    message = world.message(f"digest:{digest.id}")
    if is_in_doubt:
        uncertain.ask_organisers(world.session, post_of(1), world.programme, message)
    for quote in quotes.find_quotes(world.session, digest, Quote.wish):
        quotes.remove(world.session, post_of(1), quote)
    for _ in range(2):
        record_claim(world.session, world.programme, message)
        assert digest.wishes == (["trust"] if is_in_doubt else [])


def test_never_more_than_three_are_shown_and_only_approved_ones(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=7)
    approved = {
        decrypt_words(world.session, reply(world, quote))
        for quote in quotes.find_quotes(world.session, digest, Quote.state == QuoteState.APPROVED)
    }
    assert len(quotes_to_post(world, digest)) == 3
    assert set(quotes_to_post(world, digest)) < approved


def test_what_was_posted_is_kept_as_a_part_of_its_own_and_the_rest_of_the_review_goes(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=6)
    wanted, checksum = quotes_to_post(world, digest), digest.checksum
    world.session.execute(delete(Tombstone))
    said = post_digest(world, digest)
    mark_posted(world, digest)
    assert tombstones.is_wiping_needed(world.session)
    kept = sorted(quotes.find_quotes(world.session, digest), key=lambda quote: quote.place)
    assert [decrypt_words(world.session, quote) for quote in kept] == wanted
    assert [quote.checksum for quote in kept] == [text_checksum(text) for text in wanted]
    assert all(f"»{text}«" in str(said) for text in wanted)
    assert digest.checksum == checksum


def test_quotes_of_a_digest_are_not_decided_once_it_is_issued(world: World):
    digest = draft_with_quotes(world)
    organiser = review_quotes(world, digest, most=4)
    post_digest(world, digest)
    mark_posted(world, digest)
    with pytest.raises(Refused) as refused:
        quote_pages.quote_review_form(world.session, world.programme, organiser, digest.id, "trust")
    assert refused.value.reason is Reason.GONE
    assert not quote_review.review_as_it_stands(world.session, world.programme, digest).open


def test_once_a_digest_is_posted_the_organisers_messages_say_so_and_have_no_button_left(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    digest_review.submit_draft(world.session, close_of(1), world.programme, digest)
    for message in (world.message(f"draft:{digest.id}"), world.message(f"quotes:{digest.id}")):
        message.state, message.channel, message.stamp = MessageState.SENT, ORGANISERS_CHANNEL, f"1.{message.id}"
    post_digest(world, digest)
    mark_posted(world, digest)
    changes = world.messages(MessageKind.REDRAWN)
    said = {type(said): said for each in changes if (said := compose(world.session, post_of(1), world.programme, each))}
    draft, of_quotes = said[DigestDraft], said[QuoteReview]
    assert isinstance(draft, DigestDraft)
    assert isinstance(of_quotes, QuoteReview)
    assert (draft.open, of_quotes.open) == (False, False)
    assert (draft.status or "").startswith("Sendt til politikerne")
    for change in changes:
        record_claim(world.session, world.programme, change)
    assert {change.stamp for change in changes} == {f"1.{world.message(f'{kind}:{digest.id}').id}" for kind in ("draft", "quotes")}


def test_quotes_that_wait_while_the_digest_waits_are_brought_to_mind_once_a_working_day_with_their_button(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest, most=3)
    for minutes in range(0, 5 * 24 * 60, 30):  # friday 14:00 until wednesday
        digest_review.post_or_alarm(world.session, post_of(1) + timedelta(minutes=minutes), world.programme, digest)
        world.deliver(post_of(1) + timedelta(minutes=minutes), MessageKind.QUOTE_REVIEW)
    days = ("2018-08-27", "2018-08-28", "2018-08-29")  # on friday they have been put to them
    first, *reminders = world.messages(MessageKind.QUOTE_REVIEW)
    assert [reminder.key for reminder in reminders] == [f"alarm:quotes:{digest.id}:{day}" for day in days]
    assert compose(world.session, post_of(1), world.programme, reminders[0]) == compose(world.session, post_of(1), world.programme, first)


def test_quotes_that_are_decided_are_not_brought_to_mind(world: World):
    digest, monday = draft_with_quotes(world), post_of(1) + timedelta(days=3)
    world.deliver(close_of(1), MessageKind.QUOTE_REVIEW)
    digest_review.post_or_alarm(world.session, monday, world.programme, digest)
    (reminder,) = world.messages(MessageKind.QUOTE_REVIEW, MessageState.PENDING)
    assert isinstance(compose(world.session, monday, world.programme, reminder), QuoteReview)
    review_quotes(world, digest)
    assert isinstance(compose(world.session, monday, world.programme, reminder), NotWanted)
    digest_review.post_or_alarm(world.session, monday + timedelta(days=1), world.programme, digest)
    assert len(world.messages(MessageKind.QUOTE_REVIEW)) == 2


# --- out of it


def test_withdrawing_before_the_posting_leaves_nothing_and_is_noted_nowhere(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    noted = count(world.session, AuditEntry)
    first = quotes_to_post(world, digest)[0]
    quote = next(quote for quote in quotes.find_quotes(world.session, digest) if decrypt_words(world.session, reply(world, quote)) == first)
    assert quotes.withdraw(world.session, close_of(1), quote.reply_id or "")
    assert first not in quotes_to_post(world, digest)
    assert (digest.revision, count(world.session, AuditEntry)) == (1, noted)
    assert world.messages(MessageKind.DIGEST_UPDATE) == []


def test_withdrawing_a_posted_quote_takes_it_out_of_store_and_message_and_leaves_numbers_and_checksum(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    gone = quotes_to_post(world, digest)[0]
    post_digest(world, digest)
    mark_posted(world, digest)
    content, checksum, noted = dict(content_of(digest)), digest.checksum, count(world.session, AuditEntry)
    quote = next(quote for quote in quotes.find_quotes(world.session, digest) if decrypt_words(world.session, quote) == gone)
    assert quotes.withdraw(world.session, post_of(1), quote.reply_id or "")
    (update_,) = world.messages(MessageKind.DIGEST_UPDATE)
    said = compose(world.session, post_of(1), world.programme, update_)
    assert isinstance(said, DigestPost)
    assert gone not in str(said)
    record_claim(world.session, world.programme, update_)
    assert (update_.channel, update_.stamp) == ("C0DIGEST", "1.2")
    assert (content_of(digest), digest.checksum, digest.revision) == (content, checksum, 2)
    last = world.session.scalars(select(AuditEntry).where(AuditEntry.act == AuditAct.QUOTE_REMOVED)).one()
    assert (last.by, count(world.session, AuditEntry)) == (None, noted + 1)
    assert world.session.scalars(select(Tombstone.token)).all().count(None) == 1  # of what was not shown, when it was posted
    assert count(world.session, Tombstone) == 2


def test_a_quote_withdrawn_in_the_second_it_is_posted_is_taken_out_as_soon_as_it_stands(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    gone = quotes_to_post(world, digest)[0]
    assert gone in str(post_digest(world, digest))
    quote = next(
        quote
        for quote in quotes.find_quotes(world.session, digest, Quote.place.is_not(None))
        if decrypt_words(world.session, quote) == gone
    )
    quotes.withdraw(world.session, post_of(1), quote.reply_id or "")
    (update_,) = world.messages(MessageKind.DIGEST_UPDATE)
    assert isinstance(compose(world.session, post_of(1), world.programme, update_), NotYet)
    mark_posted(world, digest)
    assert gone not in str(compose(world.session, post_of(1), world.programme, update_))


def test_a_digest_that_never_was_posted_is_not_drawn_anew(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    quote = quotes.find_quotes(world.session, digest, Quote.place.is_not(None))[0]
    quotes.withdraw(world.session, post_of(1), quote.reply_id or "")
    world.message(f"digest:{digest.id}").state = MessageState.FAILED
    (update_,) = world.messages(MessageKind.DIGEST_UPDATE)
    assert isinstance(compose(world.session, post_of(1), world.programme, update_), NotWanted)


def test_a_reply_without_a_quote_has_none_to_withdraw(world: World):
    assert not quotes.withdraw(world.session, close_of(1), "no such reply")
