"""Names, offices and addresses are held however they are disguised; ordinary words are not, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.confidentiality.personal_data import Filter, FindingKind

ROSTER = frozenset({"zimba", "kraul", "vjekog"})
BY = Filter(is_on_roster=ROSTER.__contains__, extra=frozenset())


def kinds(text: str) -> list[FindingKind]:
    return [hold.kind for hold in BY.holds(text)]


@pytest.mark.parametrize(
    "word",
    [
        "h a n n e",
        "H. A. N. N. E",
        "A n d e r s",
        "l-a-r-s",
        "T-h-o-m-a-s",
        "j_e_n_s",
        "s.u.s.a.n.n.e",
        "h/a/n/n/e",
        "h 4 n n e",
        "H4nne",
        "4nders",
        "k1m",
        "vje_kog",
        "m1kkel",
        "tr-b1rgit",
        "h@nne",
        "s@ren",
        "s0ren",
        "P€ter",
        "han😀ne",
        "han😀😀ne",
        "s🙂ren",
        "la_rs",
        "mette_hansen",
        "la*rs",
        "L*rs",
        "h*nne",
        "kra_ul",
        "k r a u l",
        "z1mba",
        "H\u0430nne",
        "l\u0430rs",
        "hann\u0435",
        "m\u0131kkel",
        "ennah",
        "e l m e v e j 7",
        "b o r g m e s t e r e n",
        "bor😀gmesteren",
        "x q r u l",
        "kr4blorf",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "det var {} igen", "Det sagde {}.", "({})"])
def test_a_disguise_is_held(word: str, sentence: str):
    assert kinds(sentence.format(word)) == [FindingKind.DISGUISED]


@pytest.mark.parametrize("word", ["Laaars", "hannnne", "larrs", "soeren", "joergen", "ensarahpetersen", "larssss"])
def test_a_name_in_another_spelling_is_held_as_a_name(word: str):
    assert kinds(f"det var {word} igen") == [FindingKind.NAME]


@pytest.mark.parametrize(
    "text",
    [
        "s t o p",
        "N E J   T A K til flere skemaer",
        "t a k f o r i d a g",
        "n-e-j",
        "jeg er s å træt",
        "it's a b-i-g step",
        "f*** det, det er f*ck og l*rt",
        "og/eller ja/nej/måske",
        "TR-mødet og skole-hjem-samarbejdet",
        "børnene på 6-17 år",
        "A4 og K2",
        "børne_og_unge",
        "glad😀børn og hmm😂ok",
        "jaaaa sååååå neeeej superrrr",
        "mp3 og covid19",
        "fra1til5",
        "gruppe a, b, c og d",
        "a b c d e f",
        "1 2 3 4",
        "det gør vi m.h.t. tiden, d.v.s. snart",
        "kan du gøre det.nej tak",
        "TR'en og don't",
        "i å i ø",
        "walk-and-talk",
        "godt!altså",
        "1:1-samtaler",
    ],
)
def test_ordinary_words_are_not_held_however_they_are_written(text: str):
    assert kinds(text) == []


@given(st.sampled_from(["hanne", "lars", "mikkel", "zimba"]), st.sampled_from([" ", "-", ".", "_", "*", "/", ". ", " - ", "😀"]))
def test_a_name_whose_letters_stand_apart_is_held_whatever_stands_between_them(name: str, sign: str):
    assert kinds(f"det var {sign.join(name)} igen") == [FindingKind.DISGUISED]


@given(st.sampled_from(["hanne", "mikkel", "kirsten", "zimba"]), st.data(), st.sampled_from("😀🙂_*·~^"))
def test_a_name_with_a_sign_in_it_is_held_wherever_it_stands(name: str, data: st.DataObject, sign: str):
    at = data.draw(st.integers(2, len(name) - 2))
    assert kinds(f"det var {name[:at]}{sign}{name[at:]} igen")


# --- what nobody sees


def hidden(text: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"vi har det godt{hidden('hanne')}", "godt"),
        (f"{hidden('x')}vi har det", "vi"),
        (f"vi{hidden('hanne')} har det", "vi"),
        ("vi har\U000e0101\U000e0110 det", "har"),
        (f"et flag \U0001f3f4{hidden('gbsct')}\U000e007f og{hidden('mere')}", "og"),
        (hidden("hanne"), ""),
        (f"godt \U0001f3f4{hidden('hanne jensen')}\U000e007f", "godt"),
        (f"godt \U0001f3f4{hidden('gbsct')}{hidden('hanne')}\U000e007f", "godt"),
    ],
)
def test_hidden_letters_are_refused_with_their_own_reason(text: str, found: str):
    assert [(hold.kind, hold.found) for hold in BY.holds(text)] == [(FindingKind.INVISIBLE, found)]


@pytest.mark.parametrize("text", [f"et flag \U0001f3f4{hidden('gbsct')}\U000e007f her", "en familie 👨\u200d👩\u200d👧", "mø\u00adder"])
def test_flags_families_and_soft_hyphens_are_not_refused(text: str):
    assert kinds(text) == []


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u3164"])
def test_a_name_that_a_hidden_sign_splits_is_held(sign: str):
    assert kinds(f"det var han{sign}ne igen") == [FindingKind.NAME]


@pytest.mark.parametrize("name", ["mettteee", "🅱irgit", "🅼🅴🆃🆃🅴", "🇲 🇪 🇹 🇹 🇪", "🅜🅔🅣🅣🅔", "m🅴tte"])
def test_stretched_names_and_letters_drawn_as_emoji_are_read(name: str) -> None:
    assert BY.holds(f"Vi var hos {name} i går.")
    assert BY.holds("Borgmesteeeren lovede ro.")


@pytest.mark.parametrize("text", ["Det er såååå dejligt, neeej!", "Jaaaa, maaaange tak, hmmm", "Vi hejser 🇩🇰 og 🇸🇪🇳🇴", "Vi er med 🅰️"])
def test_stretched_ordinary_words_and_flags_pass(text: str) -> None:
    assert not BY.holds(text)
