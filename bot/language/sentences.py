"""Splits a printed form into its sentences.

A full stop ends none after an abbreviation ("fx.", "3 pers. på stuen"), in a number that counts ("1.-5. klasse"), or if the text goes on in
lower case behind a quote ("»Nej!« sagde hun"). Nothing is split within brackets, quotation marks, or text of another direction.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.language.unseen_signs import EMOJI

if TYPE_CHECKING:
    from collections.abc import Iterator

END: Final = re.compile(
    rf"(?<![.!?…])(?P<sign>[.!?…]++)(?P<closers>[)«»\"'\u2069]*+)(?: {EMOJI})*+ (?!{EMOJI})(?=[»(\"'\u2066-\u2068]*(?P<next>\w+|.))"
)
CLOSED: Final = re.compile("\\([^()]*\\)|»[^»«]*«|[\u2066-\u2068][^\u2066-\u2069]*\u2069")
LONGEST_ABBREVIATION: Final = 12
LAST_WORD: Final = re.compile(r"[^ »(/\"']*\Z")
A_SENTENCE_GOES_ON: Final = """
adr afd afs afsn ang approx bl bl.a bla ca dept dr dvs d.v.s e.g eks ekskl eksl el.lign evt f.eks feks fhv fr frk fx gl hhv hr i.e ifbm ifm
ift iht iflg incl inkl jf jfr jr jvf kap kgl kl litra ltr medarb mht mr mrs ms ndr nr nuv pga pkt pr prof s.u sct sdr skt sr tidl tlf
vedr vs
"""
A_SENTENCE_MAY_END: Final = """
adm alm anm bem bibl borgm cand chr d.d d.å dagl dd dgl div eftm endv etc fl flg fmd foreg forh forts fuldm gennemsn gns
grdl henh henv hpl indb insp inst instr istf jun kld komm kons koord kr kv kvt lb lign lør m.fl m.m m.v maks max md mdl mdr mdtl medd
mfl mgl mia mill min mio mm modsv modt mrk mv mvh møb nogl o.a o.l o.lign o.s.v obl obs okt ol omkr omr ons opg opl opr ordf org osv
ovenst overs p.t pct pers pl proc psyk pt pæd reg resp sagsbeh sagsbehandl samf sek sekr skr sml socialrådg spec spm st stk str
stud sv sygepl sædv tdl tekn tilb tilh tilsv tirs tors uafh uddr udg ugtl undt undv vejl vha vgl vh vikl vol ændr øvr årg årl
"""
BEHIND_ITS_NUMBER: Final = (
    "klasse kl klassetrin årgang sal januar februar marts april maj juni juli august september oktober november december"
)
WITHIN, AT_THE_END = frozenset(A_SENTENCE_GOES_ON.split()), frozenset(A_SENTENCE_MAY_END.split())
COUNTED: Final = frozenset(BEHIND_ITS_NUMBER.split())
BEFORE_NUMBERS: Final = frozenset({"kr", "spm", "stk"})
NUMBER: Final = re.compile(r"\d+(?:\.?-\d+)?")
SCHOOL_CLASS: Final = re.compile(r"\d+\.?[a-zæøå]")
LETTERS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
PRONOUN: Final = "i"  # "Hvad gør I."


def sentences_of(printed: str) -> tuple[str, ...]:
    """The sentences of a printed form, in order; joined with blanks they are the whole."""
    places = [0, *_beginnings(printed), len(printed) + 1]
    parts = (printed[begin : end - 1] for begin, end in pairwise(places))
    return tuple(part for part in parts if part)


def _beginnings(text: str) -> Iterator[int]:
    """The places where a sentence begins after another."""
    begin, closed = 0, {place for found in CLOSED.finditer(text) for place in range(found.start(), found.end())}
    for end in END.finditer(text):
        if end.end() - 1 not in closed and _ends_sentence(end, text[begin : end.start()]):
            begin = end.end()
            yield begin


def _ends_sentence(end: re.Match[str], before: str) -> bool:
    """Whether a sentence ends with this sign; `before` is what stands before it in the sentence."""
    following = end["next"]
    goes_on = following[0].islower() or following == "–"
    if goes_on and end["closers"]:
        return False
    if end["sign"] == ".":
        return not _is_short_form(before, following, goes_on=goes_on)
    return end["sign"] != "…" or following[0].isupper()


def _is_short_form(before: str, following: str, *, goes_on: bool) -> bool:
    """Whether the last word before a full stop is an abbreviation, a letter or a number that counts."""
    found = LAST_WORD.search(before[-LONGEST_ABBREVIATION:])
    word = found[0].casefold() if found else ""
    if NUMBER.fullmatch(word):
        return goes_on or word == before or following.casefold() in COUNTED
    if word in AT_THE_END:
        return goes_on or (word in BEFORE_NUMBERS and following.isdigit())
    if SCHOOL_CLASS.fullmatch(word):
        return goes_on
    return word in WITHIN or (LETTERS.fullmatch(word) is not None and (word != PRONOUN or len(before) == 1))
