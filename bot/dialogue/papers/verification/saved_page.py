"""Compares pages but for what browsers change when they save one.

Whatever else differs, were it one sign of markup, style or script, is a difference. What a browser makes of it is not guessed.
"""

from __future__ import annotations

import re
from typing import Final

ADDED: Final = re.compile(
    r"<!-- saved from url=[^<>]{1,2000} -->"
    r'|<meta charset="utf-8">'
    r'|<meta http-equiv="content-type" content="text/html; charset=utf-8">'
    r'| xmlns="http://www\.w3\.org/1999/xhtml"',
    re.IGNORECASE,
)
WRITTEN_OTHERWISE: Final = {"&#x27;": "'", "&nbsp;": " "}


def as_saved(html: str) -> str:
    """A page without what a browser adds, and without blanks between its words and elements."""
    for ours, theirs in WRITTEN_OTHERWISE.items():
        html = html.replace(ours, theirs)
    html = " ".join(html.split()).replace(" />", ">").replace("/>", ">")
    return ADDED.sub("", html).replace("> ", ">").replace(" <", "<")
