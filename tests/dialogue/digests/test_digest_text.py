"""A digest reads as it should: first what is new and what is asked, then the week theme by theme."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests.digest_text import (
    MOST_DIGEST_WORDS,
    NO_QUOTES,
    WORDS_BEFORE_QUOTE,
    QuoteShown,
    QuotesOfTheme,
    as_text,
    count_words,
    render,
    room_for_quotes,
    shorten,
)
from bot.dialogue.digests.findings import MOST_TOP_WORDS
from bot.programme import Language, Role
from bot.seam.actions import ANSWER_KINDS, ResponseKind
from bot.seam.meaning import LineKind, WishOffer
from bot.states import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dialogue.digests.digest_content import Content
    from bot.seam.meaning import DigestText

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
FIRST, WISH = QuoteShown(text="Vi spurgte hinanden.", place=0), QuoteShown(text="Mere ro, tak.", place=1, wish=True)
OTHER = QuoteShown(text="Jeg savner tillid.", place=2)
QUOTED = {"trust": QuotesOfTheme(quotes=(FIRST, WISH), other_voice=OTHER)}
FATE: Any = {"digest": 1, "week": "2018-W34", "theme": {"da": "Ro", "en": "Calm"}, "shared": ["ro"], "state": "waiting", "weeks": 1}


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
        "ledger": [],
    }
    return cast("Content", {**week, **changes})


def read(week: Content, language: Language = Language.DA, quoted: Mapping[str, QuotesOfTheme] = NO_QUOTES) -> str:
    return as_text(render(week, language, quoted))


def all_lines(text: DigestText) -> list[str]:
    return [line.text for line in [*text.top, *(line for part in text.parts for line in part.lines)]]


def part(week: Content, heading: str, quoted: Mapping[str, QuotesOfTheme] = NO_QUOTES) -> tuple[str, ...]:
    return next(
        (tuple(line.text for line in part.lines) for part in render(week, Language.DA, quoted).parts if part.heading == heading), ()
    )


def test_a_whole_digest_reads_like_this() -> None:
    week = content(
        committee={"da": "Børn- og skoleudvalget", "en": "the Children's Committee"},
        compared="more",
        heard={"digest": 1, "politicians": 12},
        since_last=[
            {"digest": 1, "week": "2018-W34", "kind": "take_up", "words": "Vi drøfter det.", "due": "2018-10-01", "signed": "Ida Holm"}
        ],
        ledger=[FATE],
    )
    assert (
        re.sub(r"kontrolsum [0-9a-f]{12}$", "kontrolsum …", read(week, quoted=QUOTED))
        == """\
Til Børn- og skoleudvalget: Tillid

En af omtrent 85: »Vi spurgte hinanden.«
Hvilket ønske tager I op, og hvornår?
Ønskerne under »Ro« fra uge 34 har ventet 1 uge på svar.

Tillid
»Hvornår mærkede du sidst tillid?«
Af de inviterede svarede omtrent 85 (omtrent 40 %).
Ord, der går igen: møde (40), kolleger (15).
En anden stemme: »Jeg savner tillid.«

Ønsker til jer
Omtrent 25 personer ønsker noget.
En deltager: »Mere ro, tak.«

Siden sidst
Ida Holm har lovet noget om svarene fra uge 34, som skal ske senest 1. oktober: »Vi drøfter det.«
Flere svarede end sidst.
12 af jer har trykket Hørt.

Overblik nr. 2 · uge 35, 2018 · afrundede tal, kun fra deltagere · kontrolsum …"""
    )


def test_a_week_with_too_few_answers_is_told_as_such_in_every_part() -> None:
    assert (
        re.sub(r"checksum [0-9a-f]{12}$", "checksum …", read(content(themes=[TRUST | SILENT]), Language.EN))
        == """\
This week: Trust

Too few answered for anything to be shown.
Press Heard, so that the participants know you are listening.

Trust
“When did you last feel trusted?”
Too few answers to show.

