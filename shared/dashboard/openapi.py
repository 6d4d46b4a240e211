"""The description of the API, made from the structs that it hands out, so that the two cannot differ."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from shared.dashboard.query import KINDS, TONES
from shared.dashboard.results import Found
from shared.views import AlertsView, IssueView, Overview, SourcesView

VERSION: Final = "1"
RECORDS: Final = {
    "/api/v1/overview": (Overview, "Every agency: level, reason, counts, curve, strongest issues"),
    "/api/v1/alerts": (AlertsView, "The newest hundred alerts with their lives so far"),
    "/api/v1/sources": (SourcesView, "Health of all sources"),
    "/api/v1/issues/{issue}": (IssueView, "One issue with its items and transitions"),
    "/api/v1/mentions": (Found, "Search through the hours that are over, the newest first, at most 72 documents a request"),
}
_ISSUE: Final[dict[str, Any]] = {"name": "issue", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 80}}
_TEXT: Final[dict[str, Any]] = {"type": "string", "maxLength": 200}
_DAY: Final[dict[str, Any]] = {"type": "string", "format": "date"}
_SEARCH: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "q": (_TEXT, "Words that must all occur; phrases in quotes"),
    "nada": ({"type": "string", "enum": list(TONES)}, "Tone"),
    "media": (_TEXT, "Part of the outlet's name"),
    "isu": ({"type": "string", "maxLength": 80}, "Id of an issue"),
    "jenis": ({"type": "string", "enum": list(KINDS)}, "Kind"),
    "dari": (_DAY, "First day, local"),
    "sampai": (_DAY, "Last day, local"),
    "sebelum": ({"type": "integer", "minimum": 0}, "Only hours before this one: `older` of the answer before"),
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    kinds = [kind for kind, _ in RECORDS.values()]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    paths = {
        path: {"get": _operation(path, summary, schema)}
        for (path, (_, summary)), schema in zip(RECORDS.items(), schemas, strict=True)
    }
    error = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kentongan",
            "version": VERSION,
            "description": "The views of the dashboard as JSON, read only. Times are seconds since 1970. Fields are only added.",
        },
        "paths": paths,
        "components": {"schemas": {**components, "Error": error}},
    }


def _operation(path: str, summary: str, schema: dict[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [_ISSUE] if "{issue}" in path else []
    if path.endswith("/mentions"):
        parameters = [_asked(name, kind, text) for name, (kind, text) in _SEARCH.items()]
    errors = {"403": "No permission", "404": "Nothing there", "429": "Too many requests", "503": "The store does not answer"}
    failed = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The view", "content": {"application/json": {"schema": schema}}},
            **{code: {"description": text, "content": failed} for code, text in errors.items()},
        },
    }


def _asked(name: str, kind: dict[str, Any], text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": kind, "description": text}
