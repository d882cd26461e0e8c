"""Whatever people write stands on a page as they wrote it, and never becomes markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.papers.html_writer import POLICY, document, element
from bot.programme import Language

SCALARS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
TEXTS = st.text(SCALARS, max_size=60) | st.sampled_from(["</script>", "</style><script>x</script>", "<!--", "&lt;", '" onload="x', "]]>"])


class Seen(HTMLParser):
    """What a reader of HTML finds: elements, attributes, and the text that stands right in each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, str] = {}
        self._inside = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts[self._inside[-1]] = self.texts.get(self._inside[-1], "") + data


@given(title=TEXTS, text=TEXTS, attribute=TEXTS, data=TEXTS)
def test_a_page_holds_each_text_as_it_is_and_no_element_besides_ours(title: str, text: str, attribute: str, data: str):
    body = [element("h1", text, class_=attribute)]
    seen = Seen(document(Language.DA, title, "p { margin: 0 }\n", body, {"record": {"words": data}}))
    assert seen.elements == ["html", "head", "meta", "meta", "meta", "title", "style", "script", "body", "h1"]
    assert (seen.texts.get("title", ""), seen.texts.get("h1", "")) == (title, text)
    assert json.loads(seen.texts["script"]) == {"words": data}
    assert ("class", attribute) in seen.attributes


def test_a_page_runs_nothing_and_fetches_nothing():
    page = document(Language.EN, "Title", "", [], {"record": {}})
    assert ("content", POLICY) in Seen(page).attributes
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert page.count("<script") == page.count('<script type="application/json"') == 1


def test_what_is_not_there_is_left_out():
    assert "<p>A</p>" in document(Language.DA, "", "", [element("div", None, element("p", "A"), None)], {})
