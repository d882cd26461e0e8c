"""Whatever file is fed to the check, it is read or gets its place and its cure. `make corpus` plays it through the command as well."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

import pytest

from bot.programme import Language
from bot.wording.in_words import in_words
from tests.corpus.expected import SAMPLES, expected, name_in_table, outcome
from tests.support.faults import no_fault_of_ours

PARTS = 8  # so that several processes share them
CURE = re.compile(  # what one does about it, or how it is to be
    r"\b(?:skriv|slet|gem|flyt|sæt|ret|brug|vælg|åbn|giv|del|læg|se efter|tag|stil|luk|bed|hent|sammenlign|mind om|tryk|lad|gør"
    r"|begynd|mente du|skal (?:have|stå|være|begynde)|her kan stå|hedder den|de skrives|står et komma|mangler på linjen|har en tekst)\b"
)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_sample_is_read_or_gets_its_place_its_kind_and_its_cure(part, tmp_path):
    told = {name_in_table(sample): sample.told(tmp_path / "sample") for sample in islice(SAMPLES, part, None, PARTS)}
    assert {name: outcome(*found) for name, found in told.items()} == {name: expected().get(name) for name in told}
    faults = [fault for faults, _ in told.values() for fault in faults]
    assert no_fault_of_ours(faults)
    said = {in_words(Language.DA, fault.said) for fault in faults}
    assert {sentence for sentence in said if not CURE.search(sentence)} == set()


def test_the_corpus_is_large_and_each_sample_has_one_name():
    assert {name: times for name, times in Counter(map(name_in_table, SAMPLES)).items() if times > 1} == {}
    assert set(map(name_in_table, SAMPLES)) == set(expected())
    assert len(SAMPLES) > 900
    assert sum(outcome != "good" for outcome in expected().values()) > 700
