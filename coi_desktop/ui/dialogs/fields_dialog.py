"""Fields and lists: what a unit makes its own. Each change is one step and holds at once everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.choice_lists_page import ChoiceListsPage
from coi_desktop.ui.panels.methods_page import MethodsPage
from coi_desktop.ui.panels.own_fields_page import OwnFieldsPage
from coi_desktop.ui.panels.phases_page import PhasesPage
from coi_desktop.ui.panels.rate_sets_page import RateSetsPage
from coi_desktop.ui.panels.tags_page import TagsPage

_WIDE, _HIGH = 820, 520


class FieldsDialog(QDialog):
    """Own fields, choice lists, phases, tags, methods and rates on a page each."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Fields and lists"))
        self.resize(_WIDE, _HIGH)
        self.own_fields = OwnFieldsPage(desk)
        self.choice_lists = ChoiceListsPage(desk)
        self.phases = PhasesPage(desk)
        self.tags = TagsPage(desk)
        self.methods = MethodsPage(desk)
        self.rate_sets = RateSetsPage(desk)
        self.pages = QTabWidget()
        self.pages.addTab(self.own_fields, _("Own &fields"))
        self.pages.addTab(self.choice_lists, _("&Choice lists"))
        self.pages.addTab(self.phases, _("&Phases"))
        self.pages.addTab(self.tags, _("&Tags"))
        self.pages.addTab(self.methods, _("&Methods"))
        self.pages.addTab(self.rate_sets, _("&Rates"))
        self.pages.currentChanged.connect(self._show_page)
        close = QPushButton(_("&Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.pages, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter edits the chosen row
        self.own_fields.list.table.setFocus()

    def _show_page(self, place: int) -> None:
        """An own choice field made on one page has its list on the next."""
        if self.pages.widget(place) is self.choice_lists:
            self.choice_lists.refresh()


def show_fields(desk: Desk) -> None:
    """Show the dialog, with everything typed written before."""
    if desk.routes.flush():
        desk.prompts.ask_dialog(FieldsDialog(desk))
