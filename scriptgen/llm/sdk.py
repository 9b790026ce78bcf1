"""The ``openai`` client, deaf to its environment.

Importing this imports ``openai``, which takes most of a second: only a model's first call does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import openai

from scriptgen.llm.wire import Wire

if TYPE_CHECKING:
    from scriptgen.llm.keys import Endpoint

_STANDS_FOR_A_KEY = "the-key-is-added-by-the-wire"


class _DeafClient(openai.AsyncOpenAI):
    """Without the organisation, project and custom headers that variables may hold.

    `Wire` would not send them, but one outside ASCII already fails while a request is built.
    """

    @property
    def default_headers(self) -> dict[str, str | openai.Omit]:
        return {"Accept": "application/json", "Content-Type": "application/json"}


def make_client(endpoint: Endpoint) -> openai.AsyncOpenAI:
    """A client for ``endpoint`` that tries once, follows nothing and knows no key."""
    return _DeafClient(
        api_key=_STANDS_FOR_A_KEY,
        base_url=endpoint.base_url,
        max_retries=0,
        # The caller bounds the whole attempt; the SDK's timeout would only bound each read.
        timeout=None,
        http_client=httpx2.AsyncClient(
            transport=Wire(endpoint), trust_env=False, follow_redirects=False
        ),
    )
