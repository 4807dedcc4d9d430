"""The places of the rail: one row a place. Their pages are imported and made when first shown.

A new place is one row here and a function that imports its page. A place without content is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from coi_desktop.i18n import N_
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import Page


class Place(NamedTuple):
    """A place: its name for routes, its words (English), icon, how its page is made, and whether it has
    content.
    """

    name: str
    label: str
    icon: str
    make: Callable[[Desk], Page]
    has_content: Callable[[Register], bool]


def _overview(desk: Desk) -> Page:
    from coi_desktop.ui.pages.overview_page import OverviewPage

    return OverviewPage(desk)


def _initiatives(desk: Desk) -> Page:
    from coi_desktop.ui.pages.initiatives_page import InitiativesPage

    return InitiativesPage(desk)


def _evaluations(desk: Desk) -> Page:
    from coi_desktop.ui.pages.evaluations_page import EvaluationsPage

    return EvaluationsPage(desk)


def _cases(desk: Desk) -> Page:
    from coi_desktop.ui.pages.cases_page import CasesPage

    return CasesPage(desk)


def _has_initiatives(register: Register) -> bool:
    return register.count("initiative") > 0


def _has_cases(register: Register) -> bool:
    return register.has("case", "origin", "imported")


def _always(_register: Register) -> bool:
    return True


PLACES: tuple[Place, ...] = (
    Place("overview", N_("Overview"), "overview", _overview, _has_initiatives),
    Place("initiatives", N_("Initiatives"), "initiatives", _initiatives, _always),
    Place("evaluations", N_("Evaluation"), "evaluations", _evaluations, _has_initiatives),
    Place("cases", N_("Cases"), "cases", _cases, _has_cases),
)

#: Where the window opens.
FIRST_PLACE = "initiatives"
