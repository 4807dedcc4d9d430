"""What stands at the foot of a dialog that does one thing: the button that does it, and Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from coi_desktop.i18n import _


def make_foot(dialog: QDialog, main: QPushButton, do: Callable[[], object] | None = None) -> QDialogButtonBox:
    """Both buttons in the order of the system; Enter presses ``main``, which does ``do`` or accepts."""
    main.setProperty("look", "main")
    main.setDefault(True)
    foot = QDialogButtonBox()
    foot.addButton(main, QDialogButtonBox.ButtonRole.AcceptRole)
    foot.addButton(_("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    foot.accepted.connect(do or dialog.accept)
    foot.rejected.connect(dialog.reject)
    return foot
