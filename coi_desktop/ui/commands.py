"""What the actions of the menus do. Dialogs are imported when they are first wanted, not on the way to the
window.

Each function takes the desk and may raise a Problem, which is then shown as a notice.
"""

from __future__ import annotations

from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations import registers
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.prompts import FileKind


def open_register(desk: Desk) -> None:
    """Ask for another register and open it in place of this one."""
    path = desk.prompts.ask_open_path(_("Open register"), [_register_kind()], desk.register.path.parent)
    if path is not None and desk.routes.flush():
        desk.routes.open_register(path)


def new_register(desk: Desk) -> None:
    """Ask for a name, make an empty register there and open it."""
    suggested = paths.local_folder() / f"{_('New register')}{paths.SUFFIX}"
    path = desk.prompts.ask_save_path(_("New register"), [_register_kind()], suggested)
    if path is not None and desk.routes.flush() and may_make_at(desk, path):
        registers.create_register(path, anywhere=True).close()
        desk.routes.open_register(path)


def may_make_at(desk: Desk, path: Path) -> bool:
    """Whether a new register may be made at ``path``: nothing speaks against the place, or the user insists,
    which is remembered.
    """
    from coi_desktop.ui.register_opening import ask_about_new_place

    return ask_about_new_place(path, desk.settings, desk.prompts)


def tell_all_is_saved(desk: Desk) -> None:
    """Ctrl+S: write what is typed at once, and say that everything saves by itself."""
    if desk.routes.flush():
        desk.notices.show_done(_("Everything is saved. COI Desktop saves by itself while you type."))


def back_up_now(desk: Desk) -> None:
    """Write a backup among the others, in the background."""
    from coi_desktop.models.backup_manifest import Reason
    from coi_desktop.ui.backup_commands import keep

    if desk.routes.flush():
        keep(desk, Reason.ASKED, aloud=True)


def restore(desk: Desk) -> None:
    """Put a backup in the place of the register."""
    from coi_desktop.ui.backup_commands import restore as run

    run(desk)


def write_backup(desk: Desk) -> None:
    """Ask where, and write a checked copy of the register there."""
    from coi_desktop.ui.backup_commands import write_copy

    write_copy(desk)


def import_table(desk: Desk) -> None:
    """Take in a list that is kept elsewhere."""
    from coi_desktop.ui.table_commands import import_table as run

    run(desk)


def import_pack(desk: Desk) -> None:
    """Take in the cases of a pack."""
    from coi_desktop.ui.pack_commands import import_pack as run

    run(desk)


def import_edition(desk: Desk) -> None:
    """Bring over what an edition has that a synchronising program put aside."""
    from coi_desktop.ui.edition_commands import choose_edition

    choose_edition(desk)


def share_pack(desk: Desk) -> None:
    """Share the chosen initiative as a case pack."""
    from coi_desktop.ui.pack_commands import share_pack as run

    run(desk)


def export_register(desk: Desk) -> None:
    """Write the register as a sheet to be changed in Excel and taken back."""
    from coi_desktop.ui.export_commands import export_register as run

    run(desk)


def export_portfolio(desk: Desk) -> None:
    """Write the workbook of the portfolio."""
    from coi_desktop.ui.export_commands import export_workbook as run

    run(desk)


def export_initiative(desk: Desk) -> None:
    """Write the workbook of the chosen initiative."""
    from coi_desktop.ui.export_commands import export_workbook as run

    run(desk, of_initiative=True)


def export_all(desk: Desk) -> None:
    """Write everything as readable files."""
    from coi_desktop.ui.backup_commands import export_all as run

    run(desk)


def save_charts(desk: Desk) -> None:
    """Write charts as files."""
    from coi_desktop.ui.export_commands import save_charts as run

    run(desk)


def evaluate(desk: Desk) -> None:
    """Begin the evaluation of the chosen initiative, or go on with it."""
    desk.routes.show_record("evaluations", desk.routes.current_initiative())


def note_finding(desk: Desk) -> None:
    """Note a finding of today for the chosen initiative, wherever one is."""
    from coi_desktop.ui.dialogs.quick_finding import QuickFinding
    from coi_desktop.ui.undoing import undo_step

    if not desk.routes.flush():
        return
    dialog = QuickFinding(desk, desk.routes.current_initiative())
    if desk.prompts.ask_dialog(dialog):
        desk.notices.show_done(_("Noted: “{text}”").format(text=isolated(dialog.noted)), [undo_step(desk)])


def import_measurements(desk: Desk) -> None:
    """Take measurements from a file into the evaluation of the chosen initiative."""
    from coi_desktop.ui.measure_commands import import_into_chosen

    import_into_chosen(desk)


def measure_now(desk: Desk) -> None:
    """Keep a number of today for a measure of the chosen initiative, or go where measures are made."""
    from coi_desktop.operations.evaluations import find_evaluations
    from coi_desktop.ui.dialogs.measure_now import MeasureNow
    from coi_desktop.ui.undoing import undo_step

    if not desk.routes.flush():
        return
    initiative_id = desk.routes.current_initiative()
    found = find_evaluations(desk.register, initiative_id)
    indicators = desk.register.children("indicator", found[0].id) if found else ()
    if not indicators:
        desk.routes.show_record("evaluations", initiative_id, "indicators.indicators")
        desk.notices.show_done(_("Say first what you measure: add a measure here, with its baseline."))
        return
    dialog = MeasureNow(desk, initiative_id, indicators)
    if desk.prompts.ask_dialog(dialog):
        text = _("Kept for {name}: {number}").format(
            name=isolated(dialog.measure), number=isolated(dialog.kept)
        )
        desk.notices.show_done(text, [undo_step(desk)])


