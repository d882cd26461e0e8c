"""A participant gets the right answer when they act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

import handlers
from bot.dialogue import people
from bot.models import Authorship, LoadedProgramme, MessageKind, PersonState, Reply, SeenEvent
from bot.programme import Language, Role, Skip, Text
from bot.seam.actions import (
    Action,
    CameBack,
    DigestApproved,
    Heard,
    HomeWanted,
    HourChosen,
    Left,
    MyRepliesWanted,
    Paused,
    PauseFormWanted,
    PeopleChanged,
    QuoteWithdrawn,
    Replied,
    ReplyDeleted,
    ReplyFormWanted,
    TypedDirectly,
    WhyWanted,
)
from bot.seam.answers import Answer, FormErrors, Home, HomeChoice, HourSet, MyReplies, Nothing, PauseForm, ReplyForm, Said
from bot.seam.meaning import HourOffer
from bot.wording import say
from handlers import planning
from tests.support.programme import NUUK, PROGRAMME
from tests.support.world import BEFORE, CLOSES, OPENS, World, found, lists, with_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.models import Round

LATER = OPENS + timedelta(hours=1)
PAUSE, LEAVE, ANSWER, MINE, BOOK, BACK = (
    HomeChoice.PAUSE,
    HomeChoice.LEAVE,
    HomeChoice.ANSWER,
    HomeChoice.MY_REPLIES,
    HomeChoice.MY_BOOK,
    HomeChoice.COME_BACK,
)
OURS = (HomeChoice.MY_DATA,)


@pytest.fixture
def world(session: Session) -> World:
    world = World(session)
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(11)), found("L11", language=Language.EN)]))
    world.welcome_all()
    return world


def act(world: World, action: Action, now: datetime = LATER) -> Answer:
    return handlers.answer(action, world.session, now, PROGRAMME)


def said(world: World, action: Action, now: datetime = LATER) -> Said:
    answer = act(world, action, now)
    assert isinstance(answer, Said)
    return answer


def home(world: World, who: str = "L0", now: datetime = LATER) -> Home:
    answer = act(world, HomeWanted(who=who), now)
    assert isinstance(answer, Home)
    return answer


def test_every_action_of_the_seam_has_one_answer() -> None:
    assert {*handlers.HANDLERS, *planning.HANDLERS} == set(Action.__subclasses__())


# --- answering


def test_thanks_name_the_day_on_which_the_digest_is_posted_also_where_a_day_off_moves_it(world: World, round_: Round) -> None:
    skip = Skip(also=(date(2018, 8, 24), date(2018, 8, 27)))  # the round was open before: it closes on that Friday
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, skip=skip))
    thanks = handlers.answer(Replied(who="L0", round=round_.id, text="Vi holdt fri."), world.session, LATER, programme)
    assert "tirsdag den 28. august" in str(thanks)


def test_a_conversation_from_the_button_to_thanks_and_back_again(world: World, round_: Round) -> None:
    form = act(world, ReplyFormWanted(who="L0", round=round_.id))
    assert isinstance(form, ReplyForm)
    thanks = said(world, Replied(who="L0", round=round_.id, text="Vi holdt fri for møder.", wish=True))
    assert thanks.title == "Tak for dit svar"
    closes, shown = "fredag den 24. august kl. 10.00", "fredag den 24. august"
    assert list(thanks.paragraphs) == say("da", "reply.thanks.text", closes=closes, shown=shown).split("\n\n")
    again = act(world, ReplyFormWanted(who="L0"))
    assert isinstance(again, ReplyForm)
    assert (again.text, again.wish) == ("Vi holdt fri for møder.", True)
    assert said(world, Replied(who="L0", round=round_.id, text="Vi holdt fri.", seen=again.seen)).title == "Dit svar er rettet"
    assert said(world, ReplyDeleted(who="L0", round=round_.id)).title == "Dit svar er slettet"
    assert world.count(Reply) == 0


def test_people_are_answered_in_their_own_language(world: World, round_: Round) -> None:
    thanks = said(world, Replied(who="L11", round=round_.id, text="We slowed down."))
    assert (thanks.language, thanks.title) == (Language.EN, "Thank you")
    assert "until Friday 24 August at 10:00" in thanks.paragraphs[1]


@pytest.mark.parametrize(("text", "key"), [("", "refused.empty"), ("x" * 3001, "refused.too_long")])
def test_a_text_that_cannot_be_kept_stays_in_the_form(world: World, round_: Round, text: str, key: str) -> None:
    answer = act(world, Replied(who="L0", round=round_.id, text=text))
    assert answer == FormErrors(language=Language.DA, errors={"text": say("da", key)})
    assert world.count(Reply) == 0


@pytest.mark.parametrize("who", ["L0", "P0", "nobody"])
def test_whatever_the_reason_a_refused_reply_stays_in_the_form_so_that_nobody_loses_their_words(
    world: World, round_: Round, who: str
) -> None:
    answer = act(world, Replied(who=who, round=round_.id, text="Mange ord"), CLOSES)
    assert answer.is_refusal


def test_a_button_of_last_months_round_says_that_the_round_has_closed(world: World, round_: Round) -> None:
    world.close(round_)
    refused = said(world, ReplyFormWanted(who="L0", round=round_.id), CLOSES + timedelta(days=30))
    assert refused.paragraphs == (say("da", "refused.round_closed"),)


def test_the_form_knows_who_reads_another_language_than_the_digests(world: World, round_: Round) -> None:
    forms = {who: act(world, ReplyFormWanted(who=who, round=round_.id)) for who in ("L0", "L11")}
    assert {who: form.quotes_in for who, form in forms.items() if isinstance(form, ReplyForm)} == {"L0": None, "L11": Language.DA}


def test_whoever_has_answered_hears_after_the_close_that_the_first_version_counts(world: World, round_: Round) -> None:
    said(world, Replied(who="L0", round=round_.id, text="Mit"))
    for action in (Replied(who="L0", round=round_.id, text="Rettet"), ReplyFormWanted(who="L0", round=round_.id)):
        assert said(world, action, CLOSES).paragraphs == (say("da", "refused.round_closed.stored"),)
    assert said(world, Replied(who="L1", round=round_.id, text="Nyt"), CLOSES).paragraphs == (say("da", "refused.round_closed"),)


def test_a_forged_user_answers_only_for_themselves(world: World, round_: Round) -> None:
    said(world, Replied(who="L0", round=round_.id, text="Mit"))
    said(world, Replied(who="L1", round=round_.id, text="Dit"))
    assert said(world, ReplyDeleted(who="L2", round=round_.id)).paragraphs == (say("da", "refused.no_reply"),)
    assert world.count(Authorship) == 2


def test_mine_svar_shows_ones_own_replies_and_nobody_elses(world: World, round_: Round) -> None:
    said(world, Replied(who="L0", round=round_.id, text="Mit"))
    mine, others = (act(world, MyRepliesWanted(who=who)) for who in ("L0", "L1"))
    assert isinstance(mine, MyReplies)
    assert isinstance(others, MyReplies)
    assert [reply.text for reply in mine.replies] == ["Mit"]
    assert (others.replies, others.note) == ((), say("da", "mine.none"))


# --- pausing, leaving, coming back


def test_the_pause_form_proposes_two_weeks_in_the_persons_own_days(world: World) -> None:
    world.read(with_list(lists(), Role.LEADER, [found("L0", timezone=NUUK)]))
    form = act(world, PauseFormWanted(who="L0"), CLOSES.replace(hour=1))  # still Thursday in Nuuk
    day = date(2018, 8, 23)
    assert form == PauseForm(language=Language.DA, earliest=day, latest=day + timedelta(weeks=26), proposed=date(2018, 9, 6))


def test_a_pause_is_confirmed_with_its_last_day(world: World) -> None:
    pause = said(world, Paused(who="L0", until=date(2018, 9, 6)))
    assert "til og med torsdag den 6. september" in pause.paragraphs[0]
    assert world.person("L0").state is PersonState.PAUSED


def test_who_has_chosen_another_day_in_a_newer_window_reads_which_one_counts(world: World) -> None:
    said(world, Paused(who="L0", until=date(2018, 9, 13)))
    pause = said(world, Paused(who="L0", until=date(2018, 9, 6)))
    assert pause.paragraphs[0] == "Du havde valgt pause til og med torsdag den 13. september. Det er ændret nu."
    assert "til og med torsdag den 6. september" in pause.paragraphs[1]
    assert pause.paragraphs[1:] == said(world, Paused(who="L0", until=date(2018, 9, 6))).paragraphs  # sent twice


@pytest.mark.parametrize(("until", "key"), [(date(2018, 8, 20), "refused.date_past"), (date(2020, 1, 1), "refused.date_far")])
def test_a_pause_that_cannot_be_stays_in_the_form(world: World, until: date, key: str) -> None:
    assert act(world, Paused(who="L0", until=until)) == FormErrors(language=Language.DA, errors={"until": say("da", key)})


def test_leaving_and_coming_back_are_each_one_press(world: World) -> None:
    world.open()
    assert said(world, Left(who="L0")).title == "Du er ikke længere med"
    assert "L0" not in world.recipients()
    assert said(world, CameBack(who="L0")).title == "Velkommen tilbage"
    assert world.person("L0").state is PersonState.ACTIVE


def test_leaving_twice_is_said_plainly(world: World) -> None:
    said(world, Left(who="L0"))
    assert said(world, Left(who="L0")).paragraphs == (say("da", "refused.not_in_dialogue"),)


# --- rights


@pytest.mark.parametrize(
    "action",
    [
        Left(who="P0"),
        PauseFormWanted(who="P0"),
        CameBack(who="P0"),
        ReplyFormWanted(who="P0"),
        DigestApproved(who="L0", digest=1, seen=""),
        Heard(who="L0", digest=1),
        Heard(who="O0", digest=1),
        Left(who="nobody"),
        MyRepliesWanted(who="nobody"),
    ],
)
def test_what_one_has_no_right_to_is_refused_in_a_sentence(world: World, round_: Round, action: Action) -> None:
    refused = said(world, action)
    assert refused.title == say("da", "refused.title")
    assert round_.id
    assert world.person("P0").state is PersonState.ACTIVE


# --- typed messages and other news from the platform


def test_a_typed_message_is_answered_once_with_the_page_and_the_wish_that_it_be_deleted(world: World, round_: Round) -> None:
    answer = act(world, TypedDirectly(who="L0", event="Ev1"))
    assert isinstance(answer, Home)
    assert (answer.title, answer.round) == ("Svar i formularen", round_.id)
    assert "Slet selv beskeden" in answer.paragraphs[0]
    assert ANSWER in answer.choices
    assert isinstance(act(world, TypedDirectly(who="L0", event="Ev1")), Nothing)
    assert isinstance(act(world, TypedDirectly(who="L0", event="Ev2")), Home)
    assert world.count(SeenEvent) == 2


def test_a_stranger_who_types_is_told_that_they_are_not_in_the_dialogue(world: World) -> None:
    answer = act(world, TypedDirectly(who="nobody", event="Ev1"))
    assert isinstance(answer, Home)
    assert answer.paragraphs[1:] == (say("da", "home.stranger"),)
    assert answer.choices == ()


def test_news_of_people_makes_the_lists_be_read_again(world: World) -> None:
    loaded = world.session.get_one(LoadedProgramme, PROGRAMME.id)
    loaded.synchronised_at = BEFORE
    assert isinstance(act(world, PeopleChanged(who="")), Nothing)
    assert loaded.synchronised_at is None


# --- one's own page


@pytest.mark.parametrize(("who", "key"), [("nobody", "home.stranger"), ("P0", "home.politician"), ("O0", "home.organiser")])
def test_the_page_says_who_one_is(world: World, who: str, key: str) -> None:
    page, offered = home(world, who), () if who == "nobody" else OURS
    choices = tuple(choice for choice in page.choices if choice is not HomeChoice.PAUSE_FOR_ALL)
    assert (page.title, page.paragraphs, choices) == ("Landsbydagen", (say("da", key),), offered)


def later(world: World, action: Action) -> Answer:
    """Act when a later programme runs, which has lists of its own."""
    following = replace(PROGRAMME, id="next")
    if world.session.get(LoadedProgramme, following.id) is None:
        world.session.add(LoadedProgramme(id=following.id, loaded_at=OPENS, checksum="0"))
        world.session.flush()
    return handlers.answer(action, world.session, CLOSES, following)


@pytest.mark.parametrize(("who", "offered"), [("L11", (MINE, BOOK, *OURS)), ("L0", OURS), ("P0", OURS)])
def test_the_page_offers_what_is_their_own_also_when_a_later_programme_runs_without_them(
    world: World, round_: Round, who: str, offered: tuple[HomeChoice, ...]
) -> None:
    act(world, Replied(who="L11", round=round_.id, text="Answer"))
    page, replies = later(world, HomeWanted(who=who)), later(world, MyRepliesWanted(who=who))
    assert isinstance(page, Home)
    assert (page.paragraphs, page.choices) == ((say(world.person(who).language, "home.earlier"),), offered)
    assert isinstance(replies, MyReplies)
    assert [reply.text for reply in replies.replies] == (["Answer"] if who == "L11" else [])


def test_people_take_back_and_delete_their_own_also_when_a_later_programme_runs_without_them(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Svar", quote=True))
    assert isinstance(later(world, QuoteWithdrawn(who="L0", round=round_.id)), Said)
    assert not world.session.scalars(select(Reply.quote)).one()
    assert isinstance(later(world, ReplyDeleted(who="L0", round=round_.id)), Said)
    assert world.count(Reply) == 0


def test_the_page_follows_a_participant_through_a_week(session: Session) -> None:
    world = World(session)
    world.read(lists())
    assert (home(world).paragraphs, home(world).choices) == ((say("da", "home.invited"),), (PAUSE, LEAVE, *OURS))
    world.welcome_all()
    assert home(world).paragraphs == (say("da", "home.nothing"),)
    round_ = world.open_and_ask()
    closes = "fredag den 24. august kl. 10.00"
    asked = home(world)
    assert asked.paragraphs == ("Tillid: for-all, hvad?", say("da", "home.open", closes=closes))
    assert (asked.choices, asked.round) == ((ANSWER, PAUSE, LEAVE, *OURS), round_.id)
    act(world, Replied(who="L0", round=round_.id, text="Svar"))
    assert home(world).paragraphs[1] == say("da", "home.answered", closes=closes)
    assert (home(world).choices, home(world).round) == ((HomeChoice.EDIT_REPLY, PAUSE, LEAVE, MINE, BOOK, *OURS), round_.id)
    world.close(round_)
    assert home(world).paragraphs == (say("da", "home.nothing"),)
    assert home(world, now=CLOSES + timedelta(weeks=17)).paragraphs == (say("da", "home.over"),)


def test_the_page_of_who_pauses_says_until_when_and_what_may_still_be_answered(world: World) -> None:
    people.pause(world.session, LATER, world.person("L0"), date(2018, 9, 6))
    assert home(world).paragraphs == ("Du holder pause til og med torsdag den 6. september.",)
    assert home(world).choices == (BACK, LEAVE, *OURS)


def test_who_pauses_may_answer_from_the_page_what_they_were_asked(world: World, round_: Round) -> None:
    people.pause(world.session, LATER, world.person("L0"), date(2018, 9, 6))
    page = home(world)
    assert (page.choices, page.round) == ((ANSWER, BACK, LEAVE, *OURS), round_.id)
    assert page.paragraphs[0].startswith("Du holder pause")


def test_the_page_of_who_left_offers_to_come_back_and_ones_own_words(world: World, round_: Round) -> None:
    act(world, Replied(who="L0", round=round_.id, text="Svar"))
    act(world, Left(who="L0"))
    assert (home(world).paragraphs, home(world).choices) == ((say("da", "home.left"),), (BACK, MINE, BOOK, *OURS))


def test_the_page_of_whom_the_lists_left_out_says_so_and_offers_only_what_is_their_own(world: World) -> None:
    world.read(lists(leaders=11), LATER)
    page = replace(home(world, "L11"), title="")
    assert (page.paragraphs, page.choices) == ((say("en", "home.unlisted"),), OURS)


def test_looking_at_the_page_changes_nothing(world: World, round_: Round) -> None:
    before = [(message.id, message.state) for message in world.messages(MessageKind.QUESTION)]
    home(world)
    act(world, ReplyFormWanted(who="L0", round=round_.id))
    assert not world.session.dirty
    assert not world.session.new
    assert [(each.id, each.state) for each in world.messages(MessageKind.QUESTION)] == before


# --- when they are asked, and why


def test_one_press_moves_all_later_questions_to_noon_and_one_more_moves_them_back(world: World, round_: Round) -> None:
    noon = act(world, HourChosen(who="L0", hour=time(12)))
    assert isinstance(noon, HourSet)
    assert noon.paragraphs[0] == "Fra næste spørgsmål spørger jeg dig kl. 12.00."
    assert noon.offer == HourOffer(hour=time(9, 30), back=True)
    assert act(world, HourChosen(who="L0", hour=time(12))) == noon
    page = home(world)
    assert (page.paragraphs[-1], page.offer) == ("Du bliver spurgt kl. 12.00, som du har valgt.", noon.offer)
    back = act(world, HourChosen(who="L0"))
    assert isinstance(back, HourSet)
    assert (back.paragraphs, back.offer) == (("Fra næste spørgsmål spørger jeg dig igen kl. 09.30.",), HourOffer(hour=time(12)))
    assert (world.person("L0").ask_at, home(world).offer) == (None, back.offer)
    assert len(home(world).paragraphs) == 2


@pytest.mark.parametrize("who", ["P0", "O0", "U0NOBODY"])
@pytest.mark.parametrize("action", [lambda who: HourChosen(who=who, hour=time(12)), lambda who: WhyWanted(who=who, round=1)])
def test_who_is_not_asked_is_refused_kindly_and_is_offered_no_hour(
    world: World, round_: Round, who: str, action: Callable[[str], Action]
) -> None:
    assert said(world, action(who)).paragraphs == (say("da", "refused.not_in_dialogue"),)
    assert home(world, who).offer is None


def test_one_press_moves_the_question_that_waits_as_well(world: World) -> None:
    world.open()
    act(world, HourChosen(who="L0", hour=time(12)), OPENS - timedelta(hours=1))
    assert {message.due_at for message in world.messages(MessageKind.QUESTION)} == {OPENS, OPENS + timedelta(hours=2.5)}


def test_after_the_last_question_no_hour_is_offered_and_an_old_button_says_so(world: World, round_: Round) -> None:
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=PROGRAMME.rounds.order[:1]))
    answer = handlers.answer(HourChosen(who="L0", hour=time(12)), world.session, LATER, programme)
    assert isinstance(answer, Said)
    assert answer.paragraphs == (say("da", "hour.over"),)
    assert world.person("L0").ask_at is None
    page = handlers.answer(HomeWanted(who="L0"), world.session, LATER, programme)
    assert isinstance(page, Home)
    assert page.offer is None


def test_why_a_question_is_asked_is_told_as_it_was_when_it_was_asked(session: Session) -> None:
    about = {"about": Text(da="Fordi vi skal.", en="Because we must."), "source": Text(da="En bog, 2018", en="A book, 2018")}
    trust, *others = PROGRAMME.themes
    world = World(session, replace(PROGRAMME, themes=(replace(trust, **about), *others)))
    world.read(with_list(lists(), Role.LEADER, [*(found(f"L{i}") for i in range(11)), found("L11", language=Language.EN)]))
    world.welcome_all()
    round_ = world.open_and_ask()
    told = said(world, WhyWanted(who="L0", round=round_.id))  # the programme has no such texts any more
    assert told.title == "Hvorfor dette spørgsmål?"
    assert told.paragraphs == ("Tema: Tillid", "Fordi vi skal.", "Kilde: En bog, 2018", "Spørgsmålet: for-all, hvad?")
    in_english = ("Theme: Trust", "Because we must.", "Source: A book, 2018", "The question: for-all, what?")
    assert said(world, WhyWanted(who="L11", round=round_.id)).paragraphs == in_english


def test_of_a_round_from_before_there_were_such_texts_theme_and_question_are_told(world: World, round_: Round) -> None:
    assert said(world, WhyWanted(who="L0", round=round_.id)).paragraphs == ("Tema: Tillid", "Spørgsmålet: for-all, hvad?")


def test_a_round_that_is_not_there_explains_nothing(world: World, round_: Round) -> None:
    assert said(world, WhyWanted(who="L0", round=round_.id + 1)).paragraphs == (say("da", "refused.not_yours"),)
