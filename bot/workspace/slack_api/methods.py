"""The Web API methods that this project uses, and what each of them does.

There is one function for each method, and a table that says which scope, tier and token it needs. A function gets the call's context and
its arguments, and returns what is sent beside `"ok": true`; it refuses with a `Refusal`. All other methods are unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.workspace.block_rules import (
    MESSAGE_TEXT_LIMIT,
    UPDATE_TEXT_LIMIT,
    blocks_are_too_long,
    length,
    message_problems,
    view_is_too_large,
    view_problems,
)
from bot.workspace.errors import Refusal
from bot.workspace.slack_api import payloads
from bot.workspace.slack_api.json_text import read_json
from bot.workspace.state.message_store import SharedFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.block_rules import Json
    from bot.workspace.slack_api.scopes import Rights
    from bot.workspace.state.members import Channel, Member, Usergroup
    from bot.workspace.state.message_store import Message
    from bot.workspace.state.workspace_state import WorkspaceState

PAGE_SIZE: Final = 100  # items on one page when the call names no limit
LARGEST_PAGE: Final = 1000


@dataclass(frozen=True, kw_only=True)
class CallContext:
    """What a method works with: the workspace, the bot's rights, and a way to get a socket address."""

    state: WorkspaceState
    rights: Rights
    connect: Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Method:
    """How a method is called. A * in `scope` is the kind of conversation; tier 0 is chat.postMessage's own limit.

    A method that `reads` changes nothing and may be fetched with GET; all others must be posted.
    """

    run: Callable[[CallContext, Json], Json]
    scope: str = ""
    tier: int = 3
    app_token: bool = False
    reads: bool = False


# People and places


