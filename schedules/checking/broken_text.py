"""Finds the slip behind a text that the YAML reader could not read, where it was made.

The reader notices many slips only on a later line. A programme's lines are simple enough to see the slip itself: a quote, a bracket, a
colon, an indentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from bot.sentence import sentence
from schedules.checking.fault_messages import WrongKind
from schedules.checking.file_model import Block
from schedules.checking.slips.margins import (
    beginning_of,
    has_company,
    indentation,
    item_without_dash,
    line_beside,
    line_beside_tab,
    margin_of_items,
)
from schedules.checking.source import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sentence import Sentence
    from schedules.checking.slips.margins import Slip

QUOTED: Final = re.compile(r'(?<!\\)"(?:\\.|[^"\\])*"|(?<=[:,{\[] )\'[^\']*\'')
BLOT: Final = "¤"
COMMENT: Final = re.compile(r"(?:^|\s)#.*")
NO_COLON: Final = re.compile(r"(\s*(?:- )?)([A-Za-z_]+)(?::(?=\S)|\s|$)(?!.*: )(?!.*:$)(.*)")
NO_DASH: Final = re.compile(r"\s*(?:[–—*•·]\s*|-(?![\s-]))(?=\w)")
HANDLE: Final = re.compile(r"@[\w.-]+")  # a group's name in chat
BEGINNING: Final = re.compile(r"( *)(- +)?(\S*)")
WIDE_DASH: Final = re.compile(r" *- {2,}(\S.*)")
LONE_LINE: Final = re.compile(r"( *)(?![-#?%])(?:(?P<block>\{[^{}]*\})|(?P<words>(?!.*:(?:\s|$))[^\s{\[].* .*)|(?!.*:$)[^\s{}\[\]¤]+)")
PAIRS: Final = re.compile(r" *(?:- )?(?P<key>\w+): *(?P<open>\(?)(?P<inner>(?P<first>\w+): [^{}()]*)(?P<close>[)}]?)")
BEHIND_TEXT: Final = re.compile(rf"(?<={BLOT})\s+(?!\w+:)(\w[^,{{}}{BLOT}]*)")
CLOSERS: Final = ('"', "'", "}", "]")
WORD: Final = "abcdefghijklmnopqrstuvwxyz_"
CLOSING: Final = {"{": "}", "[": "]"}


@dataclass(frozen=True, kw_only=True)
class Stumble:
    """A problem of the YAML reader: where it met it, and where the part begins that it was reading.

    Lines and columns count from 1.
    """

    text: str
    problem: str
    line: int
    column: int
    from_line: int
    from_column: int

    def line_at(self, number: int) -> str:
        """The line with this number; empty outside the text."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    @cached_property
    def lines(self) -> list[str]:
        """All lines of the text."""
        return lines_of(self.text)

    def above(self, number: int) -> int:
        """The number of the next line above that holds something; 0 if there is none."""
        return next((above for above in range(number - 1, 0, -1) if COMMENT.sub("", self.line_at(above)).strip()), 0)

    @property
    def near(self) -> tuple[int, ...]:
        """The lines in which the slip can be, the likeliest first."""
        return self.line, self.above(self.line), self.from_line


def slip_in(stumble: Stumble) -> Slip:
    """The slip that made the reader stumble; where none is seen, the place at which it stumbled."""
    for look in (_tab, _quote, _bracket, _no_dash, _list_sign, _colon, _lone_line, _after_value, _colon_in_text, _sign, _indentation):
        for slip in look(stumble):
            return slip
    why = "fault.why.top" if "expected '<document start>'" in stumble.problem else "fault.why.unknown"
    return WrongKind.BROKEN.say(why=sentence(why)), stumble.line, stumble.column


def missing_quote(line: str, number: int, column: int) -> Slip:
    """The slip of a quote that was not closed, with the line and column in which it was opened."""
    is_here = line[column - 1 :].startswith('"') and COMMENT.sub("", line).replace('\\"', "").count('"') % 2
    return WrongKind.MISSING_QUOTE.say(), number, _place_of_quote(COMMENT.sub("", line)) + 1 if is_here else column


