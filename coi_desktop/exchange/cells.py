"""The one cell-writer: what reaches a worksheet is written by what it is, never by what it looks like.

Text is only ever written as text, numbers as numbers, dates as dates, and a formula only together with its
computed value. What Excel cannot hold as it stands is written in the nearest honest form and remarked on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from coi_desktop.models.folding import clean
from coi_desktop.models.privacy import find_personal_numbers

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from coi_desktop.exchange.workbook_styles import Styles

#: The longest text of a cell, in UTF-16 units as Excel counts.
MAX_TEXT = 32_767

#: Significant digits a number in Excel can hold.
MAX_DIGITS = 15

#: Excel counts days from here on without a fault; the days before (and its 29 February 1900) are unsure.
FIRST_DAY = date(1900, 3, 1)

_DAY_ZERO = FIRST_DAY.toordinal() - 61
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_FORMULA_SIGNS = frozenset("=+-@")
_ROOM_FOR_A_REFERENCE = 60
_HUGE = 1e300

Number = Decimal | int


@dataclass(frozen=True, slots=True)
class Remark:
    """A value that stands in a cell in another form than it has, or that needs a look.

    ``why`` is ``continued`` (``text`` is the rest, kept on the sheet of notes), ``digits`` (a number as
    text), ``early`` (a date as text), ``no_number`` (left empty) or ``personal`` (as it is, but it looks like
    a civil registration number).
    """

    sheet: str
    cell: str
    why: str
    text: str = ""


@dataclass
class Remarks:
    """All remarks of one workbook by kind, in the order they were made."""

    _by_kind: dict[str, list[Remark]] = field(default_factory=dict)

    def add(self, remark: Remark) -> int:
        """Keep a remark; returns its number among those of its kind, from 1."""
        kept = self._by_kind.setdefault(remark.why, [])
        kept.append(remark)
        return len(kept)

    def of(self, why: str) -> tuple[Remark, ...]:
        """The remarks of one kind."""
        return tuple(self._by_kind.get(why, ()))


class CellWriter:
    """Writes values into one worksheet; rows and columns count from 0, ``style`` names a style.

    A value that is None leaves its cell empty. ``continued`` says in the workbook's language where a text
    that is too long goes on: "… (fortsættes på arket Noter, nr. {number})".
    """

    def __init__(self, worksheet: Worksheet, styles: Styles, remarks: Remarks, continued: str) -> None:
        self._worksheet = worksheet
        self.styles = styles
        self._remarks = remarks
        self._continued = continued

    # ------------------------------------------------------------------------------------ single cells

    def text(self, row: int, column: int, value: str | None, style: str = "text") -> None:
        """Write a text as text, cleaned of what no workbook can hold."""
        if value:
            self.texts(row, column, (value,), style)

    def number(self, row: int, column: int, value: Number | None, style: str = "number") -> None:
        """Write a number as typed; more digits than Excel keeps are written as text and remarked on."""
        if value is not None:
            self.numbers(row, column, (value,), style)

    def figure(self, row: int, column: int, value: Number | None, style: str = "number") -> None:
        """Write a computed number, rounded to what a cell can hold."""
        if value is not None:
            self.figures(row, column, (value,), style)

    def day(self, row: int, column: int, value: date | None, style: str = "date") -> None:
        """Write a date as a date; one before March 1900 as text, with a remark."""
        if value is not None:
            self.days(row, column, (value,), style)

    def formula(
        self, row: int, column: int, formula: str, value: Number | str, style: str = "number"
    ) -> None:
        """Write a formula with its computed value, which every reader shows before it computes anew.

        ``formula`` is made by the program alone and holds no text of others; ValueError for a formula without
        an equals sign and for a value that is no finite number and no text.
        """
        if not formula.startswith("=") or isinstance(value, bool) or value == "":
            raise ValueError(f"not a formula with its value: {formula!r}, {value!r}")
        stored = value if isinstance(value, str) else float(value)
        if isinstance(stored, float) and not math.isfinite(stored):
            raise ValueError(f"no finite value for {formula!r}")
        self._worksheet.write_formula(row, column, formula, self.styles.get(style), stored)

    def blank(self, row: int, column: int, style: str) -> None:
        """Give an empty cell a style."""
        self._worksheet.write_blank(row, column, None, self.styles.get(style))

    # ------------------------------------------------------------------------- columns, the fast paths

    def texts(self, first_row: int, column: int, values: Sequence[str | None], style: str = "text") -> None:
        """Write texts below each other."""
        plain: list[str | None] = list(values)
        for place, text in enumerate(plain):
            if not text:
                plain[place] = None
                continue
            # A text of ordinary letters that cannot be taken for anything else, told with the fewest steps.
            if (
                not text.isprintable()
                or len(text) > MAX_TEXT // 2
                or text[0] in _FORMULA_SIGNS
                or text[0] == "<"
            ):
                plain[place] = None
                self._odd_text(first_row + place, column, text, style)
            if _FOUR_DIGITS.search(text) and find_personal_numbers(text):
                self._remark(first_row + place, column, "personal")
        self._worksheet.put_texts(first_row, column, plain, self.styles.get(style))

    def numbers(
        self, first_row: int, column: int, values: Sequence[Number | None], style: str = "number"
    ) -> None:
        """Write numbers as typed below each other."""
        plain: list[float | None] = [None] * len(values)
        for place, value in enumerate(values):
            if value is None:
                continue
            typed = str(value)
            # Few characters are few digits; NaN ends in a letter, and 1E+999 is beyond all numbers of Excel.
            if len(typed) <= MAX_DIGITS and typed[-1] <= "9" and -_HUGE < (number := float(typed)) < _HUGE:
                plain[place] = number
            else:
                self._odd_number(first_row + place, column, value, style)
        self._worksheet.put_numbers(first_row, column, plain, self.styles.get(style))

    def figures(
        self, first_row: int, column: int, values: Sequence[Number | None], style: str = "number"
    ) -> None:
        """Write computed numbers below each other."""
        plain: list[float | None] = [None] * len(values)
        for place, value in enumerate(values):
            if value is None:
                continue
            number = float(value)
            if math.isfinite(number):
                plain[place] = number
            else:
                self._no_number(first_row + place, column)
        self._worksheet.put_numbers(first_row, column, plain, self.styles.get(style))

    def days(self, first_row: int, column: int, values: Sequence[date | None], style: str = "date") -> None:
        """Write dates below each other."""
        plain: list[float | None] = [None] * len(values)
        first = FIRST_DAY.toordinal()
        for place, value in enumerate(values):
            if value is None:
                continue
            ordinal = value.toordinal()
            if ordinal >= first:
                plain[place] = ordinal - _DAY_ZERO
            else:
                self._remark(first_row + place, column, "early")
                day, style_of_text = value.isoformat(), self.styles.get("text")
                self._worksheet.write_string(first_row + place, column, day, style_of_text)
        self._worksheet.put_numbers(first_row, column, plain, self.styles.get(style))

    # ---------------------------------------------------------------------------------- the odd values

    def _odd_text(self, row: int, column: int, text: str, style: str) -> None:
        text = clean(text)
        if not text:
            return
        if units(text) > MAX_TEXT:
            text = self._shortened(row, column, text)
        if text.startswith("<r>") and text.endswith("</r>"):
            self._markup_as_text(row, column, text, style)
            return
        is_like_formula = text[0] in _FORMULA_SIGNS
        chosen = self.styles.quoted(style) if is_like_formula else self.styles.get(style)
        self._worksheet.write_string(row, column, text, chosen)

    def _markup_as_text(self, row: int, column: int, text: str, style: str) -> None:
        # XlsxWriter takes a text framed by <r> and </r> for its own markup and writes it raw; as two runs it
        # is escaped like any other.
        plain: Format = self.styles.get("run")
        self._worksheet.write_rich_string(row, column, text[0], plain, text[1:], self.styles.get(style))

    def _shortened(self, row: int, column: int, text: str) -> str:
        kept, rest = cut(text, MAX_TEXT - _ROOM_FOR_A_REFERENCE)
        number = self._remark(row, column, "continued", rest)
        return kept + self._continued.format(number=number)

    def _odd_number(self, row: int, column: int, value: Number, style: str) -> None:
        if isinstance(value, Decimal) and not value.is_finite():
            self._no_number(row, column)
            return
        if digits(value) <= MAX_DIGITS and abs(Decimal(value)) < Decimal(_HUGE):
            self._worksheet.write_number(row, column, float(value), self.styles.get(style))
            return
        self._remark(row, column, "digits")
        self._worksheet.write_string(row, column, f"{Decimal(value):f}"[:MAX_TEXT], self.styles.get("text"))

    def _no_number(self, row: int, column: int) -> None:
        self._remark(row, column, "no_number")

    def _remark(self, row: int, column: int, why: str, text: str = "") -> int:
        return self._remarks.add(Remark(self._worksheet.get_name(), cell_name(row, column), why, text))


def units(text: str) -> int:
    """The length of a text as Excel counts: letters beyond U+FFFF count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, length: int) -> tuple[str, str]:
    """A text in two parts, the first of at most ``length`` UTF-16 units, no letter split."""
    encoded = text.encode("utf-16-le")
    kept = encoded[: 2 * length].decode("utf-16-le", "ignore")
    return kept, text[len(kept) :]


def pieces(text: str, length: int = MAX_TEXT) -> list[str]:
    """A text in parts that each fit into a cell."""
    found = []
    while text:
        part, text = cut(text, length)
        found.append(part)
    return found


def digits(value: Number) -> int:
    """The number of significant digits of a number; zeros at its end do not count."""
    written = "".join(str(one) for one in Decimal(value).as_tuple().digits)
    return len(written.strip("0")) or 1


def fits_cell(value: Number | None) -> bool:
    """Whether a number as typed stands as a number in its cell, so that formulas may reach for it."""
    return value is None or (Decimal(value).is_finite() and digits(value) <= MAX_DIGITS)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as people read it: (0, 0) is A1."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
