"""The dashboard: read-only pages over the views that detect prepared, at most three document reads a page."""

from shared.dashboard.app import create_app

__all__ = ["create_app"]
