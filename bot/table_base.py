"""The base of all tables: moments in UTC, enumerations stored by their values, and names for constraints."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from bot.programme import Role
from bot.seam.actions import DeclineReason, ResponseKind
from bot.states import (
    AuditAct,
    DigestState,
    Finding,
    HoldState,
    LeftBy,
    MessageKind,
    MessageState,
    PersonState,
    QuoteState,
    ResponseState,
    VersionState,
)

if TYPE_CHECKING:
    from enum import StrEnum


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC without its zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The aware moment in UTC, without its zone. ValueError for a naive one, which is a mistake in our code."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The stored moment as an aware one in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


ENUMS: tuple[type[StrEnum], ...] = (
    Role,
    PersonState,
    LeftBy,
    MessageKind,
    MessageState,
    DigestState,
    Finding,
    QuoteState,
    DeclineReason,
    ResponseState,
    VersionState,
    ResponseKind,
    AuditAct,
    HoldState,
)


class Base(DeclarativeBase):
    """The base class of all tables. Constraints have names, so that a lost race can be told from a fault."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        dict[str, Any]: JSON,
        # Stored as text: a new member needs no migration.
        **{
            kind: Enum(kind, native_enum=False, length=20, values_callable=lambda members: [member.value for member in members])
            for kind in ENUMS
        },
    }
