"""Blocks become HTML that reads well and can do no harm."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.page import labels
from bot.workspace.page.block_html import DrawingContext, draw_blocks, draw_element, field_name, press_value
from bot.workspace.page.mrkdwn import mrkdwn_to_html, plain_to_html
from bot.workspace.state.forms import complaints, fill_form

HARMLESS = {"p", "br", "strong", "em", "s", "code", "pre", "a", "span", "blockquote"}
VOID = {"br", "hr", "input"}
HOSTILE = """"'><script>alert(1)</script><img src=x onerror=alert(1)><!channel><https://example.org|</a>> {{ 7 * 7 }} &lt;script&gt;"""
MARKED_UP = st.text(alphabet="*_~`<>&|!@#^ab1 \n/:\"'=;") | st.text()


class Reader(HTMLParser):
    """What a browser would find: tags that are balanced, attributes, and the text people read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(str(html))
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def words(self) -> str:
        return "".join(self.pieces)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def at(**more: Any) -> DrawingContext:
    names = {"U0ANE": "Anemone Prøvegaard", "C0DIGEST": "digest"}
    people = {"politiker": [("U0ANE", "Anemone Prøvegaard"), ("U0BLA", "Blåklokke <i>Prøvesen</i>")], "leder": [("U0SOL", "Solsikke")]}
    return DrawingContext(words=labels.DA, prefix="m1", names=names, people=people, **more)


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def option(words: str, value: str = "1") -> dict[str, Any]:
    return {"text": text(words), "value": value, "description": text(words)}


def everything(words: str) -> list[dict[str, Any]]:
    """A block of each kind with an element of each kind, and `words` in every place where text may stand."""
    options = [option(words, words)]
    sure = {"title": text(words), "text": text(words, "mrkdwn"), "confirm": text(words), "deny": text(words)}
    button = {"type": "button", "text": text(words), "action_id": "go", "value": words, "confirm": sure, "accessibility_label": words}
    chosen = [
        {"type": kind, "action_id": kind, "options": options, "placeholder": text(words)}
        for kind in ("static_select", "checkboxes", "radio_buttons")
    ]
    typed = [{"type": "plain_text_input", "action_id": "one", "placeholder": text(words), "multiline": many} for many in (True, False)]
    chosen.append({"type": "multi_users_select", "action_id": "whom", "placeholder": text(words)})
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2018-08-21"}
    drawn = [
        {"type": "header", "text": text(words)},
        {"type": "section", "text": text(words, "mrkdwn"), "fields": [text(words, "mrkdwn")], "accessory": button},
        {"type": "context", "elements": [text(words, "mrkdwn")]},
        {"type": "divider"},
        {"type": "actions", "elements": [button, *chosen, day]},
        {"type": "rich_text", "elements": [words]},
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [text(words, "text")]}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{**text(words, "text"), "style": {"bold": True}}]}]},
        *({"type": "input", "label": text(words), "hint": text(words), "element": one, "optional": True} for one in (*chosen, *typed, day)),
    ]
    return [{**block, "block_id": f"b{place}"} for place, block in enumerate(drawn)]


@given(MARKED_UP)
def test_whatever_is_written_only_harmless_tags_come_out_and_all_are_closed(words: str) -> None:
    read = Reader(mrkdwn_to_html(words))
    assert {tag for tag, _ in read.tags} <= HARMLESS
    for tag, attributes in read.tags:
        assert attributes.keys() <= ({"href", "target", "rel"} if tag == "a" else {"class"})
        assert str(attributes.get("href", "https://")).startswith(("https://", "http://", "mailto:"))


@given(st.text().filter(lambda words: "&" not in words and "\r" not in words and "\x00" not in words))
def test_plain_text_is_read_exactly_as_it_was_written(words: str) -> None:
    assert Reader(plain_to_html(words).replace("<br>", "\n")).words == words


def test_paragraphs_of_one_block_are_told_apart_without_an_empty_line() -> None:
    block = {"type": "section", "text": {"type": "plain_text", "text": "en\nlinje\n\nto"}}
    assert "<p>en<br>linje</p><p>to</p>" in draw_blocks([block], at())


@given(MARKED_UP)
def test_no_text_in_any_block_ever_becomes_a_tag_or_an_attribute(words: str) -> None:
    innocent = [(tag, attributes.keys()) for tag, attributes in _known(draw_blocks(everything("ord"), at()))]
    assert [(tag, attributes.keys()) for tag, attributes in _known(draw_blocks(everything(words or "-"), at()))] == innocent


def _known(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags that are not mrkdwn's own."""
    return [(tag, attributes) for tag, attributes in Reader(html).tags if tag not in HARMLESS]


