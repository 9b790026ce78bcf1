"""What every value shares: frozen, closed, and spans that match their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, field_validator

if TYPE_CHECKING:
    from pydantic import ValidationInfo


class Value(BaseModel):
    """A frozen model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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

        What is cut from the text fits it: nothing is left to validate, so that the fields are put
        in place as `model_construct` does it, in a quarter of its time.
        """
        if not 0 <= start < end <= len(essay_text):
            raise ValueError(f"no span [{start}, {end}) in a text of {len(essay_text)}")
        span = cls.__new__(cls)
        put = object.__setattr__
        put(span, "__dict__", {"start": start, "end": end, "text": essay_text[start:end]})
        put(span, "__pydantic_fields_set__", {"start", "end", "text"})
        put(span, "__pydantic_extra__", None)
        put(span, "__pydantic_private__", None)
        return span

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
