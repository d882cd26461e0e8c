"""Every window keeps Slack's limits, in both languages, and shows what it should."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.form_input import require_text
from bot.errors import Refused
from bot.language.visible_text import clean
from bot.platforms.slack.blocks import buttons_of, text_input
from bot.platforms.slack.form_metadata import HOME, FormMetadata, Place
from bot.platforms.slack.views import WINDOWS, home_view, trouble_window, window, with_notice
from bot.programme import Language
from bot.seam.actions import ANSWER_KINDS, DeclineReason
from bot.seam.answers import (
    WHOLE_DIGEST,
    Answer,
    DigestPage,
    Digests,
    FindingForm,
    FormErrors,
    GoOnForm,
    Home,
    HomeChoice,
    HourSet,
    Ledger,
    LedgerEntry,
    LongReading,
    MyData,
    MyReplies,
    MyReply,
    Nothing,
    Objection,
    OutcomeForm,
    PauseForAllForm,
    PauseForm,
    PoliticiansForm,
    QuoteReviewForm,
    QuoteToReview,
    Reading,
    ReadMore,
    Redrawn,
    ReplyForm,
    ResponseForm,
    Said,
    SendBackForm,
)
from bot.seam.edits import AddQuestion, read_edit
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
    Meaning,
    Part,
    Plain,
    PromiseOffer,
    ResponseReview,
    WishOffer,
)
from bot.seam.planning_answers import BankForm, EditDone, EditPlan, EditToPaste, MoveForm, SkipForm, WholePlan
from bot.seam.quote_answers import QuoteChoice, QuotedThanks, QuoteOption
from bot.seam.reading_answers import BookEntry, Document, MyBook
from bot.wording import say
from bot.workspace.block_rules import view_is_too_large, view_problems
from bot.workspace.state.forms import add_missing_ids
from tests.support.local_slack import look_alikes

if TYPE_CHECKING:
    from bot.platforms.slack.blocks import Json

REPLY = MyReply(
    round=7, theme="Borgeren først", ask="Hvad lærte du?", text="Mit svar", wish=True, quote=False, editable=True, state="Åben til fredag"
)
BOOK_ENTRY = BookEntry(heading="Uge 34: Borgeren først", ask="Hvad lærte du?", text="Mit svar")
FORM = ReplyForm(language=Language.DA, round=7, theme="Borgeren først", ask="Hvad lærte du?", closes="fredag kl. 10.00")
WAITING, DECIDED = QuoteToReview(id="a1", text="Vi spurgte *først*."), QuoteToReview(id="b2", text="Nej.", decided="Afgjort: Må vises.")
QUOTES = QuoteReviewForm(language=Language.DA, digest=3, theme="borgeren-foerst", title="Borgeren først", quotes=(DECIDED, WAITING))
TO_THE_FINISHED_PAGE = ("approve", "3", "Se og godkend")
LINES = (Line(kind=LineKind.FIGURE, text="Omkring 20 svarede."), Line(kind=LineKind.QUOTE, text="»Vi spurgte *først*.«"))
DIGEST = DigestText(headline="Borgeren først", top=LINES, parts=(DigestPart(heading="Borgeren først", lines=LINES),), foot="Nr. 3 · abc")
DIGEST_PAGE = DigestPage(
    language=Language.DA,
    digest=3,
    post=DigestPost(language=Language.DA, digest=3, text=DIGEST),
    lead=("Sådan ser politikerne overblik nr. 3.", "Bliver sendt fredag."),
    fingerprint="f1",
)
RESPONSE = ResponseForm(
    language=Language.DA,
    digest=3,
    number=12,
    about=(
        (WHOLE_DIGEST, "Hele overblikket"),
        ("borgeren-foerst", "Ønskerne under »Borgeren først«"),
        ("borgeren-foerst:1", "»Vi spurgte først.«"),
    ),
    chosen="borgeren-foerst",
    earliest=date(2018, 8, 24),
    latest=date(2019, 8, 24),
)
FINDING = FindingForm(
    language=Language.DA,
    digest=3,
    number=12,
    options=(("quote", "»Vi spurgte først.«\nDet siger en af omkring 20."), ("words", "tid 10, ro 5"), ("count", "Omkring 20 svarede.")),
    chosen="words",
)
LEDGER = Ledger(
    language=Language.DA,
    entries=(
        LedgerEntry(heading="Uge 34 · Borgeren først", lines=("Ønsker om: tid, ro", "Gjort: »Vagterne er lagt om.«"), number=0, start=0),
    ),
)
ADDED = AddQuestion(question="politisk-spoergsmaal-8", theme="tid", da='Hvad mener I med "tid"? ' * 20, en="What do you mean?" * 20)
TO_PASTE = EditToPaste(language=Language.DA, paragraphs=("Sæt det ind.",), pieces=(("Linje 3 til 8:", "  - id: x\n" * 600),))
OPTIONS = tuple(
    QuoteOption(sentence=sentence, parts=((text, False), ("zwixet", True)), fingerprint=f"f{number}")
    for number, (sentence, text) in enumerate([(None, "Vi tog os tid. Vi lyttede. "), (0, "Vi tog os tid. "), (2, "Vi lyttede. ")])
)
CHOICE = QuoteChoice(language=Language.DA, round=7, lead="Sådan kan det blive vist.", options=OPTIONS, notes=("Intet uden et tryk.",))
QUOTED = QuotedThanks(
    language=Language.DA, title="Tak", paragraphs=("Gemt.",), round=7, quoted=OPTIONS[0], notes=("Understreget.",), may_choose=True
)
ANSWERS: dict[type[Answer], Answer] = {
    Said: Said(language=Language.DA, title="Tak", paragraphs=("Det er gemt.", "Vi ses.")),
    FormErrors: FormErrors(language=Language.DA, errors={"text": "Skriv lidt mere."}),
    Redrawn: Redrawn(language=Language.DA, meaning=Plain(language=Language.DA, paragraphs=("Ny.",)), said="Godkendt."),
    ReplyForm: FORM,
    QuoteChoice: CHOICE,
    QuotedThanks: QUOTED,
    PauseForm: PauseForm(language=Language.DA, earliest=date(2018, 8, 22), latest=date(2019, 2, 20), proposed=date(2018, 9, 4)),
    SendBackForm: SendBackForm(language=Language.DA, digest=3, number=12),
    PauseForAllForm: PauseForAllForm(language=Language.DA, paragraphs=("Jeg sender intet.",)),
    GoOnForm: GoOnForm(language=Language.DA, paragraphs=("Planen rykker:",), lines=("~ uge 42",), fingerprint="0a1b"),
    ResponseForm: RESPONSE,
    OutcomeForm: OutcomeForm(language=Language.DA, promise=8, kind="done", what="Vi ser på vagterne."),
    FindingForm: FINDING,
    PoliticiansForm: PoliticiansForm(language=Language.DA, digest=3, theme="tid", what="Ønskerne under »Tid« fra uge 34"),
    Reading: Reading(language=Language.DA, title="Sådan er tallene lavet", parts=(Part(heading="Tal", lines=("Rundet til 5.",)),)),
    Ledger: LEDGER,
    QuoteReviewForm: QUOTES,
    DigestPage: DIGEST_PAGE,
    MyReplies: MyReplies(language=Language.DA, replies=(REPLY,), note="Her er dine svar."),
    MyBook: MyBook(language=Language.DA, entries=(BOOK_ENTRY,), note="Her er dine svar."),
    MyData: MyData(language=Language.DA, parts=(Part(heading="Hvem du er", lines=("leder", "dansk")),), note="Her er alt."),
    ReadMore: ReadMore(language=Language.DA, parts=(Part(heading="Formål", lines=("At huske.",)),)),
    Digests: Digests(language=Language.DA, digests=(DigestPost(language=Language.DA, digest=3, text=DIGEST),)),
    MoveForm: MoveForm(language=Language.DA, questions=(("hvad-nu", "Uge 45: Hvad nu?" * 20),), weeks=(("2018-W43", "Uge 43: Hvem?"),)),
    SkipForm: SkipForm(language=Language.DA, weeks=(("2018-W43", "Uge 43 (fra 22. oktober): Hvem skal med?"),)),
    BankForm: BankForm(language=Language.DA, response=8, themes=(("tid", "Tid"),), chosen="tid", da="Hvad mener I? " * 200),
    EditPlan: EditPlan(language=Language.DA, intro="Uge 43 springes over.", lines=("~ uge 43",), edit=ADDED, fingerprint="0a1b" * 16),
    WholePlan: WholePlan(language=Language.DA, version=6, lines=("~ En ny dag.", "− En runde.")),
    EditDone: EditDone(language=Language.DA, paragraphs=("Det gælder nu.",)),
    EditToPaste: TO_PASTE,
    HourSet: HourSet(language=Language.DA, title="Din tid", paragraphs=("Kl. 12.00.",), offer=HourOffer(hour=time(9, 30), back=True)),
    Home: Home(language=Language.DA, title="Hej", paragraphs=("Spørgsmålet er åbent.",), choices=tuple(HomeChoice), round=7),
}
WORDS = st.text(max_size=40) | st.text(alphabet='<&>"\\ \n😀*', min_size=1, max_size=30).map(lambda text: (text * 3000)[:3000])


def bold_in(block: dict[str, Any]) -> str:
    """What is bold in a block of which all is bold."""
    (section,) = block["elements"]
    (text,) = section["elements"]
    assert (section["type"], text["style"]) == ("rich_text_section", {"bold": True})
    return str(text["text"])


def shown(answer: Answer) -> Json:
    view = window(answer)
    assert view is not None
    return view


def element(view: Json, block_id: str) -> Json:
    return next(dict(block["element"]) for block in view["blocks"] if block.get("block_id") == block_id)


def test_every_answer_that_shows_something_has_a_window_and_an_example() -> None:
    without_window = {Nothing, Document}  # a file comes by itself; the window from which it was asked for says so
    assert set(WINDOWS) == set(ANSWERS) == set(Answer.__subclasses__()) - without_window


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=lambda answer: type(answer).__name__)
def test_slack_takes_every_window_in_both_languages(answer: Answer, language: Language) -> None:
    view = shown(replace(answer, language=language))
    assert view_problems(view, "modal") == []
    assert len(view["title"]["text"]) <= 24
    assert "…" not in view["title"]["text"]


ALIKE = tuple(f"Lederen må ikke stå alene: inddrag medarbejderne {how}" for how in ("tidligt", "ofte", "sent", "for alvor"))


def with_many_alike(answer: Answer) -> Answer:
    """The same answer with many of what has buttons, and with titles of which a phone shows the same."""
    if isinstance(answer, MyReplies):
        return replace(answer, replies=(replace(REPLY, editable=True, withdrawable=True),) * 12)
    if isinstance(answer, Home):
        digest = replace(DIGEST, wishes=tuple(WishOffer(theme=f"t{n}", title=title) for n, title in enumerate(ALIKE)))
        reviews = [ResponseReview(language=answer.language, response=number, intro="Et svar.", words="Ja.") for number in range(3)]
        promises = tuple(PromiseOffer(promise=number, sentence="Vi ser på det.", digest=3) for number in range(6))
        waiting = (*reviews, DigestDraft(language=answer.language, digest=4, text=digest, intro="Et udkast."))
        return replace(answer, waiting=waiting, promises=promises, planning=tuple(HomeChoice))
    if isinstance(answer, Digests):
        return replace(answer, digests=answer.digests * 8)
    if isinstance(answer, Ledger):
        return replace(answer, entries=answer.entries * 12)
    if isinstance(answer, QuoteReviewForm):
        quotes = tuple(QuoteToReview(id=f"q{number}", text="Mere ro.") for number in range(8))
        return replace(answer, quotes=quotes, first=9, more=(1, 8), next_theme=("t", ALIKE[0]))
    return answer


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=lambda answer: type(answer).__name__)
def test_no_two_buttons_of_a_window_look_alike_on_a_phone(answer: Answer, language: Language) -> None:
    answer = with_many_alike(replace(answer, language=language))
    assert look_alikes(shown(answer)) == []
    if isinstance(answer, Home | Said):
        assert look_alikes(home_view(answer)) == []


def test_each_button_under_ones_replies_is_read_aloud_with_its_question() -> None:
    view = shown(with_many_alike(ANSWERS[MyReplies]))
    under = [button for block in view["blocks"] if block["type"] == "actions" for button in block["elements"]][1:]
    spoken = [button["accessibility_label"] for button in under]
    assert spoken[:6] == [f"{label} {n}: {REPLY.ask}" for n in (1, 2) for label in ("Ret mit svar", "Vis ikke som citat", "Slet mit svar")]


def test_each_button_of_what_waits_is_read_aloud_with_it() -> None:
    reviews = tuple(ResponseReview(language=Language.DA, response=number, intro=f"Svar {number}.", words="Ja.") for number in (1, 2))
    page = home_view(Home(language=Language.DA, title="Hej", paragraphs=("Her.",), choices=(), waiting=reviews))
    spoken = [button["accessibility_label"] for block in page["blocks"] if block["type"] == "actions" for button in block["elements"]]
    assert spoken == [f"{label} {n}: Svar {n}." for n in (1, 2) for label in ("Frigiv", "Frigiv ikke")]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", ["screen.failed", "screen.outdated"])
def test_slack_takes_what_is_said_about_trouble(language: Language, key: str) -> None:
    assert view_problems(trouble_window(language, key), "modal") == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("choices", [(), tuple(HomeChoice)])
def test_slack_takes_a_persons_own_page(language: Language, choices: tuple[HomeChoice, ...]) -> None:
    page = home_view(Home(language=language, title="Hej", paragraphs=("Intet lige nu.",), choices=choices))
    assert view_problems(page, "home") == []


@given(title=WORDS, words=WORDS)
def test_plain_sentences_fit_however_long(title: str, words: str) -> None:
    assert view_problems(shown(Said(language=Language.DA, title=title, paragraphs=(words, words))), "modal") == []


@given(st.text("a\n \u2067\u2069\x07", max_size=9), st.sampled_from(["😀", "a", "\u2067"]), st.integers(min_value=1400, max_value=3100))
def test_whatever_may_be_stored_stands_whole_in_the_field_again(text: str, sign: str, count: int) -> None:
    with suppress(Refused):
        words = require_text(f"{text}a{sign * count}", field="text")
        assert text_input(words)["initial_value"] == clean(words)


def test_of_a_reply_that_was_stored_longer_nothing_is_lost_unseen() -> None:
    view = shown(replace(FORM, text="😀" * 1700))
    assert view_problems(view, "modal") == []
    assert [block["element"]["initial_value"] for block in view["blocks"] if block.get("block_id") == "text"] == ["😀" * 1500]
    assert "😀" * 200 in json.dumps(view, ensure_ascii=False).replace("😀" * 1500, "")
    assert say("da", "screen.rest_of_reply") in json.dumps(view, ensure_ascii=False)


@given(words=WORDS, count=st.integers(min_value=0, max_value=60))
def test_all_of_somebodys_replies_fit_or_the_newest_do(words: str, count: int) -> None:
    mine = MyReplies(language=Language.DA, replies=(replace(REPLY, text=words),) * count, note="Her er dine svar.")
    view = shown(mine)
    assert view_problems(view, "modal") == []
    assert not view_is_too_large(view)


@pytest.mark.long  # reads hundreds of pages
@given(words=WORDS, count=st.integers(min_value=0, max_value=60))
def test_a_book_is_read_page_by_page_to_its_end_and_nothing_of_it_is_lost(words: str, count: int) -> None:
    entries = tuple(replace(BOOK_ENTRY, heading=f"Uge {number}", text=words) for number in range(count))
    book, read = MyBook(language=Language.DA, entries=entries, note="Dine."), ""
    for _ in range(count + 1):
        view = shown(book)
        assert (view_problems(view, "modal"), view_is_too_large(view)) == ([], False)
        blocks = [block for block in view["blocks"] if block["type"] == "rich_text"]
        read += "".join(block["elements"][0]["elements"][0]["text"] for block in blocks)
        more = [block["elements"][0] for block in view["blocks"] if block["type"] == "actions"]
        if not more:
            break
        book = replace(book, start=int(more[0]["value"]))
    whole = "".join(clean(f"{entry.heading}\n{entry.ask}\n\n{entry.text}") for entry in entries)
    assert "".join(read.split()) == "".join(whole.split())


def test_answers_of_a_book_stand_together_so_that_one_press_copies_them() -> None:
    (lead, page) = shown(MyBook(language=Language.DA, entries=(BOOK_ENTRY, BOOK_ENTRY), note="Dine."))["blocks"]
    assert (lead["type"], page["elements"][0]["type"]) == ("section", "rich_text_preformatted")
    one = "Uge 34: Borgeren først\nHvad lærte du?\n\nMit svar"
    assert page["elements"][0]["elements"] == [{"type": "text", "text": f"{one}\n\n\n{one}"}]


@pytest.mark.parametrize(
    ("language", "offer", "label", "action"),
    [
        (Language.DA, HourOffer(hour=time(12)), "Spørg mig kl. 12 i stedet", ("ask_at", "12:00")),
        (Language.EN, HourOffer(hour=time(15)), "Ask me at 15:00 instead", ("ask_at", "15:00")),
        (Language.DA, HourOffer(hour=time(9, 30), back=True), "Spørg mig kl. 09.30 igen", ("ask_as_planned", None)),
        (Language.EN, HourOffer(hour=time(9, 30), back=True), "Ask me at 09:30 again", ("ask_as_planned", None)),
    ],
)
def test_an_hour_is_offered_in_the_window_and_on_the_page(
    language: Language, offer: HourOffer, label: str, action: tuple[str, str | None]
) -> None:
    hour_set = HourSet(language=language, title="Hej", paragraphs=("Ja.",), offer=offer)
    page = Home(language=language, title="Hej", paragraphs=("Ja.",), choices=(), offer=offer)
    for view in (shown(hour_set), home_view(page)):
        (button,) = view["blocks"][-1]["elements"]
        assert (button["text"]["text"], button["action_id"], button.get("value")) == (label, *action)


def test_when_not_all_replies_fit_the_older_ones_are_a_press_away() -> None:
    replies = tuple(replace(REPLY, round=number) for number in range(60, 0, -1))
    answer, rounds = MyReplies(language=Language.EN, replies=replies, note="Yours."), []
    while True:
        view = shown(answer)
        assert view_problems(view, "modal") == []
        firsts = [block["elements"][0] for block in view["blocks"] if block["type"] == "actions"]
        assert firsts[0]["action_id"] == "my_book"
        rounds += [first["value"] for first in firsts[1:] if first["action_id"] != "more_replies"]
        if firsts[-1]["action_id"] != "more_replies":
            break
        answer = replace(answer, start=int(firsts[-1]["value"]))
    assert rounds == [str(number) for number in range(60, 0, -1)]


def test_answers_in_full_are_read_window_by_window() -> None:
    parts = tuple(Part(heading=f"Overblik nr. {number}", lines=("ord " * 740 + str(number),)) for number in range(80))
    answer, read = Reading(language=Language.DA, title="Svar", parts=parts, of=LongReading.RESPONSES, ids=tuple(range(100, 180))), []
    view = shown(answer)
    while True:
        assert view_problems(view, "modal") == []
        read += [block["text"]["text"].split()[-1] for block in view["blocks"] if block["type"] == "section" and "ord" in str(block)]
        if view["blocks"][-1]["type"] != "actions":
            break
        (more,) = view["blocks"][-1]["elements"]
        assert more["action_id"] == "whole_answers"
        ids = tuple(map(int, more["value"].split(",")))
        view = shown(replace(answer, parts=parts[-len(ids) :], ids=ids))
    assert read == [str(number) for number in range(80)]


@pytest.mark.parametrize(
    ("editable", "withdrawable", "offered"),
    [
        (True, True, ["edit_reply", "withdraw_quote", "delete_reply"]),
        (False, True, ["withdraw_quote", "delete_reply"]),
        (False, False, ["delete_reply"]),
    ],
)
def test_a_reply_offers_what_can_still_be_done(*, editable: bool, withdrawable: bool, offered: list[str]) -> None:
    reply = replace(REPLY, editable=editable, withdrawable=withdrawable)
    view = shown(MyReplies(language=Language.DA, replies=(reply,), note="Dine."))
    assert [element["action_id"] for element in view["blocks"][-1]["elements"]] == offered


# --- an organiser's page, and planning there


def organisers_page(*waiting: Meaning) -> Home:
    parts = (Part(heading="Det næste", lines=("Tirsdag: Spørgsmålet »Hvad nu?« går ud.",)), Part(heading="Venter på jer", lines=("Tryk.",)))
    planning = (HomeChoice.MOVE, HomeChoice.SKIP, HomeChoice.UNDO)
    choices = (HomeChoice.DIGESTS, HomeChoice.MY_DATA)
    return Home(language=Language.DA, title="Hej", paragraphs=("Hej.",), choices=choices, parts=parts, waiting=waiting, planning=planning)


def actions_in(view: Json) -> list[str]:
    return [each["action_id"] for block in view["blocks"] for each in block.get("elements", ()) if each["type"] == "button"]


def test_a_plan_that_is_too_long_for_a_window_is_read_page_by_page() -> None:
    plan = WholePlan(language=Language.DA, version=6, lines=tuple(f"~ Linje {n}: {'ord ' * 100}" for n in range(150)))
    read, start, windows = "", [0], 0
    while start:
        windows, view = windows + 1, shown(replace(plan, start=start[0]))
        assert (view_problems(view, "modal"), view_is_too_large(view)) == ([], False)
        read += str(view["blocks"])
        more = [part["value"] for part in view["blocks"][-1].get("elements", ()) if part.get("action_id") == "see_plan"]
        start = [int(value.removeprefix("6:")) for value in more]
    assert windows > 1
    assert all(read.count(f"Linje {n}:") == 1 for n in range(150))


def test_an_organisers_page_has_what_waits_below_the_buttons_with_which_one_plans() -> None:
    response = ResponseReview(language=Language.DA, response=8, intro="En politiker svarer:", words="Hvad mener I?", bankable=True)
    page = home_view(organisers_page(response))
    assert view_problems(page, "home") == []
    planning, deciding = ["move_question", "skip_week", "undo_edit"], ["release", "decline", "bank_question"]
    assert actions_in(page) == [*planning, *deciding, "digests", "my_data"]


@given(words=WORDS.filter(str.strip), count=st.integers(min_value=0, max_value=40))
def test_however_much_waits_the_page_fits_and_keeps_its_last_row(words: str, count: int) -> None:
    waiting = (ResponseReview(language=Language.DA, response=8, intro=words, words=words, notes=(words, words)),) * count
    page = home_view(organisers_page(*waiting))
    assert view_problems(page, "home") == []
    assert not view_is_too_large(page)
    assert actions_in(page)[-2:] == ["digests", "my_data"]


def test_a_plan_that_changes_nothing_cannot_be_put_in_force() -> None:
    plan = EditPlan(language=Language.DA, intro="Uge 43 springes over.", lines=("Det ændrer ikke noget.",), edit=None, fingerprint="0a1b")
    assert "submit" not in shown(plan)


def test_a_plan_remembers_its_edit_its_fingerprint_and_from_where_it_was_opened() -> None:
    view = window(ANSWERS[EditPlan], HOME)
    assert view is not None
    kept = FormMetadata.read(view["private_metadata"], Language.EN)
    assert (kept.place, kept.fingerprint, read_edit(kept.edit or "")) == (HOME, "0a1b" * 16, ADDED)
    assert len(view["private_metadata"]) <= 3000


def test_lines_to_paste_keep_the_spaces_at_their_beginning() -> None:
    (piece,) = TO_PASTE.pieces
    parts = [block["elements"][0] for block in shown(ANSWERS[EditToPaste])["blocks"] if block["type"] == "rich_text"]
    assert {part["type"] for part in parts} == {"rich_text_preformatted"}
    assert "\n".join(part["elements"][0]["text"] for part in parts) == piece[1].rstrip("\n")


# --- everything about a person


def pages(data: MyData) -> list[Json]:
    """The windows one sees who presses on, until there is no more to see."""
    views = [shown(data)]
    while following := [each["value"] for each in views[-1]["blocks"][-1].get("elements", ()) if each["action_id"] == "more_data"]:
        assert int(following[0]) > data.start, "it goes round in circles"
        data = replace(data, start=int(following[0]))
        views.append(shown(data))
    return views


@given(words=WORDS.filter(str.strip), count=st.integers(min_value=0, max_value=60))
def test_everything_about_a_person_is_shown_once_however_much_it_is(words: str, count: int) -> None:
    parts = tuple(Part(heading=f"Nr. {number}.", lines=(words, "Skrevet")) for number in range(count))
    views = pages(MyData(language=Language.DA, parts=parts, note="Her er alt."))
    for view in views:
        assert view_problems(view, "modal") == []
        assert not view_is_too_large(view)
    headings = [bold_in(block) for view in views for block in view["blocks"] if "bold" in json.dumps(block)]
    assert headings == [f"Nr. {number}." for number in range(count)]


def test_sixteen_answers_of_three_thousand_letters_stand_on_one_screen() -> None:
    parts = tuple(Part(heading=f"Nr. {number}.", lines=("Blåbærgrød og æbler. " * 142, "Skrevet")) for number in range(16))
    view = shown(MyData(language=Language.DA, parts=parts, note="Her er alt."))
    assert [element["action_id"] for element in view["blocks"][-1]["elements"]] == ["erase"]
    assert not view_is_too_large(view)


def test_where_nothing_is_kept_there_is_nothing_to_erase() -> None:
    assert "erase" not in json.dumps(shown(MyData(language=Language.DA, parts=(), note="Her er intet.")))


def test_erasing_is_offered_with_all_there_is_to_erase_and_asked_about_first() -> None:
    view = shown(ANSWERS[MyData])
    button = next(each for block in view["blocks"] for each in block.get("elements", ()) if each.get("action_id") == "erase")
    assert (button["style"], button["confirm"]["title"]["text"]) == ("danger", "Slet alt om dig?")
    page = home_view(ANSWERS[Home])  # type: ignore[arg-type]  # the example is a page
    assert "erase" not in json.dumps(page)
    assert "danger" not in json.dumps(page)


# --- what politicians have read


def headlines(view: Json) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def test_a_window_says_in_words_what_a_chart_shows() -> None:
    chart = Chart(title="Flere", rows=(ChartRow(label="uge 34", value=20, printed="omtrent 20"),), unit="Svar", alternative="Flere: 20.")
    post = DigestPost(language=Language.DA, digest=3, text=replace(DIGEST, chart=chart))
    view = shown(Digests(language=Language.DA, digests=(post,)))
    assert view_problems(view, "modal") == []
    assert "Flere: 20." in json.dumps(view)


def test_many_digests_are_read_page_by_page_each_once_and_with_no_button_of_the_politicians() -> None:
    parts = tuple(DigestPart(heading=f"Del {number}", lines=LINES) for number in range(9))
    offers: Json = {"wishes": (WishOffer(theme="tid", title="Tid"),), "promises": (PromiseOffer(promise=8, sentence="Lovet."),)}
    texts = [replace(DIGEST, headline=f"Nr. {number}", parts=parts, **offers) for number in range(16, 0, -1)]
    digests = tuple(DigestPost(language=Language.DA, digest=3, text=text) for text in texts)
    answer, seen = Digests(language=Language.DA, digests=digests), []
    while True:
        view = shown(answer)
        assert view_problems(view, "modal") == []
        assert not view_is_too_large(view)
        seen += headlines(view)
        all_buttons = [each for block in view["blocks"] for each in block.get("elements", ()) if "value" in each]
        buttons = [(each["action_id"], each["value"]) for each in all_buttons if each["action_id"] not in ("method", "page")]
        if not buttons:
            break
        ((action, start),) = buttons
        assert action == "more_digests"
        answer = replace(answer, start=int(start))
    assert seen == [f"Nr. {number}" for number in range(16, 0, -1)]


def test_a_page_is_read_to_its_end_and_can_be_sent_from_each_part_of_it() -> None:
    lines = tuple(f"Linje {number}: " + "ord " * 600 for number in range(120))
    answer, seen = (
        Reading(language=Language.DA, title="Som side", parts=(Part(heading="Nr. 3", lines=lines),), of=LongReading.PAGE, ids=(3,)),
        "",
    )
    while True:
        view = shown(answer)
        assert view_problems(view, "modal") == []
        as_slack_gives_it = view | {"blocks": add_missing_ids(view["blocks"])}
        assert view_problems(with_notice(as_slack_gives_it, "Filen er på vej."), "modal") == []
        assert not view_is_too_large(with_notice(as_slack_gives_it, "Filen er på vej."))
        seen += json.dumps(view, ensure_ascii=False)
        offered = [(each["action_id"], each["value"]) for block in view["blocks"] for each in block.get("elements", ()) if "value" in each]
        assert offered[0] == ("page_file", "3")
        if len(offered) == 1:
            break
        ((action, value),) = offered[1:]
        assert action == "page"
        answer = replace(answer, start=int(value.removeprefix("3:")))
    assert all(seen.count(f"Linje {number}: ") == 1 for number in range(120))


def test_a_digest_is_read_line_by_line_as_the_politicians_read_it() -> None:
    blocks = shown(ANSWERS[Digests])["blocks"]
    assert [block["type"] for block in blocks] == [
        *("section", "header", "section", "rich_text", "divider", "rich_text", "section", "rich_text", "context", "actions", "divider"),
    ]


def test_before_the_first_digest_the_window_says_so() -> None:
    assert "ikke fået noget overblik endnu" in json.dumps(shown(Digests(language=Language.DA, digests=())), ensure_ascii=False)


@given(words=WORDS)
def test_the_form_takes_a_question_and_a_text_of_any_kind(words: str) -> None:
    assert view_problems(shown(replace(FORM, text=words[:3000], ask=words)), "modal") == []


def test_both_marks_are_off_until_the_person_puts_them() -> None:
    assert "initial_options" not in element(shown(FORM), "marks")
    assert [option["value"] for option in element(shown(FORM), "marks")["options"]] == ["wish", "quote"]
    marked = element(shown(replace(FORM, quote=True)), "marks")
    assert [each["value"] for each in marked["initial_options"]] == ["quote"]


def test_the_form_holds_the_persons_own_text_as_they_wrote_it() -> None:
    typed = "1 < 2 & *ikke* <!channel>\nשלום"
    assert element(shown(replace(FORM, text=typed)), "text")["initial_value"] == typed


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [(Language.DA, "Ret mit svar", "Du har svaret."), (Language.EN, "Change my answer", "You have answered.")],
)
def test_the_form_of_who_has_answered_says_that_they_change_their_answer(language: Language, title: str, lead: str) -> None:
    again, first = (shown(replace(FORM, language=language, replied=replied)) for replied in (True, False))
    assert again["title"]["text"] == title != first["title"]["text"]
    assert again["blocks"][0]["text"]["text"].startswith(lead)
    assert lead not in json.dumps(first, ensure_ascii=False)


@pytest.mark.parametrize("replied", [True, False])
@pytest.mark.parametrize(
    ("language", "line"),
    [
        (Language.DA, "Er et barn i fare, så underret: her læser ingen med."),
        (Language.EN, "If a child is in danger, report it: nobody is reading along here."),
    ],
)
def test_the_form_always_says_what_to_do_if_a_child_is_in_danger(language: Language, line: str, *, replied: bool) -> None:
    blocks = shown(replace(FORM, language=language, replied=replied))["blocks"]
    place = next(number for number, block in enumerate(blocks) if line in json.dumps(block, ensure_ascii=False))
    assert place < next(number for number, block in enumerate(blocks) if block.get("block_id") == "text"), "it is seen before one writes"


def test_only_somebody_who_has_answered_can_delete_their_answer() -> None:
    assert "delete_reply" not in json.dumps(shown(FORM))
    assert "delete_reply" in json.dumps(shown(replace(FORM, replied=True)))


@pytest.mark.parametrize(("language", "asked"), [(Language.DA, "Skriv ikke navne"), (Language.EN, "Do not write names")])
def test_the_form_says_what_not_to_write(language: Language, asked: str) -> None:
    view = shown(replace(FORM, language=language))
    (hint,) = (block["hint"]["text"] for block in view["blocks"] if block.get("block_id") == "text")
    assert hint.startswith(asked)


@pytest.mark.parametrize(("language", "known"), [(Language.DA, "kan kende din måde at skrive på"), (Language.EN, "recognise your style")])
def test_the_form_says_at_the_mark_that_a_quote_may_be_known_by_its_style(language: Language, known: str) -> None:
    view = shown(replace(FORM, language=language))
    (hint,) = (block["hint"]["text"] for block in view["blocks"] if block.get("block_id") == "marks")
    assert known in hint
    assert len(hint) < 150, "it is read on a phone"


def test_the_form_says_that_it_is_confidential_and_never_that_it_is_anonymous() -> None:
    for language, word in ((Language.DA, "fortroligt"), (Language.EN, "confidential")):
        words = json.dumps(shown(replace(FORM, language=language)), ensure_ascii=False)
        assert word in words
        assert "anonym" not in words.lower()


def test_a_form_remembers_what_it_is_about_and_where_it_was_opened() -> None:
    view = window(FORM, Place(channel="D1", stamp="1.0"))
    assert view is not None
    form_metadata = FormMetadata(language=Language.DA, about=7, place=Place(channel="D1", stamp="1.0"))
    assert FormMetadata.read(view["private_metadata"], Language.EN) == form_metadata


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "x",
        "[]",
        "{}",
        '{"language":"da"}',
        '{"language":"tlh","about":1,"place":null}',
        '{"language":"da","about":"x","place":null}',
        '{"language":"da","about":1,"place":{"a":1}}',
    ],
)
def test_a_memory_that_was_tampered_with_is_empty(text: str | None) -> None:
    assert FormMetadata.read(text, Language.EN) == FormMetadata(language=Language.EN)


# --- what the filter holds


OBJECTION = Objection(
    lines=("Dit svar er gemt.", "»Tove« kan være navn på nogen.", "Ret teksten, eller send den uden citat."),
    parts=(("Tove", True), (" sagde det.", False)),
    may_choose=True,
)
HELD = replace(FORM, text="Tove sagde det.", quote=True, replied=True, objection=OBJECTION)


def kinds(view: Json) -> list[str]:
    """The blocks of a window in order, by their id or type."""
    return [block.get("block_id") or block["type"] for block in view["blocks"]]


def actions(view: Json) -> list[str]:
    """The buttons of a window in order."""
    return [each["action_id"] for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]


def test_below_the_field_stands_why_in_three_lines_then_the_text_with_what_was_found_then_the_ways() -> None:
    view = shown(HELD)
    assert kinds(view)[:5] == ["text", "notice", "rich_text", "actions", "marks"]
    assert element(view, "text")["initial_value"] == "Tove sagde det."
    assert view["blocks"][1]["text"]["text"] == " ".join(OBJECTION.lines)
    assert view["blocks"][2]["elements"][0]["elements"] == [
        {"type": "text", "text": "Tove", "style": {"bold": True}},
        {"type": "text", "text": " sagde det."},
    ]
    assert actions(view) == ["send_unquoted", "send_and_choose", "delete_reply"]
    assert view["blocks"][3]["elements"][0]["accessibility_label"] == "Send uden citat: Tove"  # bold text is not heard
    assert [each["value"] for each in element(view, "marks")["initial_options"]] == ["quote"]
    assert "Hvad lærte du?" in str(view["blocks"][5:])


def test_without_a_sentence_to_choose_or_anything_found_there_is_one_way_less() -> None:
    view = shown(replace(HELD, objection=Objection(lines=("Dit svar er gemt.", "For langt.", "Ret det."))))
    assert kinds(view)[:4] == ["text", "notice", "actions", "marks"]
    assert actions(view) == ["send_unquoted", "delete_reply"]


@pytest.mark.parametrize("answer", [HELD, replace(FORM, replied=True, text="Før.")])
def test_beside_a_stored_answer_closing_loses_no_more_than_what_was_changed(answer: ReplyForm) -> None:
    hint = next(block["hint"]["text"] for block in shown(answer)["blocks"] if block.get("block_id") == "text")
    assert hint.endswith("Lukker du, gælder det svar, der er gemt.")
    assert "forsvinder" not in hint


@pytest.mark.parametrize(
    ("marks", "told"), [({"wish": True}, "Flueben ved det svar: Det her er et ønske"), ({}, "Det svar har ingen flueben.")]
)
def test_of_two_versions_ones_own_stands_first_and_the_stored_one_below_with_its_marks(marks: dict[str, bool], told: str) -> None:
    newer = replace(FORM, text="Fra telefonen.", **marks)
    view = shown(replace(FORM, text="Fra skærmen.", replied=True, newer=newer))
    kinds = [block.get("block_id") or block["type"] for block in view["blocks"]]
    assert kinds[:3] == ["notice", "text", "marks"]
    below = json.dumps(view["blocks"][3:], ensure_ascii=False)
    assert below.index("Fra telefonen.") < below.index(told)


@pytest.mark.parametrize(("quotes_in", "told"), [(Language.DA, 1), (None, 0)])
def test_whoever_writes_another_language_than_the_digests_is_told_of_it_before(quotes_in: Language | None, told: int) -> None:
    view = shown(replace(FORM, language=Language.EN, quotes_in=quotes_in))
    (marks,) = (block for block in view["blocks"] if block.get("block_id") == "marks")
    assert marks["hint"]["text"].count("Quotes are only in Danish.") == told


def test_a_form_with_an_objection_is_closed_and_not_undone() -> None:
    assert (shown(HELD)["close"]["text"], shown(FORM)["close"]["text"]) == ("Luk", "Fortryd")


@given(words=WORDS)
def test_an_objection_of_any_length_fits(words: str) -> None:
    objection = Objection(lines=(words, words, words), parts=((words, True), (words, False)))
    assert view_problems(shown(replace(HELD, objection=objection)), "modal") == []


def test_where_nobody_is_quoted_the_form_does_not_ask_for_it_and_says_so() -> None:
    view = shown(replace(FORM, may_quote=False, quote=True))
    assert [each["value"] for each in element(view, "marks")["options"]] == ["wish"]
    assert "initial_options" not in element(view, "marks")
    assert "Her bliver ingen citeret" in str(view)


# --- what is quoted


def test_each_text_has_one_button_to_say_yes_that_tells_which_to_eyes_and_ears() -> None:
    rows = [block["elements"][0] for block in shown(CHOICE)["blocks"] if block["type"] == "actions"]
    assert [(row["action_id"], row.get("value")) for row in rows] == [
        ("quote_yes", "7::f0"),
        ("quote_yes", "7:0:f1"),
        ("quote_yes", "7:2:f2"),
        ("withdraw_quote", "7"),
    ]
    labels = [row["text"]["text"] for row in rows]
    assert labels[:3] == ["Ja, citer hele svaret", "Ja, citer sætning 1", "Ja, citer sætning 2"]
    spoken = [row["accessibility_label"] for row in rows[:3]]
    assert all(said.startswith(f"{label}: {option.text[:10]}") for said, label, option in zip(spoken, labels, OPTIONS, strict=False))


def test_a_text_stands_as_it_is_printed_with_its_rare_words_underlined() -> None:
    for view in (shown(CHOICE), shown(QUOTED)):
        text = next(block for block in view["blocks"] if block["type"] == "rich_text" and "zwixet" in str(block))
        assert text["elements"][0]["elements"] == [
            {"type": "text", "text": "»"},
            {"type": "text", "text": "Vi tog os tid. Vi lyttede. "},
            {"type": "text", "text": "zwixet", "style": {"underline": True}},
            {"type": "text", "text": "«"},
        ]


def test_thanks_with_a_quote_offer_another_sentence_and_no_quote_at_all() -> None:
    assert actions(shown(QUOTED)) == ["choose_quote", "withdraw_quote"]
    assert actions(shown(replace(QUOTED, may_choose=False))) == ["withdraw_quote"]


@pytest.mark.parametrize(("editable", "offered"), [(True, ["edit_reply", "choose_quote", "withdraw_quote"]), (False, ["withdraw_quote"])])
def test_mine_svar_says_what_is_quoted_and_offers_another_choice_while_it_may_be_changed(*, editable: bool, offered: list[str]) -> None:
    reply = replace(REPLY, quote=True, withdrawable=True, editable=editable, quoted="Citat: »Vi lyttede.«")
    view = shown(MyReplies(language=Language.DA, replies=(reply,), note="Her er dine svar."))
    assert "Citat: »Vi lyttede.«" in str(view)
    assert actions(view) == ["my_book", *offered, "delete_reply"]


def test_whoever_looks_at_their_answers_finds_their_book_and_whoever_has_none_finds_no_button() -> None:
    assert actions(shown(ANSWERS[MyReplies]))[0] == "my_book"
    assert actions(shown(MyReplies(language=Language.DA, replies=(), note="Ingen endnu."))) == []


@given(words=WORDS, count=st.integers(1, 25))
def test_whatever_is_offered_to_quote_slack_takes_it(words: str, count: int) -> None:
    options = tuple(QuoteOption(sentence=n, parts=((words or "x", n % 2 == 0),), fingerprint="f") for n in range(count))
    assert view_problems(shown(replace(CHOICE, options=options, notes=(words, words))), "modal") == []


def test_what_the_filter_only_marks_stands_beside_a_text_under_review_and_is_approved_with_the_page() -> None:
    hinted = tuple(replace(WAITING, id=f"q{n}", hints=("»vores leder« kan gættes.",)) for n in range(2))
    view = shown(replace(QUOTES, quotes=hinted))
    assert "»vores leder« kan gættes." in str(view)
    together = next(each for block in view["blocks"] for each in block.get("elements", ()) if each.get("action_id") == "quote_show_all")
    assert together["value"] == "q0,q1"


# --- what a politician answers, and by when


def chosen(element: Json) -> tuple[list[str], str]:
    """What can be chosen in a field, and what is chosen at first."""
    return [option["value"] for option in element["options"]], element.get("initial_option", {}).get("value", "")


def test_a_politician_sees_what_they_answer_and_can_choose_something_else() -> None:
    view = shown(RESPONSE)
    assert chosen(element(view, "about")) == ([WHOLE_DIGEST, "borgeren-foerst", "borgeren-foerst:1"], "borgeren-foerst")
    assert chosen(element(view, "kind")) == ([kind.value for kind in ANSWER_KINDS], "")
    assert FormMetadata.read(view["private_metadata"], Language.EN) == FormMetadata(language=Language.DA, about=3)


@given(words=WORDS)
def test_whatever_is_quoted_in_a_choice_slack_takes_it(words: str) -> None:
    about = ((WHOLE_DIGEST, "Hele overblikket"), ("tid:0", f"Citatet »{words}«"))
    view = shown(replace(RESPONSE, about=about, chosen="tid:0"))
    assert view_problems(view, "modal") == []


@pytest.mark.parametrize(
    ("language", "days"),
    [(Language.DA, ("24. august 2018", "24. august 2019")), (Language.EN, ("24 August 2018", "24 August 2019"))],
)
def test_the_form_for_an_answer_asks_for_a_day_and_a_name_but_needs_neither(language: Language, days: tuple[str, str]) -> None:
    fields = {block["block_id"]: block for block in shown(replace(RESPONSE, language=language))["blocks"] if block["type"] == "input"}
    assert [name for name, field in fields.items() if field.get("optional")] == ["text", "due", "name"]
    assert all(day in fields["due"]["hint"]["text"] for day in days)
    assert "initial_date" not in fields["due"]["element"]
    assert not {"multiline", "max_length"} & fields["name"]["element"].keys(), "a name that is too long is for the engine to refuse"


@pytest.mark.parametrize(("kind", "label"), [("done", "Hvad blev der gjort?"), ("dropped", "Det blev ikke til noget, fordi …")])
def test_what_became_of_a_promise_is_asked_below_the_promise_itself(kind: str, label: str) -> None:
    view = shown(OutcomeForm(language=Language.DA, promise=8, kind=kind, what="Vi ser på *vagterne*."))
    assert view["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "Vi ser på *vagterne*."}]
    fields = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert (list(fields), fields["text"]["label"]["text"]) == (["text", "name"], label)
    assert [name for name, field in fields.items() if field.get("optional")] == ["name"]
    assert FormMetadata.read(view["private_metadata"], Language.EN) == FormMetadata(language=Language.DA, about=8, kind=kind)


# --- what organisers pick


def test_what_can_stand_at_the_top_is_read_whole_before_it_is_chosen_by_number() -> None:
    view = shown(FINDING)
    assert chosen(element(view, "finding")) == (["quote", "words", "count"], "words")
    labels = [option["text"]["text"] for option in element(view, "finding")["options"]]
    assert labels == ["1. Et citat", "2. Ugens ord", "3. Hvor mange der har svaret"]
    strong, quoted = view["blocks"][1:-1:2], view["blocks"][2:-1:2]
    assert [bold_in(block) for block in strong] == labels
    assert [block["elements"][0]["elements"][0]["text"] for block in quoted] == [lines for _, lines in FINDING.options]


@given(words=WORDS)
def test_however_long_the_lines_at_the_top_slack_takes_the_choice(words: str) -> None:
    view = shown(replace(FINDING, options=tuple((kind, words) for kind in ("quote", "words", "change", "count"))))
    assert view_problems(view, "modal") == []


def test_whom_to_ask_is_picked_among_people_for_the_wishes_that_the_form_names_and_remembers() -> None:
    view = shown(ANSWERS[PoliticiansForm])
    assert element(view, "whom")["type"] == "multi_users_select"
    assert bold_in(view["blocks"][0]) == "Ønskerne under »Tid« fra uge 34"
    assert FormMetadata.read(view["private_metadata"], Language.EN) == FormMetadata(language=Language.DA, about=3, theme="tid")


# --- what came of it


def test_the_ledger_is_read_page_by_page_each_entry_once_with_the_way_to_its_digest() -> None:
    entries = tuple(
        LedgerEntry(heading=f"Nr. {number}", lines=("Ønsker om: tid", "Hørt."), number=number, start=number) for number in range(60)
    )
    answer, seen = Ledger(language=Language.DA, entries=entries), []
    while True:
        view = shown(answer)
        assert view_problems(view, "modal") == []
        buttons = [(each["action_id"], each["value"]) for block in view["blocks"] for each in block.get("elements", ()) if "value" in each]
        seen += [int(value) for action, value in buttons if action == "more_digests"]
        if buttons[-1][0] != "more_ledger":
            break
        answer = replace(answer, start=int(buttons[-1][1]))
    assert seen == list(range(60))


def read_on(answer: Any, action: str) -> list[Json]:
    """The windows one sees who presses on, until there is no more to see."""
    views = [shown(answer)]
    while following := [each["value"] for each in views[-1]["blocks"][-1].get("elements", ()) if each.get("action_id") == action]:
        start = int(following[0].rpartition(":")[2])
        assert start > answer.start, "it goes round in circles"
        answer = replace(answer, start=start)
        views.append(shown(answer))
    return views


def test_sixty_long_answers_are_read_page_by_page_each_once() -> None:
    lines = tuple(f"Svar {number}. " + "æ" * 3000 for number in range(60))
    parts = (Part(heading="Svar", lines=lines[:40]), Part(heading="Løfter", lines=lines[40:]))
    views = read_on(Reading(language=Language.DA, title="Alle svar", parts=parts, of=LongReading.ANSWERS, ids=(3,)), "answers")
    assert not any(view_is_too_large(view) or view_problems(view, "modal") for view in views)
    text = json.dumps(views, ensure_ascii=False)
    assert [text.count(f"Svar {number}. ") for number in range(60)] == [1] * 60
    assert len(views) > 1


def test_a_notice_of_many_lines_is_read_page_by_page_each_line_once() -> None:
    part = Part(heading="", lines=tuple(f"• linje {number}: forkert" for number in range(300)))
    views = read_on(Reading(language=Language.DA, title="Besked", parts=(part,), of=LongReading.NOTICE, ids=(3,)), "whole_notice")
    assert not any(view_is_too_large(view) or view_problems(view, "modal") for view in views)
    text = json.dumps(views, ensure_ascii=False)
    assert [text.count(f"linje {number}:") for number in range(300)] == [1] * 300


@pytest.mark.long  # reads hundreds of pages
def test_what_is_too_large_for_a_window_by_itself_stops_nobody_who_reads_on() -> None:
    huge = LedgerEntry(heading="Nr. 0", lines=tuple("æ" * 3000 for _ in range(60)), number=0, start=0)
    views = read_on(
        Ledger(language=Language.DA, entries=(huge, replace(huge, heading="Nr. 1", number=1), replace(LEDGER.entries[0], number=2))),
        "more_ledger",
    )
    assert [f"Nr. {number}" in json.dumps(view) for number, view in enumerate(views[:2])] == [True, True]
    assert not any(view_is_too_large(view) or view_problems(view, "modal") for view in views)
    assert all("more_digests" in json.dumps(view) for view in views)


def test_each_button_to_a_digest_in_the_ledger_is_read_aloud_with_its_week() -> None:
    entry = LedgerEntry(heading="Uge 34: Tid", lines=("Hørt.",), number=7, start=0)
    window = json.dumps(shown(replace(LEDGER, entries=(entry,))), ensure_ascii=False)
    assert '"Nr. 7: Læs overblikket: Uge 34: Tid"' in window


def test_buttons_of_several_digests_have_the_digests_own_numbers() -> None:
    entries = [
        LedgerEntry(heading=f"Uge {50 - place}", lines=("Hørt.",), number=number, start=place) for place, number in enumerate((16, 16, 3))
    ]
    window = shown(replace(LEDGER, entries=tuple(entries)))
    assert [label["text"]["text"] for label in buttons_of(window["blocks"])] == ["Nr. 16: Læs overblikket", "Nr. 3: Læs overblikket"]
    posts = tuple(
        DigestPost(language=Language.DA, digest=number, text=replace(DIGEST, shortened=True), number=number) for number in (17, 16)
    )
    labels = [label["text"]["text"] for label in buttons_of(shown(Digests(language=Language.DA, digests=posts))["blocks"])]
    assert labels == [
        f"Nr. {number}: {label}" for number in (17, 16) for label in ("Sådan er tallene lavet", "Læs alle svar", "Hent som side")
    ]


def test_before_anything_was_wished_the_ledger_says_so() -> None:
    assert "ikke kommet ønsker endnu" in json.dumps(shown(replace(LEDGER, entries=())), ensure_ascii=False)


@pytest.mark.parametrize("language", Language)
def test_promises_stand_on_the_page_of_who_made_them_each_with_its_buttons(language: Language) -> None:
    promises = tuple(PromiseOffer(promise=number, sentence=f"Løfte {number}", digest=3, theme="tid") for number in (8, 9))
    page = home_view(Home(language=language, title="Hej", paragraphs=("Ja.",), choices=(HomeChoice.LEDGER,), promises=promises))
    assert view_problems(page, "home") == []
    rows = [[(each["action_id"], each.get("value", "")) for each in block["elements"]] for block in page["blocks"] if "elements" in block]
    anew = ("respond_wishes", "3:tid")
    assert rows == [*([("promise_done", number), ("promise_dropped", number), anew] for number in ("8", "9")), [("ledger", "")]]


# --- reviewing quotes


def rows(view: Json) -> dict[str, list[Json]]:
    """What can be pressed beneath each quote, by the quote's id."""
    return {block["block_id"]: block["elements"] for block in view["blocks"] if block["type"] == "actions" and "block_id" in block}


