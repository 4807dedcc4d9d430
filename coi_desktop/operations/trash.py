"""The trash: what was removed and is not there now, what belonged to it, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models import record_words
from coi_desktop.models.changes import Op, step_label
from coi_desktop.models.folding import fold, words
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Values
from coi_desktop.models.removals import Removed
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

RESTORE = Op("trash.restore", N_("Restore from the trash"))

#: What the trash shows first; everything below that was removed by itself is told of when asked for.
MAIN_KINDS = ("initiative", "evaluation", "case", "attachment", "own_field", "person", "view")

MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class TrashItem:
    """A removed record: its kind and name in words, when and by which step it went."""

    removed: Removed
    kind: str
    title: str
    step: str

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.removed.id

    @property
    def at(self) -> datetime:
        """When it was removed."""
        return self.removed.at


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: the record's name, what came with it and what could not come, both counted in
    words, and the record itself.
    """

    type_name: str
    id: str
    title: str
    came: str
    left: str


def find_trash(
    register: Register, *, search: str = "", rows: bool = False, most: int = MOST_ITEMS
) -> tuple[TrashItem, ...]:
    """What was removed and is not there now, the newest first; ``search`` looks in the names.

    With ``rows`` also single rows (a measurement, a tag) that were removed by themselves.
    """
    kinds = all_kinds() if rows else MAIN_KINDS
    typed = words(search)
    found = []
    for removed in register.find_removed(kinds, most=most if not typed else 100 * most):
        item = _item(register, removed)
        if all(word in fold(f"{item.title} {item.kind}") for word in typed):
            found.append(item)
        if len(found) == most:
            break
    return tuple(found)


def all_kinds() -> tuple[str, ...]:
    """Every kind of record that the trash can tell of: not what the program notes for itself."""
    return tuple(name for name in RECORD_TYPES if name in counted())


def find_trash_item(register: Register, typed: str) -> TrashItem:
    """The one removed record whose id is ``typed`` or begins with it (at least eight characters).

    Raises Problem ``no_such_record`` or ``ambiguous_id``.
    """
    prefix = typed.strip().lower()
    found = register.find_removed(all_kinds(), prefix=prefix) if len(prefix) >= SHORTEST_PREFIX else ()
    if len(found) == 1:
        return _item(register, found[0])
    raise Problem(
        _("Several removed records have an id that begins with “{id}”.").format(id=typed)
        if found
        else _("There is nothing in the trash with the id “{id}”.").format(id=typed),
        meaning=_("Nothing was changed."),
        advice=_("“trash” shows what was removed, with its ids."),
        code="ambiguous_id" if found else "no_such_record",
    )


def describe_belongings(register: Register, item: TrashItem) -> str:
    """What went with a removed record, counted: "1 evaluering, 12 målinger"; empty when nothing did."""
    rows = register.get_removal(item.removed).rows[1:]
    return record_words.count_words(record_words.count_kinds(row.table for row in rows), counted())


def restore_item(register: Register, item: TrashItem, *, source: str = "") -> Restored:
    """Put a removed record back with all that belonged to it, as one step.

    Links and references that were let go of are tied again as far as the other side still stands. Raises
    Problem ``owner_gone`` when the record it hung under is not there, ``there_already`` when it was put back
    meanwhile or another took its only place.
    """
    removal = register.get_removal(item.removed)
    root = removal.rows[0][:2]

    def restore(writer: Writer) -> Restored:
        done = writer.put_back(removal)
        if root not in done.rows:
            raise _cannot_come(register, item)
        came = [table for table, key in done.rows if (table, key) != root]
        return Restored(
            item.removed.type_name,
            item.id,
            item.title,
            record_words.count_words(record_words.count_kinds(came), counted()),
            record_words.count_words(record_words.count_kinds(table for table, _key in done.left), counted()),
        )

    return register.transact(RESTORE, restore, source=source, detail=item.title).result


def _cannot_come(register: Register, item: TrashItem) -> Problem:
    kind = record_type(item.removed.type_name)
    owner_id = item.removed.values.get(kind.parent) if kind.parent else None
    try:
        if isinstance(owner_id, str):
            register.get(kind.parent_type, owner_id)
    except KeyError:
        return Problem(
            _("What “{title}” belonged to is not in the register.").format(title=item.title),
            meaning=_("Nothing was changed; it stays in the trash."),
            advice=_("Restore that first: {kind}.").format(kind=record_type(kind.parent_type).label()),
            code="owner_gone",
        )
    return Problem(
        _("“{title}” cannot be put back: it is there already, or another has its place.").format(
            title=item.title
        ),
        meaning=_("Nothing was changed."),
        advice=_("Look at the list again."),
        code="there_already",
    )


@cache
def counted() -> record_words.Counted:
    """The words for one and several of each kind of record."""
    return record_words.parse_counted(resources.read_toml(record_words.FILE))


def _item(register: Register, removed: Removed) -> TrashItem:
    return TrashItem(
        removed,
        record_type(removed.type_name).label(),
        _title(register, removed.type_name, removed.values),
        step_label(removed.op, removed.detail),
    )


def _title(register: Register, type_name: str, values: Values) -> str:
    return record_words.name_record(type_name, values, words_of(register))
