"""The season's report names every wish by what became of it, in both languages alike, and keeps to the room of a digest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests.digest_pieces import MOST_DIGEST_WORDS, as_text, room_taken
from bot.dialogue.digests.digest_text import render, room_for_quotes
from bot.dialogue.responses.ledger import WishState
from bot.dialogue.season.report_text import MOST_OFFERS, every_wish
from bot.platforms.slack.blocks import MOST_BLOCKS_IN_MESSAGE, MOST_IN_BLOCKS_JSON
from bot.platforms.slack.messages import render_message
from bot.programme import Language
from bot.seam.meaning import DigestPost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.digests.digest_content import Content, WishFate
    from bot.seam.meaning import DigestText

TITLES = {"da": "Tid til samarbejde", "en": "Time to cooperate"}
LONG_TITLES = {language: " ".join(["ord"] * 12) for language in ("da", "en")}
A_PROMISE = {"words": "Vi afsætter midler til faste vikarer i næste års budget, og vi følger op i foråret.", "due": "2019-02-01"}


def fate(number: int, state: WishState, **more: Any) -> WishFate:
    """The wishes of a digest; its week is the number after week 35."""
    values: Any = {"digest": number, "digest_id": number, "theme_id": "time", "week": f"2018-W{35 + number % 17:02}", "theme": TITLES}
    promised = {WishState.TAKEN_UP, WishState.OVERDUE}
    return values | {"shared": ["vikarer"], "state": state.value, "weeks": 3} | (A_PROMISE if state in promised else {}) | more


def content_with(fates: Sequence[WishFate] = (), *, weeks: int = 4, or_more: bool = False, themes: int = 2, **more: Any) -> Content:
    """A report's content."""
    printed: list[Any] = [{"week": f"2018-W{10 + number}", "answers": 20} for number in range(weeks)]
    if or_more:
        printed[-1]["or_more"] = True
    titles = [more.pop("title", TITLES)] * themes
    report = {"weeks": printed, "themes": titles, "questions": 4, "as_of": "2018-12-28"}
    content: Any = {
        "programme": "made-up",
        "title": TITLES,
        "number": 17,
        "week": "2018-W52",
        "floor": 5,
        "themes": [],
        "also_asked": [],
        "compared": None,
        "heard": None,
        "since_last": [],
        "ledger": list(fates),
        "report": report,
    }
    return content | more


def read(content: Content, language: Language = Language.DA) -> DigestText:
    return render(content, language)


def lines_of(text: DigestText) -> list[str]:
    return [line.text for part in text.parts for line in part.lines]


ONE_OF_EACH = [fate(number, state) for number, state in enumerate(WishState, start=1)]


@pytest.mark.parametrize("language", Language)
def test_a_report_that_was_held_long_says_at_its_top_of_which_day_it_tells(language: Language) -> None:
    at_once, late = ([line.text for line in render(content_with(ONE_OF_EACH), language, late=late).top] for late in (False, True))
    (added,) = set(late) - set(at_once)
    assert "28" in added
    assert len(late) == len(at_once) + 1


def test_it_opens_with_how_many_answered_and_what_became_of_their_wishes() -> None:
    top = [line.text for line in read(content_with(ONE_OF_EACH)).top]
    assert top == [
        "Overblikkene viser omtrent 80 svar fra 4 uger.",
        (
            "8 ønsker: 1 er gennemført, 1 er lovet, 1 er lovet, men fristen er overskredet, "
            "2 blev ikke til noget, 1 er hørt, og 2 venter på svar."
        ),
        "Ét ønske har ingen af jer svaret på endnu: Hvad svarer I deltagerne?",
    ]


