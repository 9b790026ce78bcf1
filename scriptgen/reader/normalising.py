"""One form for every text: composed, plain line ends, nothing invisible.

The same essay with other line ends or a byte-order mark comes out the same, and a text that has
been through here comes out unchanged.
"""

from __future__ import annotations

import re
import unicodedata

from scriptgen.report import Finding, Severity

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_JOINER_SCRIPTS = (
    "\u0600-\u061b\u061d-\u07ff\u0840-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic to N'Ko
    "\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\ua8e0-\ua8ff"  # Indic, Myanmar, Khmer
    "\u1800-\u180a\u1810-\u18af\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9df"  # Mongolian to Javanese
    "\U00011000-\U000114ff"  # Brahmi and its younger kin
)
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}]")
_HIDDEN = re.compile(
    "(?P<kept>"
    f"[{_JOINER_SCRIPTS}][\u200c\u200d]"
    "|[\u1820-\u18af][\u180b-\u180f]"
    f"|[{_IDEOGRAPHS}][\ufe00-\ufe02\U000e0100-\U000e01ef]"
    "|[0-9#*]\ufe0f\u20e3?"
    "|\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"  # England
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"  # Scotland, Wales
    f"|[{_EMOJI}][\ufe0e\ufe0f]?+(?:[\U0001f3fb-\U0001f3ff])?+"
    f"(?:\u200d[{_EMOJI}][\ufe0e\ufe0f]?+[\U0001f3fb-\U0001f3ff]?+)*+"
    f")|[{_UNSEEN}]"
)
"""What is kept is consumed with the character it belongs to; any other unseen one goes."""

_KINDS = (
    ("tag", re.compile("[\U000e0000-\U000e007f]")),
    ("bidi", re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
)
_MAYBE_MARKS = re.compile(r"[^\x00-\u02ff\w\s]{31,}")
_MARKS_IN_A_ROW = 30
"""The longest run of combining marks in the Stream-Safe Text Format (UAX #15, section 13)."""


def normalise(text: str) -> tuple[str, tuple[Finding, ...]]:
    r"""``text`` in its one form, and a finding for each kind of change that was made.

    NFC; every kind of line end becomes ``\n``, every kind of space (tabs too) a plain space;
    control characters and invisible ones are taken out and counted. Zero-width joiners stay
    between letters of scripts that need them and inside emoji. Takes time in proportion to the
    length.
    """
    found = []
    text, odd = _LINE_ENDS.subn("\n", text)
    text, ends = _CONTROL_LINE_ENDS.subn("\n", text)
    text, controls = _CONTROLS.subn("", text)
    text = _SPACES.sub(" ", text)
    if odd:
        found.append(
            Finding(
                code="W_CR_NORMALISED",
                severity=Severity.INFO,
                message=f"{odd} line ends other than a line feed became one",
                count=odd,
            )
        )
    if ends or controls:
        found.append(
            Finding(
                code="W_CONTROL_STRIPPED",
                severity=Severity.WARNING,
                message=f"{controls} control characters were removed, {ends} became line ends",
                count=controls + ends,
            )
        )
    if not text.isascii():
        text, taken = _without_hidden(text)
        text, stacked = _without_stacks(text)
        text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
        if taken or stacked:
            found.append(_hidden_finding(taken, stacked))
    return text, tuple(found)


def one_line(text: str) -> str:
    """``text`` normalised, on one line, with single blanks and none at its ends."""
    return " ".join(normalise(text)[0].split())


def _without_hidden(text: str) -> tuple[str, str]:
    if not _ANY_UNSEEN.search(text):
        return text, ""
    taken: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept = match["kept"]
        if kept is None:
            taken.append(match[0])
            return ""
        return kept

    return _HIDDEN.sub(keep, text), "".join(taken)


def _without_stacks(text: str) -> tuple[str, int]:
    """Cut runs of combining marks, whose reordering takes quadratic time."""
    dropped = 0

    def cut(match: re.Match[str]) -> str:
        nonlocal dropped
        kept, run = [], 0
        for c in match[0]:
            run = run + 1 if unicodedata.combining(c) else 0
            if run <= _MARKS_IN_A_ROW:
                kept.append(c)
        dropped += len(match[0]) - len(kept)
        return "".join(kept)

    return _MAYBE_MARKS.sub(cut, text), dropped


def _hidden_finding(taken: str, stacked: int) -> Finding:
    counts = [(kind, len(pattern.findall(taken))) for kind, pattern in _KINDS]
    counts.append(("other invisible", len(taken) - sum(n for _, n in counts)))
    counts.append(("stacked combining", stacked))
    kinds = ", ".join(f"{n} {kind}" for kind, n in counts if n)
    told = "".join(chr(ord(c) - 0xE0000) for c in taken if "\U000e0020" <= c <= "\U000e007e")
    return Finding(
        code="W_HIDDEN_TEXT",
        severity=Severity.WARNING,
        message=f"hidden characters were removed: {kinds}",
        evidence=told[:80] or None,
        count=len(taken) + stacked,
    )
