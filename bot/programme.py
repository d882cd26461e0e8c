"""The frozen values of a programme: one post-conference dialogue with its people, themes, questions, weeks and floors.

`schedules/programme_file.py` fills them from a YAML file; all others only read them. Times of day and dates are in the programme's
`timezone`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, time

    from bot.sentence import Sentence

LONGEST_ASK: Final = 300  # characters of a question in one language, and of why a theme is there
LATEST_DETACHING: Final = 28  # days after the close: the bot looks after a finished programme for so long
LATEST_DELETION: Final = 730  # days after the close: two years; who wants words for longer keeps the digests, which stay


class Language(StrEnum):
    """The languages that the bot speaks to people."""

    DA = "da"
    EN = "en"


class Role(StrEnum):
    """The roles of people in the dialogue. For somebody on several lists the first role in this order counts."""

    POLITICIAN = "politician"
    ORGANISER = "organiser"
    LEADER = "leader"
    EMPLOYEE_REP = "employee_rep"


PARTICIPANTS = (Role.LEADER, Role.EMPLOYEE_REP)


class Review(StrEnum):
    """What an organiser must approve before a digest is posted: all of it (required) or only its quotes."""

    REQUIRED = "required"
    QUOTES_ONLY = "quotes-only"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of one sentence or more, in both languages."""

    da: str
    en: str

    def in_(self, language: Language | str) -> str:
        """The text in `language`."""
        return self.en if language == Language.EN else self.da


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme of the conference. `about` and `source` tell, in the organisers' words, why it matters and where it comes from."""

    id: str
    title: Text
    about: Text | None = None
    source: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A reflection question. A `reserve` question is kept for later and is not in the order."""

    id: str
    theme: str
    ask: Text
    reserve: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place in the order: a question for all, or variants on one theme by role."""

    theme: str
    all: str | None = None
    by_role: tuple[tuple[Role, str], ...] = ()

    @property
    def key(self) -> str:
        """A key made of its question ids, which identifies the entry wherever it is in the order."""
        return "+".join(sorted(self.question_ids))

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The ids of its questions: by role in the order written, then the one for all."""
        ids = [question for _, question in self.by_role]
        return tuple(ids if self.all is None else [*ids, self.all])

    def question_for(self, role: Role) -> str | None:
        """The id of the question for `role`; None: this entry asks them nothing."""
        return dict(self.by_role).get(role, self.all)


@dataclass(frozen=True, kw_only=True, order=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @classmethod
    def of(cls, day: date) -> Week:
        """The ISO week of `day`."""
        year, number, _ = day.isocalendar()
        return cls(year=year, number=number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read a week as `str()` writes it, for example `2018-W34`."""
        year, number = text.split("-W")
        return cls(year=int(year), number=int(number))


@dataclass(frozen=True, kw_only=True, order=True)
class Slot:
    """The place of an entry in the calendar: an ISO week, and the sending day's number in it (from 1)."""

    week: Week
    number: int


@dataclass(frozen=True, kw_only=True)
class WeeklyMoment:
    """A weekday (Monday is 0) and a time of day."""

    weekday: int
    at: time


@dataclass(frozen=True, kw_only=True)
class Skip:
    """Days without questions: a country's public holidays, whole ISO weeks by number, and further days off."""

    holidays: str | None = None
    weeks: tuple[int, ...] = ()
    also: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Remind:
    """When people who have not answered get their one reminder."""

    after_days: int
    at: time


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """When questions go out, and in which order. `every` holds weekdays in ascending order; Monday is 0."""

    every: tuple[int, ...]
    at: time
    from_: date
    until: date
    skip: Skip
    remind: Remind | None
    order: tuple[Entry, ...]

    @property
    def roles_with_own_questions(self) -> frozenset[Role]:
        """The roles that some entry asks a question of their own."""
        return frozenset(role for entry in self.order for role, _ in entry.by_role)


@dataclass(frozen=True, kw_only=True)
class DigestPlan:
    """Where and when each week's digest is shown to the politicians."""

    channel: str
    close: WeeklyMoment
    post: WeeklyMoment
    review: Review
    committee: Text | None = None  # whom the digest is for; stands in its headline
    external: bool | None = None  # whether the channel must (or must not) be shared with another organisation; None: either


@dataclass(frozen=True, kw_only=True)
class Filing:
    """How the municipality files what is exported.

    By the number of its case and the KLE number of its subject. `sender` None: the controller of the information duty.
    """

    case: str | None = None
    kle: str | None = None
    sender: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Floors:
    """The smallest numbers that may be shown. The defaults are the lowest there are."""

    people: int = 5
    quotes: int = 8
    audience: int = 10
    asked: int = 30  # for quotes: among fewer people, a style of writing is recognised


@dataclass(frozen=True, kw_only=True)
class Source:
    """The source of a list of people. It is exactly one: a Slack usergroup, a channel's members or a file of e-mails."""

    usergroup: str | None = None
    channel: str | None = None
    file: str | None = None
    emails: tuple[str, ...] = ()  # the addresses in the file
    guests: bool = False  # whether a channel's guests take part as well

    def __str__(self) -> str:
        return self.usergroup or self.channel or self.file or ""


@dataclass(frozen=True, kw_only=True)
class People:
    """The lists of people, and the organisers' channel."""

    leaders: Source | None
    employee_reps: Source | None
    politicians: Source
    organisers: Source
    organisers_channel: str

    def sources(self) -> dict[Role, Source]:
        """The source of each role that has one, in falling precedence."""
        every = {
            Role.POLITICIAN: self.politicians,
            Role.ORGANISER: self.organisers,
            Role.LEADER: self.leaders,
            Role.EMPLOYEE_REP: self.employee_reps,
        }
        return {role: source for role, source in every.items() if source is not None}


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The agreement on the dialogue's guidelines: who agreed, and on which day. Without it no dialogue starts."""

    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Information:
    """The six items of the information duty, in the organisers' words. People read them before the first question."""

    controller: Text
    purpose: Text
    legal_basis: Text
    categories: Text
    recipients: Text
    retention: Text


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long replies are kept, in days after the close: with the person behind them, and at all."""

    detach_after_days: int
    delete_replies_after_days: int


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One post-conference dialogue. Two programmes that differ only in `file`, `content`, `checksum` and `remarks` are equal."""

    id: str
    title: Text
    language: Language
    timezone: str
    people: People
    themes: tuple[Theme, ...]
    questions: tuple[Question, ...]
    rounds: Rounds
    digest: DigestPlan
    floors: Floors
    guidelines_agreed: Agreement
    retention: Retention
    information: Information
    filing: Filing = Filing()
    filter_words: frozenset[str] = frozenset()  # further words for the personal-data filter, in small letters
    file: str = field(default="", compare=False)
    content: bytes = field(default=b"", compare=False, repr=False)  # of its file
    checksum: str = field(default="", compare=False)
    remarks: tuple[Sentence, ...] = field(default=(), compare=False)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.timezone)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; KeyError if there is none."""
        return {theme.id: theme for theme in self.themes}[theme_id]

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        return {question.id: question for question in self.questions}[question_id]
