"""The HTTP side of the Web API: it reads calls, checks them, and answers.

A call comes in any shape that Slack takes (form, JSON, query string, nothing at all). Its token, scope and rate are checked, the method
runs, and the call goes into the journal. Only tokens that were made for the local workspace are taken. Calls that change something must
be posted, because a browser fetches the address of a picture on any page without asking anyone.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.workspace.errors import Refusal
from bot.workspace.slack_api.injected_faults import FaultKind, InjectedFault
from bot.workspace.slack_api.json_text import read_json, read_object
from bot.workspace.slack_api.methods import METHODS, CallContext, Method, conversation_kind
from bot.workspace.slack_api.rate_limits import IN_ALL_CHANNELS, IN_ONE_CHANNEL, TIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from bot.workspace.block_rules import Json
    from bot.workspace.slack_api.injected_faults import InjectedFaults
    from bot.workspace.slack_api.journal import Journal
    from bot.workspace.slack_api.rate_limits import RateLimiter

BOT_TOKEN: Final = "xoxb-local-"  # noqa: S105 - how a token begins is no secret
APP_TOKEN: Final = "xapp-local-"  # noqa: S105 - likewise
_IN_JSON: Final = ("blocks", "view", "metadata")
UPLOAD: Final = "upload"  # what faults and the journal call the bytes of a file
_STRUCTURED: Final = (*_IN_JSON, "attachments")

log = logging.getLogger(__name__)


class TooManyCalls(Refusal):
    """Too many calls: 429, come back after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class HangUp(Response):
    """A response that sends nothing and drops the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Drop the connection and wait until it is gone."""
        scope["state"]["hang_up"]()
        while (await receive())["type"] != "http.disconnect":
            pass


