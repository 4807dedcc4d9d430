"""Dialogue sheets out of an evaluation, and back: read, show what differs, take it in as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange import worksheet_reader, worksheet_workbook
from coi_desktop.exchange.atomic import write_whole_files
from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.exchange.pdf_language import with_blanks, with_language
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_writer import WorkbookFacts
from coi_desktop.i18n import N_, _, current_language, speaking
from coi_desktop.models.answers import Answer
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.erasure_list import ErasureList
from coi_desktop.models.evaluation_records import without_hidden_baselines
from coi_desktop.models.guide import TABLES, Guide, Question, QuestionKind
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.method_cards import METHODS
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.question_fields import NONE_YET_PART, OWN_PART, UNTIL_PART, values_of
from coi_desktop.models.records import Record, Value
from coi_desktop.models.return_plan import CellChange, ReturnDecisions, RowChanges
from coi_desktop.models.returned_worksheets import FORM, ReturnedWorksheets, WorksheetMark
from coi_desktop.models.worksheet_printout import method_cards_printout, worksheet_printout
from coi_desktop.models.worksheet_return import NEW, WorksheetReturn, plan_worksheets
from coi_desktop.models.worksheets import Worksheets, make_worksheets
from coi_desktop.operations.answer_writing import check_answer, put_answer, put_line, put_row, set_column
from coi_desktop.operations.answering import with_consequences
from coi_desktop.operations.automatic_answers import first_values
from coi_desktop.operations.earlier_evaluations import evaluation_at
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation
from coi_desktop.operations.exports import WORKBOOK_SUFFIX, program_version
from coi_desktop.operations.library import guide, sheet_plans
from coi_desktop.operations.methods import cards_of
from coi_desktop.operations.printouts import PDF_SUFFIX
from coi_desktop.operations.targets import check_target
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

RETURN = Op("evaluation.return", N_("Take in dialogue sheets"))

_BOXES = "theory_node"


@dataclass(frozen=True, slots=True)
class WorksheetsDone:
    """What was taken in, and its changes for the register that was not written through."""

    returned: WorksheetReturn
    changes: ChangeSet | None


def sheets_of(loaded: LoadedEvaluation, *, in_full: bool = False) -> Worksheets:
    """The dialogue sheets of an evaluation as it stands, in the language spoken now; ``in_full`` with the
    columns of every depth. They lie on a table for all to see: a baseline of too few people stays empty.
    """
    depth = loaded.guide.depths[-1] if in_full else loaded.walkthrough.depth
    return make_worksheets(
        loaded.guide,
        without_hidden_baselines(loaded.answers, loaded.figures.indicators),
        depth,
        loaded.words,
        sheet_plans(),
        evaluation_id=loaded.evaluation.id,
        title=loaded.initiative.text("title"),
    )


def export_worksheet_book(
    register: Register,
    evaluation_id: str,
    path: Path,
    *,
    steps: Sequence[str] = (),
    language: str | None = None,
) -> Job[WorkbookReport]:
    """Write the sheets (all, or those of ``steps``) as a workbook to be filled in and brought back.

    A job. Problems: ``wrong_target``, ``target_locked``, ``unwritable``; KeyError for no such evaluation.
    """
    check_target(path, WORKBOOK_SUFFIX, register.path)
    language = language or current_language()
    loaded = load_evaluation(register, evaluation_id)
    mark = WorksheetMark(
        FORM, register.id, evaluation_id, register.revision, language, register.history_mark()
    )
    facts = WorkbookFacts(
        loaded.initiative.text("title"),
        register.unit().text("name"),
        register.clock().astimezone(),
        program_version(),
    )
    return spoken(language, _export(loaded, mark, path, steps, facts))


def _export(
    loaded: LoadedEvaluation, mark: WorksheetMark, path: Path, steps: Sequence[str], facts: WorkbookFacts
) -> Job[WorkbookReport]:
    yield Progress(0, 0, facts.title)
    content = sheets_of(loaded)
    content = content.only(steps) if steps else content
    return (yield from worksheet_workbook.write_worksheets(content, mark, path, facts))


def export_worksheets(
    register: Register,
    evaluation_id: str,
    folder: Path,
    formats: Sequence[str] = ("pdf", "xlsx"),
    *,
    make_pages: Callable[[Printout], Job[bytes]],
    steps: Sequence[str] = (),
    is_blank: bool = False,
    paper: str = "A4",
    language: str | None = None,
) -> Job[tuple[Path, ...]]:
    """Write the sheets (all, or those of ``steps``) into a folder: a PDF a sheet and one with the method
    cards, made by ``make_pages``, and a workbook. The PDFs are ``is_blank`` or show what is answered so far;
    the workbook always holds it.

    A job; the paths in their order. Problems: ``wrong_target``, ``target_locked``, ``unwritable``; KeyError
    for no such evaluation.
    """
    language = language or current_language()
    loaded = load_evaluation(register, evaluation_id)
    unit, at = register.unit().text("name"), register.clock().astimezone()
    with speaking(language):
        content = sheets_of(loaded)
        content = content.only(steps) if steps else content
        printed = format_datetime(at, language)
        shown = content.blank() if is_blank else content
        printouts = {
            f"{sheet.number:02d} {sheet.title}": worksheet_printout(
                shown, sheet, unit, printed, language, paper
            )
            for sheet in shown.sheets
        }
        if not steps:
            cards = cards_of(register)
            cards_of_language = [cards.card(key, language) for key in loaded.words.keys(METHODS)]
            printout = method_cards_printout(
                cards_of_language, loaded.words, content.source, unit, printed, language, paper
            )
            printouts[f"10 {printout.title}"] = printout
        book = folder / f"{safe_file_name(_('Dialogue sheets') + ' ' + content.title)}{WORKBOOK_SUFFIX}"
    pages = {
        folder / f"{safe_file_name(name)} {paper}{PDF_SUFFIX}": printout
        for name, printout in sorted(printouts.items())
    }
    for path in pages:
        check_target(path, PDF_SUFFIX, register.path)
    writing = export_worksheet_book(register, evaluation_id, book, steps=steps, language=language)
    return _write_all(
        pages if "pdf" in formats else {}, writing if "xlsx" in formats else None, make_pages, language
    )


def _write_all(
    pages: Mapping[Path, Printout],
    writing: Job[WorkbookReport] | None,
    make_pages: Callable[[Printout], Job[bytes]],
    language: str,
) -> Job[tuple[Path, ...]]:
    made: dict[Path, bytes] = {}
    for done, (path, printout) in enumerate(pages.items()):
        yield Progress(done, len(pages), path.name)
        pdf = yield from spoken(language, make_pages(printout))
        made[path] = with_language(with_blanks(pdf), language)
    written = list(pages)
    if writing is not None:
        report = yield from writing
        written.append(report.path)
    write_whole_files(made)
    return tuple(written)


def is_worksheet_book(path: Path) -> bool:
    """Whether a file holds dialogue sheets that may be brought back."""
    return worksheet_reader.is_worksheet_book(path)


def read_worksheet_book(register: Register, path: Path, evaluation_id: str = "") -> Job[ReturnedWorksheets]:
    """Read dialogue sheets that come back, as a job. Changes nothing.

    Raises Problem ``other_register`` and ``other_evaluation`` for sheets of another one (``evaluation_id``
    empty: any that the register has), and those of reading.
    """
    book = yield from worksheet_reader.read_worksheet_book(path)
    if book.mark.register_id != register.id:
        raise Problem(
            _("{name} comes from another register.").format(name=path.name),
            meaning=_("Nothing was changed; the evaluation they belong to is not in this register."),
            advice=_("Open the register that the sheets were made from."),
            code="other_register",
        )
    if evaluation_id and book.mark.evaluation_id != evaluation_id:
        raise Problem(
            _("{name} belongs to another evaluation.").format(name=path.name),
            meaning=_("Nothing was changed."),
            advice=_("Open the evaluation that the sheets were made from, and take them in there."),
            code="other_evaluation",
        )
    with register.open_beside() as beside:
        if beside.get_many("evaluation", [book.mark.evaluation_id]):
            return book
    raise Problem(
        _("The evaluation that {name} belongs to is no longer in the register.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Restore the evaluation from the trash first."),
        code="other_evaluation",
    )


def plan_returned_worksheets(register: Register, book: ReturnedWorksheets) -> Job[WorksheetReturn]:
    """What taking the sheets in would change, as a job. Changes nothing."""
    yield Progress(0, 0, _("Comparing with the register"))
    with register.open_beside() as beside:
        return _plan(beside, book)


def _plan(register: Register, book: ReturnedWorksheets) -> WorksheetReturn:
    loaded = load_evaluation(register, book.mark.evaluation_id)
    then = evaluation_at(register, loaded, book.mark.revision, book.mark.history)
    erased = ErasureList(register.erased_keys()).mentions()
    return plan_worksheets(
        book,
        loaded.guide,
        sheets_of(loaded, in_full=True),
        sheets_of(then, in_full=True) if then is not None else None,
        check=_check,
        is_erased=erased.is_in,
    )


def _check(name: str, column_id: str, value: Value) -> str:
    """What is wrong with an answer; empty when it may be one."""
    question_id, _hash, part = name.partition("#")
    question = guide("evaluation").question(question_id)
    if part:
        return ""
    try:
        check_answer(question.column(column_id) if column_id else question, value)
    except Problem as problem:
        return problem.what
    return ""


def apply_returned_worksheets(
    register: Register, book: ReturnedWorksheets, decisions: ReturnDecisions
) -> Job[WorksheetsDone]:
    """Take sheets in under decisions, as one transaction and one undo step.

    A job. The plan is worked out anew against the register as it is now, so that nothing is overwritten that
    was changed since the preview.
    """
    yield Progress(0, 0, _("Taking in {name}").format(name=book.file_name))
    with register.open_beside() as beside:
        returned = _plan(beside, book)
        evaluation = beside.get("evaluation", book.mark.evaluation_id)
        taking = _Taking(beside, evaluation, decisions)
        committed = beside.transact(
            RETURN,
            with_consequences(
                beside, evaluation.id, lambda writer: taking.take_in(writer, returned.plan.rows)
            ),
            detail=book.file_name,
        )
    # Nothing is yielded from here on: work that is stopped has changed nothing.
    return WorksheetsDone(returned, committed.changes)


class _Taking:
    """Taking the rows of a plan into an evaluation."""

    def __init__(self, register: Register, evaluation: Record, decisions: ReturnDecisions) -> None:
        loaded = load_evaluation(register, evaluation.id)
        self._register = register
        self._evaluation = evaluation
        self._decisions = decisions
        self._guide: Guide = loaded.guide
        self._singles = values_of(loaded.guide, loaded.answers)
        self._made: dict[tuple[str, str], str] = {}
        self._waiting: list[tuple[Question, str, str, Value]] = []

    def take_in(self, writer: Writer, rows: Iterable[RowChanges]) -> None:
        """Store everything that was decided for: single answers, rows, then what points at new rows."""
        single: dict[str, Value] = {}
        for row in rows:
            question = self._guide.question(row.part.partition("#")[0])
            taken = [change for change in row.changes if self._is_taken(row, change)]
            if question.kind not in TABLES:
                single |= {change.field.name: change.there for change in taken}
            elif not row.record_id:
                self._add(writer, question, row)
            elif question.kind is QuestionKind.GRID:
                for change in taken:
                    column = question.column(change.field.name)
                    put_line(writer, self._evaluation.id, question, row.record_id, column, change.there)
            else:
                for change in taken:
                    self._set(writer, question, row.record_id, change.field.name, change.there)
        self._answer(writer, single)
        for question, row_id, column_id, value in self._waiting:
            column = question.column(column_id)
            set_column(writer, question, row_id, column, self._resolved(column.rows_of, value))

    def _is_taken(self, row: RowChanges, change: CellChange) -> bool:
        return not row.record_id or self._decisions.takes(row.record_id, change)

    def _add(self, writer: Writer, question: Question, row: RowChanges) -> None:
        first = first_values(self._register, self._evaluation.id, question.table)
        values: dict[str, Value] = dict(first)
        waiting = []
        for change in row.changes:
            if _points_at_new(change.there):
                waiting.append((change.field.name, change.there))
            else:
                values[change.field.name] = change.there
        if question.table == _BOXES:
            values["sort"] = len(writer.find_child_ids(_BOXES, self._evaluation.id)) + 1
        row_id = put_row(writer, self._evaluation, question, values)
        self._made[(question.id, f"{NEW}{row.row_number}")] = row_id
        self._waiting += [(question, row_id, name, value) for name, value in waiting]

    def _set(self, writer: Writer, question: Question, row_id: str, column_id: str, value: Value) -> None:
        if _points_at_new(value):
            self._waiting.append((question, row_id, column_id, value))
        else:
            set_column(writer, question, row_id, question.column(column_id), value)

    def _resolved(self, question_id: str, value: Value) -> Value:
        """Ids in the place of the keys of rows that are made by now."""
        made = {key: row_id for (table, key), row_id in self._made.items() if table == question_id}
        if isinstance(value, tuple):
            found = [made.get(key, "" if key.startswith(NEW) else key) for key in value]
            return tuple(key for key in found if key) or None
        return made.get(str(value)) if _points_at_new(value) else value

    def _answer(self, writer: Writer, taken: Mapping[str, Value]) -> None:
        said = {**self._singles, **taken}
        for question_id in dict.fromkeys(name.partition("#")[0] for name in taken):
            question = self._guide.question(question_id)
            value: Answer = said.get(question_id)
            if question.none_yet is not None and value is None:
                value = NONE_YET if said.get(f"{question_id}#{NONE_YET_PART}") is True else None
            elif question.until is not None:
                value = (said.get(question_id), said.get(f"{question_id}#{UNTIL_PART}"))
            put_answer(writer, self._evaluation.id, question, value)
            own = f"{question_id}#{OWN_PART}"
            if own in taken:
                put_answer(writer, self._evaluation.id, question, taken[own], OWN_PART)


def _points_at_new(value: Value) -> bool:
    keys = value if isinstance(value, tuple) else (value,)
    return any(isinstance(key, str) and key.startswith(NEW) for key in keys)