def ways_on(view: Json) -> list[tuple[str, str, str]]:
    """The buttons in the last row: what they do, what stands behind them, and what on them."""
    last = view["blocks"][-1]
    return [(each["action_id"], each["value"], each["text"]["text"]) for each in last["elements"]] if "block_id" not in last else []


def test_a_quote_stands_as_it_was_written_with_a_yes_and_a_small_menu_of_reasons_in_one_row() -> None:
    view = shown(QUOTES)
    (quotation,) = [block["text"] for block in view["blocks"] if block.get("block_id") == "quotation-2"]
    assert (quotation["type"], quotation["text"]) == ("plain_text", "»Vi spurgte *først*.«")
    ((name, (yes, no)),) = rows(view).items()
    assert (name, yes["action_id"], yes["text"]["text"]) == ("a1", "quote_show", "Tekst 2 må vises")
    before = view["blocks"][[block.get("block_id") for block in view["blocks"]].index("quotation-2") - 1]
    assert before["elements"][0]["text"] == "Tekst 2"
    assert (no["action_id"], [option["value"] for option in no["options"]]) == ("quote_no", [*DeclineReason])
    assert "initial_option" not in no
    assert no["placeholder"]["text"] == "Nej til tekst 2, fordi …"  # also how a screen reader names the menu


