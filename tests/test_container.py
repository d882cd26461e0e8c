"""The image and the compose file hold what they should and no secret, and the image's health check tells sick from well."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from bot.secret_files import NAMES_OF_FILES, SECRETS
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
USER = "10001"


def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with what follows it."""
    lines = [line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    told = re.sub(r" *\\\n *", " ", "\n".join(lines)).splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in told if line]


def every(instruction: str) -> list[str]:
    return [rest for name, rest in steps() if name == instruction]


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    composed = YAML(typ="safe").load((ROOT / "compose.yaml").read_text("utf-8"))
    assert list(composed) == ["name", "services", "secrets", "volumes"]
    [service] = composed["services"].values()
    return {**service, "top": composed}


def test_both_stages_stand_on_one_pinned_tag() -> None:
    bases = [base.removesuffix(" AS packages") for base in every("FROM")]
    assert bases == ["python:3.11-slim-bookworm"] * 2


def test_packages_are_installed_by_their_hash_from_the_list_for_production() -> None:
    [install] = [step for step in every("RUN") if "pip install" in step]
    assert "--require-hashes --requirement /wheels/requirements-production.txt" in install


def test_what_is_copied_is_let_through_and_nothing_else_is() -> None:
    copied = {word for step in every("COPY") if "--from" not in step for word in step.split()[:-1]}
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert "*" in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {name.replace("wheel[s]", "wheels") for name in copied} == set(allowed)
    assert [name for name in allowed if name != "wheels" and not (ROOT / name).exists()] == []


def test_the_image_runs_as_nobody_else_and_holds_no_secret() -> None:
    *_, last = [name for name, _ in steps() if name in {"USER", "RUN", "COPY"}]
    assert (last, every("USER")) == ("USER", [f"{USER}:{USER}"])
    named = " ".join(every("ENV") + every("ARG"))
    assert not re.search("TOKEN|KEY|SECRET|PASSWORD", named)
    set_there = set(re.findall(r"(\w+)=", every("ENV")[0]))
    assert set_there <= {name.upper() for name in Settings.model_fields}
    assert every("STOPSIGNAL") == ["SIGTERM"]


class Page(BaseHTTPRequestHandler):
    """A health page that answers as its server says."""

    def do_GET(self) -> None:
        self.send_response(self.server.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(port: int) -> int:
    """The exit code of the image's own check."""
    [check] = every("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == [".venv/bin/python", "-c"]
    settings = {"HEALTH_PORT": str(port), "HTTP_PROXY": "http://127.0.0.1:9"}
    return subprocess.run([sys.executable, "-P", *command[1:]], env=settings, check=False, capture_output=True).returncode


def test_the_health_check_tells_sick_from_well(page: ThreadingHTTPServer) -> None:
    page.status = 200
    assert ask(page.server_port) == 0
    page.status = 503
    assert ask(page.server_port) == 1


def test_the_health_check_says_that_nobody_answers(page: ThreadingHTTPServer) -> None:
    free = page.server_port
    page.server_close()
    assert ask(free) == 1


def test_the_container_may_do_little(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["stop_grace_period"] == "15s"
    assert service["mem_limit"] == "512m"
    assert "ports" not in service


def test_secrets_come_as_files_and_no_setting_is_misspelt(service: dict[str, Any]) -> None:
    top, settings = service["top"], service["environment"]
    assert set(service["secrets"]) == set(top["secrets"]) == set(SECRETS)
    assert {name: settings[file] for name, file in NAMES_OF_FILES.items()} == {name: f"/run/secrets/{name}" for name in SECRETS}
    assert settings.keys() <= {name.upper() for name in Settings.model_fields} | set(NAMES_OF_FILES.values())


def test_what_the_image_keeps_lies_in_named_volumes(service: dict[str, Any]) -> None:
    [kept] = every("VOLUME")
    mounted = {target: source for source, target, *_ in (volume.split(":") for volume in service["volumes"])}
    assert [mounted[place] for place in json.loads(kept)] == list(service["top"]["volumes"])


def test_what_lies_beside_the_compose_file_cannot_be_committed_by_mistake() -> None:
    private = ["secrets/eftertanke_key", "programmes/randers.yaml", "wheels/typer.whl"]
    assert (
        subprocess.run(["git", "check-ignore", *private], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split() == private
    )
