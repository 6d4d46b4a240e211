"""The weeks before an agency was watched, from Google News by date: they teach its baseline and raise nothing.

asking.py asks day by day and keeps what came; counting.py makes one fact of it. See docs/decisions/2026-11-backfill.md.
"""
