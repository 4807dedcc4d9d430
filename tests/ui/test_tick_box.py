"""The box to tick: gives way where there is little room, and tells all of its words all the same."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.ui.tick_box import TickBox


def test_a_long_name_makes_no_form_wider_and_is_told_whole(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    box = TickBox("Transporttid pr. medarbejder && vogn " * 6)
    QHBoxLayout(form).addWidget(box)
    assert form.minimumSizeHint().width() < 120
    form.resize(200, 40)
    form.show()
    assert box.width() <= 200
    assert "medarbejder &amp; vogn" in box.toolTip()
    form.resize(box.sizeHint().width() + 60, 40)
    assert box.toolTip() == ""
