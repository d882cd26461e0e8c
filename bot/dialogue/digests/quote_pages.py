"""Shows organisers the quotes of a theme, five to eight at a time, and takes their decisions page by page.

Each text stands without author, role or time, in an order that tells nothing. The filter runs again whenever a page is shown: a text that
it marks today is decided by itself, never together with the others. If authors have withdrawn so many that too few are left to be seen
together, none is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from bot.confidentiality import floors
from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import own_words, session_keys
from bot.dialogue.digests import quote_review, quotes
from bot.dialogue.filtering import filter_of
from bot.errors import Reason, Refused
from bot.models import Quote, QuoteState, Reply
from bot.programme import Language
from bot.seam.answers import QuoteReviewForm, QuoteToReview
from bot.wording import say, say_n

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import Hold
    from bot.dialogue.digests.quote_review import QuoteDecisions
    from bot.models import Digest
    from bot.programme import Programme
    from bot.seam.actions import DeclineReason

MOST_ON_PAGE: Final = 8  # texts: more are not read with care


@dataclass(frozen=True, kw_only=True)
class _Text:
    """A text under review, with what the filter holds or only marks in it today."""

    quote: Quote
    words: str
    holds: tuple[Hold, ...]
    marks: tuple[Hold, ...]

    @property
    def waits(self) -> bool:
        """Whether nobody has decided about it."""
        return self.quote.state is QuoteState.WAITING

    @property
    def may_come(self) -> bool:
        """Whether it may be shown to politicians, as far as is decided."""
        return self.quote.state is QuoteState.APPROVED and not self.holds


def bounds_of_pages(count: int) -> list[tuple[int, int]]:
    """Where the pages of so many texts begin and end: each has five to eight.

    Where they do not come out even, a text stands on two pages, so that no page has fewer than may be seen together.
    """
    pages, fewest = ceil(count / MOST_ON_PAGE), floors.SMALLEST_REVIEW
    starts = [page * count // pages for page in range(pages)]
    return [(start, max(end, start + fewest)) for start, end in zip(starts, [*starts[1:], count], strict=True)]


def quote_review_form(  # noqa: PLR0913, PLR0917 - who looks at which page of what, and what they have just done
    session: Session, programme: Programme, address: str, digest_id: int, theme: str, page: int | None = None, notice: str = ""
) -> QuoteReviewForm:
    """A page of a theme's texts for an organiser; None: the first on which something waits.

    Refuses others (NO_RIGHT), and what is gone or has too few texts left (GONE).
    """
    digest, organiser = quote_review.require_open_review(session, programme, address, digest_id)
    texts = _require_texts(session, programme, digest, theme)
    shown = _page_that_waits(texts, 0) if page is None else page
    return _form(session, programme, digest, Language(organiser.language), theme, texts, shown, notice)


def decide(  # noqa: PLR0913, PLR0917 - where, when, who, what, how
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    digest_id: int,
    theme: str,
    page: int,
    decisions: Mapping[str, DeclineReason | None],
) -> QuoteReviewForm:
    """Decide about texts of a page, and draw it anew with what was decided. Refuses like `quote_review_form`, before it writes."""
    digest, _ = quote_review.require_open_review(session, programme, address, digest_id)
    _require_texts(session, programme, digest, theme)
    made = quote_review.review(session, now, programme, address, digest_id, theme, decisions)
    form = quote_review_form(session, programme, address, digest_id, theme, page, _notice(made))
    return replace(form, message=quote_review.review_as_it_stands(session, programme, digest))


def approve_page(  # noqa: PLR0913, PLR0917 - likewise
    session: Session,
    now: datetime,
    programme: Programme,
    address: str,
    digest_id: int,
    theme: str,
    page: int,
    shown: Collection[str],
) -> QuoteReviewForm:
    """Approve the texts (their ids) that stood undecided on a page, but none that the filter marks by now.

    Once nothing on the page waits, the next on which something does is shown.
    """
    digest, _ = quote_review.require_open_review(session, programme, address, digest_id)
    texts = _require_texts(session, programme, digest, theme)
    decisions: dict[str, DeclineReason | None] = {text.quote.id: None for text in texts if text.quote.id in shown and not text.holds}
    form = decide(session, now, programme, address, digest_id, theme, page, decisions)
    onward = _page_that_waits(_require_texts(session, programme, digest, theme), page)
    if onward == form.page:
        return form
    return replace(quote_review_form(session, programme, address, digest_id, theme, onward, form.notice), message=form.message)


# --- which texts, and which of them on a page ----------------------------------------------------------------------------------


def _require_texts(session: Session, programme: Programme, digest: Digest, theme: str) -> list[_Text]:
    """The texts in the order of a keyed hash: the same for every reviewer, and it tells nothing about an author."""
    keys, data_filter = session_keys(session), filter_of(session, programme)
    rows = session.execute(
        select(Quote, Reply).join(Reply, Reply.id == Quote.reply_id).where(Quote.digest_id == digest.id, Quote.theme == theme)
    )
    texts = [(quote, bound_text(keys, own_words(keys, reply), quote.fingerprint, reply.sentence)) for quote, reply in rows]
    bound = [(quote, text) for quote, text in texts if text is not None]
    if not floors.quotes_may_be_seen(len(bound)):
        raise Refused(Reason.GONE)
    in_order = sorted(bound, key=lambda quote_and_text: keys.fingerprint("review", str(digest.number), quote_and_text[1]))
    found = {text: data_filter.read(text) for _, text in in_order}
    return [_Text(quote=quote, words=text, holds=found[text].holds, marks=found[text].marks) for quote, text in in_order]


def _page_that_waits(texts: Sequence[_Text], page: int) -> int:
    """The number of the first page, from `page` on, with a text that waits; `page` if there is none."""
    bounds = bounds_of_pages(len(texts))
    waiting = (number for number in range(page, len(bounds)) if any(text.waits for text in texts[slice(*bounds[number])]))
    return next(waiting, page)


# --- what the page says --------------------------------------------------------------------------------------------------------


def _form(  # noqa: PLR0913, PLR0917 - a page, and what it tells
    session: Session,
    programme: Programme,
    digest: Digest,
    language: Language,
    theme: str,
    texts: Sequence[_Text],
    page: int,
    notice: str,
) -> QuoteReviewForm:
    bounds = bounds_of_pages(len(texts))
    number = min(max(page, 0), len(bounds) - 1)
    start, end = bounds[number]
    titles, following = quote_review.titles(digest, language), (number + 1) % len(bounds)
    following_start, following_end = bounds[following]
    return QuoteReviewForm(
        language=language,
        digest=digest.id,
        theme=theme,
        title=titles[theme],
        quotes=tuple(_to_review(language, text) for text in texts[start:end]),
        page=number,
        pages=len(bounds),
        first=start + 1,
        rule=_rule(programme, language),
        standing=_standing(language, texts),
        notice=notice,
        more=(following, following_end - following_start) if following != number else None,
        next_theme=_next_theme(session, digest, titles, theme),
    )


def _to_review(language: Language, text: _Text) -> QuoteToReview:
    quote = text.quote
    decided = None if text.waits else say(language, f"quotes.status.{(quote.reason or QuoteState.APPROVED).value}")
    return QuoteToReview(
        id=quote.id,
        text=text.words,
        decided=decided,
        marks=_in_sentences(language, text.holds),
        hints=_in_sentences(language, text.marks),
    )


def _in_sentences(language: Language, found: Iterable[Hold]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(say(language, hold.sentence, found=hold.found) for hold in found))


def _rule(programme: Programme, language: Language) -> str:
    """The floors of quotes, in a sentence."""
    lowest = floors.effective_floors(programme.floors)
    return say(
        language,
        "quotes.rule",
        asked=lowest.asked,
        people=lowest.quotes,
        texts=floors.SMALLEST_REVIEW,
        fewest=floors.FEWEST_APPROVED,
        most=floors.MOST_QUOTES,
    )


def _standing(language: Language, texts: Sequence[_Text]) -> str:
    """How many of the theme's texts may be shown by now, and whether that is enough."""
    fewest, approved = floors.FEWEST_APPROVED, sum(text.may_come for text in texts)
    left = sum(text.waits and not text.holds for text in texts)
    if floors.quotes_may_be_shown(approved):
        is_any_left = any(text.waits for text in texts)
        return say_n(language, "quotes.standing.enough" if is_any_left else "quotes.standing.done", approved)
    if not floors.quotes_may_be_shown(approved + left):
        return say(language, "quotes.standing.never", fewest=fewest)
    return (
        say_n(language, "quotes.standing.missing", approved, fewest=fewest)
        if approved
        else say(language, "quotes.standing.none", fewest=fewest)
    )


def _next_theme(session: Session, digest: Digest, titles: Mapping[str, str], theme: str) -> tuple[str, str] | None:
    """The theme after this one, in a circle, of those whose texts may be seen; None if it is the only one."""
    counts = Counter(quote.theme for quote in quotes.find_quotes(session, digest))
    seen = [name for name in titles if floors.quotes_may_be_seen(counts[name])]
    if theme not in seen or len(seen) == 1:
        return None
    following = seen[(seen.index(theme) + 1) % len(seen)]
    return following, titles[following]


def _notice(decisions: QuoteDecisions) -> str:
    """The sentences that tell the reviewer what their press has done."""
    language = decisions.by.language
    lines = [say_n(language, "quotes.reviewed", decisions.made)] if decisions.made else []
    lines += [say_n(language, "quotes.already", decisions.late)] if decisions.late else []
    return " ".join(lines) or say(language, "quotes.none_decided")
