"""A digest's page and its text say what was read in chat, the finding first, and at their foot what they are."""

from __future__ import annotations

import json
import re

import pytest

from bot.dialogue.digests.digest_pieces import as_text, count_words
from bot.dialogue.papers.page import page
from bot.dialogue.papers.page_parts import text_of_page
from bot.dialogue.papers.plain_page import plain_page
from bot.dialogue.papers.record import text_of_record
from bot.dialogue.papers.seal import is_sealed
from bot.programme import Language
from tests.support import records
from tests.support.records import FATES, SAID, content, full, quotes_on, record, theme
from tests.support.words_of_page import words_of_page

DA, EN = Language.DA, Language.EN
EVERY = [records.full, records.plain_week, records.silent_week, records.draft, records.from_before_the_ledger, records.report]


def words_on(drawn: str) -> str:
    return " ".join(words_of_page(drawn))


def foot_of(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.rsplit("\n\n", maxsplit=1)[-1].splitlines())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("make", EVERY)
def test_the_same_record_makes_the_same_page_also_when_it_is_read_from_the_page(make, language: Language):
    drawn = page(make(), language)
    carried = re.search(r'<script type="application/json" id="record">\n(.*?)\n</script>', drawn, re.DOTALL)
    assert carried is not None
    assert json.loads(carried[1]) == make()
    assert page(json.loads(carried[1]), language) == drawn
    assert is_sealed(drawn)
    assert is_sealed(plain_page(make(), language))
    assert len(drawn.encode()) < 60_000


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("make", EVERY[:-1])
def test_the_text_is_the_digest_as_it_is_read_and_the_page_has_every_line_of_it(make, language: Language):
    text = text_of_page(make(), language)
    plain = plain_page(make(), language)
    for part in as_text(text).removesuffix(text.foot).split("\n\n"):
        assert part in plain
    words = words_on(page(make(), language))
    lines = [text.headline, *(line.text for line in text.top), text.foot]
    lines += [line for part in text.parts for line in (part.heading, *(line.text for line in part.lines))]
    assert [line for line in lines if line not in words] == []


@pytest.mark.parametrize("make", [full, records.report])
def test_no_line_that_somebody_typed_reads_as_a_line_of_the_text(make):
    forged = make()
    forged["sender"] = {"da": "Kommunen\u2028Nummer: 9", "en": ""}
    of = forged["content"]
    for told in (*of["since_last"], *of["ledger"], *of["themes"], {"asks": [{"da": "x", "en": "x"}]}):
        told["words"] = "Ja.\n\nØnsker til jer\nFilens segl: 9" if "asks" not in told else told.get("words")
        for ask in told.get("asks", ()):
            ask["da"] += "\r\nNummer: 9"
    lines = plain_page(forged, DA).splitlines()
    assert "> Nummer: 9" in lines
    assert [line for line in lines if line.startswith("Nummer: 9")] == []
    assert [line for line in lines if line.startswith("Filens segl: 9")] == []
    assert lines.count("Ønsker til jer") == plain_page(make(), DA).splitlines().count("Ønsker til jer")


@pytest.mark.parametrize("make", [records.plain_week, lambda: records.report(0)])
def test_no_page_asks_to_press_a_button_of_the_chat(make):
    assert "Tryk Hørt" in as_text(text_of_record(make(), DA))
    assert "Tryk Hørt" not in page(make(), DA) + plain_page(make(), DA)


def test_the_fullest_week_has_all_that_a_digest_may_have():
    text = text_of_record(full(), DA)
    assert text.chart is not None
    assert 270 < count_words(as_text(text)) <= 300
    assert len(text.promises) == 2


def test_the_finding_stands_first_then_the_chart_then_the_themes():
    words = words_on(page(full(), DA))
    places = [words.index(said) for said in ("Til Børn", "En af omtrent", "Flere svarede end sidst", "uge 37 omtrent 45", "»Hvad skal")]
    assert places == sorted(places)


def test_a_chart_is_a_table_with_the_words_of_each_number_beside_its_bar():
    drawn = page(full(), DA)
    (table,) = re.findall(r'<table class="chart">.*?</table>', drawn, re.DOTALL)
    row = r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td aria-hidden="true"><span class="bar" style="width:(.*?)">'
    assert re.findall(row, table)[-2:] == [("uge 36", "omtrent 40", "88%"), ("uge 37", "omtrent 45", "100%")]


