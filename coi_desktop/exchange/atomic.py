"""Files that appear whole or not at all: written beside the target, forced to disk, then renamed over it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import name_too_long, sync_folder


@contextmanager
def atomic_file(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` to write to; at the end of the block it becomes ``target``.

    When the block raises, ``target`` stays byte for byte what it was and nothing is left behind. When only
    the last step fails because another program holds ``target`` open, the finished file is kept and named in
    the Problem (``target_locked``), so that it can be saved under another name without being made again.
    Other Problems: ``unwritable``.
    """
    half = half_written(target)
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            half.touch()
        except OSError as error:
            raise unwritable(target) from error
        yield half
        with half.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        _remove(half)
        raise unwritable(target) from error
    except BaseException:
        _remove(half)
        raise
    put_in_place(half, target)


def half_written(target: Path) -> Path:
    """The temporary path of ``target`` in this process. It keeps the suffix, which writers look at."""
    return target.with_name(f".{target.stem}.{os.getpid()}.half{target.suffix}")


def put_in_place(finished: Path, target: Path) -> None:
    """Rename a finished file over ``target`` and force the folder to disk."""
    try:
        finished.replace(target)
        sync_folder(target.parent)
    except PermissionError as error:
        if not target.exists() or target.is_dir():
            _remove(finished)
            raise unwritable(target) from error
        raise locked(target, finished) from error
    except OSError as error:
        _remove(finished)
        raise unwritable(target) from error


def locked(target: Path, finished: Path) -> TargetLocked:
    """The Problem of a target that another program holds open."""
    return TargetLocked(target, finished)


class TargetLocked(Problem):
    """The target is open in another program. ``finished`` is the whole file, ``proposal`` a free name."""

    def __init__(self, target: Path, finished: Path) -> None:
        self.target = target
        self.finished = finished
        self.proposal = free_name(target)
        super().__init__(
            _("{name} is open in another program, probably Excel.").format(name=target.name),
            meaning=_("The old file is unchanged; the new one is finished and waits."),
            advice=_("Close it and try again, or save as “{proposal}”.").format(proposal=self.proposal.name),
            code="target_locked",
        )


def unwritable(target: Path) -> Problem:
    """The Problem of a place that cannot be written to."""
    return name_too_long(target) or Problem(
        _("{name} cannot be written in {folder}.").format(name=target.name, folder=target.parent),
        meaning=_("Nothing was changed; a file that was there before is untouched."),
        advice=_(
            "See that there is room on the disk and that you may write there, or choose another folder."
        ),
        code="unwritable",
    )


def free_name(target: Path) -> Path:
    """``target`` with a number behind it, the first that is free: "Portefølje (2).xlsx"."""
    number = 2
    while (candidate := target.with_name(f"{target.stem} ({number}){target.suffix}")).exists():
        number += 1
    return candidate


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
