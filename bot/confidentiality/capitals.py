"""Begins a sentence with a capital, and writes words in lower case that were shouted.

Only ordinary words are lowered. Whatever may be a name keeps its capitals, and so do abbreviations (TR, MED): the filter reads them.
"""

from __future__ import annotations

import re
from typing import Final

from bot.confidentiality.personal_data.word_lists import all_names, word_list
from bot.language.dictionary import DANISH, ENGLISH, is_compound, is_word
from bot.language.stopwords import OVERRIDES, SILENT
from bot.language.unseen_signs import EMOJI

IN_CAPITALS: Final = re.compile(r"(?<![^\W_])(?<![^\W_]['-])[A-ZÀ-ÖØ-Þ]++(?![^\W_]|['-][^\W_])")  # and no part of a longer word
BEGINNING: Final = re.compile(rf"\A((?:{EMOJI} |[»(\"'\u2066-\u2068])*)([^\W\d_])(\w*)")
ALSO_WORDS: Final = """
ADHD AMR API ATP AU CD CEO CV CVR DAP DVD EAN EU EUD EUX GDPR GPS GRUS HHX HK HR HTX IQ IT KD KU MMS MUS OK PC PDF PSP PUK SAP SMS STAR STX
TAP TR TV US VIP VM VPN VUC WC
"""
ABBREVIATIONS: Final = frozenset(ALSO_WORDS.split())  # words in lower case, too; and MED among other words
SHORTEST_WORD: Final = 4  # letters: a shorter one that stands alone in capitals may be an abbreviation
LETTERS_THAT_ARE_WORDS: Final = frozenset("iå")
LONG_LETTER: Final = re.compile(r"([^\W\d_])\1\1+")
IN_RUNNING_TEXT: Final = re.compile(
    r"(?<=[a-zæøå,] )(?:I(?= (?:dag|morgen|aften|aftes|år|nat|øvrigt|stedet|forhold|gang)\b)"
    r"|(?:Man|Tirs|Ons|Tors|Fre|Lør|Søn)dag(?=(?:e|en|ene)?s?\b))"
)
ENGLISH_I: Final = re.compile(r"(?<![\w'-])i(?![\w-]|\.\w)")


def in_sentence_case(sentence: str) -> str:
    """The sentence with a capital at its beginning, and without shouting."""
    in_capitals = {*IN_CAPITALS.findall(sentence)}
    shouted = {word for word in in_capitals if _may_be_lowered(word)}
    if shouted and sentence[1:].isupper():
        shouted = {word for word in in_capitals if _may_be_lowered(word, among_shouted=True)}
    quiet = IN_CAPITALS.sub(lambda found: found[0].lower() if found[0] in shouted else found[0], sentence) if shouted else sentence
    return BEGINNING.sub(_capital, IN_RUNNING_TEXT.sub(lambda found: found[0].lower(), quiet), count=1)


def with_english_i(text: str) -> str:
    """The text with a capital I, if it is written in English."""
    words = text.lower().split()
    return ENGLISH_I.sub("I", text) if len(ENGLISH.intersection(words)) > len(DANISH.intersection(words)) else text


def _capital(found: re.Match[str]) -> str:
    """A beginning with a capital; but a word that no dictionary knows would look like a name, and "iPhone" is one."""
    before, first, rest = found.groups()
    may_rise = first != first.upper() and len(first.upper()) == 1 and not any(map(str.isupper, rest)) and _is_ordinary(first + rest)
    return before + first.upper() + rest if may_rise else found[0]


def _is_ordinary(word: str) -> bool:
    """Whether a word is in a dictionary as it is written, made of two such words, or an abbreviation that the filter knows."""
    return word in SILENT or is_word(word) or word in word_list("ordinary") or is_compound(word)


def _may_be_lowered(word: str, *, among_shouted: bool = False) -> bool:
    """Whether a word is in capitals only because it is shouted. Among other shouted words that is so for short words, too.

    A word that is made of two, and in no dictionary, may be the name of a place.
    """
    if len(word) == 1:
        return among_shouted and word.lower() in LETTERS_THAT_ARE_WORDS
    if word in ABBREVIATIONS or (word in OVERRIDES and not among_shouted):
        return False
    lower = LONG_LETTER.sub(r"\1", word.lower())
    is_name = not all_names().isdisjoint({lower, lower.removesuffix("s")})
    return not is_name and (lower.replace("é", "e") in SILENT or ((among_shouted or len(word) >= SHORTEST_WORD) and is_word(lower)))
