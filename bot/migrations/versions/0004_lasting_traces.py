"""Adds tombstones that never expire, and to lists their time zones, earlier sizes and whether their role is out.

An erased person stays out, even after a long time on no list. Earlier tombstones do not tell a person from a reply, so all of them last.
For what is wiped only the day is kept. The lists are read again at once. Rounds stored how many people were active; now they store how many
the lists let take part.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROUNDS = sa.table("rounds", sa.column("id"), sa.column("programme"), sa.column("closes_at"), sa.column("snapshot", sa.JSON()))
COUNT_WHO_STOOD_THERE = sa.text("""
SELECT role, count(*) AS listed FROM people
WHERE programme = :programme AND invited_at <= :closes_at AND (state <> 'left' OR left_by = 'self') GROUP BY role
""")


def upgrade() -> None:
    """Change the tables and fill the new columns."""
    op.add_column("traces", sa.Column("lasting", sa.Boolean(), nullable=True))
    op.execute("UPDATE traces SET lasting = (token IS NOT NULL)")
    day = "date({0}) || ' 00:00:00.000000'" if op.get_bind().dialect.name == "sqlite" else "date_trunc('day', {0})"
    days = ", ".join(f"{column} = {day.format(column)}" for column in ("at", "taken_at", "wiped_at"))
    op.execute(f"UPDATE traces SET {days} WHERE wiped_at IS NOT NULL")  # noqa: S608 - our own columns
    with op.batch_alter_table("traces") as table:
        table.alter_column("lasting", existing_type=sa.Boolean(), nullable=False)
    op.create_index("ix_traces_token", "traces", ["token"])
    for column in (sa.Column("zones", sa.JSON()), sa.Column("week", sa.String(8)), sa.Column("before", sa.Integer())):
        op.add_column("lists", column)
    op.add_column("lists", sa.Column("told", sa.Integer()))
    op.add_column("lists", sa.Column("out", sa.Boolean()))
    op.execute("UPDATE lists SET out = false")
    with op.batch_alter_table("lists") as table:
        table.alter_column("out", existing_type=sa.Boolean(), nullable=False)
    op.execute("UPDATE programmes SET synchronised_at = NULL")
    _count_all_who_were_listed()


def _count_all_who_were_listed() -> None:
    connection = op.get_bind()
    for round_ in (round_ for round_ in connection.execute(sa.select(ROUNDS)).all() if "audience" in round_.snapshot):
        values = {"programme": round_.programme, "closes_at": round_.closes_at}
        listed = {row.role: row.listed for row in connection.execute(COUNT_WHO_STOOD_THERE, values)}
        audience = {role: max(people, listed.get(role, 0)) for role, people in round_.snapshot["audience"].items()}
        snapshot = {**round_.snapshot, "audience": audience}
        connection.execute(sa.update(ROUNDS).where(ROUNDS.c.id == round_.id).values(snapshot=snapshot))