def test_what_the_digest_had_no_room_for_stands_below_it_in_full():
    assert SAID in plain_page(full(), DA)
    long = "Vi ser på det, " * 100
    of = content(theme("trust", "Tillid", "Trust"), since_last=[{"digest": 3, "week": "2018-W36", "kind": "free_text", "words": long}])
    text = plain_page(record(of), DA)
    assert long not in as_text(text_of_record(record(of), DA))
    assert text.count(long) == 1
    assert "Svar, der ikke var plads til ovenfor" in text
    assert "Åbne løfter" not in text


def test_a_question_that_was_shortened_stands_below_in_full():
    long = {"da": "Hvad " * 300 + "nu?", "en": "What " * 300 + "now?"}
    text = plain_page(record(content(theme("trust", "Tillid", "Trust", asks=[long]))), DA)
    assert text.count(long["da"]) == 1
    assert "Det blev der spurgt om: Tillid" in text
    assert "Det blev der spurgt om" not in plain_page(records.plain_week(), DA)


@pytest.mark.parametrize("language", Language)
def test_the_foot_names_number_date_sender_case_revision_and_checksums(language: Language):
    of = full()
    foot = list(foot_of(plain_page(of, language)).values())
    issued = {DA: "14. september 2018 kl. 14.00", EN: "14 September 2018 at 14:00"}[language]
    assert foot[:6] == ["4", issued, records.SENDER[language.value], "27.00.00-A00-1-18", "27.00.00", "1"]
    assert "ab" * 32 in foot[7]
    assert of["checksum"] in foot
    shown = words_on(page(of, language))
    assert [value for value in foot[:-1] if value not in shown] == []


@pytest.mark.parametrize(
    ("revision", "da", "en"), [(1, "ingen citater", "no quotes"), (2, "1 citat", "1 quote "), (4, "3 citater", "3 quotes")]
)
def test_a_revision_says_how_many_quotes_are_not_in_it_any_more(revision: int, da: str, en: str):
    of = record(content(theme("trust", "Tillid", "Trust")), quotes_on("trust")[:1], revision=revision)
    assert foot_of(plain_page(of, DA))["Fjernet siden"].startswith(da)
    assert foot_of(plain_page(of, EN))["Removed since"].startswith(en)
    assert foot_of(plain_page(of, EN))["Revision"] == str(revision)


def test_a_draft_says_that_nobody_has_received_it_and_leaves_out_what_is_not_known():
    text = plain_page(records.draft(), DA)
    assert text.startswith("Udkast: Politikerne har ikke fået dette overblik.\n")
    assert "Udkast: Politikerne har ikke fået dette overblik." in words_on(page(records.draft(), DA))
    assert not {"Afsender", "Sagsnummer", "KLE-nummer"} & foot_of(text).keys()
    assert "Udkast" not in plain_page(full(), DA)


def test_a_report_tells_of_every_wish_in_a_table_and_no_quote():
    of = records.report(40)
    drawn, text = page(of, DA), plain_page(of, DA)
    (table,) = re.findall(r'<table class="wishes">.*?</table>', drawn, re.DOTALL)
    assert table.count('<th scope="row">') == 40
    row = re.search(r'<th scope="row">.*?Uge 35.*?</tr>', table, re.DOTALL)
    assert row is not None
    told = [line for line in re.sub(r"<.*?>", "\n", row[0]).splitlines() if line]
    state = "Bliver taget op, senest 1. oktober 2018"
    assert told[-5:] == ["Uge 35, 2018: Tillid i hverdagen", "Flere nævner: vikarer, møder", state, f"»{SAID}«", "2 uger"]
    assert text.count("Flere nævner") == 40
    order = ["kontrolsum", "Alle ønsker", "Deltagerne fik", "Der tælles svar", "Sagsnummer"]
    for told in (text, words_on(drawn)):
        assert sorted(order, key=told.index) == order
    assert "\nBliver taget op, senest 1. oktober 2018\n" in text
    assert "\nLovet, men fristen (1. oktober 2018) er overskredet\n" in text
    assert "\nVentetid: 2 uger\n" in text
    assert "\nVentetid: under en uge\n" in text
    assert "Der tælles svar og ikke personer" in text
    assert "Svar, der ikke var plads til" not in text


def test_a_report_without_any_wish_has_no_table():
    of = records.report(0)
    assert "<table" not in page(of, DA)
    assert "Alle ønsker" not in plain_page(of, DA)


def test_a_weekly_page_has_no_table_of_wishes():
    assert FATES[1]["state"] == "waiting"
    assert 'class="wishes"' not in page(full(), DA)
