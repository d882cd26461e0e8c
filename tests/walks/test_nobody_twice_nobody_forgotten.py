"""Whatever happens to the process, the clock or the file: everyone is asked exactly once (promise 6.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models import MessageKind, MessageState
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.walks.hamlet import PARTICIPANTS, Hamlet, buttons, opened

if TYPE_CHECKING:
    from pathlib import Path


def asked(hamlet: Hamlet) -> set[int]:
    """How many messages that can be answered each participant has: a set of one number if all have the same."""
    return {len(hamlet.questions(person)) for person in hamlet.participants}


def test_a_restart_at_any_moment_asks_nobody_twice_and_forgets_nobody(tmp_path: Path) -> None:
    moments = ["2018-10-08 10:31", "2018-10-09 09:30", "2018-10-09 10:40", "2018-10-12 10:00", "2018-10-12 14:00"]
    for moment in moments:
        with opened(tmp_path) as hamlet:
            hamlet.play(moment)
    with opened(tmp_path) as hamlet:
        hamlet.play("2018-10-10 12:00")
        assert asked(hamlet) == {2}  # the question and the reminder
        assert len(hamlet.outbox(MessageKind.WELCOME)) == PARTICIPANTS
        assert len(hamlet.outbox(MessageKind.DRAFT)) == 1


def test_a_bot_that_was_away_over_the_hour_asks_when_it_is_back(tmp_path: Path) -> None:
    with opened(tmp_path) as hamlet:
        hamlet.play("2018-10-08 12:00")
        hamlet.local_bot.clock.move_to(datetime(2018, 10, 10, 6, 30, tzinfo=UTC))  # nobody played: the bot was down
    with opened(tmp_path) as hamlet:
        hamlet.player.settle()
        assert asked(hamlet) == {1}


def test_a_bot_that_was_away_for_two_days_says_so_and_the_question_takes_the_next_slot(tmp_path: Path) -> None:
    with opened(tmp_path) as hamlet:
        hamlet.play("2018-10-08 12:00")
        hamlet.local_bot.clock.move_to(datetime(2018, 10, 11, 8, tzinfo=UTC))
        hamlet.player.settle()
        assert asked(hamlet) == {0}
        assert any("uge 41" in post.text for post in hamlet.posts(ORGANISERS_CHANNEL))
        assert any("hvad-nu" in post.text for post in hamlet.posts(ORGANISERS_CHANNEL))  # no sending day is left for the last one
        hamlet.play("2018-10-23 10:40")
        assert asked(hamlet) == {1}
        assert "Hvor skal vi hen?" in hamlet.questions(hamlet.participants[0])[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [('at: "09:30"', 'at: "15:00"'), ("every: tuesday", "every: wednesday"), ("hvorhen, hvem-med", "hvem-med, hvorhen")],
    ids=["another hour", "another day", "another order"],
)
def test_moving_what_has_been_sent_asks_nobody_again(hamlet: Hamlet, before: str, after: str) -> None:
    hamlet.play("2018-10-09 10:40")
    hamlet.edit(before, after)
    hamlet.play("2018-10-11 12:00")
    assert asked(hamlet) == {1}
    hamlet.play("2018-11-10 12:00")
    asks = ["Hvor skal vi hen?", "Hvem skal med?", "Hvornår er vi der?", "Hvad nu?"]
    with_reminders = [sum(ask in text for text in hamlet.questions(hamlet.participants[0])) for ask in asks]
    assert with_reminders == [2, 2, 2, 2]


def test_a_bad_edit_keeps_the_old_programme_running_and_tells_the_organisers_the_place(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-08 12:00")
    hamlet.edit("every: tuesday", "every: tirsdag")
    told = hamlet.posts(ORGANISERS_CHANNEL)[-1].text
    assert "landsby.yaml:20:10" in told
    hamlet.play("2018-10-09 10:40")
    assert asked(hamlet) == {1}
    hamlet.edit("every: tirsdag", "every: tuesday")
    hamlet.edit('at: "09:30"', 'at: "11:00"')
    assert "3 spørgsmål" in hamlet.posts(ORGANISERS_CHANNEL)[-1].text


def test_the_same_mistake_made_again_is_told_again(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-08 12:00")
    for _ in range(2):
        hamlet.edit("every: tuesday", "every: tirsdag")
        hamlet.edit("every: tirsdag", "every: tuesday")
    assert sum("landsby.yaml:20:10" in post.text for post in hamlet.posts(ORGANISERS_CHANNEL)) == 2


def test_daylight_saving_ends_and_the_question_still_comes_at_the_same_hour(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-23 10:40")  # summer time
    hamlet.play("2018-10-30 10:40")  # winter time since Sunday
    sent = [m.due_at for m in hamlet.outbox(MessageKind.QUESTION) if m.person_id == hamlet.person(hamlet.leaders[0]).id]
    assert [moment.hour * 60 + moment.minute for moment in sent] == [450, 510]  # 09:30 in Randers, in UTC; the first is detached by now
    assert asked(hamlet) == {5}  # three questions and the reminders of the first two


def test_a_digest_without_an_answer_from_slack_is_held_and_never_sent_again_by_itself(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-12 10:01")
    hamlet.approve()
    hamlet.local_bot.workspace.faults.crash("chat.postMessage")  # a 500: it may have been posted, and was not
    hamlet.play("2018-10-12 17:00")
    (digest,) = hamlet.outbox(MessageKind.DIGEST)
    assert digest.state is MessageState.HELD
    hamlet.play("2018-10-15 17:00")
    assert hamlet.posts(DIGEST_CHANNEL) == []
    asking = hamlet.posts(ORGANISERS_CHANNEL)[-1]
    assert "nr. 1" in asking.text
    assert buttons(asking) == ["approve"]
    hamlet.approve()
    assert len(hamlet.posts(DIGEST_CHANNEL)) == 1
    assert not any("approve" in buttons(post) for post in hamlet.posts(ORGANISERS_CHANNEL))  # nobody can press it twice


def test_a_question_that_slack_took_without_answering_is_found_and_not_sent_again(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-08 12:00")
    hamlet.local_bot.workspace.faults.lose("chat.postMessage", times=3)
    hamlet.play("2018-10-09 12:00")
    assert asked(hamlet) == {1}
    assert {message.state for message in hamlet.outbox(MessageKind.QUESTION)} == {MessageState.SENT}


def test_slacks_brakes_delay_and_lose_nothing(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-08 12:00")
    hamlet.local_bot.workspace.faults.limit("chat.postMessage", times=4, retry_after=30)
    hamlet.play("2018-10-09 12:00")
    assert asked(hamlet) == {1}


def test_who_joins_later_gets_the_open_question_a_day_after_the_welcome(hamlet: Hamlet) -> None:
    newcomer = hamlet.leaders[0]
    group = hamlet.local_bot.chat.state.usergroups["S0LEADERS"]
    without = tuple(user for user in group.users if user != newcomer)
    hamlet.local_bot.chat.state.usergroups["S0LEADERS"] = type(group)(id=group.id, handle=group.handle, name=group.name, users=without)
    hamlet.play("2018-10-09 10:40")
    assert hamlet.messages(newcomer) == []
    hamlet.local_bot.chat.state.usergroups["S0LEADERS"] = group
    hamlet.play("2018-10-10 08:00")  # the lists are read each morning
    assert len(hamlet.messages(newcomer)) == 1
    assert hamlet.questions(newcomer) == []
    hamlet.play("2018-10-11 08:00")
    assert len(hamlet.questions(newcomer)) == 1
    assert hamlet.outbox(MessageKind.QUESTION)[-1].due_at - hamlet.person(newcomer).welcomed_at >= timedelta(hours=24)


def test_a_bot_that_comes_back_at_night_lets_people_sleep(hamlet: Hamlet) -> None:
    hamlet.play("2018-10-08 12:00")
    hamlet.local_bot.clock.move_to(datetime(2018, 10, 9, 20, tzinfo=UTC))  # ten in the evening in Randers
    hamlet.player.settle()
    assert asked(hamlet) == {0}
    hamlet.play("2018-10-10 08:10")
    assert asked(hamlet) == {1}
