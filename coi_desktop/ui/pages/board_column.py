"""One column of the board: cards below each other, taken up and dropped by mouse, moved by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from coi_desktop.ui.delegates.card_delegate import CardDelegate, card_height
from coi_desktop.ui.itemmodels.board_model import CARD, BoardModel
from coi_desktop.ui.plain import restyle
from coi_desktop.ui.theme import Looks

#: Keys that go to the neighbouring column, and with Ctrl take the card along.
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

#: Ways to come to a column by hand.
_COMING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class BoardColumn(QTableView):
    """``dropped`` carries the id of a card that was let go here; ``moved`` (steps, takes the card along) that
    a key asks for the next column; ``card_chosen`` that another card is current; ``opened`` Enter on one.
    """

    dropped = Signal(str)
    moved = Signal(int, bool)
    card_chosen = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: BoardModel, name: str, looks: Looks) -> None:
        super().__init__()
        self.cards = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CardDelegate(looks, self))
        self.setProperty("look", "board")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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

    def choose(self, record_id: str) -> bool:
        """Put the keyboard on a card and bring it into sight; False when it is not here."""
        row = self.cards.row_of(record_id) if record_id else -1
        if row < 0:
            self.clear()
            return False
        index = self.cards.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def clear(self) -> None:
        """No card is chosen here."""
        self.selectionModel().blockSignals(True)
        self.selectionModel().clear()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _chosen(self) -> None:
        if self.currentIndex().isValid():
            self.card_chosen.emit()

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A column that is come to by keyboard has a card to stand on."""
        super().focusInEvent(event)
        if event.reason() in _COMING:
            self.stand()

    def stand(self) -> None:
        """Choose the first card where none is chosen."""
        if not self.currentIndex().isValid() and self.cards.rowCount():
            self.choose(self.cards.id_at(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the next column, with Ctrl they take the card along."""
        step = _SIDES.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        ):
            self.moved.emit(step, modifiers == Qt.KeyboardModifier.ControlModifier)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the card, by mouse or menu key."""
        self.menu_wanted.emit(event.globalPos())

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A card of another column may come here."""
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
        """The card went on."""
        self._light(on=False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """The card is let go here."""
        self._light(on=False)
        if not self._is_welcome(event):
            event.ignore()
            return
        record_id = bytes(event.mimeData().data(CARD).data()).decode(errors="replace")
        # The rows are moved by what the register says; the view that was dragged from takes nothing away.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(record_id)

    def _is_welcome(self, event: QDropEvent) -> bool:
        return (
            event.mimeData().hasFormat(CARD)
            and isinstance(event.source(), BoardColumn)
            and (event.source() is not self)
        )

    def _light(self, *, on: bool) -> None:
        self.setProperty("look", "board_target" if on else "board")
        restyle(self)
