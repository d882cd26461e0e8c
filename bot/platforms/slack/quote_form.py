"""Builds the windows about quotes: those of a review, and those in which authors choose what is quoted.

Each quote is plain text, whatever it contains, with one row below it: a button says that it may be shown, a small menu why not. Both act at
once. A decided quote has the decision instead. What the filter marks says so in words.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.platforms.slack.blocks import (
    Button,
    Piece,
    as_many_as_fit,
    body,
    buttons,
    choice_input,
    notice,
    plain_text,
    quotation,
    rule,
    small,
    standing_out,
    strong,
    view_blocks,
)
from bot.platforms.slack.escaping import paragraphs
from bot.platforms.slack.messages import button, digest_post_pieces
from bot.platforms.slack.reading_windows import closing_window
from bot.seam.actions import DeclineReason
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.platforms.slack.blocks import Json
    from bot.platforms.slack.form_metadata import Place
    from bot.programme import Language
    from bot.seam.answers import DigestPage, Objection, QuoteReviewForm, QuoteToReview
    from bot.seam.quote_answers import QuoteChoice, QuotedThanks, QuoteOption

FEWEST_TOGETHER: Final = 2  # undecided quotes for which one button is worth its room


def quote_blocks(answer: QuoteReviewForm) -> list[Json]:
    """Make the blocks of a page: how far it is, the quotes in their order, and the ways on."""
    rows = [block for number, quote in enumerate(answer.quotes, start=answer.first) for block in _quote(answer.language, quote, number)]
    ways = _ways_on(answer)
    return [*view_blocks(list(_lead(answer))), *rows, *(view_blocks([rule(), buttons(*ways)]) if ways else [])]


def _lead(answer: QuoteReviewForm) -> Iterator[Piece]:
    language = answer.language
    if answer.notice:
        yield notice(answer.notice)
    place = say(language, "screen.quotes.page", page=answer.page + 1, pages=answer.pages) if answer.pages > 1 else ""
    yield body(" ".join(filter(None, [say(language, "screen.quotes", theme=answer.title), place])))
    yield strong(answer.standing)
    is_new = answer.page == 0 and not answer.notice  # whoever goes on has read how it works
    yield small(" ".join([answer.rule, *([say(language, "screen.quotes.how")] if is_new else [])]))


def _quote(language: Language, quote: QuoteToReview, number: int) -> Iterator[Json]:
    """Make the blocks of one quote. Its row is named by the quote's id, which says nothing about its author."""
    name = small(say(language, "screen.quote_number", n=number))
    yield from view_blocks([rule(), name, quotation(say(language, "screen.quoted", text=quote.text), number)])
    if quote.marks:
        yield from view_blocks([strong(say(language, "screen.quote_marked", why=" ".join(quote.marks)))])
    if quote.hints:
        yield from view_blocks([small(say(language, "screen.quote_hint", why=" ".join(quote.hints)))])
    if quote.decided is None:
        yield _row(language, quote, number)
    else:
        yield from view_blocks([small(quote.decided)])


def _row(language: Language, quote: QuoteToReview, number: int) -> Json:
    show = Button(label=say(language, "button.quote_show", n=number), action="quote_show", value=quote.id)
    reasons = [(reason.value, say(language, f"quote_no.{reason.value}")) for reason in DeclineReason]
    menu = choice_input("static_select", reasons) | {
        "action_id": "quote_no",
        "placeholder": plain_text(say(language, "quote_no", n=number)),
    }
    (block,) = view_blocks([buttons(show)])
    return block | {"block_id": quote.id, "elements": [*block["elements"], menu]}


def _ways_on(answer: QuoteReviewForm) -> list[Button]:
    """Make the buttons below the quotes: all of this page, more of this theme, the next theme, and the finished page."""
    language, ways = answer.language, []
    together = [quote.id for quote in answer.quotes if quote.decided is None and not quote.marks]
    if len(together) >= FEWEST_TOGETHER:
        key = "button.quote_show_all" if len(together) == len(answer.quotes) else "button.quote_show_rest"
        label = say(language, key, n=len(together))
        ways.append(Button(label=label, action="quote_show_all", value=",".join(together), style="primary"))
    if answer.more is not None:
        page, count = answer.more
        label = say(language, "button.quote_page" if page > answer.page else "button.quote_page.first", n=count)
        ways.append(Button(label=label, action="quote_page", value=str(page)))
    if answer.next_theme is not None:
        theme, title = answer.next_theme
        ways.append(button(language, "quote_theme", theme, theme=title))
    return [*ways, button(language, "approve", answer.digest)]


