"""The value lists as they ship, for tests that look at words."""

from __future__ import annotations

from functools import cache

from coi_desktop import resources
from coi_desktop.models.vocabulary import Vocabulary, parse_vocabulary


@cache
def shipped_vocabulary() -> Vocabulary:
    return Vocabulary(
        parse_vocabulary(
            {file: resources.read_toml(file) for file in resources.find_files("catalogue/values", ".toml")}
        )
    )
