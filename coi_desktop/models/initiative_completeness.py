"""Which facts of an initiative are filled in of those worth having at its stage: shown, never demanded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from coi_desktop.models.completeness import Completeness
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Record
from coi_desktop.models.strict_tables import CatalogueError
from coi_desktop.models.vocabulary import Vocabulary

FILE = "catalogue/completeness.toml"

#: A stop is no step on the way.
_STOPPED = "stopped"

Wanted = Mapping[str, tuple[str, ...]]


def parse_wanted(tables: Mapping[str, Any], fields: Sequence[FieldSpec], words: Vocabulary) -> Wanted:
    """The fields wanted at each stage (by key), those of the stages before it among them, in reading order.

    Raises CatalogueError, naming the place, for a stage that is missing or unknown and for what is no field.
    """
    stages = words.keys("stage")
    if tuple(tables) != stages:
        raise CatalogueError(f"{FILE}: the stages must be {', '.join(stages)}, in this order")
    known = {field.name for field in fields}
    wanted: dict[str, tuple[str, ...]] = {}
    so_far: tuple[str, ...] = ()
    for stage, names in tables.items():
        if not isinstance(names, list) or not known.issuperset(names):
            raise CatalogueError(f"{FILE}: {stage}: names of fields of the initiative were expected")
        base = wanted[stages[0]] if stage == _STOPPED else so_far
        so_far = tuple(dict.fromkeys((*base, *names)))
        wanted[stage] = so_far
    return MappingProxyType(wanted)


def completeness_of(record: Record, wanted: Wanted) -> tuple[Completeness, tuple[str, ...]]:
    """How many of the wanted facts are filled in, and the names of those that are not, in reading order.

    An initiative without a stage is taken for an idea.
    """
    names = wanted.get(record.text("stage")) or next(iter(wanted.values()))
    missing = tuple(name for name in names if record[name] is None)
    return Completeness(len(names) - len(missing), len(names)), missing
