"""Of two processes that open a round or draft a digest, the second asks and tells nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.digests import draft
from bot.dialogue.rounds import opening
from bot.models import Digest, Quote, Round
from tests.support.programme import PROGRAMME
from tests.support.quoting import TEXTS
from tests.support.world import World, close_of, post_of, week_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pytest


def come_second(monkeypatch: pytest.MonkeyPatch, module: object, name: str, first: Callable[[], object]) -> None:
    """Let `first` happen as soon as this process has judged that nothing has been done, just before it calls the function."""
    original = getattr(module, name)

    def late(*args: Any) -> Any:
        monkeypatch.setattr(module, name, original)
        first()
        return original(*args)

    monkeypatch.setattr(module, name, late)


def test_who_opens_a_round_that_another_process_has_written_meanwhile_asks_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.populate()
    come_second(monkeypatch, opening, "take_snapshot", lambda: world.add_round(1))
    assert world.open() is None
    assert (world.count(Round), world.recipients(), world.notices()) == (1, [], [])


def test_who_drafts_a_digest_that_another_process_has_drafted_meanwhile_offers_no_quote_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.answer(world.add_round(1), world.add_people(12), texts=TEXTS, quote=True)
    come_second(monkeypatch, draft, "write_once", lambda: world.draft(1))
    digest = draft.draft_digest(world.session, close_of(1), PROGRAMME, week_of(1), post_of(1))
    assert digest is not None
    assert (world.count(Digest), world.count(Quote)) == (1, len(TEXTS))
