"""How a synthetic organiser reviews the quotes of a theme, page by page.

They judge each text once, in the order in which the texts stand. What they approve of a whole page they approve with one press, if they
can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.workspace.client.person import Ack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workspace.block_rules import Json
    from bot.workspace.client.person import ChatClient

SHOW: Final = "show"
LATER: Final = "later"


def review_quotes(chat: ChatClient, user: str, judge: Callable[[list[str]], str]) -> Ack:
    """Judge the texts in the open window, page after page; the last press, or the first that failed.

    `judge` chooses one of: show it, a reason not to, or decide later.
    """
    ack, judged = Ack(ok=True), set[str]()
    while rows := {id_: options for id_, options in _texts_that_wait(chat, user) if id_ not in judged}:
        verdicts = {id_: judge([SHOW, *options, LATER]) for id_, options in rows.items()}
        judged |= verdicts.keys()
        for press in _presses(chat, user, verdicts):
            ack = _press(chat, user, **press)
            if not ack.ok:
                return ack
        if not any(id_ not in judged for id_, _ in _texts_that_wait(chat, user)) and _has_next(chat, user):
            ack = _press(chat, user, action_id="quote_page")
    return ack


def _texts_that_wait(chat: ChatClient, user: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of undecided texts in the window: their ids, and the reasons in their menus."""
    for block in _blocks(chat, user):
        for element in block.get("elements", ()):
            if element.get("action_id") == "quote_no":
                yield block["block_id"], [option["value"] for option in element["options"]]


def _presses(chat: ChatClient, user: str, verdicts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The presses that carry out the verdicts on a page: what is declined first, then all others at once or one by one."""
    yield from (
        {"action_id": "quote_no", "block_id": id_, "value": verdict} for id_, verdict in verdicts.items() if verdict not in {SHOW, LATER}
    )
    to_show = [id_ for id_, verdict in verdicts.items() if verdict == SHOW]
    together = _value(chat, user, "quote_show_all")
    if together is not None and set(together.split(",")) == set(to_show):
        yield {"action_id": "quote_show_all"}
    else:
        yield from ({"action_id": "quote_show", "block_id": id_} for id_ in to_show)


def _has_next(chat: ChatClient, user: str) -> bool:
    return _value(chat, user, "quote_page") is not None


def _value(chat: ChatClient, user: str, action: str) -> str | None:
    """The value behind a button of the window; None if it is not there."""
    elements = (element for block in _blocks(chat, user) for element in block.get("elements", ()))
    return next((element.get("value", "") for element in elements if element.get("action_id") == action), None)


def _press(chat: ChatClient, user: str, **target: Any) -> Ack:
    view = chat.view(user)
    return chat.press(user, view_id=view.id if view else None, **target)


def _blocks(chat: ChatClient, user: str) -> list[Json]:
    view = chat.view(user)
    return view.blocks if view else []
