"""Reads a list of people as spreadsheets and mail programs save it, and finds the column of e-mail addresses.

Only what can be read in one way is taken. No finding repeats what stands in the list.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from bot.sentence import sentence
from schedules.checking.fault_messages import WrongKind, WrongValue
from schedules.checking.invisible_signs import without_invisible
from schedules.checking.net import log_stumble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.sentence import Sentence

MOST_LINES: Final = 3_000  # a dialogue asks some hundreds of people, and so many lines are read within a second
LONGEST_LINE: Final = 5_000  # characters: a line has one address, with what a spreadsheet knows of the person
MOST_BESIDE: Final = 50  # columns of a row that are looked into for other addresses: one is enough to refuse the row
LONGEST_CELL: Final = 400  # an address has at most 254, and somebody's name may stand beside it
LONGEST_EMAIL: Final = 254
LINES_ABOVE: Final = 100  # a title and a word of guidance, above the table
LINES_IN_VAIN: Final = 20  # whose addresses nobody can read: then the delimiter does not matter
TELLING: Final = re.compile("@|mail|post", re.IGNORECASE)  # what stands in a heading, or in an address
DELIMITERS: Final = (";", "\t", ",", "|")  # Danish spreadsheets first: they leave commas alone, as in "Hansen, Ole"
OWN_DELIMITER: Final = re.compile(r'"?sep=([^\w\s"@]|\t)"?\s*', re.IGNORECASE)  # the line that Excel writes and hides
PASSED_OVER: Final = re.compile(r"\([^()]*\)|[^\w,;|\t]|_")  # in a heading: "E-mail (arbejde)"
HEADING: Final = re.compile(r"(e?mails?|epost)(adresser?|addresse?s?|adr)?")
HEADING_OF_WORK: Final = re.compile(  # taken where no plain heading stands: "Arbejdsmail", "E-mail 1"
    rf"(arbejds|arbejde|job|tjeneste|kommune|skole|firma|primære?|work|office|business|primary)?{HEADING.pattern}(arbejde|job|work|\d)?"
)
MAILTO: Final = re.compile(r"\b(?:mailto|sip|smtp):([^\s?>]*)([^\s>]*)", re.IGNORECASE)
IN_BRACKETS: Final = re.compile(r"[<(\[]([^<>()\[\]@]*@[^<>()\[\]@]*)[>)\]]")
REMARK: Final = re.compile(r"\([^()@]*\)")  # "ole@example.org (Ole)"
LOCAL: Final = re.compile(r"\w[\w+&'-]*(\.[\w+&'-]+)*")  # what stands before the @
LONGEST_LOCAL: Final = 64
BETWEEN: Final = re.compile(r"[\s<>()\[\],;|/\"]+")  # what may stand between two addresses
AROUND: Final = " \t\r\n\xa0\"'“”„‘’»«<>,;:|"  # what may stand around one
STEERING: Final = re.compile(r"[\0-\x08\x0e-\x19\x1b-\x1f]")  # no text has them: it is another format, or UTF-16 without its mark
MARKED: Final = re.compile(r"[\s\";,|]*(#|//)")  # how a line that no longer counts is often marked
MISSPELT: Final = re.compile(r"\w\.\w|[(\[]at?[)\]]")  # no heading, but an address without its sign: "ole(a)example.org"
END: Final = " \t\r\n;,|\x1a"  # what spreadsheets and old systems leave at the end
WORD: Final = re.compile(r"\w")
IN_UTF8: Final = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80")  # a letter or a quote; no word in Windows-1252 has such neighbours
NEW_LINE: Final = re.compile(r"\r\n|\r|\n")
ENCODING_BY_MARK: Final = {  # UTF-32 before UTF-16, whose mark it begins with
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
FORMATS: Final = (  # how a file of another format begins, what stands in it, and what it is
    (rb"PK\x03\x04", rb"xl/|spreadsheet|Index/", "fault.format.spreadsheet"),
    (rb"PK\x03\x04", rb"word/|opendocument\.text", "fault.format.document"),
    (rb"PK\x03\x04", rb"", "fault.format.archive"),
    (rb"\xd0\xcf\x11\xe0", rb"W\0o\0r\0k\0b\0o\0o\0k|B\0o\0o\0k", "fault.format.spreadsheet"),
    (rb"\xd0\xcf\x11\xe0", rb"", "fault.format.old"),
    (rb"\{\\rtf", rb"", "fault.format.document"),
    (rb"%PDF", rb"", "fault.format.pdf"),
    (rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|meta|\?xml)", rb"", "fault.format.page"),
)


class Finding(NamedTuple):
    """What is wrong at a place of a list. Lines and columns count from 1."""

    line: int
    column: int
    said: Sentence


@dataclass(frozen=True, kw_only=True)
class PeopleList:
    """The addresses in a list, in small letters; how many lines repeat an earlier one; and what is wrong."""

    emails: frozenset[str] = frozenset()
    repeats: int = 0
    findings: tuple[Finding, ...] = ()


class Unclear(Exception):
    """A list, or a row of it, that cannot be read in one way: what is wrong with it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of cells, with the number of its first line and its text as it stands in the file."""

    line: int
    text: str
    cells: Sequence[str]

    def cell(self, column: int) -> str:
        """The text in a column; empty where the row is too short."""
        return self.cells[column] if column < len(self.cells) else ""

    def columns_beside(self, column: int) -> list[int]:
        """The other columns that hold an address which is not the one in `column`."""
        others = [other for other, cell in enumerate(self.cells) if other != column and "@" in cell][:MOST_BESIDE]
        own = _addresses(_plain(self.cell(column))) if others else set()
        return [other for other in others if not _addresses(_plain(self.cells[other])) <= own]

    def unclear(self, column: int, said: Sentence) -> Unclear:
        """The error for what is wrong at the cell in a column, or at the row's end."""
        start = len(self.text.rstrip("\r\n"))
        if column < len(self.cells):
            end = 0
            for cell in self.cells[: column + 1]:
                start = max(self.text.find(cell, end), end)  # a cell with quotes in it stands otherwise in the file
                end = start + len(cell) + 1
            start += len(self.cells[column]) - len(self.cells[column].lstrip(" \t\xa0"))
        *lines, last = NEW_LINE.split(self.text[:start])
        return Unclear(Finding(self.line + len(lines), len(last) + 1, said))


