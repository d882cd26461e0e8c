from __future__ import annotations

from pathlib import Path

import pytest

from schedules.checking.block_examples import EXAMPLES
from schedules.checking.file_model import Block, Calendar, File, Information
from schedules.programme_file import source_of

CUT = {File, Information}  # too long to be shown whole


def blocks(block: type[Block] = Block) -> set[type[Block]]:
    return {inner for direct in block.__subclasses__() for inner in {direct} | blocks(direct)}


@pytest.mark.parametrize("block", [block for block in EXAMPLES if block not in CUT])
def test_an_example_of_a_block_is_right(block):
    block.model_validate(source_of(Path("example.yaml"), EXAMPLES[block].encode()).data)


def test_every_block_but_a_text_in_both_languages_has_an_example_that_is_shown_whole():
    assert all(block.model_fields.keys() == {"da", "en"} for block in blocks() - EXAMPLES.keys() - {Calendar})
    assert max(map(len, EXAMPLES.values())) <= 120
