"""The house keeps its rules: who may know whom, who owns what, and how large things are.

Each rule is a function from one source file to sentences of complaint. Below, each is shown a planted violation before it is
believed about the house. A type-only import counts as any other: to read a room's types is to know the room.
"""

from __future__ import annotations

import ast
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "schedules")
FRONT_DOOR = {"bot.__main__", "bot.commands"}

BENEATH = {
    "bot.clock",
    "bot.confirmed_clock",
    "bot.database",
    "bot.days_off",
    "bot.errors",
    "bot.failures",
    "bot.language",
    "bot.local_time",
    "bot.message_facts",
    "bot.models",
    "bot.posting_moment",
    "bot.programme",
    "bot.programme_tables",
    "bot.seam",
    "bot.states",
    "bot.wording",
}
RULES_OF_SECRECY = BENEATH | {"bot.confidentiality"}
DIALOGUE = RULES_OF_SECRECY | {"bot.dialogue"}
BENEATH_THE_WINGS = RULES_OF_SECRECY | {  # the lower storey of the dialogue; each room of it is a module
    f"bot.dialogue.{name}"
    for name in (
        *(
            "audit",
            "filtering",
            "form_input",
            "list_sizes",
            "organisers_channel",
            "outbox",
            "own_hour",
            "people",
            "reasons",
            "snapshot",
            "welcome",
        ),
    )
}
MAY_KNOW: dict[str, set[str]] = {  # room → rooms it may import, with all that is in them
    "bot": set(),
    "bot.sentence": set(),
    "bot.errors": {"bot.sentence"},
    "bot.clock": set(),
    "bot.confirmed_clock": {"bot.clock", "bot.errors"},
    "bot.programme": {"bot.sentence"},
    "bot.states": set(),
    "bot.language": set(),
    "bot.seam": set(),
    "bot.seam.actions": set(),
    "bot.seam.meaning": {"bot.programme"},
    "bot.seam.edits": {"bot.programme"},
    "bot.seam.planning_actions": {"bot.seam.actions", "bot.seam.edits"},
    "bot.seam.reading_actions": {"bot.seam.actions"},
    "bot.seam.review_actions": {"bot.seam.actions"},
    "bot.seam.quote_actions": {"bot.seam.actions"},
    "bot.seam.reading_answers": {"bot.seam.answers"},
    "bot.seam.quote_answers": {"bot.seam.answers"},
    "bot.seam.planning_answers": {"bot.seam.answers", "bot.seam.edits"},
    "bot.seam.answers": {"bot.seam.meaning", "bot.programme"},
    "bot.seam.platform": {"bot.seam.meaning", "bot.seam.actions", "bot.seam.answers", "bot.programme", "bot.errors"},
    "bot.wording": {"bot.errors", "bot.language", "bot.programme"},
    "bot.days_off": {"bot.programme", "bot.sentence"},
    "bot.local_time": {"bot.days_off", "bot.programme"},
    "bot.posting_moment": {"bot.days_off", "bot.local_time", "bot.programme"},
    "bot.table_base": {"bot.programme", "bot.seam", "bot.states"},
    "bot.programme_tables": {"bot.states", "bot.table_base"},
    "bot.models": {"bot.programme", "bot.programme_tables", "bot.seam", "bot.states", "bot.table_base"},
    "bot.database": {"bot.errors", "bot.table_base"},
    "bot.failures": {"bot.errors"},
    "bot.secret_files": {"bot.errors"},
    "bot.settings": {"bot.database.places", "bot.errors", "bot.secret_files"},
    "bot.logs": {"bot.errors", "bot.settings"},
    "bot.message_facts": {"bot.states"},
    "bot.migrations": {"bot.errors", "bot.models", "bot.database"},
    # confidentiality: rules and keys beneath, deletion above them, and above it the change of keys
    "bot.confidentiality": set(),
    "bot.confidentiality.encryption": BENEATH,
    "bot.confidentiality.bound_text": BENEATH | {"bot.confidentiality.encryption", "bot.confidentiality.printed_form"},
    "bot.confidentiality.printed_form": BENEATH | {"bot.confidentiality.capitals"},
    "bot.confidentiality.capitals": BENEATH | {"bot.confidentiality.personal_data"},
    "bot.confidentiality.file_modes": BENEATH,
    "bot.confidentiality.floors": BENEATH,
    "bot.confidentiality.disclosure": BENEATH,
    "bot.confidentiality.personal_data": BENEATH,
    "bot.confidentiality.audiences": BENEATH | {"bot.confidentiality.disclosure", "bot.confidentiality.floors"},
    "bot.confidentiality.deletion": BENEATH | {"bot.confidentiality.encryption", "bot.confidentiality.file_modes"},
    "bot.confidentiality.key_rotation": BENEATH | {f"bot.confidentiality.{name}" for name in ("bound_text", "deletion", "encryption")},
    # dialogue: two storeys, or a room and its wings would be a circle
    "bot.dialogue": set(),
    "bot.dialogue.audit": RULES_OF_SECRECY,
    "bot.dialogue.channels": RULES_OF_SECRECY | {"bot.dialogue.organisers_channel", "bot.dialogue.outbox"},
    "bot.dialogue.filtering": RULES_OF_SECRECY,
    "bot.dialogue.form_input": RULES_OF_SECRECY,
    "bot.dialogue.list_sizes": RULES_OF_SECRECY,
    "bot.dialogue.standings": RULES_OF_SECRECY,
    "bot.dialogue.outbox": RULES_OF_SECRECY | {"bot.dialogue.audit"},
    "bot.dialogue.own_hour": RULES_OF_SECRECY,
    "bot.dialogue.snapshot": RULES_OF_SECRECY,
    "bot.dialogue.reasons": RULES_OF_SECRECY,
    "bot.dialogue.welcome": RULES_OF_SECRECY,
    "bot.dialogue.people": RULES_OF_SECRECY | {"bot.dialogue.outbox", "bot.dialogue.reasons", "bot.dialogue.welcome"},
    "bot.dialogue.organisers_channel": RULES_OF_SECRECY | {"bot.dialogue.outbox", "bot.dialogue.reasons"},
    # a digest tells of the ledger, which is worked out from the contents of digests
    "bot.dialogue.digests": BENEATH_THE_WINGS
    | {f"bot.dialogue.{name}" for name in ("digests.digest_content", "digests.digest_pieces", "planning.pause_for_all")}
    | {f"bot.dialogue.responses.{name}" for name in ("echoes", "ledger")}
    | {f"bot.dialogue.season.{name}" for name in ("charts", "report_text")},
    "bot.dialogue.digests.digest_content": RULES_OF_SECRECY,
    "bot.dialogue.digests.digest_pieces": RULES_OF_SECRECY | {"bot.dialogue.digests.digest_content"},
    # the end of a season: its charts and the report's text are parts of a digest, the rest looks down on digests and answers
    "bot.dialogue.season": BENEATH_THE_WINGS
    | {f"bot.dialogue.{name}" for name in ("digests", "planning.pause_for_all", "responses", "season.charts")},
    "bot.dialogue.season.charts": RULES_OF_SECRECY | {f"bot.dialogue.{name}" for name in ("digests.digest_content", "responses.ledger")},
    "bot.dialogue.season.report_text": RULES_OF_SECRECY
    | {f"bot.dialogue.{name}" for name in ("digests.digest_content", "digests.digest_pieces", "responses.ledger", "season.charts")},
    # what leaves the chat looks at all that has been printed
    "bot.dialogue.papers": BENEATH_THE_WINGS | {f"bot.dialogue.{name}" for name in ("digests", "responses", "season")},
    "bot.dialogue.responses": BENEATH_THE_WINGS
    | {"bot.dialogue.digests"}
    | {f"bot.dialogue.responses.{name}" for name in ("due_promises", "echoes", "ledger")},
    "bot.dialogue.responses.due_promises": RULES_OF_SECRECY,
    "bot.dialogue.responses.echoes": RULES_OF_SECRECY,
    "bot.dialogue.responses.ledger": RULES_OF_SECRECY
    | {f"bot.dialogue.{name}" for name in ("digests.digest_content", "responses.due_promises", "responses.echoes", "snapshot")},
    "bot.dialogue.rounds": BENEATH_THE_WINGS | {"bot.dialogue.digests", "bot.dialogue.planning.pause_for_all"},
    # planning: what it holds and pauses is looked at by the others; the organisers' page looks at them all
    "bot.dialogue.planning": BENEATH_THE_WINGS | {"bot.dialogue.digests.redraw", "bot.dialogue.planning.plan"},
    "bot.dialogue.planning.plan_review": BENEATH_THE_WINGS
    | {"bot.dialogue.digests.redraw"}
    | {f"bot.dialogue.planning.{name}" for name in ("plan", "plan_text", "planner", "versions")},
    "bot.dialogue.planning.plan": BENEATH,
    "bot.dialogue.planning.planner": BENEATH | {"bot.dialogue.planning.plan"},
    "bot.dialogue.planning.pause_for_all": BENEATH_THE_WINGS,
    "bot.dialogue.planning.organisers_page": BENEATH_THE_WINGS
    | {f"bot.dialogue.{name}" for name in ("digests", "list_holds", "responses", "roster")}
    | {f"bot.dialogue.planning.{name}" for name in ("pause_for_all", "plan", "plan_review", "what_waits")},
    "bot.dialogue.planning.what_waits": BENEATH_THE_WINGS
    | {f"bot.dialogue.{name}" for name in ("digests", "planning.versions", "responses")},
    "bot.dialogue.data_rights": BENEATH_THE_WINGS | {"bot.dialogue.digests"},
    "bot.dialogue.list_holds": BENEATH_THE_WINGS | {"bot.dialogue.digests"},
    "bot.dialogue.list_entries": RULES_OF_SECRECY | {"bot.dialogue.data_rights"},
    "bot.dialogue.compose": BENEATH_THE_WINGS
    | {f"bot.dialogue.{name}" for name in ("data_rights", "digests", "list_holds", "planning", "responses", "season")},
    "bot.dialogue.roster": BENEATH_THE_WINGS | {f"bot.dialogue.{name}" for name in ("list_entries", "list_holds", "rounds", "standings")},
    "bot.sending": DIALOGUE,
    "bot.platforms": set(),
    "bot.platforms.slack": DIALOGUE,  # each platform has a line: they do not know each other
    "bot.health": DIALOGUE | {"bot.sending"},  # it looks at all that goes on, and nobody needs it
    # the workspace stands apart: manifest and people are handed to it
    "bot.workspace": set(),
    "bot.workspace.errors": {"bot.errors"},
    "bot.workspace.block_rules": {"bot.errors"},
    "bot.workspace.gate": set(),
    "bot.workspace.state": {"bot.clock", "bot.errors", "bot.workspace.block_rules", "bot.workspace.errors"},
    "bot.workspace.slack_api": {
        "bot.clock",
        "bot.errors",
        "bot.workspace.block_rules",
        "bot.workspace.errors",
        "bot.workspace.state",
    },
    "bot.workspace.client": {
        "bot.clock",
        "bot.errors",
        "bot.workspace.block_rules",
        "bot.workspace.errors",
        "bot.workspace.slack_api",
        "bot.workspace.state",
    },
    "bot.workspace.page": {  # its words are read as the bot's are, from catalogues of its own
        "bot.clock",
        "bot.errors",
        "bot.programme",
        "bot.wording",
        "bot.workspace.block_rules",
        "bot.workspace.client",
        "bot.workspace.state",
    },
    "bot.workspace.simulation": {
        "bot.clock",
        "bot.errors",
        "bot.workspace.block_rules",
        "bot.workspace.client",
        "bot.workspace.state",
    },
    "bot.workspace.server": {
        "bot.clock",
        "bot.errors",
        "bot.workspace.client",
        "bot.workspace.errors",
        "bot.workspace.gate",
        "bot.workspace.slack_api",
    },
    "handlers": DIALOGUE,
    "schedules": DIALOGUE | {"bot.sending"},
}
MAY_KNOW |= {room: known | {"bot.sentence"} for room, known in MAY_KNOW.items() if "bot.errors" in known}  # an error says a sentence
WIRING = {*(room for room in MAY_KNOW if room != "bot")}  # who wires the rooms together knows them all, but no command
MAY_KNOW |= {
    "bot.app": WIRING,
    "bot.app.operators": WIRING | {"bot.app", "bot.app.backup"},
    "bot.app.backup": WIRING | {"bot.app"},
    "bot.app.doctor": WIRING | {"bot.app"},
    "bot.app.rehearsal": WIRING | {"bot.app", "bot.app.backup"},
}
LONGEST_OPENING = 20  # words
NO_OPENINGS = {"Of", "Who", "Whoever", "Whom", "Whose"}  # sentences that begin so cannot be read once
MOST_MODULES = {"bot/commands": 24}  # one module a verb; elsewhere:
MOST_MODULES_ELSEWHERE = 18
OWNERS = {  # outside package → the places that may import it
    "slack_bolt": ("bot/platforms/slack/",),
    "slack_sdk": ("bot/platforms/slack/",),
    "apscheduler": ("schedules/heartbeat.py",),
    "email_validator": ("schedules/checking/people/people_csv.py",),
    "ruamel": ("schedules/programme_file.py",),
    "pydantic_settings": ("bot/settings.py",),
    "dotenv": ("bot/settings.py",),
    "starlette": ("bot/workspace/",),
    "uvicorn": ("bot/workspace/",),
    "sse_starlette": ("bot/workspace/",),
    "anyio": ("bot/workspace/",),
    "jinja2": ("bot/workspace/",),
    "markupsafe": ("bot/workspace/",),
    "websockets": ("bot/workspace/",),
    "prometheus_client": ("bot/health/",),
    "alembic": ("bot/migrations/",),
    "simplemma": ("bot/language/",),
    "emoji": ("bot/language/",),
    "wcwidth": ("bot/language/",),
    "icalendar": ("bot/app/agenda_as_calendar.py",),
    "typer": ("bot/__main__.py", "bot/app/", "bot/commands/"),
    "rich": ("bot/__main__.py", "bot/app/", "bot/commands/"),
    "psycopg": ("bot/database/",),
    "sqlalchemy": (
        "bot/table_base.py",
        "bot/models.py",
        "bot/programme_tables.py",
        "bot/database/",
        "bot/migrations/",
        "bot/confidentiality/",
        "bot/dialogue/",
        "bot/sending/",
        "bot/app/",
        "bot/commands/",
        "bot/health/",
        "bot/failures.py",  # it knows the database's errors
        "bot/logs.py",
        "handlers/",
        "schedules/",
    ),
}
MAKES_SESSIONS = ("bot/database/unit_of_work.py", "bot/database/sqlite_store.py", "bot/database/postgresql.py")
OPENS_WORK = (
    "bot/app/",
    "bot/database/unit_of_work.py",
    "bot/health/",
    "bot/sending/",
    "bot/commands/",
    "bot/__main__.py",
    "bot/workspace/",  # it has files of its own, and knows no database
    "schedules/",
)  # delivery is handed the database's way to write
READS_THE_WALL_CLOCK = ("bot/clock.py", "schedules/heartbeat.py")  # the metronome notices when somebody sets the wall clock
IS_HANDED_NOW = ("bot/dialogue/", "bot/confidentiality/", "bot/wording/", "handlers/")

