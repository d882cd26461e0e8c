"""The filter finds words that may point at a person, so that such a text is not quoted or printed.

It holds texts; it never masks them. Longer texts and longer lists never release anything that is held: each finding depends only on a word,
its sentence and the lists, and further sentences change none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.addresses import find_addresses
from bot.confidentiality.personal_data.contacts import find_at_signs, find_contacts
from bot.confidentiality.personal_data.disguises import find_disguises
from bot.confidentiality.personal_data.findings import FindingKind, find_matches, gather
from bot.confidentiality.personal_data.id_numbers import find_id_numbers
from bot.confidentiality.personal_data.names import find_names, is_readable
from bot.confidentiality.personal_data.normalisation import normalise
from bot.confidentiality.personal_data.number_words import find_number_words
from bot.confidentiality.personal_data.pointing.dates import find_dates
from bot.confidentiality.personal_data.pointing.health_and_family import find_health_and_family
from bot.confidentiality.personal_data.pointing.initials import find_initials
from bot.confidentiality.personal_data.pointing.institutions import find_institutions, is_institution
from bot.confidentiality.personal_data.pointing.near_the_author import find_people_near, find_places_near
from bot.confidentiality.personal_data.pointing.offices import find_offices
from bot.confidentiality.personal_data.pointing.only_one import find_only_ones
from bot.confidentiality.personal_data.pointing.private_life import find_private_life
from bot.confidentiality.personal_data.sentences import find_hidden_signs, read_words
from bot.confidentiality.personal_data.word_lists import is_name, is_on_list, readings_of, word_list
from bot.language import dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.confidentiality.personal_data.findings import FilterReading, Finding, Hold
    from bot.confidentiality.personal_data.sentences import Reading

WARM_UP_TEXT = (
    "Det var hos hanne på Vestergade 7. Zq spurgte lederen på skolen om sygdom, CPR 010101-0101, a@b.dk. Skolecheffen, MH og mbj sagde,"
    " at sfo regnbuen er i blorfby, og at bakkeskolen i mariehønen er den eneste."
)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The personal-data filter of one programme.

    `is_on_roster` is called for each word (NFKC, casefolded), because the database keeps only keyed hashes of the roster's names.
    `extra` holds the organisers' own words and phrases.
    """

    is_on_roster: Callable[[str], bool]
    extra: frozenset[str]

    def holds(self, text: str) -> tuple[Hold, ...]:
        """Find what must be held in a text: each thing once, in order of appearance. Empty: the text is clean."""
        reading = read_words(text)
        return gather(reading.text, self._findings(reading)).holds

    def read(self, text: str) -> FilterReading:
        """Find what must be held in a text, and what only needs a second look."""
        reading = read_words(text)
        return gather(reading.text, chain(self._findings(reading), _marks(reading)))

    def holds_word(self, lemma_or_word: str) -> bool:
        """Whether a single word must not be printed. Capitals do not count: nouns pass, names do not, even if they are also words."""
        folded = normalise(lemma_or_word).casefold()
        if not is_readable(folded) or not folded.replace("-", "").isalpha() or folded in word_list("health"):
            return True
        return is_name(folded) or is_institution(folded) or self._kind_on_own_lists(folded) is not None

    def _findings(self, reading: Reading, *, in_disguise: bool = True) -> Iterator[Finding]:
        """Find everything that holds, also what stands there in disguise; the kinds that tell authors most come first."""
        yield from find_hidden_signs(reading)
        yield from find_contacts(reading)
        yield from find_id_numbers(reading)
        yield from find_number_words(reading)
        yield from find_addresses(reading)
        yield from find_health_and_family(reading)
        yield from find_private_life(reading)
        yield from find_offices(reading)
        yield from find_institutions(reading)
        yield from find_only_ones(reading)
        yield from self._on_own_lists(reading)
        if in_disguise:
            yield from find_disguises(reading, self._find_behind)
        yield from find_at_signs(reading)  # after the disguises: "h@nne" is one
        yield from find_initials(reading)
        yield from find_names(reading)

    def _find_behind(self, text: str) -> Iterator[Finding]:
        """Find everything in what a disguise may be meant to say."""
        return self._findings(read_words(text), in_disguise=False)

    def _on_own_lists(self, reading: Reading) -> Iterator[Finding]:
        """Find words of the roster, and the organisers' words and phrases."""
        unseen = reading.vocabulary - self._on_no_list
        kinds = {word: kind for word in unseen if (kind := self._kind_on_own_lists(word)) is not None}
        self._on_no_list.update(unseen - reading.telling - kinds.keys())
        if kinds:
            yield from (reading.finding(kinds[word], number, number) for number, word in enumerate(reading.folded) if word in kinds)
        if self._extra_phrases is not None:
            yield from find_matches(FindingKind.EXTRA, self._extra_phrases, reading.text)

    def _kind_on_own_lists(self, folded: str) -> FindingKind | None:
        plain = folded[-1] != "s" and folded.isalpha()
        if self.is_on_roster(folded) if plain else any(map(self.is_on_roster, readings_of(folded))):
            return FindingKind.PERSON
        return FindingKind.EXTRA if self._extra_words and is_on_list(self._extra_words, folded) else None

    @cached_property
    def _on_no_list(self) -> set[str]:
        """Words of the dictionaries that were looked up before. They are on neither list, and forgotten with this filter."""
        return set()

    @cached_property
    def _extra_words(self) -> frozenset[str]:
        return frozenset(normalise(word).casefold().strip() for word in self.extra)

    @cached_property
    def _extra_phrases(self) -> re.Pattern[str] | None:
        """A pattern for the phrases in `extra`, and for words with signs in them. None: there are none."""
        phrases = sorted(word for word in self._extra_words if word and not word.isalnum())
        if not phrases:
            return None
        either = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
        return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)


def _marks(reading: Reading) -> Iterator[Finding]:
    """Find what holds nothing. It is gathered last, so that no mark takes the place of a hold."""
    yield from find_people_near(reading)
    yield from find_dates(reading)
    yield from find_places_near(reading)


def load_filter() -> None:
    """Read all lists and dictionaries now, so that nobody waits for them later."""
    dictionary.load_dictionaries()
    Filter(is_on_roster=lambda _: False, extra=frozenset()).read(WARM_UP_TEXT)
