"""The right programme runs, and a bad edit keeps the old one running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.errors import ProgrammeFaults
from schedules.programme_store import ProgrammeStore
from tests.support.faults import told
from tests.support.heartbeat_world import here
from tests.support.programme import write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = here("2018-10-01 08:00")
SPRING = (
    "landsbyen-2018",
    "landsbyen-2019",
    "from: 2018-10-09",
    "from: 2019-02-05",
    "until: 2018-11-06",
    "until: 2019-02-26",
    "weeks: [42]",
    "weeks: []",
    "on: 2018-10-01",
    "on: 2019-01-28",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "schedules"


def test_an_empty_folder_says_how_to_make_a_programme(folder: Path) -> None:
    folder.mkdir()
    with pytest.raises(ProgrammeFaults, match=r"fault\.no_programme"):
        ProgrammeStore(folder)


def test_a_programme_runs_until_its_last_digest_then_the_next_and_the_last_for_ever(folder: Path) -> None:
    write_programme(folder)
    write_programme(folder, *SPRING, name="spring.yaml")
    programme_store = ProgrammeStore(folder)
    runs = {
        moment: programme_store.current(here(moment)).id
        for moment in ("2018-01-01", "2018-11-09 13:59", "2018-11-10", "2019-02-01", "2029-01-01")
    }
    assert list(runs.values()) == ["landsbyen-2018", "landsbyen-2018", "landsbyen-2019", "landsbyen-2019", "landsbyen-2019"]
    assert programme_store.first().id == "landsbyen-2018"
    assert [each.id for each in programme_store.running(here("2018-11-10"))] == ["landsbyen-2018", "landsbyen-2019"]
    assert [each.id for each in programme_store.running(here("2019-02-01"))] == ["landsbyen-2019"]


def test_what_nobody_edited_is_not_read_again(folder: Path) -> None:
    write_programme(folder)
    assert ProgrammeStore(folder).refresh(NOW) is None


def test_a_good_edit_runs_at_once_and_says_what_was_before(folder: Path) -> None:
    write_programme(folder)
    programme_store = ProgrammeStore(folder)
    write_programme(folder, 'at: "09:30"', 'at: "10:15"')
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert (edit.before.rounds.at.hour, edit.after.rounds.at.hour, edit.faults) == (9, 10, ())
    assert programme_store.current(NOW) == edit.after
    assert programme_store.refresh(NOW) is None


def unchanged(text: str) -> str:
    return text


def with_a_comment(text: str) -> str:
    return f"{text}\n# the same, said twice\n"


def with_more_air(text: str) -> str:
    return text.replace("rounds:", "\n\nrounds:").replace("at: ", "at:   ")


def in_another_order(text: str) -> str:
    """The first key comes last."""
    first, rest = text.lstrip().split("\n", 1)
    assert first.startswith("programme:")
    return f"{rest}\n{first}\n"


@pytest.mark.parametrize("edit", [unchanged, with_a_comment, with_more_air, in_another_order])
def test_an_edit_that_changes_nothing_that_matters_is_no_edit_but_another_file(folder: Path, edit: Callable[[str], str]) -> None:
    path = write_programme(folder)
    programme_store = ProgrammeStore(folder)
    before = programme_store.current(NOW)
    path.write_text(edit(path.read_text("utf-8")), "utf-8")
    assert programme_store.refresh(NOW) is None
    assert programme_store.current(NOW) == before
    assert (programme_store.current(NOW).checksum == before.checksum) is (edit is unchanged)


def test_another_name_of_the_file_or_another_programme_is_no_edit(folder: Path) -> None:
    path = write_programme(folder)
    programme_store = ProgrammeStore(folder)
    path.rename(folder / "village.yaml")
    assert programme_store.refresh(NOW) is None
    assert programme_store.current(NOW).file.endswith("village.yaml")
    write_programme(folder, *SPRING, name="spring.yaml")
    assert programme_store.refresh(NOW) is None


def test_a_file_that_is_as_it_was_before_its_fault_is_good_again(folder: Path) -> None:
    path = write_programme(folder)
    programme_store, good = ProgrammeStore(folder), path.read_bytes()
    write_programme(folder, "every: tuesday", "every: tusday")
    assert programme_store.refresh(NOW)
    path.write_bytes(good)
    mended = programme_store.refresh(NOW)
    assert mended is not None
    assert (mended.faults, mended.after) == ((), mended.before)
    assert programme_store.refresh(NOW) is None


def test_a_fault_that_becomes_another_is_told_anew_and_the_same_one_is_not(folder: Path) -> None:
    path = write_programme(folder)
    programme_store = ProgrammeStore(folder)
    write_programme(folder, "every: tuesday", "every: tusday")
    first = programme_store.refresh(NOW)
    path.write_text(with_a_comment(path.read_text("utf-8")), "utf-8")
    assert programme_store.refresh(NOW) is None
    write_programme(folder, 'at: "09:30"', 'at: "25:30"')
    second = programme_store.refresh(NOW)
    assert first is not None
    assert second is not None
    assert (bool(second.faults), second.name == first.name, second.faults == first.faults) == (True, False, False)


def test_an_edit_that_could_not_be_judged_is_looked_at_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_programme(folder)
    programme_store = ProgrammeStore(folder)
    write_programme(folder, 'at: "09:30"', 'at: "10:15"')
    with monkeypatch.context() as broken:
        broken.setattr(programme_store, "_load", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            programme_store.refresh(NOW)
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert edit.after.rounds.at.hour == 10


def test_a_bad_edit_keeps_the_old_programme_and_is_told_with_its_place(folder: Path) -> None:
    write_programme(folder)
    programme_store = ProgrammeStore(folder)
    before = programme_store.current(NOW)
    write_programme(folder, "every: tuesday", "every: tusday")
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert programme_store.current(NOW) == edit.before == edit.after == before
    (fault,) = edit.faults
    assert (fault.file.endswith("landsby.yaml"), fault.line > 1) == (True, True)
    assert "tuesday" in told(fault)
    assert programme_store.refresh(NOW) is None  # told once
    write_programme(folder, 'at: "09:30"', 'at: "10:15"')
    mended = programme_store.refresh(NOW)
    assert mended is not None
    assert mended.faults == ()
    assert mended.name != edit.name


def test_a_file_that_went_away_keeps_what_ran(folder: Path) -> None:
    path = write_programme(folder)
    programme_store = ProgrammeStore(folder)
    path.unlink()
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert len(edit.faults) == 1
    assert programme_store.current(NOW).id == "landsbyen-2018"


def test_an_edited_list_of_people_is_an_edit_too(folder: Path) -> None:
    write_programme(folder, "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}")
    people = folder / "people" / "leaders.csv"
    people.parent.mkdir()
    emails = [f"person{number}@example.org" for number in range(12)]
    people.write_text("\n".join(["email", *emails[:11]]) + "\n", "utf-8")
    programme_store = ProgrammeStore(folder)
    people.write_text("\n".join(["email", *emails]) + "\n", "utf-8")
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert [len(each.people.leaders.emails) for each in (edit.before, edit.after) if each.people.leaders] == [11, 12]


def test_a_store_that_is_reopened_takes_the_folder_as_it_is_now_and_tells_nothing_of_it(folder: Path) -> None:
    write_programme(folder)
    programme_store = ProgrammeStore(folder)
    write_programme(folder, 'at: "09:30"', 'at: "10:15"')
    programme_store.reset()
    assert (programme_store.current(NOW).rounds.at.hour, programme_store.refresh(NOW)) == (10, None)


def test_a_store_that_is_reopened_on_a_bad_folder_keeps_the_old_programme_and_tells_of_the_faults_again(folder: Path) -> None:
    write_programme(folder)
    programme_store = ProgrammeStore(folder)
    write_programme(folder, 'at: "09:30"', 'at: "25:00"')
    first = programme_store.refresh(NOW)
    programme_store.reset()
    again = programme_store.refresh(NOW)
    assert first is not None
    assert again is not None
    assert again.faults == first.faults != ()
    assert programme_store.current(NOW).rounds.at.hour == 9


# --- what is in force when a text runs


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text that runs, as the database keeps it."""

    programme: str
    content: bytes
    file: str = "landsby.yaml"


