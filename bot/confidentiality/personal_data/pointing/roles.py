"""Recognises the roles that people have at work: "leder", "skolelederens", "tr"."""

from __future__ import annotations

import re

ROLES = (
    "leder|inspektør|sekretær|pædagog|medhjælper|lærer|repræsentant|chef|formand|forkvinde|koordinator|vejleder|konsulent|psykolog|pedel"
    "|forstander|assistent|rådgiver|sagsbehandler|borgmester|direktør|rektor|sygeplejerske|plejer|tillidsmand"
)
ROLE = re.compile(rf"\w*(?:{ROLES})(?P<the>e?n)?s?|(?P<tr>(?:fælles)?tr|amr)(?:'?en)?")
ENDS = frozenset(
    (role + ending)[-3:] for role in [*ROLES.split("|"), "tr", "amr", "tr'", "amr'"] for ending in ("", "n", "en", "s", "ns", "ens")
)


def role_in(word: str) -> re.Match[str] | None:
    """The role that a word names: "leder", "skolelederens", "tr"."""
    return ROLE.fullmatch(word) if word[-3:] in ENDS else None
