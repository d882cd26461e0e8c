"""An author is told what points at somebody, leaves the quote out or chooses a sentence, and sees what is printed, by real presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import own_words, session_keys
from bot.models import Reply
from tests.support.running_world import QUOTED, words

if TYPE_CHECKING:
    from tests.support.running_world import RunningWorld

NAMED = "Hannes idé var god. Vi lyttede mere til hinanden."
CHOSEN = "Vi lyttede mere til hinanden."

pytestmark = pytest.mark.asked(participants=QUOTED)


def send(world: RunningWorld, who: str, text: str) -> None:
    """Press Svar, and send the text with the mark."""
    assert world.local_bot.chat.press(who, "answer").ok
    assert world.fill(who, plain_text_input=text, checkboxes=["quote"]).ok


def press(world: RunningWorld, who: str, action: str, place: int = 0) -> None:
    """Press the button with this place among those with the same action, in the open window."""
    view = world.view(who)
    rows = [(block, each) for block in view.blocks for each in block.get("elements", ()) if each.get("action_id") == action]
    block, element = rows[place]
    ack = world.local_bot.chat.press(who, action, view_id=view.id, block_id=block["block_id"], value=element.get("value"))
    assert ack.ok, ack.error


def window(world: RunningWorld, who: str) -> str:
    return " ".join(("" if block["type"] == "rich_text" else " ").join(words([block])) for block in world.view(who).blocks)


def stored(world: RunningWorld) -> tuple[str | None, str | None]:
    """The words of the only reply, and what of it may be quoted."""
    with world.local_bot.database.look() as session:
        reply, keys = session.scalars(select(Reply)).one(), session_keys(session)
        typed = own_words(keys, reply)
        return typed, bound_text(keys, typed, reply.cleared, reply.sentence) if reply.quote else None


def test_what_points_at_somebody_is_sent_without_the_quote_by_one_press(world: RunningWorld) -> None:
    who = world.participants[0]
    send(world, who, NAMED)
    assert "»Hannes« kan være navn på nogen." in window(world, who)
    world.local_bot.chat.type(who, {"text": {"text": f"{NAMED} Tak."}})
    press(world, who, "send_unquoted")
    assert "Dit svar er rettet" in str(world.view(who).title)
    assert stored(world) == (f"{NAMED} Tak.", None)


def test_a_clean_sentence_of_it_is_chosen_and_can_be_taken_back(world: RunningWorld) -> None:
    who = world.participants[0]
    send(world, who, NAMED)
    press(world, who, "send_and_choose")
    assert "Hannes" not in window(world, who)
    assert stored(world) == (NAMED, None)
    press(world, who, "quote_yes")
    assert CHOSEN in window(world, who)
    assert stored(world) == (NAMED, CHOSEN)
    press(world, who, "withdraw_quote")
    assert stored(world) == (NAMED, None)


def test_an_untidy_text_is_quoted_only_once_its_author_has_seen_it_as_it_is_printed(world: RunningWorld) -> None:
    who = world.participants[0]
    send(world, who, "vi lyttede   mere til hinanden!!!  det gav ro")
    typed, quoted = stored(world)
    assert (typed, quoted) == ("vi lyttede   mere til hinanden!!!  det gav ro", None)
    press(world, who, "quote_yes")
    _, quoted = stored(world)
    assert quoted is not None
    assert quoted in window(world, who)
    press(world, who, "choose_quote")
    press(world, who, "quote_yes", 2)
    assert stored(world) == (typed, "Det gav ro.")
    assert "Det gav ro." in window(world, who)


def test_a_tidy_short_text_takes_no_more_presses_than_its_tick(world: RunningWorld) -> None:
    who = world.participants[0]
    send(world, who, CHOSEN)
    assert stored(world) == (CHOSEN, CHOSEN)
    assert CHOSEN in window(world, who)
