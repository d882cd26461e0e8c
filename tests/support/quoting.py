"""Digests with texts that may be quoted, and an account of what three yeses allow to be shown.

People write, change, delete and take back; lists grow; somebody writes into the table past all rules; reviewers decide; the digest is
posted. Beside the real code stands a short account of what each person has said yes to, kept by nothing but the acts themselves.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import select, update

from bot.confidentiality.encryption import TEXT, decrypt_words, session_keys
from bot.confidentiality.printed_form import as_printed
from bot.dialogue.compose import compose, record_claim
from bot.dialogue.digests import digest_review, quote_pages, quote_review, quote_selection, quotes
from bot.dialogue.digests.digest_content import text_checksum
from bot.dialogue.filtering import remember_names
from bot.dialogue.rounds import replies
from bot.errors import Reason, Refused
from bot.models import Authorship, Base, MessageKind, MessageState, OutboxMessage, Person, Quote, QuoteState, Reply
from bot.programme import Role
from bot.seam.actions import DeclineReason
from bot.seam.meaning import DigestPost
from tests.support.world import close_of, post_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.models import Digest
    from bot.seam.answers import QuoteReviewForm
    from tests.support.world import World

Act: TypeAlias = "tuple[str, int]"  # what is done, and by the person with which number

TEXTS: Final = [
    "vi talte om tillid på mødet, og det hjalp os alle",
    "jeg savner tid til at planlægge med mine kolleger",
    "det lykkes bedst, når vi begynder dagen sammen",
    "mere ro til fordybelse ville gøre en forskel",
    "tilliden voksede, da vi lyttede til hinanden",
    "møderne er for mange og for lange",
    "vi lærte at spørge, før vi svarede",
    "kollegerne tog ansvar uden at blive bedt om det",
]
HELD: Final = "Ring til mig på 20 30 40 50"
ON_THE_LIST: Final = "tværvind"  # becomes the name of somebody on the programme's lists


def draft_with_quotes(world: World, texts: Sequence[str] = TEXTS, silent: int = 4, week: int = 1, wishes: int = 0) -> Digest:
    """A week in which each text was marked as a quote, and `silent` more people answered without; drafted at its close.

    The first `wishes` of the texts are marked as wishes, and all of the others' if there are any.
    """
    round_ = world.add_round(week)
    people = world.add_people(len(texts) + silent, prefix=f"U{week}")
    world.answer(round_, people[: len(texts)], wishes, texts=texts, quote=True)
    world.answer(round_, people[len(texts) :], wishes=silent if wishes else 0)
    return world.draft(week)


def review_quotes(world: World, digest: Digest, reason: DeclineReason | None = None, most: int = 100) -> str:
    """An organiser decides about the first of the digest's quotes; their address."""
    organiser = world.add_person(f"U0ORG{digest.id}{reason}{most}", Role.ORGANISER)
    waiting = quotes.find_quotes(world.session, digest, Quote.state == QuoteState.WAITING)
    decisions = {quote.id: reason for quote in waiting[:most]}
    quote_review.review(world.session, close_of(1), world.programme, organiser.address, digest.id, "trust", decisions)
    return organiser.address


def quotes_to_post(world: World, digest: Digest) -> list[str]:
    """What would be quoted if the digest were posted now."""
    selected = quote_selection.select_quotes(world.session, world.programme, digest)
    return [quote.text for quote in sorted(selected, key=lambda quote: quote.place) if quote.quote.theme == "trust"]


def post_digest(world: World, digest: Digest, week: int = 1) -> DigestPost:
    """The digest is approved and on its way; what it says."""
    message = world.post(digest, week)
    said = compose(world.session, post_of(week), world.programme, message)
    assert isinstance(said, DigestPost)
    record_claim(world.session, world.programme, message)
    message.state, message.channel, message.stamp = MessageState.SENDING, "C0DIGEST", "1.2"
    world.session.flush()
    return said


