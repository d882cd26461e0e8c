"""What is kept about somebody who cannot open the chat is written to a file, and they are told; of whoever can, it is not."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from bot.__main__ import front_door, main
from bot.clock import MovableClock
from bot.confidentiality.encryption import new_key
from bot.dialogue.compose import compose
from bot.dialogue.data_rights import told_of_showing
from bot.dialogue.data_rights.my_data import my_data
from bot.dialogue.outbox import cancel_messages
from bot.errors import KeyFault, SetupFault
from bot.local_time import day_only
from bot.models import AuditAct, AuditEntry, Authorship, LeftBy, MessageKind, OutboxMessage, Person, PersonState
from bot.platforms.slack.manifest import manifest
from bot.seam.meaning import Plain
from bot.workspace.client.person import ChatClient
from bot.workspace.state.members import Member, Population
from schedules import housekeeping
from tests.commands.test_backup import DAY, ERASED, LATER, MADE, host
from tests.support.database import unit_of_work
from tests.support.faults import refuses
from tests.support.local_slack import serve
from tests.support.programme import PROGRAMME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    from tests.commands.test_backup import SlackInstallation

__all__ = ["host"]
OPEN, CLOSED, NOBODY = "U0OPEN", "U0CLOSED", "U0GONE"


@pytest.fixture(autouse=True)
def _no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)


@pytest.fixture(autouse=True)
def slack(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A workspace in which one of two accounts is closed; both answered the first question."""
    members = (
        Member(id=CLOSED, name="Prøve 1", email="1@example.org", deleted=True),
        Member(id=OPEN, name="Prøve 2", email="2@example.org"),
    )
    with serve(ChatClient(Population(members=members), MovableClock(MADE)), manifest(), limits=False) as workspace:
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local-made-up-0001")
        monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-local-made-up-0001")
        monkeypatch.setenv("SLACK_API_URL", f"{workspace.address}api/")
        monkeypatch.setenv("DATABASE_URL", host.url)  # no folder is looked for
        with closing(host.database()) as database, unit_of_work(database) as session:
            ids = session.scalars(select(Authorship.person_id)).all()
            for id_, address in zip(ids, (CLOSED, OPEN), strict=False):
                session.execute(update(Person).where(Person.id == id_).values(address=address))
        yield


def show(host: SlackInstallation, who: str, *options: str, to: str = "out.txt") -> Result:
    host.now = LATER
    given = ["show", "--to", to, *options]
    return CliRunner().invoke(front_door(("show",)), given, input=f"{who}\n", catch_exceptions=False)


def told(host: SlackInstallation) -> list[str]:
    return [str(address) for address, kind in host.rows(OutboxMessage.address, OutboxMessage.kind) if kind is MessageKind.SHOWN]


def noted(host: SlackInstallation) -> list[object]:
    return [at for act, at in host.rows(AuditEntry.act, AuditEntry.at) if act is AuditAct.PERSON_SHOWN]


def test_of_a_closed_account_all_is_written_that_the_window_would_show(host: SlackInstallation) -> None:
    done = show(host, CLOSED)
    file = Path("out.txt")
    assert (done.exit_code, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    with closing(host.database()) as database, database.look() as session:
        data = my_data(session, PROGRAMME, CLOSED)
    text = file.read_text("utf-8")
    lines = [line for part in data.parts if part.heading != data.parts[0].heading for line in part.lines]
    assert data.note not in text, "in a file there is no button, and others have had it"
    assert "Her er alt, hvad Eftertanke har gemt om dig den 24. august 2018." in text
    assert len(lines) > 10
    own = [line for part in data.parts[1:3] for line in part.lines]
    assert [line for line in own if line not in text] == []
    assert (noted(host), told(host)) == ([day_only(LATER)], [CLOSED]), "it may be another workspace that says that it is closed"


def test_whoever_can_open_the_chat_is_refused_and_nothing_is_noted(host: SlackInstallation) -> None:
    with refuses(SetupFault, match="may be able to open the chat and read it all under “All about me”"):
        show(host, OPEN)
    assert (Path("out.txt").exists(), noted(host), told(host)) == (False, [], [])


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api/", None])
def test_where_slack_cannot_be_asked_the_operators_word_is_needed(
    host: SlackInstallation, monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    if url is None:
        for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL"):
            monkeypatch.delenv(name)
    else:
        monkeypatch.setenv("SLACK_API_URL", url)
    with refuses(SetupFault, match="type --no-chat"):
        show(host, CLOSED)
    assert show(host, CLOSED, "--no-chat").exit_code == 0
    assert told(host) == [CLOSED]


def test_on_the_operators_word_it_is_written_and_the_person_is_told_once_a_day(host: SlackInstallation) -> None:
    for number in range(2):
        assert "is told there" in show(host, OPEN, "--no-chat", to=f"{number}.txt").stdout
    assert (told(host), noted(host)) == ([OPEN], [day_only(LATER)])
    with closing(host.database()) as database, database.look() as session:
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MessageKind.SHOWN)).one()
        said = compose(session, message.due_at, PROGRAMME, message)
        assert message.expires_at == message.due_at + told_of_showing.LASTS
    assert isinstance(said, Plain)
    assert "skrevet alt, hvad jeg har gemt om dig, i en fil" in said.paragraphs[0]
    assert "databeskyttelsesrådgiver (DPO)" in said.paragraphs[1]


