"""A sentence made shorter, by cuts alone, until it shows all that it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scriptgen.offline.subjects import predicate
from scriptgen.offline.tense import LONGEST, has_main_verb
from scriptgen.offline.words import Grammar, capitalised, tokens
from scriptgen.unshown import kind_of, sentence

if TYPE_CHECKING:
    from scriptgen.language import LanguagePack
    from scriptgen.offline.cast import Cast

FEWEST_WORDS = 3
LEAST_KEPT = 0.3
"""Of the words of a sentence: less than that is another sentence."""
MOST_PARTS = 14
EDGE = re.compile(
    r"\s*[,;:]\s+|\s*[—–]\s*"
    r"|\s+(?=(?:and|but|or|who|whose|whom|which|where|because|as if|as though|so that|though"
    r"|although|with|without|like|until|than)\b)"
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
JOINING = ("and ", "but ", "or ")
DOING = frozenset(
    {"body", "change", "communication", "consumption", "contact", "creation", "motion"}
    | {"perception", "posture", "possession", "social", "speech"}
)
LEFT_HANGING = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "because", "but", "by", "for", "from", "had"}
    | {"has", "have", "his", "if", "into", "is", "its", "just", "like", "of", "onto", "or", "so"}
    | {"than", "that", "the", "their", "to", "too", "very", "was", "were", "when", "where"}
    | {"which", "while", "who", "whose", "with", "without"}
)
"""Words that no whole sentence ends with."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence and what stands between it and the one before."""

    mark: str
    text: str

    @property
    def is_apart(self) -> bool:
        """Whether a comma, a dash or the like stands before it."""
        return bool(self.mark.strip())


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts of sentences what cannot be shown, in a language with a pack."""

    pack: LanguagePack
    grammar: Grammar
    cast: Cast

    def fault(self, text: str) -> str | None:
        """Which of `scriptgen.unshown.KINDS` a sentence is."""
        return kind_of(sentence(0, text), self.cast.called, self.pack)

    def pruned(self, text: str) -> str:
        """``text`` without likenings and asides that stand beside the sentence.

        What is too long to be a sentence stays as it is.
        """
        if len(text) > LONGEST:
            return text
        for pattern in self.pack.patterns.get("draft_needless", ()):
            for found in reversed(list(pattern.finditer(text))):
                left, right = text[: found.start()], text[found.end() :]
                if right.startswith(",") and not found.group().startswith(","):
                    joining = left.rstrip().endswith((" and", " but", " then"))
                    shorter: str | None = left + (right.lstrip(",") if joining else right)
                else:
                    shorter = self._joined(left, right, " ")
                text = shorter or text
        return text

    def shorter(self, text: str) -> list[str]:
        """``text`` without one stretch, in all ways that leave a whole sentence.

        First those that leave most of what is done in it, of these the longest.
        """
        parts = _parts(text) if len(text) <= LONGEST else []
        if not 1 < len(parts) <= MOST_PARTS:
            return []
        found: dict[str, int] = {}
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                cut = self._without(parts, start, end)
                if cut is not None:
                    found[cut] = self._deeds(_told(parts[start:end]))
        return sorted(found, key=lambda cut: (found[cut], -len(cut)))

    def is_doing(self, text: str) -> bool:
        """Whether something is done in ``text``."""
        return self._is_clause(text) and self._deeds(text) > 0

    def _without(self, parts: list[Part], start: int, end: int) -> str | None:
        """Without the parts ``[start, end)``; ``None`` where that is no whole sentence."""
        if end < len(parts) and not parts[end].is_apart:
            return None
        if start and parts[start].text.startswith(JOINING) and not self._is_deed(parts[start:end]):
            return None
        left, right = _told(parts[:start]), _told(parts[end:])
        if not left:
            left, right = capitalised(_without_joining(right)), ""
            if not self._opens(left):
                return None
        mark = parts[end].mark if end < len(parts) else ""
        text = self._joined(left, right, mark)
        if text is None or len(text.split()) < FEWEST_WORDS:
            return None
        if len(text.split()) < LEAST_KEPT * len(_told(parts).split()):
            return None
        whole = self._is_clause(_told(parts))
        return text if self._is_clause(text) or not whole else None

    def _joined(self, left: str, right: str, mark: str) -> str | None:
        """Two stretches of a sentence as one; ``None`` where it would be a broken one.

        ``mark``: what stands between them where no comma did before and behind what was between.
        """
        paired = right.startswith(",")
        left, right = left.rstrip(" ,;:—–"), right.lstrip(" ,")
        last = tokens(left)[-1].low if left else ""
        if right and not paired and last in ("and", "but", "then"):
            return f"{left} {right}"
        if not left or last in LEFT_HANGING:
            return None
        if not right or right[0] in ".!?;:—–":
            text = left + right
        else:
            text = left + self._mark(left, right, ", " if paired else mark) + right
        return text if text.count('"') % 2 == 0 and _is_even(text) else None

    def _mark(self, left: str, right: str, mark: str) -> str:
        """A blank before the verb of ``left`` and before what its verb is done to."""
        first = tokens(right)[0]
        if not self._is_clause(left) and predicate(right, self.grammar, self.pack):
            return " "
        if mark != ", " or right.startswith(JOINING):
            return mark
        goes_on = self.pack.is_word("determiners", first.low) and not self._is_clause(right)
        return " " if goes_on or self.pack.is_word("object_pronouns", first.low) else mark

    def _deeds(self, text: str) -> int:
        return sum(
            self.grammar.verb_form(word.low) in ("third", "past", "both", "ing")
            and not DOING.isdisjoint(self.grammar.verbs(word.low))
            and not self.grammar.closed(word.low)
            for word in tokens(text)
            if word.is_word
        )

    def _is_deed(self, parts: list[Part]) -> bool:
        text = _without_joining(_told(parts))
        return predicate(text, self.grammar, self.pack) is not None or self._is_clause(text)

    def _opens(self, text: str) -> bool:
        first = text.partition(" ")[0]
        kinds = ("determiners", "possessives", "pronoun_subjects")
        return self.cast.is_name(first) or any(self.pack.is_word(k, first.lower()) for k in kinds)

    def _is_clause(self, text: str) -> bool:
        return has_main_verb(text, self.grammar, self.cast.is_name)


def _parts(text: str) -> list[Part]:
    held = [found.span() for found in QUOTED.finditer(text)]
    edges = [
        found
        for found in EDGE.finditer(text)
        if found.start() > 0 and not any(a < found.end() and found.start() < b for a, b in held)
    ]
    starts = [0, *(edge.end() for edge in edges)]
    ends = [*(edge.start() for edge in edges), len(text)]
    marks = ["", *(edge.group() for edge in edges)]
    parts = [Part(m, text[a:b]) for m, a, b in zip(marks, starts, ends, strict=True)]
    return [part for part in parts if part.text]


def _told(parts: list[Part]) -> str:
    return "".join(part.mark + part.text for part in parts).lstrip(" ,;:—–")


def _without_joining(text: str) -> str:
    for word in JOINING:
        text = text.removeprefix(word)
    return text


def _is_even(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("(") == text.count(")")
