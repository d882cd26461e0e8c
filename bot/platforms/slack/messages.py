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
    rule,
    small,
    strong,
)
from bot.platforms.slack.escaping import clean, cut, paragraphs
from bot.seam.meaning import DigestDraft, DigestPost, DigestText, Meaning, Plain, Question, QuoteReview, Reminder, ResponseReview, Welcome
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.platforms.slack.blocks import Json
    from bot.programme import Language
    from bot.seam.meaning import Part

LONGEST_TEXT: Final = 40_000  # characters, in a new message
LONGEST_UPDATE: Final = 4_000  # characters, in a changed one


@dataclass(frozen=True, kw_only=True)
class Rendered:
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
def render_message(meaning: Meaning) -> Rendered:
    """The message that says `meaning`."""
    return make_message(PIECES[type(meaning)](meaning), meaning.language)


def make_message(pieces: list[Piece], language: Language) -> Rendered:
    """The message that these pieces make."""
    text = full_text(pieces, say(language, "slack.buttons"))
    return Rendered(text=cut(text, LONGEST_TEXT), blocks=json.dumps(message_blocks(pieces), ensure_ascii=False))


def button(
    language: Language, action: str, value: object = "", *, style: str | None = None, confirm: bool = False, **values: object
) -> Button:
    """The button for an action of ours. Its label, and the question before it is done, stand in the catalogue under its name.

    `values` are put into the label.
    """
    words = ("title", "text", "yes", "no") if confirm else ()
    asked = tuple(say(language, f"slack.confirm.{action}.{word}") for word in words)
    label = cut(clean(say(language, f"slack.button.{action}", **values)), MOST_IN_BUTTON)
    return Button(label=label, action=action, value=str(value), style=style, confirm=asked or None)  # type: ignore[arg-type]  # four or none


def _plain(said: Plain) -> list[Piece]:
    return [body(paragraphs(said.paragraphs))]


def _welcome(said: Welcome) -> list[Piece]:
    choices = buttons(
        button(said.language, "leave", confirm=True),
        button(said.language, "pause"),
        button(said.language, "my_data"),
        button(said.language, "erase", style="danger", confirm=True),
    )
    return [heading(said.title), body(paragraphs(said.paragraphs)), choices, *_information(said)]


def _information(said: Welcome) -> list[Piece]:
    if not said.information:
        return []
    return [rule(), body(say(said.language, "slack.information")), *parts_under_headings(said.information)]


def parts_under_headings(parts: Sequence[Part]) -> list[Piece]:
    """Headed parts, one after the other."""
    return [piece for part in parts for piece in (strong(part.heading), body("\n".join(part.lines)))]


def _question(said: Question) -> list[Piece]:
    choices = buttons(
        button(said.language, "answer", said.round, style="primary"),
        button(said.language, "my_replies"),
        button(said.language, "my_data"),
        button(said.language, "pause"),
    )
    return [*_since_last(said), *_question_pieces(said), choices]


def _since_last(said: Question) -> list[Piece]:
    if not said.since_last:
        return []
    return [strong(say(said.language, "slack.since_last")), *[body(answer.sentence) for answer in said.since_last], rule()]


def _reminder(said: Reminder) -> list[Piece]:
    choices = buttons(button(said.language, "answer", said.round, style="primary"), button(said.language, "pause"))
    return [body(say(said.language, "slack.reminder")), *_question_pieces(said), choices]


def _question_pieces(said: Question | Reminder) -> list[Piece]:
    return [
        small(say(said.language, "slack.theme", theme=said.theme)),
        strong(said.ask),
        small(say(said.language, "slack.closes", closes=said.closes)),
        small(say(said.language, "slack.footer")),
    ]


def _digest_post(said: DigestPost) -> list[Piece]:
    choices = buttons(
        button(said.language, "heard", said.digest),
        button(said.language, "respond", said.digest, style="primary"),
    )
    return [*_digest(said.text), choices, *_button_for_each_theme(said.language, "respond_wishes", said.digest, said.text.wishes)]


def _button_for_each_theme(language: Language, action: str, digest: int, themes: Sequence[tuple[str, str]]) -> list[Piece]:
    """A button for each theme (id, title) of a digest, in a row of its own: Slack has an action only once in a row, and titles are long."""
    return [buttons(button(language, action, f"{digest}:{theme}", theme=title)) for theme, title in themes]


def _digest_draft(said: DigestDraft) -> list[Piece]:
    hold = [button(said.language, "send_back", said.digest)] if said.holdable else []
    choices = buttons(button(said.language, "approve", said.digest, style="primary"), *hold)
    return [body(said.intro), rule(), *_digest(said.text), rule(), *_status(said.status), *([choices] if said.open else [])]


def _response_review(said: ResponseReview) -> list[Piece]:
    choices = buttons(
        button(said.language, "release", said.response, style="primary"),
        button(said.language, "decline", said.response),
    )
    return [strong(said.intro), body(said.words), *_status(said.status), *([choices] if said.open else [])]


def _quote_review(said: QuoteReview) -> list[Piece]:
    return [body(said.intro), *(_button_for_each_theme(said.language, "quote_review", said.digest, said.themes) if said.open else [])]


def _status(status: str | None) -> list[Piece]:
    return [strong(status)] if status else []


def _digest(text: DigestText) -> list[Piece]:
    return [heading(text.headline), *parts_under_headings(text.parts), small(text.foot)]


PIECES: Final[Mapping[type[Meaning], Callable[[Any], list[Piece]]]] = {
    Plain: _plain,
    Welcome: _welcome,
    Question: _question,
    Reminder: _reminder,
    DigestPost: _digest_post,
    DigestDraft: _digest_draft,
    ResponseReview: _response_review,
    QuoteReview: _quote_review,
}
