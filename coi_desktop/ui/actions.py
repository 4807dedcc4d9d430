"""The actions of a window, made from the table of them: turned on and off by what is possible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import Op, StepKind, step_label
from coi_desktop.ui.action_table import ACTIONS, ActionSpec
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import menu_text


class Actions(QObject):
    """The actions of one window, as QActions by name."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
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
        lined = desk.routes.find_line() is not None
        can_write = desk.can_write and not self._held
        for spec in ACTIONS:
            possible = (can_write or not spec.writes) and (chosen or not spec.on_initiative)
            self._actions[spec.name].setEnabled(possible and (lined or not spec.on_line))
        self._name_step("undo", desk.register.next_undo, StepKind.UNDO, can_write)
        self._name_step("redo", desk.register.next_redo, StepKind.REDO, can_write)

    def _name_step(self, name: str, step: tuple[Op, str] | None, kind: StepKind, can_write: bool) -> None:
        action = self._actions[name]
        action.setEnabled(can_write and step is not None)
        if step is None:
            action.setText(_("&Undo") if kind is StepKind.UNDO else _("&Redo"))
            return
        op, detail = step
        action.setText("&" + menu_text(step_label(op, detail, kind)))

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
