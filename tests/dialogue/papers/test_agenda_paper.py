"""An agenda paper is public: it tells figures, words and promises in the order of an agenda, and never a quote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from bot.dialogue.digests import quote_selection
from bot.dialogue.digests.digest_content import checksum, content_of
from bot.dialogue.papers.agenda_paper import agenda_of, agenda_paper
from bot.dialogue.papers.seal import DIGITS, PLACE, is_sealed, seal
from bot.dialogue.responses.echoes import note_repeated_quotes
from bot.dialogue.responses.response_review import respond
from bot.dialogue.rounds import replies
from bot.dialogue.season.report import draft_report
from bot.models import Digest, DigestState, Finding, Response, ResponseState, Round
from bot.programme import Filing, Language, Role, Text
from bot.seam.actions import ResponseKind
from tests.support.kept_papers import judged
from tests.support.programme import PROGRAMME
from tests.support.quoting import TEXTS, draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import close_of, post_of, separate_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.programme import Programme
    from tests.support.world import World

pytestmark = pytest.mark.long  # plays weeks of quotes
NOW = post_of(6)
FILED = replace(
    PROGRAMME,
    filing=Filing(case="18/00123", kle="00.22.04-P35", sender=Text(da="Landsbyen", en="The village")),
    digest=replace(PROGRAMME.digest, committee=Text(da="Skoleudvalget", en="the Schools Committee")),
)


@pytest.fixture
def world() -> Iterator[World]:
    with separate_world(FILED) as world:
        yield world


def texts_of_week(week: int) -> list[str]:
    """Texts that may be quoted, and of which none is in another week."""
    numerals = {1: "den første gang", 2: "den anden gang", 3: "den tredje gang"}
    return [f"{text} {numerals[week]}" for text in TEXTS]


def issue_with_quotes(world: World, week: int, wishes: int = 8) -> Digest:
    """An issued digest with three quotes, one of which stands at its top."""
    digest = draft_with_quotes(world, texts_of_week(week), silent=12, week=week, wishes=wishes)
    review_quotes(world, digest)
    post_digest(world, digest, week)
    mark_posted(world, digest)
    digest.issued_at, digest.wishes = post_of(week), digest.wishes or (["trust"] if wishes else [])
    assert digest.finding is Finding.QUOTE
    assert len(quoted_in(world, digest)) == 3
    return digest


def quoted_in(world: World, digest: Digest) -> list[str]:
    return [quote.text for quotes in quote_selection.quotes_in_post(world.session, digest).values() for quote in quotes.all]


def answer(world: World, digest: Digest, words: str, kind: ResponseKind = ResponseKind.TAKE_UP, **more: object) -> Response:
    """A politician's answer to the wishes of a digest, released a day after it, or in `weeks` more."""
    response = world.add_response(digest, digest.issued_at + timedelta(days=1), words, kind)
    response.theme = "trust"
    for column, value in more.items():
        setattr(response, column, value)
    world.session.flush()
    return response


def paper(world: World, *digests: Digest, language: Language = Language.DA, programme: Programme | None = FILED) -> str:
    return agenda_paper(agenda_of(world.session, NOW, programme, digests), language)


