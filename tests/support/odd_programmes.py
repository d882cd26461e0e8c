"""Programme files as people may write them.

Comments stand in every place; brackets and blocks, quotes, indentation and line breaks are mixed. All say the same: six tuesdays, one
question each, one of them in two variants, and two more questions in the bank.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bot.language.unseen_signs import can_be_seen
from schedules.checking.invisible_signs import without_refused
from tests.support.programme import ITEMS

if TYPE_CHECKING:
    from collections.abc import Callable

ORDER = ("one", "two", ("three-l", "three-r"), "four", "five", "six")
BANK = ("spare", "other")
THEME_OF = {name: "second" if name.startswith("three") or name == "other" else "first" for name in ("one", "two", "three-l", "three-r")}
THEME_OF |= {"four": "first", "five": "second", "six": "first", "spare": "first", "other": "second"}
UNTIL = {0: "2018-09-25", 1: "2018-10-02", 2: "2018-10-09"}  # by how many weeks are skipped

TEXTS = st.one_of(
    st.sampled_from(
        [
            "Hvad nu?",
            "Hvad, hvem: hvornår?",
            "Et 'citat' og \"et til\"",
            "Sti\\her # ingen kommentar",
            "- en streg",
            "12",
            "true",
            "{a}, [b]",
            "Ærøs øl på gård 🙂?",
            "a #b",
            "x: y",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp", "Cn"]), min_size=1, max_size=30)
    .map(lambda text: " ".join(without_refused(text).split()))
    .filter(lambda text: text == without_refused(text) and can_be_seen(text)),
)


@dataclass
class Writer:
    """Writes lines, and draws how each is written."""

    draw: Callable
    lines: list[str] = field(default_factory=list)
    comments: int = 0
    in_long_text: bool = False  # a comment further in would be part of it

    def some(self, *choices):
        return self.draw(st.sampled_from(choices))

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def often(self) -> bool:
        return self.some(0, 1, 2) > 0

    def comment(self) -> str:
        self.comments += 1
        return f"# k{self.comments}: [x], {{y}} 'z\""

    def line(self, text: str) -> None:
        for _ in range(self.some(0, 0, 0, 1, 2)):
            self.lines.append(self.some("", "   ", " " * (0 if self.in_long_text else self.some(0, 2, 9)) + self.comment()))
        self.in_long_text = False
        self.lines.append(text + self.some("", "", "  ", f" {self.comment()}", f"    {self.comment()} "))

    def long_text(self, indent: int, key: str, text: str) -> None:
        """A text of several lines below its key."""
        self.lines.append(f"{' ' * indent}{key}: {self.some('|-', '>-', '>')}{self.some('', f'  {self.comment()}')}")
        self.lines += [f"{' ' * (indent + 3)}{text}", *[""] * self.some(0, 1)]
        self.in_long_text = True

    def quoted(self, text: str) -> str:
        return self.some(json.dumps(text, ensure_ascii=False), "'" + text.replace("'", "''") + "'")


def _ask_in_brackets(writer: Writer, name: str) -> str:
    margin = writer.some("", " ")
    languages = writer.some(("da", "en"), ("en", "da"))
    pairs = [f"{key}: " + writer.quoted(f"{name} {key}?") for key in languages]
    return f"{{{margin}{', '.join(pairs)}{margin}}}"


def _question_in_brackets(writer: Writer, name: str) -> str:
    pairs = [f"id: {name}", f"theme: {THEME_OF[name]}", f"ask: {_ask_in_brackets(writer, name)}"]
    if name in BANK:
        pairs.insert(writer.some(0, 2, 3), "reserve: true")
    return "{" + ", ".join(pairs) + "}"


def _question_block(writer: Writer, dash: str, name: str) -> None:
    keys = list(writer.some(("id", "theme", "ask"), ("ask", "id", "theme"), ("theme", "id", "ask")))
    if name in BANK:
        keys.insert(writer.some(0, 1, 3), "reserve")
    blanks = " " * len(dash)
    for number, key in enumerate(keys):
        start = blanks if number else dash
        if key == "ask" and writer.maybe():
            writer.line(f"{start}ask:")
            for language in ("da", "en"):
                if writer.often():
                    text = f"{name} {language}?"
                    writer.line(f"{blanks}  {language}: {writer.some(text, writer.quoted(text))}")
                else:
                    writer.long_text(len(blanks) + 2, language, f"{name} {language}?")
        else:
            value = {"id": name, "theme": THEME_OF[name], "reserve": "true"}.get(key) or _ask_in_brackets(writer, name)
            writer.line(f"{start}{key}: {value}")


def _questions(writer: Writer) -> None:
    names = [*THEME_OF]
    if writer.often():
        writer.line("questions:")
        dash = " " * writer.some(0, 2, 3) + "-" + " " * writer.some(1, 3)
        for name in names:
            if writer.often():
                _question_block(writer, dash, name)
            else:
                writer.line(dash + _question_in_brackets(writer, name))
    else:
        writer.line("questions: [")
        for name in names:
            writer.line(f"  {_question_in_brackets(writer, name)}{',' if name != names[-1] else ''}")
        writer.lines.append("  ]")


def _order(writer: Writer, indent: str) -> None:
    pairs = [[f"leader: {entry[0]}", f"employee_rep: {entry[1]}"] if isinstance(entry, tuple) else [entry] for entry in ORDER]
    items = [f"{{{', '.join(pair)}}}" if len(pair) > 1 else writer.some(pair[0], f'"{pair[0]}"') for pair in pairs]
    style = writer.some("block", "block", "brackets", "lines")
    if style == "block":
        writer.line(f"{indent}order:")
        dash = indent + " " * writer.some(0, 2, 4) + "-" + " " * writer.some(1, 2)
        for item, pair in zip(items, pairs, strict=True):
            if len(pair) > 1 and writer.maybe():
                writer.line(dash + pair[0])
                writer.line(" " * len(dash) + pair[1])
            else:
                writer.line(dash + item)
    elif style == "brackets":
        writer.line(f"{indent}order: [{', '.join(items)}]")
    else:
        writer.line(f"{indent}order: [")
        for item in items:
            writer.line(f"{indent}  {item}{',' if item != items[-1] else writer.some('', ',')}")
        writer.lines.append(f"{indent}]")


def _skip(writer: Writer, indent: str) -> int:
    """The days to skip in one of many shapes; returns how many weeks they are."""
    shape = writer.some("none", "empty", "no weeks", "brackets", "two", "empty weeks", "block", "block without weeks", "block of brackets")
    in_brackets = {
        "empty": ("{}", 0),
        "no weeks": ("{holidays: DK}", 0),
        "brackets": ("{holidays: DK, weeks: [36]}", 1),
        "two": ("{weeks: [36, 38], holidays: DK}", 2),
        "empty weeks": ("{weeks: [], holidays: DK}", 0),
    }
    if shape == "none":
        return 0
    if shape in in_brackets:
        text, count = in_brackets[shape]
        writer.line(f"{indent}skip: {text}")
        return count
    writer.line(f"{indent}skip:")
    writer.line(f"{indent}  holidays: DK")
    if shape == "block":
        writer.line(f"{indent}  weeks:")
        dash = indent + writer.some("  - ", "    -   ")
        for week in (36, 38):
            writer.line(f"{dash}{week}")
        return 2
    if shape == "block of brackets":
        writer.line(f"{indent}  weeks: [ 38 ]")
        return 1
    return 0


def _rounds(writer: Writer) -> None:
    writer.line("rounds:")
    indent = " " * writer.some(1, 2, 4)
    writer.line(f"{indent}every: tuesday")
    writer.line(f'{indent}at: "09:30"')
    order_first = writer.maybe()
    if order_first:
        _order(writer, indent)
    skipped = _skip(writer, indent)
    writer.line(f"{indent}from: 2018-08-21")
    writer.line(f"{indent}until: {writer.some(UNTIL[skipped], repr(UNTIL[skipped]))}")
    if not order_first:
        _order(writer, indent)


def _rest(writer: Writer) -> None:
    writer.line("digest:")
    for text in ("channel: C0DIGEST", 'close: {day: friday, at: "10:00"}', 'post: {day: friday, at: "14:00"}'):
        writer.line(f"  {text}")
    writer.line('guidelines_agreed: {by: "MED", on: 2018-08-15}')
    writer.line("retention: {detach_after_days: 7, delete_replies_after_days: 90}")
    writer.line("information:")
    for item in ITEMS:
        writer.line(f'  {item}: {{da: "Om {item}.", en: "About {item}."}}')


def _head(writer: Writer) -> None:
    for text in ("programme: odd-2018", 'title: {da: "Skæv", en: "Odd"}', "language: da", "timezone: Europe/Copenhagen"):
        writer.line(text)
    writer.line("people:")
    for text in ("leaders: {usergroup: S0L}", "employee_reps: {usergroup: S0R}", "politicians: {usergroup: S0P}"):
        writer.line(f"  {text}")
    writer.line("  organisers: {usergroup: S0O, channel: C0ORGANISERS}")
    writer.line("themes:")
    writer.line('  - {id: first, title: {da: "Først", en: "First"}}')
    writer.line('  - {id: second, title: {da: "Næst", en: "Second"}}')


@st.composite
def odd_files(draw) -> bytes:
    """The bytes of a programme file that says the same as all others, in its own way."""
    writer = Writer(draw)
    parts = [_head, _questions, _rounds, _rest]
    for part in draw(st.permutations(parts)):
        part(writer)
    text = draw(st.sampled_from(["\n", "\r\n"])).join(writer.lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    if draw(st.booleans()) and "\r" in text:
        text = text.replace("\r\n", "\n", 3)
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()
