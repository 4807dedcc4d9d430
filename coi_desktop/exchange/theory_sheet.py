"""The sheet of the theory of change: its boxes with where they lead, its assumptions, and the picture."""

from __future__ import annotations

from dataclasses import dataclass

from coi_desktop.exchange.chart_files import draw_printed
from coi_desktop.exchange.charts import save
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.theory import Theory, arrow_name, box_text

#: The picture is shown at this part of the size it is drawn for.
_SCALE = 0.82


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A box: its number, level and text, and the numbers of the boxes it leads to."""

    number: int
    level: str
    text: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class AssumptionLine:
    """An assumption: the letter it has in the picture, and the arrow it is about."""

    letter: str
    text: str
    certainty: str
    arrow: str
    check: str


def box_lines(theory: Theory) -> list[BoxLine]:
    """The boxes in reading order."""
    return [
        BoxLine(
            theory.numbers[box.id],
            box.level,
            box_text(box),
            ", ".join(str(theory.numbers[end.id]) for end in theory.ends_from(box.id)),
        )
        for box in theory.boxes
    ]


def assumption_lines(theory: Theory) -> list[AssumptionLine]:
    """The assumptions, lettered as in the picture."""
    arrows = {arrow.id: arrow_name(theory, arrow) for arrow in theory.arrows}
    return [
        AssumptionLine(theory.letters[one.id], one.text, one.certainty, arrows.get(one.arrow, ""), one.check)
        for one in theory.assumptions
    ]


def place_picture(sheet: SheetWriter, figure: ChartFigure) -> None:
    """Put the picture below what is written on the sheet, with its words for who cannot see it."""
    png = save(draw_printed(figure), "png", figure)
    sheet.picture(png, _SCALE, figure.alt_text)
