"""Knows how people write dates, times, days and places out of habit, and what they must type instead.

Each function takes what stands in the file and returns what was meant, or None if that is not certain.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any, Final

from schedules.checking.fault_messages import LONGEST_GUESSED

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DANISH_WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS: Final = {
    start: number
    for number, starts in enumerate("jan feb mar apr maj,may jun jul aug sep okt,oct nov dec".split(), 1)  # noqa: SIM905 - words read more easily than a list
    for start in starts.split(",")
}
YES: Final = frozenset({"true", "ja", "j", "yes", "y", "on", "til", "sandt", "1", "x"})
NO: Final = frozenset({"false", "nej", "n", "no", "off", "fra", "falsk", "0"})


def _by_word(table: str) -> dict[str, tuple[str, ...]]:
    """The entries of a table by the words that stand behind them; a word may stand behind several."""
    lines = [line.split(": ") for line in table.strip().splitlines()]
    words = dict.fromkeys(word for _, others in lines for word in others.split(", "))
    return {word: tuple(entry for entry, others in lines if word in others.split(", ")) for word in words}


def _one_by_word(table: str) -> dict[str, str]:
    return {word: entries[0] for word, entries in _by_word(table).items()}


LANGUAGES: Final = _one_by_word("""
da: dansk, danish, danmark, denmark, dk, da-dk, da_dk, dan
en: engelsk, english, england, gb, uk, us, en-gb, en_gb, en-us, en_us, eng
""")
COUNTRIES: Final = _one_by_word("""
DK: danmark, denmark, dnk, da, dansk
GL: grønland, greenland
FO: færøerne
NO: norge, norway
SE: sverige, sweden
DE: tyskland, germany
FI: finland
IS: island, iceland
GB: england, uk, storbritannien
""")
ZONES: Final = _one_by_word("""
Europe/Copenhagen: københavn, kobenhavn, koebenhavn, copenhagen, danmark, denmark, dk, dansk tid, cet, cest, met
Europe/Copenhagen: europe/københavn, europe/kobenhavn, europe/koebenhavn, europa/københavn, europa/copenhagen, gmt+1, utc+1
Europe/Copenhagen: romance standard time, europe/denmark
America/Nuuk: nuuk, godthåb, grønland, greenland
Atlantic/Faroe: tórshavn, torshavn, færøerne
""")
REVIEWS: Final = _one_by_word("""
required: ja, yes, true, kræves, krævet, påkrævet, altid, always, require
quotes-only: nej, no, false, citater, kun citater, kun-citater, quotes, quotes only, quotes_only
""")
KEYS: Final = _by_word("""
programme: program
title: titel, overskrift
language: sprog
timezone: tidszone
people: mennesker, personer, folk, deltagere
leaders: ledere, leder
employee_reps: medarbejdere, medarbejderrepræsentanter, repræsentanter, tillidsrepræsentanter, reps
politicians: politikere
organisers: organisatorer, arrangører, organizers
usergroup: gruppe, brugergruppe
channel: kanal
file: fil
guests: gæster
themes: temaer, tema
questions: spørgsmål
theme: tema
about: om, hvorfor
source: kilde
ask: spørgsmål, spørg, tekst
reserve: reserver, bank
da: dansk
en: engelsk
rounds: runder
every: hver, ugedag, dag, dage
day: dag, ugedag
at: kl, klokken, tid, tidspunkt, klokkeslæt, time
from: fra, start, begynd
until: til, slut, to, end
skip: spring_over, spring-over, spring over, undtagen, undtag
holidays: helligdage, ferie
weeks: uger, uge
also: også, fridage
remind: påmind, påmindelse, rykker, reminder
after_days: efter_dage, efter-dage, efter dage, dage_efter
order: rækkefølge, rækkefølgen
leader: leder, ledere
employee_rep: medarbejder, medarbejdere, medarbejderrepræsentant, repræsentant, tillidsrepræsentant
all: alle
digest: overblik, opsamling
close: luk, lukker
post: udsend, send
review: godkendelse, gennemgang
committee: udvalg
external: ekstern
filing: journal, journalisering, journalisér
case: sag, sagsnr, sagsnummer, journalnr, journalnummer
kle: kle-nr, kle-nummer, klenummer, emne
sender: afsender
floors: gulve, grænser
quotes: citater
audience: deltagere
guidelines_agreed: retningslinjer
by: af, hvem
on: den, dato
retention: opbevaring, sletning
information: oplysninger, oplysningspligt
controller: dataansvarlig
purpose: formål
legal_basis: retsgrundlag, hjemmel
categories: kategorier
recipients: modtagere
extra: ekstra
""")  # a key that is written in Danish may mean several; the block that it stands in says which
TIME: Final = re.compile(r"(?:klokken|kl\.?|at)?\s*(\d{1,2})(?:\s*[.:,h]\s*(\d{2}))?(?::00)?\s*(am|pm|a\.m\.|p\.m\.)?")
DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})")
YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-./ ]?\s*(\d{1,2})\s*[-./ ]?\s*(\d{1,2})(?:t.*)?")
DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s*(?:of )?([a-zæøå]{3,9})\.?,?\s*(\d{4})")
MONTH_AND_DAY: Final = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})")
KLE: Final = re.compile(
    r"(?:KLE\W*)?(?P<main>\d\d)(?:\W?(?P<group>\d\d)(?:\W?(?P<subject>\d\d))?)?(?:\W*(?P<letter>[A-ZÆØÅ])\W?(?P<facet>\d\d))?"
)
NOON: Final = 12


def _fold(value: object) -> str:
    """A value with single blanks: many would keep the patterns busy. Empty if it is longer than anything that is meant."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_GUESSED else ""


