"""A week's quotes are read, decided and approved with the digest in at most twelve presses, and what was seen is what is posted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.models import Digest, DigestState, Quote, QuoteState
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.quoting import TEXTS
from tests.support.running_world import QUOTED, asked_world, buttons, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.workspace.client.person import Ack
    from tests.support.running_world import RunningWorld

MOST_PRESSES = 12
CLOSED, POSTED = "2018-10-12 10:01", "2018-10-12 14:01"
THREE_PAGES = "Side 1 af 3."


@dataclass
class Organiser:
    """An organiser at the screen, whose presses are counted: a choice in a menu takes two."""

    world: RunningWorld
    presses: int = 0
    windows: list[str] = field(default_factory=list)

    def press(self, action: str, **target: Any) -> None:
        """Press a button in a message, or in the window if it is open."""
        chat, who = self.world.local_bot.chat, self.world.organiser
        view = chat.view(who)
        place = {"view_id": view.id} if view else {"channel": ORGANISERS_CHANNEL}
        self.presses += 2 if action == "quote_no" else 1
        self._done(chat.press(who, action, **place, **target))

    def submit(self) -> None:
        """Press what sends the window."""
        self.presses += 1
        self._done(self.world.local_bot.chat.submit(self.world.organiser, {}))

    def undecided(self) -> list[str]:
        """The ids of the texts in the window that can be decided."""
        blocks = self.world.view(self.world.organiser).blocks
        return [block["block_id"] for block in blocks for each in block.get("elements", ()) if each.get("action_id") == "quote_show"]

    def _done(self, ack: Ack) -> None:
        assert ack.ok, ack.error
        self.windows.append(self.world.window(self.world.organiser))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RunningWorld]:
    """So many are asked that some may be quoted."""
    with asked_world(tmp_path, participants=QUOTED) as world:
        yield world


@pytest.fixture
def organiser(world: RunningWorld) -> Organiser:
    """The week has closed, and as many texts as are ever put to reviewers wait; they are as many as in a week of the real programme."""
    for number, person in enumerate(world.participants):
        assert world.reply(person, f"{TEXTS[number % len(TEXTS)]} nu {100 + number}", "quote").ok
        world.local_bot.chat.dismiss(person)
    world.play(CLOSED)
    return Organiser(world)


def quote_states(world: RunningWorld) -> list[QuoteState]:
    with world.local_bot.database.look() as session:
        return list(session.scalars(select(Quote.state)))


def test_a_weeks_quotes_are_reviewed_and_the_digest_approved_in_at_most_twelve_presses(world: RunningWorld, organiser: Organiser) -> None:
    organiser.press("quote_review")
    assert THREE_PAGES in organiser.windows[-1]
    for _ in range(2):
        organiser.press("quote_no", block_id=organiser.undecided()[0], value="unclear")
        organiser.press("quote_show_all")
    organiser.press("quote_show_all")
    organiser.press("approve")
    page = organiser.windows[-1]
    assert "Når du godkender, bliver det lagt i politikernes kanal fredag den 12. oktober kl. 14.00" in page
    organiser.submit()
    assert organiser.presses <= MOST_PRESSES
    states = quote_states(world)
    assert (len(states), states.count(QuoteState.DECLINED), states.count(QuoteState.WAITING)) == (20, 2, 0)
    world.player.settle()
    assert not any("approve" in buttons(post) for post in world.posts(ORGANISERS_CHANNEL))
    world.local_bot.chat.dismiss(world.organiser)
    world.play(POSTED)
    (post,) = world.posts(DIGEST_CHANNEL)
    quoted = [text for text in words(post.blocks) if " nu 1" in text]
    assert len(quoted) == 3
    assert all(text in page for text in words(post.blocks) if len(text) > len("Svar deltagerne"))
    assert not any(" nu 1" in text for said in world.posts(ORGANISERS_CHANNEL) for text in [said.text, *words(said.blocks)])


def test_whoever_reads_one_page_only_has_enough_and_is_told_what_is_lost(world: RunningWorld, organiser: Organiser) -> None:
    organiser.press("quote_review")
    organiser.press("quote_show_all")
    assert "6 tekster er godkendt. Det er nok. Resten behøver I ikke læse, men så kan de ikke komme med." in organiser.windows[-1]
    organiser.press("approve")
    assert "14 tekster har I ikke taget stilling til. Når overblikket er godkendt, kan de ikke komme med." in organiser.windows[-1]
    organiser.submit()
    assert organiser.presses == len(organiser.windows) == 4
    with world.local_bot.database.look() as session:
        assert session.scalars(select(Digest.state)).one() is DigestState.APPROVED


def test_an_author_who_takes_a_shown_text_back_makes_the_page_be_shown_again(world: RunningWorld, organiser: Organiser) -> None:
    chat = world.local_bot.chat
    organiser.press("quote_review")
    organiser.press("quote_show_all")
    organiser.press("approve")
    page = organiser.windows[-1]
    author = next(who for number, who in enumerate(world.participants) if f"nu {100 + number}" in page)
    assert chat.press(author, "my_replies").ok
    assert chat.press(author, "withdraw_quote", view_id=world.view(author).id).ok
    organiser.submit()
    assert "Siden er ændret, siden du så den." in organiser.windows[-1]
    assert f"nu {100 + world.participants.index(author)}" not in organiser.windows[-1]
    organiser.submit()
    assert "Du har godkendt overblik nr. 1." in organiser.windows[-1]
