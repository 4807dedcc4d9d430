"""Old files of registers that were moved: nobody goes on in one, or begins anew where it was, by mistake."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.moved_names import day_of_move, is_moved_from


def refuse_moved(path: Path) -> None:
    """Raise Problem ``moved_away`` for the old file of a register that was moved."""
    day = day_of_move(path.stem)
    if day and os.path.exists(path):
        raise Problem(
            _("This register was moved on {day}; {name} is its old file.").format(
                day=_written(day), name=path.name
            ),
            meaning=_("It can be read, but what is written here would be missing in the new one."),
            advice=_("Open the register where it lies now. Ask your colleagues where that is."),
            code="moved_away",
        )


def refuse_gone(path: Path) -> None:
    """Raise Problem ``moved_gone`` when nothing is at ``path`` because the register was moved from there."""
    if os.path.exists(path):  # unlike Path.exists no fault for a name that is too long
        return
    try:
        names = [Path(name).stem for name in os.listdir(path.parent) if name.endswith(path.suffix)]
    except OSError:
        return
    days = sorted(day_of_move(stem) for stem in names if is_moved_from(path.stem, stem))
    if days:
        raise Problem(
            _("{name} was moved from here on {day}.").format(name=path.name, day=_written(days[-1])),
            meaning=_("The old file lies here under a name that says so; nothing was made."),
            advice=_("Open the register where it lies now. Ask your colleagues where that is."),
            code="moved_gone",
        )


def _written(day: str) -> str:
    try:
        return format_date(date.fromisoformat(day), current_language())
    except ValueError:  # no such day: somebody gave the file that name
        return day
