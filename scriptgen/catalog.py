"""What lies on disk for the crafts: template files and language packs."""

from __future__ import annotations

import gzip
import os
import re
import stat
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scriptgen.errors import SetupError, TemplateError
from scriptgen.language import LanguagePack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scriptgen.language import Lexicon, Likeness, ProperNames
    from scriptgen.prompting import TemplateSet, TemplateSource

_SUFFIX = ".jinja"
_FILE_CAP = 1_000_000
_HERE = Path(__file__).parent
_LANGUAGES = _HERE / "parser" / "lang"
_CODE = re.compile(r"[a-z]{2,3}")
_NO_LINK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def packaged_templates_dir() -> Path:
    """The folder of the templates that come along: in the package, or beside it in a checkout."""
    inside = _HERE / "prompts"
    return inside if inside.is_dir() else _HERE.parent / "prompts"


def find_templates(folder: Path | None) -> TemplateSet:
    """The templates in ``folder``, and the packaged ones where it has none of that name.

    A name is the path below the folder without its suffix, such as ``draft.strict``. Only regular
    files count, and no link inside a folder is followed. Raises `TemplateError` for a folder that
    is not there, and for a file that cannot be read as UTF-8.
    """
    sources = dict(_sources(packaged_templates_dir()))
    if folder is not None:
        sources |= _sources(folder)
    return _set(sources)


def open_template(given: str, folder: Path | None) -> tuple[TemplateSet, str]:
    """The set to look in and the name to ask for, from what the user typed.

    A path (it ends in ``.jinja`` or names a folder, and is there) is loaded as its own, and what
    it extends or includes is looked up beside it first; anything else is a name.
    """
    path = Path(given)
    typed_as_path = given.endswith(_SUFFIX) or len(path.parts) > 1
    if not (typed_as_path and os.path.lexists(path)):
        return find_templates(folder), given.removesuffix(_SUFFIX)
    own = _read(path, path.name.removesuffix(_SUFFIX))
    sources = dict(find_templates(folder))
    for beside in sorted(path.parent.iterdir()):
        if beside.name.endswith(_SUFFIX) and _is_regular(beside):
            name = beside.name.removesuffix(_SUFFIX)
            sources[name] = _read(beside, name)
    return _set({**sources, own.name: own}), own.name


def _set(sources: Mapping[str, TemplateSource]) -> TemplateSet:
    from scriptgen.prompting import TemplateSet

    return TemplateSet(sources, tomllib.loads)


def _sources(folder: Path) -> dict[str, TemplateSource]:
    if not folder.is_dir():
        raise TemplateError(
            "E_TEMPLATE",
            "there is no such folder of templates",
            where=str(folder),
            hint="scriptgen init DIR lays one out",
        )
    found = {}
    for where, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(where, file)
            if file.endswith(_SUFFIX) and _is_regular(path):
                name = path.relative_to(folder).as_posix().removesuffix(_SUFFIX)
                found[name] = _read(path, name)
    return found


def _is_regular(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)


