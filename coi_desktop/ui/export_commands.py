"""Workbooks and charts from the window's menus: asked for, written off the UI thread, told of when done."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind


def save_chart(desk: Desk, figure: ChartFigure) -> None:
    """Ask where and in which format one chart is to be written, and write it there."""
    from coi_desktop.operations import charts, exports

    kinds = [FileKind(_("Picture"), (".png",)), FileKind("SVG", (".svg",)), FileKind("PDF", (".pdf",))]
    folder = Path(desk.settings.get("export_folder") or desk.register.path.parent)
    suggested = folder / exports.proposed_name(figure.title, suffix=".png")
    path = desk.prompts.ask_save_path(_("Save chart"), kinds, suggested)
    if path is None:
        return
    desk.settings.set("export_folder", str(path.parent))
    desk.runner.run(
        Work(_("Writing the chart"), charts.save_chart(figure, path), lambda done: _told(desk, done))
    )


def _told(desk: Desk, path: Path) -> None:
    desk.notices.show_done(_("{name} was written.").format(name=isolated(path.name)))
