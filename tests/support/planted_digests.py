"""Twelve weeks with a finding planted in each, and what stands at the top of their digests.

`python -m tests.support.planted_digests` prints the tops, so that a fresh reader can name the finding from the first lines alone; with
`key` it prints what was planted too.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.dialogue.compose import record_claim
from bot.dialogue.digests import digest_review, quote_selection
from bot.dialogue.digests.digest_content import content_of
from bot.dialogue.digests.digest_text import render
from bot.programme import Language
from bot.seam.actions import ResponseKind
from tests.support.quoting import review_quotes
from tests.support.world import post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.models import Digest, Response
    from bot.seam.meaning import DigestText
    from tests.support.world import World

USUAL, MANY, FEW, TOO_FEW = 24, 48, 10, 3
WISHING, SHARING, OTHERS_SHARING = 14, 8, 6  # who wish, who of them say the same, and who else says it
NO_WORDS = "Det er det."  # of which no word is printed
SHARED = "Vi ønsker os flere faste vikarer, kortere møder, bedre lokaler og legepladser"
VOICES = [
    "vi mangler faste vikarer, så børnene kender den voksne",
    "faste vikarer ville give børnene ro, når vi er syge",
    "det er de skiftende vikarer, der slider på børnene",
    "vi kender ikke vikarerne, og det gør børnene heller ikke",
    "møderne er for mange og for lange",
    "jeg savner tid til at planlægge med mine kolleger",
    "kollegerne tog ansvar uden at blive bedt om det",
    "vi lærte at spørge, før vi svarede",
]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A planted week: what is planted, the words that must stand at the top for it, and the digest."""

    name: str
    tells: str
    text: DigestText


def planted_digests() -> Iterator[Planted]:
    """The planted weeks, each in a world of its own."""
    for name, (plant, tells) in WEEKS.items():
        with separate_world() as world:
            yield Planted(name=name, tells=tells, text=plant(world))


# --- what a week is made of


def answered(
    world: World, week: int, people: int, texts: Sequence[str] = (), *, theme: str = "trust", day: int = 1, wishes: int = 0
) -> None:
    """So many answer in a week; the first say the texts, the others nothing that is printed."""
    authors = world.add_people(people, prefix=f"U{week}{theme}")
    world.answer(world.add_round(week, theme, day), authors, wishes, [*texts, *[NO_WORDS] * (people - len(texts))])


def issued(world: World, week: int) -> Digest:
    """The week's digest, posted with all that is recorded then."""
    digest = world.draft(week)
    message = world.post(digest, week)
    record_claim(world.session, world.programme, message)
    digest_review.mark_issued(world.session, post_of(week), message)
    world.session.refresh(digest)
    return digest


def read(world: World, digest: Digest) -> DigestText:
    """The digest as politicians read it."""
    quotes = quote_selection.quotes_in_post(world.session, digest)
    return render(content_of(digest), Language.DA, quotes, finding=digest.finding)


def wished(world: World, week: int = 1) -> Digest:
    """A digest with wishes that say what is wished."""
    others = [*[NO_WORDS] * (USUAL - SHARING - OTHERS_SHARING), *[SHARED] * OTHERS_SHARING]
    answered(world, week, USUAL, [*[SHARED] * SHARING, *others], wishes=WISHING)
    return issued(world, week)


def promised(world: World) -> tuple[Digest, Response]:
    """A digest with wishes that are promised something for the Monday after."""
    digest = wished(world)
    promise = said(
        world, digest, ResponseKind.TAKE_UP, "Vi finder penge til to faste vikarer.", due_on=(post_of(1) + timedelta(days=3)).date()
    )
    return digest, promise


def said(world: World, digest: Digest, kind: ResponseKind, words: str, **more: Any) -> Response:
    """A politician's released answer to the wishes of a digest."""
    response = world.add_response(digest, post_of(1) + timedelta(days=3 if "promise_id" in more else 1), words, kind)
    for name, value in {"theme": "trust", **more}.items():
        setattr(response, name, value)
    world.session.flush()
    return response


# --- the weeks


def with_word(world: World) -> DigestText:
    answered(world, 1, USUAL)
    issued(world, 1)
    answered(world, 2, USUAL, ["Der er brug for flere vikarer"] * (USUAL - 6))
    return read(world, issued(world, 2))


def with_quote(world: World) -> DigestText:
    people = world.add_people(USUAL)
    round_ = world.add_round(1)
    world.answer(round_, people[: len(VOICES)], texts=VOICES, quote=True)
    world.answer(round_, people[len(VOICES) :], texts=[NO_WORDS] * (USUAL - len(VOICES)))
    review_quotes(world, world.draft(1))
    return read(world, issued(world, 1))


def with_other_number(before: int, after: int) -> Callable[[World], DigestText]:
    def plant(world: World) -> DigestText:
        answered(world, 1, before)
        issued(world, 1)
        answered(world, 2, after)
        return read(world, issued(world, 2))

    return plant


def with_two_themes(world: World) -> DigestText:
    answered(world, 1, USUAL)
    answered(world, 1, USUAL, theme="time", day=2)
    return read(world, issued(world, 1))


def with_outcome(kind: ResponseKind | None, words: str = "") -> Callable[[World], DigestText]:
    def plant(world: World) -> DigestText:
        digest, promise = promised(world)
        if kind is not None:
            said(world, digest, kind, words, promise_id=promise.id)
        answered(world, 2, USUAL)
        return read(world, issued(world, 2))

    return plant


def with_waiting_wishes(world: World) -> DigestText:
    wished(world)
    answered(world, 3, USUAL)
    return read(world, issued(world, 3))


def with_wishes_without_content(world: World) -> DigestText:
    answered(world, 1, USUAL, wishes=WISHING)
    return read(world, issued(world, 1))


WEEKS: dict[str, tuple[Callable[[World], DigestText], str]] = {
    "a word that most use": (with_word, "vikarer (20 eller flere)"),
    "a quote": (with_quote, f"»{VOICES[3]}«"),
    "many more answers": (with_other_number(FEW, MANY), "Flere svarede end sidst"),
    "far fewer answers": (with_other_number(MANY, FEW), "Færre svarede end sidst"),
    "nothing": (with_other_number(USUAL, USUAL), "Tryk Hørt"),
    "two themes": (with_two_themes, "to temaer"),
    "a kept promise": (with_outcome(ResponseKind.DONE, "To faste vikarer er ansat."), "er holdt"),
    "a dropped promise": (with_outcome(ResponseKind.DROPPED, "Der var ikke penge til det."), "blev ikke til noget"),
    "an overdue promise": (with_outcome(None), "skulle være holdt"),
    "wishes that wait": (with_waiting_wishes, "»Tillid« (uge 34) har ventet 2 uger: Svar på ønskerne."),
    "too few answers": (with_other_number(USUAL, TOO_FEW), "For få svarede"),
    "wishes without content": (with_wishes_without_content, "Spørg, hvad deltagerne ønsker"),
}


def main() -> None:
    """Print the top of each planted week, and what was planted if that is asked for."""
    tells_key = "key" in sys.argv[1:]
    for number, planted in enumerate(planted_digests(), start=1):
        print(
            "\n".join(
                [
                    f"--- {number} {planted.name if tells_key else ''}".rstrip(),
                    planted.text.headline,
                    *(line.text for line in planted.text.top),
                ]
            )
        )


if __name__ == "__main__":
    main()
