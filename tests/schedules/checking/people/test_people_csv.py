from __future__ import annotations

import codecs
import csv
import re
import unicodedata
import zipfile
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.checking.fault_messages import WrongKind
from schedules.checking.people import people_csv
from schedules.checking.people.people_csv import MOST_LINES, people_in
from tests.support.faults import told_of

TWO = frozenset({"ole@example.org", "kim@example.org"})
SEVERAL = "Navn;Titel;E-mail\r\nHansen, Ole;Leder;ole@example.org\r\nKim;Tillidsrepræsentant;kim@example.org\r\n"


def found_in(text: str, encoding: str = "utf-8") -> frozenset[str]:
    people = people_in(text.encode(encoding))
    assert people.findings == ()
    return people.emails


def wrong_in(content: str | bytes) -> list[str]:
    people = people_in(content if isinstance(content, bytes) else content.encode())
    assert people.emails == frozenset() or people.findings
    return [f"{line}:{column} {said.key.removeprefix('fault.')}" for line, column, said in people.findings]


# --- what is read


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_way_in_which_a_spreadsheet_saves_is_read(mark, encoding, delimiter, end):
    text = SEVERAL.replace(";", delimiter).replace("\r\n", end)
    assert found_in(text if encoding == "cp1252" else mark + text, encoding) == TWO


@pytest.mark.parametrize("mark", [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_both_orders_of_bytes_are_read(mark):
    assert people_in(mark[0] + SEVERAL.encode(mark[1])).emails == TWO


def test_commas_divide_where_the_names_with_commas_are_quoted():
    assert found_in('Name,E-mail\n"Hansen, Ole",ole@example.org\n"Kim ""K"" Holm",kim@example.org\n') == TWO


@pytest.mark.parametrize(
    "heading",
    [
        "email",
        "E-mail",
        "MAIL",
        "e-mailadresse",
        " E-post ",
        "Mailadresse",
        "E-Mail Address",
        '"email"',
        "e‑mail",
        "E-mail:",
        "E-mail (arbejde)",
    ],
)
def test_a_column_of_addresses_is_known_by_its_heading(heading):
    assert found_in(f"Navn;{heading};Leders mail\nOle;ole@example.org;\nKim;kim@example.org;") == TWO


@pytest.mark.parametrize("heading", ["Arbejdsmail", "Arbejds-e-mail", "E-mail arbejde", "E-mail 1", "Work Email", "Primær e-mail"])
def test_a_heading_with_more_than_the_word_is_taken_over_the_only_addresses(heading):
    assert found_in(f"Navn;{heading};Privatmail\nOle;ole@example.org;\nKim;kim@example.org;kim@example.org") == TWO


@pytest.mark.parametrize(
    "text",
    [
        '"Navn";"E-mail\n(arbejde)"\nOle;ole@example.org\nKim;kim@example.org',
        '"Person-\nnavn";"E-\r\nmail"\nOle;ole@example.org\nKim;kim@example.org',
    ],
)
def test_a_heading_may_go_over_several_lines(text):
    assert found_in(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "E-mail Address,E-mail Display Name,E-mail 2 Address\nole@example.org,O (ole@example.org),\nkim@example.org,Kim (kim@example.org),",
        "userPrincipalName,displayName,mail\nOle@Example.org,Ole,ole@example.org\nkim@example.org,Kim,kim@example.org",
        "Navn;E-mail;SIP\nOle;ole@example.org;sip:ole@example.org\nKim;kim@example.org;",
        'Navn;E-mail;Note\nOle;ole@example.org;"Hej\nole@example.org"\nKim;kim@example.org;',
    ],
)
def test_who_stands_in_several_columns_with_the_same_address_is_clear(text):
    assert found_in(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "ole@example.org\nkim@example.org",
        "Hansen, Ole <ole@example.org>\nKim <kim@example.org>",
        "Ole;ole@example.org;Mail\nKim;kim@example.org;Brev",
        "Ole;ole@example.org\nKim;kim@example.org",
        "Hansen, Ole;ole@example.org\nHolm, Kim;kim@example.org",
        "Ole,ole@example.org\nKim,kim@example.org",
        "\n\nole@example.org\n\n\nkim@example.org\n\n",
    ],
)
def test_a_list_without_headings_is_read_if_its_first_line_has_an_address(text):
    assert found_in(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        'sep=,\nemail,Navn\nole@example.org,"a;b"\nkim@example.org,',
        "sep=\t\nemail\tNavn\nole@example.org\t\nkim@example.org\t",
        "Ledere 2018\n\nNavn;Email\nOle;ole@example.org\nKim;kim@example.org",
        "email;;\nole@example.org;;\nkim@example.org;;\n;;\n;;\n",
        "email,\nole@example.org,\nkim@example.org,\n",
        "email\nole@example.org\n   \n\t\nkim@example.org\x1a",
        'email;Navn\nole@example.org;"Ole\nHansen"\nkim@example.org;Kim',
        "email;mail\nole@example.org;\nkim@example.org;",
        "sep=|\nemail|Navn\nole@example.org|\nkim@example.org|",
        "email\nole@example.org;Leder\nkim@example.org;Leder",
        "email;Navn\n=ole@example.org;\nkim@example.org".replace("=", ""),
    ],
)
def test_what_spreadsheets_add_is_passed_over(text):
    assert found_in(text) == TWO


