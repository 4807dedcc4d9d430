"""Someone who has only a keyboard: keys go to whatever has the focus, and Tab is the only way onwards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QWidget

MOST_STOPS = 120


class Keyboard:
    """Presses keys as a person would, and looks only at what a screen reader is told: accessible names.

    ``inputs`` counts the answers given, ``typed_inputs`` those of them that were written, ``keystrokes``
    every key, the way from field to field included, and ``letters`` the keys of written answers.
    """

    def __init__(self) -> None:
        self.stops: list[QWidget] = []
        self.inputs = self.typed_inputs = self.keystrokes = self.letters = 0

    @property
    def focus(self) -> QWidget:
        """What has the keyboard now; in a list that has folded out, the list."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the keyboard"
        return focus

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return self.focus.accessibleName() or str(getattr(self.focus, "text", str)())

    def press(self, key: Qt.Key, times: int = 1, *, ctrl: bool = False) -> None:
        """Press a key."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for _time in range(times):
            self.keystrokes += 1
            QTest.keyClick(self.focus, key, modifier)
            QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type a text."""
        self.keystrokes += len(text)
        self.letters += len(text)
        QTest.keyClicks(self.focus, text)

    def reach(self, name: str) -> QWidget:
        """Press Tab until something is reached whose name begins like this."""
        for _stop in range(MOST_STOPS):
            if self.name.startswith(name):
                return self.focus
            self.press(Qt.Key.Key_Tab)
            self.stops.append(self.focus)
        raise AssertionError(f"{name!r} cannot be reached by Tab; the last stop is {self.name!r}")

    def answer(self, name: str, text: str) -> None:
        """Reach a field and write into it."""
        self.reach(name)
        self.inputs += 1
        self.typed_inputs += 1
        self.write(text)

    def choose(self, name: str, answer: str) -> None:
        """Reach a choice and take an answer of it: a button by the arrows and Space, a list by Down."""
        focus = self.reach(name)
        self.inputs += 1
        if isinstance(focus, QRadioButton):
            for _step in range(12):
                if self.name.endswith(f": {answer}"):
                    break
                self.press(Qt.Key.Key_Right)
            assert self.name.endswith(f": {answer}"), self.name
            self.press(Qt.Key.Key_Space)
            return
        assert isinstance(focus, QComboBox), focus
        for _step in range(focus.count()):
            if focus.currentText() == answer:
                break
            self.press(Qt.Key.Key_Down)
        assert focus.currentText() == answer, focus.currentText()

    def tick(self, name: str) -> None:
        """Reach a box and tick it."""
        self.reach(name)
        self.inputs += 1
        self.press(Qt.Key.Key_Space)

    def add_row(self, table: str, text: str) -> None:
        """Reach a table, go to its last line, and begin a row with a text."""
        self.reach(table)
        self.inputs += 1
        self.typed_inputs += 1
        self.press(Qt.Key.Key_End, ctrl=True)
        self.press(Qt.Key.Key_Return)
        self.write(text)
        self.press(Qt.Key.Key_Return)

    def add_chosen_row(self, table: str, steps_down: int) -> None:
        """Reach a table, go to its last line, and begin a row with the n-th choice of its first column."""
        self.reach(table)
        self.inputs += 1
        self.press(Qt.Key.Key_End, ctrl=True)
        self.press(Qt.Key.Key_Return)
        QTest.qWait(20)
        self.press(Qt.Key.Key_Down, steps_down)
        self.press(Qt.Key.Key_Return)
        QApplication.processEvents()

    def next_screen(self) -> None:
        """On to the next screen."""
        self.press(Qt.Key.Key_PageDown, ctrl=True)
