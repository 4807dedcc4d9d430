"""One figure as a card that answers how it was worked out, and rows that lead somewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.key_figures import KeyFigure
from coi_desktop.ui.panels.explanation import explanation_text, show_explanation
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, one_line, set_tooltip
from coi_desktop.ui.theme import Looks

_CARD_WIDTH = 150


class LaidButton(QPushButton):
    """A button whose face is laid out with labels: as high as they need, and pressed through them."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self.setProperty("look", look)
        self.setAutoDefault(False)

    def hold(self, *faces: QWidget) -> None:
        """Let the labels pass the mouse on to the button."""
        for face in faces:
            face.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What the layout wants."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the layout needs."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """What the layout needs at this width."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)

    def hasHeightForWidth(self) -> bool:
        """Wrapped lines make the height depend on the width."""
        layout = self.layout()
        return layout is not None and layout.hasHeightForWidth()


class FigureCard(LaidButton):
    """Label, value, what it is made of, the national figure in small. Pressed it shows the explanation."""

    def __init__(self, looks: Looks) -> None:
        super().__init__("card")
        self._looks = looks
        self._figure: KeyFigure | None = None
        self._label = PlainLabel(tone="muted", wrap=True)
        self._value = ElidedLabel(rank="title")
        self._beside = PlainLabel(wrap=True)
        self._national = PlainLabel(tone="muted", wrap=True)
        self._also = PlainLabel(tone="muted", wrap=True)
        self._sign = PlainLabel()
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._label, 1)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._value)
        column.addWidget(self._beside)
        column.addWidget(self._national)
        column.addWidget(self._also)
        column.addStretch(1)
        self.hold(self._label, self._value, self._beside, self._national, self._also, self._sign)
        self.setMinimumWidth(_CARD_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self.explain)
        looks.changed.connect(self._draw)
        self._draw()

    @property
    def figure(self) -> KeyFigure | None:
        """The figure that is shown."""
        return self._figure

    def show_figure(self, figure: KeyFigure) -> None:
        """Show this figure from now on."""
        self._figure = figure
        self._label.setText(figure.label)
        self._value.set_line(figure.value)
        self._beside.setText(figure.beside)
        self._national.setText(figure.national)
        self._also.setText(figure.also)
        self._also.setVisible(bool(figure.also))
        said = explanation_text(figure.explanation)
        self.setAccessibleName(figure.text())
        set_tooltip(self, said)

    def explain(self) -> None:
        """Show how the figure came about."""
        if self._figure is not None:
            show_explanation(self._figure.explanation, self)

    def _draw(self) -> None:
        self._sign.setPixmap(self._looks.icon("about", "muted").pixmap(16, 16))


class WayRow(LaidButton):
    """A row that leads to a record: its title, and a line below that says why one would go there."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__("row")
        head, below = ElidedLabel(title or _("Without title")), ElidedLabel(detail, tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 12, 5)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(below)
        self.hold(head, below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(one_line(f"{title}. {detail}"))
        set_tooltip(self, f"{title}\n{detail}", is_said=True)
