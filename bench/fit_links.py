"""Fit the weights by which the parser gives descriptions to people, and print how far they carry.

usage: python bench/fit_links.py [--write] [--cases] FOLDER...

Each folder holds annotated essays (see ``bench/fit_clauses.py``), whose ``characters`` have a
``name`` and ``aliases``: these tell whom a description means. The essays are walked as the parser
walks them, but with the right people. The figures are of essays left out of the fit (in seven
turns); ``--cases`` prints what was wrong. ``--write`` fits on all and writes
``scriptgen/parser/lang/en/link_weights.toml``.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from fit_clauses import annotated, essay_of, table, turns

from scriptgen.catalog import language_pack
from scriptgen.parser import read_prose, recalling
from scriptgen.parser.cast import Person
from scriptgen.parser.link_signs import link_signs, new_signs
from scriptgen.parser.recalling import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scriptgen.parser.appearances import Appearance
    from scriptgen.parser.descriptions import Description
    from scriptgen.parser.link_signs import Asked, Candidate

OUT = Path(__file__).parent.parent / "scriptgen/parser/lang/en/link_weights.toml"
RIDGE = 1.0
FEWEST = 5
SMALLEST = 0.05
ROUNDS = 250
PACE = 0.05
NOTHING = 0.001
HEAD = """\
# How much each sign speaks for a description's meaning somebody met before, or somebody new ("new
# …"). Made by bench/fit_links.py from annotated essays: {essays}, {cases} descriptions. Of essays
# left out of the fit, {right:.0%} of the descriptions are given to the right person.
"""
_DETERMINERS = re.compile(r"^(?:the|a|an|his|her|their|its|my|our|one|that|this)\s+")


class Case(NamedTuple):
    """A description: the signs of each choice, which is right, and how a person would read it."""

    choices: list[list[str]]
    right: int
    shown: str


def main() -> int:
    essays = [cases(path) for path in annotated()]
    if not essays:
        print(__doc__)
        return 2
    good = total = 0
    for rest, out in turns(essays):
        weights = fit([case for essay in rest for case in essay])
        for essay in out:
            for case in essay:
                choice = chosen(case, weights)
                good, total = good + (choice == case.right), total + 1
                if choice != case.right and "--cases" in sys.argv:
                    print(case.shown, "| took", choice, "not", case.right, "of", len(case.choices))
    print(f"{len(essays)} essays, {total} descriptions, {good / total:.3f} right when left out")
    if "--write" in sys.argv:
        weights = fit([case for essay in essays for case in essay])
        head = HEAD.format(essays=len(essays), cases=total, right=good / total)
        OUT.write_text(head + table("link_weights", weights, SMALLEST), encoding="utf-8")
    return 0


def chosen(case: Case, weights: dict[str, float]) -> int:
    """The choice with the greatest sum; of equals somebody new, then who was met last."""
    sums = [sum(weights.get(sign, 0.0) for sign in signs) for signs in case.choices]
    best = len(sums) - 1
    for at, value in enumerate(sums[:-1]):
        if value > sums[best]:
            best = at
    return best


def cases(path: Path) -> list[Case]:
    """The descriptions of an essay of which its annotation tells whom they mean."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    found: list[Case] = []
    known = [[c["name"], *c.get("aliases", [])] for c in gold["characters"]]
    with patch.object(recalling, "Walk", lambda *args: _Guided(*args, gold=known, found=found)):
        read_prose(essay_of(path, gold), language_pack("en"))
    return found


