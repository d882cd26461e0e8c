"""What organisers see in an editor that reads the schema: faults in our words at their lines, and what each key is for.

It asks the language server that editors use for YAML, and is run by `make schema` alone: the server is a package for node, which nobody
needs to run or to test the bot. It speaks over pipes, looks nothing up in the network, and knows nothing but the schema: faults that the
schema cannot see, such as a question twice in the order, are for `check`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.schedules.conftest import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
SERVER: Final = ROOT / "build" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS: Final = {"yaml": {"validate": True, "hover": True, "schemaStore": {"enable": False}, "completion": True}}
SCHEMA: Final = "# yaml-language-server: $schema=./schema.json\n"

# what is right → what is typed, and what the editor says of it
SLIPS: Final = {
    "every: tuesday": ("every: tirsdag", "de skrives på engelsk: monday, tuesday"),
    'at: "09:30"': ("at: 9.30", 'skriv timer og minutter, for eksempel "09:30"'),
    "until: 2018-08-28": ("until: 28-08-2018", "skriv år-måned-dag, for eksempel 2018-08-21"),
    "language: da": ("language: dansk", "skriv da eller en"),
    "programme: small-2018": ("programme: Små", "kan ikke bruges som id"),
    "{usergroup: S0LEADERS}": ("{usergroup: ledere}", "er ikke en gruppes id; hent det i Slack"),
    "channel: C0DIGEST": ('channel: "#overblik"', "er ikke en kanals id; hent det i Slack"),
    "after_days: 2": ("after_days: 0", "tallet skal være mindst 1"),
    "people: 5": ("people: fem", "her skal stå et helt tal"),
    "reserve: true": ("reserve: ja", "her skal stå true (ja) eller false (nej)"),
    "  until:": ("  untill:", "her kan stå every, from, until"),
    ', en: "Small"}': ("}", "hver tekst skal stå på dansk (da) og engelsk (en)"),
    'en: "One?"': (f'en: "{"x" * 301}"', "der er plads til 300"),
    "[42]": ("42", "her skal stå en liste"),
}


class Editor:
    """A client of the language server, as an editor is one."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._asked = 0
        self.ask("initialize", processId=None, rootUri=None, capabilities={})
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=SETTINGS)

    def open(self, file: Path) -> list[tuple[int, str]]:
        """Open a file. Returns what is said of it, by line."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": file.read_text("utf-8")}
        self._tell("textDocument/didOpen", textDocument=document)
        while True:
            heard = self._hear()
            if heard.get("method") == "textDocument/publishDiagnostics" and heard["params"]["uri"] == file.as_uri():
                return [(said["range"]["start"]["line"] + 1, said["message"]) for said in heard["params"]["diagnostics"]]

    def hover(self, file: Path, word: str) -> str:
        """What is shown beside the first place of a word in an open file."""
        found = self._ask_at("textDocument/hover", file, file.read_text("utf-8").index(word) + 1)
        return str(found["contents"]["value"]) if found else ""

    def offers(self, file: Path, offset: int) -> list[str]:
        """What may be typed at a place in an open file."""
        return [item["label"] for item in self._ask_at("textDocument/completion", file, offset)["items"]]

    def _ask_at(self, method: str, file: Path, offset: int) -> Any:
        before = file.read_text("utf-8")[:offset]
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self.ask(method, textDocument={"uri": file.as_uri()}, position=place)

    def ask(self, method: str, **params: object) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            heard = self._hear()
            if heard.get("id") == self._asked and "method" not in heard:
                return heard.get("result")

    def _tell(self, method: str, **params: object) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, object]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._server.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        """The next message of the server; what it asks is answered with nothing."""
        assert self._server.stdout is not None
        length = 0
        while line := self._server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server is gone"
        message: dict[str, Any] = json.loads(self._server.stdout.read(length))
        if "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})
        return message


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    command = ["node", str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        yield Editor(server)
        server.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "schedules" / "schema.json", tmp_path)
    return tmp_path


def file_in(folder: Path, text: str) -> Path:
    path = folder / "program.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_first_programme_is_good(editor: Editor) -> None:
    assert editor.open(ROOT / "schedules" / "randers-2018.yaml") == []


@pytest.mark.parametrize("right", SLIPS)
def test_a_slip_is_told_in_danish_at_its_line(editor: Editor, folder: Path, right: str) -> None:
    typed, said = SLIPS[right]
    text = SCHEMA + SMALL
    assert right in text
    heard = editor.open(file_in(folder, text.replace(right, typed, 1)))
    line = text[: text.index(right)].count("\n") + 1
    assert [message for at, message in heard if at == line and said in message] != [], heard
    assert [message for _, message in heard if message.startswith(("Value", "Incorrect", "String", "Missing", "Property", "Array"))] == []


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("every", "Ugedagen"),
        ("people:", "Listerne over mennesker"),
        ("reserve", "i banken"),
        ("remind", "påmindelse"),
        ("close", "ugen lukker"),
    ],
)
def test_each_key_is_explained_in_danish(editor: Editor, folder: Path, word: str, shown: str) -> None:
    file = file_in(folder, SCHEMA + SMALL)
    assert editor.open(file) == []
    assert shown in editor.hover(file, word)


@pytest.mark.parametrize(("right", "typed", "offered"), [("every: tuesday", "every: ", "tuesday"), ("language: da", "language: ", "en")])
def test_words_are_offered_where_there_is_a_choice(editor: Editor, folder: Path, right: str, typed: str, offered: str) -> None:
    text = (SCHEMA + SMALL).replace(right, typed, 1)
    file = file_in(folder, text)
    editor.open(file)
    assert offered in editor.offers(file, text.index(typed) + len(typed))


def test_a_key_is_offered_as_it_is_typed(editor: Editor, folder: Path) -> None:
    text = (SCHEMA + SMALL).replace("  remind:", "  remi\n  skipped:", 1)
    file = file_in(folder, text)
    editor.open(file)
    assert "remind" in editor.offers(file, text.index("  remi") + 6)
