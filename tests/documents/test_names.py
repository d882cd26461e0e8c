"""Every path and setting that a document names is there, and every setting stands where people look for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from bot.settings import Settings
from tests.support.documents import FENCED, IN_BACKTICKS, ROOT, documents, machine_files, name_of, settings_named
from tests.test_docs import LINK, PATH, is_file, is_symbol

if TYPE_CHECKING:
    from pathlib import Path

OF_OTHERS: Final = {  # variables of the machine, of its programs, and of ours that are no settings
    *("CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_USEC", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("REQUESTS_CA_BUNDLE", "AF_INET", "AF_UNIX", "COMPOSE_FILE"),
    *("MAY_KNOW", "TEST_DATABASE_URL"),  # of the tests, which guides for developers name
    *("PIP_CERT", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_INDEX_URL", "PIP_PROXY", "FUZZ_SECONDS"),
}
SECRET: Final = {"EFTERTANKE_KEY", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
MADE_BY_SOMEBODY: Final = re.compile(  # paths of an installation, or of whoever follows a guide
    r"(?:/(?:opt|etc|var|usr|srv|run|proc|root|mnt|healthz|readyz|metrics|api)\b|~|\./|data/|people/|secrets/|programmes/|wheels/|build/|dist/|https?:|\*).*|/invite.*|/eftertanke.*|Europe/.*|(?!\.env)\.[a-z.]+"
)
NAMES_WHAT_OTHERS_HAVE: Final = "docs/comparison.md"


def settings() -> set[str]:
    return {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("file", [file for file in documents() if name_of(file) != NAMES_WHAT_OTHERS_HAVE], ids=name_of)
def test_every_path_that_a_document_names_is_there(file: Path) -> None:
    text = FENCED.sub("", file.read_text(encoding="utf-8"))
    paths = [name for name in IN_BACKTICKS.findall(text) if PATH.fullmatch(name) and not MADE_BY_SOMEBODY.fullmatch(name)]
    assert [path for path in paths if not is_file(path) and not (file.parent / path).exists()] == []


@pytest.mark.parametrize("file", documents(), ids=name_of)
def test_every_link_of_a_document_leads_somewhere(file: Path) -> None:
    assert [link for link in LINK.findall(file.read_text(encoding="utf-8")) if not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", [*documents(), *machine_files()], ids=name_of)
def test_every_setting_that_a_document_names_is_one(file: Path) -> None:
    known = settings() | {f"{name}_FILE" for name in SECRET} | OF_OTHERS
    assert {name for name in settings_named(file.read_text(encoding="utf-8")) - known if not is_symbol(name)} == set()


def test_the_example_of_settings_has_them_all_and_no_others() -> None:
    named = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert settings() <= named <= settings() | {f"{name}_FILE" for name in SECRET}
