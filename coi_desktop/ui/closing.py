"""What is asked before the window closes: nothing, unless something would be lost."""

from __future__ import annotations

from collections.abc import Iterable

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import Page
from coi_desktop.ui.prompts import Choice


def may_close(desk: Desk, pages: Iterable[Page]) -> bool:
    """Whether the window may close: everything typed is in the register and no work goes on, or the user says
    so.
    """
    unsaved = list(dict.fromkeys(label for page in pages for label in page.unsaved()))
    if unsaved and _would_rather_stay(
        desk,
        _("Some of what you typed is not saved"),
        _("These fields hold text that could not be saved: {fields}").format(fields=", ".join(unsaved)),
        Choice("stay", _("&Go back to it")),
        Choice("close", _("Close &without it")),
    ):
        return False
    return not desk.runner.would_be_missed or not _would_rather_stay(
        desk,
        _("Work is still going on"),
        _("If you close now it is cancelled. It leaves nothing half done."),
        Choice("stay", _("&Wait for it")),
        Choice("close", _("&Cancel it and close")),
    )


def _would_rather_stay(desk: Desk, title: str, text: str, *choices: Choice) -> bool:
    return desk.prompts.ask_choice(title, text, choices) != "close"