def test_every_wish_is_a_short_line_under_what_became_of_it_the_unfinished_first() -> None:
    parts = [(part.heading, [line.text for line in part.lines]) for part in read(content_with(ONE_OF_EACH)).parts]
    assert parts == [
        ("Venter på svar", ["»Tid til samarbejde« (uge 36): har ventet 3 uger"]),
        ("Bliver taget op, men fristen er overskredet", ["»Tid til samarbejde« (uge 40): skulle være sket senest 1. februar 2019"]),
        ("Bliver taget op", ["»Tid til samarbejde« (uge 39): senest 1. februar 2019"]),
        ("Et svar er på vej", ["»Tid til samarbejde« (uge 37): har ventet 3 uger"]),
        ("Hørt", ["»Tid til samarbejde« (uge 38): efter 3 uger"]),
        ("Gennemført", ["»Tid til samarbejde« (uge 41): efter 3 uger"]),
        ("Blev ikke til noget", ["»Tid til samarbejde« (uge 42): efter 3 uger"]),
        ("Hører ikke under politikerne", ["»Tid til samarbejde« (uge 43): efter 3 uger"]),
        ("Deltagerne fik 4 spørgsmål", ["»Tid til samarbejde« og »Tid til samarbejde«"]),
    ]


def test_what_has_waited_less_than_a_week_has_no_weeks() -> None:
    lines = lines_of(read(content_with([fate(1, WishState.WAITING, weeks=0), fate(2, WishState.HEARD, weeks=0)])))
    assert lines[:2] == [
        "»Tid til samarbejde« (uge 36): har ventet under en uge",
        "»Tid til samarbejde« (uge 37): i løbet af en uge",
    ]


def test_a_chart_shows_the_wishes_by_what_became_of_them() -> None:
    chart = read(content_with(ONE_OF_EACH)).chart
    assert chart is not None
    assert sum(row.value for row in chart.rows) == len(ONE_OF_EACH)


@pytest.mark.parametrize("language", Language)
def test_the_top_and_the_chart_count_every_fate_alike(language: Language) -> None:
    text = read(content_with(ONE_OF_EACH), language)
    assert text.chart is not None
    told = text.top[1].text.partition(":")[2]
    assert [int(number) for number in re.findall(r"\d+", told)] == [row.value for row in text.chart.rows]


@pytest.mark.parametrize(
    ("state", "da", "en"),
    [
        (
            WishState.OVERDUE,
            "Der var ét ønske, og det er lovet, men fristen er overskredet.",
            "There was one wish, and it was promised, but is overdue.",
        ),
        (WishState.NOT_OURS, "Der var ét ønske, og det blev ikke til noget.", "There was one wish, and it came to nothing."),
    ],
)
def test_one_wish_is_told_in_the_singular(state: WishState, da: str, en: str) -> None:
    content = content_with([fate(1, state)])
    assert [read(content, language).top[1].text for language in (Language.DA, Language.EN)] == [da, en]


def test_a_season_without_any_wish_says_so() -> None:
    text = read(content_with())
    assert [line.text for line in text.top][1:] == [
        "Der var ingen ønsker, der kunne vises.",
        "Tryk Hørt, så deltagerne ved, at I lytter.",
    ]
    assert (text.chart, text.wishes, text.promises, text.shortened) == (None, (), (), False)


def test_a_season_without_any_printed_week_says_so() -> None:
    assert read(content_with(ONE_OF_EACH, weeks=0)).top[0].text == "I ingen uge var der svar nok til at vise et tal."


def test_a_capped_week_makes_the_sum_a_cap() -> None:
    assert read(content_with(weeks=1, or_more=True)).top[0].text == "Overblikkene viser omtrent 20 svar eller flere fra 1 uge."


def test_a_promise_whose_day_has_passed_is_asked_about_when_no_wish_waits() -> None:
    top = read(content_with([fate(1, WishState.OVERDUE), fate(2, WishState.DONE)])).top
    assert top[2].text == "En frist, I har sat, er overskredet: Hvad blev der af det?"


def test_it_is_named_by_the_whole_dialogue_and_the_day_it_tells_of() -> None:
    text = read(content_with(committee={"da": "Byrådet", "en": "the city council"}))
    assert text.headline == "Til Byrådet: Hvad blev der af det?"
    assert text.foot.startswith("Overblik nr. 17 · hele dialogen, opgjort 28. december 2018 · ")


