"""Answers authors about quotes: what is found in a text, what of it may be quoted, and their yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.confidentiality.personal_data import FindingKind
from bot.dialogue.digests.quotes import LONGEST_QUOTE, MOST_SIGNS
from bot.dialogue.rounds import replies
from bot.dialogue.rounds.quote_choice import may_be_quoted
from bot.dialogue.rounds.rare_words import find_rare_words, split_at
from bot.language.dictionary import is_word
from bot.language.visible_text import cut
from bot.seam.answers import Objection, Said
from bot.seam.quote_actions import QuoteAgreed, QuoteChoiceWanted
from bot.seam.quote_answers import QuoteChoice, QuotedThanks, QuoteOption
from bot.wording import say
from handlers.shared import answer_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import FilterReading, Hold
    from bot.dialogue.rounds.quote_choice import QuotePart, QuoteReading
    from bot.dialogue.rounds.replies import ReplyReceipt
    from bot.programme import Language, Programme
    from bot.seam.actions import Replied
    from bot.seam.answers import Answer, ReplyForm
    from handlers.shared import HandlerTable

PRIVATE: Final = frozenset({FindingKind.HEALTH, FindingKind.FAMILY, FindingKind.CHILD})
FOUND: Final = "\x00"  # stands for what was found, in a sentence about several; no text of ours holds it
MOST_NAMED: Final = 16  # characters of what was found, for one reason: an objection has three lines on a phone
MOST_STANDING_OUT: Final = 40  # in one text: more than that nobody reads
LONGEST_STRETCH: Final = 30  # words without a finding: of longer ones, only those beside a finding are shown
MOST_OPTIONS: Final = 25  # a window has room for so many


def answer_about_quote(  # noqa: PLR0913, PLR0917 - what was sent, and what became of it
    action: Replied, receipt: ReplyReceipt, thanks: Said, session: Session, now: datetime, programme: Programme
) -> Answer:
    """Answer a recorded reply: with thanks, and what is quoted; with what was found in it; or with a choice."""
    reading = receipt.reading
    if reading is None:
        return thanks
    is_choice_wanted = action.choose and bool(reading.parts)
    if receipt.quoted is not None and not is_choice_wanted:
        return _thanks_with_quote(receipt, receipt.quoted, reading, thanks, session)
    if reading.is_objected and not is_choice_wanted:
        return _form_with_objection(reading, replies.reply_form(session, now, programme, action.who, action.round))
    return _quote_choice(receipt, reading, session)


def show_choice(action: QuoteChoiceWanted, session: Session, now: datetime, programme: Programme) -> Answer:
    """Show what of a person's own reply may be quoted (*Vælg citat*), or why nothing may. Where nobody is quoted, the form says so."""
    if not may_be_quoted(session, programme, action.round):
        return replies.reply_form(session, now, programme, action.who, action.round)
    receipt, reading = replies.own_choice(session, now, programme, action.who, action.round)
    if not reading.parts:
        return _form_with_objection(reading, replies.reply_form(session, now, programme, action.who, action.round))
    return _quote_choice(receipt, reading, session)


def agree_to_quote(action: QuoteAgreed, session: Session, now: datetime, programme: Programme) -> Answer:
    """Note a yes to a part of a reply. If the reply has changed since it was shown, what may be quoted now is shown instead."""
    if not may_be_quoted(session, programme, action.round):
        return replies.reply_form(session, now, programme, action.who, action.round)
    receipt, reading = replies.agree_to_quote(session, now, programme, action.who, action.round, action.sentence, action.seen)
    if receipt.quoted is not None:
        return _thanks_with_quote(receipt, receipt.quoted, reading, answer_in_words(receipt.language, "quote.agreed"), session)
    if not reading.parts:
        return _form_with_objection(reading, replies.reply_form(session, now, programme, action.who, action.round))
    return _quote_choice(receipt, reading, session, "quote.choose.again")


def _quote_choice(receipt: ReplyReceipt, reading: QuoteReading, session: Session, key: str = "") -> QuoteChoice:
    different = _once_each(reading.parts)
    language, parts, kept = receipt.language, different[:MOST_OPTIONS], receipt.quoted
    options = _options(receipt, parts, session)
    lead = key or ("quote.choose" if any(part.sentence is None for part in parts) else "quote.choose.part")
    unpressed = say(language, "quote.no_press.kept", text=kept.text) if kept else say(language, "quote.no_press")
    left_out = [say(language, "quote.left_out", n=MOST_OPTIONS)] if len(different) > MOST_OPTIONS else []
    return QuoteChoice(
        language=language,
        round=receipt.round,
        lead=f"{say(language, lead)} {unpressed}",
        options=options,
        notes=(*left_out, *_notes(language, options, parts)),
    )