def auth_test(context: CallContext, _: Json) -> Json:
    """The bot itself, and the workspace it is in."""
    population = context.state.population
    team = {"url": context.state.address, "team": population.team_name, "team_id": population.team_id}
    team |= {"enterprise_id": population.enterprise_id} if population.enterprise_id else {}
    return {
        **team,
        "user": population.bot_name,
        "user_id": population.bot_user_id,
        "bot_id": population.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(context: CallContext, _: Json) -> Json:
    """A one-use address for Socket Mode."""
    if not context.rights.socket_mode:
        raise Refusal("socket_mode_not_enabled")
    return {"url": context.connect()}


def users_info(context: CallContext, args: Json) -> Json:
    """One person."""
    return {"user": _user(context, _person(context.state, args.get("user"), "user_not_found"), locale=_is_true(args.get("include_locale")))}


def users_list(context: CallContext, args: Json) -> Json:
    """Everyone, a page at a time."""
    members, rest = _page(list(context.state.members.values()), args)
    return {"members": [_user(context, member, locale=_is_true(args.get("include_locale"))) for member in members], **rest}


def usergroup_users(context: CallContext, args: Json) -> Json:
    """The people in one usergroup."""
    group: Usergroup | None = context.state.usergroups.get(args.get("usergroup", ""))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": list(group.users)}


def conversation_open(context: CallContext, args: Json) -> Json:
    """The direct message with one person."""
    member = _person(context.state, args.get("users"), "user_not_found")
    if member.deleted:
        raise Refusal("user_disabled")
    channel_id = context.state.dm_id(member.id)
    conversation = payloads.direct_object(member, channel_id) if _is_true(args.get("return_im")) else {"id": channel_id}
    return {"no_op": True, "already_open": True, "channel": conversation}


def conversation_info(context: CallContext, args: Json) -> Json:
    """One conversation."""
    channel_id = args.get("channel", "")
    if member := context.state.dm_with(channel_id):
        return {"channel": payloads.direct_object(member, channel_id)}
    channel = _channel(context.state, channel_id)
    count = {"num_members": len(channel.members)} if _is_true(args.get("include_num_members")) else {}
    return {"channel": payloads.channel_object(channel, context.state.population) | count}


def conversation_members(context: CallContext, args: Json) -> Json:
    """The people in a conversation, a page at a time."""
    channel_id = args.get("channel", "")
    member = context.state.dm_with(channel_id)
    everyone = [member.id, context.state.population.bot_user_id] if member else list(_channel(context.state, channel_id).members)
    members, rest = _page(everyone, args)
    return {"members": members, **rest}


def conversation_history(context: CallContext, args: Json) -> Json:
    """The messages of a conversation, newest first, a page at a time."""
    channel_id, state = args.get("channel", ""), context.state
    if not state.dm_with(channel_id) and state.population.bot_user_id not in _channel(state, channel_id).members:
        raise Refusal("not_in_channel")
    oldest, latest = str(args.get("oldest", "0")), str(args.get("latest", "~"))
    edges = () if _is_true(args.get("inclusive")) else (oldest, latest)
    messages = [message for message in state.store.page(channel_id, oldest=oldest, latest=latest) if message.ts not in edges]
    page, rest = _page(messages, args)
    metadata = _is_true(args.get("include_all_metadata"))
    objects = [payloads.message_object(message, state.population, metadata=metadata) for message in page]
    return {"messages": objects, "has_more": "response_metadata" in rest and bool(rest["response_metadata"]["next_cursor"]), **rest}


# Messages


def post_message(context: CallContext, args: Json) -> Json:
    """Post a message in a channel, or to a person by their user id."""
    channel_id = _writable_channel_id(context, args.get("channel"))
    words = _message_content(args, MESSAGE_TEXT_LIMIT)
    message = context.state.post(channel_id, user=context.state.population.bot_user_id, metadata=_metadata(args), **words)
    return {"channel": channel_id, "ts": message.ts, "message": payloads.message_object(message, context.state.population, metadata=True)}


def post_ephemeral(context: CallContext, args: Json) -> Json:
    """Post a message in a channel that only one person sees."""
    channel_id, user = _writable_channel_id(context, args.get("channel")), args.get("user", "")
    channel = context.state.channels.get(channel_id)
    if user not in (channel.members if channel else (getattr(context.state.dm_with(channel_id), "id", None),)):
        raise Refusal("user_not_in_channel")
    words = _message_content(args, MESSAGE_TEXT_LIMIT)
    place = {"only_for": user, "thread_ts": args.get("thread_ts")}
    message = context.state.post(channel_id, user=context.state.population.bot_user_id, **place, **words)
    return {"message_ts": message.ts}


def update_message(context: CallContext, args: Json) -> Json:
    """Change one of the bot's own messages."""
    channel_id = _writable_channel_id(context, args.get("channel"))
    message: Message | None = context.state.store.one(channel_id, args.get("ts", ""))
    if message is None or message.only_for:
        raise Refusal("message_not_found")
    if message.user != context.state.population.bot_user_id:
        raise Refusal("cant_update_message")
    metadata = _metadata(args) if "metadata" in args else message.metadata
    new_message = context.state.edit(message, metadata=metadata, **_message_content(args, UPDATE_TEXT_LIMIT))
    return {
        "channel": channel_id,
        "ts": message.ts,
        "text": new_message.text,
        "message": payloads.message_object(new_message, context.state.population, metadata=True),
    }


# Windows and home tabs


def views_open(context: CallContext, args: Json) -> Json:
    """Show a modal to the person who pressed."""
    view = _check_view(args, "modal")
    return _view_answer(context, context.state.views.open(context.state.views.spend_trigger(args.get("trigger_id", "")), view))


def views_push(context: CallContext, args: Json) -> Json:
    """Lay a modal on top of the one the person pressed in."""
    view = _check_view(args, "modal")
    return _view_answer(context, context.state.views.push(context.state.views.spend_trigger(args.get("trigger_id", "")), view))


def views_update(context: CallContext, args: Json) -> Json:
    """Change an open view."""
    view = context.state.views.find(args.get("view_id") or args.get("external_id") or "")
    if view is None:
        raise Refusal("not_found")
    return _view_answer(context, context.state.views.update(view.id, _check_view(args, view.type), args.get("hash")))


def views_publish(context: CallContext, args: Json) -> Json:
    """Show a home tab to a person."""
    if not context.rights.home_tab:
        raise Refusal("not_enabled")
    user = _person(context.state, args.get("user_id"), "invalid_arguments").id
    return _view_answer(context, context.state.views.publish(user, _check_view(args, "home"), args.get("hash")))


# Files


def begin_upload(context: CallContext, args: Json) -> Json:
    """An address for the bytes of a file."""
    name, length = args.get("filename", ""), args.get("length", "")
    if not name or not length.isdecimal() or not int(length):
        raise Refusal("missing_argument")
    file = context.state.uploads.begin(name, int(length))
    return {"upload_url": f"{context.state.address}upload/{file}", "file_id": file}


def complete_upload(context: CallContext, args: Json) -> Json:
    """Share files whose bytes have come in one conversation; a person's id names none here."""
    state, titles = context.state, _titles_of_files(args)
    if not re.fullmatch(r"[CGDZ]\w+", args.get("channel_id", "")):
        raise Refusal("invalid_arguments")
    channel_id = _writable_channel_id(context, args["channel_id"])
    if not all(map(state.uploads.has, titles)):
        raise Refusal("file_not_found")
    files = [_take_upload(state, id_, channel_id) for id_ in titles]
    for file in files:
        state.store.save_file(file)
    objects = [payloads.file_object(file, titles[file.id], state.population, state.clock.now()) for file in files]
    state.post(channel_id, user=state.population.bot_user_id, text=args.get("initial_comment", ""), files=objects)
    return {"files": [{"id": file, "title": title} for file, title in titles.items()]}


def _take_upload(state: WorkspaceState, id_: str, channel_id: str) -> SharedFile:
    upload = state.uploads.take(id_)
    return SharedFile(id=id_, channel=channel_id, name=upload.name, content=upload.content or b"")


def _titles_of_files(args: Json) -> dict[str, str]:
    try:
        files = {str(file["id"]): str(file.get("title") or file["id"]) for file in read_json(args.get("files", ""))}
    except (ValueError, TypeError, KeyError, AttributeError):
        files = {}
    if not files:
        raise Refusal("invalid_arguments")
    return files


METHODS: Final[dict[str, Method]] = {
    "auth.test": Method(run=auth_test, tier=4, reads=True),
    "apps.connections.open": Method(run=connections_open, app_token=True),
    "users.info": Method(run=users_info, scope="users:read", tier=4, reads=True),
    "users.list": Method(run=users_list, scope="users:read", tier=2, reads=True),
    "usergroups.users.list": Method(run=usergroup_users, scope="usergroups:read", tier=2, reads=True),
    "conversations.open": Method(run=conversation_open, scope="im:write"),
    "conversations.info": Method(run=conversation_info, scope="*:read", reads=True),
    "conversations.members": Method(run=conversation_members, scope="*:read", tier=4, reads=True),
    "conversations.history": Method(run=conversation_history, scope="*:history", reads=True),
    "chat.postMessage": Method(run=post_message, scope="chat:write", tier=0),
    "chat.postEphemeral": Method(run=post_ephemeral, scope="chat:write", tier=4),
    "chat.update": Method(run=update_message, scope="chat:write"),
    "views.open": Method(run=views_open, tier=4),
    "views.push": Method(run=views_push, tier=4),
    "views.update": Method(run=views_update, tier=4),
    "views.publish": Method(run=views_publish, tier=4),
    "files.getUploadURLExternal": Method(run=begin_upload, scope="files:write", tier=4),
    "files.completeUploadExternal": Method(run=complete_upload, scope="files:write", tier=4),
}


def conversation_kind(state: WorkspaceState, channel_id: str) -> str:
    """The word that scopes use for this kind of conversation."""
    if channel_id.startswith("D"):
        return "im"
    channel = state.channels.get(channel_id)
    return "groups" if channel and channel.is_private else "channels"


def _is_true(value: Any) -> bool:
    return str(value).lower() in ("1", "true")


def _user(context: CallContext, member: Member, *, locale: bool = False) -> Json:
    email = "users:read.email" in context.rights.scopes
    return payloads.user_object(member, context.state.population, context.state.clock.now(), email=email, locale=locale)


def _person(state: WorkspaceState, user: str | None, error: str) -> Member:
    member = state.find_member(user or "")
    if member is None:
        raise Refusal(error)
    return member


def _channel(state: WorkspaceState, channel_id: str) -> Channel:
    """A channel that the bot can know of: a private one only if it is a member."""
    channel = state.channels.get(channel_id)
    if channel is None or (channel.is_private and state.population.bot_user_id not in channel.members):
        raise Refusal("channel_not_found")
    return channel


def _writable_channel_id(context: CallContext, channel_id: str | None) -> str:
    """The id of a conversation the bot may write to; a user id means the direct message with them."""
    state = context.state
    member = state.dm_with(channel_id or "") or state.find_member(channel_id or "")
    if member is not None:
        if member.deleted:
            raise Refusal("user_not_found")
        return state.dm_id(member.id)
    channel = _channel(state, channel_id or "")
    if channel.is_archived:
        raise Refusal("is_archived")
    if state.population.bot_user_id not in channel.members and (channel.is_private or "chat:write.public" not in context.rights.scopes):
        raise Refusal("not_in_channel")
    return channel.id


def _message_content(args: Json, longest: int) -> Json:
    """The call's text and blocks, once they pass Slack's rules."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if length(text) > longest:
        raise Refusal("msg_too_long")
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if problems := message_problems(blocks):
        raise Refusal("invalid_blocks", errors=problems, response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]})
    if blocks_are_too_long(blocks):
        raise Refusal("msg_blocks_too_long")
    if not text.strip() and not blocks:
        raise Refusal("no_text")
    return {"text": text, "blocks": blocks}


def _metadata(args: Json) -> Json | None:
    metadata = args.get("metadata")
    if metadata is None:
        return None
    fits = isinstance(metadata, dict) and re.fullmatch(r"\w+", str(metadata.get("event_type", "")))
    if not fits or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    return dict(metadata)


def _check_view(args: Json, kind: str) -> Json:
    view = args.get("view")
    if view_is_too_large(view):
        raise Refusal("view_too_large")
    if problems := view_problems(view, kind):
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]})
    return dict(view or {})


def _view_answer(context: CallContext, view: Any) -> Json:
    context.state.touch()
    return {"view": payloads.view_object(view, context.state.population)}


def _page(items: list[Any], args: Json) -> tuple[list[Any], Json]:
    """One page of a list, and the cursor of the next."""
    try:
        start, limit = int(args.get("cursor") or 0), min(int(args.get("limit") or PAGE_SIZE), LARGEST_PAGE)
    except ValueError:
        raise Refusal("invalid_cursor") from None
    after = start + limit
    return items[start:after], {"response_metadata": {"next_cursor": str(after) if after < len(items) else ""}}
