"""The shape of a programme file as pydantic models: which keys a block has, and which values fit.

Other modules check whether the values fit together.
"""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from bot.programme import LATEST_DELETION, LATEST_DETACHING, LONGEST_ASK
from bot.seam.addresses import CHANNEL, USERGROUP
from schedules.checking import bounds
from schedules.checking.bounds import (
    AS_IT_RUNS,
    HIGHEST_FLOOR,
    HIGHEST_FLOOR_OF_ASKED,
    HIGHEST_FLOOR_OF_AUDIENCE,
    LONGEST_FILE_NAME,
    at_most,
    most_items,
)
from schedules.checking.fault_messages import WrongKind, WrongValue
from schedules.checking.invisible_signs import without_halves
from schedules.checking.net import log_stumble
from schedules.checking.slips.habits import LANGUAGES, REVIEWS, WEEKDAYS
from schedules.checking.value_parsers import (
    KLE,
    address_check,
    choice_check,
    item_check,
    line_check,
    read_case,
    read_country,
    read_day,
    read_identifier,
    read_kle,
    read_time,
    read_week,
    read_weekday,
    read_weekdays,
    read_zone,
    text_check,
)

Id = Annotated[
    str, AfterValidator(read_identifier), WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60})
]
NamedId = Annotated[str, WithJsonSchema(TypeAdapter(Id).json_schema())]  # of something else in the file: only what is there fits
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date", "examples": ["2018-08-21"]})]
TimeOfDay = Annotated[
    time,
    BeforeValidator(read_time),
    WithJsonSchema({"type": "string", "pattern": "^(0[7-9]:[0-5][0-9]|1[0-8]:[0-5][0-9]|19:00)$", "examples": ["09:30"]}),
]
Weekday = Annotated[int, BeforeValidator(read_weekday), WithJsonSchema({"type": "string", "enum": list(WEEKDAYS[:5])})]
Zone = Annotated[str, AfterValidator(read_zone), Field(json_schema_extra={"maxLength": 60})]
Country = Annotated[str, AfterValidator(read_country), Field(json_schema_extra={"maxLength": 2})]
WeekNumber = Annotated[int, AfterValidator(read_week), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 53})]
Usergroup = Annotated[
    str,
    AfterValidator(address_check(USERGROUP, WrongKind.NOT_A_USERGROUP, "fault.how.usergroup")),
    WithJsonSchema({"type": "string", "pattern": f"^{USERGROUP.pattern}$"}),
]
Channel = Annotated[
    str,
    AfterValidator(address_check(CHANNEL, WrongKind.NOT_A_CHANNEL, "fault.how.channel")),
    WithJsonSchema({"type": "string", "pattern": f"^{CHANNEL.pattern}$"}),
]
ShortText = Annotated[str, AfterValidator(line_check(100)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 100})]
CommitteeText = Annotated[str, AfterValidator(line_check(60)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 60})]
CaseNumber = Annotated[str, AfterValidator(read_case), WithJsonSchema({"type": "string", "maxLength": bounds.LONGEST_CASE})]
KleNumber = Annotated[str, AfterValidator(read_kle), WithJsonSchema({"type": "string", "pattern": f"^{KLE}$"})]
LongText = Annotated[
    str, AfterValidator(text_check(LONGEST_ASK)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_ASK})
]
SourceText = Annotated[str, AfterValidator(text_check(200)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 200})]
InformationText = Annotated[str, AfterValidator(item_check(500)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 500})]
FileName = Annotated[
    str, AfterValidator(text_check(LONGEST_FILE_NAME)), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_FILE_NAME})
]
NumberOfDays = Annotated[int, Field(ge=1)]
NOT_LOOSE: Final = {WrongKind.UNKNOWN_ZONE, WrongKind.UNKNOWN_COUNTRY}  # without them nobody could work with the value
T = TypeVar("T")


