"""An evaluation as it was at an earlier revision, worked out backwards from the history."""

from __future__ import annotations

from collections.abc import Mapping

from coi_desktop.models.edited_rows import EditedRow, EditedRows
from coi_desktop.models.fields import RecordType
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.evaluations import LoadedEvaluation, types_below
from coi_desktop.store.register import Register


def evaluation_at(
    register: Register, loaded: LoadedEvaluation, revision: int, mark: str
) -> LoadedEvaluation | None:
    """What ``loaded`` was at ``revision``; None when this is not the history that ``mark`` was given for."""
    if register.history_mark(revision) != mark:
        return None
    edited = register.edited_since(revision)
    now = loaded.snapshot
    records = dict(now.records)
    evaluation = _as_it_was(loaded.evaluation, edited.get(("evaluation", loaded.evaluation.id)))
    records["evaluation"] = (evaluation,)
    for kind in types_below("evaluation"):
        owners = {record.id for record in records.get(kind.parent_type, ())}
        records[kind.name] = _rows_then(now.rows(kind.name), kind, edited, owners)
    then = Snapshot(now.register_id, now.unit_id, now.unit_name, revision, now.taken_at, records)
    return LoadedEvaluation(evaluation, loaded.initiative, then)


def _rows_then(
    rows: tuple[Record, ...], kind: RecordType, edited: EditedRows, owners: set[str]
) -> tuple[Record, ...]:
    """The rows of a type then: without those made since, with those removed since."""
    here = {record.id for record in rows}
    kept = [
        _as_it_was(record, row)
        for record in rows
        if (row := edited.get((kind.name, record.id))) is None or row.base is not None
    ]
    for (table, row_id), row in edited.items():
        if table == kind.name and row_id not in here and row.base is not None:
            values = {**dict.fromkeys(kind.by_name), **row.base}
            if values[kind.parent] in owners:
                kept.append(Record(kind.name, row_id, values))
    return tuple(kept)


def _as_it_was(record: Record, row: EditedRow | None) -> Record:
    if row is None or row.base is None:
        return record
    known: Mapping[str, object] = record_type(record.type_name).by_name
    base = {name: value for name, value in row.base.items() if name in known}
    return Record(record.type_name, record.id, {**record.values, **base})
