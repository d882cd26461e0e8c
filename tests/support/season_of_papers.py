"""A season from its first question to its report, and everything of it that leaves the chat or is drawn.

Many answer in three weeks, some with quotes; one theme has too few answers; politicians promise, and leave wishes waiting. One person may
do something at one moment, so that all that is read at the end can be held against a season in which they did not.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.confidentiality.deletion import detaching
from bot.dialogue import people
from bot.dialogue.data_rights.erasure import erase
from bot.dialogue.digests.digest_reading import digest_as_it_stands
from bot.dialogue.papers.agenda_paper import agenda_of, agenda_paper
from bot.dialogue.papers.page import page
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of
from bot.dialogue.rounds import replies
from bot.dialogue.season.report import draft_report
from bot.models import Digest, Round
from bot.programme import Language
from bot.seam.actions import ResponseKind
from tests.support.quoting import TEXTS, mark_posted, post_digest, review_quotes
from tests.support.world import DAY, WEEK, World, close_of, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

LAST: Final = 3  # weeks
END: Final = close_of(LAST + 1)
ANSWERING: Final = (22, 24, 18)  # of those with the first numbers, by week
OF_FEW: Final = 3  # so many answer the other theme of the second week


class SeasonOfPapers:
    """The season's world. `one`: the person who does something; they answer in the first week only, and are quoted there if `quoted`."""

    def __init__(self, world: World, act: str, week: int, *, quoted: bool) -> None:
        self.world, self.session, self.act, self.week = world, world.session, act, week
        self.one, *self.people = world.add_people(49)
        self.quoted = quoted
        for number in range(1, LAST + 1):
            self._play(number)
        self._report()

    def _play(self, number: int) -> None:
        """One week with its digest; the act comes a day after it."""
        round_ = self.world.add_round(number)
        authors = self.people[: ANSWERING[number - 1]]
        if number == 1:
            authors.insert(0 if self.quoted else len(authors), self.one)
        self.world.add_questions(round_, authors)
        self.world.answer(round_, authors[: len(TEXTS)], len(TEXTS), texts=TEXTS, quote=True)
        self.world.answer(round_, authors[len(TEXTS) :], wishes=4)
        if number == LAST - 1:
            also = self.act == "answers a theme of few"
            self.world.answer(self.world.add_round(number, "time", day=2), self.people[30 : 30 + OF_FEW + also], wishes=2)
        digest = self.world.draft(number)
        review_quotes(self.world, digest)
        self._issue(digest, number)
        if number == 1:
            promise = self.world.add_response(digest, post_of(1) + DAY, "Vi ansætter to vikarer.", ResponseKind.TAKE_UP)
            promise.due_on = (post_of(1) + 10 * DAY).date()
        if number == self.week:
            self._do(post_of(number) + DAY)
        self.session.flush()
        self.session.expire_all()

    def _issue(self, digest: Digest, number: int) -> None:
        post_digest(self.world, digest, number)
        mark_posted(self.world, digest)
        digest.issued_at = post_of(number)
        self.session.flush()

    def _do(self, now: datetime) -> None:
        """What the one person does."""
        who, programme = self.one, self.world.programme
        first = self.session.scalars(select(Round).order_by(Round.id)).first()
        assert first is not None
        acts: dict[str, Callable[[], object]] = {
            "leaves": lambda: people.leave(self.session, now, who),
            "pauses": lambda: people.pause(self.session, now, who, (now + 8 * DAY).date()),
            "is erased": lambda: erase(self.session, now, who.address),
            "deletes their answer": lambda: replies.delete_my_reply(self.session, now, programme, who.address, first.id),
            "takes a quote back": lambda: replies.withdraw_quote(self.session, now, programme, who.address, first.id),
        }
        acts.get(self.act, lambda: None)()

    def _report(self) -> None:
        """The report is drafted a week after the last close, and issued."""
        last = self.session.scalars(select(Round).order_by(Round.opens_at.desc(), Round.id.desc())).first()
        assert last is not None
        report = draft_report(self.session, END, self.world.programme, last, post_of(LAST + 1))
        assert report is not None
        self._issue(report, LAST + 1)

    # --- what is read

    def digests(self) -> list[Digest]:
        """The digests and the report."""
        self.session.expire_all()
        return list(self.session.scalars(select(Digest).order_by(Digest.number)))

    def papers(self) -> dict[str, str]:
        """Everything that leaves the chat or is drawn, by what it is: texts with charts, pages, and records."""
        return dict(self._papers())

    def _papers(self) -> Iterator[tuple[str, str]]:
        for digest in self.digests():
            record = record_of(self.session, digest, self.world.programme)
            yield f"record {digest.number}", json.dumps(record, sort_keys=True, ensure_ascii=False, indent=1)
            for language in Language:
                name = f"{digest.number} {language.value}"
                yield f"text {name}", str(digest_as_it_stands(self.session, digest, language))
                yield f"page {name}", page(record, language)
                yield f"plain {name}", plain_page(record, language)
        agenda = agenda_of(self.session, END + 2 * DAY, self.world.programme, self.digests())
        for language in Language:
            yield f"agenda {language.value}", agenda_paper(agenda, language)

    def detach(self) -> None:
        """Long after the end nobody knows any more who wrote."""
        for round_ in self.session.scalars(select(Round)).all():
            detaching.detach(self.session, END + 8 * WEEK, round_)
        self.session.flush()


def papers_of(act: str = "", week: int = 1, *, quoted: bool = False) -> dict[str, str]:
    """The papers of a season in which one person does this, a day after the digest of the week with this number."""
    with separate_world() as world:
        return SeasonOfPapers(world, act, week, quoted=quoted).papers()
