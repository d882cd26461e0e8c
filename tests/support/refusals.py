"""One person's choices in a week of others, with backups before each choice that are put back.

Everything is real but the clock: handlers, database, list of deletions, backups, `restore`, and the start on an older database.
"""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

import handlers
from bot.app.age_of_database import is_behind_its_list
from bot.app.backup import backup_file, restoring
from bot.app.backup.restoring_on_server import restore_on_server
from bot.app.backup.since_then import bring_in_line
from bot.commands.backup import make_backup
from bot.confidentiality.encryption import KEYS_IN_SESSION, decrypt_words
from bot.confidentiality.printed_form import as_printed, part_of
from bot.database.places import place_of
from bot.dialogue import compose
from bot.dialogue.digests import digest_review, draft
from bot.dialogue.digests.quotes import fingerprint
from bot.dialogue.rounds import after_opening
from bot.errors import Refused
from bot.models import Authorship, Digest, DigestState, MessageKind, OutboxMessage, Person, PersonState, Quote, QuoteState, Reply, Round
from bot.programme import Entry, Slot, Week
from bot.seam.actions import CameBack, Erased, Left, Paused, QuoteWithdrawn, Replied, ReplyDeleted, ReplyFormWanted
from bot.seam.answers import ReplyForm
from bot.seam.meaning import Plain
from bot.seam.quote_actions import QuoteAgreed
from schedules.housekeeping import wipe
from tests.support.database import lose, open_database, unit_of_work
from tests.support.programme import PROGRAMME
from tests.support.quoting import TEXTS
from tests.support.running_world import database_in
from tests.support.server_databases import NOTE, is_on_server, put_back
from tests.support.world import CLOSES, DAY, OPENS, World, at, lists, post_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.database.unit_of_work import Database
    from bot.seam.actions import Action

