"""Whether what comes from elsewhere names a person who was erased, told by the register's hashed list."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.erasure_list import ErasureList
from coi_desktop.store.reader import Reader


def erased_names(register: Reader) -> Callable[[str], bool]:
    """What tells of a text whether it names somebody who was erased from the register."""
    keys = register.erased_keys()
    return ErasureList(keys).mentions().is_in if keys else lambda _text: False