def test_a_hostile_text_is_read_and_does_nothing() -> None:
    read = Reader(draw_blocks(everything(HOSTILE), at()))
    assert {"script", "img"}.isdisjoint(tag for tag, _ in read.tags)
    assert "<script>alert(1)</script>" in read.words
    assert "49" not in read.words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*fed*", "<p><strong>fed</strong></p>"),
        ("_skrå_ og ~slettet~", "<p><em>skrå</em> og <s>slettet</s></p>"),
        ("*fed med _skrå_ i*", "<p><strong>fed med <em>skrå</em> i</strong></p>"),
        ("`*ikke fed*`", "<p><code>*ikke fed*</code></p>"),
        ("```a\nb```", "<p><pre>a\nb</pre></p>"),
        ("2*3*4 og snake_case_navn", "<p>2*3*4 og snake_case_navn</p>"),
        ("en\nto", "<p>en<br>to</p>"),
        ("&gt; citat\nefter", "<blockquote>citat</blockquote><p>efter</p>"),
        ("&lt;b&gt; &amp;amp;", "<p>&lt;b&gt; &amp;amp;</p>"),
        ("<!channel>", '<p><span class="mention">@channel</span></p>'),
        ("<!subteam^S0ALL|@alle>", '<p><span class="mention">@alle</span></p>'),
        ("<@U0ANE> og <@U0NOBODY>", '<p><span class="mention">@Anemone Prøvegaard</span> og <span class="mention">@U0NOBODY</span></p>'),
        ("<#C0DIGEST>", '<p><span class="mention">#digest</span></p>'),
        ("<!date^1534835400^{date}|21. august>", '<p><span class="mention">21. august</span></p>'),
        ("<|hvem>", "<p>&lt;|hvem&gt;</p>"),
        ("<javascript:alert(1)|her>", "<p>&lt;javascript:alert(1)|her&gt;</p>"),
        (
            "<https://example.org/?a=1&amp;b=2|siden>",
            '<p><a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">siden</a></p>',
        ),
    ],
)
def test_slacks_markup_is_shown(written: str, shown: str) -> None:
    assert mrkdwn_to_html(written, {"U0ANE": "Anemone Prøvegaard", "C0DIGEST": "digest"}) == shown


def test_an_unknown_block_is_shown_as_its_json() -> None:
    block = {"type": "video", "title": "<Nyt>", "block_id": "b0"}
    read = Reader(draw_blocks([block], at()))
    assert labels.DA.unknown in read.words
    assert json.loads(read.words.replace(labels.DA.unknown, "")) == block


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header"},
        {"type": "section", "text": {"type": "smoke", "text": "hej"}},
        {"type": "context", "elements": [7]},
        {"type": "input", "block_id": "b", "label": text("Svar"), "element": {"type": "number_input"}},
        {"type": "actions", "block_id": "b", "elements": [{"type": "workflow_button", "text": text("Gå")}]},
        {"type": "image", "block_id": "b", "image_url": "https://example.org/a.png", "alt_text": "en and"},
        {"type": ["header"]},
        {},
    ],
)
def test_a_block_that_is_not_as_slack_has_it_is_shown_as_its_json(block: dict[str, Any]) -> None:
    assert labels.DA.unknown in draw_blocks([block], at())


def test_a_chart_is_a_table_with_a_caption_row_headers_and_bars_that_grow_with_the_numbers() -> None:
    values = {"uge 34": 20, "uge <35>": 40, "uge 36": 1, "uge 37": 0}
    points = [{"label": label, "value": value} for label, value in values.items()]
    bars = {"type": "bar", "series": [{"name": "Svar", "data": points}], "axis_config": {"categories": list(values)}}
    read = Reader(draw_blocks([{"type": "data_visualization", "title": HOSTILE, "chart": bars}], at()))
    assert [cell["scope"] for cell in read.named("th")] == ["col", "row", "row", "row", "row"]
    assert [bar["class"] for bar in read.named("span")] == [
        "b-bar tens-5 ones-0",
        "b-bar tens-10 ones-0",
        "b-bar tens-0 ones-2",
        "b-bar tens-0 ones-0",
    ]
    assert HOSTILE in read.words
    assert "uge <35>" in read.words
    assert {tag for tag, _ in read.tags} == {"table", "caption", "thead", "tbody", "tr", "th", "td", "span"}


