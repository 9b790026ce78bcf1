"""The lowest layer: HTTP over aiohttp, to one origin, with the headers we chose.

It stands under the SDK in place of the SDK's own aiohttp transport, because everything above it
logs and quotes what it sees: the key is added here and taken out of what comes back here, so that
neither ``openai`` nor ``httpx2`` ever holds it. Nothing of the environment is trusted (no proxy,
no ``.netrc``), no cookie is kept and no redirect followed.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakSet

import aiohttp
import httpx2
from yarl import URL

from scriptgen import __version__
from scriptgen.errors import ProviderError, SetupError
from scriptgen.llm.intake import INTAKE, kept
from scriptgen.llm.quoting import quote
from scriptgen.llm.served import Unreached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ssl import SSLContext

    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    from scriptgen.llm.keys import Endpoint

LARGEST_BODY = 16 * 2**20
CONNECT_SECONDS = 15.0
KEEP_ALIVE_SECONDS = 4.0
"""Under the 5 seconds after which uvicorn and llama.cpp close an idle connection themselves."""

LOOK_SECONDS = 1.0
"""How often a connection is looked at while its body is awaited."""

_PASSED_ON = ("x-stainless-retry-count",)
_TAKEN = ("content-type", "date", "retry-after", "retry-after-ms", "x-request-id", "x-should-retry")
_PAID = range(200, 300)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


class Wire(httpx2.AsyncBaseTransport):
    """An ``httpx2`` transport that reaches ``endpoint`` and nothing else.

    Bodies come back whole and decompressed, at most 16 MiB of them; one that says it is paid for is
    shown to `INTAKE` as it comes, and ends where the stream says so. Raises `Unreached` where no
    whole answer came, which passes through the SDK as it is.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._place = _place(endpoint.base_url)
        self._secrets = (endpoint.key,) if endpoint.key else ()
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` with our headers; gives the whole answer."""
        if _place(str(request.url)) != self._place:
            raise SetupError(
                "E_CONFIG",
                "a request was on its way to another server and was stopped",
                where=self._endpoint.origin,
            )
        if self._session is None or self._loop is not asyncio.get_running_loop():
            # Sockets of a loop that has ended cannot be closed any more, only let go.
            self._session, self._loop = self._open(), asyncio.get_running_loop()
        body = await request.aread()
        try:
            async with self._session.post(
                URL(str(request.url), encoded=True),
                headers=self._headers(request),
                data=body,
                allow_redirects=False,
            ) as response:
                with _told_of_loss(response):
                    received = kept(await self._receive(response), self._secrets)
                status, headers = response.status, response.headers
        except asyncio.CancelledError as cancelled:
            # The frames below hold the header with the key, and some tools print variables.
            raise cancelled.with_traceback(None)  # noqa: B904 - it is the same one
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = self._unreached(error)
        else:
            if received is None:
                raise self._leaking()
            return httpx2.Response(
                status,
                headers={
                    name: quote(headers[name], self._secrets).encode("ascii", "replace").decode()
                    for name in _TAKEN
                    if name in headers
                },
                content=received,
                request=request,
            )
        raise failure

    async def aclose(self) -> None:
        """Close the connections; harmless when repeated."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        secure = self._endpoint.base_url.startswith("https:")
        return aiohttp.ClientSession(
            connector=_Connector(
                keepalive_timeout=KEEP_ALIVE_SECONDS,
                ssl=httpx2.create_ssl_context(trust_env=False) if secure else True,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            trust_env=False,
        )

    def _headers(self, request: httpx2.Request) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": f"scriptgen/{__version__}",
        }
        headers |= {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key.reveal()}"
        return headers

    async def _receive(self, response: aiohttp.ClientResponse) -> bytes:
        received = bytearray()
        intake = INTAKE.get() if response.status in _PAID else None
        async for chunk in response.content.iter_any():
            received += chunk
            if intake is not None:
                intake.take(chunk)
                if intake.whole:
                    # Some servers keep the connection open after the end mark.
                    break
            if len(received) > LARGEST_BODY:
                raise aiohttp.ClientPayloadError(f"the body is larger than {LARGEST_BODY} bytes")
        return bytes(received)

    def _leaking(self) -> Unreached:
        return Unreached(
            ProviderError(
                "E_PROTOCOL",
                "the reply repeats the key it was asked with, and was not kept",
                where=self._endpoint.origin,
                hint="look into that server before it gets a key again, and change this one",
            ),
            sent=True,
        )

    def _unreached(self, error: Exception) -> Unreached:
        sent = not isinstance(error, _BEFORE_SENDING)
        what = "the connection broke" if sent else "the server cannot be reached"
        detail = quote(str(error) or type(error).__name__, self._secrets)
        return Unreached(
            ProviderError(
                "E_CONNECT",
                f"{what}: {detail}",
                where=self._endpoint.origin,
                hint=f"check that a server answers at {self._endpoint.origin}",
            ),
            sent=sent,
        )


class _Connector(aiohttp.TCPConnector):
    """Closes a kept connection on which the server spoke without being asked.

    aiohttp 3.14 would take what it said for the answer to the next request: a 408 that ends an idle
    connection, or the reply to another essay.
    """

    def __init__(self, *, keepalive_timeout: float, ssl: SSLContext | bool) -> None:
        # Who calls decides how many at once; a second limit here would eat deadlines.
        super().__init__(limit=0, keepalive_timeout=keepalive_timeout, ssl=ssl)
        self._known: WeakSet[ResponseHandler] = WeakSet()

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own name for it
    ) -> Connection:
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol = connection.protocol
            if protocol is None or protocol not in self._known or not protocol.should_close:
                break
            connection.close()
        if protocol is not None:
            self._known.add(protocol)
        return connection


@contextmanager
def _told_of_loss(response: aiohttp.ClientResponse) -> Iterator[None]:
    """Break off the awaiting of a body whose connection is gone.

    At a chunk that it cannot read aiohttp 3.14 closes the connection and lets the body wait on.
    """
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle

    def look() -> None:
        nonlocal timer
        connection = response.connection
        if connection is not None and connection.transport is None:
            lost = aiohttp.ClientPayloadError("the connection was lost before the body's end")
            response.content.set_exception(lost)
        else:
            timer = loop.call_later(LOOK_SECONDS, look)

    timer = loop.call_later(LOOK_SECONDS, look)
    try:
        yield
    finally:
        timer.cancel()


def _place(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
