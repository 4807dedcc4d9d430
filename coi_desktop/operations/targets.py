"""What an export may write over: an older file of its own kind, never what it was made from."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import unwritable
from coi_desktop.i18n import _


def check_target(path: Path, suffix: str, *sources: Path) -> None:
    """Refuse to replace a file whose name does not end in ``suffix``, or one of the ``sources``.

    A register or a list that is named as the target by mistake would be lost. Raises Problem
    ``wrong_target``, and ``unwritable`` for a path that cannot be looked at.
    """
    try:
        replaced = path.is_file()
        is_endangered = replaced and (
            path.suffix.casefold() != suffix
            or any(path.samefile(source) for source in sources if source.exists())
        )
    except OSError as error:
        raise unwritable(path) from error
    if is_endangered:
        raise Problem(
            _("{name} is a file of another kind or the one that is read, and would be replaced.").format(
                name=path.name
            ),
            meaning=_("Nothing was written or changed; the file is untouched."),
            advice=_("Choose another name that ends in {suffix}.").format(suffix=suffix),
            code="wrong_target",
        )