class _Guided(Walk):
    """A walk that is told whom each name and description means."""

    def __init__(
        self,
        *args: Any,
        gold: list[list[str]],
        found: list[Case],
    ) -> None:
        super().__init__(*args)
        self.gold, self.found = gold, found
        self.of: dict[int, Person] = {}
        self.seen: set[Person] = set()

    def take_name(self, name: Appearance) -> None:
        person = self.cast.of.get(name.key)
        if person is None or name.use is None or name.use.quoted:
            return
        if person not in self.seen:
            self.seen.add(person)
            meant = self._meant_by([" ".join(core) for core in person.names])
            if len(meant) == 1:
                self._let_be(meant[0], person)
        self.bring_on(person, name)

    def _let_be(self, number: int, person: Person) -> None:
        before = self.of.get(number)
        if before is not None:
            before = self.stage.now(before)
        if before is not None and before is not person and person.named and not before.named:
            self.give(person, before)
        self.of[number] = person

    def take_description(
        self, item: Appearance, description: Description, gender: str | None
    ) -> None:
        person = self.cast.of.get(item.key)
        super().take_description(item, description, gender)
        if person is None:
            return
        meant = self._meant(description)
        if len(meant) == 1 and person.named:
            self._let_be(meant[0], person)
        elif len(meant) == 1:
            self.of.setdefault(meant[0], person)

    def choose(self, asked: Asked, candidates: Sequence[Candidate]) -> Person | None:
        meant = self._meant(asked.description)
        people = [candidate.person for candidate in candidates]
        known = [self.stage.now(self.of[number]) for number in meant if number in self.of]
        if len(meant) <= 1:
            person = known[0] if known else None
            if "naming" in asked.traits and person not in people:
                person = None
            if person is None or person in people:
                right = len(people) if person is None else people.index(person)
                choices = [link_signs(asked, candidate) for candidate in candidates]
                shown = self._shown(asked.description, people, meant)
                self.found.append(Case([*choices, new_signs(asked, candidates)], right, shown))
            if person is None and meant and "naming" not in asked.traits:
                person = Person()
                self.cast.people.append(person)
                self.of[meant[0]] = person
            return person
        return next((person for person in known if person in people), None)

    def _shown(self, description: Description, people: list[Person], meant: list[int]) -> str:
        text = self.doc.text
        start, end = description.start, description.end
        around = f"{text[max(0, start - 70) : start]}[{text[start:end]}]{text[end : end + 40]}"
        names = [
            " ".join(p.names[0])
            if p.names
            else "~" + text[p.descriptions[0].start : p.descriptions[0].end]
            for p in people
        ]
        return f"{' '.join(around.split())} | {self.gold[meant[0]][0] if meant else None} | {names}"

    def _meant(self, description: Description) -> list[int]:
        text = self.doc.text
        return self._meant_by(
            [text[description.start : end] for end in (description.end, description.core_end)]
        )

    def _meant_by(self, forms: list[str]) -> list[int]:
        for form in forms:
            wanted = _plain(form)
            exact = [n for n, known in enumerate(self.gold) if wanted in map(_plain, known)]
            if exact:
                return exact
        words = _telling(forms[0]) if forms else set()
        if len(words) < 2:
            return []
        return [
            number
            for number, known in enumerate(self.gold)
            if any(_alike(words, _telling(form)) for form in known)
        ]


def _plain(form: str) -> str:
    form = re.sub(r"[*_“”\"]", "", form.replace("’", "'")).strip(" .,;:!?—–-…").casefold()
    for _ in range(3):
        form = _DETERMINERS.sub("", form)
    return form


def _telling(form: str) -> set[str]:
    words = {word.removesuffix("'s") for word in re.findall(r"[\w'-]+", _plain(form))}
    return words - {"the", "a", "an", "of", "in", "on", "at", "with", "and", "by", "to", "from"}


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and len(one & other) / max(len(one), len(other)) >= 0.6


def fit(rows: list[Case]) -> dict[str, float]:
    """The weights under which the right choices are likeliest, with a ridge (softmax, Adam)."""
    counts = Counter(sign for row in rows for sign in {s for c in row.choices for s in c})
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    number = {sign: at for at, sign in enumerate(names)}
    data = [
        ([[number[s] for s in c if s in number] for c in row.choices], row.right) for row in rows
    ]
    weights, speed, size = ([0.0] * len(names) for _ in range(3))
    for turn in range(1, ROUNDS + 1):
        slope = [RIDGE * weight for weight in weights]
        for choices, right in data:
            sums = [sum(map(weights.__getitem__, signs)) for signs in choices]
            top = max(sums)
            powers = [math.exp(value - top) for value in sums]
            whole = sum(powers)
            for at, signs in enumerate(choices):
                pull = powers[at] / whole - (at == right)
                if abs(pull) > NOTHING:
                    for sign in signs:
                        slope[sign] += pull
        for at, pull in enumerate(slope):
            speed[at] = 0.9 * speed[at] + 0.1 * pull
            size[at] = 0.99 * size[at] + 0.01 * pull * pull
            root = math.sqrt(size[at] / (1 - 0.99**turn)) + 1e-8
            weights[at] -= PACE * speed[at] / (1 - 0.9**turn) / root
    return dict(zip(names, weights, strict=True))


if __name__ == "__main__":
    sys.exit(main())
