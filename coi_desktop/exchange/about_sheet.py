"""The last sheet of every workbook: what the figures rest on, where they come from, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from coi_desktop import resources
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.exchange.workbook_writer import WorkbookWriter
from coi_desktop.i18n import _, current_language
from coi_desktop.models import workbook_words
from coi_desktop.models.dates import format_date, format_datetime
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.records import Snapshot
from coi_desktop.models.text import format_percent
from coi_desktop.models.workbook_layout import SheetLayout
from coi_desktop.models.workbook_words import Definition


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What the last sheet tells of one workbook.

    ``about`` are label and text pairs on what the workbook holds; ``sheets`` the keys of its sheets and the
    number of rows on each; ``missing`` what could not be computed and why, a place and a text each;
    ``sources`` a name and a text each. ``selection`` is what was chosen, where the snapshot does not say.
    ``open_answers`` are the steps of a guide and what each still asks for, ``worth_a_thought`` its remarks.
    """

    snapshot: Snapshot
    catalogue: FiguresCatalogue
    about: Sequence[tuple[str, str]]
    sheets: Mapping[str, tuple[str, int]]
    missing: Sequence[tuple[str, str]]
    sources: Sequence[tuple[str, str]]
    selection: str = ""
    open_answers: Sequence[tuple[str, str]] = ()
    worth_a_thought: Sequence[str] = ()


@cache
def load_definitions() -> tuple[Definition, ...]:
    """The terms that workbooks explain."""
    return workbook_words.parse_definitions(workbook_words.FILE, resources.read_toml(workbook_words.FILE))


def write_about(book: WorkbookWriter, layout: SheetLayout, facts: AboutFacts) -> None:
    """Add the sheet to ``book``, after all others."""
    sheet = book.add_sheet(layout)
    _write_pairs(sheet, _("This file"), [*facts.about, *_file_facts(book, facts)])
    _write_pairs(sheet, _("Sheets and rows"), facts.sheets.values())
    _write_pairs(sheet, _("Terms and how they are computed"), _definitions(facts))
    _write_pairs(sheet, _("Sources"), facts.sources)
    missing = facts.missing or [(_("Nothing"), _("All figures of this file could be computed."))]
    _write_pairs(sheet, _("What is missing"), missing)
    _write_pairs(sheet, _("Questions without an answer"), facts.open_answers)
    remarks = [(str(number), text) for number, text in enumerate(facts.worth_a_thought, 1)]
    _write_pairs(sheet, _("Worth a thought"), remarks)
    _write_pairs(sheet, _("Values in another form"), _remarks(book))
    _write_pairs(sheet, _("Personal data to look at"), _personal(book))
    sheet.finish()


def _file_facts(book: WorkbookWriter, facts: AboutFacts) -> list[tuple[str, str]]:
    snapshot = facts.snapshot
    return [
        (_("Unit"), snapshot.unit_name),
        (_("Filter"), facts.selection or snapshot.selection or _("none: the whole register")),
        (_("Made"), format_datetime(book.facts.made_at, book.language)),
        (_("Figures of the register as of"), f"{format_date(snapshot.taken_at.date(), book.language)}, "
         + _("change no. {revision}").format(revision=snapshot.revision)),
        (_("Program"), f"COI Desktop {book.facts.version}"),
        (_("Numbers and dates"), _("They are stored as such; Excel shows them as your computer is set up.")),
    ]  # fmt: skip


def _definitions(facts: AboutFacts) -> list[tuple[str, str]]:
    limits = _limits(facts.catalogue)
    return [
        (definition.term(), definition.meaning().format_map(limits))
        for definition in load_definitions()
        if set(definition.sheets) & set(facts.sheets)
    ]


def _limits(catalogue: FiguresCatalogue) -> dict[str, str]:
    lights, proportion = catalogue.lights, catalogue.proportion

    def percent(share: Decimal) -> str:
        return format_percent(100 * share, current_language())

    return {
        "smallest_count": str(catalogue.smallest_count),
        "few": str(catalogue.change.few),
        "standard_from": str(proportion.standard_from),
        "deep_from": str(proportion.deep_from),
        "cost_green": percent(lights.cost_green_to),
        "cost_yellow": percent(lights.cost_yellow_to),
        "time_green": str(lights.time_green_below),
        "time_yellow": str(lights.time_yellow_to),
        "benefit_green": percent(lights.benefit_green_from),
        "benefit_yellow": percent(lights.benefit_yellow_from),
        "risk_green": str(lights.risk_green_to),
        "risk_yellow": str(lights.risk_yellow_to),
    }


def _remarks(book: WorkbookWriter) -> list[tuple[str, str]]:
    said = {
        "continued": _("The text is longer than a cell can hold and continues on the sheet Notes."),
        "digits": _("The number has more digits than Excel can keep and stands as text."),
        "early": _("Excel knows no dates before March 1900; the date stands as text."),
        "no_number": _("The value is no number and was left out."),
    }
    return [
        (f"{remark.sheet}, {remark.cell}", text)
        for why, text in said.items()
        for remark in book.remarks.of(why)
    ]


def _personal(book: WorkbookWriter) -> list[tuple[str, str]]:
    said = _("The text holds what looks like a civil registration number.")
    return [(f"{remark.sheet}, {remark.cell}", said) for remark in book.remarks.of("personal")]


def _write_pairs(sheet: SheetWriter, heading: str, pairs: Iterable[tuple[str, str | int]]) -> None:
    pairs = list(pairs)
    if not pairs:
        return
    sheet.heading(heading)
    for label, text in pairs:
        sheet.label(sheet.row, label)
        if isinstance(text, int):
            sheet.cells.figure(sheet.row, 1, text, "whole@left")
        else:
            sheet.wrapped(sheet.row, 1, text)
        sheet.row += 1
    sheet.row += 1