def test_the_window_acts_at_once_and_remembers_which_page_it_shows() -> None:
    view = window(replace(QUOTES, page=1, pages=2), Place(channel="C0ORGANISERS", stamp="1.2")) or {}
    assert ("submit" in view, view["callback_id"], "Side 2 af 2." in str(view)) == (False, "quote_page", True)
    kept = FormMetadata.read(view["private_metadata"], Language.EN)
    place = Place(channel="C0ORGANISERS", stamp="1.2")
    assert kept == FormMetadata(language=Language.DA, about=3, theme="borgeren-foerst", page=1, place=place)


def test_texts_stay_where_they_stand_and_what_is_decided_says_how_and_cannot_be_pressed() -> None:
    words = json.dumps(shown(QUOTES), ensure_ascii=False)
    assert words.index("»Nej.«") < words.index("Afgjort: Må vises.") < words.index("Vi spurgte")
    assert list(rows(shown(QUOTES))) == ["a1"]


def test_what_was_just_decided_is_read_first_and_how_far_it_is_before_the_texts() -> None:
    said = replace(QUOTES, notice="1 afgørelse er gemt.", standing="2 tekster er godkendt.", rule="Mindst 8, 5 og 3.")
    words = json.dumps(shown(said), ensure_ascii=False)
    in_order = ["1 afgørelse er gemt.", "Borgeren først", "2 tekster er godkendt.", "Mindst 8, 5 og 3.", "»Nej.«"]
    assert sorted(in_order, key=words.index) == in_order


