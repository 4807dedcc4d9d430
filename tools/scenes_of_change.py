"""Changing with confidence before the camera: several at once, the trash, duplicates, merging, history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Value
from coi_desktop.operations import initiatives
from coi_desktop.operations.bulk import read_selection
from coi_desktop.operations.merging import find_duplicates
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.dialogs.duplicates_dialog import DuplicatesDialog
from coi_desktop.ui.dialogs.history_dialog import HistoryDialog
from coi_desktop.ui.dialogs.merge_dialog import MergeDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.trash_dialog import TrashDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.history_tab import HistoryTab

#: What somebody else wrote down of the same initiative.
TWIN: dict[str, Value] = {
    "title": "Skærmbesøg i hjemmepleje",
    "problem": "Medarbejderne kører for meget.",
    "owner": "Sundhed og Ældre",
    "phase": "introduce",
}

Shoot = Callable[[str], None]
ShootDialog = Callable[[QDialog, str], None]


def shoot_changes(window: MainWindow, main_id: str, shoot: Shoot, shoot_dialog: ShootDialog) -> None:
    """Every screen of it, on a register with the sample portfolio."""
    desk, page = window.desk, window.page
    assert isinstance(page, InitiativesPage)
    page.table.selectAll()
    shoot("several")
    bulk = BulkDialog(desk, run_to_end(read_selection(desk.register, page.table.chosen_ids())), window)
    bulk.add_field("phase")
    bulk.add_field("owner").row.editor.set_raw("Velfærdsinnovation")
    bulk.add_field("owner").row.editor.edited.emit()
    bulk.add_tags.setText("velfærd")
    bulk.update_preview()
    shoot_dialog(bulk, "dialog-bulk")
    page.show_record(main_id)
    initiatives.remove_initiative(desk.register, main_id)
    shoot_dialog(TrashDialog(desk, window), "dialog-trash")
    desk.register.undo()
    page.show_record(main_id)
    initiatives.edit_field(desk.register, main_id, "problem", "Hjemmeplejen bruger op mod to timer om dagen.")
    if page.panel is not None:
        history = page.panel.show_tab("history")
        assert isinstance(history, HistoryTab)
        tree = history.panel.tree
        tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
        shoot("history")
        page.panel.show_tab("facts")
    shoot_dialog(HistoryDialog(desk, window), "dialog-history")
    desk.register.undo()
    twin = initiatives.add_initiative(desk.register, TWIN)
    duplicates = run_to_end(find_duplicates(desk.register))
    shoot_dialog(DuplicatesDialog(desk, duplicates, lambda _one, _two: False, window), "dialog-duplicates")
    shoot_dialog(MergeDialog(desk, main_id, twin, window), "dialog-merge")
    adding = QuickAdd(desk, window)
    adding.row("title").editor.set_raw(str(TWIN["title"]))
    adding.warn()
    shoot_dialog(adding, "dialog-quick-add-lookalike")
    desk.register.undo()
