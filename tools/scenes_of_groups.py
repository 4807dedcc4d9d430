"""Pictures of an indicator that is broken down by group; then back to how it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coi_desktop.operations.answering import change_row
from coi_desktop.operations.measuring import add_measurement, read_measurement
from coi_desktop.store.register import Register
from coi_desktop.ui.record_panel import RecordPanel

GROUPS = (
    ("2026-02-27", (("Nord", 76, 4), ("Midt", 71, 6), ("Syd", 74, 8))),
    ("2026-09-30", (("Nord", 55, 4), ("Midt", 48, 6), ("Syd", 53, 8), ("Aftenvagt", 57, 9))),
)


def shoot_groups(register: Register, panel: RecordPanel, shoot_pages: Callable[[QWidget, str], None]) -> None:
    """The tab of an evaluation whose first indicator is measured by district."""
    evaluation_id = register.children("evaluation", panel.record_id)[0].id
    indicator = register.children("indicator", evaluation_id)[0]
    steps = 2
    change_row(register, evaluation_id, "indicators.indicators", indicator.id, "breakdown", "Distrikt")
    change_row(register, evaluation_id, "indicators.indicators", indicator.id, "summing", "ratio")
    for day, groups in GROUPS:
        for name, value, n in groups:
            typed = (f"date={day}", f"group={name}", f"value={value}", f"n={n}")
            add_measurement(register, indicator, read_measurement(register, indicator, typed))
            steps += 1
    panel.show_tab("facts")
    panel.show_tab("evaluation")
    shoot_pages(panel, "tab-evaluation-groups")
    for _step in range(steps):
        register.undo()
