"""The look of the page."""

from __future__ import annotations

from scriptgen.exports.colours import DARK, LIGHT, SANS, SERIF, palette

GROUNDS = ("beat", "spoken", "imagined", "unheard", "reported", "title", "talk")
TALK = ("commentary", "question", "future", "craft", "open-question")

_RULES = f"""
*{{box-sizing:border-box}}
html{{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:2.5rem 1.5rem 5rem;max-width:76rem;background:var(--paper);
color:var(--ink);
font:1.0625rem/1.75 {SERIF};overflow-wrap:anywhere}}
a{{color:var(--link);text-underline-offset:.15em}}
a:focus-visible{{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}}
.skip{{position:absolute;left:-99rem}}
.skip:focus{{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--card);z-index:2}}
h1,h2,h3{{line-height:1.2;font-weight:600;text-wrap:balance}}
h1{{font-size:2.6rem;margin:.1em 0 .2em;letter-spacing:-.015em}}
h2{{font-size:1.5rem;margin:0 0 1.2rem;padding-top:.9rem;border-top:3px solid var(--ink)}}
h3{{font-size:1.05rem;margin:0 0 .5rem;font-family:{SANS}}}
.kicker,.source,.figures,.notes,.fates,nav,sup,table,.id,.aside,.lead,.fact,.code{{
font-family:{SANS}}}
.kicker{{margin:0;font-size:.8rem;font-weight:600;letter-spacing:.09em;text-transform:uppercase;
color:var(--soft)}}
.source,.figures{{margin:.1rem 0;font-size:.92rem;color:var(--soft)}}
.bar{{display:flex;height:.8rem;margin:1.3rem 0 .7rem;border-radius:.4rem;overflow:hidden;
border:1px solid var(--soft)}}
.fates{{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.3rem 1.5rem;
margin:0;padding:0;
list-style:none;font-size:.86rem;line-height:1.45}}
.swatch{{display:inline-block;width:.8em;height:.8em;margin-right:.45em;
border:1px solid var(--soft);border-radius:2px}}
.f-taken{{background:var(--beat)}}
.f-left_out{{
background:repeating-linear-gradient(45deg,var(--soft) 0 2px,var(--talk-bg) 2px 6px)}}
.f-noted{{background:var(--unheard-bg)}}
.f-unused{{background:var(--card)}}
nav{{display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;
margin:1.6rem 0 2.4rem;padding:.6rem 0;
border-bottom:1px solid var(--hair);font-size:.9rem}}
nav a{{text-decoration:none}}nav a:hover{{text-decoration:underline}}
.part{{margin:0 0 3.5rem}}
.row{{display:grid;grid-template-columns:minmax(0,38rem) minmax(0,1fr);gap:0 2.5rem;
padding:.15rem 0}}
.row.apart{{margin-top:1.1rem;padding-top:1.1rem;border-top:1px solid var(--hair)}}
.text{{margin:0;white-space:pre-wrap;hyphens:manual}}
.heading{{font-size:1.35rem;font-weight:600;line-height:1.5}}
.notes{{margin:0;padding:0 0 0 .9rem;border-left:1px solid var(--hair);list-style:none;
font-size:.8rem;line-height:1.5;
}}
.notes:empty{{border:0}}
.notes li{{padding-left:.6rem;text-indent:-.6rem;color:var(--ink)}}
.notes a{{font-weight:650;text-decoration:none}}
.notes a:hover{{text-decoration:underline}}
.notes .k-names{{margin-top:.25rem;color:var(--soft)}}
.notes .k-names a{{font-weight:400;color:var(--soft);text-decoration:underline;
text-decoration-color:var(--hair)}}
sup{{font-size:.66rem;font-weight:650;line-height:0;vertical-align:.55em;margin:0 .2em 0 .1em;
white-space:nowrap;
user-select:none;-webkit-user-select:none}}
sup a{{text-decoration:none}}
sup:target *,li:target *,article:target h3 *{{color:var(--ink)}}
sup:target,.at:target+*,li:target,article:target h3{{color:var(--ink);background:var(--aim);
outline:2px solid var(--ink);outline-offset:1px}}
.k-scene a{{color:var(--paper);background:var(--ink);padding:0 .4em;border-radius:2px}}
.k-unused{{color:var(--soft)}}.k-unused a{{color:var(--soft)}}
.text span,.text a,table span{{border-radius:2px;-webkit-box-decoration-break:clone;
box-decoration-break:clone}}
.text>a{{color:inherit}}
.k-cue a,.k-theme a{{color:var(--remark)}}
.g-none{{color:var(--soft)}}
.g-unused{{border-bottom:2px dotted var(--soft)}}
.in-beat{{border-bottom:2px solid var(--beat)}}
.g-imagined{{font-style:italic}}
.g-unheard,.g-reported{{border-bottom:2px dashed}}
.g-unheard{{border-color:var(--unheard)}}.g-reported{{border-color:var(--reported)}}
.g-title{{font-weight:650}}
.text .d-character,table .d-character{{text-decoration:underline solid var(--who) 1.5px;
text-underline-offset:.22em}}
.text .d-place,table .d-place{{text-decoration:underline double var(--where) 1.5px;
text-underline-offset:.2em}}
.text .d-prop,table .d-prop{{text-decoration:underline dotted var(--thing) 2px;
text-underline-offset:.22em}}
.d-wardrobe{{text-decoration:underline dotted var(--who) 2px;text-underline-offset:.22em}}
.d-cue,.d-light{{text-decoration:overline dashed var(--remark) 1.5px}}
.d-theme{{text-decoration:underline wavy var(--remark) 1px;text-underline-offset:.2em}}
.d-delivery{{text-decoration:underline dashed var(--spoken) 1.5px;text-underline-offset:.22em}}
.d-contradiction{{text-decoration:underline wavy var(--reported) 2px;text-underline-offset:.2em}}
.code{{font-size:.7em;font-style:normal;padding:0 .3em;border:1px solid var(--reported);
color:var(--reported);
background:var(--card);white-space:nowrap}}
.entries{{margin:0;padding:0;list-style:none}}
#people .entries,#places .entries{{display:grid;
grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:1rem}}
#people .entries>li,#places .entries>li{{padding:.9rem 1.1rem;background:var(--card);
border:1px solid var(--hair);border-radius:6px}}
#props .entries{{columns:18rem;column-gap:2rem}}#props .entries>li{{break-inside:avoid}}
.entries>li{{padding:.15rem 0}}
.name{{font-weight:650}}
.id{{font-size:.78rem;font-weight:650;text-decoration:none;margin-right:.15rem}}
a.id:hover{{text-decoration:underline}}
.aside{{font-size:.82rem;color:var(--soft)}}
.fact{{font-size:.84rem;line-height:1.5}}
.lead{{color:var(--soft)}}
.scene{{margin:0 0 1.8rem;padding:.2rem 0}}
.scene ul{{margin:0;padding:0;list-style:none}}
.scene li{{padding:.12rem 0 .12rem 3rem;line-height:1.5;max-width:52rem}}
.scene li>.id{{float:left;margin-left:-3rem;line-height:1.9}}
.scene .line{{margin-left:3rem}}
table{{border-collapse:collapse;font-size:.88rem;line-height:1.5}}
th,td{{padding:.35rem 1.2rem .35rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--hair)}}
td span{{padding:0 .25em}}
.number{{text-align:right;font-variant-numeric:tabular-nums}}
@media(max-width:52rem){{
body{{padding:1.2rem 1rem 3rem;font-size:1rem}}
h1{{font-size:1.9rem}}
.row{{display:block}}
.notes{{margin:.5rem 0 .8rem;display:flex;flex-wrap:wrap;gap:0 1rem}}
#people .entries,#places .entries{{grid-template-columns:1fr}}
td,th{{padding-right:.7rem}}
}}
@page{{margin:16mm 14mm}}
@media print{{
:root{{--paper:#fff}}
body{{padding:0;max-width:none;font-size:9.5pt;line-height:1.5;-webkit-print-color-adjust:exact;
print-color-adjust:exact}}
nav,.skip{{display:none}}header{{margin-bottom:1.5rem}}
#people .entries,#places .entries{{grid-template-columns:1fr 1fr;gap:.6rem}}
h1{{font-size:22pt}}sup{{font-size:6.5pt}}.notes,.fates,.fact,.aside{{font-size:7.5pt}}
.notes{{break-inside:avoid}}.row.apart{{margin-top:.5rem;
padding-top:.5rem}}.part{{margin-bottom:1.5rem}}
h2,h3{{break-after:avoid}}
.scene li,#people li,#places li,tr{{break-inside:avoid}}
}}
"""


def style() -> str:
    """The style sheet: light, dark where the reader's screen asks for it, light on paper."""
    grounds = "".join(_ground(name, name) for name in GROUNDS if name != "talk")
    talk = "".join(_ground(name, "talk") for name in TALK)
    return f"{palette(LIGHT, DARK)}{_RULES}{grounds}{talk}"


def _ground(name: str, colours: str) -> str:
    text = f";color:var(--{colours})" if colours == "talk" else ""
    return (
        f".g-{name}{{background:var(--{colours}-bg){text}}}\n"
        f"sup.k-{name},.k-{name}>a{{color:var(--{colours})}}\n"
    )
