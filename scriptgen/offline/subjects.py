"""Who does it: sentences that begin without their subject, or with a pronoun, given a name."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from scriptgen.offline.words import Grammar, Token, capitalised, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from scriptgen.language import LanguagePack

SUBJECT_PRONOUN = re.compile(r"^(?:he|she)\b(?![’'])", re.IGNORECASE)
CLIPPED_PRONOUN = re.compile(r"^(?:he|she)(?P<rest>[’'](?:s|d|ll))\b", re.IGNORECASE)
POSSESSIVE_PRONOUN = re.compile(r"^(?:[Hh]is|[Hh]er)\s+(?=[a-z])")
AND_THEN = re.compile(r"^(?:and|then|but|or|to)\b[\s,]*", re.IGNORECASE)
ALSO_ING = re.compile(r"(?P<join>,? and |, then |,? and then )(?P<verb>[a-z]+ing)\b")
AUXILIARY = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
        "does",
        "do",
        "did",
        "doesn't",
        "didn't",
        "isn't",
        "wasn't",
        "can",
        "can't",
    ]
)
DIRECTIONS = frozenset(
    {"back", "away", "forward", "forwards", "up", "down", "off", "out", "in", "over", "across"}
    | {"around", "round", "aside", "closer", "past", "home", "aft", "inside", "outside", "upstairs"}
    | {"downstairs"}
)
COMING = frozenset({"comes", "came", "goes", "went", "follows", "followed", "runs", "ran"})
STEPPING = frozenset(
    {"step", "turn", "go", "come", "run", "move", "head", "look", "walk", "climb", "limp", "crawl"}
    | {"hurry", "march", "drive", "ride", "lean", "sit", "stand", "bend", "jump"}
)
LIKE_NOUNS = frozenset({"body", "person", "garment", "artefact", "kin", "role", "light"})


def opens_with_pronoun(sentence: str, grammar: Grammar) -> bool:
    """Whether the sentence begins with a he, she, his or her that stands for its subject.

    ``His brother`` is about the brother, whoever "his" may be.
    """
    if SUBJECT_PRONOUN.match(sentence) or CLIPPED_PRONOUN.match(sentence):
        return True
    if not POSSESSIVE_PRONOUN.match(sentence):
        return False
    words = tokens(sentence)[1:4]
    return not any(word.is_word and "person" in grammar.nouns(word.low) for word in words)


def with_name(sentence: str, name: str) -> str:
    """The pronoun that opens ``sentence`` replaced by ``name``."""
    name = capitalised(name)
    clipped = CLIPPED_PRONOUN.match(sentence)
    if clipped:
        return name + clipped["rest"] + sentence[clipped.end() :]
    if SUBJECT_PRONOUN.match(sentence):
        return SUBJECT_PRONOUN.sub(name, sentence, count=1)
    return POSSESSIVE_PRONOUN.sub(f"{name}’s ", sentence, count=1)


def after_pronoun(sentence: str) -> str | None:
    """What follows the he or she that opens ``sentence``; ``None`` where none does."""
    match = SUBJECT_PRONOUN.match(sentence)
    return sentence[match.end() :].lstrip() if match else None


def upright(
    sentence: str, grammar: Grammar, pack: LanguagePack, is_name: Callable[[str], bool]
) -> str:
    """A clause that puts its subject last, turned round.

    ``stands a man with a ladder, waiting`` becomes ``a man with a ladder stands, waiting``,
    ``comes Bo Lund with a ladder`` ``Bo Lund comes with a ladder``.
    """
    words = tokens(sentence)
    following = words[1] if len(words) > 1 else None
    if (
        following is None
        or grammar.verb_form(words[0].low) not in ("third", "past")
        or not ("posture" in grammar.verbs(words[0].low) or words[0].low in COMING)
    ):
        return sentence
    if not pack.is_word("determiners", following.low):
        named = list(takewhile(lambda word: is_name(word.text), words[1:]))
        whole = f"{sentence[named[0].start : named[-1].end]} " if named else ""
        return (
            f"{whole}{sentence[: words[0].end]}{sentence[named[-1].end :]}" if named else sentence
        )
    coming = words[0].low in COMING
    end = (WHERE_ONE_COMES if coming else WHERE_A_SUBJECT_ENDS).search(sentence, words[1].end)
    stop = end.start() if end else len(sentence)
    subject = sentence[following.start : stop].rstrip()
    return f"{subject} {sentence[: words[0].end]}{sentence[len(sentence[:stop].rstrip()) :]}"


WHERE_ONE_COMES = re.compile(r"[,;:.!?—]|\s(?:who|which|that|with|in|from|to|again|through)\b")
WHERE_A_SUBJECT_ENDS = re.compile(r"[,;:.!?—]|\s(?:who|which|that)\b")


def predicate(sentence: str, grammar: Grammar, pack: LanguagePack) -> str | None:
    """A clause without its subject, its verb in the third person; ``None`` where it is no such.

    ``stirring a pot`` becomes ``stirs a pot``, ``then dips a spoon`` ``dips a spoon``; a noun
    phrase (``hands buried in her pockets``) is none.
    """
    bare = AND_THEN.sub("", AND_THEN.sub("", sentence))
    words = tokens(bare)
    i = 0
    while i < len(words) and _is_manner(words[i], grammar):
        i += 1
    if i >= len(words) or not words[i].is_word:
        return None
    verb = words[i]
    following = words[i + 1] if i + 1 < len(words) else None
    form = grammar.verb_form(verb.low)
    if form == "ing" and not _is_noun(verb, following, grammar, pack):
        third = grammar.third_person(grammar.lemma(verb.low, "verb") or verb.low)
        rest = ALSO_ING.sub(lambda m: _also(m, grammar), bare[verb.end :])
        return f"{bare[: verb.start]}{third}{rest}"
    if verb.low in AUXILIARY or (
        form in ("third", "past") and _reads_as_verb(verb, following, grammar, pack)
    ):
        return bare
    return None


def is_finite(text: str, grammar: Grammar, pack: LanguagePack) -> bool:
    """Whether a clause without its subject begins with its verb: ``tries to cover it``."""
    return predicate(text, grammar, pack) == text


def _also(match: re.Match[str], grammar: Grammar) -> str:
    verb = match["verb"]
    lemma = grammar.lemma(verb, "verb")
    if grammar.verb_form(verb) != "ing" or lemma is None:
        return match.group()
    return match["join"] + grammar.third_person(lemma)


def _is_noun(verb: Token, following: Token | None, grammar: Grammar, pack: LanguagePack) -> bool:
    """Whether a word in -ing is a thing or a time here: ``evening light``, ``building site``."""
    classes = grammar.nouns(verb.low)
    if "time" in classes:
        return True
    if not classes or following is None or not following.is_word:
        return False
    return bool(
        grammar.nouns(following.low)
        and not grammar.closed(following.low)
        and not pack.is_word("determiners", following.low)
        and not grammar.adverb(following.low)
    )


def _is_manner(token: Token, grammar: Grammar) -> bool:
    return token.is_word and token.low.endswith("ly") and grammar.adverb(token.low)


def _reads_as_verb(
    verb: Token, following: Token | None, grammar: Grammar, pack: LanguagePack
) -> bool:
    if following is None or not following.is_word:
        return not grammar.nouns(verb.low) & LIKE_NOUNS
    next_word = following.low
    if grammar.verb_form(next_word) in ("past", "perfect", "both") and not grammar.adjective(
        next_word
    ):
        return False
    on_the_way = next_word in DIRECTIONS or grammar.verb_form(next_word) == "ing"
    opens_object = (
        (on_the_way and grammar.lemma(verb.low, "verb") in STEPPING)
        or pack.is_word("determiners", next_word)
        or pack.is_word("object_pronouns", next_word)
        or following.text[0].isupper()
    )
    if grammar.nouns(verb.low) & LIKE_NOUNS:
        return opens_object
    return opens_object or pack.is_word("prepositions", next_word) or not grammar.verbs(next_word)
