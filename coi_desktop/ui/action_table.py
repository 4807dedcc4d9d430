"""The one table of what can be done from menus and keys; menus and shortcuts are made from it.

A new action is one row here; what it does is a function in ``commands.py`` (which imports its dialog when
called), or, without one, an affair of the page in front (``Page.act``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from coi_desktop.i18n import N_
from coi_desktop.ui import commands, undoing
from coi_desktop.ui.desk import Desk


class ActionSpec(NamedTuple):
    """One action: its name, words (English, with its mnemonic), keys, icon, menu, and what it needs to be
    possible.

    ``writes`` actions are off in a register open for reading; ``on_initiative`` ones while none is
    chosen, ``on_line`` ones where no list has a record beside it.
    ``run`` is called with the desk; without it the page at ``place`` (or the one in front) acts.
    """

    name: str
    label: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    run: Callable[[Desk], object] | None = None
    place: str = ""
    writes: bool = False
    on_initiative: bool = False
    on_line: bool = False
    starts_group: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", N_("&Open register…"), "file", ("Ctrl+O",), "open", commands.open_register),
    ActionSpec("new_register", N_("New &register…"), "file", (), "", commands.new_register),
    ActionSpec("own", N_("Open my o&wn register"), "file", (), "", commands.open_own),
    ActionSpec("sample", N_("Open the sa&mple portfolio"), "file", (), "", commands.load_sample),
    ActionSpec("saved", N_("&Save"), "file", ("Ctrl+S",), "done", commands.tell_all_is_saved),
    ActionSpec(
        "backup_now", N_("&Back up now"), "file", (), "backup", commands.back_up_now, starts_group=True
    ),
    ActionSpec("restore", N_("Restore &from a backup…"), "file", (), "", commands.restore, writes=True),
    ActionSpec("backup", N_("Save a cop&y…"), "file", (), "", commands.write_backup),
    ActionSpec(
        "import_table",
        N_("&Import list…"),
        "file",
        ("Ctrl+I",),
        "",
        commands.import_table,
        writes=True,
        starts_group=True,
    ),
    ActionSpec("import_pack", N_("Import case &pack…"), "file", (), "", commands.import_pack, writes=True),
    ActionSpec(
        "import_edition",
        N_("Brin&g over from another edition…"),
        "file",
        (),
        "",
        commands.import_edition,
        writes=True,
    ),
    ActionSpec(
        "share_pack",
        N_("S&hare as case pack…"),
        "file",
        (),
        "",
        commands.share_pack,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "export_portfolio",
        N_("&Export workbook…"),
        "file",
        ("Ctrl+E",),
        "workbook",
        commands.export_portfolio,
        starts_group=True,
    ),
    ActionSpec(
        "export_initiative",
        N_("Export the initiati&ve…"),
        "file",
        ("Ctrl+Shift+E",),
        "",
        commands.export_initiative,
        on_initiative=True,
    ),
    ActionSpec(
        "export_register", N_("E&xport to be changed in Excel…"), "file", (), "", commands.export_register
    ),
    ActionSpec("export_all", N_("Export a&ll as files…"), "file", (), "", commands.export_all),
    ActionSpec("save_charts", N_("Save &charts…"), "file", (), "export", commands.save_charts),
    ActionSpec("print", N_("Pri&nt…"), "file", ("Ctrl+P",), "", None, "initiatives", starts_group=True),
    ActionSpec("save_pdf", N_("S&ave as PDF…"), "file", (), "", None, "initiatives"),
    ActionSpec("fields", N_("Fiel&ds and lists…"), "file", (), "", commands.show_fields, starts_group=True),
    ActionSpec("settings", N_("Se&ttings…"), "file", ("Ctrl+,",), "settings", commands.show_settings),
    ActionSpec("quit", N_("&Quit"), "file", ("Ctrl+Q",), "", commands.close_window, starts_group=True),
    ActionSpec("undo", N_("&Undo"), "edit", ("Ctrl+Z",), "undo", undoing.undo, writes=True),
    ActionSpec("redo", N_("&Redo"), "edit", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", undoing.redo, writes=True),
    ActionSpec("history", N_("&History of the register…"), "edit", (), "", commands.show_history),
    ActionSpec("trash", N_("&Trash…"), "edit", ("Ctrl+Shift+Del",), "delete", commands.show_trash),
    ActionSpec("people", N_("Peop&le…"), "edit", ("Ctrl+Shift+P",), "", commands.show_people),
    ActionSpec("find", N_("&Find"), "edit", ("Ctrl+F",), "search", commands.find, starts_group=True),
    ActionSpec(
        "wider_list", N_("&Wider list"), "view", ("Alt+Shift+Right",), "", commands.widen_list, on_line=True
    ),
    ActionSpec(
        "narrower_list",
        N_("&Narrower list"),
        "view",
        ("Alt+Shift+Left",),
        "",
        commands.narrow_list,
        on_line=True,
    ),
    ActionSpec("refresh", N_("Read &again"), "view", ("F5",), "", commands.refresh, starts_group=True),
    ActionSpec(
        "new", N_("&New initiative…"), "initiative", ("Ctrl+N",), "add", None, "initiatives", writes=True
    ),
    ActionSpec("rename", N_("Edit the &title"), "initiative", ("F2",), "", None, "", True, True),
    ActionSpec(
        "evaluate",
        N_("&Evaluate"),
        "initiative",
        ("F8",),
        "evaluate",
        commands.evaluate,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "quick_finding",
        N_("&Quick finding…"),
        "initiative",
        ("Ctrl+Shift+N",),
        "",
        commands.note_finding,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "measure_now",
        N_("Measure no&w…"),
        "initiative",
        ("Ctrl+Shift+M",),
        "",
        commands.measure_now,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "import_measurements",
        N_("&Import measurements…"),
        "initiative",
        (),
        "",
        commands.import_measurements,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "worksheets",
        N_("Dialo&gue sheets…"),
        "initiative",
        (),
        "",
        commands.export_worksheets,
        on_initiative=True,
        starts_group=True,
    ),
    ActionSpec(
        "present",
        N_("Show steps in a &meeting"),
        "initiative",
        ("F11",),
        "",
        commands.present,
        writes=True,
        on_initiative=True,
    ),
    ActionSpec(
        "bulk_edit",
        N_("Edit se&veral…"),
        "initiative",
        ("Ctrl+Shift+B",),
        "",
        None,
        "initiatives",
        writes=True,
        on_initiative=True,
    ),
    ActionSpec("duplicates", N_("Find &duplicates…"), "initiative", (), "", None, "initiatives", writes=True),
    ActionSpec("delete", N_("&Remove"), "initiative", ("Del",), "delete", None, "", True, True),
    ActionSpec("help", N_("&Help for this screen"), "help", ("F1",), "", commands.show_help),
    ActionSpec("shortcuts", N_("&Keyboard shortcuts"), "help", (), "", commands.show_shortcuts),
    ActionSpec("news", N_("&New in this version"), "help", (), "", commands.show_news),
    ActionSpec(
        "about", N_("&About COI Desktop"), "help", (), "about", commands.show_about, starts_group=True
    ),
)
