"""A cell read as a value of an indicator: its unit is checked, and values off its scale are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from coi_desktop.i18n import _, current_language
from coi_desktop.models.column_values import Fault, parse_yes_no, shown_text
from coi_desktop.models.folding import clean_line
from coi_desktop.models.records import Record
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.text import (
    NumberForm,
    ParsedNumber,
    format_number,
    parse_minutes,
    parse_money,
    parse_number,
)

_ENDS = re.compile(r"(-?[0-9]{1,4}) ?(?:-|–|til|to) ?([0-9]{1,4})(?![0-9])")
_HOURS = re.compile(r"(?i)\b(?:timer?|hours?|t\.?)\b")
_TIME_UNIT = re.compile(r"(?i)\b(?:min|minutt?er|minutes|timer?|hours?)\b")
_GREATEST = Decimal("1e15")
_USUAL_SCALE = (Decimal(1), Decimal(5))
_A_WHOLE = Decimal(100)
_MINUTES = 60
_CUT = 40

Form = NumberForm | Literal[""]


class Ends(NamedTuple):
    """The lowest and the highest value there is."""

    lowest: Decimal
    highest: Decimal

    def has(self, value: Decimal) -> bool:
        """Whether a value lies between them."""
        return self.lowest <= value <= self.highest


class ReadValue(NamedTuple):
    """What a cell gives: a value, or why it gives none; neither for an empty cell."""

    value: Decimal | None = None
    fault: Fault | None = None


def scale_of(indicator: Record) -> Ends | None:
    """The ends of an indicator's scale: those its unit names ("1–10"), else 1 to 5; None for no scale."""
    if indicator.text("measure") != "scale":
        return None
    found = _ENDS.search(indicator.text("unit"))
    if found is None or Decimal(found[1]) >= Decimal(found[2]):
        return Ends(*_USUAL_SCALE)
    return Ends(Decimal(found[1]), Decimal(found[2]))


def decide_form(indicator: Record, cells: Iterable[Cell]) -> Form:
    """The form of numbers that all texts of a column allow; empty when they prove none or contradict."""
    proven: set[NumberForm] = set()
    for cell in cells:
        if cell.kind is CellKind.TEXT:
            parsed = _parse(indicator, cell.text)
            if (parsed.comma is None) != (parsed.point is None):
                proven.add("comma" if parsed.comma is not None else "point")
    return proven.pop() if len(proven) == 1 else ""


def read_value(cell: Cell, indicator: Record, form: Form = "") -> ReadValue:
    """A cell as a value of the indicator, in its unit; nothing is guessed."""
    if cell.is_empty:
        return ReadValue()
    measure = indicator.text("measure")
    if cell.kind in (CellKind.ERROR, CellKind.FORMULA):
        return _wrong(
            _("the cell holds an error or a formula without a result"), _("Save the table in Excel first.")
        )
    if measure == "sign":
        return _wrong(_("a qualitative sign has no number"), _("Set the sign by judgement in step 8."))
    if measure == "yes_no":
        answer = parse_yes_no(cell)
        if answer is None:
            return _wrong(
                _("“{text}” is neither yes nor no").format(text=_shown(cell)), _("Write yes or no.")
            )
        return ReadValue(Decimal(int(answer)))
    if cell.kind in (CellKind.DATE, CellKind.YES_NO):
        return _no_number(cell)
    if cell.kind is CellKind.PERCENT:
        return _checked(cell.number, indicator, is_percent=True)
    if cell.kind is CellKind.NUMBER:
        return _checked(cell.number, indicator, is_percent=False)
    return _read_text(cell, indicator, form)


def _read_text(cell: Cell, indicator: Record, form: Form) -> ReadValue:
    minutes = parse_minutes(cell.text)
    if minutes is not None:
        return _of_minutes(minutes, indicator)
    parsed = _parse(indicator, cell.text)
    value = parsed.reading(form) if parsed.is_ambiguous and form else parsed.value
    if value is None and parsed.is_ambiguous:
        first, second = (format_number(one, current_language()) for one in (parsed.comma, parsed.point))
        reason = _("the number may be {first} or {second}, and the rest of the column does not tell")
        remedy = _("Say whether the column uses a decimal comma or a decimal point.")
        return _wrong(reason.format(first=first, second=second), remedy)
    if value is None:
        return _wrong_unit(cell, indicator) if parse_money(cell.text).is_number else _no_number(cell)
    return _checked(value, indicator, is_percent=parsed.percent)