def test_a_text_that_the_filter_marks_says_why_in_words_and_is_never_approved_with_the_others() -> None:
    marked = QuoteToReview(id="m1", text="Tove sagde det.", marks=("»Tove« kan være navn på nogen.",))
    others = [QuoteToReview(id=f"q{number}", text="Ja.") for number in range(4)]
    view = shown(replace(QUOTES, quotes=(marked, *others)))
    assert "Se nærmere på den: »Tove« kan være navn på nogen." in json.dumps(view, ensure_ascii=False)
    assert ways_on(view) == [("quote_show_all", "q0,q1,q2,q3", "De 4 andre på siden må vises"), TO_THE_FINISHED_PAGE]
    assert list(rows(view)) == ["m1", "q0", "q1", "q2", "q3"]  # it can be decided by itself


def test_one_press_takes_all_undecided_texts_of_the_page_and_one_text_alone_needs_no_such_button() -> None:
    five = tuple(QuoteToReview(id=f"q{number}", text="Ja.") for number in range(5))
    of_five = ways_on(shown(replace(QUOTES, quotes=five)))
    assert of_five == [("quote_show_all", "q0,q1,q2,q3,q4", "Alle 5 på siden må vises"), TO_THE_FINISHED_PAGE]
    assert ways_on(shown(QUOTES)) == [TO_THE_FINISHED_PAGE]