def test_what_is_printed_and_refused_is_the_same_whoever_takes_part_and_whatever_they_did(host: SlackInstallation) -> None:
    def left(**values: object) -> None:
        with closing(host.database()) as database, unit_of_work(database) as session:
            session.execute(update(Person).where(Person.address == OPEN).values(**values))

    seen = [show(host, NOBODY, "--no-chat", to="0.txt").stdout]
    for number, values in enumerate(
        (
            {},
            {"state": PersonState.LEFT, "left_by": LeftBy.SELF},
            {"state": PersonState.LEFT, "left_by": LeftBy.LIST},
            {"state": PersonState.PAUSED},
        ),
        1,
    ):
        left(**values) if values else None
        seen.append(show(host, OPEN, "--no-chat", to=f"{number}.txt").stdout.replace(f"{number}.txt", "0.txt"))
        for who in (OPEN, NOBODY):
            with refuses(SetupFault, match="may be able to open the chat"):
                show(host, who, to="other.txt")
    host.run("erase", OPEN)
    seen.append(show(host, OPEN, "--no-chat", to="9.txt").stdout.replace("9.txt", "0.txt"))
    assert len(set(seen)) == 1


def test_it_is_told_also_to_whoever_leaves_meanwhile_and_the_row_goes_in_time(host: SlackInstallation) -> None:
    show(host, OPEN, "--no-chat")
    with closing(host.database()) as database, unit_of_work(database) as session:
        cancel_messages(session, LATER, session.scalars(select(Person.id).where(Person.address == OPEN)).all())
    assert told(host) == [OPEN]
    with closing(host.database()) as database:
        with unit_of_work(database) as session:
            session.execute(update(OutboxMessage).where(OutboxMessage.kind == MessageKind.SHOWN).values(state="sent"))
        for days, left in ((20, [OPEN]), (40, [])):
            housekeeping.run_until_done(database, housekeeping.delete_expired_rows, LATER + days * DAY)
            assert told(host) == left


def test_that_somebody_is_to_be_told_survives_a_restore(host: SlackInstallation) -> None:
    host.run("backup", "copy.sqlite", at=MADE)
    show(host, OPEN, "--no-chat")
    host.run("restore", "copy.sqlite", at=LATER + timedelta(hours=1))
    assert (told(host), noted(host)) == ([OPEN], [day_only(LATER)])


def test_in_a_backup_nobody_is_shown_since_the_note_would_be_lost_with_it(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    host.run("backup", "copy.sqlite", at=MADE)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{host.folder / 'copy.sqlite'}")
    with refuses(SetupFault, match=r"copy\.sqlite is a backup"):
        show(host, OPEN, "--no-chat")
    assert not Path("out.txt").exists()


def test_what_stands_in_the_way_is_said_before_anything_is_noted(host: SlackInstallation, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.txt").write_text("something else")
    with refuses(SetupFault, match=r"out\.txt is there already"):
        show(host, CLOSED)
    with refuses(SetupFault, match="There is no folder nowhere"):
        show(host, CLOSED, to="nowhere/out.txt")
    monkeypatch.setenv("EFTERTANKE_KEY", new_key())
    with refuses(KeyFault, match="missing"):
        show(host, CLOSED, to="other.txt")
    assert (Path("out.txt").read_text(), Path("other.txt").exists(), noted(host)) == ("something else", False, [])


def test_where_no_file_can_be_made_nothing_is_noted_and_nobody_told(host: SlackInstallation) -> None:
    with pytest.raises(OSError, match="nofile"):
        show(host, OPEN, "--no-chat", to="/proc/nofile")
    assert (noted(host), told(host)) == ([], [])


def test_the_terminal_is_no_file_to_write_to(host: SlackInstallation) -> None:
    for device in ("/dev/stdout", "/dev/tty", "/dev/null"):
        with refuses(SetupFault, match="is there already"):
            show(host, CLOSED, to=device)


# --- a person's id


def interrupt(process: subprocess.Popen[bytes], _terminal: int) -> None:
    process.send_signal(signal.SIGINT)


@pytest.mark.parametrize("typed", ["anna", "", "U1;x", "anna@example.org", "u00001"])
def test_what_is_no_id_is_never_repeated(host: SlackInstallation, typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["show", "--to", "out.txt", "--language", "en", *([typed] if typed else ["-"])])
    said = capsys.readouterr().err
    assert "starts with U or W" in said
    assert not typed or typed not in said


def test_an_id_on_the_command_line_works_with_a_remark_and_one_from_the_input_without(host: SlackInstallation) -> None:
    from_input = CliRunner().invoke(front_door(("erase",)), ["erase"], input=f"  {NOBODY} \r\nmore\n", catch_exceptions=False)
    given = CliRunner().invoke(front_door(("erase",)), ["erase", NOBODY], catch_exceptions=False)
    assert (from_input.exit_code, from_input.stderr, given.exit_code) == (0, "", 0)
    assert "stays in the command line's history" in given.stderr
    assert from_input.stdout == given.stdout
    assert ERASED in host.said()


@pytest.mark.parametrize(("answer", "code"), [(lambda process, terminal: os.write(terminal, f"{NOBODY}\n".encode()), 0), (interrupt, 130)])
def test_on_a_terminal_the_id_is_asked_for_and_ctrl_c_ends_it_quietly(
    host: SlackInstallation, root: Path, answer: Callable[[subprocess.Popen[bytes], int], object], code: int
) -> None:
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "bot", "erase", "--language", "en"]
    streams = {"stdin": inside, "stdout": subprocess.PIPE, "stderr": inside}
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(root)}, **streams) as process:
        os.close(inside)
        said = b""
        while b"member ID in Slack:" not in said:
            said += os.read(terminal, 1000)
        answer(process, terminal)
        assert process.wait(20) == code
    os.close(terminal)
    assert said.decode().strip() == "The person's member ID in Slack:"
