"""The kinds of faults that a programme file can have.

The catalogues (`faults.po`) say each in one sentence with its cure. `schedules/README.md` explains every one of them in Danish.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sentence import Sentence


LONGEST_GUESSED: Final = 100  # characters: no word that may be meant is half as long, and comparing takes its time


class WrongKind(StrEnum):
    """The kinds of faults, by the keys of their sentences; whoever finds the fault gives the values."""

    NO_FILE = "fault.no_file"
    FOLDER = "fault.folder"
    NOT_READABLE = "fault.not_readable"
    ODD_NAME = "fault.odd_name"
    LARGE_FILE = "fault.large_file"
    OUTSIDE_FOLDER = "fault.outside_folder"
    LINK_OUTSIDE = "fault.link_outside"
    NO_FOLDER = "fault.no_folder"
    NO_PROGRAMME = "fault.no_programme"
    FOLDER_NOT_READABLE = "fault.folder_not_readable"
    OTHER_ENDING = "fault.other_ending"
    FOLDER_AS_FILE = "fault.folder_as_file"
    COPY_PASSED_OVER = "fault.copy_passed_over"
    NOT_UTF8 = "fault.not_utf8"
    EMPTY_FILE = "fault.empty_file"
    BROKEN = "fault.broken"
    TAB = "fault.tab"
    MISSING_QUOTE = "fault.missing_quote"
    QUOTE_IN_TEXT = "fault.quote_in_text"
    MISSING_BRACKET = "fault.missing_bracket"
    EXTRA_BRACKET = "fault.extra_bracket"
    MISSING_COMMA = "fault.missing_comma"
    MISSING_COLON = "fault.missing_colon"
    COLON_IN_TEXT = "fault.colon_in_text"
    NOT_A_DASH = "fault.not_a_dash"
    STRAY_TEXT = "fault.stray_text"
    MISSING_BRACES = "fault.missing_braces"
    HASH_IN_TEXT = "fault.hash_in_text"
    TWO_ITEMS = "fault.two_items"
    AFTER_VALUE = "fault.after_value"
    SIGN_FIRST = "fault.sign_first"
    INDENTATION = "fault.indentation"
    ALIAS = "fault.alias"
    SECOND_DOCUMENT = "fault.second_document"
    DUPLICATE_KEY = "fault.duplicate_key"
    INVISIBLE_SIGN = "fault.invisible_sign"
    STRANGE_SPACE = "fault.strange_space"
    CURLY_QUOTES = "fault.curly_quotes"
    LIST_SIGN = "fault.list_sign"
    STRANGE_COLON = "fault.strange_colon"

    MISSING_KEY = "fault.missing_key"
    MISSING_IN_BRACES = "fault.missing_in_braces"
    MISSING_TRANSLATION = "fault.missing_translation"
    MISSING_AGREEMENT = "fault.missing_agreement"
    MISSING_INFORMATION = "fault.missing_information"
    MISSING_ITEM = "fault.missing_item"
    EMPTY_ITEM = "fault.empty_item"
    UNKNOWN_KEY = "fault.unknown_key"
    COMMA_IN_TEXT = "fault.comma_in_text"
    NOT_TEXT = "fault.not_text"
    NOT_A_NUMBER = "fault.not_a_number"
    NOT_YES_OR_NO = "fault.not_yes_or_no"
    NOT_A_BLOCK = "fault.not_a_block"
    NOT_BOTH_LANGUAGES = "fault.not_both_languages"
    NOT_A_LIST = "fault.not_a_list"
    EMPTY_LIST = "fault.empty_list"
    TOO_SMALL = "fault.too_small"
    TOO_LARGE = "fault.too_large"
    TOO_MANY = "fault.too_many"
    UNFIT = "fault.unfit"
    CHECK_STUMBLES = "fault.check_stumbles"  # an error of ours: a sample or a fuzzer that meets it has found a bug
    EMPTY_TEXT = "fault.empty_text"
    NOT_ONE_LINE = "fault.not_one_line"
    LONG_TEXT = "fault.long_text"
    NOT_AN_ID = "fault.not_an_id"
    NOT_A_CHOICE = "fault.not_a_choice"
    NOT_A_USERGROUP = "fault.not_a_usergroup"
    NOT_A_CHANNEL = "fault.not_a_channel"
    NOT_A_KLE = "fault.not_a_kle"
    SOURCE_ALONE = "fault.source_alone"
    LOWERED_FLOOR = "fault.lowered_floor"

    THEME_TWICE = "fault.theme_twice"
    QUESTION_TWICE = "fault.question_twice"
    UNKNOWN_THEME = "fault.unknown_theme"
    UNKNOWN_QUESTION = "fault.unknown_question"
    ORDERED_TWICE = "fault.ordered_twice"
    RESERVE_ORDERED = "fault.reserve_ordered"
    TWO_THEMES = "fault.two_themes"
    EMPTY_ENTRY = "fault.empty_entry"
    ROLE_WITHOUT_LIST = "fault.role_without_list"
    NO_PARTICIPANTS = "fault.no_participants"
    TOO_FEW_ENTRIES = "fault.too_few_entries"
    TOO_MANY_ENTRIES = "fault.too_many_entries"

    NOT_A_WEEKDAY = "fault.not_a_weekday"
    WEEKEND = "fault.weekend"
    NOT_A_DATE = "fault.not_a_date"
    IMPOSSIBLE_DATE = "fault.impossible_date"
    UNQUOTED_TIME = "fault.unquoted_time"
    NOT_A_TIME = "fault.not_a_time"
    NIGHT = "fault.night"
    NO_SUCH_WEEK = "fault.no_such_week"
    UNKNOWN_ZONE = "fault.unknown_zone"
    UNKNOWN_COUNTRY = "fault.unknown_country"
    END_BEFORE_START = "fault.end_before_start"
    LONG_PROGRAMME = "fault.long_programme"
    LATE_GUIDELINES = "fault.late_guidelines"
    EARLY_CLOSE = "fault.early_close"
    POST_BEFORE_CLOSE = "fault.post_before_close"
    LATE_REMINDER = "fault.late_reminder"
    LATE_DETACHING = "fault.late_detaching"
    EARLY_DELETION = "fault.early_deletion"

    NOT_ONE_SOURCE = "fault.not_one_source"
    GUESTS_ELSEWHERE = "fault.guests_elsewhere"
    NO_PEOPLE_FILE = "fault.no_people_file"
    LIST_IS_NO_FILE = "fault.list_is_no_file"
    PATH_OF_WINDOWS = "fault.path_of_windows"
    LIST_FORMAT = "fault.list_format"
    EMPTY_PEOPLE_FILE = "fault.empty_people_file"
    LIST_ENCODING = "fault.list_encoding"
    LONG_LIST = "fault.long_list"
    PEOPLE_HEADER = "fault.people_header"
    FIRST_EMAIL = "fault.first_email"
    UNKNOWN_HEADING = "fault.unknown_heading"
    EMAIL_ABOVE_HEADINGS = "fault.email_above_headings"
    TWO_COLUMNS = "fault.two_columns"
    OPEN_QUOTE = "fault.open_quote"
    NO_EMAIL = "fault.no_email"
    BAD_EMAIL = "fault.bad_email"
    MARKED_ROW = "fault.marked_row"
    ODD_EMAIL = "fault.odd_email"
    EMAIL_AND_MORE = "fault.email_and_more"
    TWO_EMAILS = "fault.two_emails"
    MOVED_CELLS = "fault.moved_cells"
    SMALL_AUDIENCE = "fault.small_audience"
    SINGLED_OUT = "fault.singled_out"
    SAME_SOURCE = "fault.same_source"
    SHARED_CHANNEL = "fault.shared_channel"

    OVERLAP = "fault.overlap"
    RUNNING_GONE = "fault.running_gone"
    RUNNING_RENAMED = "fault.running_renamed"
    SAME_PROGRAMME = "fault.same_programme"

    def say(self, **values: object) -> Sentence:
        """The sentence of this kind with these values."""
        return sentence(self.value, **values)


class WrongValue(ValueError):
    """A value that does not fit, with the sentence that says why."""

    def __init__(self, kind: WrongKind, **values: object) -> None:
        self.said = kind.say(**values)
        super().__init__(str(self.said))


def did_you_mean(word: str, candidates: Iterable[str]) -> Sentence | None:
    """The candidate that was probably meant, as the end of a sentence; None if none comes close."""
    return guess_of(closest(word, candidates))


def guess_of(word: str | None = None) -> Sentence | None:
    """A word that was probably meant, as the end of a sentence; None if there is none."""
    return sentence("fault.guess", word=word) if word else None


def write(typed: str | None) -> Sentence | None:
    """What is to be typed, as the end of a sentence; None if that is not known."""
    return sentence("fault.write", typed=typed) if typed else None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant; None if none comes close."""
    if len(word) > LONGEST_GUESSED:
        return None
    by_small_letters = {candidate.lower(): candidate for candidate in candidates}
    matches = get_close_matches(word.lower(), by_small_letters, n=1)
    return by_small_letters[matches[0]] if matches else None
