"""Keys, and the one server each may go to.

``OPENAI_API_KEY`` belongs to ``OPENAI_BASE_URL`` or api.openai.com. To a server named in another
way a key goes only if its variable is named too. A server on this machine needs none.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Self, SupportsIndex
from urllib.parse import quote, quote_plus, urlsplit

from scriptgen.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENAI_URL = "https://api.openai.com/v1"
_PRINTABLE = re.compile(r"[!-~]+")
_URL_CHARACTERS = re.compile(r"https?://[A-Za-z0-9._~:/%\[\]-]+")
_LONG_ENOUGH = 8
_SURE = 12
_KEY_NAMES = ("KEY", "TOKEN", "SECRET", "PASSWORD")


class Secret:
    """A value that is used and never shown; ``name`` is the variable it came from.

    Raises ``ValueError`` for an empty value.
    """

    __slots__ = ("_forms", "_pieces", "_value", "name")

    def __init__(self, value: str, *, name: str) -> None:
        if not value:
            raise ValueError(f"{name} is empty")
        self._value = value
        self._forms: tuple[str, ...] | None = None
        self._pieces: frozenset[str] | None = None
        self.name = name

    def reveal(self) -> str:
        """The value itself, for the header of a request."""
        return self._value

    def forms(self) -> tuple[str, ...]:
        """How the value may show up in text: plain, base64 and URL-encoded, the longest first.

        Compare without regard to case: URL encoding allows both, and some servers fold it.
        """
        if self._forms is None:
            self._forms = tuple(sorted(_forms(self._value), key=len, reverse=True))
        return self._forms

    def pieces(self) -> frozenset[str]:
        """All runs of eight characters in `forms`, in lower case: enough to tell a part by."""
        if self._pieces is None:
            self._pieces = frozenset(
                form[i : i + _LONG_ENOUGH].lower()
                for form in self.forms()
                for i in range(len(form) - _LONG_ENOUGH + 1)
            )
        return self._pieces

    def __repr__(self) -> str:
        return f"<Secret {self.name}>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret cannot be pickled")


def _forms(value: str) -> set[str]:
    forms = {value, quote(value, safe=""), quote_plus(value)}
    for before in range(3):
        # Base64 cuts its input into threes, so what stands before the key decides its letters.
        coded = base64.b64encode(b"\0" * before + value.encode()).decode()
        whole = coded[(before * 8 + 5) // 6 : (before + len(value)) * 8 // 6]
        if len(whole) >= _LONG_ENOUGH:
            forms |= {whole, whole.replace("+", "-").replace("/", "_")}
    return forms


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server: ``base_url`` without a slash at its end, its ``origin``, and the key bound to it.

    ``key`` is ``None`` where the server gets none.
    """

    base_url: str
    origin: str
    key: Secret | None

    @property
    def host(self) -> str:
        """The host's name or address, in lower case."""
        return urlsplit(self.base_url).hostname or ""


def bind(
    *,
    base_url: str | None,
    base_url_from_file: bool,
    api_key_env: str | None,
    environ: Mapping[str, str],
) -> Endpoint:
    """The server to call and the key it may have.

    ``base_url``: as given by a flag or a file, ``None`` where neither did; ``base_url_from_file``:
    that URL, or ``OPENAI_BASE_URL`` itself, was read from a file; ``api_key_env``: the variable
    that holds the key, ``None`` where the user named none. Raises `SetupError`: ``E_CONFIG`` for a
    URL that cannot be used, ``E_KEY`` where a key is missing, unusable or not bound to the server.
    """
    named = base_url is not None or base_url_from_file
    url = base_url or environ.get("OPENAI_BASE_URL") or OPENAI_URL
    origin, local = _origin(url)
    if api_key_env is not None:
        key = _read_key(api_key_env, environ, origin)
    elif local and (named or not environ.get("OPENAI_API_KEY")):
        key = None
    elif named:
        raise SetupError(
            "E_KEY",
            "no key is bound to this server, and OPENAI_API_KEY is not sent to it unasked",
            where=origin,
            hint="name the variable that holds its key: --api-key-env NAME"
            " (any word in it will do where the server asks for none)",
        )
    else:
        key = _read_key("OPENAI_API_KEY", environ, origin)
    return Endpoint(url.rstrip("/"), origin, key)


def fault_of(value: str) -> str | None:
    """What makes ``value`` no key that can be sent, ``None`` where nothing does."""
    if _PRINTABLE.fullmatch(value):
        return None
    return "is empty or holds a blank, a line end or a character outside ASCII"


def key_named(text: str, environ: Mapping[str, str]) -> str | None:
    """The variable of which ``text`` is the value, if its name says that it holds a key."""
    telling = (name for name, value in environ.items() if value == text and len(value) >= _SURE)
    return next((name for name in telling if name.upper().endswith(_KEY_NAMES)), None)


def _origin(url: str) -> tuple[str, bool]:
    hint = "give it as --base-url https://host/v1, without user, query or blanks"
    try:
        parts = urlsplit(url) if _URL_CHARACTERS.fullmatch(url) else None
        host = parts.hostname if parts else None
        port = parts.port if parts else None
    except ValueError:
        parts = host = port = None
    # The URL itself stays unsaid: a password may stand in it.
    if not url.lower().startswith(("http://", "https://")):
        raise SetupError(
            "E_CONFIG",
            "the base URL does not begin with http:// or https://",
            hint="write it in full, such as http://127.0.0.1:11434/v1 or https://host/v1",
        )
    if parts is None or not host:
        raise SetupError("E_CONFIG", "the base URL cannot be used", hint=hint)
    shown = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
    return origin, _is_local(host)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_key(name: str, environ: Mapping[str, str], origin: str) -> Secret:
    value = environ.get(name)
    if value is None:
        raise SetupError(
            "E_KEY",
            f"{name} is not set",
            where=origin,
            hint=f"export {name}=... or leave the model out: the offline writer needs no key",
        )
    if fault := fault_of(value):
        raise SetupError(
            "E_KEY",
            f"{name} {fault}",
            where=origin,
            hint=f"set {name} anew, to the key alone",
        )
    return Secret(value, name=name)
