"""What another edition of the register has that this one has not: three-way, nothing decided unasked.

Both editions have the same history up to a common revision. For every field there is what it held then
(``base``), what it holds here and what it holds there. Only what was done there since counts; where the same
field was changed here as well, or its record was removed here, somebody has to choose. What was removed there
stays here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from coi_desktop.models.edited_rows import EditedRow, EditedRows
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Value
from coi_desktop.models.removals import references
from coi_desktop.models.return_plan import CellChange, Difference, ReturnDecisions

Place = tuple[str, str]

#: What a decision about a record that was removed here goes by, in the place of a field's name.
WHOLE = ""

#: Never compared: what each edition writes by itself.
_NOT_COMPARED = frozenset(("number", "created", "updated"))

#: What a record goes by where both may have made it, each with an id of its own.
_GOES_BY: Mapping[str, tuple[str, ...]] = {
    "phase": ("key",),
    "person": ("name",),
    "view": ("name",),
    "rate_set": ("key",),
    "rate_band": ("rate_set_id", "from_year"),
    "choice_value": ("list", "key"),
    "tag": ("initiative_id", "name"),
    "initiative_link": ("initiative_id", "kind", "other_id"),
    "not_duplicate": ("initiative_id", "other_id"),
    "attachment": ("initiative_id", "sha256", "title"),
    "import_source": ("initiative_id", "source", "external_id"),
    "import_layout": ("fingerprint",),
}


class Edition(Protocol):
    """One of the two editions, as far as it is asked."""

    def find(self, place: Place) -> Record | None:
        """The record that stands there now, or None."""

    def find_like(self, type_name: str, values: Mapping[str, Value]) -> Record | None:
        """A record of a type with these values, or None."""

    def removed_root(self, place: Place) -> Place | None:
        """What was removed here and took this record with it, the outermost; None when it never was here."""


class EditionRow(NamedTuple):
    """What is brought over to one record: ``values`` of one that is only there, else the ``changes``.

    ``root`` is the removed record that has to come back first, ``source_id`` the id that it has there.
    """

    type_name: str
    record_id: str
    source_id: str
    values: Mapping[str, Value] | None
    changes: tuple[CellChange, ...] = ()
    root: Place | None = None

    @property
    def is_new(self) -> bool:
        """Whether the record is only there."""
        return self.values is not None


class EditionPlan(NamedTuple):
    """``rows`` in the order in which they can be taken in; ``roots`` are records that were removed here and
    worked on there; ``kept`` counts those that were removed there and stay here.
    """

    rows: tuple[EditionRow, ...]
    roots: tuple[Place, ...] = ()
    kept: int = 0
    lost: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to bring over or to choose."""
        return not self.rows

    def count(self, difference: Difference) -> int:
        """How many fields of records that are here differ in this way; a removed record is one conflict."""
        found = sum(one.difference is difference for row in self.standing for one in row.changes)
        return found + len(self.roots) if difference is Difference.CONFLICT else found

    @property
    def standing(self) -> tuple[EditionRow, ...]:
        """The rows that wait for no removed record."""
        return tuple(row for row in self.rows if row.root is None)

    @property
    def new_rows(self) -> tuple[EditionRow, ...]:
        """The records that are only there and can be taken in at once."""
        return tuple(row for row in self.standing if row.is_new)

    def decided(self, *, copy: bool) -> dict[tuple[str, str], bool]:
        """All conflicts decided alike: for the other edition, or for what stands here."""
        fields = {
            (row.record_id, one.field.name): copy
            for row in self.standing
            for one in row.changes
            if one.difference is Difference.CONFLICT
        }
        return fields | {(root[1], WHOLE): copy for root in self.roots}


def is_taken(row: EditionRow, change: CellChange | None, decisions: ReturnDecisions) -> bool:
    """Whether a new record (``change`` is None) or a changed field is brought over.

    With a removed record that comes back, all that was done to it there comes along.
    """
    if row.root is not None:
        return decisions.conflicts.get((row.root[1], WHOLE), False)
    return change is None or decisions.takes(row.record_id, change)


def plan_edition(done_there: EditedRows, done_here: EditedRows, there: Edition, here: Edition) -> EditionPlan:
    """What is to be brought over from the edition ``there``.

    ``done_there`` and ``done_here`` are what became of rows since the common revision.
    """
    plan = _Plan(done_here, there, here)
    by_type: dict[str, list[tuple[str, EditedRow]]] = {}
    for (type_name, key), edited in done_there.items():
        by_type.setdefault(type_name, []).append((key, edited))
    for type_name, kind in RECORD_TYPES.items():  # owners stand before what they own
        for key, edited in by_type.get(type_name, ()):
            plan.look_at(kind, key, edited)
    return EditionPlan(tuple(plan.rows), tuple(plan.roots), plan.kept, plan.lost)


