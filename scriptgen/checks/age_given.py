"""Whether an age in brackets is one that the essay gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject

_AGE = re.compile(
    r"(?<=[A-Z'\u2019])[*_]* ?\((?:(?:early|mid|late)[- ])?(?P<first>\d{1,2})(?:['\u2019]?s)?"
    r"(?:\s?[-\u2013]\s?(?P<last>\d{1,2})s?)?(?=[,;)\s])[^()\n]{0,60}\)"
)
_NUMBER = re.compile(r"\d+")


def age_given(subject: Subject) -> Iterator[Finding]:
    """Warn of each age behind a name in capitals that the essay gives in no figure and no word.

    Not in a free draft, and only on a model's page. Needs the words of numbers (``ages``), each
    with the letters it begins with.
    """
    pack, essay = subject.pack, subject.essay
    if pack is None or essay is None or subject.writer != "model" or subject.fidelity == "free":
        return
    spelt = pack.maps.get("ages")
    if not spelt:
        return
    given = set(_NUMBER.findall(essay.text))
    text = essay.text.lower()
    for index, element in enumerate(subject.screenplay.elements):
        if not isinstance(element, Action):
            continue
        for found in _AGE.finditer(element.text):
            tens = f"{found['first'][:-1]}0" if len(found["first"]) > 1 else found["first"]
            told = spelt.get(found["first"]) or spelt.get(tens)
            if found["first"] in given or (told and re.search(rf"\b{told}", text)):
                continue
            yield Finding(
                code="W_AGE",
                severity=Severity.WARNING,
                message="an age that the essay does not give: leave it out",
                element=index,
                evidence=found[0].strip(" *_"),
            )