WHO: Final = "L0"
FIRST, SECOND = "Jeg vil gerne fortælle om vores lange dage. Vi savner tid til at tænke.", "Nu skriver jeg noget helt andet om møderne."
BEGIN: Final = OPENS + timedelta(hours=1)
UNTIL: Final = (OPENS + 9 * DAY).date()
ACTS: Final[dict[str, dict[type[Action], dict[str, Any]]]] = {
    "answer": {Replied: {"text": FIRST, "quote": True, "wish": True}},
    "rewrite": {Replied: {"text": SECOND, "quote": True, "wish": True}},
    "untick quote": {Replied: {"text": FIRST, "wish": True}},
    "untick wish": {Replied: {"text": FIRST, "quote": True}},
    "choose a sentence": {QuoteAgreed: {"sentence": 1}},
    "take the quote back": {QuoteWithdrawn: {}},
    "delete": {ReplyDeleted: {}},
    "pause": {Paused: {"until": UNTIL}},
    "leave": {Left: {}},
    "come back": {CameBack: {}},
    "erase": {Erased: {}},
    "issue": {},
}
WAYS: Final = ("readable", "unreadable", "swapped")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Where somebody stands: their state (None: not here), pause, the text of their reply with its id and marks, and their quote."""

    state: PersonState | None
    paused_until: datetime | None = None
    reply: str = ""
    text: str | None = None
    quote: bool = False
    sentence: int | None = None  # of the text, if it is all that may be quoted
    wish: bool = False
    in_digest: bool = False
    issued: bool = False

    @property
    def away(self) -> bool:
        """Whether they chose not to be asked."""
        return self.state in {None, PersonState.LEFT, PersonState.PAUSED}


@dataclass
class Life:
    """A database with its list, in which somebody acts hour by hour; a backup is made before each act."""

    folder: Path
    now: datetime = BEGIN
    backups: list[Path] = field(default_factory=list)
    states: list[Chosen] = field(default_factory=list)
    was_older: bool = True

    @property
    def url(self) -> str:
        """The address of the database."""
        return database_in(self.folder)

    @property
    def place(self) -> Path:
        """Beside which path the database's other files stand."""
        return self.folder / place_of(self.url).name

    def database(self) -> Database:
        """The database, opened."""
        database = open_database(self.url)
        database.store.place = self.place
        return database

    def copied(self, folder: Path) -> Life:
        """The same in another folder, to be lived on there."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.backup", "*.snapshot"))
        life = Life(folder, now=self.now)
        for file in folder.glob(f"{self.place.name}.*"):  # on a server the copy has a name of its own
            file.rename(folder / file.name.replace(self.place.name, life.place.name))
        return life

    def snapshot(self, name: str) -> Path:
        """The machine or the server keeps a copy of the database, past the bot."""
        folder = self.folder / f"{name}.snapshot"
        folder.mkdir()
        shutil.copy(self.folder / (NOTE if is_on_server() else self.place.name), folder)
        database_in(folder)  # on a server it is copied now
        return folder

    def return_to(self, snapshot: Path) -> None:
        """The machine or the server puts the database back as it was."""
        if is_on_server():
            put_back(self.url, database_in(snapshot))
        else:
            shutil.copy(snapshot / self.place.name, self.place)

    def act(self, name: str) -> None:
        """Make a backup, then act; what is refused is not done."""
        self.now += timedelta(hours=1)
        self.backups.append(self.folder / f"{len(self.backups)}.backup")
        self.snapshot(self.backups[-1].stem)
        with closing(self.database()) as database:
            make_backup(database, self.backups[-1], self.now)
            self.states.append(chosen(database))
            self.now += timedelta(minutes=2)
            with suppress(Refused), unit_of_work(database) as session:
                self._do(session, name)
            wipe(database, self.now, quiet=True, at_once=True)

    def _do(self, session: Session, name: str) -> None:
        if name == "issue":
            self.now = issue(World(session))
        round_ = session.scalars(select(Round)).first()
        assert round_ is not None
        for kind, values in ACTS[name].items():
            where: dict[str, Any] = {"round": round_.id} if kind in {Replied, QuoteAgreed, QuoteWithdrawn, ReplyDeleted} else {}
            if kind is QuoteAgreed:
                where["seen"] = fingerprint(session, part_of(as_printed(FIRST), values["sentence"]) or "")
            if kind is Replied:  # its form is opened just before
                form = handlers.answer(ReplyFormWanted(who=WHO, round=round_.id), session, self.now, PROGRAMME)
                where["seen"] = form.seen if isinstance(form, ReplyForm) else None
            handlers.answer(kind(who=WHO, **where, **values), session, self.now, PROGRAMME)
            if kind is CameBack:
                World(session).read(SIZES, self.now)
                World(session).welcome_all(self.now)

    def put_back(self, backup: Path, way: str, folder: Path) -> Life:
        """The same installation in another folder, after this backup was put back in one of the `WAYS`."""
        life = self.copied(folder)
        life.now += timedelta(hours=1)
        if way == "swapped":
            life.return_to(backup.with_suffix(".snapshot"))
            with closing(life.database()) as database:
                with database.look() as session:
                    life.was_older = is_behind_its_list(session, database)
                bring_in_line(database, life.now, [PROGRAMME])
            return life
        with closing(life.database()) as database:
            if way == "unreadable":
                lose(database)
            held_back = restore(database, backup, life.now)
        assert (held_back is None) == (way == "readable")
        return life


def restore(database: Database, backup: Path, now: datetime) -> int | None:
    """What `restore` does, for no programme; how many digests are held, if nobody knows which were posted."""
    found = backup_file.identify(backup)
    assert found is not None
    moments: dict[str, datetime] = {"now": now, "destroy_by": now}
    if database.file is None:
        return restore_on_server(found, database, database.carried[KEYS_IN_SESSION], **moments, programmes=tuple)
    return restoring.restore(found, database.file, database.carried[KEYS_IN_SESSION], **moments, programmes=tuple)


SIZES: Final = lists(leaders=32, reps=12)


def begin(folder: Path) -> Life:
    """A week in which eight others have marked what they wrote, and one person has answered and marked their text too."""
    life = Life(folder)
    with closing(life.database()) as database:
        with unit_of_work(database) as session:
            world = World(session)
            world.populate(leaders=32, reps=12)
            round_ = world.open_and_ask()
            authors = [world.person(f"L{number}") for number in range(1, 13)]
            world.answer(round_, authors, wishes=12, texts=TEXTS, quote=True)
            life._do(session, "answer")
        wipe(database, life.now, quiet=True, at_once=True)
    return life


def chosen(database: Database) -> Chosen:
    """Where the person stands in this database."""
    with database.look() as session:
        person = session.scalars(select(Person).where(Person.address == WHO)).one_or_none()
        if person is None:
            return Chosen(state=None)
        select_own = select(Reply).join(Authorship, Authorship.reply_id == Reply.id).where(Authorship.person_id == person.id)
        reply = session.scalars(select_own).one_or_none()
        stand = {"state": person.state, "paused_until": person.paused_until, "issued": _is_issued(session)}
        if reply is None:
            return Chosen(**stand)
        quoted = session.scalar(select(Quote.id).where(Quote.reply_id == reply.id)) is not None
        words = {
            "reply": reply.id,
            "text": decrypt_words(session, reply),
            "quote": reply.quote,
            "wish": reply.wish,
            "sentence": reply.sentence,
        }
        return Chosen(**stand, **words, in_digest=quoted)


def _is_issued(session: Session) -> bool:
    return session.scalar(select(Digest.id).where(Digest.state == DigestState.ISSUED)) is not None


def issue(world: World) -> datetime:
    """The week closes; its digest is drafted, every quote approved, and posted."""
    round_ = world.session.scalars(select(Round)).one()
    if after_opening.close_round(world.session, CLOSES, round_):
        world.draft(1)
    digest = world.session.scalars(select(Digest)).one()
    if digest.state is not DigestState.ISSUED:
        for quote in world.session.scalars(select(Quote)).all():
            quote.state = QuoteState.APPROVED
        message = world.post(digest)
        compose.record_claim(world.session, world.programme, message)
        digest_review.mark_issued(world.session, post_of(1), message)
    return post_of(1)


def read_lists(life: Life) -> None:
    """The lists are read, and whoever is invited is welcomed."""
    with closing(life.database()) as database, unit_of_work(database) as session:
        world = World(session)
        world.read(SIZES, life.now)
        world.confirm_lists(life.now)
        world.read(SIZES, life.now)
        world.welcome_all(life.now)


def put_to_reviewers(life: Life) -> set[str]:
    """What a week that is closed and drafted now puts to the reviewers, or has put."""
    with closing(life.database()) as database, unit_of_work(database) as session:
        round_ = session.scalars(select(Round)).one()
        if after_opening.close_round(session, CLOSES, round_):
            draft.draft_digest(session, CLOSES, PROGRAMME, round_.week, post_of(1))
        quoted = session.scalars(select(Reply).join(Quote, Quote.reply_id == Reply.id)).all()
        return {decrypt_words(session, reply) for reply in quoted}


def is_asked(life: Life) -> bool:
    """Whether the next round's question is put for the person."""
    with closing(life.database()) as database, unit_of_work(database) as session:
        slot, opens = Slot(week=Week(year=2018, number=35), number=1), OPENS + 7 * DAY
        window = {"slot": slot, "opens_at": opens, "closes_at": CLOSES + 7 * DAY, "moment_for": at(opens)}
        round_ = World(session).open(Entry(theme="time", all="to-the-rest"), now=opens, **window)
        assert round_ is not None, World(session).notices()
        asked = select(OutboxMessage.address).where(OutboxMessage.round_id == round_.id)
        return WHO in session.scalars(asked).all()


def told(life: Life) -> list[str]:
    """What the person is told of marks and texts that are void, at a working hour of the next day."""
    with closing(life.database()) as database, unit_of_work(database) as session:
        messages = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == MessageKind.MARKS_VOID, OutboxMessage.address == WHO)
        ).all()
        said = [compose.compose(session, OPENS + 20 * DAY, PROGRAMME, message) for message in messages]
        return [meaning.paragraphs[0] for meaning in said if isinstance(meaning, Plain)]
