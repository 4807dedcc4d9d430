"""The banner over the pages of a register that is open for reading only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel


def make_read_only_banner(desk: Desk, refused: Problem | None) -> QWidget:
    """Says that nothing can be changed and why (``refused``: why it was not opened for writing), with another
    try.
    """
    banner = QWidget()
    banner.setObjectName("banner")
    banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(banner)
    row.setContentsMargins(12, 4, 12, 4)
    row.setSpacing(8)
    icon = PlainLabel()
    icon.setPixmap(desk.looks.icon("lock", "warning").pixmap(20, 20))
    reason = _("The register is open for reading only.") if refused is None else refused.what
    text = PlainLabel(_("Reading only. {reason}").format(reason=reason), wrap=True)
    retry = QPushButton(_("Try to &open it for writing"))
    retry.clicked.connect(lambda: desk.routes.open_register(desk.register.path))
    row.addWidget(icon)
    row.addWidget(text, 1)
    row.addWidget(retry)
    return banner
