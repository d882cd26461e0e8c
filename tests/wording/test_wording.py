"""Every sentence is there in both languages, with the same values, and is said somewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.errors import Reason
from bot.programme import Language
from bot.wording import CATALOGUES, catalogue, say, say_n
from bot.workspace.page import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).parents[2]
TOLD_EARLIER = (  # by earlier versions, whose notices may wait in an outbox
    "notice.step_failed",  # of a step that failed again and again
    "people.emptied",  # of an empty list
    "response.proposed",  # with a question back as YAML
    *("notice.edit_loaded", "notice.edit_loaded.unmoved"),
    *("notice.edit_mended_and_loaded", "notice.edit_mended_and_loaded.unmoved"),
)
ROOMS = ("bot", "handlers", "schedules")
WORD = re.compile(r"[a-z_]\.|\.[a-z_]")  # of a key
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
FOLDERS = (CATALOGUES, labels.CATALOGUES)  # what the bot says, and the words of the local workspace's page
FOLDER_OF = {path.name: folder for folder in FOLDERS for path in (folder / "da").glob("*.po")}
FILES = sorted(FOLDER_OF)
SHORT = 24  # characters that a window's title or button has room for
READ_BADLY = {
    Language.DA: re.compile(
        r"opsamling|ulæst|ulæselig|gjort op|løsne|\bikke med\b[?»]|\bsige fra\b|som var du|forgæves|driver mig|\bpå mandag\b"
        r"|går ikke lige nu|tager? overblik|ikke vores|spurgte tilbage|spørger tilbage|\bbackup\b|\bvi har været\b|\bkan vi ikke\b"
        r"|\bmærket\b|spørgsmål mere|læst med\b|seneste overblik|svar til overblik|ansvarlige, om",
        re.IGNORECASE,
    ),
    Language.EN: re.compile(
        r"overview|made up(?! for)|unread\b|stands? (in|on|there)|stood|wish(es)? to|asks? back|asked back|not ours|taken into use"
        r"|you are out|word about|here since|\banew\b|besides|looked after|arrived \{|took up most|\bwe had\b|\bwe cannot\b|detached"
        r"|latest digest|count you out|how it goes|opt out|\bI bring\b|people of another",
        re.IGNORECASE,
    ),
}  # what was read aloud and found wanting
READ_WELL = [
    ("page.banner", "made up"),
    ("page.client.trouble", "We had"),
    ("doctor.backup.cure", "backup"),
]  # made-up people are meant; Slack itself says so; a command
TITLES = [
    "reply.thanks",
    "reply.changed",
    "reply.deleted",
    "promise.thanks",
    "pause.begun",
    "hour.title",
    "why.title",
    "people.back",
    "people.back_again",
    "people.left",
    "mine.withdrawn",
    "erase.done",
    "erase.but_public",
    "erase.nothing",
    "refused.title",
    "typed.title",
    "review.decided",
    "response.heard_now",
    "response.heard_already",
    "response.thanks",
]


def _is_said_by_check(key: str, language: Language) -> bool:
    """Whether a sentence is the English of a command, which has words of its own."""
    return key.startswith(("fault.", "setup.")) and language is Language.EN


def messages(language: str, name: str) -> dict[str, Message]:
    with (FOLDER_OF[name] / language / name).open("rb") as file:
        return {_id(each): each for each in read_po(file, locale=language) if each.id}


def every(language: str) -> dict[str, Message]:
    return {key: message for name in FILES for key, message in messages(language, name).items()}


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def values(message: Message) -> set[str]:
    return {name for form in forms(message) for _, name, _, _ in Formatter().parse(form) if name is not None}


def test_both_languages_have_the_same_catalogues() -> None:
    assert {path.name: folder for folder in FOLDERS for path in (folder / "en").glob("*.po")} == FOLDER_OF


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_the_same_sentences_with_the_same_values(name: str) -> None:
    danish, english = messages("da", name), messages("en", name)
    assert list(danish) == list(english)
    assert {key: values(each) for key, each in danish.items()} == {key: values(each) for key, each in english.items()}
    assert {key: len(forms(each)) for key, each in danish.items()} == {key: len(forms(each)) for key, each in english.items()}


def test_no_sentence_stands_in_two_catalogues() -> None:
    keys = [key for name in FILES for key in messages("da", name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_is_there_and_whole(language: Language) -> None:
    for key, message in every(language).items():
        for form in forms(message):
            assert form.strip(), key
            assert form == form.strip(), key
            assert "  " not in form, key


@pytest.mark.parametrize("language", list(Language))
def test_a_value_is_named_and_plain(language: Language) -> None:
    for key, message in every(language).items():
        for form in forms(message):
            assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(form)), key


@pytest.mark.parametrize("language", list(Language))
def test_we_say_confidential_and_never_anonymous(language: Language) -> None:
    said = " ".join(form for value in every(language).values() for form in forms(value)).lower()
    assert "anonym" not in said
    assert ("fortrolig" if language is Language.DA else "confidential") in said


def test_the_bot_speaks_of_itself_as_i() -> None:
    for language, itself in (Language.DA, "botten"), (Language.EN, "the bot"):
        said = {key: value for key, value in every(language).items() if not key.startswith("setup.")}  # there a command speaks of it
        assert not [key for key, value in said.items() if any(itself in form.lower() for form in forms(value))]


@pytest.mark.parametrize("language", list(Language))
def test_a_thing_has_one_name_and_no_sentence_reads_badly(language: Language) -> None:
    said = [(key, form) for key, value in every(language).items() for form in forms(value) if not _is_said_by_check(key, language)]
    found_wanting = [(key, found[0]) for key, form in said if (found := READ_BADLY[language].search(form))]
    assert [found for found in found_wanting if found not in READ_WELL] == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", TITLES)
def test_a_title_has_room_in_a_window(language: Language, key: str) -> None:
    assert len(say(language, key)) <= SHORT


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence(language: Language, reason: Reason) -> None:
    assert say(language, f"refused.{reason.value}")


# --- what the code says


def sources() -> Iterator[ast.Module]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield ast.parse(path.read_text())


def patterns_of(node: ast.AST) -> Iterator[str]:
    """The keys an expression can be, as patterns: a text, one with holes and at least a word, or a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) and WORD.search(part.value) for part in node.values):
        yield "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z_.0-9-]+" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from patterns_of(node.body)
        yield from patterns_of(node.orelse)


