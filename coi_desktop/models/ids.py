"""Lasting names of records: random UUIDs, and the short prefixes people type."""

from __future__ import annotations

import re
import uuid

SHORTEST_PREFIX = 8

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A new random UUID in its usual lower-case form."""
    return str(uuid.uuid4())


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in its usual lower-case form."""
    return _UUID.fullmatch(text) is not None
