"""Where a database is, told from its address."""

from __future__ import annotations

import pytest

from bot.database import places
from bot.database.places import address_for_driver, is_whole, place_of

SERVER = "postgresql://bot@db.example.org/dialogue"


@pytest.mark.parametrize("query", ["options=-csearch_path=north", "options=-csearch_path%3Dnorth", "options=-c%20search_path%3dnorth"])
def test_each_spelling_of_a_schema_has_the_same_place_and_is_read_alike_by_the_driver(query: str):
    url = f"{SERVER}?sslmode=require&{query}"
    assert (is_whole(url), place_of(url)) == (True, places.FOLDER / "dialogue+north.postgresql")
    assert "search_path%3Dnorth" in address_for_driver(url)


def test_no_two_databases_and_schemas_share_a_place():
    addresses = [SERVER, f"{SERVER}.north", f"{SERVER}%2Bnorth", f"{SERVER}?options=-csearch_path%3Dnorth"]
    assert len({place_of(url) for url in addresses}) == len(addresses)


@pytest.mark.parametrize("query", ['options=-csearch_path%3D"a-b"', "options=-csearch_path%3Da-b", "search_path=north"])
def test_a_schema_that_is_no_plain_name_is_refused(query: str):
    assert not is_whole(f"{SERVER}?{query}")


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_a_port_that_cannot_be_is_refused(port: int):
    assert not is_whole(SERVER.replace(".org", f".org:{port}"))
