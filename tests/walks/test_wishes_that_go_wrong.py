"""What wishes and promises come to when people leave, promise the same, take back their words, or fall silent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue import people
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.digests.digest_text import as_text
from bot.dialogue.responses import ledger, promises
from bot.dialogue.rounds import replies
from bot.errors import Reason, Refused
from bot.models import Base, MessageKind, Person, Response
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind
from tests.support.planted_digests import NO_WORDS, TOO_FEW, USUAL, answered, issued, promised, read, said, wished
from tests.support.quoting import TEXTS, review_quotes
from tests.support.world import OPENS, World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.models import Digest

MONDAY = post_of(1) + timedelta(days=3)  # on which the promise of `promised` is due


@pytest.fixture
def village() -> Iterator[World]:
    """A programme in a database of its own."""
    with separate_world() as world:
        yield world


def state(village: World, week: int = 2) -> str:
    """The state of the only wishes, at the close of a week."""
    (wish,) = ledger.wishes(village.session, village.programme, close_of(week))
    return wish.state.value


def promise_of_another(village: World, digest: Digest) -> Response:
    """Another politician promises the same for the same day."""
    words = "Vi finder penge til to faste vikarer."
    return said(village, digest, ResponseKind.TAKE_UP, words, due_on=MONDAY.date())


def test_of_a_politician_who_left_nothing_is_asked_and_any_other_may_tell_at_once(village: World) -> None:
    _, promise = promised(village)
    other = village.add_person("U0OTHER", Role.POLITICIAN)
    people.leave(village.session, MONDAY, village.session.get_one(Person, promise.person_id))
    village.session.flush()
    promises.ask_about_promises(village.session, MONDAY + timedelta(days=1), village.programme)
    assert village.messages(MessageKind.PROMISE_DUE) == []
    answered(village, 2, USUAL)
    digest = issued(village, 2)
    assert [offer.promise for offer in read(village, digest).promises] == [promise.id]
    assert promises.tell(village.session, close_of(2), village.programme, other.address, promise.id, ResponseKind.DONE, "Gjort.").made


def test_who_stays_is_asked_themselves_and_no_other_may_tell_yet(village: World) -> None:
    _, promise = promised(village)
    village.add_person("U0OTHER", Role.POLITICIAN)
    with pytest.raises(Refused) as refused:
        promises.tell(village.session, MONDAY, village.programme, "U0OTHER", promise.id, ResponseKind.DONE, "Gjort.")
    assert refused.value.reason is Reason.NO_RIGHT
    for _ in range(2):
        promises.ask_about_promises(village.session, MONDAY, village.programme)
    (asked,) = village.messages(MessageKind.PROMISE_DUE)
    assert asked.address == village.session.get_one(Person, promise.person_id).address


def test_two_who_promise_the_same_are_both_held_to_it(village: World) -> None:
    digest, first = promised(village)
    second = promise_of_another(village, digest)
    promises.ask_about_promises(village.session, MONDAY, village.programme)
    assert len({asked.address for asked in village.messages(MessageKind.PROMISE_DUE)}) == 2
    said(village, digest, ResponseKind.DONE, "Den ene er ansat.", promise_id=first.id)
    assert state(village) == "overdue"
    said(village, digest, ResponseKind.DROPPED, "Den anden kom der ikke penge til.", promise_id=second.id)
    assert state(village) == "dropped"


def test_wishes_keep_their_fate_when_all_of_them_are_taken_back(village: World) -> None:
    digest = wished(village)
    said(village, digest, ResponseKind.TAKE_UP, "Vi finder penge.", due_on=MONDAY.date())
    before, printed = state(village), content_of(digest)
    for who in [person.address for person in village.session.query(Person).filter(Person.role == Role.LEADER)]:
        replies.delete_my_reply(village.session, MONDAY, village.programme, who, 1)
    assert (state(village), content_of(digest)) == (before, printed)
    answered(village, 2, USUAL)
    assert "skulle være holdt" in as_text(read(village, issued(village, 2)))


def test_a_wish_whose_only_quote_is_withdrawn_after_its_answer_stays_in_the_ledger_without_a_word_of_it(village: World) -> None:
    authors, round_ = village.add_people(USUAL), village.add_round(1)
    village.answer(round_, authors[: len(TEXTS)], texts=TEXTS, wishes=len(TEXTS), quote=True)
    village.answer(round_, authors[len(TEXTS) :], texts=[NO_WORDS] * (USUAL - len(TEXTS)), wishes=2)
    review_quotes(village, village.draft(1))
    digest = issued(village, 1)
    assert digest.wishes == ["trust"]
    assert "wish_words" not in content_of(digest)["themes"][0]
    assert any(quote in as_text(read(village, digest)) for quote in TEXTS)
    said(village, digest, ResponseKind.NOT_OURS, "Det bestemmer lederne selv.")
    for author in authors[: len(TEXTS)]:
        replies.withdraw_quote(village.session, MONDAY, village.programme, author.address, round_.id)
    village.session.flush()
    assert state(village) == "not_ours"
    answered(village, 2, USUAL)
    later = issued(village, 2)
    shown = f"{as_text(read(village, digest))} {as_text(read(village, later))} {everything_stored(village)}"
    assert [quote for quote in TEXTS if quote in shown] == []
    assert "spørg, hvad der ønskes" not in shown
    still = digest_as_it_stands(village.session, digest, Language.DA)
    assert [(offer.theme, offer.told) for offer in still.wishes] == [("trust", True)]  # it can still be answered
    assert "Spørg deltagerne" not in as_text(still)


def everything_stored(village: World) -> str:
    """All rows of all tables, as text."""
    return " ".join(str(dict(row)) for table in Base.metadata.sorted_tables for row in village.session.execute(table.select()).mappings())


def test_a_week_under_the_floor_between_two_printed_ones_hides_no_fate_and_stops_no_clock(village: World) -> None:
    wished(village)
    answered(village, 2, TOO_FEW)
    under, after = issued(village, 2), None
    assert "For få svarede" in as_text(read(village, under))
    assert [fate["weeks"] for fate in content_of(under)["ledger"]] == [1]
    answered(village, 3, USUAL)
    after = issued(village, 3)
    assert [(fate["state"], fate["weeks"]) for fate in content_of(after)["ledger"]] == [("waiting", 2)]
    assert content_of(after)["compared"] is None
    assert "(uge 34)" in as_text(read(village, after))


def test_without_a_committee_the_headline_names_the_theme(village: World) -> None:
    answered(village, 1, USUAL)
    digest = issued(village, 1)
    assert "committee" not in content_of(digest)
    assert "Tillid" in read(village, digest).headline


def test_a_promise_for_a_holiday_is_asked_about_on_the_next_working_day(village: World) -> None:
    digest = wished(village)
    christmas = OPENS.replace(month=12, day=25, hour=11)
    said(village, digest, ResponseKind.TAKE_UP, "Vi gør det til jul.", due_on=christmas.date())
    for day in range(4):  # Christmas, the day after, and two working days
        promises.ask_about_promises(village.session, christmas + timedelta(days=day), village.programme)
    (asked,) = village.messages(MessageKind.PROMISE_DUE)
    assert asked.due_at.date() == (christmas + timedelta(days=2)).date()