class Block(BaseModel):
    """A block of keys. Other keys are faults, and no value is converted to fit."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)

    @field_validator("*", mode="wrap")
    @classmethod
    def _catch(cls, value: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Whatever stumbles over a value finds a fault in it. A text that runs was good when it was written."""
        try:
            return validate(value)
        except ValidationError as error:
            if info.context != AS_IT_RUNS or not _is_only_stricter(error) or cls.model_fields[str(info.field_name)].annotation not in TEXTS:
                raise
            return without_halves(str(value))
        except Exception as error:  # noqa: BLE001 - a ValueError among them would be told in English
            log_stumble(error)
            raise WrongValue(WrongKind.CHECK_STUMBLES) from None


TEXTS: Final = (str, str | None)


def _is_only_stricter(error: ValidationError) -> bool:
    """Whether a value has its right shape, and only what it says is refused."""
    wrong = [fault.get("ctx", {}).get("error") for fault in error.errors(include_url=False, include_input=False)]
    return all(isinstance(found, WrongValue) and found.said.key not in NOT_LOOSE for found in wrong)


class Title(Block):
    """A title in both languages."""

    da: ShortText
    en: ShortText


class Ask(Block):
    """A question in both languages."""

    da: LongText
    en: LongText


class About(Block):
    """The reason why it is a theme, in both languages. A button on its questions shows it."""

    da: LongText
    en: LongText


class SourceLine(Block):
    """The source of a theme, in both languages."""

    da: SourceText
    en: SourceText


class PeopleList(Block):
    """The source of a list of people: exactly one of usergroup, channel and file."""

    usergroup: Usergroup | None = None
    channel: Channel | None = None
    file: FileName | None = None

    @model_validator(mode="after")
    def _require_one_source(self) -> PeopleList:
        if sum(source is not None for source in (self.usergroup, self.channel, self.file)) != 1:
            raise WrongValue(WrongKind.NOT_ONE_SOURCE)
        return self


class ParticipantList(PeopleList):
    """A list of people who are asked. Guests of a channel, and people of other workspaces, take part only if `guests` is true."""

    guests: bool | None = None


class Organisers(Block):
    """The organisers, and the channel in which the bot speaks to them. Without a usergroup or a file its members are the organisers."""

    usergroup: Usergroup | None = None
    file: FileName | None = None
    channel: Channel

    @model_validator(mode="after")
    def _require_one_source(self) -> Organisers:
        if self.usergroup is not None and self.file is not None:
            raise WrongValue(WrongKind.NOT_ONE_SOURCE)
        return self


class People(Block):
    """The lists of people. A person on several lists has the first of these roles: politician, organiser, leader, employee_rep."""

    leaders: ParticipantList | None = None
    employee_reps: ParticipantList | None = None
    politicians: PeopleList
    organisers: Organisers

    @model_validator(mode="after")
    def _require_participants(self) -> People:
        if self.leaders is None and self.employee_reps is None:
            raise WrongValue(WrongKind.NO_PARTICIPANTS)
        return self


class Theme(Block):
    """One of the conference's themes."""

    id: Id
    title: Title
    about: About | None = None
    source: SourceLine | None = None

    @model_validator(mode="after")
    def _require_about(self) -> Theme:
        if self.source is not None and self.about is None:
            raise WrongValue(WrongKind.SOURCE_ALONE)
        return self


class Question(Block):
    """A reflection question. It belongs to exactly one theme."""

    id: Id
    theme: NamedId
    ask: Ask
    reserve: bool = False


class Entry(Block):
    """One place in the order: the questions that go out together, by role."""

    leader: NamedId | None = None
    employee_rep: NamedId | None = None
    all: NamedId | None = None

    @model_validator(mode="after")
    def _require_question(self) -> Entry:
        if self.leader is None and self.employee_rep is None and self.all is None:
            raise WrongValue(WrongKind.EMPTY_ENTRY)
        return self


def _entry_block(value: Any) -> Any:
    return {"all": value} if isinstance(value, str) else value


OrderEntry = Annotated[Entry, BeforeValidator(_entry_block, json_schema_input_type=Id | Entry)]
Weekdays = Annotated[
    list[Weekday],
    Field(min_length=1),
    *most_items(bounds.MOST_WORKING_DAYS),
    BeforeValidator(read_weekdays, json_schema_input_type=Weekday | Annotated[list[Weekday], Field(max_length=bounds.MOST_WORKING_DAYS)]),
]


