"""The chain of a programme: from each theme to what came of it, and what has lost its next link.

Theme → question → digest → wishes → political answer → the question that brought it. Nothing is stored for it: it is read from what each
link leaves anyway. A link that has lost the next is an orphan, and is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.dialogue.digests.digest_content import content_of, is_report, title_of, week_of
from bot.dialogue.digests.digest_pieces import NO_QUOTES_OF_THEME
from bot.dialogue.digests.findings import has_content
from bot.dialogue.digests.quote_selection import quotes_in_post
from bot.dialogue.responses.ledger import wishes
from bot.dialogue.responses.response_review import id_of_proposal, id_of_wish_question
from bot.dialogue.snapshot import programme_on_record
from bot.local_time import DAY
from bot.message_facts import AnswerFacts
from bot.models import Digest, DigestState, MessageKind, OutboxMessage, Response, ResponseState, Round
from bot.states import NOT_REACHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import ThemeFigures
    from bot.dialogue.responses.ledger import Wish
    from bot.dialogue.snapshot import ProgrammeOnRecord

LONGEST_WAIT: Final = 4 * DAY  # from a close to the posting of its digest: `check` lets no programme wait so long


class Way(StrEnum):
    """The way on which a political answer comes to participants."""

    QUESTION = "question"
    ALONE = "alone"  # as a message of its own
    WAITS = "waits"  # for the next question
    NOBODY = "nobody"  # it has reached nobody, though a question has gone out since
    UNRELEASED = "unreleased"  # it waits for the organisers


@dataclass(frozen=True, kw_only=True)
class AnswerLink:
    """A political answer, and the way on which it came to participants: the round whose question `brought` it.

    `asked`: the round that put to participants what the politician asks back.
    """

    response: Response
    digest: Digest
    way: Way
    brought: Round | None = None
    asked: Round | None = None


@dataclass(frozen=True, kw_only=True)
class WeekLink:
    """A week: its rounds, its digest, the entries of the ledger about it, and the answers to it.

    A season's report is a link without week and rounds.
    """

    week: str
    rounds: tuple[Round, ...]
    digest: Digest | None
    wishes: tuple[Wish, ...]
    answers: tuple[AnswerLink, ...]
    asked: Mapping[str, Round]  # by theme: the round that asked participants what they wish

    @property
    def has_ledger(self) -> bool:
        """Whether its digest is one whose wishes come into the ledger; older ones told only how many there are."""
        return self.digest is not None and "ledger" in content_of(self.digest)

    @property
    def only_counted(self) -> tuple[ThemeFigures, ...]:
        """The themes whose wishes the digest printed as a number, while the ledger has no entry for them."""
        if self.digest is None or self.digest.state is not DigestState.ISSUED:
            return ()
        in_ledger = {wish.theme for wish in self.wishes}
        themes = content_of(self.digest)["themes"]
        return tuple(theme for theme in themes if theme["wishes"] is not None and theme["theme"] not in in_ledger)


class Missing(StrEnum):
    """What an orphan has lost."""

    DIGEST = "digest"
    STATE = "state"
    PARTICIPANTS = "participants"
    ORIGIN = "origin"


@dataclass(frozen=True, kw_only=True)
class Orphan:
    """A link that has lost the one before or after it.

    A week without its digest, printed wishes without a state, a released answer that reached nobody, an answer to what is gone.
    """

    missing: Missing
    week: str = ""
    digest: int = 0  # its number
    theme: str = ""
    response: int = 0


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The weeks of a programme in their order, as they stood at a moment, and the orphans among its links."""

    programme: ProgrammeOnRecord
    read_at: datetime
    weeks: tuple[WeekLink, ...]
    orphans: tuple[Orphan, ...]


def chain(session: Session, programme_id: str, now: datetime) -> Chain:
    """The whole chain of a programme."""
    rounds = session.scalars(select(Round).where(Round.programme == programme_id).order_by(Round.opens_at, Round.id)).all()
    all_digests = session.scalars(select(Digest).where(Digest.programme == programme_id).order_by(Digest.number)).all()
    digests = {week_of(digest): digest for digest in all_digests if not is_report(digest)}
    programme = programme_on_record(session, programme_id)
    asked = {question: round_ for round_ in rounds for question in round_.snapshot["order"]}
    entries, answers = wishes(session, programme, now), _answers(session, programme_id, rounds, asked)
    weeks = tuple(
        WeekLink(
            week=week,
            rounds=tuple(round_ for round_ in rounds if round_.week == week),
            digest=digests.get(week),
            wishes=tuple(wish for wish in entries if wish.digest.week == week),
            answers=tuple(answer for answer in answers if answer.digest.week == week),
            asked=_wish_questions(digests.get(week), asked),
        )
        for week in sorted({*(round_.week for round_ in rounds), *digests})
    )
    weeks += tuple(_link_of_report(digest, answers) for digest in all_digests if is_report(digest))
    orphans = [*(orphan for week in weeks for orphan in _orphans(session, week, now)), *_of_what_is_gone(session)]
    return Chain(programme=programme, read_at=now, weeks=weeks, orphans=tuple(orphans))


