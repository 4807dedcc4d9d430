"""A list of another unit's kind, as it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import table_imports
from coi_desktop.ui.dialogs.table_import import TableImportDialog
from coi_desktop.ui.main_window import MainWindow

#: A list as a unit may keep it: a title above the headings, dates and numbers as typed, one bad row.
LIST = """Tiltag i Eksempel Kommune;;;;
Titel;Forvaltning;Fase;Start;Budget
Skærmbesøg i hjemmeplejen;Hjemmeplejen Vest;Udvikling og afprøvning;01-02-2026;250.000
Dronefotos af tage;Teknik og Miljø;Idé;1. marts 2027;45.000,50
;Sundhed;Idé;;
Leg og læring på biblioteket;Kultur;Foranalyse;snart;12.500
Skærmbesøg i hjemmeplejen;Hjemmeplejen Øst;Indførelse;22/11/26;90.000
"""


def shoot_table_import(window: MainWindow, folder: Path, shoot_dialog: Callable[..., None]) -> None:
    """The columns of the list, then its rows."""
    path = folder / "vores liste.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    register = window.desk.register
    table = run_to_end(table_imports.read_table(path))
    suggestion, remembered = table_imports.suggest_mapping(register, table)
    dialog = TableImportDialog(window.desk, table, suggestion, remembered, bool, window)
    shoot_dialog(dialog, "import-columns", close=False)
    dialog.go_on()
    shoot_dialog(dialog, "import-rows")