def test_a_button_posts_where_it_stands_and_what_it_carries() -> None:
    block = {"type": "actions", "block_id": "b0", "elements": []}
    button = {"type": "button", "text": text("Svar"), "action_id": "answer", "value": "7", "style": "primary"}
    drawn = Reader(draw_element(button, block, at())).named("button")[0]
    assert json.loads(str(drawn["value"])) == {"block_id": "b0", "action_id": "answer", "value": "7"}
    assert drawn["class"] == "button primary"
    assert drawn["formaction"] == "/act/press"


def test_a_button_that_asks_first_carries_its_question() -> None:
    sure = {"title": text("Ikke med?"), "text": text("*Sikker?*", "mrkdwn"), "confirm": text("Ja"), "deny": text("Nej"), "style": "danger"}
    button = {"type": "button", "text": text("Ikke med"), "action_id": "leave", "confirm": sure}
    read = Reader(draw_blocks([{"type": "actions", "block_id": "b0", "elements": [button]}], at()))
    template = read.named("template")[0]
    assert read.named("button")[0]["data-confirm"] == template["id"]
    assert (template["data-yes"], template["data-no"], template["data-style"]) == ("Ja", "Nej", "danger")


def test_a_menu_in_a_message_has_a_button_that_says_which_field_to_look_in() -> None:
    menu = {"type": "checkboxes", "action_id": "marks", "options": [option("Ønske", "wish")]}
    block = {"type": "actions", "block_id": "b0", "elements": [menu]}
    read = Reader(draw_blocks([block], at()))
    assert json.loads(press_value(block, menu)) == {
        "block_id": "b0",
        "action_id": "marks",
        "field": field_name(block, menu),
        "many": True,
    }
    assert read.named("button")[0]["value"] == press_value(block, menu)
    assert read.named("input")[0]["name"] == field_name(block, menu)


def test_what_stands_in_a_form_is_shown_with_its_errors_beside_the_fields() -> None:
    form = [block for block in everything("Ord") if block["type"] == "input"]
    state = fill_form(form, {block["block_id"]: {block["element"]["action_id"]: _something(block["element"])} for block in form})
    read = Reader(draw_blocks(form, at(state=state, errors={block["block_id"]: "Nej" for block in form})))
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    alerts = [attributes["id"] for _, attributes in read.tags if attributes.get("role") == "alert"]
    described = [str(attributes["aria-describedby"]).split() for _, attributes in read.tags if "aria-describedby" in attributes]
    assert len(alerts) == len(form)
    assert [error_and_hint[0] for error_and_hint in described] == alerts  # what is wrong is read first
    assert all({error, hint} <= ids for error, hint in described)
    assert "Skrevet < før" in read.words
    assert [one["value"] for one in read.named("input") if one["type"] in ("text", "date")] == ["Skrevet < før", "2018-08-24"]
    assert [one["value"] for one in read.named("input") if "checked" in one] == ["Ord", "Ord", "U0BLA"]
    assert ["open" in one for one in read.named("details")] == [True, False], "one sees who is picked"
    assert sum("selected" in one for one in read.named("option")) == 1


def _something(one: dict[str, Any]) -> Any:
    if one["type"] in ("checkboxes", "multi_users_select"):
        return ["Ord"] if one["type"] == "checkboxes" else ["U0BLA"]
    return {"plain_text_input": "Skrevet < før", "datepicker": "2018-08-24"}.get(one["type"], "Ord")


def test_what_must_be_read_first_is_an_alert_and_somebodys_words_a_quotation() -> None:
    named = [{"type": "section", "block_id": name, "text": text("Ord")} for name in ("notice", "quotation-1", "quotation-1-1", "b3")]
    drawn = [Reader(draw_blocks([block], at())) for block in named]
    assert [each.named("div")[0].get("role") for each in drawn] == ["alert", None, None, None]
    assert [len(each.named("blockquote")) for each in drawn] == [0, 1, 1, 0]
    assert [each.words.strip() for each in drawn] == ["Ord"] * 4


