"""Making, opening, checking and copying registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.clock import Clock, now
from coi_desktop.store.register import Register


def open_register(path: Path, *, write: bool = True, clock: Clock = now) -> Register:
    """Open the register at ``path``; an older one is first backed up, then brought up to date.

    Raises Problem with the codes of ``Register.open``, and ``backup_copy`` when a backup is to be written in.
    """
    if write and _is_backup(path):
        raise _backup_copy(path)
    return Register.open(path, write=write, backup_folder=paths.backup_folder(), clock=clock)


def _is_backup(path: Path) -> bool:
    try:
        if not path.with_suffix(".json").is_file():  # known at once of all but backups
            return False
    except (OSError, ValueError):
        return False
    from coi_desktop.store.backup_set import is_backup

    return is_backup(path)


def _backup_copy(path: Path) -> Problem:
    return Problem(
        _("{name} is a backup, not the register itself.").format(name=path.name),
        meaning=_("It can be read, searched and exported; nothing in it is ever changed."),
        advice=_("To go on working from it, restore it from the File menu of the register."),
        code="backup_copy",
    )


def create_register(
    path: Path,
    *,
    unit_name: str = "",
    sample: bool = False,
    fill: Callable[[Register], object] | None = None,
    clock: Clock = now,
) -> Register:
    """Make a new register at ``path``, empty or with what ``fill`` puts into it, and open it.

    It appears whole or not at all, and never over an existing file.
    """
    return Register.create(path, unit_name=unit_name, sample=sample, fill=fill, clock=clock)


def check_register(register: Register, *, quick: bool = False) -> None:
    """Read the whole register, or ``quick`` its structure only; Problem ``damaged`` lists what is wrong."""
    found = tuple(dict.fromkeys(register.find_damage(quick=quick)))
    if found:
        raise Problem(
            _("The check of {name} found damage:\n{places}").format(
                name=register.path.name, places="\n".join(f"– {line}" for line in found[:20])
            ),
            meaning=_("Nothing was changed; what is not named above could be read."),
            advice=_("Keep the file as it is, and restore the newest backup."),
            code="damaged",
        )


def back_up(register: Register, target: Path) -> Path:
    """Write a checked copy of the register to ``target`` and return its path. Never over an existing file."""
    register.backup(target)
    return target