def test_from_a_page_one_goes_on_to_more_texts_the_next_theme_and_the_finished_page() -> None:
    on = replace(QUOTES, quotes=(DECIDED,), pages=3, page=1, more=(2, 6), next_theme=("retning", "Retning"))
    onward = [("quote_theme", "retning", "Næste tema: Retning"), TO_THE_FINISHED_PAGE]
    assert ways_on(shown(on)) == [("quote_page", "2", "Næste 6 tekster"), *onward]
    last = replace(on, page=2, more=(0, 7))
    assert ways_on(shown(last)) == [("quote_page", "0", "Tilbage til de første 7 tekster"), *onward]


@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words_of_its_own_that_fit(language: Language) -> None:
    (_, menu) = rows(shown(replace(QUOTES, language=language)))["a1"]
    labels = [option["text"]["text"] for option in menu["options"]]
    assert len(set(labels)) == len(labels) == len(DeclineReason)
    assert max(map(len, labels)) <= 75


@given(words=WORDS, count=st.integers(min_value=1, max_value=8), decided=st.none() | st.just("Afgjort."), marked=st.booleans())
def test_whatever_the_texts_a_page_of_them_is_shown_whole(words: str, count: int, decided: str | None, marked: bool) -> None:
    marks = ("»Tove« kan være navn på nogen.",) * marked
    quotes = tuple(QuoteToReview(id=f"q{number}", text=words, decided=decided, marks=marks) for number in range(count))
    view = shown(replace(QUOTES, quotes=quotes, notice="1 afgørelse er gemt.", standing="Ja.", more=(1, 8)))
    assert view_problems(view, "modal") == []
    assert not view_is_too_large(view)
    assert len(rows(view)) == (0 if decided else count)
    assert ways_on(view)[-1][0] == "approve"


