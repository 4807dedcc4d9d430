"""What a user can do with an initiative and the rows that hang under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.folding import clean_line
from coi_desktop.models.initiative_rules import stage_suggested_by, with_consequences
from coi_desktop.models.phases import Phase, stages_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value, Values
from coi_desktop.operations.phases import get_phases, get_stages
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("initiative.add", N_("Add initiative"))
EDIT = Op("initiative.edit", N_("Edit initiative"))
REMOVE = Op("initiative.remove", N_("Remove initiative"))
ADD_ROW = Op("row.add", N_("Add row"))
EDIT_ROW = Op("row.edit", N_("Edit row"))
REMOVE_ROW = Op("row.remove", N_("Remove row"))
NAME_UNIT = Op("unit.edit", N_("Edit unit"))

FIRST_STATUS = "active"


def add_initiative(register: Register, values: Values, *, source: str = "") -> str:
    """Add an initiative and return its id. Only the title is required.

    It starts as an active idea unless said otherwise, and gets the next running number and the stage that its
    phase suggests. Raises Problem ``no_title``.
    """
    title = _title(values.get("title"))
    day = today(register.clock)
    phases = get_phases(register)
    return register.transact(
        ADD, lambda writer: put_initiative(writer, values, day, phases), source=source, detail=title
    ).result


def put_initiative(writer: Writer, values: Values, day: date, phases: Sequence[Phase]) -> str:
    """Put a new initiative in an open transaction, numbered and with what its values bring with them."""
    first: Values = {"phase": phases[0].key, "status": FIRST_STATUS}
    whole = {**first, **{name: value for name, value in values.items() if value is not None}}
    whole.setdefault("stage", stage_suggested_by(whole["phase"], whole["status"], stages_of(phases)))
    whole.setdefault("phase_since", day)
    whole.setdefault("status_since", day)
    whole.setdefault("number", writer.next_number("initiative", "number"))
    return writer.put("initiative", whole)


def edit_field(
    register: Register, initiative_id: str, field_name: str, value: Value, *, source: str = ""
) -> bool:
    """Set one field of an initiative; False when it stood so already.

    A change of phase or status notes its date, and brings the suggested stage along as long as the stage
    still is the one that was suggested. Typing on in the same field is one step. Raises Problem ``no_title``
    for an empty title, ``too_long`` and ``bad_number``; KeyError when the initiative is gone.
    """
    if field_name == "title":
        value = _title(value)
    day = today(register.clock)

    before = register.get("initiative", initiative_id)
    if before[field_name] == value:
        return False
    values = with_consequences(before, field_name, value, day, get_stages(register))
    return register.transact(
        EDIT,
        lambda writer: writer.change("initiative", initiative_id, values),
        source=source,
        detail=before.text("title"),
        merge_key=_merge_key(initiative_id, field_name),
    ).result


def remove_initiative(register: Register, initiative_id: str, *, source: str = "") -> None:
    """Remove an initiative with its evaluations and all that belongs to it. Undo brings everything back."""
    title = register.get("initiative", initiative_id).text("title")
    register.transact(
        REMOVE, lambda writer: writer.drop("initiative", initiative_id), source=source, detail=title
    )


def add_row(register: Register, type_name: str, values: Values, *, source: str = "") -> str:
    """Add a record of a type that hangs under another (a tag, a partner, a measurement); returns its id."""
    return register.transact(
        ADD_ROW,
        lambda writer: writer.put(type_name, values),
        source=source,
        detail=record_type(type_name).label(),
    ).result


def edit_row(
    register: Register, type_name: str, record_id: str, field_name: str, value: Value, *, source: str = ""
) -> bool:
    """Set one field of such a record; False when it stood so already."""
    return register.transact(
        EDIT_ROW,
        lambda writer: writer.change(type_name, record_id, {field_name: value}),
        source=source,
        detail=record_type(type_name).label(),
        merge_key=_merge_key(record_id, field_name),
    ).result


def remove_row(register: Register, type_name: str, record_id: str, *, source: str = "") -> None:
    """Remove such a record with all that hangs under it."""
    register.transact(
        REMOVE_ROW,
        lambda writer: writer.drop(type_name, record_id),
        source=source,
        detail=record_type(type_name).label(),
    )


def edit_unit(register: Register, field_name: str, value: Value, *, source: str = "") -> bool:
    """Set a field of the unit that keeps the register (its name stands on every export)."""
    unit_id = register.unit().id
    return register.transact(
        NAME_UNIT,
        lambda writer: writer.change("unit", unit_id, {field_name: value}),
        source=source,
        merge_key=_merge_key(unit_id, field_name),
    ).result


def _merge_key(record_id: str, field_name: str) -> str:
    return f"{record_id}.{field_name}"


def _title(value: Value) -> str:
    title = clean_line(value) if isinstance(value, str) else ""
    if not title:
        raise Problem(
            _("An initiative needs a title."),
            meaning=_("Nothing was changed."),
            advice=_("Write a few words that a colleague would know it by."),
            code="no_title",
        )
    return title