class _Reader(HTMLParser):
    """Reads the texts of a page, by the lines of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.open = [""], []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        if tag not in {"strong", "em", "td", "code"}:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.lines[-1] += f"{data} " if self.open[-1:] == ["th"] else data.removesuffix("\n")

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop() != tag:
            pass


def lines_of(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return [" ".join(line.split()) for line in reader.lines if line.strip()]


def test_it_has_the_parts_of_an_agenda_in_the_order_that_councillors_know(world: World):
    digest = issue_with_quotes(world, 1)
    lines = lines_of(paper(world, digest))
    headings = ["Indstilling", "Sagsresumé", "Sagsfremstilling", "Bilag"]
    assert [line for line in lines if line in headings] == headings
    assert lines[1:9] == [
        "Orientering om dialogen »Landsbydagen«",
        "Sagen",
        "Udvalg Skoleudvalget",
        "Afsender Landsbyen",
        "Sagsnummer 18/00123",
        "KLE-nummer 00.22.04-P35",
        "Udarbejdet 28. september 2018",
        "Omfatter overblik nr. 1 (uge 34, 2018)",
    ]
    assert any("indeholder ingen citater" in line for line in lines)
    assert re.findall(r"<h\d>(.*?)</h\d>", paper(world, digest, language=Language.EN))[1:3] == [
        "Recommendation (Indstilling)",
        "Summary (Sagsresumé)",
    ]


def test_it_prints_figures_words_and_promises_with_their_days_and_no_name(world: World):
    first, second = issue_with_quotes(world, 1), issue_with_quotes(world, 2)
    answer(world, first, "Vi ansætter to vikarer.", due_on=date(2018, 12, 7), signed="Karla Vestergaard")
    lines = lines_of(paper(world, first, second))
    start = lines.index("Uge 34, 2018 (overblik nr. 1)")
    assert lines[start + 1 : start + 5] == [
        "»Hvad 0?«",
        lines[start + 2],
        "Status: Bliver taget op",
        "En politiker har lovet: »Vi ansætter to vikarer.« (senest 7. december 2018)",
    ]
    assert lines[start + 2].startswith("Omtrent 20 svarede.")
    assert "Omtrent 15 personer eller flere ønsker noget." in lines[start + 2]
    assert "Der er vist omtrent 40 svar i alt." in lines
    assert "drøfter de ønsker, der ikke er svaret på: »Tillid« (uge 35, 2018)." in lines
    assert "Vestergaard" not in paper(world, first, second)


def test_a_whole_season_of_quotes_is_in_no_paper(world: World):
    digests = [issue_with_quotes(world, week) for week in (1, 2, 3)]
    quoted = [text for digest in digests for text in quoted_in(world, digest)]
    one, other, wish = (quoted_in(world, digest)[0] for digest in digests)
    answer(world, digests[0], f"I skriver: »{one}«. Det tager vi op.", due_on=date(2018, 10, 1))
    answer(world, digests[0], "Det sørger rådhuset for.", place=0, wish=True, due_on=date(2018, 10, 2))
    answer(world, digests[1], f"Som én skrev: {other.upper()}!", theme=None)
    answer(world, digests[2], f"Nej: {' '.join(wish.split()[1:6])}.", ResponseKind.NOT_OURS)
    answer(world, digests[2], "Fordi rådhuset er fuldt.", ResponseKind.NOT_OURS, place=2, wish=False)
    for language in Language:
        page = paper(world, *digests, language=language)
        words = " ".join(re.findall(r"\w+", page.casefold()))
        for text in [*quoted, *(text for week in (1, 2, 3) for text in texts_of_week(week))]:
            assert " ".join(re.findall(r"\w+", text.casefold())) not in words
        assert "rådhuset" not in page
        assert " ".join(wish.split()[1:6]) not in page
    lines = lines_of(paper(world, *digests))
    assert lines.count("Status: Bliver taget op") == 2  # by its state each stands there
    assert "Hørt" not in " ".join(lines)  # of what was said of a quote that is no wish there is nothing to tell


def take_back_all_quotes(world: World) -> None:
    """The authors of the first week's texts take them back."""
    round_, *_ = world.session.query(Round).order_by(Round.id)
    for who in range(len(TEXTS)):
        replies.withdraw_quote(world.session, post_of(1), FILED, f"U1{who:04}", round_.id)


def test_quotes_change_nothing_in_a_paper_and_neither_does_taking_them_back(world: World):
    digest = issue_with_quotes(world, 1)
    before = paper(world, digest)
    take_back_all_quotes(world)
    assert (quoted_in(world, digest), digest.revision) == ([], 4)
    assert paper(world, digest) == before


def answer_twice(world: World, digest: Digest) -> tuple[Response, Response]:
    """One politician's promise that repeats a quote, and another's that does not."""
    for who, words in (("U0ONE", f"Vi har læst: {quoted_in(world, digest)[0]}. Det lover vi."), ("U0OTHER", "Vi ansætter to vikarer.")):
        arguments = world.add_person(who, Role.POLITICIAN).address, digest.id, ResponseKind.TAKE_UP, words
        respond(world.session, post_of(1), FILED, *arguments, theme="trust", due=date(2018, 12, 7))
    first, second = world.session.query(Response).order_by(Response.id)
    for response in (first, second):
        response.state, response.released_at = ResponseState.RELEASED, post_of(1)
    assert (first.repeats_quote, second.repeats_quote) == (True, False)
    return first, second


def test_of_old_answers_it_is_noted_at_the_start_whether_they_repeat_a_quote(world: World):
    digest = issue_with_quotes(world, 1)
    answers = answer_twice(world, digest)
    for response in answers:
        response.repeats_quote = None
    world.session.flush()
    note_repeated_quotes(world.session)
    before = paper(world, digest)
    take_back_all_quotes(world)
    assert paper(world, digest) == before
    assert [response.repeats_quote for response in answers] == [True, False]


