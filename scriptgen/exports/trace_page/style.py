"""The look of the page, and the rules that mark both sides of a source at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scriptgen.exports.colours import COURIER, DARK, LIGHT, SANS, SERIF, palette

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUNDS = {
    "line": "spoken",
    "beat": "beat",
    "place": "unheard",
    "passage": "talk",
    "written": "imagined",
    "invented": "reported",
}
"""What a piece comes from, to the name of its colours."""

MOST_MARKED = 500
"""Sources that are marked on both sides at once; with more a browser takes seconds to point."""

_RULES = f"""
*{{box-sizing:border-box}}
html{{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:1.1rem 1.5rem 3rem;max-width:100rem;background:var(--paper);
color:var(--ink);font:1rem/1.65 {SERIF};overflow-wrap:anywhere}}
a{{color:var(--link);text-underline-offset:.15em}}
a:focus-visible,.side:focus-visible{{outline:3px solid var(--link);outline-offset:1px}}
.skip{{position:absolute;left:-99rem}}
.skip:focus{{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--card);z-index:2}}
h1,h2{{line-height:1.2;font-weight:600}}
h1{{font-size:1.6rem;margin:0;letter-spacing:-.01em}}
h2{{font-size:1.15rem;margin:0 0 .8rem;font-family:{SANS}}}
.kicker,.source,.figures,.fates,nav,sup,table,.aside,.lost,.found,.added,.code{{font-family:{SANS}}}
.kicker{{margin:0;font-size:.78rem;font-weight:600;letter-spacing:.09em;text-transform:uppercase;
color:var(--soft)}}
.source,.figures{{margin:.1rem 0;font-size:.9rem;color:var(--soft)}}
.bar{{display:flex;height:.7rem;margin:.6rem 0 .4rem;border-radius:.35rem;overflow:hidden;
border:1px solid var(--soft)}}
.fates{{display:flex;flex-wrap:wrap;gap:.15rem 1.4rem;margin:0;padding:0;list-style:none;
font-size:.86rem}}
.swatch{{display:inline-block;width:.8em;height:.8em;margin-inline-end:.4em;
border:1px solid var(--soft);border-radius:2px}}
.key{{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 2rem;margin-bottom:.9rem}}
nav{{display:flex;gap:1.2rem;font-size:.86rem}}
.side{{background:var(--card);border:1px solid var(--hair);border-radius:6px;
padding:1.1rem 1.4rem 2rem;min-width:0}}
.text{{margin:0 0 1rem;white-space:pre-wrap}}
.to{{color:inherit;text-decoration:none;border-radius:2px;-webkit-box-decoration-break:clone;
box-decoration-break:clone}}
a.to:hover{{text-decoration:underline}}
sup{{font-size:.66rem;font-weight:650;line-height:0;vertical-align:.55em;margin:0 .12em;
white-space:nowrap;user-select:none;-webkit-user-select:none}}
sup a{{text-decoration:none}}
sup,.added,span.piece{{unicode-bidi:isolate}}
.back{{font-weight:400}}.back,.no{{color:var(--soft)}}.back a,.no a{{color:inherit}}
.loose,.unplayed{{color:var(--soft)}}
.missed{{border-bottom:2px dotted var(--reported)}}
sup.missed{{color:var(--reported);border:0}}
.lost{{margin:0 0 1rem;font-size:.84rem;color:var(--reported)}}
.lost a{{color:inherit}}
.body-page{{font:.94rem/1.5 {COURIER}}}
.body-page p,.body-page h3{{margin:0 0 1rem;font-size:1em}}
.body-page h3{{margin-top:1.8rem;font-weight:700}}
.body-page .action{{white-space:pre-wrap}}
.transition{{text-align:end}}.centered{{text-align:center}}
.speech{{margin:0 0 1rem;margin-inline-start:3rem;
padding:.15rem .6rem;border-radius:3px;max-width:30rem}}
.speech p{{margin:0}}
.speech .cue{{padding-inline-start:6rem}}
.speech .how{{padding-inline-start:3rem}}
.speech .said{{white-space:pre-wrap}}
.speech .from{{line-height:1.2}}
.added{{font-size:.72rem;font-style:normal;font-weight:650;letter-spacing:.02em;margin:0 .3em;
white-space:nowrap}}
.aside{{color:var(--soft);font-size:.85rem}}
hr{{border:0;border-top:1px dashed var(--hair);margin:1.5rem 0}}
.found{{margin:-.6rem 0 1rem;padding:0;list-style:none;font-size:.8rem;line-height:1.45}}
.found li{{padding:.1rem .6rem;border-inline-start:3px solid var(--soft)}}
.found b{{font-weight:650}}
.found code{{font-size:.9em;color:var(--soft)}}
.found .v-warning{{border-color:var(--thing)}}.v-warning b{{color:var(--thing)}}
.found .v-error,.found .v-block{{border-color:var(--reported)}}
.v-error b,.v-block b{{color:var(--reported)}}
.code{{font-size:.7em;padding:0 .3em;border:1px solid var(--reported);color:var(--reported);
background:var(--card);white-space:nowrap}}
#legend{{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--hair)}}
table{{border-collapse:collapse;font-size:.86rem;line-height:1.5}}
th,td{{padding:.3rem 1.2rem .3rem 0;text-align:start;vertical-align:top;
border-bottom:1px solid var(--hair)}}
.number{{text-align:end;font-variant-numeric:tabular-nums}}
.sample{{padding:0 .3em;border-radius:2px}}
:target{{outline:2px solid var(--ink);outline-offset:1px}}
section:target,.at:target{{outline:0}}
@media screen and (min-width:60rem){{
.sides{{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.08fr);gap:1.2rem}}
}}
@media screen and (min-width:60rem) and (min-height:38rem){{
body{{height:100vh;padding-bottom:1rem;display:flex;flex-direction:column}}
.sides{{flex:1;min-height:0}}
.side{{overflow:auto;scroll-padding:5rem 0}}
}}
@media(max-width:59.99rem){{
body{{padding:1rem .8rem 3rem}}
h1{{font-size:1.5rem}}
.side{{padding:.9rem .9rem 1.5rem;margin-bottom:1.2rem}}
.speech{{margin-inline-start:.8rem}}
.speech .cue{{padding-inline-start:3rem}}
.speech .how{{padding-inline-start:1.5rem}}
td,th{{padding-right:.7rem}}
}}
@page{{margin:15mm 13mm}}
@media print{{
:root{{--paper:#fff}}
body{{padding:0;max-width:none;font-size:9.5pt;line-height:1.45;-webkit-print-color-adjust:exact;
print-color-adjust:exact}}
nav,.skip{{display:none}}
.side{{border:0;padding:0;margin-bottom:1.5rem}}
#page{{break-before:page}}
.body-page{{font-size:9.5pt}}
h2,h3,.cue{{break-after:avoid}}
.speech,tr,.found li{{break-inside:avoid}}
}}
"""


def style(marks: Iterable[str]) -> str:
    """The style sheet: light, dark where the reader's screen asks for it, light on paper.

    ``marks``: the classes of the sources that are played; all that has one is marked while one of
    them is pointed at, has the focus, or was led to. Of more than `MOST_MARKED` none is.
    """
    grounds = "".join(_ground(origin, name) for origin, name in GROUNDS.items())
    known = list(marks)
    both = "".join(map(_both, known)) if len(known) <= MOST_MARKED else ""
    return f"{palette(LIGHT, DARK)}{_RULES}{grounds}{both}"


def _ground(origin: str, name: str) -> str:
    added = origin in ("written", "invented")
    edge = f";box-shadow:inset 0 -2px var(--{name})" if origin == "invented" else ""
    return (
        f".to.o-{origin},.piece.o-{origin}>.to,.speech.o-{origin},.sample.o-{origin}"
        f"{',.piece.o-' + origin + '>span' if added else ''}"
        f"{{background:var(--{name}-bg){edge}}}\n"
        f"sup.o-{origin}>a,sup.o-{origin},.o-{origin}>.added,.o-{origin} .added"
        f"{{color:var(--{name})}}\n"
        f".f-{origin}{{background:var(--{name})}}\n"
    )


def _both(mark: str) -> str:
    on = f"body:has(.{mark}:is(:hover,:target,:focus-within))"
    return (
        f"{on} .{mark}.to,{on} .{mark}.piece .to"
        "{background:var(--aim);outline:2px solid var(--ink)}\n"
    )
