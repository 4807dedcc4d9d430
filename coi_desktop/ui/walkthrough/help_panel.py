"""Help at the right: why we ask, an example for whoever wants one, a method card, what the guide follows."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.guide_words import Help
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.walkthrough.method_card import MethodCardPanel
from coi_desktop.ui.walkthrough.walk import Walk

WIDTH = 270
#: Lines that are longer are hard to read.
MOST_WIDTH = 640


class HelpPanel(QScrollArea):
    """Help for the screen in front, and for the step the keyboard is in where a screen joins several.

    ``fold_wanted``: the user wants the room for something else.
    """

    fold_wanted = Signal()

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        self.card: MethodCardPanel | None = None
        self._followed = ""
        self._step = ""
        self.setObjectName("help")
        self.setAccessibleName(_("Help"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)
        self._screen_help = HelpText(_("Why do we ask?"))
        self._step_help = HelpText("")
        self._source = PlainLabel(tone="muted", wrap=True)
        fold = self._fold = QPushButton(_("Fold the help away"))
        fold.setProperty("look", "link")
        fold.clicked.connect(self.fold_wanted)
        page = QWidget()
        page.setObjectName("help_page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(20)
        column.addWidget(self._screen_help)
        column.addWidget(self._step_help)
        column.addStretch(1)
        column.addWidget(self._source)
        column.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.setWidget(page)
        walk.method_in_front.connect(self._follow_method)

    def set_alone(self, is_alone: bool) -> None:
        """As wide as there is room, where it stands in place of the questions."""
        self.setMinimumWidth(0 if is_alone else WIDTH)
        self.setMaximumWidth(MOST_WIDTH if is_alone else WIDTH)

    def enter(self) -> None:
        """Put the keyboard on what brings the questions back."""
        self._fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_screen(self) -> None:
        """Show the help of the screen in front."""
        walkthrough = self._walk.walkthrough
        guide = walkthrough.guide
        self._screen_help.show_help(guide.screen_words(walkthrough.path, walkthrough.current.id))
        self._source.setText(guide.words().source)
        self.show_step("")
        has_methods = any(state.question.table == "method_use" for state in walkthrough.current.questions)
        if has_methods:
            self._method_card.show_method(self._followed)
            self._method_card.show()
        elif self.card is not None:
            self.card.hide()
        self.verticalScrollBar().setValue(0)

    def show_method(self, method: str) -> None:
        """Bring the card of a method into sight."""
        card = self._method_card
        card.show_method(method)
        card.show()
        QTimer.singleShot(0, lambda: self.verticalScrollBar().setValue(card.y() - 8))
        announce(card, " ".join(card.texts))

    @property
    def _method_card(self) -> MethodCardPanel:
        """The card, made when a screen first speaks of methods."""
        if self.card is None:
            self.card = MethodCardPanel(self._desk)
            self._column.insertWidget(2, self.card)
        return self.card

    def _follow_method(self, method: str) -> None:
        if method == self._followed:
            return
        self._followed = method
        if self.card is not None and not self.card.isHidden():
            self.card.show_method(method)

    def show_step(self, step_id: str) -> None:
        """Show the help of a step beside that of its screen; none where they are the same."""
        walkthrough = self._walk.walkthrough
        help_ = None
        if step_id and not walkthrough.path.by_steps:
            help_ = walkthrough.guide.words().steps[step_id]
        if (
            help_ is not None
            and help_.why == walkthrough.guide.screen_words(walkthrough.path, walkthrough.current.id).why
        ):
            help_ = None
        self._step_help.setVisible(help_ is not None)
        if help_ is not None:
            self._step_help.show_help(help_, help_.title)


class HelpText(QWidget):
    """A heading, why, and the example behind its button."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = PlainLabel(heading, rank="section", wrap=True)
        self._why = PlainLabel(wrap=True, selectable=True)
        self._why.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._example = PlainLabel(wrap=True, selectable=True)
        self._example.setObjectName("example")
        self._example.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button = QPushButton()
        self._button.setProperty("look", "link")
        self._button.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._why)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._example)

    def show_help(self, help_: Help, heading: str = "") -> None:
        """Show a help text, with its example hidden."""
        if heading:
            self._heading.setText(heading)
        self._why.setText(help_.why)
        self._example.setText(help_.example)
        self._button.setVisible(bool(help_.example))
        self._show_example(False)

    def _toggle(self) -> None:
        self._show_example(self._example.isHidden())

    def _show_example(self, is_shown: bool) -> None:
        self._example.setVisible(is_shown)
        self._button.setText(_("Hide the example") if is_shown else _("Show an example"))
