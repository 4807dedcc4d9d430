"""The one table of what can be done from menus and keys; menus and shortcuts are made from it.

A new action is one row here; what it does is a function in ``commands.py`` (which imports its dialog when
called), or, without one, an affair of the page in front (``Page.act``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import StepKind, step_label
from coi_desktop.ui import commands, undoing
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import menu_text


class ActionSpec(NamedTuple):
    """One action: its name, words (English, with its mnemonic), keys, icon, menu, and what it needs to be
    possible.

    ``writes`` actions are off in a register open for reading; ``on_initiative`` ones while none is chosen.
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
    starts_group: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", N_("&Open register…"), "file", ("Ctrl+O",), "open", commands.open_register),
    ActionSpec("new_register", N_("New &register…"), "file", (), "", commands.new_register),
    ActionSpec("own", N_("Open my o&wn register"), "file", (), "", commands.open_own),
    ActionSpec("sample", N_("Open the sa&mple portfolio"), "file", (), "", commands.load_sample),
    ActionSpec("saved", N_("&Save"), "file", ("Ctrl+S",), "done", commands.tell_all_is_saved),
    ActionSpec("backup", N_("Write a &backup…"), "file", (), "backup", commands.write_backup),
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
    ActionSpec("save_charts", N_("Save &charts…"), "file", (), "export", commands.save_charts),
    ActionSpec(
        "settings",
        N_("Se&ttings…"),
        "file",
        ("Ctrl+,",),
        "settings",
        commands.show_settings,
        starts_group=True,
    ),
    ActionSpec("quit", N_("&Quit"), "file", ("Ctrl+Q",), "", commands.close_window, starts_group=True),
    ActionSpec("undo", N_("&Undo"), "edit", ("Ctrl+Z",), "undo", undoing.undo, writes=True),
    ActionSpec("redo", N_("&Redo"), "edit", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", undoing.redo, writes=True),
    ActionSpec("find", N_("&Find"), "edit", ("Ctrl+F",), "search", commands.find, starts_group=True),
    ActionSpec("refresh", N_("Read &again"), "edit", ("F5",), "", commands.refresh),
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
    ActionSpec("delete", N_("&Remove"), "initiative", ("Del",), "delete", None, "", True, True),
    ActionSpec("about", N_("&About COI Desktop"), "help", (), "about", commands.show_about),
)


class Actions(QObject):
    """The actions of one window, as QActions by name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._held = False
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(_(spec.label), self)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.triggered.connect(partial(self._carry_out, spec))
            self._actions[spec.name] = action
        desk.bridge.changed.connect(self.update)

    def __getitem__(self, name: str) -> QAction:
        """The action called ``name``; KeyError when there is none."""
        return self._actions[name]

    def fill(self, menus: Mapping[str, QMenu]) -> None:
        """Put the actions into their menus."""
        for menu_name, menu in menus.items():
            for spec in ACTIONS:
                if spec.menu == menu_name:
                    if spec.starts_group:
                        menu.addSeparator()
                    menu.addAction(self._actions[spec.name])
            menu.aboutToShow.connect(partial(self._draw_icons, menu))

    def hold(self, held: bool) -> None:
        """Turn off what writes, while a job writes; or on again."""
        self._held = held
        self.update()

    def update(self, _changes: object = None) -> None:
        """Turn actions on and off by what is possible now, and name the steps of undo and redo."""
        desk = self._desk
        chosen = bool(desk.routes.current_initiative())
        can_write = desk.can_write and not self._held
        for spec in ACTIONS:
            possible = (can_write or not spec.writes) and (chosen or not spec.on_initiative)
            self._actions[spec.name].setEnabled(possible)
        self._name_step("undo", desk.register.next_undo, StepKind.UNDO, can_write)
        self._name_step("redo", desk.register.next_redo, StepKind.REDO, can_write)

    def _name_step(self, name: str, step: tuple[object, str] | None, kind: StepKind, can_write: bool) -> None:
        action = self._actions[name]
        action.setEnabled(can_write and step is not None)
        if step is None:
            action.setText(_("&Undo") if kind is StepKind.UNDO else _("&Redo"))
            return
        op, detail = step
        action.setText("&" + menu_text(step_label(op, detail, kind)))  # type: ignore[arg-type]

    def _carry_out(self, spec: ActionSpec, _checked: bool = False) -> None:
        try:
            if spec.run is not None:
                spec.run(self._desk)
                return
            if spec.place:
                self._desk.routes.show_place(spec.place)
            self._desk.routes.act(spec.name)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key=spec.name)

    def _draw_icons(self, menu: QMenu) -> None:
        """Menus get their pictures when they are first opened, and new ones for a new theme."""
        for spec in ACTIONS:
            if spec.icon and spec.menu == menu.objectName():
                self._actions[spec.name].setIcon(self._desk.looks.icon(spec.icon))
