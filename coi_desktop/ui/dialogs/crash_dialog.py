"""What is shown when the program itself has a fault: a sentence, and a report that can be copied."""

from __future__ import annotations

import platform
import traceback
from importlib import metadata

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.dialogs.questions import ChoiceDialog
from coi_desktop.ui.prompts import Choice


def show_crash(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell of a fault of the program. What was being changed has been rolled back."""
    make_crash_dialog(error, parent).exec()


def make_crash_dialog(error: BaseException, parent: QWidget | None = None) -> ChoiceDialog:
    """The window that tells of it."""
    return ChoiceDialog(
        _("Something went wrong in the program"),
        _(
            "That is a fault of the program, not yours. What is saved is safe; the last thing you did may "
            "not have been carried out. You can go on working. If it happens again, send the details to "
            "support."
        ),
        [Choice("ok", _("Go on"))],
        describe_crash(error),
        parent,
    )


def describe_crash(error: BaseException) -> str:
    """Versions and traceback, for support. Holds no text from the register but what an exception quotes."""
    lines = [
        f"COI Desktop {metadata.version('coi-desktop')}",
        f"Python {platform.python_version()}, Qt {qt_version}, {platform.platform()}",
        "",
        *(line.rstrip("\n") for line in traceback.format_exception(error)),
    ]
    return "\n".join(lines)