IRREGULAR = set("begun born built chosen done drawn found given gone held kept known left lost made meant said".split())  # noqa: SIM905 - words read more easily than a list
IRREGULAR |= set("seen sent shown spoken taken told written".split())  # noqa: SIM905 - likewise
VERBS_IN_ED = frozenset(["embed", "exceed", "feed", "need", "proceed", "seed", "shed", "speed"])
MAY_LEAD_WITH_A_PARTICIPLE = {  # name → why
    "connected": "a question of the seam, whose methods keep their names",
    "paused_until": "a moment, in the words in which it is asked for",
}

LONGEST_MODULE, LONGEST_FUNCTION, LONG_FUNCTION, MIDDLE_FUNCTION = 400, 40, 20, 8


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file of the house, by its path from the top."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(ast.parse(self.text, self.path)))

    @property
    def room(self) -> str:
        return _room(".".join(PurePosixPath(self.path).with_suffix("").parts))

    def stands_in(self, places: tuple[str, ...]) -> bool:
        return self.path.startswith(places)


def _room(module: str) -> str:
    """The innermost room that a module is in; a newcomer's is the one that would have to be given a place."""
    parts = module.removesuffix(".__init__").split(".")
    for size in range(len(parts), 1 if parts[0] == "bot" else 0, -1):
        if ".".join(parts[:size]) in MAY_KNOW | dict.fromkeys(FRONT_DOOR):
            return ".".join(parts[:size])
    return ".".join(parts[:2]) if parts[0] == "bot" else parts[0]