def _plain(value: object) -> str:
    """A folded value in small letters, without quotes and points around it."""
    return _fold(value).strip(" \"'.").lower()


def time_meant(value: object) -> str | None:
    """The time of day as it is typed here, in quotes, such as "09:30"."""
    text = _plain(value)
    if re.fullmatch(r"\d{3,4}", text):  # 930
        text = f"{text[:-2]}:{text[-2:]}"
    match = TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, half = int(match[1]), int(match[2] or 0), match[3]
    if half and hours <= NOON:
        hours = hours % NOON + (NOON if half[0] == "p" else 0)
    return f'"{hours:02}:{minutes:02}"' if hours < 24 and minutes < 60 else None


def date_meant(value: object) -> str | None:
    """The date as it is typed here, such as 2018-08-21."""
    text = re.sub(rf"^(?:{'|'.join((*WEEKDAYS, *DANISH_WEEKDAYS))})?[ ,]*(?:den |d\. ?|the )?", "", _plain(value))
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return _iso(year, month, day) or _iso(year, day, month)
    if match := YEAR_FIRST.fullmatch(text):
        return _iso(*(int(part) for part in match.groups()))
    if match := DAY_AND_MONTH.fullmatch(text):
        return _iso(int(match[3]), MONTHS.get(match[2][:3], 0), int(match[1]))
    if match := MONTH_AND_DAY.fullmatch(text):
        return _iso(int(match[3]), MONTHS.get(match[1][:3], 0), int(match[2]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    with suppress(ValueError):
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    return None


def weekdays_meant(value: object) -> list[str]:
    """The weekdays that are named in a text, by their English names; empty if it says anything else."""
    words = re.split(r"\s*(?:[,/&+;]|\bog\b|\band\b|\s)\s*", _plain(value))
    days = [_weekday(word) for word in words if word not in {"", "om", "hver", "every", "on", "den", "ugentligt"}]
    return [day for day in days if day] if all(days) else []


def _weekday(word: str) -> str | None:
    """The one day that begins so, alone or with an ending such as -e or -en."""
    stem = re.sub(r"(?<=dag)(?:e|en|ene|s)$|(?<=day)s$", "", word.strip("."))
    for names in (DANISH_WEEKDAYS, WEEKDAYS):
        if len(matches := [day for day, name in zip(WEEKDAYS, names, strict=True) if len(stem) > 1 and name.startswith(stem)]) == 1:
            return matches[0]
    return None


def boolean_meant(value: object) -> str | None:
    """True or false as it is typed here."""
    word = _plain(value)
    return "true" if word in YES else "false" if word in NO else None


def number_meant(value: object) -> str | None:
    """The whole number in a text such as "5", 7 dage or uge 42."""
    match = re.fullmatch(r"[^\d.,+-]*(\d{1,6})(?:[.,]0+)?[^\d.,+-]*", _plain(value))
    return str(int(match[1])) if match else None


def list_meant(key: object, value: object) -> str | None:
    """The list that is typed here, for one value or several where a list of simple values belongs."""
    if isinstance(value, dict | bool) or value is None:
        return None
    read = {"weeks": number_meant, "also": date_meant, "extra": _in_quotes}.get(str(key))
    parts = [read(part) for part in re.split(r" ?(?:,|;|\bog\b|\band\b) ?", text)] if read and (text := _fold(value)) else []
    return f"[{', '.join(map(str, parts))}]" if parts and all(parts) else None


def _in_quotes(text: object) -> str:
    return f'"{text}"'


def text_meant(value: Any) -> str | None:
    """A number as it is typed here if it is a text."""
    return _in_quotes(value) if isinstance(value, int) and not isinstance(value, bool) else None


def id_meant(value: str) -> str | None:
    """An id that is made of a text."""
    letters = value.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:60].strip("-") or None


def kle_meant(value: str) -> str | None:
    """A KLE number made of a text such as `kle 81 00 00 p20`, or of a group's number. Its digits are 0 to 9."""
    match = KLE.fullmatch(value.strip().upper())
    if match is None:
        return None
    main, group, subject, facet = (f"{int(match[part] or 0):02}" for part in ("main", "group", "subject", "facet"))
    return f"{main}.{group}.{subject}" + (f"-{match['letter']}{facet}" if match["facet"] else "")


def address_meant(value: str) -> str | None:
    """The id inside a link, a mention or other letters, such as <#C0DIGEST|name>."""
    if match := re.search(r"/(?:archives|client/[TE][A-Z0-9]+|messages)/([CGS][A-Z0-9]+)", value):
        return match[1]
    if match := re.fullmatch(r"<(?:#|!subteam\^)([A-Z0-9]+)(?:\|.*)?>", value):
        return match[1]
    bare = re.sub(r"[\s#@]", "", value).upper()
    return bare if re.fullmatch(r"[CGS]\d[A-Z0-9]+", bare) else None
