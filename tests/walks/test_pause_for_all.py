"""An organiser pauses everything, in the chat and with real delivery, and goes on: nobody is asked twice or forgotten."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.running_world import PARTICIPANTS, RunningWorld, buttons, running_world, words

if TYPE_CHECKING:
    from pathlib import Path

ONE_WEEK = [
    "~ »Hvem skal med?« flyttes fra tirsdag den 23. oktober kl. 09.30 til tirsdag den 30. oktober kl. 09.30.",
    "~ »Hvornår er vi der?« flyttes fra tirsdag den 30. oktober kl. 09.30 til tirsdag den 6. november kl. 09.30.",
    "~ »Hvad nu?« flyttes fra tirsdag den 6. november kl. 09.30 til tirsdag den 13. november kl. 09.30.",
    "~ Påmindelser, lukninger og overblik følger med spørgsmålene.",
]
FOUR_WEEKS = [  # »Hvem skal med?« goes out at once
    "~ »Hvornår er vi der?« flyttes fra tirsdag den 30. oktober kl. 09.30 til tirsdag den 13. november kl. 09.30.",
    "~ »Hvad nu?« flyttes fra tirsdag den 6. november kl. 09.30 til tirsdag den 20. november kl. 09.30.",
    "~ Påmindelser, lukninger og overblik følger med spørgsmålene.",
]
REASON = "Vi venter på valget."
QUESTIONS = (
    ("Hvor skal vi hen?", "Where are we going?"),
    ("Hvem skal med?", "Who should come along?"),
    ("Hvornår er vi der?", "When do we arrive?"),
    ("Hvad nu?", "What now?"),
)


def press_at_home(world: RunningWorld, action: str) -> None:
    """The organiser presses a button on their own page."""
    chat = world.local_bot.chat
    chat.open_home(world.organiser)
    page = chat.home(world.organiser)
    assert page is not None
    assert chat.press(world.organiser, action, view_id=page.id).ok


def read_home(world: RunningWorld) -> str:
    """All that the organiser's page says."""
    world.local_bot.chat.open_home(world.organiser)
    page = world.local_bot.chat.home(world.organiser)
    assert page is not None
    return " ".join(words(page.blocks))


def send(world: RunningWorld, **fields: str) -> str:
    """Send the organiser's form; what the window says then. It is closed again."""
    assert world.fill(world.organiser, **fields).ok
    said = world.window(world.organiser)
    world.local_bot.chat.dismiss(world.organiser)
    world.player.settle()
    return said


def pause(world: RunningWorld) -> str:
    """An organiser presses on their page, and gives a reason."""
    press_at_home(world, "pause_for_all")
    return send(world, plain_text_input=REASON)


def go_on(world: RunningWorld) -> tuple[str, str]:
    """An organiser looks at what moves, and goes on: what they read before and after."""
    press_at_home(world, "go_on")
    shown = world.window(world.organiser)
    return shown, send(world)


def lines_of(text: str) -> list[str]:
    """The lines of a plan in what somebody reads."""
    return [line[line.index("~ ") :] for line in text.splitlines() if "~ " in line]


def told_lines(world: RunningWorld) -> list[str]:
    """The lines of plans in the organisers' channel."""
    return lines_of("\n".join(said.text for said in world.posts(ORGANISERS_CHANNEL)))


def asked(world: RunningWorld) -> Counter[int]:
    """How often people were asked each question, without reminders: {how many times: for how many people and questions}."""
    counts = Counter[int]()
    for person in world.participants:
        told = [said.text for said in world.messages(person) if "my_replies" in buttons(said)]
        counts.update(sum(da in text or en in text for text in told) for da, en in QUESTIONS)
    return counts


def heard_of_it(world: RunningWorld) -> list[int]:
    """How many messages about the pause each participant has."""
    return [sum(REASON in said.text for said in world.messages(person)) for person in world.participants]


