"""A text has as many lines as it was made of, whatever breaks people typed into them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.digests.digest_pieces import in_text, join_parts
from bot.seam.meaning import Part

TYPED = st.text(st.sampled_from("ab: >\n\r\x0b\x0c\x1c\x85\u2028\u2029\x1b\u202e"), max_size=12)


@given(st.lists(TYPED, max_size=4))
def test_only_the_first_line_of_what_somebody_typed_can_look_like_ours(typed: list[str]):
    lines = join_parts([Part(heading="Heading", lines=tuple(typed))]).splitlines()
    beginnings = ["Heading", *(in_text(line).partition("\n")[0] for line in typed if in_text(line))]
    marked = sum(in_text(line).count("\n") for line in typed)
    assert len(lines) == len(beginnings) + marked
    assert sum(line.startswith("> ") for line in lines) >= marked
    assert "" not in lines
