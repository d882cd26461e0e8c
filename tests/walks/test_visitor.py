"""Somebody tries the rehearsal: what they decide, nobody else decides in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import asked_world, buttons, running_world

if TYPE_CHECKING:
    from pathlib import Path


def test_a_digest_that_the_visitor_sent_back_waits_for_them_also_after_a_restart_until_the_role_is_handed_back(tmp_path: Path) -> None:
    with asked_world(tmp_path) as world:
        world.everyone_replies()
        world.play("2018-10-12 10:01")
        controls, organiser = world.local_bot.controls, world.organiser
        assert controls.waits_for() == "organiser"  # the others sleep
        controls.synthetic = True
        controls.pick(organiser)
        assert world.local_bot.chat.press(organiser, "send_back", channel=ORGANISERS_CHANNEL).ok
        assert world.fill(organiser, plain_text_input="Vent lige").ok
        controls.acted(world.politician)
        assert not world.local_bot.visitor.decides  # who speaks for themselves decides nothing for others
        controls.acted(organiser)
        world.play("2018-10-15 09:00")
        assert world.posts(DIGEST_CHANNEL) == []
    with running_world(tmp_path, synthetic=True) as world:
        controls = world.local_bot.controls
        assert (controls.waits_for(), world.local_bot.visitor.person) == ("organiser", world.organiser)
        world.player.settle()
        assert "approve" in {button for post in world.posts(ORGANISERS_CHANNEL) for button in buttons(post)}
        controls.hand_back("organiser")
        assert controls.waits_for() is None
        world.player.settle()
        assert len(world.posts(DIGEST_CHANNEL)) == 1
        assert controls.waits_for() is None
