"""Pictures of tables edited in the panel: without rows, and of rows from Excel with faults."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.record_types.table import record_type
from coi_desktop.operations.pasting import plan_paste
from coi_desktop.ui.dialogs.paste_preview import PastePreview
from coi_desktop.ui.itemmodels.steering_models import RisksModel
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage

#: Rows as somebody may have them in Excel: a column nobody knows, a word that is none, a date that is none.
ROWS = (
    "Risiko\tSandsynlighed\tKonsekvens\tFrist\tAfdeling\n"
    "Leverandøren leverer ikke til tiden\t3\t4\t15-01-2027\tIndkøb\n"
    "Borgerne vil ikke have en skærm\tRet stor\t2 Mindre\tsnart\tHjemmeplejen\n"
    "\t4\t4\t\tIt\n"
    "Netværket falder ud i yderområder\t4 Stor\t3 Mærkbar\t1. marts 2027\tIt\n"
)


def shoot_related(
    window: MainWindow,
    page: InitiativesPage,
    shoot: Callable[[str], None],
    shoot_dialog: Callable[..., None],
) -> None:
    """The tabs without rows, and what is said of rows that cannot all be pasted."""
    assert page.panel is not None
    for name in ("benefits", "status"):
        page.panel.show_tab(name)
        shoot(f"{name}-empty")
    page.panel.show_tab("facts")
    desk = window.desk
    plan = plan_paste(RisksModel(desk).paste_rules(), ROWS)
    shoot_dialog(PastePreview(plan, record_type("risk").label(), window), "dialog-paste")
