"""What an export may write over: an older file of its own kind, never what it was made from."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import unwritable
from coi_desktop.i18n import _


def check_target(path: Path, suffix: str, *sources: Path) -> None:
    """Refuse a name that does not end in ``suffix``, one of the ``sources``, and what is no ordinary file.

    A register or a list that is named as the target by mistake would be lost, and so would a device. Raises
    Problem ``wrong_target``, and ``unwritable`` for a path that cannot be looked at.
    """
    try:
        stands_there = path.exists() and not path.is_dir()
        is_odd = stands_there and not path.is_file()
        is_source = stands_there and any(path.samefile(source) for source in sources if source.exists())
    except OSError as error:
        raise unwritable(path) from error
    if is_odd:
        raise _wrong(_("{name} is no ordinary file and cannot be replaced.").format(name=path.name), suffix)
    if is_source or (stands_there and path.suffix.casefold() != suffix):
        what = _("{name} is a file of another kind or the one that is read, and would be replaced.")
        raise _wrong(what.format(name=path.name), suffix)
    if path.suffix.casefold() != suffix:
        what = _("A file called {name} would not be opened by the right program.")
        raise _wrong(what.format(name=path.name), suffix, meaning=_("Nothing was written or changed."))


def _wrong(what: str, suffix: str, meaning: str = "") -> Problem:
    return Problem(
        what,
        meaning=meaning or _("Nothing was written or changed; the file is untouched."),
        advice=_("Choose another name that ends in {suffix}.").format(suffix=suffix),
        code="wrong_target",
    )
