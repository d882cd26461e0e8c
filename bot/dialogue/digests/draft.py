"""What did a week come to?

Once a week has closed its replies are counted and frozen into a digest: people, never replies, and under the floors nothing at all. A
theme that too few answered looks exactly like one that nobody answered. Nothing that happens later changes a digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, func, select

from bot.confidentiality import floors
from bot.database.insert_once import write_once
from bot.dialogue.digests import quotes, uncertain
from bot.dialogue.digests.digest_content import checksum, content_of, people_of, sum_of_answers, title_of, wishes_of
from bot.dialogue.digests.word_counts import PrintedTheme, words_of_week
from bot.dialogue.list_sizes import lists_changed
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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.dialogue.digests.digest_content import Acknowledgements, AnswerSinceLast, BothLanguages, Comparison, Content, ThemeFigures
    from bot.programme import Floors, Programme

THEMES_SHOWN = 2
SMALLEST_DIFFERENCE = 10  # answers; less is "about as many"


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """Exact figures of one theme, never to be shown as they are: people who answered, and who marked a wish."""

    people: int = 0
    wishes: int = 0


@dataclass(frozen=True, kw_only=True)
class _Week:
    """A closed week: its rounds by theme, in the order the themes were first asked, and the exact figures of each theme."""

    rounds: Sequence[Round]
    by_theme: Mapping[str, Sequence[Round]]
    counts: Mapping[str, _Counts]
    floors: Floors  # that it opened under

    @classmethod
    def of(cls, session: Session, programme: Programme, rounds: Sequence[Round]) -> _Week:
        """The week that these are all rounds of; rounds on one theme are one."""
        by_theme: dict[str, list[Round]] = {}
        for round_ in rounds:
            by_theme.setdefault(round_.theme, []).append(round_)
        counts = _count_answers(session, rounds)
        counts_of_themes = {theme: counts.get(theme, _Counts()) for theme in by_theme}
        return cls(rounds=rounds, by_theme=by_theme, counts=counts_of_themes, floors=floors_in(programme, *rounds))

    def ids(self, theme: str) -> list[int]:
        """The ids of a theme's rounds."""
        return [round_.id for round_ in self.by_theme[theme]]


def draft_digest(session: Session, now: datetime, programme: Programme, week: str, post_at: datetime) -> Digest | None:
    """The digest of a closed week (`2018-W34`), drafted the first time it is asked for.

    None: the week had no round, or one is still open.
    """
    rounds = _rounds_of_week(session, programme.id, week)
    if not rounds or any(now < round_.closes_at for round_ in rounds):
        return None
    if digest_of_week(session, programme.id, week) is None:
        _write_digest(session, now, programme, _Week.of(session, programme, rounds), post_at)
    return digest_of_week(session, programme.id, week)


def digest_of_week(session: Session, programme_id: str, week: str) -> Digest | None:
    """The digest of a week, if it has been drafted."""
    return session.scalar(select(Digest).where(Digest.programme == programme_id, Digest.week == week))


def _rounds_of_week(session: Session, programme_id: str, week: str) -> Sequence[Round]:
    return session.scalars(select(Round).where(Round.programme == programme_id, Round.week == week).order_by(Round.day)).all()


def _write_digest(session: Session, now: datetime, programme: Programme, week: _Week, post_at: datetime) -> None:
    """Freeze the numbers and words, and put the texts that may be quoted to the reviewers."""
    content = _content(session, now, programme, week)
    counts = _add_words(session, programme, week, content["themes"])
    digest = _insert_digest(session, now, content, counts, post_at, uncertain.initial_state(week.rounds))
    if digest is not None:
        _offer_quotes(session, now, programme, week, digest)


def _add_words(session: Session, programme: Programme, week: _Week, themes: Sequence[ThemeFigures]) -> dict[str, int]:
    """The words of the themes that are shown; what is kept of them for later digests."""
    themes_to_print = {theme["theme"]: _theme_to_print(week, theme, people) for theme in themes if (people := people_of(theme)) is not None}
    words = words_of_week(session, programme, themes_to_print, week.floors)
    for theme in themes:
        if theme["theme"] in words.printed:
            theme["words"] = words.printed[theme["theme"]]
    return words.kept


def _theme_to_print(week: _Week, theme: ThemeFigures, people: floors.Printed) -> PrintedTheme:
    asks = [text for ask in theme["asks"] for text in (ask["da"], ask["en"])]
    return PrintedTheme(rounds=week.ids(theme["theme"]), asks=asks, people=people, wishes=wishes_of(theme))


def _offer_quotes(session: Session, now: datetime, programme: Programme, week: _Week, digest: Digest) -> None:
    """Of themes that are shown only: a suppressed one has no influence at all."""
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


def _insert_digest(  # noqa: PLR0913, PLR0917 - a digest has these parts
    session: Session, now: datetime, content: Content, counts: Mapping[str, int], post_at: datetime, state: DigestState
) -> Digest | None:
    """Store the draft; None if another process was first."""
    row = {
        "programme": content["programme"],
        "week": content["week"],
        "number": content["number"],
        "state": state,
        "content": content,
        "counts": counts,
        "checksum": checksum(content),
        "drafted_at": now,
        "post_at": post_at,
    }
    return digest_of_week(session, content["programme"], content["week"]) if write_once(session, Digest, [row]) else None


