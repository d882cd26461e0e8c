"""Finds what is no word: names of emoji, entities, addresses, and mentions as Slack writes them.

The name of an emoji stands between colons and in lower case (`:smile:`, `:+1::skin-tone-3:`). A time (12:30:45) is none, nor is a word
between two others ("ro:mad:fred"), if it has no sign in it that only such names have.
"""

from __future__ import annotations

import re
from typing import Final

_IN_CODE: Final = r"[a-zæøå\d_+'-]"
CODE: Final = (  # nothing before it, or nothing behind it, or a line within it
    rf"(?<!\w):{_IN_CODE}+:|:(?=[\d_+'-]*[a-zæøå+]){_IN_CODE}+:(?!\w)|:[a-zæøå\d]+_[a-zæøå\d_]+:"
)
_LINK: Final = r"(?:https?://|ftp://|mailto:|www\.)[^\s<>]+"
_MAIL: Final = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_DOMAIN: Final = r"(?<![\w.-])(?:[\w-]+\.)+(?:(?:dk|com|org|eu|io|gov|edu|uk)\b|(?:net|info|nu|se|no|de)/)(?:[^\s<>]*)"
_ADDRESS: Final = rf"(?i:{_LINK}|{_MAIL}|{_DOMAIN})(?<![.,;:!?…)\]»«\"'])"  # the sign that ends the sentence is not in it
MENTION: Final = r"<(?:[@#!]|https?://|mailto:)[^<>\n]*>"
_ENTITY: Final = r"(?i:&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos|nbsp|shy|hellip|[lr][sda]quo|[mn]dash|aelig|oslash|aring|eacute|[aou]uml);)"
_MENTIONS: Final = re.compile(MENTION)
NO_WORD: Final = re.compile(f"{MENTION}|{_ADDRESS}|{CODE}|{_ENTITY}")
MAY_HOLD_NO_WORD: Final = re.compile(r"[:@&<]|\.\w")  # most texts have none of these, and are not searched further


def without_markup(text: str) -> str:
    """The text without mentions and links as Slack writes them: these may have blanks within."""
    return _MENTIONS.sub(" ", text) if "<" in text else text


def without_signs(text: str) -> str:
    """The text with a blank in place of everything that is no word."""
    return NO_WORD.sub(" ", text) if MAY_HOLD_NO_WORD.search(text) else text
