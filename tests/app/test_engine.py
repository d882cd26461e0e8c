"""A bot that has started has read what its first press would else wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.programme import Language
from bot.wording import catalogue, say
from tests.support.running_world import running_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long  # starts a whole bot
def test_whoever_presses_first_does_not_wait_for_the_sentences_of_the_other_language(tmp_path: Path) -> None:
    catalogue.cache_clear()
    with running_world(tmp_path):
        read = catalogue.cache_info().misses
        for language in Language:
            assert say(language, "button.answer")
        assert catalogue.cache_info().misses == read