class Skip(Block):
    """The days on which nothing goes out."""

    holidays: Country | None = None
    weeks: Annotated[list[WeekNumber], *most_items(bounds.MOST_WEEKS)] = []
    also: Annotated[list[Day], *most_items(bounds.MOST_DAYS_OFF)] = []


class Remind(Block):
    """The moment of the one reminder to people who have not answered."""

    after_days: Annotated[NumberOfDays, *at_most(bounds.LATEST_REMINDER)]
    at: TimeOfDay


class Calendar(Block):
    """The sending days."""

    every: Weekdays
    from_: Day = Field(alias="from")
    until: Day
    skip: Skip = Skip()


class Rounds(Calendar):
    """The questions' order, and the moments at which they go out."""

    at: TimeOfDay
    remind: Remind | None = None
    order: Annotated[list[OrderEntry], Field(min_length=1), *most_items(bounds.MOST_QUESTIONS)]


class Weekly(Block):
    """A weekday and a time of day, in the programme's time zone."""

    day: Weekday
    at: TimeOfDay


class Committee(Block):
    """The committee that the digest is for, in both languages. It stands in the digest's headline."""

    da: CommitteeText
    en: CommitteeText


class Digest(Block):
    """The place and the moments at which the politicians see the week."""

    channel: Channel
    close: Weekly
    post: Weekly
    review: Annotated[Literal["required", "quotes-only"], BeforeValidator(choice_check("required", "quotes-only", habits=REVIEWS))] = (
        "required"
    )
    external: bool | None = None
    committee: Committee | None = None


class Filing(Block):
    """How the municipality files what is exported."""

    case: CaseNumber | None = None
    kle: KleNumber | None = None
    sender: Title | None = None


class Floors(Block):
    """The smallest numbers that may be shown. They may be raised, never lowered."""

    people: Annotated[int, *at_most(HIGHEST_FLOOR, protects=True)] = Field(default=5, ge=5)
    quotes: Annotated[int, *at_most(HIGHEST_FLOOR, protects=True)] = Field(default=8, ge=8)
    audience: Annotated[int, *at_most(HIGHEST_FLOOR_OF_AUDIENCE, protects=True)] = Field(default=10, ge=10)
    asked: Annotated[int, *at_most(HIGHEST_FLOOR_OF_ASKED, protects=True)] = Field(default=30, ge=30)


class Agreement(Block):
    """The agreement to the guidelines of the dialogue. The dialogue does not start without it."""

    by: ShortText
    on: Day


class InformationItem(Block):
    """One item of the information duty in both languages."""

    da: InformationText
    en: InformationText


class Information(Block):
    """The six items of the information duty. People are told them before they are asked, and the dialogue does not start without them."""

    controller: InformationItem
    purpose: InformationItem
    legal_basis: InformationItem
    categories: InformationItem
    recipients: InformationItem
    retention: InformationItem


class Filter(Block):
    """The organisers' additions to the filter that keeps personal data out of quotes."""

    extra: Annotated[list[ShortText], *most_items(bounds.MOST_FILTER_WORDS)] = []


class Retention(Block):
    """How long replies, and their ties to people, are kept."""

    detach_after_days: Annotated[NumberOfDays, Field(json_schema_extra={"maximum": LATEST_DETACHING})]
    delete_replies_after_days: Annotated[NumberOfDays, *at_most(LATEST_DELETION)]


class File(Block):
    """A programme of Eftertanke: one dialogue after a conference."""

    programme: Id
    title: Title
    language: Annotated[Literal["da", "en"], BeforeValidator(choice_check("da", "en", habits=LANGUAGES))]
    timezone: Zone
    people: People
    themes: Annotated[list[Theme], Field(min_length=1), *most_items(bounds.MOST_THEMES)]
    questions: Annotated[list[Question], Field(min_length=1), *most_items(bounds.MOST_QUESTIONS)]
    rounds: Rounds
    digest: Digest
    floors: Floors = Floors()
    guidelines_agreed: Agreement
    retention: Retention
    information: Information
    filter: Filter = Filter()
    filing: Filing = Filing()


def parse_part(adapter: TypeAdapter[T], value: Any) -> T | None:
    """The meaning of one part of a file. None: it is absent or wrong, which the check of the whole file reports."""
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
