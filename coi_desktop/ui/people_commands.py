"""The people of the unit from the menu: the list, merging, where a name stands, and erasing for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.i18n import _
from coi_desktop.models.records import Record
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind

if TYPE_CHECKING:
    from coi_desktop.operations.erasing import ErasurePlan, Receipt
    from coi_desktop.operations.person_search import Mention


def show_people(desk: Desk) -> None:
    """The list of people. What is asked for from it begins when it is closed, or above it."""
    from coi_desktop.ui.dialogs.people_dialog import PeopleDialog

    if not desk.routes.flush():
        return
    wanted: list[Callable[[], object]] = []

    def afterwards(do: Callable[[Desk, str], object], name: str) -> None:
        wanted.append(partial(do, desk, name))
        dialog.accept()

    dialog = PeopleDialog(
        desk,
        find=partial(afterwards, find_person),
        erase=partial(afterwards, erase_person),
        merge=partial(_merge, desk),
    )
    desk.prompts.ask_dialog(dialog)
    for do in wanted:
        do()


def _merge(desk: Desk, person: Record) -> None:
    from coi_desktop.operations import people
    from coi_desktop.ui.dialogs.choose_person_dialog import ChoosePersonDialog

    others = [one for one in people.find_people(desk.register) if one.id != person.id]
    dialog = ChoosePersonDialog(person, others)
    if desk.prompts.ask_dialog(dialog) and dialog.chosen_id:
        people.merge_people(desk.register, dialog.chosen_id, person.id)


def find_person(desk: Desk, name: str) -> None:
    """Everything that the register holds about a person."""
    from coi_desktop.operations import person_search

    job = person_search.find_person(desk.register, person_search.forms_of(desk.register, name))
    desk.runner.run(Work(_("Looking for {name}").format(name=name), job, partial(_show_places, desk, name)))


def _show_places(desk: Desk, name: str, mentions: tuple[Mention, ...]) -> None:
    from coi_desktop.operations.person_search import mentions_as_csv, mentions_as_json
    from coi_desktop.ui.dialogs.person_places_dialog import PersonPlacesDialog

    def save() -> None:
        kinds = [FileKind(_("List (CSV)"), (".csv",)), FileKind(_("Data file (JSON)"), (".json",))]
        suggested = Path.home() / f"{_('Places that mention a person')}.csv"
        path = desk.prompts.ask_save_path(_("Save the places"), kinds, suggested)
        if path is not None:
            write = mentions_as_json if path.suffix.lower() == ".json" else mentions_as_csv
            _write(desk, path, write(mentions))

    dialog = PersonPlacesDialog(name, mentions, save)
    if desk.prompts.ask_dialog(dialog) and dialog.initiative_id:
        desk.routes.show_record("initiatives", dialog.initiative_id)


def erase_person(desk: Desk, name: str) -> None:
    """Look for a person everywhere, show what would go, and erase when the name was typed once more."""
    from coi_desktop.operations import erasing, person_search

    job = erasing.plan_erasure(desk.register, person_search.forms_of(desk.register, name))
    desk.runner.run(Work(_("Looking for {name}").format(name=name), job, partial(_show_plan, desk)))


def _show_plan(desk: Desk, plan: ErasurePlan) -> None:
    from coi_desktop.operations import erasing, person_search
    from coi_desktop.ui.dialogs.erase_person_dialog import ErasePersonDialog

    def look_again(more: tuple[str, ...]) -> None:
        forms = person_search.forms_of(desk.register, plan.name, more=more)
        job = erasing.plan_erasure(desk.register, forms)
        desk.runner.run(Work(_("Looking for {name}").format(name=plan.name), job, dialog.show_plan))

    dialog = ErasePersonDialog(plan, look_again)
    if not desk.prompts.ask_dialog(dialog) or not desk.routes.flush():
        return
    chosen, replacement = dialog.plan, dialog.replacement
    erase = erasing.erase_person(desk.register, chosen, files=dialog.files, replacement=replacement)
    title = _("Erasing a person")
    desk.runner.run(Work(title, erase, partial(_erased, desk, chosen, replacement), writes=True))


def _erased(desk: Desk, plan: ErasurePlan, replacement: str, receipt: Receipt) -> None:
    from coi_desktop.models.person_mentions import Mentions, keys_of
    from coi_desktop.operations.erasure_receipt import receipt_text
    from coi_desktop.ui.dialogs.erase_person_dialog import ReceiptDialog

    desk.register.catch_up(receipt.changes)
    mentions = Mentions.of(keys_of(plan.forms))
    desk.settings.rewrite(lambda text: mentions.without(text, replacement))
    text = receipt_text(desk.register, receipt, plan)

    def save() -> None:
        kinds = [FileKind(_("Text"), (".txt",))]
        suggested = Path.home() / f"{_('Receipt for an erasure')} {receipt.at:%Y-%m-%d}.txt"
        path = desk.prompts.ask_save_path(_("Save the receipt"), kinds, suggested)
        if path is not None:
            _write(desk, path, text)

    desk.notices.show_done(_("The person is erased. This cannot be undone."))
    desk.prompts.ask_dialog(ReceiptDialog(text, save))


def _write(desk: Desk, path: Path, text: str) -> None:
    from coi_desktop.operations.text_files import write_text_file

    write_text_file(path, text)
    desk.notices.show_done(_("Saved: {name}").format(name=isolated(path.name)))
