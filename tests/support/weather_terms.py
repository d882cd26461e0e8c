"""Says what is forgiven after a storm.

Read from the storm alone, and from what Slack's words mean: never from how the product sorts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.slack_api.injected_faults import FaultKind
from tests.support.ledger import Terms

if TYPE_CHECKING:
    from bot.workspace.slack_api.injected_faults import InjectedFault
    from tests.support.running_world import RunningWorld
    from tests.support.weather import Storm

_ABOUT_US = """
access_denied accesslimited account_inactive app_access_restricted app_not_installed deprecated_endpoint enterprise_is_restricted
forbidden_team insecure_request invalid_auth is_bot messages_tab_disabled method_deprecated missing_scope not_allowed_token_type not_authed
org_login_required plan_upgrade_required team_access_not_granted team_added_to_org team_disabled team_is_restricted team_not_found
token_expired token_revoked two_factor_setup_required unknown_method upgrade_required
"""
_ABOUT_CONTENT = """
as_user_not_supported attachment_payload_limit_exceeded block_mismatch cannot_reply_to_message draft_already_deleted draft_already_sent
draft_has_conflict draft_not_found duplicate_channel_not_found duplicate_message_not_found invalid_arg_name invalid_arguments
invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format invalid_charset invalid_form_data invalid_metadata_format
invalid_metadata_schema invalid_post_type markdown_text_conflict metadata_must_be_sent_from_app metadata_too_large missing_file_data
missing_post_type msg_blocks_too_long msg_too_long no_text send_on_behalf_not_allowed slack_connect_canvas_sharing_blocked
slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked too_many_attachments too_many_contact_cards
"""
ABOUT_US = frozenset(_ABOUT_US.split())  # the token, the app or the workspace: whoever is told so may wait with everybody
ABOUT_CONTENT = frozenset(_ABOUT_CONTENT.split())  # it will be no better tomorrow: that message may end, and the organisers read why
MAY_HAVE_HAPPENED = ("fatal_error", "internal_error", "request_timeout", "service_unavailable")  # their pages say so, or leave it open


def terms(world: RunningWorld, *storms: Storm) -> Terms:
    """What is forgiven after these storms."""
    return Terms(excuses=any(map(is_excuse, storms)), late=people_late(world, storms))


def is_excuse(storm: Storm) -> bool:
    """Whether it may end what was to be said: only what outlasts a day, or what is wrong with the message itself."""
    return storm.length == "a weekend" or code_of(storm.fault) in ABOUT_CONTENT


def people_late(world: RunningWorld, storms: tuple[Storm, ...]) -> frozenset[str] | None:
    """Who may have been asked late: everybody where it is about us, the one it is about, and nobody for what happens in a channel."""
    if any(not storm.whom or code_of(storm.fault) in ABOUT_US for storm in storms):
        return None
    return frozenset(world.leaders[:1] if any(storm.whom == "person" for storm in storms) else ())


def code_of(fault: InjectedFault | None) -> str:
    """Slack's word for the fault, if it has one."""
    return fault.error if fault is not None and fault.kind is FaultKind.REFUSE else ""


CLEARLY_CONTENT = frozenset(
    ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "metadata_too_large"]
)
CLEARLY_US = frozenset(
    ["account_inactive", "invalid_auth", "not_authed", "token_revoked", "messages_tab_disabled", "team_added_to_org", "app_not_installed"]
)
CLEARLY_ONE = frozenset(
    ["channel_not_found", "not_in_channel", "is_archived", "user_not_found", "user_disabled", "cannot_dm_bot", "no_permission"]
)


def misreadings(said: set[str], *storms: Storm) -> list[str]:
    """What organisers have been told, or not, as if a refusal to post were about something else. `said`: the keys of the sentences."""
    codes = {code_of(storm.fault) for storm in storms if storm.method == "chat.postMessage"}
    to_all = any(not storm.whom and storm.length != "20 s" for storm in storms)
    faults = {
        "a content that is refused was told as none": bool(codes & CLEARLY_CONTENT) and "alarm.content" not in said,
        "a content was told of that nobody has refused": bool(codes & (CLEARLY_US | CLEARLY_ONE)) and "alarm.content" in said,
        "that we are refused was not told": bool(codes & CLEARLY_US) and to_all and not said & {"trouble.people", "trouble.people.over"},
        "one conversation was told as all": bool(codes & CLEARLY_ONE) and all(storm.whom for storm in storms) and "trouble.people" in said,
    }
    return [fault for fault, holds in faults.items() if holds]
