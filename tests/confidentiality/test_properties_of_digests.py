"""A digest, and what organisers see of it, tells nothing about a single person.

Properties 12, 15, 17, 26 and 27 (see `tests/confidentiality/properties.py`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.confidentiality.encryption import session_keys
from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review, quote_pages, quote_selection, quotes
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.filtering import remember_names
from bot.dialogue.outbox import NotWanted
from bot.dialogue.rounds import after_opening
from bot.errors import Refused
from bot.models import DigestState, MessageKind, OutboxMessage, Person, Quote, QuoteState, Reply, Round
from bot.platforms.slack.messages import render_message
from bot.platforms.slack.views import window
from bot.programme import Review, Role
from bot.seam.meaning import DigestPost
from tests.support.programme import programme_with
from tests.support.quoting import TEXTS, nothing_there
from tests.support.world import AS_FOUND, World, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models import Digest
    from bot.seam.meaning import Meaning

pytestmark = pytest.mark.long  # plays whole weeks, many times
FEWEST = 5
RANDOM_ID = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one person says in a week."""

    text: str
    quote: bool = False
    wish: bool = False


def quoted(numbers: Sequence[int]) -> list[Answer]:
    """Texts that may be quoted, no two alike."""
    return [Answer(text=f"{TEXTS[n % len(TEXTS)]} nu {n}", quote=True) for n in numbers]


def say(world: World, round_: Round, people: Sequence[Person], answers: Sequence[Answer]) -> None:
    """Each of these people says their own."""
    for who, answer in zip(people, answers, strict=True):
        world.answer(round_, [who], wishes=int(answer.wish), texts=[answer.text], quote=answer.quote)


def approve_all(world: World, digest: Digest) -> None:
    """Reviewers let all texts pass."""
    for quote in quotes.find_quotes(world.session, digest):
        quote.state = QuoteState.APPROVED
    world.session.flush()


def seen(world: World, digest: Digest, organiser: Person, *themes: str) -> str:
    """All that organisers and politicians get to see of a digest until it is posted, as Slack gets it."""
    shown: list[Any] = []
    for theme in themes:
        try:
            form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, theme)
            shown.append(window(form))
        except Refused as refused:
            shown.append(nothing_there(refused))
    approve_all(world, digest)
    digest_review.submit_draft(world.session, digest.drafted_at, world.programme, digest)
    after_opening.report_unreached(world.session, digest.drafted_at, world.programme)
    digest.state = DigestState.APPROVED
    world.session.flush()
    digest_review.post_or_alarm(world.session, digest.post_at, world.programme, digest)
    shown += [
        payload(world, message, digest.post_at) for message in world.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    ]
    return json.dumps(shown, ensure_ascii=False)


def payload(world: World, message: OutboxMessage, now: datetime) -> object:
    """What Slack is given for a message to organisers and politicians."""
    if message.kind is MessageKind.QUESTION:
        return None
    said: Meaning = compose(world.session, now, world.programme, message)  # type: ignore[assignment]  # all of them are wanted
    made = render_message(said)
    return [message.kind, message.address, message.key, message.facts, made.text, made.blocks]


def nameless(shown: str) -> str:
    """The same with each random id by its place: the second is told from the first, and neither from another day's."""
    places: dict[str, str] = {}
    return RANDOM_ID.sub(lambda found: places.setdefault(found[0], f"#{len(places)}"), shown)


# --- 12: words of who has not opted in


TELLING = ("skema", "cykel", "penge", "krop", "ferie", "kaffe")
several = st.sets(st.sampled_from(TELLING), max_size=4)


def week_of_words(texts: Sequence[str]) -> tuple[dict[str, Any], list[str], object]:
    """Twelve people without a mark say these texts beside eight who may be quoted: the digest, the review, and what is quoted."""
    with separate_world() as world:
        round_, organiser = world.add_round(1), world.add_person("U0ORG", Role.ORGANISER)
        people = world.add_people(8 + len(texts))
        say(world, round_, people, [*quoted(range(100, 108)), *(Answer(text=text, wish=n < 6) for n, text in enumerate(texts))])
        digest = world.draft(1)
        form = quote_pages.quote_review_form(world.session, world.programme, organiser.address, digest.id, "trust")
        approve_all(world, digest)
        chosen = [(each.place, each.text) for each in quote_selection.select_quotes(world.session, world.programme, digest)]
        return dict(content_of(digest)), [quote.text for quote in form.quotes], chosen


