"""The trash: what was removed, what belonged to it, and the button that puts it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.text import format_number
from coi_desktop.operations.trash import (
    MOST_ITEMS,
    Restored,
    TrashItem,
    describe_belongings,
    find_trash,
    restore_item,
)
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce, isolated
from coi_desktop.ui.tick_box import TickBox

_WIDE, _HIGH = 760, 520


class TrashDialog(QDialog):
    """A list of what was removed, the newest first; stays open, so that several can be put back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: dict[str, TrashItem] = {}
        self.restored: list[Restored] = []
        self.setWindowTitle(_("Trash"))
        self.resize(_WIDE, _HIGH)
        self.search = SearchLine(_("Search in the trash"))
        self.rows = TickBox(_("Also single &rows"))
        self._model = TextRowsModel([_("Name"), _("Kind"), _("Removed"), _("By")], [])
        self.table = TextTable(self._model, _("What was removed"), [300, 110, 130])
        self._belongings = PlainLabel(wrap=True, selectable=True)
        self._said = PlainLabel(wrap=True)
        self._count = PlainLabel(tone="muted")
        self.restore_button = QPushButton(_("&Restore"))
        self._lay_out()
        self.search.draw(desk.looks)
        self.search.textChanged.connect(self._ask)
        self.search.moved_on.connect(self.table.setFocus)
        self.rows.toggled.connect(self._ask)
        self.table.selectionModel().currentRowChanged.connect(self._show_belongings)
        self.table.doubleClicked.connect(self.restore)
        self._ask()
        self.table.setFocus()

    def restore(self) -> None:
        """Put the chosen record back, and say what came with it and what could not come."""
        row = self.table.chosen()
        if row is None or not self.restore_button.isEnabled():
            return
        try:
            done = restore_item(self._desk.register, self._items[row.key])
        except Problem as problem:
            self._say(str(problem), "wrong")
            return
        self.restored.append(done)
        self._say(tell(done), "good")
        self._ask()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.rows)
        self.restore_button.setProperty("look", "main")
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(self.restore)
        self._said.hide()
        foot = QDialogButtonBox()
        foot.addButton(_("&Close"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        foot.rejected.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addWidget(self._belongings)
        column.addWidget(self._said)
        column.addWidget(foot)
        self._belongings.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _ask(self, *_changed: object) -> None:
        found = find_trash(self._desk.register, search=self.search.text(), rows=self.rows.isChecked())
        chosen = max(0, self.table.currentIndex().row())
        self._items = {f"{item.removed.type_name} {item.id}": item for item in found}
        self._model.set_rows([TextRow(key, _cells(item)) for key, item in self._items.items()])
        self._count.setText(_count_items(len(found)))
        self.restore_button.setEnabled(bool(found) and self._desk.can_write)
        self.table.selectRow(min(chosen, len(found) - 1))
        self._show_belongings()

    def _show_belongings(self, *_indexes: object) -> None:
        row = self.table.chosen()
        if row is None:
            self._belongings.setText("")
            return
        belonged = describe_belongings(self._desk.register, self._items[row.key])
        self._belongings.setText(
            _("With it went: {what}.").format(what=belonged) if belonged else _("Nothing else went with it.")
        )

    def _say(self, text: str, tone: str) -> None:
        self._said.set_tone(tone)
        self._said.setText(text)
        self._said.show()
        announce(self._said, text)


def show_trash(desk: Desk) -> None:
    """Show the trash; afterwards go to what was put back last."""
    if not desk.routes.flush():
        return
    dialog = TrashDialog(desk)
    desk.prompts.ask_dialog(dialog)
    for done in reversed(dialog.restored):
        if done.type_name == "initiative":
            desk.routes.show_record("initiatives", done.id)
            break


def tell(done: Restored) -> str:
    """What a restore did, in sentences."""
    sentences = [_("“{title}” is back.").format(title=isolated(done.title))]
    if done.came:
        sentences.append(_("With it came: {what}.").format(what=done.came))
    if done.left:
        sentences.append(_("What could not come back: {what}.").format(what=done.left))
    return " ".join(sentences)


def _cells(item: TrashItem) -> tuple[str, ...]:
    when = format_datetime(item.at.astimezone(), current_language())
    return item.title, item.kind, when, item.step


def _count_items(count: int) -> str:
    if not count:
        return _("There is nothing here.")
    if count >= MOST_ITEMS:
        return _("The newest {count} are shown; search for what is older.").format(
            count=format_number(count, current_language())
        )
    return ngettext("{count} was removed.", "{count} were removed.", count).format(count=count)
