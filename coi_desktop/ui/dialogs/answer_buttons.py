"""One answer of a few: radio buttons that belong together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget


def make_answer_buttons(
    parent: QWidget, heading: str, labels: Sequence[str], chosen: int = 0
) -> list[QRadioButton]:
    """A button for each of ``labels``, that at ``chosen`` pressed; all say what they answer."""
    group = QButtonGroup(parent)
    buttons = []
    for place, label in enumerate(labels):
        button = QRadioButton(label)
        button.setProperty("look", "answer")
        button.setChecked(place == chosen)
        button.setAccessibleDescription(heading)
        group.addButton(button)
        buttons.append(button)
    return buttons
