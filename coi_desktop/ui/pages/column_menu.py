"""The menu to choose the list's columns in: those shown on top, the others by the sections of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fact_sections import SECTIONS
from coi_desktop.models.fields import FieldSpec
from coi_desktop.ui.plain import menu_text

#: What stands in no section of the facts: the number and the moments of the record.
_RECORD = ("number", "phase_since", "status_since", "created", "updated")


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
