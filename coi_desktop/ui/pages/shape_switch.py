"""List, board or timeline: the switch beside the search."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from coi_desktop.i18n import _
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.pages.chosen_initiatives import BOARD, LIST, TIMELINE, ChosenInitiatives

SHAPES = (LIST, BOARD, TIMELINE)


class ShapeSwitch(ChoiceBox):
    """Follows what is chosen, and chooses. ``is_stepped``: a key goes from one to the next just now, and the
    keyboard is to stay here.
    """

    is_stepped = False

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        super().__init__()
        self._chosen = chosen
        words = words_of(desk.register)
        for shape in SHAPES:
            self.addItem(words.label("view.shape", shape), shape)
        self.setAccessibleName(_("Show as"))
        self.activated.connect(lambda _place: chosen.set_shape(self.currentData()))
        chosen.shaped.connect(self._follow)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one to the next while the list is folded."""
        self.is_stepped = True
        super().keyPressEvent(event)
        self.is_stepped = False

    def _follow(self) -> None:
        self.setCurrentIndex(max(0, self.findData(self._chosen.shape)))
