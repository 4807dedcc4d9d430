"""The tab Attachments: add by dropping, pasting or choosing; open, save, replace, describe, remove."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.records import Record
from coi_desktop.operations.attachments import find_attachments, find_measurements
from coi_desktop.ui import attachment_commands as commands
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.panels.attachment_tree import AttachmentTree
from coi_desktop.ui.pasted import can_be_attached, sources_of
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow

#: A change of these may change what is shown.
_TABLES = ("attachment", "measurement", "indicator")


class AttachmentsTab(RecordTab):
    """The attachments of one initiative, also when there are none yet, so that one can begin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record_id = ""
        self._labels: dict[str, str] = {}
        self.setAcceptDrops(desk.can_write)
        self.tree = AttachmentTree()
        self.note = PlainLabel(tone="muted", wrap=True, selectable=True)
        self.note.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = PlainLabel(
            _("No attachments yet. Drop files here, paste them with Ctrl+V, or choose them."),
            tone="muted",
            wrap=True,
        )
        self.add = self._button(_("A&dd attachments…"), self._ask_and_add)
        self.open = self._button(_("O&pen"), self._open)
        self.save = self._button(_("&Save as…"), self._save)
        self.more = QPushButton(_("Mo&re"))
        self.menu = self._make_menu()
        self.more.setMenu(self.menu)
        page = QWidget()
        page.setProperty("look", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addWidget(in_a_flow(self.add, self.open, self.save, self.more))
        column.addWidget(self.empty)
        column.addWidget(self.tree, 1)
        column.addWidget(self.note)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.open_wanted.connect(self._open)
        self.tree.edit_wanted.connect(self._edit)
        self.tree.remove_wanted.connect(self._remove)
        self.tree.paste_wanted.connect(self.paste)
        self.tree.chosen.connect(self._update)
        desk.bridge.changed.connect(self._take_in)

    def _button(self, label: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _make_menu(self) -> QMenu:
        """What stands behind More and under the right button; the keys are the list's own."""
        menu = QMenu(self)
        self._actions: dict[str, QAction] = {}
        for name, label, key, do in (
            ("edition", _("Insert new &edition…"), "", self._insert_edition),
            ("edit", _("Edit &title, note and measurement…"), "F2", self._edit),
            ("paste", _("Paste &files or picture"), "Ctrl+V", self.paste),
            ("remove", _("&Remove"), "Del", self._remove),
        ):
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{label}\t{shown}" if key else label)
            action.triggered.connect(lambda _checked=False, do=do: do())
            self._actions[name] = action
        menu.aboutToShow.connect(self._update)
        return menu

    def show_record(self, record_id: str) -> None:
        """Show the attachments of this initiative."""
        self._record_id = record_id
        register = self._desk.register
        groups = find_attachments(register, record_id)
        has_evidence = any(group.newest["measurement_id"] for group in groups)
        measurements = find_measurements(register, record_id) if has_evidence else ()
        self._labels = {one.id: one.label for one in measurements}
        self.tree.show_attachments(groups, self._labels)
        self.tree.setVisible(bool(groups))
        self.empty.setVisible(not groups)
        self._update()

    def _take_in(self, changes: ChangeSet) -> None:
        if self._record_id and any(changes.touches(table) for table in _TABLES):
            self.show_record(self._record_id)

    def _update(self) -> None:
        """Turn buttons on and off by what is chosen, and show the note of the one the keyboard is on."""
        current, can_write = self.tree.current(), self._desk.can_write
        chosen = bool(self.tree.records())
        self.add.setEnabled(can_write)
        self.open.setEnabled(current is not None)
        self.save.setEnabled(current is not None)
        for name in ("edition", "edit"):
            self._actions[name].setEnabled(can_write and current is not None)
        self._actions["remove"].setEnabled(can_write and chosen)
        content = QApplication.clipboard().mimeData() if self.menu.isVisible() else None
        self._actions["paste"].setEnabled(can_write and (content is None or can_be_attached(content)))
        lines = [] if current is None else [current.text("note"), self._evidence_line(current)]
        self.note.setText("\n".join(line for line in lines if line))
        self.note.setVisible(any(lines))

    def _evidence_line(self, attachment: Record) -> str:
        label = self._labels.get(attachment.text("measurement_id"), "")
        return _("Evidence of: {measurement}").format(measurement=label) if label else ""

    # Adding

    def _ask_and_add(self) -> None:
        if self._record_id and self._desk.can_write:
            commands.ask_and_add(self._desk, self._record_id)

    def paste(self) -> None:
        """Attach the files or the picture of the clipboard."""
        content = QApplication.clipboard().mimeData()
        if self._record_id and self._desk.can_write:
            commands.add_sources(self._desk, self._record_id, sources_of(content))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V also where there is no list yet."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may come in."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Always as copies: the program they come from keeps its own."""
        if can_be_attached(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        sources = sources_of(event.mimeData())
        if self._record_id and sources:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            commands.add_sources(self._desk, self._record_id, sources)

    # With one that is there

    def _open(self) -> None:
        self._with_current(commands.open_attachment, writes=False)

    def _save(self) -> None:
        self._with_current(commands.save_as, writes=False)

    def _insert_edition(self) -> None:
        self._with_current(commands.insert_edition)

    def _edit(self) -> None:
        self._with_current(_edit)

    def _remove(self) -> None:
        chosen = self.tree.records()
        if chosen:
            self._with_current(lambda desk, _current: commands.remove(desk, chosen))

    def _with_current(self, do: Callable[[Desk, Record], object], *, writes: bool = True) -> None:
        current = self.tree.current()
        if current is None or (writes and not self._desk.can_write):
            return
        try:
            do(self._desk, current)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="attachments")

    def _show_menu(self, place: QPoint) -> None:
        self.menu.popup(self.tree.viewport().mapToGlobal(place))


def _edit(desk: Desk, attachment: Record) -> None:
    from coi_desktop.ui.dialogs.attachment_dialog import AttachmentDialog

    desk.prompts.ask_dialog(AttachmentDialog(desk, attachment))
