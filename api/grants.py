"""What is granted to groups and keys, as requests say it."""

from typing import Self

from pydantic import Field, model_validator

from api.strict import Strict
from domain.access import BOUND_TO_BRANCHES, FieldLevel, Grants, Reach, Right, guarded
from domain.access.fields import EVERY_FIELD


class GrantsEdit(Strict):
    """What is not named is not granted."""

    rights: dict[Right, Reach] = Field(default_factory=dict, max_length=len(Right))
    fields: dict[str, FieldLevel] = Field(default_factory=dict, max_length=len(EVERY_FIELD))

    @model_validator(mode="after")
    def possible(self) -> Self:
        for right, reach in self.rights.items():
            if reach is Reach.OWN and right.noun not in BOUND_TO_BRANCHES:
                raise ValueError(f"{right} belongs to no branch: it reaches to all or is left out")
        if not EVERY_FIELD.issuperset(self.fields):
            raise ValueError("there is no such guarded field")
        return self

    def grants(self) -> Grants:
        """What the program works out by itself, is open for reading at most."""
        shown = {key: level for key, level in self.fields.items() if level is not FieldLevel.HIDDEN}
        fields = {
            key: level if guarded(key).is_writable else FieldLevel.READ
            for key, level in shown.items()
        }
        return Grants(dict(self.rights), fields)
