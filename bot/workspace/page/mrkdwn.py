"""Turns Slack's markup into HTML that can do no harm.

Everything that a person or the bot wrote is escaped; only the tags that are put in here are tags. Bold, italic, strike, code, quotes,
links and line breaks are shown; mentions are shown as names.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN: Final = re.compile(
    r"```(?P<pre>[^`]+)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<ref>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<em>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_QUOTE_MARK: Final = re.compile(r"^(?:&gt;|>) ?")
_LINKS: Final = ("https://", "http://", "mailto:")
_BREAK: Final = Markup("<br>")


def mrkdwn_to_html(text: str, names: Mapping[str, str] | None = None) -> Markup:
    """Slack's markup as HTML. `names` maps ids of people and channels to what they are called."""
    passages = groupby(text.split("\n"), key=lambda line: _QUOTE_MARK.match(line) is not None)
    return Markup("").join(_passage(list(lines), names or {}, quote=quote) for quote, lines in passages)


def plain_to_html(text: str) -> Markup:
    """Plain text as HTML, with its line breaks. Slack's three entities are decoded first, as Slack does."""
    return lines_to_html(_unescape(text))


def lines_to_html(text: str) -> Markup:
    """Text in which every character stands for itself as HTML, with its line breaks."""
    return _BREAK.join(map(escape, text.split("\n")))


def plain_to_paragraphs(text: str) -> Markup:
    """Plain text as HTML, with a paragraph for each part between blank lines."""
    return Markup("").join(Markup("<p>{}</p>").format(plain_to_html(paragraph)) for paragraph in re.split(r"\n{2,}", text))


def _passage(lines: list[str], names: Mapping[str, str], *, quote: bool) -> Markup:
    if quote:
        return Markup("<blockquote>{}</blockquote>").format(_inline("\n".join(_QUOTE_MARK.sub("", line) for line in lines), names))
    return Markup("<p>{}</p>").format(_inline(words, names)) if (words := "\n".join(lines).strip("\n")) else Markup()


def _inline(text: str, names: Mapping[str, str]) -> Markup:
    parts, end = [], 0
    for match in _TOKEN.finditer(text):
        parts += [plain_to_html(text[end : match.start()]), _token_html(str(match.lastgroup), match[str(match.lastgroup)], names)]
        end = match.end()
    return Markup("").join([*parts, plain_to_html(text[end:])])


def _token_html(kind: str, inner: str, names: Mapping[str, str]) -> Markup:
    if kind == "ref":
        return _reference(inner, names)
    if kind in ("pre", "code"):
        return Markup(f"<{kind}>{{}}</{kind}>").format(_unescape(inner))  # noqa: S704 - the tag is one of two constants
    return Markup(f"<{kind}>{{}}</{kind}>").format(_inline(inner, names))  # noqa: S704 - likewise one of three


def _reference(inner: str, names: Mapping[str, str]) -> Markup:
    """What is between < and >: a link, a mention, or something else that is shown unchanged."""
    target, _, label = inner.partition("|")
    if target.startswith(_LINKS):
        words = _unescape(label or target.removeprefix("mailto:"))
        return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(_unescape(target), words)
    if target.startswith(("@", "#", "!")):
        return Markup('<span class="mention">{}</span>').format(_mention(target, label, names))
    return plain_to_html(f"<{inner}>")


def _mention(target: str, label: str, names: Mapping[str, str]) -> str:
    sign, target_id = ("#" if target[0] == "#" else "@"), target[1:].partition("^")[0]
    if target.startswith("!date"):
        return _unescape(label or target)
    return label if label.startswith(sign) else sign + _unescape(names.get(target_id, label or target_id))


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