def running_text(file: Path) -> Text:
    return Text(programme="landsbyen-2018", content=file.read_bytes(), file=file.name)


def broken(folder: Path) -> None:
    write_programme(folder, "every: tuesday", "every: tusday")


def gone(folder: Path) -> None:
    (folder / "landsby.yaml").unlink()


def edited(folder: Path) -> None:
    write_programme(folder, 'at: "09:30"', 'at: "10:15"')


@pytest.mark.parametrize(("edit", "faults"), [(broken, 1), (gone, 1), (edited, 0)])
def test_what_runs_starts_and_goes_on_whatever_stands_in_the_folder(folder: Path, edit: Callable[[Path], None], faults: int) -> None:
    text = running_text(write_programme(folder))
    edit(folder)
    programme_store = ProgrammeStore(folder, [text])
    assert programme_store.current(NOW).content == text.content
    found = programme_store.refresh(NOW)
    assert (len(found.faults) if found else 0, programme_store.current(NOW).content) == (faults, text.content)
    on_disk = programme_store.on_disk("landsbyen-2018")
    assert (None if on_disk is None else on_disk.rounds.at.minute) == (15 if edit is edited else None)


def test_a_text_that_runs_is_taken_at_once_and_a_new_programme_follows_its_file(folder: Path) -> None:
    text = running_text(write_programme(folder))
    edited(folder)
    write_programme(folder, *SPRING, name="spring.yaml")
    programme_store = ProgrammeStore(folder)
    assert programme_store.current(NOW).rounds.at.minute == 15
    programme_store.run([text])
    assert [each.rounds.at.minute for each in programme_store.all()] == [30, 30]
    write_programme(folder, *SPRING, 'at: "09:30"', 'at: "10:45"', name="spring.yaml")
    programme_store.refresh(NOW)
    assert [each.rounds.at.minute for each in programme_store.all()] == [30, 45]


