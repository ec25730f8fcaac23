"""Who may do what: rights, guarded fields, and whom they are granted to."""

from domain.access.actor import (
    EVERYTHING,
    NOTHING,
    SYSTEM,
    Actor,
    Forbidden,
    Grants,
    require,
    widest,
)
from domain.access.fields import (
    EVERY_FIELD,
    GUARDED,
    WRITABLE,
    FieldLevel,
    GuardedField,
    guarded,
    nouns_of,
    of_noun,
    told_by,
)
from domain.access.profiles import CUSTOMER, IMPORT, PROFILES, STOREFRONT, SUPER_ADMIN, Profile
from domain.access.rights import BOUND_TO_BRANCHES, EVERY_RIGHT, Reach, Right, by_noun
from domain.access.visible import visible

__all__ = [
    "BOUND_TO_BRANCHES",
    "CUSTOMER",
    "EVERYTHING",
    "EVERY_FIELD",
    "EVERY_RIGHT",
    "GUARDED",
    "IMPORT",
    "NOTHING",
    "PROFILES",
    "STOREFRONT",
    "SUPER_ADMIN",
    "SYSTEM",
    "WRITABLE",
    "Actor",
    "FieldLevel",
    "Forbidden",
    "Grants",
    "GuardedField",
    "Profile",
    "Reach",
    "Right",
    "by_noun",
    "guarded",
    "nouns_of",
    "of_noun",
    "require",
    "told_by",
    "visible",
    "widest",
]
