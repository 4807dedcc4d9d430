"""Pictures of dialogue sheets: what is chosen, what comes back, and a step on the whole screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QDialog

from coi_desktop.i18n import _
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.worksheets import (
    export_worksheet_book,
    plan_returned_worksheets,
    read_worksheet_book,
    sheets_of,
)
from coi_desktop.ui.dialogs.return_preview import PreviewWords, ReturnPreview
from coi_desktop.ui.dialogs.worksheets_dialog import WorksheetsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.walkthrough.presentation import Presentation
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

#: What somebody wrote at the meeting: the answer, and what stands there now.
EDITS = (
    ("decide.decided", "Skalér eller spred"),
    ("decide.reason", "Besluttet på mødet i styregruppen."),
    ("decide.conditions", None),
)
STEPS = ("purpose", "value", "theory", "indicators", "decide")


def shoot_worksheets(
    window: MainWindow, panel: WalkPanel, folder: Path, shoot_dialog: Callable[[QDialog, str], None]
) -> None:
    """The dialog, the preview of a filled in sheet, and some steps in a meeting."""
    desk, walk = window.desk, panel.walk
    shoot_dialog(WorksheetsDialog(desk, sheets_of(walk.loaded)), "worksheets")
    path = folder / "ark.xlsx"
    run_to_end(export_worksheet_book(desk.register, walk.evaluation_id, path, language="da"))
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one.title.startswith("17 "))
    for name, value in EDITS:
        row = next(cell.row for cell in sheet["A"] if cell.value == f"answer|{name}")
        sheet.cell(row, 4).value = value
    book.save(path)
    returned = run_to_end(
        plan_returned_worksheets(desk.register, run_to_end(read_worksheet_book(desk.register, path)))
    )
    path.unlink()
    said = PreviewWords(
        _("Take in dialogue sheets"),
        _("Where"),
        _("New row"),
        _("Cells, rows and sheets that are missing in the workbook change nothing."),
    )
    shoot_dialog(ReturnPreview(desk, returned.plan, words=returned.words, said=said), "worksheets-preview")
    for step in STEPS:
        walk.jump_to_question(next(one.id for one in walk.loaded.guide.step(step).questions))
        shoot_dialog(Presentation(desk, walk), f"meeting-{step}")