def _is_in(module: str, room: str) -> bool:
    """Whether a module is the room or in it, or in a room within it; a wing of `bot.app` is not the wiring itself."""
    return _room(module) == room if room == "bot.app" else f"{module}.".startswith(f"{room}.")


@cache
def house() -> tuple[Source, ...]:
    files = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple(Source(path=file.relative_to(ROOT).as_posix(), text=file.read_text(encoding="utf-8")) for file in files)


@cache
def modules() -> frozenset[str]:
    """The dotted names of all modules and packages of the house."""
    paths = [PurePosixPath(source.path) for source in house()]
    return frozenset(".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths)


# --- the rules --------------------------------------------------------------------------------------------------------------


def imported(source: Source) -> Iterator[str]:
    """The modules a file imports, type-only imports included; `from bot import models` imports `bot.models`."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if node.module == "bot" or name in modules() else str(node.module) for name in names)


def directions(source: Source) -> Iterator[str]:
    """Rooms import along the design's arrows, never back."""
    if source.room in FRONT_DOOR:
        return
    known = MAY_KNOW.get(source.room, set())
    for module in imported(source):
        at_home = _room(module) == source.room
        if module.split(".")[0] in PACKAGES and not at_home and not any(_is_in(module, room) for room in known):
            yield f"{source.path}: {source.room} may not know {module}"


def owners(source: Source) -> Iterator[str]:
    """Each outside package has one owner."""
    for module in imported(source):
        places = OWNERS.get(module.split(".")[0])
        if places is not None and not source.stands_in(places):
            yield f"{source.path}: {module} belongs to {', '.join(places)}"


def environment(source: Source) -> Iterator[str]:
    """Only the settings read the environment."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"} and source.path != "bot/settings.py":
            yield f"{source.path}:{node.lineno}: the environment belongs to bot/settings.py"


def calls(source: Source) -> Iterator[tuple[str, int]]:
    """What a file calls, by its last two names, and the line."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield ".".join(ast.unparse(node.func).split(".")[-2:]), node.lineno


def sessions(source: Source) -> Iterator[str]:
    """Below the doors nobody opens a session: it is handed in."""
    for name, line in calls(source):
        last = name.split(".")[-1]
        if last in {"Session", "sessionmaker", "scoped_session", "create_engine"} and not source.stands_in(MAKES_SESSIONS):
            yield f"{source.path}:{line}: only bot/database/unit_of_work.py makes sessions"
        writes = name.split(".")[0] in {"database", "_database"} and last == "write"
        if (writes or last in {"look", "_look", "_write", "Database"}) and not source.stands_in(OPENS_WORK):
            yield f"{source.path}:{line}: the session is handed in"


def time_of_day(source: Source) -> Iterator[str]:
    """Nobody but the clock reads the wall, and below the doors nobody asks a clock either: `now` is handed in."""
    wall = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime"}
    for name, line in calls(source):
        if name in wall and not source.stands_in(READS_THE_WALL_CLOCK):
            yield f"{source.path}:{line}: {name}() is for the clock and the metronome"
        if name.split(".")[-1] in {"now", "monotonic", "wait", "sleep"} and source.stands_in(IS_HANDED_NOW):
            yield f"{source.path}:{line}: now is handed in"


def opening(source: Source) -> Iterator[str]:
    """Modules, classes and public functions open with one short sentence that says what they are or do."""
    if not ast.get_docstring(ast.parse(source.text)):
        yield f"{source.path}: opens without a docstring"
    for node in source.nodes:
        name = getattr(node, "name", "")
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not name.startswith("_"):
            first = re.split(r"(?<=[.?!])\s", " ".join((ast.get_docstring(node) or ".").split("\n\n")[0].split()))[0]
            words = first.split()
            if not first.endswith(".") or len(words) > LONGEST_OPENING or words[0] in NO_OPENINGS:
                yield f"{source.path}:{getattr(node, 'lineno', 1)}: no short statement: {first}"


def length(source: Source) -> Iterator[str]:
    """No module is too long to be read in one go."""
    lines = source.text.count("\n")
    if lines > LONGEST_MODULE:
        yield f"{source.path}: {lines} lines"


def bodies(source: Source) -> Iterator[tuple[int, str]]:
    """The length in lines of each function's body, without its docstring."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = int(body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield lines, f"{source.path}:{node.lineno} {node.name}"


def long_functions(source: Source) -> Iterator[str]:
    """No function is longer than a screen."""
    for lines, name in bodies(source):
        if lines > LONGEST_FUNCTION:
            yield f"{name}: {lines} lines"


def wide_seam(source: Source) -> Iterator[str]:
    """A platform stays under ten methods, and the seam speaks meaning."""
    for node in source.nodes if source.room.startswith("bot.seam") else ():
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("_")]
            if len(methods) > 9:
                yield f"{source.path}: {node.name} has {len(methods)} methods"
        name = getattr(node, "arg", None) or getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        if isinstance(name, str) and {"block", "blocks", "card", "cards", "payload", "slack", "teams"} & set(name.lower().split("_")):
            yield f"{source.path}: {name} is a vendor's word"


def participles(source: Source) -> Iterator[str]:
    """A function that acts is a verb: `mark_welcomed`, not `welcomed`. A participle does not tell whether it acts or looks."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in MAY_LEAD_WITH_A_PARTICIPLE:
            first = node.name.strip("_").split("_")[0]
            regular = first.endswith("ed") and len(first) > 3 and first not in VERBS_IN_ED
            if (regular or first in IRREGULAR) and not any("property" in ast.unparse(line) for line in node.decorator_list):
                yield f"{source.path}:{node.lineno}: {node.name} begins with a participle"


def empty_names(source: Source) -> Iterator[str]:
    """A thing that has a name is called by it: no variable or parameter is called `one`, `each` or `which`."""
    for node in source.nodes:
        name = node.arg if isinstance(node, ast.arg) else node.id if isinstance(node, ast.Name) else ""
        if name in {"one", "each", "which"}:
            yield f"{source.path}:{node.lineno}: `{name}` says nothing of what it is"


RULES = (directions, owners, environment, sessions, time_of_day, opening, length, long_functions, wide_seam, participles, empty_names)


# --- each rule can fail -----------------------------------------------------------------------------------------------------

WIDE = "class Platform:\n" + "".join(f"    def verb_{n}(self): ...\n" for n in range(10))
LONG = "def long():\n    '''Long.'''\n" + "    pass\n" * 41
PLANTED: list[tuple[Callable[[Source], Iterator[str]], str, str]] = [
    (directions, "handlers/replies.py", "from schedules.programme_file import load_file"),
    (directions, "schedules/due.py", "import handlers"),
    (directions, "schedules/due.py", "from bot.platforms.slack import platform"),
    (directions, "handlers/table.py", "from bot.workspace.client.person import ChatClient"),
    (directions, "bot/dialogue/people.py", "import handlers.table"),
    (directions, "bot/dialogue/people.py", "def f():\n    from bot.sending import delivery"),
    (directions, "bot/dialogue/people.py", "from bot import migrations"),
    (directions, "bot/confidentiality/floors.py", "from bot.dialogue.people import find_person"),
    (directions, "bot/sending/delivery.py", "from bot.platforms import slack"),
    (directions, "bot/platforms/slack/platform.py", "from bot.sending.delivery import Delivery"),
    (directions, "bot/database/insert_once.py", "from bot.models import Person"),
    (directions, "bot/platforms/teams/platform.py", "from bot.platforms.slack import errors"),
    (directions, "bot/workspace/client/person.py", "if TYPE_CHECKING:\n    from bot.platforms.slack.manifest import manifest"),
    (directions, "bot/seam/platform.py", "from bot.models import Person"),
    (directions, "bot/errors.py", "from bot.__main__ import main"),
    (directions, "bot/newcomer/room.py", "from bot.errors import Later"),
    (directions, "bot/dialogue/newcomer.py", "from bot.dialogue import outbox"),
    (directions, "bot/dialogue/people.py", "from bot.dialogue.digests import draft"),
    (directions, "bot/dialogue/digests/draft.py", "from bot.dialogue.rounds.replies import record"),
    (directions, "bot/dialogue/digests/draft.py", "from bot.dialogue import compose"),
    (directions, "bot/dialogue/responses/response_review.py", "from bot.dialogue.rounds import opening"),
    (directions, "bot/confidentiality/encryption.py", "from bot.confidentiality.deletion import tombstones"),
    (directions, "bot/workspace/state/forms.py", "from bot.workspace.client.person import ChatClient"),
    (directions, "bot/seam/meaning.py", "from bot.seam import answers"),
    (directions, "bot/app/engine.py", "from bot.commands import run"),
    (directions, "bot/app/keys.py", "from bot.app.rehearsal import local_bot"),
    (directions, "bot/app/backup/restoring.py", "from bot.app.rehearsal.player import Player"),
    (owners, "bot/dialogue/people.py", "from slack_sdk import WebClient"),
    (owners, "bot/workspace/server.py", "import slack_sdk.web"),
    (owners, "schedules/due.py", "from apscheduler.triggers.cron import CronTrigger"),
    (owners, "bot/programme.py", "from ruamel.yaml import YAML"),
    (owners, "handlers/table.py", "import starlette"),
    (owners, "bot/seam/platform.py", "import sqlalchemy"),
    (environment, "bot/logs.py", "import os\nos.environ['LOG_LEVEL']"),
    (environment, "bot/commands/run.py", "import os\nos.getenv('HOME')"),
    (sessions, "bot/commands/run.py", "Session(engine)"),
    (sessions, "bot/sending/delivery.py", "orm.sessionmaker(engine)"),
    (sessions, "bot/dialogue/rounds/replies.py", "database.write(task)"),
    (sessions, "handlers/replies.py", "with self._database.look() as session:\n    pass"),
    (sessions, "handlers/replies.py", "self._database.write(task, alone=True)"),
    (sessions, "bot/confidentiality/floors.py", "Database(url)"),
    (time_of_day, "schedules/due.py", "datetime.now(UTC)"),
    (time_of_day, "bot/commands/run.py", "date.today()"),
    (time_of_day, "bot/workspace/client/person.py", "started = time.time()"),
    (time_of_day, "bot/models.py", "dt.datetime.utcnow()"),
    (time_of_day, "bot/dialogue/rounds/replies.py", "clock.now()"),
    (time_of_day, "handlers/replies.py", "time.monotonic()"),
    (opening, "bot/dialogue/rounds/replies.py", "import ast"),
    (opening, "bot/dialogue/rounds/replies.py", "'''What did they say?'''"),
    (opening, "bot/dialogue/rounds/replies.py", f"'''Replies{' and more' * 10}.'''"),
    (opening, "bot/dialogue/rounds/replies.py", "'''Replies.'''\ndef record():\n    '''Who answers.'''"),
    (opening, "bot/dialogue/rounds/replies.py", "'''Replies.'''\nclass Reply:\n    '''Is it a reply?'''"),
    (opening, "bot/dialogue/__init__.py", ""),
    (length, "bot/dialogue/rounds/replies.py", "pass\n" * 401),
    (long_functions, "bot/dialogue/rounds/replies.py", LONG),
    (participles, "bot/dialogue/people.py", "def welcomed(session): ..."),
    (participles, "bot/dialogue/people.py", "class People:\n    def _told_alone(self): ..."),
    (empty_names, "bot/dialogue/people.py", "def leave(one): ..."),
    (empty_names, "bot/dialogue/people.py", "ids = [each.id for each in people]"),
    (wide_seam, "bot/seam/platform.py", WIDE),
    (wide_seam, "bot/seam/platform.py", "def send(blocks): ..."),
    (wide_seam, "bot/seam/platform.py", "slack_thing = 1"),
]
INNOCENT: list[tuple[Callable[[Source], Iterator[str]], str, str]] = [
    (directions, "bot/commands/run.py", "import handlers, schedules\nfrom bot.workspace.client.person import ChatClient"),
    (directions, "bot/sending/delivery.py", "from bot.dialogue.outbox import put"),
    (directions, "bot/dialogue/rounds/after_opening.py", "from bot.dialogue import outbox\nfrom bot.dialogue.digests import draft"),
    (directions, "bot/app/rehearsal/player.py", "from bot.app.engine import Engine\nimport handlers"),
    (owners, "bot/platforms/slack/platform.py", "from slack_sdk import WebClient"),
    (sessions, "bot/sending/delivery.py", "with self._work() as session:\n    pass"),
    (time_of_day, "bot/sending/delivery.py", "self._clock.now()"),
    (time_of_day, "bot/clock.py", "datetime.now(UTC)"),
    (opening, "bot/dialogue/rounds/replies.py", "'''Records what participants answer. Why here? Read on.'''\ndef _own(): ..."),
    (length, "bot/dialogue/rounds/replies.py", "pass\n" * 400),
    (long_functions, "bot/dialogue/rounds/replies.py", LONG.removesuffix("    pass\n")),
]


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_violation_is_seen(rule: Callable[[Source], Iterator[str]], path: str, text: str):
    assert list(rule(Source(path=path, text=text)))


@pytest.mark.parametrize(("rule", "path", "text"), INNOCENT, ids=lambda value: getattr(value, "__name__", None))
def test_what_is_allowed_is_left_in_peace(rule: Callable[[Source], Iterator[str]], path: str, text: str):
    assert not list(rule(Source(path=path, text=text)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Callable[[Source], Iterator[str]]):
    assert [complaint for source in house() for complaint in rule(source)] == []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _path, _text in PLANTED} == set(RULES)


def test_every_room_has_its_place_in_the_order():
    assert {source.room for source in house()} - FRONT_DOOR <= set(MAY_KNOW)


def test_the_order_of_rooms_has_no_circle():
    rooms = {room: {within for known in MAY_KNOW[room] for within in MAY_KNOW if _is_in(within, known)} for room in MAY_KNOW}
    TopologicalSorter(rooms).prepare()  # CycleError names the circle


def test_no_folder_is_too_full_to_find_a_module_in():
    folders = Counter(PurePosixPath(source.path).parent.as_posix() for source in house() if not source.path.endswith("__init__.py"))
    assert {folder: n for folder, n in folders.items() if n > MOST_MODULES.get(folder, MOST_MODULES_ELSEWHERE)} == {}


def test_a_module_of_the_commands_is_a_verb_and_every_verb_has_one():
    assert {PurePosixPath(source.path).stem for source in house() if source.path.startswith("bot/commands/")} - {"__init__"} == {
        verb.replace("-", "_") for verb in VERBS
    }


def test_functions_stay_small():
    lengths = sorted(lines for source in house() for lines, _name in bodies(source))
    assert statistics.median(lengths) <= MIDDLE_FUNCTION
    assert lengths[len(lengths) * 9 // 10] <= LONG_FUNCTION


def test_a_functions_length_is_its_body_without_its_docstring():
    text = 'def f(\n    a,\n):\n    """One.\n\n    Two.\n    """\n    b = (\n        a,\n    )\n    return b\n'
    text += 'def g():\n    """Only said."""\n'
    assert list(bodies(Source(path="bot/x.py", text=text))) == [(4, "bot/x.py:1 f"), (0, "bot/x.py:12 g")]
