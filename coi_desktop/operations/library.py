"""What the program knows from its resources: words of value lists, guides. Read when first asked for."""

from __future__ import annotations

from functools import cache

from coi_desktop import resources
from coi_desktop.models.vocabulary import Lists, Vocabulary, parse_vocabulary

VALUES = "catalogue/values"

#: The lists a first window needs; the others are read when one of them is asked for.
FIRST_VALUES = f"{VALUES}/initiative.toml"


@cache
def vocabulary() -> Vocabulary:
    """All value lists; the ones of initiatives at once, the others when first asked for."""
    return Vocabulary(parse_vocabulary({FIRST_VALUES: resources.read_toml(FIRST_VALUES)}), _other_values)


def _other_values() -> Lists:
    files = [file for file in resources.find_files(VALUES, ".toml") if file != FIRST_VALUES]
    return parse_vocabulary({file: resources.read_toml(file) for file in files})
