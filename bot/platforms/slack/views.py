"""Renders each answer as a window for the person who acted.

One table: answer → modal. `home_view` makes the person's page in App Home. A form's fields have the names of the action's fields, so that
`FormErrors` is shown at the right field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.dialogue.planning.pause_for_all import LONGEST_REASON
from bot.platforms.slack.blocks import (
    Button,
    Json,
    Piece,
    as_many_as_fit,
    body,
    buttons,
    choice_input,
    form_field,
    heading,
    modal,
    notice,
    rule,
    small,
    strong,
    text_input,
    view_blocks,
)
from bot.platforms.slack.digest_forms import finding_fields, outcome_fields, politicians_fields, response_fields
from bot.platforms.slack.escaping import paragraphs
from bot.platforms.slack.form_metadata import FormMetadata, Place
from bot.platforms.slack.messages import (
    button,
    digest_pieces,
    hour_button,
    information_pieces,
    parts_under_headings,
    pieces_of,
    promise_pieces,
)
from bot.platforms.slack.planning_forms import bank_fields, blocks_of_done, move_fields, paste_blocks, plan_blocks, skip_fields
from bot.platforms.slack.quote_form import digest_page_blocks, quote_blocks
from bot.seam import answers, planning_answers
from bot.seam.answers import Home, HomeChoice, Said
from bot.seam.edits import write_edit
from bot.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.programme import Language
    from bot.seam.meaning import Meaning

MARKS: Final = ("wish", "quote")


def window(answer: answers.Answer, place: Place | None = None) -> Json | None:
    """Make the window for `answer`, opened from the message at `place`; None if there is nothing to show."""
    make_window = WINDOWS.get(type(answer))
    return make_window(answer, place) if make_window else None


def plain_window(language: Language, title: str, paragraphs_: Sequence[str]) -> Json:
    """Make a window with plain sentences."""
    return _window(language, title, view_blocks([body(paragraphs(paragraphs_))]))


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
        return {"type": "home", "blocks": view_blocks(home_pieces(answer))}
    lead, rows = view_blocks(_home_lead(answer)), view_blocks(_home_rows(answer))
    waiting = [view_blocks(_waiting_pieces(meaning)) for meaning in answer.waiting]
    blocks, _ = as_many_as_fit([*lead, *rows], waiting)
    return {"type": "home", "blocks": [*lead, *blocks[len(lead) + len(rows) :], *rows]}


def _home_lead(answer: Home) -> list[Piece]:
    """Make what is read first. The last part is the heading of what waits, so it comes below the buttons with which one plans."""
    planning = [_home_button(answer, choice) for choice in answer.planning]
    first, last = parts_under_headings(answer.parts[:-1]), parts_under_headings(answer.parts[-1:])
    return [heading(answer.title), body(paragraphs(answer.paragraphs)), *first, *([buttons(*planning)] if planning else []), *last]


def _home_rows(answer: Home) -> list[Piece]:
    row = [_home_button(answer, choice) for choice in answer.choices]
    return [*promise_pieces(answer.language, answer.promises), *([buttons(*row)] if row else []), *_hour_row(answer)]


def _waiting_pieces(meaning: Meaning) -> list[Piece]:
    return [rule(), *pieces_of(meaning)]


def _home_button(answer: Home, choice: HomeChoice) -> Any:
    if choice in (HomeChoice.ANSWER, HomeChoice.EDIT_REPLY):
        return button(answer.language, choice.value, answer.round or "", style="primary")
    return button(answer.language, choice.value, confirm=choice is HomeChoice.LEAVE)


def _hour_row(answer: Home | answers.HourSet) -> list[Piece]:
    return [buttons(hour_button(answer.language, answer.offer))] if answer.offer else []


def _window_after_redraw(answer: answers.Redrawn, _: Place | None) -> Json | None:
    return plain_window(answer.language, say(answer.language, "title.done"), [answer.said]) if answer.said else None


def _window(language: Language, title: str, blocks: Sequence[Json]) -> Json:
    """Make a window that can only be closed."""
    return modal(title, blocks, close=say(language, "screen.close"))


def _form(name: str, blocks: Sequence[Json], form_metadata: FormMetadata, *, close: str = "screen.cancel", title: str = "") -> Json:
    """Make the form `name`; the catalogue has its title (under `title` if given) and its submit button."""
    return modal(
        say(form_metadata.language, f"title.{title or name}"),
        blocks,
        submit=say(form_metadata.language, f"submit.{name}"),
        close=say(form_metadata.language, close),
        callback_id=name,
        private_metadata=str(form_metadata),
    )


def _reply_form(answer: answers.ReplyForm, place: Place | None) -> Json:
    language = answer.language
    options = [(mark, say(language, f"mark.{mark}")) for mark in MARKS]
    marks = choice_input("checkboxes", options, [mark for mark in MARKS if getattr(answer, mark)])
    blocks = [
        *view_blocks([*_lead(answer), small(say(language, "screen.theme", theme=answer.theme)), strong(answer.ask)]),
        *view_blocks([small(say(language, "screen.child_in_danger"))]),
        form_field("text", say(language, "field.reply"), text_input(answer.text), hint=say(language, "screen.footer")),
        form_field("marks", say(language, "field.marks"), marks, hint=say(language, "mark.quote.style"), optional=True),
        *view_blocks([small(say(language, "screen.confidential")), small(say(language, "screen.form_closes", closes=answer.closes))]),
        *(view_blocks([buttons(_delete_button(language, answer.round))]) if answer.replied else []),
    ]
    form_metadata = FormMetadata(language=language, about=answer.round, place=place)
    close = "screen.close" if answer.notice else "screen.cancel"  # closing does not undo what was sent
    return _form("reply", blocks, form_metadata, close=close, title="edit_reply" if answer.replied else "")


def _lead(answer: answers.ReplyForm) -> list[Piece]:
    """Make what is read first: what the filter found, or that there already is a reply."""
    if answer.notice:
        return [notice(paragraphs(answer.notice)), rule()]
    return [body(say(answer.language, "screen.edit_reply"))] if answer.replied else []


def _delete_button(language: Language, round_: int) -> Any:
    return button(language, "delete_reply", round_, style="danger", confirm=True)


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
    return _form("finding", finding_fields(answer), FormMetadata(language=answer.language, about=answer.digest, place=place))


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
        return _window(language, say(language, "title.edit"), blocks)
    kept = FormMetadata(language=language, place=place, edit=write_edit(answer.edit), fingerprint=answer.fingerprint)
    return _form("edit", blocks, kept, close="screen.close")


def _whole_plan_window(answer: planning_answers.WholePlan, _: Place | None) -> Json:
    """Show as many lines of a plan as there is room for, and a button for the others."""
    language = answer.language
    blocks, count = as_many_as_fit([], [view_blocks([body(line)]) for line in answer.lines[answer.start :]])
    if answer.start + count < len(answer.lines):
        value = f"{answer.version}:{answer.start + count}"
        blocks += view_blocks([buttons(Button(label=say(language, "button.more_data"), action="see_plan", value=value))])
    return _window(language, say(language, "title.whole_plan"), blocks)


def _edit_done_window(answer: planning_answers.EditDone, place: Place | None) -> Json:
    """Show that an edit is in force. The window remembers from where it was opened, for *Fortryd*."""
    language, kept = answer.language, FormMetadata(language=answer.language, place=place)
    title, close = say(language, "title.edit_done"), say(language, "screen.close")
    return modal(title, blocks_of_done(answer), close=close, private_metadata=str(kept))


def _paste_window(answer: planning_answers.EditToPaste, _: Place | None) -> Json:
    return _window(answer.language, say(answer.language, "title.edit_to_paste"), paste_blocks(answer))


def _my_replies_window(answer: answers.MyReplies, _: Place | None) -> Json:
    language = answer.language
    groups = [view_blocks(_my_reply_pieces(language, reply)) for reply in answer.replies]
    blocks, count = as_many_as_fit(view_blocks([body(answer.note)]), groups)
    if count < len(groups):
        blocks += view_blocks([small(say(language, "screen.newest_only", n=count))])
    return _window(language, say(language, "title.my_replies"), blocks)


def _my_reply_pieces(language: Language, reply: answers.MyReply) -> list[Piece]:
    marks = [say(language, f"mark.{mark}") for mark in MARKS if getattr(reply, mark)]
    edit = [button(language, "edit_reply", reply.round)] if reply.editable else []
    withdraw = [button(language, "withdraw_quote", reply.round, confirm=True)] if reply.withdrawable else []
    return [
        rule(),
        small(say(language, "screen.theme", theme=reply.theme)),
        strong(reply.ask),
        body(reply.text),
        small(" · ".join([reply.state, *marks])),
        buttons(*edit, *withdraw, _delete_button(language, reply.round)),
    ]


def _my_data_window(answer: answers.MyData, _: Place | None) -> Json:
    """Show as many parts as there is room for, and a button for the others."""
    language = answer.language
    groups = [view_blocks(parts_under_headings([part])) for part in answer.parts[answer.start :]]
    blocks, count = as_many_as_fit(view_blocks([body(answer.note)]), groups)
    rest = [button(language, "more_data", answer.start + count)] if count < len(groups) else []
    erase = [button(language, "erase", style="danger", confirm=True)] if answer.parts else []
    last_row = view_blocks([buttons(*rest, *erase)]) if rest or erase else []
    return _window(language, say(language, "title.my_data"), [*blocks, *last_row])


def _read_more_window(answer: answers.ReadMore, _: Place | None) -> Json:
    blocks = view_blocks(information_pieces(answer.language, answer.parts))
    return _window(answer.language, say(answer.language, "title.read_more"), blocks)


def _digests_window(answer: answers.Digests, _: Place | None) -> Json:
    """Show as many digests as there is room for, and a button for older ones."""
    language = answer.language
    groups = [view_blocks([*digest_pieces(digest), rule()]) for digest in answer.digests[answer.start :]]
    blocks, count = as_many_as_fit(view_blocks([body(say(language, "screen.digests" if groups else "screen.digests.none"))]), groups)
    older = view_blocks([buttons(button(language, "more_digests", answer.start + count))]) if count < len(groups) else []
    return _window(language, say(language, "title.digests"), [*blocks, *older])


def _reading_window(answer: answers.Reading, _: Place | None) -> Json:
    """Show as many lines as there is room for, each part under its heading, and a button for the rest."""
    language = answer.language
    lines = [(part.heading if number == 0 else "", line) for part in answer.parts for number, line in enumerate(part.lines)]
    groups = [view_blocks([strong(heading_), body(line)]) for heading_, line in lines[answer.start :]]
    blocks, count = as_many_as_fit([], groups)
    if answer.digest is not None and count < len(groups):
        more = Button(label=say(language, "button.more_data"), action="answers", value=f"{answer.digest}:{answer.start + count}")
        blocks += view_blocks([buttons(more)])
    return _window(language, answer.title, blocks)


def _ledger_window(answer: answers.Ledger, _: Place | None) -> Json:
    """Show as many entries as there is room for, each with a button to its digest, and a button for older ones."""
    language = answer.language
    groups = [view_blocks(_ledger_entry(language, entry)) for entry in answer.entries[answer.start :]]
    lead = view_blocks([body(say(language, "screen.ledger" if groups else "screen.ledger.none"))])
    blocks, count = as_many_as_fit(lead, groups)
    older = view_blocks([buttons(button(language, "more_ledger", answer.start + count))]) if count < len(groups) else []
    return _window(language, say(language, "title.ledger"), [*blocks, *older])


def _ledger_entry(language: Language, entry: answers.LedgerEntry) -> list[Piece]:
    label = say(language, "button.read_digest")
    digest = Button(label=label, action="more_digests", value=str(entry.start), spoken=f"{label}: {entry.heading}")
    return [rule(), strong(entry.heading), body("\n".join(entry.lines)), buttons(digest)]


WINDOWS: Final[Mapping[type[answers.Answer], Callable[[Any, Place | None], Json | None]]] = {
    Said: lambda answer, _: plain_window(answer.language, answer.title, answer.paragraphs),
    Home: lambda answer, _: _window(answer.language, say(answer.language, "title.home"), view_blocks(home_pieces(answer))),
    answers.HourSet: lambda answer, _: _window(
        answer.language, answer.title, view_blocks([body(paragraphs(answer.paragraphs)), *_hour_row(answer)])
    ),
    answers.FormErrors: lambda answer, _: plain_window(
        answer.language, say(answer.language, "title.trouble"), list(answer.errors.values())
    ),
    answers.Redrawn: _window_after_redraw,
    answers.ReplyForm: _reply_form,
    answers.PauseForm: _pause_form,
    answers.PauseForAllForm: _pause_for_all_form,
    answers.GoOnForm: _go_on_form,
    answers.SendBackForm: _send_back_form,
    answers.ResponseForm: _response_form,
    answers.OutcomeForm: _outcome_form,
    answers.FindingForm: _finding_form,
    answers.PoliticiansForm: _politicians_form,
    answers.Reading: _reading_window,
    answers.Ledger: _ledger_window,
    answers.QuoteReviewForm: _quote_review_form,
    answers.DigestPage: _digest_page,
    planning_answers.MoveForm: _move_form,
    planning_answers.SkipForm: _skip_form,
    planning_answers.BankForm: _bank_form,
    planning_answers.EditPlan: _edit_plan_window,
    planning_answers.WholePlan: _whole_plan_window,
    planning_answers.EditDone: _edit_done_window,
    planning_answers.EditToPaste: _paste_window,
    answers.MyReplies: _my_replies_window,
    answers.MyData: _my_data_window,
    answers.ReadMore: _read_more_window,
    answers.Digests: _digests_window,
}
