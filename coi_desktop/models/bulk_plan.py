"""One change of many initiatives, worked out before anything is changed: what each field becomes where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.initiative_rules import with_consequences
from coi_desktop.models.records import Record, Value, Values

TAG = "tag"
"""Stands in a line in the place of a field where a tag is put on or taken off."""


class Mixed:
    """Stands for the value of a field in which the chosen records differ."""


MIXED: Final = Mixed()


class BulkEdit(NamedTuple):
    """What is to be done to every chosen initiative: values to set, and tags to put on and take off."""

    values: Values
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()


class Selection(NamedTuple):
    """The chosen initiatives with their tags, as they stood at a revision."""

    revision: int
    records: tuple[Record, ...]
    tags: tuple[Record, ...]


class BulkLine(NamedTuple):
    """One field of one initiative that changes."""

    record_id: str
    title: str
    field_name: str
    before: Value
    after: Value


class BulkPlan(NamedTuple):
    """What a bulk edit does: new values by initiative, tags to make and to drop, and all of it as lines."""

    edit: BulkEdit
    revision: int
    selected: tuple[str, ...]
    changes: Mapping[str, Values]
    new_tags: tuple[tuple[str, str], ...]
    old_tags: tuple[str, ...]
    lines: tuple[BulkLine, ...]

    @property
    def records(self) -> int:
        """How many initiatives change."""
        return len({line.record_id for line in self.lines})


def common_values(records: Sequence[Record], names: Sequence[str]) -> dict[str, Value | Mixed]:
    """For each field the value that all records have, or MIXED."""
    found: dict[str, Value | Mixed] = {}
    for name in names:
        values = {record[name] for record in records}
        found[name] = values.pop() if len(values) == 1 else (MIXED if values else None)
    return found


def plan_bulk(selection: Selection, edit: BulkEdit, day: date, stages: Mapping[str, str]) -> BulkPlan:
    """Work out what ``edit`` changes; a new phase or status brings its date and stage with it.

    ``stages`` gives the stage that each phase suggests.

    Initiatives that get the same values share one mapping, so that they are looked at once when stored.
    """
    changes: dict[str, Values] = {}
    lines: list[BulkLine] = []
    shared: dict[tuple[tuple[str, Value], ...], Values] = {}
    for record in selection.records:
        values = _changed(record, edit.values, day, stages)
        if values:
            changes[record.id] = shared.setdefault(tuple(values.items()), values)
            title = record.text("title")
            lines += [BulkLine(record.id, title, name, record[name], value) for name, value in values.items()]
    new, old, tag_lines = _plan_tags(selection, edit)
    ids = tuple(record.id for record in selection.records)
    return BulkPlan(edit, selection.revision, ids, changes, new, old, (*lines, *tag_lines))


def _changed(record: Record, values: Values, day: date, stages: Mapping[str, str]) -> dict[str, Value]:
    wanted: dict[str, Value] = {}
    for name, value in values.items():
        if record[name] != value:
            wanted |= with_consequences(record, name, value, day, stages)
    # What is set by hand comes before what another field would bring with it.
    wanted |= values
    return {name: value for name, value in wanted.items() if record[name] != value}


def _plan_tags(
    selection: Selection, edit: BulkEdit
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], list[BulkLine]]:
    if not edit.add_tags and not edit.remove_tags:
        return (), (), []
    standing: dict[str, dict[str, Record]] = {}
    for tag in selection.tags:
        standing.setdefault(tag.text("initiative_id"), {})[fold(tag.text("name"))] = tag
    new: list[tuple[str, str]] = []
    old: list[str] = []
    lines: list[BulkLine] = []
    for record in selection.records:
        own, title = standing.get(record.id, {}), record.text("title")
        for name in different(edit.remove_tags):
            standing_tag = own.get(fold(name))
            if standing_tag is not None:
                old.append(standing_tag.id)
                lines.append(BulkLine(record.id, title, TAG, standing_tag.text("name"), None))
        for name in different(edit.add_tags):
            if fold(name) not in own:
                new.append((record.id, clean_line(name)))
                lines.append(BulkLine(record.id, title, TAG, None, clean_line(name)))
    return tuple(new), tuple(old), lines


def different(names: Sequence[str]) -> list[str]:
    """Tags that are the same but for capitals stand there once."""
    return list({fold(name): name for name in reversed(names)}.values())[::-1]


def count_lines(plan: BulkPlan) -> list[tuple[str, int]]:
    """How often each field changes, the most frequent first."""
    counts: dict[str, int] = {}
    for line in plan.lines:
        counts[line.field_name] = counts.get(line.field_name, 0) + 1
    return sorted(counts.items(), key=lambda one: -one[1])


def editable_fields(fields: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields that can sensibly be the same in several initiatives."""
    return tuple(field for field in fields if field.shown and field.name not in _OWN_TO_EACH)


_OWN_TO_EACH = frozenset(("number", "title", "external_id", "external_source", "journal_number"))
