"""Drafts the digest of a closed week: counts its answers and freezes the figures.

It counts people, never replies, and prints no number under the floors. A theme that too few answered looks exactly like one that nobody
answered. Nothing that happens later changes a digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, func, select

from bot.confidentiality import floors
from bot.database.insert_once import write_once
from bot.database.look_ahead import announce_change
from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import (
    answers_of_week,
    checksum,
    content_of,
    is_report,
    people_of,
    sum_of_answers,
    title_of,
    week_of,
    wishes_of,
)
from bot.dialogue.digests.word_counts import PrintedTheme, words_of_week
from bot.dialogue.list_sizes import lists_changed
from bot.dialogue.responses import ledger
from bot.dialogue.responses.echoes import PostedQuotes
from bot.dialogue.snapshot import floors_in, size_of_lists
from bot.models import (
    Authorship,
    Digest,
    DigestState,
    HeardBy,
    Reply,
    Response,
    ResponseState,
    Round,
)
from bot.seam.meaning import MOST_CHART_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import AnswerSinceLast, Comparison, Content, ThemeFigures, WeekAnswers
    from bot.programme import Floors, Programme

THEMES_SHOWN = 2
SMALLEST_DIFFERENCE = 10  # answers; less is "about as many"


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """The exact numbers of people who answered one theme and who marked a wish; never shown as they are."""

    people: int = 0
    wishes: int = 0


@dataclass(frozen=True, kw_only=True)
class _Week:
    """A closed week: its rounds by theme (in the order of asking), and the exact figures of each theme."""

    rounds: Sequence[Round]
    by_theme: Mapping[str, Sequence[Round]]
    counts: Mapping[str, _Counts]
    floors: Floors  # those that held when the rounds opened

    @classmethod
    def of(cls, session: Session, programme: Programme, rounds: Sequence[Round]) -> _Week:
        """The week of these rounds, which are all it has; several rounds on one theme count as one."""
        by_theme: dict[str, list[Round]] = {}
        for round_ in rounds:
            by_theme.setdefault(round_.theme, []).append(round_)
        wishing = case((Reply.wish, Authorship.person_id))
        select_answers = (  # somebody who answered two rounds on one theme counts once
            select(Round.theme, func.count(Authorship.person_id.distinct()), func.count(wishing.distinct()))
            .join(Authorship, Authorship.round_id == Round.id)
            .join(Reply, Reply.id == Authorship.reply_id)
            .where(Round.id.in_([round_.id for round_ in rounds]))
            .group_by(Round.theme)
        )
        counts = {theme: _Counts(people=people, wishes=wishes) for theme, people, wishes in session.execute(select_answers)}
        counts_of_themes = {theme: counts.get(theme, _Counts()) for theme in by_theme}
        return cls(rounds=rounds, by_theme=by_theme, counts=counts_of_themes, floors=floors_in(programme, *rounds))

    def ids(self, theme: str) -> list[int]:
        """The ids of a theme's rounds."""
        return [round_.id for round_ in self.by_theme[theme]]


def draft_digest(session: Session, now: datetime, programme: Programme, week: str, post_at: datetime) -> Digest | None:
    """The digest of a closed week (`2018-W34`), drafted the first time it is asked for.

    None if the week had no round, or one is still open.
    """
    select_rounds = select(Round).where(Round.programme == programme.id, Round.week == week).order_by(Round.day)
    rounds = session.scalars(select_rounds).all()
    if not rounds or any(now < round_.closes_at for round_ in rounds):
        return None
    if digest_of_week(session, programme.id, week) is None:
        announce_change(session)
        _write_digest(session, now, programme, _Week.of(session, programme, rounds), post_at)
    return digest_of_week(session, programme.id, week)


def digest_of_week(session: Session, programme_id: str, week: str) -> Digest | None:
    """The digest of a week, if it has been drafted."""
    return session.scalar(select(Digest).where(Digest.programme == programme_id, Digest.week == week))


