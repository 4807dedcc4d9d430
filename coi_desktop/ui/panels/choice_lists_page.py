"""The page of choice lists: the words a unit chooses among, renamed, added, ordered, or no longer offered."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.vocabulary import COLOURS
from coi_desktop.operations import choices
from coi_desktop.operations.choices import Choice
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.form_dialog import FormDialog, make_choice_box, make_line
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.ordered_list import ListActions, OrderedList
from coi_desktop.ui.plain import PlainLabel


class ChoiceListsPage(QWidget):
    """A list chosen on top, its choices below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.which = make_choice_box([])
        self.which.setAccessibleName(_("List"))
        actions = ListActions(self.add_choice, self.edit_choice, self._move, self.retire_choice)
        headings = [_("In Danish"), _("In English"), _("Offered"), _("Colour in charts")]
        self.list = OrderedList(
            _("Choices"),
            headings,
            [200, 200, 70],
            actions,
            can_write=desk.can_write,
            remove_label=_("&Offer or not"),
        )
        label = PlainLabel(_("&List"), rank="label")
        label.setBuddy(self.which)
        said = _(
            "A choice that is no longer offered stays where it stands. "
            "Lists with a fixed meaning are not here."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.which)
        column.addWidget(self.list, 1)
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        self.which.currentIndexChanged.connect(self._show_choices)
        self.refresh()

    @property
    def list_name(self) -> str:
        """The name of the list that is shown."""
        return str(self.which.currentData() or "")

    def refresh(self) -> None:
        """Show the lists there are now."""
        shown = self.list_name
        self.which.blockSignals(True)
        self.which.clear()
        for name, label in choices.find_choice_lists(self._desk.register).items():
            self.which.addItem(label, name)
        self.which.setCurrentIndex(max(0, self.which.findData(shown)))
        self.which.blockSignals(False)
        self._show_choices()

    def add_choice(self) -> None:
        """Ask for a new choice."""
        form = ChoiceForm(self._desk, self.list_name)
        if self._desk.prompts.ask_dialog(form):
            self._show_choices(form.key)

    def edit_choice(self, key: str) -> None:
        """Ask for other words."""
        if self._desk.prompts.ask_dialog(ChoiceForm(self._desk, self.list_name, self._get(key))):
            self._show_choices()

    def retire_choice(self, key: str) -> None:
        """Offer a choice no longer, or again."""
        retired = not self._get(key).retired
        try:
            choices.retire_choice(self._desk.register, self.list_name, key, retired=retired)
        except Problem as problem:
            self._desk.prompts.show_problem(problem)
        self._show_choices()

    def _get(self, key: str) -> Choice:
        found = choices.get_choices(self._desk.register, self.list_name)
        return next(choice for choice in found if choice.key == key)

    def _move(self, key: str, place: int) -> None:
        choices.move_choice(self._desk.register, self.list_name, key, place)
        self._show_choices()

    def _show_choices(self, chosen: object = "") -> None:
        found = choices.get_choices(self._desk.register, self.list_name)
        colours = dict(_colours())
        rows = [
            TextRow(
                one.key,
                (
                    one.da,
                    one.en,
                    _("no") if one.retired else _("yes"),
                    colours.get(one.colour, one.colour),
                ),
            )
            for one in found
        ]
        self.list.add.setHidden(choices.is_fixed(self.list_name))
        self.list.show_rows(rows, chosen if isinstance(chosen, str) else "")


class ChoiceForm(FormDialog):
    """The words of a choice; ``key`` is its key once it is kept."""

    colour: ChoiceBox | None
    own_colour: QLineEdit | None

    def __init__(self, desk: Desk, list_name: str, choice: Choice | None = None) -> None:
        self._desk = desk
        self._list_name = list_name
        self._choice = choice
        self.key = "" if choice is None else choice.key
        self.da = make_line("" if choice is None else choice.da)
        self.en = make_line("" if choice is None else choice.en)
        rows: list[tuple[str, QWidget]] = [
            (_("In &Danish"), self.da),
            (_("In &English (may be left empty)"), self.en),
        ]
        self.colour = self.own_colour = None
        if choice is not None and choice.colour:
            is_own = choice.colour not in dict(_colours())
            named = [*_colours(), *([("", _("Own colour"))] if is_own else [])]
            self.colour = make_choice_box(named, "" if is_own else choice.colour)
            self.own_colour = make_line(choice.colour if is_own else "", 7)
            rows.append((_("&Colour in charts"), self.colour))
            rows.append((_("&Own colour, as #0072b2 (may be left empty)"), self.own_colour))
        title = _("New choice") if choice is None else _("Rename choice")
        super().__init__(title, rows, _("&Add choice") if choice is None else _("&Rename"), self.keep)

    def keep(self) -> None:
        """Add or rename the choice. Raises Problem."""
        da, en = self.da.text(), self.en.text()
        if self._choice is None:
            self.key = choices.add_choice(self._desk.register, self._list_name, da, en)
            return
        colour = None
        if self.colour is not None and self.own_colour is not None:
            colour = self.own_colour.text().strip() or str(self.colour.currentData())
        choices.rename_choice(self._desk.register, self._list_name, self.key, da, en, colour=colour)


def _colours() -> list[tuple[str, str]]:
    """The colours of the palette with their names."""
    names = (_("Blue"), _("Orange"), _("Green"), _("Purple"), _("Ochre"), _("Grey"))
    return list(zip(COLOURS, names, strict=True))
