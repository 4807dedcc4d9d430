"""Settings: theme, language, who is sitting here, and from which sizes on attachments are remarked on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.folding import clean_line
from coi_desktop.models.text import format_number, parse_number
from coi_desktop.ui.backup_commands import choose_second_place
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.theme import THEMES, load_theme

_MOST_MEGABYTES = 1_000_000


class SettingsDialog(QDialog):
    """The theme is worn at once, the language spoken in the window that follows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Settings"))
        self.setMinimumWidth(360)
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(6)
        themes = [("", _("As the system")), *((name, load_theme(name).label()) for name in THEMES)]
        languages = [("", _("As the system")), ("da", "Dansk"), ("en", "English")]
        self.theme = self._add(column, _("&Theme"), themes, desk.settings.get("theme"))
        self.language = self._add(column, _("&Language"), languages, desk.settings.get("language"))
        self.my_name = self._add_my_name(column)
        self.one_attachment = self._add_megabytes(
            column, _("Notice when an &attachment is larger than (MB)"), "attachment_notice_mb"
        )
        self.all_attachments = self._add_megabytes(
            column, _("Notice when a&ll attachments together are larger than (MB)"), "attachments_notice_mb"
        )
        self._add_second_place(column)
        column.addStretch(1)
        self._lay_out(settings)
        self.theme.activated.connect(self._wear)
        self.language.activated.connect(self._speak)

    def _lay_out(self, settings: QWidget) -> None:
        """The settings, which scroll on a small screen, and Close below them."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(settings)
        close = QPushButton(_("&Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 16)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        self.resize(settings.sizeHint() + QSize(24, close.sizeHint().height() + 28))

    def _add(self, column: QVBoxLayout, label: str, choices: list[tuple[str, str]], chosen: str) -> ChoiceBox:
        box = ChoiceBox()
        for key, words in choices:
            box.addItem(words, key)
        box.setCurrentIndex(box.findData(chosen))
        box.setAccessibleName(label.replace("&", ""))
        said = PlainLabel(label)
        said.setBuddy(box)
        column.addWidget(said)
        column.addWidget(box)
        return box

    def _add_my_name(self, column: QVBoxLayout) -> QLineEdit:
        line = QLineEdit(self._desk.settings.get("my_name"))
        line.setMaxLength(200)
        line.setAccessibleName(_("Your name"))
        label = PlainLabel(_("&Your name, as it stands under owner or project leader"))
        label.setBuddy(line)
        column.addWidget(label)
        column.addWidget(line)
        line.editingFinished.connect(lambda: self._desk.settings.set("my_name", clean_line(line.text())))
        return line

    def _add_megabytes(self, column: QVBoxLayout, label: str, name: str) -> QLineEdit:
        line = QLineEdit(self._megabytes(name))
        line.setAccessibleName(label.replace("&", ""))
        said = PlainLabel(label)
        said.setBuddy(line)
        column.addWidget(said)
        column.addWidget(line)
        line.editingFinished.connect(lambda: self._keep_megabytes(line, name))
        return line

    def _megabytes(self, name: str) -> str:
        return format_number(self._desk.settings.get(name), current_language(), grouping=False)

    def _keep_megabytes(self, line: QLineEdit, name: str) -> None:
        """A whole number of at least one; what is none makes way for what was set before."""
        number = parse_number(line.text()).reading("comma" if current_language() == "da" else "point")
        if number is not None and 1 <= number <= _MOST_MEGABYTES:
            self._desk.settings.set(name, int(number))
        line.setText(self._megabytes(name))

    def _add_second_place(self, column: QVBoxLayout) -> None:
        self.place = PlainLabel(wrap=True)
        self.choose_place = QPushButton(_("Choose a &folder…"))
        self.no_place = QPushButton(_("&No second place"))
        row = QHBoxLayout()
        row.addWidget(self.choose_place)
        row.addWidget(self.no_place)
        row.addStretch(1)
        column.addWidget(PlainLabel(_("Second place for backups")))
        column.addWidget(self.place)
        column.addLayout(row)
        for button in (self.choose_place, self.no_place):
            button.setAutoDefault(False)
        self.choose_place.clicked.connect(self._choose_place)
        self.no_place.clicked.connect(self._forget_place)
        self._show_place()

    def _choose_place(self) -> None:
        try:
            choose_second_place(self._desk)
        except Problem as problem:
            self._desk.prompts.show_problem(problem)
        self._show_place()

    def _forget_place(self) -> None:
        self._desk.settings.set("backup_place", "")
        self._show_place()

    def _show_place(self) -> None:
        chosen = self._desk.settings.get("backup_place")
        self.place.setText(chosen or _("None: the backups lie on this computer only."))
        self.no_place.setEnabled(bool(chosen))

    def _wear(self) -> None:
        name = self.theme.currentData()
        self._desk.settings.set("theme", name)
        self._desk.looks.choose(name)

    def _speak(self) -> None:
        self._desk.settings.set("language", self.language.currentData())
