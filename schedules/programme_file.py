"""Loads programme files, or tells everything that is wrong with them.

This is the only reader of YAML. Checking a file and loading it are the same: `load_file` returns the programme, or raises all its faults.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, DocumentStartEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent
from ruamel.yaml.reader import ReaderError

from bot.errors import Fault, ProgrammeFaults
from bot.sentence import sentence
from schedules.checking.bounds import AS_IT_RUNS, MOST_VALUES, place_beyond_bounds
from schedules.checking.broken_text import Stumble, missing_quote, slip_in
from schedules.checking.build_programme import programme_from
from schedules.checking.dates_and_times import TIME_RULES
from schedules.checking.fault_messages import WrongKind
from schedules.checking.invisible_signs import CONTROL, name_of_sign, without_halves, without_invisible, words_around
from schedules.checking.net import faults_by, stumbles_as_faults, where_it_stumbles
from schedules.checking.people.people_files import people_faults, read_emails
from schedules.checking.question_order import ORDER_RULES
from schedules.checking.read_file import decode_text, read_bytes, read_programme
from schedules.checking.remarks import file_remarks, programme_remarks
from schedules.checking.shape_faults import check_shape
from schedules.checking.slips.clashes import clashes, overlap_until
from schedules.checking.slips.folder_names import faults_of_names, programmes_among
from schedules.checking.slips.joined_lines import slip_of_two_items
from schedules.checking.slips.signs_in_source import invisible_in, is_text_for_people, look_alikes_in_tail, structure_in
from schedules.checking.source import TOP, SourceFile, Span, line_of, scalar_value, unreadable_file, why_unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bot.programme import Programme
    from bot.sentence import Sentence
    from schedules.checking.build_programme import ReadEmails
    from schedules.checking.file_model import File
    from schedules.checking.slips.margins import Slip
    from schedules.checking.source import KeyPath

RULES = (*ORDER_RULES, *TIME_RULES, people_faults)
DEEPEST_NESTING = 12  # blocks inside blocks; a programme needs six


def load_file(path: Path) -> Programme:
    """Load the programme in a file. ProgrammeFaults with everything that is wrong with it."""
    return load_content(path, read_programme(path))


def load_content(path: Path, content: bytes) -> Programme:
    """Load a programme from these bytes, as if they stood in the file at `path`. Files of people lie beside it."""
    source = source_of(path, content)
    file, faults = check_shape(source)
    faults = [*source.faults, *faults, *faults_by(RULES, source)]
    if file is None or faults:
        raise ProgrammeFaults(list(set(faults)))
    return _build(source, file)


def load_running(path: Path, content: bytes, read: ReadEmails = read_emails) -> Programme:
    """Load a text that runs. It was good when it was written: what is stricter today cuts its numbers, and refuses nothing.

    ProgrammeFaults if it cannot be understood at all, or `read` raises them for a list.
    """
    source = source_of(path, content, is_running=True)
    file, faults = check_shape(source, AS_IT_RUNS)
    if file is None:
        raise ProgrammeFaults(faults)
    return _build(source, file, read, is_running=True)


def load_with_lists(path: Path, content: bytes) -> Programme:
    """Load a text that runs, with its files of people as they are now. ProgrammeFaults if these have faults."""
    if faults := tuple(people_faults(source_of(path, content, is_running=True))):
        raise ProgrammeFaults(faults)
    return load_running(path, content)


def load_without_lists(path: Path, content: bytes) -> Programme:
    """Load a text that runs though its files of people have faults: one that cannot be read has nobody."""
    return load_running(path, content, _read_emails_or_none)


def _build(source: SourceFile, file: File, read: ReadEmails = read_emails, *, is_running: bool = False) -> Programme:
    """Build the programme, and work out once what is told of it. ProgrammeFaults if anything stumbles."""
    with stumbles_as_faults(source, at=()):
        told = () if is_running else tuple(file_remarks(source, file))
        programme = programme_from(file, name=source.file, checksum=source.checksum, remarks=told, read=read)
    with stumbles_as_faults(source, at=("rounds",)):
        overlap_until(programme) if is_running else tuple(programme_remarks(programme, programme.rounds.from_))
    return replace(programme, content=source.content)


def _read_emails_or_none(file: Path) -> frozenset[str]:
    try:
        return read_emails(file)
    except ProgrammeFaults:
        return frozenset()


def load_files(paths: Sequence[Path]) -> tuple[Programme, ...]:
    """Load programmes, in the order in which they run. ProgrammeFaults with all faults of all files, overlaps included.

    A file that is named twice is loaded once.
    """
    programmes, faults = [], list[Fault]()
    for path in {os.path.abspath(path): path for path in paths}.values():  # noqa: PTH100 - a link keeps its own name
        try:
            programmes.append(load_file(path))
        except ProgrammeFaults as error:
            faults += error.faults
    programmes.sort(key=_start)
    faults += _clashes(programmes)
    if faults:
        raise ProgrammeFaults(faults)
    return tuple(programmes)


def load_among(path: Path, content: bytes) -> Programme:
    """Load a programme from bytes that are to stand in the file at `path`. ProgrammeFaults also if it clashes with one beside it."""
    programme, faults = load_content(path, content), list[Fault]()
    for file in programme_files(path.parent):
        with suppress(ProgrammeFaults):  # of the other file
            faults += [] if file.name == path.name else _clashes(sorted((programme, load_file(file)), key=_start))
    if faults:
        raise ProgrammeFaults(faults)
    return programme


def _start(programme: Programme) -> tuple[date, str]:
    return programme.rounds.from_, programme.file


def load_folder(directory: Path) -> tuple[Programme, ...]:
    """Load all programmes in a directory, in the order in which they run. ProgrammeFaults with all faults of all files."""
    return load_files(programme_files(directory))


def programme_files(directory: Path) -> list[Path]:
    """The programme files in a directory, by name. ProgrammeFaults if the directory cannot be read."""
    return programmes_among(_files_in(directory))


def files_passed_over(directory: Path) -> tuple[Fault, ...]:
    """Why some files in a directory that look like programmes are none. ProgrammeFaults as of `programme_files`."""
    return tuple(faults_of_names(_files_in(directory)))


def _files_in(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except FileNotFoundError:
        raise unreadable_file(directory, WrongKind.NO_FOLDER) from None
    except OSError as error:
        raise unreadable_file(directory, WrongKind.FOLDER_NOT_READABLE, why=why_unreadable(error)) from None


def remarks(programme: Programme, today: date) -> tuple[Sentence, ...]:
    """All remarks about a programme: those about its file, and those that hold today."""
    return (*programme.remarks, *programme_remarks(programme, today))


def _clashes(programmes: Sequence[Programme]) -> Iterator[Fault]:
    for later, path, said in clashes(programmes):
        source = source_of(Path(later.file), later.content)
        yield source.fault_at(source.value_at(path), said)


def read_source(path: Path) -> SourceFile:
    """Read a file as data with places. ProgrammeFaults if it is no YAML; smaller faults are kept in the result."""
    return source_of(path, read_bytes(path))


def source_of(path: Path, content: bytes, *, is_running: bool = False) -> SourceFile:
    """Read bytes as data with places, as if they stood in the file at `path`. If they run, signs that look like YAML's are none."""
    text = decode_text(path, content)
    try:
        document = _read_yaml(text)
    except ProgrammeFaults as error:
        raise ProgrammeFaults([replace(fault, file=str(path)) for fault in error.faults]) from None
    if document.data is None:
        raise unreadable_file(path, WrongKind.EMPTY_FILE)
    faults = tuple(replace(fault, file=str(path)) for fault in document.faults)
    if document.misleads and not is_running:
        raise ProgrammeFaults(faults)
    return replace(document, file=str(path), content=content, checksum=sha256(content).hexdigest(), faults=faults)


