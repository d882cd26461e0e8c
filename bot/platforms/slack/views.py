"""Renders each answer as a window for the person who acted.

One table: answer → modal. `home_view` makes the person's page in App Home. A form's fields have the names of the action's fields, so that
`FormErrors` is shown at the right field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.planning.pause_for_all import LONGEST_REASON
from bot.language.visible_text import clean, rest_of
from bot.platforms.slack.blocks import (
    Button,
    Json,
    Piece,
    as_many_as_fit,
    body,
    buttons,
    buttons_about,
    choice_input,
    form_field,
    heading,
    modal,
    notice,
    plain_text,
    quote,
    rule,
    small,
    strong,
    tell_apart,
    text_input,
    view_blocks,
)
from bot.platforms.slack.digest_forms import finding_fields, outcome_fields, politicians_fields, response_fields
from bot.platforms.slack.escaping import MOST_IN_TEXT, paragraphs
from bot.platforms.slack.form_metadata import FormMetadata, Place
from bot.platforms.slack.messages import (
    button,
    hour_button,
    parts_under_headings,
    pieces_of,
    promise_pieces,
)
from bot.platforms.slack.planning_forms import bank_fields, blocks_of_done, move_fields, paste_blocks, plan_blocks, skip_fields
from bot.platforms.slack.quote_form import choice_window, digest_page_blocks, objection_pieces, quote_blocks, thanks_window
from bot.platforms.slack.reading_windows import (
    MARKS,
    closing_window,
    delete_button,
    digests_window,
    ledger_window,
    my_book_window,
    my_data_window,
    my_replies_window,
    read_more_window,
    reading_window,
    whole_plan_window,
)
from bot.seam import answers, planning_answers, quote_answers, reading_answers
from bot.seam.answers import Home, HomeChoice, Said
from bot.seam.edits import write_edit
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.programme import Language
    from bot.seam.meaning import Meaning


KEPT_OF_WINDOW: Final = ("type", "title", "close", "submit", "callback_id", "private_metadata")


def window(answer: answers.Answer, place: Place | None = None) -> Json | None:
    """Make the window for `answer`, opened from the message at `place`; None if there is nothing to show."""
    make_window = WINDOWS.get(type(answer))
    return make_window(answer, place) if make_window else None


def plain_window(language: Language, title: str, paragraphs_: Sequence[str]) -> Json:
    """Make a window with plain sentences."""
    return closing_window(language, title, view_blocks([body(paragraphs(paragraphs_))]))


def with_notice(view: Json, text: str) -> Json:
    """Make a window that is on somebody's screen once more, with a notice above it."""
    kept = {name: view[name] for name in KEPT_OF_WINDOW if view.get(name)}
    return kept | {"blocks": [*view_blocks([notice(text)]), *(block for block in view["blocks"] if block["block_id"] != "notice")]}


def trouble_window(language: Language, key: str) -> Json:
    """Make a window that says what went wrong outside the engine: `screen.failed`, `screen.outdated`."""
    return plain_window(language, say(language, "title.trouble"), [say(language, key)])


def home_pieces(answer: Home | Said) -> list[Piece]:
    """Make the pieces of a person's own page, or of the sentences shown to someone without one."""
    if isinstance(answer, Said):
        return [heading(answer.title), body(paragraphs(answer.paragraphs))]
    return [*_home_lead(answer), *(piece for meaning in answer.waiting for piece in _waiting_pieces(meaning)), *_home_rows(answer)]


def home_view(answer: Home | Said) -> Json:
    """Make a person's page in App Home. If not all that waits has room, the rows of buttons below it stay."""
    if isinstance(answer, Said):
        return {"type": "home", "blocks": tell_apart(view_blocks(home_pieces(answer)))}
    lead, rows = view_blocks(_home_lead(answer)), view_blocks(_home_rows(answer))
    waiting = [view_blocks(_waiting_pieces(meaning)) for meaning in answer.waiting]
    blocks, _ = as_many_as_fit([*lead, *rows], waiting)
    return {"type": "home", "blocks": tell_apart([*lead, *blocks[len(lead) + len(rows) :], *rows])}


def _home_lead(answer: Home) -> list[Piece]:
    """Make what is read first. The last part is the heading of what waits, so it comes below the buttons with which one plans."""
    planning = [_home_button(answer, choice) for choice in answer.planning]
    first, last = parts_under_headings(answer.parts[:-1]), parts_under_headings(answer.parts[-1:])
    return [heading(answer.title), body(paragraphs(answer.paragraphs)), *first, *([buttons(*planning)] if planning else []), *last]


