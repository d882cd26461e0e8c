"""Those who write at one moment share a commit, and each learns the result of their own write."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database.group_commit import WriteBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.database.group_commit import RunTask

PATIENCE = 60.0
A_MOMENT = 1.0  # for a patience that runs out


class Torn(Exception):
    """What goes wrong here."""


class Once:
    """Tears the first time."""

    def __init__(self, why: str) -> None:
        self.why: str | None = why

    def __call__(self) -> None:
        why, self.why = self.why, None
        if why is not None:
            raise Torn(why)


class Book:
    """What is written on loose pages, and bound at the commit. One transaction at a time, as in a database."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.bound: list[str] = []
        self.commits: list[int] = []  # how many entries each had
        self.tried: Counter[str] = Counter()
        self.opening: Callable[[], object] = lambda: None
        self.binding: Callable[[], object] = lambda: None
        self.lock = threading.Lock()
        self.line = WriteBatch(self.transaction, patience=patience)
        self.people = ThreadPoolExecutor(20)

    @contextmanager
    def transaction(self, patience: float) -> Iterator[RunTask[list[str]]]:
        if not self.lock.acquire(timeout=patience):
            raise Torn("locked")
        try:
            self.opening()
            pages: list[str] = []
            yield lambda task: task(pages)
            self.binding()
            self.bound += pages
            self.commits.append(len(pages))
        finally:
            self.lock.release()

    def write(self, what: str, during: Callable[[], object] = lambda: None) -> str:
        """Bring an entry, as one caller does; a bad one fails once it is written."""

        def task(pages: list[str]) -> str:
            self.tried[what] += 1
            pages.append(what)
            during()
            if what.startswith("bad"):
                raise Torn(what)
            return f"{what} is kept"

        return self.line.run(task)

    def comes(self, what: str, during: Callable[[], object] = lambda: None) -> Future[str]:
        """Somebody comes to write, and stands in line."""
        before = len(self.line._waiting)
        coming = self.people.submit(self.write, what, during)
        until(lambda: len(self.line._waiting) > before)
        return coming

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Somebody writes, until the block ends."""
        begun, done = threading.Event(), threading.Event()

        def hold() -> None:
            begun.set()
            done.wait()

        first = self.people.submit(self.write, "first", hold)
        begun.wait()
        yield
        done.set()
        first.result()


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.001)


def leave() -> None:
    raise SystemExit


@pytest.fixture
def book() -> Iterator[Book]:
    book = Book()
    yield book
    book.people.shutdown()


def test_who_comes_alone_is_kept_at_once(book: Book) -> None:
    assert book.write("one") == "one is kept"
    assert book.write("two") == "two is kept"
    assert (book.bound, book.commits) == (["one", "two"], [1, 1])


def test_all_who_wait_share_one_commit_in_the_order_they_came(book: Book) -> None:
    with book.occupied():
        waiting = [book.comes(what) for what in ("a", "b", "c")]
    assert [each.result() for each in waiting] == ["a is kept", "b is kept", "c is kept"]
    assert (book.bound, book.commits) == (["first", "a", "b", "c"], [1, 3])


def test_nobody_is_told_before_the_commit(book: Book) -> None:
    told: list[set[Future[str]]] = []
    with book.occupied():
        waiting = [book.comes(what) for what in ("a", "b", "c")]
        book.binding = lambda: told.append(wait(waiting, 0.05, FIRST_COMPLETED).done)
    assert [each.result() for each in waiting] == ["a is kept", "b is kept", "c is kept"]
    assert told == [set(), set()]  # at the commit of the first, and of the three


def test_one_that_fails_in_the_middle_keeps_its_neighbours_and_hears_of_it_alone(book: Book) -> None:
    with book.occupied():
        before, bad, after = book.comes("before"), book.comes("bad"), book.comes("after")
    assert (before.result(), after.result()) == ("before is kept", "after is kept")
    with pytest.raises(Torn, match="bad"):
        bad.result()
    assert sorted(book.bound) == ["after", "before", "first"]


def test_one_that_fails_alone_is_not_tried_again_and_is_in_nobodys_way(book: Book) -> None:
    with pytest.raises(Torn, match="bad"):
        book.write("bad")
    assert book.tried["bad"] == 1
    assert book.write("next") == "next is kept"


def test_when_the_commit_fails_all_are_told_so_and_nothing_is_done_again(book: Book) -> None:
    with book.occupied():
        waiting = [book.comes(what) for what in ("a", "b", "c")]
        book.opening = lambda: setattr(book, "binding", Once("the disk is full"))
    assert [str(each.exception()) for each in waiting] == ["the disk is full"] * 3
    assert (book.bound, book.tried) == (["first"], Counter(first=1, a=1, b=1, c=1))
    book.opening = lambda: None
    assert book.write("next") == "next is kept"


def test_where_no_transaction_can_be_opened_only_who_tried_is_told(book: Book) -> None:
    with book.occupied():
        waiting = [book.comes(what) for what in ("a", "b", "c")]
        book.opening = Once("locked")
    assert str(waiting[0].exception()) == "locked"
    assert [each.result() for each in waiting[1:]] == ["b is kept", "c is kept"]
    assert book.tried["a"] == 0


def test_who_leads_and_dies_takes_nobody_along(book: Book) -> None:
    with book.occupied():
        dying, other = book.comes("dying", leave), book.comes("other")
    assert other.result() == "other is kept"
    assert isinstance(dying.exception(), SystemExit)
    assert book.bound == ["first", "other"]
    assert book.write("next") == "next is kept"


def test_who_has_waited_too_long_leaves_the_line_and_hears_what_is_in_the_way() -> None:
    book = Book(patience=0.01)
    with book.occupied():
        waiting = book.people.submit(book.write, "a")
        assert str(waiting.exception()) == "locked"
    book.people.shutdown()
    book.line._patience = PATIENCE
    assert book.write("next") == "next is kept"
    assert (book.bound, book.tried["a"]) == (["first", "next"], 0)


def test_whose_patience_ends_while_theirs_is_being_done_waits_for_the_outcome() -> None:
    book, begun = Book(patience=A_MOMENT), time.monotonic()
    with book.occupied():
        leading = book.comes("a", lambda: until(lambda: time.monotonic() > begun + 1.5 * A_MOMENT))
        taken = book.comes("b")
    assert (leading.result(), taken.result()) == ("a is kept", "b is kept")
    assert book.tried["b"] == 1
    book.people.shutdown()


@given(st.lists(st.sampled_from(["good", "bad"]), max_size=15))
def test_whoever_comes_all_good_ones_are_kept_once_and_all_bad_ones_hear_of_it(kinds: list[str]) -> None:
    book = Book()
    entries = [f"{kind} {number}" for number, kind in enumerate(kinds)]
    with book.occupied():
        coming = [book.comes(entry) for entry in entries]
    assert [str(each.exception() or each.result()) for each in coming] == [
        entry if entry.startswith("bad") else f"{entry} is kept" for entry in entries
    ]
    assert sorted(book.bound) == sorted(["first", *(entry for entry in entries if entry.startswith("good"))])
    book.people.shutdown()