def said_outright() -> set[str]:
    """What is handed to `say`, `say_n`, `tell_organisers` and the handlers' `answer_in_words` in so many words."""
    found = set()
    for module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "say_n", "tell_organisers"):
                told = [keyword.value for keyword in node.keywords if keyword.arg == "say"]
                found.update(pattern for each in [*node.args[1:2], *told] for pattern in patterns_of(each))
            if (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "answer_in_words"
            ):  # a handler's title and text
                found.update(pattern + part for pattern in patterns_of(node.args[1]) for part in ("", r"\.text"))
    return found


def anything_like_a_key() -> set[str]:
    """Every text in the code that could name a sentence."""
    nodes = (node for module in sources() for node in ast.walk(module))
    found = {pattern for node in nodes for pattern in patterns_of(node)}
    return {pattern for pattern in found if KEY.search(pattern.replace("\\", ""))}


def test_every_sentence_the_code_says_is_in_the_catalogues() -> None:
    keys, said = set(every("da")), said_outright()
    assert len(said) > 50
    assert [pattern for pattern in said if not any(re.fullmatch(pattern, key) for key in keys)] == []


@pytest.mark.parametrize("key", TOLD_EARLIER)
def test_what_an_earlier_version_has_left_in_an_outbox_can_still_be_said(key: str) -> None:
    assert key in every("da")


def test_every_sentence_in_the_catalogues_is_said_somewhere() -> None:
    patterns = [re.compile(pattern) for pattern in (*anything_like_a_key(), *said_outright(), *map(re.escape, TOLD_EARLIER))]
    assert not any(pattern.fullmatch("nobody.says.this") for pattern in patterns)
    assert [key for key in every("da") if not key.startswith("page.") and not any(pattern.fullmatch(key) for pattern in patterns)] == []


# --- saying it


def test_a_sentence_nobody_wrote_is_a_fault() -> None:
    with pytest.raises(KeyError):
        say("da", "reply.nobody_wrote_this")


def test_a_missing_value_is_a_fault() -> None:
    with pytest.raises(KeyError):
        say("da", "home.open")


def test_a_number_chooses_its_plural() -> None:
    one, two = (say_n("en", "people.overlaps", n, people="U1") for n in (1, 2))
    assert (one.split()[:2], two.split()[:2]) == (["One", "person"], ["2", "people"])


@pytest.mark.parametrize("language", list(Language))
def test_every_catalogue_knows_its_plurals(language: Language) -> None:
    for name in FILES:
        with (FOLDER_OF[name] / language / name).open("rb") as file:
            read = read_po(file)  # without a locale: the header must say it itself
        assert (str(read.locale), read.num_plurals) == (language.value, 2), name
    assert catalogue(language, CATALOGUES).info()["plural-forms"] == "nplurals=2; plural=(n != 1);"


def test_what_somebody_wrote_in_the_other_direction_ends_before_our_words_go_on() -> None:
    assert say("da", "screen.quoted", text="\u2067שלום") == "»\u2067שלום\u2069«"
