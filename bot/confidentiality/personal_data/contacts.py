"""Finds ways to reach or point at somebody in a text: e-mail addresses, links, mentions and channels.

E-mail addresses may be written in words ("hanne (at) skole punktum dk"), links without https, mentions and channels as people type them or
as Slack writes them. An at sign is held wherever it stands, but for one before a time: nobody needs another to reflect. A search runs only
if the text has a sign that it needs; most texts have none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches
from bot.confidentiality.personal_data.names import is_ordinary
from bot.confidentiality.personal_data.spellings import is_ordinary_misspelt
from bot.confidentiality.personal_data.word_lists import WORD_PART, word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

AT = r"(?:@|[(\[{<]\s*(?:at|a|snabel-?a)\s*[)\]}>]|\b(?:snabel|krølle)-?a\b)"
DOT = r"(?:\s*\.\s*|\s*[(\[{]\s*(?:dot|punktum|prik|\.)\s*[)\]}]\s*|\s+(?:dot|punktum|prik)\s+)"
SURE_ENDINGS = "dk|com|org|net|eu|io|gov|edu|info|biz|nu|gl|fo|ly|app|dev"  # after a missed space none of these can be a word
ENDINGS_THAT_ARE_WORDS = "de|se|no|is|it|be|me|tv|uk|at|to|in|us|co"  # these count only with a path after them
PATH = r"[^\s)>\]|]"

EMAIL = re.compile(rf"[\w.+'-]{{1,64}}\s?{AT}\s?[\w-]{{1,64}}(?:{DOT}[\w-]{{1,64}})*?{DOT}[a-z]{{2,12}}\b", re.IGNORECASE)
AT_SIGN = re.compile(r"@(?! (?:kl\b|\d))|[(\[{<]\s*(?:at|snabel-?a)\s*[)\]}>]|snabel-?a\b|\bkrølle-?a\b", re.IGNORECASE)
LINK = re.compile(
    rf"\b(?:https?|ftp|mailto|slack)\s*:\s*/?/?{PATH}+|\bwww\s*\.\s*{PATH}+"
    rf"|\b(?:\w[\w-]{{0,62}}\.){{1,6}}(?:{SURE_ENDINGS})\b(?:/{PATH}*)?|\b(?:\w[\w-]{{0,62}}\.){{1,6}}(?:{ENDINGS_THAT_ARE_WORDS})/{PATH}*"
    rf"|\b\w{{1,63}}{DOT}(?:dk|com)\b|\b\w{{1,63}}\s+(?:dot|punktum|prik)\s+(?:{SURE_ENDINGS})\b|\b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b",
    re.IGNORECASE,
)
MENTION = re.compile(r"<[@#!][^>\n]*>?|(?<!\S)@\S+|(?<!#)#\s?(?=\w*[^\W\d_])\w[\w-]*|\b\w{2,32}#\d{4}\b")
BRACKETED_AT = re.compile(r"[(\[{<]\s*(?:at|a|snabel)")
WORDS_OF_LINKS = frozenset({"www", "punktum", "prik", "dot"})
SCHEMES = (":/", "https:", "http:", "ftp:", "mailto:", "slack:")
PLATFORM_NAMES = (
    "bluesky bsky discord facebook fb github ig insta instagram linkedin mastodon messenger pinterest reddit signal skype snap snapchat"
    " steam strava teams telegram threads tiktok twitch twitter whatsapp youtube"
)
PLATFORMS = frozenset(PLATFORM_NAMES.split())
ON = frozenset({"på", "on", "via"})
CALLED = frozenset({"hedder", "som", "as", "navn", "name"})
LONGEST_HANDLE = 15  # letters
HANDLE = re.compile(r"(?<![\w.@-])[^\W\d_][\w.-]*(?:_|[^\W_]\d|\.[^\W\d_]+\.[^\W_])[\w.-]*\b")
DOTTED = re.compile(r"\.(?=[^\W_]|\s*(?:dk|com)\b)")


def find_contacts(reading: Reading) -> Iterator[Finding]:
    """Find e-mail addresses, links, mentions and channels."""
    text, lower = reading.text, reading.lower
    if _may_have_an_at_sign(lower):
        yield from find_matches(FindingKind.EMAIL, EMAIL, text)
    if _may_have_a_link(reading):
        yield from find_matches(FindingKind.LINK, LINK, text)
    if "@" in lower or "#" in lower or "<" in lower:
        yield from find_matches(FindingKind.MENTION, MENTION, text)
    if not PLATFORMS.isdisjoint(reading.vocabulary):
        yield from _handles(reading)


def find_at_signs(reading: Reading) -> Iterator[Finding]:
    """Find at signs that stand in no address: "hej@", but not "vi mødes @ kl. 9"."""
    if _may_have_an_at_sign(reading.lower):
        yield from find_matches(FindingKind.EMAIL, AT_SIGN, reading.text)


def _may_have_an_at_sign(lower: str) -> bool:
    return "@" in lower or "snabel" in lower or "krølle" in lower or BRACKETED_AT.search(lower) is not None


def _may_have_a_link(reading: Reading) -> bool:
    lower = reading.lower
    has_sign = "//" in lower or (":" in lower and any(scheme in lower for scheme in SCHEMES)) or DOTTED.search(lower) is not None
    return has_sign or not WORDS_OF_LINKS.isdisjoint(reading.vocabulary)


def _handles(reading: Reading) -> Iterator[Finding]:
    """Find what people are called on a platform that the text names: "mettek på insta", "snap: ole_t", "on teams I am kbjerg2"."""
    is_usual = cache(_is_usual)
    for handle in find_matches(FindingKind.MENTION, HANDLE, reading.text):
        if not all(is_usual(part) for part in WORD_PART.findall(reading.text[handle.start : handle.end].casefold())):
            yield handle
    is_handle = cache(_is_a_handle)
    for number, folded in enumerate(reading.folded):
        if folded in PLATFORMS:
            numbers = filter(range(len(reading.folded)).__contains__, _places_of_a_handle(reading, number))
            yield from (reading.finding(FindingKind.MENTION, at, at) for at in numbers if is_handle(reading.folded[at]))


def _places_of_a_handle(reading: Reading, number: int) -> Iterator[int]:
    """The numbers of the words that may be a handle beside the name of a platform."""
    end = reading.words[number].end()
    if reading.text[end : end + 1] in {":", "="}:
        yield number + 1
    if not CALLED.isdisjoint(reading.folded[number + 1 : number + 2]):
        yield number + 2
    if not ON.isdisjoint(reading.folded[max(number - 1, 0) : number]):
        yield number - 2


def _is_a_handle(folded: str) -> bool:
    return folded.isalpha() and 2 < len(folded) <= LONGEST_HANDLE and not _is_usual(folded)


def _is_usual(folded: str) -> bool:
    return len(folded) == 1 or folded in word_list("capitals") or is_ordinary(folded) or is_ordinary_misspelt(folded)
