"""The page of phases: their names, products and checklists, and the template they come from."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.phases import Phase, propose_mapping
from coi_desktop.models.text import format_number
from coi_desktop.operations import phases
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.form_dialog import FormDialog, make_choice_box, make_line, make_page
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.ordered_list import ListActions, OrderedList
from coi_desktop.ui.plain import PlainLabel, isolated, menu_text


class PhasesPage(QWidget):
    """The phases in their order, each with the stage it suggests and how many initiatives stand in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        actions = ListActions(self.add_phase, self.edit_phase, self._move, self.remove_phase)
        headings = [_("Phase"), _("Suggests stage"), _("Initiatives"), _("Product")]
        self.list = OrderedList(_("Phases"), headings, [190, 120, 80], actions, can_write=desk.can_write)
        self.template = QPushButton(_("Other &template…"))
        self.template.setEnabled(desk.can_write)
        self.template.clicked.connect(self.choose_template)
        self.list.buttons.insertWidget(5, self.template)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        said = _(
            "The phase is where the project stands; the stage it suggests is how far the solution has come."
        )
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        column.addWidget(self.list, 1)
        self.refresh()

    def refresh(self, chosen: str = "") -> None:
        """Show the phases as they are now."""
        counts, words, language = phases.count_by_phase(self._desk.register), vocabulary(), current_language()
        rows = [
            TextRow(
                phase.key,
                (
                    phase.label(),
                    words.label("stage", phase.stage) if phase.stage else "–",
                    format_number(counts.get(phase.key, 0), language),
                    phase.product(),
                ),
            )
            for phase in phases.get_phases(self._desk.register)
        ]
        self.list.show_rows(rows, chosen)

    def add_phase(self) -> None:
        """Ask for a new phase."""
        form = PhaseForm(self._desk)
        if self._desk.prompts.ask_dialog(form):
            self.refresh(form.key)

    def edit_phase(self, key: str) -> None:
        """Ask for other words, product and checklist."""
        if self._desk.prompts.ask_dialog(PhaseForm(self._desk, self._get(key))):
            self.refresh()

    def remove_phase(self, key: str) -> None:
        """Ask where the initiatives of a phase go, and remove it."""
        if self._desk.prompts.ask_dialog(RemovePhaseForm(self._desk, self._get(key))):
            self.refresh()

    def choose_template(self) -> None:
        """Ask which template, then where the initiatives of each phase go."""
        form = TemplateForm(self._desk)
        if self._desk.prompts.ask_dialog(form) and self._desk.prompts.ask_dialog(
            MappingOfPhasesForm(self._desk, str(form.template.currentData()))
        ):
            self.refresh()

    def _get(self, key: str) -> Phase:
        return next(phase for phase in phases.get_phases(self._desk.register) if phase.key == key)

    def _move(self, key: str, place: int) -> None:
        phases.move_phase(self._desk.register, key, place)
        self.refresh()


class PhaseForm(FormDialog):
    """The words, stage, product and checklist of a phase; ``key`` is its key once it is kept."""

    def __init__(self, desk: Desk, phase: Phase | None = None) -> None:
        self._desk = desk
        self._phase = phase
        shown = phase or Phase("", "", "")
        self.key = shown.key
        words = vocabulary()
        stages = [("", "–"), *((key, words.label("stage", key)) for key in words.keys("stage"))]
        self.da, self.en = make_line(shown.da), make_line(shown.en)
        self.stage = make_choice_box(stages, shown.stage)
        self.product_da, self.product_en = make_line(shown.product_da, 200), make_line(shown.product_en, 200)
        self.checklist_da = make_page("\n".join(shown.checklist_da))
        self.checklist_en = make_page("\n".join(shown.checklist_en))
        rows: list[tuple[str, QWidget]] = [
            (_("In &Danish"), self.da),
            (_("In &English (may be left empty)"), self.en),
            (_("&Suggests stage"), self.stage),
            (_("&Product in Danish"), self.product_da),
            (_("Product in E&nglish"), self.product_en),
            (_("&Checklist in Danish, one line an item"), self.checklist_da),
            (_("Checklist in English, &one line an item"), self.checklist_en),
        ]
        title = _("New phase") if phase is None else _("Edit phase")
        super().__init__(title, rows, _("&Add phase") if phase is None else _("&Change phase"), self.keep)

    def keep(self) -> None:
        """Add or change the phase. Raises Problem."""
        phase = Phase(
            self.key,
            self.da.text().strip(),
            self.en.text().strip(),
            str(self.stage.currentData() or ""),
            self.product_da.text().strip(),
            self.product_en.text().strip(),
            _lines(self.checklist_da.toPlainText()),
            _lines(self.checklist_en.toPlainText()),
        )
        if self._phase is None:
            self.key = phases.add_phase(self._desk.register, phase)
        else:
            phases.edit_phase(self._desk.register, phase)


