"""What is committed is clean, and what is made from something else is current.

Clean: no address of a package registry, no path of one machine, a reason beside each exception from a tool's rule. Current: the pinned
requirements fit pyproject.toml, and the catalogues say the same things in both languages.
"""

from __future__ import annotations

import re
import string
import subprocess
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "bot" / "wording" / "catalogues"

REGISTRY = re.compile(r"https?://[a-z0-9.-]*(?:pypi|pythonhosted|npmjs|debian)[a-z0-9.-]*/", re.IGNORECASE)
MACHINE = re.compile(r"/(?:work|farm|root)/|(?<![\w.])/(?:home|tmp|Users)/\w|\b[A-Z]:\\\\")
REASONED = r"noqa: [A-Z0-9]+(?:, ?[A-Z0-9]+)* - \w|type: ignore\[[a-z, -]+\]\s+# \w|pragma: no cover - \w"
UNREASONED = re.compile(rf"#\s*(?!{REASONED})(?:noqa|type: ignore|pragma: no cover)\b")


def committed() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in committed():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a picture
    return found


def lines_with(pattern: re.Pattern[str], *, ending: str = "") -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts()
        if name.endswith(ending)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line) and not (ending and name == "tests/test_files.py")
    ]


# --- clean ------------------------------------------------------------------------------------------------------------------


def test_no_committed_file_holds_the_address_of_a_package_registry():
    assert lines_with(REGISTRY) == []


def test_no_committed_file_holds_a_path_of_one_machine():
    assert lines_with(MACHINE) == []


def test_each_exception_from_a_tools_rule_has_its_reason_beside_it():
    assert lines_with(UNREASONED, ending=".py") == []


def test_each_rule_switched_off_for_good_has_its_reason_beside_it():
    tables = re.findall(r"^(?:ignore|\"[^\n]*\") = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL)
    rules = [line for table in tables for line in table.splitlines()]
    assert len(rules) > 20
    assert [line for line in rules if not re.search(r'^ +"[A-Z]+\d*", +# \w', line)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "--index-url https://" + "pypi.org/simple"),
        (REGISTRY, "https://files." + "pythonhosted.org/x.whl"),
        (MACHINE, 'open("/' + 'work/main/bot")'),
        (MACHINE, "sqlite:////" + "tmp/x.sqlite"),
        (MACHINE, "see /" + "home/anna"),
        (UNREASONED, "x = 1  # noqa"),
        (UNREASONED, "x = 1  # noqa: E501"),
        (UNREASONED, "x = 1  # type: ignore"),
        (UNREASONED, "x = 1  # type: ignore[arg-type]"),
    ],
)
def test_what_must_not_stand_there_is_seen(pattern: re.Pattern[str], text: str):
    assert pattern.search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "https://api.slack.com/apps"),
        (MACHINE, "/usr/bin/chromium and tests/homework/tmp"),
        (UNREASONED, "x = 1  # noqa: E501, S101 - a table reads better in one line"),
        (UNREASONED, "x = 1  # type: ignore[arg-type]  # the library's stub is wrong"),
    ],
)
def test_what_may_stand_there_is_left_in_peace(pattern: re.Pattern[str], text: str):
    assert not pattern.search(text)


# --- the pinned requirements --------------------------------------------------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    """Package → its pinned version, for a requirements file in which every line is a pin with hashes."""
    text = (ROOT / name).read_text()
    entries = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    form = re.compile(r"([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==(\S+)(?: ; [^-]+)?(?: --hash=sha256:[0-9a-f]{64})+")
    matched = [form.fullmatch(entry) for entry in entries]
    assert [entry[:60] for entry, match in zip(entries, matched, strict=True) if match is None] == []
    return {canonicalize_name(match[1]): match[2] for match in matched if match}


def unmet(requirements: list[str], pinned: dict[str, str]) -> list[str]:
    wanted = [Requirement(text) for text in requirements]
    return [str(each) for each in wanted if not each.specifier.contains(pinned.get(canonicalize_name(each.name), "0"), prereleases=True)]


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_pins_for_running_fit_the_project(pyproject: dict):
    extras = pyproject["project"]["optional-dependencies"].values()
    wanted = [*pyproject["project"]["dependencies"], *(wanted for extra in extras for wanted in extra)]
    assert unmet(wanted, pins("requirements.txt")) == []


