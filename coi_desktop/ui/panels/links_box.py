"""The links of an initiative to others: where each leads, and a way to add one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.library import words_of
from coi_desktop.operations.links import Link, find_links, remove_link
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.figure_card import WayRow
from coi_desktop.ui.panels.rows_frame import RowsFrame
from coi_desktop.ui.plain import isolated, one_line
from coi_desktop.ui.undoing import undo_step


class LinksBox(QWidget):
    """What is said at either end; only links said here are taken away here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._initiative = ""
        self.rows = RowsFrame(_("Links to other initiatives"))
        self.add = QPushButton(_("Add a lin&k…"))
        self.add.setProperty("look", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.rows)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        if not desk.can_write:
            self.add.hide()
        self.add.clicked.connect(self._add)

    def show_owner(self, initiative_id: str) -> None:
        """Show the links of another initiative."""
        self._initiative = initiative_id
        self._read()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        if self._initiative and (
            changes.touches("initiative_link") or changes.touches("initiative", "title")
        ):
            self._read()

    def _read(self) -> None:
        links = find_links(self._desk.register, self._initiative)
        self.rows.show_rows([self._row(link) for link in links])
        self.setVisible(bool(links) or self._desk.can_write)

    def _row(self, link: Link) -> QWidget:
        words = words_of(self._desk.register)
        kind = words.label("initiative_link.kind", link.record.text("kind"))
        title = link.other.text("title")
        said = _("{kind}, says the other one").format(kind=kind) if link.is_backward else kind
        way = WayRow(title, said)
        way.clicked.connect(lambda: self._desk.routes.show_record("initiatives", link.other.id))
        if link.is_backward or not self._desk.can_write:
            return way
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(way, 1)
        remove = QToolButton()
        remove.setText("✕")
        remove.setProperty("look", "link")
        remove.setAccessibleName(one_line(_("Remove the link to {title}").format(title=title)))
        remove.clicked.connect(lambda: self._remove(link))
        line.addWidget(remove)
        return whole

    def _remove(self, link: Link) -> None:
        try:
            remove_link(self._desk.register, link.record.id)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="links")
            return
        text = _("The link to “{title}” was removed.").format(title=isolated(link.other.text("title")))
        self._desk.notices.show_done(text, [undo_step(self._desk)])

    def _add(self) -> None:
        from coi_desktop.ui.dialogs.link_dialog import LinkDialog

        self._desk.prompts.ask_dialog(LinkDialog(self._desk, self._initiative))
