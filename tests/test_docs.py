"""What docs/ promises is still kept where it says, in both languages, and all that guides name exists.

Each claim names the module that keeps it and the test that would notice. What is named must be there; what is left for the municipality to
fill in must be left in both languages. That the tests are about their claims, nobody but a reader can tell.

The guides for whoever changes the code may put in backticks only what can be looked up: a file, a function in a file, a name that the code
defines, a target of make, a verb of the bot, a setting, a package. What has been renamed is noticed.
"""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement

from bot.__main__ import VERBS
from tests.confidentiality.properties import PROPERTIES

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
PAIRS: Final = (
    ("hvem-kan-se-hvad.md", "who-can-see-what.md"),
    ("konsekvensanalyse.md", "dpia.md"),
    ("fortegnelse.md", "record-of-processing.md"),
    ("brudplan.md", "breach-plan.md"),
    ("tilgaengelighed.md", "accessibility.md"),
)
PAGES: Final = [page for pair in PAIRS for page in pair]
SEEN: Final = PAIRS[0]  # in these, claims have numbers
PROVEN: Final = [*PAIRS[0], *PAIRS[1], "threat-model.md"]  # in these, nearly each line names what keeps it
GUIDES: Final = (
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/glossary.md",
    "docs/properties.md",
    "docs/threat-model.md",
    "docs/public-code.md",
)
PRODUCT: Final = ("bot", "handlers", "schedules")

NAMED: Final = re.compile(r"`([\w./-]+\.(?:py|yaml|toml))(?:::(\w+))?`")
PROOF: Final = re.compile(r"^\| (\d+) \|.*\| `(?:bot|handlers|schedules)/[^|]+\| `tests/[\w/]+\.py::\w+`[^|]*\|$", re.MULTILINE)
CLAIMED: Final = re.compile(r"\((\d+(?:, \d+)*)\)")
BLANK: Final = re.compile(r"\[(?:udfyldes|to be filled in)[^\]]*\]")
LINK: Final = re.compile(r"\]\(([^)#:]+)\)")
FENCED: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
IN_BACKTICKS: Final = re.compile(r"`([^`\n]+)`")
IN_A_CONSOLE: Final = re.compile(r"^\$ (.+?)(?:  #.*)?$", re.MULTILINE)
TO_BE_CHOSEN: Final = re.compile(r"(?<![A-Za-z])[A-Z]{4,}(?![A-Za-z])")  # NAME in `bot/commands/NAME.py`
PATH: Final = re.compile(r"[\w.-]*/[\w./*-]*|[\w.-]+\.(?:md|py|toml|txt|json|ya?ml|po|sql|example)|\.env|\.venv|\.gitignore|LICENSE")
SYMBOL: Final = re.compile(r"\w+(?:\.\w+)*")
LONGEST_LINE: Final = 140
MADE_LATER: Final = (".env", ".venv", "data/")  # by whoever runs the bot


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def named(text: str) -> list[tuple[str, str]]:
    """The files a text names, each with the function named in it, or with nothing."""
    return NAMED.findall(text)


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(text: str) -> list[str]:
    """What a text names that is not there."""
    return [
        f"{path}::{function}" if function else path
        for path, function in named(text)
        if not (ROOT / path).is_file() or (function and function not in functions(path))
    ]


def unproven(text: str) -> set[str]:
    """The numbers of claims without a row of proof, and of proofs without a claim."""
    body = "\n".join(line for line in text.splitlines() if not PROOF.match(line))
    claimed = {number for group in CLAIMED.findall(body) for number in group.split(", ")}
    return claimed ^ set(PROOF.findall(text))


# --- what the guides name ----------------------------------------------------------------------------------------------------


@cache
def code() -> dict[str, frozenset[str]]:
    """The dotted name of each module of the product → the names it defines; those within a class as `Class.name`, too."""
    files = [file for package in PRODUCT for file in sorted((ROOT / package).rglob("*.py"))]
    return {dotted(file): defined_in(file.relative_to(ROOT).as_posix()) for file in files}


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def defined_in(path: str) -> frozenset[str]:
    """The functions, classes, methods, constants and fields that a file defines."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inside = [(f"{each.name}.", node) for each in tree.body if isinstance(each, ast.ClassDef) for node in each.body]
    found = [(prefix, name) for prefix, node in [*(("", node) for node in tree.body), *inside] for name in names_of(node)]
    return frozenset(name for _, name in found) | frozenset(prefix + name for prefix, name in found)


def names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def is_symbol(name: str) -> bool:
    """Whether the product has a module so called, or defines it; a module's own names may stand behind the end of its dotted name."""
    modules = [f".{module}" for module in code()]
    if any(f"{module}.".endswith(f".{name}.") or f".{name}." in f"{module}." for module in modules):
        return True
    if any(name in defined for defined in code().values()):
        return True
    splits = [(name[:at], name[at + 1 :]) for at, letter in enumerate(name) if letter == "."]
    return any(module.endswith(f".{of}") and rest in code()[module[1:]] for of, rest in splits for module in modules)


