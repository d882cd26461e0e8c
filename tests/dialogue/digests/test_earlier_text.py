"""A digest from before the ledger reads as it did when it was posted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.dialogue.digests.digest_text import NO_QUOTES, QuoteShown, QuotesOfTheme, as_text, count_words, render
from bot.dialogue.digests.earlier_text import MOST_EARLIER_WORDS
from bot.programme import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.digests.digest_content import Content

TRUST: Any = {
    "theme": "trust",
    "title": {"da": "Tillid", "en": "Trust"},
    "asks": [{"da": "Hvornår mærkede du sidst tillid?", "en": "When did you last feel trusted?"}],
    "people": 85,
    "wishes": 25,
    "participation": "40",
    "words": [{"word": "møde", "people": 40}, {"word": "kolleger", "people": 15}],
}
TIME: Any = {
    "theme": "time",
    "title": {"da": "Tid", "en": "Time"},
    "asks": [{"da": "Hvad tager tid?", "en": "What takes time?"}, {"da": "Hvad giver tid?", "en": "What gives time?"}],
    "people": 60,
    "wishes": None,
    "participation": None,
    "words": [],
}
OR_MORE: dict[str, Any] = {"people_or_more": True}
SILENT: dict[str, Any] = {"people": None, "wishes": None, "participation": None, "words": []}
QUOTED = {
    "trust": QuotesOfTheme(
        quotes=(QuoteShown(text="Vi spurgte hinanden.", place=0, wish=True), QuoteShown(text="Mere ro, tak.", place=1)),
        other_voice=QuoteShown(text="Jeg savner tillid.", place=2),
    )
}


def content(**changes: Any) -> Content:
    week: Content = {
        "programme": "made-up",
        "title": {"da": "Prøve", "en": "Trial"},
        "number": 2,
        "week": "2018-W35",
        "floor": 5,
        "themes": [TRUST],
        "also_asked": [],
        "compared": None,
        "heard": None,
        "since_last": [],
    }
    return cast("Content", {**week, **changes})


def read(week: Content, language: Language = Language.DA, quoted: Mapping[str, QuotesOfTheme] = NO_QUOTES) -> str:
    return as_text(render(week, language, quoted))


def lines(week: Content, part: int) -> tuple[str, ...]:
    return tuple(line.text for line in render(week, Language.DA).parts[part].lines)


def test_a_whole_digest_from_before_reads_like_this() -> None:
    week = content(
        compared="more",
        heard={"digest": 1, "politicians": 12},
        since_last=[{"digest": 1, "kind": "take_up", "words": "Vi drøfter det i juni."}],
    )
    assert (
        re.sub(r"kontrolsum [0-9a-f]{12}$", "kontrolsum …", read(week, quoted=QUOTED))
        == """\
Overblik nr. 2 · uge 35 · Prøve

Kort fortalt
Omtrent 85 personer har svaret i denne uge.
Ugens tema er »Tillid«.
Der er ønsker til jer: Svar deltagerne med knappen nedenfor.

Tillid
»Hvornår mærkede du sidst tillid?«
Omtrent 85 personer svarede.
Det er omtrent 40 % af de inviterede.
Ord, der går igen i svarene (antal personer): møde (40), kolleger (15).
En deltager: »Vi spurgte hinanden.«
En deltager: »Mere ro, tak.«
En anden stemme: »Jeg savner tillid.«

Ønsker til jer
»Tillid«: omtrent 25 personer har markeret deres svar som et ønske til jer.

Siden sidst
Der er flere svar end i det forrige overblik.
12 af jer har læst overblik nr. 1 og trykket Hørt.
En af jer vil tage svarene i overblik nr. 1 op: »Vi drøfter det i juni.«
Svarene går også til alle deltagere.

Sådan er tallene lavet
Tallene ved hvert tema tæller personer og er afrundet til nærmeste 5.
Ingen tal handler om færre end 5 personer. Er der for få, står der, at der er for få svar til at vise.
Tallene er ikke repræsentative for alle ansatte: Kun deltagerne i dialogen bliver spurgt, og det er frivilligt at svare.
Svarene er fortrolige: Ingen kan her se, hvem der har svaret, eller hvem der ikke har.

Overblik nr. 2 · uge 35, 2018 · kontrolsum …"""
    )


def test_a_week_from_before_with_too_few_answers_reads_like_this() -> None:
    week = content(themes=[TRUST | SILENT])
    assert (
        re.sub(r"checksum [0-9a-f]{12}$", "checksum …", read(week, Language.EN))
        == """\
