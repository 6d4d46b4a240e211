"""Gemini on Vertex AI, for second opinions. Why it is google-genai that does it: docs/decisions/2026-11-google-genai.md.

The package is imported, and the client made, for the first question: no start pays for it. What is asked, and when an answer is
believed, is the matter of shared/opinions.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from shared.opinions import SCHEMA, Prompt, Reply, Unanswered
from shared.settings import Settings
from shared.tls import trusted

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.genai import Client
    from google.genai.types import GenerateContentConfig, GenerateContentResponse

BUSY: Final = frozenset({429, 503})  # come back later: nothing was done and nothing is to be paid
LONGEST_CALL: Final = 25.0  # seconds
FIRST_PAUSE: Final = 0.5  # seconds after a refusal, doubling
LONGEST_PAUSE: Final = 8.0


class Gemini:
    """A model of Gemini."""

    def __init__(
        self, settings: Settings, sleep: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`sleep` and `clock` count seconds."""
        self.name = settings.gemini_model
        self._settings = settings
        self._sleep, self._clock = sleep, clock

    def reply(self, prompt: Prompt, seconds: float) -> Reply:
        """Its answer within so many seconds, refusals for now being waited out; raises Unanswered."""
        until, pause = self._clock() + seconds, FIRST_PAUSE
        while True:
            try:
                return self._once(prompt, min(LONGEST_CALL, until - self._clock()))
            except Unanswered as error:
                if not error.busy or self._clock() + 2 * pause >= until:
                    raise
            self._sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)

    def _once(self, prompt: Prompt, seconds: float) -> Reply:
        import httpx2
        from google.auth.exceptions import GoogleAuthError
        from google.genai import errors

        try:
            config = _config(prompt, seconds)
            return _reply(self._client.models.generate_content(model=self.name, contents=prompt.items, config=config))
        except errors.APIError as error:
            busy = error.code in BUSY
            raise Unanswered(
                f"HTTP {error.code} {error.status or ''}".strip(), busy=busy, paid=error.code >= 500 and not busy
            ) from error
        except httpx2.TimeoutException as error:  # perhaps it went on thinking, and that costs
            raise Unanswered("no answer in time", paid=True) from error
        except httpx2.HTTPError as error:
            raise Unanswered(f"no connection: {type(error).__name__}", paid=True) from error
        except GoogleAuthError as error:
            raise Unanswered(f"no token: {type(error).__name__}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # google-genai reads what comes without a second look
            raise Unanswered(f"not understood: {type(error).__name__}", paid=True) from error

    @cached_property
    def _client(self) -> Client:
        from google import genai
        from google.genai.types import HttpOptions

        return genai.Client(
            vertexai=True,
            project=self._settings.project or "local",
            location=self._settings.gemini_location,
            credentials=self._credentials(),
            http_options=HttpOptions(
                base_url=self._settings.gemini_url or None,
                api_version="v1",
                client_args={"verify": trusted(), "trust_env": False},
            ),
        )

    def _credentials(self) -> Credentials | None:
        """None leaves it to the function's own account; a stand-in on this computer takes any token."""
        from google.oauth2.credentials import Credentials as Given

        if self._settings.backend == "gcp" and not self._settings.emulated:
            return None
        return Given(token="owner")  # type: ignore[no-untyped-call]  # noqa: S106 - what emulators are told, no secret


def _config(prompt: Prompt, seconds: float) -> GenerateContentConfig:
    from google.genai.types import GenerateContentConfig, HttpOptions

    return GenerateContentConfig(
        system_instruction=prompt.instruction,
        response_mime_type="application/json",
        response_schema=SCHEMA,
        max_output_tokens=prompt.most_output,
        candidate_count=1,
        http_options=HttpOptions(timeout=round(1000 * seconds)),
    )


def _reply(response: GenerateContentResponse) -> Reply:
    """The first candidate's text; where there is none, because a filter held it back, an empty one that is not complete."""
    from google.genai.types import FinishReason

    used = response.usage_metadata
    tokens = (used.total_token_count or 0) if used else 0
    candidate = response.candidates[0] if response.candidates else None
    parts = candidate.content.parts if candidate and candidate.content else None
    text = "".join(part.text or "" for part in parts or () if not part.thought)
    return Reply(text, bool(candidate and candidate.finish_reason == FinishReason.STOP), max(0, tokens))
