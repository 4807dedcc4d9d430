"""The menu to choose the list's columns in: those shown on top, the others by the sections of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fact_sections import SECTIONS
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.views import LEAST_WIDTH, MOST_WIDTH
from coi_desktop.ui.plain import menu_text

#: What stands in no section of the facts: the number and the moments of the record.
_RECORD = ("number", "phase_since", "status_since", "created", "updated")


#: By so much a key draws a column wide or narrow, in pixels.
_STEP = 16


def move_current(table: QTableView, by: int) -> None:
    """Put the column with the keyboard so many places farther to the right."""
    header = table.horizontalHeader()
    place = header.visualIndex(table.currentIndex().column())
    if place >= 0 and 0 <= place + by < header.count():
        header.moveSection(place, place + by)
        table.scrollTo(table.currentIndex())


def widen_current(table: QTableView, by: int) -> None:
    """Draw the column with the keyboard so many steps wider."""
    section, header = table.currentIndex().column(), table.horizontalHeader()
    if section >= 0:
        width = header.sectionSize(section) + by * _STEP
        header.resizeSection(section, max(LEAST_WIDTH, min(width, MOST_WIDTH)))


def add_current_column(menu: QMenu, table: QTableView, name: str, sort: Callable[[], None] | None) -> None:
    """Put what can be done with the column that has the keyboard above the other entries."""
    header = table.horizontalHeader()
    place = header.visualIndex(table.currentIndex().column())
    own = QMenu(menu_text(_("The column “{name}”").format(name=name)), menu)
    entries: tuple[tuple[str, Callable[[], None] | None, str], ...] = (
        (_("&Order by it"), sort, ""),
        (_("Move &left"), partial(move_current, table, -1) if place > 0 else None, "Ctrl+Shift+Left"),
        (
            _("Move &right"),
            partial(move_current, table, 1) if place < header.count() - 1 else None,
            "Ctrl+Shift+Right",
        ),
        (_("&Wider"), partial(widen_current, table, 1), "Ctrl+Right"),
        (_("&Narrower"), partial(widen_current, table, -1), "Ctrl+Left"),
    )
    for label, run, key in entries:
        action = own.addAction(label)
        action.setEnabled(run is not None)
        if run is not None:
            action.triggered.connect(run)
        if key:  # what the list takes as well
            action.setShortcut(QKeySequence(key))
            action.setShortcutVisibleInContextMenu(True)
    first = menu.actions()[0]
    menu.insertMenu(first, own)
    menu.insertSeparator(first)


def make_column_menu(
    parent: QWidget,
    possible: Sequence[FieldSpec],
    shown: Sequence[str],
    toggle: Callable[[str, bool], None],
    reset: Callable[[], None],
) -> QMenu:
    """A menu no longer than a small screen is high. The title cannot be taken away."""
    menu = QMenu(parent)
    fields = {field.name: field for field in possible}
    _add(menu, (fields.pop(name) for name in shown if name in fields), True, toggle)
    menu.addSeparator()
    for section in SECTIONS:
        names = [name for row in section.rows for name in row]
        _add_group(menu, _(section.heading), [fields.pop(name) for name in names if name in fields], toggle)
    _add_group(menu, _("The record itself"), [fields.pop(name) for name in _RECORD if name in fields], toggle)
    _add(menu, fields.values(), False, toggle)
    menu.addSeparator()
    menu.addAction(_("&Reset columns")).triggered.connect(reset)
    return menu


def _add_group(
    menu: QMenu, heading: str, fields: Sequence[FieldSpec], toggle: Callable[[str, bool], None]
) -> None:
    if fields:
        _add(menu.addMenu(menu_text(heading)), fields, False, toggle)


def _add(
    menu: QMenu, fields: Iterable[FieldSpec], is_shown: bool, toggle: Callable[[str, bool], None]
) -> None:
    for field in fields:
        action = QAction(menu_text(field.label()), menu)
        action.setCheckable(True)
        action.setChecked(is_shown)
        action.setEnabled(field.name != "title")
        action.toggled.connect(partial(toggle, field.name))
        menu.addAction(action)
