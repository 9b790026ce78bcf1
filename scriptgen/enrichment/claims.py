"""Claims: what a model says of an essay, each with the words of the essay that show it.

=====================================  ==============  =========================  ===============
field                                  target          value                      quote holds
=====================================  ==============  =========================  ===============
character                              -               the name                   the name
same                                   a character     another character          a form of each
alias                                  a character     another form of the name   that form
place                                  -               the name                   the name
scene_place                            a scene         a place                    what shows it
int_ext                                a place         INT, EXT or INT/EXT        what shows it
time                                   a place, scene  DAY, NIGHT, ...            what shows it
beat                                   -               a certainty, or nothing    the beat itself
certainty                              -               a certainty                words of the beat
spoken, imagined, unheard, reported    -               a character, or nothing    the line itself
speaker                                a line          a character                what shows it
kind                                   a line          a kind of line             what shows it
prop                                   -               the name                   the name
question                               -               -                          the question
=====================================  ==============  =========================  ===============

A character or a place is chosen by its id, or by a name that one alone has.
"""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import BaseModel

from scriptgen.schemas import strict_schema
from scriptgen.values import Value

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Field(StrEnum):
    """What a claim is about, in the order in which claims are looked at."""

    CHARACTER = "character"
    SAME = "same"
    ALIAS = "alias"
    PLACE = "place"
    SCENE_PLACE = "scene_place"
    INT_EXT = "int_ext"
    TIME = "time"
    BEAT = "beat"
    CERTAINTY = "certainty"
    SPOKEN = "spoken"
    IMAGINED = "imagined"
    UNHEARD = "unheard"
    REPORTED = "reported"
    SPEAKER = "speaker"
    KIND = "kind"
    PROP = "prop"
    QUESTION = "question"


class Claim(Value):
    """One claim; see the module for what ``target`` and ``value`` are."""

    field: Field
    target: str | None = None
    value: str | None = None
    quote: str


class Claims(Value):
    """A reply as it is asked for."""

    claims: tuple[Claim, ...]


class Claimed(BaseModel):
    """A reply as it comes: it is read claim by claim, so that one may be wrong."""

    claims: tuple[object, ...]


CLAIMS_SCHEMA = strict_schema(Claims, "claims")


def claims_in(claimed: Claimed) -> list[Claim | None]:
    """The claims of a reply in order, ``None`` for each that is none."""
    return [_claim(item) for item in claimed.claims]


def _claim(item: object) -> Claim | None:
    if not isinstance(item, dict):
        return None
    field, quote = item.get("field"), _text(item.get("quote"))
    if not isinstance(field, str) or field not in list(Field) or quote is None:
        return None
    return Claim(
        field=Field(field),
        target=_text(item.get("target")),
        value=_text(item.get("value")),
        quote=quote,
    )


def _text(value: object) -> str | None:
    """A text that can be written to a file; a blank one says nothing."""
    if not isinstance(value, str) or not value.strip():
        return None
    return _UNWRITABLE.sub("\ufffd", value.strip())
