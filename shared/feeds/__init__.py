"""Feeds out: alerts and issues for other systems, as Atom and JSON Feed, and siaga and awas as CAP 1.2 (docs/feeds.md). Pure."""
