"""Risks and status reports as rows: with what a risk weighs, and lights as shape and word."""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.lights import LIGHT_SHAPES, Light, light_of_risk, risk_weight
from coi_desktop.models.records import Record, Value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of
from coi_desktop.operations.status_reports import add_status_report, find_reports
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.related_rows import refused_by
from coi_desktop.ui.itemmodels.rows_model import RowsModel

#: What a risk weighs, probability times consequence: worked out, and no field of the record.
WEIGHT = FieldSpec("weight", Kind.TEXT, "Vægt", "Weight")


class RisksModel(RowsModel):
    """The risks of an initiative, each with its weight."""

    def __init__(self, desk: Desk) -> None:
        columns = ("text", "probability", "consequence", WEIGHT)
        super().__init__(desk.register, words_of(desk.register), "risk", columns, refused_by(desk, "risk"))

    def shown(self, field: FieldSpec, record: Record) -> str:
        """A cell's text."""
        if field is not WEIGHT:
            return super().shown(field, record)
        weight = risk_weight(record)
        light = light_of_risk(weight, figures_catalogue().lights)
        return f"{LIGHT_SHAPES[light]} {weight}" if light is not None else ""


class StatusReportsModel(RowsModel):
    """The reports on an initiative, the newest first. A new one begins with the lights of its day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk.register,
            words_of(desk.register),
            "status_report",
            ("date", "overall", "done"),
            refused_by(desk, "status_report"),
        )

    def read(self) -> list[Record]:
        """The reports, the newest first."""
        return list(find_reports(self._register, self._owner)) if self._owner else []

    def add(self, values: dict[str, Value]) -> None:
        """Make a report of today, but for what is given."""
        add_status_report(self._register, self._owner, values)

    def begin(self) -> None:
        """Make a report of today. Raises Problem."""
        add_status_report(self._register, self._owner)

    def is_typed_in(self, field: FieldSpec) -> bool:
        """Text of several lines is written in the form below the table."""
        return super().is_typed_in(field) and field.kind is not Kind.LONG

    def shown(self, field: FieldSpec, record: Record) -> str:
        """A cell's text."""
        if field.name == "overall":
            return light_words(record.text("overall"), self._words)
        return super().shown(field, record)


def light_words(key: str, words: Vocabulary) -> str:
    """A light as shape and word; empty without one."""
    shape = LIGHT_SHAPES[Light(key)] if key in list(Light) else ""
    return f"{shape} {words.label('light', key)}".strip() if key else ""