def export_worksheets(desk: Desk) -> None:
    """Write the dialogue sheets of the chosen initiative's evaluation."""
    from coi_desktop.operations.evaluations import find_evaluations
    from coi_desktop.ui.worksheet_commands import export_sheets

    initiative_id = desk.routes.current_initiative()
    found = find_evaluations(desk.register, initiative_id)
    if found:
        export_sheets(desk, found[0].id)
    else:
        desk.notices.show_done(_("Begin an evaluation of the initiative first; its sheets follow from it."))


def present(desk: Desk) -> None:
    """Show the evaluation of the chosen initiative step by step on the whole screen."""
    desk.routes.show_record("evaluations", desk.routes.current_initiative())
    desk.routes.act("present")


def show_fields(desk: Desk) -> None:
    """Own fields, choice lists and phases."""
    from coi_desktop.ui.dialogs.fields_dialog import show_fields as show

    show(desk)


def show_history(desk: Desk) -> None:
    """What was done in the register, and the way back to any value."""
    from coi_desktop.ui.dialogs.history_dialog import show_history as show

    show(desk)


def show_trash(desk: Desk) -> None:
    """What was removed and can be put back."""
    from coi_desktop.ui.dialogs.trash_dialog import show_trash as show

    show(desk)


def show_people(desk: Desk) -> None:
    """The people of the unit: each once, renamed everywhere, merged, found, erased."""
    from coi_desktop.ui.people_commands import show_people as show

    show(desk)


def find(desk: Desk) -> None:
    """Ctrl+F from anywhere: the search field of the page in front, else that of the initiatives."""
    if not desk.routes.act("find"):
        desk.routes.show_place("initiatives")
        desk.routes.act("find")


def refresh(desk: Desk) -> None:
    """F5: read the page in front anew."""
    if desk.routes.flush():
        desk.routes.act("refresh")


def widen_list(desk: Desk) -> None:
    """The line between list and record one step to the right."""
    if (line := desk.routes.find_line()) is not None:
        line.move_line(1)


def narrow_list(desk: Desk) -> None:
    """The line between list and record one step to the left."""
    if (line := desk.routes.find_line()) is not None:
        line.move_line(-1)


def close_window(desk: Desk) -> None:
    """Leave the program."""
    desk.routes.close()


def show_settings(desk: Desk) -> None:
    """Language and theme."""
    from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog

    language = desk.settings.get("language")
    desk.prompts.ask_dialog(SettingsDialog(desk))
    if desk.settings.get("language") != language:
        desk.routes.open_register(desk.register.path)


def show_help(_desk: Desk) -> None:
    """F1: the page of help for the part of the window that has the keyboard."""
    from coi_desktop.ui.help_commands import show_help as show

    show()


def show_shortcuts(_desk: Desk) -> None:
    """The list of keys."""
    from coi_desktop.ui.help_commands import show_shortcuts as show

    show()


def show_news(_desk: Desk) -> None:
    """What is new in this version."""
    from coi_desktop.ui.help_commands import show_news as show

    show()


def show_about(desk: Desk) -> None:
    """Version, and where the register, its backups, the settings and the log lie."""
    from coi_desktop.ui.dialogs.about_dialog import show_about as show

    show(desk)


def open_own(desk: Desk) -> None:
    """Open the user's own register, made when there is none."""
    if desk.routes.flush():
        desk.routes.open_register(paths.own_register())


def load_sample(desk: Desk) -> None:
    """Open the sample portfolio, made when there is none; it is kept apart from the user's own register."""
    from coi_desktop.operations.samples import create_sample_register

    path = paths.sample_register()
    if not path.exists():
        create_sample_register(path, anywhere=True).close()
    desk.routes.open_register(path)


def _register_kind() -> FileKind:
    return FileKind(_("Register"), (paths.SUFFIX,))


def look_after_attachments(desk: Desk) -> None:
    """After the first paint: copies that a killed program left go, and missing files are told of."""
    if (paths.cache_folder() / "opened").exists():
        from coi_desktop.operations.opened_copies import copies_home, sweep_left_copies

        sweep_left_copies(copies_home())
    if desk.register.count("attachment"):
        from coi_desktop.ui.attachment_commands import look_for_missing_files

        look_for_missing_files(desk)


def check_quickly(desk: Desk) -> None:
    """The quick check after the first paint; raises Problem ``damaged`` when something is wrong."""
    found = desk.register.find_damage(quick=True)
    if found:
        raise Problem(
            _("The quick check of {name} found damage.").format(name=isolated(desk.register.path.name)),
            meaning=_("Some records may be unreadable; what was saved before stands in the backups."),
            advice=_("Keep the file as it is, and restore the newest backup."),
            code="damaged",
        )
