"""What is worth a warning in an essay: text that is made for a machine, or harmed by one.

Nothing here changes the text. Every pattern takes time in proportion to the length, and none
fires on ordinary writing about film: the price of a false alarm is that warnings go unread.
"""

# ruff: noqa: RUF001
# Look-alike characters are what is looked for here.

from __future__ import annotations

import re
from typing import NamedTuple

from scriptgen.report import Finding, Severity

LONGEST_LINE = 10_000
LONGEST_TITLE = 200
_SAMPLE = 80


class _Sign(NamedTuple):
    code: str
    message: str
    pattern: re.Pattern[str]


_START = (
    r"(?:^|[.!?…:;,\"“”‘’'*_>—(\[-]\s{0,3})"
    r"(?:(?:please|now|and|then|so|but|instead|you (?:must|should|will|shall|have to|need to))"
    r"[ ,]{1,3}){0,3}"
)
_WHICH = r"(?:all|any|every|previous|prior|earlier|above|preceding|foregoing|your|system|initial)"

_QUALIFIED = (
    r"(?:(?:screen-?|script-?|play)?writing\s|screenplay\s|script\s|adapt(?:ation|ing)\s|drafting\s"
    r"|automatic\s|automated\s){0,2}"
)
_MACHINE = (
    rf"{_QUALIFIED}(?:adapt[eo]r|AI|LLM|(?:large\s)?language\smodel|chatbot|(?<=ing\s)(?:software"
    r"|program|tool|machine|model|assistant|bot)|software)"
)
_ADDRESSED = (
    r"(?:^|(?<=[.!?:\u2026*_>\"\u201c\u201d])\s|(?<=[\u3002\uff01\uff1f]))(?:"
    rf"(?:dear|a\s(?:word|note|request|message)\s(?:to|for)(?:\s(?:the|any|every|our))?)\s{_MACHINE}"
    r"\b[^.!?\n]{0,40}[,:]"
    rf"|[^.!?\n]{{0,30}},\s{_MACHINE}:\s"
    r"|(?:(?:the|any|every)\s)?(?:\w+\s)?(?:AI|LLM|model|software|program|machine|assistant|tool)\s"
    r"(?:(?:that|which)\s)?(?:reads|reading|adapts|adapting|prepares|preparing|processes|processing)"
    r"\s(?:this|these|adaptations|screenplays|scripts)\b"
    r"[^.!?\n]{0,40}\b(?:must|should|shall|please|kindly|has\sto|needs\sto)\b"
    r"|ch(?:er|ère)\s(?:adaptateur|adaptatrice|IA|modèle|assistant|programme)\b[^.!?\n]{0,40}[,:]"
    r"|(?:al|a\sla|querid[oa]|estimad[oa])\s(?:adaptador[a]?|IA|modelo\sde\slenguaje"
    r"|(?:guionista|adaptador|modelo|asistente|programa)\s(?:automático|de\sIA))\b"
    r"[^.!?\n]{0,30}(?:[,:]|\b(?:rogamos|ruega|pedimos|pide)\b)"
    r"|(?:liebe[rs]?|an\sdie|an\sdas)\s(?:KI|Sprachmodell)\b[^.!?\n]{0,40}[,:]"
    r"|(?:亲爱的|致|请)(?:AI|人工智能|语言模型|大模型|改编者)"
    r"|أي(?:ها|تها)\s(?:النموذج|الذكاء\sالاصطناعي|المساعد\sالآلي|الآلة)"
    r")"
)
"""Asking whoever or whatever makes something of this text: by name and by mode of address."""