def _home_rows(answer: Home) -> list[Piece]:
    row = [_home_button(answer, choice) for choice in answer.choices]
    return [*promise_pieces(answer.language, answer.promises), *([buttons(*row)] if row else []), *_hour_row(answer)]


def _waiting_pieces(meaning: Meaning) -> list[Piece]:
    """Make the pieces of something that waits; its buttons are read aloud with how it begins, for several wait."""
    pieces = pieces_of(meaning)
    return [rule(), *(buttons_about(pieces[0].text, *piece.buttons) if piece.buttons else piece for piece in pieces)]


def _home_button(answer: Home, choice: HomeChoice) -> Any:
    if choice in (HomeChoice.ANSWER, HomeChoice.EDIT_REPLY):
        return button(answer.language, choice.value, answer.round or "", style="primary")
    return button(answer.language, choice.value, confirm=choice is HomeChoice.LEAVE)


def _hour_row(answer: Home | answers.HourSet) -> list[Piece]:
    return [buttons(hour_button(answer.language, answer.offer))] if answer.offer else []


def _window_after_redraw(answer: answers.Redrawn, _: Place | None) -> Json | None:
    return plain_window(answer.language, say(answer.language, "title.done"), [answer.said]) if answer.said else None


def _form(name: str, blocks: Sequence[Json], form_metadata: FormMetadata, *, close: str = "screen.cancel", title: str = "") -> Json:
    """Make the form `name`; the catalogue has its title (under `title` if given) and its submit button."""
    return modal(
        say(form_metadata.language, f"title.{title or name}"),
        _warn_of_closing(say(form_metadata.language, f"screen.close_loses{'.stored' if title == 'edit_reply' else ''}"), blocks),
        submit=say(form_metadata.language, f"submit.{name}"),
        close=say(form_metadata.language, close),
        callback_id=name,
        private_metadata=str(form_metadata),
    )


def _warn_of_closing(warning: str, blocks: Sequence[Json]) -> list[Json]:
    """Say at the first text field that what is typed is only kept when it is sent."""
    text = next((block for block in blocks if block.get("element", {}).get("type") == "plain_text_input"), None)
    said = plain_text(warning)
    if text is not None and "hint" in text:
        said["text"] = f"{text['hint']['text']} {said['text']}"
    return [block | {"hint": said} if block is text else block for block in blocks]


def _reply_form(answer: answers.ReplyForm, place: Place | None) -> Json:
    """Make the form of a reply: what is asked, the field, the marks. What became of a sent text comes before what is asked."""
    language, objection = answer.language, answer.objection
    offered = [mark for mark in MARKS if mark != "quote" or answer.may_quote]
    options = [(mark, say(language, f"mark.{mark}")) for mark in offered]
    ticks = choice_input("checkboxes", options, [mark for mark in offered if getattr(answer, mark)])
    about_quotes = say(language, "mark.quote.style" if answer.may_quote else "mark.quote.never")
    if answer.may_quote and answer.quotes_in is not None:
        about_quotes += " " + say(language, "mark.quote.language", language=say(language, f"data.language.{answer.quotes_in.value}"))
    marks = form_field("marks", say(language, "field.marks"), ticks, hint=about_quotes, optional=True)
    asked = view_blocks([small(say(language, "screen.theme", theme=answer.theme)), strong(answer.ask)])
    danger = view_blocks([small(say(language, "screen.child_in_danger"))])
    hint = "" if objection else say(language, "screen.footer")
    field = [form_field("text", say(language, "field.reply"), text_input(answer.text), hint=hint), *_rest(answer)]
    if objection:
        begin = [*field, *view_blocks(objection_pieces(language, objection)), marks, *asked, *danger]
    elif answer.newer:
        begin = [*view_blocks([notice(say(language, "screen.newer_reply"))]), *field, marks, *_newer_reply(answer.newer), *asked, *danger]
    else:
        lead = view_blocks([body(say(language, "screen.edit_reply"))]) if answer.replied else []
        begin = [*lead, *asked, *danger, *field, marks]
    blocks = [
        *begin,
        *view_blocks([small(say(language, "screen.confidential")), small(say(language, "screen.form_closes", closes=answer.closes))]),
        *(view_blocks([buttons(delete_button(language, answer.round))]) if answer.replied else []),
    ]
    form_metadata = FormMetadata(language=language, about=answer.round, place=place, fingerprint=answer.seen)
    close = "screen.close" if objection else "screen.cancel"  # closing does not undo what was sent
    return _form("reply", blocks, form_metadata, close=close, title="edit_reply" if answer.replied else "")


