"""The errors that this project raises on purpose, and whether a call may be tried again.

EftertankeError
├── Later            a definite "not now": nothing was done, try again after a while
│   └── OutOfService it is about us (token, app, workspace, no connection): everything waits until somebody mends it
├── Unsure           no answer came: it may or may not have happened, so look before doing it again
├── Never            a definite "no" to this call; raised itself if we do not know the reason
│   ├── Unreachable  it is about this conversation: the person or channel cannot be written to
│   ├── Vanished     the message that was to be changed is not there any more
│   └── Unfit        it is about this content: the platform refuses what we wanted to say
├── ForeignWords     the words in a row of the database were not sealed for it: somebody has changed the file
├── DatabaseGone     the database is not where it was opened: nothing can be stored there, so nobody is thanked
├── Refused          a person may not do this now; the reason is something they can be told
├── Overtaken        a form would overwrite what was stored after it had been opened; nothing was done
├── EditRefused      an edit of a programme file cannot be made; the reason is something organisers can be told
├── SetupFault       the bot cannot start, or a command cannot work; what is said names the place and the cure
│   ├── MissingScope
│   ├── WrongDatabase
│   └── KeyFault     the stored words cannot be read: the key that encrypts them is missing
└── ProgrammeFaults  a programme file has faults; all of them, each with its place

An error's text is written for the person who will read it. No error carries a reply's words or a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.sentence import Sentence


class EftertankeError(Exception):
    """Everything this project raises on purpose."""


class Later(EftertankeError):
    """Not now: nothing was done. `after` is the number of seconds to wait first."""

    def __init__(self, why: str, *, after: float) -> None:
        super().__init__(why)
        self.after = after


class OutOfService(Later):
    """The platform refuses us as a whole, or cannot be reached; nothing is done until that is mended."""


class Unsure(EftertankeError):
    """No answer came (a time-out, a broken connection): it may have happened."""


class Never(EftertankeError):
    """A definite no. Raised itself, it may be about us, the conversation or the content: we do not know."""


class Unreachable(Never):
    """The person or the channel cannot be written to (deactivated, archived, not a member)."""


class Vanished(Never):
    """The message that was to be changed is not there any more."""


class Unfit(Never):
    """The platform refuses the content."""


class ForeignWords(EftertankeError):
    """The words in a row of the database were not sealed for it: somebody has changed the file."""

    def __init__(self) -> None:
        super().__init__("words in the database are not those that were sealed in their place")


class DatabaseGone(EftertankeError):
    """The database file is not at its place any more. Whatever was written meanwhile may be lost with it."""


class Reason(StrEnum):
    """The reasons why a person may not do something now; each has a sentence in `bot/wording`."""

    NOT_IN_DIALOGUE = "not_in_dialogue"
    NOT_YOURS = "not_yours"
    NO_RIGHT = "no_right"
    ROUND_CLOSED = "round_closed"
    NOTHING_OPEN = "nothing_open"
    NO_REPLY = "no_reply"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    DATE_PAST = "date_past"
    DATE_FAR = "date_far"
    DAY_MISSING = "day_missing"
    PROMISE_FAR = "promise_far"
    NAME_LONG = "name_long"
    NOT_POLITICIAN = "not_politician"
    GONE = "gone"
    PLAN_WAITS = "plan_waits"
    NOTHING_TO_UNDO = "nothing_to_undo"


class Refused(EftertankeError):
    """A person may not do this now. `field` names the form's field it belongs to, if any; `more`: what is refused at other fields."""

    def __init__(self, reason: Reason, *, field: str | None = None, more: Mapping[str, Reason] | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.field = field
        self.more = more or {}


class Overtaken(EftertankeError):
    """A form would overwrite what the same person stored after it had been opened."""

    def __init__(self) -> None:
        super().__init__("something newer is stored than the form showed")


class EditReason(StrEnum):
    """The reasons why an edit of a programme cannot be made; each has a sentence `edit.refused.…` in `bot/wording`."""

    NO_QUESTION = "no_question"
    NO_QUESTION_BUT = "no_question_but"  # one with a similar name
    NO_THEME = "no_theme"
    NO_THEME_BUT = "no_theme_but"
    ID_TAKEN = "id_taken"
    BAD_ID = "bad_id"
    NO_TEXT = "no_text"
    SENT = "sent"
    PAST = "past"
    SKIPPED = "skipped"
    WEEK_SENT = "week_sent"
    NOTHING_GOES_OUT = "nothing_goes_out"
    TOO_LATE = "too_late"
    UNUSUAL_FILE = "unusual_file"


class EditRefused(EftertankeError):
    """An edit of a programme cannot be made. The sentence `edit.refused.…` of the reason takes `values`."""

    def __init__(self, why: EditReason, **values: object) -> None:
        super().__init__(why.value)
        self.why = why
        self.values = values


class SetupFault(EftertankeError):
    """The bot cannot start, or a command cannot work. What is `said`, a line each, names what is missing and what mends it."""

    def __init__(self, *said: Sentence) -> None:
        super().__init__("; ".join(map(str, said)))
        self.said = said


class MissingScope(SetupFault):
    """The Slack token lacks scopes that the manifest asks for."""


class WrongDatabase(SetupFault):
    """The database has pending migrations, or comes from a newer version."""


class KeyFault(SetupFault):
    """A key is missing, is none, or is not the one that encrypted what is kept."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong in a programme file. `line` and `column` count from 1; `said` is what is wrong, `source` its line."""

    file: str
    line: int
    column: int
    said: Sentence
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.said}"

    def place(self) -> tuple[str, int, int, str]:
        """What faults are sorted by: their file, line and column; then their kind and values."""
        return self.file, self.line, self.column, str(self.said)


class ProgrammeFaults(EftertankeError):
    """A programme file has faults: all of them at once, in the order of their places."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=Fault.place))
        super().__init__("\n".join(str(fault) for fault in self.faults))
