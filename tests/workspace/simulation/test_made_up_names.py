"""The made-up people are plainly made up, the same each time, and enough."""

from __future__ import annotations

from collections import Counter

from bot.workspace.simulation.made_up_names import make_up_people
from bot.workspace.state.members import TITLES


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    assert make_up_people(20, kind="leader", seed=1) == make_up_people(20, kind="leader", seed=1)
    assert not {member.id for member in make_up_people(20, kind="leader", seed=1)} & {
        member.id for member in make_up_people(20, kind="leader", seed=2)
    }


def test_more_people_are_the_same_people_and_some() -> None:
    assert make_up_people(40, kind="leader")[:20] == make_up_people(20, kind="leader")


def test_nobody_shares_a_name_an_id_or_an_address_in_the_largest_rehearsal() -> None:
    everyone = [member for kind in TITLES for member in make_up_people(2140, kind=kind)]
    for one in ("id", "name", "email"):
        assert len({getattr(member, one) for member in everyone}) == len(everyone) == 8560


def test_addresses_lead_nowhere_and_ids_look_like_slacks() -> None:
    people = make_up_people(214, kind="employee_rep")
    assert all(member.email.isascii() and member.email.endswith("@example.org") and " " not in member.email for member in people)
    assert all(member.id.startswith("U0") and member.id.isalnum() and member.id.isupper() for member in people)


def test_most_are_danish_and_some_are_elsewhere() -> None:
    people = make_up_people(107, kind="leader")
    zones, locales = Counter(member.tz for member in people), Counter(member.locale for member in people)
    assert zones == {"Europe/Copenhagen": 103, "Atlantic/Faroe": 2, "Europe/London": 2}
    assert locales == {"da-DK": 99, "en-GB": 8}
