"""What a place shows: a Page in the window's stack. And what a tab of the record panel shows: a RecordTab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from coi_desktop.ui.desk import ShownInitiatives
    from coi_desktop.ui.split import Split


class Page(QWidget):
    """One place of the window. Made when first shown; lives as long as the window.

    A page hears of changes through ``desk.bridge.changed`` and shows what the register holds; it never talks
    to another page, only to ``desk.routes``. It emits ``chosen`` when another record is chosen in it, so that
    menus know.
    """

    chosen = Signal()

    def flush(self) -> bool:
        """Write what is typed and not yet written; False when the register refused (the text stays in its
        field).
        """
        return True

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields that hold text which is not in the register: refused, or not readable as a
        value.
        """
        return ()

    def show_record(self, record_id: str, part: str = "") -> None:
        """Bring one record before the user; what kind of record, and what parts it has, is the page's
        affair.
        """

    def act(self, action: str) -> bool:
        """Carry out an action of the table that is the page's affair; False when it is none of this page's.

        ``find`` puts the keyboard into the search field, ``refresh`` reads everything anew.
        """
        return False

    def current_initiative(self) -> str:
        """The id of the initiative that is chosen here, or an empty string."""
        return ""

    def shown_initiatives(self) -> ShownInitiatives | None:
        """The initiatives that are shown here, where they are fewer than all; else None."""
        return None

    def find_line(self) -> Split | None:
        """The line between the list and the chosen record, where the page shows both beside each other."""
        return None

    def settle(self) -> None:
        """What can wait until the window was painted for the first time; pages made later settle at once."""

    def keep_setup(self) -> None:
        """Put column widths, order and the like into the settings; called before the window closes."""


class RecordTab(QWidget):
    """One tab of the record panel. Made when first needed; shows one initiative after another."""

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on. What was typed before has been flushed or kept."""

    def flush(self) -> bool:
        """Write what is typed and not yet written; False when the register refused."""
        return True

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields that hold text which is not in the register."""
        return ()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into the editor of a field, where the tab has one."""
