"""Taking steps back and telling what happened, in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import ChangeSet, HistoryStep, Op, RowChange, step_label
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.record_words import name_record
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register
from coi_desktop.store.values import Stored, load_value

RESTORE_VALUE = Op("history.restore_value", N_("Restore value"))

_LONGEST_SHOWN = 80
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class FieldStory:
    """One changed field in words: what it belongs to, its label, its value before and after ("": none).

    ``value_before`` and ``value_after`` are the values themselves; ``is_whole`` says that the record was made
    or dropped, so that there is no value to go back to.
    """

    record_type: str
    record_id: str
    record: str
    field_name: str
    field: str
    before: str
    after: str
    value_before: Value = None
    value_after: Value = None
    is_whole: bool = False


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
    register: Register,
    record_id: str | None = None,
    *,
    limit: int = 200,
    before: int | None = None,
    field_name: str = "",
) -> tuple[StepStory, ...]:
    """The steps of the register or of one record in words, newest first, at most ``limit`` of them.

    ``before`` is the revision to go on from. With a ``field_name`` only what changed in that field of the
    record is told, and steps that changed nothing in it are passed over. Of the whole register, steps that
    changed very many rows are told by their name alone.
    """
    found: list[StepStory] = []
    while len(found) < limit:
        steps = register.history(record_id, limit=limit, before=before, most_rows=_MOST_ROWS)
        for step in steps:
            story = describe_step(register, step)
            if field_name:
                own = tuple(
                    one for one in story.fields if (one.record_id, one.field_name) == (record_id, field_name)
                )
                story = replace(story, fields=own)
            if not field_name or story.fields:
                found.append(story)
        if len(steps) < limit:
            break
        before = steps[-1].revision
    return tuple(found[:limit])


def restore_value(register: Register, story: FieldStory, value: Value, *, source: str = "") -> bool:
    """Give a field a value it had before, as one step; False when it stands so already.

    Raises Problem ``record_gone`` when the record or the field is not there any more, ``no_title`` for an
    empty title.
    """
    type_name, record_id = story.record_type, story.record_id
    try:
        record, field = register.get(type_name, record_id), register_field(register, story)
    except KeyError:
        raise Problem(
            _("What this belonged to is not in the register any more."),
            meaning=_("Nothing was changed."),
            advice=_("Restore it from the trash first."),
            code="record_gone",
        ) from None
    if value is None and field.required:
        raise Problem(
            _("“{field}” cannot be empty.").format(field=story.field),
            meaning=_("Nothing was changed."),
            advice=_("Choose another value."),
            code="no_title",
        )
    name = name_record(type_name, record.values, words_of(register))
    return register.transact(
        RESTORE_VALUE,
        lambda writer: writer.change(type_name, record_id, {story.field_name: value}),
        source=source,
        detail=f"{name} · {story.field}",
    ).result


def current_value(register: Register, story: FieldStory) -> Value:
    """What the field holds now; KeyError when the record or the field is gone."""
    return register.get(story.record_type, story.record_id)[story.field_name]


def register_field(register: Register, story: FieldStory) -> FieldSpec:
    """The field a story is about; KeyError when the register has it no more."""
    for field in register.fields(story.record_type):
        if field.name == story.field_name:
            return field
    raise KeyError(story.field_name)


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
            load_value(field, before.get(field.name)),
            load_value(field, after.get(field.name)),
            row.before is None or row.after is None,
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
    text = show_past_value(field, load_value(field, stored), words).replace("\n", " ")
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def show_past_value(field: FieldSpec, value: Value, words: Vocabulary) -> str:
    """A value in words; of a choice whose list went with its own field, the keys."""
    try:
        return show_value(field, value, words)
    except KeyError:
        return ", ".join(value) if isinstance(value, tuple) else str(value)