def test_the_pins_for_testing_fit_the_project_and_hold_all_pins_for_running(pyproject: dict):
    pinned = pins("requirements-dev.txt")
    assert unmet(pyproject["dependency-groups"]["dev"], pinned) == []
    assert pins("requirements.txt").items() <= pinned.items()


def test_the_pins_for_production_fit_the_project_and_leave_out_the_local_workspace(pyproject: dict):
    pinned, extras = pins("requirements-production.txt"), pyproject["project"]["optional-dependencies"]
    assert unmet([*pyproject["project"]["dependencies"], *extras["calendar"]], pinned) == []
    assert pinned.items() <= pins("requirements.txt").items()
    assert pinned.keys() & {canonicalize_name(Requirement(text).name) for text in extras["local"]} == set()


def test_a_requirement_without_a_fitting_pin_would_be_noticed():
    assert unmet(["typer>=0.29", "rich>=15", "babel"], {"typer": "0.28", "babel": "2"}) == ["typer>=0.29", "rich>=15"]


def test_what_is_played_on_request_is_all_played():
    """Files that `make test` does not collect: each lies in a folder that a target of the Makefile names for its kind."""
    plays = re.findall(r"python_files='(\w+)\*\.py' (.+?) \$\(ARGS\)", (ROOT / "Makefile").read_text())
    assert {kind for kind, _ in plays} >= {"storm_", "season_"}
    for kind, folders in plays:
        played = {path for folder in folders.split() for path in (ROOT / folder).rglob(f"{kind}*.py")}
        plays_it = {path for path in (ROOT / "tests").rglob(f"{kind}*.py") if "\ndef test_" in path.read_text()}
        assert sorted(plays_it - played) == [], kind


# --- the catalogues -----------------------------------------------------------------------------------------------------------


def sentences(path: Path) -> dict[str, tuple[str, ...]]:
    """Key → its forms, for one catalogue file."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    forms = {str(m.id[0]) if m.pluralizable else str(m.id): m.string if m.pluralizable else (m.string,) for m in catalogue if m.id}
    assert [key for key, said in forms.items() if not all(said)] == [], f"{path}: without words"
    assert [m.id for m in catalogue if m.id and m.fuzzy] == [], f"{path}: unsure"
    return {key: tuple(map(str, said)) for key, said in forms.items()}


def placeholders(said: tuple[str, ...]) -> set[str | None]:
    """The names put in, across all forms: a singular may do without its number."""
    return {name for form in said for _text, name, _spec, _conversion in string.Formatter().parse(form) if name is not None}


def subjects() -> list[str]:
    return sorted({path.name for path in CATALOGUES.glob("*/*.po")})


@pytest.mark.parametrize("subject", subjects())
def test_both_languages_say_the_same_things_with_the_same_values_put_in(subject: str):
    danish, english = (sentences(CATALOGUES / language / subject) for language in ("da", "en"))
    assert danish.keys() == english.keys()
    assert {key for key in danish if placeholders(danish[key]) != placeholders(english[key])} == set()


def test_no_sentence_stands_in_two_catalogues():
    keys = [key for subject in subjects() for key in sentences(CATALOGUES / "da" / subject)]
    assert sorted(keys) == sorted(set(keys))


def test_nobody_is_promised_to_be_anonymous():
    said = " ".join(form for path in CATALOGUES.glob("*/*.po") for forms in sentences(path).values() for form in forms)
    assert "anonym" not in said.lower()


def test_every_sentence_named_outright_in_the_code_stands_in_a_catalogue():
    known = {key for subject in subjects() for key in sentences(CATALOGUES / "da" / subject)}
    code = [text for name, text in texts() if name.endswith(".py") and not name.startswith("tests/")]
    named = {key for text in code for key in re.findall(r'\bsay(?:_n)?\([\w.]+, "([\w.]+)"', text)}
    assert {key for key in named if key not in known} == set()
