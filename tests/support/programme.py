"""The programmes that the tests run: one as a value, one as a file's text, and their information."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from typing import TYPE_CHECKING

from bot.programme import (
    Agreement,
    DigestPlan,
    Entry,
    Floors,
    Information,
    Language,
    People,
    Programme,
    Question,
    Remind,
    Retention,
    Review,
    Role,
    Rounds,
    Skip,
    Source,
    Text,
    Theme,
    WeeklyMoment,
)

if TYPE_CHECKING:
    from pathlib import Path

COPENHAGEN, NUUK = "Europe/Copenhagen", "America/Nuuk"
ORGANISERS_CHANNEL, DIGEST_CHANNEL = "C0ORGANISERS", "C0DIGEST"
ITEMS = [field.name for field in fields(Information)]
INFORMATION = Information(**{item: Text(da=f"Om {item}.", en=f"About {item}.") for item in ITEMS})
INFORMATION_TEXT = "information:\n" + "".join(f'  {item}: {{da: "Om {item}.", en: "About {item}."}}\n' for item in ITEMS)

THEMES = {"trust": ("Tillid", "Trust"), "time": ("Tid", "Time"), "calm": ("Ro", "Calm")}
QUESTIONS = {"for-all": "trust", "to-leaders": "time", "to-reps": "time", "to-the-rest": "time"}
FOR_ALL = Entry(theme="trust", all="for-all")
VARIANTS = Entry(theme="time", by_role=((Role.LEADER, "to-leaders"), (Role.EMPLOYEE_REP, "to-reps")))
WITH_REST = Entry(theme="time", all="to-the-rest", by_role=((Role.LEADER, "to-leaders"),))


def programme_with(*, floors: Floors | None = None, review: Review = Review.REQUIRED, external: bool | None = None) -> Programme:
    """A programme of a few made-up themes; tuesdays, closing friday 10:00, posting friday 14:00."""
    return Programme(
        id="made-up",
        title=Text(da="Landsbydagen", en="The village day"),
        language=Language.DA,
        timezone=COPENHAGEN,
        people=People(
            leaders=Source(usergroup="S0LEADERS"),
            employee_reps=Source(usergroup="S0REPS"),
            politicians=Source(usergroup="S0POLIT"),
            organisers=Source(usergroup="S0ORG"),
            organisers_channel=ORGANISERS_CHANNEL,
        ),
        themes=tuple(Theme(id=theme, title=Text(da=da, en=en)) for theme, (da, en) in THEMES.items()),
        questions=tuple(
            Question(id=id_, theme=theme, ask=Text(da=f"{id_}, hvad?", en=f"{id_}, what?")) for id_, theme in QUESTIONS.items()
        ),
        rounds=Rounds(
            every=(1,),
            at=time(9, 30),
            from_=date(2018, 8, 21),
            until=date(2018, 12, 11),
            skip=Skip(),
            remind=Remind(after_days=2, at=time(13)),
            order=(FOR_ALL, VARIANTS),
        ),
        digest=DigestPlan(
            channel=DIGEST_CHANNEL,
            close=WeeklyMoment(weekday=4, at=time(10)),
            post=WeeklyMoment(weekday=4, at=time(14)),
            review=review,
            external=external,
        ),
        floors=floors or Floors(),
        guidelines_agreed=Agreement(by="MED-udvalg", on=date(2018, 8, 15)),
        retention=Retention(detach_after_days=7, delete_replies_after_days=90),
        information=INFORMATION,
    )


PROGRAMME = programme_with()

PROGRAMME_TEXT = """
programme: landsbyen-2018
title: {da: "Landsbykonference", en: "Village conference"}
language: da
timezone: Europe/Copenhagen
people:
  leaders: {usergroup: S0LEADERS}
  employee_reps: {usergroup: S0REPS}
  politicians: {usergroup: S0POLIT}
  organisers: {usergroup: S0ORG, channel: C0ORGANISERS}
themes:
  - {id: retning, title: {da: "Retning", en: "Direction"}}
  - {id: sammenhold, title: {da: "Sammenhold", en: "Togetherness"}}
questions:
  - {id: hvorhen, theme: retning, ask: {da: "Hvor skal vi hen?", en: "Where are we going?"}}
  - {id: hvem-med, theme: sammenhold, ask: {da: "Hvem skal med?", en: "Who should come along?"}}
  - {id: hvornaar, theme: retning, ask: {da: "Hvornår er vi der?", en: "When do we arrive?"}}
  - {id: hvad-nu, theme: sammenhold, ask: {da: "Hvad nu?", en: "What now?"}}
rounds:
  every: tuesday
  at: "09:30"
  from: 2018-10-09
  until: 2018-11-06
  skip: {holidays: DK, weeks: [42]}
  remind: {after_days: 2, at: "13:00"}
  order: [hvorhen, hvem-med, hvornaar, hvad-nu]
digest:
  channel: C0DIGEST
  close: {day: friday, at: "10:00"}
  post: {day: friday, at: "14:00"}
  review: required
guidelines_agreed: {by: "MED-udvalg", on: 2018-10-01}
retention: {detach_after_days: 7, delete_replies_after_days: 90}
"""
PROGRAMME_TEXT += INFORMATION_TEXT


def exchange(text: str, *changes: str) -> str:
    """A programme's text with pieces exchanged: `exchange(text, "tuesday", "monday")`. Each piece stands in it once."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, f"{old!r} must stand in the programme once"
        text = text.replace(old, new)
    return text


def write_programme(folder: Path, *changes: str, name: str = "landsby.yaml") -> Path:
    """The programme's file in a folder, with pieces exchanged."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(exchange(PROGRAMME_TEXT, *changes), "utf-8")
    return folder / name
