"""Taking steps back and telling what happened, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coi_desktop.models.changes import ChangeSet, HistoryStep, RowChange, step_label
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register
from coi_desktop.store.values import Stored, load_value

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class FieldStory:
    """One changed field in words: what it belongs to, its label, its value before and after ("": none)."""

    record_type: str
    record_id: str
    record: str
    field_name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StepStory:
    """One step of history in words. ``undone`` steps were taken back later."""

    revision: int
    at: datetime
    label: str
    undone: bool
    fields: tuple[FieldStory, ...]


def undo(register: Register, *, source: str = "") -> ChangeSet | None:
    """Take the last step back; None when there is nothing to undo."""
    return register.undo(source)


def redo(register: Register, *, source: str = "") -> ChangeSet | None:
    """Do the step again that was last taken back; None when there is none."""
    return register.redo(source)


def find_history(
    register: Register, record_id: str | None = None, *, limit: int = 200
) -> tuple[StepStory, ...]:
    """The steps of the register or of one record in words, newest first."""
    return tuple(describe_step(register, step) for step in register.history(record_id, limit=limit))


def describe_step(register: Register, step: HistoryStep) -> StepStory:
    """One step in words, also of own fields that have been removed since."""
    words = words_of(register)
    stories = tuple(story for row in step.rows for story in _describe_row(register, row, words))
    return StepStory(
        step.revision, step.at, step_label(step.op, step.detail, step.kind), step.undone, stories
    )


def _describe_row(register: Register, row: RowChange, words: Vocabulary) -> list[FieldStory]:
    kind = RECORD_TYPES.get(row.table)
    if kind is None:
        return []
    before, after = row.before or {}, row.after or {}
    return [
        FieldStory(
            row.table,
            row.key,
            kind.label(),
            field.name,
            field.label(),
            _shown(field, before.get(field.name), words),
            _shown(field, after.get(field.name), words),
        )
        for field in _fields_of(register, row)
        if field.shown and field.name in {**before, **after}
    ]


def _fields_of(register: Register, row: RowChange) -> tuple[FieldSpec, ...]:
    """The fields of a changed row, those among them that were removed since."""
    fields = register.fields(row.table)
    gone = [name for name in row.fields - {field.name for field in fields} if is_own(name)]
    return (*fields, *(field for name in sorted(gone) if (field := register.past_field(name)) is not None))


def _shown(field: FieldSpec, stored: Stored, words: Vocabulary) -> str:
    text = show_value(field, load_value(field, stored), words).replace("\n", " ")
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