def test_a_file_of_a_programme_that_runs_is_missed_until_it_is_back(folder: Path) -> None:
    text = running_text(path := write_programme(folder))
    write_programme(folder, *SPRING, name="spring.yaml")
    path.unlink()
    programme_store = ProgrammeStore(folder, [text])
    missed = programme_store.refresh(NOW)
    assert missed is not None
    assert [(fault.file, "is gone" in told(fault)) for fault in missed.faults] == [(str(path), True)]
    path.write_bytes(text.content)
    back = programme_store.refresh(NOW)
    assert back is not None
    assert (back.faults, programme_store.has_faults, programme_store.refresh(NOW)) == ((), False, None)


def test_the_only_file_of_a_programme_that_runs_is_missed_by_its_name_live_and_after_a_restart(folder: Path) -> None:
    text = running_text(path := write_programme(folder))
    running = ProgrammeStore(folder, [text])
    running.refresh(NOW)
    path.unlink()
    for programme_store in (running, ProgrammeStore(folder, [text])):
        missed = programme_store.refresh(NOW)
        assert missed is not None
        assert [(fault.file, '"landsbyen-2018", which has begun, is gone' in told(fault)) for fault in missed.faults] == [(str(path), True)]
        assert programme_store.current(NOW).content == text.content


def test_a_file_that_runs_and_is_passed_over_by_its_name_is_told_of_with_that_reason(folder: Path) -> None:
    path = write_programme(folder)
    path = path.rename(folder / "landsby (2).yaml")
    programme_store = ProgrammeStore(folder, [running_text(path)])
    told_of_it = programme_store.refresh(NOW)
    assert told_of_it is not None
    assert [(fault.file, "looks like a copy" in told(fault)) for fault in told_of_it.faults] == [(str(path), True)]
    path.rename(folder / "landsby (2018).yaml")
    back = programme_store.refresh(NOW)
    assert back is not None
    assert (back.faults, programme_store.has_faults) == ((), False)


