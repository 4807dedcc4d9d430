"""What documents a measurement: the attachments that are evidence of it, and the way to add one."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.attachments import find_evidence, find_initiative_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel, one_line


class EvidenceLine(QWidget):
    """One line below a measurement, kept up with its attachments."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._measurement_id = ""
        self.said = PlainLabel(tone="muted", wrap=True)
        self.add = QPushButton(_("Attach evidence…"))
        self.add.setProperty("look", "link")
        self.add.setEnabled(desk.can_write)
        self.add.clicked.connect(self._ask_and_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.said)
        column.addWidget(self.add)
        desk.bridge.changed.connect(self._take_in)

    def show_measurement(self, measurement_id: str) -> None:
        """Show what documents this measurement."""
        self._measurement_id = measurement_id
        initiative_id = find_initiative_of(self._desk.register, measurement_id)
        evidence = find_evidence(self._desk.register, initiative_id).get(measurement_id, ())
        titles = ", ".join(one_line(shown_codes(one.text("title"))) for one in evidence)
        self.said.setText(
            _("Evidence: {titles}").format(titles=titles) if titles else _("No attachment documents it yet.")
        )

    def _take_in(self, changes: ChangeSet) -> None:
        if self._measurement_id and changes.touches("attachment"):
            self.show_measurement(self._measurement_id)

    def _ask_and_add(self) -> None:
        from coi_desktop.ui.attachment_commands import ask_and_add

        initiative_id = find_initiative_of(self._desk.register, self._measurement_id)
        if initiative_id:
            ask_and_add(self._desk, initiative_id, self._measurement_id)