def mark_posted(world: World, digest: Digest) -> None:
    """The digest stands in its channel."""
    message = world.message(f"digest:{digest.id}")
    message.state = MessageState.SENT
    digest_review.mark_issued(world.session, post_of(1), message)
    world.session.refresh(digest)


@dataclass(frozen=True, kw_only=True)
class Word:
    """What one person has said last, and what of it is bound to which text: the mark with the filter's yes, and the reviewer's."""

    text: str
    marked: bool
    clean: bool  # when it was written
    approved: str | None = None  # the text that was before the reviewer


class Quoting:
    """One round of a world, and its digest once the week has closed. `said`: by person, as the acts have left it."""

    def __init__(self, world: World, people: int) -> None:
        self.world, self.session = world, world.session
        self.people = world.add_people(people)
        self.organiser = world.add_person("U0ORG", Role.ORGANISER)
        self.round = world.add_round(1)
        world.add_questions(self.round, self.people)
        asked = self.round.snapshot["order"][0]
        self.session.execute(update(OutboxMessage).values(facts={"question": asked}))
        self.said: dict[int, Word] = {}
        self.gone: list[str] = []  # texts that stand nowhere any more
        self.listed = False
        self._versions = 100  # of three digits, so that no text is the beginning of another

    @property
    def digest(self) -> Digest:
        """The week's digest, drafted the first time."""
        return self.world.draft(1)

    # --- what people do

    def do(self, acts: Iterable[Act]) -> None:
        """One act after the other; who has nothing to change or delete does nothing."""
        for what, who in acts:
            if what in {"write", "write plainly", "write a number"}:
                self._write(who % len(self.people), what)
            elif what == "lists grow":
                self._lists_grow()
            elif who % len(self.people) in self.said:
                getattr(self, f"_{what.replace(' ', '_')}")(who % len(self.people))
            self.session.expire_all()

    def _new_text(self, who: int, what: str) -> str:
        self._versions += 1
        named = f" i {ON_THE_LIST}" if self._versions % 6 == 0 else ""
        return as_printed(f"{HELD if what == 'write a number' else TEXTS[who % len(TEXTS)]} nu {self._versions}{named}")

    def _write(self, who: int, what: str) -> None:
        text, marked = self._new_text(who, what), what != "write plainly"
        earlier = self.said.get(who)
        replies.record(
            self.session,
            self.round.opens_at,
            self.world.programme,
            self._address(who),
            self.round.id,
            text,
            wish=who % 2 == 0,
            quote=marked,
        )
        self.gone += [earlier.text] if earlier else []
        self.said[who] = Word(text=text, marked=marked, clean=self._is_clean(text))

    def _is_clean(self, text: str) -> bool:
        return HELD not in text and not (self.listed and ON_THE_LIST in text)

    def _address(self, who: int) -> str:
        return f"U0{who:04}"

    def _delete(self, who: int) -> None:
        replies.delete_my_reply(self.session, post_of(1), self.world.programme, self._address(who), self.round.id)
        self.gone.append(self.said.pop(who).text)

    def _take_back(self, who: int) -> None:
        replies.withdraw_quote(self.session, post_of(1), self.world.programme, self._address(who), self.round.id)
        self.said[who] = replace(self.said[who], marked=False, approved=None)

    def _overwrite(self, who: int) -> None:
        """Past all rules: the words in the table are others, and every yes was for what stood there before."""
        earlier, text = self.said[who], self._new_text(who, "write")
        row = update(Reply).where(Reply.id == self._reply_id(who))
        self.session.execute(row.values(**asdict(session_keys(self.session).encrypt(text, self._reply_id(who)))))
        self.said[who] = replace(earlier, text=text, marked=False)

    def _reply_id(self, who: int) -> str:
        tied = select(Authorship.reply_id).join(Person, Person.id == Authorship.person_id)
        return self.session.scalars(tied.where(Person.address == self._address(who))).one()

    def _lists_grow(self) -> None:
        remember_names(self.session, self.world.programme, [ON_THE_LIST.capitalize()])
        self.listed = True

    # --- what reviewers see and decide

    def form(self) -> QuoteReviewForm | None:
        """The texts before a reviewer, of all pages together; None: there is nothing to be seen."""
        try:
            pages = [self._page(0)]
            pages += [self._page(number) for number in range(1, pages[0].pages)]
        except Refused as refused:
            return nothing_there(refused)
        texts = {quote.id: quote for page in pages for quote in page.quotes}
        return replace(pages[0], quotes=tuple(texts.values()))

    def _page(self, number: int) -> QuoteReviewForm:
        return quote_pages.quote_review_form(self.session, self.world.programme, self.organiser.address, self.digest.id, "trust", number)

    def decide(self, approvals: Sequence[bool | None]) -> None:
        """The texts in the order in which they stand before the reviewer: approved, declined, or left for later."""
        form = self.form()
        chosen = [] if form is None else [pair for pair in zip(form.quotes, approvals, strict=False) if pair[1] is not None]
        decisions = {quote.id: None if yes else DeclineReason.UNCLEAR for quote, yes in chosen}
        by = self.organiser.address, self.digest.id, "trust", decisions
        quote_review.review(self.session, close_of(1), self.world.programme, *by)
        approved = {quote.text for quote, yes in chosen if yes}
        self.said = {who: replace(word, approved=word.text) if word.text in approved else word for who, word in self.said.items()}
        self.session.expire_all()

    # --- what is shown

    def previewed(self) -> list[str]:
        """The texts that would be posted now."""
        return quotes_to_post(self.world, self.digest)

    def posted(self) -> list[str]:
        """The texts that have been posted and stand there."""
        return _texts(quote_selection.quotes_in_post(self.session, self.digest))

    def post(self) -> DigestPost:
        """The digest is approved and stands in its channel; what it said when it was posted."""
        said = post_digest(self.world, self.digest)
        mark_posted(self.world, self.digest)
        self.session.expire_all()
        return said

    def places(self) -> dict[int, str]:
        """By its place, each text that has been posted and not been taken out again."""
        placed = quotes.find_quotes(self.session, self.digest, Quote.place.is_not(None))
        return {quote.place: decrypt_words(self.session, quote) for quote in placed if quote.place is not None}

    def standing(self) -> DigestPost | None:
        """What the newest change of the posted message says; None: nothing has changed it."""
        changes = self.world.messages(MessageKind.DIGEST_UPDATE)
        if not changes:
            return None
        said = compose(self.session, post_of(1), self.world.programme, changes[-1])
        assert isinstance(said, DigestPost)
        return said

    def with_three_yeses(self) -> set[str]:
        """The texts that may be quoted, by what the acts have said of exactly these."""
        return {
            word.text
            for word in self.said.values()
            if word.marked and word.clean and self._is_clean(word.text) and word.approved == word.text
        }

    # --- what is kept

    def remains(self, text: str) -> list[str]:
        """The tables in which a text stands, sealed or not, or anything made from it."""
        keys = session_keys(self.session)
        made = [text, text_checksum(text), *keys.fingerprints(TEXT, text), *keys.fingerprints("order", "1", text)]
        self.session.flush()
        found = []
        for table in Base.metadata.sorted_tables:
            for row in self.session.execute(table.select()).mappings():
                opened = keys.decrypt(row["words"], row["sealed_with"], row["id"]) if isinstance(row.get("words"), bytes) else ""
                found += [table.name for thing in made if thing in f"{dict(row)!r} {opened}"]
        return found


def nothing_there(refused: Refused) -> None:
    """It was refused because it is not there, and for no other reason."""
    if refused.reason is not Reason.GONE:
        raise refused


def _texts(shown: Any) -> list[str]:
    quoted = shown.get("trust")
    return [] if quoted is None else [quote.text for quote in quoted.all]
