"""Files that are no programmes (side files, locks, `.yml`) may lie in the folder and do no harm."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import programme_folder, run_command
from tests.support.programme import ORGANISERS_CHANNEL, PROGRAMME_TEXT
from tests.support.running_world import running_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long  # it starts bots and commands

MAC = bytes.fromhex("00051607000200004d6163204f5320582020202020202020") + b"\xff\xfe\x00"


def lay_beside(folder: Path, what: str) -> None:
    schedules = folder / "schedules"
    if what == "mac":
        (schedules / "._landsby.yaml").write_bytes(MAC)
    elif what == "emacs":
        (schedules / ".#landsby.yaml").symlink_to("a@b.1:2")
    elif what == "vim":
        (schedules / ".landsby.yaml.swp").write_bytes(b"b0VIM 8.2")


@pytest.mark.parametrize("what", ["nothing", "vim", "mac", "emacs"])
def test_what_is_hidden_is_passed_over_by_check(tmp_path: Path, what: str) -> None:
    lay_beside(programme_folder(tmp_path), what)
    assert run_command(tmp_path, "check").returncode == 0


@pytest.mark.parametrize("what", ["mac", "emacs"])
def test_a_running_bot_is_not_disturbed_by_what_is_hidden(tmp_path: Path, what: str) -> None:
    with running_world(tmp_path) as world:
        world.play("2018-10-08 12:00")
        before = len(world.posts(ORGANISERS_CHANNEL))
        lay_beside(tmp_path, what)
        world.player.settle()
        for minute in range(30, 33):  # an evening of editing: each saving of the real file makes the folder look new
            world.edit(f'at: "09:{minute}"', f'at: "09:{minute + 1}"')
        texts = [post.text for post in world.posts(ORGANISERS_CHANNEL)[before:]]
        assert not [text for text in texts if "._landsby" in text or ".#landsby" in text or "kan ikke bruges" in text]


def test_a_file_that_ends_in_yml_is_named(tmp_path: Path) -> None:
    programme_folder(tmp_path)
    (tmp_path / "schedules" / "naeste.yml").write_text(PROGRAMME_TEXT, "utf-8")
    answer = run_command(tmp_path, "check")
    assert "naeste.yml" in answer.stdout + answer.stderr


def test_a_folder_with_only_a_yml_says_so(tmp_path: Path) -> None:
    folder = programme_folder(tmp_path) / "schedules"
    shutil.move(folder / "landsby.yaml", folder / "landsby.yml")
    answer = run_command(tmp_path, "check")
    assert "landsby.yml" in answer.stdout + answer.stderr
