"""Finds the dates of events: "den 12. september", "1/8", "i marts 2017", "i uge 38", "on the 2nd of June".

A weekday, a month or a year alone is no date of an event, and neither are "1/2" and "24/7", or what is a share or a mark: "9/10 lærere".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

MONTH = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|may|june|july|october"
SHORT_MONTH = rf"{MONTH}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
ORDINALS = (
    "første|anden|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte|trettende|fjortende|femtende|sekstende|syttende"
    "|attende|nittende|(?:en|to|tre|fire|fem|seks|syv|otte|ni)ogtyvende|tyvende|tredivte|enogtredivte|first|second|third|fourth|fifth|sixth"
)
WEEKDAY = "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
SEASON = "foråret|sommeren|efteråret|vinteren|julen|påsken|pinsen|nytåret|sommerferien|spring|summer|autumn|winter|christmas|easter"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ON = rf"(?:\b(?:{WEEKDAY}),? )?(?:\b(?:den|d\.|on|the) ?)*"
NO_FRACTION = (
    r"(?!(?:1/[2-5]|2/3|3/4|24/7|7/9)\b|(?:[1-9]|10)/10 (?!var|blev|kl|kom|fik|havde|og|til|hvor)\w|10/10\b|\d\d?/\d\d? (?:af|of)\b)"
)
DAY_AND_MONTH = re.compile(r"\d[/.]\d")
MONTHS = frozenset(MONTH.split("|"))
SIGNS = frozenset(SHORT_MONTH.replace("sept?", "sep|sept").split("|") + WEEKDAY.split("|") + SEASON.split("|") + ["uge", "week"])
EVENT = re.compile(
    rf"{ON}\b{DAY}\.?(?: ?[-–] ?{DAY}\.?)?(?:st|nd|rd|th)?(?: of)? (?:{SHORT_MONTH})\b(?: (?:19|20)\d\d\b)?"
    rf"|\b(?:{MONTH}) (?:(?:the )?{DAY}(?:st|nd|rd|th)?|(?:i )?(?:19|20)\d\d|sidste år|i fjor|last year)\b(?! ?(?:%|børn|timer|år))"
    rf"|\b(?:{WEEKDAY}),? (?:d\.|den|the) ?{DAY}\b|(?:\bden|\bd\.) ?{DAY}[./]{DAY}\b"
    rf"|(?:\b(?:{WEEKDAY}),? )?(?<![\d/]){NO_FRACTION}{DAY}/(?:1[0-2]|0?[1-9])\b(?!/?\d)(?:[-/]\d{{2,4}})?"
    rf"|\b(?:i uge|in week) \d{{1,2}}\b(?: sidste år| last year)?|\buge \d{{1,2}} (?:sidste år|(?:i )?(?:19|20)\d\d)\b"
    rf"|\b(?:{SEASON}) (?:i |of )?(?:(?:19|20)\d\d|sidste år)\b|{ON}\b(?:{ORDINALS})(?: of)? (?:{MONTH})\b",
    re.IGNORECASE,
)


def find_dates(reading: Reading) -> Iterator[Finding]:
    """Find the dates of events."""
    if not MONTHS.isdisjoint(reading.vocabulary) or (
        reading.has_digits and (DAY_AND_MONTH.search(reading.text) or not SIGNS.isdisjoint(reading.vocabulary))
    ):
        yield from find_matches(FindingKind.EVENT, EVENT, reading.text)
