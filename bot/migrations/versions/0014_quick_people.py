"""Lets a beat find those few of many people and messages that it asks about."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index people by their state and by the change of their role, and messages by their kind."""
    op.create_index("ix_people_state", "people", ["state"])
    op.create_index("ix_people_role_from", "people", ["role_from"])
    op.create_index("ix_outbox_kind_state", "outbox", ["kind", "state"])
