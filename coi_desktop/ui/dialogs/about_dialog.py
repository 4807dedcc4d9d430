"""About: the version, and where things lie."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6 import __version__ as qt_version

from coi_desktop import paths
from coi_desktop.i18n import _, current_language
from coi_desktop.models.text import format_number
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.prompts import Choice


def show_about(desk: Desk) -> None:
    """Show it in a window with text that can be marked and copied."""
    size = format_number(desk.register.path.stat().st_size // 1000, current_language())
    text = "\n".join(
        (
            _("Version {version}").format(version=metadata.version("coi-desktop")),
            "",
            _("Register: {place} ({size} kB)").format(place=desk.register.path, size=size),
            _("Backups: {place}").format(place=paths.backup_folder()),
            _("Settings: {place}").format(place=paths.settings_file()),
            _("Log: {place}").format(place=paths.log_folder()),
            "",
            _("Nothing leaves this computer: the program uses no network."),
        )
    )
    details = f"Python {platform.python_version()}, Qt {qt_version}, {platform.platform()}"
    desk.prompts.ask_choice("COI Desktop", text, [Choice("ok", _("OK"))], details)
