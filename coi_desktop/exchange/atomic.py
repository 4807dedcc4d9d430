"""Files that appear whole or not at all: written beside the target, forced to disk, then renamed over it."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import name_too_long, sync_folder


@contextmanager
def atomic_file(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` to write to; at the end of the block it becomes ``target``.

    When the block raises, ``target`` stays byte for byte what it was and nothing is left behind, no folder
    made for it either. A file that is write-protected is never replaced. When only
    the last step fails because another program holds ``target`` open, the finished file is kept and named in
    the Problem (``target_locked``), so that it can be saved under another name without being made again.
    Other Problems: ``unwritable``.
    """
    half = half_written(target)
    folders: list[Path] = []
    try:
        try:
            _begin(half, target, folders)
        except OSError as error:
            raise unwritable(target) from error
        yield half
        with half.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        _take_back([half], folders)
        raise unwritable(target) from error
    except BaseException:
        _take_back([half], folders)
        raise
    put_in_place(half, target)


def write_whole_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files of which all are whole on the disk before the first is put in place.

    When one cannot be written, none is, and nothing is left behind. When one cannot be put in place, the
    others are, and the Problem tells of that one. Problems: those of ``atomic_file``.
    """
    halves: list[Path] = []
    folders: list[Path] = []
    try:
        for target, content in contents.items():
            halves.append(half_written(target))
            try:
                _begin(halves[-1], target, folders)
                with halves[-1].open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise unwritable(target) from error
    except BaseException:
        _take_back(halves, folders)
        raise
    faults: list[Problem] = []
    for half, target in zip(halves, contents, strict=True):
        try:
            put_in_place(half, target)
        except Problem as problem:
            faults.append(problem)
    if faults:
        raise faults[0]


def _begin(half: Path, target: Path, folders: list[Path]) -> None:
    """Make the half-written file and its folder; ``folders`` gets those that were not there."""
    if target.is_file() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise protected(target)
    missing = [one for one in (target.parent, *target.parent.parents) if not one.exists()]
    folders += reversed(missing)
    target.parent.mkdir(parents=True, exist_ok=True)
    half.touch()


def _take_back(halves: Sequence[Path], folders: Sequence[Path]) -> None:
    for half in halves:
        _remove(half)
    for folder in reversed(folders):
        with contextlib.suppress(OSError):  # someone else has put something there, or it never was made
            folder.rmdir()


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
        _("{name} cannot be written in {folder}.").format(name=target.name, folder=target.absolute().parent),
        meaning=_("Nothing was changed; a file that was there before is untouched."),
        advice=_(
            "See that there is room on the disk and that you may write there, or choose another folder."
        ),
        code="unwritable",
    )


def protected(target: Path) -> Problem:
    """The Problem of a file that somebody has protected against writing."""
    return Problem(
        _("{name} is write-protected.").format(name=target.name),
        meaning=_("Nothing was changed; a file that was there before is untouched."),
        advice=_("Take the protection away in the file's properties, or choose another name."),
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
