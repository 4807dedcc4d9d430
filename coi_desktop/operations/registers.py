"""Making, opening, checking and copying registers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.file_places import PlaceKind
from coi_desktop.models.place_words import risk_of
from coi_desktop.operations.file_places import (
    Look,
    find_place,
    look_around,
    refuse_placeholder,
    refuse_risky_place,
    refuse_unreachable,
)
from coi_desktop.operations.moved_files import refuse_gone, refuse_moved
from coi_desktop.store.register import Register


def open_register(
    path: Path,
    *,
    write: bool = True,
    anywhere: bool = False,
    take_over: bool = False,
    fetch: bool = False,
    clock: Clock = now,
    look: Look = look_around,
) -> Register:
    """Open the register at ``path``; an older one is first backed up, then brought up to date.

    It is not written to on a network drive, in a synchronised folder or in a profile that is emptied, unless
    the user wants that (``anywhere``); a share is judged before it is touched. ``take_over`` takes the lock
    of another computer that has shown no sign of life for long. One that lies in the cloud only is opened
    with ``fetch``. Raises Problem with the codes of ``Register.open``, ``refuse_risky_place``,
    ``refuse_placeholder`` and ``refuse_unreachable``, ``moved_away`` and ``moved_gone`` of
    a register that was moved, and ``backup_copy`` when a backup is to be written in.
    """
    place = find_place(path, look)
    is_far = place.kind is PlaceKind.NETWORK
    if write and not is_far:
        refuse_backup(path)
    if write and place.is_risky and not anywhere:
        raise risk_of(place, path.name)
    if is_far:
        refuse_unreachable(path)
        if write:
            refuse_backup(path)
    if not fetch:
        refuse_placeholder(path, place)
    refuse_gone(path)
    if write and not anywhere:
        refuse_moved(path)
    return Register.open(
        path, write=write, backup_folder=paths.backup_folder(), take_over=take_over, clock=clock
    )


def refuse_backup(path: Path) -> None:
    """Raise Problem ``backup_copy`` when the file at ``path`` is one of the program's own backups."""
    if _is_backup(path):
        raise _backup_copy(path)


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
    anywhere: bool = False,
    clock: Clock = now,
    look: Look = look_around,
) -> Register:
    """Make a new register at ``path``, empty or with what ``fill`` puts into it, and open it.

    It appears whole or not at all, and never over an existing file; nor where ``open_register`` would not
    write.
    """
    if not anywhere:
        refuse_risky_place(path, look)
    return Register.create(path, unit_name=unit_name, sample=sample, fill=fill, clock=clock)


def check_register(register: Register, *, quick: bool = False) -> None:
    """Read the whole register and all its files, or ``quick`` its structure only.

    Problem ``damaged`` lists what is wrong with the register, ``files`` the attachments whose file is missing
    or changed.
    """
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
    if not quick:
        from coi_desktop.operations.file_check import check_files

        check_files(register)


def repair_index(register: Register) -> None:
    """Make search, order and indexes anew from the records; no record and no history changes."""
    register.rebuild_search()