def rounds_in(world: RunningWorld) -> str:
    """The lines of the programme's file about its days."""
    lines = (world.folder / "schedules" / "landsby.yaml").read_text("utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip().startswith(("until:", "skip:")))


@pytest.mark.asked
def test_during_a_pause_nothing_goes_out_but_one_message_and_what_is_for_organisers(world: RunningWorld) -> None:
    world.everyone_replies(but=4)
    before = [len(world.messages(person)) for person in world.participants]
    assert "Der er pause for alle" in pause(world)
    assert world.reply(world.participants[-1], "Et svar i pausen").ok  # an open question can still be answered
    world.play("2018-10-12 10:01")  # past the reminder, and the close
    world.approve()  # organisers work as before
    world.play("2018-10-23 12:00")  # past the digest, and the next question
    assert [len(world.messages(person)) for person in world.participants] == [number + 1 for number in before]
    assert heard_of_it(world) == [1] * PARTICIPANTS
    assert world.posts(DIGEST_CHANNEL) == []
    page = read_home(world)
    assert "Planen, når pausen er slut (tidspunkterne kan rykke)" in page
    assert "Tirsdag den 30. oktober kl. 09.30: Spørgsmålet »Hvornår er vi der?« går ud." in page
    assert "Der bliver mindet om" not in page  # nobody has been asked this week's question
    assert "Der har været pause for alle i 13 dage, siden" in world.posts(ORGANISERS_CHANNEL)[-1].text

    shown, _ = go_on(world)
    assert "planen rykker ikke" in shown  # this week's question can still go out
    assert "Det første, der går ud, er »Hvem skal med?« og overblik nr. 1." in shown
    world.play("2018-10-23 12:10")
    assert asked(world) == {1: 2 * PARTICIPANTS, 0: 2 * PARTICIPANTS}
    assert len(world.posts(DIGEST_CHANNEL)) == 1
    assert heard_of_it(world) == [1] * PARTICIPANTS


def test_a_pause_in_the_middle_of_a_question_stops_the_rest_of_it_until_somebody_goes_on(tmp_path: Path) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-10-09 09:45")  # some live an hour behind
        first = asked(world)[1]
        assert 0 < first < PARTICIPANTS
        pause(world)
        world.play("2018-10-10 12:00")  # longer than a question may be late
        assert asked(world)[1] == first
        go_on(world)
        world.play("2018-10-10 12:30")
        assert asked(world) == {1: PARTICIPANTS, 0: 3 * PARTICIPANTS}
        assert [notice.key for notice in world.outbox(MessageKind.NOTICE) if str(notice.key).startswith("missed:")] == []


@pytest.mark.asked
def test_after_four_weeks_of_pause_everybody_is_asked_each_question_once(world: RunningWorld) -> None:
    pause(world)
    world.play("2018-11-07 08:00")
    shown, said = go_on(world)
    assert "I uge 43 og 44 kom der ikke nogen spørgsmål ud" in shown
    assert lines_of(shown) == told_lines(world) == FOUR_WEEKS
    assert "Det første, der går ud, er »Hvem skal med?«." in shown
    assert "Planen er rykket, som du så den." in said
    assert rounds_in(world) == "until: 2018-11-20\nskip: {holidays: DK, weeks: [42, 43, 44]}"
    world.play("2018-11-20 10:45")
    assert asked(world) == {1: 4 * PARTICIPANTS}
    assert [notice.key for notice in world.outbox(MessageKind.NOTICE) if str(notice.key).startswith(("missed:", "unplaced:"))] == []


@pytest.mark.asked
def test_a_pause_outlives_the_process_and_a_second_one_knows_of_it(world: RunningWorld) -> None:
    pause(world)
    folder = world.folder
    world.local_bot.close()
    with running_world(folder) as again:
        again.play("2018-10-25 08:00")
        assert heard_of_it(again) == [1] * PARTICIPANTS
        assert asked(again)[1] == PARTICIPANTS
        shown, _ = go_on(again)
        assert "I uge 43 kom der ikke noget spørgsmål ud på grund af pausen." in shown
        assert lines_of(shown) == told_lines(again) == ONE_WEEK


@pytest.mark.asked
def test_where_the_file_cannot_be_written_the_dialogue_goes_on_and_the_last_question_has_no_place(world: RunningWorld) -> None:
    pause(world)
    world.play("2018-10-25 08:00")
    file = world.folder / "schedules" / "landsby.yaml"
    press_at_home(world, "go_on")
    file.rename(file.with_suffix(".away"))
    said = send(world)
    assert "until: 2018-11-13" in said
    file.with_suffix(".away").rename(file)
    world.player.settle()
    assert [str(notice.key)[:9] for notice in world.outbox(MessageKind.NOTICE) if str(notice.key).startswith("unplaced:")] == ["unplaced:"]