def _once_each(parts: Iterable[QuotePart]) -> list[QuotePart]:
    """The parts, and of those with the same words only the first."""
    by_text: dict[str, QuotePart] = {}
    for part in parts:
        by_text.setdefault(part.text, part)
    return list(by_text.values())


def _thanks_with_quote(receipt: ReplyReceipt, part: QuotePart, reading: QuoteReading, thanks: Said, session: Session) -> QuotedThanks:
    (option,) = options = _options(receipt, [part], session)
    return QuotedThanks(
        language=thanks.language,
        title=thanks.title,
        paragraphs=thanks.paragraphs,
        round=receipt.round,
        quoted=option,
        notes=tuple(_notes(receipt.language, options, [part])),
        may_choose=len(reading.parts) > 1,
    )


def _options(receipt: ReplyReceipt, parts: Sequence[QuotePart], session: Session) -> tuple[QuoteOption, ...]:
    """The parts with their rare words standing out, looked up once for all of them."""
    rare = find_rare_words(session, receipt.round, receipt.snapshot, " ".join(part.text for part in parts))
    return tuple(QuoteOption(sentence=part.sentence, parts=split_at(part.text, rare), fingerprint=part.fingerprint) for part in parts)


def _notes(language: Language, options: Iterable[QuoteOption], parts: Iterable[QuotePart]) -> Iterator[str]:
    """What an author may think of: rare words, and what in these parts somebody can guess who has guessed the author."""
    rare = dict.fromkeys(word for option in options for word, is_rare in option.parts if is_rare)
    marks = dict.fromkeys(mark for part in parts for mark in part.marks)
    if rare:
        oddest_first = sorted(rare, key=lambda word: is_word(word.lower()))
        yield say(language, "quote.rare", rare=_name(language, oddest_first))
    yield say(language, "quote.not_safe")
    if marks:
        yield say(language, "quote.marked", why=" ".join(_reasons(language, marks)))


# --- what was found ------------------------------------------------------------------------------------------------------------


def _form_with_objection(reading: QuoteReading, form: ReplyForm) -> ReplyForm:
    """The form with the stored text, and what speaks against quoting it."""
    language = form.language
    if reading.found.holds:
        why = _first_reason(language, reading.found.holds)
    else:
        in_language = say(language, f"data.language.{(form.quotes_in or language).value}")
        too_long = say(language, "objection.too_long", words=LONGEST_QUOTE, signs=MOST_SIGNS)
        why = say(language, "mark.quote.language", language=in_language) if reading.foreign else too_long
    objection = Objection(
        lines=(say(language, "objection.stored"), why, say(language, "objection.ways")),
        parts=_stand_out(reading.found) if reading.found.holds else (),
        may_choose=bool(reading.parts),
    )
    return replace(form, objection=objection)


def _first_reason(language: Language, holds: Collection[Hold]) -> str:
    """The first reason. A private matter comes first: a name that stands out in the text tells why by itself."""
    return _reasons(language, sorted(holds, key=lambda hold: hold.kind not in PRIVATE))[0]


def _reasons(language: Language, holds: Iterable[Hold]) -> list[str]:
    """The reasons in sentences, each once, with what was found for it."""
    found_by_reason: dict[str, list[str]] = {}
    for hold in holds:
        found_by_reason.setdefault(say(language, hold.sentence, found=FOUND), []).append(hold.found)
    quoted = say(language, "screen.quoted", text=FOUND)
    return [reason.replace(quoted, _name(language, found)) for reason, found in found_by_reason.items()]


def _name(language: Language, found: Sequence[str]) -> str:
    """Name what was found, each in quotation marks; of many, the first ones and how many more there are."""
    named = [word for number, word in enumerate(found) if number == 0 or len("".join(found[: number + 1])) <= MOST_NAMED]
    words = say(language, "objection.between").join(cut(word, MOST_NAMED) for word in named)
    quoted, more = say(language, "screen.quoted", text=words), len(found) - len(named)
    return say(language, "objection.and_more", found=quoted, n=more) if more else quoted


def _stand_out(found: FilterReading) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it was found. Of long stretches between them, only the ends are shown."""
    parts, done = list[tuple[str, bool]](), 0
    for start, end in found.places[:MOST_STANDING_OUT]:
        parts += [(_ends_of(found.text[done:start]), False), (found.text[start:end], True)]
        done = end
    return tuple(part for part in [*parts, (_ends_of(found.text[done:]), False)] if part[0])


def _ends_of(stretch: str) -> str:
    words = stretch.split(" ")
    beside = LONGEST_STRETCH // 2
    return stretch if len(words) <= LONGEST_STRETCH else " ".join([*words[:beside], "…", *words[-beside:]])


HANDLERS: Final[HandlerTable] = {QuoteChoiceWanted: show_choice, QuoteAgreed: agree_to_quote}
