"""Finding template files on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scriptgen import catalog
from scriptgen.catalog import find_templates, open_template, packaged_templates_dir
from scriptgen.errors import TemplateError
from scriptgen.prompting import load

MINE = """+++
kind = "draft"
description = "mine"
+++
{% block system %}Mine.{% endblock %}
{% block user %}{{ essay }}{% endblock %}
"""


def test_the_packaged_templates_are_found_without_a_folder() -> None:
    assert packaged_templates_dir().is_dir()
    found = find_templates(None)
    assert {"draft", "draft.strict", "draft.direct", "revise", "brief"} <= set(found)


def test_an_installed_package_brings_its_templates_inside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "_HERE", tmp_path / "scriptgen")
    assert packaged_templates_dir() == tmp_path / "prompts"
    (tmp_path / "scriptgen" / "prompts").mkdir(parents=True)
    assert packaged_templates_dir() == tmp_path / "scriptgen" / "prompts"


def test_a_user_s_template_stands_before_the_packaged_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "draft.jinja").write_text(MINE)
    found = find_templates(tmp_path)
    assert load(found, "draft").description == "mine"
    assert load(found, "revise").kind == "revise"


def test_names_are_relative_paths_without_the_suffix(tmp_path: Path) -> None:
    (tmp_path / "noir").mkdir()
    (tmp_path / "noir" / "draft.wet.jinja").write_text(MINE)
    (tmp_path / "notes.txt").write_text("not a template")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "hidden.jinja").write_text(MINE)
    own = set(find_templates(tmp_path)) - set(find_templates(None))
    assert own == {"noir/draft.wet"}


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(MINE)
    folder = tmp_path / "prompts"
    elsewhere = tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "deep.jinja").write_text(MINE)
    (folder / "leak.jinja").symlink_to(secret)
    (folder / "dir").symlink_to(elsewhere)
    (folder / "gone.jinja").symlink_to(tmp_path / "nowhere")
    found = find_templates(folder)
    assert set(found) == set(find_templates(None))
    (folder / "x.jinja").write_text("+++\n+++\n{% extends 'leak.jinja' %}")
    with pytest.raises(TemplateError, match="no template 'leak'"):
        load(find_templates(folder), "x")


def test_a_pipe_is_not_a_template(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jinja")
    assert "pipe" not in find_templates(tmp_path)


def test_a_file_that_is_not_text_is_named_with_its_byte(tmp_path: Path) -> None:
    (tmp_path / "x.jinja").write_bytes(b"ok\xff")
    with pytest.raises(TemplateError, match="byte 2 is not UTF-8") as caught:
        find_templates(tmp_path)
    assert str(caught.value.where).endswith("x.jinja")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        find_templates(tmp_path / "nowhere")


def test_a_path_is_loaded_as_its_own_with_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.jinja").write_text(MINE)
    (tmp_path / "wet.jinja").write_text("+++\ndescription = 'wet'\n+++\n{% extends 'base.jinja' %}")
    found, name = open_template(str(tmp_path / "wet.jinja"), None)
    assert name == "wet"
    template = load(found, name)
    assert (template.description, template.files) == ("wet", ("base", "wet"))


def test_a_path_may_have_any_suffix_and_extend_a_packaged_template(tmp_path: Path) -> None:
    (tmp_path / "wet.txt").write_text("+++\n+++\n{% extends 'draft.jinja' %}")
    found, name = open_template(str(tmp_path / "wet.txt"), None)
    files = load(found, name).files
    assert "draft" in files
    assert files[-1] == "wet.txt"


def test_a_path_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(MINE)
    (tmp_path / "x.jinja").symlink_to(tmp_path / "secret")
    with pytest.raises(TemplateError, match="is a link"):
        open_template(str(tmp_path / "x.jinja"), None)


@pytest.mark.parametrize("given", ["draft", "draft.jinja"])
def test_anything_else_is_a_name(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft").write_text("a file of that name is not meant")
    found, name = open_template(given, None)
    assert load(found, name).name == "draft"


@pytest.mark.parametrize("given", ["../../etc/passwd", "/etc/shadow.jinja", "a/b.jinja"])
def test_a_path_that_leads_nowhere_is_a_name_that_is_not_there(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found, name = open_template(given, None)
    with pytest.raises(TemplateError, match="there is no template"):
        load(found, name)


def test_errors_name_a_file_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "x.jinja").write_text("+++\nkinnd = 'draft'\n+++\n")
    with pytest.raises(TemplateError) as caught:
        load(find_templates(tmp_path / "prompts"), "x")
    assert caught.value.where == str(Path("prompts", "x.jinja:2"))
