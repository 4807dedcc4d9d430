"""The fields of a finding noted in passing: what was seen or heard, its direction, where and for whom."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from coi_desktop.i18n import _
from coi_desktop.models.record_types.table import record_type
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.forms.choice_editors import ChoiceBox

_LONGEST = 2000


def make_finding_line() -> QLineEdit:
    """The line for the finding itself."""
    line = QLineEdit()
    line.setMaxLength(record_type("finding").field("text").limit or _LONGEST)
    line.setAccessibleName(_("What did you see or hear?"))
    return line


def make_place_line() -> QLineEdit:
    """Where it was."""
    field = record_type("finding").field("place")
    line = QLineEdit()
    line.setMaxLength(field.limit)
    line.setAccessibleName(field.label())
    line.setPlaceholderText(field.label())
    return line


def make_sign_box() -> ChoiceBox:
    """Its direction, or none: the key stands in the box's current data."""
    return _make_box("sign", _("Direction: –"))


def make_group_box() -> ChoiceBox:
    """Whom it is about, or nobody in particular: the key stands in the box's current data."""
    return _make_box("group_code", _("For whom: –"))


def _make_box(field_name: str, none: str) -> ChoiceBox:
    field, words = record_type("finding").field(field_name), vocabulary()
    box = ChoiceBox()
    box.setAccessibleName(field.label())
    box.addItem(none, "")
    for key in words.keys(field.values):
        box.addItem(words.label(field.values, key), key)
    return box
