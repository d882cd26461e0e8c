"""What of a reply may be quoted is short, clean and exactly what its author has seen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import KEYS_IN_SESSION, Keys, new_key, own_words, session_keys
from bot.confidentiality.printed_form import as_printed
from bot.dialogue.digests.quotes import LONGEST_QUOTE
from bot.dialogue.filtering import filter_of, remember_names
from bot.dialogue.rounds import replies
from bot.dialogue.rounds.quote_choice import QuotePart, read_for_quote
from bot.errors import Reason, Refused
from bot.models import Reply
from tests.support.database import KEY, unit_of_work
from tests.support.programme import PROGRAMME
from tests.support.world import CLOSES, OPENS, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.models import Round

SHORT: Final = as_printed("Vi lyttede mere til hinanden.")
LONG: Final = as_printed(" ".join(["Vi skulle have talt om det noget før, for så var det gået bedre for os alle."] * 3))
HELD_IN_ONE: Final = f"Ring til mig på 20 30 40 50. {SHORT}"
NO_SHORT_SENTENCE: Final = "og så talte vi om det igen " * 6


@pytest.fixture
def world(session: Session) -> World:
    return World(session).populate(leaders=30)


def send(world: World, round_: Round, text: str, *, quote: bool = True) -> replies.ReplyReceipt:
    return replies.record(world.session, OPENS, PROGRAMME, "L0", round_.id, text, wish=False, quote=quote)


def agree(world: World, round_: Round, part: QuotePart, who: str = "L0") -> QuotePart | None:
    receipt, _ = replies.agree_to_quote(world.session, OPENS, PROGRAMME, who, round_.id, part.sentence, part.fingerprint)
    return receipt.quoted


def quoted(world: World) -> str | None:
    """What may be quoted of the only reply."""
    world.session.expire_all()
    reply, keys = world.session.scalars(select(Reply)).one(), session_keys(world.session)
    return bound_text(keys, own_words(keys, reply), reply.cleared, reply.sentence) if reply.quote else None


def parts(world: World, text: str) -> list[str]:
    return [part.text for part in read_for_quote(world.session, PROGRAMME, text).parts]


# --- what may be quoted of a text


@pytest.mark.parametrize(
    ("text", "may_be_quoted"),
    [
        (SHORT, [SHORT]),
        (f"  {SHORT.replace(' ', '   ')}  ", [SHORT]),
        (f"{SHORT} Det gav ro.", [f"{SHORT} Det gav ro.", SHORT, "Det gav ro."]),
        (HELD_IN_ONE, [SHORT]),
        (f"{LONG} {SHORT}", [*["Vi skulle have talt om det noget før, for så var det gået bedre for os alle."] * 3, SHORT]),
        (NO_SHORT_SENTENCE, []),
        ("ring til mig på 20 30 40 50", []),
        ("we should listen more to each other before we decide", []),
    ],
)
def test_the_whole_and_each_sentence_may_be_quoted_that_is_short_clean_and_in_the_language(
    world: World, text: str, may_be_quoted: list[str]
) -> None:
    assert parts(world, text) == may_be_quoted


def test_a_name_on_the_programmes_lists_is_found_in_the_whole_and_in_its_sentence(world: World) -> None:
    remember_names(world.session, PROGRAMME, ["Tværvind"])
    assert parts(world, f"Det var en tværvind. {SHORT}") == [SHORT]


@pytest.mark.parametrize("name", ["Tho!!rkild", "Ha?ssan", "jo–nna", "torb…en", "H...enriette"])
def test_no_half_of_a_name_is_quoted_that_the_printed_form_hides_from_the_filter(world: World, name: str) -> None:
    assert {*parts(world, f"{SHORT} Så sagde {name} ja. Det gav ro.")} <= {SHORT, "Det gav ro."}
    assert {*parts(world, f"Tak til {name} for i dag. Det gav ro.")} <= {"Det gav ro."}


def test_thirty_words_may_be_quoted_and_thirty_one_may_not(world: World) -> None:
    assert LONGEST_QUOTE == 30
    assert parts(world, as_printed("det " * 30)) != []
    for between in (" ", "/", ",", " / ", "…", "\n", "+", "_"):
        assert parts(world, as_printed(between.join(["det"] * 31))) == []


# --- the author's yes


def test_a_short_text_typed_as_it_is_printed_is_agreed_to_by_the_mark_alone(world: World, round_: Round) -> None:
    send(world, round_, SHORT)
    assert quoted(world) == SHORT


@pytest.mark.parametrize("text", [f"{SHORT}  Det   gav ro.", LONG, HELD_IN_ONE, NO_SHORT_SENTENCE])
def test_of_any_other_text_nothing_is_quoted_until_its_author_says_yes_to_a_part(world: World, round_: Round, text: str) -> None:
    reading = send(world, round_, text).reading
    assert quoted(world) is None
    assert reading is not None
    for part in reading.parts:
        assert agree(world, round_, part) == part == agree(world, round_, part)
        assert quoted(world) == part.text


def test_a_yes_to_a_text_that_has_changed_since_binds_nothing_and_shows_what_there_is_now(world: World, round_: Round) -> None:
    reading = send(world, round_, f"{SHORT}  Det gav ro.").reading
    assert reading is not None
    send(world, round_, f"Vi tog os  tid. {SHORT}")
    assert [agree(world, round_, part) for part in reading.parts] == [None] * 3
    assert quoted(world) is None


def test_a_yes_to_what_the_filter_holds_by_now_binds_nothing(world: World, round_: Round) -> None:
    reading = send(world, round_, "Det var en tværvind.  Vi talte om det.").reading
    assert reading is not None
    remember_names(world.session, PROGRAMME, ["Tværvind"])
    assert [agree(world, round_, part) for part in reading.parts] == [None, None, reading.parts[2]]


def test_the_same_text_sent_again_keeps_the_yes_and_another_text_voids_it(world: World, round_: Round) -> None:
    reading = send(world, round_, HELD_IN_ONE).reading
    assert reading is not None
    agree(world, round_, reading.parts[0])
    assert send(world, round_, HELD_IN_ONE).quoted == reading.parts[0]
    assert quoted(world) == SHORT
    assert send(world, round_, f"{HELD_IN_ONE} Tak.").quoted is None
    assert quoted(world) is None


def test_with_a_new_key_a_choice_still_counts_and_the_yes_stays(world: World, round_: Round) -> None:
    reading = send(world, round_, HELD_IN_ONE).reading
    assert reading is not None
    agree(world, round_, reading.parts[0])
    world.session.info[KEYS_IN_SESSION] = Keys([new_key(), KEY])
    assert send(world, round_, HELD_IN_ONE).quoted is not None
    assert agree(world, round_, reading.parts[0]) is not None
    assert quoted(world) == SHORT


def test_without_the_mark_or_after_the_no_nothing_is_quoted(world: World, round_: Round) -> None:
    send(world, round_, SHORT)
    send(world, round_, SHORT, quote=False)
    assert quoted(world) is None
    send(world, round_, SHORT)
    replies.withdraw_quote(world.session, OPENS, PROGRAMME, "L0", round_.id)
    assert quoted(world) is None


def test_nobody_agrees_to_anothers_text_nor_after_the_close(world: World, round_: Round) -> None:
    part = QuotePart(sentence=None, text=SHORT, fingerprint="f")
    send(world, round_, SHORT, quote=False)
    for who, moment, reason in (("L1", OPENS, Reason.NO_REPLY), ("P0", OPENS, Reason.NOT_IN_DIALOGUE), ("L0", CLOSES, Reason.ROUND_CLOSED)):
        with pytest.raises(Refused) as refused:
            replies.agree_to_quote(world.session, moment, PROGRAMME, who, round_.id, None, part.fingerprint)
        assert refused.value.reason is reason


def test_a_marked_reply_takes_one_statement_more_to_record(world: World, round_: Round) -> None:
    statements: list[str] = []
    event.listen(world.session.get_bind(), "before_cursor_execute", lambda *heard: statements.append(heard[2]))
    send(world, round_, f"{SHORT} Det gav ro.")
    assert len(statements) <= 5


def test_mine_says_what_is_quoted_or_that_nothing_is(world: World, round_: Round) -> None:
    reading = send(world, round_, HELD_IN_ONE).reading
    assert reading is not None
    assert mine(world) == "Ikke citeret endnu: Vælg, hvad der må citeres"
    agree(world, round_, reading.parts[0])
    assert mine(world) == f"Citat: »{SHORT}«"
    send(world, round_, HELD_IN_ONE, quote=False)
    assert mine(world) == ""


def mine(world: World) -> str:
    world.session.expire_all()
    return replies.my_replies(world.session, OPENS, PROGRAMME, "L0").replies[0].quoted


# --- whatever is typed, and in whatever order people send and agree

PIECES = st.sampled_from(
    [SHORT, "Ring på 20 30 40 50. ", "Det gav ro! ", "  ", "…", "😀😀", "\n", "MERE RO ", "vi talte med Hanne", "og så " * 9]
)
TYPED = st.lists(PIECES, min_size=1, max_size=5).map("".join)
ACTS = st.lists(st.one_of(TYPED, st.integers(0, 6), st.just(None)), max_size=8)


@given(acts=ACTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_may_be_quoted_is_none_or_what_the_author_has_seen_short_and_clean(database: Database, acts: list[str | int | None]) -> None:
    """A text sends it with the mark, a number says yes to the part with this number, None takes the quote back."""
    with unit_of_work(database) as session:
        world = World(session).populate(leaders=5, reps=5)
        round_ = world.open_and_ask()
        seen: dict[str, QuotePart] = {}
        for act in acts:
            play(world, round_, act, seen)
            text = quoted(world) if world.count(Reply) else None
            if text is not None:
                assert text in seen
                assert len(text.split()) <= LONGEST_QUOTE
                assert filter_of(session, PROGRAMME).holds(text) == ()
        session.rollback()


def play(world: World, round_: Round, act: str | int | None, seen: dict[str, QuotePart]) -> None:
    """Do one act; what the author sees of it is noted in `seen`."""
    with suppress(Refused):  # nothing can be seen in the text, or there is no reply
        if isinstance(act, str):
            receipt = send(world, round_, act)
            seen.clear()
            seen |= {part.text: part for part in (receipt.reading.parts if receipt.reading else ())}
            assert receipt.quoted is None or receipt.quoted.text in {as_printed(act), *seen}
        elif act is None:
            replies.withdraw_quote(world.session, OPENS, PROGRAMME, "L0", round_.id)
            assert quoted(world) is None
        elif act < len(seen):
            agree(world, round_, list(seen.values())[act])