# --- the finished page


def test_the_finished_page_stands_under_what_happens_next_and_politicians_buttons_are_only_named() -> None:
    view = shown(DIGEST_PAGE)
    words = json.dumps(view, ensure_ascii=False)
    in_order = ["Sådan ser politikerne", "Bliver sendt fredag.", "Omkring 20 svarede.", "Nr. 3 · abc", "Knapper: Hørt"]
    assert sorted(in_order, key=words.index) == in_order
    assert [block for block in view["blocks"] if block["type"] == "actions"] == []
    assert (view["submit"]["text"], view["callback_id"]) == ("Godkend", "approve")
    assert FormMetadata.read(view["private_metadata"], Language.EN) == FormMetadata(language=Language.DA, about=3, fingerprint="f1")


def test_a_page_longer_than_a_window_goes_on_by_a_button_and_is_approved_at_its_end() -> None:
    lines = tuple(Line(kind=LineKind.QUOTE, text=f"Linje {number}") for number in range(250))
    post = replace(DIGEST_PAGE.post, text=replace(DIGEST, top=lines))
    start, read, submits = 0, "", []
    while True:
        view = shown(replace(DIGEST_PAGE, post=post, start=start))
        assert view_problems(view, "modal") == []
        read += json.dumps(view, ensure_ascii=False)
        submits.append("submit" in view)
        if submits[-1]:
            break
        ((more,),) = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
        assert (more["action_id"], view["callback_id"]) == ("page_more", "approve")
        start = int(more["value"])
    assert len(submits) == 3
    assert all(f'"Linje {number}"' in read for number in range(250))


def test_nothing_to_say_opens_nothing() -> None:
    assert window(Nothing(language=Language.DA)) is None
    assert window(Redrawn(language=Language.DA, meaning=Plain(language=Language.DA, paragraphs=("Ny.",)), said="")) is None
