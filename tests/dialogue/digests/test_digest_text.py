"""A digest reads as it should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.digests.digest_text import (
    MOST_DIGEST_WORDS,
    NO_QUOTES,
    WORDS_BEFORE_QUOTE,
    QuotesOfTheme,
    as_text,
    count_words,
    render,
    room_for_quotes,
    shorten,
)
from bot.programme import Language, Role
from bot.seam.actions import ResponseKind

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
QUOTED = {"trust": QuotesOfTheme(quotes=("Vi spurgte hinanden.", "Mere ro, tak."), other_voice="Jeg savner tillid.")}


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


def brief(week: Content) -> tuple[str, ...]:
    return render(week, Language.DA).parts[0].lines


def since_last(week: Content, language: Language = Language.DA) -> tuple[str, ...]:
    return render(week, language).parts[-2].lines


def test_a_whole_digest_reads_like_this():
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


def test_a_week_with_too_few_answers_is_told_as_such_in_every_part():
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


@pytest.mark.parametrize(
    ("themes", "how_many", "most"),
    [
        ([TRUST, TIME], "Her er omtrent 145 svar fra denne uge, fordelt på to temaer.", "»Tillid« fyldte mest."),
        (
            [TRUST, TIME | {"people": 85}],
            "Her er omtrent 170 svar fra denne uge, fordelt på to temaer.",
            "»Tillid« og »Tid« fyldte omtrent lige meget.",
        ),
        ([TRUST | SILENT, TIME], "Omtrent 60 personer har svaret i denne uge.", "»Tid« fyldte mest."),
        ([TRUST | OR_MORE, TIME], "Her er omtrent 145 eller flere svar fra denne uge, fordelt på to temaer.", "»Tillid« fyldte mest."),
        (
            [TRUST, TIME | OR_MORE],
            "Her er omtrent 145 eller flere svar fra denne uge, fordelt på to temaer.",
            "Der blev spurgt om »Tillid« og »Tid«.",
        ),
        (
            [TRUST | OR_MORE, TIME | {"people": 85}],
            "Her er omtrent 170 eller flere svar fra denne uge, fordelt på to temaer.",
            "Der blev spurgt om »Tillid« og »Tid«.",
        ),
        ([TRUST | SILENT, TIME | OR_MORE], "Omtrent 60 eller flere har svaret i denne uge.", "»Tid« fyldte mest."),
        ([TRUST | SILENT, TIME | SILENT], "Der er for få svar til at vise i denne uge.", "Der blev spurgt om »Tillid« og »Tid«."),
    ],
)
def test_a_week_on_two_themes_sums_printed_figures_only(themes: list[dict[str, Any]], how_many: str, most: str):
    assert brief(content(themes=themes))[:2] == (how_many, most)


@pytest.mark.parametrize(
    ("share", "told"), [("<10", "under 10 %"), ("40", "omtrent 40 %"), (">90", "over 90 %"), ("90+", "omtrent 90 % eller mere")]
)
def test_participation_has_open_ends(share: str, told: str):
    lines = render(content(themes=[TRUST | {"participation": share}]), Language.DA).parts[1].lines
    assert lines[2] == f"Det er {told} af de inviterede."


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            Language.DA,
            (
                "Omtrent 85 eller flere har svaret i denne uge.",
                "Omtrent 85 eller flere svarede.",
                "Ord, der går igen i svarene (antal personer): møde (omtrent 40 eller flere), kolleger (15).",
                "»Tillid«: omtrent 25 eller flere har markeret deres svar som et ønske til jer.",
            ),
        ),
        (
            Language.EN,
            (
                "About 85 or more answered this week.",
                "About 85 or more answered.",
                "Words that recur in the answers (number of people): møde (about 40 or more), kolleger (15).",
                "“Trust”: about 25 or more marked their answer as a wish for you.",
            ),
        ),
    ],
)
def test_a_number_that_is_its_cap_is_told_as_so_many_or_more(language: Language, told: tuple[str, ...]):
    words = [{"word": "møde", "people": 40, "or_more": True}, {"word": "kolleger", "people": 15}]
    week = content(themes=[TRUST | OR_MORE | {"wishes_or_more": True, "words": words}])
    lines = [line for part in render(week, language).parts for line in part.lines]
    assert [line for line in lines if line in told] == list(told)


def test_the_words_that_recur_most_stand_first():
    words = [{"word": "tid", "people": 15}, {"word": "møde", "people": 40}, {"word": "ro", "people": 15}]
    lines = render(content(themes=[TRUST | {"words": words}]), Language.DA).parts[1].lines
    assert "Ord, der går igen i svarene (antal personer): møde (40), tid (15), ro (15)." in lines


@pytest.mark.parametrize(("language", "told"), [(Language.DA, "»eller flere« kan være alle"), (Language.EN, "“or more” may be everybody")])
@pytest.mark.parametrize("capped", [OR_MORE, {"wishes_or_more": True}, {"words": [{"word": "møde", "people": 40, "or_more": True}]}, {}])
def test_what_or_more_means_is_said_where_it_stands_and_only_there(language: Language, told: str, capped: dict[str, Any]) -> None:
    assert (told in read(content(themes=[TRUST | capped]), language)) == bool(capped)


def test_the_place_of_another_voice_is_always_there():
    lines = render(content(), Language.DA).parts[1].lines
    assert lines[-1] == "En anden stemme: for få svar til at vise."


def test_a_quote_that_is_withdrawn_leaves_no_mark():
    left = {"trust": QuotesOfTheme(quotes=("Mere ro, tak.",), other_voice=None)}
    assert set(read(content(), quoted=left).splitlines()) - set(read(content()).splitlines()) == {"En deltager: »Mere ro, tak.«"}


def test_the_themes_whose_wishes_can_be_answered_are_named():
    week = content(themes=[TRUST, TIME])
    assert render(week, Language.EN).wishes == (("trust", "Trust"),)


def test_themes_that_have_no_room_are_named():
    week = content(also_asked=[{"da": "Ro", "en": "Calm"}])
    assert render(week, Language.DA).parts[2].heading == "Der blev også spurgt om"
    assert render(week, Language.DA).parts[2].lines == ("Ro",)


def test_the_first_digest_says_so():
    assert since_last(content(number=1)) == ("Det er det første overblik.",)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ResponseKind)
def test_every_kind_of_answer_is_told_in_both_languages(kind: ResponseKind, language: Language):
    answer = {"digest": 1, "kind": kind.value, "words": "ordene"}
    told, _ = since_last(content(since_last=[answer]), language)
    assert "ordene" in told


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ResponseKind)
def test_an_answer_to_wishes_is_told_with_their_theme_in_both_languages(kind: ResponseKind, language: Language):
    answer = {"digest": 1, "kind": kind.value, "words": "ordene", "wishes_on": {"da": "Tillid", "en": "Trust"}}
    told, _ = since_last(content(since_last=[answer]), language)
    assert "ordene" in told
    assert {"da": "ønskerne under »Tillid«", "en": "the wishes on “Trust”"}[language.value] in told


def test_taking_something_up_needs_no_words():
    bare = {"digest": 1, "kind": "take_up", "words": ""}
    told, wished, _ = since_last(content(since_last=[bare, {**bare, "wishes_on": {"da": "Ro", "en": "Calm"}}]))
    assert told == "En af jer vil tage svarene i overblik nr. 1 op."
    assert wished == "En af jer vil tage ønskerne under »Ro« i overblik nr. 1 op."


def test_the_three_newest_answers_are_told_and_the_others_counted():
    week = content(since_last=[{"digest": 1, "kind": "free_text", "words": f"svar-{index}"} for index in range(5)])
    *told, more, _ = since_last(week)
    assert [line[-8:] for line in told] == ["»svar-2«", "»svar-3«", "»svar-4«"]
    assert more == "Og 2 svar mere."


def test_a_long_answer_is_shortened_to_sixty_words():
    week = content(since_last=[{"digest": 1, "kind": "free_text", "words": " ".join(map(str, range(500)))}])
    assert since_last(week)[0].endswith(" 58 59…«")


def test_what_fits_is_not_shortened_and_keeps_its_lines():
    assert shorten("to\nord", 2) == "to\nord"
    assert shorten("nu er det tre", 3) == "nu er det…"


def test_the_checksum_at_the_foot_is_that_of_the_content():
    one, other = render(content(), Language.DA), render(content(number=3), Language.DA)
    assert one.foot.split()[-1] != other.foot.split()[-1]


# --- however much was asked and answered

wordy = st.integers(0, 400).map(lambda number: " ".join(["ord"] * number))
texts = st.builds(lambda da, en: {"da": da, "en": en}, wordy, wordy)
number = st.none() | st.integers(1, 500).map(lambda fives: fives * 5)
themes = st.builds(
    lambda title, asks, people, wishes, share, more: (
        TRUST
        | SILENT
        | {"title": title, "asks": asks}
        | ({} if people is None else {"people": people, "wishes": wishes, "participation": share, **more})
    ),
    texts,
    st.lists(texts, min_size=1, max_size=9),
    number,
    number,
    st.sampled_from([None, "<10", "50", ">90", "90+"]),
    st.sampled_from([{}, {"people_or_more": True, "wishes_or_more": True, "words": [{"word": "møde", "people": 15, "or_more": True}] * 4}]),
)
answers = st.builds(
    lambda kind, words, wished: {
        "digest": 1,
        "kind": kind.value,
        "words": words or ("" if kind is ResponseKind.TAKE_UP else "ja"),
        **wished,
    },
    st.sampled_from(ResponseKind),
    wordy,
    st.just({}) | st.builds(lambda title: {"wishes_on": title}, texts),
)
weeks = st.builds(
    content,
    title=texts,
    themes=st.lists(themes, min_size=1, max_size=2),
    also_asked=st.lists(texts, max_size=5),
    compared=st.sampled_from([None, "more", "same", "fewer"]),
    heard=st.none() | st.just({"digest": 1, "politicians": 31}),
    since_last=st.lists(answers, max_size=12),
)


@settings(max_examples=150)
@given(weeks, st.sampled_from(Language))
def test_a_digest_has_at_most_350_words_and_always_says_how_it_was_made(week: Content, language: Language):
    text = read(week, language)
    assert count_words(text) <= MOST_DIGEST_WORDS == 350
    assert {"da": "ikke repræsentative for alle ansatte", "en": "not representative of all employees"}[language.value] in text
    assert len(render(week, language).parts[-1].lines) == 4


@settings(max_examples=150)
@given(weeks, st.sampled_from(Language), st.lists(st.integers(1, 50), min_size=3, max_size=6))
def test_a_digest_with_quotes_that_there_is_room_for_has_at_most_350_words_too(week: Content, language: Language, lengths: list[int]):
    room, said = room_for_quotes(week), []
    for length in lengths:
        if length + WORDS_BEFORE_QUOTE <= room:
            room -= length + WORDS_BEFORE_QUOTE
            said.append(" ".join(["ord"] * length))
    quoted = {"trust": QuotesOfTheme(quotes=tuple(said[:-1]), other_voice=said[-1] if said else None)}
    assert count_words(read(week, language, quoted)) <= MOST_DIGEST_WORDS


def test_a_usual_week_has_room_for_two_quotes_and_another_voice():
    assert room_for_quotes(content()) >= 90


@given(weeks)
def test_both_languages_tell_the_same_figures(week: Content):
    figures = [re.findall(r"\d+", re.sub(r"[0-9a-f]{12}$|»[^«]*«|“[^”]*”", "", read(week, language))) for language in Language]
    assert sorted(figures[0]) == sorted(figures[1])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.DA,
            ("Listen over ledere er ændret med mere end en tredjedel siden sidst.", "Listen over medarbejderrepræsentanter er ændret"),
        ),
        (
            Language.EN,
            ("The list of leaders has changed by more than a third since last time.", "The list of employee representatives has changed"),
        ),
    ],
)
def test_a_list_that_has_changed_much_is_said_where_the_figures_are_explained(language: Language, said: tuple[str, str]) -> None:
    changed = read(content(lists_changed=[Role.LEADER, Role.EMPLOYEE_REP]), language)
    assert all(changed.count(sentence) == 1 for sentence in said)
    assert "tredjedel" not in read(content())
    assert len(changed.split()) <= MOST_DIGEST_WORDS
