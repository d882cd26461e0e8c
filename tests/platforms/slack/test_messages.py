"""Every message keeps Slack's limits, in both languages, and says everything in its text too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.platforms.slack.escaping import escape
from bot.platforms.slack.inbound import BUTTONS
from bot.platforms.slack.messages import CHART, LONGEST_TEXT, LONGEST_UPDATE, PIECES, render_message
from bot.programme import Language
from bot.seam.meaning import (
    Chart,
    ChartRow,
    DigestDraft,
    DigestPart,
    DigestPost,
    DigestText,
    HourOffer,
    Line,
    LineKind,
    ListReview,
    Meaning,
    Part,
    Plain,
    PlanReview,
    PoliticalAnswer,
    PromiseDue,
    PromiseOffer,
    Question,
    QuoteReview,
    Reminder,
    ResponseReview,
    Thanks,
    Welcome,
    WishAsked,
    WishOffer,
    WishUnanswered,
)
from bot.workspace.block_rules import blocks_are_too_long, message_problems
from tests.support.local_slack import look_alikes

if TYPE_CHECKING:
    from bot.platforms.slack.blocks import Json

THEMES = (("borgeren-foerst", "Borgeren først"), ("retning", "Fælles retning"))
WISHES = tuple(WishOffer(theme=theme, title=title, told=told) for (theme, title), told in zip(THEMES, (True, False), strict=True))


def line(text: str, kind: LineKind = LineKind.TEXT, about: str = "") -> Line:
    return Line(kind=kind, text=text, about=about)


DIGEST = DigestText(
    headline="Borgeren først",
    top=(line("»Vi spurgte *først*.«", LineKind.QUOTE, "borgeren-foerst:0"), line("Omkring 20 svarede."), line("Spørg dem på næste møde.")),
    parts=(
        DigestPart(
            heading="Borgeren først",
            lines=(line("Omkring 20 svarede.", LineKind.FIGURE), line("tid 10, ro 5", LineKind.WORDS), line("»Mere ro.«", LineKind.QUOTE)),
        ),
        DigestPart(
            heading="Ønsker til jer", lines=(line("Omkring 10 ønsker."), line("»En fast dag.«", LineKind.WISH, "borgeren-foerst:1"))
        ),
    ),
    foot="Nr. 3 · abc",
    wishes=WISHES,
    promises=(PromiseOffer(promise=8, sentence="Uge 34: »Vi ser på vagterne« til 1. september."),),
    shortened=True,
)
PICTURE = Chart(
    title="Flere svarede end sidst",
    rows=tuple(ChartRow(label=f"uge {week}", value=5 * week, printed=f"omtrent {5 * week}") for week in range(34, 40)),
    unit="Svar",
    alternative="Flere svarede end sidst. Antal svar, omtrent: uge 34 (170).",
)
BEFORE = DigestText(
    headline="Overblik nr. 3",
    parts=(DigestPart(heading="Kort fortalt", lines=(line("En linje."), line("En til."))),),
    foot="Nr. 3 · abc",
    wishes=WISHES[:1],
    method=False,
)
MEANINGS: dict[type[Meaning], Meaning] = {
    Plain: Plain(language=Language.DA, paragraphs=("Et.", "To.")),
    Welcome: Welcome(
        language=Language.DA,
        title="Velkommen",
        paragraphs=("Hej.", "Læs her."),
        rest=(Part(heading="Sådan", lines=("Skriv i formularen.",)),),
        information=(Part(heading="Formål", lines=("At huske.",)),),
    ),
    Question: Question(
        language=Language.DA,
        round=7,
        theme="Borgeren først",
        ask="Hvad lærte du?",
        closes="fredag kl. 10.00",
        asked=60,
        since_last=(PoliticalAnswer(digest=2, sentence="Vi tager det op."),),
        why=True,
        offer=HourOffer(hour=time(12)),
    ),
    Reminder: Reminder(language=Language.DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag kl. 10.00", asked=60),
    DigestPost: DigestPost(language=Language.DA, digest=3, text=DIGEST),
    DigestDraft: DigestDraft(language=Language.DA, digest=3, text=DIGEST, intro="Et udkast.", status="Godkendt"),
    ResponseReview: ResponseReview(
        language=Language.DA, response=4, intro="Et svar.", words="Vi hører jer.", notes=("Navnet er frit.",), status="Frigivet"
    ),
    PlanReview: PlanReview(
        language=Language.DA,
        version=6,
        fingerprint="f00",
        intro="Filen er rettet.",
        lines=("~ En ny dag.", "− En runde."),
        status="Afgjort",
    ),
    ListReview: ListReview(language=Language.DA, hold=9, question="Er det rigtigt?", note="Ingen er gået ud.", status="Bekræftet"),
    QuoteReview: QuoteReview(language=Language.DA, digest=3, intro="Seks tekster venter.", themes=THEMES),
    PromiseDue: PromiseDue(language=Language.DA, promise=8, paragraphs=("I dag er dagen.", "Hvad blev der af det?")),
    WishUnanswered: WishUnanswered(language=Language.DA, digest=3, theme="retning", text="Ønskerne venter.", status="To er spurgt"),
    WishAsked: WishAsked(language=Language.DA, digest=3, theme="retning", paragraphs=("Organisatorerne beder dig svare.",)),
    Thanks: Thanks(language=Language.DA, title="Tak", parts=(Part(heading="Herfra", lines=("Alt godt.",)),), book=True),
}
WORDS = st.text(max_size=60) | st.text(alphabet='<&>"\\ \n😀*é', max_size=40).map(lambda text: text * 120)
PARTS = st.lists(st.builds(Part, heading=WORDS, lines=st.lists(WORDS, max_size=4).map(tuple)), max_size=40).map(tuple)
LINES = st.lists(st.builds(Line, kind=st.sampled_from(LineKind), text=WORDS), max_size=4).map(tuple)
DIGEST_PARTS = st.lists(st.builds(DigestPart, heading=WORDS, lines=LINES), max_size=40).map(tuple)
TWO_THEMES = st.tuples(WORDS, WORDS).map(lambda titles: tuple(zip(("borgeren-foerst", "retning"), titles, strict=True)))
TWO_WISHES = TWO_THEMES.map(lambda themes: tuple(replace(wish, title=title) for wish, (_, title) in zip(WISHES, themes, strict=True)))
ONE_PROMISE = WORDS.map(lambda sentence: (PromiseOffer(promise=8, sentence=sentence),))
SOME_WORDS = WORDS.map(lambda text: f"x{text}")
ROWS = st.lists(st.builds(ChartRow, label=SOME_WORDS, value=st.integers(0, 10**6), printed=SOME_WORDS), min_size=1, max_size=6).map(
    lambda rows: tuple(replace(row, label=f"{place}{row.label}") for place, row in enumerate(rows))
)
CHARTS = st.builds(Chart, title=SOME_WORDS, rows=ROWS, unit=SOME_WORDS, alternative=WORDS)
TEXTS = st.builds(
    DigestText,
    chart=st.none() | CHARTS,
    headline=WORDS,
    top=LINES,
    parts=DIGEST_PARTS,
    foot=WORDS,
    wishes=TWO_WISHES,
    promises=ONE_PROMISE,
    shortened=st.just(value=True),
)
LANGUAGES = st.sampled_from(Language)
ANY = st.one_of(
    st.builds(Plain, language=LANGUAGES, paragraphs=st.lists(WORDS, max_size=8).map(tuple)),
    st.builds(Welcome, language=LANGUAGES, title=WORDS, paragraphs=st.lists(WORDS, max_size=8).map(tuple), rest=PARTS, information=PARTS),
    st.builds(
        Question,
        language=LANGUAGES,
        round=st.integers(min_value=1),
        theme=WORDS,
        ask=WORDS,
        closes=WORDS,
        since_last=st.lists(st.builds(PoliticalAnswer, digest=st.just(1), sentence=WORDS, responses=st.just((8,))), max_size=12).map(tuple),
        why=st.just(value=True),
        offer=st.just(HourOffer(hour=time(12))),
    ),
    st.builds(Reminder, language=LANGUAGES, round=st.integers(min_value=1), theme=WORDS, ask=WORDS, closes=WORDS),
    st.builds(DigestPost, language=LANGUAGES, digest=st.integers(min_value=1), text=TEXTS),
    st.builds(DigestDraft, language=LANGUAGES, digest=st.integers(min_value=1), text=TEXTS, intro=WORDS, status=st.none() | WORDS),
    st.builds(ResponseReview, language=LANGUAGES, response=st.integers(min_value=1), intro=WORDS, words=WORDS, status=st.none() | WORDS),
    st.builds(ListReview, language=LANGUAGES, hold=st.integers(min_value=1), question=WORDS, note=WORDS, status=st.none() | WORDS),
    st.builds(QuoteReview, language=LANGUAGES, digest=st.integers(min_value=1), intro=WORDS, themes=TWO_THEMES),
    st.builds(PromiseDue, language=LANGUAGES, promise=st.just(8), paragraphs=st.lists(WORDS, max_size=4).map(tuple)),
    st.builds(WishUnanswered, language=LANGUAGES, digest=st.just(3), theme=st.just("retning"), text=WORDS, status=st.none() | WORDS),
    st.builds(
        WishAsked, language=LANGUAGES, digest=st.just(3), theme=st.just("retning"), paragraphs=st.lists(WORDS, max_size=4).map(tuple)
    ),
    st.builds(Thanks, language=LANGUAGES, title=WORDS, parts=PARTS, book=st.just(value=True)),
)


def blocks_of(meaning: Meaning) -> list[Json]:
    return list(json.loads(render_message(meaning).blocks))


def buttons_of(meaning: Meaning) -> list[str]:
    return [element["action_id"] for block in blocks_of(meaning) if block["type"] == "actions" for element in block["elements"]]


def words_in(shown: object) -> list[str]:
    """The words of all text objects, but for the questions asked before a button does its work."""
    if isinstance(shown, list):
        return [words for each in shown for words in words_in(each)]
    if not isinstance(shown, dict):
        return []
    if shown.get("type") in ("plain_text", "mrkdwn", "text"):
        return [shown["text"]]
    return words_in([value for name, value in shown.items() if name != "confirm"])


def test_every_meaning_has_a_shape_and_an_example() -> None:
    assert set(PIECES) == set(MEANINGS) == set(Meaning.__subclasses__())


def test_every_button_that_a_message_draws_has_a_meaning_when_it_is_pressed() -> None:
    drawn = {button for meaning in MEANINGS.values() for button in buttons_of(meaning)}
    assert drawn - set(BUTTONS) == set() != drawn


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=lambda meaning: type(meaning).__name__)
def test_slack_takes_every_meaning_in_both_languages(meaning: Meaning, language: Language) -> None:
    blocks = blocks_of(replace(meaning, language=language))
    assert message_problems(blocks) == []
    for block in Block.parse_all(blocks):
        block.validate_json()


@pytest.mark.parametrize("kind", [DigestPost, DigestDraft])
def test_a_chart_stands_right_below_the_top_and_in_words_below_it(kind: type[DigestPost | DigestDraft]) -> None:
    meaning = MEANINGS[kind]
    assert isinstance(meaning, DigestPost | DigestDraft)
    with_chart = replace(meaning, text=replace(meaning.text, chart=PICTURE))
    blocks, plain = blocks_of(with_chart), blocks_of(meaning)
    place = next(place for place, block in enumerate(blocks) if block["type"] == CHART)
    assert blocks[:place] + blocks[place + 2 :] == plain
    assert words_in(blocks[place + 1]) == [PICTURE.alternative]
    assert words_in(blocks[place - 1]) == ["Spørg dem på næste møde."]
    assert message_problems(blocks) == []
    assert render_message(with_chart).text.count(PICTURE.alternative) == 1
    assert json.loads(render_message(with_chart).without_chart().blocks) == [block for block in blocks if block["type"] != CHART]


@given(ANY)
def test_slack_takes_every_meaning_however_long_its_words(meaning: Meaning) -> None:
    blocks = blocks_of(meaning)
    assert message_problems(blocks) == []
    assert not blocks_are_too_long(blocks)
    assert len(render_message(meaning).text) <= LONGEST_TEXT
    assert len(render_message(meaning).text_of_update) <= LONGEST_UPDATE
    render_message(meaning).text.encode()  # raises if a lone surrogate is left


@given(ANY.filter(lambda meaning: not isinstance(meaning, Plain)))
def test_however_long_the_words_the_buttons_are_there(meaning: Meaning) -> None:
    assert [button for button in buttons_of(meaning) if not button.startswith("whole_")] == buttons_of(
        replace(MEANINGS[type(meaning)], language=meaning.language)
    )


@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=lambda meaning: type(meaning).__name__)
def test_everything_in_the_blocks_stands_in_the_text_too(meaning: Meaning) -> None:
    missing = [words for words in words_in(blocks_of(meaning)) if words not in render_message(meaning).text]
    assert missing == []


ALIKE = tuple(f"Lederen må ikke stå alene: inddrag medarbejderne {how}" for how in ("tidligt", "ofte", "sent", "for alvor"))


def with_titles_alike(meaning: Meaning) -> Meaning:
    """The same meaning with as many themes, promises and answers as it can tell of, of which a phone shows the same."""
    if isinstance(meaning, Question):
        long = tuple(PoliticalAnswer(digest=1, sentence=f"{ALIKE[0]} " * 60, responses=(number,)) for number in range(9))
        return replace(meaning, since_last=(*long, PoliticalAnswer(digest=1, sentence="Og to mere.", responses=(21, 22), only_counts=True)))
    if isinstance(meaning, DigestPost | DigestDraft):
        offers = tuple(WishOffer(theme=f"t{n}", title=title, told=told) for told in (True, False) for n, title in enumerate(ALIKE))
        promises = tuple(PromiseOffer(promise=number, sentence="Vi ser på det.", digest=3) for number in range(6))
        return replace(meaning, text=replace(meaning.text, wishes=offers, promises=promises))
    if isinstance(meaning, QuoteReview):
        return replace(meaning, themes=tuple((f"t{number}", title) for number, title in enumerate(ALIKE)))
    return meaning


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("meaning", MEANINGS.values(), ids=lambda meaning: type(meaning).__name__)
def test_no_two_buttons_of_a_message_look_alike_on_a_phone(meaning: Meaning, language: Language) -> None:
    blocks = blocks_of(with_titles_alike(replace(meaning, language=language)))
    assert message_problems(blocks) == []
    assert look_alikes(blocks) == []


@given(ANY)
def test_no_two_buttons_look_alike_however_long_the_words(meaning: Meaning) -> None:
    assert look_alikes(blocks_of(meaning)) == []


def test_the_largest_digest_there_may_be_stands_whole_in_blocks_and_text() -> None:
    words = [f"ledelsesgrundlag{number}" for number in range(350)]
    parts = tuple(DigestPart(heading=f"Del {first}", lines=(line(" ".join(words[first : first + 35])),)) for first in range(0, 350, 35))
    digest = DigestPost(language=Language.DA, digest=3, text=DigestText(headline="Nr. 3", parts=parts, foot="Nr. 3"))
    shown = json.dumps(blocks_of(digest), ensure_ascii=False)
    assert all(word in shown and word in render_message(digest).text for word in words)


def test_a_response_of_three_thousand_characters_is_shown_whole_for_review() -> None:
    words = "æ" * 3000
    review = ResponseReview(language=Language.DA, response=4, intro="Et svar.", words=words)
    assert words in render_message(review).blocks
    assert words in render_message(review).text


def question_with(*sentences: str) -> Question:
    answers = tuple(PoliticalAnswer(digest=2, sentence=text, responses=(number,)) for number, text in enumerate(sentences, start=40))
    question = MEANINGS[Question]
    assert isinstance(question, Question)
    return replace(question, since_last=answers)


def openings_of(meaning: Meaning) -> list[tuple[str, str]]:
    return [(label, value) for row in rows_of(meaning) for label, action, value in row if action.startswith("whole_")]


def test_three_answers_of_nearly_three_thousand_characters_are_whole_and_offer_nothing() -> None:
    question = question_with(*("ord " * 720 + f"slut{number}" for number in range(3)))
    assert all(f"slut{number}" in str(blocks_of(question)) for number in range(3))
    assert openings_of(question) == []


def test_of_answers_that_have_no_room_the_longest_is_cut_first_and_opens_whole() -> None:
    question = question_with("ord " * 740 + "slut0", "Kort svar.", *("ord " * 740 + f"slut{number}" for number in (2, 3, 4)))
    assert openings_of(question) == [(f"Læs hele svaret {n}", value) for n, value in enumerate(("40", "42", "43", "44"), start=1)]
    shown = [words for words in words_in(blocks_of(question)) if words.startswith("ord")]
    assert "Kort svar." in str(blocks_of(question))
    assert all(2_300 < len(words) < 2_500 and words.endswith("ord …") for words in shown)
    assert all(f"slut{number}" in render_message(question).text for number in (0, 2, 3, 4)), "who hears it hears it whole"


def test_the_oldest_of_very_many_answers_are_counted_and_open_together() -> None:
    counted = PoliticalAnswer(digest=1, sentence="Og 2 svar mere.", responses=(3, 4), only_counts=True)
    assert openings_of(replace(question_with("Kort."), since_last=(counted,))) == [("Læs de andre svar", "3,4")]
    assert openings_of(replace(question_with("Kort."), since_last=(replace(counted, responses=()),))) == []


def test_a_notice_that_is_cut_opens_whole() -> None:
    notice = Plain(language=Language.DA, paragraphs=("Fejl i filen:", "linje " * 3_000), notice=9)
    assert openings_of(notice) == [("Læs hele beskeden", "9")]
    assert openings_of(replace(notice, paragraphs=("Kort.",))) == []


@given(st.text(alphabet="&<> a\n", max_size=60).map(lambda text: text * 90))
def test_no_escaped_sign_is_cut_in_half_in_a_changed_message(words: str) -> None:
    review = ResponseReview(language=Language.DA, response=4, intro="Et svar.", words=words, status="Frigivet")
    text = render_message(review).text_of_update
    assert len(text) <= LONGEST_UPDATE
    assert "&" not in text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "Et svar." in text
    assert "Frigivet" in text


def test_what_people_typed_calls_nobody_and_links_nowhere() -> None:
    typed = "<!channel> <@U0ANNA> <https://example.org|her> <script>alert(1)</script> \u202e&amp;"
    review = ResponseReview(language=Language.DA, response=4, intro="Et svar.", words=typed)
    assert "<" not in render_message(review).text
    shown = next(block["text"] for block in blocks_of(review) if "alert" in str(block))
    assert shown["type"] == "plain_text"
    assert "\u202e" not in shown["text"]


def test_a_draft_that_is_decided_has_no_buttons() -> None:
    draft, review = MEANINGS[DigestDraft], MEANINGS[ResponseReview]
    assert isinstance(draft, DigestDraft)
    assert isinstance(review, ResponseReview)
    assert buttons_of(draft) == ["answers", "approve", "send_back"]
    assert buttons_of(replace(draft, choosable=True)) == ["answers", "approve", "finding", "send_back"]
    assert buttons_of(replace(draft, choosable=True, open=False)) == ["answers"]
    assert buttons_of(review) == ["release", "decline"]
    assert buttons_of(replace(review, open=False)) == []


def test_a_list_that_is_right_or_whole_again_has_no_button() -> None:
    review = MEANINGS[ListReview]
    assert isinstance(review, ListReview)
    assert buttons_of(review) == ["confirm_list"]
    assert buttons_of(replace(review, note="", open=False)) == []


def test_a_plan_that_is_decided_has_no_buttons_and_one_without_lines_no_empty_text() -> None:
    review = MEANINGS[PlanReview]
    assert isinstance(review, PlanReview)
    assert buttons_of(review) == ["apply_plan", "decline_plan"]
    assert buttons_of(replace(review, more=True)) == ["apply_plan", "decline_plan", "see_plan"]
    assert buttons_of(replace(review, lines=(), status="Sat i kraft.", open=False)) == []


def rows_of(meaning: Meaning) -> list[list[tuple[str, str, str]]]:
    """The rows of buttons: label, action and value of each."""
    rows = [block["elements"] for block in blocks_of(meaning) if block["type"] == "actions"]
    return [[(each["text"]["text"], each["action_id"], each.get("value", "")) for each in row] for row in rows]


def test_a_digest_offers_to_answer_to_ask_what_is_wished_and_to_tell_what_became_of_promises() -> None:
    assert rows_of(MEANINGS[DigestPost]) == [
        [
            ("Hørt", "heard", "3"),
            ("Svar deltagerne", "respond", "3"),
            ("Sådan er tallene lavet", "method", "3"),
            ("Læs alle svar", "answers", "3"),
            ("Hent som side", "page", "3"),
        ],
        [("Borgeren først: svar på ønskerne", "respond_wishes", "3:borgeren-foerst")],
        [("Fælles retning: spørg, hvad der ønskes", "ask_wishes", "3:retning")],
        [("Gjort", "promise_done", "8"), ("Blev ikke til noget", "promise_dropped", "8")],
    ]
    decide = [("Se og godkend", "approve", "3"), ("Send tilbage", "send_back", "3")]
    assert rows_of(MEANINGS[DigestDraft]) == [[("Læs alle svar", "answers", "3")], decide]


def test_the_wishes_of_an_earlier_digest_are_answered_there() -> None:
    earlier = replace(DIGEST, wishes=(WishOffer(theme="ro", title="Ro", digest=1),), promises=())
    assert rows_of(DigestPost(language=Language.DA, digest=3, text=earlier))[1:] == [[("Ro: svar på ønskerne", "respond_wishes", "1:ro")]]


def test_a_digest_in_which_all_answers_stand_whole_does_not_offer_to_read_them() -> None:
    whole = DigestPost(language=Language.DA, digest=3, text=replace(DIGEST, shortened=False, wishes=(), promises=()))
    assert buttons_of(whole) == ["heard", "respond", "method", "page"]


def test_of_very_many_promises_as_many_have_buttons_as_slack_takes() -> None:
    promises = tuple(PromiseOffer(promise=number, sentence=f"Løfte {number}") for number in range(1, 80))
    blocks = blocks_of(DigestPost(language=Language.DA, digest=3, text=replace(DIGEST, promises=promises)))
    assert message_problems(blocks) == []
    assert [block["elements"][0]["value"] for block in blocks if block["type"] == "actions"][-2:] == ["9", "10"]


def test_the_lines_at_the_top_come_first_each_as_a_line_of_its_own_and_apart_from_the_rest() -> None:
    headline, quoted, said, asked, apart, *_ = blocks_of(MEANINGS[DigestPost])
    assert [words_in(block) for block in (headline, quoted, said, asked)] == [
        ["Borgeren først"],
        ["»Vi spurgte *først*.«"],
        ["Omkring 20 svarede."],
        ["Spørg dem på næste møde."],
    ]
    assert apart == {"type": "divider"}
    text = render_message(MEANINGS[DigestPost]).text
    assert text.startswith("Borgeren først\n\n»Vi spurgte *først*.«\n\nOmkring 20 svarede.\n\nSpørg dem på næste møde.")


def test_quotes_and_wishes_look_like_quotes_and_are_shown_as_they_were_written_and_figures_are_plain() -> None:
    blocks = blocks_of(MEANINGS[DigestPost])
    parts = [part for block in blocks if block["type"] == "rich_text" for part in block["elements"]]
    quoted = [part["elements"] for part in parts if part["type"] == "rich_text_quote"]
    assert quoted == [[{"type": "text", "text": words}] for words in ("»Vi spurgte *først*.«", "»Mere ro.«", "»En fast dag.«")]
    plain = [block["text"]["text"] for block in blocks if block["type"] == "section" and block["text"]["type"] == "plain_text"]
    assert "Omkring 20 svarede.\ntid 10, ro 5" in plain
    (foot,) = [block["elements"] for block in blocks if block["type"] == "context"]
    assert foot[0]["text"] == "Nr. 3 · abc"


def test_questions_stand_apart_from_the_figures_below_them() -> None:
    lines = (line("»Hvad?«", LineKind.QUESTION), line("»Og?«", LineKind.QUESTION), line("Omkring 20 svarede.", LineKind.FIGURE))
    text = replace(DIGEST, top=(), parts=(DigestPart(heading="Ro", lines=lines),))
    assert words_in(blocks_of(DigestPost(language=Language.DA, digest=3, text=text)))[1:4] == [
        "Ro",
        "»Hvad?«\n»Og?«",
        "Omkring 20 svarede.",
    ]


def test_each_button_of_a_promise_is_read_aloud_with_its_promise() -> None:
    elements = [each for block in blocks_of(MEANINGS[DigestPost]) if block["type"] == "actions" for each in block["elements"]]
    spoken = [each["accessibility_label"] for each in elements if "accessibility_label" in each]
    assert spoken == [f"{label}: Uge 34: »Vi ser på vagterne« til 1. september." for label in ("Gjort", "Blev ikke til noget")]
    assert "accessibility_label" not in json.dumps(blocks_of(MEANINGS[PromiseDue]))


def test_a_digest_from_before_typed_lines_looks_as_it_did() -> None:
    post = DigestPost(language=Language.DA, digest=3, text=BEFORE)
    assert [block["type"] for block in blocks_of(post)] == ["header", "rich_text", "section", "context", "actions", "actions"]
    assert words_in(blocks_of(post))[:4] == ["Overblik nr. 3", "Kort fortalt", "En linje.\nEn til.", "Nr. 3 · abc"]
    assert buttons_of(post) == ["heard", "respond", "page", "respond_wishes"]


def test_wishes_that_wait_can_be_asked_about_until_they_are_answered() -> None:
    waits = MEANINGS[WishUnanswered]
    assert isinstance(waits, WishUnanswered)
    assert rows_of(waits) == [[("Spørg politikere", "ask_politicians", "3:retning")]]
    assert rows_of(replace(waits, open=False)) == []


def test_who_is_asked_answers_the_wishes_and_who_promised_tells_what_became_of_it_in_one_press() -> None:
    assert rows_of(MEANINGS[WishAsked]) == [[("Svar på ønskerne", "respond_wishes", "3:retning")]]
    assert rows_of(MEANINGS[PromiseDue]) == [[("Gjort", "promise_done", "8"), ("Blev ikke til noget", "promise_dropped", "8")]]


@pytest.mark.parametrize(("theme", "button"), [("retning", ("respond_wishes", "3:retning")), (None, ("respond", "3"))])
def test_whoever_promised_can_give_a_new_day_and_any_other_politician_cannot(theme: str | None, button: tuple[str, str]) -> None:
    due = MEANINGS[PromiseDue]
    assert isinstance(due, PromiseDue)
    assert rows_of(replace(due, digest=3, theme=theme))[-1][-1] == ("Giv en ny dag", *button)
    assert [action for _, action, _ in rows_of(due)[-1]] == ["promise_done", "promise_dropped"]


def test_what_is_told_or_answered_has_no_button() -> None:
    for asked in (MEANINGS[WishAsked], MEANINGS[PromiseDue]):
        assert isinstance(asked, WishAsked | PromiseDue)
        assert rows_of(replace(asked, open=False)) == []


def test_a_title_too_long_for_a_button_is_cut_at_a_word() -> None:
    title = "Lederen må ikke stå alene: inddrag medarbejderne tidligt, ofte og for alvor"
    review = QuoteReview(language=Language.DA, digest=3, intro="Ti tekster.", themes=(("alene", title),))
    label = blocks_of(review)[-1]["elements"][0]["text"]["text"]
    assert label == "Lederen må ikke stå alene: inddrag …: se citater"


def test_quotes_can_be_seen_for_each_theme_until_they_are_decided() -> None:
    review = MEANINGS[QuoteReview]
    assert isinstance(review, QuoteReview)
    assert buttons_of(review) == ["quote_review", "quote_review"]
    assert buttons_of(replace(review, open=False)) == []


@pytest.mark.parametrize("kind", [Question, Reminder])
@pytest.mark.parametrize("ask", ["Hvad lærte du?", "Hvad er _godt_ ved `ro` & <b>ved</b> *jer*? " * 7])
def test_what_a_phone_tells_of_a_message_begins_with_the_question(kind: type[Question | Reminder], ask: str) -> None:
    message = render_message(replace(MEANINGS[kind], ask=ask))  # type: ignore[arg-type]  # both have a question
    for text in (message.text, message.text_of_update):
        assert text.startswith(escape(ask.strip()))


def test_the_question_and_its_button_come_first_however_much_politicians_answered() -> None:
    question = question_with(*(f'{number} "\n😀' * 420 for number in range(11)))
    kinds = [block["type"] for block in blocks_of(question)]
    assert kinds[:8] == ["rich_text", "context", "context", "context", "context", "actions", "divider", "rich_text"]
    assert words_in(blocks_of(question))[0] == "Hvad lærte du?"
    assert buttons_of(question)[0] == "answer"
    text = render_message(question).text
    assert text.index("Hvad lærte du?") < text.index("Nedenfor") < text.index("Siden sidst") < text.index('0 "\n😀')


def test_nothing_is_said_of_answers_where_there_are_none() -> None:
    assert "Nedenfor" not in render_message(question_with()).text


@pytest.mark.parametrize(
    ("why", "offer", "row"),
    [
        (True, HourOffer(hour=time(12)), ["answer", "why", "ask_at", "my_replies", "pause"]),
        (False, HourOffer(hour=time(12)), ["answer", "ask_at", "my_replies", "pause"]),
        (False, None, ["answer", "my_replies", "pause"]),
    ],
)
def test_under_a_question_stand_at_most_five_buttons_the_answer_first(*, why: bool, offer: HourOffer | None, row: list[str]) -> None:
    assert buttons_of(replace(MEANINGS[Question], why=why, offer=offer)) == row


def test_buttons_carry_our_ids_and_nothing_else() -> None:
    values = {
        (element["action_id"], element.get("value"))
        for meaning in MEANINGS.values()
        for block in blocks_of(meaning)
        if block["type"] == "actions"
        for element in block["elements"]
    }
    ids = {"answer": "7", "why": "7", "ask_at": "12:00", "heard": "3", "respond": "3", "approve": "3", "send_back": "3"}
    ids |= {
        "release": "4",
        "decline": "4",
        "confirm_list": "9",
        "apply_plan": "6:f00",
        "decline_plan": "6",
        "method": "3",
        "answers": "3",
        "page": "3",
        "promise_done": "8",
        "promise_dropped": "8",
    }
    of_themes = {
        ("respond_wishes", "3:borgeren-foerst"),
        *((each, "3:retning") for each in ("respond_wishes", "ask_wishes", "ask_politicians")),
    }
    of_themes |= {("quote_review", f"3:{theme}") for theme, _ in THEMES}
    bare = dict.fromkeys(("my_replies", "my_book", "ledger", "my_data", "pause", "leave", "read_more"))
    assert values == {*ids.items(), *of_themes, *bare.items()}


def test_thanks_offer_ones_own_book_only_while_there_is_one() -> None:
    thanks = MEANINGS[Thanks]
    assert isinstance(thanks, Thanks)
    assert buttons_of(thanks) == ["ledger", "my_book", "my_data"]
    assert buttons_of(replace(thanks, book=False)) == ["ledger", "my_data"]


@pytest.mark.parametrize("kind", [Question, Reminder])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.DA, "Spørgsmålet går til omkring 60 personer. Du kan svare og rette indtil fredag kl. 10.00."),
        (Language.EN, "This question goes to about 60 people. You can answer and change your answer until fredag kl. 10.00."),
    ],
)
def test_how_many_a_question_goes_to_stands_where_its_close_stands(kind: type[Question | Reminder], language: Language, said: str) -> None:
    meaning = kind(language=language, round=7, theme="Tillid", ask="Hvad?", closes="fredag kl. 10.00", asked=60)
    assert said in render_message(meaning).text
    assert "60" not in render_message(replace(meaning, asked=None)).text


@pytest.mark.parametrize("kind", [Question, Reminder])
@pytest.mark.parametrize(("language", "asked"), [(Language.DA, "Skriv ikke navne"), (Language.EN, "Do not write names")])
def test_under_every_question_stands_what_not_to_write(kind: type[Meaning], language: Language, asked: str) -> None:
    text = render_message(replace(MEANINGS[kind], language=language)).text
    assert text.index("Hvad lærte du?") < text.index(asked)


def test_of_the_welcome_the_screen_shows_what_fits_and_the_text_says_all() -> None:
    shown = words_in(blocks_of(MEANINGS[Welcome]))
    assert shown == ["Velkommen", "Hej.\n\nLæs her.", "Meld mig fra", "Pause", "Alt om mig", "Læs mere"]
    text = render_message(MEANINGS[Welcome]).text
    assert text.index("Læs her.") < text.index("Skriv i formularen.") < text.index("Formål\n\nAt huske.") < text.index("Knapper:")


def test_leaving_is_asked_about_first_and_nothing_in_the_welcome_is_loud() -> None:
    (row,) = [block["elements"] for block in blocks_of(MEANINGS[Welcome]) if block["type"] == "actions"]
    asked = {element["action_id"]: element["confirm"]["title"]["text"] for element in row if "confirm" in element}
    assert asked == {"leave": "Meld dig fra?"}
    assert "danger" not in json.dumps(row)