def is_file(name: str) -> bool:
    """Whether there is such a file or folder; where a word in capitals is to be chosen, whether there is one like it."""
    pattern = TO_BE_CHOSEN.sub("*", name)
    return name in MADE_LATER or (ROOT / name).exists() or ("*" in pattern and any(ROOT.glob(pattern)))


def is_in_file(name: str) -> bool:
    path, _, symbol = name.partition("::")
    return (ROOT / path).is_file() and symbol in defined_in(path)


def is_command(name: str) -> bool:
    """Whether a command line can be typed so: `make`, a verb of the bot, tests to run, a tool of the virtual environment."""
    words = name.split()
    if words[0] == "make":
        return set(words[1:2]) <= targets()
    if words[:2] == ["sudo", "eftertanke"]:
        return words[2] in VERBS
    if words[0] != ".venv/bin/python":
        return words[0] in {"git", "cp", "cd"}
    asked = words[2:]
    if asked[0] == "bot":
        return asked[1] in VERBS or TO_BE_CHOSEN.fullmatch(asked[1]) is not None
    if asked[0] == "pytest":
        return all(is_file(word.partition("::")[0]) for word in asked[1:] if "/" in word)
    return asked[0] in code()


@cache
def targets() -> set[str]:
    return set(re.findall(r"^([a-z.]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@cache
def settings_and_packages() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = [wanted for extra in project["project"]["optional-dependencies"].values() for wanted in extra]
    wanted = [*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]]
    settings = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    return {Requirement(each).name.replace("-", "_") for each in wanted} | set(settings)


def is_there(name: str) -> bool:
    if name.startswith(("make ", "sudo eftertanke ", ".venv/bin/python ", "git ", "cp ", "cd ")):
        return is_command(name)
    if "::" in name:
        return is_in_file(name)
    if PATH.fullmatch(name):
        return is_file(name)
    return name in settings_and_packages() or (SYMBOL.fullmatch(name) is not None and is_symbol(name))


def not_there(text: str) -> list[str]:
    """What stands in backticks, or behind a prompt, and is nothing that could be looked up."""
    typed = [line for kind, block in FENCED.findall(text) if kind == "console" for line in IN_A_CONSOLE.findall(block)]
    return [name for name in [*IN_BACKTICKS.findall(FENCED.sub("", text)), *typed] if not is_there(name)]


def guide(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """The rows of a page's tables, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if not set(line) <= set("|- ")]


@pytest.mark.parametrize("name", GUIDES)
def test_whatever_a_guide_names_is_there(name: str):
    assert len(IN_BACKTICKS.findall(guide(name))) > 20
    assert not_there(guide(name)) == []


@pytest.mark.parametrize("name", [*GUIDES, "SECURITY.md", *(f"docs/{page}" for pair in PAIRS[2:] for page in pair)])
def test_a_guides_links_lead_somewhere_and_its_lines_can_be_read(name: str):
    text = guide(name)
    assert [link for link in LINK.findall(text) if not ((ROOT / name).parent / link).exists()] == []
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE and not line.startswith("|")] == []


def test_the_glossary_is_in_the_order_of_the_alphabet_and_tells_where_each_word_lives():
    words = [row for row in rows(guide("docs/glossary.md")) if row[0] != "word"]
    assert len(words) > 60
    assert [row[0].lower() for row in words] == sorted(row[0].lower() for row in words)
    assert [row[0] for row in words if len(row) != 4 or not is_file(row[3].strip("`"))] == []


def test_each_property_stands_in_the_page_and_in_the_index_with_a_test_that_shows_it():
    listed = {int(row[0]): row for row in rows(guide("docs/properties.md")) if row[0].isdigit()}
    assert sorted(listed) == sorted(PROPERTIES) == list(range(1, 37))
    shown = {number: IN_BACKTICKS.findall(row[-1]) for number, row in listed.items()}
    assert [number for number, tests in shown.items() if not set(tests) & set(PROPERTIES[number].shown_by)] == []


def test_the_readme_lists_every_verb():
    listed = " ".join(row[0] for row in rows(guide("README.md")))
    assert [verb for verb in VERBS if f"`{verb}`" not in listed and f"`{verb} " not in listed] == []


@pytest.mark.parametrize(
    "name",
    [
        "bot/models.py",
        "bot/dialogue/",
        "bot/commands/NAME.py",
        "bot/sending/delivery.py::Delivery.deliver",
        "tests/test_docs.py::is_there",
        "make test",
        ".venv/bin/python -m bot check",
        "sudo eftertanke check",
        ".venv/bin/python -m bot NAME",
        ".venv/bin/python -m pytest -q tests/test_docs.py::named",
        "DATABASE_URL",
        "slack_bolt",
        "opening.open_round",
        "bot.dialogue.rounds",
        "Delivery.deliver",
        "MessageKind.DIGEST",
        "HANDLERS",
    ],
)
def test_a_name_that_is_right_is_left_in_peace(name: str):
    assert not_there(f"so says `{name}`") == []


@pytest.mark.parametrize(
    "name",
    [
        "bot/modles.py",
        "bot/dialogue/tidings/",
        "bot/command/NAME.py",
        "bot/sending/delivery.py::Delivery.send",
        "bot/sending/delivery.py::deliver_all",
        "make tests",
        ".venv/bin/python -m bot chekc",
        "sudo eftertanke chekc",
        ".venv/bin/python -m pytest -q tests/test_dogs.py",
        "DATABASE_URI",
        "slack_boltz",
        "closing.open_round",
        "bot.dialogue.shelf",
        "Delivery.send",
        "MessageKind.DIGESTS",
        "handle_everything",
        "what is this",
    ],
)
def test_a_name_that_is_wrong_is_noticed(name: str):
    assert not_there(f"so says `{name}`") == [name]


def test_what_is_typed_in_a_console_is_looked_up_and_other_blocks_are_not():
    text = "```console\n$ make tests\nmake tset\n$ make run  # then wait\n```\n\n```mermaid\ngraph `x y`\n```\n"
    assert not_there(text) == ["make tests"]


# --- what is named ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*PAGES, "threat-model.md"])
def test_every_module_and_test_that_is_named_is_there(page: str):
    assert len(named(text_of(page))) > (20 if page in PROVEN else 3)
    assert missing(text_of(page)) == []


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_name_the_same_in_the_same_order(pair: tuple[str, str]):
    danish, english = map(text_of, pair)
    assert named(danish) == named(english)


@pytest.mark.parametrize("page", SEEN)
def test_every_claim_has_its_proof_and_every_proof_its_claim(page: str):
    assert unproven(text_of(page)) == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str):
    assert [link for link in LINK.findall(text_of(page)) if not (DOCS / link).exists()] == []


# --- what is said -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_promise_confidentiality_and_never_more(page: str):
    assert re.search("fortrolig|confidential", text_of(page))
    assert "anonym" not in text_of(page).lower()


@pytest.mark.parametrize("pair", PAIRS)
def test_what_is_left_to_be_filled_in_is_left_in_both_languages(pair: tuple[str, str]):
    danish, english = ([len(BLANK.findall(part)) for part in text_of(page).split("\n## ")] for page in pair)
    assert danish == english


# --- the tests themselves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("kept by `bot/models.py`", []),
        ("kept by `bot/modles.py`", ["bot/modles.py"]),
        ("`tests/test_docs.py::named`", []),
        ("`tests/test_docs.py::test_that_was_renamed`", ["tests/test_docs.py::test_that_was_renamed"]),
    ],
)
def test_what_has_been_renamed_is_noticed(text: str, gone: list[str]):
    assert missing(text) == gone


def test_a_claim_without_a_proof_and_a_proof_without_a_test_are_noticed():
    proof = "| 1 | a thing | `bot/models.py` | `tests/test_docs.py::named` |"
    assert unproven(f"so (1)\n{proof}") == set()
    assert unproven(f"so (1, 2)\n{proof}") == {"2"}
    assert unproven(f"so\n{proof}") == {"1"}
    assert unproven("so (1)\n| 1 | a thing | `bot/models.py` | |") == {"1"}
