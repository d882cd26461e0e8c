"""Weeks played as planned, on the real code and database, with the people whom each number counts.

People join, pause, leave, change roles and are erased; they answer, edit, delete and come too late; floors are raised and lowered in
between. Every number that a digest or a notice prints is mapped to the exact set of those it counts, by reading the tables and not by
asking the digest, and to the list that they stand on, which everybody knows. A number that nobody has mapped fails: whoever prints a new
one must say whom it counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select, update

from bot.confidentiality.encryption import decrypt_words
from bot.dialogue import people
from bot.dialogue.compose import record_claim
from bot.dialogue.data_rights import erasure
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.papers.agenda_paper import agenda_of, agenda_paper
from bot.dialogue.papers.page import page
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import record_of
from bot.dialogue.rounds import after_opening, replies
from bot.dialogue.season.report import draft_report
from bot.errors import Refused
from bot.models import (
    Authorship,
    Digest,
    DigestState,
    MessageKind,
    MessageState,
    OutboxMessage,
    PeopleList,
    Person,
    PersonState,
    Reply,
    Response,
    Round,
)
from bot.programme import Entry, Floors, Language, Question, Role, Slot, Text, Week
from bot.seam.actions import ResponseKind
from tests.support.numbers_read import numbers_in
from tests.support.programme import PROGRAMME, THEMES
from tests.support.world import DAY, OPENS, WEEK, at, close_of, post_of, rosters, week_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.dialogue.papers.record import Record
    from bot.programme import Programme
    from tests.support.world import World

Group: TypeAlias = "frozenset[object]"  # those whom a printed number counts: a person's answer to a week's theme is one of them
Place: TypeAlias = "tuple[str, ...]"

MOST_WEEKS = 5
WORDS = ("samarbejde", "travlhed", "struktur", "arbejdsro")
WORDS_OF_WISHES = ("pauser", "kurser")  # only those with a wish say them
SHARES = ("half", "all but one", "all", "all but four", "five", "eight", "seven", "four", "nobody")
AUDIENCES = ("all", "leaders", "variants", "with rest")
MORE_SHARES = (*SHARES, "all but nine", "a third", "a quarter")  # for marks and words
LATE = "Et svar, der kommer for sent."

NOT_PEOPLE: frozenset[Place] = frozenset(  # numbers of a digest that count no participants: politicians act in public
    {
        *(("number",), ("floor",), ("heard", "digest"), ("heard", "politicians"), ("since_last", "digest")),
        *(("ledger", "digest"), ("ledger", "digest_id"), ("ledger", "weeks"), ("ledger", "promise")),
        *(("before", "number"), ("report", "digests"), ("report", "questions")),
    },
)
SUMS: frozenset[Place] = frozenset({("weeks", "answers"), ("report", "weeks", "answers")})  # of printed numbers: `numbers_read.wrong_sums`
PEOPLE: frozenset[Place] = frozenset(  # mapped below
    {("themes", "people"), ("themes", "wishes"), ("themes", "words", "people"), ("themes", "wish_words", "people")},
)
NO_COUNTS = frozenset({"week", "year", "floor", "fewest"})  # values of a notice
ONLY_FLOORS = (  # notices whose `number` is a floor
    *("people.unwelcomed.many", "people.unwelcomed.few", "round.unsaid.few", "round.unsaid.some"),
)


@dataclass(kw_only=True)
class KnownList:
    """A list of those who are asked: who has stood on it, and how many at least. Everybody can look that up."""

    sizes: dict[Role, int] = field(default_factory=dict)
    group: set[object] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How many stand on the list."""
        return sum(self.sizes.values())


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A printed number: whom it counts, of which list, and of which other printed number. `floor`: no smaller number is printed."""

    number: int
    or_more: bool
    floor: int
    group: Group
    known: KnownList
    part_of: Figure | None = None
    share: str | None = None


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """One round: whom it asks of what, which shares of them answer, mark a wish and use each of the words, and what they do next."""

    theme: str
    audience: str
    answering: str
    wishing: str
    saying: tuple[str, ...]
    first: int  # who is the first of those who answer, and of those who do something else
    edits: int
    deletes: int
    unreached: int
    sharing: tuple[str, ...] = ()  # which shares of those with a wish use each of the words that only they say


@dataclass(frozen=True, kw_only=True)
class WeekPlan:
    """One week: its rounds, who comes and goes, and a floor that somebody sets before, between or after the openings."""

    rounds: tuple[RoundPlan, ...]
    joins: int
    unlisted: int
    leaves: int
    pauses: int
    role_changes: int
    floor: int
    edited: int  # before the round with this number
    deletes_later: int
    erased: int = 0  # in mid-week, and as many again after its digest
    said: str = ""  # what a politician says to its digest: a kind of response, or nothing


def share(named: str, those: Sequence[str], first: int = 0) -> list[str]:
    """So many of those, in a circle from the one with the number `first`."""
    everybody = len(those)
    sizes = {
        "nobody": 0,
        "four": 4,
        "five": 5,
        "seven": 7,
        "eight": 8,
        "half": everybody // 2,
        "a third": everybody // 3,
        "a quarter": everybody // 4,
    }
    number = sizes.get(named, everybody - {"all but nine": 9, "all but four": 4, "all but one": 1}.get(named, 0))
    start = first % everybody if everybody else 0
    return [*those[start:], *those[:start]][: max(number, 0)]


def with_questions(programme: Programme = PROGRAMME) -> Programme:
    """The programme with a question for every round that the weeks may have."""
    ask, days = Text(da="Hvad?", en="What?"), [(week, day) for week in range(1, MOST_WEEKS + 1) for day in (1, 2)]
    ids = ((theme, f"{theme}-{week}-{day}-{to}") for theme in THEMES for week, day in days for to in ("all", "leader", "rep"))
    return replace(programme, questions=tuple(Question(id=id_, theme=theme, ask=ask) for theme, id_ in ids))


def entry_of(week: int, day: int, plan: RoundPlan) -> Entry:
    """The entry of the programme that a round asks."""
    question = f"{plan.theme}-{week}-{day}"
    to_leaders, to_reps = (Role.LEADER, f"{question}-leader"), (Role.EMPLOYEE_REP, f"{question}-rep")
    by_role = {"all": (), "leaders": (to_leaders,), "variants": (to_leaders, to_reps), "with rest": (to_leaders,)}
    to_all = f"{question}-all" if plan.audience in {"all", "with rest"} else None
    return Entry(theme=plan.theme, all=to_all, by_role=by_role[plan.audience])


class PlannedWeeks:
    """A world whose weeks go by as planned. `figures`: the numbers that have been printed so far, by digests and notices."""

    def __init__(self, world: World, leaders: int, reps: int) -> None:
        self.world, self.session = world, world.session
        participants = {Role.LEADER: [f"L{n}" for n in range(leaders)], Role.EMPLOYEE_REP: [f"E{n}" for n in range(reps)]}
        self.lists = participants | {Role.ORGANISER: ["O0"]}
        self._list_sizes: set[int] = set()
        self.figures: list[Figure] = []
        self.erased = 0
        self._known: defaultdict[object, KnownList] = defaultdict(KnownList)
        self.issued: dict[int, str] = {}
        self.papers: list[tuple[Record, str]] = []  # each with what it is made of
        self.agendas: list[str] = []
        self._told: set[int] = set()
        self._read(OPENS - WEEK)

    def week(self, number: int, plan: WeekPlan) -> None:
        """One week, from its first question to its digest, and what is deleted after it."""
        opens_at = OPENS + WEEK * (number - 1)
        people.apply_role_changes(self.session, opens_at)
        people.end_pauses(self.session, opens_at)
        opened = [(self._open(number, day, planned, plan), planned) for day, planned in enumerate(plan.rounds, start=1)]
        asked = [(round_, planned) for round_, planned in opened if round_ is not None]
        rounds = [round_ for round_, _ in asked]
        self._come_and_go(opens_at + DAY, plan)
        for round_, planned in asked:
            self._answer(opens_at + 2 * DAY, round_, planned)
        self._silently_away(opens_at + 2 * DAY, plan)
        self._erase(opens_at + 2 * DAY, plan.erased)
        if rounds:
            self._close(number, rounds)
        self._delete_later(close_of(number) + DAY, rounds, plan)
        self._erase(close_of(number) + DAY, plan.erased)
        if number in self.issued and plan.said:
            self._respond(number, ResponseKind(plan.said))

    def end(self) -> None:
        """The season's report is drafted a week after the last close, and issued; pages and an agenda paper are made of everything."""
        last = self.session.scalar(select(Round).order_by(Round.opens_at.desc(), Round.id.desc()).limit(1))
        now = OPENS + WEEK * (MOST_WEEKS + 1)
        report = None if last is None else draft_report(self.session, now, self.world.programme, last, now + DAY)
        if report is not None:
            report.state, report.issued_at = DigestState.ISSUED, now + DAY
            self.session.flush()
            self.issued[MOST_WEEKS + 1] = json.dumps(content_of(report))
        digests = self.session.scalars(select(Digest).order_by(Digest.number)).all()
        records = [record_of(self.session, digest, self.world.programme) for digest in digests]
        self.papers = [(record, paper(record, language)) for record in records for language in Language for paper in (plain_page, page)]
        if digests:
            agenda = agenda_of(self.session, now + 2 * DAY, self.world.programme, digests)
            self.agendas = [agenda_paper(agenda, language) for language in Language]

    # --- what people do

    def _read(self, now: datetime) -> None:
        """The lists are read, and everyone new is welcomed."""
        self._list_sizes |= {len(listed) for listed in self.lists.values()}
        self.world.read(rosters(self.lists), now)
        self.world.welcome_all(now)
        self.session.flush()
        self.session.expire_all()

    def _open(self, week: int, day: int, planned: RoundPlan, plan: WeekPlan) -> Round | None:
        """A round opens, if its audience is let pass; its question reaches all but the first few."""
        if plan.edited == day:
            self.world.programme = replace(self.world.programme, floors=Floors(people=plan.floor))
        opens_at, slot = OPENS + WEEK * (week - 1) + DAY * (day - 1), Slot(week=Week.parse(week_of(week)), number=day)
        window = {"slot": slot, "opens_at": opens_at, "closes_at": close_of(week)}
        round_ = self.world.open(entry_of(week, day, planned), now=opens_at, moment_for=at(opens_at), **window)
        if round_ is not None:
            waiting = OutboxMessage.round_id == round_.id, OutboxMessage.state == MessageState.PENDING
            ids = self.session.scalars(select(OutboxMessage.id).where(*waiting).order_by(OutboxMessage.id)).all()
            self._sent(ids[planned.unreached :], opens_at)
            self._look_up(round_)
        return round_

    def _look_up(self, round_: Round) -> None:
        """Everybody can see who stands on the lists of the roles that a round asks: when it opens, and after they have changed.

        How long they are is what they were when last accepted: while a list is held those whom it has lost are asked as well.
        """
        accepted = {known.role: known.listed for known in self.session.scalars(select(PeopleList))}
        for namespace in ((round_.week, round_.theme), ("unreached", round_.id)):
            known = self._known[namespace]
            for role in map(Role, round_.snapshot["by_role"]):
                known.sizes[role] = min(accepted[role], known.sizes.get(role, accepted[role]))
                known.group |= {(*namespace, who) for who in self.lists[role]}

    def _sent(self, ids: Sequence[int], now: datetime) -> None:
        self.session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(state=MessageState.SENT, sent_at=now))

    def _come_and_go(self, now: datetime, plan: WeekPlan) -> None:
        """The lists change in mid-week; who is new gets the open question. Of a week without newcomers an organiser says it is right."""
        leaders, reps = self.lists[Role.LEADER], self.lists[Role.EMPLOYEE_REP]
        reps += [leaders.pop() for _ in range(min(plan.role_changes, len(leaders)))]
        del leaders[: plan.unlisted]
        leaders += [f"{now:J%m%d}-{number}" for number in range(plan.joins)]
        self._read(now)
        if plan.joins == 0:
            self.world.confirm_lists(now)
            self._read(now)
        for round_ in self.session.scalars(select(Round).where(Round.closed_at.is_(None))):
            self._look_up(round_)
        after_opening.queue_late_questions(self.session, now, self.world.programme)
        late = OutboxMessage.kind == MessageKind.QUESTION, OutboxMessage.state == MessageState.PENDING, OutboxMessage.due_at > now
        self._sent(self.session.scalars(select(OutboxMessage.id).where(*late)).all(), now + DAY)

    def _asked(self, round_: Round) -> list[str]:
        """Who has a question of the round and has not left."""
        asked = select(Person.address).join(OutboxMessage, OutboxMessage.person_id == Person.id).order_by(Person.id)
        here = OutboxMessage.round_id == round_.id, OutboxMessage.kind == MessageKind.QUESTION, Person.state != PersonState.LEFT
        return list(self.session.scalars(asked.where(*here)))

    def _answer(self, now: datetime, round_: Round, plan: RoundPlan) -> None:
        """So many answer; some of them change their answer, some delete it."""
        answering = share(plan.answering, self._asked(round_), plan.first)
        wishing = share(plan.wishing, answering)
        saying = {word: set(share(named, answering, place)) for place, (word, named) in enumerate(zip(WORDS, plan.saying, strict=True))}
        sharing = zip(WORDS_OF_WISHES, plan.sharing, strict=False)
        saying |= {word: set(share(named, wishing, 3 * place)) for place, (word, named) in enumerate(sharing)}
        for who in answering:
            text = " ".join(["Vi vil", *(word for word in saying if who in saying[word])])
            self._say(now, round_, who, text, wish=who in wishing)
        for who in answering[: plan.edits]:
            self._say(now, round_, who, "Alligevel vil vi noget andet", wish=who not in wishing)
        for who in answering[len(answering) - plan.deletes :] if plan.deletes <= len(answering) else []:
            replies.delete_my_reply(self.session, now, self.world.programme, who, round_.id)

    def _say(self, now: datetime, round_: Round, who: str, text: str, *, wish: bool) -> None:
        replies.record(self.session, now, self.world.programme, who, round_.id, text, wish=wish, quote=False)

    def _silently_away(self, now: datetime, plan: WeekPlan) -> None:
        """Some pause, some leave: it is theirs to decide, and nobody hears of it."""
        active = Person.state == PersonState.ACTIVE, Person.role.in_((Role.LEADER, Role.EMPLOYEE_REP))
        here = list(self.session.scalars(select(Person).where(*active).order_by(Person.id)))
        for person in here[: plan.leaves]:
            people.leave(self.session, now, person)
        for person in here[plan.leaves :][: plan.pauses]:
            people.pause(self.session, now, person, (now + 8 * DAY).date())
        self.session.flush()

    def _erase(self, now: datetime, number: int) -> None:
        """Some have everything about them deleted. They stand on the list all the same."""
        participants = Person.role.in_((Role.LEADER, Role.EMPLOYEE_REP))
        for who in self.session.scalars(select(Person.address).where(participants).order_by(Person.id.desc()).limit(number)).all():
            self.erased += erasure.erase(self.session, now, who)

    def _respond(self, week: int, kind: ResponseKind) -> None:
        """A politician answers the week's digest, or says what became of the promise that was made last."""
        promise = self.session.scalar(select(Response).where(Response.kind == ResponseKind.TAKE_UP).order_by(Response.id.desc()).limit(1))
        if kind is ResponseKind.DONE and promise is None:
            return
        told_of = promise if kind is ResponseKind.DONE else None
        digest = self.world.draft(week) if told_of is None else self.session.get_one(Digest, told_of.digest_id)
        response = self.world.add_response(digest, close_of(week) + 2 * DAY, kind=kind)
        response.promise_id = None if told_of is None else told_of.id
        response.due_on = (close_of(week) + 9 * DAY).date() if kind is ResponseKind.TAKE_UP else None
        self.session.flush()

    # --- what is printed

    def _close(self, week: int, opened: Sequence[Round]) -> None:
        """The week closes, whatever is said after it is refused, and its digest and notices are printed."""
        for round_ in opened:
            after_opening.close_round(self.session, close_of(week), round_)
            self._too_late(close_of(week), round_)
        drafted = self._issue(week)
        self.issued[week] = json.dumps(content_of(drafted))
        self.figures += self._counted_in(drafted)
        after_opening.report_unreached(self.session, close_of(week), self.world.programme)
        self.figures += self._told_of()

    def _issue(self, week: int) -> Digest:
        """The week's digest, posted with all that is recorded then: of which themes it tells what is wished."""
        drafted = self.world.draft(week)
        message = self.world.post(drafted, week)
        record_claim(self.session, self.world.programme, message)
        digest_review.mark_issued(self.session, post_of(week), message)
        self.session.refresh(drafted)
        return drafted

    def _too_late(self, now: datetime, round_: Round) -> None:
        for who in self._asked(round_)[:2]:
            try:
                self._say(now, round_, who, LATE, wish=True)
            except Refused:
                continue
            raise AssertionError("an answer after the close was taken")

    def _delete_later(self, now: datetime, rounds: Sequence[Round], plan: WeekPlan) -> None:
        for round_ in rounds:
            theirs = select(Person.address).join(Authorship, Authorship.person_id == Person.id).where(Authorship.round_id == round_.id)
            for who in self.session.scalars(theirs.order_by(Person.id).limit(plan.deletes_later)).all():
                replies.delete_my_reply(self.session, now, self.world.programme, who, round_.id)

    def _told_of(self) -> Iterator[Figure]:
        """Whom the numbers count that the organisers have been told since they were last looked at."""
        for notice in self.world.messages(MessageKind.NOTICE):
            if notice.id not in self._told:
                self._told.add(notice.id)
                yield from self._counted_by(notice)
        assert {size for hold in self.world.holds() for size in (hold.had, hold.has)} <= self._list_sizes

    def _counted_by(self, notice: OutboxMessage) -> Iterator[Figure]:
        said, values = notice.facts["say"], notice.facts["values"]
        for name, number in values.items():
            if not isinstance(number, int) or name in NO_COUNTS or (name == "number" and said in ONLY_FLOORS):
                continue
            if said in {"list.back", "list.grown"}:  # what stands on the list, whatever anybody does: organisers have it themselves
                assert number in self._list_sizes
                continue
            assert said in {"round.unsaid.many", "round.unsaid.or_more"}, f"nobody has said whom {name} in {said} counts"
            round_id = int(str(notice.key).removeprefix("unsaid:"))
            round_ = self.session.get_one(Round, round_id)
            yield Figure(
                number=number,
                or_more=said == "round.unsaid.or_more",
                floor=round_.snapshot["floors"]["people"],
                group=self._unreached(round_id),
                known=self._known["unreached", round_id],
            )

    def _unreached(self, round_id: int) -> Group:
        here = OutboxMessage.round_id == round_id, OutboxMessage.kind == MessageKind.QUESTION
        missed = select(OutboxMessage.address).where(*here, OutboxMessage.state.in_((MessageState.MISSED, MessageState.FAILED)))
        return frozenset(("unreached", round_id, address) for address in self.session.scalars(missed))

    def _counted_in(self, drafted: Digest) -> Iterator[Figure]:
        """Whom each number of a digest counts, as the tables have it now."""
        content: Any = content_of(drafted)
        unmapped = {names for place, _ in numbers_in(content) if (names := _names(place)) not in NOT_PEOPLE | PEOPLE | SUMS}
        assert not unmapped, f"nobody has said whom {unmapped} count"
        for theme in content["themes"]:
            if theme["people"] is not None:
                yield from self._figures_of(content, theme)

    def _figures_of(self, content: Any, theme: Any) -> Iterator[Figure]:
        namespace = content["week"], theme["theme"]
        said, of = list(_said(self.world, *namespace)), {"floor": content["floor"], "known": self._known[namespace]}
        everybody = frozenset((*namespace, who) for who, _, _ in said)
        answers = Figure(number=theme["people"], or_more="people_or_more" in theme, group=everybody, share=theme["participation"], **of)
        yield answers
        for word in theme["words"]:
            yield Figure(number=word["people"], or_more="or_more" in word, group=_users(said, namespace, word), part_of=answers, **of)
        if theme["wishes"] is None:
            assert "wish_words" not in theme
            return
        wishing = frozenset((*namespace, who) for who, wish, _ in said if wish)
        wishes = Figure(number=theme["wishes"], or_more="wishes_or_more" in theme, group=wishing, part_of=answers, **of)
        yield wishes
        for word in theme.get("wish_words", ()):
            assert word["word"] not in {own["word"] for own in theme["words"]}
            both = _users(said, namespace, word) & wishing - {(*namespace, who) for who, wish, _ in said if not wish}
            yield Figure(number=word["people"], or_more="or_more" in word, group=both, part_of=wishes, **of)


def _users(said: Sequence[tuple[str, bool, str]], namespace: tuple[str, str], word: Any) -> Group:
    """Those who have used a word."""
    return frozenset((*namespace, who) for who, _, text in said if word["word"].lower() in text.lower().split())


def _names(place: tuple[str | int, ...]) -> Place:
    return tuple(part for part in place if isinstance(part, str))


def _said(world: World, week: str, theme: str) -> Iterator[tuple[str, bool, str]]:
    """Who has answered a week's theme, whether with a wish, and in which words."""
    tied = select(Person.address, Reply).join(Authorship, Authorship.person_id == Person.id).join(Reply, Reply.id == Authorship.reply_id)
    for who, reply in world.session.execute(
        tied.join(Round, Round.id == Authorship.round_id).where(Round.week == week, Round.theme == theme)
    ):
        yield who, reply.wish, decrypt_words(world.session, reply)
