"""What somebody copies from a sentence works on the machine where it is read."""

from __future__ import annotations

import pytest

from bot.wording import say, typed_command

OWNER = {"owner": "eftertanke"}


@pytest.mark.parametrize(
    ("key", "values", "typed"),
    [
        ("setup.no_key", {}, "sudo eftertanke key new"),
        ("doctor.digests.cure", {"number": 3}, "sudo eftertanke digest approve 3"),
        ("doctor.database.other.cure", OWNER, ": sudo eftertanke doctor"),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_commands_are_typed_by_the_word_where_it_runs_this_program(
    monkeypatch: pytest.MonkeyPatch, root, tmp_path, key: str, values: dict[str, object], typed: str, language: str
) -> None:
    word = tmp_path / "eftertanke"
    monkeypatch.setattr(typed_command, "WORD", word)
    word.write_text((root / "docs" / "systemd" / "eftertanke").read_text().replace("cd /opt/eftertanke\n", f"cd {root}\n"))
    assert typed in say(language, key, **values)


@pytest.mark.parametrize("of_another_program", [False, True])
def test_without_the_word_for_this_program_they_are_typed_as_in_a_checkout(monkeypatch, root, tmp_path, of_another_program: bool) -> None:
    word = tmp_path / "eftertanke"
    monkeypatch.setattr(typed_command, "WORD", word)
    if of_another_program:
        word.write_text((root / "docs" / "systemd" / "eftertanke").read_text())
    assert "sudo -u eftertanke .venv/bin/python -m bot doctor" in say("en", "doctor.database.other.cure", **OWNER)