class _Plan:
    """The plan in the making."""

    def __init__(self, done_here: EditedRows, there: Edition, here: Edition) -> None:
        self._done_here = done_here
        self._there = there
        self._here = here
        self._ids: dict[Place, str] = {}
        self._coming: dict[Place, Place | None] = {}
        self.rows: list[EditionRow] = []
        self.roots: dict[Place, None] = {}
        self.kept = 0
        self.lost = 0

    def look_at(self, kind: RecordType, key: str, edited: EditedRow) -> None:
        """Take one row that was touched there into the plan."""
        there = self._there.find((kind.name, key))
        if there is None:
            self.kept += self._here.find((kind.name, key)) is not None
            return
        values = self._here_values(kind, there)
        here = self._here.find((kind.name, key)) or self._twin(kind, there, values, edited)
        if here is not None:
            self._ids[(kind.name, key)] = here.id
            base = edited.base if here.id == key else None
            self._compare(kind, here, values, edited._replace(base=base), key)
            return
        mine = self._done_here.get((kind.name, key))
        if edited.base is None and (mine is None or not mine.removed_by):
            self._bring(kind, key, values)
        else:
            self._bring_to_removed(kind, key, values, edited)

    def _here_values(self, kind: RecordType, there: Record) -> dict[str, Value]:
        """The values there, with references to what has another id here."""
        values = {field.name: there.values[field.name] for field in kind.fields}
        for field in kind.fields:
            if field.kind is Kind.REFERENCE:
                target = values[field.name]
                values[field.name] = self._ids.get((field.target, str(target)), target)
        return values

    def _twin(
        self, kind: RecordType, there: Record, values: Mapping[str, Value], edited: EditedRow
    ) -> Record | None:
        """The record here that is the same thing under another id: the one that its owner may have, or one
        that goes by the same words.
        """
        names = (kind.parent,) if kind.single else kind.once or _GOES_BY.get(kind.name, ())
        if edited.base is not None or not names:
            return None
        return self._here.find_like(there.type_name, {name: values[name] for name in names})

    def _bring(self, kind: RecordType, key: str, values: Mapping[str, Value]) -> None:
        """A record that was made there: as it is, or after what it needs has come back."""
        root: Place | None = None
        for name, target in references(kind.name, needed=True):
            place = (target, str(values[name]))
            if values[name] is None or self._here.find(place) is not None:
                continue
            found = self._coming.get(place) if place in self._coming else self._here.removed_root(place)
            if found is None and place not in self._coming:
                self.lost += 1
                return
            root = root or found
        self._add(EditionRow(kind.name, key, key, values, root=root))

    def _bring_to_removed(
        self, kind: RecordType, key: str, values: Mapping[str, Value], edited: EditedRow
    ) -> None:
        root = self._here.removed_root((kind.name, key))
        changes = []
        for name in sorted(edited.fields):
            base = None if edited.base is None else edited.base.get(name)
            if name not in _NOT_COMPARED and values[name] != base:
                changes.append(CellChange(kind.field(name), Difference.CONFLICT, base, None, values[name]))
        if root is None:
            self.lost += 1
        elif changes:
            self._add(EditionRow(kind.name, key, key, None, tuple(changes), root))

    def _add(self, row: EditionRow) -> None:
        self._coming[(row.type_name, row.record_id)] = row.root
        if row.root is not None:
            self.roots[row.root] = None
        self.rows.append(row)

    def _compare(
        self, kind: RecordType, here: Record, values: Mapping[str, Value], edited: EditedRow, key: str
    ) -> None:
        """A record that stands in both."""
        changes = []
        mine = self._done_here.get((kind.name, here.id))
        for field in kind.fields:
            if field.name in _NOT_COMPARED or (edited.base is not None and field.name not in edited.fields):
                continue
            difference = _difference(field, here, values[field.name], edited, mine)
            if difference is not None:
                base = None if edited.base is None else edited.base.get(field.name)
                changes.append(
                    CellChange(field, difference, base, here.values[field.name], values[field.name])
                )
        if changes:
            self._add(EditionRow(kind.name, here.id, key, None, tuple(changes)))


def _difference(
    field: FieldSpec, here: Record, there: Value, edited: EditedRow, mine: EditedRow | None
) -> Difference | None:
    """How a field differs; None when there is nothing to bring over or to choose.

    A value that the field has had here since the histories parted is no news: it was brought over before, or
    written here too, and somebody has gone on from it.
    """
    value = here.values[field.name]
    base = None if edited.base is None else edited.base.get(field.name)
    if there == value or (there == base and (edited.base is not None or there is None)):
        return None
    if value == base:
        return Difference.CLEARED if there is None else Difference.CHANGED
    if mine is not None and there in mine.held.get(field.name, ()):
        return None
    if not field.shown and field.kind is not Kind.REFERENCE:
        return None  # what the program notes for itself, such as a place in a list
    return Difference.CONFLICT