@pytest.mark.parametrize(
    "cell",
    [
        "Ole <ole@example.org>",
        '"Hansen, Ole" <ole@example.org>',
        "Ole (ole@example.org)",
        "Ole [mailto:ole@example.org]",
        "ole@example.org (Ole Hansen)",
        "ole@example.org <ole@example.org>",
        "mailto:ole@example.org?subject=Hej",
        " OLE@Example.org\xa0",
        "<ole@example.org>",
        "‘ole@example.org’",
        "'ole@example.org'",
        "o\xadle@exam\u200bple.o\ufeffrg",
        "\u200eole@example.org\u2060;",
    ],
)
def test_an_address_is_taken_out_of_what_stands_around_it(cell):
    assert found_in(f"email\n{cell}\nkim@example.org") == TWO


def test_letters_beyond_english_are_one_address_however_they_are_written():
    domain = "rådhus.dk"
    written = ["søren.å@" + domain, unicodedata.normalize("NFD", "SØREN.Å@" + domain), "søren.å@xn--rdhus-mra.dk"]
    people = people_in("\n".join(["email", *written]).encode())
    assert (people.emails, people.repeats, people.findings) == (frozenset({"søren.å@" + domain}), 2, ())
    assert found_in("email\nsøren.å@rådhus.dk", "cp1252") == frozenset({"søren.å@" + domain})


def test_an_address_that_is_repeated_counts_once():
    people = people_in(b"email\nole@example.org\nkim@example.org\nOle@example.org\nOle <ole@example.org>\n")
    assert (people.emails, people.repeats) == (TWO, 2)


def test_a_list_of_nobody_is_read():
    assert found_in("email\n\n") == frozenset()