def test_wishes_that_wait_longest_can_be_answered_from_it() -> None:
    waiting = [fate(number, WishState.WAITING) for number in range(1, 12)]
    offers = read(content_with(waiting)).wishes
    assert [offer.digest for offer in offers] == list(range(1, MOST_OFFERS + 1))
    assert all(offer.told for offer in offers)
    assert len({offer.title for offer in offers}) == MOST_OFFERS


def test_an_open_promise_can_be_told_of_from_it() -> None:
    promised = fate(1, WishState.TAKEN_UP, promise=7)
    (offer,) = read(content_with([promised])).promises
    assert (offer.promise, A_PROMISE["words"][:20] in offer.sentence) == (7, True)


def test_every_wish_with_its_words_can_be_opened() -> None:
    parts = every_wish(content_with([*ONE_OF_EACH] * 10), Language.DA)
    assert sum(len(part.lines) for part in parts) == 10 * len(ONE_OF_EACH)
    assert any(A_PROMISE["words"] in line for part in parts for line in part.lines)


@pytest.mark.parametrize("language", Language)
def test_wishes_that_find_no_room_are_counted(language: Language) -> None:
    fates = [fate(1 + number // 2, state, theme=LONG_TITLES) for number, state in enumerate([*WishState] * 10)]
    *named, more, _ = read(content_with(fates, weeks=40), language).parts
    left_out = len(fates) - sum(len(part.lines) for part in named)
    assert left_out > 0
    assert [line.text.split()[0] for line in more.lines] == [str(left_out)]


@st.composite
def seasons(draw: st.DrawFn) -> Content:
    """A season of up to 40 digests and 80 wishes."""
    states = draw(st.lists(st.sampled_from(WishState), max_size=80))
    title = draw(st.sampled_from([TITLES, LONG_TITLES]))
    fates = [fate(1 + number // 2, state, theme=title, promise=number) for number, state in enumerate(states)]
    weeks, themes = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    return content_with(fates, weeks=weeks, themes=themes, title=title, committee=LONG_TITLES)


@settings(max_examples=60, deadline=None)
@given(seasons())
def test_it_has_at_most_the_words_of_a_digest_and_counts_what_it_leaves_out(content: Content) -> None:
    named: set[int] = set()
    for language in Language:
        text = read(content, language)
        assert room_taken(as_text(text)) <= MOST_DIGEST_WORDS
        *parts, asked = text.parts
        more = [part for part in parts if part.heading in {"Flere ønsker", "More wishes"}]
        named.add(sum(len(part.lines) for part in parts if part not in more))
        left_out = len(content["ledger"]) - max(named)
        assert [line.text.split()[0] for part in more for line in part.lines] == ([str(left_out)] if left_out else [])
        assert asked.lines
        assert text.shortened is bool(content["ledger"])
    assert len(named) == 1


@pytest.mark.parametrize("language", Language)
def test_the_largest_season_fits_into_a_message_with_nothing_cut(language: Language) -> None:
    states = [state for state in WishState for _ in range(10)]
    fates = [fate(1 + number // 2, state, theme=LONG_TITLES, promise=number) for number, state in enumerate(states)]
    text = read(content_with(fates, weeks=40, themes=40, title=LONG_TITLES), language)
    message = render_message(DigestPost(language=language, digest=17, text=text))
    blocks = json.loads(message.blocks)
    assert len(blocks) <= MOST_BLOCKS_IN_MESSAGE
    assert len(message.blocks) <= MOST_IN_BLOCKS_JSON
    for line in lines_of(text):
        assert json.dumps(line, ensure_ascii=False)[1:-1] in message.blocks


def test_a_report_has_no_room_for_quotes() -> None:
    assert room_for_quotes(content_with(ONE_OF_EACH)) == 0
