"""The tab Status and risks: the lights as they are now, the status reports, the risks."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.lights import Light
from coi_desktop.models.records import Record
from coi_desktop.operations.library import words_of
from coi_desktop.operations.status_reports import find_lights, lacks_reason
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.related_rows import RelatedRows
from coi_desktop.ui.itemmodels.steering_models import RisksModel, StatusReportsModel, light_words
from coi_desktop.ui.marks import LIGHT_MARKS, NO_LIGHT_MARK, MarkedLabel
from coi_desktop.ui.panels.reading_tab import ReadingTab
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.flow_layout import FlowLayout

_REPORT = (
    ("date", "period"),
    ("overall",),
    ("reason",),
    ("time", "cost"),
    ("benefit", "risk"),
    ("done",),
    ("next",),
    ("decision_needed",),
    ("changes",),
)
_RISK = (("text",), ("probability", "consequence"), ("action",), ("owner", "due"))


class StatusTab(ReadingTab):
    """How the initiative stands, and what threatens it. Everything saves by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._words = words_of(desk.register)
        self.lights = _LightsLine(desk)
        self.begin = QPushButton(_("New &status report with these lights"))
        self.begin.clicked.connect(self._begin_report)
        self._reports_model = StatusReportsModel(desk)
        self.reports = RelatedRows(
            desk,
            self._reports_model,
            _REPORT,
            _("Status reports"),
            _(
                "A status report keeps how the initiative stood on a day: its lights, what was done, "
                "what is next."
            ),
            wide="done",
            remark=self._remark,
        )
        self.risks = RelatedRows(
            desk,
            RisksModel(desk),
            _RISK,
            _("Risks"),
            _("A risk is what may go wrong, how likely and how grave it is, and who does what about it."),
            wide="text",
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.begin)
        buttons.addStretch(1)
        heading = PlainLabel(_("Lights now"), rank="section")
        self.begin.setEnabled(desk.can_write)
        self.lay_out((heading, self.lights, buttons, self.reports, self.risks))

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on."""
        self.reports.show_owner(record_id)
        self.risks.show_owner(record_id)
        super().show_record(record_id)

    def read(self) -> None:
        """Show the lights, the reports and the risks as they are now."""
        if not self._desk.register.get_many("initiative", [self._initiative]):
            return
        self.lights.show_initiative(self._initiative)
        self.reports.refresh()
        self.risks.refresh()

    def flush(self) -> bool:
        """Write what is typed."""
        written = [part.flush() for part in (self.reports, self.risks)]
        return all(written)

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return (*self.reports.unsaved(), *self.risks.unsaved())

    def _begin_report(self) -> None:
        try:
            self._reports_model.begin()
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="rows:status_report")
            return
        self.reports.focus_field("done")

    def _remark(self, report: Record) -> str:
        suggested = light_words(report.text("suggested"), self._words)
        if not suggested:
            return ""
        if lacks_reason(report):
            return _("The lights suggest {light}. Please write why it is another one here.").format(
                light=suggested
            )
        return _("Suggested from the lights of the day: {light}").format(light=suggested)


class _LightsLine(QWidget):
    """The lights as they are worked out now, each as shape and word, the overall one first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        flow = FlowLayout(self)
        self._labels = {
            name: MarkedLabel(desk.looks) for name in ("overall", "time", "cost", "benefit", "risk")
        }
        for label in self._labels.values():
            flow.addWidget(label)

    def show_initiative(self, initiative_id: str) -> None:
        """Show the lights of an initiative."""
        words = words_of(self._desk.register)
        lights = find_lights(self._desk.register, initiative_id)
        named: dict[str, tuple[str, Light | None]] = {
            "overall": (_("Overall"), lights.overall),
            "time": (_("Time"), lights.time),
            "cost": (_("Cost"), lights.cost),
            "benefit": (_("Benefits"), lights.benefit),
            "risk": (_("Risk"), lights.risk),
        }
        for name, (what, light) in named.items():
            word = words.label("light", light.value if light is not None else "none")
            mark = LIGHT_MARKS[light.value] if light is not None else NO_LIGHT_MARK
            self._labels[name].show_mark(mark, f"{what}: {word}")
