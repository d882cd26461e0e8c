"""Finds numbers that may point at a person.

These are six digits or more with anything but letters between them: telephones, accounts, cards and CPR numbers in every shape. Full
dates and large sums are held too: it is better that an author must rewrite a year than that a number slips through. CPR numbers are not
checked, neither by modulus 11 (invalid for many since 2007) nor as dates (60 may be added to a day, and the seventh place may be a letter):
a check would let some through. Their shape only decides which reason is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import Finding, FindingKind, find_matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.sentences import Reading

DIGIT_RUN = re.compile(r"\+?\d(?:[\W_]*\d){5,}(?:[\s.-]*[A-Za-z]\d{3}(?!\d))?")
CPR = re.compile(r"(?:[0-2468]\d|[3579][01])(?:0\d|1[0-2])\d{2}[A-Za-z\d]\d{3}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[\s.-]*[A-Z\d]{2,4}){3,8}\b")
SMALL_WORDS = "af|at|ca|da|de|du|el|en|er|et|ja|jo|kl|kr|nr|nu|ny|og|om|op|os|se|ti|to|tr|ud|vi|as|by|in|is|it|no|of|on|or|so|up|us|we"
PLATE = re.compile(rf"\b(?:[A-Z]{{2}}[ .-]*|[A-Za-z]{{2}}|(?!(?i:{SMALL_WORDS})\b)[A-Za-z]{{2}}[ .-]*)\d{{2}}[ .-]*\d{{3}}\b")
FIVE_DIGITS = re.compile(r"\d{2}[ .-]*\d{3}\b")
WITH_LETTERS_O = re.compile(r"(?<!\w)(?:\d[\doO]|[oO]\d)(?:[ .-]?(?:\d[\doO]|[oO]\d)){2,}(?!\w)")  # "2o3o4o5o"
NOT_CPR = re.compile(r"[^A-Za-z\d]")


def find_id_numbers(reading: Reading) -> Iterator[Finding]:
    """Find runs of digits, with the letters of an IBAN or a CPR number, and number plates."""
    text = reading.text
    if not reading.has_digits:
        return
    yield from (run for run in find_matches(FindingKind.NUMBER, IBAN, text) if sum(map(str.isdigit, text[run.start : run.end])) >= 6)
    for run in find_matches(FindingKind.NUMBER, DIGIT_RUN, text):
        is_cpr = CPR.fullmatch(NOT_CPR.sub("", text[run.start : run.end]))
        yield Finding(kind=FindingKind.CPR, start=run.start, end=run.end) if is_cpr else run
    if FIVE_DIGITS.search(text):
        yield from find_matches(FindingKind.PLATE, PLATE, text)
    yield from find_matches(FindingKind.NUMBER, WITH_LETTERS_O, text)
