"""Reads and checks the files of people, and the channels that a programme names.

The files are lists of e-mail addresses beside a programme, outside git. A fault names a place, never an address.
"""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

from bot.confidentiality.audiences import entries_to_refuse
from bot.confidentiality.floors import effective_floors
from bot.errors import Fault, ProgrammeFaults
from bot.programme import Entry, Floors, Role
from schedules.checking.fault_messages import WrongKind
from schedules.checking.people.people_csv import people_in
from schedules.checking.question_order import LIST_NAMES, ORDER_PATH, PARTICIPANT_LISTS
from schedules.checking.read_file import LARGEST_LIST, NO_FILE, path_beside, read_bytes, real_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schedules.checking.people.people_csv import PeopleList
    from schedules.checking.source import KeyPath, SourceFile

OF_THE_NAME = (WrongKind.OUTSIDE_FOLDER, WrongKind.ODD_NAME)  # faults of the line that names a file, not of the file
LISTS_BY_PRECEDENCE = tuple(LIST_NAMES.values())


def read_emails(file: Path) -> frozenset[str]:
    """Read the addresses in a file, in small letters. ProgrammeFaults with everything that is wrong."""
    return read_people(file).emails


def read_people(file: Path) -> PeopleList:
    """Read a list of people. ProgrammeFaults with everything that is wrong; they do not show its lines."""
    people = people_in(read_bytes(file, LARGEST_LIST))
    if people.findings:
        raise ProgrammeFaults([Fault(file=str(file), line=line, column=column, said=said) for line, column, said in people.findings])
    return people


def people_faults(source: SourceFile) -> Iterator[Fault]:
    """Find everything that is wrong with the files of people and the channels that a programme names."""
    lists: dict[str, frozenset[str]] = {}
    same = _same_sources(source)
    for name in LISTS_BY_PRECEDENCE:
        path: KeyPath = ("people", name, "file")
        file = source.get(*path)
        if isinstance(file, str) and name not in same:
            try:
                lists[name] = read_emails(path_beside(source.file, file))
            except ProgrammeFaults as error:
                yield from (_where_it_is_named(source, path, fault) for fault in error.faults)
    if lists.get("organisers") == frozenset():  # nobody could approve anything
        path = ("people", "organisers", "file")
        yield Fault(file=str(path_beside(source.file, source.get(*path))), line=1, column=1, said=WrongKind.EMPTY_PEOPLE_FILE.say())
    yield from _small_audiences(source, lists)
    yield from _roles_singled_out(source, lists)
    for name, other in same.items():  # each person belongs to one list, so nobody would be left for the other
        path, line = _path_of_source(source, name) or (), source.value_at(_path_of_source(source, other) or ()).line
        yield source.fault(source.value_at(path), WrongKind.SAME_SOURCE, value=source.get(*path), other=other, line=line)
    yield from _keys_out_of_place(source)


def _where_it_is_named(source: SourceFile, path: KeyPath, fault: Fault) -> Fault:
    """A fault of the file that a line names, or of that line: there is no such file, or it may not be read."""
    if fault.said.key == WrongKind.NO_FILE:
        name = source.get(*path)
        windows, kind = PureWindowsPath(name), WrongKind.PATH_OF_WINDOWS if "\\" in name else WrongKind.NO_PEOPLE_FILE
        typed = windows.name if windows.drive else windows.as_posix()
        return source.fault(source.value_at(path), kind, value=name, typed=typed)
    if fault.said.key == WrongKind.FOLDER or ("why", NO_FILE) in fault.said.values:
        return source.fault(source.value_at(path), WrongKind.LIST_IS_NO_FILE, value=source.get(*path))
    return source.fault_at(source.value_at(path), fault.said) if fault.said.key in OF_THE_NAME else fault


