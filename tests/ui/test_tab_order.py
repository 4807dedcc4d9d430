"""In dialogs whose parts are made late, the Tab key still goes from top to bottom."""

from __future__ import annotations

import gc

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import initiatives
from coi_desktop.operations.bulk import read_selection
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.dialogs.merge_dialog import MergeDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.tab_order import find_stops_as_laid_out


def stops_upwards(dialog: QDialog) -> list[str]:
    """Where the Tab key goes back up to something that stands above and to the left."""
    found = []
    before, part = dialog, dialog.nextInFocusChain()
    while part is not dialog:
        takes_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        if takes_tab and part.isVisibleTo(dialog) and part.isEnabled() and part.window() is dialog:
            here, there = part.mapTo(dialog, QPoint(0, 0)), before.mapTo(dialog, QPoint(0, 0))
            if before is not dialog and here.y() + part.height() <= there.y() and here.x() <= there.x():
                found.append(part.accessibleName())
            before = part
        part = part.nextInFocusChain()
    return found


def test_a_line_made_last_and_put_on_top_is_found(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    column.addWidget(QPushButton("Foot"))
    top = QLineEdit()
    top.setAccessibleName("Top")
    column.insertWidget(0, top)
    dialog.show()
    assert stops_upwards(dialog) == ["Top"]


def test_the_order_is_that_of_the_layouts_and_takes_none_of_their_items_out(qtbot: QtBot) -> None:
    """What PySide6 hands over of a layout stays behind when Qt has freed it."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    named = {name: QLineEdit(dialog) for name in ("second", "last", "first", "between", "loose")}
    column, within = QVBoxLayout(dialog), QHBoxLayout()
    column.addWidget(named["first"])
    column.addLayout(within)
    column.addWidget(named["last"])
    within.addWidget(named["second"])
    within.addStretch(1)
    within.addWidget(named["between"])
    dialog.show()
    before = layout_items()
    names = {part: name for name, part in named.items()}
    order = [names[one] for one in find_stops_as_laid_out(dialog) if isinstance(one, QLineEdit)]
    assert order == ["first", "second", "between", "last", "loose"]
    assert layout_items() == before
    column.itemAt(0)
    assert layout_items() == before + 1


def layout_items() -> int:
    """How many items of layouts Python holds."""
    return sum(isinstance(one, (QWidgetItem, QSpacerItem)) for one in gc.get_objects())


def test_tab_goes_through_the_fields_of_a_bulk_edit_before_its_buttons(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    dialog = BulkDialog(window.desk, run_to_end(read_selection(register, three)), window)
    for name in ("phase", "owner", "next_date", "budget"):
        dialog.add_field(name)
    dialog.update_preview()
    dialog.show()
    assert stops_upwards(dialog) == []
    dialog.close()


def test_tab_goes_through_the_values_of_a_merge_before_its_buttons_also_when_swapped(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    twin = initiatives.add_initiative(register, {"title": "Skærmbesøg", "owner": "Team Øst", "problem": "Kø"})
    dialog = MergeDialog(window.desk, three[0], twin, window)
    dialog.show()
    assert dialog.buttons
    assert stops_upwards(dialog) == []
    dialog.swap_button.click()
    assert stops_upwards(dialog) == []
    assert all(min(one.width(), one.height()) >= 24 for one in _shown(dialog))
    dialog.close()


def _shown(dialog: MergeDialog) -> list[QWidget]:
    return [button for button in dialog.buttons.values() if button.isVisible()]
