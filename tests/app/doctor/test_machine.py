"""Settings, rights of files, proxy and certificates are told, and no secret with them."""

from __future__ import annotations

import os
import shutil
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import settings
from bot.app.doctor.report import report
from bot.app.reader_language import speak
from bot.programme import Language
from tests.support.database import KEY
from tests.support.somebody import as_somebody

if TYPE_CHECKING:
    from tests.app.doctor.installation_of_test import Installation

SECRET = "hemmelig-kode-7"


def test_all_is_well_where_nothing_is_set(installation: Installation) -> None:
    assert installation.states("settings") == {"settings.no_file": "ok"}
    assert installation.states("proxy") == {}, "where nobody calls Slack"
    assert installation.states("certificates") == {"certificates.machine": "ok"}
    assert installation.states("modes") == {"modes.fine": "ok"}


def test_everything_wrong_with_the_settings_is_told_and_the_rest_is_looked_at(installation: Installation) -> None:
    installation.set(HTTP_PORT="none", LOG_LEVEL="loud", SLACK_BOT_TOKEN=SECRET, SLACK_APP_TOKEN="xapp-made-up-0001")
    found = installation.find()
    names = {dict(finding.said.values)["name"] for finding in found["settings"]}
    assert names == {"HTTP_PORT", "LOG_LEVEL", "SLACK_BOT_TOKEN"}
    assert {finding.state for finding in found["settings"]} == {"fault"}
    assert [finding.said.key for finding in found["tokens"]] == ["doctor.tokens.wrong"]
    assert [str(dict(finding.said.values)["file"]).rpartition("/")[2] for finding in found["database"]] == ["eftertanke.sqlite"]
    assert "programme" in found
    assert SECRET not in repr(found)
    with speak(Language.EN):
        told = list(report({"doctor.group.machine": found["settings"], "doctor.group.slack": found["tokens"]}))
    assert sum("What to do: Put it right where it stands" in line for line in told) == 1, "what mends it all is said once"


def test_settings_that_cannot_be_read_at_all_keep_the_machine_from_nothing(installation: Installation) -> None:
    env = installation.folder / "installed" / ".env"
    env.parent.mkdir()
    env.write_bytes("LOG_LEVEL=DEBUG # så ses mere".encode("latin-1"))
    assert installation.states("settings") == {"setup.not_utf8": "fault"}
    assert {"proxy", "certificates", "time_zone"} <= installation.find().keys()


def test_a_settings_file_that_is_not_read_is_told(installation: Installation) -> None:
    (installation.folder / ".env").write_text("SLACK_BOT_TOKEN=xoxb-made-up-0001\n")
    assert installation.states("settings")["settings.passed_over"] == "fault"


def test_files_that_others_can_read_are_told_and_left_as_they_are(installation: Installation) -> None:
    file = installation.on_slack()
    env = installation.folder / "installed" / ".env"
    env.parent.mkdir()
    env.write_text(f"EFTERTANKE_KEY={KEY}\n")
    for open_file in (env, file):
        open_file.chmod(0o644)
    told = [dict(finding.said.values)["file"] for finding in installation.find()["modes"]]
    assert [getattr(path, "name", "") for path in told] == [".env", "eftertanke.sqlite"]
    assert {oct(path.stat().st_mode & 0o777) for path in (env, file)} == {"0o644"}


@pytest.mark.parametrize("way", ["EFTERTANKE_KEY_FILE", "CREDENTIALS_DIRECTORY"])
def test_the_secrets_own_files_are_looked_at_too(installation: Installation, way: str) -> None:
    installation.on_slack()
    file = installation.folder / "eftertanke_key"
    file.write_text(KEY)
    installation.set(EFTERTANKE_KEY="", **{way: str(file if way.endswith("FILE") else file.parent)})
    file.chmod(0o640)
    assert installation.states("modes") == {"modes.open": "remark"}
    file.chmod(0o600)
    assert installation.states("modes") == {"modes.fine": "ok"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of another's")
@pytest.mark.parametrize(("text", "state"), [(f"EFTERTANKE_KEY={KEY}\n", "fault"), ("LOG_FORMAT=json\n", "ok")])
def test_an_open_file_for_which_a_start_is_refused_is_a_fault_with_its_cure(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, text: str, state: str
) -> None:
    folder = Path(tempfile.mkdtemp())  # not below a folder that is root's alone
    request.addfinalizer(lambda: shutil.rmtree(folder))
    folder.chmod(0o755)
    env = folder / ".env"
    env.write_text(text)
    env.chmod(0o644)
    monkeypatch.setattr(settings, "ENV_FILE", env)
    monkeypatch.chdir(folder)
    with as_somebody():
        (finding,) = installation.find()["modes"]
    assert finding.state == state
    assert state == "ok" or "setup.close_to_others" in str(finding.cure)


@pytest.mark.parametrize("place", ["SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE", "CREDENTIALS_DIRECTORY"])
def test_with_a_wrong_token_nothing_is_said_of_the_local_workspace(installation: Installation, place: str) -> None:
    installation.on_slack()
    file = installation.folder / "slack_bot_token"
    file.write_text("xapp-local-test")
    installation.set(SLACK_BOT_TOKEN="")
    installation.set(**{place: {"SLACK_BOT_TOKEN": "xapp-local-test", "SLACK_BOT_TOKEN_FILE": str(file)}.get(place, str(file.parent))})
    found = installation.find()
    assert [finding.said.key for finding in found["tokens"]] == ["doctor.tokens.wrong"]
    assert [finding.said.key for finding in found["settings"]] == ["setup.setting"]
    assert "workspace" not in found


@pytest.mark.parametrize("address", [f"http://user:12/{SECRET}@proxy.example.org:3128", "http://proxy.example.org:many", "http://[proxy"])
def test_a_proxy_that_is_no_address_is_a_fault_that_names_the_setting(installation: Installation, address: str) -> None:
    installation.on_slack()
    installation.set(HTTPS_PROXY=address)
    (finding,) = installation.find()["proxy"]
    assert (finding.state, finding.said.key, dict(finding.said.values)) == ("fault", "doctor.proxy.wrong", {"name": "HTTPS_PROXY"})


def test_a_proxy_is_told_without_its_password(installation: Installation) -> None:
    installation.on_slack()
    installation.set(HTTPS_PROXY=f"http://user:{SECRET}@proxy.example.org:3128", NO_PROXY="slack.com")
    assert installation.states("proxy") == {"proxy.fine": "ok", "proxy.no_proxy": "remark"}
    assert SECRET not in repr(installation.find())
    assert "proxy.example.org" in repr(installation.find()["proxy"])


def test_certificates_that_are_missing_or_none_are_a_fault(installation: Installation) -> None:
    file = installation.folder / "ca.pem"
    installation.set(SSL_CERT_FILE=str(file))
    assert installation.states("certificates") == {"certificates.unreadable": "fault"}
    file.write_text("no certificate")
    assert installation.states("certificates") == {"certificates.empty": "fault"}
    found = ssl.get_default_verify_paths().openssl_cafile
    installation.set(SSL_CERT_FILE=found)
    assert set(installation.states("certificates")) <= {"certificates.fine", "certificates.unreadable"}  # as this machine has it


def test_certificates_that_slack_s_client_does_not_read_are_told(installation: Installation) -> None:
    installation.on_slack()
    installation.set(REQUESTS_CA_BUNDLE="/somewhere.pem")
    assert installation.states("certificates") == {"certificates.other": "remark"}
