"""Does a digest, or what organisers see of it, tell anything of a person, whoever says what and comes when?

Properties 12, 15, 17, 26 and 27 (see `tests/confidentiality/properties.py`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.confidentiality.encryption import session_keys
from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review, quote_review, quote_selection, quotes
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
from tests.confidentiality.quoting import CLEAN, nothing_there
from tests.dialogue.season import AS_FOUND, Season, made_up, post_of, season

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models import Digest
    from bot.seam.meaning import Meaning

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
    return [Answer(text=f"{CLEAN[n % len(CLEAN)]} nu {n}", quote=True) for n in numbers]


def say(town: Season, one: Round, people: Sequence[Person], answers: Sequence[Answer]) -> None:
    """Each of these people says their own."""
    for who, answer in zip(people, answers, strict=True):
        town.answer(one, [who], wishes=int(answer.wish), texts=[answer.text], quote=answer.quote)


def approve_all(town: Season, digest: Digest) -> None:
    """Reviewers let all texts pass."""
    for quote in quotes.find_quotes(town.session, digest):
        quote.state = QuoteState.APPROVED
    town.session.flush()


def seen(town: Season, digest: Digest, organiser: Person, *themes: str) -> str:
    """All that organisers and politicians get to see of a digest until it is posted, as Slack gets it."""
    shown: list[Any] = []
    for theme in themes:
        try:
            form = quote_review.quote_review_form(town.session, town.programme, organiser.address, digest.id, theme)
            shown.append(window(form))
        except Refused as refused:
            shown.append(nothing_there(refused))
    approve_all(town, digest)
    digest_review.submit_draft(town.session, digest.drafted_at, town.programme, digest)
    after_opening.report_unreached(town.session, digest.drafted_at, town.programme)
    digest.state = DigestState.APPROVED
    town.session.flush()
    digest_review.post_or_alarm(town.session, digest.post_at, town.programme, digest)
    shown += [payload(town, message, digest.post_at) for message in town.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    return json.dumps(shown, ensure_ascii=False)


def payload(town: Season, message: OutboxMessage, now: datetime) -> object:
    """What Slack is given for a message to organisers and politicians."""
    if message.kind is MessageKind.QUESTION:
        return None
    said: Meaning = compose(town.session, now, town.programme, message)  # type: ignore[assignment]  # all of them are wanted
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
    with season() as town:
        one, organiser = town.round(1), town.person("U0ORG", Role.ORGANISER)
        people = town.people(8 + len(texts))
        say(town, one, people, [*quoted(range(100, 108)), *(Answer(text=text, wish=n < 6) for n, text in enumerate(texts))])
        digest = town.draft(1)
        form = quote_review.quote_review_form(town.session, town.programme, organiser.address, digest.id, "trust")
        approve_all(town, digest)
        chosen = [(each.place, each.text) for each in quote_selection.select_quotes(town.session, town.programme, digest)]
        return dict(content_of(digest)), [quote.text for quote in form.quotes], chosen


@settings(max_examples=25, phases=AS_FOUND)
@given(st.lists(several, min_size=12, max_size=12), st.sets(st.integers(0, 11), max_size=3), several)
@example([{"skema"}] * 5 + [set()] * 7, {0}, {"cykel"})
def test_what_somebody_says_without_the_mark_changes_nothing_but_counts_of_words_that_enough_people_use(
    words: list[set[str]], changed: set[int], others: set[str]
):
    after = [others if n in changed else said for n, said in enumerate(words)]
    texts = [[" ".join(sorted(said)) or "intet" for said in week] for week in (words, after)]
    (one, *rest), (other, *other_rest) = (week_of_words(each) for each in texts)
    assert rest == other_rest
    for content, week in ((one, words), (other, after)):
        for word in content["themes"][0].pop("words"):
            assert sum(word["word"] in said for said in week) >= FEWEST or word["word"] not in TELLING
    assert one == other


@settings(max_examples=15, phases=AS_FOUND)
@given(st.lists(several, min_size=12, max_size=12), st.sampled_from(["en hemmelig sygdom", "sludder og vrøvl", "Tove kom for sent", "x"]))
def test_what_fewer_than_five_say_changes_no_byte(words: list[set[str]], rare: str):
    texts = [" ".join(sorted(said)) or "intet" for said in words]
    spiced = [f"{text} {rare}" if n < FEWEST - 1 else text for n, text in enumerate(texts)]
    assert week_of_words(texts) == week_of_words(spiced)


# --- 15: no pseudonym


def two_weeks(*, same: bool) -> list[str]:
    """The same words in two weeks, the second time by the same people or by others."""
    with season() as town:
        first, organiser = town.people(12), town.person("U0ORG", Role.ORGANISER)
        second = first if same else town.people(12, prefix="U8")
        shown = []
        for week, people in ((1, first), (2, second)):
            said = quoted(range(100, 110)) + [Answer(text="skema og ro", wish=True)] * 2
            one = town.round(week)
            say(town, one, people, said)
            shown.append(seen(town, town.draft(week), organiser, "trust"))
            town.session.execute(OutboxMessage.__table__.delete())
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


@settings(max_examples=30, phases=AS_FOUND)
@given(st.lists(st.sets(st.sampled_from(SAID), max_size=6), min_size=5, max_size=18), st.sampled_from(["Skema", "Kirsten Bo", ""]))
@example([set(SAID)] * 10, "Kirsten Bo")
@example([{"skema"}] * 16 + [set()] * 2, "")
@example([set(SAID)] * 10, "Skema")
def test_a_printed_word_is_said_by_enough_people_left_out_by_enough_and_nobodys_name(said: list[set[str]], listed: str):
    with season() as town:
        remember_names(town.session, town.programme, [listed] if listed else [])
        texts = [" ".join(sorted(words)) or "intet" for words in said]
        town.answer(town.round(1), town.people(len(said)), texts=texts)
        digest = town.draft(1)
        printed = content_of(digest)["themes"][0]["words"]
        kept = digest.counts
    names = {word.lower() for word in listed.split()}
    for word in printed:
        users = sum(word["word"] in words for words in said)
        assert users >= FEWEST
        assert len(said) - users == 0 or len(said) - users >= FEWEST
        assert word["people"] == (users + 2) // 5 * 5
    assert {word["word"] for word in printed} <= MAY_BE_PRINTED - names
    assert all(FEWEST <= users <= len(said) - FEWEST or users == len(said) for users in kept.values())


def test_a_word_that_enough_people_say_is_printed():
    with season() as town:
        town.answer(town.round(1), town.people(10), texts=["skema"] * 10)
        assert content_of(town.draft(1))["themes"][0]["words"] == [{"word": "skema", "people": 10}]


# --- 26: what organisers see


@settings(max_examples=12, phases=AS_FOUND)
@given(st.integers(0, 4), st.booleans(), st.booleans(), st.sampled_from(["time", "trust"]))
@example(few=4, quote=True, wish=True, hidden="time")
def test_organisers_see_of_a_theme_that_too_few_answered_what_they_see_of_silence(few: int, quote: bool, wish: bool, hidden: str):
    def shown(number: int) -> str:
        with season() as town:
            other = "trust" if hidden == "time" else "time"
            people, organiser = town.people(60), town.person("U0ORG", Role.ORGANISER)
            rounds = {theme: town.round(1, theme, day) for day, theme in enumerate(sorted((hidden, other)), start=1)}
            for one in rounds.values():
                town.ask(one, people)
            say(town, rounds[other], people[:12], [*quoted(range(100, 110)), Answer(text="ro"), Answer(text="ro")])
            say(town, rounds[hidden], people[:number], [Answer(text=f"en hemmelighed {n}", quote=quote, wish=wish) for n in range(number)])
            return nameless(seen(town, town.draft(1), organiser, hidden, other))

    assert shown(few) == shown(0)


def test_before_organisers_stands_no_author_role_area_or_time():
    with season() as town:
        one, organiser = town.round(1), town.person("U0ORG", Role.ORGANISER)
        people = town.people(10, prefix="UAUTHOR", role=Role.EMPLOYEE_REP)
        say(town, one, people, quoted(range(100, 110)))
        shown = seen(town, town.draft(1), organiser, "trust")
        replies = [*town.session.scalars(select(Reply.id)), *town.session.scalars(select(Quote.reply_id))]
        marks = [
            *town.session.scalars(select(Quote.fingerprint)),
            *(session_keys(town.session).fingerprint("person", each.address) for each in people),
        ]
    assert "nu 105" in shown
    assert [each for each in ("UAUTHOR", "employee_rep", "Copenhagen", *replies, *marks) if str(each) in shown] == []


# --- 27: when


BEATS = [timedelta(minutes=minutes) for minutes in (-240, -60, -1, 0, 1, 60, 60 * 24, 60 * 72)]
doings = st.lists(st.tuples(st.sampled_from(["beat", "beat", "approve", "send back"]), st.sampled_from(BEATS)), max_size=8)


@settings(max_examples=60, phases=AS_FOUND)
@given(doings, st.sampled_from(Review))
@example([("beat", BEATS[4])], Review.REQUIRED)
@example([("approve", BEATS[1]), ("beat", BEATS[2]), ("beat", BEATS[3])], Review.REQUIRED)
@example([("send back", BEATS[0]), ("beat", BEATS[4]), ("approve", BEATS[5])], Review.QUOTES_ONLY)
def test_a_digest_is_posted_never_before_its_hour_and_unapproved_only_where_numbers_need_no_approval(
    done: list[tuple[str, timedelta]], by: Review
):
    with season(made_up(review_by=by)) as town:
        organiser = town.person("U0ORG", Role.ORGANISER).address
        town.answer(town.round(1), town.people(12))
        digest = town.draft(1)
        moments = sorted(post_of(1) + after for _, after in done)
        approved = held = False
        for (what, _), now in zip(done, moments, strict=True):
            if what == "beat":
                digest_review.post_or_alarm(town.session, now, town.programme, digest)
                approved = approved or (by is Review.QUOTES_ONLY and not held and now >= post_of(1))
            elif what == "approve":
                digest_review.approve(town.session, now, town.programme, organiser, digest.id)
                approved = True
            else:
                held = digest_review.send_back(town.session, now, town.programme, organiser, digest.id, "Vent lidt.").made or held
            there = town.messages(MessageKind.DIGEST)
            assert not there or (approved and now >= post_of(1))
            assert there or not (approved and now >= post_of(1) and what == "beat")
            assert [isinstance(_said(town, message, now), DigestPost) for message in there] == [True] * len(there)
        for message in town.messages(MessageKind.DIGEST):
            assert isinstance(_said(town, message, post_of(1) - timedelta(minutes=1)), NotWanted)


def _said(town: Season, message: OutboxMessage, now: datetime) -> object:
    return compose(town.session, now, town.programme, message)
