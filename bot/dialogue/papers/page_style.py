"""The style of exported pages: for screens of any width, dark ones, high contrast, and A4.

Bars are drawn as borders, which are there in print and in high contrast too.
"""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #4a5560; --line: #c2c9d1; --bar: #1f5f8b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f4; --paper: #14181c; --quiet: #b6c0ca; --line: #4a545e; --bar: #7db8e0; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1.25rem 1rem 2rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; hyphens: auto; }
p { margin: .35em 0; }
h1 { margin: .2em 0; font-size: 1.6rem; line-height: 1.2; text-wrap: balance; }
h2 { margin: 1.3em 0 .3em; font-size: 1.1rem; line-height: 1.3; }
header { margin-bottom: 1rem; }
header p, footer, .question { color: var(--quiet); }
.top { border-left: .3rem solid var(--bar); padding-left: .9rem; font-size: 1.15rem; }
.figure { font-weight: 600; }
.quote, .wish { margin-left: .2rem; border-left: .15rem solid var(--line); padding-left: .8rem; }
table { width: 100%; margin: 1.3em 0; border-collapse: collapse; }
caption { text-align: left; margin-bottom: .4em; }
th, td { padding: .25em .6em .25em 0; text-align: left; vertical-align: top; font-weight: 400; }
.chart th[scope=col] { color: var(--quiet); font-size: .9em; }
.chart tbody td:last-child { width: 50%; padding-right: 0; vertical-align: middle; }
.bar { display: block; border-bottom: .8em solid var(--bar); }
.wishes { table-layout: fixed; border-top: 1px solid var(--line); }
.wishes tr { border-bottom: 1px solid var(--line); break-inside: avoid; }
.wishes thead th { font-weight: 600; vertical-align: bottom; }
.wishes th:first-child { width: 36%; }
.wishes th:last-child, .wishes td:last-child { width: 16%; padding-right: 0; text-align: right; }
.wishes p { margin: 0; }
.wishes tbody p:first-child { font-weight: 600; }
.below, footer { font-size: .9rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .6rem; hyphens: none; }
dl { margin: .6em 0 0; }
dl div { display: grid; grid-template-columns: 9rem 1fr; gap: 0 .8rem; }
dd { margin: 0; }
@media (max-width: 30rem) { .wishes { font-size: .85em; } dl div { display: block; margin-bottom: .4em; } dt { font-weight: 600; } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #333; --line: #999; --bar: #444; }
  @page { size: A4; margin: 12mm 17mm; }
  body { max-width: none; padding: 0; font: 9pt/1.28 Arial, Helvetica, "Liberation Sans", sans-serif; }
  body:has(.roomy) { font-size: 11pt; }
  header { margin-bottom: .6em; }
  h1 { font-size: 1.55em; text-wrap: wrap; }
  h2 { margin-top: .8em; font-size: 1.1em; break-after: avoid; }
  p { margin: .15em 0; orphans: 3; widows: 3; }
  table { margin: .8em 0; }
  .top { font-size: 1.1em; }
  .top, .chart, .quote, .wish, footer { break-inside: avoid; }
  .chart th, .chart td { padding: .05em .6em .05em 0; }
  header p, .below { font-size: .9em; }
  footer { font-size: .83em; }
  .below:last-of-type p, dl div, dt, dd { display: inline; }
  footer { margin-top: .8em; padding-top: .3em; }
  dt::after { content: ":"; }
  dl div:not(:last-child)::after { content: " · "; }
}
"""