def _tab(stumble: Stumble) -> Iterator[Slip]:
    for number in stumble.near[:2]:
        line = _without_texts(stumble.line_at(number))
        if "\t" in line.rstrip():
            yield WrongKind.TAB.say(instead=_instead_of_tab(stumble, number)), number, line.index("\t") + 1


def _instead_of_tab(stumble: Stumble, number: int) -> Sentence:
    """What to type instead of a tab: as many spaces as the lines beside it have, if it stands first."""
    line = stumble.line_at(number)
    beside = line_beside_tab(stumble.lines, number) if "\t" in line[: len(line) - len(line.lstrip())] else None
    if beside is None:
        return sentence("fault.instead.space")
    return sentence("fault.instead.spaces", spaces=beside.spaces, word=beside.word, line=beside.number)


def _quote(stumble: Stumble) -> Iterator[Slip]:
    """A text without its second quote, or with quotes inside."""
    if stumble.problem.startswith("while scanning a quoted scalar"):
        yield missing_quote(stumble.line_at(stumble.from_line), stumble.from_line, stumble.from_column)
    for number in stumble.near[:2]:
        line = COMMENT.sub("", stumble.line_at(number))
        if line.replace('\\"', "").count('"') % 2:
            yield WrongKind.MISSING_QUOTE.say(), number, _place_of_quote(line) + 1
    if inside := re.search(BLOT + r"(?=[^\W_])", _without_texts(stumble.line_at(stumble.line))):
        yield WrongKind.QUOTE_IN_TEXT.say(), stumble.line, inside.end()


def _place_of_quote(line: str) -> int:
    """Where a quote is missing: where a text runs into the next one, or is never closed, or has no first quote."""
    for text in QUOTED.finditer(line):
        if next_key := re.search(r',? {0,3}\w{2,30}: {0,3}"$', text[0]):
            return text.start() + next_key.start()
    rest = _without_texts(line)
    lone = rest.rfind('"')
    begins = rest[:lone].rstrip()[-1:] in {"", ":", ",", "{", "[", "-"}
    return lone + _end_of_text(rest[lone:]) if begins else rest.find(": ") + 2


def _end_of_text(rest: str) -> int:
    """Where a text that is never closed ought to end: before the next key, or before the brackets that close the line."""
    next_key = re.search(r", {0,3}[a-z_]{2,30}: ", rest)
    return next_key.start() if next_key else len(rest.rstrip(" ,}]"))


def _bracket(stumble: Stumble) -> Iterator[Slip]:
    """A bracket or comma too few, or a bracket too many."""
    before, sign = stumble.line_at(stumble.line)[: stumble.column - 1], stumble.line_at(stumble.line)[stumble.column - 1 :][:1]
    if "while parsing a flow" not in stumble.problem:
        if sign and sign in CLOSING.values():
            yield WrongKind.EXTRA_BRACKET.say(sign=sign), stumble.line, stumble.column
    elif note := _hash_in_text(stumble):
        yield note
    elif sign in {*CLOSING.values(), ")"} or (stumble.line > stumble.from_line and not before.strip(WORD + " ")):
        opening = stumble.line_at(stumble.from_line)[stumble.from_column - 1 :][:1]
        place = (stumble.line, stumble.column) if sign in CLOSING.values() else (stumble.from_line, stumble.from_column)
        yield WrongKind.MISSING_BRACKET.say(open=opening, close=CLOSING.get(opening, "}"), line=stumble.from_line), *place
    else:
        start = re.search(r"\w*$", before).start()  # type: ignore[union-attr]  # it always matches
        word = re.search(r"\w+(?=:)|\S+", stumble.line_at(stumble.line)[start:])
        if word and sign == ":" and word[0] not in every_key():
            yield WrongKind.COLON_IN_TEXT.say(), stumble.line, stumble.column
        elif word and (rest := BEHIND_TEXT.search(_without_texts(stumble.line_at(stumble.line)), len(before.rstrip()) - 1)):
            yield WrongKind.AFTER_VALUE.say(rest=rest[1].strip()), stumble.line, rest.start(1) + 1
        elif word:
            yield WrongKind.MISSING_COMMA.say(word=word[0]), stumble.line, start + 1


