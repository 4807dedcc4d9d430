"""The people of the unit: a list, the chosen person's fields, and the names that have no record yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.folding import fold
from coi_desktop.models.people import UnlistedName
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.operations import people
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.record_form import RecordForm
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce

_WIDE, _HIGH = 1020, 680
_FIELDS = (
    "name",
    "role",
    "organisation",
    "email",
    "phone",
    "basis",
    "review_date",
    "may_contact",
    "note",
)
_LISTED = ("name", "organisation", "may_contact")

#: What a person in the list, or a name that is only in use, is told apart by.
_PERSON, _NAME = "person ", "name "


class PeopleDialog(QDialog):
    """Stays open; every change is a step of its own.

    ``find`` and ``erase`` get the chosen name, ``merge`` the chosen person.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        find: Callable[[str], object],
        erase: Callable[[str], object],
        merge: Callable[[Record], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("People"))
        self.resize(_WIDE, _HIGH)
        words, fields = words_of(desk.register), record_type("person").by_name
        self._words = words
        self.rows = {name: FieldRow(fields[name], words, desk.looks) for name in _FIELDS}
        self.form = RecordForm(desk, self.rows.values(), self._save, self)
        self.search = SearchLine(_("Search among the people"))
        self.search.draw(desk.looks)
        self._model = TextRowsModel([fields[name].label() for name in _LISTED], [])
        self.table = TextTable(self._model, _("People"), [180, 210])
        self._count = PlainLabel(tone="muted")
        self._said = PlainLabel(wrap=True)
        self.new_button = QPushButton(_("&New person"))
        self.create_button = QPushButton(_("&Create"))
        self.merge_button = QPushButton(_("&Merge with…"))
        self.remove_button = QPushButton(_("Remove from the &list"))
        self.find_button = QPushButton(_("&Where is the name?"))
        self.erase_button = QPushButton(_("&Erase person…"))
        self.new_button.clicked.connect(self.add)
        self.create_button.clicked.connect(self.create_chosen)
        self.merge_button.clicked.connect(lambda: self._merge_into(merge))
        self.remove_button.clicked.connect(self.remove_chosen)
        self.find_button.clicked.connect(lambda: find(self.chosen_name()))
        self.erase_button.clicked.connect(lambda: erase(self.chosen_name()))
        self._lay_out()
        self.search.textChanged.connect(self._read)
        self.search.moved_on.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        desk.bridge.changed.connect(self._take_in)
        self.finished.connect(self._close)
        self._read()

    def chosen_name(self) -> str:
        """The name in the chosen line; empty for none."""
        row = self.table.chosen()
        return "" if row is None else row.cells[0]

    def add(self) -> None:
        """Make a person with a name to be typed over, and put the keyboard there."""
        name, number = _("New person"), 1
        while people.find_person_named(self._desk.register, name) is not None:
            number += 1
            name = f"{_('New person')} {number}"
        self._make(name)
        line = self.rows["name"].editor.target
        line.setFocus()
        if isinstance(line, QLineEdit):
            line.selectAll()

    def create_chosen(self) -> None:
        """Make a person of the name that is chosen."""
        self._make(self.chosen_name())

    def remove_chosen(self) -> None:
        """Take the chosen person off the list."""
        person = self._chosen_person()
        if person is not None and self.form.flush():
            people.remove_person(self._desk.register, person.id)
            self._say(_("Taken off the list; the name stays where it stands. Undo brings the person back."))

    def _merge_into(self, merge: Callable[[Record], object]) -> None:
        person = self._chosen_person()
        if person is not None and self.form.flush():
            merge(person)

    def choose(self, key: str) -> None:
        """Choose a line by its key: a person's id after "person ", or a name after "name "."""
        for place in range(self._model.rowCount()):
            row = self._model.row(place)
            if row is not None and row.key == key:
                self.table.selectRow(place)

    def _make(self, name: str) -> None:
        try:
            person_id = people.add_person(self._desk.register, {"name": name})
        except Problem as problem:
            self._say(str(problem), "wrong")
            return
        self.choose(_PERSON + person_id)

    def _save(self, record_id: str, field_name: str, value: Value, source: str) -> None:
        people.edit_person(self._desk.register, record_id, field_name, value, source=source)

    def _chosen_person(self) -> Record | None:
        row = self.table.chosen()
        if row is None or not row.key.startswith(_PERSON):
            return None
        found = self._desk.register.get_many("person", [row.key.removeprefix(_PERSON)])
        return found[0] if found else None

    def _take_in(self, changes: ChangeSet) -> None:
        if changes.source == self.form.source and not changes.touches("person", "name"):
            return
        self._read()

    def _read(self, *_changed: object) -> None:
        before = self.table.chosen()
        wanted = fold(self.search.text().strip())
        persons = [one for one in people.find_people(self._desk.register) if wanted in _searched(one)]
        unlisted = [
            one for one in people.find_unlisted_names(self._desk.register) if wanted in fold(one.name)
        ]
        self._model.set_rows(
            [TextRow(_PERSON + one.id, self._cells(one)) for one in persons]
            + [TextRow(_NAME + one.name, _name_cells(one)) for one in unlisted]
        )
        self._count.setText(_counts(len(persons), len(unlisted)))
        if before is not None:
            self.choose(before.key)
        if self.table.chosen() is None and self._model.rowCount():
            self.table.selectRow(0)
        self._show_chosen()

    def _cells(self, person: Record) -> tuple[str, ...]:
        fields = record_type("person").by_name
        return tuple(show_value(fields[name], person[name], self._words) for name in _LISTED)

    def _show_chosen(self, *_indexes: object) -> None:
        person = self._chosen_person()
        if person is not None:
            self.form.show_record(person)
        else:
            self.form.flush()
        self._panel.setVisible(person is not None)
        is_any, can_write = self.table.chosen() is not None, self._desk.can_write
        self.new_button.setEnabled(can_write)
        self.create_button.setEnabled(can_write and is_any and person is None)
        for button in (self.merge_button, self.remove_button):
            button.setEnabled(can_write and person is not None)
        self.find_button.setEnabled(is_any)
        self.erase_button.setEnabled(can_write and is_any)

    def _say(self, text: str, tone: str = "good") -> None:
        self._said.set_tone(tone)
        self._said.setText(text)
        self._said.show()
        announce(self._said, text)

    def _close(self) -> None:
        self.form.flush()
        self._desk.bridge.changed.disconnect(self._take_in)

    def _lay_out(self) -> None:
        self._said.hide()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        left.addWidget(self._count)
        makers = QHBoxLayout()
        for button in (self.new_button, self.create_button):
            makers.addWidget(button)
        makers.addStretch(1)
        left.addLayout(makers)
        self._panel = self._make_panel()
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 5)
        both.addWidget(self._panel, 4)
        foot = QHBoxLayout()
        for button in (self.merge_button, self.remove_button, self.find_button, self.erase_button):
            foot.addWidget(button)
        foot.addStretch(1)
        close = QDialogButtonBox()
        close.addButton(_("C&lose"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.accept)
        foot.addWidget(close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(
            PlainLabel(
                _("Names leave the unit only for those who may be contacted. A new name is put everywhere."),
                tone="muted",
                wrap=True,
            )
        )
        column.addLayout(both, 1)
        column.addWidget(self._said)
        column.addLayout(foot)

    def _make_panel(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        return scroll


def _searched(person: Record) -> str:
    return fold("\n".join(person.text(name) for name in ("name", "role", "organisation", "email")))


def _name_cells(one: UnlistedName) -> tuple[str, ...]:
    times = ngettext("used {count} time, no record", "used {count} times, no record", one.times)
    return one.name, times.format(count=format_number(one.times, current_language())), ""


def _counts(persons: int, unlisted: int) -> str:
    language = current_language()
    said = ngettext("{count} person", "{count} persons", persons)
    said = said.format(count=format_number(persons, language))
    if not unlisted:
        return said
    more = ngettext("{count} name without a record", "{count} names without a record", unlisted)
    return f"{said} · {more.format(count=format_number(unlisted, language))}"
