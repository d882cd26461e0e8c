"""What does the page itself say?

The words around the conversation (page chrome only, Danish and English), and moments as a calendar and clock show them. What the bot
says lives in `bot/wording`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.workspace.page.label_fields import Labels

DA: Final = Labels(
    language="da",
    locale="da_DK",
    day="EEEE 'den' d. MMMM y",
    moment="EEEE 'den' d. MMMM y 'kl.'\u00a0HH.mm",
    brief="EEE d. MMM 'kl.'\u00a0HH.mm",
    hour="HH.mm",
    title="Eftertanke",
    place="Prøverum",
    banner="Prøverum: alle personer er opfundne, og intet forlader denne maskine.",
    other_language="English",
    other_language_code="en",
    skip="Gå til samtalen",
    skip_at_door="Gå til personerne",
    who="Person",
    who_now="Du er nu",
    who_pick="Hvem vil du være?",
    who_change="Vælg en anden",
    who_search="Find en person",
    who_hint="Navn eller rolle",
    who_found="Fundne personer",
    who_none="Ingen hedder sådan her. Prøv et andet navn eller en rolle.",
    who_more="Og {count} til. Skriv mere af navnet.",
    welcome="Velkommen i prøverummet",
    welcome_text="Her prøver du det hele, før nogen skriver til rigtige mennesker.",
    what=(
        "Eftertanke stiller deltagerne fra en konference ét spørgsmål om ugen, samler svarene fortroligt i et overblik til politikerne "
        "og bringer politikernes svar tilbage."
    ),
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
    synthetic="De andre svarer selv",
    synthetic_hint="Slå fra, hvis kun du skal svare og godkende.",
    season="Hele forløbet",
    week="Uge",
    weeks="{count} uger, {questions} spørgsmål",
    week_goes_out="Spørgsmålet går ud {moment}.",
    week_jump="Spring hertil.",
    week_past="Spørgsmålet er gået ud.",
    week_now="Her er vi nu.",
    week_skipped="Intet spørgsmål i denne uge.",
    waits="Det venter på dig som {role}.",
    waits_where="Gå derhen",
    hand_back="Lad de andre gøre det",
    see_as="Se det som {role}",
    see_where="Se det her",
    beside="Se det samme som …",
    beside_of="Det samme øjeblik, set af {name}",
    beside_close="Luk det, der står ved siden af",
    reset="Begynd forfra",
    reset_sure="Begynd forfra?",
    reset_text="Alle beskeder og svar i prøverummet slettes, og uret går tilbage til begyndelsen.",
    cancel="Fortryd",
    failed="Det gik ikke: {why}",
    stale="Siden var for gammel. Den er hentet igen; prøv en gang til.",
    lost="Ingen forbindelse til prøverummet. Siden prøver igen.",
    roles={},
    dues={
        "welcome": "Velkomsten går ud",
        "round": "Ugens spørgsmål går ud",
        "reminder": "Påmindelsen går ud til dem, der ikke har svaret",
        "close": "Ugen lukker for svar",
        "draft": "Udkastet til ugens overblik er klar",
        "post": "Overblikket går til politikerne",
        "held": "Overblikket går til politikerne, hvis en organisator har godkendt det",
        "answer": "Politikernes svar går ud",
        "release": "Et svar fra en politiker lægges til organisatorerne",
        "notice": "Organisatorerne får besked om noget",
        "message": "En deltager får en besked for sig selv",
    },
    done={
        "welcome": "Velkomsten er gået ud.",
        "round": "Ugens spørgsmål er gået ud.",
        "reminder": "Påmindelsen er gået ud til dem, der ikke har svaret.",
        "close": "Ugen er lukket for svar.",
        "draft": "Udkastet til ugens overblik er klar.",
        "post": "Overblikket er sendt til politikerne.",
        "held": "Overblikket venter på at blive godkendt.",
        "answer": "Politikernes svar er gået ud.",
        "release": "Et svar fra en politiker venter på at blive frigivet.",
        "notice": "Organisatorerne har fået besked om noget.",
        "message": "En deltager har fået en besked for sig selv.",
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
    brief="EEE d MMM 'at'\u00a0HH:mm",
    hour="HH:mm",
    title="Eftertanke",
    place="Rehearsal",
    banner="Local rehearsal workspace: all people are made up, and nothing leaves this machine.",
    other_language="Dansk",
    other_language_code="da",
    skip="Go to the conversation",
    skip_at_door="Go to the people",
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
    welcome_text="Try all of it here, before anyone writes to real people.",
    what=(
        "Eftertanke asks the people from a conference one question a week, gathers their answers confidentially in a digest for the "
        "politicians, and brings the politicians’ answers back."
    ),
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
    nothing_home="There is nothing here yet. Press “Home” again in a moment.",
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
    synthetic="The others answer by themselves",
    synthetic_hint="Switch it off if only you are to answer and approve.",
    season="The whole season",
    week="Week",
    weeks="{count} weeks, {questions} questions",
    week_goes_out="The question goes out on {moment}.",
    week_jump="Go there.",
    week_past="The question has gone out.",
    week_now="This is where we are.",
    week_skipped="No question this week.",
    waits="It is waiting for you as {role}.",
    waits_where="Go there",
    hand_back="Let the others do it",
    see_as="See it as {role}",
    see_where="See it here",
    beside="See the same as …",
    beside_of="The same moment, seen by {name}",
    beside_close="Close the view beside",
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
        "welcome": "The welcome goes out",
        "round": "The week’s question goes out",
        "reminder": "The reminder goes to those who have not answered",
        "close": "The week closes for answers",
        "draft": "The draft of the week’s digest is ready",
        "post": "The digest goes to the politicians",
        "held": "The digest goes to the politicians if an organiser has approved it",
        "answer": "The politicians’ answers go out",
        "release": "A politician’s answer comes to the organisers",
        "notice": "The organisers are told of something",
        "message": "A participant gets a message of their own",
    },
    done={
        "welcome": "The welcome has gone out.",
        "round": "The week’s question has gone out.",
        "reminder": "The reminder has gone to those who have not answered.",
        "close": "The week has closed for answers.",
        "draft": "The draft of the week’s digest is ready.",
        "post": "The digest has gone to the politicians.",
        "held": "The digest is waiting to be approved.",
        "answer": "The politicians’ answers have gone out.",
        "release": "A politician’s answer is waiting to be released.",
        "notice": "The organisers have been told of something.",
        "message": "A participant has had a message of their own.",
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
    """Day and hour where there is little room: `ons. 15. aug. kl. 09.30`."""
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
