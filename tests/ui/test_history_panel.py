"""History on the screen: filtered by field, paged, and the way back to a value."""

from __future__ import annotations

from PySide6.QtTest import QAbstractItemModelTester

from coi_desktop.operations import initiatives
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.history_dialog import HistoryDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.panels.history_panel import PAGE, HistoryPanel


def panel_of(window: MainWindow, record_id: str | None) -> HistoryPanel:
    panel = HistoryPanel(window.desk)
    panel.show_record(record_id)
    return panel


def test_a_value_is_restored_from_the_chosen_line(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    initiatives.edit_field(register, three[0], "problem", "Vi cykler meget & længe")
    initiatives.edit_field(register, three[0], "owner", "Andre")
    panel = panel_of(window, three[0])
    panel.fields.setCurrentIndex(panel.fields.findData("owner"))
    panel.read()
    assert [line.strip() for line in panel.lines()][1] == "Ejer: Team Digital → Andre"
    panel.tree.setCurrentIndex(panel.tree.model().index(0, 0, panel.tree.model().index(0, 0)))
    assert not panel.before.isHidden()
    assert panel.after.isHidden()
    assert panel.before.text() == "Gendan “Team Digital”"
    assert panel.difference.toPlainText() == "Team DigitalAndre"
    panel.before.click()
    assert register.get("initiative", three[0])["owner"] == "Team Digital"
    panel.deleteLater()


def test_older_steps_come_when_they_are_asked_for(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    for number in range(PAGE + 5):
        initiatives.add_row(register, "tag", {"initiative_id": three[0], "name": f"emne {number}"})
    panel = panel_of(window, None)
    QAbstractItemModelTester(panel.tree.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    assert panel.tree.model().rowCount() == PAGE
    assert not panel.older.isHidden()
    panel.older.click()
    assert panel.tree.model().rowCount() == len(register.history())
    for _time in range(5):  # emptied and filled with a line chosen, as after every change
        panel.tree.setCurrentIndex(panel.tree.model().index(0, 0, panel.tree.model().index(3, 0)))
        assert panel.chosen() is not None
        panel.read()
        assert panel.chosen() is None
    panel.deleteLater()


def test_the_history_of_the_register_follows_what_is_done(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    dialog = HistoryDialog(window.desk)
    before = dialog.panel.tree.model().rowCount()
    initiatives.remove_initiative(register, three[0])
    assert dialog.panel.tree.model().rowCount() == before + 1
    dialog.deleteLater()