# --- an author's own words -------------------------------------------------------------------------------------------------------


def objection_pieces(language: Language, objection: Objection) -> list[Piece]:
    """Make what stands below the field: why the text is not quoted, and two more ways to send it."""
    where = [standing_out(objection.parts)] if objection.parts else []
    found = ", ".join(text for text, stands_out in objection.parts if stands_out)
    unquoted = replace(button(language, "send_unquoted"), about=found)  # for those who hear the form, and not what stands out
    choose = [button(language, "send_and_choose")] if objection.may_choose else []
    return [replace(body(" ".join(objection.lines)), name="notice"), *where, buttons(unquoted, *choose)]


def choice_window(answer: QuoteChoice, _: Place | None) -> Json:
    """Make the window in which an author says yes to what is quoted, or to nothing."""
    language = answer.language
    numbers = count(1)  # without gaps, also where a sentence may not be quoted
    options = [
        piece
        for option in answer.options
        for piece in (
            rule(),
            _as_printed(language, option),
            buttons(_yes(answer, option, None if option.sentence is None else next(numbers))),
        )
    ]
    end = [rule(), *map(small, answer.notes), buttons(_never(language, answer.round), button(language, "edit_reply", answer.round))]
    return closing_window(language, say(language, "title.quote_choice"), view_blocks([body(answer.lead), *options, *end]))


def thanks_window(answer: QuotedThanks, _: Place | None) -> Json:
    """Make the window that thanks for a reply and shows how it will be quoted."""
    language = answer.language
    choose = [button(language, "choose_quote", answer.round)] if answer.may_choose else []
    pieces = [
        body(paragraphs(answer.paragraphs)),
        rule(),
        strong(say(language, "quote.as_shown")),
        _as_printed(language, answer.quoted),
        *map(small, answer.notes),
        buttons(*choose, _never(language, answer.round)),
    ]
    return closing_window(language, answer.title, view_blocks(pieces))


def _never(language: Language, round_: int) -> Button:
    return Button(label=say(language, "button.quote_never"), action="withdraw_quote", value=str(round_))


def _as_printed(language: Language, option: QuoteOption) -> Piece:
    """Make a text as it is printed, between quotation marks, with its rare words underlined."""
    before, after = say(language, "screen.quoted", text="\n").split("\n")
    return standing_out([(before, False), *option.parts, (after, False)], "underline")


def _yes(answer: QuoteChoice, option: QuoteOption, number: int | None) -> Button:
    """Make the button of a yes, with the number of a sentence; its value names the text by its place and its fingerprint."""
    language, place = answer.language, option.sentence
    label = say(language, "button.quote_whole") if number is None else say(language, "button.quote_sentence", n=number)
    value = f"{answer.round}:{'' if place is None else place}:{option.fingerprint}"
    return Button(label=label, action="quote_yes", value=value, style="primary", about=option.text)


# --- the finished page ---------------------------------------------------------------------------------------------------------


def digest_page_blocks(answer: DigestPage) -> tuple[list[Json], int | None]:
    """Make the blocks of a finished page as far as there is room.

    Returns also the number of the first piece that is left, or None. Politicians' buttons are named, not offered.
    """
    pieces = [_name_buttons(answer.post.language, piece) for piece in digest_post_pieces(answer.post)]
    lead = view_blocks([*[strong(line) if number == 0 else body(line) for number, line in enumerate(answer.lead)], rule()])
    blocks, count = as_many_as_fit(lead, [view_blocks([piece]) for piece in pieces[answer.start :]])
    left = answer.start + count
    return blocks, left if left < len(pieces) else None


def _name_buttons(language: Language, piece: Piece) -> Piece:
    if not piece.buttons:
        return piece
    return small(f"{say(language, 'screen.buttons')} {' · '.join(choice.label for choice in piece.buttons)}")
