"""Headers, variants, includes and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scriptgen.errors import TemplateError
from scriptgen.prompt import Parameters, Prompt
from scriptgen.prompting import Template, TemplateSet, check, describe, load, render
from scriptgen.prompting.contexts import draft_context
from scriptgen.prompting.fence import fenced
from scriptgen.prompting.sample import ESSAY, FULL
from scriptgen.prompting.template import hash_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOIR = """+++
description = "darker"
[parameters]
temperature = 0.9
+++
{% extends "draft.jinja" %}
{% block tone %}{{ super() }} Dark.{% endblock %}
"""
MARK = "0123456789abcdef"


def rendered(template: Template) -> Prompt:
    context = draft_context(ESSAY, FULL, fidelity="balanced", pages=2)
    return render(template, {**context, "essay": fenced(ESSAY.text, MARK)}, fence=MARK)


def test_a_variant_states_only_its_difference(templates: Callable[..., TemplateSet]) -> None:
    template = load(templates(draft__noir=NOIR), "draft.noir")
    assert template.kind == "draft"
    assert template.description == "darker"
    assert template.parameters == Parameters(temperature=0.9, max_tokens=900)
    system = rendered(template).messages[0]
    assert (system.role, system.content) == ("system", "Fixed rules. Plain. Dark.")


def test_a_variant_of_a_variant_goes_through_both(templates: Callable[..., TemplateSet]) -> None:
    darker = (
        "+++\n+++\n{% extends 'draft.noir' %}{% block tone %}{{ super() }} Darker.{% endblock %}"
    )
    template = load(templates(draft__noir=NOIR, draft__noir__more=darker), "draft.noir.more")
    assert rendered(template).messages[0].content == "Fixed rules. Plain. Dark. Darker."
    assert template.parameters.temperature == 0.9


def test_the_hash_covers_all_that_is_extended_and_included(
    templates: Callable[..., TemplateSet],
) -> None:
    noir = NOIR.replace("Dark.", "{% include 'part.jinja' %}")
    first = load(templates(draft__noir=noir, part="Low sun."), "draft.noir")
    second = load(templates(draft__noir=noir, part="No sun."), "draft.noir")
    other = load(templates(draft__noir=noir, part="Low sun.", draft__y=NOIR), "draft.noir")
    assert first.files == ("draft", "draft.noir", "part")
    assert first.hash != second.hash
    assert first.hash == other.hash


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_the_hash_of_named_texts_does_not_hang_on_their_order(texts: dict[str, str]) -> None:
    assert hash_of(texts) == hash_of(dict(reversed(texts.items())))


@pytest.mark.parametrize(
    ("ends", "start"), [("\n", ""), ("\r\n", ""), ("\r\n", "\ufeff"), ("\r", "\ufeff")]
)
def test_line_ends_and_a_byte_order_mark_change_nothing(
    ends: str, start: str, templates: Callable[..., TemplateSet]
) -> None:
    plain = load(templates(draft__noir=NOIR), "draft.noir")
    odd = load(templates(draft__noir=start + NOIR.replace("\n", ends)), "draft.noir")
    assert odd.hash == plain.hash
    assert rendered(odd).messages == rendered(plain).messages


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        ("kind = 'draft'\ntemprature = 1", 3, "unknown key 'temprature'"),
        ("kind = 'draft'\n[parameters]\ntemprature = 1", 4, "unknown key 'temprature'"),
        ("kind = 'draft'\n[parameters]\ntemperature = 'hot'", 4, "temperature"),
        ("kind = 'draft'\n[parameters]\ntemperature = nan", 4, "cannot|can be sent"),
        ("kind = 'draft'\n[parameters]\n\ntop_p = 3", 5, "top_p is 3"),
        ("kind = 'draft'\n[parameters]\nmax_tokens = 0", 4, "max_tokens is 0"),
        ("kind = 'story'", 2, "kind 'story' is unknown"),
        ("kind = 3", 2, "kind is not a text"),
        ("kind = 'draft'\nparameters = 3", 3, "not a table"),
        ("kind = 'draft'\ndescription = ", 3, "not TOML"),
        ("description = 'x'", 1, "does not say its kind"),
        ("kind = 'draft'\nparts = 3", 3, "parts is neither true nor false"),
        ("kind = 'brief'\nparts = true", 1, "not asked part by part"),
    ],
)
def test_a_header_that_does_not_fit_names_its_line(
    header: str, line: int, said: str, templates: Callable[..., TemplateSet]
) -> None:
    blocks = "{% block system %}{% endblock %}{% block user %}{{ essay }}{% endblock %}"
    text = f"+++\n{header}\n+++\n{blocks}"
    with pytest.raises(TemplateError, match=said) as caught:
        load(templates(draft__x=text), "draft.x")
    assert caught.value.where == f"prompts/draft.x.jinja:{line}"
    assert caught.value.hint


def test_a_variant_is_asked_part_by_part_as_its_parent_unless_it_says_so(
    templates: Callable[..., TemplateSet],
) -> None:
    known = templates(
        draft__long="+++\nparts = true\n+++\n{% extends 'draft.jinja' %}",
        draft__long__wet="+++\n+++\n{% extends 'draft.long.jinja' %}",
        draft__long__short="+++\nparts = false\n+++\n{% extends 'draft.long.jinja' %}",
    )
    told = {name: load(known, name).parts for name in known if name.startswith("draft")}
    assert told == {
        "draft": False,
        "draft.long": True,
        "draft.long.short": False,
        "draft.long.wet": True,
    }


def test_a_misspelt_key_gets_the_likely_one_as_a_hint(
    templates: Callable[..., TemplateSet],
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft="+++\ndescripton = 'x'\n+++\n"), "draft")
    assert caught.value.hint == "did you mean description?"


def test_a_file_without_a_header_is_not_a_template(templates: Callable[..., TemplateSet]) -> None:
    with pytest.raises(TemplateError, match="no header"):
        load(templates(draft="{% block system %}{% endblock %}"), "draft")


def test_an_open_header_is_an_error(templates: Callable[..., TemplateSet]) -> None:
    with pytest.raises(TemplateError, match="not closed"):
        load(templates(draft="+++\nkind = 'draft'\n"), "draft")


def test_templates_that_lead_back_to_themselves_show_the_chain(
    templates: Callable[..., TemplateSet],
) -> None:
    found = templates(
        a="+++\nkind = 'draft'\n+++\n{% extends 'b.jinja' %}",
        b="+++\n+++\n\n{% extends 'c.jinja' %}",
        c="+++\n+++\n{% extends 'b.jinja' %}",
    )
    with pytest.raises(TemplateError, match="b → c → b") as caught:
        load(found, "a")
    assert caught.value.where == "prompts/c.jinja:3"


def test_a_file_that_includes_itself_is_an_error(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    with pytest.raises(TemplateError, match="part → part"):
        load(templates(x=body("{% include 'part' %}"), part="{% include 'part.jinja' %}"), "x")


def test_a_missing_parent_names_the_line_and_the_likely_name(
    templates: Callable[..., TemplateSet],
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft__x="+++\n+++\n{% extends 'drafft.jinja' %}"), "draft.x")
    assert caught.value.where == "prompts/draft.x.jinja:3"
    assert "draft" in str(caught.value.hint)


def test_a_template_that_is_not_there_is_an_error_with_the_names_there_are(
    templates: Callable[..., TemplateSet],
) -> None:
    with pytest.raises(TemplateError, match="no template 'zzz'") as caught:
        load(templates(), "zzz")
    assert "draft" in str(caught.value.hint)


def test_a_block_that_nothing_prints_is_an_error(templates: Callable[..., TemplateSet]) -> None:
    lost = "+++\n+++\n{% extends 'draft' %}\n{% block tonne %}x{% endblock %}"
    with pytest.raises(TemplateError, match="no template above has a block 'tonne'") as caught:
        load(templates(draft__x=lost), "draft.x")
    assert caught.value.where == "prompts/draft.x.jinja:4"
    assert caught.value.hint == "did you mean tone?"


def test_text_outside_the_blocks_is_an_error(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    with pytest.raises(TemplateError, match="outside every block") as caught:
        load(templates(x=body("") + "\n\nlost\n"), "x")
    assert caught.value.where == "prompts/x.jinja:11"


def test_an_included_file_holds_no_blocks(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    found = templates(x=body("{% include 'part' %}"), part="\n{% block user %}{% endblock %}")
    with pytest.raises(TemplateError, match="neither blocks") as caught:
        load(found, "x")
    assert caught.value.where == "prompts/part.jinja:2"


@pytest.mark.parametrize(
    ("system", "user", "said"),
    [
        ("", "no essay", "stands 0 times"),
        ("", "{{ essay }}{{ essay }}", "stands 2 times"),
        ("{{ essay }}", "x", "system message"),
        ("", "{% if pages > 3 %}{{ essay }}{% endif %}", "stands 0 times"),
        ("", "{% if sheet.cast %}{{ essay }}{% endif %}", "stands 0 times"),
        ("", "{% if fidelity == 'free' %}{{ essay }}{% endif %}{{ essay }}", "stands 2 times"),
        ("", "{% for p in sheet.cast %}{{ essay }}{% endfor %}", "stands 3 times"),
    ],
)
def test_the_essay_stands_in_the_user_message_exactly_once(
    system: str, user: str, said: str, templates: Callable[..., TemplateSet]
) -> None:
    text = (
        f"+++\nkind = 'draft'\n+++\n{{% block system %}}{system}{{% endblock %}}"
        f"{{% block user %}}{user}{{% endblock %}}"
    )
    with pytest.raises(TemplateError, match=said):
        load(templates(x=text), "x")


def test_an_essay_without_a_fence_is_refused(templates: Callable[..., TemplateSet]) -> None:
    context = draft_context(ESSAY, FULL, fidelity="balanced", pages=2)
    with pytest.raises(TemplateError, match="through the fence"):
        render(load(templates(), "draft"), {**context, "essay": ESSAY.text})


def test_the_list_shows_broken_templates_and_fragments_too(
    templates: Callable[..., TemplateSet],
) -> None:
    found = templates(draft__noir=NOIR, part="Low sun.", broken="+++\nx = 1\n+++\n")
    rows = {row.name: (row.kind, row.description) for row in describe(found)}
    assert rows["draft.noir"] == ("draft", "darker")
    assert rows["part"][0] == "fragment"
    assert rows["broken"][0] == "broken"
    assert "prompts/broken.jinja:2" in rows["broken"][1]


@pytest.mark.parametrize(
    "text",
    [
        'kind = "draft"\n+++\n{% block user %}{{ essay }}{% endblock %}\n',
        '\n+++\nkind = "draft"\n+++\n{% block user %}{{ essay }}{% endblock %}\n',
        "{% extends 'draft' %}\n",
        "{%- block tone %}Dark.{% endblock %}\n",
    ],
)
def test_a_template_without_its_header_is_no_fragment(
    text: str, templates: Callable[..., TemplateSet]
) -> None:
    found = templates(draft__x=text)
    (problem,) = check(found, "draft.x")
    assert problem.message == "prompts/draft.x.jinja:1: the template has no header"
    assert "+++" in (problem.evidence or "")
    assert next(row for row in describe(found) if row.name == "draft.x").kind == "broken"


def test_a_mistyped_key_of_the_sheet_suggests_the_nearest(
    templates: Callable[..., TemplateSet], body: Callable[[str], str]
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft__x=body("{{ sheet.titel }}")), "draft.x")
    assert caught.value.hint == "did you mean title?"


def test_the_last_part_of_a_name_suggests_the_whole(
    templates: Callable[..., TemplateSet],
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(templates(draft__noir="{{ essay }}"), "noir")
    assert caught.value.hint == "did you mean draft.noir?"


def test_a_fragment_is_checked_too(templates: Callable[..., TemplateSet]) -> None:
    assert check(templates(part="{{ sheet.title }}"), "part") == []
    assert check(templates(part="{{ 2 * 2 }}"), "part")[0].code == "E_TEMPLATE_REJECTED"
