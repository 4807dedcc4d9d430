"""Measurements typed in a line, and the groups that measurements are of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.points import NO_GROUP, group_key
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.typed_values import parse_assignment
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

RENAME_GROUP = Op("measurement.rename_group", N_("Rename or merge groups"))
REMOVE_GROUP = Op("measurement.remove_group", N_("Take a group away"))

#: The question of the guide that holds measurements.
_QUESTION = "collect.measurements"

_YES_NO = {"ja": "1", "yes": "1", "nej": "0", "no": "0"}


def get_indicator(register: Register, typed: str) -> Record:
    """The one indicator whose id is ``typed`` or begins with it, or that has this name.

    Problem ``no_such_record`` when there is none, ``ambiguous_id`` when there are several.
    """
    line = clean_line(typed).strip()
    found = list(register.find_by_prefix("indicator", line.lower())) if len(line) >= SHORTEST_PREFIX else []
    if not found:
        found = [one.id for one in register.find(Query("indicator")) if fold(one.text("name")) == fold(line)]
    if len(found) == 1:
        return register.get("indicator", found[0])
    what = _("Several indicators go by “{name}”.") if found else _("There is no indicator called “{name}”.")
    raise Problem(
        what.format(name=line[:80]),
        meaning=_("Nothing was changed."),
        advice=_("Give the id of the indicator, as “show --json” writes it."),
        code="ambiguous_id" if found else "no_such_record",
    )


def read_measurement(register: Register, indicator: Record, assignments: Sequence[str]) -> Values:
    """The values of a measurement written as "field=value": ``date``, ``value``, ``n``, ``group``, ….

    "Yes" and "no" are values of yes/no indicators, and a percent sign goes with percent. Problem
    ``bad_value`` or ``no_such_field``, also for a measurement without a value.
    """
    words = words_of(register)
    fields = [_field_for(indicator, one) for one in record_type("measurement").fields if one.shown]
    values: dict[str, Value] = {}
    for typed in assignments:
        name, sign, text = typed.partition("=")
        if indicator.text("measure") == "yes_no" and fold(text.strip()) in _YES_NO:
            text = _YES_NO[fold(text.strip())]
        field, value = parse_assignment(fields, f"{name}{sign}{text}", words)
        values[field.name] = value
    if values.get("value") is None:
        raise _no_value()
    _check_yes_no(indicator, values["value"])
    subgroup = values.get("subgroup")
    if isinstance(subgroup, str) and group_key(subgroup) == NO_GROUP:
        values["subgroup"] = NO_GROUP
    return values


def add_measurement(register: Register, indicator: Record, values: Values) -> str:
    """Store a measurement of an indicator as one step; its id. Today's date where none is given."""
    given = {"indicator_id": indicator.id, **values}
    return add_row(register, indicator.text("evaluation_id"), _QUESTION, given)


def rename_group(register: Register, indicator_id: str, name: str, new_name: str) -> int:
    """Call a group of an indicator's measurements otherwise, in one step; of how many measurements.

    With the name of another group both are one from then on; every value stays as it is. Problem
    ``no_such_group`` or ``bad_value`` for an empty name.
    """
    line = clean_line(new_name).strip()
    if not line:
        raise Problem(
            _("A group must have a name."),
            meaning=_("Nothing was changed."),
            advice=_("Write a name, or take the group away: its values stay without a group."),
            code="bad_value",
        )
    wanted = NO_GROUP if group_key(line) == NO_GROUP else line
    return _regroup(register, indicator_id, name, wanted, RENAME_GROUP)


def remove_group(register: Register, indicator_id: str, name: str) -> int:
    """Take a group away in one step; its measurements stay, without a group. Problem ``no_such_group``."""
    return _regroup(register, indicator_id, name, NO_GROUP, REMOVE_GROUP)


def _regroup(register: Register, indicator_id: str, name: str, new_name: str, op: Op) -> int:
    key = group_key(name)
    found = [
        one.id
        for one in register.children("measurement", indicator_id)
        if key and group_key(one.text("subgroup")) == key
    ]
    if not found:
        raise Problem(
            _("No measurement is of a group called “{name}”.").format(name=clean_line(name)[:80]),
            meaning=_("Nothing was changed."),
            advice=_("Look at the groups of the indicator's measurements."),
            code="no_such_group",
        )

    def change(writer: Writer) -> None:
        for record_id in found:
            writer.change("measurement", record_id, {"subgroup": new_name})

    register.transact(op, change, detail=clean_line(name))
    return len(found)


def _field_for(indicator: Record, field: FieldSpec) -> FieldSpec:
    is_share = field.name == "value" and indicator.text("measure") == "percent"
    return field._replace(unit_da="%", unit_en="%") if is_share else field


def _check_yes_no(indicator: Record, value: Value) -> None:
    if indicator.text("measure") == "yes_no" and value not in (Decimal(0), Decimal(1)):
        raise Problem(
            _("“{text}” is neither yes nor no.").format(text=value),
            meaning=_("Nothing was changed."),
            advice=_("Write value=yes or value=no."),
            code="bad_value",
        )


def _no_value() -> Problem:
    return Problem(
        _("The measurement has no value."),
        meaning=_("Nothing was changed."),
        advice=_("Write at least value=…, and date=… and n=… where they are known."),
        code="bad_value",
    )
