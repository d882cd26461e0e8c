"""An agenda paper is read in a real browser by everybody, at any width, and asks for nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import axe_playwright_python
import pytest

from bot.dialogue.digests.digest_content import checksum
from bot.dialogue.papers.agenda_answers import AnsweredWishes
from bot.dialogue.papers.agenda_paper import Agenda, agenda_paper
from bot.dialogue.responses.ledger import WishState
from bot.models import Digest, DigestState, Response
from bot.programme import Language
from bot.seam.actions import ResponseKind
from tests.support import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
NOW: Final = datetime(2018, 10, 1, 12, tzinfo=UTC)


def digest(number: int, state: DigestState = DigestState.ISSUED) -> Digest:
    content = {**records.content(records.TRUST, records.TIME), "number": number, "week": f"2018-W{33 + number}"}
    at = datetime(2018, 8, 17 + number, 12, tzinfo=UTC)
    values = {"week": content["week"], "state": state, "content": content, "checksum": checksum(content), "issued_at": at, "post_at": at}
    return Digest(programme="randers-2018", number=number, revision=1, **values)


def agenda() -> Agenda:
    """Four weeks with two themes each, one of which is held, and a promise and a wish that waits."""
    digests = [digest(number) for number in (1, 2, 4)]
    promise = Response(kind=ResponseKind.TAKE_UP, words=records.SAID, due_on=date(2018, 9, 7))
    of_trust = {"theme": "trust", "title": records.TRUST["title"]}
    wishes = [
        AnsweredWishes(digest=digests[0], state=WishState.OVERDUE, promised=(promise,), **of_trust),
        AnsweredWishes(digest=digests[1], state=WishState.WAITING, promised=(), **of_trust),
    ]
    left_out = [digest(3, DigestState.HELD)]
    return Agenda(now=NOW, timezone="Europe/Copenhagen", programme=None, digests=digests, left_out=left_out, wishes=wishes, beside=[])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [1280, 320])  # 320: a small phone, and 1280 at 400 %
def test_axe_finds_nothing_wrong_and_nobody_scrolls_sideways(browser: Browser, tmp_path: Path, language: Language, width: int):
    file = tmp_path / "agenda.html"
    file.write_text(agenda_paper(agenda(), language), encoding="utf-8")
    context, asked = browser.new_context(viewport={"width": width, "height": 800}), []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: asked.append(said.text))
    page.goto(file.as_uri())
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    assert [(wrong["id"], wrong["nodes"][0]["html"]) for wrong in found["violations"] + found["incomplete"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [file.as_uri()]
    context.close()
