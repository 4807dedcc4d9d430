"""Help: contents and search on the left, one page on the right. Stands beside the work, offline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _
from coi_desktop.models.help_pages import HelpPage, find_pages
from coi_desktop.operations.help import Chapter, read_chapters, read_page
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.help_text import HelpText
from coi_desktop.ui.plain import set_tooltip
from coi_desktop.ui.shortcut_list import SHORTCUTS, KeyGroups, keys_around, make_shortcut_page
from coi_desktop.ui.split import Split

_WIDTH, _HEIGHT = 900, 640
_LEFT, _ROW = 290, 24
#: The height of a window's title bar, about.
_FRAME = 32
_NAME = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):
    """Every page there is. Ctrl+F searches, Alt+Left goes back, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Help"))
        self.resize(_WIDTH, _HEIGHT)
        self._chapters = read_chapters()
        self.pages = {page.name: page for page in _read_pages(self._chapters, keys_around(parent))}
        self._titles = {name: page.title for name, page in self.pages.items()}
        self._back: list[str] = []
        self._shown = ""
        self.search = SearchLine(_("Search in help"))
        self.search.setTextMargins(0, 0, 0, 0)  # no picture: it would have to follow the theme
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Contents"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = HelpText()
        self.back = QToolButton()
        self.back.setText(_("Back"))
        self.back.setProperty("look", "button")
        set_tooltip(self.back, _("Back (Alt+Left)"), is_said=True)
        self._lay_out()
        self.search.textChanged.connect(self._list)
        self.search.moved_on.connect(self._go_to_hits)
        self.contents.currentItemChanged.connect(self._choose)
        self.text.wanted.connect(self.show_page)
        self.back.clicked.connect(self._go_back)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        QShortcut(QKeySequence("Alt+Left"), self, self._go_back)
        self._list()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 6, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.back)
        column.addLayout(top)
        column.addWidget(self.contents, 1)
        parts = Split(left, self.text, (_LEFT, _WIDTH - _LEFT)).take_keys()
        parts.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown

    def show_page(self, name: str) -> None:
        """Show a page; one that is not there is passed over."""
        if name not in self.pages or name == self._shown:
            return
        if self._shown:
            self._back.append(self._shown)
        self._turn_to(name)

    def _turn_to(self, name: str) -> None:
        self._shown = name
        self.text.show_page(self.pages[name], self._titles)
        self.back.setEnabled(bool(self._back))
        if self._item_of(name) is None:
            self.search.clear()
        item = self._item_of(name)
        if item is not None:
            self.contents.blockSignals(True)
            self.contents.setCurrentItem(item)
            self.contents.blockSignals(False)

    def _item_of(self, name: str) -> QListWidgetItem | None:
        rows = (self.contents.item(row) for row in range(self.contents.count()))
        return next((item for item in rows if item.data(_NAME) == name), None)

    def _go_back(self) -> None:
        if self._back:
            self._turn_to(self._back.pop())

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_NAME):
            self.show_page(item.data(_NAME))

    def _list(self, _text: str = "") -> None:
        """The contents by chapters; or, while something is searched for, the pages that have it."""
        self.contents.blockSignals(True)
        self.contents.clear()
        if self.search.text().strip():
            found = find_pages(self.pages.values(), self.search.text())
            for page in found:
                self._add(page.title, page.name)
            if not found:
                self._add(_("Nothing found"), "")
        else:
            for chapter in self._chapters:
                self._add(chapter.title, "")
                for name in chapter.pages:
                    self._add("    " + self._titles[name], name)
        shown = self._item_of(self._shown)
        if shown is not None:
            self.contents.setCurrentItem(shown)
        self.contents.blockSignals(False)

    def _add(self, text: str, name: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_NAME, name)
        item.setSizeHint(QSize(0, _ROW))
        if not name:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            letters = self.contents.font()
            letters.setBold(True)
            item.setFont(letters)
        self.contents.addItem(item)

    def _go_to_hits(self) -> None:
        """From the search field into the list, on its first page."""
        rows = (self.contents.item(row) for row in range(self.contents.count()))
        first = next((item for item in rows if item.data(_NAME)), None)
        if first is not None:
            self.contents.setFocus()
            self.contents.setCurrentItem(first)


def _read_pages(chapters: list[Chapter], keys: KeyGroups) -> list[HelpPage]:
    return [
        make_shortcut_page(keys) if name == SHORTCUTS else read_page(name)
        for chapter in chapters
        for name in chapter.pages
    ]


def open_help(parent: QWidget | None, name: str) -> HelpWindow:
    """Show a page of help in a window of its own above ``parent``; the one that is open is used again."""
    found = parent if isinstance(parent, HelpWindow) else None
    if parent is not None and found is None:
        found = parent.findChild(HelpWindow)
    window = found if isinstance(found, HelpWindow) else HelpWindow(parent)
    window.show_page(name)
    room = window.screen().availableSize() - QSize(0, _FRAME)
    window.resize(window.size().boundedTo(room))
    window.show()
    window.raise_()
    window.activateWindow()
    return window
