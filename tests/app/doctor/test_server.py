"""A database on a server is looked at like one in a file: whether it answers, and what about the server is worth a look."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import URL, make_url, text

from bot.app.doctor import server
from bot.app.doctor.examination import examine
from bot.app.doctor.seen import see
from bot.database import places
from bot.models import Lease
from tests.app.doctor.installation_of_test import TOKENS
from tests.support.database import KEY, unit_of_work
from tests.support.server import NAMED, running_pooler
from tests.support.server_databases import give_back, take_database

if TYPE_CHECKING:
    from bot.app.doctor.finding import Finding
    from bot.database.unit_of_work import Database
    from tests.app.doctor.installation_of_test import Installation

HERE = make_url("postgresql://bot:secret@127.0.0.1/eftertanke")
SOUND = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "archive_mode": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "0",
    "max_connections": "100",
    "superuser_reserved_connections": "3",
}
QUIET = {"is_superuser": False, "replicas": 0, "connections": 10, "bots": 1}


def find(installation: Installation, url: str) -> dict[str, list[Finding]]:
    """What the doctor finds where the database is on a server, by check."""
    installation.set(EFTERTANKE_KEY=KEY)
    seen = see()
    assert seen.settings is not None
    seen.settings = seen.settings.model_copy(update={"database_url": url})
    found: dict[str, list[Finding]] = {}
    for finding in (finding for findings in examine(seen).values() for finding in findings):
        found.setdefault(finding.check, []).append(finding)
    return found


def remarks(known: dict[str, str] | None = None, facts: dict[str, object] | None = None, url: URL = HERE) -> list[str]:
    of_settings = server._of_settings(SOUND | (known or {}))
    return [key for key, _ in (*of_settings, *server._of_surroundings(url, SOUND | (known or {}), QUIET | (facts or {})))]


def test_a_sound_server_gets_no_remark():
    assert remarks() == []


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"fsync": "off"}, "unsafe"),
        ({"full_page_writes": "off"}, "unsafe"),
        ({"synchronous_commit": "off"}, "unsafe"),
        ({"archive_mode": "on"}, "archives"),
        ({"log_statement": "all"}, "log"),
        ({"log_min_duration_statement": "250"}, "log"),
        ({"log_parameter_max_length_on_error": "-1"}, "log"),
        ({"max_connections": "30"}, "connections"),
    ],
)
def test_what_a_server_is_set_to_is_remarked_where_people_may_lose_by_it(known: dict[str, str], said: str):
    assert remarks(known) == [said]


def test_a_log_without_values_is_left_in_peace():
    assert remarks({"log_statement": "all", "log_min_duration_statement": "0", "log_parameter_max_length": "0"}) == []


@pytest.mark.parametrize(
    ("facts", "said"), [({"is_superuser": True}, "superuser"), ({"replicas": 2}, "replicas"), ({"connections": 90}, "connections")]
)
def test_who_is_on_a_server_is_remarked(facts: dict[str, object], said: str):
    assert remarks(facts=facts) == [said]


@pytest.mark.parametrize("host", ["db.example.dk", "192.0.2.7"])
def test_a_line_to_another_machine_has_to_be_encrypted(host: str):
    beyond = HERE.set(host=host)
    assert remarks(url=beyond) == ["unencrypted"]
    assert remarks(url=HERE._replace(host=None).update_query_dict({"host": host})) == ["unencrypted"]
    assert remarks(url=beyond.update_query_dict({"sslmode": "prefer"})) == ["unencrypted"]
    assert remarks(url=beyond.update_query_dict({"sslmode": "verify-full"})) == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "/run/postgresql", None])
def test_a_line_on_this_machine_does_not(host: str | None):
    assert remarks(url=HERE._replace(host=host)) == []
    assert host is None or remarks(url=HERE._replace(host=None).update_query_dict({"host": host})) == []


def test_a_server_that_does_not_answer_is_a_fault_and_the_others_go_on(installation: Installation):
    found = find(installation, "postgresql+psycopg://bot:secret@127.0.0.1:9/eftertanke?options=-csearch_path%3Dnorth")
    (finding,) = found["database"]
    assert (finding.said.key, finding.state) == ("doctor.server.refuses", "fault")
    assert dict(finding.said.values)["server"] == "postgresql://bot@127.0.0.1:9/eftertanke.north"
    assert "secret" not in str(found)
    assert {"settings", "programme"} <= found.keys()
    assert not {"server", "tables", "age"} & found.keys()


@pytest.mark.postgres
@pytest.mark.parametrize(("is_pooled", "cure"), [(False, "no_schema"), (True, "pooler")])
def test_a_schema_that_is_not_there_or_not_passed_on_is_a_fault(installation: Installation, database: Database, is_pooled: bool, cure: str):
    url = make_url(os.environ[NAMED]).set(database=database.url.database, query={"options": "-csearch_path=north"})
    with running_pooler(os.environ[NAMED], "ignore_startup_parameters = options") as pooler:
        url = url.set(port=int(pooler.partition(":")[2])) if is_pooled else url
        found = find(installation, url.render_as_string(hide_password=False))
    (finding,) = found["database"]
    assert (finding.state, finding.cure and finding.cure.key) == ("fault", f"setup.server.{cure}")
    assert not {"server", "tables", "age"} & found.keys()


@pytest.mark.postgres
def test_a_database_on_a_server_is_told_with_version_and_size_and_checked_like_a_file(installation: Installation, database: Database):
    url = database.url.render_as_string(hide_password=False)
    found = find(installation, url)
    assert [(finding.said.key, finding.state) for finding in found["database"]] == [
        ("doctor.server.fine", "ok"),
        ("doctor.server.folder", "remark"),
    ]
    places.FOLDER.mkdir(parents=True)
    assert [finding.said.key for finding in find(installation, url)["database"]] == ["doctor.server.fine"]
    assert {"doctor.server.unsafe", "doctor.server.superuser", "doctor.server.outside"} <= {finding.said.key for finding in found["server"]}
    assert [finding.said.key for finding in found["tables"] + found["age"] + found["key"]] == [
        "doctor.tables.fine",
        "doctor.age.never",
        "doctor.key.fine",
    ]
    assert not {"integrity", "disk"} & found.keys()


@pytest.mark.postgres
@pytest.mark.parametrize(("on_slack", "said"), [(False, ("doctor.tables.to_come", "ok")), (True, ("doctor.tables.empty", "fault"))])
def test_the_first_start_makes_the_tables_on_the_local_workspace_alone(installation: Installation, on_slack: bool, said: tuple[str, str]):
    if on_slack:
        installation.set(**TOKENS)
    address = take_database(empty=True)
    found = find(installation, address)
    give_back(address)
    assert [(finding.said.key, finding.state) for finding in found["tables"]] == [said]
    assert [finding.cure.key for finding in found["tables"] if finding.cure is not None] == ["setup.server.empty.cure"] * on_slack


@pytest.mark.postgres
def test_a_database_that_may_only_be_read_is_a_fault_before_the_start_finds_it(installation: Installation, database: Database):
    url = database.url.render_as_string(hide_password=False)
    only_read = f"{url}{'&' if '?' in url else '?'}options=-cdefault_transaction_read_only%3Don"
    (finding, _) = find(installation, only_read)["database"]
    assert (finding.said.key, finding.state) == ("doctor.server.fine", "fault")
    assert finding.cure is not None
    assert finding.cure.key == "setup.server.read_only"


@pytest.mark.postgres
def test_a_bot_on_the_database_is_seen_and_the_doctor_is_none(installation: Installation, database: Database):
    url = database.url.render_as_string(hide_password=False)
    database.engine.dispose()
    assert [finding.said.key for finding in find(installation, url)["running"]] == ["doctor.running.no"]
    with database.look() as session:
        session.execute(text("SELECT 1"))
        assert [finding.said.key for finding in find(installation, url)["running"]] == ["doctor.running.yes"]


@pytest.mark.postgres
def test_whose_a_database_on_a_server_is_is_told(installation: Installation, database: Database):
    with unit_of_work(database) as session:
        session.add(Lease(workspace="slack", holder="x", number=1, counter=1))
    found = find(installation, database.url.render_as_string(hide_password=False))
    assert [finding.state for finding in found["workspace"]] == ["fault"]
