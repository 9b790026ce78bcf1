"""The look of the pages: on a wide screen and on paper line for line, on a phone flowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.colours import COURIER, SANS, palette
from scriptgen.layout.paper import CELL, LEFT, LEFT_NUMBER, LINE

if TYPE_CHECKING:
    from scriptgen.layout import Paper

_LIGHT = {
    "desk": "#e9e6df",
    "sheet": "#fffefb",
    "ink": "#1d1b18",
    "soft": "#5f594f",
    "hair": "#d3ccbf",
    "link": "#1b4f8a",
    "note": "#7a4a00",
    "aim": "#ffe9a3",
}
_DARK = {
    "desk": "#121110",
    "sheet": "#1e1c19",
    "ink": "#e9e3d8",
    "soft": "#aaa193",
    "hair": "#3a352e",
    "link": "#9cc6f5",
    "note": "#e5b567",
    "aim": "#574a12",
}
_INCH = 72
_TOP = 6
"""Lines of the margin above the text: an inch."""

_BASE = f"""
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}}
body{{margin:0;background:var(--desk);color:var(--ink);font:1rem/1.5 {SANS}}}
a{{color:var(--link)}}
a:focus-visible{{outline:3px solid var(--link);outline-offset:1px;border-radius:2px}}
.skip{{position:absolute;left:-99rem}}
.skip:focus{{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--sheet);z-index:2}}
nav{{padding:1.2rem 1rem}}
nav h1{{margin:0;font-size:1.15rem;line-height:1.3;overflow-wrap:anywhere}}
.counts{{margin:.2rem 0 1rem;font-size:.85rem;color:var(--soft)}}
nav ol{{margin:0;padding:0;list-style:none;font-size:.85rem;line-height:1.35}}
nav li a{{display:grid;grid-template-columns:minmax(1.6rem,auto) 1fr auto;gap:0 .5rem;
padding:.3rem .3rem;color:var(--ink);text-decoration:none;border-radius:4px}}
nav li a:hover{{background:var(--sheet)}}
nav .no,nav .on{{color:var(--soft);font-variant-numeric:tabular-nums}}
nav .slug{{overflow-wrap:anywhere}}
nav .part{{margin:.9rem .3rem .2rem;font-weight:650}}
.sheet{{position:relative;background:var(--sheet);font-family:{COURIER};
font-variant-ligatures:none}}
.sheet p,.sheet h2{{margin:0;font:inherit}}
.sheet u{{text-underline-offset:.15em}}
.folio.first{{display:none}}
.note{{color:var(--note)}}
h2:target{{background:var(--aim)}}
"""

_PHONE = """
@media screen and (max-width:71.99rem){
nav ol{max-height:13rem;overflow:auto;border:1px solid var(--hair);border-radius:6px;
padding:.2rem}
}
@media screen and (max-width:54rem){
nav{border-bottom:1px solid var(--hair)}
.sheet{padding:1.1rem 1.1rem 1.4rem;border-bottom:1px solid var(--hair);
font-size:.95rem;line-height:1.45;overflow-wrap:anywhere}
.sheet p,.sheet h2,.pair{margin-top:.9rem}
.sheet h2{font-weight:700;margin-top:1.3rem}
.sheet .folio{margin:0;text-align:right;color:var(--soft);font-size:.8rem}
.line.ends{display:block}
.action .line.ends{white-space:pre-wrap}
.number{color:var(--soft);margin-right:.6em}.number.right{display:none}
.sheet .cue{margin:.9rem 0 0 30%}
.sheet .dialogue,.sheet .parenthetical,.sheet .more,.sheet .lyrics{margin:0 8% 0 10%}
.sheet .parenthetical{margin-left:20%}
.sheet .more{margin-left:30%}
.sheet .lyrics{margin-top:.9rem}
.transition{text-align:right}.centered{text-align:center}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}
.pair .cue{margin-left:0;margin-top:0;text-align:center}
.pair .dialogue,.pair .parenthetical{margin-left:0;margin-right:0}
.cover .middle{text-align:center;margin-top:.4rem}
.cover .middle:first-child{margin-top:3rem;font-size:1.15rem}
.cover .foot{margin-top:.2rem}
.cover .middle+.foot{margin-top:3rem}
}
"""

_DESK = """
@media screen and (min-width:72rem){
body{display:grid;grid-template-columns:17rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto}
}
@media screen and (min-width:54.01rem){
main{padding:1rem}
.sheet{font-size:1rem;margin:0 auto 1.2rem;box-shadow:0 1px 4px rgb(0 0 0/.25)}
}
"""


def style(paper: Paper) -> str:
    """The style sheet for pages of a paper."""
    return (
        f"{palette(_LIGHT, _DARK)}{_BASE}{_PHONE}{_DESK}"
        f"@media print,screen and (min-width:54.01rem){{{_exact(paper)}}}\n"
        f"{_print(paper)}"
    )


def _exact(paper: Paper) -> str:
    """Every line in its place: a cell is ``1ch`` wide, a line ``1em`` high."""
    side = (paper.body - 4) // 2
    width = paper.width / CELL
    edge = round(width) - LEFT_NUMBER // 2
    body = f"margin-left:{LEFT}ch;width:{paper.body}ch"
    return f"""
.sheet{{width:{width:.3f}ch;height:{paper.height / LINE:.3f}em;padding-top:{_TOP}em;
line-height:1;overflow:hidden}}
.sheet p,.sheet h2{{{body};margin-top:calc(var(--gap,0)*1em);position:relative}}
.line{{display:block;white-space:pre;min-height:1em}}
.sheet .cue,.sheet .more{{margin-left:37ch;width:{paper.right - 37}ch}}
.sheet .dialogue,.sheet .lyrics{{margin-left:25ch;width:35ch}}
.sheet .parenthetical{{margin-left:31ch;width:24ch}}
.parenthetical .line+.line{{padding-left:1ch}}
.transition{{text-align:right}}.centered{{text-align:center}}
.number{{position:absolute;top:0;left:{LEFT_NUMBER - LEFT}ch}}
.number.right{{left:auto;right:-{edge - paper.right}ch}}
.sheet .folio{{position:absolute;top:2.4em;right:{width - paper.right:.3f}ch;width:auto;margin:0}}
.pair{{margin:calc(var(--gap,0)*1em) 0 0 {LEFT}ch;display:grid;
grid-template-columns:{side}ch {side}ch;gap:0 {paper.body - 2 * side}ch}}
.pair>div{{--gap:0}}
.sheet .pair p{{margin-left:0;width:{side}ch}}
.sheet .pair .cue,.sheet .pair .more{{margin-left:8ch;width:{side - 8}ch}}
.sheet .pair .parenthetical{{margin-left:3ch;width:{side - 6}ch}}
.sheet .cover-line{{margin-left:calc(var(--column)*1ch);width:auto;white-space:pre}}
"""


def _print(paper: Paper) -> str:
    return f"""@page{{size:{paper.width / _INCH:.3f}in {paper.height / _INCH:.3f}in;margin:0}}
@media print{{
:root{{--sheet:#fff;--desk:#fff}}
nav,.skip{{display:none}}
.sheet{{font-size:12pt;break-after:page;break-inside:avoid}}
.sheet:last-child{{break-after:auto}}
}}
"""
