"""New files that appear whole or not at all, and never over one that is there."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import LONGEST_REGISTER_PATH, name_too_long, sync_folder

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


@contextmanager
def whole_new_file(target: Path) -> Iterator[Path]:
    """A temporary path beside ``target`` to write to; at the end of the block it becomes ``target``.

    Raises Problem ``exists`` when something stands there, before or after the block, and ``cannot_create``
    when the place cannot be written to. Nothing is left behind by a block that raises.
    """
    refuse_existing(target)
    half = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch()
        yield half
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        _put_in_place(half, target)
        sync_folder(target.parent)
    except OSError as error:
        raise _cannot_create(target) from error
    finally:
        for left in (half, half.with_name(half.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink()


def refuse_existing(target: Path) -> None:
    """Raise Problem ``exists`` when anything stands at ``target``, even a link that leads nowhere."""
    if os.path.lexists(target):
        raise _exists(target)


def _put_in_place(finished: Path, target: Path) -> None:
    """Give a finished file its name; Problem ``exists`` when the name was taken meanwhile."""
    try:
        os.link(finished, target)
    except FileExistsError as error:
        raise _exists(target) from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    else:
        return
    # A disk without hard links (a USB stick): take the name first, then rename over our own empty file.
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError as error:
        raise _exists(target) from error
    try:
        os.replace(finished, target)
    except OSError:
        target.unlink()
        raise


def _exists(target: Path) -> Problem:
    return Problem(
        _("{name} exists already.").format(name=target.name),
        meaning=_("It was not touched."),
        advice=_("Choose another name, or open the existing register."),
        code="exists",
    )


def _cannot_create(target: Path) -> Problem:
    return name_too_long(target, LONGEST_REGISTER_PATH) or Problem(
        _("{name} cannot be written in {folder}.").format(name=target.name, folder=target.parent),
        meaning=_("Nothing was changed; a file that was there before is untouched."),
        advice=_(
            "See that there is room on the disk and that you may write there, or choose another folder."
        ),
        code="cannot_create",
    )
