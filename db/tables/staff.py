"""Who works here, where, and in which groups."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.engine import Base


class StaffMember(Base):
    """The person; `Account` is how they sign in."""

    __tablename__ = "staff_members"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    """The corporate one: one-time codes go there."""
    phone: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="en")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Group(Base):
    """Rights and guarded fields, given to all its members."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 100", name="level"),
        Index("uq_groups_name", text("lower(name)"), unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[int]
    """0 is SuperAdmin; members manage groups and persons of larger numbers only."""
    rights: Mapped[dict[str, Any]]
    """{right: own | all}"""
    fields: Mapped[dict[str, Any]]
    """{noun.field: read | write}; what is not there is hidden."""
    is_builtin: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class StaffGroup(Base):
    __tablename__ = "staff_groups"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True, index=True)


class StaffBranch(Base):
    """Where somebody works: how far rights go that reach to own branches only."""

    __tablename__ = "staff_branches"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"), primary_key=True, index=True)