def _small_audiences(source: SourceFile, lists: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    least = floors_of(source).audience
    for name, people in by_precedence(lists).items():
        if name in PARTICIPANT_LISTS.values() and len(people) < least:
            path = ("people", name, "file")
            yield source.fault(source.value_at(path), WrongKind.SMALL_AUDIENCE, value=source.get(*path), people=len(people), least=least)


def floors_of(source: SourceFile) -> Floors:
    """The floors that hold, as far as they can be read."""
    raw = {kind: source.get("floors", kind) for kind in ("people", "quotes", "audience", "asked")}
    return effective_floors(Floors(**{kind: floor for kind, floor in raw.items() if isinstance(floor, int)}))


def _roles_singled_out(source: SourceFile, lists: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Refuse entries that, together with those before them, single out a few. Possible only if all participants' lists are files."""
    size_by_role, floors = sizes_in_files(source, lists), floors_of(source)
    if size_by_role is None:
        return
    span_by_entry = {
        entry_from_data(source.get(*ORDER_PATH, item)): source.value_at((*ORDER_PATH, item)) for item in source.items(*ORDER_PATH)
    }
    for entry, roles in entries_to_refuse(list(span_by_entry), (), size_by_role, floors).items():
        list_names = tuple(PARTICIPANT_LISTS[role] for role in sorted(roles))
        yield source.fault(span_by_entry[entry], WrongKind.SINGLED_OUT, least=floors.people, lists=list_names)


def sizes_in_files(source: SourceFile, lists: Mapping[str, frozenset[str]]) -> dict[Role, int] | None:
    """The number of participants of each role in the files, each person once. None: one of their lists is no file."""
    if any(source.get("people", name) is not None and name not in lists for name in PARTICIPANT_LISTS.values()):
        return None
    people_by_list = by_precedence(lists)
    return {role: len(people_by_list.get(name, ())) for role, name in PARTICIPANT_LISTS.items()}


def entry_from_data(data: Any) -> Entry:
    """An entry of the order with nothing but whom it asks. Its faults are found elsewhere."""
    asks = data if isinstance(data, dict) else {"all": data}
    asks = {whom: question for whom, question in asks.items() if isinstance(question, str)}
    return Entry(theme="", all=asks.get("all"), by_role=tuple((role, asks[role]) for role in PARTICIPANT_LISTS if role in asks))


def _same_sources(source: SourceFile) -> dict[str, str]:
    """The lists that repeat the source of another: each later one → the first. One file may go by several names."""
    paths = {name: path for name in LISTS_BY_PRECEDENCE if (path := _path_of_source(source, name)) is not None}
    first: dict[tuple[str, str], str] = {}
    same: dict[str, str] = {}
    for name in sorted(paths, key=lambda name: source.value_at(paths[name])):
        kind, value = str(paths[name][-1]), str(source.get(*paths[name]))
        if kind == "file":
            value = real_path(Path(source.file).parent / value)
        other = first.setdefault((kind, value), name)
        if other != name:
            same[name] = other
    return same


def _path_of_source(source: SourceFile, name: str) -> KeyPath | None:
    """The path of the key that names a list's source; None: there is none. The organisers' channel counts only if no other is named."""
    paths = (("people", name, kind) for kind in ("usergroup", "file", "channel"))
    return next((path for path in paths if isinstance(source.get(*path), str)), None)


def _keys_out_of_place(source: SourceFile) -> Iterator[Fault]:
    """Find `guests` on a list that is no channel, and one channel for both the digest and the organisers."""
    for name in PARTICIPANT_LISTS.values():
        path: KeyPath = ("people", name, "guests")
        if source.get(*path) is not None and source.get("people", name, "channel") is None:
            yield source.fault(source.key_at(path), WrongKind.GUESTS_ELSEWHERE)
    digest_path, own_path = ("digest", "channel"), ("people", "organisers", "channel")
    if source.get(*own_path) is not None and source.get(*digest_path) == source.get(*own_path):
        yield source.fault(source.last_key(digest_path, own_path), WrongKind.SHARED_CHANNEL)


def by_precedence(lists: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The lists by falling precedence, each without the people of the lists before it."""
    members: dict[str, frozenset[str]] = {}
    for name in LISTS_BY_PRECEDENCE:
        if name in lists:
            members[name] = lists[name].difference(*members.values())
    return members
