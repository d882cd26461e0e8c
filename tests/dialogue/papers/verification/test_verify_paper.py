"""A kept file is told to be what was issued, an older revision, a draft, or something else; and where it was altered."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.digests import digest_review
from bot.dialogue.digests.digest_content import checksum, text_checksum
from bot.dialogue.papers.exports import Format, export
from bot.dialogue.papers.page import page
from bot.dialogue.papers.seal import DIGITS, PLACE, seal
from bot.dialogue.papers.verification.paper_chain import chains
from bot.dialogue.papers.verification.paper_file import LARGEST, Paper, read_paper
from bot.dialogue.papers.verification.verify_paper import verify_paper
from bot.dialogue.season.report import draft_report
from bot.models import DigestState, Round
from bot.programme import Language
from bot.wording.in_words import in_words
from tests.support import records
from tests.support.kept_papers import EXPORTS, as_json, judged, keys, paper, record, season, with_content, withdraw
from tests.support.programme import PROGRAMME
from tests.support.world import World, post_of, separate_world

if TYPE_CHECKING:
    from bot.dialogue.papers.record import Record
    from bot.models import Digest


pytestmark = pytest.mark.long  # tries each kind of export in every way


@cache
def issued() -> Record:
    """A digest with three quotes, for tests that need no database."""
    with separate_world() as world:
        return record(world, season(world, 1)[0])


def with_data(record_: Any, format_: Format) -> bytes:
    """A page or JSON file that carries this record, whatever stands in it."""
    written = seal(json.dumps({**record_, "seal": PLACE}))
    page = export(issued(), Format.HTML, Language.DA)
    before, mark, rest = page.partition('id="record">')
    html = f"{before}{mark}{json.dumps(record_)}</script>{rest.partition('</script>')[2]}"
    return (html if format_ is Format.HTML else written).encode()


def sealed_anew(text: str) -> str:
    """The text as somebody would leave it who knows about the seal."""
    last = list(DIGITS.finditer(text))[-1]
    return seal(f"{text[: last.start()]}{PLACE}{text[last.end() :]}")


@pytest.fixture
def digest(world: World) -> Digest:
    return season(world, 2)[0]


# --- what was issued


@pytest.mark.parametrize(("format_", "language"), EXPORTS)
def test_an_export_is_what_was_issued(world: World, digest: Digest, format_: Format, language: Language):
    assert judged(export(record(world, digest), format_, language), world.session) == ("issued", ["issued"])


@pytest.mark.parametrize(("format_", "language"), EXPORTS)
def test_without_a_database_only_the_file_itself_is_checked(format_: Format, language: Language):
    assert judged(export(issued(), format_, language), None) == ("partly", ["partly"])


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(("format_", "language"), EXPORTS)
def test_an_export_from_before_a_quote_was_withdrawn_is_an_older_revision(
    world: World, digest: Digest, format_: Format, language: Language, place: int
):
    before = export(record(world, digest), format_, language)
    withdraw(world, digest, place)
    expected = ("partly", ["partly", "older_text"]) if format_ is Format.TEXT else ("older", ["older"])
    assert judged(before, world.session) == expected
    assert judged(export(record(world, digest), format_, language), world.session) == ("issued", ["issued"])


@pytest.mark.parametrize(("format_", "language"), EXPORTS)
def test_an_export_from_before_the_posting_is_a_draft(world: World, format_: Format, language: Language):
    world.answer(world.add_round(1), world.add_people(10))
    draft = export(record(world, world.draft(1)), format_, language)
    assert judged(draft, world.session)[0] == "draft"
    world.issue(1)
    assert judged(draft, world.session)[0] == ("draft" if format_ is not Format.TEXT else "partly")


@pytest.mark.parametrize("format_", Format)
def test_the_report_of_a_season_is_verified_as_a_digest_is_and_ends_the_chain(world: World, format_: Format):
    last = season(world, 2)[1]
    (round_,) = world.session.query(Round).filter_by(week=last.week).all()
    report = draft_report(world.session, post_of(3), PROGRAMME, round_, post_of(3))
    assert report is not None
    digest_review.mark_issued(world.session, post_of(3), world.post(report, 3))
    assert judged(export(record(world, report), format_, Language.DA), world.session) == ("issued", ["issued"])
    (chain,) = chains({f"{digest.number}": paper(record(world, digest), format_) for digest in (last, report)})
    assert keys(chain.faults) == []
    assert keys(chain.notes) == ["chain.from", "chain.ended"]


# --- what was altered, by somebody who seals it anew


@pytest.mark.parametrize("format_", [Format.HTML, Format.JSON])
def test_another_number_is_another_content(world: World, digest: Digest, format_: Format):
    forged = with_content(record(world, digest), floor=6)
    assert judged(export(forged, format_, Language.DA), world.session) == ("altered", ["altered", "other_content"])
    assert judged(export({**forged, "checksum": digest.checksum}, format_, Language.DA), None) == ("altered", ["altered", "content"])


def test_a_number_in_a_text_is_compared_with_what_the_database_would_write(world: World, digest: Digest):
    text = export(record(world, digest), Format.TEXT, Language.DA)
    forged = sealed_anew(text.replace("Omtrent 10 svarede", "Omtrent 90 svarede"))
    assert judged(forged, world.session) == ("altered", ["altered", "differs"])


def test_words_on_a_page_that_are_not_its_data_are_shown_with_their_place():
    page = export(issued(), Format.HTML, Language.DA)
    forged = read_paper(sealed_anew(page.replace("Omtrent 10 svarede", "Omtrent 90 svarede")).encode())
    assert isinstance(forged, Paper)
    _, said = verify_paper(forged, "file", None, PROGRAMME).said
    values = dict(said.values)
    assert said.key == "verify.differs"
    assert "90" in str(values["there"])
    assert "10" in str(values["ours"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("</main>", "<p>Alle er tilfredse.</p></main>"),
        ('dt::after { content: ":"; }', 'dt::after { content: "90"; }'),
        ("<title>", "<title>Alt er godt. "),
        ("<h1>", '<h1 style="width:90%">'),
        ("</main>", "</main><!-- --!><p>Alle er tilfredse.</p> -->"),
        ("</main>", "</main><![CDATA[><p>Alle er tilfredse.</p>]]>"),
        ("</main>", "</main><svg><style><p>Alle er tilfredse.</p></style></svg>"),
        ("</main>", '</main><input value="Alle er tilfredse.">'),
        ("<p>", "<p hidden>"),
        ("</html>", '<script>document.querySelector(".figure").textContent = "90"</script></html>'),
        ("</style>", '.figure { font-size: 0; } .figure::after { content: "Omtrent 90"; font-size: 1rem; }</style>'),
        ("</style>", "main { display: none; }</style>"),
        (re.search("<meta http-equiv.*>", page(records.full(), Language.DA))[0], ""),
        ("<main>", '<main><input value="Borgmesteren lover alt">'),
        ("<main>", "<main><p hidden></p>"),
        ('<section class="below">', '<section class="top">'),
        ("max-width: 42rem", "max-width: 43rem"),
        ("<h1>", "<h1></h1><script/><p>Alle er tilfredse.</p></script/><h1>"),
    ],
)
def test_a_page_that_shows_or_looks_otherwise_than_its_data_say_is_altered_however_it_is_kept(
    world: World, digest: Digest, before: str, after: str
):
    page = export(record(world, digest), Format.HTML, Language.DA)
    assert before in page
    forged = page.replace(before, after, 1)
    assert judged(sealed_anew(forged), world.session) == ("altered", ["altered", "differs"])
    assert judged(forged, world.session) == ("altered", ["altered", "seal_broken", "differs"])


@given(st.data())
def test_what_browsers_add_changes_nothing_that_is_read_but_anything_else_does(data: st.DataObject):
    drawn = export(issued(), Format.HTML, Language.DA)
    saved = drawn.replace("&#x27;", "'").replace(
        "<html", '<!-- saved from url=(0014)about:internet -->\n<html xmlns="http://www.w3.org/1999/xhtml"'
    )
    saved = saved.replace(' charset="utf-8">', ' http-equiv="Content-Type" content="text/html; charset=UTF-8">').replace("</p>\n", "</p>")
    assert judged(saved, None) == ("partly", ["partly", "saved_by_browser"])
    at = data.draw(st.integers(saved.index("<body>"), len(saved) - len("</html>")))
    added = data.draw(
        st.sampled_from(["<p>", "</p>", "<b>", "x", "<!-- x -->", "<!-- saved from url=x --!><p>", ' hidden=""', "<p/>", "9", "&nbsp;x"])
    )
    assert judged(f"{saved[:at]}{added}{saved[at:]}", None)[0] in {"altered", "no export"}


@pytest.mark.parametrize("format_", [Format.HTML, Format.JSON])
def test_another_quote_is_noticed_with_and_without_a_database(world: World, digest: Digest, format_: Format):
    forged = as_json(record(world, digest))
    forged["quotes"][0]["text"] = "alt er godt"
    assert judged(export(forged, format_, Language.DA), None) == ("altered", ["altered", "quote"])
    del forged["quotes"][0]
    assert judged(export(forged, format_, Language.DA), world.session) == ("altered", ["altered", "other_quotes"])
    withdraw(world, digest, 1)
    assert judged(export(forged, format_, Language.DA), world.session)[0] == "altered"


def test_a_quote_more_than_was_withdrawn_is_an_invention(world: World, digest: Digest):
    forged = as_json(record(world, digest))
    withdraw(world, digest, 1)
    assert judged(export(forged, Format.JSON, Language.DA), world.session)[0] == "older"
    forged["quotes"].append({**forged["quotes"][0], "text": "alt er godt", "checksum": text_checksum("alt er godt")})
    assert judged(export(forged, Format.JSON, Language.DA), world.session) == ("altered", ["altered", "other_quotes"])


@pytest.mark.parametrize(("name", "value"), [("issued_at", "2018-08-25T12:00:00+00:00"), ("finding", "people"), ("late", True)])
def test_other_facts_beside_the_content_are_named(world: World, digest: Digest, name: str, value: object):
    forged: Any = {**record(world, digest), name: value}
    assert judged(export(forged, Format.JSON, Language.DA), world.session) == ("altered", ["altered", "other_facts"])


def test_a_revision_that_the_database_has_not_come_to_is_no_older_one(world: World, digest: Digest):
    for format_ in Format:
        forged = export({**record(world, digest), "revision": 2}, format_, Language.DA)
        assert judged(forged, world.session) == ("altered", ["altered", "revision_ahead"])


@pytest.mark.parametrize("format_", Format)
def test_another_case_number_may_be_the_programme_of_today(world: World, digest: Digest, format_: Format):
    forged: Any = {**record(world, digest), "case": "18/1234"}
    assert judged(export(forged, format_, Language.DA), world.session) == ("partly", ["partly", "other_filing"])


def test_only_lines_of_the_foot_may_name_another_sender(world: World, digest: Digest):
    text = export(record(world, digest), Format.TEXT, Language.DA)
    forged = sealed_anew(text.replace("\n\n", "\nAfsender: Byrådet lover alt.\n\n", 1))
    assert judged(forged, world.session) == ("altered", ["altered", "differs"])


def test_of_an_older_revision_the_words_of_withdrawn_quotes_cannot_be_checked_and_it_is_not_called_genuine(world: World, digest: Digest):
    forged = as_json(record(world, digest))
    forged["quotes"][1].update(text="Chefen lyver.", checksum=text_checksum("Chefen lyver."))
    withdraw(world, digest, 1)
    for format_ in (Format.HTML, Format.JSON):
        read = read_paper(export(forged, format_, Language.DA).encode())
        assert isinstance(read, Paper)
        (said,) = verify_paper(read, "file", world.session, PROGRAMME).said
        assert said.key == "verify.older"
        for language, genuine, cannot in ((Language.DA, "Ægte", "kan ikke kontrolleres"), (Language.EN, "Genuine", "cannot be checked")):
            assert genuine not in in_words(language, said)
            assert cannot in in_words(language, said)
        forged["content"]["floor"] = 6
        forged["checksum"] = checksum(forged["content"])
        assert judged(export(forged, format_, Language.DA), world.session) == ("altered", ["altered", "other_content"])
        forged["content"]["floor"] = 5
        forged["checksum"] = checksum(forged["content"])


def test_a_file_under_the_name_of_another_is_exchanged(world: World, digest: Digest):
    page, name = export(record(world, digest), Format.HTML, Language.DA), f"{PROGRAMME.id}-digest-01-revision-1.html"
    assert judged(page, world.session, name)[0] == "issued"
    assert judged(page, world.session, name.replace("01", "02")) == ("altered", ["altered", "other_name"])


# --- what the database does not know


def test_a_number_that_was_never_given_is_unknown(world: World, digest: Digest):
    forged = {**with_content(record(world, digest), number=7, before={"number": 6, "checksum": PLACE}), "number": 7}
    assert judged(export(forged, Format.HTML, Language.DA), world.session) == ("unknown", ["unknown"])


def test_another_programme_can_only_be_compared_with_itself(world: World, digest: Digest):
    other: Any = {**with_content(record(world, digest), programme="elsewhere"), "programme": "elsewhere"}
    for format_ in Format:
        assert judged(export(other, format_, Language.DA), world.session) == ("partly", ["partly", "other_programme"])


def test_of_a_purged_digest_the_database_has_only_the_number(world: World, digest: Digest):
    page = export(record(world, digest), Format.HTML, Language.DA)
    digest.state, digest.content, digest.checksum = DigestState.PURGED, {}, ""
    assert judged(page, world.session) == ("partly", ["partly", "purged"])


def test_a_database_that_was_altered_itself_is_told(world: World, digest: Digest):
    page = export(record(world, digest), Format.HTML, Language.DA)
    digest.content = {**digest.content, "floor": 1}
    assert judged(page, world.session) == ("partly", ["partly", "database_changed"])


# --- what programs do to files


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_ends_of_lines_and_encodings_may_be_changed_by_a_program(world: World, digest: Digest, format_: Format, encoding: str):
    saved = export(record(world, digest), format_, Language.DA).replace("\n", "\r\n").encode(encoding)
    assert judged(saved, world.session) == ("issued", ["issued", "resaved"])


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"%PDF-1.7\n\xe2\xe3", "pdf"),
        (b"PK\x03\x04\x14\x00", "word"),
        (b"\x00\x01\x02", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00", "not_text"),
        (b"", "no_export"),
        ("Kære alle".encode("cp1252"), "no_export"),
        (b"<html><body>Hej</body></html>", "no_export"),
        (b'<html><script id="record">{"number": 3}</script></html>', "no_export"),
        (b'{"number": 3}', "no_export"),
        (b'{\n  "programmes": []\n}', "whole_export"),
        (b"[" * 100_000, "no_export"),
        (b"{" * 100_000, "no_export"),
        (b'{"a":' * 100_000, "no_export"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"eftertanke:1:randers-2018:1:1", "no_export"),
    ],
)
def test_what_is_no_export_is_told_kindly(raw: bytes, key: str):
    assert judged(raw, None) == ("no export", [key])


def test_a_page_that_an_earlier_version_drew_otherwise_is_not_taken_for_altered(world: World, digest: Digest):
    page = export(record(world, digest), Format.HTML, Language.DA)
    earlier = sealed_anew(page.replace("eftertanke:1:", "eftertanke:99:").replace("<h1>", "<h1 >"))
    assert judged(earlier, world.session) == ("partly", ["partly", "other_form"])


NOT_OURS = (
    None,
    -1,
    10**30,
    "a\ud800",
    [1],
    [{}],
    {},
    [{"theme": [], "place": {}, "wish": 1, "checksum": "x", "text": "y"}],
)


@pytest.mark.parametrize(("before", "after"), [('"programme": "', '"programme": "\\ud800'), ('"number": 1', f'"number": 1{"0" * 30}')])
def test_data_that_nobody_can_write_or_store_are_not_whole(world: World, digest: Digest, before: str, after: str):
    assert judged(export(record(world, digest), Format.JSON, Language.DA).replace(before, after), world.session) == (
        "no export",
        ["not_whole"],
    )


@pytest.mark.parametrize("broken", [{"quotes": [1]}, {"content": {}}, {"finding": "sun"}, {"wishes_in_ledger": 3}, {"issued_at": "now"}])
@pytest.mark.usefixtures("digest")
def test_data_that_are_not_whole_are_told_and_raise_nothing(world: World, broken: dict[str, Any]):
    assert judged(with_data({**as_json(issued()), **broken}, Format.HTML), None)[0] == "altered"
    assert judged(with_data({**as_json(issued()), **broken}, Format.JSON), world.session)[0] == "altered"


def test_whatever_stands_in_a_record_raises_nothing_and_is_never_genuine(world: World, digest: Digest):
    whole = as_json(record(world, digest))
    for name, value in product(whole, NOT_OURS):
        for forged in ({**whole, name: value}, {**whole, "content": {**whole["content"], name: value}}):
            if forged != whole:
                outcome, _ = judged(with_data(forged, Format.JSON), world.session)
                assert outcome not in {"issued", "draft", "older"} or (name, outcome) == ("state", "draft")


def test_a_number_that_no_digest_has_makes_no_long_list():
    huge = {**with_content(issued(), number=999_999_999), "number": 999_999_999}
    assert judged(export(huge, Format.JSON, Language.DA), None) == ("no export", ["not_whole"])


# --- words that look like marks


def answered(words: str) -> Record:
    answer = {"digest": 1, "week": "2018-W33", "kind": "take_up", "words": words, "due": "2018-10-01"}
    return with_content(issued(), since_last=[answer])


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize(
    "words",
    [
        "Lav en <html-side til os",
        "eftertanke-agenda:randers-2018:1:4",
        "eftertanke:9:randers-2018:9:9",
        '<script type="application/json" id="agenda">',
        "</script><script>alert(1)</script><!--",
        f"a\nKontrolsum: {'ab' * 32}\nMærke: eftertanke:1:x:4:1\nSegl: {PLACE}",
    ],
)
def test_no_words_make_another_kind_of_file_of_an_export(format_: Format, words: str):
    file = export(answered(words), format_, Language.DA)
    assert judged(file, None) == ("partly", ["partly"])
    changed = file.replace("Nummer", "Nummer 9") if format_ is not Format.JSON else file.replace('"floor": 5', '"floor":  5')
    assert changed != file
    assert judged(changed, None)[0] == "altered"
    if format_ is not Format.TEXT:  # which carries no data
        assert judged(sealed_anew(changed), None) == ("altered", ["altered", "differs"])


# --- files that would take for ever


@pytest.mark.parametrize(
    "long",
    [
        "<html><script" + ' id="record"' * 200_000,
        '<html lang="da">' + '<script type="application/json" id="record">' * 50_000,
        "<!DOCTYPE html><html>" + "<!" * 1_000_000,
        "<!DOCTYPE html>" + "<!-- saved from url=" * 100_000,
        f"eftertanke:1:x:1:1 {'»' + '«.' * 1_000_000}\n{PLACE}",
        "a" * 4_900_000,
        "eftertanke:1:" * 300_000,
        f"x\n{PLACE}\neftertanke:1:x:1:1\n{PLACE}" * 20_000,
    ],
    ids=range(8),
)
def test_no_file_is_read_for_long(world: World, long: str):
    judged(long, world.session)  # a pattern that tries again from each place would not end


@pytest.mark.usefixtures("digest")
def test_a_long_page_is_compared_in_one_pass(world: World):
    drawn = export(issued(), Format.HTML, Language.DA)
    for filler in (" " * 300_000, "<!" * 200_000, "<p/ " * 100_000, "<!-- saved from url=" * 20_000):
        assert judged(drawn.replace("</main>", f"{filler}</main>"), world.session)[0] in {"altered", "partly"}


# --- any change


@given(st.sampled_from(EXPORTS), st.data())
def test_any_change_of_any_byte_is_noticed_without_a_database(export_: tuple[Format, Language], data: st.DataObject):
    file = export(issued(), *export_).encode()
    at = data.draw(st.integers(0, len(file) - 1))
    byte = data.draw(st.binary(min_size=1, max_size=1).filter(lambda byte: byte != file[at : at + 1]))
    for changed in (file[:at] + byte + file[at + 1 :], file[:at] + byte + file[at:], file[:at] + file[at + 1 :]):
        if changed != file:
            assert judged(changed, None) != ("partly", ["partly"])
