"""The editors that only guides need: labelled buttons, a box to tick, a ranking, references to other rows.

Everything else is edited as in any other form. ``make_answer_editor`` gives the one for a question's kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import Asked, Question, QuestionKind
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary
from coi_desktop.ui.forms.choice_editors import ChoiceBox, ChoiceEditor
from coi_desktop.ui.forms.draft import YES, Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.editors import make_editor
from coi_desktop.ui.forms.sentence_editor import SentenceEditor
from coi_desktop.ui.plain import PlainLabel, menu_text, one_line, restyle
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.tick_box import TickBox
from coi_desktop.ui.walkthrough.flow_layout import FlowLayout
from coi_desktop.ui.walkthrough.rank_editor import RankEditor

#: Where one answer is wider than this, all of them stand one under the other.
LONG_ANSWER = 260
#: With more answers than this a choice folds out of a box.
MOST_BUTTONS = 4

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}

#: Keys and words to choose from.
Options = Sequence[tuple[str, str]]


class ButtonsEditor(Editor):
    """One of a few answers, each a labelled button; Delete takes the answer away."""

    def __init__(self, field: FieldSpec, options: Options) -> None:
        super().__init__(field)
        self._key = ""
        self._buttons: dict[str, QRadioButton] = {}
        box = QWidget()
        widest = max(box.fontMetrics().horizontalAdvance(label) for _key, label in options)
        flow = FlowLayout(box, is_stacked=widest > LONG_ANSWER)
        for key, label in options:
            button = QRadioButton(menu_text(label), box)
            button.setProperty("look", "answer")
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
            self._buttons[key] = button
            flow.addWidget(button)
        self._row.addWidget(box, 1)
        self._show()

    @property
    def target(self) -> QWidget:
        """The chosen button, or the first."""
        return self._buttons.get(self._key) or next(iter(self._buttons.values()))

    def raw(self) -> str:
        """The key that is chosen; empty for none."""
        return self._key

    def set_raw(self, raw: Raw) -> None:
        """Choose a key; one without a button (from another version) is kept."""
        self._key = str(raw)
        self._show()

    def show_value(self, value: Value) -> None:
        """Choose a stored key or number."""
        self.set_raw("" if value is None else str(value))

    def set_name(self, name: str) -> None:
        """Each button says the question with its own words."""
        self.setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}: {button.text().replace('&&', '&')}")

    def set_wrong(self, wrong: bool, note: str) -> None:
        """All buttons wear the mark."""
        for button in self._buttons.values():
            button.setAccessibleDescription(note)
            button.setProperty("wrong", wrong)
            restyle(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go along the answers in their order, on whichever line they stand. Delete takes the answer
        away, and means nothing else here.
        """
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        is_press = event.type() == QEvent.Type.KeyPress
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            if is_press and self._key:
                self._choose("")
                self.target.setFocus()
            return True
        if event.key() in _STEPS and is_press:
            self._step(_STEPS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        """To the answer beside; where one is chosen the choice goes along, as with all such buttons."""
        buttons = list(self._buttons.items())
        focus = next((place for place, (_key, button) in enumerate(buttons) if button.hasFocus()), 0)
        key, button = buttons[(focus + step) % len(buttons)]
        if self._key:
            self._choose(key)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self) -> None:
        self._choose(next((key for key, button in self._buttons.items() if button.isChecked()), ""))

    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._show()
            self.edited.emit()
            self.left.emit()

    def _show(self) -> None:
        """Tick the chosen button. Tab goes to it alone, or to the first while nothing is chosen."""
        for button in self._buttons.values():
            button.setAutoExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == self._key)
        for button in self._buttons.values():
            button.setAutoExclusive(True)
            is_stop = button is self.target
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)


class TickEditor(Editor):
    """A box that only counts when it is ticked; it says the question itself."""

    def __init__(self, field: FieldSpec) -> None:
        super().__init__(field)
        self._box = TickBox(menu_text(field.label()))
        self._box.clicked.connect(self._clicked)
        self._row.addWidget(self._box)
        self._row.addStretch(1)

    @property
    def target(self) -> QWidget:
        """The box."""
        return self._box

    def raw(self) -> str:
        """Ticked or not."""
        return YES if self._box.isChecked() else ""

    def set_raw(self, raw: Raw) -> None:
        """Tick the box or not."""
        self._box.setChecked(raw == YES)

    def show_value(self, value: Value) -> None:
        """Show a stored tick."""
        self._box.setChecked(value is True)

    def _clicked(self) -> None:
        self.edited.emit()
        self.left.emit()