@lru_cache(maxsize=64)  # reading takes most of the time of a check, and a file is read several times as it is
def _read_yaml(text: str) -> SourceFile:
    """A text as data with places, in no file; the data is None if there is no document. ProgrammeFaults if it is no YAML."""
    try:
        return _understand(text)
    except ProgrammeFaults:
        raise
    except Exception as error:  # noqa: BLE001 - a reader that stumbles in a way of its own has still met a file it cannot read
        place = where_it_stumbles(text, error, _understand)
        raise ProgrammeFaults([_yaml_fault(text, WrongKind.BROKEN.say(why=sentence("fault.why.stumbles")), *place)]) from None


def _understand(text: str) -> SourceFile:
    """Read a text; a fault for what we know that a reader of YAML can meet."""
    if place := place_beyond_bounds(text):
        raise ProgrammeFaults([_yaml_fault(text, WrongKind.BROKEN.say(why=sentence("fault.why.large")), *place)])
    reader = _YamlReader(text)
    try:
        data = reader.read_document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if look_alikes := reader.look_alikes_until(mark.index if mark else 0):
            raise ProgrammeFaults(look_alikes) from None
        raise ProgrammeFaults([_yaml_fault(text, *(reader.long_quote_before(error) or slip_in(_stumble(text, error))))]) from None
    except ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + 1, error.position - before.rfind("\n"))
        said = WrongKind.INVISIBLE_SIGN.say(sign=name_of_sign(text[error.position]), near=words_around(text, error.position))
        raise ProgrammeFaults([_yaml_fault(text, said, *place)]) from None
    faults, misleads = tuple(reader.faults), reader.has_look_alikes
    return SourceFile(file="", text=text, data=data, values=reader.values, keys=reader.keys, faults=faults, misleads=misleads)


