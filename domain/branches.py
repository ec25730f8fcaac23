"""Branches: the places where the shop works."""

from dataclasses import dataclass
from enum import StrEnum


class BranchKind(StrEnum):
    CORPORATE = "corporate"
    BOUTIQUE = "boutique"
    FRANCHISE = "franchise"


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