class ManyEditor(Editor):
    """Several of a list: a box to tick for each, in columns where they fit. The list may change."""

    COLUMNS = 2

    def __init__(self, field: FieldSpec, options: Callable[[], Options]) -> None:
        super().__init__(field)
        self._options = options
        self._keys: tuple[str, ...] = ()
        self._boxes: dict[str, TickBox] = {}
        self._name = ""
        self._nothing = PlainLabel(_("Nothing to choose from yet."), tone="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._row.addLayout(self._grid)
        self._row.addStretch(1)
        self._lay_out()

    @property
    def target(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self)

    def raw(self) -> tuple[str, ...]:
        """The ticked keys, in the order of the list; keys that are not in it are kept."""
        ticked = [key for key, box in self._boxes.items() if box.isChecked()]
        return (*ticked, *(key for key in self._keys if key not in self._boxes))

    def set_raw(self, raw: Raw) -> None:
        """Tick these keys, of the list as it is now."""
        self._keys = raw if isinstance(raw, tuple) else ()
        if [key for key, _label in self._options()] != list(self._boxes):
            self._lay_out()
        for key, label in self._options():
            self._boxes[key].setText(menu_text(label))
            self._boxes[key].setChecked(key in self._keys)

    def show_value(self, value: Value) -> None:
        """Tick the stored keys."""
        self.set_raw(value if isinstance(value, tuple) else ())

    def set_name(self, name: str) -> None:
        """Each box says its own words; the group says the question's."""
        self._name = name
        self.setAccessibleName(name)

    def _lay_out(self) -> None:
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        self._grid.removeWidget(self._nothing)
        options = self._options()
        widest = max((self.fontMetrics().horizontalAdvance(label) for _key, label in options), default=0)
        rows = -(-len(options) // (1 if widest > LONG_ANSWER else self.COLUMNS))
        for place, (key, label) in enumerate(options):
            box = TickBox(menu_text(label))
            box.clicked.connect(self._ticked)
            self._boxes[key] = box
            self._grid.addWidget(box, place % rows, place // rows)
        self._grid.addWidget(self._nothing, rows, 0)
        self._nothing.setVisible(not options)

    def _ticked(self) -> None:
        self._keys = self.raw()
        self.edited.emit()
        self.left.emit()


class ReferenceEditor(Editor):
    """One of the rows of another table, or none. The list is that of the moment."""

    def __init__(self, field: FieldSpec, options: Callable[[], Options]) -> None:
        super().__init__(field)
        self._options = options
        self._box = ChoiceBox()
        self._box.activated.connect(self._picked)
        self._row.addWidget(self._box, 1)
        self.set_raw("")

    @property
    def target(self) -> QWidget:
        """The list."""
        return self._box

    def raw(self) -> str:
        """The id of the chosen row; empty for none."""
        return str(self._box.currentData() or "")

    def set_raw(self, raw: Raw) -> None:
        """Choose a row; one that is gone stands as such."""
        options = [("", "–"), *self._options()]
        if raw not in dict(options):
            options.append((str(raw), _("(no longer there)")))
        self._box.clear()
        for key, label in options:
            self._box.addItem(one_line(label), key)
        self._box.setCurrentIndex(self._box.findData(str(raw)))

    def show_value(self, value: Value) -> None:
        """Choose a stored row."""
        self.set_raw("" if value is None else str(value))

    def _picked(self) -> None:
        self.edited.emit()
        self.left.emit()


def options_of(asked: Asked, words: Vocabulary) -> Options:
    """The answers of a choice or scale, "not known yet" last where it is one."""
    if asked.values:
        options = [(key, words.label(asked.values, key)) for key in words.keys(asked.values)]
        if asked.unknown and not words.has(asked.values, UNKNOWN):
            options.append((UNKNOWN, words.label(asked.values, UNKNOWN)))
        return options
    if asked.lowest is None or asked.highest is None:
        return []
    numbers = [str(number) for number in range(asked.lowest, asked.highest + 1)]
    if not asked.names:
        return [(number, number) for number in numbers]
    return [(number, f"{number} · {words.label(asked.names, number)}") for number in numbers]


def make_answer_editor(
    asked: Asked,
    field: FieldSpec,
    words: Vocabulary,
    looks: Looks,
    references: Callable[[], Options] = tuple,
    *,
    is_narrow: bool = False,
) -> Editor:
    """The editor of a question or column. ``references`` gives the rows that it may point at; where it
    ``is_narrow`` a choice folds out of a box, however few answers it has.
    """
    kind = asked.kind
    if kind is QuestionKind.TICK:
        return TickEditor(field)
    if kind is QuestionKind.REFERENCE:
        return ReferenceEditor(field, references)
    if kind is QuestionKind.REFERENCES:
        return ManyEditor(field, references)
    if kind is QuestionKind.CHOICES:
        return ManyEditor(field, lambda: options_of(asked, words))
    if kind is QuestionKind.RANK:
        at_most = asked.at_most if isinstance(asked, Question) else 0
        return RankEditor(field, options_of(asked, words), at_most)
    if kind in (QuestionKind.CHOICE, QuestionKind.SCALE):
        options = options_of(asked, words)
        has_few = len(options) <= MOST_BUTTONS + asked.unknown and not is_narrow
        if kind is QuestionKind.SCALE or has_few:
            return ButtonsEditor(field, options)
        return _choice(field, words, looks, asked)
    if field.kind is Kind.TEXT and isinstance(asked, Question):
        return SentenceEditor(field, words, looks)
    return make_editor(field, words, looks)


def _choice(field: FieldSpec, words: Vocabulary, looks: Looks, asked: Asked) -> Editor:
    editor = ChoiceEditor(field, words, looks)
    if asked.unknown and not words.has(asked.values, UNKNOWN):
        editor.offer(UNKNOWN, words.label(asked.values, UNKNOWN))
    return editor