@settings(max_examples=15, phases=AS_FOUND)
@given(st.lists(several, min_size=12, max_size=12), st.sets(st.integers(0, 11), max_size=3), several)
@example([{"skema"}] * 5 + [set()] * 7, {0}, {"cykel"})
def test_what_somebody_says_without_the_mark_changes_nothing_but_counts_of_words_that_enough_people_use(
    words: list[set[str]], changed: set[int], others: set[str]
):
    after = [others if n in changed else said for n, said in enumerate(words)]
    texts = [[" ".join(sorted(said)) or "intet" for said in week] for week in (words, after)]
    (one, *rest), (other, *other_rest) = (week_of_words(text) for text in texts)
    assert rest == other_rest
    for content, week in ((one, words), (other, after)):
        for word in [*content["themes"][0].pop("words"), *content["themes"][0].pop("wish_words", ())]:
            assert sum(word["word"] in said for said in week) >= FEWEST or word["word"] not in TELLING
    assert one == other


@settings(max_examples=10, phases=AS_FOUND)
@given(st.lists(several, min_size=12, max_size=12), st.sampled_from(["en hemmelig sygdom", "sludder og vrøvl", "Tove kom for sent", "x"]))
def test_what_fewer_than_five_say_changes_no_byte(words: list[set[str]], rare: str):
    texts = [" ".join(sorted(said)) or "intet" for said in words]
    spiced = [f"{text} {rare}" if n < FEWEST - 1 else text for n, text in enumerate(texts)]
    assert week_of_words(texts) == week_of_words(spiced)


# --- 15: no pseudonym


def two_weeks(*, same: bool) -> list[str]:
    """The same words in two weeks, the second time by the same people or by others."""
    with separate_world() as world:
        first, organiser = world.add_people(12), world.add_person("U0ORG", Role.ORGANISER)
        second = first if same else world.add_people(12, prefix="U8")
        shown = []
        for week, people in ((1, first), (2, second)):
            said = quoted(range(100, 110)) + [Answer(text="skema og ro", wish=True)] * 2
            round_ = world.add_round(week)
            say(world, round_, people, said)
            shown.append(seen(world, world.draft(week), organiser, "trust"))
            world.session.execute(OutboxMessage.__table__.delete())
        return shown


def test_two_digests_by_the_same_people_and_by_others_differ_in_no_byte():
    same, others = two_weeks(same=True), two_weeks(same=False)
    assert [nameless(each) for each in same] == [nameless(each) for each in others]
    assert all("nu 10" in each for each in same)


def test_no_random_name_of_one_week_stands_in_the_next():
    named = [set(RANDOM_ID.findall(each)) for each in two_weeks(same=True)]
    assert all(named)
    assert named[0].isdisjoint(named[1])


# --- 17: printed words


SAID = ("skema", "ro", "penge", "kirsten", "Tove", "møde", "diagnose", "bo", "Nordskolen")
MAY_BE_PRINTED = {"skema", "ro", "penge", "møde", "diagnose", "intet"}


