"""Declarative base, constraint names and the mixin of everything that belongs to a gemeente."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, ForeignKey, MetaData, Uuid, true
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(DeclarativeBase):
    metadata = metadata


db = SQLAlchemy(model_class=Base, engine_options={})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Genummerd:
    """Integer key inside (spatial indexes need it), UUIDv7 in URLs and between systems."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=nieuw_id, sort_order=-9)


class GemeenteEigendom(Genummerd):
    """A row of content. It has exactly one gemeente and is only read through ``select_voor``."""

    @declared_attr
    def gemeente_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("gemeente.id", ondelete="RESTRICT"), index=True, sort_order=-8)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        """What this role may see within its own gemeente. Models narrow it (partners, kabinet)."""
        del actor
        return true()
