"""Why a case pack is refused: one reason with its place, which the reader turns into a Problem."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

REFUSED = "pack_refused"
NEWER = "pack_newer"


class PackFaultError(Exception):
    """A pack, or something in it, is not as it must be. ``reason`` is a sentence in the user's language."""

    def __init__(self, reason: str, *, advice: str = "", code: str = REFUSED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice
        self.code = code


def as_problem(fault: PackFaultError, pack_name: str) -> Problem:
    """The Problem that tells a person why the pack called ``pack_name`` was refused."""
    return Problem(
        _("The case pack {name} was refused: {reason}").format(name=pack_name, reason=fault.reason),
        meaning=_("Nothing from it was imported, and your register was not changed."),
        advice=fault.advice or _("Ask the sender to export the pack again and send it anew."),
        code=fault.code,
    )


def at_cell(path: str, row: int, column: str, reason: str) -> PackFaultError:
    """A fault in one cell; ``row`` counts as a spreadsheet shows it (the header is row 1)."""
    return PackFaultError(
        _("{file}, row {row}, column “{column}”: the content {reason}.").format(
            file=path, row=row, column=shown(column), reason=reason
        )
    )


def in_file(path: str, reason: str) -> PackFaultError:
    """A fault of one file in the pack."""
    return PackFaultError(_("{file}: {reason}.").format(file=shown(path), reason=reason))


def shown(text: str, longest: int = 60) -> str:
    """A stranger's name or value as it may stand in a sentence: short, and odd characters as their codes."""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in cut)
