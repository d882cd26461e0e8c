"""Which of the approved texts does a digest show?

Two quotes that say most between them, and another voice: the one least like the others. Chosen when the digest is about to be posted, from
what is approved then, and never cut: what does not fit into a digest is left out whole. Whether all three yeses still hold is asked
once more, here, for the exact text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from bot.confidentiality import floors
from bot.confidentiality.encryption import own_words, session_keys
from bot.database.insert_once import table_of
from bot.dialogue.digests import quotes
from bot.dialogue.digests.digest_content import content_of, text_checksum
from bot.dialogue.digests.digest_text import WORDS_BEFORE_QUOTE, QuotesOfTheme, count_words, room_for_quotes
from bot.dialogue.filtering import filter_of
from bot.language.lemmas import LEMMAS
from bot.language.similarity import select_texts
from bot.models import Quote, QuoteState, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.confidentiality.personal_data import Filter
    from bot.dialogue.digests.digest_content import Content
    from bot.models import Digest
    from bot.programme import Programme

OTHER_VOICE: Final = floors.MOST_QUOTES - 1  # the last place is another voice's; quotes have those before it
PLACES_IN_TURN: Final = (0, OTHER_VOICE, 1)  # where there is little room, another voice comes before a second quote


@dataclass(frozen=True, kw_only=True)
class QuoteInPlace:
    """One approved text with its place among its theme's quotes."""

    quote: Quote
    text: str
    place: int


def select_quotes(session: Session, programme: Programme, digest: Digest) -> list[QuoteInPlace]:
    """What would be shown if the digest were posted now."""
    content = content_of(digest)
    by_theme = _texts_to_quote(session, filter_of(session, programme), digest)
    offers = [_select_of_theme(session, digest, by_theme.get(theme["theme"], ())) for theme in content["themes"]]
    return list(_fit_into_room(content, offers))


def _texts_to_quote(session: Session, data_filter: Filter, digest: Digest) -> dict[str, list[tuple[Quote, str]]]:
    """The approved texts for which all three yeses hold."""
    select_approved = select(Quote, Reply).join(Reply, Reply.id == Quote.reply_id)
    rows = session.execute(select_approved.where(Quote.digest_id == digest.id, Quote.state == QuoteState.APPROVED))
    by_theme: dict[str, list[tuple[Quote, str]]] = {}
    for quote, reply in rows:
        text = own_words(session_keys(session), reply)
        bound = text is not None and reply.cleared == quote.fingerprint == quotes.fingerprint(session, text)
        if text is not None and reply.quote and bound and not data_filter.holds(text):
            by_theme.setdefault(quote.theme, []).append((quote, text))
    return by_theme


def _select_of_theme(session: Session, digest: Digest, approved: Sequence[tuple[Quote, str]]) -> list[QuoteInPlace]:
    """The quotes of one theme, in the order in which there should be room for them."""
    if not floors.quotes_may_be_shown(len(approved)):
        return []
    keys = session_keys(session)
    texts = [text for _, text in approved]
    selection = select_texts(texts, keys=[keys.fingerprint("order", str(digest.number), text) for text in texts], lemmas=LEMMAS)
    if selection is None:
        return []
    places = {0: selection.quotes[0], 1: selection.quotes[1], OTHER_VOICE: selection.other_voice}
    return [QuoteInPlace(quote=approved[places[place]][0], text=texts[places[place]], place=place) for place in PLACES_IN_TURN]


def _fit_into_room(content: Content, offers: Sequence[Sequence[QuoteInPlace]]) -> Iterator[QuoteInPlace]:
    """As many as there is room for, the themes in turn."""
    room = room_for_quotes(content)
    for turn in range(max(map(len, offers), default=0)):
        for offer in offers:
            words_needed = count_words(offer[turn].text) + WORDS_BEFORE_QUOTE if turn < len(offer) else 0
            if 0 < words_needed <= room:
                room -= words_needed
                yield offer[turn]


def assign_places(session: Session, programme: Programme, digest: Digest) -> None:
    """The digest is about to be posted: what it shows now has its place, its own words and their checksum; all else has none."""
    table = table_of(Quote)
    session.execute(update(table).where(table.c.digest_id == digest.id).values(place=None, words=None, sealed_with=None, checksum=None))
    for selection in select_quotes(session, programme, digest):
        sealed = session_keys(session).encrypt(selection.text, selection.quote.id)
        columns = {**asdict(sealed), "checksum": text_checksum(selection.text)}
        session.execute(update(table).where(table.c.id == selection.quote.id).values(place=selection.place, **columns))
    # Only these are read anew: delivery keeps the group's messages beyond this session.
    session.scalars(select(Quote).where(Quote.digest_id == digest.id).execution_options(populate_existing=True)).all()


def quotes_in_draft(session: Session, digest: Digest) -> Mapping[str, QuotesOfTheme]:
    """What stands in a draft in place of the quotes of each reviewed theme (by its id).

    A draft is a message, and stands there long after an author has taken a text back: so it says how many are approved, and never a word.
    """
    approved: Counter[str] = Counter()
    for quote in quotes.find_quotes(session, digest):
        approved[quote.theme] += quote.state is QuoteState.APPROVED
    return {theme: QuotesOfTheme(unsaid=n) for theme, n in approved.items()}


def quotes_in_post(session: Session, digest: Digest) -> Mapping[str, QuotesOfTheme]:
    """What a digest shows of each theme (by its id), as it was posted and has not been withdrawn since."""
    by_theme: dict[str, dict[int, str]] = {}
    for quote in quotes.find_quotes(session, digest, Quote.place.is_not(None)):
        text = own_words(session_keys(session), quote)
        if text is not None:
            by_theme.setdefault(quote.theme, {})[quote.place or 0] = text
    return {theme: _quotes_of_theme(text_in_place) for theme, text_in_place in by_theme.items()}


def _quotes_of_theme(text_in_place: Mapping[int, str]) -> QuotesOfTheme:
    quoted = tuple(text_in_place[place] for place in (0, 1) if place in text_in_place)
    return QuotesOfTheme(quotes=quoted, other_voice=text_in_place.get(OTHER_VOICE))
