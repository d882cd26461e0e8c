"""Samples of lists of people, and of what may lie in the folder of programmes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.corpus.samples import FROM_FILE, LEADERS, PEOPLE, SMALL, Sample, of_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEVERAL = "Navn;E-mail\n" + PEOPLE.replace("person", "Holm, Ib;person")
HEADINGS = ("email", "E-mail", "mail", "e-mailadresse", "e-post", "Mailadresse", "EMAIL ", "Adresse", "Navn", "")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp850")
ODD_ADDRESSES = (
    "Ib <ib@example.org>",
    "Ib (ib@example.org)",
    '"Holm, Ib" <ib@example.org>',
    "mailto:ib@example.org",
    "ib@example.org;",
    "<ib@example.org>",
    " ib@example.org ",
    "ib@example.org\u200b",
    "ib\u00ad@example.org",
    "\u00a0ib@example.org",
    "ib@rådhus.dk",
    "ib@xn--rdhus-mra.dk",
    "‘ib@example.org’",
    "ib @example.org",
    "ib@example",
    "ib@",
    "@example.org",
    "ib",
    "ib@example..org",
    "ib@example.org.",
    "ib.example.org",
    "ib@@example.org",
    "i’b@example.org",
    "ib@example.org, bo@example.org",
    "ib@example.org bo@example.org",
    "ib@example.org;bo@example.org",
    "ib(at)example.org",
    "ib@example,org",
    "Ib ib@example.org",
    "ib@kommune.local",
    "ib@[127.0.0.1]",
    "x" * 70 + "@example.org",
    "ib@" + "x" * 70 + ".org",
    "ib@example.org\0",
    "sÃ¸ren@example.org",
)


def lists() -> Iterator[Sample]:
    """Lists as people have them, and as they break them."""
    yield from of_people(*((f"headed {heading!r}", f"{heading}\n{PEOPLE}") for heading in HEADINGS))
    yield from of_people(*((f"saved in {encoding}", (SEVERAL + "Søren;soren@example.org\n").encode(encoding)) for encoding in ENCODINGS))
    yield from of_people(
        *((f"an address in {encoding}", ("email\n" + PEOPLE + "søren@example.org\n").encode(encoding)) for encoding in ENCODINGS)
    )
    yield from of_people(*((f"with {address[:40]!r}", f"email\n{PEOPLE}{address}\n") for address in ODD_ADDRESSES))
    yield from of_people(
        ("only addresses", PEOPLE),
        ("nobody", "email\n"),
        ("nothing", ""),
        ("nine", "email\n" + "".join(PEOPLE.splitlines(keepends=True)[:9])),
        ("one person many times", "email\n" + "ib@example.org\n" * 20),
        ("repeated", "email\n" + PEOPLE * 2),
        ("old mac", ("email\n" + PEOPLE).replace("\n", "\r")),
        ("windows", ("email\n" + PEOPLE).replace("\n", "\r\n")),
        ("own delimiter", "sep=,\n" + SEVERAL.replace("Holm, Ib", "Ib").replace(";", ",")),
        ("tabs", SEVERAL.replace(";", "\t")),
        ("commas and quotes", SEVERAL.replace("Holm, Ib", '"Holm, Ib"').replace(";", ",")),
        ("commas without quotes", SEVERAL.replace(";", ",")),
        ("no headings", SEVERAL.split("\n", 1)[1]),
        ("a title above", "Ledere 2018\n\n" + SEVERAL),
        ("two columns", "email;E-mail\n" + PEOPLE.replace("\n", ";chef@example.org\n")),
        ("two columns without headings", PEOPLE.replace("\n", ";chef@example.org\n")),
        ("a second column of others", "email;Chefs mail\n" + PEOPLE.replace("\n", ";chef@example.org\n")),
        ("a column of notes", "email;Note\n" + PEOPLE.replace("\n", ";\n") + "ib@example.org;chef@example.org\n"),
        ("a second column without a word of mail", "email;Leder\n" + PEOPLE.replace("\n", ";chef@example.org\n")),
        ("outlook", "E-mail Address,E-mail Display Name,E-mail 2 Address\n" + "".join(f"{line},Ib ({line}),\n" for line in PEOPLE.split())),
        ("schools and leaders", "Skole;E-mail;Leders e-mail\n" + "".join(f"N;nord@example.org;{line}\n" for line in PEOPLE.split())),
        ("a cell is missing", "Navn;E-mail;Leder\nib@example.org;chef@example.org\n" + PEOPLE.replace("person", ";person")),
        ("a row of three among rows of two", SEVERAL.split("\n", 1)[1] + "Holm;Ib;ib@example.org\n"),
        ("a heading of two lines", '"Navn";"E-mail\n(arbejde)"\n' + PEOPLE.replace("person", "Ib;person")),
        ("a heading of two lines without mail", '"Navn";"Adresse\n(arbejde)"\n' + PEOPLE.replace("person", "Ib;person")),
        (
            "rows between two quotes",
            "E-mail;Note\n"
            + PEOPLE.replace("\n", ";\n")
            .replace("son3@example.org;", 'son3@example.org;"a')
            .replace("9@example.org;", '9@example.org;b"', 1),
        ),
        ("a row no longer good", f"email\n{PEOPLE}#ib@example.org\n"),
        ("a copy to somebody", f"email\n{PEOPLE}mailto:ib@example.org?cc=bo@example.org\n"),
        ("two encodings", f"email;Navn\n{PEOPLE}müller@example.org;\n".encode() + b"ib@example.org;S\xf8ren\n"),
        ("somebody without", SEVERAL + "Holm, Bo;\n"),
        ("an open quote", SEVERAL + '"Holm, Bo;bo@example.org\nIb;ib@example.org\n'),
        ("empty rows", "email;;\n" + PEOPLE.replace("\n", ";;\n") + ";;\n" * 500),
        ("one line", "email\n" + PEOPLE.replace("\n", "; ")),
        ("excel", b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"),
        ("old excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")),
        ("open document", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        ("word", b"PK\x03\x04\x14\0\x06\0word/document.xml"),
        ("pdf", b"%PDF-1.7\n"),
        ("page", "<!DOCTYPE html>\n<table>"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0"),
        ("long", "email\n" + "".join(f"p{number}@example.org\n" for number in range(12_000))),
        ("endless line", "email\n" + "x" * 300_000),
        ("eleven megabytes", b"email\n" + b"x@example.org\n" * 800_000),
    )


def empty_lists() -> Iterator[Sample]:
    """Lists of nobody, by role."""
    for role, source in (("politicians", "usergroup: S0POLIT"), ("organisers", "usergroup: S0ORG")):
        yield Sample(f"list of no {role}", SMALL.replace(source, "file: people/nobody.csv"), {"people/nobody.csv": "email\n"})


def paths() -> Iterator[Sample]:
    """Names of files in a programme."""
    names = (
        "people/nobody.csv",
        "people",
        ".",
        "/dev/zero",
        "/dev/null",
        "../../etc/passwd",
        "people/pipe",
        "people/loop",
        '"a\\0b"',
        '""',
        "x" * 600,
        '"a\\nb"',
        "7",
        "people/sm.yaml",
        "~/leaders.csv",
    )

    def make(folder: Path) -> None:
        (folder / "people").mkdir(exist_ok=True)
        os.mkfifo(folder / "people" / "pipe")
        (folder / "people" / "loop").symlink_to("loop")

    for name in names:
        yield Sample(f"file {name[:40]}", SMALL.replace(LEADERS, f"leaders: {{file: {name}}}"), prepare=make)
    few = FROM_FILE.replace("{usergroup: S0REPS}", "{file: people/reps.csv}")
    yield Sample("file that singles out a few", few, {"people/leaders.csv": PEOPLE, "people/reps.csv": "a@example.org\nb@example.org\n"})
    yield Sample(
        "file that is another list as well",
        FROM_FILE.replace("{usergroup: S0REPS}", "{file: ./people/leaders.csv}"),
        {"people/leaders.csv": PEOPLE},
    )


def folders() -> Iterator[Sample]:
    """What may lie beside a good programme."""
    later = (
        SMALL.replace("small-2018", "small-2019")
        .replace("2018-", "2019-")
        .replace("2019-08-28", "2019-08-27")
        .replace("2019-08-21", "2019-08-20")
    )
    for name in (
        "._small.yaml",
        ".#small.yaml",
        "small.yaml~",
        "small – Kopi.yaml",
        "small - Copy.yaml",
        "~$small.yaml",
        "small.yml",
        "small.yaml.bak",
        "notes.txt",
        ".hidden.yaml",
        "Thumbs.db",
        "small.YAML",
    ):
        yield Sample(f"beside: {name}", beside={name: b"\0\x05\x16\x07" if name.startswith("._") else SMALL}, whole_folder=True)
    yield Sample("beside: a folder x.yaml", prepare=lambda folder: (folder / "x.yaml").mkdir(), whole_folder=True)
    yield Sample("beside: a pipe x.yaml", prepare=lambda folder: os.mkfifo(folder / "x.yaml"), whole_folder=True)
    yield Sample("beside: a link to itself", prepare=lambda folder: (folder / "x.yaml").symlink_to("x.yaml"), whole_folder=True)
    yield Sample("beside: a link to nowhere", prepare=lambda folder: (folder / "x.yaml").symlink_to("gone"), whole_folder=True)
    yield Sample("beside: a later programme", beside={"later.yaml": later}, whole_folder=True)
    yield Sample("beside: one with the same id", beside={"later.yaml": later.replace("small-2019", "small-2018")}, whole_folder=True)
    yield Sample("beside: one at the same time", beside={"later.yaml": SMALL.replace("small-2018", "other")}, whole_folder=True)
    yield Sample("beside: an empty one", beside={"later.yaml": ""}, whole_folder=True)
    yield Sample("beside: a name with a new line", prepare=lambda folder: (folder / "a\nb.yaml").write_text(later), whole_folder=True)
    yield Sample("beside: a name that is no text", prepare=lambda folder: os.mkfifo(os.fsencode(folder) + b"/\xff.yaml"), whole_folder=True)
    yield Sample("alone: gone", prepare=lambda folder: (folder / "small.yaml").unlink())
    yield Sample("alone: a folder", prepare=lambda folder: ((folder / "small.yaml").unlink(), (folder / "small.yaml").mkdir()))
    yield Sample("alone: a pipe", prepare=lambda folder: ((folder / "small.yaml").unlink(), os.mkfifo(folder / "small.yaml")))
    yield Sample(
        "alone: a device", prepare=lambda folder: ((folder / "small.yaml").unlink(), (folder / "small.yaml").symlink_to("/dev/zero"))
    )


SAMPLES = (*lists(), *empty_lists(), *paths(), *folders())