def _write_digest(session: Session, now: datetime, programme: Programme, week: _Week, post_at: datetime) -> None:
    """Store the draft and offer its quotes to the reviewers, unless another process was first."""
    content = _content(session, now, programme, week, post_at)
    counts = _add_words(session, programme, week, content["themes"])  # before the checksum is taken
    is_uncertain = any(round_.uncertain for round_ in week.rounds)
    row = {
        "programme": content["programme"],
        "week": content["week"],
        "number": content["number"],
        "state": DigestState.HELD if is_uncertain else DigestState.IN_REVIEW,
        "uncertain": is_uncertain,
        "counts": counts,
        "content": content,
        "checksum": checksum(content),
        "drafted_at": now,
        "post_at": post_at,
    }
    digest = digest_of_week(session, content["programme"], content["week"]) if write_once(session, Digest, [row]) else None
    if digest is not None:
        _offer_quotes(session, now, programme, week, digest)


def _add_words(session: Session, programme: Programme, week: _Week, themes: Sequence[ThemeFigures]) -> dict[str, int]:
    """Add to each printed theme its words; returns the counts of words to keep for later digests."""
    themes_to_print = {
        theme["theme"]: PrintedTheme(
            rounds=week.ids(theme["theme"]),
            asks=[text for ask in theme["asks"] for text in (ask["da"], ask["en"])],
            people=people,
            wishes=wishes_of(theme),
        )
        for theme in themes
        if (people := people_of(theme)) is not None
    }
    words = words_of_week(session, programme, themes_to_print, week.floors)
    for theme in themes:
        if theme["theme"] in words.printed:
            theme["words"] = words.printed[theme["theme"]]
        if words.of_wishes.get(theme["theme"]):
            theme["wish_words"] = words.of_wishes[theme["theme"]]
    return words.kept


def _offer_quotes(session: Session, now: datetime, programme: Programme, week: _Week, digest: Digest) -> None:
    """Offer the quotes of printed themes to the reviewers; a suppressed theme has no influence at all."""
    themes = [theme["theme"] for theme in content_of(digest)["themes"] if theme["people"] is not None]
    numbers = [
        quotes.offer_for_review(
            session,
            programme,
            digest,
            theme=theme,
            rounds=week.ids(theme),
            people=week.counts[theme].people,
            listed=size_of_lists(*week.by_theme[theme]),
            lowest=week.floors,
        )
        for theme in themes
    ]
    if any(numbers):
        quotes.tell_reviewers(session, now, programme, digest)


def _content(session: Session, now: datetime, programme: Programme, week: _Week, post_at: datetime) -> Content:
    themes = [_figures(week, theme) for theme in week.by_theme]
    # By printed figures only, so that a suppressed theme weighs exactly what silence weighs.
    most_answered = sorted(themes, key=lambda theme: -(theme["people"] or 0))[:THEMES_SHOWN]
    themes_shown = [theme for theme in themes if theme in most_answered]
    last = latest_digest(session, programme.id)
    issued = latest_digest(session, programme.id, Digest.state == DigestState.ISSUED)
    # Politicians act in public, so their number is exact and has no floor.
    politicians = session.scalar(select(func.count()).where(HeardBy.digest_id == issued.id)) if issued else None
    last_weekly = latest_digest(session, programme.id, Digest.week.is_not(None))  # a season's report tells no answers
    since = None if last_weekly is None else last_weekly.drafted_at
    changed = lists_changed(session, programme.id, since, now)
    content: Content = {
        "programme": programme.id,
        "title": {"da": programme.title.da, "en": programme.title.en},
        "number": 1 if last is None else last.number + 1,
        "week": week.rounds[0].week,
        "floor": week.floors.people,
        "themes": themes_shown,
        "also_asked": [theme["title"] for theme in themes if theme not in themes_shown],
        "compared": None if issued is None else compare_answers(themes_shown, content_of(issued)["themes"]),
        "heard": {"digest": issued.number, "politicians": politicians} if issued and politicians else None,
        "since_last": _responses_since(session, now, programme.id, last_weekly),
        "ledger": ledger.fates(session, now, programme, since=since, post_at=post_at),
    }
    if programme.digest.committee is not None:
        content["committee"] = {"da": programme.digest.committee.da, "en": programme.digest.committee.en}
    if changed:
        content["lists_changed"] = changed
    if weeks := _weeks_to_compare(session, content):
        content["weeks"] = weeks
    add_link(content, last)
    return content


