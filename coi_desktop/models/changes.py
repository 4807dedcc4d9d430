"""What happened: named operations, changed rows, and the set of changes that one commit announces."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from coi_desktop.i18n import _


class Op(NamedTuple):
    """A named thing a user can do: ``name`` is stored, ``message`` (English, marked N_) is in menus."""

    name: str
    message: str

    @property
    def label(self) -> str:
        """The operation in the user's words ("Ret tiltag")."""
        return _(self.message)


class StepKind(StrEnum):
    """Whether a commit did something new, or took a step back or forward again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


def step_label(op: Op, detail: str, kind: StepKind = StepKind.DO) -> str:
    """A step's name in menus and history: "Ret tiltag: Skærmbesøg", "Fortryd: Ret tiltag"."""
    label = op.label if not detail else _("{operation}: {detail}").format(operation=op.label, detail=detail)
    if kind is StepKind.UNDO:
        return _("Undo: {step}").format(step=label)
    if kind is StepKind.REDO:
        return _("Redo: {step}").format(step=label)
    return label


class RowChange(NamedTuple):
    """One changed row: values before and after, only of the fields that changed.

    ``before`` is None when the row was made, ``after`` None when it was dropped. Values are as stored in
    SQLite (text, whole numbers, None), so that writing them back gives the very same row.
    """

    table: str
    key: str
    before: Mapping[str, str | int | None] | None
    after: Mapping[str, str | int | None] | None

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that changed."""
        return frozenset(self.before or ()) | frozenset(self.after or ())


class ChangeSet(NamedTuple):
    """What one commit changed, as it is announced to every listener.

    ``source`` is whoever asked for the change (a form skips its own), ``detail`` names what was worked on
    (a title, a file name) and ``kind`` tells doing from undoing.
    """

    op: Op
    rows: tuple[RowChange, ...]
    revision: int
    source: str = ""
    detail: str = ""
    kind: StepKind = StepKind.DO

    def touches(self, table: str, *fields: str) -> bool:
        """Whether a row of ``table`` changed (in one of ``fields``, if given; made or dropped rows count)."""
        for row in self.rows:
            if row.table == table and (
                not fields or row.before is None or row.after is None or not row.fields.isdisjoint(fields)
            ):
                return True
        return False

    def keys(self, table: str) -> frozenset[str]:
        """Ids of the rows of ``table`` that changed."""
        return frozenset([row.key for row in self.rows if row.table == table])


class HistoryStep(NamedTuple):
    """One commit as history shows it: when, what, and which rows (all of them, or those of one record)."""

    revision: int
    at: datetime
    op: Op
    detail: str
    source: str
    kind: StepKind
    undone: bool
    rows: tuple[RowChange, ...]
