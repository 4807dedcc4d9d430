"""The tabs of the record panel: one row a tab. A tab is imported and made when first needed.

A new tab is one row here and a function that imports it. A tab without content for an initiative is not
shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from coi_desktop.i18n import N_
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab


class TabSpec(NamedTuple):
    """A tab: its name, words (English), how it is made, and whether it has content for an initiative (by id).

    ``tables`` names the record types whose changes may give it content or take it away.
    """

    name: str
    label: str
    make: Callable[[Desk], RecordTab]
    has_content: Callable[[Register, str], bool]
    tables: tuple[str, ...] = ()


def _facts(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.facts_tab import FactsTab

    return FactsTab(desk)


def _phases(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.phases_tab import PhasesTab

    return PhasesTab(desk)


def _evaluation(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.evaluation_tab import EvaluationTab

    return EvaluationTab(desk)


def _benefits(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.benefits_tab import BenefitsTab

    return BenefitsTab(desk)


def _status(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.status_tab import StatusTab

    return StatusTab(desk)


def _attachments(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.attachments_tab import AttachmentsTab

    return AttachmentsTab(desk)


def _history(desk: Desk) -> RecordTab:
    from coi_desktop.ui.panels.history_tab import HistoryTab

    return HistoryTab(desk)


def _always(_register: Register, _initiative_id: str) -> bool:
    return True


def _has_evaluations(register: Register, initiative_id: str) -> bool:
    return bool(register.children("evaluation", initiative_id))


def _has_benefits(register: Register, initiative_id: str) -> bool:
    """Whether benefits may be written, or there are some, costs, or the three numbers of the light path."""
    if register.writable or register.children("benefit", initiative_id):
        return True
    for evaluation in register.children("evaluation", initiative_id):
        setting = register.single("econ_setting", evaluation.id)
        has_gain = setting is not None and setting["gain_per_year"] is not None
        if has_gain or register.children("cost", evaluation.id):
            return True
    return False


def _has_status(register: Register, initiative_id: str) -> bool:
    kinds = ("status_report", "risk")
    return register.writable or any(register.children(kind, initiative_id) for kind in kinds)


TABS: tuple[TabSpec, ...] = (
    TabSpec("facts", N_("Facts"), _facts, _always),
    TabSpec("phases", N_("Phases"), _phases, _always),
    TabSpec("evaluation", N_("Evaluation"), _evaluation, _has_evaluations, ("evaluation",)),
    TabSpec(
        "benefits",
        N_("Benefits"),
        _benefits,
        _has_benefits,
        ("benefit", "cost", "econ_setting", "evaluation"),
    ),
    TabSpec("status", N_("Status and risks"), _status, _has_status, ("status_report", "risk")),
    TabSpec("attachments", N_("Attachments"), _attachments, _always),
    TabSpec("history", N_("History"), _history, _always),
)
