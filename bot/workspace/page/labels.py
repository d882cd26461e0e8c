"""What does the page itself say?

The words around the conversation (page chrome only, Danish and English), and moments as a calendar and clock show them. What the bot
says lives in `bot/wording`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Labels:
    """One language's words. `day`, `moment` and `hour` are Babel patterns; `said_by_client` turns Slack's client's own words around."""

    language: str
    locale: str
    day: str
    moment: str
    brief: str
    hour: str
    title: str
    place: str
    banner: str
    other_language: str
    other_language_code: str
    skip: str
    who: str
    who_now: str
    who_pick: str
    who_change: str
    who_search: str
    who_hint: str
    who_found: str
    who_none: str
    who_more: str
    welcome: str
    welcome_text: str
    steps: tuple[str, ...]
    places: str
    direct: str
    home: str
    shared: str
    conversation: str
    nothing_yet: str
    nothing_home: str
    older: str
    edited: str
    only_you: str
    app: str
    write: str
    write_hint: str
    send: str
    close: str
    back: str
    choose: str
    pick_one: str
    optional: str
    letters: str
    picture: str
    unknown: str
    json: str
    clock: str
    clock_shows: str
    next_due: str
    nothing_due: str
    to_next: str
    day_on: str
    to_end: str
    playing: str
    stop: str
    synthetic: str
    reset: str
    reset_sure: str
    reset_text: str
    cancel: str
    failed: str
    stale: str
    lost: str
    roles: Mapping[str, str]
    dues: Mapping[str, str]
    said_by_client: Mapping[str, str]

    def role(self, title: str) -> str:
        """A member's title (they are Danish) in this language, where it is known."""
        return self.roles.get(title, title)

    def due(self, kind: str) -> str:
        """What falls due, in words; anything but the rehearsal's own short names is words already."""
        return self.dues.get(kind, kind)


DA: Final = Labels(
    language="da",
    locale="da_DK",
    day="EEEE 'den' d. MMMM y",
    moment="EEEE 'den' d. MMMM y 'kl.'\u00a0HH.mm",
    brief="EEE d. MMM y 'kl.'\u00a0HH.mm",
    hour="HH.mm",
    title="Eftertanke",
    place="Øverum",
    banner="Lokalt øverum: alle personer er opfundne, og intet forlader denne maskine.",
    other_language="English",
    other_language_code="en",
    skip="Gå til samtalen",
    who="Person",
    who_now="Du er nu",
    who_pick="Hvem vil du være?",
    who_change="Vælg en anden",
    who_search="Find en person",
    who_hint="Navn eller rolle",
    who_found="Fundne personer",
    who_none="Ingen hedder sådan her. Prøv et andet navn eller en rolle.",
    who_more="Og {count} til. Skriv mere af navnet.",
    welcome="Velkommen i øverummet",
    welcome_text="Her kan du opleve dialogen, som deltagere, organisatorer og politikere møder den, før nogen rigtig skriver til nogen.",
    steps=(
        "Vælg, hvem du vil være.",
        "Tryk på »Til næste«. Så springer uret frem til det næste, der sker.",
        "Læs, hvad der er kommet, og svar.",
    ),
    places="Samtaler",
    direct="Beskeder",
    home="Hjem",
    shared="delt",
    conversation="Samtale",
    nothing_yet="Her er stille endnu. Lad uret gå, så sker der noget.",
    nothing_home="Her står ikke noget endnu. Tryk på »Hjem« igen om lidt.",
    older="Vis ældre beskeder",
    edited="(redigeret)",
    only_you="Kun synlig for dig",
    app="app",
    write="Skriv til Eftertanke",
    write_hint="Skriv en besked, eller /eftertanke",
    send="Send",
    close="Luk",
    back="Tilbage",
    choose="Vælg",
    pick_one="Vælg …",
    optional="valgfrit",
    letters="{count} af {most} tegn",
    picture="Billede",
    unknown="Det her kan siden ikke vise. Sådan står det:",
    json="JSON",
    clock="Uret",
    clock_shows="Klokken er nu",
    next_due="Næste:",
    nothing_due="Programmet er spillet til ende.",
    to_next="Til næste",
    day_on="+1 dag",
    to_end="Spil til slut",
    playing="Tiden går …",
    stop="Stop",
    synthetic="Syntetiske deltagere svarer",
    reset="Begynd forfra",
    reset_sure="Begynd forfra?",
    reset_text="Alle beskeder og svar i øverummet slettes, og uret går tilbage til begyndelsen.",
    cancel="Fortryd",
    failed="Det gik ikke: {why}",
    stale="Siden var for gammel. Den er hentet igen; prøv en gang til.",
    lost="Ingen forbindelse til øverummet. Siden prøver igen.",
    roles={},
    dues={
        "round": "Ugens spørgsmål går ud",
        "message": "Beskeder, der venter, går ud",
        "reminder": "Påmindelse til dem, der ikke har svaret",
        "close": "Ugen lukker for svar",
        "post": "Overblikket går til politikerne",
    },
    said_by_client={
        r"Please complete this required field\.": "Udfyld feltet.",
        r"Please choose one of the options\.": "Vælg en af mulighederne.",
        r"Please use at most (\d+) characters\.": r"Skriv højst \1 tegn.",
        r"Please use at least (\d+) characters\.": r"Skriv mindst \1 tegn.",
        r"That button is not there\.": "Den knap er der ikke længere.",
        r"No form is open\.": "Der er ikke en åben formular.",
        r"(/\S+) is not a valid command\.": r"\1 er ikke en kommando her.",
        r"We had some trouble connecting\. Try again\?": "Appen svarede ikke rigtigt. Prøv igen om lidt.",
        r"The app is not connected\.": "Appen er ikke forbundet.",
        r"The app did not answer within ([\d.]+) s\.": r"Appen svarede ikke inden for \1 sekunder.",
    },
)

