"""What does each meaning look like as a Slack message?

One table: meaning → pieces. A message carries its full content twice, as blocks and as text. The same meaning is rendered once, however
many people it goes to. Slack's limits for labels are kept by the catalogue (and a test), those for content by `blocks.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from bot.platforms.slack.blocks import (
    MOST_IN_BUTTON,
    Button,
    Piece,
    body,
    buttons,
    full_text,
    heading,
    message_blocks,
    only_in_text,
    rule,
    small,
    strong,
)
from bot.platforms.slack.escaping import clean, cut, paragraphs
from bot.seam.meaning import (
    DigestDraft,
    DigestPost,
    DigestText,
    ListReview,
    Meaning,
    Plain,
    Question,
    QuoteReview,
    Reminder,
    ResponseReview,
    Welcome,
)
from bot.wording import say
from bot.wording.dates import hour_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.platforms.slack.blocks import Json
    from bot.programme import Language
    from bot.seam.meaning import HourOffer, Part

LONGEST_TEXT: Final = 40_000  # characters, in a new message
LONGEST_UPDATE: Final = 4_000  # characters, in a changed one


@dataclass(frozen=True, kw_only=True)
class SlackMessage:
    """A message ready to be handed over: `blocks` as JSON, `text` with the same content."""

    text: str
    blocks: str

    @property
    def block_list(self) -> list[Json]:
        """The blocks as Slack's structures."""
        return list(json.loads(self.blocks))

    @property
    def text_of_update(self) -> str:
        """The text, within what Slack takes when a message is changed."""
        return cut(self.text, LONGEST_UPDATE)


@lru_cache(maxsize=512)
def render_message(meaning: Meaning) -> SlackMessage:
    """The message that says `meaning`."""
    return make_message(PIECES[type(meaning)](meaning), meaning.language)


def make_message(pieces: list[Piece], language: Language) -> SlackMessage:
    """The message that these pieces make."""
    text = full_text(pieces, say(language, "screen.buttons"))
    return SlackMessage(text=cut(text, LONGEST_TEXT), blocks=json.dumps(message_blocks(pieces), ensure_ascii=False))


def button(
    language: Language, action: str, value: object = "", *, style: str | None = None, confirm: bool = False, **values: object
) -> Button:
    """The button for an action of ours. Its label, and the question before it is done, stand in the catalogue under its name.

    `values` are put into the label.
    """
    words = ("title", "text", "yes", "no") if confirm else ()
    confirm_words = tuple(say(language, f"confirm.{action}.{word}") for word in words)
    label = cut(clean(say(language, f"button.{action}", **values)), MOST_IN_BUTTON)
    return Button(label=label, action=action, value=str(value), style=style, confirm=confirm_words or None)  # type: ignore[arg-type]  # four or none


def hour_button(language: Language, offer: HourOffer) -> Button:
    """The button that chooses another hour, or goes back to the programme's."""
    if offer.back:
        return button(language, "ask_as_planned", hour=hour_in(language, offer.hour))
    return button(language, "ask_at", f"{offer.hour:%H:%M}", hour=offer.hour.hour)  # they all are full hours


def _plain(meaning: Plain) -> list[Piece]:
    return [body(paragraphs(meaning.paragraphs))]


def _welcome(meaning: Welcome) -> list[Piece]:
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


def information_pieces(language: Language, parts: Sequence[Part]) -> list[Piece]:
    """All that people have a right to know."""
    return [body(say(language, "screen.information")), *parts_under_headings(parts)] if parts else []


def parts_under_headings(parts: Sequence[Part]) -> list[Piece]:
    """Headed parts, one after the other."""
    return [piece for part in parts for piece in (strong(part.heading), body("\n".join(part.lines)))]