@settings(max_examples=20, phases=AS_FOUND)
@given(st.lists(st.sets(st.sampled_from(SAID), max_size=6), min_size=5, max_size=18), st.sampled_from(["Skema", "Kirsten Bo", ""]))
@example([set(SAID)] * 10, "Kirsten Bo")
@example([{"skema"}] * 16 + [set()] * 2, "")
@example([set(SAID)] * 10, "Skema")
def test_a_printed_word_is_said_by_enough_people_left_out_by_enough_and_nobodys_name(said: list[set[str]], listed: str):
    with separate_world() as world:
        remember_names(world.session, world.programme, [listed] if listed else [])
        texts = [" ".join(sorted(words)) or "intet" for words in said]
        world.answer(world.add_round(1), world.add_people(len(said)), texts=texts)
        digest = world.draft(1)
        printed = content_of(digest)["themes"][0]["words"]
        kept = digest.counts
    names = {word.lower() for word in listed.split()}
    cap = ((len(said) + 2) // 5 - 1) * 5  # of a theme that is printed as it is
    for word in printed:
        users = sum(word["word"] in words for words in said)
        assert users >= FEWEST
        if "or_more" in word:
            assert word["people"] == cap <= (users + 2) // 5 * 5
            assert len(said) - max(FEWEST, cap - 2) >= FEWEST  # so few may have said it, for all anybody knows
        else:
            assert word["people"] == (users + 2) // 5 * 5 < cap
            assert len(said) - users >= FEWEST
    assert {word["word"] for word in printed} <= MAY_BE_PRINTED - names
    assert all(FEWEST <= users <= cap for users in kept.values())


def test_a_word_that_enough_people_say_is_printed():
    with separate_world() as world:
        world.answer(world.add_round(1), world.add_people(20), texts=["skema"] * 20)
        assert content_of(world.draft(1))["themes"][0]["words"] == [{"word": "skema", "people": 15, "or_more": True}]


# --- 26: what organisers see


@settings(max_examples=8, phases=AS_FOUND)
@given(st.integers(0, 4), st.booleans(), st.booleans(), st.sampled_from(["time", "trust"]))
@example(few=4, quote=True, wish=True, hidden="time")
def test_organisers_see_of_a_theme_that_too_few_answered_what_they_see_of_silence(few: int, quote: bool, wish: bool, hidden: str):
    def shown(number: int) -> str:
        with separate_world() as world:
            other = "trust" if hidden == "time" else "time"
            people, organiser = world.add_people(60), world.add_person("U0ORG", Role.ORGANISER)
            rounds = {theme: world.add_round(1, theme, day) for day, theme in enumerate(sorted((hidden, other)), start=1)}
            for round_ in rounds.values():
                world.add_questions(round_, people)
            say(world, rounds[other], people[:12], [*quoted(range(100, 110)), Answer(text="ro"), Answer(text="ro")])
            say(world, rounds[hidden], people[:number], [Answer(text=f"en hemmelighed {n}", quote=quote, wish=wish) for n in range(number)])
            return nameless(seen(world, world.draft(1), organiser, hidden, other))

    assert shown(few) == shown(0)


def test_before_organisers_stands_no_author_role_area_or_time():
    with separate_world() as world:
        round_, organiser = world.add_round(1), world.add_person("U0ORG", Role.ORGANISER)
        people = world.add_people(10, prefix="UAUTHOR", role=Role.EMPLOYEE_REP)
        say(world, round_, people, quoted(range(100, 110)))
        shown = seen(world, world.draft(1), organiser, "trust")
        replies = [*world.session.scalars(select(Reply.id)), *world.session.scalars(select(Quote.reply_id))]
        marks = [
            *world.session.scalars(select(Quote.fingerprint)),
            *(session_keys(world.session).fingerprint("person", person.address) for person in people),
        ]
    assert "nu 105" in shown
    assert [each for each in ("UAUTHOR", "employee_rep", "Copenhagen", *replies, *marks) if str(each) in shown] == []


# --- 27: when


BEATS = [timedelta(minutes=minutes) for minutes in (-240, -60, -1, 0, 1, 60, 60 * 24, 60 * 72)]
doings = st.lists(st.tuples(st.sampled_from(["beat", "beat", "approve", "send back"]), st.sampled_from(BEATS)), max_size=8)


@settings(max_examples=40, phases=AS_FOUND)
@given(doings, st.sampled_from(Review))
@example([("beat", BEATS[4])], Review.REQUIRED)
@example([("approve", BEATS[1]), ("beat", BEATS[2]), ("beat", BEATS[3])], Review.REQUIRED)
@example([("send back", BEATS[0]), ("beat", BEATS[4]), ("approve", BEATS[5])], Review.QUOTES_ONLY)
def test_a_digest_is_posted_never_before_its_hour_and_unapproved_only_where_numbers_need_no_approval(
    done: list[tuple[str, timedelta]], by: Review
):
    with separate_world(programme_with(review=by)) as world:
        organiser = world.add_person("U0ORG", Role.ORGANISER).address
        world.answer(world.add_round(1), world.add_people(12))
        digest = world.draft(1)
        moments = sorted(post_of(1) + after for _, after in done)
        approved = held = False
        for (what, _), now in zip(done, moments, strict=True):
            if what == "beat":
                digest_review.post_or_alarm(world.session, now, world.programme, digest)
                approved = approved or (by is Review.QUOTES_ONLY and not held and now >= post_of(1))
            elif what == "approve":
                digest_review.approve(world.session, now, world.programme, organiser, digest.id)
                approved = True
            else:
                held = digest_review.send_back(world.session, now, world.programme, organiser, digest.id, "Vent lidt.").made or held
            there = world.messages(MessageKind.DIGEST)
            assert not there or (approved and now >= post_of(1))
            assert there or not (approved and now >= post_of(1) and what == "beat")
            assert [isinstance(_said(world, message, now), DigestPost) for message in there] == [True] * len(there)
        for message in world.messages(MessageKind.DIGEST):
            assert isinstance(_said(world, message, post_of(1) - timedelta(minutes=1)), NotWanted)


def _said(world: World, message: OutboxMessage, now: datetime) -> object:
    return compose(world.session, now, world.programme, message)