EN: Final = Labels(
    language="en",
    locale="en_GB",
    day="EEEE d MMMM y",
    moment="EEEE d MMMM y 'at'\u00a0HH:mm",
    brief="EEE d MMM y 'at'\u00a0HH:mm",
    hour="HH:mm",
    title="Eftertanke",
    place="Rehearsal",
    banner="Local rehearsal workspace: all people are made up, and nothing leaves this machine.",
    other_language="Dansk",
    other_language_code="da",
    skip="Go to the conversation",
    who="Person",
    who_now="You are now",
    who_pick="Who would you like to be?",
    who_change="Pick someone else",
    who_search="Find a person",
    who_hint="Name or role",
    who_found="People found",
    who_none="Nobody here has that name. Try another name, or a role.",
    who_more="And {count} more. Type more of the name.",
    welcome="Welcome to the rehearsal",
    welcome_text="Live the dialogue as participants, organisers and politicians meet it, before anyone writes to anyone.",
    steps=(
        "Pick who you would like to be.",
        "Press “To the next”. The clock then jumps to the next thing that happens.",
        "Read what has come, and answer.",
    ),
    places="Conversations",
    direct="Messages",
    home="Home",
    shared="shared",
    conversation="Conversation",
    nothing_yet="All quiet so far. Let the clock run, and something will happen.",
    nothing_home="Nothing stands here yet. Press “Home” again in a moment.",
    older="Show older messages",
    edited="(edited)",
    only_you="Only visible to you",
    app="app",
    write="Write to Eftertanke",
    write_hint="Write a message, or /eftertanke",
    send="Send",
    close="Close",
    back="Back",
    choose="Choose",
    pick_one="Choose …",
    optional="optional",
    letters="{count} of {most} characters",
    picture="Picture",
    unknown="The page cannot show this. It reads:",
    json="JSON",
    clock="The clock",
    clock_shows="The time is now",
    next_due="Next:",
    nothing_due="The programme has been played to its end.",
    to_next="To the next",
    day_on="+1 day",
    to_end="Play to end",
    playing="Time is passing …",
    stop="Stop",
    synthetic="Synthetic participants answer",
    reset="Start over",
    reset_sure="Start over?",
    reset_text="All messages and answers in the rehearsal are deleted, and the clock goes back to the beginning.",
    cancel="Cancel",
    failed="That did not work: {why}",
    stale="The page was out of date. It has been fetched again; please try once more.",
    lost="No connection to the rehearsal workspace. The page keeps trying.",
    roles={
        "leder": "leader",
        "medarbejderrepræsentant": "employee representative",
        "politiker": "politician",
        "organisator": "organiser",
    },
    dues={
        "round": "The week’s question goes out",
        "message": "Messages that wait go out",
        "reminder": "A reminder to those who have not answered",
        "close": "The week closes for answers",
        "post": "The digest goes to the politicians",
    },
    said_by_client={},
)

LANGUAGES: Final = {labels.language: labels for labels in (DA, EN)}


def format_day(labels: Labels, moment: datetime, timezone: str) -> str:
    """The day: `onsdag den 15. august 2018`."""
    return _format_with(labels, moment, timezone, labels.day)


def format_moment(labels: Labels, moment: datetime, timezone: str) -> str:
    """Day and hour: `onsdag den 15. august 2018 kl. 09.30`."""
    return _format_with(labels, moment, timezone, labels.moment)


def format_brief(labels: Labels, moment: datetime, timezone: str) -> str:
    """Day and hour where there is little room: `ons. 15. aug. 2018 kl. 09.30`."""
    return _format_with(labels, moment, timezone, labels.brief)


def format_hour(labels: Labels, moment: datetime, timezone: str) -> str:
    """The hour: `09.30`."""
    return _format_with(labels, moment, timezone, labels.hour)


def moment_of_ts(ts: str) -> datetime:
    """The moment a message was said, from Slack's id for it."""
    return datetime.fromtimestamp(float(ts), tz=UTC)


def translate_client_text(labels: Labels, sentence: str) -> str:
    """A sentence in the reader's language, if it is one the chat client itself says; else as it came."""
    for pattern, words in labels.said_by_client.items():
        if match := re.fullmatch(pattern, sentence):
            return match.expand(words)
    return sentence


def _format_with(labels: Labels, moment: datetime, timezone: str, pattern: str) -> str:
    return format_datetime(moment.astimezone(ZoneInfo(timezone)), pattern, locale=labels.locale)
