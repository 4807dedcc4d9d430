"""Pictures of what a unit makes its own: fields, choice lists, phases, and the facts with own fields."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.operations import choices, initiatives, own_fields, phases, rate_sets
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.fields_dialog import FieldsDialog
from coi_desktop.ui.panels.choice_lists_page import ChoiceForm
from coi_desktop.ui.panels.own_fields_page import OwnFieldForm
from coi_desktop.ui.panels.phases_page import MappingOfPhasesForm, PhaseForm
from coi_desktop.ui.panels.rate_sets_page import RateSetForm

STEPS = 4
"""How many steps ``add_own_fields`` takes, for whoever takes them back."""


def add_own_fields(desk: Desk, initiative_id: str) -> None:
    """Three own fields, and a value in one of them."""
    words = ("Kulturudvalget", "Socialudvalget")
    committee = own_fields.add_own_field(desk.register, "Udvalg", "choice", section="people", choices=words)
    own_fields.add_own_field(desk.register, "Udgift pr. borger", "money")
    own_fields.add_own_field(desk.register, "Godkendt", "date")
    initiatives.edit_field(desk.register, initiative_id, committee, "kulturudvalget")


def shoot_fields(desk: Desk, shoot_dialog: Callable[..., None]) -> None:
    """The dialog page by page, and its forms."""
    dialog = FieldsDialog(desk)
    for place, name in enumerate(("own-fields", "choice-lists", "phases")):
        dialog.pages.setCurrentIndex(place)
        shoot_dialog(dialog, f"dialog-{name}", close=False)
    dialog.pages.setCurrentWidget(dialog.methods)
    shoot_dialog(dialog, "dialog-methods", close=False)
    dialog.pages.setCurrentWidget(dialog.rate_sets)
    shoot_dialog(dialog, "dialog-rates", close=False)
    dialog.pages.setCurrentWidget(dialog.choice_lists)
    dialog.choice_lists.which.setCurrentIndex(dialog.choice_lists.which.findData("value_kind"))
    shoot_dialog(dialog, "dialog-value-kinds")
    quality = choices.get_choices(desk.register, "value_kind")[0]
    shoot_dialog(ChoiceForm(desk, "value_kind", quality), "dialog-value-kind")
    shoot_dialog(OwnFieldForm(desk), "dialog-own-field")
    delivered = rate_sets.find_rate_sets(desk.register)[0].rates
    shoot_dialog(RateSetForm(desk, delivered, is_new=True), "dialog-own-rates")
    shoot_dialog(PhaseForm(desk, phases.get_phases(desk.register)[1]), "dialog-own-phase")
    shoot_dialog(MappingOfPhasesForm(desk, "regional"), "dialog-own-phase-mapping")
