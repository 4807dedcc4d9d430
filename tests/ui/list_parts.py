"""Tabs and chips above the list: reading them, and answers to the questions they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coi_desktop.models.query import Condition, Test
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.dialogs.naming import NamingDialog
from coi_desktop.ui.pages.filter_chips import FilterChips
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.views_bar import ViewsBar

#: A filter that one initiative of three passes.
IDEAS = Condition("phase", Test.ONE_OF, ("idea",))


def tabs_of(page: InitiativesPage) -> ViewsBar:
    """The tabs of views."""
    assert page.head.tabs is not None
    return page.head.tabs


def chips_of(page: InitiativesPage) -> FilterChips:
    """The chips of the filter."""
    assert page.head.chips is not None
    return page.head.chips


def tab_texts(page: InitiativesPage) -> list[str]:
    """What stands on the tabs, from the left."""
    bar = tabs_of(page).bar
    return [bar.tabText(place) for place in range(bar.count())]


def chip_texts(page: InitiativesPage) -> list[str]:
    """What stands on the chips."""
    return [chip.label.text() for chip in chips_of(page).chips]


def fill_in(field: str, test: Test, *raw: Any) -> Callable[[FilterForm], bool]:
    """Choose field and test, fill in the editors and take it."""

    def answer(form: FilterForm) -> bool:
        value = form.choose(field, test)
        for editor, one in zip(value.editors, raw, strict=True):
            editor.set_raw(one)
        form.take()
        return form.result() == form.DialogCode.Accepted

    return answer


def named(name: str) -> Callable[[NamingDialog], bool]:
    """Save under this name; whether the dialog took it."""

    def answer(dialog: NamingDialog) -> bool:
        dialog.line.setText(name)
        dialog.save()
        return dialog.result() == dialog.DialogCode.Accepted

    return answer
