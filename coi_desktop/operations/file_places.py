"""Where a register lies, and whether it had better be written to there."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.file_places import FilePlace, PlaceKind, Surroundings, is_unc, place_of
from coi_desktop.models.place_words import risk_of
from coi_desktop.store.placeholders import is_placeholder, stub_of
from coi_desktop.store.surroundings import read_surroundings

#: Tells what the system says of disks and session, given a path.
Look = Callable[[str], Surroundings]
#: The system itself.
look_around: Look = read_surroundings
#: Tells whether reading a file would fetch it over the net.
lies_elsewhere: Callable[[Path], bool] = is_placeholder

_MOST_LINKS = 40
#: A share that has not answered for so long is taken for gone.
SECONDS_TO_ANSWER = 10.0


def find_place(path: Path, look: Look = look_around) -> FilePlace:
    """Where the file at ``path`` lies. Links are followed, but never into a place that could hang."""
    around = look(str(path))
    text = str(path)
    if not is_unc(text, is_windows=around.is_windows):
        text = os.path.abspath(text)
    for _turn in range(_MOST_LINKS):
        place = place_of(text, around)
        if place.kind in (PlaceKind.NETWORK, PlaceKind.SYNCED):
            return place
        further = _follow_first_link(text, around)
        if further is None:
            return place
        text = further
    return place_of(text, around)


def _follow_first_link(text: str, around: Surroundings) -> str | None:
    """``text`` with the first link on its way replaced by where it leads; None when there is none.

    Each folder is judged before it is looked into: on Linux a mount may stand below a local folder.
    """
    path = Path(text)
    for step in (*reversed(path.parents), path):
        if place_of(str(step), around).kind is PlaceKind.NETWORK:
            return None
        try:
            leads_to = os.readlink(step)
        except (OSError, ValueError):
            continue
        if is_unc(leads_to, is_windows=around.is_windows):
            return leads_to
        return os.path.abspath(step.parent / leads_to / path.relative_to(step))
    return None


def refuse_risky_place(path: Path, look: Look = look_around) -> None:
    """Raise the Problem of a register that lies where it may come to harm, before any file is touched.

    Codes ``network_place``, ``synced_place``, ``fleeting_place``.
    """
    place = find_place(path, look)
    if place.is_risky:
        raise risk_of(place, path.name)


def refuse_unreachable(
    path: Path, seconds: float = SECONDS_TO_ANSWER, ask: Callable[[Path], object] = os.path.exists
) -> None:
    """Raise Problem ``unreachable`` when the server that holds ``path`` does not answer.

    Asked on a thread that is left behind: the call of a dead share returns after minutes, or never.
    """
    asking = threading.Thread(target=ask, args=(path,), name="is the share there", daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise Problem(
            _("The network drive with {name} does not answer.").format(name=path.name),
            meaning=_("The register was not opened, and nothing was changed."),
            advice=_("See that you are on the network, and try again. Your backups are on this computer."),
            code="unreachable",
        )


def refuse_placeholder(
    path: Path, place: FilePlace, is_away: Callable[[Path], bool] = lies_elsewhere
) -> None:
    """Raise a Problem for a register that a synchronising program shows and holds elsewhere: ``placeholder``
    when reading would fetch it, ``stub`` when only the program itself can. On a share nothing is asked.
    """
    if place.kind is PlaceKind.NETWORK or not is_away(path):
        return
    is_stub = not os.path.exists(path) and stub_of(path).exists()
    raise Problem(
        _("{name} lies in the cloud only and not on this computer.").format(name=path.name),
        meaning=_("It was not opened and not fetched."),
        advice=_(
            "Have {service} fetch it first: in the folder, choose to always keep it on this computer."
        ).format(service=place.service or _("the program that synchronises")),
        code="stub" if is_stub else "placeholder",
    )