class CutOff(Response):
    """A response that sends half of the answer and then drops the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise the whole body, send half of it, and hang up."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": bytes(self.body)[: len(self.body) // 2], "more_body": True})
        await HangUp()(scope, receive, send)


class WebApi:
    """Answers Web API calls."""

    def __init__(
        self,
        context: CallContext,
        *,
        rate_limiter: RateLimiter | None,
        faults: InjectedFaults,
        journal: Journal,
        tokens: Collection[str] | None = None,
    ) -> None:
        self._context = context
        self._rate_limiter = rate_limiter
        self._faults = faults
        self._journal = journal
        self._tokens = tokens

    async def answer(self, request: Request) -> Response:
        """Answer one call of `/api/METHOD`."""
        name = request.path_params["method"]
        if request.method != "POST" and not (name in METHODS and METHODS[name].reads):
            return PlainTextResponse("post it", 405, {"Allow": "POST"})
        try:
            args, token = await _read_call(request)
        except ClientDisconnect:
            return HangUp()
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_form_data"}, 400)
        fault = await self._meet_fault(name, args)
        if fault and not fault.done and fault.kind in ODD_ANSWERS and fault.kind is not FaultKind.REFUSE:
            self._journal.write(name, args, ok=False, error=fault.kind)
            return ODD_ANSWERS[fault.kind](JSONResponse({"ok": False}), fault)
        response = self._call(name, args, token, fault)
        return ODD_ANSWERS[fault.kind](response, fault) if fault and fault.done else response

    async def upload(self, request: Request) -> Response:
        """Take in the bytes of a file, at the address that was given for it.

        Who has the address needs no token.
        """
        file, content = request.path_params["file"], await request.body()
        args = {"file": file, "content": content.decode(errors="replace")}
        fault = await self._meet_fault(UPLOAD, args)
        is_done = (fault is None or fault.done or fault.kind is FaultKind.SLOW) and self._context.state.uploads.receive(file, content)
        self._journal.write(UPLOAD, args, ok=is_done, error=None if is_done else fault.kind if fault else "not_announced")
        response = PlainTextResponse(f"OK - {len(content)}" if is_done else "not taken", 200 if is_done else 400)
        is_odd = fault is not None and fault.kind in ODD_ANSWERS and fault.kind is not FaultKind.REFUSE
        return ODD_ANSWERS[fault.kind](response, fault) if fault and is_odd else response

    async def _meet_fault(self, name: str, args: Json) -> InjectedFault | None:
        """The fault of this call, if any; a slow one has been waited for."""
        fault = self._faults.meet(name, args, self._context.state.clock.now())
        if fault and fault.kind is FaultKind.SLOW:
            await self._faults.wait(fault.seconds)
        return fault

    def _call(self, name: str, args: Json, token: str, fault: InjectedFault | None) -> Response:
        """Run one call and write it into the journal."""
        try:
            decoded = _decode(args)
            args = decoded
            reply = {"ok": True, **self._run_method(name, decoded, token, fault)}
        except Refusal as refusal:
            self._journal.write(name, args, ok=False, error=refusal.error)
            status, more = (429, {"Retry-After": f"{refusal.seconds:g}"}) if isinstance(refusal, TooManyCalls) else (200, {})
            return JSONResponse({"ok": False, "error": refusal.error, **refusal.more}, status, self._headers(name) | more)
        self._journal.write(name, args)
        return JSONResponse(reply, headers=self._headers(name))

    def _run_method(self, name: str, args: Json, token: str, fault: InjectedFault | None) -> Json:
        method = METHODS.get(name)
        if method is None:
            log.error("the bot called a method that this workspace does not know", extra={"method": name})
            raise Refusal("unknown_method", req_method=name)
        self._check_token(method, token)
        self._check_scope(method, args)
        if fault and fault.kind is FaultKind.LIMIT:
            raise TooManyCalls(fault.seconds)
        if fault and fault.kind is FaultKind.REFUSE and not fault.done:
            raise Refusal(fault.error)
        posting = {name: IN_ALL_CHANNELS, f"{name} {args.get('channel')}": IN_ONE_CHANNEL}
        limits = {name: TIERS[method.tier]} if method.tier else posting
        if self._rate_limiter and (seconds := self._rate_limiter.wait(limits)):
            raise TooManyCalls(seconds)
        return method.run(self._context, args)

    def _check_token(self, method: Method, token: str) -> None:
        if not token:
            raise Refusal("not_authed")
        if not token.startswith((BOT_TOKEN, APP_TOKEN)):
            log.critical("a token that was not made for the local workspace was refused: real tokens do not belong here")
            raise Refusal("invalid_auth")
        if self._tokens is not None and not any(secrets.compare_digest(token.encode(), known.encode()) for known in self._tokens):
            raise Refusal("invalid_auth")
        if token.startswith(APP_TOKEN) is not method.app_token:
            raise Refusal("not_allowed_token_type")

    def _check_scope(self, method: Method, args: Json) -> None:
        scope = method.scope.replace("*", conversation_kind(self._context.state, str(args.get("channel", ""))))
        if scope and scope not in self._context.rights.scopes:
            log.error("the bot lacks a scope", extra={"scope": scope})
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self._context.rights.scopes)))

    def _headers(self, name: str) -> dict[str, str]:
        scope = METHODS[name].scope if name in METHODS else ""
        return {"X-OAuth-Scopes": ",".join(sorted(self._context.rights.scopes)), "X-Accepted-OAuth-Scopes": scope}


ODD_ANSWERS: Final[dict[FaultKind, Callable[[Response, InjectedFault], Response]]] = {  # in place of the real one
    FaultKind.LOSE: lambda _response, _fault: HangUp(),
    FaultKind.CRASH: lambda _response, _fault: PlainTextResponse("upstream connect error", 500),
    FaultKind.TRUNCATE: lambda response, _fault: CutOff(response.body),
    FaultKind.BARE: lambda _response, _fault: JSONResponse({"ok": True}),
    FaultKind.PAGE: lambda _response, _fault: HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502),
    FaultKind.EMPTY: lambda _response, _fault: Response(),
    FaultKind.REFUSE: lambda _response, fault: JSONResponse({"ok": False, "error": fault.error}),
}


async def _read_call(request: Request) -> tuple[Json, str]:
    """The arguments as they came, and the token. A token in the address does not count, because addresses are kept and shown.

    Raises:
        ValueError: the body cannot be read.
    """
    body = await request.body()
    args: Json = {name: value for name, value in request.query_params.items() if name != "token"}
    if body and "json" in request.headers.get("content-type", ""):
        args |= read_object(body)
    else:
        args |= parse_qsl(body.decode(), keep_blank_values=True)
    _, _, bearer = request.headers.get("authorization", "").partition(" ")
    token_in_body = str(args.pop("token", ""))
    return args, bearer or token_in_body


def _decode(args: Json) -> Json:
    """The arguments as a form has them: blocks, views and metadata read as JSON, all others as text."""
    if any(isinstance(value, dict | list) for name, value in args.items() if name not in _STRUCTURED):
        raise Refusal("invalid_arguments")
    plain = {name: str(value) for name, value in args.items() if name not in _STRUCTURED and value is not None}
    values: dict[str, Any] = {name: args[name] for name in _STRUCTURED if name in args}
    for name in _IN_JSON:
        if isinstance(text := args.get(name), str):
            try:
                values[name] = read_json(text)
            except ValueError:
                raise Refusal("invalid_json" if name == "view" else f"invalid_{name}_format") from None
    return plain | values
