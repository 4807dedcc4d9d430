"""What is special to the sheets of questions and findings: which method answers what, and what was not
expected.
"""

from __future__ import annotations

from coi_desktop.exchange.guide_rows import answered_by, unexpected
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.i18n import _
from coi_desktop.models.records import Snapshot
from coi_desktop.models.vocabulary import Vocabulary

#: Methods in the table of coverage; with more it could not be printed.
MOST_METHODS = 8

_ANSWERS = "●"


def mark_unexpected(sheet: SheetWriter, block: PlacedBlock) -> None:
    """Let the rows of unexpected findings stand out, also after the table is sorted or filtered."""
    column = block.fixed("expected").split(":", maxsplit=1)[0].split("$")[1]
    rule = {
        "type": "formula",
        "criteria": f'=${column}{block.first + 1}="{unexpected()}"',
        "format": sheet.cells.styles.get("stands_out"),
    }
    last = max(block.columns.values())
    sheet.worksheet.conditional_format(block.first, 0, block.last, last, rule)


def write_coverage(sheet: SheetWriter, snapshot: Snapshot, evaluation_id: str, words: Vocabulary) -> None:
    """The table of questions against methods and the number of indicators: what is answered by what."""
    questions = snapshot.children("question", evaluation_id, "evaluation_id")
    methods = snapshot.children("method_use", evaluation_id, "evaluation_id")[:MOST_METHODS]
    indicators = snapshot.children("indicator", evaluation_id, "evaluation_id")
    if not questions or not (methods or indicators):
        return
    answered = answered_by(snapshot, evaluation_id)
    sheet.heading(_("What is answered by what?"))
    names = [words.label("method", method.text("method")) for method in methods]
    for column, name in enumerate([_("Question"), _("Indicators"), *names]):
        sheet.head(sheet.row, column, name)
    sheet.row += 1
    for question in questions:
        sheet.wrapped(sheet.row, 0, question.text("text"))
        count = sum(1 for one in indicators if one.text("question_id") == question.id)
        sheet.cells.figure(sheet.row, 1, count, "whole@left")
        for column, method in enumerate(methods, 2):
            if question.id in answered[method.id]:
                sheet.cells.text(sheet.row, column, _ANSWERS)
        sheet.row += 1
    sheet.row += 1
