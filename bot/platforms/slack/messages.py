"""Renders each meaning as a Slack message.

One table: meaning → pieces. A message holds its full content twice, as blocks and as text. A meaning is rendered once, even if it goes
to many people. The catalogues (and a test) keep labels within Slack's limits; `blocks.py` keeps content within them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from bot.language.visible_text import clean, cut, length_in_chat
from bot.platforms.slack.blocks import (
    Button,
    Piece,
    PieceKind,
    body,
    buttons,
    buttons_about,
    buttons_of,
    full_text,
    heading,
    message_blocks,
    only_in_text,
    quote,
    rule,
    small,
    strong,
)
from bot.platforms.slack.escaping import paragraphs
from bot.seam import meaning as meanings
from bot.seam.meaning import LineKind
from bot.wording import say
from bot.wording.dates import hour_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.platforms.slack.blocks import Json
    from bot.programme import Language

CHART: Final = "data_visualization"  # the type of Slack's block
MOST_IN_CHART_TITLE: Final = 50  # characters, also of an axis
MOST_IN_CHART_LABEL: Final = 20
LONGEST_TEXT: Final = 40_000  # characters, in a new message
LONGEST_UPDATE: Final = 4_000  # characters, in a changed one
MOST_PROMISES: Final = 10  # with buttons, at a time
MOST_OF_TITLE: Final = 48  # characters on a button, before what it does


@dataclass(frozen=True, kw_only=True)
class SlackMessage:
    """A message ready to be sent: `blocks` as JSON, `text` with the same content.

    `text_of_update`: as much of the text as a changed message may have.
    """

    text: str
    blocks: str
    text_of_update: str = ""

    @property
    def block_list(self) -> list[Json]:
        """The blocks as dictionaries."""
        return list(json.loads(self.blocks))

    @property
    def has_chart(self) -> bool:
        """Whether a picture stands among the blocks."""
        return f'"type": "{CHART}"' in self.blocks  # no text in JSON has these quotation marks

    def without_chart(self) -> SlackMessage:
        """Make the same message without its picture; all that it shows stands in words as well."""
        return replace(self, blocks=json.dumps([block for block in self.block_list if block["type"] != CHART], ensure_ascii=False))


@lru_cache(maxsize=512)
def render_message(meaning: meanings.Meaning) -> SlackMessage:
    """Render `meaning` as a message."""
    return make_message(pieces_of(meaning), meaning.language)


def pieces_of(meaning: meanings.Meaning) -> list[Piece]:
    """Make the pieces of a message."""
    return PIECES[type(meaning)](meaning)


def make_message(pieces: list[Piece], language: Language) -> SlackMessage:
    """Make one message from pieces."""
    blocks = message_blocks(pieces)
    labels = [button["text"]["text"] for button in buttons_of(blocks)]
    names = f"{say(language, 'screen.buttons')} {' · '.join(labels)}" if labels else ""
    text = full_text(pieces, names, LONGEST_TEXT)
    shorter = text if length_in_chat(text) <= LONGEST_UPDATE else full_text(pieces, names, LONGEST_UPDATE)
    return SlackMessage(text=text, blocks=json.dumps(blocks, ensure_ascii=False), text_of_update=shorter)


def button(
    language: Language, action: str, value: object = "", *, style: str | None = None, confirm: bool = False, **values: object
) -> Button:
    """Make the button for `action`, with its label from the catalogue.

    `values` are put into the label. With `confirm`, Slack asks the catalogue's question before it sends the press.
    """
    words = ("title", "text", "yes", "no") if confirm else ()
    confirm_words = tuple(say(language, f"confirm.{action}.{word}") for word in words)
    label = clean(say(language, f"button.{action}", **values))
    return Button(label=label, action=action, value=str(value), style=style, confirm=confirm_words or None)  # type: ignore[arg-type]  # four texts or none


def hour_button(language: Language, offer: meanings.HourOffer) -> Button:
    """Make the button that chooses another hour, or goes back to the programme's."""
    if offer.back:
        return button(language, "ask_as_planned", hour=hour_in(language, offer.hour))
    return button(language, "ask_at", f"{offer.hour:%H:%M}", hour=offer.hour.hour)  # all offers are full hours


