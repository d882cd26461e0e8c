"""Builds the windows that are only read.

Each shows as much as there is room for, with a button for the rest.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from bot.language.visible_text import clean, length_in_chat
from bot.platforms.slack.blocks import (
    Button,
    Json,
    Piece,
    as_many_as_fit,
    body,
    buttons,
    buttons_about,
    code,
    modal,
    rule,
    small,
    strong,
    view_blocks,
)
from bot.platforms.slack.escaping import MOST_IN_TEXT, split_text
from bot.platforms.slack.messages import button, digest_pieces, information_pieces, parts_under_headings, reading_buttons
from bot.seam.answers import LongReading
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.platforms.slack.form_metadata import Place
    from bot.programme import Language
    from bot.seam import answers, planning_answers, reading_answers
    from bot.seam.meaning import DigestPost

MARKS: Final = ("wish", "quote")
READ_ON: Final = {  # the actions of the buttons for the rest
    LongReading.ANSWERS: "answers",
    LongReading.RESPONSES: "whole_answers",
    LongReading.NOTICE: "whole_notice",
    LongReading.PAGE: "page",
}


def closing_window(language: Language, title: str, blocks: Sequence[Json]) -> Json:
    """Make a window that can only be closed."""
    return modal(title, blocks, close=say(language, "screen.close"))


def whole_plan_window(answer: planning_answers.WholePlan, _: Place | None) -> Json:
    """Show as many lines of a plan as there is room for, and a button for the others."""
    language = answer.language
    blocks, count = as_many_as_fit([], [view_blocks([body(line)]) for line in answer.lines[answer.start :]])
    if answer.start + count < len(answer.lines):
        value = f"{answer.version}:{answer.start + count}"
        blocks += view_blocks([buttons(Button(label=say(language, "button.more_data"), action="see_plan", value=value))])
    return closing_window(language, say(language, "title.whole_plan"), blocks)


def my_replies_window(answer: answers.MyReplies, _: Place | None) -> Json:
    """Show as many replies as there is room for, a button for older ones, and above them one's book."""
    language = answer.language
    groups = [view_blocks(_my_reply_pieces(language, reply)) for reply in answer.replies[answer.start :]]
    book = [buttons(button(language, "my_book"))] if groups else []
    blocks, count = as_many_as_fit(view_blocks([body(answer.note), *book]), groups)
    older = view_blocks([buttons(button(language, "more_replies", answer.start + count))]) if count < len(groups) else []
    return closing_window(language, say(language, "title.my_replies"), [*blocks, *older])


def _my_reply_pieces(language: Language, reply: answers.MyReply) -> list[Piece]:
    marks = [say(language, f"mark.{mark}") for mark in MARKS if getattr(reply, mark)]
    edit = [button(language, "edit_reply", reply.round)] if reply.editable else []
    choose = [button(language, "choose_quote", reply.round)] if reply.editable and reply.quote else []
    withdraw = [button(language, "withdraw_quote", reply.round, confirm=True)] if reply.withdrawable else []
    return [
        rule(),
        small(say(language, "screen.theme", theme=reply.theme)),
        strong(reply.ask),
        body(reply.text),
        small(" · ".join([reply.state, *marks])),
        *([small(reply.quoted)] if reply.quoted else []),
        buttons_about(reply.ask, *edit, *choose, *withdraw, delete_button(language, reply.round)),
    ]


def delete_button(language: Language, round_: int) -> Button:
    """Make the button that deletes one's own reply to a round."""
    return button(language, "delete_reply", round_, style="danger", confirm=True)


def my_book_window(answer: reading_answers.MyBook, _: Place | None) -> Json:
    """Show as many pages of a book as there is room for, and a button for the others.

    Each page is one block of preformatted text with as many answers as it takes: a phone copies a whole block at once.
    """
    language = answer.language
    pages = _book_pages(answer)
    groups = [view_blocks([code(page)]) for page in pages[answer.start :]]
    blocks, count = as_many_as_fit(view_blocks([body(answer.note)]), groups)
    more = view_blocks([buttons(button(language, "more_book", answer.start + count))]) if count < len(groups) else []
    return closing_window(language, say(language, "button.my_book"), [*blocks, *more])


def _book_pages(answer: reading_answers.MyBook) -> list[str]:
    """Join answers to pages, each as long as a block may be; an answer is split only if it has no room in a page of its own."""
    pages: list[str] = []
    for entry in answer.entries:
        for part in split_text(clean(f"{entry.heading}\n{entry.ask}\n\n{entry.text}")):
            joined = f"{pages[-1]}\n\n\n{part}" if pages else part
            pages[-1:] = [joined] if length_in_chat(joined) <= MOST_IN_TEXT else [*pages[-1:], part]
    return pages


