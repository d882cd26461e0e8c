"""Selects which approved quotes a digest shows: two that together say most, and one other voice.

The other voice is the text least like the others. Where the number of wishes is printed, one of the three is a wish if any is approved: it
says what is wished. That a quote is a wish tells only what its author has said with both marks. The selection is made when the digest is
about to be posted, from the quotes approved then. Quotes are never cut: one that does not fit is left out. Here all three yeses are checked
once more, for the exact text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from bot.confidentiality import floors
from bot.confidentiality.bound_text import bound_text
from bot.confidentiality.encryption import own_words, session_keys
from bot.database.insert_once import table_of
from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import content_of, text_checksum
from bot.dialogue.digests.digest_pieces import NO_QUOTES_OF_THEME, WORDS_BEFORE_QUOTE, QuoteShown, QuotesOfTheme, room_taken
from bot.dialogue.digests.digest_text import room_for_quotes
from bot.dialogue.digests.findings import has_content
from bot.dialogue.filtering import filter_of
from bot.language.lemmas import LEMMAS
from bot.language.similarity import select_texts
from bot.models import Quote, QuoteState, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import Filter
    from bot.models import Digest
    from bot.programme import Programme

OTHER_VOICE: Final = floors.MOST_QUOTES - 1  # the other voice has the last place, after the quotes
PLACES_IN_TURN: Final = (0, OTHER_VOICE, 1)  # if there is little room, the other voice comes before a second quote …
PLACES_FOR_A_WISH: Final = (0, 1, OTHER_VOICE)  # … unless that is the only wish


@dataclass(frozen=True, kw_only=True)
class QuoteInPlace:
    """An approved text with its place among the quotes of its theme."""

    quote: Quote
    text: str
    place: int


def select_quotes(session: Session, programme: Programme, digest: Digest) -> list[QuoteInPlace]:
    """The quotes that would be shown if the digest were posted now, as many as there is room for."""
    content = content_of(digest)
    by_theme = _texts_to_quote(session, filter_of(session, programme), digest)
    offers = [
        _select_of_theme(session, digest, by_theme.get(theme["theme"], ()), are_wishes_printed=theme["wishes"] is not None)
        for theme in content["themes"]
    ]
    room = room_for_quotes(content)
    selected = []
    for turn in range(max(map(len, offers), default=0)):  # the themes in turn
        for offer in offers:
            words_needed = room_taken(offer[turn].text) + WORDS_BEFORE_QUOTE if turn < len(offer) else 0
            if 0 < words_needed <= room:
                room -= words_needed
                selected.append(offer[turn])
    return selected


def _texts_to_quote(session: Session, data_filter: Filter, digest: Digest) -> dict[str, list[tuple[Quote, str]]]:
    """The approved texts by theme for which all three yeses hold."""
    select_approved = select(Quote, Reply).join(Reply, Reply.id == Quote.reply_id)
    rows = session.execute(select_approved.where(Quote.digest_id == digest.id, Quote.state == QuoteState.APPROVED))
    by_theme: dict[str, list[tuple[Quote, str]]] = {}
    keys = session_keys(session)
    for quote, reply in rows:
        text = bound_text(keys, own_words(keys, reply), quote.fingerprint, reply.sentence)
        if text is not None and reply.quote and reply.cleared == quote.fingerprint and not data_filter.holds(text):
            by_theme.setdefault(quote.theme, []).append((quote, text))
    return by_theme


def _select_of_theme(
    session: Session, digest: Digest, approved: Sequence[tuple[Quote, str]], *, are_wishes_printed: bool
) -> list[QuoteInPlace]:
    """The quotes of one theme in the order in which they get room; empty if too few are approved."""
    if not floors.quotes_may_be_shown(len(approved)):
        return []
    keys = session_keys(session)
    texts = [text for _, text in approved]
    selection = select_texts(
        texts,
        keys=[keys.fingerprint("order", str(digest.number), text) for text in texts],
        lemmas=LEMMAS,
        preferred={place for place, (quote, _) in enumerate(approved) if quote.wish and are_wishes_printed},
    )
    if selection is None:
        return []
    places = {0: selection.quotes[0], 1: selection.quotes[1], OTHER_VOICE: selection.other_voice}
    wishes = [place for place in PLACES_IN_TURN if are_wishes_printed and approved[places[place]][0].wish]
    in_turn = PLACES_FOR_A_WISH if wishes == [1] else PLACES_IN_TURN
    return [QuoteInPlace(quote=approved[places[place]][0], text=texts[places[place]], place=place) for place in in_turn]


def assign_places(session: Session, programme: Programme, digest: Digest) -> None:
    """Store place, words and checksum of each quote that the digest shows now, and clear those of all others.

    Called when the digest is about to be posted.
    """
    table = table_of(Quote)
    session.execute(update(table).where(table.c.digest_id == digest.id).values(place=None, words=None, sealed_with=None, checksum=None))
    for selection in select_quotes(session, programme, digest):
        sealed = session_keys(session).encrypt(selection.text, selection.quote.id)
        columns = {**asdict(sealed), "checksum": text_checksum(selection.text)}
        session.execute(update(table).where(table.c.id == selection.quote.id).values(place=selection.place, **columns))
    # Only the quotes are read again: delivery keeps the group's messages beyond this session.
    session.scalars(select(Quote).where(Quote.digest_id == digest.id).execution_options(populate_existing=True)).all()


def wishes_told(session: Session, digest: Digest) -> list[str] | None:
    """The themes (ids) of which a posted digest tells what is wished, in a quote or in words.

    None: it is from before the ledger.
    """
    content, shown = content_of(digest), quotes_in_post(session, digest)
    if "ledger" not in content:
        return None
    return [theme["theme"] for theme in content["themes"] if has_content(theme, shown.get(theme["theme"], NO_QUOTES_OF_THEME))]


def quotes_in_draft(session: Session, digest: Digest) -> Mapping[str, QuotesOfTheme]:
    """What a draft shows in place of quotes, by theme id: the number of approved ones, and never their words.

    A draft is a message that may still be in the chat long after an author has taken a text back.
    """
    approved: Counter[str] = Counter()
    for quote in quotes.find_quotes(session, digest):
        approved[quote.theme] += quote.state is QuoteState.APPROVED
    return {theme: QuotesOfTheme(unsaid=n) for theme, n in approved.items()}


def quotes_to_post(session: Session, programme: Programme, digest: Digest) -> Mapping[str, QuotesOfTheme]:
    """What a digest would show of each theme (by its id) if it were posted now."""
    by_theme: dict[str, list[QuoteShown]] = {}
    for selection in select_quotes(session, programme, digest):
        shown = QuoteShown(text=selection.text, place=selection.place, wish=selection.quote.wish)
        by_theme.setdefault(selection.quote.theme, []).append(shown)
    return quotes_by_place(by_theme)


def find_posted_quotes(session: Session, digest: Digest) -> list[Quote]:
    """The rows of the quotes that a posted digest shows, without those withdrawn since, by theme and place."""
    return sorted(quotes.find_quotes(session, digest, Quote.place.is_not(None)), key=lambda quote: (quote.theme, quote.place))


def quotes_in_post(session: Session, digest: Digest) -> Mapping[str, QuotesOfTheme]:
    """The quotes that a posted digest shows, by theme id, without those withdrawn since."""
    by_theme: dict[str, list[QuoteShown]] = {}
    for quote in find_posted_quotes(session, digest):
        text = own_words(session_keys(session), quote)
        if text is not None:
            by_theme.setdefault(quote.theme, []).append(QuoteShown(text=text, place=quote.place or 0, wish=quote.wish))
    return quotes_by_place(by_theme)


def quotes_by_place(by_theme: Mapping[str, Sequence[QuoteShown]]) -> Mapping[str, QuotesOfTheme]:
    """The quotes of each theme (by its id), each by its place."""
    return {theme: _quotes_of_theme(shown) for theme, shown in by_theme.items()}


def _quotes_of_theme(shown: Sequence[QuoteShown]) -> QuotesOfTheme:
    in_order = sorted(shown, key=lambda quote: quote.place)
    quoted = tuple(quote for quote in in_order if quote.place != OTHER_VOICE)
    return QuotesOfTheme(quotes=quoted, other_voice=next((quote for quote in in_order if quote.place == OTHER_VOICE), None))
