"""Which field each column of a list is read into: one row a column, with examples of what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.dates import DateOrder
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.heading_match import Suggestion, Unmapped
from coi_desktop.models.table_mapping import ColumnMapping, TableMapping
from coi_desktop.models.tables import Table, column_letters
from coi_desktop.models.text import NumberForm
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, one_line

_EXAMPLES = 4
_NEW_FIELD = "+"
_NAME_WIDTH = 180
_BOX_WIDTH = 200
_WIDE_BOX = 300
_NUMBER_FORMS: Mapping[str, NumberForm] = {form: form for form in get_args(NumberForm)}
_DATE_ORDERS: Mapping[str, DateOrder] = {order: order for order in get_args(DateOrder)}
_NUMBERS = (Kind.NUMBER, Kind.MONEY, Kind.INTEGER)


class MappingForm(QScrollArea):
    """A row a column: letters and heading, examples, the field, and how its numbers or dates are written.

    ``changed`` is emitted when the user chose something, ``own_field_wanted`` with a column (from 0) that is
    to be read into a field that is not there yet.
    """

    changed = Signal()
    own_field_wanted = Signal(int)

    def __init__(
        self,
        table: Table,
        suggestion: Suggestion,
        fields: Mapping[str, FieldSpec],
        words: Vocabulary,
        *,
        new_fields: bool = True,
    ) -> None:
        super().__init__()
        self._new_fields = new_fields
        self._table = table
        self._given = suggestion.mapping
        self._fields = fields
        self._words = words
        self._field_boxes: list[ChoiceBox] = []
        self._form_boxes: list[ChoiceBox] = []
        inner = QWidget()
        inner.setProperty("look", "page")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        for place, heading in enumerate((_("Column"), _("Examples"), _("Is read as"), _("Written as"))):
            self._grid.addWidget(PlainLabel(heading, rank="label"), 0, place)
        for column in range(len(table.headings)):
            self._add_row(column, suggestion.unmapped.get(column))
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 8, 0)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Columns of the list"))

    def mapping(self) -> TableMapping:
        """The mapping as the user left it. A column that keeps its field keeps what its entries stand for."""
        given = {column.column: column for column in self._given.columns}
        columns: list[ColumnMapping] = []
        for place, (field_box, form_box) in enumerate(zip(self._field_boxes, self._form_boxes, strict=True)):
            name = field_box.currentData()
            if not name:
                continue
            known = given.get(place)
            column = (
                known
                if known is not None and known.field == name
                else ColumnMapping(place, self._table.headings[place], name)
            )
            kind = self._fields[name].kind
            columns.append(
                replace(
                    column,
                    number_form=_NUMBER_FORMS.get(form_box.currentData(), "") if kind in _NUMBERS else "",
                    date_order=_DATE_ORDERS.get(form_box.currentData(), "") if kind is Kind.DATE else "",
                )
            )
        return replace(self._given, columns=tuple(columns))

    def doubled(self) -> list[str]:
        """Labels of the fields that more than one column is read into."""
        names = [box.currentData() for box in self._field_boxes if box.currentData()]
        return [self._fields[name].label() for name in dict.fromkeys(names) if names.count(name) > 1]

    def choose_field(self, column: int, name: str) -> None:
        """Read a column (from 0) into a field, or into none for an empty name."""
        box = self._field_boxes[column]
        box.setCurrentIndex(max(box.findData(name), 0))
        self._field_chosen(column)

    def add_field(self, field: FieldSpec) -> None:
        """Offer one more field for every column."""
        self._fields = {**self._fields, field.name: field}
        for box in self._field_boxes:
            box.insertItem(box.count() - 1, field.label(), field.name)

    def chosen_field(self, column: int) -> str:
        """The name of the field that a column (from 0) is read into, or an empty string."""
        return str(self._field_boxes[column].currentData() or "")

    def _add_row(self, column: int, unmapped: Unmapped | None) -> None:
        row = 2 * column + 1
        heading = self._table.headings[column]
        name = f"{column_letters(column)} · {one_line(heading, 60) or '–'}"
        label = ElidedLabel(name)
        label.setFixedWidth(_NAME_WIDTH)
        is_personal = unmapped is Unmapped.PERSONAL
        examples = ElidedLabel("" if is_personal else self._examples(column), tone="muted")
        fields = ChoiceBox()
        fields.addItem(_left_out(unmapped), "")
        for field_name, field in self._fields.items():
            fields.addItem(field.label(), field_name)
        if self._new_fields:
            fields.addItem(_("A new own field…"), _NEW_FIELD)
        fields.setEnabled(not is_personal)
        fields.setAccessibleName(_("{column} is read as").format(column=name))
        forms = ChoiceBox()
        forms.setAccessibleName(_("How {column} is written").format(column=name))
        fields.setMinimumWidth(_BOX_WIDTH if self._new_fields else _WIDE_BOX)
        forms.setMinimumWidth(_BOX_WIDTH)
        self._field_boxes.append(fields)
        self._form_boxes.append(forms)
        known = next((one for one in self._given.columns if one.column == column), None)
        if known is not None:
            fields.setCurrentIndex(fields.findData(known.field))
        self._fill_forms(column, known)
        fields.activated.connect(lambda _place, at=column: self._field_chosen(at))
        forms.activated.connect(lambda _place: self.changed.emit())
        for place, target in enumerate((label, examples, fields, forms)):
            self._grid.addWidget(target, row, place)
        if self._new_fields and known is not None and known.choices:
            self._grid.addWidget(
                PlainLabel(self._translations(known), tone="muted", wrap=True), row + 1, 1, 1, 3,
                Qt.AlignmentFlag.AlignTop,
            )  # fmt: skip

    def _field_chosen(self, column: int) -> None:
        if self._field_boxes[column].currentData() == _NEW_FIELD:
            self._field_boxes[column].setCurrentIndex(0)  # until there is such a field
            self.own_field_wanted.emit(column)
            return
        self._fill_forms(column, None)
        self.changed.emit()

    def _fill_forms(self, column: int, known: ColumnMapping | None) -> None:
        box = self._form_boxes[column]
        name = self._field_boxes[column].currentData()
        kind = self._fields[name].kind if name else None
        box.clear()
        if kind in _NUMBERS:
            box.addItem(_("As its values show"), "")
            box.addItem("1.234,5", "comma")
            box.addItem("1,234.5", "point")
            box.setCurrentIndex(max(box.findData(known.number_form if known else ""), 0))
        elif kind is Kind.DATE:
            box.addItem(_("As its values show"), "")
            box.addItem(_("day-month-year"), "dmy")
            box.addItem(_("month-day-year"), "mdy")
            box.addItem(_("year-month-day"), "ymd")
            box.setCurrentIndex(max(box.findData(known.date_order if known else ""), 0))
        box.setVisible(box.count() > 0)

    def _examples(self, column: int) -> str:
        found: dict[str, None] = {}
        for row in self._table.rows:
            text = one_line(row.cells[column].text, 60)
            if text:
                found[text] = None
            if len(found) == _EXAMPLES:
                break
        return " · ".join(found)

    def _translations(self, column: ColumnMapping) -> str:
        parts = []
        for text, keys in column.choices.items():
            said = ", ".join(
                f"{self._fields[name].label()}: {self._words.label(self._fields[name].values, key)}"
                for name, key in keys.items()
                if name in self._fields
            )
            parts.append(f"{one_line(text, 40)} → {said or _('left empty')}")
        return " · ".join(parts)


def _left_out(unmapped: Unmapped | None) -> str:
    if unmapped is Unmapped.EMPTY:
        return _("Not read (empty)")
    if unmapped is Unmapped.DOUBLED:
        return _("Not read (says the same as another)")
    if unmapped is Unmapped.UNFITTING:
        return _("Not read (its values do not fit)")
    if unmapped is Unmapped.OTHER_MEASURE:
        return _("Not read (not in whole kroner)")
    if unmapped is Unmapped.PERSONAL:
        return _("Never read (personal)")
    return _("Not read")