def test_every_field_has_a_label_or_stands_in_a_named_group() -> None:
    read = Reader(draw_blocks(everything("Ord"), at()))
    labelled = {attributes["for"] for attributes in read.named("label") if "for" in attributes}
    for attributes in [*read.named("select"), *read.named("textarea"), *(one for one in read.named("input") if one["type"] == "text")]:
        assert attributes["id"] in labelled or "aria-label" in attributes
    assert len(read.named("fieldset")) == len(read.named("legend")) == 3


def test_people_to_pick_stand_by_their_title_under_a_line_that_opens() -> None:
    block = {"type": "input", "block_id": "whom", "label": text("Hvem"), "element": {"type": "multi_users_select", "action_id": "whom"}}
    read = Reader(draw_blocks([block], at()))
    assert " ".join(read.words.split()) == "Hvem politiker (2) Anemone Prøvegaard Blåklokke <i>Prøvesen</i> leder (1) Solsikke"
    assert len(read.named("summary")) == 2
    assert [(each["type"], each["value"], each["name"]) for each in read.named("input")] == [
        ("checkbox", person, field_name(block, block["element"])) for person in ("U0ANE", "U0BLA", "U0SOL")
    ]


def test_a_quote_is_drawn_as_one_with_every_sign_as_it_was_written() -> None:
    block = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [text("»*Ro* & <b>tid</b>«", "text")]}]}
    read = Reader(draw_blocks([block], at()))
    assert (read.words.strip(), len(read.named("blockquote"))) == ("»*Ro* & <b>tid</b>«", 1)


@pytest.mark.parametrize(
    ("style", "tag"), [("bold", "strong"), ("underline", "u"), ("italic", "em"), ("strike", "s"), ("code", "code"), ("loud", "p")]
)
def test_what_stands_out_does_so_for_who_hears_the_page_too_and_no_sign_in_it_is_markup(style: str, tag: str) -> None:
    words = [text("Vi _ved_ ", "text"), {**text("*godt* &amp; <b>\nnok", "text"), "style": {style: True}}]
    block = {"type": "rich_text", "block_id": "notice", "elements": [{"type": "rich_text_section", "elements": words}]}
    read = Reader(draw_blocks([block], at()))
    assert (read.words.strip(), len(read.named(tag))) == ("Vi _ved_ *godt* &amp; <b>nok", 1)
    assert read.named("div")[0] == {"class": "b-section b-notice", "id": "m1-notice", "role": "alert", "tabindex": "-1"}


def test_ids_are_the_same_in_each_drawing_and_hold_no_blanks() -> None:
    button = {"type": "button", "text": text("Svar"), "action_id": "et svar", "value": "a b"}
    block = {"type": "actions", "block_id": "min blok", "elements": [button]}
    assert at().id(block, button) == at().id(block, button) == "m1-min_blok-et_svar-a_b"


def test_what_slacks_own_client_says_is_said_in_the_readers_language() -> None:
    field = {"type": "plain_text_input", "action_id": "t", "max_length": 3, "min_length": 2}
    block = {"type": "input", "block_id": "b", "label": text("Svar"), "element": field}
    said = [complaints([block], {"b": {"t": value}})["b"] for value in ("", "a", "abcd")]
    assert [labels.translate_client_text(labels.DA, sentence) for sentence in said] == [
        "Udfyld feltet.",
        "Skriv mindst 2 tegn.",
        "Skriv højst 3 tegn.",
    ]
    assert [labels.translate_client_text(labels.EN, sentence) for sentence in said] == said
    assert labels.translate_client_text(labels.DA, "Sagt af botten.") == "Sagt af botten."


def test_moments_are_said_as_in_denmark_and_in_britain() -> None:
    moment = labels.moment_of_ts("1534923000.000100")
    assert labels.format_moment(labels.DA, moment, "Europe/Copenhagen") == "onsdag den 22. august 2018 kl.\u00a009.30"
    assert labels.format_moment(labels.EN, moment, "Europe/London") == "Wednesday 22 August 2018 at\u00a008:30"
    assert labels.format_brief(labels.DA, moment, "Europe/Copenhagen") == "ons. 22. aug. kl.\u00a009.30"
