"""Builds the form in which organisers review quotes.

Each quote is plain text, whatever it contains. The menu below it says that the quote may be shown, or why not; a quote for which nothing
is chosen stays undecided. Decided quotes come last, with the decision instead of a menu.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.platforms.slack.blocks import as_many_as_fit, body, choice_input, form_field, plain_text, quotation, rule, small, view_blocks
from bot.seam.actions import DeclineReason
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.slack.blocks import Json
    from bot.programme import Language
    from bot.seam.answers import QuoteReviewForm, QuoteToReview

SHOW: Final = "show"
LATER: Final = "later"
CHOICES: Final = (SHOW, *DeclineReason, LATER)


def quote_blocks(answer: QuoteReviewForm) -> list[Json]:
    """Make the blocks of as many quotes as a window has room for; undecided ones come first."""
    language = answer.language
    lead = view_blocks([body(say(language, "screen.quotes", theme=answer.title))])
    quotes = sorted(answer.quotes, key=lambda quote: quote.decided is not None)
    groups = [list(_quote(language, quote, number)) for number, quote in enumerate(quotes, start=1)]
    blocks, count = as_many_as_fit(lead, groups)
    return blocks if count == len(groups) else [*blocks, *view_blocks([small(say(language, "screen.quotes.first_only", n=count))])]


def _quote(language: Language, quote: QuoteToReview, number: int) -> Iterator[Json]:
    """Make the blocks of one quote. The field is named by the quote's id, which says nothing about its author."""
    yield from view_blocks([rule(), quotation(say(language, "screen.quoted", text=quote.text), number)])
    if quote.decided is None:
        options = [(choice, say(language, f"quote_choice.{choice}")) for choice in CHOICES]
        menu = choice_input("static_select", options) | {"placeholder": plain_text(say(language, "quote_choice.undecided"))}
        yield form_field(quote.id, say(language, "field.quote", n=number), menu, optional=True)
    else:
        yield from view_blocks([small(quote.decided)])