def _question(meaning: Question) -> list[Piece]:
    row = buttons(
        button(meaning.language, "answer", meaning.round, style="primary"),
        *([button(meaning.language, "why", meaning.round)] if meaning.why else []),
        *([hour_button(meaning.language, meaning.offer)] if meaning.offer else []),
        button(meaning.language, "my_replies"),
        button(meaning.language, "pause"),
    )
    return [*_since_last(meaning), *_question_pieces(meaning), row]


def _since_last(meaning: Question) -> list[Piece]:
    if not meaning.since_last:
        return []
    return [strong(say(meaning.language, "screen.since_last")), *[body(answer.sentence) for answer in meaning.since_last], rule()]


def _reminder(meaning: Reminder) -> list[Piece]:
    row = buttons(button(meaning.language, "answer", meaning.round, style="primary"), button(meaning.language, "pause"))
    return [body(say(meaning.language, "screen.reminder")), *_question_pieces(meaning), row]


def _question_pieces(meaning: Question | Reminder) -> list[Piece]:
    closes = say(meaning.language, "screen.closes", closes=meaning.closes)
    asked = [] if meaning.asked is None else [say(meaning.language, "screen.asked", people=meaning.asked)]
    return [
        small(say(meaning.language, "screen.theme", theme=meaning.theme)),
        strong(meaning.ask),
        small(" ".join([*asked, closes])),
        small(say(meaning.language, "screen.footer")),
    ]


def _digest_post(meaning: DigestPost) -> list[Piece]:
    row = buttons(
        button(meaning.language, "heard", meaning.digest),
        button(meaning.language, "respond", meaning.digest, style="primary"),
    )
    return [*digest_pieces(meaning.text), row, *_theme_buttons(meaning.language, "respond_wishes", meaning.digest, meaning.text.wishes)]


def _theme_buttons(language: Language, action: str, digest: int, themes: Sequence[tuple[str, str]]) -> list[Piece]:
    """A button for each theme (id, title) of a digest, in a row of its own: Slack has an action only once in a row, and titles are long."""
    return [buttons(button(language, action, f"{digest}:{theme}", theme=title)) for theme, title in themes]


def _digest_draft(meaning: DigestDraft) -> list[Piece]:
    send_back = [button(meaning.language, "send_back", meaning.digest)] if meaning.holdable else []
    row = buttons(button(meaning.language, "approve", meaning.digest, style="primary"), *send_back)
    return [body(meaning.intro), rule(), *digest_pieces(meaning.text), rule(), *_status(meaning.status), *([row] if meaning.open else [])]


def _response_review(meaning: ResponseReview) -> list[Piece]:
    row = buttons(
        button(meaning.language, "release", meaning.response, style="primary"),
        button(meaning.language, "decline", meaning.response),
    )
    return [strong(meaning.intro), body(meaning.words), *_status(meaning.status), *([row] if meaning.open else [])]


def _list_review(meaning: ListReview) -> list[Piece]:
    row = buttons(button(meaning.language, "confirm_list", meaning.hold, style="primary"))
    return [strong(meaning.question), body(meaning.note), *_status(meaning.status), *([row] if meaning.open else [])]


def _quote_review(meaning: QuoteReview) -> list[Piece]:
    return [
        body(meaning.intro),
        *(_theme_buttons(meaning.language, "quote_review", meaning.digest, meaning.themes) if meaning.open else []),
    ]


def _status(status: str | None) -> list[Piece]:
    return [strong(status)] if status else []


def digest_pieces(text: DigestText) -> list[Piece]:
    """A digest to be read."""
    return [heading(text.headline), *parts_under_headings(text.parts), small(text.foot)]


PIECES: Final[Mapping[type[Meaning], Callable[[Any], list[Piece]]]] = {
    Plain: _plain,
    Welcome: _welcome,
    Question: _question,
    Reminder: _reminder,
    DigestPost: _digest_post,
    DigestDraft: _digest_draft,
    ResponseReview: _response_review,
    ListReview: _list_review,
    QuoteReview: _quote_review,
}