Digest no. 2 · week 35 · Trial

In short
There are too few answers to show this week.
This week's theme is “Trust”.
Press Heard once you have read the digest, and do answer the participants.

Trust
“When did you last feel trusted?”
Too few answers to show.

Wishes for you
No figure for wishes can be shown this week.

Since last time
The participants have had no answer from you since last time.

How the figures are made
The figures of each theme count people and are rounded to the nearest 5.
No figure is about fewer than 5 people. Where there are too few, the digest says so.
The figures are not representative of all employees: only the participants of the dialogue are asked, and answering is voluntary.
The answers are confidential: nobody can see here who has answered, or who has not.

Digest no. 2 · week 35, 2018 · checksum …"""
    )


def test_a_digest_from_before_needs_no_window_for_its_method_and_nothing_stands_above_its_parts() -> None:
    text = render(content(), Language.DA)
    assert (text.method, text.shortened, text.top, [offer.theme for offer in text.wishes]) == (False, False, (), ["trust"])


@pytest.mark.parametrize(
    ("themes", "how_many", "most"),
    [
        ([TRUST, TIME], "Her er omtrent 145 svar fra denne uge, fordelt på to temaer.", "»Tillid« fyldte mest."),
        (
            [TRUST, TIME | {"people": 85}],
            "Her er omtrent 170 svar fra denne uge, fordelt på to temaer.",
            "»Tillid« og »Tid« fyldte omtrent lige meget.",
        ),
        (
            [TRUST, TIME | OR_MORE],
            "Her er omtrent 145 eller flere svar fra denne uge, fordelt på to temaer.",
            "Der blev spurgt om »Tillid« og »Tid«.",
        ),
        ([TRUST | SILENT, TIME | OR_MORE], "Omtrent 60 eller flere har svaret i denne uge.", "»Tid« fyldte mest."),
        ([TRUST | SILENT, TIME | SILENT], "Der er for få svar til at vise i denne uge.", "Der blev spurgt om »Tillid« og »Tid«."),
    ],
)
def test_a_week_from_before_on_two_themes_tells_them_as_it_did(themes: list[dict[str, Any]], how_many: str, most: str) -> None:
    assert lines(content(themes=themes), 0)[:2] == (how_many, most)


@pytest.mark.parametrize(
    ("share", "told"), [("<10", "under 10 %"), ("40", "omtrent 40 %"), (">90", "over 90 %"), ("90+", "omtrent 90 % eller mere")]
)
def test_participation_from_before_has_open_ends(share: str, told: str) -> None:
    assert lines(content(themes=[TRUST | {"participation": share}]), 1)[2] == f"Det er {told} af de inviterede."


@pytest.mark.parametrize("kind", ["heard", "take_up", "not_ours", "free_text", "question_back"])
@pytest.mark.parametrize("wished", [{}, {"wishes_on": {"da": "Ro", "en": "Calm"}}])
def test_every_answer_from_before_is_told_in_both_languages(kind: str, wished: dict[str, Any]) -> None:
    week = content(since_last=[{"digest": 1, "kind": kind, "words": "ordene", **wished}])
    assert all("ordene" in read(week, language) for language in Language)


def test_an_old_promise_without_words_is_told_as_it_was() -> None:
    assert lines(content(since_last=[{"digest": 1, "kind": "take_up", "words": ""}]), -2)[0] == (
        "En af jer vil tage svarene i overblik nr. 1 op."
    )


def test_the_three_newest_answers_from_before_are_shortened_to_sixty_words_and_the_others_counted() -> None:
    answers = [{"digest": 1, "kind": "free_text", "words": " ".join(map(str, range(500)))} for _ in range(5)]
    *told, more, _ = lines(content(since_last=answers), -2)
    assert len(told) == 3
    assert all(line.endswith("…«") and count_words(line) <= 67 for line in told)
    assert more == "Og 2 svar mere."


def test_a_long_digest_from_before_keeps_its_most_words() -> None:
    wordy = {"da": "ord " * 400, "en": "word " * 400}
    week = content(title=wordy, themes=[TRUST | {"title": wordy, "asks": [wordy] * 9}] * 2, also_asked=[wordy] * 5)
    assert all(count_words(read(week, language)) <= MOST_EARLIER_WORDS == 350 for language in Language)
