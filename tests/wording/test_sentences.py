"""The first sentence of what organisers write is found, and never half of one; phrases in a row make one."""

from __future__ import annotations

import pytest

from bot.wording.sentences import first_sentence, join


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Randers Kommune, Børn og Skole. Har du spørgsmål, så spørg.", "Randers Kommune, Børn og Skole."),
        ("Randers Kommune (children and schools). If you have questions, ask.", "Randers Kommune (children and schools)."),
        ("Kommunen.", "Kommunen."),
        ("Kommunen", "Kommunen"),
        ("Kommunen\nSpørg os.", "Kommunen"),
        ("  Hvem? Kommunen.", "Hvem?"),
        ("Kommunen »Børn og Skole.« Spørg os.", "Kommunen »Børn og Skole.«"),
        ("Kommunen. »Spørg os«", "Kommunen."),
        ("Kommunen. 8900 Randers C.", "Kommunen."),
        ("Kommunen, St. Torv 3, 8260 Viby J. eller 8900 Randers. Spørg.", "Kommunen, St. Torv 3, 8260 Viby J. eller 8900 Randers."),
        ("Kommunen, jf. Lov nr. 5 og art. 6, f.eks. Bilag 2. Spørg.", "Kommunen, jf. Lov nr. 5 og art. 6, f.eks. Bilag 2."),
        ("Firma A/S. Spørg.", "Firma A/S."),
        ("Se www.example.dk for mere. Spørg.", "Se www.example.dk for mere."),
        ("At lære ... og bruge det. Ikke andet.", "At lære ... og bruge det."),
    ],
)
def test_the_first_sentence_is_whole(text: str, first: str) -> None:
    assert first_sentence(text) == first


@pytest.mark.parametrize(
    ("phrases", "danish", "english"),
    [
        ([], "", ""),
        (["42"], "42", "42"),
        (["42", "43"], "42 og 43", "42 and 43"),
        (["42", "43", "44"], "42, 43 og 44", "42, 43 and 44"),
    ],
)
def test_phrases_in_a_row_have_a_word_before_the_last(phrases: list[str], danish: str, english: str) -> None:
    assert (join("da", phrases), join("en", phrases)) == (danish, english)