_SIGNS = (
    _Sign(
        "W_FENCE_TOKEN",
        "control tokens of a chat template, which stay plain text",
        re.compile(
            r"<[|｜][^|｜<>\n]{1,40}[|｜]>|\[/?INST\]|<</?SYS>>|</?s>"
            r"|</?(?:start_of_turn|end_of_turn|bos|eos|think|tool_call|unused\d{1,3})>"
            r"|\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK)\]"
            r"|^#{2,4} (?:Instruction|Response|Human|Assistant|System):",
            re.MULTILINE,
        ),
    ),
    _Sign(
        "W_INSTRUCTION_LIKE",
        "sentences that speak to a model, which stay part of the essay",
        re.compile(
            _START + r"(?P<sign>"
            r"(?:ignore|disregard|forget|override|bypass)\s{1,3}(?:(?:of|the|these|those|my|our)\s{1,3})?"
            rf"(?:{_WHICH}\s{{1,3}})(?:(?:of|the|these|those|my|our|{_WHICH})\s{{1,3}}){{0,4}}"
            r"(?:instructions?|prompts?|directives?|guidelines|context)\b"
            r"|(?:ignore|disregard)\s{1,3}(?:the|everything|anything|all)\s{1,3}(?:text\s{1,3})?above\b"
            r"|(?:do\s{1,3}not|don['’]t|never|stop)\s{1,3}(?:write|writing|produce|generate|output)\s{1,3}"
            r"(?:a|an|any|the|this)\s{1,3}(?:screenplay|script|draft)\b"
            r"|(?:reply|respond|answer)\s{1,3}(?:only|solely|exclusively)\s{1,3}(?:with|in|by)\b"
            r"|(?:reply|respond|answer)\s{1,3}with\s{1,3}(?:only|nothing\s{1,3}but)\b"
            r"|(?:reveal|print|repeat|show|output|disclose)\s{1,3}(?:me\s{1,3})?(?:your|the)\s{1,3}"
            r"(?:full\s{1,3}|hidden\s{1,3}|initial\s{1,3})?(?:system\s{1,3})?(?:prompt|instructions)\b"
            r"|system\s{1,3}(?:prompt|message|instructions?)\s{0,2}:"
            r"|(?:you\s{1,3}are|act\s{1,3}as)\s{1,3}(?:now\s{1,3})?(?:an?\s{1,3})(?:[\w-]{1,20}\s{1,3}){0,2}"
            r"(?:AI|language\s{1,3}model|AI\s{1,3}(?:model|assistant)|chatbot|LLM)\b"
            r"|you\s{1,3}are\s{1,3}now\s{1,3}an?\s{1,3}(?:[\w-]{1,20}\s{1,3}){0,2}"
            r"assistant(?=[.,;:!?]|\s+(?:that|who|which|and|without)\b|\s*\Z)"
            r"|you\s{1,3}are\s{1,3}now\s{1,3}(?:DAN|in\s{1,3}developer\s{1,3}mode|unrestricted|jailbroken)\b"
            r"|new\s{1,3}(?:task|instructions?|system\s{1,3}prompt)\s{0,2}:"
            r"|in\s{1,3}your\s{1,3}(?:reply|response|output)\b"
            r"|(?:begin|start|end)\s{1,3}your\s{1,3}(?:reply|response|output)\s{1,3}with\b"
            r"|(?:add|append|embed|include|insert|put)\s{1,3}[^.\n]{1,80}\s{1,3}(?:in|into|to)\s{1,3}"
            r"(?:your|the|every|each)\s{1,3}(?:reply|response|output|scene\s{1,3}heading)s?\b"
            r"|(?:note|message|attention)\s{0,2}(?:(?:to|for)\s{1,3})?(?:the\s{1,3})?"
            r"(?:AI|LLM|language\s{1,3}model|assistant)\s{0,2}[:,]"
            r"|ignora\s{1,3}(?:todas\s{1,3})?las\s{1,3}instrucciones\b"
            r"|ignor(?:e|ez)\s{1,3}(?:toutes\s{1,3})?les\s{1,3}instructions\b"
            r"|ignorier(?:e|en\s{1,3}sie)\s{1,3}(?:alle\s{1,3})?(?:vorherigen|bisherigen)\s{1,3}anweisungen\b"
            r")"
            r"|(?:忽略|无视|無視|忘记)(?:掉)?(?:之前|以上|先前|上述|前面|所有|全部|的){1,4}(?:指令|指示|提示词|提示)"
            rf"|{_ADDRESSED}",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    _Sign(
        "W_TEMPLATE_LIKE",
        "template syntax, which stays plain text",
        re.compile(r"\{\{|\{%|\{#|\$\{[A-Za-z_]|\{\d{0,3}\.__|%\(\w{1,40}\)[sdr]|<%"),
    ),
    _Sign(
        "W_FOUNTAIN_LIKE",
        "lines that look like Fountain, which stay prose",
        re.compile(
            r"^(?: {0,3}(?:INT[. ]|EXT[. ]|EST\.|INT\.?/EXT[. ]|I/E[. ]) ?[^\sa-z].*$"
            r"|[A-Z][A-Z ]{1,30} TO:[ ]*$|>[^<>\n]*<[ ]*$|/\*"
            r"|@[A-Za-z]\w*[ ]*$|\.[A-Z]{2}|![A-Za-z]|~[^~\n]"
            r"|[A-Z][A-Z0-9 .'’-]{0,38}\((?:V\.?O|O\.?S|O\.?C|CONT['’]D)[^\n()]*\)[ ]*$)"
            r"|\[\[[^\[\]\n]*\]\]",
            re.MULTILINE,
        ),
    ),
    _Sign(
        "W_HTML_LIKE",
        "HTML, which stays plain text",
        re.compile(
            r"<!--|<!doctype\b|\bdisplay\s{0,3}:\s{0,3}none\b"
            r"|</?(?:a|article|audio|b|base|blockquote|body|br|button|center|code|div|em|embed|font"
            r"|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|object"
            r"|ol|p|pre|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|template"
            r"|textarea|th|title|tr|u|ul|video)(?=[\s/>])",
            re.IGNORECASE,
        ),
    ),
)

_TAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = (
    re.compile(
        rf"â€.|ï¿½|ï»¿|ð[Ÿ\x9f]{_TAIL}|Ã[\x80-\x8f\x9a-\xaa\xac-\xba\xbc-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ˜š›œžŸ]|锟斤拷|\ufffd"
    ),
    re.compile(
        rf"(?=[ä-éÐÑÂ])(?:(?:[ä-é]{_TAIL}{_TAIL}){{2}}|(?:[ÐÑ]{_TAIL}){{3}}|Â[\xa0-\xaa\xac-\xba\xbc-\xbf])"
    ),
)
"""UTF-8 that was read as Windows-1252 or Latin-1, or lost; quotes after a capital are spared."""


def notice(text: str, *, title: str | None) -> tuple[Finding, ...]:
    """The warnings about a normalised ``text``, each with its count and a short sample.

    ``title``: what stands over the essay, ``None`` where nothing does.
    """
    found = []
    for code, message, pattern in _SIGNS:
        first, count = _count(pattern, text)
        if first is not None:
            found.append(
                _warning(
                    code,
                    f"{count} × {message}",
                    _sample(first.groupdict().get("sign") or first[0]),
                    count,
                )
            )
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        found.append(_warning("W_LONG_LINE", f"one line has {longest:,} characters"))
    if title and len(title) > LONGEST_TITLE:
        message = f"the title has {len(title):,} characters; the title page gets {LONGEST_TITLE}"
        found.append(_warning("W_LONG_TITLE", message, _sample(title)))
    return tuple(found)


def spoken_to_a_model(text: str) -> list[int]:
    """Where the sentences of a normalised ``text`` that speak to a model have their signs."""
    pattern = next(sign.pattern for sign in _SIGNS if sign.code == "W_INSTRUCTION_LIKE")
    return [max(found.start("sign"), found.start()) for found in pattern.finditer(text)]


def notice_mojibake(decoded: str) -> tuple[Finding, ...]:
    """A warning where a text was decoded wrongly before it got here.

    ``decoded`` is the text as it came, since control characters tell.
    """
    for pattern in _MOJIBAKE:
        first, count = _count(pattern, decoded)
        if first is not None:
            start = max(0, first.start() - 10)
            sample = _sample(decoded[start : first.end() + 20])
            message = f"{count} × text that looks decoded wrongly before, such as {sample!r}"
            return (_warning("W_MOJIBAKE", message, sample, count),)
    return ()


def _count(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, int]:
    first, count = None, 0
    for match in pattern.finditer(text):
        first = first or match
        count += 1
    return first, count


def _sample(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SAMPLE]


def _warning(code: str, message: str, evidence: str | None = None, count: int = 1) -> Finding:
    return Finding(
        code=code, severity=Severity.WARNING, message=message, evidence=evidence, count=count
    )
