"""The table of themes says who is asked how often about what, and which theme nobody is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.programme import Entry, Language, Role, Text, Theme
from schedules.theme_table import theme_table
from tests.support.programme import FOR_ALL, PROGRAMME, VARIANTS


def rows(programme, language=Language.EN):
    return [[cell for cell in line.split("  ") if cell.strip()] for line in theme_table(programme, language)]


def title_of(entry):
    return PROGRAMME.theme(entry.theme).title.da


def test_each_theme_has_a_row_with_the_questions_and_weeks_of_each_role():
    table = [[cell.strip() for cell in row] for row in rows(PROGRAMME)]
    assert table[0] == ["Theme", "Leaders", "Employee representatives"]
    assert sum(cell.startswith("1 in week 34") for row in table for cell in row) == 2
    assert [row[0] for row in table[1:]] == [theme.title.da for theme in PROGRAMME.themes]


def test_a_theme_that_nobody_is_asked_about_says_so():
    forgotten = Theme(id="glemt", title=Text(da="Glemt", en="Forgotten"))
    [row] = [row for row in rows(replace(PROGRAMME, themes=(*PROGRAMME.themes, forgotten))) if row[0].strip() == "Glemt"]
    assert [cell.strip() for cell in row] == ["Glemt", "–", "–", "nobody is asked about it"]


def test_a_role_that_is_not_asked_has_a_dash_and_the_others_their_weeks():
    leaders_only = Entry(theme=VARIANTS.theme, by_role=((Role.LEADER, VARIANTS.by_role[0][1]),))
    programme = replace(PROGRAMME, rounds=replace(PROGRAMME.rounds, order=(leaders_only,)))
    [row] = [row for row in rows(programme) if row[0].strip() == title_of(VARIANTS)]
    assert [cell.strip() for cell in row[1:]] == ["1 in week 34", "–"]


def test_only_roles_with_a_list_have_a_column():
    programme = replace(PROGRAMME, people=replace(PROGRAMME.people, employee_reps=None))
    assert [cell.strip() for cell in rows(programme)[0]] == ["Theme", "Leaders"]


def test_two_questions_in_one_week_count_twice_and_name_the_week_once():
    rounds = replace(PROGRAMME.rounds, every=(1, 2), until=date(2018, 8, 24), order=(FOR_ALL, replace(FOR_ALL, all="other")))
    [row] = [row for row in rows(replace(PROGRAMME, rounds=rounds)) if row[0].strip() == title_of(FOR_ALL)]
    assert row[1].strip() == "2 in week 34"


def test_the_table_is_in_the_readers_language():
    forgotten = Theme(id="glemt", title=Text(da="Glemt", en="Forgotten"))
    table = [[cell.strip() for cell in row] for row in rows(replace(PROGRAMME, themes=(*PROGRAMME.themes, forgotten)), Language.DA)]
    assert table[0] == ["Tema", "Ledere", "Medarbejderrepræsentanter"]
    assert "1 i uge 34" in table[1]
    assert table[-1] == ["Glemt", "–", "–", "ingen bliver spurgt om det"]
