"""The form in which a text is printed as a quote, and its sentences.

Habits of typing tell who wrote a text: smileys, repeated signs, capitals, blanks, kinds of dashes. So a text is brought into one form
before its author says yes, and the author sees that form. The words stay as they are, in their order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from bot.confidentiality.capitals import in_sentence_case, with_english_i
from bot.language.emoji_codes import with_emoji
from bot.language.no_words import MAY_HOLD_NO_WORD, NO_WORD
from bot.language.sentences import sentences_of
from bot.language.unseen_signs import EMOJI, without_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["as_printed", "part_of", "sentences_of"]

MOST_LOOKS: Final = 6
KEPT: Final = "\ue000"  # stands for an address or the like, which stays as it was typed
TONE: Final = re.compile("[\U0001f3fb-\U0001f3ff]|\ue000")  # tones of skin tell about a person; KEPT stands for something else
TEXT_STYLE: Final = re.compile("([❤☺☹☀☝✌✔])(?!\ufe0f)")  # emoji that are typed with and without the sign that makes them one
SMILEYS: Final = {"🙂": ":) =) :]", "🙁": ":( =( :[", "😉": ";)", "😀": ":D =D", "😛": ":P :p", "😕": ":/ :\\", "😐": ":|", "😮": ":o :O"}
SMILEY_OF: Final = {typed: emoji for emoji, all_typed in SMILEYS.items() for typed in all_typed.split()}
SMILEY: Final = re.compile(
    r"\([^()\n]*\)"  # nothing in brackets: their end would look like a mouth
    r"|(?<![:;=])(?P<eyes>[:;=])-?(?P<mouth>[)\](\[])(?P=mouth)*(?!\w)"
    r"|(?<!\S)(?P<eyes_apart>[:;=])-?(?P<mouth_apart>[DPpoO/\\|])(?P=mouth_apart)*(?![\w/\ue000])"
)
BULLET: Final = r"\A(?:\s*[-*•·‣–—]+\s+)+(?=\S)"
NUMBERED: Final = re.compile(r"\d{1,2}[.)]\s")
ENDS_ALREADY: Final = ".!?…:,;–-("
CLOSERS: Final = ")«\"'"
MAY_HOLD_EMOJI: Final = re.compile("[<\u20e3\u231a-\U0010ffff]")  # most texts have none of these
WITH_SIGN: Final = re.compile(rf"(?P<before>[.!?…]?)(?P<emoji>(?: {EMOJI})+)(?: ?(?P<sign>[.!?…]+)(?![\w.]))?")
ONLY_EMOJI: Final = re.compile(f"{EMOJI}+")
MORE_OF_IT: Final = "[\u200d\ufe0f\U000e0020-\U000e007f]"  # joins a sign to the emoji before
WITHIN_WORD: Final = rf"(?<=[^\W\d_])(?:{EMOJI})++(?=[^\W\d_])"  # it stays there: the filter reads such words
EMOJI_RUN: Final = rf"{WITHIN_WORD}| ?(?P<emoji>{EMOJI})(?: ?(?P=emoji)(?!{MORE_OF_IT}))*(?=(?P<next>[\w»(\"\ue000])?)"
SUBSTITUTIONS: Final[Sequence[tuple[str, str | Callable[[re.Match[str]], str]]]] = (  # compiled when the first text is printed
    (r"(?<=[^ ,;‒–—])[ ,;‒–—]+\Z", ""),
    # dashes, apostrophes, quotation marks
    ("[‐‑]", "-"),
    (r"(?<=\d)(\.?)[‒–—−](?=\d)", r"\1-"),
    (r"(?<=\S)(?: -++(?= )|(?: |(?<![-‒–—]))(?:--|[‒–—])[-‒–—]*+)(?: [-‒–—]++(?= ))*+ ?+(?=\S)", " – "),
    ("[’‘ʼʹ′´`]", "'"),
    ("''", '"'),
    ("[“”„‟]", '"'),
    ('"{2,}', '"'),
    (r"(?<![\w'])'(?=\S)([^']*[^\s'])'(?![\w'])", r"»\1«"),
    (r'(?<!\w)" ?([^"\s](?:[^"]*[^"\s])?) ?"(?!\w)', r"»\1«"),
    (r"(?<![^\s(])« ?([^»«\s](?:[^»«]*[^»«\s])?) ?»(?!\w)", r"»\1«"),
    (r"» ?([^»«\s](?:[^»«]*[^»«\s])?) ?«", r"»\1«"),
    (rf"(?<!<3)(?<!<3 )<3(?: ?<3)*+(?= ?(?:[.!?…]|$|{EMOJI}))", "❤️"),  # elsewhere it means "fewer than three"
    (EMOJI_RUN, lambda found: f" {found['emoji']}{' ' if found['next'] else ''}" if found["emoji"] else found[0]),
    # blanks
    (r" (?=,(?!\d)|[.!?…](?:[\s,.!?…)»«\"]|$)|[:;](?:\s|$))|(?<![:;=]) (?=\))|(?<=\() ", ""),
    # signs that are repeated
    (r"[.…](?: ?[.…])+", "…"),
    (r"([!?]) (?=[!?])", r"\1"),
    (r"(?<=[!?])\.|\.(?=[!?])", ""),
    (r"!{2,}", "!"),
    (r"\?{2,}", "?"),
    (r"[!?]{2,}", "?!"),
    (r"([,;])(?: ?\1)+", r"\1"),
    (r"(?i)(([^\W\d_])\2\2)\2+", r"\1"),
    # blanks that are missing
    (r"(?<=[\w)«])([,;]|\?!|[!?])(?=[^\W\d_]|»)", r"\1 "),
    (r"(?<=[\w«)]…)(?=[^\W\d_])", " "),
    (r"(?<=[a-zæøå]{2}\.)(?=[A-ZÆØÅ][a-zæøå ])", " "),
    (BULLET, ""),
)


def as_printed(text: str) -> str:
    """The text as it is printed: the same words, without habits of typing. Some habits hide others, so a second look may find more."""
    printed: tuple[str, list[str]] | None = None
    for _ in range(MOST_LOOKS):
        line, kept = _one_line(text)
        if (line, kept) == printed:
            break
        printed = " ".join(map(in_sentence_case, sentences_of(line))), kept
        before, text = text, _put_back(*printed)
        if text == before:
            break
    return text


def _one_line(text: str) -> tuple[str, list[str]]:
    """The text after one look at all habits but capitals, with one sign in place of each address and the like, and these."""
    plain, kept = _set_aside(_one_kind_of_letters(text))
    line = _on_one_line(SMILEY.sub(_emoji_of_smiley, plain))
    may_hold_emoji = MAY_HOLD_EMOJI.search(line) is not None
    for pattern, replacement in SUBSTITUTIONS:
        if may_hold_emoji or EMOJI not in pattern:
            line = re.sub(pattern, replacement, line)
    line = WITH_SIGN.sub(_sign_before_emoji, line) if may_hold_emoji else line
    return with_english_i(_end_with_a_sign(line.strip())), kept


def part_of(printed: str, sentence: int | None) -> str | None:
    """The sentence that has this number, from 0 on, or the whole; None if there is no such sentence."""
    if sentence is None:
        return printed
    sentences = sentences_of(printed)
    return sentences[sentence] if 0 <= sentence < len(sentences) else None


def _one_kind_of_letters(text: str) -> str:
    """The text with each letter and each emoji written in one way, and without what nobody sees."""
    named = with_emoji(normalize("NFC", without_unseen(text)))
    return TEXT_STYLE.sub("\\1\ufe0f", normalize("NFC", TONE.sub("", named)).replace("‼", "!").replace("⁉", "?!"))


def _set_aside(text: str) -> tuple[str, list[str]]:
    """The text with one sign in place of each address and the like, and these."""
    kept = NO_WORD.findall(text) if MAY_HOLD_NO_WORD.search(text) else []
    return (NO_WORD.sub(KEPT, text) if kept else text), kept


def _put_back(text: str, kept: list[str]) -> str:
    parts = text.split(KEPT)
    return "".join(part for pair in zip(parts, [*kept, ""], strict=True) for part in pair)


def _emoji_of_smiley(found: re.Match[str]) -> str:
    eyes, mouth = found["eyes"] or found["eyes_apart"], found["mouth"] or found["mouth_apart"]
    return SMILEY_OF.get(f"{eyes}{mouth}", found[0])


def _on_one_line(text: str) -> str:
    """All lines as one; a line that begins anew ends the sentence before it."""
    line, is_apart = "", True
    for row in (" ".join(row.split()) for row in text.splitlines()):
        words = re.sub(BULLET, "", row)
        begins_anew = is_apart or words != row or words[:1].isupper() or NUMBERED.match(words)
        if words:
            stop = "." if line and begins_anew and line[-1] not in ENDS_ALREADY else ""
            line = f"{line}{stop} {words}"
        is_apart = not words
    return line


def _sign_before_emoji(found: re.Match[str]) -> str:
    """Emoji behind the sign that ends their sentence; at the beginning of a text they end none."""
    before, emoji, sign = found["before"], found["emoji"], found["sign"] or ""
    return f"{before or sign}{emoji}" if found.start() or before else f"{emoji}{sign}"


def _end_with_a_sign(text: str) -> str:
    """The text with a full stop at its end, if no other sign ends it."""
    words = (text.rstrip(" ,;–") or text).split(" ")
    end = len(words)
    while end and ONLY_EMOJI.fullmatch(words[end - 1]):
        end -= 1
    said = " ".join(words[:end])
    said = said.rstrip(" ,;–") or said
    stop = "." if said.rstrip(CLOSERS)[-1:].isalnum() else ""
    return " ".join([said + stop, *words[end:]]).strip()
