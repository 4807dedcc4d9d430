"""The library that keeps the register."""

from __future__ import annotations

import sqlite3


def sqlite_version() -> str:
    """The version of SQLite in use, "3.51.3"."""
    return sqlite3.sqlite_version
