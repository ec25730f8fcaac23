"""What every request body is: nothing unknown in it, texts without blanks around them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class Storable(BaseModel):
    """PostgreSQL keeps every character but this one."""

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: Any) -> Any:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a text cannot hold the NUL character")
        return value


class Strict(Storable):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