def _link_of_report(report: Digest, answers: Sequence[AnswerLink]) -> WeekLink:
    of_report = tuple(answer for answer in answers if answer.digest is report)
    return WeekLink(week="", rounds=(), digest=report, wishes=(), answers=of_report, asked={})


def _wish_questions(digest: Digest | None, asked: Mapping[str, Round]) -> dict[str, Round]:
    themes = [] if digest is None else [theme["theme"] for theme in content_of(digest).get("themes", ())]
    return {theme: asked[id_] for theme in themes if digest is not None and (id_ := id_of_wish_question(digest, theme)) in asked}


def _answers(session: Session, programme_id: str, rounds: Sequence[Round], asked: Mapping[str, Round]) -> list[AnswerLink]:
    """The answers that organisers have not declined, in the order in which they were written."""
    said = select(Response, Digest).join(Digest, Digest.id == Response.digest_id).where(Digest.programme == programme_id)
    rows = session.execute(said.where(Response.state != ResponseState.DECLINED).order_by(Response.id)).all()
    reached, alone = _rounds_that_reached(session, programme_id, rounds), _answers_sent_alone(session, programme_id)
    return [_link(response, digest, rounds, reached, alone, asked) for response, digest in rows]


def _link(  # noqa: PLR0913, PLR0917 - an answer, and all that may follow it
    response: Response, digest: Digest, rounds: Sequence[Round], reached: set[int], alone: set[int], asked: Mapping[str, Round]
) -> AnswerLink:
    if response.released_at is None:
        return AnswerLink(response=response, digest=digest, way=Way.UNRELEASED)
    later = [round_ for round_ in rounds if round_.opens_at > response.released_at]
    brought = next((round_ for round_ in later if round_.id in reached), None)
    if brought is not None:
        way = Way.QUESTION
    elif response.id in alone:
        way = Way.ALONE
    else:
        way = Way.NOBODY if later else Way.WAITS
    return AnswerLink(response=response, digest=digest, way=way, brought=brought, asked=asked.get(id_of_proposal(response)))


def _rounds_that_reached(session: Session, programme_id: str, rounds: Sequence[Round]) -> set[int]:
    """The ids of the rounds whose question has reached somebody, or is about to. Of detached ones only a count is left."""
    questions = OutboxMessage.programme == programme_id, OutboxMessage.kind == MessageKind.QUESTION
    reached = session.scalars(select(OutboxMessage.round_id).where(*questions, OutboxMessage.state.not_in(NOT_REACHED)).distinct())
    return {id_ for id_ in reached if id_ is not None} | {round_.id for round_ in rounds if (round_.counts or {}).get("asked", 0) > 0}


def _answers_sent_alone(session: Session, programme_id: str) -> set[int]:
    """The ids of the answers that somebody has got in a message of its own, or is about to."""
    messages = OutboxMessage.programme == programme_id, OutboxMessage.kind == MessageKind.ANSWER, OutboxMessage.state.not_in(NOT_REACHED)
    return {AnswerFacts.read(facts).response for facts in session.scalars(select(OutboxMessage.facts).where(*messages))}


def _orphans(session: Session, link: WeekLink, now: datetime) -> Iterator[Orphan]:
    """The orphans of a week."""
    if link.digest is None:
        if now >= max(round_.closes_at for round_ in link.rounds) + LONGEST_WAIT:
            yield Orphan(missing=Missing.DIGEST, week=link.week)
        return
    number, quoted = link.digest.number, quotes_in_post(session, link.digest)
    for figures in link.only_counted if link.has_ledger else ():
        if has_content(figures, quoted.get(figures["theme"], NO_QUOTES_OF_THEME)):
            yield Orphan(missing=Missing.STATE, week=link.week, digest=number, theme=figures["theme"])
    for answer in link.answers:
        id_, theme = answer.response.id, answer.response.theme
        if answer.way is Way.NOBODY:
            yield Orphan(missing=Missing.PARTICIPANTS, week=link.week, digest=number, response=id_)
        if theme is not None and title_of(link.digest, theme) is None:
            yield Orphan(missing=Missing.ORIGIN, week=link.week, digest=number, theme=theme, response=id_)


def _of_what_is_gone(session: Session) -> list[Orphan]:
    """The answers to digests that are gone. Nobody can tell any more of which programme these were."""
    gone = select(Response.id).outerjoin(Digest, Digest.id == Response.digest_id).where(Digest.id.is_(None))
    return [Orphan(missing=Missing.ORIGIN, response=id_) for id_ in session.scalars(gone.order_by(Response.id))]
