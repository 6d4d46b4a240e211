"""Embedded back end: everything on this computer, in SQLite files."""
