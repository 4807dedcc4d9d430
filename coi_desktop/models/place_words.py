"""What the user is told about a register that lies where it may come to harm."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.file_places import FilePlace, PlaceKind, Session

#: The codes of the Problems made here.
PLACE_CODES = frozenset(("network_place", "synced_place", "fleeting_place"))


def risk_of(place: FilePlace, name: str) -> Problem:
    """Why the register ``name`` is not written to where it lies, and what to do instead.

    Codes ``network_place``, ``synced_place``, ``fleeting_place``. ValueError for a place without risk.
    """
    if place.kind is PlaceKind.NETWORK:
        return Problem(
            _("{name} lies on a network drive.").format(name=name),
            meaning=_(
                "When the connection drops, or two people write at the same time, the register can be "
                "damaged. Nothing was written."
            ),
            advice=_advice(place),
            code="network_place",
        )
    if place.kind is PlaceKind.SYNCED:
        return Problem(
            _("{name} lies in a folder that {service} copies between computers.").format(
                name=name, service=place.service
            ),
            meaning=_(
                "{service} may swap the file while you work. Then there are two editions, and work is lost. "
                "Nothing was written."
            ).format(service=place.service),
            advice=_advice(place),
            code="synced_place",
        )
    if place.kind is PlaceKind.FLEETING:
        return Problem(
            _fleeting(place).format(name=name),
            meaning=_(
                "What you write here, and the backups beside it, may then be gone. Nothing was written."
            ),
            advice=_(
                "Choose a folder that lasts. Your IT department can name one on a disk of this computer."
            ),
            code="fleeting_place",
        )
    raise ValueError(f"no risk in {place}")


def _fleeting(place: FilePlace) -> str:
    if place.session is Session.TEMPORARY:
        return _("{name} lies in a temporary user profile. Windows empties it when you log off.")
    return _("{name} lies on a shared server, in a user profile that may be emptied when you log off.")


def _advice(place: FilePlace) -> str:
    if place.session is Session.LASTING:
        return _("Move it to this computer, or open it for reading only.")
    return _(
        "Open it for reading only, or move it to a folder that lasts. Not to your profile here: it may be "
        "emptied when you log off. Your IT department can name a folder on a local disk."
    )


def name_of_place(place: FilePlace) -> str:
    """The place in a few words: "on this computer", "on a network drive"."""
    if place.kind is PlaceKind.SYNCED:
        return _("in a folder that {service} copies between computers").format(service=place.service)
    return {
        PlaceKind.LOCAL: _("on this computer"),
        PlaceKind.REMOVABLE: _("on a disk that can be taken out"),
        PlaceKind.FLEETING: _("in a profile that may be emptied when you log off"),
        PlaceKind.NETWORK: _("on a network drive"),
    }[place.kind]
