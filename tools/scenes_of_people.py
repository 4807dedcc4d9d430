"""Pictures of the people: the list, where a name stands, and erasing one."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Value
from coi_desktop.operations import erasing, people, person_search
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.choose_person_dialog import ChoosePersonDialog
from coi_desktop.ui.dialogs.erase_person_dialog import ErasePersonDialog
from coi_desktop.ui.dialogs.people_dialog import PeopleDialog
from coi_desktop.ui.dialogs.person_places_dialog import PersonPlacesDialog

NAME = "Kirsten Åberg"


def shoot_people(desk: Desk, shoot_dialog: Callable[..., None]) -> None:
    """The dialogs, on persons that are made for them and taken away by undo."""
    register = desk.register
    names = [one.name for one in people.find_unlisted_names(register)]
    values: dict[str, Value] = {"role": "Udviklingskonsulent", "basis": "agreement", "may_contact": True}
    first = people.add_person(register, {"name": NAME, "email": "kirab@eksempel.example", **values})
    people.add_person(register, {"name": "Bo Ek", "organisation": "Eksempel Kommune"})
    listed = PeopleDialog(desk, find=bool, erase=bool, merge=bool)
    listed.choose(f"person {first}")
    shoot_dialog(listed, "dialog-people")
    shoot_dialog(
        ChoosePersonDialog(register.get("person", first), people.find_people(register)), "dialog-people-merge"
    )
    name = names[0] if names else NAME
    forms = person_search.forms_of(register, name)
    mentions = run_to_end(person_search.find_person(register, forms))
    shoot_dialog(PersonPlacesDialog(name, mentions, bool), "dialog-people-places")
    plan = run_to_end(erasing.plan_erasure(register, forms))
    erasing_dialog = ErasePersonDialog(plan, bool)
    erasing_dialog.typed.setText(name)
    shoot_dialog(erasing_dialog, "dialog-people-erase")
    for _person in range(2):
        register.undo()
