"""Cells that came back from Excel: what cannot be read is told with what to do in the sheet itself."""

from __future__ import annotations

import pytest

from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.returned_cells import ColumnReader, WrongCell
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.operations.library import vocabulary


@pytest.mark.parametrize(
    ("field", "text", "remedy"),
    [
        ("budget", "1.000", "Skriv tallet i en celle, der er formateret som tal."),
        ("budget", "mange", "Skriv et beløb som 125.000 eller 125000,50."),
        ("start", "01/02/2026", "Skriv datoen i en celle, der er formateret som dato."),
        ("start", "snart", "Skriv en dato som 22-11-2026, eller formatér cellen som dato."),
    ],
)
def test_what_cannot_be_read_is_settled_in_the_sheet_not_in_a_mapping(
    field: str, text: str, remedy: str
) -> None:
    cell = Cell(CellKind.TEXT, text)
    both_orders = [Cell(CellKind.TEXT, day) for day in ("13/01/2026", "01/13/2026")]
    read = ColumnReader(record_type("initiative").by_name[field], vocabulary(), [cell, *both_orders]).read(
        cell
    )
    assert isinstance(read, WrongCell)
    assert read.remedy == remedy