def _weeks_to_compare(session: Session, content: Content) -> list[WeekAnswers]:
    """This week and the issued ones before it with as many themes, all of them printed: the last that a chart has room for.

    Empty if this week cannot be compared with any.
    """
    issued = select(Digest).where(Digest.programme == content["programme"], Digest.state == DigestState.ISSUED).order_by(Digest.number)
    others = [other for other in map(content_of, session.scalars(issued)) if len(other["themes"]) == len(content["themes"])]
    weeks = [answers for week in (*others, content) if (answers := answers_of_week(week)) is not None][-MOST_CHART_ROWS:]
    return weeks if len(weeks) > 1 and weeks[-1]["week"] == content["week"] else []


def add_link(content: Content, last: Digest | None) -> None:
    """Name in a new digest the one with the number before, by its checksum, unless that has been purged."""
    if last is not None and last.state is not DigestState.PURGED:
        content["before"] = {"number": last.number, "checksum": last.checksum}


def latest_digest(session: Session, programme_id: str, *conditions: ColumnElement[bool]) -> Digest | None:
    """The digest with the highest number that meets the conditions."""
    return session.scalar(select(Digest).where(Digest.programme == programme_id, *conditions).order_by(Digest.number.desc()).limit(1))


def _figures(week: _Week, theme: str) -> ThemeFigures:
    rounds, counts, listed = week.by_theme[theme], week.counts[theme], size_of_lists(*week.by_theme[theme])
    people = floors.printable(counts.people, listed, week.floors)
    wishes = None if people is None else floors.printable_part(counts.wishes, counts.people, people, week.floors)
    figures: ThemeFigures = {
        "theme": theme,
        "title": rounds[0].snapshot["theme"]["title"],
        # All variants, whoever got them: the digest does not tell which audience got which question.
        "asks": [round_.snapshot["questions"][question] for round_ in rounds for question in round_.snapshot["order"]],
        "people": None if people is None else people.number,
        "wishes": None if wishes is None else wishes.number,
        "participation": None if people is None else floors.participation(counts.people, listed, week.floors),
        "words": [],
    }
    if people is not None and people.or_more:
        figures["people_or_more"] = True
    if wishes is not None and wishes.or_more:
        figures["wishes_or_more"] = True
    return figures


def compare_answers(themes: Sequence[ThemeFigures], other_themes: Sequence[ThemeFigures]) -> Comparison | None:
    """Compare this week's printed answers with another week's.

    None if a figure is missing, if a cap leaves the answer open, or if the number of themes differs.
    """
    answers, other_answers = sum_of_answers(themes), sum_of_answers(other_themes)
    if answers is None or other_answers is None or len(themes) != len(other_themes):
        return None
    fewer, more = sorted((answers, other_answers))
    is_same = more.number - fewer.number < SMALLEST_DIFFERENCE
    if fewer.or_more or (is_same and more.or_more):
        return None
    return "same" if is_same else "more" if answers == more else "fewer"


def _responses_since(session: Session, now: datetime, programme_id: str, last: Digest | None) -> list[AnswerSinceLast]:
    """The answers released since the last digest was drafted; each falls into exactly one digest.

    An answer released at the very moment of a drafting waits for the next digest: with a movable clock it may come after the drafting. One
    that repeats a quote that has been taken back is not printed anew.
    """
    quotes_posted = PostedQuotes(session, programme_id)
    conditions: list[ColumnElement[bool]] = [Response.state == ResponseState.RELEASED, Response.released_at < now]
    if last is not None:
        conditions.append(Response.released_at >= last.drafted_at)
    select_answers = (
        select(Digest, Response)
        .join(Digest, Digest.id == Response.digest_id)
        .where(Digest.programme == programme_id, *conditions)
        .order_by(Response.released_at, Response.id)
    )
    found = session.execute(select_answers)
    return [_in_content(digest, response) for digest, response in found if not quotes_posted.have_gone_from(response)]


def _in_content(digest: Digest, response: Response) -> AnswerSinceLast:
    answer: AnswerSinceLast = {"digest": digest.number, "week": week_of(digest), "kind": response.kind.value, "words": response.words}
    if is_report(digest):
        answer["report"] = True
    if (title := title_of(digest, response.theme)) is not None:
        answer["wishes_on"] = title
    if response.place is not None:
        answer["quoted"] = True
    if response.due_on is not None:
        answer["due"] = response.due_on.isoformat()
    if response.signed is not None:
        answer["signed"] = response.signed
    return answer
