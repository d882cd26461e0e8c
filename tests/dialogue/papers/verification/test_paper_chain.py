"""Several kept files tell without a database which of them was dropped, doubled, altered or exchanged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.papers.exports import Format
from bot.dialogue.papers.verification.paper_chain import chains
from tests.support.kept_papers import keys, paper, record, season, with_content
from tests.support.world import separate_world

if TYPE_CHECKING:
    from bot.dialogue.papers.record import Record

WEEKS = 5


@cache
def records() -> tuple[Record, ...]:
    with separate_world() as world:
        return tuple(record(world, digest) for digest in season(world, WEEKS))


def told(
    files: dict[str, Record], format_: Format = Format.HTML, without_paper: tuple[tuple[str, int], ...] = ()
) -> tuple[list[str], list[str]]:
    """The keys of the faults and of the notes about these files."""
    (chain,) = chains({name: paper(of, format_) for name, of in files.items()}, without_paper)
    return keys(chain.faults), keys(chain.notes)


def files() -> dict[str, Record]:
    return {f"{of['number']}.html": of for of in records()}


def without_link(of: Record) -> Record:
    """The record as if its digest named none before it."""
    content: Any = {key: value for key, value in of["content"].items() if key != "before"}
    return with_content({**of, "content": content})


def test_a_whole_chain_holds_in_each_format():
    for format_ in Format:
        assert told(files(), format_) == ([], ["chain.to"])


def test_one_file_is_no_chain():
    assert not list(chains({"1.html": paper(records()[0]), "1.txt": paper(records()[0], Format.TEXT)}))


def test_copies_revisions_and_formats_of_one_number_break_no_chain():
    kept = {"1.html": paper(records()[0]), "1.txt": paper(records()[0], Format.TEXT), "2.html": paper(records()[1])}
    kept |= {"copy.html": kept["1.html"], "1-2.html": paper({**records()[0], "revision": 2})}
    (chain,) = chains(kept)
    assert (keys(chain.faults), keys(chain.notes)) == ([], ["chain.to"])


def test_a_number_that_was_never_issued_is_not_missing():
    kept = files()
    programme = kept.pop("3.html")["programme"]
    assert told(kept) == (["chain.missing"], ["chain.to"])
    assert told(kept, without_paper=((programme, 3),)) == ([], ["chain.to"])


def test_digests_from_before_there_was_a_chain_are_not_broken():
    old = {name: without_link(of) for name, of in list(files().items())[:3]}
    assert told(old) == ([], ["chain.to"])


@given(st.integers(0, WEEKS - 2), st.sampled_from(["dropped", "altered", "exchanged", "unlinked"]))
def test_any_one_of_several_files_that_was_touched_is_noticed(at: int, what: str):
    kept, name = files(), f"{at + 1}.html"
    match what:
        case "dropped":
            del kept[name]
        case "altered":  # with all its own checksums and its seal made anew
            kept[name] = with_content(kept[name], floor=99)
        case "exchanged":
            kept[name] = kept[f"{at + 2}.html"]
        case "unlinked":
            name = f"{at + 2}.html"
            kept[name] = without_link(kept[name])
    faults, notes = told(kept)
    if what in {"dropped", "exchanged"} and at == 0:
        assert notes != ["chain.to"]
    elif what == "unlinked" and at == 0:  # the digest after it names it with other contents
        assert faults == ["chain.broken"]
    else:
        assert faults
