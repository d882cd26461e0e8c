"""Finds what can be true of one person only.

It is mostly the author: "jeg er den eneste mand", "som den ældste", "I am the only nurse".
"Den eneste vej frem" is no person, and "er jeg den eneste, der …" is a way to ask whether others think so too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.confidentiality.personal_data.findings import FindingKind, find_matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.confidentiality.personal_data.findings import Finding
    from bot.confidentiality.personal_data.sentences import Reading

SIGNS_OF_ONE = "eneste enste enneste ældste yngste nyeste første ældst yngst nyest længst only oldest youngest newest"
SIGNS = frozenset(SIGNS_OF_ONE.split())
LEFT = frozenset({"tilbage", "gamle"})
JUST_ME = frozenset({"kun", "andre"})
MOST = "(?:en(?:e|ne)?ste|ældste|yngste|nyeste)"
PEOPLE = (
    r"(?:\w+(?:ige|ede|ske|nde|te) )?\w*(?:mand|kvinde|person|mor|far|kollega|ansatte?|uddannede|voksne?|muslim|vegetar|leder|inspektør"
    r"|sekretær|pædagog|medhjælper|plejer|lærer|repræsentant|chef|formand|forkvinde|koordinator|vejleder|konsulent|psykolog|pedel|assistent"
    r"|rådgiver|sagsbehandler|plejerske|medarbejder|vikar|terapeut|tolk|studerende|praktikant|sosu'?en|sosu'?er|\btr|\bamr)\b"
)
NO_THING = r"(?! (?:\w+e )?\w*(?:vej|måde|ting|mulighed|løsning|grund|forskel|årsag|chance|gang|dag|time|udvej|trøst)(?:en)?\b)"
WORDS = (
    "(?: (?:jo|nok|vist|også|selv|stadig|desværre|faktisk|ofte|tit|nu|her|altid|pt|åbenbart|endda|igen|nemlig|simpelthen|lige"
    r"|med mine \d+ år)){0,3}"
)
IN_DANISH = (
    rf"\b(?:jeg|man|vi|hun|han) (?:er|var|bliver|blev|har været){WORDS}(?: den| de| \w+s)? (?:{MOST}{NO_THING}|ældst|yngst|nyest)\b",
    rf"\bjeg (?:er|var|bliver|blev){WORDS} den (?!første|bedste)\w{{2,}}(?:este|ste)\b{NO_THING}(?!,? (?:til|der|som)\b)",
    rf"\bjeg (?:er|var|bliver|blev){WORDS} den (?:længst|mest|ældst|yngst|senest) \w+(?:t|te|et|ede|ne)\b{NO_THING}",
    rf"\b(?:er|var|bliver|blev|står) (?:jeg|man|vi){WORDS} (?:den|de|\w+s) {MOST}\b(?!,? (?:der|som)\b){NO_THING}",
    rf"\bsom (?:den |de |\w+s )?{MOST}\b{NO_THING}",
    rf"(?:\b(?:den|de|er|var|\w+s) |(?<![\w,] )(?<!\w)){MOST} {PEOPLE}",
    rf"\b(?:(?:som|er|var) den|\w{{3,}}s) første {PEOPLE}",
    rf"(?<![\w,] )(?<!\w)er (?:den )?{MOST}\b{NO_THING}",
    rf"\b{MOST} [^.!?\n]{{0,60}}\b(?:er|var) (?:mig|jeg)\b",
    r"\b(?:er|var|som) den sidste(?:,? (?:der|som) (?:er|var|blev))? tilbage\b|\bden sidste fra (?:den|det|de) gamle\b",
    r"\bden eneste (?:med|uden|her|hos os)\b",
    r"(?<!\ber det )(?<!\bikke )\bkun mig\b|\bkun [eé]n \w+ [^.!?\n]{0,60}\bdet er (?:mig|jeg)\b|\b(?:ikke|ingen) andre end (?:mig|jeg)\b",
    r"\b(?:ældst|yngst|nyest) (?:i|af|på|blandt)\b|\blængst af (?:alle|os)\b|\b(?:været|arbejdet) (?:her |i huset |på stedet )?længst\b",
)
MOST_IN_ENGLISH = "(?:only|sole|oldest|youngest|newest)"
PEOPLE_IN_ENGLISH = (
    r"(?:(?:\w+ )?(?:man|woman|male|female|person|teacher|nurse|leader|manager|head|adult|rep|representative|employee|colleague"
    r"|dad|father|mother|member|psychologist|therapist|caretaker)|one (?:here|in|on|at|with|without))\b"
)
IN_ENGLISH = (
    rf"\b(?:i am|i'm|im|i was|makes? me|we are|we're)(?: (?:still|also|often|now|always|probably|by far))? the {MOST_IN_ENGLISH}\b",
    rf"\b(?:as|being) the {MOST_IN_ENGLISH}\b(?! (?:\w+ )?(?:way|thing|option|reason|chance|solution|time|day)s?\b)",
    rf"(?<!\bam i )\bthe {MOST_IN_ENGLISH} {PEOPLE_IN_ENGLISH}",
)
ME_THE = {"jeg", "den"}
ME_THE_MOST = re.compile(r"\bjeg (?:er|var|bliver|blev) (?:\w+ ){0,3}den (?:\w+ste|længst|mest|ældst|yngst|senest)\b")
ONLY_ONE = re.compile("|".join(IN_DANISH + IN_ENGLISH), re.IGNORECASE)


def find_only_ones(reading: Reading) -> Iterator[Finding]:
    """Find what an author says of one person only, who is mostly the author."""
    words = reading.vocabulary
    may_be_one = ("mig" in words and not JUST_ME.isdisjoint(words)) or ("sidste" in words and not LEFT.isdisjoint(words))
    if may_be_one or not SIGNS.isdisjoint(words) or (words >= ME_THE and ME_THE_MOST.search(reading.lower)):
        yield from find_matches(FindingKind.ONLY_ONE, ONLY_ONE, reading.text)