def _hash_in_text(stumble: Stumble) -> Slip | None:
    """The slip of a # in a text without quotes: the bracket that closes it is in the remark."""
    line = stumble.line_at(stumble.from_line)
    rest = len(_without_texts(line))
    opening = line[stumble.from_column - 1 :][:1]
    is_in_note = opening in CLOSING and line[rest:].count(CLOSING[opening]) > line[rest:].count(opening)
    return (WrongKind.HASH_IN_TEXT.say(), stumble.from_line, line.find("#", rest) + 1) if is_in_note else None


def _no_dash(stumble: Stumble) -> Iterator[Slip]:
    """An item that has lost its dash, or the space behind it."""
    line = stumble.line_at(stumble.line)
    if number := item_without_dash(stumble.lines, stumble.line):
        rest = stumble.line_at(number).strip()
        yield WrongKind.NOT_A_DASH.say(rest=rest), number, stumble.line_at(number).find(rest) + 1
    elif line.lstrip().startswith("-{"):
        yield WrongKind.NOT_A_DASH.say(rest=line.strip()[1:]), stumble.line, line.index("-") + 1


def _list_sign(stumble: Stumble) -> Iterator[Slip]:
    for number in stumble.near[:2]:
        line = stumble.line_at(number)
        if match := NO_DASH.match(line):
            yield WrongKind.NOT_A_DASH.say(rest=line[match.end() :]), number, len(line) - len(line.lstrip()) + 1


def _colon(stumble: Stumble) -> Iterator[Slip]:
    """A key without its colon, or without the space behind it: in the line above, mostly."""
    for number in (stumble.above(stumble.line), stumble.line):
        match = NO_COLON.fullmatch(COMMENT.sub("", stumble.line_at(number)).rstrip())
        if match and match[2] in every_key():
            written = f"{match[2]}: {match[3].lstrip()}".rstrip()
            yield WrongKind.MISSING_COLON.say(key=match[2], written=written), number, match.end(2)


def _colon_in_text(stumble: Stumble) -> Iterator[Slip]:
    line = _without_texts(stumble.line_at(stumble.line))
    if "mapping values are not allowed" in stumble.problem and ": " in line[: stumble.column - 1]:
        pairs = PAIRS.fullmatch(stumble.line_at(stumble.line)[: len(line)].rstrip())
        if pairs and pairs["first"] in every_key() and (pairs["open"] or pairs["close"] or re.search(r", *[a-z_]+: ", line)):
            written = f"{pairs['key']}: {{{pairs['inner']}}}"
            yield WrongKind.MISSING_BRACES.say(written=written), stumble.line, pairs.start("inner") + 1 - len(pairs["open"])
        yield WrongKind.COLON_IN_TEXT.say(), stumble.line, stumble.column


def _sign(stumble: Stumble) -> Iterator[Slip]:
    if "that cannot start any token" in stumble.problem:
        before, rest = stumble.line_at(stumble.line)[: stumble.column - 1], stumble.line_at(stumble.line)[stumble.column - 1 :]
        sign, handle = rest[:1], HANDLE.match(rest)
        if handle and before.rstrip().endswith("usergroup:"):  # quotes would not make an id of it
            said = WrongKind.NOT_A_USERGROUP.say(value=handle[0], cure=sentence("fault.how.usergroup"))
            yield said, stumble.line, stumble.column
        yield WrongKind.SIGN_FIRST.say(sign=sign), stumble.line, stumble.column


def _lone_line(stumble: Stumble) -> Iterator[Slip]:
    """A line that is neither a key nor an item: an item without its dash, or a remark without its sign."""
    if "while parsing a flow" in stumble.problem:
        return
    for number in (stumble.line, stumble.above(stumble.line)):
        line = COMMENT.sub("", stumble.line_at(number)).rstrip()
        if not (match := LONE_LINE.fullmatch(_without_texts(line))) or _goes_on(stumble, number):
            continue
        margin, rest = len(match[1]), line.lstrip()
        items = margin_of_items(stumble.lines, number)
        if (items == margin and not match["words"]) or (items is not None and match["block"]):
            yield WrongKind.NOT_A_DASH.say(rest=rest), number, margin + 1
        elif not match["block"]:
            yield WrongKind.STRAY_TEXT.say(rest=rest), number, margin + 1


