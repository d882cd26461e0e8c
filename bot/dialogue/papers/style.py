"""The style of exported pages: for screens of any width, dark ones, high contrast, and A4."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #4a5560; --line: #c5ccd3; --bar: #1f5f8b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f4; --paper: #14181c; --quiet: #b6c0ca; --line: #47515b; --bar: #7db8e0; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
"""