def test_a_folder_in_the_place_of_the_file_that_runs_is_told_of_as_one(folder: Path) -> None:
    path = write_programme(folder)
    programme_store = ProgrammeStore(folder, [running_text(path)])
    programme_store.refresh(NOW)
    path.unlink()
    path.mkdir()
    told_of_it = programme_store.refresh(NOW)
    assert told_of_it is not None
    assert [(fault.file, "this is a folder" in told(fault)) for fault in told_of_it.faults] == [(str(path), True)]


def test_an_empty_folder_is_a_fault_when_all_that_ran_is_over(folder: Path) -> None:
    text = running_text(write_programme(folder))
    gone(folder)
    found = ProgrammeStore(folder, [text]).refresh(here("2018-12-24 08:00"))
    assert found is not None
    assert "no programme is here" in told(found.faults[0])


def test_another_id_in_the_file_of_a_programme_that_runs_is_a_fault_and_begins_nothing(folder: Path) -> None:
    text = running_text(write_programme(folder))
    write_programme(folder, "landsbyen-2018", "landsbyen-18")
    programme_store = ProgrammeStore(folder, [text])
    renamed = programme_store.refresh(NOW)
    assert renamed is not None
    assert [(fault.line, "write that id again" in told(fault)) for fault in renamed.faults] == [(2, True)]
    assert [each.id for each in programme_store.all()] == ["landsbyen-2018"]


def test_a_new_programme_in_the_way_of_one_that_runs_waits_and_is_a_fault(folder: Path) -> None:
    text = running_text(write_programme(folder))
    write_programme(folder, "until: 2018-11-06", "until: 2018-10-30", "hvornaar, hvad-nu]", "hvornaar]")
    later = ("landsbyen-2018", "landsbyen-2019", "from: 2018-10-09", "from: 2018-11-06", "until: 2018-11-06", "until: 2018-11-27")
    write_programme(folder, *later, "weeks: [42]", "weeks: []", name="later.yaml")
    programme_store = ProgrammeStore(folder, [text])
    in_the_way = programme_store.refresh(NOW)
    assert in_the_way is not None
    assert [fault.file.endswith("later.yaml") for fault in in_the_way.faults] == [True]
    assert [each.id for each in programme_store.all()] == ["landsbyen-2018"]


def test_a_file_that_was_deleted_when_all_was_over_is_no_fault(folder: Path) -> None:
    text = running_text(path := write_programme(folder))
    write_programme(folder, *SPRING, name="spring.yaml")
    path.unlink()
    programme_store, later = ProgrammeStore(folder, [text]), here("2018-12-24 08:00")
    assert (programme_store.refresh(later), programme_store.current(later).id) == (None, "landsbyen-2019")


def with_people(folder: Path, number: int) -> Path:
    people = folder / "people" / "leaders.csv"
    people.parent.mkdir(parents=True, exist_ok=True)
    people.write_text("\n".join(["email", *(f"person{n}@example.org" for n in range(number))]) + "\n", "utf-8")
    return people


def test_people_are_read_from_the_folder_whatever_text_names_them(folder: Path) -> None:
    with_people(folder, 11)
    text = running_text(write_programme(folder, "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}"))
    programme_store = ProgrammeStore(folder, [text])
    programme_store.refresh(NOW)
    with_people(folder, 12)
    edit = programme_store.refresh(NOW)
    assert edit is not None
    assert [len(each.people.leaders.emails) for each in (edit.before, edit.after) if each.people.leaders] == [11, 12]


