"""Connectors, one a file, and the table that names them."""

from typing import Final

from shared.sources.contract import Connector
from shared.sources.rss import ask as ask_rss

SOURCES: Final[dict[str, Connector]] = {"rss": ask_rss}  # by SourceConfig.kind