# --- what is ambiguous


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", ["1:1 empty_people_file"]),
        (" \r\n;;\r\n", ["1:1 empty_people_file"]),
        ("Navn;Kontakt\nOle;ole@example.org", ["1:6 unknown_heading"]),
        ("\n  Adresse\nole@example.org", ["2:3 unknown_heading"]),
        ("ole.example.org\nkim@example.org", ["1:1 first_email"]),
        ("Søren;\nKim;kim@example.org", ["1:7 first_email"]),
        ("Søren\nKim;kim@example.org", ["1:6 first_email"]),
        ("ole(a)example\nkim@example.org", ["1:1 first_email"]),
        ("Navn;Kontakt\nOle;\n", ["1:1 people_header"]),
        ("Spørg chef@example.org\nemail\nole@example.org", ["1:1 email_above_headings"]),
        ("Ledere, opdateret af chef@example.org 1/8\nNavn;E-mail\nOle;ole@example.org", ["1:1 email_above_headings"]),
        ("Ledere, chef@example.org\n\nNavn;E-mail\nOle;ole@example.org", ["1:1 email_above_headings"]),
        ("email;E-mail\nole@example.org;\nkim@example.org;k@example.org", ["1:7 two_columns"]),
        ("Navn;Arbejdsmail;Privatmail\nOle;ole@example.org;o@example.org", ["1:18 two_columns"]),
        ("E-mail 1;E-mail 2\nole@example.org;o@example.org\nkim@example.org;", ["1:10 two_columns"]),
        ("E-mail;Arbejdsmail\n;ole@example.org", ["1:8 two_columns"]),
        ("Søren Mailand\nkim@example.org", ["1:1 unknown_heading"]),
        ("ole@example.org;o@example.org\nkim@example.org;k@example.org", ["1:17 two_columns"]),
        ("ole@example.org;kim@example.org", ["1:17 two_emails"]),
        ("Ole Hansen <ole@example.org>; Kim Holm <kim@example.org>", ["1:31 two_emails"]),
        ("ole@example.org;kim@example.org;per@example.org\nib@example.org;bo@example.org", ["1:17 two_emails"]),
        ("Skole;E-mail;Leders e-mail\nNord;nord@example.org;ole@example.org", ["1:14 two_columns"]),
        ("Navn;Mail;Nærmeste leder mail\nOle;ole@example.org;chef@example.org\nKim;kim@example.org;", ["1:11 two_columns"]),
        ("E-mail;Mail 2\nole@example.org;kim@example.org", ["1:8 two_columns"]),
        ("E-mail;Leders mail\n;ole@example.org", ["1:8 two_columns"]),
        ("email;Leder\n" + "ole@example.org;chef@example.org\n" * 3, ["1:7 two_columns"]),
        ("Navn;E-mail;Leder\nole@example.org;chef@example.org\nKim;kim@example.org;Bo", ["2:1 two_emails"]),
        ("email;Note\nole@example.org;spørg chef@example.org\nkim@example.org;", ["2:17 two_emails"]),
        ("email;Navn\nOle;ole@example.org\nkim@example.org;Kim", ["2:1 moved_cells"]),
        ("Kim;kim@example.org\nHolm;Ole;ole@example.org", ["2:6 moved_cells"]),
        ('E-mail;Note\nole@example.org;"a\nkim@example.org;b"\nbo@example.org;', ["2:18 open_quote"]),
        ('Note;E-mail\n"hej;ole@example.org\nbo";kim@example.org', ["2:2 open_quote"]),
        ('Navn;"E-mail\nOle;ole@example.org\nKim;kim@example.org', ["1:1 open_quote"]),
        ('"Navn\n";Kontakt\nOle;ole@example.org', ["1:6 first_email"]),
        ("sep=@\nole@example.org", ["1:1 bad_email"]),
        ("email\n/ole@example.org\nole/kim@example.org", ["2:1 bad_email", "3:1 bad_email"]),
        ('email\n#ole@example.org\n//ole@example.org\n "#";x', [f"{line}:1 marked_row" for line in (2, 3)] + ["4:2 marked_row"]),
        ("# Gammel leder;ole@example.org\n;#;\nKim;kim@example.org", ["1:1 marked_row"]),
        ("Navn;E-mail\nKim;kim@example.org\n// Ole;ole@example.org", ["3:1 marked_row"]),
        ("email\nole@example.org()kim", ["2:1 bad_email"]),
        ("email\nole.@example.org\n" + "o" * 65 + "@example.org", ["2:1 bad_email", "3:1 bad_email"]),
        (
            "email\nmailto:ole@example.org?cc=kim@example.org\nmailto:ole@example.org?cc=kim%40example.org",
            ["2:1 two_emails", "3:1 two_emails"],
        ),
        ("email\nole@example.org;kim@example.org", ["2:17 two_emails"]),
        ("email;Navn\nole@example.org;Ole;kim@example.org", ["2:21 two_emails"]),
        ("ole@example.org;\nkim@example.org;per@example.org", ["2:17 two_emails"]),
        ("email\nole@example.org og kim@example.org", ["2:1 two_emails"]),
        ("email\nOle <ole@example.org>, Kim <kim@example.org>", ["2:1 two_emails"]),
        ("email\nole@example.org/kim@example.org", ["2:1 two_emails"]),
        ('email;Navn\n"ole@example.org\nkim@example.org";Ole', ["2:2 two_emails"]),
        ("Navn;email\nOle;ole@example.org\nKim;\n", ["3:4 no_email"]),
        ("Navn;email\nOle", ["2:4 no_email"]),
        ("Navn;email\n\nOle;  ole @example.org", ["3:7 bad_email"]),
        ("Navn,email\nHansen, Ole,ole@example.org", ["2:9 moved_cells"]),
        ("email\nOle ole@example.org", ["2:1 email_and_more"]),
        (
            "email\n- ole@example.org\n1. ole@example.org\n– ole@example.org\nSøren, ole@example.org",
            [f"{line}:1 email_and_more" for line in (2, 3, 4, 5)],
        ),
        ("email\nole hansen @example.org\n- o’brien@example.org", ["2:1 bad_email", "3:1 odd_email"]),
        ("email\na@b\none@example.org.\nno address\n@example.org", [f"{line}:1 bad_email" for line in (2, 3, 4, 5)]),
        ("email\nole@@example.org", ["2:1 bad_email"]),
        ("ole@@example.org;Ole\nkim@example.org;Kim", ["1:1 bad_email"]),
        ("email\no’brien@example.org", ["2:1 odd_email"]),
        ("email\nsÃ¸ren@example.org", ["2:1 odd_email"]),
        ('email;Navn\nole@example.org;"Ole\nkim@example.org;Kim\n', ["2:1 open_quote"]),
        ('Navn;email\n"' + "x\n" * 70_000, [f"{MOST_LINES + 1}:1 long_list"]),
        ('Navn;email\n"' + ("x" * 900 + "\n") * 200, ["2:1 open_quote"]),
        ("email\n" + "; ".join(f"p{number}@example.org" for number in range(900)), ["2:1 two_emails"]),
        ("email\nole@example.org\nki\0m@example.org", ["3:3 list_encoding"]),
        ("ab\x02c", ["1:3 list_encoding"]),
    ],
)
def test_what_can_be_read_in_two_ways_has_its_place(text, wrong):
    assert wrong_in(text) == wrong


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
@pytest.mark.parametrize("name", ["søren", "bæk", "åse"])
def test_an_address_in_an_encoding_of_old_is_not_guessed(encoding, name):
    assert wrong_in(f"email;Navn\n{name}@example.org;Søren".encode(encoding)) == ["2:1 odd_email"]