def _welcome(meaning: meanings.Welcome) -> list[Piece]:
    row = buttons(
        button(meaning.language, "leave", confirm=True),
        button(meaning.language, "pause"),
        button(meaning.language, "my_data"),
        button(meaning.language, "read_more"),
    )
    return [
        heading(meaning.title),
        body(paragraphs(meaning.paragraphs)),
        row,
        *only_in_text(information_pieces(meaning.language, (*meaning.rest, *meaning.information))),
    ]


def information_pieces(language: Language, parts: Sequence[meanings.Part]) -> list[Piece]:
    """Make the pieces with everything that people have a right to know."""
    return [body(say(language, "screen.information")), *parts_under_headings(parts)] if parts else []


def parts_under_headings(parts: Sequence[meanings.Part]) -> list[Piece]:
    """Make the pieces of several parts, each with its heading."""
    return [piece for part in parts for piece in (strong(part.heading), body("\n".join(part.lines)))]


def _question(meaning: meanings.Question) -> list[Piece]:
    row = buttons(
        button(meaning.language, "answer", meaning.round, style="primary"),
        *([button(meaning.language, "why", meaning.round)] if meaning.why else []),
        *([hour_button(meaning.language, meaning.offer)] if meaning.offer else []),
        button(meaning.language, "my_replies"),
        button(meaning.language, "pause"),
    )
    answers = [piece for answer in meaning.since_last for piece in _political_answer(meaning.language, answer)]
    since_last = [rule(), strong(say(meaning.language, "screen.since_last")), *answers] if answers else []
    below = [small(say(meaning.language, "screen.since_last.below"))] if answers else []
    return [*_question_pieces(meaning), *below, row, *since_last]


def _political_answer(language: Language, answer: meanings.PoliticalAnswer) -> list[Piece]:
    """Make an answer, which opens whole if it is cut, or the number of those left out, which open all together."""
    ids = ",".join(map(str, answer.responses))
    if not answer.only_counts:
        return [body(answer.sentence, whole=_whole(language, "whole_answers", ids, answer.sentence) if ids else None)]
    others = Button(label=say(language, "button.other_answers"), action="whole_answers", value=ids)
    return [body(answer.sentence), *([buttons(others)] if ids else [])]


def _whole(language: Language, action: str, value: object, text: str) -> Button:
    """Make the button that opens a text whole; it is read aloud with how the text begins, as there may be several."""
    return replace(button(language, action, value), about=text)


def _plain(meaning: meanings.Plain) -> list[Piece]:
    text = paragraphs(meaning.paragraphs)
    return [body(text, whole=None if meaning.notice is None else _whole(meaning.language, "whole_notice", meaning.notice, text))]


def _thanks(meaning: meanings.Thanks) -> list[Piece]:
    actions = ("ledger", *(["my_book"] if meaning.book else []), "my_data")
    row = buttons(*(button(meaning.language, action) for action in actions))
    return [heading(meaning.title), *parts_under_headings(meaning.parts), row]


def _reminder(meaning: meanings.Reminder) -> list[Piece]:
    row = buttons(button(meaning.language, "answer", meaning.round, style="primary"), button(meaning.language, "pause"))
    return [*_question_pieces(meaning, body(say(meaning.language, "screen.reminder"))), row]


def _question_pieces(meaning: meanings.Question | meanings.Reminder, *more: Piece) -> list[Piece]:
    """Make the pieces of a question, which comes first: it is what a phone shows of a message before it is opened."""
    closes = say(meaning.language, "screen.closes", closes=meaning.closes)
    asked = [] if meaning.asked is None else [say(meaning.language, "screen.asked", people=meaning.asked)]
    return [
        strong(meaning.ask),
        *more,
        small(say(meaning.language, "screen.theme", theme=meaning.theme)),
        small(" ".join([*asked, closes])),
        small(say(meaning.language, "screen.footer")),
    ]


