"""Writes HTML pages that stand by themselves: no script runs, and nothing is fetched.

A page is built as a tree, and every text in it is escaped here, so nothing that people wrote can become markup.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.programme import Language

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
EMPTY: Final = frozenset({"br", "meta"})  # they have no end
INLINE: Final = frozenset({"span", "strong"})  # no new line after them

Node: TypeAlias = "Element | str"


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element of a page: its name, its attributes, and what stands in it."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]


def element(name: str, /, *children: Node | None, **attributes: str) -> Element:
    """An element; children that are None are left out. Attributes are named as Python can: `class_`, `http_equiv`."""
    in_html = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return Element(name=name, attributes=in_html, children=tuple(child for child in children if child is not None))


def document(language: Language, title: str, style: str, body: Iterable[Node], data: Mapping[str, object]) -> str:
    """A whole page. `data`: what it carries as JSON, by the ids under which it is found there."""
    head = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
    )
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language.value}">',
        f"<head>\n{''.join(map(_in_html, head))}<style>\n{style}</style>",
        *(_as_data(name, value) for name, value in data.items()),
        f"</head>\n{_in_html(element('body', *body))}</html>\n",
    ]
    return "\n".join(lines)


def _in_html(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    end = "" if node.name in EMPTY else f"</{node.name}>"
    return f"<{node.name}{attributes}>{''.join(map(_in_html, node.children))}{end}" + "\n" * (node.name not in INLINE)


def _as_data(name: str, value: object) -> str:
    """JSON that no browser runs. `<` is written as JSON can also write it, so nothing in it ends the element."""
    written = json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/json" id="{escape(name)}">\n{written}\n</script>'
