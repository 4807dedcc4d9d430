"""Pictures of the timeline from near and far, and of the list and a record before they are printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from coi_desktop.models.clock import today
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Values
from coi_desktop.models.timeline_scale import Zoom
from coi_desktop.operations.initiatives import edit_field
from coi_desktop.operations.printouts import list_printout
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.pages.chosen_initiatives import LIST, TIMELINE
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.timeline import Timeline
from coi_desktop.ui.printing.print_preview import PrintPreview

#: Days from today: start, expected end, original end and next date of the first initiatives; None: not known.
_DAYS = (
    (-200, 260, 150, 20),
    (-120, 100, 100, 60),
    (-300, 40, -20, 10),
    (-60, None, None, None),
    (None, 90, None, None),
    (-2400, -1900, -1900, None),
    (1500, 1900, None, None),
)
_NAMES = ("start", "planned_end", "baseline_end", "next_date")


def shoot_printing(
    desk: Desk, page: InitiativesPage, record_id: str, shoot_dialog: Callable[..., None]
) -> None:
    """The previews of the list and of one initiative."""
    chosen = page.initiatives
    listed = run_to_end(list_printout(desk.register, chosen.query, chosen.columns))
    for name, printout in (("list", listed), ("record", initiative_printout(desk.register, record_id))):
        shoot_dialog(PrintPreview(printout), f"print-{name}")


def shoot_timeline(desk: Desk, page: InitiativesPage, shoot: Callable[[str], None]) -> None:
    """The sample portfolio with dates of every kind, seen from three distances."""
    page.initiatives.set_shape(TIMELINE)
    timeline = page.other
    assert isinstance(timeline, Timeline)
    register = desk.register
    day = today(register.clock)
    steps = 0
    for row, days in enumerate(_DAYS[: timeline.model.rowCount()]):
        record_id = timeline.model.id_at(row)
        values: Values = {
            name: None if far is None else day + timedelta(days=far)
            for name, far in zip(_NAMES, days, strict=True)
        }
        for name, value in values.items():
            steps += bool(edit_field(register, record_id, name, value))
    for zoom in Zoom:
        timeline.rows.zoom_to(zoom)
        timeline.rows.go_to(day)
        shoot(f"timeline-{zoom}")
    page.initiatives.set_grouping("phase")
    shoot("timeline-groups")
    page.initiatives.set_grouping("")
    for _step in range(steps):
        register.undo()
    page.initiatives.set_shape(LIST)
