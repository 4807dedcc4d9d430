"""Lasting names of records: random UUIDs, and the short prefixes people type."""

from __future__ import annotations

import os
import re

SHORTEST_PREFIX = 8

# RFC 9562, 5.4: the 13th digit says version 4, two bits of the 17th the variant. Importing uuid for this
# costs a start 5 ms.
_VARIANTS = "89ab"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def new_id() -> str:
    """A new random UUID in its usual lower-case form."""
    return _as_uuid(os.urandom(16).hex())


def new_ids(count: int) -> list[str]:
    """So many new random UUIDs; the system is asked once for what is random in them all."""
    digits = os.urandom(16 * count).hex()
    return [_as_uuid(digits[start : start + 32]) for start in range(0, 32 * count, 32)]


def _as_uuid(digits: str) -> str:
    """The UUID made of 32 random hexadecimal digits."""
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in its usual lower-case form."""
    return _UUID.fullmatch(text) is not None
