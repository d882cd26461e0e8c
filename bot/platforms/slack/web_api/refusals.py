"""Sorts Slack's error codes by what they are about: us, the conversation, or the content.

The table has every error code of every method we call: those on the method's page below https://docs.slack.dev/reference/methods/ (read in
August 2026), those that only the older https://github.com/slackapi/slack-api-specs lists, and a few that Slack sends but documents nowhere.
If the page is not clear, a code counts as about the conversation: if it is about us, delivery notices because several people in a row get
it; the other mistake nobody would notice, and people who could be written to would not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.errors import Later, Never, OutOfService, Unfit, Unreachable, Unsure, Vanished

if TYPE_CHECKING:
    from bot.errors import EftertankeError

US: Final = (
    # the token: not valid, lacking scopes, or its app was removed
    "not_authed invalid_auth account_inactive token_revoked token_expired missing_scope not_allowed_token_type missing_args is_bot "
    "user_is_bot user_is_restricted metadata_must_be_sent_from_app "
    # the app: a setting in its configuration, or a method that it may not call any more
    "app_not_installed app_missing_action_url messages_tab_disabled not_enabled socket_mode_not_enabled method_deprecated "
    "deprecated_endpoint unknown_method "
    # the workspace, its plan, its organisation, its network
    "team_added_to_org team_is_restricted team_disabled enterprise_is_restricted org_login_required two_factor_setup_required "
    "upgrade_required upgrade_require accesslimited forbidden_team message_limit_exceeded"
)
PERHAPS_US: Final = (  # about the conversation, or about us if the method is called without one
    "no_permission ekm_access_denied access_denied app_access_restricted team_access_not_granted"
)
CONVERSATION: Final = (
    "channel_not_found invalid_channel not_in_channel is_archived is_inactive team_not_found external_channel_migrating "
    "channel_is_limited_access user_not_found users_not_found user_disabled user_not_visible user_not_in_channel "
    "invalid_user_combination cannot_dm_bot "
    "channel_type_not_supported method_not_supported_for_channel_type posting_to_channel_denied "
    "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
    "restricted_action_non_threadable_channel restricted_action_thread_locked no_such_subteam subteam_not_found plan_upgrade_required"
)
CONTENT: Final = (
    # the message itself
    "no_text msg_too_long msg_blocks_too_long invalid_blocks invalid_blocks_format block_mismatch view_too_large markdown_text_conflict "
    "invalid_metadata_format invalid_metadata_schema metadata_too_large invalid_attachments too_many_attachments "
    "attachment_payload_limit_exceeded too_many_contact_cards duplicate_external_id missing_profile_id not_implemented "
    # the form of our call
    "invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type "
    "missing_charset superfluous_charset invalid_json json_not_object insecure_request missing_argument users_list_not_supplied "
    "not_enough_users too_many_users limit_required invalid_limit invalid_ts_latest invalid_ts_oldest invalid_metadata_filter_keys "
    # changes that a message does not allow
    "cant_update_message edit_window_closed cant_broadcast_message no_dual_broadcast_content_update cannot_reply_to_message "
    # files, and threads, drafts and sending as somebody else, which we never use
    "as_user_not_supported send_on_behalf_not_allowed draft_already_deleted draft_already_sent draft_has_conflict draft_not_found "
    "missing_file_data blocked_file_type file_deleted file_is_deleted file_not_found file_share_limit_reached max_file_sharing_exceeded "
    "unable_to_share_files slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked "
    "slack_connect_file_link_sharing_blocked slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked "
    "agent_prompt_display_not_allowed file_type_not_allowed file_upload_size_restricted file_uploads_disabled "
    "file_uploads_except_images_disabled storage_limit_reached alt_txt_too_large snippet_too_large unknown_snippet_type "
    "channels_limit_exceeded"
)
GONE: Final = (
    "message_not_found not_found hash_conflict expired_trigger_id exchanged_trigger_id invalid_trigger_id"  # or changed in the meantime
)
PASSING: Final = "ratelimited rate_limited streaming_state_conflict invalid_cursor"  # nothing was done
UNSURE: Final = (  # for most of them the pages say that a part may have been done
    "internal_error fatal_error service_unavailable request_timeout update_failed file_update_failed fetch_members_failed "
    "duplicate_message_not_found duplicate_channel_not_found"
)
SORTED: Final[tuple[tuple[type[EftertankeError], str], ...]] = (
    (OutOfService, US),
    (Unreachable, PERHAPS_US),
    (Unreachable, CONVERSATION),
    (Unfit, CONTENT),
    (Vanished, GONE),
    (Later, PASSING),
    (Unsure, UNSURE),
)
KINDS: Final = {code: kind for kind, codes in SORTED for code in codes.split()}
WITHOUT_CONVERSATION: Final = frozenset({"auth.test", "apps.connections.open", "users.list", "users.info", "usergroups.users.list"})


def kind_of(method: str, code: str) -> type[EftertankeError]:
    """Return the error class for a refusal of `method`; `Never` for an unknown code."""
    if method in WITHOUT_CONVERSATION and code in PERHAPS_US.split():
        return OutOfService
    return KINDS.get(code, Never)
