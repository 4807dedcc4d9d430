"""Edits the value of a condition, with the editors of the field's kind."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import Period, format_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import OF_SEVERAL, TAGS, WITHOUT_VALUE
from coi_desktop.models.filter_values import format_operand, parse_day, parse_operand, wrong_filter
from coi_desktop.models.query import Between, Myself, Operand, Relative, Test
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.draft import read_raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.editors import make_editor
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.theme import Looks

_KEYED = (Kind.CHOICE, Kind.CHOICES, Kind.RANK)
_DAYS = (Kind.DATE, Kind.TIME)
_LINES = (Kind.TEXT, Kind.LONG)
_HIGHEST = 240


class ConditionEditor(QWidget):
    """One editor, or two for both ends of a range, and a line that says how it may be filled in."""

    def __init__(self, field: FieldSpec, test: Test, words: Vocabulary, looks: Looks) -> None:
        super().__init__()
        self._field = field
        self._test = test
        self._words = words
        self._looks = looks
        self.editors: list[Editor] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if test in WITHOUT_VALUE:
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        names = [_("From"), _("To")] if test is Test.BETWEEN else [field.label()]
        for name in names:
            editor = self._make_editor()
            editor.set_name(name)
            self.editors.append(editor)
            if len(names) > 1:
                row.addWidget(PlainLabel(name, rank="label"))
            row.addWidget(self._in_sight(editor), 1)
        column.addLayout(row)
        hint = self._hint()
        if hint:
            column.addWidget(PlainLabel(hint, tone="muted", wrap=True))

    def _make_editor(self) -> Editor:
        field = self._field
        if field.kind in _KEYED:
            field = field._replace(kind=Kind.CHOICES)
        elif field.kind in _DAYS:
            field = field._replace(kind=Kind.DATE)
        elif field.kind in _LINES:
            field = field._replace(kind=Kind.TEXT, required=False)
        return make_editor(field, self._words, self._looks)

    def _in_sight(self, editor: Editor) -> QWidget:
        if self._field.kind not in _KEYED:
            return editor
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(editor)
        area.setMaximumHeight(_HIGHEST)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _hint(self) -> str:
        if self._field.kind in _DAYS:
            return _("A date, or one counted from today: “today”, “-1 year”, “+30 days”.")
        if self._test in OF_SEVERAL and self._field.kind in _LINES:
            return _("Several with commas between.")
        if self._test in (Test.IS, Test.IS_NOT) and self._field.name in ("owner", "leader"):
            return _("“@me” is whoever looks, by the name in Settings.")
        return ""

    def focus(self) -> None:
        """Put the keyboard into the first editor."""
        if self.editors:
            self.editors[0].target.setFocus()

    def show_operand(self, value: Operand) -> None:
        """Show the value of a condition."""
        values = value if isinstance(value, Between) else (value,)
        for editor, one in zip(self.editors, values, strict=False):
            if isinstance(one, tuple) and not isinstance(one, (Relative, Myself, Between)):
                keyed = self._field.kind in _KEYED
                editor.set_raw(one if keyed else format_operand(self._field, one))
            elif isinstance(one, (Relative, Myself)):
                editor.set_raw(format_operand(self._field, one))
            elif self._field.kind in _KEYED:
                editor.set_raw((str(one),) if one else ())
            elif self._field.kind is Kind.TIME and isinstance(one, date):
                editor.set_raw(format_date(one, current_language()))
            else:
                editor.show_value(one)

    def operand(self) -> Operand:
        """What is filled in; Problem ``bad_filter`` where that is nothing, or nothing that fits."""
        if self._test in WITHOUT_VALUE:
            return None
        if self._test is not Test.BETWEEN:
            return self._read(self.editors[0], "end" if self._test is Test.AFTER else "start")
        first, last = self.editors
        low = self._read(first, "start") if first.raw() else None
        high = self._read(last, "end") if last.raw() else None
        if low is None and high is None:
            raise self._missing()
        return Between(low, high)  # type: ignore[arg-type]  # what such a field reads has an order

    def _read(self, editor: Editor, period: Period) -> Operand:
        raw, field = editor.raw(), self._field
        if not raw or not str(raw).strip():
            raise self._missing()
        if isinstance(raw, tuple):
            return raw
        if field.kind in _DAYS:
            return parse_day(field, raw, period)
        if field.kind in _LINES or field == TAGS:
            return parse_operand(field, self._test, raw, self._words)
        reading = read_raw(field, raw)
        if reading.problem:
            raise wrong_filter(reading.problem, "")
        return reading.value

    def _missing(self) -> Problem:
        return wrong_filter(
            _("Nothing is filled in to compare “{field}” with.").format(field=self._field.label()), ""
        )