@lru_cache(maxsize=16)  # the lists of a few programmes: each is asked for many times, and rarely changes
def people_in(content: bytes) -> PeopleList:
    """Read a list: its addresses, or everything that is wrong with it."""
    try:
        return _read(content)
    except Unclear as error:
        return PeopleList(findings=(error.finding,))
    except Exception as error:  # noqa: BLE001 - whatever it is, it came from this list
        log_stumble(error)
        return PeopleList(findings=(Finding(1, 1, WrongKind.LIST_ENCODING.say()),))


def _read(content: bytes) -> PeopleList:
    """The addresses and what is wrong with rows. Unclear if the whole cannot be read in one way."""
    headings, rows = _table(_lines(_decode(content)))
    column = _column_of_addresses(headings, rows)
    emails, findings = list[str](), list[Finding]()
    for row in rows:
        try:
            emails += _emails_in_row(row, column)
        except Unclear as error:
            findings.append(error.finding)
    people = frozenset(emails)
    return PeopleList(emails=people, repeats=len(emails) - len(people), findings=tuple(findings))


def _decode(content: bytes) -> str:
    """The text of a list. Unclear if it is no text."""
    for beginning, part, name in FORMATS:
        if re.match(beginning, content) and re.search(part, content):
            raise Unclear(Finding(1, 1, WrongKind.LIST_FORMAT.say(format=sentence(name))))
    encoding = next((name for mark, name in ENCODING_BY_MARK.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and IN_UTF8.search(content):  # both in one file: a letter of either would be another
            before = content[: error.start].decode()
            raise Row(line=1, text=before, cells=[]).unclear(0, WrongKind.LIST_ENCODING.say()) from None
        # As Windows-1252 without its quotes and dashes: those would be found in an address then.
        text = content.decode("latin-1" if encoding == "utf-8" else encoding, "replace")
    if sign := STEERING.search(text.rstrip(END)):
        raise Row(line=1, text=text, cells=[sign[0]]).unclear(0, WrongKind.LIST_ENCODING.say())
    return text


def _lines(text: str) -> list[str]:
    """The lines of a list, each with its end; the empty rows that a spreadsheet saves at the end are left out."""
    lines = list(io.StringIO(text.rstrip(END), newline=""))
    if not lines:
        raise Unclear(Finding(1, 1, WrongKind.EMPTY_PEOPLE_FILE.say()))
    if len(lines) > MOST_LINES:
        raise Unclear(Finding(MOST_LINES + 1, 1, WrongKind.LONG_LIST.say(most=MOST_LINES)))
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Unclear(Finding(number, 1, (WrongKind.TWO_EMAILS if line.count("@") > 1 else WrongKind.LIST_ENCODING).say()))
    return lines


def _table(lines: list[str]) -> tuple[Row | None, list[Row]]:
    """The row of headings, if there is one, and the rows below it."""
    own = OWN_DELIMITER.fullmatch(lines[0]) if lines else None
    if own:
        lines = ["\n", *lines[1:]]
    first, delimiter, headed = _beginning(lines, [own[1]] if own else DELIMITERS)
    for number, line in enumerate(lines[:first], 1):
        if "@" in line or (WORD.search(line) and not headed):  # a title may stand above headings; else it could be an address misspelt
            row, table = (Row(line=number, text=text, cells=next(csv.reader([text], delimiter=delimiter))) for text in (line, lines[first]))
            raise row.unclear(0, WrongKind.EMAIL_ABOVE_HEADINGS.say()) if headed else _person_above(row, table)
    if not headed and any(_has_heading(line) for line in lines[first : first + LINES_ABOVE]):
        raise Unclear(Finding(first + 1, 1, WrongKind.EMAIL_ABOVE_HEADINGS.say()))
    rows = list(_rows(lines, first, delimiter))
    return (rows[0], rows[1:]) if headed else (None, rows)


def _person_above(row: Row, table: Row) -> Unclear:
    """The error for a row above a table without headings, since it may be a person. `table`: the table's first row."""
    columns = [column for column, cell in enumerate(table.cells) if "@" in cell] or [0]
    if len(columns) > 1:
        return row.unclear(0, WrongKind.TWO_COLUMNS.say())
    over = row.cell(columns[0])
    is_heading = WORD.search(over) and not MISSPELT.search(over)
    return row.unclear(columns[0], (WrongKind.UNKNOWN_HEADING if is_heading else WrongKind.FIRST_EMAIL).say())


def _has_heading(line: str) -> bool:
    """Whether a line is one of headings, whatever divides them."""
    return "@" not in line and bool(TELLING.search(line)) and any(map(_is_heading, re.split("[;\t,|]", line)))


def _beginning(lines: Sequence[str], delimiters: Sequence[str]) -> tuple[int, str, bool]:
    """The number of the line that the table begins with, its delimiter, and whether that line begins its headings."""
    found, unclear = list[tuple[int, int, str, bool]](), list[Unclear]()
    for delimiter in delimiters:
        try:
            found += _first_telling_row(lines, delimiter)
        except Unclear as error:  # of a quote that may be one with this delimiter only
            unclear.append(error)
    if found:
        return min(found, key=itemgetter(0))[1:]
    if unclear:
        raise unclear[0]
    with_sign = next((number for number, line in enumerate(lines) if "@" in line), None)
    if with_sign is None:
        raise Unclear(Finding(1, 1, WrongKind.PEOPLE_HEADER.say()))
    return with_sign, delimiters[0], False


def _first_telling_row(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, int, str, bool]]:
    """The line of the row that tells what the table is; the table's first line, the delimiter, and whether it has headings."""
    with_sign, last = None, LINES_ABOVE
    for row in _rows(lines, 0, delimiter):
        number = row.line - 1
        if number > last:
            return
        if "@" not in row.text and TELLING.search(row.text) and any(map(_is_heading, row.cells)):
            yield number, number, delimiter, True
            return
        if any(map(_is_address, row.cells)):
            yield number, number if with_sign is None else with_sign, delimiter, False
            return
        if with_sign is None and "@" in row.text:
            with_sign, last = number, number + LINES_IN_VAIN


def _rows(lines: Sequence[str], first: int, delimiter: str) -> Iterator[Row]:
    """The rows from a line on. Unclear where a quote is opened that nothing closes: it swallows the rest."""
    reader, before = csv.reader(lines[first:], delimiter=delimiter), 0
    open_quote = WrongKind.OPEN_QUOTE.say()
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:  # a cell as long as a book
            raise Unclear(Finding(first + before + 1, 1, open_quote)) from None
        if cells is None:
            return
        row = Row(line=first + before + 1, text="".join(lines[first + before : first + reader.line_num]), cells=cells)
        if reader.line_num > before + 1 and row.text.count('"') % 2:
            raise Unclear(Finding(row.line, 1, open_quote))
        yield row
        before = reader.line_num


def _column_of_addresses(headings: Row | None, rows: Sequence[Row]) -> int:
    """The number of the column that holds the addresses. Unclear if two do, or if a line from a mail holds everybody."""
    key = headings or rows[0]
    columns = [column for column, cell in enumerate(key.cells) if (_is_heading(cell, HEADING) if headings else "@" in cell)]
    columns = columns or [column for column, cell in enumerate(key.cells) if _is_heading(cell)]
    filled = [column for column in columns if any("@" in row.cell(column) for row in rows)]
    if len(filled) > 1:
        are_columns = headings or (len(filled) == 2 and len(rows) > 1)
        raise key.unclear(filled[1], (WrongKind.TWO_COLUMNS if are_columns else WrongKind.TWO_EMAILS).say())
    if not columns:
        raise key.unclear(0, WrongKind.PEOPLE_HEADER.say())
    column = (filled or columns)[0]
    if headings is not None:
        rows_by_other = defaultdict[int, list[Row]](list)
        for row in rows:
            for number in row.columns_beside(column):
                rows_by_other[number].append(row)
        for other, beside in sorted(rows_by_other.items()):
            if other < len(headings.cells) and _is_second_column(other, headings.cells[other], beside, column, len(rows)):
                raise key.unclear(other, WrongKind.TWO_COLUMNS.say())
    return column


def _is_second_column(other: int, heading: str, beside: Sequence[Row], column: int, all_rows: int) -> bool:
    """Whether a column beside that of addresses holds others: its heading says so, or most rows have one there."""
    rows = [row for row in beside if not NEW_LINE.search(row.cell(other))]
    if TELLING.search(heading):
        return bool(rows)
    return sum("@" in row.cell(column) for row in rows) > max(1, all_rows // 2)


def _emails_in_row(row: Row, column: int) -> list[str]:
    """The address in a row, as a list; nothing in an empty row. Unclear if it has none, or more."""
    if not WORD.search(row.text):
        return []
    if MARKED.match(without_invisible(row.text)):
        raise row.unclear(0, WrongKind.MARKED_ROW.say())
    for other in row.columns_beside(column):
        if NEW_LINE.search(row.cell(other)):  # other rows, between two quotes that do not belong together
            raise row.unclear(other, WrongKind.OPEN_QUOTE.say())
        has_own = "@" in row.cell(column)
        raise row.unclear(*((other, WrongKind.TWO_EMAILS.say()) if has_own else (column, WrongKind.MOVED_CELLS.say())))
    try:
        return [_email_in(row.cell(column))]
    except WrongValue as error:
        raise row.unclear(column, error.said) from None


def _email_in(cell: str) -> str:
    """The address in a cell, in small letters. WrongValue if it holds none, or more than one."""
    if len(cell) > LONGEST_CELL:
        raise WrongValue(WrongKind.BAD_EMAIL)
    text = _plain(cell)
    if not WORD.search(text):
        raise WrongValue(WrongKind.NO_EMAIL)
    if len(_addresses(text)) > 1:
        raise WrongValue(WrongKind.TWO_EMAILS)
    in_brackets = IN_BRACKETS.search(text)
    address = (in_brackets[1] if in_brackets else REMARK.sub(" ", text)).strip(AROUND)
    if email := _email_in_full(address):
        return email
    if any(_email_in_full(word.strip(AROUND)) for word in text.split()):
        raise WrongValue(WrongKind.EMAIL_AND_MORE)
    raise WrongValue(WrongKind.ODD_EMAIL if "@" in address and _is_odd(address) else WrongKind.BAD_EMAIL)


def _email_in_full(address: str) -> str | None:
    """An address in small letters, with its domain in full; None if there can be no such address."""
    if len(address) > LONGEST_EMAIL or _is_odd(address):  # the validator reads long ones slowly
        return None
    local, _, domain = address.partition("@")
    known = len(local) <= LONGEST_LOCAL and LOCAL.fullmatch(local) and _domain_in_full(domain)
    return f"{local}@{known}".lower() if known else None


def _is_odd(address: str) -> bool:
    """Whether an address has a sign that is neither in English ones nor a letter or a digit."""
    return not all(sign.isascii() or sign.isalpha() or sign.isdecimal() for sign in address)


@lru_cache(maxsize=MOST_LINES)  # a list has few of them, and looking at one takes longer than at all the rest of a line
def _domain_in_full(domain: str) -> str | None:
    """A domain as it is written in full; None if there can be no such domain."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - takes long to load, and most programmes have no list

    try:
        return validate_email(f"a@{domain}", check_deliverability=False).domain
    except EmailNotValidError:
        return None


def _plain(cell: str) -> str:
    """A cell without invisible signs, and without what makes a link of an address."""
    return MAILTO.sub(_people_of_link, without_invisible(cell))


def _people_of_link(link: re.Match[str]) -> str:
    """The address in a link, and with it those to whom a copy would go."""
    options = re.sub("[?&=]", " ", unquote(link[2]))
    return f"{link[1]} {options}" if "@" in options else link[1]


def _addresses(text: str) -> set[str]:
    """What stands between blanks and brackets, and has the sign of an address in it."""
    return {word.strip(AROUND) for word in BETWEEN.split(text.lower()) if "@" in word}


def _is_address(cell: str) -> bool:
    try:
        return "@" in cell and bool(_email_in(cell))
    except WrongValue:
        return False


def _is_heading(cell: str, headings: re.Pattern[str] = HEADING_OF_WORK) -> bool:
    return len(cell) < LONGEST_CELL and headings.fullmatch(PASSED_OVER.sub("", without_invisible(cell)).lower()) is not None
