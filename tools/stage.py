"""The window that stands before the camera of ``tools.screenshots``, and how pictures of it are taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from coi_desktop.errors import Problem
from coi_desktop.models.query import Query
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.window_prompts import fit_to_room

MOST_PAGES = 4


class Camera(Protocol):
    """Whatever takes pictures of windows."""

    def shoot(self, target: QWidget, name: str) -> None:
        """One picture, once everything in the window has been drawn."""


class Stage:
    """The window with the sample portfolio, its pages and records by name, and the camera before it."""

    def __init__(
        self, window: MainWindow, folder: Path, camera: Camera, settle: Callable[[QWidget], None]
    ) -> None:
        self._window = window
        self._folder = folder
        self._camera = camera
        self._settle = settle

    def _another_window(self, register: Register, refused: Problem | None) -> MainWindow:
        desk = self._window.desk
        settings = Settings.read(self._folder / "other.json")
        window = MainWindow(register, settings, desk.looks, desk.prompts, refused)
        window.resize(self._window.size())
        window.show()
        self._settle(window)
        return window

    def _evaluations(self) -> EvaluationsPage:
        page = self._window.page
        assert isinstance(page, EvaluationsPage)
        return page

    def _initiatives(self) -> InitiativesPage:
        self._window.show_place("initiatives")
        page = self._window.page
        assert isinstance(page, InitiativesPage)
        return page

    def _choose(self, title: str) -> None:
        self._settle(self._window)
        self._initiatives().show_record(self._id_of(title))

    def _id_of(self, title: str) -> str:
        return self._window.desk.register.find_ids(Query("initiative", search=title))[0]

    def _rest(self) -> None:
        """Wait for what comes when the keyboard has rested on an initiative."""
        for _turn in range(6):
            self._settle(self._window)

    def _shoot(self, name: str) -> None:
        self._camera.shoot(self._window, name)

    def _shoot_pages(self, within: QWidget, name: str) -> None:
        """The window as it is, and again for every screenful further down."""
        self._shoot(name)
        for area in [within, *within.findChildren(QScrollArea)]:
            if not isinstance(area, QScrollArea) or not area.isVisible():
                continue
            bar = area.verticalScrollBar()
            for page in range(2, MOST_PAGES + 1):
                if bar.value() >= bar.maximum():
                    break
                bar.setValue(bar.value() + bar.pageStep() - 40)
                self._shoot(f"{name}-page{page}")
            bar.setValue(0)

    def _shoot_dialog(self, dialog: QDialog, name: str, *, close: bool = True) -> None:
        fit_to_room(dialog, self._window.size())
        dialog.show()
        QApplication.processEvents()
        self._camera.shoot(dialog, name)
        if close:
            dialog.close()