def _read(path: Path, name: str) -> TemplateSource:
    from scriptgen.prompting import TemplateSource

    try:
        with os.fdopen(os.open(path, _NO_LINK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _unusable(path, "the template is not a regular file")
            raw = file.read(_FILE_CAP + 1)
    except OSError as error:
        linked = path.is_symlink()
        what = (
            "the template is a link" if linked else f"the template cannot be read: {error.strerror}"
        )
        raise _unusable(path, what) from None
    if len(raw) > _FILE_CAP:
        raise _unusable(path, f"the template has more than {_FILE_CAP:,} bytes")
    try:
        return TemplateSource(name=name, path=_shown(path), text=raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _unusable(path, f"byte {error.start} is not UTF-8") from None


def _shown(path: Path) -> str:
    """The path as an error names it: from the current folder where it lies below."""
    whole, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - resolve() follows links
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def _unusable(path: Path, message: str) -> TemplateError:
    hint = "a template is a regular UTF-8 file; copy it into the folder, or remove it"
    return TemplateError("E_TEMPLATE", message, where=_shown(path), hint=hint)


@dataclass(frozen=True, slots=True)
class PatternEntry:
    """One ``[[pattern]]`` of a pack, with the examples it must and must not be found in."""

    name: str
    regex: re.Pattern[str]
    matches: tuple[str, ...]
    not_matches: tuple[str, ...]


@lru_cache(maxsize=32)
def language_pack(code: str) -> LanguagePack:
    """The pack of a language (``en``, ``en-GB``); for one without, a stand-in with ``known=False``.

    Beside ``pack.toml`` (``code``, ``name``) every ``.toml`` of the folder adds to it: a list of
    words, a table of texts or of numbers, or ``[[pattern]]`` tables, each under its own name.
    Raises `SetupError` for a pack that cannot be read.
    """
    base = re.split(r"[-_]", code.strip().lower())[0]
    folder = _LANGUAGES / base
    if not (_CODE.fullmatch(base) and (folder / "pack.toml").is_file()):
        return LanguagePack(code=code, name=code, known=False)
    head = _toml(folder / "pack.toml")
    patterns: dict[str, tuple[re.Pattern[str], ...]] = {}
    for entry in pattern_entries(base):
        patterns[entry.name] = (*patterns.get(entry.name, ()), entry.regex)
    words: dict[str, frozenset[str]] = {}
    maps: dict[str, dict[str, str]] = {}
    weights: dict[str, dict[str, float]] = {}
    for path, key, value in _named(base):
        if key in words or key in maps or key in weights:
            raise _pack_error(path, f"{key} stands in another file too")
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            words[key] = frozenset(word.lower() for word in value)
        elif isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            maps[key] = dict(value)
        elif isinstance(value, dict) and all(type(v) in (int, float) for v in value.values()):
            weights[key] = {name: float(weight) for name, weight in value.items()}
        else:
            raise _pack_error(
                path, f"{key} is neither a list of words nor a table of texts or of numbers"
            )
    lexicon, names = folder / "lexicon.tsv.gz", folder / "proper_names.tsv.gz"
    likeness = folder / "likeness.tsv.gz"
    return LanguagePack(
        code=str(head.get("code", base)),
        name=str(head.get("name", base)),
        words=words,
        maps=maps,
        weights=weights,
        patterns=patterns,
        lexicon=cast("Lexicon", _Lazy(lexicon, _read_lexicon)) if lexicon.is_file() else None,
        proper_names=cast("ProperNames", _Lazy(names, _read_names)) if names.is_file() else None,
        likeness=cast("Likeness", _Lazy(likeness, _read_likeness)) if likeness.is_file() else None,
    )


def pattern_entries(code: str) -> tuple[PatternEntry, ...]:
    """The patterns of a pack with their examples, in the order of its files, by name."""
    return tuple(
        _entry(path, number, table)
        for path, data in _files(code)
        for number, table in enumerate(_tables(path, data), 1)
    )


def _files(code: str) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted((_LANGUAGES / code).glob("*.toml")):
        if path.name != "pack.toml":
            yield path, _toml(path)


def _named(code: str) -> Iterator[tuple[Path, str, object]]:
    for path, data in _files(code):
        for key, value in data.items():
            if key != "pattern":
                yield path, key, value


def _tables(path: Path, data: Mapping[str, object]) -> list[dict[str, Any]]:
    tables = data.get("pattern", [])
    if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
        return tables
    raise _pack_error(path, "pattern is not a list of [[pattern]] tables")


def _entry(path: Path, number: int, table: dict[str, Any]) -> PatternEntry:
    label = f"pattern {number} ({table.get('name', 'no name')})"
    unknown = set(table) - {"name", "regex", "flags", "matches", "not_matches"}
    if unknown or not isinstance(table.get("name"), str):
        raise _pack_error(path, f"{label} has no name or an unknown key {sorted(unknown)}")
    try:
        flags = sum(_FLAGS[letter] for letter in set(table.get("flags", "")))
        regex = re.compile(table["regex"], flags)
    except (KeyError, TypeError, re.error) as error:
        raise _pack_error(path, f"{label} has no usable regex: {error}") from None
    return PatternEntry(
        name=table["name"],
        regex=regex,
        matches=tuple(table.get("matches", ())),
        not_matches=tuple(table.get("not_matches", ())),
    )


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _pack_error(path, str(error)) from None


def _pack_error(path: Path, message: str) -> SetupError:
    hint = "mend the language pack, or install scriptgen again"
    return SetupError("E_CONFIG", message, where=_shown(path), hint=hint)


class _Lazy:
    """Compressed lines that are read when they are first asked for anything."""

    def __init__(self, path: Path, read: Callable[[Iterator[str]], object]) -> None:
        self._path = path
        self._read = read

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        answer = getattr(self._value, name)
        setattr(self, name, answer)
        return answer

    @cached_property
    def _value(self) -> object:
        with gzip.open(self._path, "rt", encoding="utf-8", newline="\n") as lines:
            return self._read(line.rstrip("\n") for line in lines)


def _read_lexicon(lines: Iterator[str]) -> Lexicon:
    from scriptgen.parser.lexicon import Lexicon

    return Lexicon.parse(lines)


def _read_names(lines: Iterator[str]) -> ProperNames:
    from scriptgen.parser.proper_names import ProperNames

    return ProperNames.parse(lines)


def _read_likeness(lines: Iterator[str]) -> Likeness:
    from scriptgen.tracing.likeness import Likeness

    return Likeness.parse(lines)
