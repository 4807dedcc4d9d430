"""Choosing initiatives as a user does."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.ui.pages.initiatives_page import InitiativesPage


def choose_several(page: InitiativesPage, ids: Sequence[str]) -> None:
    """Choose these rows of the list and no others; the last of them is the current one."""
    register = page._desk.register
    numbers = [number for one in ids if (number := register.row_number("initiative", one)) is not None]
    page.table.choose_numbers(numbers, ids[-1])
