"""Nothing handed to Slack tells one person of another: blocks, text, metadata and button values.

Property 16 (see `tests/confidentiality/properties.py`): a week is lived through the real platform, and every call that shows somebody
something is searched for ids, names, e-mails and handles of everybody else, for ids of replies and quotes, and for what others wrote.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.confidentiality.printed_form import as_printed
from bot.models import Authorship, Quote, Reply
from tests.support.programme import DIGEST_CHANNEL, ORGANISERS_CHANNEL
from tests.support.quoting import TEXTS
from tests.support.running_world import QUOTED, RunningWorld, running_world
from tests.support.slack_platform import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.push", "views.update", "views.publish")
FILES = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")
SHOWS_WHO_ACTED = (*SHOWS, *FILES, "ack", "response_url")
MARKED = 14


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week that was lived: the calls that showed something, to a place or to who acted, and what nobody may be told."""

    world: RunningWorld
    calls: list[dict[str, Any]]
    by_actor: dict[str, list[dict[str, Any]]]
    texts: dict[str, str]  # by participant
    ids: set[str]  # of replies, and of quotes' replies

    def to(self, place: str) -> str:
        """All that was ever put into a channel, or said to a person."""
        places = (place, self.world.local_bot.chat.dm_id(place))
        return _as_text([call for call in self.calls if call["args"].get("channel") in places])

    def names_of(self, *people: str) -> dict[str, str]:
        """All that these people can be found by → whose it is."""
        members = [member for member in self.world.local_bot.chat.members() if member.id in people]
        named = {named: member.id for member in members for named in (member.id, member.name, member.email, member.email.partition("@")[0])}
        return named | {self.world.local_bot.chat.dm_id(who): who for who in people}


def _as_text(calls: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(call["args"], ensure_ascii=False) for call in calls)


def text_of(number: int) -> str:
    return as_printed(f"{TEXTS[number % len(TEXTS)]} nu {100 + number}")


class Journal:
    """The calls that the platform has had so far."""

    def __init__(self, world: RunningWorld, path: Path) -> None:
        self._world, self._path, self._read = world, path, 0

    def new(self, methods: tuple[str, ...]) -> list[dict[str, Any]]:
        """Those since it was last asked, of these methods."""
        written = self._world.local_bot.workspace._journal._file
        assert written is not None
        written.flush()
        lines = self._path.read_text("utf-8").splitlines()
        fresh, self._read = lines[self._read :], len(lines)
        return [call for call in map(json.loads, fresh) if call["method"] in methods]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("payload")
    with running_world(folder, participants=QUOTED, journal=folder / "journal.jsonl") as world:
        yield play_week(world, Journal(world, folder / "journal.jsonl"))


def play_week(world: RunningWorld, journal: Journal) -> Week:
    """Everyone answers, many to be quoted; texts are reviewed, the digest is posted and answered, a quote is withdrawn."""
    chat, calls, by_actor = world.local_bot.chat, [], {}

    def acted(who: str) -> None:
        fresh = journal.new(SHOWS_WHO_ACTED)
        by_actor.setdefault(who, []).extend(call for call in fresh if "channel" not in call["args"])
        calls.extend(call for call in fresh if "channel" in call["args"])
        chat.dismiss(who)

    def played(moment: str) -> None:
        world.play(moment)
        calls.extend(journal.new(SHOWS))

    played("2018-10-09 10:40")
    texts = {who: text_of(number) for number, who in enumerate(world.participants)}
    for number, (who, text) in enumerate(texts.items()):
        assert world.reply(who, text, *(("wish", "quote") if number < MARKED else ())).ok
        acted(who)
    anna = world.participants[0]
    for action in ("my_replies", "my_data"):
        assert chat.press(anna, action).ok
        acted(anna)
    assert chat.open_home(anna).ok
    acted(anna)
    played("2018-10-12 10:01")
    with world.local_bot.database.look() as session:
        ids = {*session.scalars(select(Reply.id)), *session.scalars(select(Authorship.reply_id)), *session.scalars(select(Quote.reply_id))}
    world.approve_quotes()
    acted(world.organiser)
    world.approve()
    acted(world.organiser)
    played("2018-10-12 14:01")
    _politician_answers(world, acted)
    shown = next(who for who, text in texts.items() if text in world.posts(DIGEST_CHANNEL)[0].text)
    world.local_bot.chat.press(shown, "my_replies")
    view = chat.view(shown)
    assert view is not None
    assert chat.press(shown, "withdraw_quote", view_id=view.id).ok
    acted(shown)
    played("2018-10-23 10:40")
    return Week(world=world, calls=calls, by_actor=by_actor, texts=texts, ids={id_ for id_ in ids if id_})


