from __future__ import annotations

import copy
import pickle

import pytest

from scriptgen.errors import SetupError
from scriptgen.llm import Secret, open_model
from scriptgen.llm.keys import Endpoint, bind

AMBIENT = {"OPENAI_API_KEY": "sk-ambient-0123456789", "OTHER": "sk-other-0123456789"}
LOCAL = "http://127.0.0.1:8080/v1"
REMOTE = "https://models.example/v1"


def bound(
    base_url: str | None = None,
    *,
    name: str | None = None,
    from_file: bool = False,
    **environ: str,
) -> Endpoint:
    return bind(
        base_url=base_url,
        base_url_from_file=from_file,
        api_key_env=name,
        environ={**AMBIENT, **environ},
    )


def key_of(endpoint: Endpoint) -> str | None:
    return endpoint.key.name if endpoint.key else None


def test_the_key_of_openai_goes_to_openai_by_default() -> None:
    endpoint = bound()
    assert endpoint.base_url == "https://api.openai.com/v1"
    assert key_of(endpoint) == "OPENAI_API_KEY"


def test_the_key_of_openai_goes_to_the_base_url_that_stands_beside_it() -> None:
    for url in (REMOTE, LOCAL):
        endpoint = bound(OPENAI_BASE_URL=url)
        assert (endpoint.base_url, key_of(endpoint)) == (url, "OPENAI_API_KEY")


def test_a_server_named_by_a_flag_or_a_file_gets_only_a_key_that_was_named_for_it() -> None:
    for from_file in (False, True):
        with pytest.raises(SetupError) as caught:
            bound(REMOTE, from_file=from_file)
        assert (caught.value.code, caught.value.exit_code) == ("E_KEY", 3)
        assert "--api-key-env" in (caught.value.hint or "")
        assert key_of(bound(REMOTE, name="OTHER", from_file=from_file)) == "OTHER"


def test_a_base_url_variable_that_was_filled_from_a_file_binds_no_ambient_key() -> None:
    with pytest.raises(SetupError):
        bound(from_file=True, OPENAI_BASE_URL=REMOTE)


@pytest.mark.parametrize(
    "url",
    [
        LOCAL,
        "http://localhost:1234/v1",
        "http://[::1]:9/v1",
        "http://127.9.9.9",
        "http://LOCALHOST",
    ],
)
def test_a_server_on_this_machine_gets_no_key_unless_one_is_named(url: str) -> None:
    assert bound(url).key is None
    assert bound(None, OPENAI_BASE_URL=url, OPENAI_API_KEY="").key is None
    assert key_of(bound(url, name="OTHER")) == "OTHER"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.models.example/v1",
        "http://localhost.models.example/v1",
        "http://0.0.0.0/v1",
        "http://192.168.1.4/v1",
    ],
)
def test_an_address_that_only_looks_local_needs_a_key(url: str) -> None:
    with pytest.raises(SetupError) as caught:
        bound(url)
    assert caught.value.code == "E_KEY"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://models.example",
        "models.example/v1",
        "https://",
        "https://user:sesame@models.example/v1",
        "https://models.example/v1?key=sesame",
        "https://models.example/#sesame",
        "https://models.example/v1 ",
        "https://models.example\\@127.0.0.1/v1",
        "https://models.example:port/v1",
        "https://[::1/v1",
    ],
)
def test_a_base_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SetupError) as caught:
        bound(url, name="OTHER")
    assert caught.value.code == "E_CONFIG"
    assert "sesame" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    "value",
    ["", " ", "sk-sesame\n", "sk-sesame\r\nX-Evil: 1", "sk sesame", "sk-sésame", "sesame\0"],
)
def test_an_unusable_key_is_refused_and_never_shown(value: str) -> None:
    with pytest.raises(SetupError) as caught:
        bound(name="MINE", MINE=value)
    assert caught.value.code == "E_KEY"
    said = f"{caught.value} {caught.value.hint} {caught.value!r}"
    assert "MINE" in said
    assert "sesame" not in said
    assert "sésame" not in said


def test_a_key_that_is_not_set_is_named_in_the_hint() -> None:
    with pytest.raises(SetupError) as caught:
        bind(base_url=None, base_url_from_file=False, api_key_env=None, environ={})
    assert caught.value.code == "E_KEY"
    assert "export OPENAI_API_KEY=" in (caught.value.hint or "")
    with pytest.raises(SetupError, match="MISSING is not set"):
        bound(LOCAL, name="MISSING")


def test_a_secret_shows_its_name_only() -> None:
    secret = Secret("sk-sesame", name="MINE")
    shown = f"{secret} {secret!r} {secret!s} {secret:>30} {[secret]} {Endpoint('u', 'o', secret)}"
    assert "sesame" not in shown
    assert "<Secret MINE>" in shown
    assert not hasattr(secret, "__dict__")


def test_a_secret_is_copied_by_reference_and_never_pickled() -> None:
    secret = Secret("sk-sesame", name="MINE")
    assert copy.deepcopy([secret])[0] is secret
    assert copy.copy(secret) is secret
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(secret, protocol)


def test_a_key_that_is_given_as_the_models_name_is_refused_and_never_shown() -> None:
    with pytest.raises(SetupError) as caught:
        open_model("sk-sesame-0123456789", environ={"HOST_KEY": "sk-sesame-0123456789"})
    assert caught.value.code == "E_CONFIG"
    said = f"{caught.value} {caught.value.hint} {caught.value!r}"
    assert "HOST_KEY" in said
    assert "sesame" not in said
