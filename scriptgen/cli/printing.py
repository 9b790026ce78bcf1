"""Where words leave the program: standard output is the product, standard error all else."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TextIO

from scriptgen.cli.trickle import Trickle
from scriptgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}]")
_BREAKS = re.compile(r"[\t\n\u2028\u2029]+")
_TO_ESCAPE = re.compile(f"[\x7f-\x9f{_BIDI}\u2028\u2029\ud800-\udfff]")

_gone: set[str] = set()
_flowing: Trickle | None = None
_line_open = False


def cleaned(text: str) -> str:
    """``text`` without anything a terminal would obey: C0 but tab and newline, C1, DEL, bidi."""
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    """``text`` cleaned, on one line."""
    return cleaned(_BREAKS.sub(" ", text))


def shown_name(name: str) -> str:
    """A file name as it may be shown: quoted and escaped where it holds odd characters."""
    return name if name.isprintable() and cleaned(name) == name else ascii(name)


def counted(number: int, noun: str, several: str | None = None) -> str:
    """``1 scene``, ``2 scenes``; ``several``: where it takes more than an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {several or f'{noun}s'}"


def prepare() -> None:
    """Make the streams ready: UTF-8 into pipes, and no character that cannot be written."""
    global _flowing, _line_open
    _gone.clear()
    _flowing, _line_open = None, False
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if is_terminal(stream):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors=errors)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody may be looking at ``stream``."""
    return stream is not None and not stream.closed and stream.isatty()


def colourful(stream: TextIO | None) -> bool:
    """Whether colour may be used: on a terminal that can, unless ``NO_COLOR`` is set."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return is_terminal(stream) and not plain


def out(text: str) -> None:
    """Print a line (or lines) of the product, cleaned."""
    _write(cleaned(text) + "\n")


def out_pieces(pieces: Iterable[tuple[str, str]]) -> None:
    """Print a line of the product made of pieces, each cleaned and in its look (SGR numbers)."""
    told = "".join(
        _painted(cleaned(text), look, sys.stdout) if look else cleaned(text)
        for text, look in pieces
    )
    _write(told.rstrip(" ") + "\n")


def out_exact(text: str) -> None:
    """Print the product itself: as it is into a pipe or a file, cleaned on a terminal."""
    _write(cleaned(text) if is_terminal(sys.stdout) else text)


def out_bytes(data: bytes) -> None:
    """Print a product that is no text into a pipe or a file; raises ``ValueError`` on a terminal.

    A reader who went away is no failure.
    """
    if sys.stdout is None or "stdout" in _gone:
        return
    if is_terminal(sys.stdout):
        raise ValueError("no terminal shows these bytes")
    _guarded_write(lambda: sys.stdout.buffer.write(data))


def out_json(document: Mapping[str, Any], *, one_per_line: bool = False) -> None:
    """Print one JSON document; what a terminal would obey is escaped, so nothing is lost."""
    text = json.dumps(document, ensure_ascii=False, indent=None if one_per_line else 2)
    _write(_TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def flow(pieces: Iterable[tuple[str, bool]], look: str) -> None:
    """Say pieces of text beside the product, as they are, those marked in a look (SGR numbers).

    What the terminal does not take at once waits for the next piece, or for the next line that is
    said: showing never holds up what is shown.
    """
    global _flowing, _line_open  # noqa: PLW0603 -- there is one terminal
    if sys.stderr is None or "stderr" in _gone:
        return
    said = list(pieces)
    text = ""
    for marked, run in groupby(said, key=itemgetter(1)):
        together = "".join(piece for piece, _ in run)
        text += _painted(together, look, sys.stderr) if marked else together
    if said:
        _line_open = not said[-1][0].endswith("\n")
    _flowing = _flowing or Trickle(sys.stderr)
    with _if_gone_silent():
        _flowing.write(text)


def line_is_open() -> bool:
    """Whether `flow` has begun a line that is not at its end."""
    return _line_open


def _settle() -> None:
    """Bring what flows to the end of its line."""
    global _flowing, _line_open
    flowing, end = _flowing, "\n" if _line_open else ""
    _flowing, _line_open = None, False
    if flowing is not None and "stderr" not in _gone:
        with _if_gone_silent():
            flowing.write(end)
            flowing.finish()
    if flowing is not None:
        flowing.close()


@contextmanager
def _if_gone_silent() -> Iterator[None]:
    """Once the reader of standard error is gone, all for it is dropped."""
    try:
        yield
    except (OSError, ValueError):
        _gone.add("stderr")
        _silence(sys.stderr)


def note(text: str) -> None:
    """Say something beside the product; a reader who went away is no failure."""
    _say(cleaned(text))


def out_labelled(label: str, text: str, colour: str) -> None:
    """Print a line of the product that opens with a label in colour."""
    _write(f"{_painted(label, colour, sys.stdout)} {cleaned(text)}\n")


def _painted(text: str, colour: str, stream: TextIO | None) -> str:
    """``text`` in a colour (an SGR number) where ``stream`` shows colours."""
    return f"\x1b[{colour}m{text}\x1b[0m" if colourful(stream) else text


def tell(label: str, text: str, colour: str) -> None:
    """Say ``label: text`` beside the product, the label in colour."""
    _say(f"{_painted(label + ':', colour, sys.stderr)} {cleaned(text)}")


def _say(line: str) -> None:
    _settle()
    if sys.stderr is None or "stderr" in _gone:
        return
    with _if_gone_silent():
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def _write(text: str) -> None:
    """Write to standard output; once its reader is gone, everything is dropped, work goes on."""
    if sys.stdout is None or "stdout" in _gone:
        return
    if is_terminal(sys.stdout):
        _settle()
    _guarded_write(lambda: sys.stdout.write(text))


def _guarded_write(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        _gone.add("stdout")
        _silence(sys.stdout)
    except OSError as error:
        _gone.add("stdout")
        _silence(sys.stdout)
        raise OutputError(
            "E_NO_SPACE" if error.errno == errno.ENOSPC else "E_OUTPUT",
            f"cannot be written: {error.strerror or 'unknown error'}",
            where="standard output",
        ) from error


def _silence(stream: TextIO) -> None:
    """Point a stream at nothing, so that the interpreter's last flush of it cannot fail."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nothing, stream.fileno())
    os.close(nothing)


def reader_gone() -> bool:
    """Whether the reader of standard output went away."""
    return "stdout" in _gone
