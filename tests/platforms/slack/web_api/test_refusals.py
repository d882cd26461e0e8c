"""Every error that Slack documents is sorted once, and raised as what it is.

The lists stand as the methods' pages have them, https://docs.slack.dev/reference/methods/ and the method's name (August 2026).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import EftertankeError, Later, Never, OutOfService, Unfit, Unreachable, Unsure, Vanished
from bot.platforms import slack as room
from bot.platforms.slack.web_api.refusals import KINDS, SORTED, kind_of
from bot.programme import Language, Source
from bot.seam.meaning import Plain
from bot.workspace.slack_api.methods import METHODS
from tests.support.slack_platform import ANNA, DIGEST, ORGANISERS
from tests.support.world import OPENS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.platforms.slack import SlackPlatform
    from bot.workspace.server import Workspace

HELLO = Plain(language=Language.DA, paragraphs=("Hej.",))

OF_EVERY_METHOD = (
    "access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted fatal_error "
    "internal_error invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data "
    "invalid_post_type is_bot method_deprecated missing_post_type missing_scope no_permission not_allowed_token_type not_authed "
    "org_login_required ratelimited request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired "
    "token_revoked two_factor_setup_required unknown_method"
)
OF_ONE_METHOD = {  # what its page lists besides
    "chat.postMessage": (
        "agent_prompt_display_not_allowed app_access_restricted as_user_not_supported attachment_payload_limit_exceeded "
        "cannot_reply_to_message channel_not_found draft_already_deleted draft_already_sent draft_has_conflict draft_not_found "
        "duplicate_channel_not_found duplicate_message_not_found invalid_blocks invalid_blocks_format invalid_metadata_format "
        "invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded messages_tab_disabled "
        "metadata_must_be_sent_from_app metadata_too_large missing_file_data msg_blocks_too_long no_text not_in_channel rate_limited "
        "restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked "
        "restricted_action_thread_only_channel send_on_behalf_not_allowed slack_connect_canvas_sharing_blocked "
        "slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked team_not_found too_many_attachments "
        "too_many_contact_cards"
    ),
    "chat.update": (
        "as_user_not_supported block_mismatch blocked_file_type cant_broadcast_message cant_update_message channel_not_found "
        "edit_window_closed external_channel_migrating file_deleted file_is_deleted file_not_found file_share_limit_reached "
        "invalid_attachments invalid_blocks invalid_blocks_format invalid_metadata_format invalid_metadata_schema is_inactive "
        "markdown_text_conflict max_file_sharing_exceeded message_limit_exceeded message_not_found metadata_must_be_sent_from_app "
        "metadata_too_large msg_too_long no_dual_broadcast_content_update no_text posting_to_channel_denied "
        "slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked "
        "slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked streaming_state_conflict team_not_found "
        "too_many_attachments unable_to_share_files update_failed"
    ),
    "chat.postEphemeral": (
        "cannot_reply_to_message channel_not_found invalid_attachments invalid_blocks invalid_blocks_format is_archived "
        "markdown_text_conflict message_limit_exceeded messages_tab_disabled msg_too_long no_text not_in_channel restricted_action "
        "too_many_attachments user_not_in_channel"
    ),
    "views.open": ("duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id view_too_large"),
    "views.update": ("duplicate_external_id hash_conflict not_found view_too_large"),
    "views.publish": ("duplicate_external_id hash_conflict missing_profile_id not_enabled not_implemented view_too_large"),
    "conversations.open": (
        "channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users too_many_users user_disabled "
        "user_not_found user_not_visible users_list_not_supplied"
    ),
    "conversations.info": ("channel_is_limited_access channel_not_found"),
    "conversations.history": (
        "channel_is_limited_access channel_not_found invalid_cursor invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest "
        "not_in_channel"
    ),
    "conversations.members": ("channel_not_found fetch_members_failed invalid_cursor invalid_limit method_not_supported_for_channel_type"),
    "users.list": ("invalid_cursor limit_required missing_argument"),
    "users.info": ("too_many_users user_not_found user_not_visible"),
    "usergroups.users.list": ("invalid_cursor no_such_subteam plan_upgrade_required"),
    "files.getUploadURLExternal": (
        "alt_txt_too_large file_type_not_allowed file_upload_size_restricted file_uploads_disabled file_uploads_except_images_disabled "
        "missing_argument snippet_too_large storage_limit_reached unknown_snippet_type"
    ),
    "files.completeUploadExternal": (
        "channel_not_found channels_limit_exceeded file_not_found file_type_not_allowed file_update_failed "
        "file_uploads_except_images_disabled invalid_blocks invalid_channel not_in_channel posting_to_channel_denied"
    ),
    "auth.test": "",
    "apps.connections.open": ("forbidden_team insecure_request missing_args"),
}
IN_THE_OLDER_SPECIFICATION = {  # what slackapi/slack-api-specs lists besides
    "chat.postMessage": ("msg_too_long"),
    "chat.update": ("invalid_json json_not_object rate_limited upgrade_required"),
    "chat.postEphemeral": ("invalid_json json_not_object upgrade_required"),
    "conversations.open": ("invalid_json json_not_object upgrade_required"),
    "conversations.info": ("invalid_json json_not_object upgrade_required"),
    "conversations.history": ("invalid_json json_not_object upgrade_required"),
    "conversations.members": ("invalid_json json_not_object upgrade_required"),
    "users.list": ("invalid_json json_not_object upgrade_required"),
    "users.info": ("invalid_json json_not_object upgrade_required"),
    "usergroups.users.list": (
        "invalid_json json_not_object missing_charset superfluous_charset upgrade_require user_is_bot user_is_restricted"
    ),
    "auth.test": ("invalid_json json_not_object upgrade_required"),
}
MET_ELSEWHERE = (  # in the trackers of other bots, in the local workspace, at pages of other methods
    "app_missing_action_url app_not_installed cannot_dm_bot channel_type_not_supported socket_mode_not_enabled subteam_not_found "
    "team_disabled team_is_restricted users_not_found"
)
DOCUMENTED = {
    method: {*OF_EVERY_METHOD.split(), *codes.split(), *IN_THE_OLDER_SPECIFICATION.get(method, "").split()}
    for method, codes in OF_ONE_METHOD.items()
}


@pytest.mark.parametrize("method", DOCUMENTED)
def test_every_documented_error_of_a_method_is_sorted(method: str) -> None:
    assert {code for code in DOCUMENTED[method] if kind_of(method, code) is Never} == set()


def test_no_error_is_sorted_twice() -> None:
    assert {code: n for code, n in Counter(code for _, codes in SORTED for code in codes.split()).items() if n > 1} == {}


def test_nothing_is_sorted_that_nobody_has_met() -> None:
    assert KINDS.keys() - set.union(*DOCUMENTED.values()) == set(MET_ELSEWHERE.split())


def test_the_lists_are_those_of_all_methods_that_are_called() -> None:
    texts = [file.read_text(encoding="utf-8") for file in Path(str(room.__file__)).parent.rglob("*.py")]
    named = {name for text in texts for name in re.findall(r"\b[a-z]+(?:\.[a-z]+)?\.[a-zA-Z]+\b", text)}
    assert named & METHODS.keys() == DOCUMENTED.keys()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("account_inactive", OutOfService),
        ("messages_tab_disabled", OutOfService),
        ("team_added_to_org", OutOfService),
        ("team_is_restricted", OutOfService),
        ("upgrade_required", OutOfService),
        ("no_permission", Unreachable),
        ("access_denied", Unreachable),
        ("ekm_access_denied", Unreachable),
        ("external_channel_migrating", Unreachable),
        ("restricted_action", Unreachable),
        ("is_archived", Unreachable),
        ("invalid_blocks", Unfit),
        ("ratelimited", Later),
        ("fatal_error", Unsure),
        ("something_new", Never),
    ],
)
def test_a_refused_message_tells_what_the_refusal_is_about(
    slack: SlackPlatform, workspace: Workspace, code: str, kind: type[EftertankeError]
) -> None:
    workspace.faults.refuse("chat.postMessage", code)
    assert type(failure(lambda: slack.send(ANNA, HELLO, "d1"))) is kind


CALLS: list[tuple[str, Callable[[SlackPlatform], object]]] = [
    ("users.list", lambda slack: slack.roster((Source(usergroup="S0LEADERS"),))),
    ("usergroups.users.list", lambda slack: slack.roster((Source(usergroup="S0LEADERS"),))),
    ("conversations.members", lambda slack: slack.roster((Source(channel=DIGEST),))),
    ("conversations.open", lambda slack: slack.find(ANNA, "d1", OPENS)),
    ("conversations.history", lambda slack: slack.find(ORGANISERS, "d1", OPENS)),
    ("conversations.info", lambda slack: slack.channel(DIGEST)),
    ("chat.update", lambda slack: slack.update(slack.send(ANNA, HELLO, "d1"), HELLO)),
]


@pytest.mark.parametrize(("method", "call"), CALLS, ids=[method for method, _ in CALLS])
def test_a_token_that_is_refused_is_about_us_whatever_was_asked(
    slack: SlackPlatform, workspace: Workspace, method: str, call: Callable[[SlackPlatform], object]
) -> None:
    workspace.faults.refuse(method, "account_inactive")
    assert type(failure(lambda: call(slack))) is OutOfService


def test_where_there_is_no_conversation_what_is_perhaps_about_one_is_about_us(slack: SlackPlatform, workspace: Workspace) -> None:
    workspace.faults.refuse("users.list", "no_permission")
    assert type(failure(lambda: slack.roster((Source(usergroup="S0LEADERS"),)))) is OutOfService
    assert kind_of("users.info", "access_denied") is OutOfService  # or a person would be taken for gone from the list


def test_a_message_that_is_gone_cannot_be_drawn_anew(slack: SlackPlatform, workspace: Workspace) -> None:
    receipt = slack.send(ANNA, HELLO, "d1")
    workspace.faults.refuse("chat.update", "message_not_found")
    assert type(failure(lambda: slack.update(receipt, HELLO))) is Vanished


def failure(call: Callable[[], object]) -> EftertankeError:
    with pytest.raises(EftertankeError) as caught:
        call()
    return caught.value
