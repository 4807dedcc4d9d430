"""The tags of the register: how often each is used, and renaming, merging or removing one everywhere."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import clean_line, fold, sort_key
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

RENAME = Op("tag.rename", N_("Rename tag"))
REMOVE = Op("tag.remove", N_("Remove tag"))


class TagUse(NamedTuple):
    """A tag, and how many initiatives have it."""

    name: str
    used: int


def find_tags(register: Register) -> tuple[TagUse, ...]:
    """All tags in Danish order, each once however its capitals are, as it is written most often."""
    spellings: dict[str, Counter[str]] = {}
    for name, used in register.count_by("tag", "name").items():
        spellings.setdefault(fold(name), Counter())[name] = used
    found = [TagUse(names.most_common(1)[0][0], names.total()) for names in spellings.values()]
    return tuple(sorted(found, key=lambda one: sort_key(one.name)))


def rename_tag(register: Register, name: str, new_name: str, *, source: str = "") -> int:
    """Call a tag otherwise wherever it is used, whatever its capitals, in one step; how often that was.

    Where an initiative has a tag of the new name already, the two become one. Problem ``no_name`` and
    ``too_long``.
    """
    new_name = clean_line(new_name)
    limit = record_type("tag").field("name").limit
    if not new_name or len(new_name) > limit:
        raise Problem(
            _("A tag has a name of 1 to {limit} letters.").format(limit=limit),
            meaning=_("Nothing was changed."),
            advice=_("Write a shorter name.") if new_name else _("Write a name."),
            code="too_long" if new_name else "no_name",
        )
    found = register.find(Query("tag", conditions=(Condition("name", Test.IS, name),)))
    if not found:
        return 0

    def change(writer: Writer) -> None:
        for tag in found:
            owner = tag.text("initiative_id")
            others = [
                writer.get("tag", tag_id)
                for tag_id in writer.find_child_ids("tag", owner)
                if tag_id != tag.id
            ]
            if any(fold(other.text("name")) == fold(new_name) for other in others):
                writer.drop("tag", tag.id)
            else:
                writer.change("tag", tag.id, {"name": new_name})

    register.transact(RENAME, change, source=source, detail=name)
    return len(found)


def remove_tag(register: Register, name: str, *, source: str = "") -> int:
    """Take a tag off wherever it is used, in one step; how many initiatives had it."""
    found = register.find(Query("tag", conditions=(Condition("name", Test.IS, name),)))

    def change(writer: Writer) -> None:
        for tag in found:
            writer.drop("tag", tag.id)

    if found:
        register.transact(REMOVE, change, source=source, detail=name)
    return len(found)
