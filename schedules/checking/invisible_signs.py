"""Signs that nobody can see: what they are, and which of them may stand in a programme's texts.

In what people read they are refused at their place. In ids and addresses they are removed: nobody means them there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from bot.language.unseen_signs import FLAG, UNSEEN
from bot.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sentence import Sentence

STRANGE_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")  # half of an emoji is one, too
ODD: Final = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]")  # what is worth a closer look
DIRECTION: Final = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
JOINERS: Final = frozenset("\u200c\u200d")
SELECTOR: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
NEAR: Final = 12  # characters that are told on either side of a sign, so that it is found


def without_invisible(text: str) -> str:
    """An id or address without invisible signs, and without blanks around it. Its letters are composed (å is one sign)."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text)).strip()


def without_halves(text: str) -> str:
    """A text in which halves of emojis are question marks, so that it can be stored."""
    return text.encode(errors="replace").decode()


def without_refused(text: str) -> str:
    """A text that somebody typed in a form, composed, and without the signs that a programme may not hold."""
    text = unicodedata.normalize("NFC", text)
    while places := set(signs_to_refuse(text)):  # an accent may have stood on what is taken away
        text = unicodedata.normalize("NFC", "".join(sign for place, sign in enumerate(text) if place not in places))
    return text


def signs_to_refuse(text: str) -> Iterator[int]:
    """The places in a text that people will read of signs that may not stand there. A new line may, and what shapes an emoji."""
    text = FLAG.sub(lambda flag: flag[0][0] * len(flag[0]), text)  # each place stays where it is
    for match in ODD.finditer(text):
        place, sign = match.start(), match[0]
        is_mark = unicodedata.category(sign)[0] == "M"
        is_odd = UNSEEN.match(sign) or CONTROL.match(sign) or (is_mark and (place == 0 or text[place - 1].isspace()))
        if is_odd and not _is_part_of_what_is_seen(text, place):
            yield place


def _is_part_of_what_is_seen(text: str, place: int) -> bool:
    """Whether an invisible sign belongs to its neighbours: inside an emoji, or between letters of a script that joins them."""
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    kind = unicodedata.category(before) if before else "Zs"
    if sign in JOINERS:
        return bool(after.strip()) and (kind in {"So", "Sk", "Lo", "Cn", "Mc", "Mn"})
    if SELECTOR.match(sign):
        return not SELECTOR.match(before) and (kind[0] in "SPN" or kind in {"Lo", "Cn"})
    return False


def name_of_sign(sign: str) -> Sentence:
    """An invisible sign in words, with its number."""
    code = f"U+{ord(sign):04X}"
    names = (
        ("\t", sentence("fault.sign.tab", code=code)),
        ("\u00ad", sentence("fault.sign.soft_hyphen", code=code)),
        (DIRECTION, sentence("fault.sign.direction", code=code)),
        ("[\u2028\u2029]", sentence("fault.sign.line", code=code)),
        ("[\ud800-\udfff]", sentence("fault.sign.half", code=code)),
        (STRANGE_SPACE.pattern, sentence("fault.sign.space", code=code)),
        (CONTROL.pattern, sentence("fault.sign.control", code=code)),
        (UNSEEN.pattern, sentence("fault.sign.invisible", code=code)),
    )
    return next((name for signs, name in names if re.match(signs, sign)), sentence("fault.sign.accent", code=code))


def words_around(text: str, place: int) -> str:
    """The text around a sign in its line, with a dot in its place."""
    before = text[max(0, place - NEAR) : place].rpartition("\n")[2]
    after = text[place + 1 : place + 1 + NEAR].partition("\n")[0]
    return UNSEEN.sub("·", f"{before}·{after}")