def test_the_lists_of_a_text_that_is_refused_today_are_followed_as_they_change(folder: Path) -> None:
    """Rules grow stricter; whoever leaves or joins a list does so whatever today says of the text that names it."""
    people, days = with_people(folder, 11), "delete_replies_after_days: 90"
    list_named = ("leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}")
    text = running_text(write_programme(folder, *list_named, days, "delete_replies_after_days: 999"))

    def leaders(programme_store: ProgrammeStore) -> int:
        programme_store.refresh(NOW)
        source = programme_store.current(NOW).people.leaders
        return len(source.emails) if source is not None else 0

    programme_store = ProgrammeStore(folder, [text])
    assert leaders(programme_store) == 11
    with_people(folder, 12)
    assert leaders(programme_store) == 12
    people.write_text("email\nnobody\n", "utf-8")
    assert (leaders(programme_store), leaders(begun := ProgrammeStore(folder, [text]))) == (12, 0)
    with_people(folder, 13)
    assert (leaders(programme_store), leaders(begun)) == (13, 13)
    write_programme(folder, *list_named)  # the file is mended, and its plan waits
    assert (leaders(programme_store), programme_store.has_faults) == (13, False)


def test_a_text_whose_list_is_gone_goes_on_as_it_was_and_at_a_start_without_that_list(folder: Path) -> None:
    people = with_people(folder, 11)
    text = running_text(write_programme(folder, "leaders: {usergroup: S0LEADERS}", "leaders: {file: people/leaders.csv}"))
    programme_store = ProgrammeStore(folder, [text])
    programme_store.refresh(NOW)
    people.unlink()
    write_programme(folder)
    lost = programme_store.refresh(NOW)
    assert lost is not None
    assert (len(lost.faults), programme_store.current(NOW).content) == (1, text.content)
    for change in (edited, gone):
        change(folder)
        begun = ProgrammeStore(folder, [text])
        leaders, faults = begun.current(NOW).people.leaders, begun.refresh(NOW)
        assert (begun.current(NOW).content, leaders.emails if leaders else None) == (text.content, ())
        assert faults is not None
        assert "leaders.csv" in " ".join(told(fault) for fault in faults.faults) or change is gone


def test_for_a_text_of_which_nothing_can_be_loaded_its_file_counts_at_a_start_unless_nobody_wants_that(folder: Path) -> None:
    path = write_programme(folder)
    file = ProgrammeStore(folder).current(NOW)
    broken_text = Text(programme=file.id, content=b"programme: [", file=path.name)
    assert ProgrammeStore(folder, [broken_text]).current(NOW) == file
    with pytest.raises(ProgrammeFaults):
        ProgrammeStore(folder, [broken_text], [file.checksum])
    write_programme(folder, *SPRING, name="spring.yaml")
    programme_store = ProgrammeStore(folder, [broken_text], [file.checksum])
    stands_still = programme_store.refresh(NOW)
    assert stands_still is not None
    assert ([each.id for each in programme_store.all()], len(stands_still.faults)) == (["landsbyen-2019"], 1)


def test_a_store_that_begins_anew_knows_no_text_that_runs(folder: Path) -> None:
    text = running_text(write_programme(folder))
    edited(folder)
    programme_store = ProgrammeStore(folder, [text])
    programme_store.reset()
    assert (programme_store.current(NOW).rounds.at.minute, programme_store.refresh(NOW)) == (15, None)


def test_a_store_that_would_begin_anew_in_an_empty_folder_keeps_what_runs(folder: Path) -> None:
    text = running_text(write_programme(folder))
    programme_store = ProgrammeStore(folder, [text])
    gone(folder)
    programme_store.reset()
    assert programme_store.current(NOW).content == text.content