def digest_post_pieces(meaning: meanings.DigestPost) -> list[Piece]:
    """Make the pieces of a digest as politicians see it, with their buttons."""
    language, text = meaning.language, meaning.text
    row = buttons(
        button(language, "heard", meaning.digest),
        button(language, "respond", meaning.digest, style="primary"),
        *reading_buttons(meaning),
    )
    offers = [(offer, "respond_wishes" if offer.told else "ask_wishes") for offer in text.wishes]
    wishes = [_theme_button(language, action, offer.digest or meaning.digest, offer.theme, offer.title) for offer, action in offers]
    return [*digest_pieces(text), row, *wishes, *promise_pieces(language, text.promises)]


def reading_buttons(meaning: meanings.DigestPost) -> list[Button]:
    """Make the buttons that open what a digest has no room for, or the whole as a page."""
    language, digest, text = meaning.language, meaning.digest, meaning.text
    offered = {"method": text.method, "answers": text.shortened, "page": meaning.page}
    return [button(language, action, digest) for action, is_offered in offered.items() if is_offered]


def _theme_button(language: Language, action: str, digest: int, theme: str, title: str) -> Piece:
    """Make a row with one button for a theme: Slack allows an action only once in a row, and titles are long."""
    return buttons(button(language, action, f"{digest}:{theme}", theme=cut(clean(title), MOST_OF_TITLE)))


def promise_pieces(language: Language, promises: Sequence[meanings.PromiseOffer]) -> list[Piece]:
    """Make the pieces of promises of which one may tell what became, each with its buttons.

    Of very many the first are shown: once something is told of them, the others follow.
    """
    return [
        piece
        for promise in promises[:MOST_PROMISES]
        for piece in (body(promise.sentence), _promise_row(language, promise, promise.sentence))
    ]


def _promise_row(language: Language, asked: meanings.PromiseOffer | meanings.PromiseDue, sentence: str = "") -> Piece:
    """Make the buttons of a promise; where several stand in one view, each is read aloud with its promise."""
    row = [button(language, action, asked.promise) for action in ("promise_done", "promise_dropped")]
    if asked.digest is not None:
        action, value = ("respond", f"{asked.digest}") if asked.theme is None else ("respond_wishes", f"{asked.digest}:{asked.theme}")
        row.append(Button(label=say(language, "button.promise_anew"), action=action, value=value))
    return buttons_about(sentence, *row)


def _digest_draft(meaning: meanings.DigestDraft) -> list[Piece]:
    send_back = [button(meaning.language, "send_back", meaning.digest)] if meaning.holdable else []
    finding = [button(meaning.language, "finding", meaning.digest)] if meaning.choosable else []
    approve = button(meaning.language, "approve", meaning.digest, style="primary")
    answers = [buttons(button(meaning.language, "answers", meaning.digest))] if meaning.text.shortened else []
    lead = [body(meaning.intro), rule(), *digest_pieces(meaning.text), *answers, rule()]
    return _review(lead, meaning, approve, *finding, *send_back)


def _response_review(meaning: meanings.ResponseReview) -> list[Piece]:
    release = button(meaning.language, "release", meaning.response, style="primary")
    decline = button(meaning.language, "decline", meaning.response)
    bank = [button(meaning.language, "bank_question", meaning.response)] if meaning.bankable else []
    pieces = _review([strong(meaning.intro), body(meaning.words), *map(small, meaning.notes)], meaning, release, decline, *bank)
    return pieces if meaning.open or not bank else [*pieces, buttons(*bank)]


def _list_review(meaning: meanings.ListReview) -> list[Piece]:
    confirm = button(meaning.language, "confirm_list", meaning.hold, style="primary")
    return _review([strong(meaning.question), body(meaning.note)], meaning, confirm)


def _plan_review(meaning: meanings.PlanReview) -> list[Piece]:
    apply = button(meaning.language, "apply_plan", f"{meaning.version}:{meaning.fingerprint}", style="primary")
    decline = button(meaning.language, "decline_plan", meaning.version)
    changes = [body("\n".join(meaning.lines))] if meaning.lines else []
    whole = [button(meaning.language, "see_plan", meaning.version)] if meaning.more else []
    return _review([strong(meaning.intro), *changes], meaning, apply, decline, *whole)


