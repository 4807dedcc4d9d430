"""Changing with confidence before the camera: several at once, the trash, duplicates, merging, history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import initiatives
from coi_desktop.operations.bulk import read_selection
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.dialogs.trash_dialog import TrashDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage

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
