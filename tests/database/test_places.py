"""Where a database is, told from its address."""

from __future__ import annotations

from contextlib import closing

import pytest
from psycopg.conninfo import conninfo_to_dict

from bot import migrations
from bot.database import places
from bot.database.kept import read_kept
from bot.database.places import address_for_driver, fault_of_address, is_whole, place_of
from bot.database.unit_of_work import Database
from bot.sentence import sentence
from tests.support.server import USER, running_server

SERVER = "postgresql://bot@db.example.org/dialogue"


@pytest.mark.parametrize("query", ["options=-csearch_path=north", "options=-csearch_path%3Dnorth", "options=-c%20search_path%3dNorth"])
def test_each_spelling_of_a_schema_has_the_same_place_and_is_read_alike_by_the_driver(query: str):
    url = f"{SERVER}?sslmode=require&{query}"
    assert (is_whole(url), place_of(url)) == (True, places.FOLDER / "dialogue+north.postgresql")
    assert "search_path%3dnorth" in address_for_driver(url).lower()


def test_the_schema_that_a_server_takes_by_itself_has_one_place_whether_it_is_named_or_not():
    assert place_of(f"{SERVER}?options=-csearch_path%3Dpublic") == place_of(SERVER)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("postgresql:///e3", {"dbname": "e3"}),
        ("postgresql+psycopg:///e3?host=/run/postgresql", {"dbname": "e3", "host": "/run/postgresql"}),
        ("postgresql://anna@/e3?host=%2Frun%2Fpostgresql", {"user": "anna", "dbname": "e3", "host": "/run/postgresql"}),
    ],
)
def test_an_address_without_a_host_leads_the_driver_to_the_machine_s_own_socket(url: str, read: dict[str, str]):
    assert fault_of_address(url) is None
    assert conninfo_to_dict(address_for_driver(url)) == read


@pytest.mark.postgres
def test_on_the_machine_s_own_socket_the_tables_are_made_and_read_without_a_trace():
    with running_server({"unix_socket_directories": "'.'"}) as server:
        url = f"postgresql://{USER}@/postgres?host={server.data}&port={server.port}"
        with closing(Database(url)) as database:
            migrations.ensure(database, create_silently=True)
            revision = database.store.revision
        assert read_kept(url, "SELECT version_num FROM alembic_version") == [(revision,)]


def test_no_two_databases_and_schemas_share_a_place():
    addresses = [SERVER, f"{SERVER}.north", f"{SERVER}%2Bnorth", f"{SERVER}?options=-csearch_path%3Dnorth"]
    assert len({place_of(url) for url in addresses}) == len(addresses)


@pytest.mark.parametrize("query", ["dbname=other", 'options=-csearch_path%3D"a-b"', "options=-csearch_path%3Da-b", "search_path=north"])
def test_a_schema_that_is_no_plain_name_or_a_second_database_is_refused(query: str):
    assert not is_whole(f"{SERVER}?{query}")


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_a_port_that_cannot_be_is_refused(port: int):
    assert not is_whole(SERVER.replace(".org", f".org:{port}"))


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("mysql://anna:s3cret@db/dialogue", "setup.other_kind"),
        ("postgres://anna:s3cret@db/dialogue", "setup.other_kind"),
        ("anna:s3cret@db/dialogue", "setup.no_such_kind"),
        ("postgresql:anna:s3cret@db/dialogue", "setup.no_such_kind"),
        *((f"postgresql://anna:s3cret{sign}x@db/dialogue", "setup.address.account") for sign in "@#%/?:ø "),
        ("postgresql://anna:s3cret@db:s3cret/dialogue", "setup.address.port"),
        ("postgresql://db:0/dialogue", "setup.address.port"),
        ("postgresql://anna:s3cret@[::1]:65536/dialogue", "setup.address.port"),
        ("postgresql://anna:s3cret@db", "setup.address.database"),
        ("postgresql://anna:s3cret@db/", "setup.address.database"),
        ("postgresql://anna:s3cret@[::1]:5432/?sslmode=require", "setup.address.database"),
        ("postgresql+psycopg://anna@db/dialogue?password=s3cret", "setup.address.password"),
        ("postgresql://db/dialogue?search_path=north", "setup.address.schema"),
        ("postgresql://db/dialogue?options=-csearch_path%3Da-b", "setup.address.schema"),
        ("postgresql://one:5432,other:5432/dialogue", "setup.no_database_on_server"),
        ("postgresql://db/dialogue#s3cret", "setup.no_database_on_server"),
    ],
)
def test_an_address_that_is_wrong_is_told_by_what_is_wrong_with_it(url: str, fault: str):
    found = fault_of_address(url)
    assert found is not None
    assert found.key == fault
    assert "s3cret" not in str(found)


def test_another_kind_of_database_is_named():
    assert fault_of_address("mysql://anna@db/dialogue") == sentence("setup.other_kind", kind="mysql://")
