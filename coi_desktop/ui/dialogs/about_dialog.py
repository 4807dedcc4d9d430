"""About: versions, where things lie, and a text for support that holds no content."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6 import __version__ as qt_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.place_words import name_of_place
from coi_desktop.models.text import format_number
from coi_desktop.operations.about import About, describe_for_support, read_about
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.opening import show_folder
from coi_desktop.ui.plain import PlainLabel, menu_text, set_tooltip

_WIDTH = 620


def show_about(desk: Desk) -> None:
    """Show it above the window."""
    desk.prompts.ask_dialog(AboutDialog(desk))


class AboutDialog(QDialog):
    """The facts, each folder with a button that shows it, and one that copies the text for support."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = read_about(desk.register)
        self.setWindowTitle(_("About COI Desktop"))
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel("COI Desktop", rank="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for label, text, folder in _facts(self._about):
            self._add(grid, label, text, folder)
        column.addLayout(grid)
        column.addWidget(
            PlainLabel(_("Nothing leaves this computer: the program uses no network."), tone="muted")
        )
        self._said = PlainLabel(wrap=True)
        self._said.hide()
        column.addWidget(self._said)
        column.addWidget(self._make_buttons())
        self._close.setFocus()

    @property
    def support_text(self) -> str:
        """What is copied for support."""
        return describe_for_support(self._about, qt_version)

    def _add(self, grid: QGridLayout, label: str, text: str, folder: Path | None) -> None:
        row = grid.rowCount()
        grid.addWidget(PlainLabel(label, tone="muted"), row, 0)
        said = PlainLabel(text, wrap=True, selectable=True)
        said.setAccessibleName(f"{label}: {text}")
        grid.addWidget(said, row, 1)
        if folder is not None:
            button = QPushButton(menu_text(_("Open folder")))
            button.setAutoDefault(False)
            button.setAccessibleName(_("Open the folder: {what}").format(what=label))
            set_tooltip(button, str(folder))
            button.clicked.connect(partial(self._show_folder, folder))
            grid.addWidget(button, row, 2)

    def _make_buttons(self) -> QDialogButtonBox:
        copy = QPushButton(_("&Copy for support"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        self._close = QPushButton(_("&Close"))
        self._close.setProperty("look", "main")
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)
        buttons = QDialogButtonBox()
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._close, QDialogButtonBox.ButtonRole.AcceptRole)
        return buttons

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.support_text)
        self._say(_("Copied: versions, sizes and counts. No titles, names or paths."))

    def _show_folder(self, folder: Path, _checked: bool = False) -> None:
        try:
            show_folder(folder)
        except Problem as problem:
            self._say(str(problem))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()


def _facts(about: About) -> list[tuple[str, str, Path | None]]:
    language = current_language()
    size = _("{size} kB, {place}").format(
        size=format_number(about.size // 1000, language), place=name_of_place(about.place)
    )
    backup = (
        _("no backup yet") if about.backup is None else format_datetime(about.backup.astimezone(), language)
    )
    return [
        (_("Version"), about.version, None),
        (_("Unit"), about.unit or _("not named"), None),
        (_("Register"), str(about.path), about.path.parent),
        (_("Size"), size, None),
        (_("Newest backup"), backup, None),
        (_("Backups"), str(paths.backup_folder()), paths.backup_folder()),
        (_("Settings"), str(paths.settings_file()), paths.settings_file().parent),
        (_("Log"), str(paths.log_folder()), paths.log_folder()),
        (_("Parts"), f"SQLite {about.sqlite}, Qt {qt_version}, Python {about.python}", None),
        (_("System"), about.system, None),
    ]
