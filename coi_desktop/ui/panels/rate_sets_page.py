"""The page of rate sets: the delivered ones, and the unit's own with their source and date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date, parse_date
from coi_desktop.models.rates import RateBand, RateSet
from coi_desktop.models.text import format_number, format_percent, parse_number
from coi_desktop.operations import rate_sets
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.form_dialog import FormDialog, make_line
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.tick_box import TickBox

#: As many rates as a set of the unit's own can have, one after the other.
MOST_BANDS = 3


class RateSetsPage(QWidget):
    """All rate sets. Enter edits the chosen one, if it is the unit's own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        headings = [_("Rate set"), _("Rates"), _("Source"), _("Date"), _("Whose"), _("Used by")]
        self.model = TextRowsModel(headings, [])
        self.table = TextTable(self.model, _("Rate sets"), [180, 190, 110, 100, 80])
        self.add = QPushButton(_("&Add…"))
        self.edit = QPushButton(_("&Edit…"))
        self.remove = QPushButton(_("Re&move"))
        buttons = QHBoxLayout()
        for button, run in (
            (self.add, self.add_set),
            (self.edit, self.edit_chosen),
            (self.remove, self.remove_chosen),
        ):
            button.clicked.connect(run)
            buttons.addWidget(button)
        buttons.addStretch(1)
        said = _(
            "Real rates a year, for fixed prices. The delivered set stays as it is; an evaluation chooses "
            "among all of them in its step on economy."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        self.whole = PlainLabel(wrap=True, selectable=True)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addLayout(buttons)
        self.table.doubleClicked.connect(self.edit_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        for keys, do in (("Return", self.edit_chosen), ("Del", self.remove_chosen)):
            QShortcut(QKeySequence(keys), self.table).activated.connect(do)
        self.refresh()

    def refresh(self, chosen: str = "") -> None:
        """Show the rate sets there are now."""
        language = current_language()
        before = self.table.chosen()
        wanted = chosen or (before.key if before is not None else "")
        self._found = {one.rates.key: one for one in rate_sets.find_rate_sets(self._desk.register)}
        rows = [
            TextRow(
                key,
                (
                    one.rates.name(),
                    rates_in_words(one.rates),
                    one.rates.source,
                    format_date(one.rates.date, language),
                    _("our own") if one.is_own else _("delivered"),
                    format_number(one.used, language),
                ),
            )
            for key, one in self._found.items()
        ]
        self.model.set_rows(rows)
        keys = [row.key for row in rows]
        self.table.selectRow(keys.index(wanted) if wanted in keys else 0)
        self._enable()

    def add_set(self) -> None:
        """Ask for a new set, beginning with the rates of the chosen one."""
        chosen = self.table.chosen()
        if chosen is None:
            return
        form = RateSetForm(self._desk, self._found[chosen.key].rates, is_new=True)
        if self._desk.prompts.ask_dialog(form):
            self.refresh(form.key)
        self.table.setFocus()

    def edit_chosen(self, *_index: object) -> None:
        """Ask for another name, source, date or other rates of an own set."""
        chosen = self.table.chosen()
        if chosen is not None and self.edit.isEnabled():
            if self._desk.prompts.ask_dialog(RateSetForm(self._desk, self._found[chosen.key].rates)):
                self.refresh()
            self.table.setFocus()

    def remove_chosen(self) -> None:
        """Remove an own set that no evaluation has chosen. Undo brings it back."""
        chosen = self.table.chosen()
        if chosen is None or not self.remove.isEnabled():
            return
        try:
            rate_sets.remove_rate_set(self._desk.register, chosen.key)
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="rates")
        self.refresh()

    def _enable(self, *_index: object) -> None:
        chosen = self.table.chosen()
        is_own = chosen is not None and self._found[chosen.key].is_own
        rates = self._found[chosen.key].rates if chosen is not None else None
        self.whole.setText(_whole(rates) if rates is not None else "")
        self.add.setEnabled(self._desk.can_write)
        for button in (self.edit, self.remove):
            button.setEnabled(is_own and self._desk.can_write)


class RateSetForm(FormDialog):
    """Name, source, date and up to three rates; ``key`` is the set's key once it is kept."""

    def __init__(self, desk: Desk, rates: RateSet, *, is_new: bool = False) -> None:
        self._desk = desk
        self._is_new = is_new
        self.key = "" if is_new else rates.key
        english = rates.names.get("en", "")
        self.da = make_line("" if is_new else rates.names.get("da", ""))
        self.en = make_line("" if is_new or english == rates.names.get("da") else english)
        self.source = make_line("" if is_new else rates.source, 200)
        self.date = make_line("" if is_new else format_date(rates.date, current_language()), 20)
        self.bands = BandsGrid(rates.bands)
        rows: list[tuple[str, QWidget]] = [
            (_("&Name in Danish"), self.da),
            (_("Name in &English (may be left empty)"), self.en),
            (_("&Source"), self.source),
            (_("&Date of the source"), self.date),
            (_("&Rates, from the first year on"), self.bands),
        ]
        title = _("New rate set") if is_new else _("Edit rate set")
        button = _("&Add rate set") if is_new else _("&Change rate set")
        super().__init__(title, rows, button, self.keep)

    def keep(self) -> None:
        """Add or change the set. Raises Problem."""
        names = {"da": self.da.text(), "en": self.en.text()}
        rates = RateSet(self.key, names, self.source.text(), self._day(), self.bands.read())
        if self._is_new:
            self.key = rate_sets.add_rate_set(self._desk.register, rates)
        else:
            rate_sets.edit_rate_set(self._desk.register, rates)

    def _day(self) -> date | None:
        text = self.date.text().strip()
        day = parse_date(text)
        if text and day is None:
            raise _refused(_("“{text}” is no date.").format(text=text), _("Write it as 7-1-2021."))
        return day


class BandsGrid(QWidget):
    """A line for each rate: from which year, how much, and whether its source confirms it."""

    def __init__(self, bands: tuple[RateBand, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, heading in enumerate((_("From year"), _("Rate a year, %"))):
            grid.addWidget(PlainLabel(heading, tone="muted"), 0, place)
        self.lines = []
        for number in range(1, MOST_BANDS + 1):
            band = bands[number - 1] if number <= len(bands) else None
            language = current_language()
            year = make_line("1" if number == 1 else str(band.first) if band is not None else "", 3)
            rate = make_line(format_number(band.rate * 100, language) if band is not None else "", 12)
            confirmed = TickBox(_("confirmed"))
            confirmed.setChecked(band is None or band.confirmed)
            year.setReadOnly(number == 1)
            year.setFocusPolicy(Qt.FocusPolicy.NoFocus if number == 1 else Qt.FocusPolicy.StrongFocus)
            fields: tuple[tuple[str, QWidget], ...] = (
                (_("Rate {number}: from year"), year),
                (_("Rate {number}: percent a year"), rate),
                (_("Rate {number}: confirmed by its source"), confirmed),
            )
            for place, (said, field) in enumerate(fields):
                field.setAccessibleName(said.format(number=number))
                grid.addWidget(field, number, place)
            self.lines.append((year, rate, confirmed))
        self.setFocusProxy(self.lines[0][1])

    def read(self) -> tuple[RateBand, ...]:
        """The rates as typed; a line without a rate is none. Problem ``bad_rates`` for what is no number."""
        typed: list[tuple[int, RateBand]] = []
        for year, rate, confirmed in self.lines:
            if not rate.text().strip():
                continue
            percent, first = parse_number(rate.text()).value, year.text().strip()
            if percent is None:
                what = _("“{text}” is no rate.").format(text=rate.text().strip())
                raise _refused(what, _("Write 3.5 for three and a half percent."))
            if not first.isascii() or not first.isdigit():
                what = _("The rate {rate} needs the year it holds from.").format(rate=rate.text().strip())
                raise _refused(what, _("Write a year such as 36."))
            typed.append((int(first), RateBand(int(first), None, percent / 100, confirmed.isChecked())))
        starts = [first for first, _band in typed]
        lasts = [*(first - 1 for first in starts[1:]), None]
        return tuple(
            RateBand(first, last, band.rate, band.confirmed)
            for (first, band), last in zip(typed, lasts, strict=False)
        )


def rates_in_words(rates: RateSet) -> str:
    """``3,5 % (år 1–35) · 2,5 % (36–70) · 1,5 % (71–, ikke bekræftet)``"""
    language = current_language()
    said = []
    for band in rates.bands:
        years = f"{band.first}–{'' if band.last is None else band.last}"
        if not band.confirmed:
            years += ", " + _("not confirmed")
        said.append(f"{format_percent(band.rate * 100, language)} ({years})")
    return " · ".join(said)


def _whole(rates: RateSet) -> str:
    """A set in full: what the columns of the table have no room for."""
    dated = f"{rates.source}, {format_date(rates.date, current_language())}"
    return f"{rates.name()}: {rates_in_words(rates)}. {dated}"


def _refused(what: str, advice: str) -> Problem:
    return Problem(what, meaning=_("Nothing was changed."), advice=advice, code="bad_rates")
