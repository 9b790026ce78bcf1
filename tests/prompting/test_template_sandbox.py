"""What a template may and may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scriptgen.errors import TemplateError
from scriptgen.prompting import TemplateSet, check, load, render
from scriptgen.prompting.sandbox import OUTPUT_CAP

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSED = {
    "attribute walk": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attribute walk over data": "{{ sheet.__class__ }}",
    "attribute walk by key": "{{ sheet['__class__'] }}",
    "private name": "{{ _globals }}",
    "dump of a model": "{{ brief.model_dump() }}",
    "settings": "{{ config }}",
    "environment": "{{ environ['OPENAI_API_KEY'] }}",
    "self": "{{ self._TemplateReference__context }}",
    "self of a block": "{{ self.system() }}",
    "method of a text": "{{ fidelity.upper() }}",
    "method of a dictionary": "{{ sheet.items() }}",
    "method of a dictionary, unbound": "{{ sheet.items }}",
    "mutation": "{{ sheet.cast.append(1) }}",
    "format of a literal": "{{ '{0.__class__}'.format(sheet) }}",
    "format_map": "{{ '{x.__class__}'.format_map(sheet) }}",
    "format by a filter (CVE-2024-56326)": "{{ ['{0.__class__}']|map('format', sheet)|list }}",
    "stored format (CVE-2024-56326)": "{% set f = '{0.__class__}'.format %}{{ f(sheet) }}",
    "attr filter (CVE-2025-27516)": "{{ '{0.__class__}'|attr('format')(sheet) }}",
    "attr filter": "{{ fidelity|attr('upper') }}",
    "map attribute": "{{ sheet.cast|map(attribute='__class__')|join }}",
    "format filter": "{{ '%100000000s'|format('x') }}",
    "percent": "{{ '%100000000s' % 'x' }}",
    "range": "{% for a in range(999999999) %}{% endfor %}",
    "lipsum": "{{ lipsum(100) }}",
    "namespace": "{% set n = namespace(x=1) %}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "multiplication": "{{ 'x' * 1000000000 }}",
    "big numbers": "{{ 9 ** 9 ** 9 }}",
    "division": "{{ 1 / 0 }}",
    "floor division": "{{ 1 // 1 }}",
    "concatenation": "{{ 'a' ~ 'b' }}",
    "sum of texts": "{{ 'a' + fidelity }}",
    "growing list": "{% set a = [1] %}{% set a = [a, a] %}",
    "growing dictionary": "{% set a = {'x': fidelity} %}",
    "printed list": "{{ sheet.cast }}",
    "printed nothing": "{{ none }}",
    "replace": "{{ fidelity|replace('', 'xxxxxxxx') }}",
    "center": "{{ fidelity|center(1000000000) }}",
    "wide indent": "{{ fidelity|indent(1000000000) }}",
    "join of a text": "{{ fidelity|join(fidelity) }}",
    "long number": "{{ " + "9" * 5000 + " }}",
    "deep brackets": "{{ " + "(" * 900 + "1" + ")" * 900 + " }}",
    "deep negation": "{{ " + "not " * 400 + "1 }}",
    "long sum": "{{ " + "1 + " * 400 + "1 }}",
    "deep loops": "{% for a in sheet.cast %}" * 30 + "{% endfor %}" * 30,
    "macro": "{% macro f() %}{% endmacro %}",
    "call block": "{% call essay() %}{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "with": "{% with a = 1 %}{% endwith %}",
    "set with a body": "{% set a %}x{% endset %}",
    "import": "{% import 'draft.jinja' as d %}",
    "from": "{% from 'draft.jinja' import d %}",
    "autoescape": "{% autoescape true %}{% endautoescape %}",
    "do": "{% do sheet.clear() %}",
    "break": "{% for a in sheet.cast %}{% break %}{% endfor %}",
    "include by name of a variable": "{% include fidelity %}",
    "include of many": "{% include ['a.jinja', 'draft.jinja'] %}",
    "include that may be missing": "{% include 'a.jinja' ignore missing %}",
    "include without context": "{% include 'draft.jinja' without context %}",
    "include of a path": "{% include '/etc/passwd' %}",
    "include of a path above": "{% include '../../secret.jinja' %}",
    "extends in a condition": "{% if true %}{% extends 'draft.jinja' %}{% endif %}",
    "recursive loop": "{% for a in sheet.cast recursive %}{{ loop(a) }}{% endfor %}",
    "loop call": "{% for a in sheet.cast %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "loop itself": "{% for a in sheet.cast %}{{ loop }}{% endfor %}",
    "loop internals": "{% for a in sheet.cast %}{{ loop._iterator }}{% endfor %}",
    "super in a loop": "{% for a in sheet.cast %}{{ super() }}{% endfor %}",
    "super with nothing above": "{{ super() }}",
    "unknown test": "{{ 1 is divisibleby(2) }}",
    "essay through a filter": "{{ essay|upper }}",
    "essay cut": "{{ essay[:10] }}",
    "essay as a condition": "{% if 'x' in essay %}{% endif %}",
    "essay kept": "{% set copy = essay %}",
    "essay looped": "{% for c in essay %}{% endfor %}",
    "essay renamed": "{% set essay = 'x' %}",
    "essay twice": "{{ essay }}",
    "meter by name": "{{ sheet[' meter'] }}",
    "filter of the meter": "{{ 1|tick }}",
    "endless text": "{% set a = fidelity|tojson" + "|tojson" * 30 + " %}{{ a }}",
    "splat": "{{ sheet.cast|join(*sheet.props) }}",
    "slice of a literal": "{{ 'abc'[0] }}",
    "loop over a number": "{% for a in pages %}{% endfor %}",
    "key that is not there": "{{ sheet.nothing }}",
    "item that is not there": "{{ sheet.props[99] }}",
    "undefined": "{{ fidelitty }}",
    "broken syntax": "{{ fidelity",
    "tag that is not there": "{% frobnicate %}",
    "filter that is not there": "{{ fidelity|frobnicate }}",
}


FOUND_BY_TRYING = {
    "settings",
    "environment",
    "method of a dictionary, unbound",
    "sum of texts",
    "printed list",
    "printed nothing",
    "wide indent",
    "join of a text",
    "do",
    "break",
    "include of a path",
    "include of a path above",
    "super with nothing above",
    "essay twice",
    "meter by name",
    "endless text",
    "loop over a number",
    "key that is not there",
    "item that is not there",
    "undefined",
    "broken syntax",
    "tag that is not there",
}
"""What no rule of the grammar forbids: the names, the data or Jinja itself do not go along."""


@pytest.mark.parametrize(("what", "payload"), REFUSED.items(), ids=REFUSED.keys())
def test_a_template_that_reaches_too_far_is_refused_when_it_is_loaded(
    what: str, payload: str, templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    found = templates(draft__x=body(payload))
    with pytest.raises(TemplateError) as caught:
        load(found, "draft.x")
    code = "E_TEMPLATE" if what in FOUND_BY_TRYING else "E_TEMPLATE_REJECTED"
    assert caught.value.code == code
    assert str(caught.value.where).startswith("prompts/draft.x.jinja")
    assert caught.value.hint
    assert check(found, "draft.x")


def test_a_refusal_names_file_and_line(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft__x=body("{{ 1\n * 2 }}\n")), "draft.x")
    assert caught.value.code == "E_TEMPLATE_REJECTED"
    assert caught.value.where == "prompts/draft.x.jinja:6"


def test_an_undefined_name_names_file_line_and_the_likely_name(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft__x=body("\n{{ fidelitty }}")), "draft.x")
    assert (caught.value.code, caught.value.where) == ("E_TEMPLATE", "prompts/draft.x.jinja:7")
    assert "fidelity" in str(caught.value.hint)


def test_a_missing_key_in_an_included_file_is_placed_in_that_file(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    found = templates(draft__x=body("{% include 'part.jinja' %}"), part="\n\n{{ sheet.nothing }}\n")
    with pytest.raises(TemplateError) as caught:
        load(found, "draft.x")
    assert caught.value.where == "prompts/part.jinja:3"


def test_check_names_every_refusal_at_once(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    found = check(templates(draft__x=body("{{ 1 * 2 }}\n{{ fidelity.upper() }}")), "draft.x")
    assert [finding.message.split(": ")[0] for finding in found] == [
        "prompts/draft.x.jinja:6",
        "prompts/draft.x.jinja:7",
    ]


ALLOWED = {
    "a loop with its counters": (
        "{% for p in sheet.cast %}{{ loop.index }}/{{ loop.length }}{% if not loop.last %}, "
        "{% endif %}{% else %}none{% endfor %}"
    ),
    "a choice": "{{ 'long' if pages > 1 and fidelity != 'strict' else 'short' }}",
    "sums of numbers": "{{ pages + 1 - 2 }}",
    "fixed lists": "{% for w in [1, 2] %}{{ w }}{% endfor %}{% if pages in (1, 2) %}x{% endif %}",
    "a name of its own": "{% set tone = 'dry' %}{{ tone|upper }}",
    "filters": "{{ sheet.props|join(', ')|capitalize }} {{ sheet|tojson }} {{ sheet.cast|length }}",
    "a default": "{{ sheet.title|default('untitled') }}",
    "a slice": "{% for p in sheet.cast[:2] %}{{ p.cue }}{% endfor %}",
    "a test": "{% if sheet.title is none %}untitled{% endif %}",
    "a filtered loop": "{% for m in sheet.moments if m.told %}{{ m.text }}{% endfor %}",
    "keys by name": "{{ sheet['fidelity'] }}",
    "comments": "{# not seen #}",
    "raw": "{% raw %}{{ 7*7 }}{% endraw %}",
}


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_the_documentation_allows_loads(
    text: str, templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    assert check(templates(draft__x=body(text)), "draft.x") == []


@pytest.mark.parametrize(
    "value", [{1}, (1,), object(), b"x", float("nan"), type("S", (str,), {})("x")]
)
def test_only_plain_data_reaches_a_template(
    value: object, templates: Callable[..., TemplateSet]
) -> None:
    with pytest.raises(TemplateError):
        render(load(templates(), "draft"), {"sheet": {"cast": [value]}})


def test_keys_that_are_not_texts_are_refused(templates: Callable[..., TemplateSet]) -> None:
    with pytest.raises(TemplateError):
        render(load(templates(), "draft"), {"sheet": {1: "x"}})


def test_a_prompt_past_the_cap_is_an_error(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    text = "x" * 1000
    nest = "{% for a in sheet.cast %}" * 6 + text + "{% endfor %}" * 6
    with pytest.raises(TemplateError, match=f"{OUTPUT_CAP // 1000},"):
        load(templates(draft__x=body(nest)), "draft.x")


def test_a_prompt_that_grows_inside_super_is_an_error(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    loops = "{% for a in sheet.cast %}" * 18 + "{% endfor %}" * 18
    above = body("{% block inner %}" + loops + "{% endblock %}")
    below = "+++\n+++\n{% extends 'draft.x' %}{% block inner %}{{ super() }}{% endblock %}"
    found = templates(draft__x=above, draft__y=below)
    with pytest.raises(TemplateError, match="grows past"):
        load(found, "draft.y")
