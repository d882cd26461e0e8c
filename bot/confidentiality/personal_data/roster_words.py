"""Selects the words of a person's name, handle or address that go on the roster.

These are whole words and the parts of joined words. Words that everybody uses name nobody and are left out: particles ("de", "von"), and
words in the handles of shared mailboxes ("leder", "kontor"). So are single letters.
"""

from __future__ import annotations

from bot.confidentiality.personal_data.sentences import read_words
from bot.confidentiality.personal_data.word_lists import WORD_PART, word_list


def words_of_name(full_name: str) -> frozenset[str]:
    """The words of a name that go into the keyed list: "Anne-Mette Højgård" gives anne, mette, anne-mette and højgård."""
    whole = {word.strip("'") for word in read_words(full_name).folded}
    parts = {part for word in whole for part in WORD_PART.findall(word)}
    return frozenset(word for word in whole | parts if len(word) > 1 and not word.isdigit()) - word_list("nobody")
