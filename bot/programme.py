"""The frozen values of a programme: one post-conference dialogue with its people, themes, questions, weeks and floors.

`schedules/programme_file.py` fills them
from a YAML file; everyone else only reads them. Times of day and dates are the programme's own, in its `timezone`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, time


class Language(StrEnum):
    """The languages people are spoken to in."""

    DA = "da"
    EN = "en"


class Role(StrEnum):
    """The roles of people in the dialogue. If somebody is on several lists, the role that comes first here counts."""

    POLITICIAN = "politician"
    ORGANISER = "organiser"
    LEADER = "leader"
    EMPLOYEE_REP = "employee_rep"


PARTICIPANTS = (Role.LEADER, Role.EMPLOYEE_REP)


class Review(StrEnum):
    """Whether a digest waits for an organiser (required) or only its quotes do."""

    REQUIRED = "required"
    QUOTES_ONLY = "quotes-only"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One sentence or more in both languages."""

    da: str
    en: str

    def in_(self, language: Language | str) -> str:
        """The text in `language`."""
        return self.en if language == Language.EN else self.da


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One of the conference's themes, with why it is a theme and where it comes from, in the organisers' words."""

    id: str
    title: Text
    about: Text | None = None
    source: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A reflection question; `reserve` ones are in the bank, not in the order."""

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
        """What identifies the entry wherever it is in the order: its question ids."""
        return "+".join(sorted(self.question_ids))

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The ids of its questions: by role in the order written, then the one for all."""
        ids = [question for _, question in self.by_role]
        return tuple(ids if self.all is None else [*ids, self.all])

    def question_for(self, role: Role) -> str | None:
        """The id of the question that `role` is asked; None: they are asked nothing this time."""
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
        """The ISO week that `day` lies in."""
        year, number, _ = day.isocalendar()
        return cls(year=year, number=number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read what `str()` wrote, for example `2018-W34`."""
        year, number = text.split("-W")
        return cls(year=int(year), number=int(number))


@dataclass(frozen=True, kw_only=True, order=True)
class Slot:
    """The week and sending day of an entry: an ISO week, and the day's number in it (from 1)."""

    week: Week
    number: int


@dataclass(frozen=True, kw_only=True)
class WeeklyMoment:
    """A weekday (Monday is 0) and a time of day."""

    weekday: int
    at: time


@dataclass(frozen=True, kw_only=True)
class Skip:
    """Days that no question goes out on: a country's public holidays, whole ISO weeks by number, and further days off."""

    holidays: str | None = None
    weeks: tuple[int, ...] = ()
    also: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Remind:
    """When those who have not answered are reminded, once."""

    after_days: int
    at: time


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """When questions go out, and in which order. `every` holds weekdays, Monday is 0, ascending."""

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
    """Where and when the week is shown to the politicians."""

    channel: str
    close: WeeklyMoment
    post: WeeklyMoment
    review: Review
    external: bool | None = None  # whether the channel must (or must not) be shared with another organisation; None: either


@dataclass(frozen=True, kw_only=True)
class Floors:
    """The smallest numbers that may be shown. The defaults are the lowest there are."""

    people: int = 5
    quotes: int = 8
    audience: int = 10


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a list of people comes from: exactly one of a Slack usergroup, a channel's members, a file of e-mails."""

    usergroup: str | None = None
    channel: str | None = None
    file: str | None = None
    emails: tuple[str, ...] = ()  # what the file holds
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
    """The agreement on the dialogue's guidelines: by whom, and on which day. The dialogue does not start without it."""

    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Information:
    """The six items of the information duty, in the organisers' words: people are told them before they are asked anything."""

    controller: Text
    purpose: Text
    legal_basis: Text
    categories: Text
    recipients: Text
    retention: Text


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long the person behind a reply, and the reply itself, are kept: days after the close."""

    detach_after_days: int
    delete_replies_after_days: int


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One post-conference dialogue. Two programmes that differ only in `file`, `checksum` and `remarks` are equal."""

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
    filter_words: frozenset[str] = frozenset()  # what the personal-data filter holds besides its own lists, in small letters
    file: str = field(default="", compare=False)
    checksum: str = field(default="", compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

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
