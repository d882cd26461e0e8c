"""The sentences that tell organisers what is wrong in a programme file.

There is one sentence for each kind of fault, with its cure. `schedules/README.md` explains every one of them in Danish.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.seam.addresses import CHANNEL, USERGROUP

if TYPE_CHECKING:
    from collections.abc import Iterable


class WrongKind(StrEnum):
    """The kinds of faults, by their sentences; whoever finds the fault fills in each `{…}`."""

    NO_FILE = "there is no such file"
    FOLDER = "this is a folder: name a file in it"
    NOT_READABLE = "the file cannot be opened: {why}"
    ODD_NAME = "the file's name holds what is no text: give it another name"
    NO_FOLDER = "there is no such folder: put it back, or name another in SCHEDULES_DIR"
    NO_PROGRAMME = "no programme is here: is a disk or share away? To make the first: .venv/bin/python -m bot new FILE --from DATE"
    FOLDER_NOT_READABLE = "the folder cannot be read: {why}"
    NOT_UTF8 = "the file is not UTF-8 text: save it again as UTF-8"
    EMPTY_FILE = "the file is empty: a programme starts with `programme: an-id`"
    BROKEN = "from here on the file cannot be understood: {why}"
    ALIAS = "`&` and `*` names are not used in programmes: write the text out, or put it in quotes"
    SECOND_DOCUMENT = "a file holds one programme: everything from `---` on belongs in a file of its own"
    DUPLICATE_KEY = '"{key}" stands here twice, the first time in line {line}: keep one of them'

    MISSING_KEY = '"{key}" is missing in this block'
    MISSING_TRANSLATION = 'the text in "{key}" is missing: every text is needed in da and en'
    MISSING_AGREEMENT = '"guidelines_agreed" is missing: the dialogue does not start without it; write who agreed, and on which day'
    MISSING_INFORMATION = (
        '"information" is missing: the dialogue does not start before people are told the six things they must know; '
        "copy the block from schedules/README.md and fit it to your organisation"
    )
    MISSING_ITEM = '"{key}" is missing in "information": people must be told all six; the README has a text to begin with'
    EMPTY_ITEM = "this text is empty: people must be told it before they are asked; the README has a text to begin with"
    UNKNOWN_KEY = 'there is no key "{key}" here{guess}'
    NOT_TEXT = "this must be text: put it in quotes"
    NOT_A_NUMBER = "this must be a whole number, without quotes"
    NOT_YES_OR_NO = "this must be true or false, without quotes"
    NOT_A_BLOCK = "this must be a block of keys with values"
    NOT_BOTH_LANGUAGES = "this must be a text in both languages: {{da: …, en: …}}"
    NOT_A_LIST = "this must be a list"
    EMPTY_LIST = "this list must not be empty"
    TOO_SMALL = "this number must be at least {least}"
    UNFIT = "this does not fit here: {why}"
    EMPTY_TEXT = "this text is empty"
    NOT_ONE_LINE = "this text must be one line without invisible characters"
    LONG_TEXT = "this text has {length} characters: at most {most} fit"
    NOT_AN_ID = '"{value}" is not an id: use small letters from a to z, digits and single hyphens, at most 60 in all'
    NOT_A_CHOICE = '"{value}" does not fit here, choose {choices}{guess}'
    NOT_A_WEEKDAY = '"{value}" is not a weekday{guess}'
    WEEKEND = "nothing happens on a {value}: choose a day from monday to friday"
    NOT_A_DATE = '"{value}" is not a date: write year-month-day, for example 2018-08-21'
    IMPOSSIBLE_DATE = "{value} does not exist in the calendar"
    UNQUOTED_TIME = 'put the time in quotes, "{value}": without them it can be read as something else'
    NOT_A_TIME = '"{value}" is not a time of day: write hours and minutes, for example "09:30"'
    NIGHT = "{value} is outside the hours in which people are written to: 07:00 to 19:00"
    NO_SUCH_WEEK = "{value} is not the number of a week: they run from 1 to 53"
    UNKNOWN_ZONE = 'there is no time zone "{value}"{guess}'
    UNKNOWN_COUNTRY = 'no holidays are known for the country "{value}"{guess}'
    NOT_A_USERGROUP = USERGROUP.wrong
    NOT_A_CHANNEL = CHANNEL.wrong
    NOT_ONE_SOURCE = "a list of people comes from exactly one place: usergroup, channel or file"
    SOURCE_ALONE = "`source` stands only beside `about`: write why it is a theme, or take the source away"
    GUESTS_ELSEWHERE = (
        "`guests` stands only beside the `channel` of leaders or employee_reps: take it away; guests on a usergroup or in a file count as "
        "they are, and a channel's are never politicians or organisers"
    )
    LOWERED_FLOOR = "a floor may be raised, never lowered: {least} is the least"

    THEME_TWICE = 'two themes have the id "{value}", the first in line {line}'
    QUESTION_TWICE = 'two questions have the id "{value}", the first in line {line}'
    UNKNOWN_THEME = 'there is no theme "{value}"{guess}'
    UNKNOWN_QUESTION = 'there is no question "{value}"{guess}'
    ORDERED_TWICE = 'the question "{value}" stands in the order twice, the first time in line {line}'
    RESERVE_ORDERED = 'the question "{value}" is in reserve: take it out of the order, or take `reserve: true` away from it'
    TWO_THEMES = "the questions of one entry belong to one theme: these belong to {themes}"
    EMPTY_ENTRY = "an entry is the id of a question, or {{leader: id, employee_rep: id}} with an optional all: id"
    ROLE_WITHOUT_LIST = 'nobody is asked: there is no list of people for "{role}" under `people`'
    NO_PARTICIPANTS = "nobody takes part: `people` needs leaders, employee_reps or both"
    TOO_FEW_ENTRIES = "entries in the order: {entries}, sending days: {slots}; add {missing} to the order, or end earlier"
    TOO_MANY_ENTRIES = "entries in the order: {entries}, sending days: {slots}; take {missing} out of the order, or end later"

    END_BEFORE_START = "the programme ends on {until}, before it starts on {start}"
    LATE_GUIDELINES = "the guidelines are agreed on {on}, after the start on {start}: they must be agreed before"
    EARLY_CLOSE = "the week closes {hours} h after its last question: people need at least 24 h to answer"
    POST_BEFORE_CLOSE = "the digest would wait {days} days after the close: put `post` after `close`, or on the Monday after it"
    LATE_REMINDER = "the reminder would come when the week has closed: remind earlier, or close later"
    LATE_DETACHING = "replies would stay tied to people for {days} days after the close: detach_after_days is {most} at most"
    EARLY_DELETION = "replies would be deleted before they are detached: delete_replies_after_days must be the greater number"

    NO_PEOPLE_FILE = 'there is no file "{value}" beside the programme'
    PEOPLE_HEADER = "the first line of a list of people is the word email"
    BAD_EMAIL = "this line is not one e-mail address"
    SMALL_AUDIENCE = '"{value}" reaches {people} people: an audience has at least {least}'
    SINGLED_OUT = (
        "this would single out fewer than {least} people: it is asked of others than the questions before it, and they differ "
        "by the list of {lists}; ask everyone the same question, or put more people on that list"
    )
    SAME_SOURCE = (
        '"{value}" is the list of {other} as well (line {line}), and who stands on two lists belongs to one of them only: name another list'
    )
    SHARED_CHANNEL = "the digest and the organisers need a channel each: drafts would be read before they are approved"

    OVERLAP = "the programme runs at the same time as {other} (until {until}): programmes run one at a time"
    RUNNING_GONE = 'the file of the programme "{value}", which has begun, is gone: put it back; meanwhile the programme goes on without it'
    RUNNING_RENAMED = 'the programme that began from this file is "{value}", and it goes on: write that id again'
    SAME_PROGRAMME = 'the programme "{value}" stands in {other} as well: give one of them another id'


class WrongValue(ValueError):
    """A value that does not fit, with the sentence that says why."""

    def __init__(self, kind: WrongKind, **values: object) -> None:
        super().__init__(kind.format(**values))


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The candidate that was probably meant, as the end of a sentence; empty if none comes close."""
    match = closest(word, candidates)
    return f': did you mean "{match}"?' if match else ""


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant; None if none comes close."""
    by_small_letters = {candidate.lower(): candidate for candidate in candidates}
    matches = get_close_matches(word.lower(), by_small_letters, n=1)
    return by_small_letters[matches[0]] if matches else None
