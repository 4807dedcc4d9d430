"""Pictures of the board, of gates and links, of reminders in their list, and of a sheet that comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.reminders import Reminder, ReminderKind
from coi_desktop.operations.gates import move_to_phase, tick_line
from coi_desktop.operations.initiatives import add_initiative, edit_field, remove_initiative
from coi_desktop.operations.links import add_link
from coi_desktop.operations.other_editions import compare_edition
from coi_desktop.operations.phases import get_phases
from coi_desktop.operations.register_sheets import (
    export_register_sheet,
    plan_returned_sheet,
    read_returned_sheet,
)
from coi_desktop.operations.registers import open_register
from coi_desktop.ui.dialogs.edition_preview import EditionPreview
from coi_desktop.ui.dialogs.link_dialog import LinkDialog
from coi_desktop.ui.dialogs.reminder_list import ReminderList
from coi_desktop.ui.dialogs.return_preview import ReturnPreview
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.chosen_initiatives import BOARD, LIST
from coi_desktop.ui.pages.initiatives_page import InitiativesPage

#: What somebody did in Excel: the row in the sheet, the field, and what stands there now.
EDITS = (
    (3, "owner", "Dorte Lund"),
    (4, "owner", None),
    (5, "phase", "Rumfart"),
    (6, "title", "Et andet navn til det samme"),
)


def shoot_phases(
    window: MainWindow,
    page: InitiativesPage,
    folder: Path,
    shoot: Callable[[str], None],
    shoot_dialog: Callable[..., None],
) -> None:
    """The board with a moved card, the tab with a gate, links; then back to how it was."""
    desk, register, chosen = window.desk, window.desk.register, page.current_initiative()
    page.initiatives.set_shape(BOARD)
    shoot("board")
    other = next(one.id for one in register.snapshot().rows("initiative") if one.id != chosen)
    add_link(register, chosen, "based_on", other)
    phases = get_phases(register)
    first = register.get("initiative", chosen).text("phase") or phases[0].key
    target = next(phase.key for phase in phases if phase.key != first)
    move_to_phase(register, chosen, target)
    shoot("board-moved")
    assert page.other is not None
    some = [register.row_number("initiative", one.id) for one in register.snapshot().rows("initiative")[:5]]
    page.other.choose_numbers([number for number in some if number is not None])
    page.other.several_chosen.emit()
    shoot("board-several")
    page.initiatives.set_shape(LIST)
    for phase in phases:
        if phase.key == target:
            tick_line(register, chosen, target, phase.checklist()[0], met=True)
    assert page.panel is not None
    page.panel.show_tab("phases")
    shoot("tab-phases")
    page.panel.show_tab("facts")
    shoot_dialog(LinkDialog(desk, chosen, window), "dialog-link")
    snapshot = register.snapshot()
    waiting = [
        Reminder(ReminderKind.NOT_CONFIRMED, one.id, "", "initiative", one.id, one.day("start"))
        for one in snapshot.rows("initiative")
    ]
    titles = {one.id: one.text("title") for one in snapshot.rows("initiative")}
    shoot_dialog(ReminderList(desk, waiting, titles, window), "dialog-reminders")
    _shoot_returned(window, folder, shoot_dialog)
    _shoot_edition(window, folder, shoot_dialog)
    for _step in range(3):
        register.undo()


def _shoot_returned(window: MainWindow, folder: Path, shoot_dialog: Callable[..., None]) -> None:
    import openpyxl

    desk, register = window.desk, window.desk.register
    path = folder / "registret.xlsx"
    run_to_end(export_register_sheet(register, path))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    for row, field, value in EDITS:
        sheet.cell(row, columns[field]).value = value
    book.save(path)
    edit_field(register, str(sheet.cell(3, 1).value), "owner", "Erik Holm")
    returned = run_to_end(read_returned_sheet(register, path))
    plan = run_to_end(plan_returned_sheet(register, returned))
    shoot_dialog(ReturnPreview(desk, plan, window), "dialog-returned")
    register.undo()


def _shoot_edition(window: MainWindow, folder: Path, shoot_dialog: Callable[..., None]) -> None:
    register = window.desk.register
    path = folder / "register (Annes konfliktkopi 2026-11-22).coi"
    register.backup(path)
    first, second, third, *_rest = [one.id for one in register.snapshot().rows("initiative")]
    with open_register(path) as there:
        edit_field(there, first, "owner", "Dorte Lund")
        edit_field(there, second, "solution", None)
        edit_field(there, second, "owner", "Dorte Lund")
        edit_field(there, third, "owner", "Anna Holm")
        add_initiative(there, {"title": "Fælles indkøb af hjælpemidler", "owner": "Anna Holm"})
    edit_field(register, first, "owner", "Erik Holm")
    remove_initiative(register, third)
    compared = run_to_end(compare_edition(register, path))
    shoot_dialog(EditionPreview(compared, window), "dialog-edition")
    register.undo()
    register.undo()
    path.unlink()