def _promise_due(meaning: meanings.PromiseDue) -> list[Piece]:
    return [body(paragraphs(meaning.paragraphs)), *([_promise_row(meaning.language, meaning)] if meaning.open else [])]


def _wish_unanswered(meaning: meanings.WishUnanswered) -> list[Piece]:
    ask = button(meaning.language, "ask_politicians", f"{meaning.digest}:{meaning.theme}", style="primary")
    return _review([body(meaning.text)], meaning, ask)


def _wish_asked(meaning: meanings.WishAsked) -> list[Piece]:
    label, value = say(meaning.language, "button.respond_when_asked"), f"{meaning.digest}:{meaning.theme}"
    answer = buttons(Button(label=label, action="respond_wishes", value=value, style="primary"))
    return [body(paragraphs(meaning.paragraphs)), *([answer] if meaning.open else [])]


def _review(
    pieces: list[Piece],
    meaning: meanings.DigestDraft | meanings.ResponseReview | meanings.ListReview | meanings.PlanReview | meanings.WishUnanswered,
    *row: Button,
) -> list[Piece]:
    """Add the status, and the buttons as long as nobody has decided."""
    status = [strong(meaning.status)] if meaning.status else []
    return [*pieces, *status, *([buttons(*row)] if meaning.open else [])]


def _quote_review(meaning: meanings.QuoteReview) -> list[Piece]:
    themes = meaning.themes if meaning.open else ()
    return [body(meaning.intro), *(_theme_button(meaning.language, "quote_review", meaning.digest, *theme) for theme in themes)]


def digest_pieces(text: meanings.DigestText) -> list[Piece]:
    """Make the pieces of a digest; each line at its top is a piece, so that a phone shows lines. Its chart stands right below."""
    top = [piece for line in text.top for piece in _line_pieces([line])]
    parts = [piece for part in text.parts for piece in (strong(part.heading), *_line_pieces(part.lines))]
    chart = _picture(text.chart) if text.chart else []
    return [heading(text.headline), *top, *chart, *([rule()] if top else []), *parts, small(text.foot)]


def _picture(chart: meanings.Chart) -> list[Piece]:
    """Make a chart, and below it in words all that it shows."""
    return [Piece(kind=PieceKind.CHART, chart=_chart_block(chart)), small(chart.alternative)]


def _chart_block(chart: meanings.Chart) -> Json:
    """Make a bar chart: one series, whose bars have the chart's labels."""
    labels = [cut(row.label, MOST_IN_CHART_LABEL) for row in chart.rows]
    points = [{"label": label, "value": row.value} for label, row in zip(labels, chart.rows, strict=True)]
    series = {"name": cut(chart.unit, MOST_IN_CHART_LABEL), "data": points}
    bars = {"type": "bar", "series": [series], "axis_config": {"categories": labels, "y_label": cut(chart.unit, MOST_IN_CHART_TITLE)}}
    return {"type": CHART, "title": cut(chart.title, MOST_IN_CHART_TITLE), "chart": bars}


def _line_pieces(lines: Sequence[meanings.Line]) -> list[Piece]:
    """Make a piece of each quote, one of questions and one of all other lines that follow each other."""
    pieces: list[Piece] = []
    for (quoted, _), group in groupby(
        lines, lambda line: (line.kind is LineKind.QUOTE or bool(line.about), line.kind is LineKind.QUESTION)
    ):
        texts = [line.text for line in group]
        pieces += map(quote, texts) if quoted else [body("\n".join(texts))]
    return pieces


PIECES: Final[Mapping[type[meanings.Meaning], Callable[[Any], list[Piece]]]] = {
    meanings.Plain: _plain,
    meanings.Welcome: _welcome,
    meanings.Question: _question,
    meanings.Reminder: _reminder,
    meanings.Thanks: _thanks,
    meanings.DigestPost: digest_post_pieces,
    meanings.DigestDraft: _digest_draft,
    meanings.ResponseReview: _response_review,
    meanings.ListReview: _list_review,
    meanings.PlanReview: _plan_review,
    meanings.QuoteReview: _quote_review,
    meanings.PromiseDue: _promise_due,
    meanings.WishUnanswered: _wish_unanswered,
    meanings.WishAsked: _wish_asked,
}