def test_a_file_of_two_encodings_is_told_where_it_changes():
    content = "email;Navn\nmüller@example.org;Åse\n".encode() + "ole@example.org;Søren\n".encode("latin-1")
    assert wrong_in(content) == ["3:18 list_encoding"]


def test_whatever_stumbles_over_a_list_is_told_in_it_and_logged(monkeypatch, caplog):
    def stumble(_cell: str) -> str:
        raise RecursionError

    monkeypatch.setattr(people_csv, "_email_in", stumble)
    assert wrong_in("email\nstumbles@example.org") == ["1:1 list_encoding"]
    told = [vars(record) for record in caplog.records]
    assert "RecursionError" in {line.get("error") for line in told}
    assert "stumbles@" not in str([{name: value for name, value in line.items() if name != "exc_info"} for line in told])


@pytest.mark.parametrize(
    "content", ["email\nole@example.org".encode("utf-16-le"), codecs.BOM_UTF16_LE + b"e\0m\0a", b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_what_is_no_text_is_told(content):
    assert wrong_in(content)[0].split()[1] in {"list_encoding", "people_header"}


def zipped(name: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "email")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped("xl/workbook.xml"), "a spreadsheet"),
        (zipped("application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet"),
        (zipped("word/document.xml"), "a document of Word or the like"),
        (zipped("people.csv"), "an archive (zip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old document of Excel or Word"),
        (rb"{\rtf1\ansi}", "a document of Word or the like"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n<!DOCTYPE html><p>ole@example.org", "a web page (HTML)"),
        (codecs.BOM_UTF8 + b"<html>", "a web page (HTML)"),
    ],
)
def test_a_file_of_another_program_is_named_with_how_to_save_it(content, what):
    (finding,) = people_in(content).findings
    assert finding[:2] == (1, 1)
    assert told_of(WrongKind.LIST_FORMAT, **dict(finding.said.values)).startswith(f"the file is {what}, not CSV: ")


def test_a_long_list_is_read_and_one_longer_still_is_refused():
    lines = [f"person{number}@example.org" for number in range(MOST_LINES - 1)]
    assert len(found_in("\n".join(["email", *lines]))) == MOST_LINES - 1
    assert wrong_in("\n".join(["email", *lines, "ole@example.org"])) == [f"{MOST_LINES + 1}:1 long_list"]


# --- whatever it is fed


@given(st.binary(max_size=200) | st.text(alphabet='ab@.;,\t"\r\n <>()é\0\ufeff', max_size=80).map(str.encode))
def test_whatever_is_fed_to_it_is_read_or_told(content):
    people = people_in(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= finding.line <= max(lines, len(content)) and finding.column >= 1 for finding in people.findings)
    assert all("@" not in str(finding.said) for finding in people.findings)


CELL = st.text(alphabet="abÆ \"';,<>()\n", max_size=8)


@given(
    st.lists(st.tuples(CELL, st.integers(0, 40)), min_size=1, max_size=8), st.sampled_from(";\t,"), st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_who_is_saved_by_a_spreadsheet_is_found_again(people, delimiter, encoding):
    saved = StringIO()
    writer = csv.writer(saved, delimiter=delimiter)
    writer.writerow(["Navn", "E-mail"])
    writer.writerows([name, f"p{number}@example.org"] for name, number in people)
    read = people_in(saved.getvalue().encode(encoding))
    emails = frozenset(f"p{number}@example.org" for _, number in people)
    assert (read.emails, read.repeats, read.findings) == (emails, len(people) - len(emails), ())


PARTS = ("anna@x.dk", "bo@x.dk", "ib@y.dk", ";", ",", "\t", '"', "\n", "\n", " ", "Navn", "E-mail", "Chefs mail", "email", "<", "(", ")")
MORE = ("mailto:", "?cc=", "#", "/", "|", "\r\n", ".", "sep=;\n", "a", "\xad", "[", "'")
TABLE = st.sampled_from(
    [
        "",
        "email\n",
        "E-mail;Note\n",
        "Navn;Arbejdsmail;E-mail 2\n",
        "Navn;E-mail\n",
        "Navn,email\n",
        "Navn\tMail\tLeder\n",
        '"Navn";"E-\nmail"\n',
    ]
)


@given(TABLE, st.lists(st.sampled_from(PARTS + MORE), max_size=14))
def test_nobody_is_dropped_and_nobody_is_made_up_without_a_finding(table, parts):
    text = table + "".join(parts)
    read = people_in(text.encode())
    if not read.findings:
        assert read.emails == {word.strip(".-'") for word in re.findall(r"[\w.'-]+@[\w.'-]+", text.lower().replace("\xad", ""))}


ROW = st.lists(
    st.sampled_from(["anna@x.dk", "bo@x.dk", "ib@y.dk", "Ole", "", "Hansen, Ole", 'a "b"', "a\nb", "bo@x.dk\nib@y.dk"]), max_size=4
)


@given(
    st.sampled_from(
        [
            ["E-mail"],
            ["Arbejdsmail", "E-mail"],
            ["E-mail 1", "Mail 2"],
            ["Navn", "Work Email"],
            ["E-mail", "Leder"],
            ["Skole", "E-mail", "Leders mail"],
            [],
        ]
    ),
    st.lists(ROW, max_size=5),
)
def test_no_address_in_any_cell_of_a_table_is_dropped_without_a_finding(headings, rows):
    saved = StringIO()
    csv.writer(saved, delimiter=";").writerows([headings, *rows] if headings else rows)
    read = people_in(saved.getvalue().encode())
    if not read.findings:
        assert read.emails == {word for row in rows for cell in row for word in cell.split() if "@" in word}