def test_no_report_prints_what_repeats_a_quote_and_no_digest_does_so_once_it_is_taken_back(world: World):
    digest = issue_with_quotes(world, 1)
    first, second = answer_twice(world, digest)
    world.session.delete(second)
    world.session.flush()
    (round_,) = world.session.query(Round).all()

    def contents(number: int) -> tuple[str, str]:
        report = draft_report(world.session, close_of(number), FILED, round_, post_of(number))
        assert report is not None
        draft_with_quotes(world, texts_of_week(number), week=number)
        weekly = world.session.query(Digest).order_by(Digest.number.desc()).first()
        return str(content_of(report)), str(content_of(weekly))

    report, weekly = contents(2)
    assert "taken_up" in report
    assert ("Det lover vi." in report, "Det lover vi." in weekly) == (False, True)
    round_.closes_at = close_of(3) - timedelta(hours=1)  # another end, so another report
    first.released_at = post_of(2) + timedelta(hours=1)
    take_back_all_quotes(world)
    assert not any("Det lover vi." in content for content in contents(3))


def test_a_question_that_repeats_a_quote_gives_way_to_its_theme(world: World):
    digest = issue_with_quotes(world, 1)
    content = content_of(digest)
    content["themes"][0]["asks"] = [{"da": f"En af jer skrev: »{quoted_in(world, digest)[0]}« Hvad nu?", "en": "What now?"}]
    digest.content = content
    assert "Hvad nu?" not in paper(world, digest)
    content["themes"][0]["asks"][0]["da"] = "Hvad nu?"
    assert "Hvad nu?" in paper(world, digest)


def test_an_answer_that_repeated_a_quote_stays_out_once_the_quote_is_taken_back(world: World):
    digest = issue_with_quotes(world, 1)
    answer_twice(world, digest)
    before = paper(world, digest)
    take_back_all_quotes(world)
    assert paper(world, digest) == before
    assert ("Det lover vi." in before, "Vi ansætter to vikarer." in before) == (False, True)


def test_a_promise_that_was_kept_is_told_with_what_had_been_promised(world: World):
    digest = issue_with_quotes(world, 1)
    promise = answer(world, digest, "Vi ansætter to vikarer.", due_on=date(2018, 9, 7))
    answer(world, digest, "De begyndte i mandags.", ResponseKind.DONE, promise_id=promise.id)
    lines = lines_of(paper(world, digest))
    start = lines.index("Status: Gennemført")
    assert lines[start + 1] == "En politiker har lovet: »Vi ansætter to vikarer.« (senest 7. september 2018)"
    assert not any(line.startswith("drøfter") for line in lines)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (ResponseKind.FREE_TEXT, "Besvaret, men intet er lovet"),
        (ResponseKind.NOT_OURS, "Hører ikke under politikerne"),
        (ResponseKind.DROPPED, "Blev ikke til noget"),
    ],
)
def test_what_politicians_write_besides_promises_is_not_made_public(world: World, kind: ResponseKind, status: str):
    digest = issue_with_quotes(world, 1)
    promise = answer(world, digest, "Vi ansætter to vikarer.", due_on=date(2018, 9, 7)) if kind is ResponseKind.DROPPED else None
    answer(world, digest, "Det er jeg ked af.", kind, promise_id=promise and promise.id)
    page = paper(world, digest)
    assert f"Status: {status}" in lines_of(page)
    assert ("Vi ansætter to vikarer." in page, "Det er jeg ked af." in page) == (promise is not None, False)


def test_a_promise_whose_day_has_passed_is_recommended_to_be_followed_up(world: World):
    digest = issue_with_quotes(world, 1)
    answer(world, digest, "", due_on=date(2018, 9, 7))
    lines = lines_of(paper(world, digest))
    point = "drøfter, hvordan der følges op på løfter, som politikere har givet, og hvor fristen er overskredet: »Tillid« (uge 34, 2018)."
    assert point in lines
    assert "En politiker har lovet: senest 7. september 2018" in lines


def test_a_promise_about_a_digest_without_wishes_is_told_beside(world: World):
    digest = issue_with_quotes(world, 1, wishes=0)
    answer(world, digest, "Vi kommer på besøg.", theme=None, due_on=date(2018, 12, 7))
    lines = lines_of(paper(world, digest))
    assert "Der var ingen ønsker til politikerne, der kunne vises." in lines
    start = lines.index("Om hele overblik nr. 1 (uge 34, 2018)")
    assert lines[start + 1 : start + 3] == [
        "Status på svaret: Bliver taget op",
        "En politiker har lovet: »Vi kommer på besøg.« (senest 7. december 2018)",
    ]


