"""One column of the board: cards below each other, one or several chosen, taken up and dropped by mouse,
moved by keyboard.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QInputEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from coi_desktop.ui.delegates.card_delegate import CardDelegate, card_height
from coi_desktop.ui.itemmodels.board_model import CARD, BoardModel
from coi_desktop.ui.pages.row_selection import ALONE, KEEP, choose_numbers, chosen_rows
from coi_desktop.ui.plain import restyle
from coi_desktop.ui.theme import Looks

#: Keys that go to the neighbouring column, and with Ctrl take the card along.
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_PLAIN, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier

#: Ways to come to a column by hand.
_COMING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class BoardColumn(QTableView):
    """``dropped`` carries the ids of cards that were let go here; ``moved`` (steps, what the keys held with
    the arrow ask for) that the next column is wanted; ``card_chosen`` that another card is current,
    ``several_chosen`` that others are chosen; ``alone`` that what is chosen next is chosen in place of
    everything else on the board; ``all_wanted`` that everything on the board is to be chosen; ``entered``
    that the keyboard came here by Tab; ``opened`` Enter on a card.
    """

    dropped = Signal(list)
    moved = Signal(int, object)
    card_chosen = Signal()
    several_chosen = Signal()
    alone = Signal()
    all_wanted = Signal()
    entered = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: BoardModel, name: str, looks: Looks) -> None:
        super().__init__()
        self.cards = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CardDelegate(looks, self))
        self.setProperty("look", "board")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(card_height(QFontMetricsF(self.font())))
        self.selectionModel().currentRowChanged.connect(self._chosen)

    @property
    def current_id(self) -> str:
        """The initiative of the current card, or an empty string."""
        return self.cards.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[str]:
        """The initiatives whose cards are chosen, from top to bottom."""
        return [self.cards.id_at(row) for row in chosen_rows(self)]

    def choose(self, record_id: str) -> bool:
        """Put the keyboard on a card, choose it alone and bring it into sight; False when it is not here."""
        row = self.cards.row_of(record_id) if record_id else -1
        if row < 0:
            self.clear()
            return False
        self._stand_on(row, ALONE)
        return True

    def clear(self) -> None:
        """No card is chosen here, and none current."""
        self.selectionModel().blockSignals(True)
        self.selectionModel().clear()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def leave(self) -> None:
        """No card is current here; what is chosen stays so."""
        self.selectionModel().blockSignals(True)
        self.selectionModel().clearCurrentIndex()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def choose_numbers(self, numbers: Collection[int]) -> None:
        """Choose the cards of these row numbers of the register, and no others."""
        choose_numbers(self, self.cards, numbers)

    def _stand_on(self, row: int, flags: QItemSelectionModel.SelectionFlag) -> None:
        index = self.cards.index(row, 0)
        if flags == ALONE:
            self.alone.emit()
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def _chosen(self) -> None:
        if self.currentIndex().isValid():
            self.card_chosen.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other cards are chosen."""
        super().selectionChanged(selected, deselected)
        self.several_chosen.emit()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """What a key or click chooses in place of what was chosen takes the place of that in all columns. A
        card that is chosen may be taken up with the others: pressed, it leaves all as it was.
        """
        is_pressed = event is not None and event.type() == QEvent.Type.MouseButtonPress
        if is_pressed and not _adds(event) and self.selectionModel().isSelected(index):
            return KEEP
        command = super().selectionCommand(index, event)
        is_by_hand = event is not None and not _adds(event)
        if is_by_hand and command & QItemSelectionModel.SelectionFlag.Clear:
            self.alone.emit()
        return command

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A column that is come to by keyboard has a card to stand on; one that is clicked into takes the
        card that is clicked, not the first one, which Qt would make current.
        """
        if not self.currentIndex().isValid():
            self.blockSignals(True)
            super().focusInEvent(event)
            self.leave()
            self.blockSignals(False)
        else:
            super().focusInEvent(event)
        if event.reason() in _COMING:
            self.entered.emit()

    def stand(self, flags: QItemSelectionModel.SelectionFlag = ALONE) -> None:
        """Stand on a card: the current one, else the first that is chosen here, or the first of all."""
        if self.cards.rowCount():
            here = self.currentIndex().row()
            self._stand_on(here if here >= 0 else next(iter(chosen_rows(self)), 0), flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the next column; with Ctrl they take along what is chosen, with Shift they
        choose the card there as well. Home and End go to the first and last card.
        """
        step = _SIDES.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and modifiers in (_PLAIN, _CONTROL, _SHIFT):
            self.moved.emit(step, modifiers)
        elif modifiers == _PLAIN and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif modifiers == _PLAIN and event.key() in _ENDS and self.cards.rowCount():
            self._stand_on(0 if event.key() == Qt.Key.Key_Home else self.cards.rowCount() - 1, ALONE)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the card, by mouse or menu key."""
        self.menu_wanted.emit(event.globalPos())

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards of another column may come here."""
        if self._is_welcome(event):
            self._light(on=True)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in the column is right: the order is the list's."""
        if self._is_welcome(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The cards went on."""
        self._light(on=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """The cards are let go here."""
        self._light(on=False)
        if not self._is_welcome(event):
            event.ignore()
            return
        ids = bytes(event.mimeData().data(CARD).data()).decode(errors="replace").split("\n")
        # The rows are moved by what the register says; the view that was dragged from takes nothing away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(ids)

    def _is_welcome(self, event: QDropEvent) -> bool:
        return (
            event.mimeData().hasFormat(CARD)
            and isinstance(event.source(), BoardColumn)
            and (event.source() is not self)
        )

    def _light(self, *, on: bool) -> None:
        self.setProperty("look", "board_target" if on else "board")
        restyle(self)


def _adds(event: QEvent | None) -> bool:
    """Whether Shift or Ctrl is held: what is chosen in other columns stays so."""
    return isinstance(event, QInputEvent) and bool(event.modifiers() & (_CONTROL | _SHIFT))