def _rest(answer: answers.ReplyForm) -> list[Json]:
    """Make what has no room in the field: of a reply from when its length was counted otherwise."""
    rest = rest_of(clean(answer.text), MOST_IN_TEXT)
    return view_blocks([body(say(answer.language, "screen.rest_of_reply")), quote(rest)]) if rest else []


def _newer_reply(newer: answers.ReplyForm) -> list[Json]:
    """Make the newer reply, with its marks in words, as it stands below the person's own text."""
    language = newer.language
    marks = " · ".join(say(language, f"mark.{mark}") for mark in MARKS if getattr(newer, mark))
    told = say(language, "screen.newer_reply.marks", marks=marks) if marks else say(language, "screen.newer_reply.no_marks")
    return view_blocks([rule(), strong(say(language, "screen.newer_reply.stored")), quote(newer.text), body(told), rule()])


def _pause_form(answer: answers.PauseForm, place: Place | None) -> Json:
    language = answer.language
    picker = {"type": "datepicker", "initial_date": answer.proposed.isoformat()}
    blocks = [*view_blocks([body(say(language, "screen.pause"))]), form_field("until", say(language, "field.until"), picker)]
    return _form("pause", blocks, FormMetadata(language=language, place=place))


def _pause_for_all_form(answer: answers.PauseForAllForm, place: Place | None) -> Json:
    language = answer.language
    element = text_input(most=LONGEST_REASON)
    reason = form_field("reason", say(language, "field.reason"), element, hint=say(language, "screen.pause_for_all.reason"))
    blocks = [*view_blocks([body(paragraphs(answer.paragraphs))]), reason]
    return _form("pause_for_all", blocks, FormMetadata(language=language, place=place), close="screen.close")  # "cancel" is an undo there


def _go_on_form(answer: answers.GoOnForm, place: Place | None) -> Json:
    lines = [body("\n".join(answer.lines))] if answer.lines else []
    form_metadata = FormMetadata(language=answer.language, fingerprint=answer.fingerprint or None, place=place)
    return _form("go_on", view_blocks([body(paragraphs(answer.paragraphs)), *lines]), form_metadata, close="screen.close")


def _send_back_form(answer: answers.SendBackForm, place: Place | None) -> Json:
    language = answer.language
    lead = body(say(language, "screen.send_back", number=answer.number))
    blocks = [*view_blocks([lead]), form_field("note", say(language, "field.note"), text_input())]
    return _form("send_back", blocks, FormMetadata(language=language, about=answer.digest, place=place))


def _response_form(answer: answers.ResponseForm, place: Place | None) -> Json:
    return _form("response", response_fields(answer), FormMetadata(language=answer.language, about=answer.digest, place=place))


def _outcome_form(answer: answers.OutcomeForm, place: Place | None) -> Json:
    form_metadata = FormMetadata(language=answer.language, about=answer.promise, kind=answer.kind, place=place)
    return _form("outcome", outcome_fields(answer), form_metadata)


def _finding_form(answer: answers.FindingForm, place: Place | None) -> Json:
    form_metadata = FormMetadata(language=answer.language, about=answer.digest, place=place, fingerprint=answer.seen)
    return _form("finding", finding_fields(answer), form_metadata)


def _politicians_form(answer: answers.PoliticiansForm, place: Place | None) -> Json:
    form_metadata = FormMetadata(language=answer.language, about=answer.digest, theme=answer.theme, place=place)
    return _form("politicians", politicians_fields(answer), form_metadata)


def _quote_review_form(answer: answers.QuoteReviewForm, place: Place | None) -> Json:
    """Make a window whose own buttons act at once; it remembers which page it shows."""
    language = answer.language
    form_metadata = FormMetadata(language=language, about=answer.digest, theme=answer.theme, place=place, page=answer.page)
    return modal(
        say(language, "title.quotes"),
        quote_blocks(answer),
        close=say(language, "screen.close"),
        callback_id="quote_page",
        private_metadata=str(form_metadata),
    )


