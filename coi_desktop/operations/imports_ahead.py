"""Many modules imported a few at a time, before whoever needs them would import them all at once.

Importing takes some milliseconds a module. Whoever works in pieces goes through these first, so that no piece
keeps the window from answering.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module

#: What working out the overview and its charts needs, in an order in which no module brings many others.
FOR_OVERVIEW = (
    "coi_desktop.models.economics",
    "coi_desktop.models.indicators",
    "coi_desktop.models.economy_figures",
    "coi_desktop.models.evaluation_figures",
    "coi_desktop.models.portfolio_figures",
    "coi_desktop.models.reminder_groups",
    "coi_desktop.models.reminders",
    "coi_desktop.models.evaluation_charts",
    "coi_desktop.models.theory_layout",
    "coi_desktop.models.step_charts",
    "coi_desktop.exchange.chart_canvas",
    "coi_desktop.exchange.chart_theory",
    "coi_desktop.exchange.chart_bars",
    "coi_desktop.exchange.charts",
    "coi_desktop.operations.charts",
    "coi_desktop.operations.overview",
)

#: What the walk through an evaluation needs beside, in such an order.
FOR_EVALUATIONS = (
    "coi_desktop.models.guide_rules",
    "coi_desktop.models.guide",
    "coi_desktop.models.walkthrough",
    "coi_desktop.operations.evaluations",
    "coi_desktop.operations.versions",
    "coi_desktop.operations.methods",
    "coi_desktop.exchange.attached_counts",
    "coi_desktop.exchange.attachment_text",
    "coi_desktop.operations.opened_copies",
    "coi_desktop.operations.attachments",
)

#: What the first workbook needs beside, in such an order.
FOR_WORKBOOKS = (
    "coi_desktop.exchange.cells",
    "coi_desktop.exchange.block_rows",
    "coi_desktop.exchange.workbook_sheet",
    "coi_desktop.exchange.economy_sheet",
    "coi_desktop.exchange.workbook_charts",
    "coi_desktop.exchange.initiative_step_charts",
    "coi_desktop.exchange.initiative_charts",
    "coi_desktop.exchange.initiative_workbook",
    "coi_desktop.exchange.portfolio_workbook",
    "coi_desktop.operations.exports",
    "coi_desktop.exchange.register_sheet",
    "coi_desktop.operations.register_sheets",
)


def iter_imports(names: Iterable[str]) -> Iterator[None]:
    """Import what is not there yet, with a pause after each."""
    for name in names:
        if name not in sys.modules:
            import_module(name)
            yield