def _politician_answers(world: RunningWorld, acted: Any) -> None:
    chat, politician = world.local_bot.chat, world.politician
    assert chat.press(politician, "heard", channel=DIGEST_CHANNEL).ok
    acted(politician)
    assert chat.press(politician, "respond_wishes", channel=DIGEST_CHANNEL).ok
    assert world.fill(politician, plain_text_input="Vi går med.", radio_buttons="free_text").ok
    acted(politician)
    assert chat.press(politician, "page", channel=DIGEST_CHANNEL).ok
    assert chat.press(politician, "page_file", view_id=world.view(politician).id).ok
    wait_until(lambda: any(message.files for message in world.messages(politician)))
    acted(politician)
    world.player.settle()
    assert chat.press(world.organiser, "release", channel=ORGANISERS_CHANNEL).ok
    acted(world.organiser)


def found(named: dict[str, str], shown: str) -> dict[str, str]:
    return {name: whose for name, whose in named.items() if name in shown}


def test_there_was_something_to_be_found(week: Week) -> None:
    marked = [text for text in week.texts.values() if text in _as_text(week.by_actor[week.world.organiser])]
    assert len(marked) == MARKED
    assert sum(text in week.to(DIGEST_CHANNEL) for text in week.texts.values()) == 3
    assert "Vi går med." in week.to(week.world.participants[-1])
    assert len(week.ids) == QUOTED
    assert {call["method"] for call in week.by_actor[week.world.politician]} >= set(FILES)


@pytest.mark.parametrize("channel", [DIGEST_CHANNEL, ORGANISERS_CHANNEL])
def test_in_channels_stands_nobody_and_of_what_they_wrote_only_what_was_approved(week: Week, channel: str) -> None:
    shown = week.to(channel)
    assert found(week.names_of(*week.world.participants), shown) == {}
    assert [id_ for id_ in week.ids if id_ in shown] == []
    assert {text for text in week.texts.values() if text in shown} <= {text_of(number) for number in range(MARKED)}


def test_in_the_organisers_channel_stands_no_word_of_an_answer_be_it_approved_or_not(week: Week) -> None:
    shown = week.to(ORGANISERS_CHANNEL)
    assert "citater er godkendt indtil nu" in shown
    assert [text for text in week.texts.values() if text in shown] == []


def test_who_reviews_or_answers_sees_nobody_in_any_window(week: Week) -> None:
    for who in (week.world.organiser, week.world.politician):
        shown = _as_text(week.by_actor[who])
        assert found(week.names_of(*week.world.participants), shown) == {}
        assert [id_ for id_ in week.ids if id_ in shown] == []
    unmarked = {text_of(number) for number in range(MARKED, QUOTED)}
    assert [text for text in unmarked if text in _as_text(week.by_actor[week.world.organiser])] == []
    quoted = {text for text in week.texts.values() if text in week.to(DIGEST_CHANNEL)}  # what politicians may answer by itself
    assert {text for text in week.texts.values() if text in _as_text(week.by_actor[week.world.politician])} <= quoted


def test_nobody_is_told_of_anybody_else(week: Week) -> None:
    everybody = [*week.world.participants, week.world.politician, week.world.organiser]
    for who in week.world.participants:
        said, windows = week.to(who), _as_text(week.by_actor[who])
        assert found(week.names_of(*(each for each in everybody if each != who)), said + windows) == {}
        assert [text for text in week.texts.values() if text in said] == []
        assert {text for text in week.texts.values() if text in windows} <= {week.texts[who]}
        assert [id_ for id_ in week.ids if id_ in said + windows] == []