class RemovePhaseForm(FormDialog):
    """Where the initiatives of a phase go that is removed."""

    def __init__(self, desk: Desk, phase: Phase) -> None:
        self._desk = desk
        self._key = phase.key
        others = [one for one in phases.get_phases(desk.register) if one.key != phase.key]
        proposed = propose_mapping([phase], others)[phase.key] if others else ""
        self.target = make_choice_box([(one.key, one.label()) for one in others], proposed)
        count = phases.count_by_phase(desk.register).get(phase.key, 0)
        remark = ngettext(
            "“{phase}” has {count} initiative, which goes to another phase.",
            "“{phase}” has {count} initiatives, which go to another phase.",
            count,
        ).format(phase=isolated(phase.label()), count=format_number(count, current_language()))
        rows: list[tuple[str, QWidget]] = [(_("Its initiatives go &to"), self.target)]
        super().__init__(_("Remove phase"), rows, _("&Remove the phase"), self.keep, remark=remark)

    def keep(self) -> None:
        """Remove the phase. Raises Problem."""
        phases.remove_phase(self._desk.register, self._key, str(self.target.currentData() or ""))


class TemplateForm(FormDialog):
    """Which template to work by."""

    def __init__(self, desk: Desk) -> None:
        found = phases.find_templates()
        self.template = make_choice_box([(one.name, one.label()) for one in found])
        rows: list[tuple[str, QWidget]] = [(_("&Template"), self.template)]
        remark = _(
            "The phases of the template take the place of those there are now. "
            "The next step shows where the initiatives go."
        )
        super().__init__(_("Choose phases"), rows, _("&Next"), lambda: None, remark=remark)


class MappingOfPhasesForm(FormDialog):
    """For each phase of now with initiatives, the phase of the template they go to."""

    def __init__(self, desk: Desk, template: str) -> None:
        self._desk = desk
        self._template = template
        chosen = next(one for one in phases.find_templates() if one.name == template)
        now = phases.get_phases(desk.register)
        proposed = propose_mapping(now, chosen.phases)
        counts, language = phases.count_by_phase(desk.register), current_language()
        self.targets: dict[str, ChoiceBox] = {}
        rows: list[tuple[str, QWidget]] = []
        for phase in now:
            count = counts.get(phase.key, 0)
            if count:
                options = [(one.key, one.label()) for one in chosen.phases]
                self.targets[phase.key] = make_choice_box(options, proposed[phase.key])
                label = ngettext(
                    "{phase} ({count} initiative) becomes", "{phase} ({count} initiatives) becomes", count
                ).format(phase=menu_text(phase.label()), count=format_number(count, language))
                rows.append((label, self.targets[phase.key]))
        names = " · ".join(one.label() for one in chosen.phases)
        remark = _("{template}: {phases}").format(template=chosen.label(), phases=names)
        super().__init__(
            _("Where the initiatives go"), rows, _("&Use the template"), self.keep, remark=remark
        )

    def keep(self) -> None:
        """Work by the template from now on. Raises Problem."""
        mapping = {old: str(box.currentData()) for old, box in self.targets.items()}
        phases.choose_template(self._desk.register, self._template, mapping)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
