"""Whatever file is fed to the check, it is read or gets its place and its cure. `make corpus` plays it through the command as well."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

import pytest

from bot.programme import Language
from bot.wording.in_words import in_words
from tests.corpus.expected import SAMPLES, expected, name_in_table, outcome

PARTS = 8  # so that several processes share them
CURE = re.compile(  # what one does about it, or how it is to be
    r"\b(?:skriv|slet|gem|flyt|sæt|ret|brug|vælg|åbn|giv|del|læg|se efter|tag|stil|luk|bed|hent|sammenlign|mind om|tryk|lad|gør|begynd|mente du"
    r"|skal (?:have|stå|være|begynde)|her kan stå|hedder den|de skrives|står et komma)\b"
)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_sample_is_read_or_gets_its_place_and_its_kind(part, tmp_path):
    found = {name_in_table(sample): outcome(sample, tmp_path / "sample") for sample in islice(SAMPLES, part, None, PARTS)}
    assert found == {name: expected().get(name) for name in found}


def test_every_kind_of_fault_tells_its_cure(tmp_path):
    by_kind = {kind: sample for sample in SAMPLES for kind in re.findall(r":\d+ (\w+)", expected()[name_in_table(sample)])}
    said = [in_words(Language.DA, fault.said) for sample in by_kind.values() for fault in sample.told(tmp_path / "sample")[0]]
    assert [sentence for sentence in said if not CURE.search(sentence)] == []


def test_the_corpus_is_large_and_each_sample_has_one_name():
    assert {name: times for name, times in Counter(map(name_in_table, SAMPLES)).items() if times > 1} == {}
    assert set(map(name_in_table, SAMPLES)) == set(expected())
    assert len(SAMPLES) > 900
    assert sum(outcome != "good" for outcome in expected().values()) > 700
