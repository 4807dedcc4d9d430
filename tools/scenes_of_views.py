"""Pictures of views and filters: chips, groups, a view that is changed, and the form of a filter."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.query import Test
from coi_desktop.models.views import Showing
from coi_desktop.operations.views import read_filters, save_view
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tools.scenes_of_time import shoot_printing, shoot_timeline

FILTERS = ("status = active", "phase one_of idea, develop, operate", "budget over 10000,00")
FORMS = (("phase", Test.ONE_OF), ("budget", Test.BETWEEN), ("confirmed", Test.NOT_SINCE))


def shoot_views(
    desk: Desk,
    page: InitiativesPage,
    shoot: Callable[[str], None],
    shoot_dialog: Callable[..., None],
) -> None:
    """The list with a saved view, filters and groups; the form of a filter; timeline and print."""
    register = desk.register
    save_view(register, Showing(name="Styregruppe", conditions=read_filters(register, FILTERS[:1])))
    for condition in read_filters(register, FILTERS):
        page.initiatives.put_condition(condition)
    page.initiatives.set_grouping("phase")
    shoot("filters")
    for name, test in FORMS:
        form = FilterForm(desk)
        form.choose(name, test)
        shoot_dialog(form, f"dialog-filter-{name}")
    page.initiatives.reset()
    register.undo()
    shoot_timeline(desk, page, shoot)
    shoot_printing(desk, page, page.current_initiative(), shoot_dialog)