def test_weeks_with_too_few_answers_are_counted_and_print_nothing(world: World):
    digest = issue_with_quotes(world, 1)
    world.answer(world.add_round(2), world.add_people(4, prefix="FEW"), wishes=4)
    few = world.issue(2)
    lines = lines_of(paper(world, digest, few))
    assert "Der er vist omtrent 20 svar i alt." in lines
    assert "Én gang var der for få svar på et tema til at vise dem. De er ikke talt med." in lines
    start = lines.index("Uge 35, 2018 (overblik nr. 2)")
    assert lines[start + 1 : start + 3] == ["»Hvad 0?«", "For få svar til at vise."]
    silent = lines_of(paper(world, few))
    assert [line for line in silent if line.startswith("Der er vist")] == []


def test_what_is_not_issued_or_purged_is_left_out_and_named(world: World):
    digests = [issue_with_quotes(world, week) for week in (1, 2, 3)]
    digests[1].state = DigestState.HELD
    lines = lines_of(paper(world, *digests))
    assert "Overblik nr. 2 er ikke med, for det er ikke sendt ud." in lines
    assert "Omfatter overblik nr. 1-3 (uge 34-36, 2018), undtagen nr. 2" in lines
    assert not any("uge 35" in line for line in lines)
    digests[1].state, digests[1].content = DigestState.PURGED, {}
    assert "Overblik nr. 2 er ikke med, for det er slettet." in lines_of(paper(world, *digests))


def test_the_seasons_report_is_among_the_enclosures_by_its_name(world: World):
    digest, report = issue_with_quotes(world, 1), issue_with_quotes(world, 2)
    report.week, report.wishes, report.content = None, [], {**report.content, "themes": []}
    lines = lines_of(paper(world, digest, report))
    assert any(line.startswith("2Hvad blev der af det?") for line in lines)
    assert "Omfatter overblik nr. 1-2 (uge 34, 2018 og »Hvad blev der af det?«)" in lines
    assert "Der er vist omtrent 20 svar i alt." in lines


def test_of_the_report_alone_it_tells_the_wishes_of_the_whole_season(world: World):
    first, _, report = (issue_with_quotes(world, week) for week in (1, 2, 3))
    answer(world, first, "Vi ansætter to vikarer.", due_on=date(2018, 12, 7))
    told = {"weeks": [{"week": "2018-W34", "answers": 20}, {"week": "2018-W35", "answers": 25, "or_more": True}]}
    report.week, report.wishes, report.content = None, [], {**report.content, "themes": [], "report": told}
    lines = lines_of(paper(world, report))
    assert "Omfatter overblik nr. 3 (»Hvad blev der af det?«)" in lines
    assert "Der er vist omtrent 45 svar eller flere i alt." in lines
    assert "Deltagerne har ønsket noget af politikerne 2 gange. Hvert tema tæller én gang for hver uge." in lines
    start = lines.index("»Tillid« (uge 34, 2018)")
    assert lines[start + 1 : start + 5] == [
        "Status: Bliver taget op",
        "En politiker har lovet: »Vi ansætter to vikarer.« (senest 7. december 2018)",
        "»Tillid« (uge 35, 2018)",
        "Status: Venter på svar",
    ]
    assert not any("uge 36" in line for line in lines)


def test_many_wishes_are_counted_in_what_is_proposed(world: World):
    digests = [issue_with_quotes(world, week) for week in (1, 2, 3)]
    points = [line for line in lines_of(paper(world, *digests)) if line.startswith("drøfter")]
    assert points == [
        "drøfter de ønsker, der ikke er svaret på: »Tillid« (uge 34, 2018), »Tillid« (uge 35, 2018) og »Tillid« (uge 36, 2018)."
    ]
    digests[0].wishes = ["trust", "time"]
    points = [line for line in lines_of(paper(world, *digests)) if line.startswith("drøfter")]
    assert points == ["drøfter de 4 ønsker, der ikke er svaret på (se sagsfremstillingen)."]


def test_a_single_point_has_no_number(world: World):
    page = paper(world, issue_with_quotes(world, 1, wishes=0))
    assert "<p>Det indstilles, at Skoleudvalget tager orienteringen til efterretning.</p>" in page
    assert "<ol>" not in page