Digest no. 2 · week 35, 2018 · rounded figures, participants only · checksum …"""
    )


def test_the_headline_names_all_themes_and_no_number() -> None:
    assert render(content(themes=[TRUST, TIME]), Language.DA).headline == "Denne uge: Tillid og Tid"


@pytest.mark.parametrize(
    ("themes", "told"),
    [
        ([TRUST, TIME], "Der kom omtrent 145 svar på to temaer."),
        ([TRUST | OR_MORE, TIME], "Der kom omtrent 145 svar eller flere på to temaer."),
        ([TRUST, TIME | OR_MORE], "Der kom omtrent 145 svar eller flere på to temaer."),
        ([TRUST | SILENT, TIME], "Omtrent 60 personer svarede."),
        ([TRUST | SILENT, TIME | OR_MORE], "Omtrent 60 personer eller flere svarede."),
        ([TRUST | SILENT, TIME | SILENT], "For få svarede til, at noget kan vises."),
    ],
)
def test_a_week_on_two_themes_sums_printed_figures_only(themes: list[dict[str, Any]], told: str) -> None:
    assert render(content(themes=themes), Language.DA, finding=Finding.COUNT).top[0].text == told


@pytest.mark.parametrize(
    ("share", "told"), [("<10", "under 10 %"), ("40", "omtrent 40 %"), (">90", "over 90 %"), ("90+", "omtrent 90 % eller mere")]
)
def test_participation_has_open_ends(share: str, told: str) -> None:
    assert told in part(content(themes=[TRUST | {"participation": share}]), "Tillid")[1]


@pytest.mark.parametrize(("language", "told"), [(Language.DA, "{} eller flere"), (Language.EN, "{} or more")])
def test_a_number_that_is_its_cap_is_told_as_so_many_or_more(language: Language, told: str) -> None:
    words = [{"word": "møde", "people": 40, "or_more": True}, {"word": "kolleger", "people": 15}]
    capped = read(content(themes=[TRUST | OR_MORE | {"wishes_or_more": True, "words": words}]), language)
    found = {int(number) for number in re.findall(told.format(r"(\d+)(?: \w+)?"), capped)}
    assert found == {85, 25, 40}
    assert told.format("").strip() not in read(content(), language)


def test_the_words_that_recur_most_stand_first() -> None:
    words = [{"word": "tid", "people": 15}, {"word": "møde", "people": 40}, {"word": "ro", "people": 15}]
    assert "møde (40), tid (15), ro (15)" in read(content(themes=[TRUST | {"words": words}]))


def test_a_line_says_what_it_is_and_which_quote_it_shows() -> None:
    text = render(content(ledger=[FATE]), Language.DA, QUOTED)
    assert [(line.kind, line.about) for line in text.top] == [(LineKind.QUOTE, "trust:0"), (LineKind.TEXT, ""), (LineKind.PROMISE, "")]
    assert [(line.kind, line.about) for line in text.parts[0].lines] == [
        (LineKind.QUESTION, ""),
        (LineKind.FIGURE, ""),
        (LineKind.WORDS, ""),
        (LineKind.QUOTE, "trust:2"),
    ]
    assert [(line.kind, line.about) for line in text.parts[1].lines] == [(LineKind.FIGURE, ""), (LineKind.WISH, "trust:1")]


def test_every_quote_stands_in_one_place_only() -> None:
    text = read(content(), quoted=QUOTED)
    assert [text.count(quote.text) for quote in (FIRST, WISH, OTHER)] == [1, 1, 1]


def test_a_wish_stands_among_the_quotes_where_the_number_of_wishes_may_not_be_shown() -> None:
    week = content(themes=[TRUST | {"wishes": None, "wish_words": [{"word": "ro", "people": 5}]}])
    assert any(WISH.text in line for line in part(week, "Tillid", QUOTED))
    assert part(week, "Ønsker til jer", QUOTED) == ()
    assert render(week, Language.DA, QUOTED).wishes == ()


def test_without_a_quote_the_words_that_those_who_wish_share_say_what_is_wished() -> None:
    wished = content(themes=[TRUST | {"wish_words": [{"word": "ro", "people": 5}, {"word": "tid", "people": 10}]}])
    assert [line for line in part(wished, "Ønsker til jer") if "tid (10), ro (5)" in line]
    assert not [line for line in part(wished, "Ønsker til jer", QUOTED) if "tid (10)" in line]


@pytest.mark.parametrize("quoted", [{}, QUOTED, {"trust": QuotesOfTheme(quotes=(FIRST,))}])
@pytest.mark.parametrize("wish_words", [[], [{"word": "ro", "people": 5}]])
def test_wishes_that_say_nothing_can_only_be_asked_about(quoted: dict[str, QuotesOfTheme], wish_words: list[Any]) -> None:
    text = render(content(themes=[TRUST | {"wish_words": wish_words}, TIME]), Language.EN, quoted)
    assert text.wishes == (WishOffer(theme="trust", title="Trust", told=quoted == QUOTED or bool(wish_words)),)


def test_a_theme_without_quotes_says_so_in_one_line() -> None:
    assert part(content(), "Tillid")[-1] == "Ingen citater i denne uge."
    assert "Ingen citater" not in read(content(), quoted=QUOTED)
    assert "Ingen citater" not in read(content(themes=[TRUST | SILENT]))


def test_another_voice_has_its_place_wherever_there_are_quotes() -> None:
    without = {"trust": QuotesOfTheme(quotes=(FIRST,))}
    assert part(content(), "Tillid", without)[-1] == "En anden stemme: ingen i denne uge."
    assert "ingen i denne uge" not in read(content(), quoted=QUOTED)


def test_a_wish_that_stands_at_the_top_is_named_among_the_wishes() -> None:
    wish_first = {"trust": QuotesOfTheme(quotes=(replace(FIRST, wish=True),), other_voice=OTHER)}
    assert part(content(), "Ønsker til jer", wish_first) == ("Omtrent 25 personer ønsker noget.", "Et af ønskerne står øverst.")


def test_a_draft_tells_how_many_quotes_are_approved() -> None:
    draft = read(content(), quoted={"trust": QuotesOfTheme(unsaid=4)})
    assert "4 citater er godkendt" in draft
    assert "Ingen citater" not in draft


def test_a_quote_that_is_withdrawn_leaves_no_mark() -> None:
    left = {"trust": QuotesOfTheme(quotes=(FIRST,))}
    assert FIRST.text in read(content(), quoted=left)
    assert read(content(), quoted={"trust": QuotesOfTheme()}) == read(content())


def test_themes_that_have_no_room_are_named() -> None:
    assert part(content(also_asked=[{"da": "Ro", "en": "Calm"}]), "Der blev også spurgt om") == ("Ro",)


def test_where_nothing_has_happened_since_last_time_no_part_says_so() -> None:
    assert [part.heading for part in render(content(), Language.DA).parts] == ["Tillid", "Ønsker til jer"]


# --- what politicians answered


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ResponseKind)
@pytest.mark.parametrize("about", [{}, {"wishes_on": TRUST["title"]}, {"wishes_on": TRUST["title"], "quoted": True}])
def test_every_kind_of_answer_is_told_in_both_languages(kind: ResponseKind, language: Language, about: dict[str, Any]) -> None:
    dated = {"due": "2018-10-01"} if kind is ResponseKind.TAKE_UP else {}
    text = read(content(since_last=[{"digest": 1, "week": "2018-W34", "kind": kind.value, "words": "ordene", **dated, **about}]), language)
    (told,) = [line for line in text.splitlines() if "ordene" in line]
    assert TRUST["title"][language.value] in told or not about
    assert re.search("1. oktober|1 October", told) or not dated
    assert re.search("En af jer|One of you", told)


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_an_answer_that_is_signed_is_told_by_its_name(kind: ResponseKind) -> None:
    text = read(content(since_last=[{"digest": 1, "week": "2018-W34", "kind": kind.value, "words": "ordene", "signed": "Ida Holm"}]))
    assert [line for line in text.splitlines() if "ordene" in line and line.startswith("Ida Holm")]


def test_a_promise_from_before_needs_no_words_and_no_day() -> None:
    bare = {"digest": 1, "week": "2018-W34", "kind": "take_up", "words": ""}
    told = part(content(since_last=[bare, {**bare, "wishes_on": {"da": "Ro", "en": "Calm"}}]), "Siden sidst")
    assert told == ("En af jer tager svarene fra uge 34 op.", "En af jer tager ønskerne under »Ro« fra uge 34 op.")


def test_answers_stand_whole_or_not_at_all_and_the_newest_come_first() -> None:
    long, short = " ".join(["ord"] * 400), "kort svar"
    answers = [{"digest": 1, "week": "2018-W34", "kind": "free_text", "words": words} for words in (short, long, short)]
    text = render(content(since_last=answers), Language.DA)
    assert text.shortened
    assert "ord ord" not in as_text(text)
    assert as_text(text).count(short) == 2
    assert "Og 1 svar mere." in as_text(text)
    assert not render(content(since_last=answers[:1]), Language.DA).shortened


def test_an_answer_of_one_very_long_word_takes_the_room_that_it_takes_on_a_screen() -> None:
    text = render(
        content(since_last=[{"digest": 1, "week": "2018-W34", "kind": "free_text", "words": "x" * 3000} for _ in range(3)]), Language.DA
    )
    assert text.shortened
    assert len(as_text(text)) < 10_000


def test_three_answers_are_shown_and_the_others_counted() -> None:
    week = content(since_last=[{"digest": 1, "week": "2018-W34", "kind": "free_text", "words": f"svar-{index}"} for index in range(5)])
    *told, more = part(week, "Siden sidst")
    assert [line[-8:] for line in told] == ["»svar-2«", "»svar-3«", "»svar-4«"]
    assert more == "Og 2 svar mere."


@pytest.mark.parametrize("kind", ["take_up", "done", "dropped", "not_ours"])
def test_answers_that_decide_about_wishes_are_shown_before_newer_ones(kind: str) -> None:
    answers = [
        {"digest": 1, "week": "2018-W34", "kind": kind, "words": "svar-0"},
        *({"digest": 1, "week": "2018-W34", "kind": "free_text", "words": f"svar-{n}"} for n in (1, 2, 3)),
    ]
    *told, more = part(content(since_last=answers), "Siden sidst")
    assert [line[-8:] for line in told] == ["»svar-0«", "»svar-2«", "»svar-3«"]
    assert more == "Og 1 svar mere."


def test_answers_are_told_by_what_they_do_for_wishes_and_those_of_one_kind_in_the_order_they_came() -> None:
    kinds = ("heard", "free_text", "question_back", "not_ours", "take_up", "dropped", "done")
    for shown in (kinds[-3:], kinds[:3]):
        told = part(
            content(since_last=[{"digest": 1, "week": "2018-W34", "kind": kind, "words": f"»{kind}«"} for kind in shown]), "Siden sidst"
        )
        assert [line.partition("»»")[2].rstrip("«") for line in told] == list(reversed(shown))


# --- what became of wishes


def test_what_the_top_tells_stands_nowhere_else() -> None:
    week = content(ledger=[FATE, FATE | {"week": "2018-W33", "theme": {"da": "Mod", "en": "Courage"}}, FATE | {"week": "2018-W32"}])
    assert read(week).count("fra uge 34") == 1
    assert part(week, "Siden sidst") == (
        "Ønskerne under »Mod« fra uge 33 har ventet 1 uge på svar.",
        "Ønskerne under 1 tema til venter også.",
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("state", ["waiting", "on_its_way", "heard", "taken_up", "overdue", "done", "dropped", "not_ours"])
@pytest.mark.parametrize("more", [{}, {"due": "2018-10-01"}, {"changed": True, "weeks": 0}])
def test_every_fate_can_be_told_in_both_languages(state: str, more: dict[str, Any], language: Language) -> None:
    text = render(content(ledger=[FATE | {"state": state} | more]), language)
    is_told = state in {"overdue", "on_its_way"} or (state in {"taken_up", "done", "dropped"} and "changed" in more)
    is_told = is_told or (state == "waiting" and "changed" not in more)
    assert (FATE["theme"][language.value] in as_text(text)) == is_told


def test_of_a_promise_that_any_politician_may_tell_of_the_digest_offers_to_tell() -> None:
    (offer,) = render(content(ledger=[FATE | {"state": "overdue", "due": "2018-08-30", "promise": 7}, FATE]), Language.DA).promises
    assert (offer.promise, offer.sentence) == (7, "Løftet om »Ro« (uge 34) skulle være holdt senest 30. august.")


def test_changed_fates_come_before_those_that_were_told_before() -> None:
    ledger = [FATE | {"week": f"2018-W{30 + week}", "state": "overdue"} for week in range(3)]
    ledger[2]["changed"] = True
    told = part(content(ledger=ledger), "Siden sidst")
    assert ["(uge 32)" in line for line in told] == [True, False]


def test_a_digest_that_was_held_long_tells_of_no_wishes_that_waited_then() -> None:
    late = render(content(themes=[TIME], ledger=[FATE | {"digest_id": 70, "theme_id": "calm"}]), Language.DA, late=True)
    assert late.wishes == ()
    assert "Ro" not in as_text(late)


def test_two_promises_on_one_theme_are_told_apart_by_their_weeks_and_words() -> None:
    first = FATE | {"state": "overdue", "due": "2018-08-30", "promise": 7, "words": "Vi ansætter to."}
    second = first | {"week": "2018-W36", "promise": 8, "words": " ".join(["ord"] * 30)}
    offers = render(content(ledger=[first, second]), Language.DA).promises
    assert [offer.sentence for offer in offers] == [
        "Løftet om »Ro« (uge 34) skulle være holdt senest 30. august. »Vi ansætter to.«",
        f"Løftet om »Ro« (uge 36) skulle være holdt senest 30. august. »{' '.join(['ord'] * 20)}…«",
    ]


def test_a_fate_names_no_shared_word_and_no_words_of_a_promise() -> None:
    told = read(content(ledger=[FATE | {"state": "overdue", "words": "hemmeligt", "shared": ["delt"], "due": "2018-08-30"}]))
    assert "hemmeligt" not in told


def test_wishes_of_an_earlier_week_that_are_asked_about_can_be_answered() -> None:
    oldest, younger = FATE | {"digest_id": 70, "theme_id": "calm", "weeks": 2}, FATE | {"digest_id": 71, "theme_id": "courage"}
    text = render(content(themes=[TIME], ledger=[oldest, younger]), Language.DA)
    assert text.top[1].text == "»Ro« (uge 34) har ventet 2 uger: Svar på ønskerne."
    assert text.wishes == (WishOffer(theme="calm", title="Ro", digest=70),)
    assert [offer.theme for offer in render(content(ledger=[oldest]), Language.DA).wishes] == ["trust"]


# --- however much was asked and answered

wordy = st.integers(0, 400).map(lambda number: " ".join(["ord"] * number))
texts = st.builds(lambda da, en: {"da": da, "en": en}, wordy, wordy)
number = st.none() | st.integers(1, 500).map(lambda fives: fives * 5)
some_words = st.lists(
    st.builds(
        lambda people, more: {"word": "møde", "people": people, **more}, st.integers(1, 90), st.sampled_from([{}, {"or_more": True}])
    ),
    max_size=4,
)
themes = st.builds(
    lambda title, asks, people, wishes, share, more, words, wish_words: (
        TRUST
        | SILENT
        | {"title": title, "asks": asks}
        | (
            {}
            if people is None
            else {"people": people, "wishes": wishes, "participation": share, "words": words, "wish_words": wish_words[:3], **more}
        )
    ),
    texts,
    st.lists(texts, min_size=1, max_size=9),
    number,
    number,
    st.sampled_from([None, "<10", "50", ">90", "90+"]),
    st.sampled_from([{}, {"people_or_more": True, "wishes_or_more": True}]),
    some_words,
    some_words,
)
optional_day = st.sampled_from([{}, {"due": "2018-10-01"}])
answers = st.builds(
    lambda kind, words, about, due: {
        "digest": 1,
        "week": "2018-W34",
        "kind": kind.value,
        "words": words or ("" if kind is ResponseKind.TAKE_UP and not due else "ja"),
        **about,
        **(due if kind is ResponseKind.TAKE_UP else {}),
    },
    st.sampled_from(ResponseKind),
    wordy,
    st.just({}) | st.builds(lambda title: {"wishes_on": title, "signed": "ord " * 20}, texts),
    optional_day,
)
fates = st.builds(
    lambda theme, state, weeks, more, due: FATE | {"theme": theme, "state": state, "weeks": weeks} | more | due,
    texts,
    st.sampled_from(["waiting", "on_its_way", "heard", "taken_up", "overdue", "done", "dropped", "not_ours"]),
    st.integers(0, 20),
    st.sampled_from([{}, {"changed": True}]),
    optional_day,
)
weeks = st.builds(
    content,
    title=texts,
    themes=st.lists(themes, min_size=1, max_size=2),
    also_asked=st.lists(texts, max_size=5),
    compared=st.sampled_from([None, "more", "same", "fewer"]),
    heard=st.none() | st.just({"digest": 1, "politicians": 31}),
    since_last=st.lists(answers, max_size=5),
    ledger=st.lists(fates, max_size=6),
)
charts = st.just({}) | st.lists(st.tuples(st.integers(5, 9_999), st.booleans()), min_size=2, max_size=6).map(
    lambda answers: {
        "weeks": [
            {"week": f"2018-W{34 + place}", "answers": people, **({"or_more": True} if more else {})}
            for place, (people, more) in enumerate(answers)
        ]
    }
)
committees = st.just({}) | st.builds(lambda title: {"committee": title}, texts)


def printed_numbers(text: str) -> list[str]:
    """The numbers that a text tells, apart from its checksum and what is quoted."""
    return sorted(re.findall(r"\d+", re.sub(r"[0-9a-f]{12}$|»[^«]*«|“[^”]*”", "", text)))


@settings(max_examples=60, deadline=None)
@given(weeks, committees, charts, st.lists(st.tuples(st.integers(1, 50), st.booleans()), max_size=6))
def test_any_digest_has_a_short_top_at_most_300_words_and_the_same_figures_in_both_languages(
    week: Content, committee: dict[str, Any], chart: dict[str, Any], lengths: list[tuple[int, bool]]
) -> None:
    week, room, said = cast("Content", week | committee | chart), room_for_quotes(week), []
    for length, wish in lengths:
        if length + WORDS_BEFORE_QUOTE <= room:
            room -= length + WORDS_BEFORE_QUOTE
            said.append(QuoteShown(text=" ".join(["ord"] * length), place=min(len(said), 1), wish=wish))
    other = None if not said else QuoteShown(text=said[-1].text, place=2, wish=said[-1].wish)
    texts = [render(week, language, {"trust": QuotesOfTheme(quotes=tuple(said[:-1]), other_voice=other)}) for language in Language]
    for text in texts:
        assert count_words(as_text(text)) <= MOST_DIGEST_WORDS == 300
        assert len(text.top) <= 3
        assert sum(count_words(line.text) for line in text.top) <= MOST_TOP_WORDS == 45
    assert len({tuple(printed_numbers(as_text(text))) for text in texts}) == 1
    assert len({tuple(line.kind for line in text.top) for text in texts}) == 1
    assert len({text.chart is None for text in texts}) == 1, "both languages have the chart, or none"


# --- the answers of the last weeks

TWO_WEEKS: Any = {"weeks": [{"week": "2018-W34", "answers": 20}, {"week": "2018-W35", "answers": 85, "or_more": True}]}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.DA, "Flere svarede end sidst. Antal svar, omtrent: uge 34 (20), uge 35 (85 eller flere)."),
        (Language.EN, "More answered than last time. Answers, about: week 34 (20), week 35 (85 or more)."),
    ],
)
def test_a_chart_stands_in_words_right_below_the_top_and_says_alone_how_the_week_compares(language: Language, said: str) -> None:
    week = content(compared="more", **TWO_WEEKS)
    blocks = read(week, language, QUOTED).split("\n\n")
    assert blocks[2] == said
    assert "\n\n".join(blocks).count(said.partition(".")[0]) == 1
    assert read(content(compared="more"), language, QUOTED).count(said.partition(".")[0]) == 1


def test_without_weeks_to_compare_there_is_no_chart() -> None:
    assert render(content(compared="more"), Language.DA).chart is None


def test_questions_and_quotes_come_before_the_chart() -> None:
    asks = [{"da": "ord " * 30, "en": "word " * 30}] * 3
    full = [{**TRUST, "asks": asks, "title": {"da": "Tillid", "en": "Trust"}}, {**TIME, "asks": asks}]
    week = content(themes=full, **TWO_WEEKS)
    words = "ord " * (room_for_quotes(week) // 2 - WORDS_BEFORE_QUOTE)
    quotes = {"trust": QuotesOfTheme(quotes=(QuoteShown(text=words, place=0), QuoteShown(text=words, place=1)))}
    texts = [render(week, language, quotes) for language in Language]
    assert [text.chart for text in texts] == [None, None]
    assert [text.chart is None for text in (render(week, language) for language in Language)] == [False, False]
    assert room_for_quotes(week) == room_for_quotes(content(themes=full))


def test_a_usual_week_has_room_for_two_quotes_and_another_voice() -> None:
    assert room_for_quotes(content()) >= 90


def test_what_fits_is_not_shortened_and_keeps_its_lines() -> None:
    assert shorten("to\nord", 2) == "to\nord"
    assert shorten("nu er det tre", 3) == "nu er det…"


def test_the_checksum_at_the_foot_is_that_of_the_content() -> None:
    one, other = render(content(), Language.DA), render(content(number=3), Language.DA)
    assert one.foot.split()[-1] != other.foot.split()[-1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.DA, ("Listen over ledere er ændret", "Listen over medarbejderrepræsentanter er ændret")),
        (Language.EN, ("The list of leaders has changed", "The list of employee representatives has changed")),
    ],
)
def test_a_list_that_has_changed_much_is_told(language: Language, said: tuple[str, str]) -> None:
    changed = read(content(lists_changed=[Role.LEADER, Role.EMPLOYEE_REP]), language)
    assert all(changed.count(sentence) == 1 for sentence in said)
    assert said[0] not in read(content(), language)
