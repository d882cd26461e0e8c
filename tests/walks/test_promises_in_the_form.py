"""A politician fills in the real form: what is promised needs words and a day within a year, and a name fits on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.models import Response
from tests.support.programme import DIGEST_CHANNEL
from tests.support.running_world import asked_world, button_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.running_world import RunningWorld

ANSWERING, WISHING, SHARING, OTHERS_SHARING = 18, 12, 6, 5
WISH = "Vi ønsker os faste vikarer, kortere møder, bedre lokaler og legepladser"  # more words than a theme tells
PROMISE = {"radio_buttons": "take_up", "text": "Vi finder penge til faste vikarer.", "due": "2018-11-02"}


@pytest.fixture(scope="module")
def wished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """A world whose first digest says what is wished; it stands in the politicians' channel."""
    with asked_world(tmp_path_factory.mktemp("wished")) as world:
        for number, person in enumerate(world.participants[:ANSWERING]):
            text = WISH if number < SHARING or number >= ANSWERING - OTHERS_SHARING else "Vi vil noget andet"
            assert world.reply(person, text, *(["wish"] if number < WISHING else [])).ok
        world.play("2018-10-12 10:01")
        world.approve()
        world.play("2018-10-12 14:01")
        yield world


def send(world: RunningWorld, **values: Any) -> dict[str, str]:
    """Fill in the form for the wishes; what stands at its fields then."""
    chat = world.local_bot.chat
    assert chat.press(world.politician, "respond_wishes", channel=DIGEST_CHANNEL).ok
    sent = world.fill(world.politician, **PROMISE | values)
    for _ in range(3):
        chat.dismiss(world.politician)
    return dict((sent.payload or {}).get("errors", {}))


def stored(world: RunningWorld) -> list[Response]:
    with world.local_bot.database.look() as session:
        return list(session.scalars(select(Response).order_by(Response.id)))


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        pytest.param({"due": "2018-10-11"}, "due", "Den dag er gået", id="yesterday"),
        pytest.param({"due": "2028-10-12"}, "due", "højst et år", id="in ten years"),
        pytest.param({"due": None}, "due", "Vælg en dag", id="no day"),
        pytest.param({"text": ""}, "text", "", id="no words"),
        pytest.param({"name": "Ø" * 200}, "name", "80", id="a name of 200 letters"),
    ],
)
def test_what_cannot_be_promised_is_refused_at_its_field_with_the_cure(
    wished: RunningWorld, values: dict[str, Any], field: str, says: str
) -> None:
    before = len(stored(wished))
    errors = send(wished, **values)
    assert list(errors) == [field]
    assert says in errors[field]
    assert len(stored(wished)) == before


@pytest.mark.parametrize("due", ["2018-10-12", "2018-12-25", "2019-02-03", "2019-10-11"])
def test_today_a_holiday_a_sunday_after_the_end_and_a_year_ahead_can_be_promised(wished: RunningWorld, due: str) -> None:
    assert send(wished, due=due, text=f"Vi gør det den {due}.", name="Skovmår Testesen") == {}
    response = stored(wished)[-1]
    assert (response.due_on.isoformat() if response.due_on else None, response.signed) == (due, "Skovmår Testesen")


def test_the_wishes_are_said_and_can_be_answered(wished: RunningWorld) -> None:
    (digest,) = wished.posts(DIGEST_CHANNEL)
    assert "vikarer" in digest.text
    assert len(button_values(digest, "respond_wishes")) == 1
