"""Bugs that would need packages on a machine that has none of them, or hide from whoever starts the bot which it needs."""

from __future__ import annotations

from tests.mutants.mutant import planted

IMPORT = "from bot.app.rehearsal import local_bot_class\n"
WITHOUT = "tests/test_without_extras.py"

PACKAGES = (
    planted(
        "a bot on Slack does not start without the local workspace's packages",
        "bot/commands/run.py",
        IMPORT,
        f"{IMPORT}from bot.app.rehearsal import local_bot as _\n",
        killed_by=f"{WITHOUT}::test_run_on_slack_starts_and_leaves_without_the_web_packages",
    ),
    planted(
        "a rehearsal without its packages ends in a traceback",
        "bot/app/rehearsal/__init__.py",
        "except ModuleNotFoundError:",
        "except FileNotFoundError:",
        killed_by=f"{WITHOUT}::test_what_needs_them_names_the_command_that_installs_them[en-packages that are not installed-rehearse]",
    ),
    planted(
        "a form of a thousand fields is read whole",
        "bot/workspace/page/routes.py",
        ", max_num_fields=MOST_FIELDS",
        "",
        killed_by="tests/workspace/page/test_routes.py::test_a_form_with_more_fields_than_any_page_has_is_not_read",
    ),
)
