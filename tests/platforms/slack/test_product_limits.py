"""Slack's own limits leave room for what the product allows, and its ids are what programme files are checked by."""

from __future__ import annotations

import pytest

from bot.dialogue.form_input import LONGEST_TEXT
from bot.models import Digest, Response
from bot.platforms.slack.escaping import MOST_IN_TEXT
from bot.seam.addresses import CHANNEL, USERGROUP


def test_a_form_and_its_column_take_the_longest_text_that_a_person_may_write():
    assert LONGEST_TEXT <= MOST_IN_TEXT
    assert min(column.type.length for column in (Digest.__table__.c.note, Response.__table__.c.words)) >= LONGEST_TEXT


@pytest.mark.parametrize("channel", ["C0DIGEST", "G024BE91L"])
def test_the_ids_of_channels_open_and_closed_fit(channel):
    assert CHANNEL.fits(channel)
    assert not USERGROUP.fits(channel)


@pytest.mark.parametrize("text", ["", "#digest", "leaders", "c0digest", "S", "S0LEADERS\n", " S0LEADERS", "D024BE91L"])
def test_names_and_other_ids_do_not_fit(text):
    assert not USERGROUP.fits(text)
    assert not CHANNEL.fits(text)


def test_the_example_in_a_cure_fits_itself():
    assert USERGROUP.fits(USERGROUP.example("LEADERS"))
    assert USERGROUP.example("LEADERS") in USERGROUP.wrong
    assert CHANNEL.fits(CHANNEL.example("DIGEST"))
    assert CHANNEL.example("DIGEST") in CHANNEL.wrong
