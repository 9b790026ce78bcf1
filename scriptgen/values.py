"""What every value shares: frozen, closed, and spans that match their text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, field_validator

if TYPE_CHECKING:
    from pydantic import ValidationInfo


class Value(BaseModel):
    """A frozen model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def made(cls, fields: dict[str, Any]) -> Self:
        """A value of ``fields`` that are known to be right, all of them and in order.

        Nothing is validated and nothing defaulted: this is `model_construct` in a quarter of its
        time, for what is made by the hundred thousand. ``fields`` becomes the value's own; the
        names of those that are set are one set for all values of a class.
        """
        value = cls.__new__(cls)
        put = object.__setattr__
        put(value, "__dict__", fields)
        put(value, "__pydantic_fields_set__", _names(cls))
        put(value, "__pydantic_extra__", None)
        put(value, "__pydantic_private__", None)
        return value


@cache
def _names(kind: type[Value]) -> set[str]:
    return set(kind.model_fields)


class Span(Value):
    """A half-open range of code points ``[start, end)`` in an essay, with its text.

    Built by `cut`, or validated with ``context={"essay": text}``: then
    ``text[start:end] == self.text`` is checked, and a mismatch is a validation error.
    """

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, essay_text: str, start: int, end: int) -> Self:
        """The span of ``essay_text[start:end]``; raises ``ValueError`` outside the text.

        What is cut from the text fits it, so that nothing is left to validate.
        """
        if not 0 <= start < end <= len(essay_text):
            raise ValueError(f"no span [{start}, {end}) in a text of {len(essay_text)}")
        return cls.made({"start": start, "end": end, "text": essay_text[start:end]})

    @field_validator("text")
    @classmethod
    def _matches(cls, text: str, info: ValidationInfo) -> str:
        if "start" not in info.data or "end" not in info.data:
            return text
        start, end = info.data["start"], info.data["end"]
        if start < 0 or end - start != len(text) or not text:
            raise ValueError(f"span [{start}, {end}) does not fit its text")
        essay = (info.context or {}).get("essay")
        if essay is not None and essay[start:end] != text:
            raise ValueError(f"span [{start}, {end}) is not what the essay says there")
        return text