def my_data_window(answer: answers.MyData, _: Place | None) -> Json:
    """Show as many parts as there is room for, and a button for the others."""
    language = answer.language
    groups = [view_blocks(parts_under_headings([part])) for part in answer.parts[answer.start :]]
    blocks, count = as_many_as_fit(view_blocks([body(answer.note)]), groups)
    rest = [button(language, "more_data", answer.start + count)] if count < len(groups) else []
    erase = [button(language, "erase", style="danger", confirm=True)] if answer.parts else []
    last_row = view_blocks([buttons(*rest, *erase)]) if rest or erase else []
    return closing_window(language, say(language, "title.my_data"), [*blocks, *last_row])


def read_more_window(answer: answers.ReadMore, _: Place | None) -> Json:
    """Show all that people have a right to know."""
    blocks = view_blocks(information_pieces(answer.language, answer.parts))
    return closing_window(answer.language, say(answer.language, "title.read_more"), blocks)


def digests_window(answer: answers.Digests, _: Place | None) -> Json:
    """Show as many digests as there is room for, and a button for older ones."""
    language = answer.language
    groups = [view_blocks(_digest_in_window(digest)) for digest in answer.digests[answer.start :]]
    blocks, count = as_many_as_fit(view_blocks([body(say(language, "screen.digests" if groups else "screen.digests.none"))]), groups)
    older = view_blocks([buttons(button(language, "more_digests", answer.start + count))]) if count < len(groups) else []
    return closing_window(language, say(language, "title.digests"), [*blocks, *older])


def _digest_in_window(digest: DigestPost) -> list[Piece]:
    more = reading_buttons(digest) if digest.number is None else _name_digest(digest.language, digest.number, *reading_buttons(digest))
    return [*digest_pieces(digest.text), *([buttons_about(digest.text.headline, *more)] if more else []), rule()]


def _name_digest(language: Language, number: int, *row: Button) -> list[Button]:
    """Name the digest to which buttons lead. Buttons that look alike would else be counted, as if that were its number."""
    return [replace(button_, label=say(language, "button.of_digest", number=number, label=button_.label)) for button_ in row]


def reading_window(answer: answers.Reading, _: Place | None) -> Json:
    """Show as many lines as there is room for, each part under its heading, and a button for the rest."""
    language = answer.language
    lines = [(part.heading if number == 0 else "", line) for part in answer.parts for number, line in enumerate(part.lines)]
    groups = [view_blocks([strong(heading_), body(line)]) for heading_, line in lines[answer.start :]]
    is_page = answer.of is LongReading.PAGE
    send = [small(say(language, "screen.page")), buttons(button(language, "page_file", answer.ids[0]))] if is_page else []
    blocks, count = as_many_as_fit(view_blocks(send), groups)
    if answer.of is not None and count < len(groups):
        value = _rest_of_reading(answer, answer.start + count)
        blocks += view_blocks([buttons(Button(label=say(language, "button.more_data"), action=READ_ON[answer.of], value=value))])
    return closing_window(language, answer.title, blocks)


def _rest_of_reading(answer: answers.Reading, start: int) -> str:
    """Return the value of the button for the lines from `start` on."""
    return ",".join(map(str, answer.ids[start:])) if answer.of is LongReading.RESPONSES else f"{answer.ids[0]}:{start}"


def ledger_window(answer: answers.Ledger, _: Place | None) -> Json:
    """Show as many entries as fit, and below the last of each digest a button to it.

    Below the last entry of a digest stands a button to it, and below all of them one for older entries.
    """
    language, entries = answer.language, answer.entries[answer.start :]
    groups = [
        view_blocks(_ledger_entry(language, entry, is_last=following is None or following.number != entry.number))
        for entry, following in zip_longest(entries, entries[1:])
    ]
    lead = view_blocks([body(say(language, "screen.ledger" if groups else "screen.ledger.none"))])
    blocks, count = as_many_as_fit(lead, groups)
    older = view_blocks([buttons(button(language, "more_ledger", answer.start + count))]) if count < len(groups) else []
    return closing_window(language, say(language, "title.ledger"), [*blocks, *older])


def _ledger_entry(language: Language, entry: answers.LedgerEntry, *, is_last: bool) -> list[Piece]:
    read = Button(label=say(language, "button.read_digest"), action="more_digests", value=str(entry.start), about=entry.heading)
    row = [buttons(*_name_digest(language, entry.number, read))] if is_last else []
    return [rule(), strong(entry.heading), body("\n".join(entry.lines)), *row]