def _parse(indicator: Record, text: str) -> ParsedNumber:
    return parse_money(text) if indicator.text("measure") == "dkk" else parse_number(text)


def _of_minutes(minutes: Decimal, indicator: Record) -> ReadValue:
    """A length of time, in minutes or, where the indicator is in hours, in hours."""
    if _HOURS.search(indicator.text("unit")):
        return _checked(minutes / _MINUTES, indicator, is_percent=False)
    if indicator.text("measure") == "minutes" or _TIME_UNIT.search(indicator.text("unit")):
        return _checked(minutes, indicator, is_percent=False)
    return _wrong(
        _("this is a length of time, and the indicator is in {unit}").format(unit=unit_words(indicator)),
        _("Write the value in the unit of the indicator, or correct the unit in step 8."),
    )


def unit_words(indicator: Record) -> str:
    """The unit of an indicator in a word, for messages."""
    unit = clean_line(indicator.text("unit"))
    of_measure = {
        "percent": _("percent"),
        "dkk": _("kroner"),
        "minutes": _("minutes"),
        "scale": _("steps of a scale"),
        "count": _("whole numbers"),
        "yes_no": _("yes or no"),
    }
    return unit or of_measure.get(indicator.text("measure"), _("numbers"))


def _checked(value: Decimal, indicator: Record, *, is_percent: bool) -> ReadValue:
    measure = indicator.text("measure")
    if is_percent and measure != "percent" and "%" not in indicator.text("unit"):
        return _wrong(
            _("this is a percentage, and the indicator is in {unit}").format(unit=unit_words(indicator)),
            _("Write the value in the unit of the indicator, or correct the unit in step 8."),
        )
    if abs(value) >= _GREATEST:
        return _wrong(_("the number is too large"), _("Write a number of at most 15 digits."))
    if measure == "percent" and not is_percent and 0 < abs(value) < 1:
        return _wrong(
            _("{value} looks like a part of one, and the indicator is in percent").format(
                value=format_number(value, current_language())
            ),
            _("Write {percent} or {percent} % instead, or format the cells as percent.").format(
                percent=format_number(value * _A_WHOLE, current_language())
            ),
        )
    ends = scale_of(indicator)
    if ends is not None and not ends.has(value):
        return off_scale(value, ends)
    if measure == "count" and (value < 0 or value != value.to_integral_value()):
        return _wrong(
            _("a count is a whole number from 0"), _("Write a whole number, or correct the form in step 8.")
        )
    return ReadValue(value)


def off_scale(value: Decimal, ends: Ends) -> ReadValue:
    """What is said of a value beyond the ends of a scale."""
    language = current_language()
    return _wrong(
        _("{value} is outside the scale {lowest}–{highest}").format(
            value=format_number(value, language),
            lowest=format_number(ends.lowest, language),
            highest=format_number(ends.highest, language),
        ),
        _("Correct the value, or write the scale as the unit of the indicator in step 8."),
    )


def _wrong_unit(cell: Cell, indicator: Record) -> ReadValue:
    return _wrong(
        _("“{text}” is an amount, and the indicator is in {unit}").format(
            text=_shown(cell), unit=unit_words(indicator)
        ),
        _("Write the value in the unit of the indicator, or correct the unit in step 8."),
    )


def _no_number(cell: Cell) -> ReadValue:
    return _wrong(
        _("“{text}” is no number").format(text=_shown(cell)), _("Write a number such as 1250 or 12,5.")
    )


def _shown(cell: Cell) -> str:
    text = clean_line(shown_text(cell))
    return text if len(text) <= _CUT else text[: _CUT - 1] + "…"


def _wrong(reason: str, remedy: str) -> ReadValue:
    return ReadValue(None, Fault(reason, remedy))
