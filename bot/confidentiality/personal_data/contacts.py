"""Finds ways to reach or point at somebody in a text: e-mail addresses, links, mentions and channels.

E-mail addresses may be written in words ("hanne (at) skole punktum dk"), links without https, mentions and channels as people type them or
as Slack writes them. An at sign is always held: nobody needs one to reflect. A search runs only if the text has a sign that it needs; most
texts have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

AT = r"(?:@|[(\[{<]\s*(?:at|a|snabel-?a)\s*[)\]}>]|\bsnabel-?a\b)"
DOT = r"(?:\s*\.\s*|\s*[(\[{]\s*(?:dot|punktum|\.)\s*[)\]}]\s*|\s+(?:dot|punktum)\s+)"
SURE_ENDINGS = "dk|com|org|net|eu|io|gov|edu|info|biz|nu|gl|fo|ly|app|dev"  # after a missed space none of these can be a word
ENDINGS_THAT_ARE_WORDS = "de|se|no|is|it|be|me|tv|uk|at|to|in|us|co"  # these count only with a path after them
PATH = r"[^\s)>\]|]"

EMAIL = re.compile(rf"[\w.+'-]{{1,64}}\s?{AT}\s?[\w-]{{1,64}}(?:{DOT}[\w-]{{1,64}})*?{DOT}[a-z]{{2,12}}\b", re.IGNORECASE)
AT_SIGN = re.compile(r"@|[(\[{<]\s*(?:at|snabel-?a)\s*[)\]}>]|\bsnabel-?a\b", re.IGNORECASE)
LINK = re.compile(
    rf"\b(?:https?|ftp|mailto|slack)\s*:\s*/?/?{PATH}+|\bwww\s*\.\s*{PATH}+"
    rf"|\b(?:\w[\w-]{{0,62}}\.){{1,6}}(?:{SURE_ENDINGS})\b(?:/{PATH}*)?|\b(?:\w[\w-]{{0,62}}\.){{1,6}}(?:{ENDINGS_THAT_ARE_WORDS})/{PATH}*"
    rf"|\b\w{{1,63}}{DOT}(?:dk|com)\b|\b\d{{1,3}}(?:\.\d{{1,3}}){{3}}\b",
    re.IGNORECASE,
)
MENTION = re.compile(r"<[@#!][^>\n]*>?|(?<!\S)@\S+|#\s?(?=\w*[^\W\d_])\w[\w-]*")
BRACKETED_AT = re.compile(r"[(\[{<]\s*(?:at|a|snabel)")
LINK_SIGNS = ("//", ":/", "www", "https:", "http:", "ftp:", "mailto:", "slack:", "punktum", " dot ", "dot)", "dot]", "dot}")
DOTTED = re.compile(r"\.(?=[^\W_]|\s*(?:dk|com)\b)")


def find_contacts(reading: Reading) -> Iterator[Finding]:
    """Find e-mail addresses, links, mentions and channels."""
    text, lower = reading.text, reading.lower
    has_at = "@" in lower or "snabel" in lower or BRACKETED_AT.search(lower) is not None
    if has_at:
        yield from find_matches(FindingKind.EMAIL, EMAIL, text)
    if any(sign in lower for sign in LINK_SIGNS) or DOTTED.search(lower):
        yield from find_matches(FindingKind.LINK, LINK, text)
    if "@" in lower or "#" in lower or "<" in lower:
        yield from find_matches(FindingKind.MENTION, MENTION, text)
    if has_at:
        yield from find_matches(FindingKind.EMAIL, AT_SIGN, text)
