"""What is to be exported, in which language and, for charts, in which forms; where it goes is asked next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import N_, _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.ui.desk import Desk, ShownInitiatives
from coi_desktop.ui.dialogs.answer_buttons import make_answer_buttons
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.plain import PlainLabel, menu_text
from coi_desktop.ui.tick_box import TickBox

_WIDTH = 440
_LONGEST_TITLE = 48

#: Forms of chart files with what each is good for (English).
FORMATS = (
    ("png", N_("PNG – for Word and PowerPoint")),
    ("svg", N_("SVG – stays sharp at every size")),
    ("pdf", N_("PDF – for print")),
)


class Export(NamedTuple):
    """What was chosen: one initiative (id and title), the list as it is filtered, or the whole portfolio
    (both None), language, forms of charts.
    """

    initiative_id: str | None
    title: str
    language: str
    formats: tuple[str, ...] = ()
    shown: ShownInitiatives | None = None


class ExportDialog(QDialog):
    """Remembers language and forms in the settings when it is accepted."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        of_initiative: bool,
        with_formats: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._initiative_id = desk.routes.current_initiative()
        self._title = ""
        self._shown = None if with_formats else desk.routes.shown_initiatives()
        self.filtered: QRadioButton | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(6)
        self.whole, self.one = self._add_what(of_initiative)
        self.danish, self.english = self._add_languages()
        self.formats: dict[str, TickBox] = {}
        self._go = QPushButton(_("&Choose where…"))
        if with_formats:
            self._add_formats()
        self._add_buttons()
        (self.one if self.one is not None and self.one.isChecked() else self.whole).setFocus()

    @property
    def export(self) -> Export:
        """What is chosen now."""
        is_one = self.one is not None and self.one.isChecked()
        return Export(
            self._initiative_id if is_one else None,
            self._title if is_one else "",
            "da" if self.danish.isChecked() else "en",
            tuple(name for name, box in self.formats.items() if box.isChecked()),
            self._shown if self.filtered is not None and self.filtered.isChecked() else None,
        )

    def accept(self) -> None:
        """Remember what will be wanted the next time as well."""
        chosen = self.export
        self._desk.settings.set("export_language", chosen.language)
        if self.formats:
            self._desk.settings.set("chart_formats", list(chosen.formats))
        super().accept()

    def _add_what(self, of_initiative: bool) -> tuple[QRadioButton, QRadioButton | None]:
        count = self._desk.register.count("initiative")
        portfolio = ngettext(
            "The whole &portfolio ({count} initiative)", "The whole &portfolio ({count} initiatives)", count
        ).format(count=format_number(count, current_language()))
        labels = [portfolio]
        if self._initiative_id:
            self._title = self._desk.register.get("initiative", self._initiative_id).text("title")
            labels.append(_("&Only “{title}”").format(title=menu_text(self._title, _LONGEST_TITLE)))
        if self._shown is not None:
            labels.append(self._filtered_label(len(self._shown.ids)))
        buttons = self._add_choice(_("What"), labels, 1 if of_initiative and self._initiative_id else 0)
        if self._shown is not None:
            self.filtered = buttons.pop()
            self._column.addWidget(PlainLabel(self._shown.describe(), tone="muted", wrap=True))
        return buttons[0], buttons[1] if len(buttons) > 1 else None

    @staticmethod
    def _filtered_label(count: int) -> str:
        return ngettext(
            "The &list as it is filtered ({count} initiative)",
            "The &list as it is filtered ({count} initiatives)",
            count,
        ).format(count=format_number(count, current_language()))

    def _add_languages(self) -> tuple[QRadioButton, QRadioButton]:
        language = self._desk.settings.get("export_language") or current_language()
        danish, english = self._add_choice(
            _("Language of the files"), ["&Dansk", "&English"], 0 if language == "da" else 1
        )
        return danish, english

    def _add_choice(self, heading: str, labels: list[str], chosen: int) -> list[QRadioButton]:
        self._add_heading(heading)
        buttons = make_answer_buttons(self, heading, labels, chosen)
        for button in buttons:
            self._column.addWidget(button)
        return buttons

    def _add_formats(self) -> None:
        self._add_heading(_("File formats"))
        wanted = self._desk.settings.get("chart_formats")
        for name, label in FORMATS:
            box = TickBox(_(label))
            box.setChecked(name in wanted)
            box.toggled.connect(self._update)
            self.formats[name] = box
            self._column.addWidget(box)
        self._update()

    def _add_heading(self, heading: str) -> None:
        if self._column.count():
            self._column.addSpacing(8)
        self._column.addWidget(PlainLabel(heading, rank="section"))

    def _add_buttons(self) -> None:
        self._column.addSpacing(10)
        self._column.addWidget(make_foot(self, self._go))

    def _update(self) -> None:
        """Without any form there is nothing to write."""
        self._go.setEnabled(any(box.isChecked() for box in self.formats.values()))