def _content(session: Session, now: datetime, programme: Programme, week: _Week) -> Content:
    themes = [_figures(week, theme) for theme in week.by_theme]
    themes_shown = _themes_to_show(themes)
    last = _latest_digest(session, programme.id)
    issued = _latest_digest(session, programme.id, Digest.state == DigestState.ISSUED)
    changed = lists_changed(session, programme.id, None if last is None else last.drafted_at, now)
    content: Content = {
        "programme": programme.id,
        "title": {"da": programme.title.da, "en": programme.title.en},
        "number": 1 if last is None else last.number + 1,
        "week": week.rounds[0].week,
        "floor": week.floors.people,
        "themes": themes_shown,
        "also_asked": [theme["title"] for theme in themes if theme not in themes_shown],
        "compared": None if issued is None else compare_answers(themes_shown, content_of(issued)["themes"]),
        "heard": None if issued is None else _acknowledgements(session, issued),
        "since_last": _responses_since(session, now, programme.id, last),
    }
    return {**content, "lists_changed": changed} if changed else content


def _latest_digest(session: Session, programme_id: str, *conditions: ColumnElement[bool]) -> Digest | None:
    return session.scalar(select(Digest).where(Digest.programme == programme_id, *conditions).order_by(Digest.number.desc()).limit(1))


def _figures(week: _Week, theme: str) -> ThemeFigures:
    rounds, counts, listed = week.by_theme[theme], week.counts[theme], size_of_lists(*week.by_theme[theme])
    people = floors.printable(counts.people, listed, week.floors)
    wishes = None if people is None else floors.printable_part(counts.wishes, counts.people, people, week.floors)
    figures: ThemeFigures = {
        "theme": theme,
        "title": rounds[0].snapshot["theme"]["title"],
        "asks": [ask for round_ in rounds for ask in _asks(round_)],
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


def _asks(round_: Round) -> list[BothLanguages]:
    """All variants, whoever got them: which audience got which question is not told."""
    return [round_.snapshot["questions"][question] for question in round_.snapshot["order"]]


def _count_answers(session: Session, rounds: Sequence[Round]) -> dict[str, _Counts]:
    """Distinct people by theme: an answer to two rounds on one theme is one person's."""
    ids = [round_.id for round_ in rounds]
    wishing = case((Reply.wish, Authorship.person_id))
    select_answers = (
        select(Round.theme, func.count(Authorship.person_id.distinct()), func.count(wishing.distinct()))
        .join(Authorship, Authorship.round_id == Round.id)
        .join(Reply, Reply.id == Authorship.reply_id)
        .where(Round.id.in_(ids))
        .group_by(Round.theme)
    )
    return {theme: _Counts(people=people, wishes=wishes) for theme, people, wishes in session.execute(select_answers)}


def _themes_to_show(themes: Sequence[ThemeFigures]) -> list[ThemeFigures]:
    """The themes that are shown, by printed figures only, so that a suppressed one weighs exactly what silence weighs."""
    most_answered = sorted(themes, key=lambda theme: -(theme["people"] or 0))[:THEMES_SHOWN]
    return [theme for theme in themes if theme in most_answered]


def compare_answers(themes: Sequence[ThemeFigures], other_themes: Sequence[ThemeFigures]) -> Comparison | None:
    """This week's printed answers against another's.

    None where a figure is missing, where a cap leaves it open, or where another number of themes was asked.
    """
    answers, other_answers = sum_of_answers(themes), sum_of_answers(other_themes)
    if answers is None or other_answers is None or len(themes) != len(other_themes):
        return None
    fewer, more = sorted((answers, other_answers))
    is_same = more.number - fewer.number < SMALLEST_DIFFERENCE
    if fewer.or_more or (is_same and more.or_more):
        return None
    return "same" if is_same else "more" if answers == more else "fewer"


def _acknowledgements(session: Session, issued: Digest) -> Acknowledgements | None:
    """Politicians act in public: their number is exact, and no floor protects it."""
    politicians = session.scalar(select(func.count()).where(HeardBy.digest_id == issued.id))
    return {"digest": issued.number, "politicians": politicians} if politicians else None


def _responses_since(session: Session, now: datetime, programme_id: str, last: Digest | None) -> list[AnswerSinceLast]:
    """What was released from the last drafting until this one: each answer falls into exactly one digest.

    What is released at the very moment of a drafting waits for the next, for it may come after it: a movable clock stands still.
    """
    conditions: list[ColumnElement[bool]] = [Response.state == ResponseState.RELEASED, Response.released_at < now]
    if last is not None:
        conditions.append(Response.released_at >= last.drafted_at)
    select_answers = (
        select(Digest, Response)
        .join(Digest, Digest.id == Response.digest_id)
        .where(Digest.programme == programme_id, *conditions)
        .order_by(Response.released_at, Response.id)
    )
    return [_answer_since_last(digest, response) for digest, response in session.execute(select_answers)]


def _answer_since_last(digest: Digest, response: Response) -> AnswerSinceLast:
    answer: AnswerSinceLast = {"digest": digest.number, "kind": response.kind.value, "words": response.words}
    title = title_of(digest, response.theme)
    return answer if title is None else {**answer, "wishes_on": title}
