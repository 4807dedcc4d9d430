"""The list of erased persons: keyed hashes, so that an older copy can be cleaned and nobody reads a name.

Whoever holds the list can test a name against it, but cannot read one from it. Each register has a salt of
its own; entries of several lists stand together, each with the salt it was made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from coi_desktop.models.person_mentions import Keys, Mentions

_FILE_MARK = "f:"
_HASH_LENGTH = 64
_LONGEST_SALT = 64


class ErasedKey(NamedTuple):
    """One key of an erased person or file: when it was erased (ISO 8601), with which salt (hexadecimal), how
    many words it has (0: a telephone number or a file), one byte of its first word's hash (-1: none), and its
    hash (hexadecimal).

    The byte spares the hashing of nearly every word of a register; it says no more of a name than that one in
    256 has it.
    """

    at: str
    salt: str
    words: int
    first: int
    hash: str


class ErasureList:
    """All keys that must not come back."""

    def __init__(self, keys: Iterable[ErasedKey]) -> None:
        self.keys = tuple(dict.fromkeys(keys))
        self._by_salt: dict[str, set[str]] = {}
        self._firsts: dict[str, set[int]] = {}
        for key in self.keys:
            self._by_salt.setdefault(key.salt, set()).add(key.hash)
            if key.words:
                self._firsts.setdefault(key.salt, set()).add(key.first)

    def holds(self, marked: str) -> bool:
        """Whether a marked key was erased."""
        return any(hash_key(salt, marked) in hashes for salt, hashes in self._by_salt.items())

    def holds_file(self, sha256: str) -> bool:
        """Whether a file was erased, by the checksum of its bytes."""
        return self.holds(_FILE_MARK + sha256)

    def mentions(self) -> Mentions:
        """What finds the erased persons in texts."""
        return Mentions({key.words for key in self.keys if key.words}, self.holds, self._may_begin)

    def _may_begin(self, word: str) -> bool:
        return any(_first_byte(salt, word) in firsts for salt, firsts in self._firsts.items())


def hash_keys(keys: Keys, files: Iterable[str], salt: str, at: str) -> tuple[ErasedKey, ...]:
    """What is remembered of an erased person with these keys, and of the erased files (their SHA-256)."""
    made = []
    for marked in keys.marked():
        mark, parts = marked[0], marked[2:].split(" ")
        count, first = (0, -1) if mark == "t" else (len(parts), _first_byte(salt, parts[0]))
        made.append(ErasedKey(at, salt, count, first, hash_key(salt, marked)))
    made += [ErasedKey(at, salt, 0, -1, hash_key(salt, _FILE_MARK + sha256)) for sha256 in files]
    return tuple(made)


def _first_byte(salt: str, word: str) -> int:
    return int(hash_key(salt, f"p:{word}")[:2], 16)


def hash_key(salt: str, marked: str) -> str:
    """The keyed hash (BLAKE2b with the salt as its key) of a marked key, in hexadecimal."""
    from hashlib import blake2b  # loads OpenSSL, which the first window does not need

    return blake2b(marked.encode(), digest_size=_HASH_LENGTH // 2, key=bytes.fromhex(salt)).hexdigest()


def keys_to_plain(keys: Iterable[ErasedKey]) -> dict[str, Any]:
    """The list as it is written to a file."""
    return {"format": 1, "erased": [key._asdict() for key in keys]}


def keys_from_plain(plain: object) -> tuple[ErasedKey, ...]:
    """The list as read from a file; ValueError when it is not as we write it."""
    entries = plain.get("erased") if isinstance(plain, Mapping) and plain.get("format") == 1 else None
    if not isinstance(entries, list):
        raise ValueError("not a list of erased persons")
    return tuple(_key(entry) for entry in entries)


def _key(entry: object) -> ErasedKey:
    if not isinstance(entry, Mapping) or set(entry) != set(ErasedKey._fields):
        raise ValueError("not an erased person")
    key = ErasedKey(**entry)
    if any(type(part) is not kind for part, kind in zip(key, (str, str, int, int, str), strict=True)):
        raise ValueError("not an erased person")
    if not 0 < len(bytes.fromhex(key.salt)) <= _LONGEST_SALT:
        raise ValueError("not an erased person")
    return key
