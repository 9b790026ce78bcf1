"""Which source of a setting wins, and what is said about a wrong one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scriptgen.config import Settings, load_settings
from scriptgen.config.expected import expected
from scriptgen.config.settings import NAMES
from scriptgen.costs import Price
from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CANARY = "sk-canary-0f3a-never-shown"


def load(
    cwd: Path,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    header: Mapping[str, object] | None = None,
) -> Settings:
    return load_settings(flags or {}, cwd=cwd, environ=environ or {}, template_header=header)


def test_with_nothing_said_everything_is_a_default_and_no_model_is_named(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.model is None
    assert {used.source for used in settings.used()} == {"default"}
    assert tuple(used.name for used in settings.used()) == NAMES


def test_the_sources_come_in_the_promised_order(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text(
        "temperature = 0.1\nseed = 1\nmax_tokens = 1\njobs = 9\n"
    )
    (tmp_path / ".env").write_text("SCRIPTGEN_SEED=2\nSCRIPTGEN_TOP_P=0.2\n")
    settings = load(
        tmp_path,
        flags={"temperature": 0.5, "seed": None},
        environ={"SCRIPTGEN_TEMPERATURE": "0.4", "SCRIPTGEN_TOP_P": "0.4"},
        header={"temperature": 0.3, "seed": 3, "max_tokens": 3},
    )
    got = {name: (getattr(settings, name), settings.source(name)) for name in NAMES}
    assert got["temperature"] == (0.5, "flag")
    assert got["top_p"] == (0.4, "environment")
    assert got["seed"] == (2, ".env")
    assert got["max_tokens"] == (3, "template")
    assert got["jobs"] == (9, "scriptgen.toml")
    assert got["attempts"] == (4, "default")


def test_the_table_in_pyproject_is_read_where_there_is_no_scriptgen_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.scriptgen]\npages = 3\n")
    assert (load(tmp_path).pages, load(tmp_path).source("pages")) == (3, "pyproject.toml")
    (tmp_path / "scriptgen.toml").write_text("jobs = 2\n")
    assert load(tmp_path).pages is None


def test_a_model_named_in_the_environment_is_used_and_a_key_alone_is_not(tmp_path: Path) -> None:
    assert load(tmp_path, environ={"OPENAI_API_KEY": CANARY}).model is None
    assert load(tmp_path, environ={"SCRIPTGEN_MODEL": "m"}).model == "m"


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    settings = load(tmp_path, environ={"SCRIPTGEN_MODEL": "", "SCRIPTGEN_PAGES": ""})
    assert settings.model is None
    assert settings.source("pages") == "default"


def test_dotenv_fills_in_only_what_is_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"OPENAI_API_KEY={CANARY}\nexport A='b c' # d\nSCRIPTGEN_JOBS=7\n"
    )
    settings = load(tmp_path, environ={"SCRIPTGEN_JOBS": "2"})
    assert settings.environ["OPENAI_API_KEY"] == CANARY
    assert settings.environ["A"] == "b c"
    assert (settings.jobs, settings.source("jobs")) == (2, "environment")
    assert load(tmp_path, environ={"OPENAI_API_KEY": ""}).environ["OPENAI_API_KEY"] == ""


@pytest.mark.parametrize(
    ("line", "where", "hint"),
    [
        ("modle = 'x'", "scriptgen.toml", "did you mean 'model'?"),
        ("base-url = 'x'", "scriptgen.toml", "did you mean 'base_url'?"),
        ("zzzzzz = 1", "scriptgen.toml", "scriptgen config show lists them"),
        ("environ = {}", "scriptgen.toml", None),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(
    tmp_path: Path, line: str, where: str, hint: str | None
) -> None:
    (tmp_path / "scriptgen.toml").write_text(line)
    with pytest.raises(SetupError) as caught:
        load(tmp_path)
    assert caught.value.code == "E_CONFIG"
    assert caught.value.where == where
    assert repr(line.split(maxsplit=1)[0]) in caught.value.message
    assert hint is None or caught.value.hint == hint


@pytest.mark.parametrize(
    ("flags", "environ", "toml", "where"),
    [
        ({"jobs": "many"}, {}, "", "--jobs"),
        ({"max_input_bytes": 0}, {}, "", "--max-input-bytes"),
        ({}, {"SCRIPTGEN_PAGES": "0"}, "", "SCRIPTGEN_PAGES"),
        ({}, {"SCRIPTGEN_DEADLINE": "nan"}, "", "SCRIPTGEN_DEADLINE"),
        ({}, {}, "fidelity = 'wild'", "scriptgen.toml: fidelity"),
        ({}, {}, "jobs = true", "scriptgen.toml: jobs"),
        ({}, {}, "revisions = 3", "scriptgen.toml: revisions"),
        ({}, {}, "api_key_env = 'sk-1 2'", "scriptgen.toml: api_key_env"),
        ({"temperature": "hot"}, {}, "", "--set temperature"),
        ({"max_total_tokens": -1}, {}, "", "--max-tokens"),
        ({"max_cost": "nan"}, {}, "", "--max-cost"),
        ({}, {"SCRIPTGEN_MAX_COST": "inf"}, "", "SCRIPTGEN_MAX_COST"),
        ({}, {"SCRIPTGEN_PRICES": "1"}, "", "SCRIPTGEN_PRICES"),
        ({}, {}, "context_tokens = 0", "scriptgen.toml: context_tokens"),
    ],
)
def test_an_impossible_value_is_reported_where_it_stands(
    tmp_path: Path, flags: dict[str, object], environ: dict[str, str], toml: str, where: str
) -> None:
    (tmp_path / "scriptgen.toml").write_text(toml)
    with pytest.raises(SetupError) as caught:
        load(tmp_path, flags, environ)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("JOBS", "many", "a whole number from 1 to 256"),
        ("JOBS", "0", "a whole number from 1 to 256"),
        ("PAGES", "2.5", "a whole number from 1 to 200"),
        ("MAX_TOKENS", "-1", "a whole number from 1"),
        ("SEED", "x", "a whole number"),
        ("TEMPERATURE", "warm", "a number from 0 to 2"),
        ("TOP_P", "0", "a number above 0 and at most 1"),
        ("DEADLINE", "soon", "a number above 0 and at most 86,400"),
        ("FIDELITY", "wild", "one of strict, balanced, free"),
        ("TRACE", "perhaps", "true or false"),
        ("LANGUAGE", "!", "a language code, such as en"),
    ],
)
def test_a_variable_that_does_not_fit_is_named_with_what_is_expected(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    with pytest.raises(SetupError) as caught:
        load(tmp_path, environ={f"SCRIPTGEN_{name}": value})
    assert caught.value.where == f"SCRIPTGEN_{name}"
    assert caught.value.message == f"the value does not fit: {told} is expected"


def test_prices_and_limits_stand_in_a_table_for_each_model(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text(
        'model = "big"\ncontext_tokens = 8000\n'
        '[prices."big"]\ninput = 2.5\noutput = 10\ncached_input = 1.25\n'
        '[prices."small"]\ninput = 1\noutput = 2\ncurrency = "EUR"\n'
        '[models."small"]\ncontext_tokens = 4000\n'
    )
    settings = load(tmp_path)
    assert settings.price == Price(input=2.5, output=10.0, cached_input=1.25)
    assert settings.context == 8000
    used = {each.name: (each.value, each.source) for each in settings.used()}
    assert used["prices"] == ("2.5 in, 10 out, 1.25 cached USD", "scriptgen.toml")
    small = load(tmp_path, flags={"model": "small"})
    assert str(small.price) == "1 in, 2 out EUR"
    assert small.context == 4000
    other = load(tmp_path, flags={"model": "third"})
    assert other.price is None
    assert other.context == 8000


@pytest.mark.parametrize(
    ("toml", "where", "message", "hint"),
    [
        (
            '[prices."m"]\ninptu = 1\noutput = 2',
            'scriptgen.toml: prices."m"',
            "input is missing",
            "keys there are: input",
        ),
        (
            "[prices.m-1.5]\ninput = 1\noutput = 2",
            'scriptgen.toml: prices."m-1"',
            "input is missing",
            "a name with a dot stands in quotes",
        ),
        (
            '[prices."m"]\ninput = 1\noutput = 2\ncached = 3',
            'scriptgen.toml: prices."m"',
            "unknown key 'cached'",
            "did you mean 'cached_input'?",
        ),
        (
            '[prices."m"]\ninput = -1\noutput = 2',
            'scriptgen.toml: prices."m".input',
            "a number from 0 to 10,000,000 is expected",
            "keys there are",
        ),
        (
            '[prices."m"]\ninput = "1"\noutput = 2',
            'scriptgen.toml: prices."m".input',
            "a number from 0",
            "keys there are",
        ),
        (
            '[prices."m"]\ninput = nan\noutput = 2',
            'scriptgen.toml: prices."m".input',
            "a number from 0",
            "keys there are",
        ),
        (
            '[prices."m"]\ninput = 1\noutput = 2\ncurrency = "dollars"',
            'scriptgen.toml: prices."m".currency',
            "a code such as USD is expected",
            "keys there are",
        ),
        (
            "[prices]\nm = 3",
            'scriptgen.toml: prices."m"',
            "a table with input and output is expected",
            "keys there are: input, output, cached_input, currency",
        ),
        (
            "prices = 3",
            "scriptgen.toml: prices",
            "a table for each model is expected",
            "config show",
        ),
        (
            '[models."m"]\ncontext_tokens = 0',
            'scriptgen.toml: models."m".context_tokens',
            "a whole number from 1 is expected",
            "keys there are: context_tokens",
        ),
        (
            '[models."m"]\ncontext = 9',
            'scriptgen.toml: models."m"',
            "unknown key 'context'",
            "did you mean 'context_tokens'?",
        ),
    ],
)
def test_what_is_wrong_in_a_models_table_is_named_with_file_and_key(
    tmp_path: Path, toml: str, where: str, message: str, hint: str
) -> None:
    (tmp_path / "scriptgen.toml").write_text(toml)
    with pytest.raises(SetupError) as caught:
        load(tmp_path)
    assert caught.value.where == where
    assert message in caught.value.message
    assert hint in str(caught.value.hint)


def test_every_setting_can_say_what_it_takes() -> None:
    assert all(expected(name) for name in NAMES)


def test_a_bad_value_from_dotenv_names_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SCRIPTGEN_JOBS=x\n")
    with pytest.raises(SetupError) as caught:
        load(tmp_path)
    assert caught.value.where == "SCRIPTGEN_JOBS in .env"


@pytest.mark.parametrize("raw", [b"jobs = ", b"\xff\xfe", b"jobs = 1\njobs = 2"])
def test_a_file_that_is_not_toml_is_a_setup_error(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "scriptgen.toml").write_bytes(raw)
    with pytest.raises(SetupError, match="not TOML"):
        load(tmp_path)


def test_a_dotenv_that_is_not_text_is_a_setup_error(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe\n")
    with pytest.raises(SetupError, match="UTF-8"):
        load(tmp_path)


def test_a_folder_called_prompts_counts_only_where_scriptgen_lives(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    assert load(tmp_path).prompts is None
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert load(tmp_path).prompts is None
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'scriptgen'\n")
    assert str(load(tmp_path).prompts) == "prompts"
    (tmp_path / "pyproject.toml").unlink()
    (tmp_path / "scriptgen.toml").touch()
    assert str(load(tmp_path).prompts) == "prompts"
    assert str(load(tmp_path, {"prompts": "mine"}).prompts) == "mine"


def test_a_header_may_set_nothing_but_model_parameters(tmp_path: Path) -> None:
    settings = load(tmp_path, header={"base_url": "http://other", "model": "x", "seed": 5})
    assert (settings.base_url, settings.model, settings.seed) == (None, None, 5)


def test_a_variable_that_is_no_setting_is_remarked_upon(tmp_path: Path) -> None:
    assert load(tmp_path, environ={"SCRIPTGEN_MODLE": "x"}).warnings == (
        "SCRIPTGEN_MODLE is not a setting; did you mean SCRIPTGEN_MODEL?",
    )


URL = "http://models.example/v1"
BINDINGS = [
    # flags, environ, .env, scriptgen.toml, the variable that is bound
    ({}, {}, "", "", None),
    ({}, {}, "", "api_key_env = 'K'", "K"),
    ({"base_url": URL}, {}, "", "", None),
    ({"base_url": URL, "api_key_env": "K"}, {}, "", "", "K"),
    ({"base_url": URL}, {}, "", "api_key_env = 'K'", None),
    ({"base_url": URL}, {"SCRIPTGEN_API_KEY_ENV": "K"}, "", "", None),
    ({}, {"SCRIPTGEN_BASE_URL": URL, "SCRIPTGEN_API_KEY_ENV": "K"}, "", "", "K"),
    ({}, {"SCRIPTGEN_API_KEY_ENV": "K"}, "", f"base_url = '{URL}'", None),
    ({}, {}, "", f"base_url = '{URL}'\napi_key_env = 'K'", "K"),
    ({}, {}, f"SCRIPTGEN_BASE_URL={URL}", "api_key_env = 'K'", None),
    ({"api_key_env": "K"}, {}, f"SCRIPTGEN_BASE_URL={URL}", "", "K"),
    ({}, {"OPENAI_API_KEY": CANARY}, f"OPENAI_BASE_URL={URL}", "", None),
    (
        {},
        {"OPENAI_API_KEY": CANARY},
        f"OPENAI_BASE_URL={URL}\nOPENAI_API_KEY=theirs",
        "",
        None,
    ),
    ({}, {}, f"OPENAI_BASE_URL={URL}\nOPENAI_API_KEY=theirs", "", "OPENAI_API_KEY"),
]


@pytest.mark.parametrize(("flags", "environ", "dotenv", "toml", "bound"), BINDINGS)
def test_a_key_is_bound_to_a_server_only_by_who_named_the_server(
    tmp_path: Path,
    *,
    flags: dict[str, object],
    environ: dict[str, str],
    dotenv: str,
    toml: str,
    bound: str | None,
) -> None:
    (tmp_path / ".env").write_text(dotenv)
    (tmp_path / "scriptgen.toml").write_text(toml)
    assert load(tmp_path, flags, environ).bound_key_env == bound


def test_a_server_named_by_a_file_counts_as_such(tmp_path: Path) -> None:
    assert not load(tmp_path).base_url_from_file
    assert not load(tmp_path, {"base_url": URL}).base_url_from_file
    assert not load(tmp_path, environ={"SCRIPTGEN_BASE_URL": URL}).base_url_from_file
    (tmp_path / ".env").write_text(f"OPENAI_BASE_URL={URL}\n")
    assert load(tmp_path).base_url_from_file
    assert not load(tmp_path, environ={"OPENAI_BASE_URL": "http://mine/v1"}).base_url_from_file


def test_no_key_is_in_any_form_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"OTHER_KEY={CANARY}\n")
    settings = load(tmp_path, environ={"OPENAI_API_KEY": CANARY})
    for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(settings.used())):
        assert CANARY not in shown


def test_a_password_inside_a_base_url_is_not_among_the_settings_used(tmp_path: Path) -> None:
    settings = load(tmp_path, {"base_url": f"http://me:{CANARY}@host/v1?api-key={CANARY}"})
    used = {setting.name: setting.value for setting in settings.used()}
    assert used["base_url"] == "http://***@host/v1?***"


def test_a_key_in_the_place_of_its_variable_is_refused_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text("api_key_env = 'gsk_Abc123canary'")
    with pytest.raises(SetupError) as caught:
        load(tmp_path)
    assert "Abc123" not in f"{caught.value!r}"


def test_the_ledger_lies_inside_the_outputs_unless_a_setting_says_otherwise(tmp_path: Path) -> None:
    assert load(tmp_path, {"outputs": "o"}).ledger_path.as_posix() == "o/.scriptgen/ledger.sqlite3"
    assert load(tmp_path, {"ledger": "l.db"}).ledger_path.as_posix() == "l.db"


def test_fallback_fonts_are_named_in_a_table_or_a_variable(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text('[fonts]\nfallback = ["a.ttf"]\n', encoding="utf-8")
    assert load(tmp_path).font_fallback == ("a.ttf",)
    environ = {"SCRIPTGEN_FONT_FALLBACK": os.pathsep.join(("b.ttf", "c.otf"))}
    assert load(tmp_path, environ=environ).font_fallback == ("b.ttf", "c.otf")


def test_an_unknown_font_setting_is_named_with_its_table(tmp_path: Path) -> None:
    (tmp_path / "scriptgen.toml").write_text('[fonts]\nfalback = ["a.ttf"]\n', encoding="utf-8")
    with pytest.raises(SetupError, match=r"fonts\.falback"):
        load(tmp_path)
