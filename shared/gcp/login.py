"""The login of whoever sits at this computer, for commands that ask Google as a person."""

from __future__ import annotations

import google.auth
from google.auth.transport.requests import Request

from shared.gcp.clients import signed_in


def login(project: str) -> dict[str, str]:
    """Headers with a token of `gcloud auth application-default login`, or of this computer's account; it holds about an hour.

    The project is named too: Google counts a person's requests for it. Raises Retryable where nobody is logged in.
    """
    with signed_in():
        credentials, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/cloud-platform"])
        credentials.refresh(Request())  # type: ignore[no-untyped-call]
    return {"Authorization": f"Bearer {credentials.token}", "x-goog-user-project": project}