def _goes_on(stumble: Stumble, number: int) -> bool:
    """Whether a line goes on with the value of the line above."""
    above = _without_texts(stumble.line_at(stumble.above(number))).rstrip()
    is_farther_in = len(above) - len(above.lstrip()) < len(stumble.line_at(number)) - len(stumble.line_at(number).lstrip())
    return is_farther_in and bool(above) and not above.endswith(":")


def _after_value(stumble: Stumble) -> Iterator[Slip]:
    """Something behind a value that is closed."""
    line, offset = stumble.line_at(stumble.line), stumble.column - 1
    if "while parsing a flow" not in stumble.problem and line[:offset].rstrip().endswith(CLOSERS) and line[offset:].strip():
        rest = COMMENT.sub("", line[offset:]).strip()
        yield WrongKind.AFTER_VALUE.say(rest=rest), stumble.line, stumble.column


def _indentation(stumble: Stumble) -> Iterator[Slip]:
    """A line that begins farther in, or farther out, than its neighbours. It may be the line above that is wrong."""
    above = stumble.above(stumble.line)
    if not above or not re.search("while parsing a block|mapping values are not allowed", stumble.problem):
        return
    votes = [(number, beside) for number in (stumble.line, above) if (beside := line_beside(stumble.lines, number))]
    if len(votes) == 1:
        yield indentation(stumble.lines, *votes[0])
        return
    if _is_headless(stumble, above):
        yield WrongKind.BROKEN.say(why=sentence("fault.why.headless")), stumble.line, stumble.column
    before = stumble.above(above)
    is_above = before and _begins(stumble, before, above)[0] == _begins(stumble, stumble.line, above)[0]
    wrong, right = (above, before) if is_above else (stumble.line, above)
    (column, word), (own_column, own_word) = _begins(stumble, right, wrong), _begins(stumble, wrong, right)
    if wide := WIDE_DASH.match(stumble.line_at(wrong)):
        yield WrongKind.NOT_A_DASH.say(rest=wide[1]), wrong, own_column + 1
    elif column != own_column:
        yield WrongKind.INDENTATION.say(own=own_word, word=word, line=right, spaces=column), wrong, own_column + 1


def _is_headless(stumble: Stumble, above: int) -> bool:
    """Whether several lines belong together, but not to what stands above: the word over them is missing."""
    line, begins, higher = stumble.line_at(above), beginning_of(stumble.lines, stumble.line), beginning_of(stumble.lines, above)
    if begins is None or higher is None or line.rstrip().endswith(":") or not has_company(stumble.lines, stumble.line):
        return False
    return (begins.has_dash and not higher.has_dash) or higher.spaces == 0 < begins.spaces


def _begins(stumble: Stumble, number: int, beside: int) -> tuple[int, str]:
    """Where a line begins and with which word, counted at its dash only if the line beside it has one too."""
    spaces, dash, word = BEGINNING.match(stumble.line_at(number)).groups("")  # type: ignore[union-attr]  # it always matches
    if dash and BEGINNING.match(stumble.line_at(beside))[2]:  # type: ignore[index]  # likewise
        return len(spaces), "-"
    return len(spaces) + len(dash), word.rstrip(":")


def _without_texts(line: str) -> str:
    """The line with its quoted texts and its comment blotted out, each sign in its place."""
    return COMMENT.sub("", QUOTED.sub(lambda text: BLOT * len(text[0]), line))


@cache
def every_key() -> frozenset[str]:
    """Every word that is a key somewhere in a programme."""

    def blocks(block: type[Block]) -> Iterator[type[Block]]:
        yield block
        for inner in block.__subclasses__():
            yield from blocks(inner)

    return frozenset(field.alias or name for block in blocks(Block) for name, field in block.model_fields.items())