def test_answers_that_nobody_has_released_are_not_in_it(world: World):
    digest = issue_with_quotes(world, 1)
    answer(world, digest, "Vi ansætter to vikarer.", due_on=date(2018, 12, 7), state=ResponseState.STORED, released_at=None)
    page = paper(world, digest)
    assert "vikarer" not in page
    assert "Status: Et svar er på vej" in lines_of(page)


def test_the_enclosures_name_each_digest_by_its_checksum(world: World):
    digests = [issue_with_quotes(world, week) for week in (1, 2)]
    page = paper(world, *digests)
    for digest in digests:
        assert checksum(content_of(digest)) in page


def test_a_paper_is_sealed_and_the_same_paper_is_the_same_bytes(world: World):
    digest = issue_with_quotes(world, 1)
    page = paper(world, digest)
    assert is_sealed(page)
    assert not is_sealed(page.replace("Omtrent 20", "Omtrent 25", 1))
    assert paper(world, digest) == page


def test_without_a_programme_that_runs_the_head_tells_what_the_digests_know(world: World):
    head = lines_of(paper(world, issue_with_quotes(world, 1), programme=None))[2:5]
    assert head == ["Sagen", "Udvalg Skoleudvalget", "Udarbejdet 28. september 2018"]
    unfiled = replace(FILED, filing=Filing())
    assert "Afsender Om controller" in lines_of(paper(world, issue_with_quotes(world, 2), programme=unfiled))


def test_nothing_that_people_wrote_becomes_markup(world: World):
    digest = issue_with_quotes(world, 1)
    answer(world, digest, "<script>alert(1)</script> & <b>mere</b>", due_on=date(2018, 12, 7))
    page = paper(world, digest)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;mere&lt;/b&gt;" in page
    assert "<script" not in page.partition("</head>")[2]


# --- one that somebody has kept


def test_a_paper_that_was_kept_is_known_again_and_told_from_an_altered_one(world: World):
    page = paper(world, issue_with_quotes(world, 1), issue_with_quotes(world, 2))
    assert judged(page, world.session) == judged(page.replace("\n", "\r\n"), None) == ("partly", ["agenda.partly"])
    assert judged(page.replace("Omtrent 20", "Omtrent 25", 1), None) == ("altered", ["agenda.altered", "seal_broken"])
    assert judged("<html>eftertanke</html>", world.session) == ("no export", ["no_export"])


@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"digests": {}}', '{"digests": {"x": 1}, "programme": 1}', '{"digests": [1]}', "{" * 100_000]
)
def test_a_paper_whose_data_are_not_whole_is_none(data: str):
    assert judged(f'<html><script type="application/json" id="agenda">{data}</script></html>', None) == ("no export", ["no_export"])


@pytest.mark.parametrize("forge", ["what is read", "all"])
def test_a_paper_that_was_sealed_anew_over_another_checksum_of_any_digest_is_found(world: World, forge: str):
    for digest in (digests := [issue_with_quotes(world, week) for week in (1, 2)]):
        page = paper(world, *digests)
        read = page.rindex(digest.checksum)
        other = page[:read].replace(digest.checksum, "a" * 64 if forge == "all" else digest.checksum) + "a" * 64 + page[read + 64 :]
        expected = "agenda.other_digest" if forge == "all" else "agenda.unseen_digest"
        forged = seal(other.replace(DIGITS.findall(page)[-1], PLACE))
        assert judged(forged, world.session) == ("altered", ["agenda.altered", expected])


def test_an_agenda_item_on_digests_that_nobody_has_issued_is_found_and_one_of_another_programme_not_compared(world: World):
    digest = issue_with_quotes(world, 1)
    page = paper(world, digest)
    carried = f'"1": "{digest.checksum}"'
    for before, after, expected in (
        (carried, f'"7": "{digest.checksum}"', ("altered", ["agenda.altered", "unknown"])),
        (f'"programme": "{digest.programme}"', '"programme": "elsewhere"', ("partly", ["agenda.partly", "other_programme"])),
        ("</main>", "<p>Udvalget har lovet 10 mio. kr.</p></main>", ("partly", ["agenda.partly"])),
        (f"{digest.checksum}</small>", f"{digest.checksum}</small >", ("altered", ["agenda.altered", "agenda.unseen_digest"])),
        (carried, f'"{10**30}": "{digest.checksum}"', ("no export", ["no_export"])),
    ):
        assert before in page
        forged = seal(page.replace(before, after).replace(DIGITS.findall(page)[-1], PLACE))
        assert judged(forged, world.session) == expected
