"""The frame of a page that holds all it needs: no script runs in it and nothing is fetched."""

from __future__ import annotations

from html import escape

from scriptgen.exports.markup import Html, element, plain, raw

_POLICY = (
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'\">"
)


def document(body: Html, *, title: str, style: str, by: str, language: str | None = None) -> str:
    """The page around ``body``, an element of that name.

    ``style``: our own CSS; ``by``: the command that makes it; ``language``: ``None`` where it is
    not known.
    """
    head = element(
        "head",
        raw('<meta charset="utf-8">'),
        raw('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        raw(_POLICY),
        raw(f'<meta name="generator" content="scriptgen {by}">'),
        raw('<meta name="referrer" content="no-referrer">'),
        raw('<meta name="color-scheme" content="light dark">'),
        element("title", raw(escape(plain(title)))),
        element("style", raw(style)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"
