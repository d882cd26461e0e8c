"""Of a season that was purged the end is done: nobody waits for its report, and the chain says what has been deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.data_rights.purging import purge
from bot.dialogue.responses.chain import chain
from bot.dialogue.responses.chain_text import chain_as_text
from bot.models import DigestState
from bot.programme import Language
from schedules import season_end
from tests.support.season_of_papers import END, SeasonOfPapers
from tests.support.world import separate_world

if TYPE_CHECKING:
    from bot.models import Digest

pytestmark = pytest.mark.long  # plays a whole season
LATER = END + timedelta(days=90)


class WithReportInReview(SeasonOfPapers):
    """A season whose report nobody has approved."""

    def _issue(self, digest: Digest, number: int) -> None:
        if digest.week is not None:
            super()._issue(digest, number)


@pytest.mark.parametrize(("everything", "deleted"), [(False, 1), (True, 4)])
def test_a_report_that_was_never_approved_is_deleted_and_waited_for_no_longer(everything: bool, deleted: int) -> None:
    with separate_world() as world:
        season = WithReportInReview(world, "", 1, quoted=False)
        assert season_end.needs_care(world.session, LATER, world.programme)
        purge(world.session, LATER, world.programme.id, everything=everything)
        states = [digest.state for digest in season.digests()]
        assert states == [*[DigestState.ISSUED] * (4 - deleted), *[DigestState.PURGED] * deleted]
        assert not season_end.needs_care(world.session, LATER, world.programme)
        read = {language: chain_as_text(chain(world.session, world.programme.id, LATER), language) for language in Language}
        assert (read[Language.DA].count("er slettet"), read[Language.EN].count("has been deleted")) == (deleted, deleted)
