"""A politician sees the right answer when they act."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

import handlers
from bot.dialogue.compose import compose
from bot.dialogue.digests import digest_review
from bot.dialogue.digests.quote_selection import quotes_in_post
from bot.dialogue.responses.response_review import id_of_wish_question
from bot.errors import Reason, Refused
from bot.models import Digest, DigestState, HeardBy, MessageKind, MessageState, PersonState, Response
from bot.programme import Language, Role
from bot.seam.actions import Action, AnswersWanted, Heard, Responded, ResponseFormWanted, ResponseKind, WishQuestionProposed
from bot.seam.answers import Answer, FormErrors, Reading, ResponseForm, Said
from bot.seam.meaning import Plain
from bot.wording import say
from handlers.politicians import HANDLERS
from schedules.checking.value_parsers import read_identifier
from tests.support.quoting import draft_with_quotes, mark_posted, post_digest, review_quotes
from tests.support.world import World, post_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = post_of(1) + timedelta(hours=1)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.add_person("U0POL1", Role.POLITICIAN)
    return world


@pytest.fixture
def issued(world: World) -> Digest:
    world.add_round(1)
    return world.issue(1)


def answered(world: World, action: Action) -> Answer:
    return HANDLERS[type(action)](action, world.session, NOW, world.programme)


def test_hoert_is_thanked_for_and_counts_once(world: World, issued: Digest):
    first = answered(world, Heard(who="U0POL1", digest=issued.id))
    second = answered(world, Heard(who="U0POL1", digest=issued.id))
    assert isinstance(first, Said)
    assert isinstance(second, Said)
    assert (first.title, second.title) == ("Du har trykket Hørt", "Det er allerede noteret")
    assert "overblik nr. 1" in first.paragraphs[0]
    assert world.session.query(HeardBy).count() == 1


def test_svar_deltagerne_opens_the_form(world: World, issued: Digest):
    answer = answered(world, ResponseFormWanted(who="U0POL1", digest=issued.id))
    assert answer == ResponseForm(
        language=Language.DA,
        digest=issued.id,
        number=1,
        about=(("-", "Hele overblikket"),),
        chosen="-",
        earliest=date(2018, 8, 24),
        latest=date(2019, 8, 24),
    )


@pytest.mark.parametrize(("language", "label"), [("da", "Ønskerne under »Tillid«"), ("en", "The wishes on “Trust”")])
def test_svar_paa_oensket_opens_the_form_for_the_wishes_on_that_theme_and_keeps_the_answer_there(world: World, language: str, label: str):
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    wished = world.issue(1)
    world.add_person("U0POL2", Role.POLITICIAN, language=language)
    form = answered(world, ResponseFormWanted(who="U0POL2", digest=wished.id, theme="trust"))
    assert isinstance(form, ResponseForm)
    assert (form.language, form.about[1:], form.chosen) == (Language(language), (("trust", label),), "trust")
    answered(world, Responded(who="U0POL2", digest=wished.id, kind=ResponseKind.FREE_TEXT, text="Ja.", theme="trust"))
    assert world.session.query(Response).one().theme == "trust"


def test_the_form_offers_the_wishes_in_the_ledger_and_begins_with_the_first(world: World):
    for day, theme in enumerate(("trust", "time"), start=1):
        world.answer(world.add_round(1, theme, day), world.add_people(12, f"U{day}"), wishes=6)
    wished = world.issue(1)
    for wishes, values, chosen in ((["time"], ["-", "time"], "time"), ([], ["-"], "-"), (None, ["-", "trust", "time"], "-")):
        wished.wishes = wishes
        form = answered(world, ResponseFormWanted(who="U0POL1", digest=wished.id))
        assert isinstance(form, ResponseForm)
        assert ([value for value, _ in form.about], form.chosen) == (values, chosen)


def test_a_button_of_a_theme_that_is_not_in_the_ledger_opens_the_form_for_what_is(world: World):
    for day, theme in enumerate(("trust", "time"), start=1):
        world.answer(world.add_round(1, theme, day), world.add_people(12, f"U{day}"), wishes=6)
    wished = world.issue(1)
    for wishes, chosen in ((["time"], "time"), ([], "-")):
        wished.wishes = wishes
        form = answered(world, ResponseFormWanted(who="U0POL1", digest=wished.id, theme="trust"))
        assert isinstance(form, ResponseForm)
        assert form.chosen == chosen


def test_the_form_offers_each_quote_that_is_shown_by_its_first_words(world: World):
    digest = draft_with_quotes(world)
    review_quotes(world, digest)
    post_digest(world, digest)
    mark_posted(world, digest)
    form = answered(world, ResponseFormWanted(who="U0POL1", digest=digest.id))
    assert isinstance(form, ResponseForm)
    quotes = [(value, label) for value, label in form.about if ":" in value]
    assert [value for value, _ in quotes] == ["trust:0", "trust:1", "trust:2"]
    shown = quotes_in_post(world.session, digest)["trust"].all
    for (_, label), quote in zip(quotes, shown, strict=True):
        beginning = label.removeprefix("Citatet »").removesuffix("«").removesuffix("…").rstrip()
        assert quote.text.startswith(beginning)
        assert len(label) <= 75  # more than Slack shows


def test_wishes_heard_without_a_word_are_answered_and_no_press_on_hoert(world: World):
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    wished = world.issue(1)
    answered(world, Responded(who="U0POL1", digest=wished.id, kind=ResponseKind.HEARD, text="", theme="trust"))
    assert world.session.query(Response).one().words == ""
    assert world.session.query(HeardBy).count() == 0


def test_an_answer_is_thanked_for_with_what_happens_next(world: World, issued: Digest):
    answer = answered(world, Responded(who="U0POL1", digest=issued.id, kind=ResponseKind.NOT_OURS, text="Det er regionens."))
    assert isinstance(answer, Said)
    assert answer.title == "Tak for dit svar"
    assert "Organisatorerne læser det først. Frigiver de det, får alle deltagere det, uden dit navn" in answer.paragraphs[0]
    signed = answered(world, Responded(who="U0POL1", digest=issued.id, kind=ResponseKind.FREE_TEXT, text="Ja.", name=" Anne  Ager"))
    assert isinstance(signed, Said)
    assert "får alle deltagere det, med navnet Anne Ager, og" in signed.paragraphs[0]
    assert len(world.messages(MessageKind.RESPONSE_REVIEW)) == 2


def sent(world: World, digest: Digest, kind: ResponseKind, **more: Any) -> Answer:
    """The form as the platform hands it on."""
    return handlers.answer(Responded(who="U0POL1", digest=digest.id, kind=kind, **more), world.session, NOW, world.programme)


@pytest.mark.parametrize(
    ("kind", "errors"),
    [
        (
            ResponseKind.TAKE_UP,
            {
                "text": "Skriv, hvad I vil gøre.",
                "due": "Vælg en dag: Hvornår er det senest gjort?",
                "name": "Navnet er for langt. Der er plads til 80 tegn.",
            },
        ),
        (
            ResponseKind.NOT_OURS,
            {"text": "Skriv hvorfor, og hvem der så kan svare.", "name": "Navnet er for langt. Der er plads til 80 tegn."},
        ),
    ],
)
def test_all_that_is_missing_in_a_form_is_told_at_once_each_at_its_field(
    world: World, issued: Digest, kind: ResponseKind, errors: dict[str, str]
):
    answer = sent(world, issued, kind, text=" ", name="x" * 81)
    assert isinstance(answer, FormErrors)
    assert dict(answer.errors) == errors
    assert world.session.query(Response).count() == 0


@pytest.mark.parametrize(("kind", "text"), [(ResponseKind.FREE_TEXT, "Ja."), (ResponseKind.HEARD, ""), (ResponseKind.TAKE_UP, "Ja.")])
def test_a_day_that_was_picked_for_another_answer_than_a_promise_is_not_lost_in_silence(
    world: World, issued: Digest, kind: ResponseKind, text: str
):
    answer = sent(world, issued, kind, text=text, due=date(2018, 10, 1))
    assert isinstance(answer, Said)
    is_told = "Dagen, du valgte, er ikke med. Den gælder kun, når du svarer »Vi vil tage det op«." in answer.paragraphs
    assert is_told is (kind is not ResponseKind.TAKE_UP)


def test_the_form_sent_with_nothing_but_heard_is_a_press_on_hoert(world: World, issued: Digest):
    answer = answered(world, Responded(who="U0POL1", digest=issued.id, kind=ResponseKind.HEARD, text=" "))
    assert isinstance(answer, Said)
    assert answer.title == "Du har trykket Hørt"
    assert world.session.query(Response).count() == 0
    assert world.session.query(HeardBy).count() == 1


@pytest.mark.parametrize("action", HANDLERS)
def test_whoever_the_platform_lets_press_rights_are_read_from_our_lists(world: World, issued: Digest, action: Any):
    known: dict[str, Any] = {"digest": issued.id, "promise": 1, "kind": ResponseKind.DONE, "text": "Ja.", "theme": "trust"}
    known = {field.name: known[field.name] for field in fields(action) if field.name in known}
    world.add_person("U0LEADER", Role.LEADER)
    former = world.add_person("U0FORMER", Role.POLITICIAN)
    former.state = PersonState.LEFT
    for who in ("U0LEADER", "U0FORMER", "U0STRANGER"):
        with pytest.raises(Refused) as refused:
            answered(world, action(who=who, **known))
        assert refused.value.reason is Reason.NO_RIGHT


@pytest.mark.parametrize("action", HANDLERS)
def test_a_refusal_says_who_may_or_what_is_gone_and_never_only_that_something_is(world: World, issued: Digest, action: Any):
    known: dict[str, Any] = {"digest": issued.id, "promise": 1, "kind": ResponseKind.DONE, "text": "Ja.", "theme": "nowhere"}
    known = {field.name: known[field.name] for field in fields(action) if field.name in known}
    world.add_person("U0LEADER", Role.LEADER)
    refused = handlers.answer(action(who="U0LEADER", **known), world.session, NOW, world.programme)
    assert isinstance(refused, Said)
    assert refused.paragraphs == (say("da", "refused.no_right.politician"),)
    issued.state = DigestState.HELD
    gone = handlers.answer(action(who="U0POL1", **known), world.session, NOW, world.programme)
    named = say("da", "refused.gone.digest", number=1) if "digest" in known else say("da", "refused.gone.promise")
    assert named in (gone.paragraphs if isinstance(gone, Said) else ())
    missing = handlers.answer(
        action(who="U0POL1", **known | {"digest": 99} if "digest" in known else known), world.session, NOW, world.programme
    )
    assert isinstance(missing, Said)
    assert missing.paragraphs[0] in {say("da", "refused.gone.digest_unknown"), say("da", "refused.gone.promise")}


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.UNKNOWN])
def test_a_digest_can_be_answered_as_soon_as_it_stands_in_its_channel_though_that_is_not_written_down_yet(
    world: World, state: MessageState
):
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    digest = world.draft(1)
    posting = world.post(digest)
    asked = ResponseFormWanted(who="U0POL1", digest=digest.id, theme="trust")
    with pytest.raises(Refused) as refused:
        answered(world, asked)
    assert refused.value.reason is Reason.GONE
    posting.state = state
    assert isinstance(answered(world, asked), ResponseForm)
    assert isinstance(answered(world, Heard(who="U0POL1", digest=digest.id)), Said)
    assert isinstance(handlers.answer(AnswersWanted(who="U0POL1", digest=digest.id), world.session, NOW, world.programme), Reading)
    answered(world, Responded(who="U0POL1", digest=digest.id, kind=ResponseKind.FREE_TEXT, text="Ja.", theme="trust"))
    digest_review.mark_issued(world.session, NOW, posting)
    assert world.session.query(HeardBy).one().digest_id == world.session.query(Response).one().digest_id == digest.id


def test_whoever_asks_what_is_wished_proposes_a_question_once(world: World):
    """The number of wishes is printed, and nothing says what is wished."""
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    issued = world.issue(1)
    issued.wishes = []
    world.add_person("U0POL2", Role.POLITICIAN, language="en")
    thanks = [answered(world, WishQuestionProposed(who=who, digest=issued.id, theme="trust")) for who in ("U0POL1", "U0POL2", "U0POL1")]
    assert [answer.title for answer in thanks if isinstance(answer, Said)] == [
        "Tak, fordi du spørger",
        "Thank you for asking",
        "Tak, fordi du spørger",
    ]
    (notice,) = world.messages(MessageKind.NOTICE)
    snippet = notice.facts["values"]["snippet"]
    ask = {
        "da": "Hvad ønsker du dig af politikerne, når det gælder »Tillid«?",
        "en": "What would you like from the politicians when it comes to “Trust”?",
    }
    (question,) = YAML(typ="safe").load(f"questions:\n{snippet}")["questions"]
    assert question == {"id": "oensker-om-trust-1", "theme": "trust", "ask": ask, "reserve": True}
    said = compose(world.session, NOW, world.programme, notice)
    assert isinstance(said, Plain)
    assert snippet in said.paragraphs


def test_the_question_about_the_longest_theme_has_an_id_that_check_takes(issued: Digest):
    assert read_identifier(id_of_wish_question(issued, "a" * 44 + "-" + "b" * 15)) == f"oensker-om-{'a' * 44}-{issued.number}"


@pytest.mark.parametrize(("wishes", "who", "theme"), [(None, "U0POL1", "trust"), (["trust"], "U0POL1", "trust"), ([], "U0POL1", "time")])
def test_what_is_wished_is_not_asked_where_it_is_told_or_nothing_is_wished(world: World, wishes: list[str] | None, who: str, theme: str):
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    issued = world.issue(1)
    issued.wishes = wishes
    with pytest.raises(Refused) as refused:
        answered(world, WishQuestionProposed(who=who, digest=issued.id, theme=theme))
    assert refused.value.reason is Reason.GONE
    assert world.messages(MessageKind.NOTICE) == []


def test_only_politicians_ask_what_is_wished(world: World):
    world.answer(world.add_round(1), world.add_people(12), wishes=6)
    issued = world.issue(1)
    issued.wishes = []
    with pytest.raises(Refused) as refused:
        answered(world, WishQuestionProposed(who="U00000", digest=issued.id, theme="trust"))
    assert refused.value.reason is Reason.NO_RIGHT
