"""Chat completions through the ``openai`` package, with its retries off and its parsing unused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scriptgen.llm import rungs
from scriptgen.llm.intake import INTAKE
from scriptgen.llm.served import Answer

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from scriptgen.llm.keys import Endpoint, Secret
    from scriptgen.llm.profile import Sending
    from scriptgen.prompt import Prompt


class OpenAIChat:
    """A `scriptgen.llm.served.Transport` to ``endpoint``, for the model ``name``.

    ``openai`` is imported and the client made by the first `open`.
    """

    def __init__(self, name: str, endpoint: Endpoint) -> None:
        self._name = name
        self._endpoint = endpoint
        self._client: AsyncOpenAI | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port of the server."""
        return self._endpoint.origin

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The key, where there is one."""
        return (self._endpoint.key,) if self._endpoint.key else ()

    def open(self) -> AsyncOpenAI:
        """Make the client where there is none yet; it lives in one event loop."""
        if self._client is None:
            from scriptgen.llm.sdk import make_client

            self._client = make_client(self._endpoint)
        return self._client

    async def send(self, prompt: Prompt, sending: Sending) -> Answer:
        """One request, made once; any status is an answer. Raises `Unreached`."""
        import openai

        watched = INTAKE.set(sending.intake)
        try:
            raw = await self.open().chat.completions.with_raw_response.create(
                **self._request(prompt, sending)
            )
            response = raw.http_response
        except openai.APIStatusError as error:
            response = error.response
        finally:
            INTAKE.reset(watched)
        return Answer(response.status_code, dict(response.headers), response.content)

    async def close(self) -> None:
        """Close the connections; harmless when repeated."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _request(self, prompt: Prompt, sending: Sending) -> dict[str, Any]:
        # The SDK looks through messages for files to encode, a third of all a call takes; what
        # stands in the extra body goes into the request as it is.
        return {
            "model": self._name,
            "messages": (),
            "extra_body": {"messages": rungs.messages(prompt, sending.rung)},
            **sending.parameters,
            **rungs.added(prompt, sending.rung),
        }