def _digest_page(answer: answers.DigestPage, place: Place | None) -> Json:
    """Make the window with the finished page; it can be approved where its end is read."""
    language, (blocks, left) = answer.language, digest_page_blocks(answer)
    form_metadata = FormMetadata(language=language, about=answer.digest, place=place, fingerprint=answer.fingerprint)
    view = _form("approve", blocks, form_metadata, close="screen.close")
    if left is None:
        return view
    more = Button(label=say(language, "button.more_data"), action="page_more", value=str(left))
    return {name: part for name, part in view.items() if name != "submit"} | {"blocks": [*blocks, *view_blocks([buttons(more)])]}


def _move_form(answer: planning_answers.MoveForm, place: Place | None) -> Json:
    return _form("move_question", move_fields(answer), FormMetadata(language=answer.language, place=place), close="screen.close")


def _skip_form(answer: planning_answers.SkipForm, place: Place | None) -> Json:
    return _form("skip_week", skip_fields(answer), FormMetadata(language=answer.language, place=place), close="screen.close")


def _bank_form(answer: planning_answers.BankForm, place: Place | None) -> Json:
    return _form(
        "bank_question",
        bank_fields(answer),
        FormMetadata(language=answer.language, about=answer.response, place=place),
        close="screen.close",
    )


def _edit_plan_window(answer: planning_answers.EditPlan, place: Place | None) -> Json:
    """Show a plan, with *Sæt i kraft* if it changes anything."""
    language, blocks = answer.language, plan_blocks(answer)
    if answer.edit is None:
        return closing_window(language, say(language, "title.edit"), blocks)
    kept = FormMetadata(language=language, place=place, edit=write_edit(answer.edit), fingerprint=answer.fingerprint)
    return _form("edit", blocks, kept, close="screen.close")


def _edit_done_window(answer: planning_answers.EditDone, place: Place | None) -> Json:
    """Show that an edit is in force. The window remembers from where it was opened, for *Fortryd*."""
    language, kept = answer.language, FormMetadata(language=answer.language, place=place)
    title, close = say(language, "title.edit_done"), say(language, "screen.close")
    return modal(title, blocks_of_done(answer), close=close, private_metadata=str(kept))


def _paste_window(answer: planning_answers.EditToPaste, _: Place | None) -> Json:
    return closing_window(answer.language, say(answer.language, "title.edit_to_paste"), paste_blocks(answer))


WINDOWS: Final[Mapping[type[answers.Answer], Callable[[Any, Place | None], Json | None]]] = {
    Said: lambda answer, _: plain_window(answer.language, answer.title, answer.paragraphs),
    Home: lambda answer, _: closing_window(answer.language, say(answer.language, "title.home"), view_blocks(home_pieces(answer))),
    answers.HourSet: lambda answer, _: closing_window(
        answer.language, answer.title, view_blocks([body(paragraphs(answer.paragraphs)), *_hour_row(answer)])
    ),
    answers.FormErrors: lambda answer, _: plain_window(
        answer.language, say(answer.language, "title.trouble"), list(answer.errors.values())
    ),
    answers.Redrawn: _window_after_redraw,
    answers.ReplyForm: _reply_form,
    quote_answers.QuoteChoice: choice_window,
    quote_answers.QuotedThanks: thanks_window,
    answers.PauseForm: _pause_form,
    answers.PauseForAllForm: _pause_for_all_form,
    answers.GoOnForm: _go_on_form,
    answers.SendBackForm: _send_back_form,
    answers.ResponseForm: _response_form,
    answers.OutcomeForm: _outcome_form,
    answers.FindingForm: _finding_form,
    answers.PoliticiansForm: _politicians_form,
    answers.Reading: reading_window,
    answers.Ledger: ledger_window,
    answers.QuoteReviewForm: _quote_review_form,
    answers.DigestPage: _digest_page,
    planning_answers.MoveForm: _move_form,
    planning_answers.SkipForm: _skip_form,
    planning_answers.BankForm: _bank_form,
    planning_answers.EditPlan: _edit_plan_window,
    planning_answers.WholePlan: whole_plan_window,
    planning_answers.EditDone: _edit_done_window,
    planning_answers.EditToPaste: _paste_window,
    answers.MyReplies: my_replies_window,
    reading_answers.MyBook: my_book_window,
    answers.MyData: my_data_window,
    answers.ReadMore: read_more_window,
    answers.Digests: digests_window,
}
