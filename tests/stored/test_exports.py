"""What was exported once is drawn the same by every later version, or by one that says that it draws otherwise."""

from __future__ import annotations

from bot.dialogue.papers.foot import FORM
from tests.stored.exports import WHAT_TO_DO, drawings, frozen


def test_a_record_of_yesterday_is_drawn_as_it_was_by_every_version_of_one_form() -> None:
    known = frozen()
    assert (known["form"], known["sha256"]) == (FORM, drawings()), WHAT_TO_DO
