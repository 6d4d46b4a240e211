"""Feeds for tests, all invented."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
DATE = "<pubDate>Mon, 06 Oct 2025 10:05:00 +0700</pubDate>"
AT = 1_759_719_900  # of DATE


def item(number: int, title: str = "Warga Sagara keluhkan air keruh", date: str = DATE, extra: str = "") -> str:
    """An RSS item; its title ends with its number."""
    return (
        f"<item><title>{title} {number}</title><link>https://kabarsagara.example/berita/{number}</link>"
        f"<guid isPermaLink='false'>kabar-{number}</guid>{date}"
        f"<description><![CDATA[<p>Air di <b>Lembah Angin</b> keruh &amp; bau.</p>]]></description>{extra}</item>"
    )


def rss(*items: str, head: str = HEAD, tail: str = "</channel></rss>") -> str:
    """An RSS document."""
    return f"{head}<rss version='2.0'><channel><title>Kabar Sagara</title>{''.join(items)}{tail}"
