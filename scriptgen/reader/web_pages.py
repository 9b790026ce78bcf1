"""The essay in a saved web page, without what stands around it.

trafilatura tells the article from menus, notices and footers; its tree keeps italics and bold.
Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from scriptgen.errors import InputError
from scriptgen.essay import Meta
from scriptgen.reader.extracting import Extract, composed, extra, heading
from scriptgen.reader.normalising import one_line
from scriptgen.reader.runs import Run, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATOR = "scriptgen brief"
_HEAD = 2_048
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,300}?\slang\s{0,9}=\s{0,9}[\"']?([A-Za-z-]{2,35})", re.IGNORECASE
)
_OURS = re.compile(rf'<meta name="generator" content="{GENERATOR}"')
_ITALIC = re.compile(r"\bfont-style\s{0,9}:\s{0,9}(?:italic|oblique)", re.IGNORECASE)
_BOLD = re.compile(r"\bfont-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_GAPS = re.compile(r"[ \t\r\n]+")
_BLOCKS = frozenset(
    {"p", "head", "quote", "list", "item", "code", "table", "row", "cell", "ab", "div"}
)
_DEEPEST = 100
_LOGGING = ("trafilatura", "htmldate", "courlan", "justext")
"""Loggers that would print to standard error where nobody listens to them."""


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page names in its first bytes, ``None`` where it names none."""
    found = _DECLARED.search(raw[:_HEAD])
    name = (found[1] or found[2]).decode("ascii") if found else ""
    # The standard of the web reads what is labelled so as its superset.
    return {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(
        name.lower(), name or None
    )


def read_web_page(page: str, *, where: str, max_bytes: int) -> Extract:
    """The article of ``page`` as Markdown, its title as the heading over it.

    Raises `InputError` (``E_EMPTY`` where no article is found, ``E_SOURCE`` for a page that
    scriptgen made, ``E_TOO_LARGE``) and `SetupError` (``E_EXTRA``).
    """
    if _OURS.search(page[:_HEAD]):
        raise InputError(
            "E_SOURCE",
            "is a page that scriptgen made of an essay, not an essay",
            where=where,
            hint="name the essay itself",
        )
    trafilatura = extra("trafilatura", "html", where)
    for name in _LOGGING:
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        tree = trafilatura.load_html(page)
        found = tree is not None and trafilatura.bare_extraction(
            _with_emphasis(tree),
            include_comments=False,
            include_formatting=True,
            include_images=False,
            include_links=False,
            include_tables=False,
            with_metadata=True,
        )
    except (ValueError, RecursionError, MemoryError) as error:
        raise _nothing(where) from error
    body = getattr(found, "body", None)
    if not found or body is None:
        raise _nothing(where)
    blocks = list(_blocks(body, 0))
    title = one_line(found.title or "")
    if title and not any(_heads(block, title) for block in blocks[:3]):
        blocks.insert(0, heading(1, title))
    text = composed(blocks, where, max_bytes)
    language = _LANGUAGE.search(page[: _HEAD * 4])
    meta = Meta(
        author=one_line(found.author or "") or None, date=one_line(found.date or "") or None
    )
    return Extract(text, meta, language[1] if language else None)


def _with_emphasis(tree: Any) -> Any:
    """``tree`` with what is set in italics or bold by other means marked by the usual elements."""
    for element in tree.iter("cite", "dfn", "span"):
        look = element.get("style") or ""
        if element.tag != "span" or _ITALIC.search(look):
            element.tag = "em"
        elif _BOLD.search(look):
            element.tag = "strong"
    return tree


def _nothing(where: str) -> InputError:
    return InputError(
        "E_EMPTY",
        "no article was found in this page",
        where=where,
        hint="save the essay as plain text (.txt or .md, UTF-8)",
    )


def _heads(block: str, title: str) -> bool:
    return (
        block.startswith("#") and block.lstrip("# ").replace("*", "").casefold() == title.casefold()
    )


def _blocks(element: Any, depth: int) -> Iterator[str]:
    """The paragraphs below an element, each as Markdown."""
    if depth > _DEEPEST:
        return
    runs: list[Run] = []
    for child in _children(element):
        if isinstance(child, Run):
            runs.append(child)
            continue
        yield marked(runs)
        runs = []
        if child.tag == "head":
            level = str(child.get("rend") or "h2")[1:]
            words = marked(_inline(child, Run(""), depth))
            yield heading(int(level) if level.isdecimal() else 2, words)
        elif child.tag == "item":
            first, *rest = list(_blocks(child, depth + 1)) or [""]
            yield f"- {first}" if first else ""
            yield from rest
        elif child.tag == "quote":
            yield from (f"> {block}" for block in _blocks(child, depth + 1) if block)
        else:
            yield from _blocks(child, depth + 1)
    yield marked(runs)


def _children(element: Any) -> Iterator[Any]:
    """The runs of text in an element and the blocks between them, in order."""
    if element.text:
        yield Run(_GAPS.sub(" ", element.text))
    for child in element:
        if child.tag in _BLOCKS:
            yield child
        else:
            yield from _inline(child, Run(""), 0)
        if child.tail:
            yield Run(_GAPS.sub(" ", child.tail))


def _inline(element: Any, look: Run, depth: int) -> Iterator[Run]:
    """The runs of an element that makes no paragraph of its own."""
    if not isinstance(element.tag, str) or depth > _DEEPEST:
        return
    if element.tag == "lb":
        yield look._replace(text="\n")
        return
    if element.tag == "hi":
        rend = str(element.get("rend") or "")
        look = look._replace(italic=look.italic or rend == "#i", bold=look.bold or rend == "#b")
    if element.text:
        yield look._replace(text=_GAPS.sub(" ", element.text))
    for child in element:
        yield from _inline(child, look, depth + 1)
        if child.tail:
            yield look._replace(text=_GAPS.sub(" ", child.tail))
