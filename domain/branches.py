"""Branches: the places where the shop works."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal


class BranchKind(StrEnum):
    CORPORATE = "corporate"
    BOUTIQUE = "boutique"
    FRANCHISE = "franchise"


class BranchUnknown(Refusal):
    """There is no such branch."""


@dataclass(frozen=True)
class Branch:
    """As people write it down."""

    code: str
    name: str
    kind: BranchKind
    country: str
    city: str
    postcode: str
    street: str
