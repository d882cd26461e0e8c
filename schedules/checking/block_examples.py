"""How each block of a programme file is written: an example for whoever wrote something else in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schedules.checking import file_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schedules.checking.file_model import Block

EXAMPLES: Final[Mapping[type[Block], str]] = {  # a text in both languages has none: what stands there becomes one
    file_model.File: "programme: randers-2018",
    file_model.People: "{leaders: {usergroup: S0LEADERS}, politicians: {usergroup: S0POLIT}, organisers: {channel: C0ORGANISERS}}",
    file_model.PeopleList: "{file: people/politikere.csv}",
    file_model.ParticipantList: "{file: people/ledere.csv}",
    file_model.Organisers: "{usergroup: S0ORG, channel: C0ORGANISERS}",
    file_model.Theme: '{id: faelles-retning, title: {da: "Fælles retning", en: "Common direction"}}',
    file_model.Question: '{id: gik-godt, theme: faelles-retning, ask: {da: "Hvad gik godt?", en: "What went well?"}}',
    file_model.Rounds: '{every: tuesday, at: "09:30", from: 2018-08-21, until: 2018-08-21, order: [gik-godt]}',
    file_model.Entry: "{leader: et-id, employee_rep: et-andet-id}",
    file_model.Skip: "{holidays: DK, weeks: [42]}",
    file_model.Remind: '{after_days: 2, at: "13:00"}',
    file_model.Digest: '{channel: C0DIGEST, close: {day: friday, at: "10:00"}, post: {day: friday, at: "14:00"}}',
    file_model.Weekly: '{day: friday, at: "10:00"}',
    file_model.Floors: "{people: 5, quotes: 8, audience: 10, asked: 30}",
    file_model.Agreement: '{by: "MED-udvalg", on: 2018-08-15}',
    file_model.Information: '{controller: {da: "…", en: "…"}, purpose: {da: "…", en: "…"}, …}',
    file_model.Filter: '{extra: ["Nordskolen"]}',
    file_model.Filing: '{case: "18/00123", kle: "81.00.00-P20"}',
    file_model.Retention: "{detach_after_days: 7, delete_replies_after_days: 90}",
}
