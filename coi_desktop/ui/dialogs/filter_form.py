"""One filter: which field, which test, which value."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import filter_fields, fitting_tests
from coi_desktop.models.filter_values import TESTS
from coi_desktop.models.query import Condition, Test
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.condition_editor import ConditionEditor
from coi_desktop.ui.plain import PlainLabel, menu_text
from coi_desktop.ui.tab_order import find_stops, put_in_tab_order

_WIDTH = 420
#: Asked for most often, and therefore first.
_FIRST = ("phase", "status", "field", "owner", "tags", "next_date", "confirmed")


class FilterForm(QDialog):
    """Asks for a condition, or for another one in place of ``condition``; what it is then stands there."""

    def __init__(self, desk: Desk, condition: Condition | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = desk.looks
        self._words = words_of(desk.register)
        fields = filter_fields(desk.register.fields("initiative"))
        first = [field for name in _FIRST for field in fields if field.name == name]
        rest = sorted((field for field in fields if field not in first), key=lambda field: field.label())
        self._fields = {field.name: field for field in (*first, *rest)}
        self.condition = condition
        self.setWindowTitle(_("Filter initiatives"))
        self.setMinimumWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(6)
        self.field = self._add_box(_("&Field"))
        self.test = self._add_box(_("&Test"))
        self._at = self._column.count()
        self.value: ConditionEditor | None = None
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        self._column.addWidget(self._refusal)
        self._column.addSpacing(8)
        self._column.addStretch(
            1
        )  # a shorter value after a long one leaves its room here, not between labels
        self._column.addWidget(make_foot(self, QPushButton(_("&Show")), self.take))
        for name, spec in self._fields.items():
            self.field.addItem(menu_text(spec.label()).replace("&&", "&"), name)
        self.field.activated.connect(self._show_tests)
        self.test.activated.connect(self._show_value)
        self._show(condition)
        self.field.setFocus()

    @property
    def spec(self) -> FieldSpec:
        """The field that is chosen."""
        return self._fields[self.field.currentData()]

    def choose(self, field_name: str, test: Test) -> ConditionEditor:
        """Choose field and test; gives the editor of the value."""
        self.field.setCurrentIndex(self.field.findData(field_name))
        self._show_tests()
        self.test.setCurrentIndex(self.test.findData(test.value))
        self._show_value()
        assert self.value is not None
        return self.value

    def take(self) -> None:
        """Take what is filled in and close; what does not read as a value keeps the dialog open."""
        assert self.value is not None
        test = Test(self.test.currentData())
        try:
            self.condition = Condition(self.spec.name, test, self.value.operand())
        except Problem as problem:
            self._refusal.setText(" ".join(filter(None, (problem.what, problem.advice))))
            self._refusal.show()
            self.value.focus()
            return
        self.accept()

    def _add_box(self, label: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(label.replace("&", ""))
        said = PlainLabel(label)
        said.setBuddy(box)
        self._column.addWidget(said)
        self._column.addWidget(box)
        return box

    def _show(self, condition: Condition | None) -> None:
        if condition is None or condition.field not in self._fields:
            self._show_tests()
            return
        test = condition.test
        if self._fields[condition.field].kind is Kind.CHOICE:  # the ticks of several say the same of one
            test = {Test.IS: Test.ONE_OF, Test.IS_NOT: Test.NONE_OF}.get(test, test)
        self.choose(condition.field, test).show_operand(condition.value)

    def _show_tests(self) -> None:
        self.test.clear()
        for test in fitting_tests(self.spec):
            if not (self.spec.kind is Kind.CHOICE and test in (Test.IS, Test.IS_NOT)):
                self.test.addItem(self._words.label(TESTS, test.value), test.value)
        self._show_value()

    def _show_value(self) -> None:
        if self.value is not None:
            self._column.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
        self.value = ConditionEditor(self.spec, Test(self.test.currentData()), self._words, self._looks)
        self._column.insertWidget(self._at, self.value)
        put_in_tab_order(self.test, *find_stops(self.value))
        self._refusal.hide()
