"""Whether a name stands in capitals where its owner first appears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scriptgen.layout.styled import styled
from scriptgen.report import Finding, Severity
from scriptgen.screenplay import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scriptgen.checks.subject import Subject


def first_name(subject: Subject) -> Iterator[Finding]:
    """Tell of each speaker whose cue is first met in the action with no word in capitals.

    Somebody may be spoken of before appearing: this is information.
    """
    if subject.pack is None or not subject.pack.known:
        return
    actions = [
        (index, styled(element.text).text)
        for index, element in enumerate(subject.screenplay.elements)
        if isinstance(element, Action)
    ]
    for cue in dict.fromkeys(styled(each.cue).text for _, each, _ in subject.speeches):
        name = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)", re.IGNORECASE)
        for index, text in actions:
            found = name.search(text)
            if found:
                if not any(map(str.isupper, found[0].split())):
                    yield Finding(
                        code="W_FIRST_NAME",
                        severity=Severity.INFO,
                        message=f"{cue} is first met in small letters: write the name in capitals "
                        "where its owner first appears",
                        element=index,
                        evidence=found[0],
                    )
                break
