"""Prints measured figures, one line each, with the bound beside it; a missed bound is shouted, but fails nothing."""

from __future__ import annotations


def figure(what: str, measured: str, bound: str, *, met: bool) -> None:
    """Print a line of the table."""
    print(f"\n{'ok    ' if met else 'MISSED'}  {what:<62} {measured:>34}   bound: {bound}", end="", flush=True)


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]