def _yaml_fault(text: str, said: Sentence, line: int, column: int) -> Fault:
    return Fault(file="", line=line, column=column, said=said, source=line_of(text, line))


def _stumble(text: str, error: MarkedYAMLError) -> Stumble:
    """What the YAML reader met, where, and where the part begins that it was reading."""
    problem = "; ".join(str(part) for part in (error.context, error.problem) if part)
    mark, begin = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    (line, column), (from_line, from_column) = ((mark.line + 1, mark.column + 1) if mark else (1, 1) for mark in (mark, begin))
    return Stumble(text=text, problem=problem, line=line, column=column, from_line=from_line, from_column=from_column)


class _YamlReader:
    """Builds data and places from the YAML reader's events. Dates stay text, and so do numbers with other signs than digits."""

    def __init__(self, text: str) -> None:
        self.values: dict[KeyPath, Span] = {}
        self.keys: dict[KeyPath, Span] = {}
        self.faults: list[Fault] = []
        self._long_quote = (TOP, 0)  # where the quote that was read last begins, and its last line
        self._read = 0  # values
        self._end = 0  # where the value that was read last ends
        self._last = Span(line=1, column=1)  # the scalar that was read last
        self.has_look_alikes = False  # whether signs look like YAML's, so that something else may be understood than was meant
        self._source = SourceFile(file="", text=text, data=None, values=self.values, keys=self.keys)
        self._events = YAML(typ="safe", pure=True).parse(text)

    def read_document(self) -> Any:
        """Read the one document in the file; None if there is none."""
        data = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if () in self.values:
                    self._fault(_span(event), WrongKind.SECOND_DOCUMENT)
                    break
                data = self._read_value(next(self._events), ())
        return data

    def long_quote_before(self, error: MarkedYAMLError) -> Slip | None:
        """A better message for a fault where a long quote ends: the quote was opened earlier, and not closed there."""
        first, last_line = self._long_quote
        met = error.problem_mark or error.context_mark
        line = line_of(self._source.text, first.line)
        return missing_quote(line, first.line, first.column) if met and first.line < last_line == met.line + 1 else None

    def _read_value(self, event: Any, path: KeyPath) -> Any:
        self.values[path] = _span(event)
        if isinstance(event, ScalarEvent) and event.style in {"'", '"'}:
            self._long_quote = (_span(event), event.end_mark.line + 1)
        self._find_names(event)
        self._read += 1
        if (is_large := self._read > MOST_VALUES) or len(path) > DEEPEST_NESTING:
            why = sentence("fault.why.large" if is_large else "fault.why.deep")
            raise ProgrammeFaults([self._source.fault(_span(event), WrongKind.BROKEN, why=why)])
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            collection = self._read_block(path) if isinstance(event, MappingStartEvent) else self._read_list(path)
            self.values[path] = replace(self.values[path], end=self._end)
            return collection
        self._end = self.values[path].end
        return self._read_scalar(event, path) if isinstance(event, ScalarEvent) else None

    def _read_scalar(self, event: ScalarEvent, path: KeyPath) -> str | int | bool | None:
        """The value of a scalar. Its letters are composed, and invisible signs are removed from what is no text for people."""
        is_text, text = is_text_for_people(path), str(event.value)
        self._find_signs(event, is_text=is_text)
        if event.style is None and not is_text and (slip := slip_of_two_items(self._source.text, self._last, path)):
            self.has_look_alikes = True
            self.faults.append(_yaml_fault(self._source.text, *slip))
        if path[-1:] == ("file",):  # the name of a file is what the disk says
            return scalar_value(without_halves(text), event.style)
        text = normalize("NFC", without_halves(text)) if is_text else without_invisible(CONTROL.sub("", text))
        return scalar_value(text, event.style, path)

    def _find_names(self, event: Any) -> None:
        """Tell of what YAML takes for a name before a key or value: of its type after !, or of its own after & and *."""
        if isinstance(event, AliasEvent) or event.anchor is not None:
            self._fault(_span(event), WrongKind.ALIAS)
        elif event.tag is not None:  # else the word after ! would be lost
            self.has_look_alikes = True
            self._fault(_span(event), WrongKind.SIGN_FIRST, sign="!")

    def _find_signs(self, event: ScalarEvent, *, is_text: bool, is_key: bool = False) -> None:
        """Tell of invisible signs in a scalar, or of one that looks like YAML's."""
        self._last = span = _span(event)
        raw = self._source.text[span.start : span.end]
        finding = structure_in(raw, is_text=is_text, is_key=is_key) if event.style is None else None
        self.has_look_alikes |= finding is not None
        for offset, said in [finding] if finding else invisible_in(raw, event.style, is_text=is_text, is_key=is_key):
            self.faults.append(self._source.fault_at(_inside(span, raw, offset), said))

    def look_alikes_until(self, end: int) -> list[Fault]:
        """Tell of signs that look like YAML's, met so far or up to the end of the line with `end`."""
        text, span = self._source.text, self._last
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", end)
        tail = text[start : end if end >= 0 else None]
        found = [
            self._source.fault_at(_inside(Span(line=span.line, column=1), tail, offset), said) for offset, said in look_alikes_in_tail(tail)
        ]
        return (
            list({(fault.line, fault.column): fault for fault in [*self.faults, *found]}.values()) if self.has_look_alikes or found else []
        )

    def _events_until_end(self) -> Iterator[Any]:
        """The events that begin the parts of a collection, up to its end. Only what stands in brackets has an end of its own."""
        while not isinstance(event := next(self._events), CollectionEndEvent):
            yield event
        if event.start_mark.index < event.end_mark.index:
            self._end = event.end_mark.index

    def _read_list(self, path: KeyPath) -> list[Any]:
        return [self._read_value(item, (*path, number)) for number, item in enumerate(self._events_until_end())]

    def _read_block(self, path: KeyPath) -> dict[str, Any]:
        block, has_next_item = dict[str, Any](), False  # without a dash: then everything in it is there twice
        for event in self._events_until_end():
            key = without_invisible(CONTROL.sub("", str(event.value))) if isinstance(event, ScalarEvent) else "?"
            if isinstance(event, ScalarEvent):
                self._find_names(event)
                self._find_signs(event, is_text=False, is_key=True)
            else:
                self._read_value(event, (*path, key))
                self._fault(_span(event), WrongKind.NOT_TEXT, guess=None)
            key_path = (*path, key)
            if key in block:  # the first keeps its places
                has_next_item = has_next_item or self._tell_twice(_span(event), key_path, list(block))
                key_path = (*key_path, "again")
            self.keys.setdefault(key_path, _span(event))
            value = self._read_value(next(self._events), key_path)
            block.setdefault(key, value)
            if value is None:  # an empty value has no place of its own
                self.values[key_path] = _span(event)
        return block

    def _tell_twice(self, span: Span, path: KeyPath, before: list[str]) -> bool:
        """Tell of a key that is there twice. Whether another item of a list may have begun, without its dash."""
        text, key = self._source.text, path[-1]
        is_item = isinstance(path[-2:][0], int) and text[self.values[path[:-1]].start] != "{"
        if is_item and key == before[0] != before[-1]:
            self.has_look_alikes = True
            self._fault(span, WrongKind.NOT_A_DASH, rest=line_of(text, span.line).strip())
            return True
        new_item = sentence("fault.how.new_item") if is_item and key != before[-1] else None
        self._fault(span, WrongKind.DUPLICATE_KEY, key=key, line=self.keys[path].line, guess=new_item)
        return new_item is not None

    def _fault(self, span: Span, kind: WrongKind, **values: object) -> None:
        self.faults.append(self._source.fault(span, kind, **values))


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(line=start.line + 1, column=start.column + 1, start=start.index, end=end.index)


def _inside(span: Span, raw: str, offset: int) -> Span:
    """The place of an offset into the text that stands at a span."""
    above = raw[:offset].count("\n")
    column = span.column + offset if not above else offset - raw.rfind("\n", 0, offset)
    return Span(line=span.line + above, column=column)
