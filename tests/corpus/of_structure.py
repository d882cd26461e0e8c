"""Samples of structure: YAML that is broken or unusual, encodings, keys that are missing, unknown or there twice, and sizes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from tests.corpus.samples import SMALL, Sample, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = SMALL.splitlines(keepends=True)
TWICE = ("programme: small-2018\n", "language: da\n", "  every: tuesday\n", "  until: 2018-08-28\n", "    - one\n")


def broken() -> Iterator[Sample]:
    """YAML as hands break it."""
    yield from swapped(
        "yaml", "language: da", "language da", "language:da", "\tlanguage: da", " language: da", "language: da: en", "language = da"
    )
    yield from swapped(
        "yaml", "language: da", "- language: da", "language: [da", "language: {da", "language: da]", "language: 'da", 'language: "da'
    )
    yield from swapped(
        "yaml", "language: da", "language: @da", "language: %da", "language: `da`", "language: &a da", "language: *a", "language: !x da"
    )
    yield from swapped(
        "yaml", "language: da", "language: |\n  da", "language: >-\n  da", "language: # da", "? language\n: da", "language: da\n...\n"
    )
    yield from swapped(
        "yaml", "language: da", "language: da\n---", "<<: *a\nlanguage: da", "{language: da}", "language: da,", "Language: da"
    )
    yield from swapped(
        "yaml", "  every: tuesday", "    every: tuesday", "every: tuesday", "   every: tuesday", "\tevery: tuesday", "  every tuesday"
    )
    yield from swapped(
        "yaml",
        "    - one\n",
        "    -one\n",
        "    – one\n",
        "    * one\n",
        "    • one\n",
        "    one\n",
        "      - one\n",
        "  - one\n",
        "    - - one\n",
    )
    yield from swapped(
        "yaml",
        'title: {da: "Lille", en: "Small"}',
        'title: {da: "Lille" en: "Small"}',
        'title: {da: "Lille", en: "Small"',
        'title: (da: "Lille")',
    )
    yield from swapped(
        "yaml",
        '"Ekstra?"',
        '"Eks"tra?"',
        "Ekstra: hvad?",
        '"Ekstra?',
        'Ekstra?"',
        "'Ekstra''s'",
        '"Eks\\qtra"',
        '"\\UFFFFFFFF"',
        '"\\ud800"',
    )
    yield from swapped("yaml", "rounds:\n", "rounds\n", "rounds: \n\n\n", "rounds: {\n", "rounds: |\n", "rounds:: \n", "rounds ;\n")
    yield from swapped("yaml", 'by: "MED-udvalg", on', "by: MED-udvalg on", 'by: "MED-udvalg",, on', 'by: "MED-udvalg"; on')


def broken_by_hand() -> Iterator[Sample]:
    """Lines that lost a sign, gained one, or moved a little, as somebody writes who has never programmed."""
    yield from swapped("sign", '"Et?"', "!Er det et?", "Er # et?", "Hvis ja: hvad?", '"Et?', '"Et?" siger hun')
    yield from swapped("sign", '  at: "09:30"', '  at: "09:30",', '  at: "09:30".', '  at: "09:30" kl')
    yield from swapped("sign", "audience: 10}", "audience: 10},", "audience: 10}.", "audience: 10)")
    yield from swapped("sign", 'close: {day: friday, at: "10:00"}', 'close: (day: friday, at: "10:00")', 'close: day: friday, at: "10:00"')
    yield from swapped("sign", "floors: {people: 5", "floors: people: 5", "floors: !vigtigt {people: 5", "floors: {!people 5: 5")
    yield from swapped("dash", "  - id: two-leader", *(f"{' ' * spaces}- id: two-leader" for spaces in (0, 1, 3, 4, 6)))
    yield from swapped("dash", "  - id: two-leader", "    id: two-leader", "  -  id: two-leader", "  id: two-leader")
    yield from swapped("dash", "  - id: one", *(f"{' ' * spaces}- id: one" for spaces in (0, 1, 3, 4)))
    yield from swapped(
        "dash", "    - {leader: two-leader", "    {leader: two-leader", "      - {leader: two-leader", "  {leader: two-leader"
    )
    yield from swapped(
        "dash", "    - {leader: two-leader, employee_rep: two-rep}", "    two-leader", "      two-leader", "      - two-leader"
    )
    yield from swapped("note", "digest:\n", "Ugens overblik.\ndigest:\n", "Overblik\ndigest:\n", "  Overblik til jer\ndigest:\n")
    yield from swapped("note", "  - id: one\n", "  Borgeren først\n  - id: one\n", "Borgeren først\n  - id: one\n")
    yield from swapped("note", "programme: small-2018\n", "Bodils udgave\n# en note\n\nprogramme: small-2018\n")


def encoded() -> Iterator[Sample]:
    """Bytes in which a programme may be saved."""
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp850", "mac-roman"):
        yield Sample(f"encoding: {name}", SMALL.encode(name))
    yield Sample("encoding: mark of UTF-16 before UTF-8", codecs.BOM_UTF16_LE + SMALL.encode())
    yield Sample("encoding: two marks", codecs.BOM_UTF8 * 2 + SMALL.encode())
    yield Sample("encoding: half a letter", SMALL.encode().replace("ø".encode(), b"\xc3", 1))
    yield Sample("encoding: a surrogate", SMALL.replace("Først", "F\ud800rst"))
    for name, end in (("windows", "\r\n"), ("old mac", "\r"), ("unicode", "\u2028"), ("next line", "\x85")):
        yield Sample(f"line ends: {name}", SMALL.replace("\n", end))
    for name, content in (
        ("nothing", ""),
        ("blanks", "  \n\n"),
        ("a comment", "# intet\n"),
        ("a mark", "---\n"),
        ("null", "null\n"),
        ("zeros", "\0" * 99),
    ):
        yield Sample(f"content: {name}", content)
    others = {
        "a text": "Hej med jer",
        "a list": "- a\n- b\n",
        "a number": "7\n",
        "html": "<html><body>Hej</body></html>",
        "json": '{"programme": 7}',
        "csv": "a;b\n1;2\n",
    }
    yield from (Sample(f"content: {name}", content) for name, content in others.items())
    for name, content in (
        ("png", b"\x89PNG\r\n\x1a\n\0"),
        ("zip", b"PK\x03\x04\x14\0"),
        ("pdf", b"%PDF-1.4\n%\xe2\xe3"),
        ("rtf", b"{\\rtf1\\ansi hej}"),
    ):
        yield Sample(f"content: {name}", content)


def keys() -> Iterator[Sample]:
    """Lines that are missing or there twice, and words that nobody knows."""
    for number, line in enumerate(LINES, 1):
        if "'" not in line:
            yield Sample(f"without line {number}: {line.strip()}", "".join(LINES[: number - 1] + LINES[number:]))
    for line in TWICE:
        yield Sample(f"twice: {line.strip()}", SMALL.replace(line, line * 2, 1))
    for key in (
        "programme",
        "title",
        "language",
        "timezone",
        "themes",
        "questions",
        "rounds",
        "digest",
        "floors",
        "retention",
        "information",
    ):
        yield from (
            swapped(
                "word",
                f"\n{key}: " if f"\n{key}: " in SMALL else f"\n{key}:\n",
                *([f"\n{key[:-1]}x: "] if f"\n{key}: " in SMALL else [f"\n{key}x:\n"]),
            )
            if key != "programme"
            else ()
        )
    for word, wrong in (
        ("every", "evry"),
        ("until", "til"),
        ("remind", "reminder"),
        ("close", "luk"),
        ("post", "posts"),
        ("order", "orden"),
        ("skip", "spring"),
    ):
        yield from swapped(
            "word",
            f"  {word}: " if f"  {word}: " in SMALL else f"  {word}:\n",
            f"  {wrong}: " if f"  {word}: " in SMALL else f"  {wrong}:\n",
        )


def sizes() -> Iterator[Sample]:
    """Files larger than anybody means them."""
    yield Sample("size: a comment of over a megabyte", SMALL + "# " + "x" * 1_100_000)
    yield Sample("size: a long line", SMALL.replace("Ekstra?", "x" * 60_000))
    yield Sample("size: many lines", SMALL + "\n" * 30_000)
    yield Sample("size: many keys", SMALL + "".join(f"key{number}: 1\n" for number in range(3_000)))
    yield Sample("size: deep brackets", SMALL.replace("language: da", "language: " + "[" * 500))
    yield Sample("size: deep blocks", SMALL + "".join(" " * number + "a:\n" for number in range(200)))
    yield Sample("size: deep brackets that close", SMALL.replace("language: da", "language: " + "[" * 60 + "]" * 60))
    yield Sample("size: aliases of aliases", "a: &a [x]\n" + "".join(f"b{number}: &b{number} [*a, *a]\n" for number in range(50)) + SMALL)
    yield Sample(
        "size: many questions",
        SMALL.replace(
            "rounds:\n",
            "".join(f'  - {{id: q{number}, theme: first, ask: {{da: "A?", en: "B?"}}}}\n' for number in range(450)) + "rounds:\n",
        ),
    )
    yield Sample(
        "size: many faults", SMALL.replace("rounds:\n", "".join(f"  - {{id: Q{number}}}\n" for number in range(200)) + "rounds:\n")
    )
    yield Sample(
        "size: many themes",
        SMALL.replace(
            "questions:\n", "".join(f'  - {{id: t{number}, title: {{da: "A", en: "B"}}}}\n' for number in range(80)) + "questions:\n", 1
        ),
    )
    yield Sample("size: a long id", SMALL.replace("small-2018", "s" * 300))
    yield Sample("size: a long question", SMALL.replace("Ekstra?", "Hvad " * 400 + "?"))
    yield Sample("size: a long title", SMALL.replace("Lille", "Lille " * 200))
    yield Sample("size: a long filter", SMALL + "filter: {extra: [" + ", ".join(f"ord{number}" for number in range(1500)) + "]}\n")
    yield Sample("size: a digit of many digits", SMALL.replace("quotes: 8", "quotes: " + "9" * 5000))


SAMPLES = (*broken(), *broken_by_hand(), *encoded(), *keys(), *sizes())
