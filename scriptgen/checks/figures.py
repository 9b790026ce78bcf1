"""What can be counted of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.checks.story_figures import (
    copying_figures,
    length_figures,
    moment_figures,
    source_figures,
)

if TYPE_CHECKING:
    from scriptgen.checks.subject import Subject


_TOLD = {
    "commentary_per_100": ("page_commentary", "page_aside", "page_negative"),
    "unfilmable_per_100": ("page_unfilmable", "page_feeling"),
    "camera_per_100": ("page_camera",),
}


def page_figures(subject: Subject) -> dict[str, int | float]:
    """Elements, scenes, speeches, pages, and where the language is known sentences of action.

    In a hundred of them so many are the critic's or a narrator's talk (``commentary_per_100``),
    tell what cannot be shown (``unfilmable_per_100``) or direct the camera (``camera_per_100``).
    """
    counted: dict[str, int | float] = {
        "elements": len(subject.screenplay.elements),
        "scenes": subject.headings,
        "speeches": len(subject.speeches),
        **length_figures(subject),
    }
    if subject.pack is None or not subject.pack.known:
        return counted
    sentences = len(subject.sentences)
    hundreds = max(1, sentences) / 100
    shares = {
        name: round(sum(len(subject.faults[kind]) for kind in kinds) / hundreds, 1)
        for name, kinds in _TOLD.items()
    }
    return {**counted, "sentences": sentences, **shares}


def essay_figures(subject: Subject) -> dict[str, int | float]:
    """Of the essay's spoken lines all (``lines_spoken``) and the kept ones (``lines_kept``).

    Kept is what is spoken word for word, and by nobody who is sure to be another than its speaker.
    The rest is as `scriptgen.checks.story_figures` names it.
    """
    lines = subject.lines
    return {
        "lines_spoken": sum(len(match.lines) for match in lines.found),
        "lines_kept": len(lines.kept()),
        **moment_figures(subject),
        **copying_figures(subject),
        **source_figures(subject),
    }
