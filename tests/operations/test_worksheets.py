"""Dialogue sheets out as a workbook and back: nothing changes unedited, every edit is told for what it is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.return_plan import Difference, ReturnDecisions
from coi_desktop.models.theory import theory_of
from coi_desktop.models.worksheet_return import WorksheetReturn
from coi_desktop.operations import registers
from coi_desktop.operations.answering import add_row, answer, answer_line, change_row, drop_row
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.worksheets import (
    apply_returned_worksheets,
    export_worksheet_book,
    is_worksheet_book,
    plan_returned_worksheets,
    read_worksheet_book,
)
from coi_desktop.store.register import Register

ODD_TEXTS = ("=1+1", "@SUM(A1)", "_x000D_", "-", "0101", "12-11-2026", "1,5", "Ja", "<r>x</r>", "'x", "a; b")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    start = datetime(2026, 11, 22, 12, tzinfo=UTC)
    minutes = count()  # so that no two steps join
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: start + timedelta(minutes=2 * next(minutes))
    ) as made:
        yield made


@pytest.fixture
def evaluation(register: Register) -> str:
    """An evaluation with answers of every kind, odd ones among them."""
    initiative = add_initiative(register, {"title": "Skærmbesøg & <b>mere</b>"})
    made = start_evaluation(register, initiative)
    answer(register, made, "proportion.depth", "deep")
    answer(register, made, "purpose.purposes", ("document", "learn"))
    answer(register, made, "purpose.decision_to_inform", "=1+1")
    answer(register, made, "purpose.decision_date", NONE_YET)
    answer(register, made, "purpose.decision_forum", "unknown")
    answer(register, made, "purpose.if_negative", "Linje 1\nLinje 2; med semikolon")
    for text in ODD_TEXTS:
        add_row(register, made, "purpose.requirements", {"who": text, "due": date(1890, 2, 3)})
    add_row(register, made, "users.audience", {"role": "Leder", "interest": 4, "group_code": "manager"})
    answer_line(register, made, "value.cards", "quality", "importance", "3")
    answer_line(register, made, "value.cards", "quality", "for_whom", ("citizens", "employees"))
    first = add_row(register, made, "theory.boxes", {"level": "activity", "text": "Skærm"})
    second = add_row(register, made, "theory.boxes", {"level": "output", "text": "Besøg; kort"})
    change_row(register, made, "theory.boxes", first, "leads_to", (second,))
    question = add_row(
        register,
        made,
        "questions.questions",
        {"text": "Virker det?", "type": "outcome", "priority": "primary"},
    )
    for number in ("4.10", "-0.5", "123456789012345.678901"):
        add_row(
            register,
            made,
            "indicators.indicators",
            {
                "name": f"Mål {number}",
                "measure": "unknown",
                "baseline": Decimal(number),
                "baseline_date": date(2026, 2, 1),
                "question_id": question,
                "early_sign": True,
            },
        )
    answer_line(register, made, "analyse.answers", question, "short", "partly")
    answer(register, made, "decide.date", date(2026, 11, 16))
    answer(register, made, "decide.reason", "0101")
    return made


def put_out(register: Register, evaluation: str, path: Path, language: str = "da") -> Path:
    run_to_end(export_worksheet_book(register, evaluation, path, language=language))
    return path


def plan(register: Register, path: Path, evaluation: str = "") -> WorksheetReturn:
    book = run_to_end(read_worksheet_book(register, path, evaluation))
    return run_to_end(plan_returned_worksheets(register, book))


def take_in(register: Register, path: Path, decisions: ReturnDecisions | None = None) -> WorksheetReturn:
    book = run_to_end(read_worksheet_book(register, path))
    done = run_to_end(apply_returned_worksheets(register, book, decisions or ReturnDecisions()))
    register.catch_up(done.changes)
    return done.returned


def edit(path: Path, sheet: int, change: Callable[[Any], object]) -> None:
    """Change the sheet of a step by openpyxl, not by our own writer."""
    book = openpyxl.load_workbook(path)
    change(next(one for one in book.worksheets if one.title.startswith(f"{sheet} ")))
    book.save(path)


def row_with(sheet: Any, hidden: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == hidden)


def set_answer(path: Path, step: int, name: str, *values: object) -> None:
    def change(sheet: Any) -> None:
        row = row_with(sheet, f"answer|{name}")
        for place, value in enumerate(values):
            sheet.cell(row, 4 + place).value = value

    edit(path, step, change)


def set_in_table(path: Path, step: int, question: str, place: int, field: str, value: object) -> None:
    """Fill in a cell of the row at ``place`` (from 1), whether rows stand below or beside each other."""

    def change(sheet: Any) -> None:
        marks = [str(cell.value) for cell in sheet["A"]]
        if f"rows|{question}" in marks:
            row = marks.index(f"rows|{question}") + 1
            column = next(cell.column for cell in sheet[row] if cell.value == field)
            sheet.cell(row + 1 + place, column).value = value
        else:
            row = marks.index(f"columns|{question}")
            row = next(number for number in range(row, len(marks)) if marks[number] == field) + 1
            sheet.cell(row, 3 + place).value = value

    edit(path, step, change)


def differences(returned: WorksheetReturn) -> list[tuple[str, str, object, object]]:
    return [
        (row.part, change.field.name, change.here, change.there)
        for row in returned.plan.rows
        for change in row.changes
    ]


def loaded(register: Register, evaluation: str) -> LoadedEvaluation:
    return load_evaluation(register, evaluation)


# ---------------------------------------------------------------------------------------- nothing edited


@pytest.mark.parametrize(("written", "read"), [("da", "en"), ("en", "da")])
def test_sheets_that_nobody_filled_in_change_nothing_in_either_language(
    register: Register, evaluation: str, tmp_path: Path, written: str, read: str
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx", written)
    before = register.revision
    assert is_worksheet_book(out)
    with speaking(read):
        found = take_in(register, out)
    assert differences(found) == []
    assert found.plan.problems == ()
    assert register.revision == before


def test_sheets_that_went_through_openpyxl_change_nothing(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    edit(out, 2, lambda _sheet: None)
    found = plan(register, out)
    assert (differences(found), found.plan.problems) == ([], ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_sheets_that_were_saved_in_libreoffice_change_nothing_and_a_changed_cell_shows(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    (tmp_path / "saved").mkdir()

    subprocess.run(
        [
            str(shutil.which("soffice")),
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(out),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = tmp_path / "saved" / out.name
    assert is_worksheet_book(saved)
    found = plan(register, saved)
    assert (differences(found), found.plan.problems) == ([], ())
    set_answer(saved, 17, "decide.reason", "0102")
    assert differences(plan(register, saved)) == [("decide.reason", "decide.reason", "0101", "0102")]


# ---------------------------------------------------------------------------------------- what is filled in


def test_what_is_filled_in_goes_in_as_one_step_that_undo_takes_back(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 2, "purpose.purposes", "Se, om målet er nået", "Lære og forbedre indsatsen")
    set_answer(out, 2, "purpose.decision_date", datetime(2026, 12, 24))
    set_answer(out, 2, "purpose.decision_forum", "Byråd")
    set_in_table(out, 3, "users.audience", 2, "role", "Planlægger")
    set_in_table(out, 3, "users.audience", 2, "interest", 5)
    set_in_table(out, 5, "value.cards", 2, "importance", "Vigtig")
    set_in_table(out, 5, "value.cards", 2, "for_whom", "Borgere; Ledere")
    set_in_table(out, 8, "indicators.indicators", 1, "baseline", 4.2)
    before = register.revision
    found = take_in(register, out)
    assert found.plan.problems == ()
    assert register.revision == before + 1
    now = loaded(register, evaluation)
    assert now.walkthrough.sight.answer("purpose.purposes") == ("goal", "learn")
    assert now.answers.single("decision_need")["decision_date"] == date(2026, 12, 24)
    assert now.answers.single("decision_need")["no_date_yet"] is None
    assert now.answers.single("decision_need")["decision_forum"] == "council"
    assert [(row["role"], row["interest"]) for row in now.answers.rows("audience")] == [
        ("Leder", 4),
        ("Planlægger", 5),
    ]
    efficiency = next(row for row in now.answers.rows("value_expect") if row["kind"] == "efficiency")
    assert (efficiency["importance"], efficiency["for_whom"]) == ("2", ("citizens", "managers"))
    assert now.answers.rows("indicator")[0]["baseline"] == Decimal("4.2")
    register.undo()
    assert loaded(register, evaluation).walkthrough.sight.answer("purpose.purposes") == ("document", "learn")


def test_taking_sheets_in_twice_changes_nothing_the_second_time(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 17, "decide.reason", "Tiden er frigjort")
    take_in(register, out)
    assert differences(plan(register, out)) == []


def test_new_boxes_may_lead_to_new_boxes_by_their_numbers(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    for place, (level, text, leads_to) in enumerate(
        [("Resultater", "Mindre kørsel", "4"), ("Virkninger", "Mere tid", None)], 3
    ):
        set_in_table(out, 6, "theory.boxes", place, "level", level)
        set_in_table(out, 6, "theory.boxes", place, "text", text)
        set_in_table(out, 6, "theory.boxes", place, "leads_to", leads_to)
    set_in_table(out, 6, "theory.boxes", 2, "leads_to", 3)
    found = take_in(register, out)
    assert found.plan.problems == ()
    theory = theory_of(loaded(register, evaluation).answers)
    arrows = [(theory.by_id[one.start].text, theory.by_id[one.end].text) for one in theory.arrows]
    assert sorted(arrows) == [
        ("Besøg; kort", "Mindre kørsel"),
        ("Mindre kørsel", "Mere tid"),
        ("Skærm", "Besøg; kort"),
    ]


def test_english_sheets_are_read_by_a_program_that_speaks_danish(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx", "en")
    set_answer(out, 17, "decide.decided", "Stop")
    set_in_table(out, 6, "theory.boxes", 1, "level", "Resources")
    found = plan(register, out)
    assert [one[3] for one in differences(found)] == ["resource", "stop"]


# ------------------------------------------------------------------------------------ what stands against it


def test_a_cell_that_was_changed_in_both_waits_for_a_choice(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 17, "decide.reason", "Arket")
    set_in_table(out, 8, "indicators.indicators", 1, "unit", "min/dag")
    answer(register, evaluation, "decide.reason", "Programmet")
    found = plan(register, out)
    assert [change.difference for row in found.plan.rows for change in row.changes] == [
        Difference.CHANGED,
        Difference.CONFLICT,
    ]
    assert "1 konflikt" in found.plan.sentence()
    take_in(register, out)
    decision = loaded(register, evaluation).answers.single("eval_decision")
    assert decision["reason"] == "Programmet"
    assert loaded(register, evaluation).answers.rows("indicator")[0]["unit"] == "min/dag"
    take_in(register, out, ReturnDecisions(conflicts={(evaluation, "decide.reason"): True}))
    assert loaded(register, evaluation).answers.single("eval_decision")["reason"] == "Arket"


def test_what_was_changed_here_only_is_left_alone(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    answer(register, evaluation, "decide.reason", "Programmet")
    answer(register, evaluation, "purpose.purposes", ("spread",))
    answer_line(register, evaluation, "value.cards", "citizen", "importance", "1")
    boxes = loaded(register, evaluation).answers.rows("theory_node")
    change_row(register, evaluation, "theory.boxes", str(boxes[0]["id"]), "leads_to", None)
    found = plan(register, out)
    assert (differences(found), found.plan.problems) == ([], ())


def test_emptied_cells_are_counted_apart_and_may_be_kept(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 17, "decide.reason", None)
    set_in_table(out, 5, "value.cards", 1, "for_whom", None)
    found = plan(register, out)
    assert found.plan.count(Difference.CLEARED) == 2
    take_in(register, out, ReturnDecisions(clear_emptied=False))
    assert loaded(register, evaluation).answers.single("eval_decision")["reason"] == "0101"
    take_in(register, out)
    assert loaded(register, evaluation).answers.single("eval_decision")["reason"] is None


def test_a_row_that_is_gone_here_and_words_nobody_knows_are_problems_with_their_place(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 17, "decide.decided", "Måske")
    set_in_table(out, 8, "indicators.indicators", 2, "baseline", "mange")
    set_in_table(out, 3, "users.audience", 1, "interest", 9)
    gone = str(loaded(register, evaluation).answers.rows("requirement")[0]["id"])
    drop_row(register, evaluation, "purpose.requirements", gone)
    found = plan(register, out)
    assert differences(found) == []
    told = [problem.sentence() for problem in found.plan.problems]
    assert len(told) == 4
    assert "Formål og krav" in told[0]
    assert "Måske" in told[3]
    assert "det er ikke et tal" in told[2]


def test_sheets_of_another_register_or_evaluation_are_refused_in_a_sentence(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    other = start_evaluation(register, add_initiative(register, {"title": "Andet"}))
    with pytest.raises(Problem) as refused:
        plan(register, out, other)
    assert refused.value.code == "other_evaluation"
    with registers.create_register(tmp_path / "b.coi") as another, pytest.raises(Problem) as refused:
        plan(another, out)
    assert refused.value.code == "other_register"


def test_a_workbook_without_its_marks_is_refused(register: Register, evaluation: str, tmp_path: Path) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    book = openpyxl.load_workbook(out)
    for sheet in book.worksheets:
        sheet.delete_cols(1)
    book.save(out)
    with pytest.raises(Problem) as refused:
        plan(register, out)
    assert refused.value.code == "no_marks"


def test_personal_data_is_remarked_on_and_an_erased_person_does_not_come_back(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    answer(register, evaluation, "decide.conditions", "Aftalt med Anna Holm")
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    set_answer(out, 17, "decide.reason", "Ring til 0101901234 eller 010190-1234")
    assert "CPR" in plan(register, out).remark
    erasure = run_to_end(plan_erasure(register, PersonForms(("Anna Holm",))))
    register.catch_up(run_to_end(erase_person(register, erasure)).changes)
    set_answer(out, 17, "decide.carry_on", "Spørg Anna Holm")
    found = plan(register, out)
    assert [one[1] for one in differences(found)] == ["decide.reason"]
    assert any("slettet" in problem.reason for problem in found.plan.problems)


def test_only_what_is_filled_in_is_open_and_choices_are_offered(
    register: Register, evaluation: str, tmp_path: Path
) -> None:
    out = put_out(register, evaluation, tmp_path / "ark.xlsx")
    sheet = next(one for one in openpyxl.load_workbook(out).worksheets if one.title.startswith("17 "))
    row = row_with(sheet, "answer|decide.decided")
    assert sheet.protection.sheet
    assert sheet.cell(row, 3).protection.locked
    assert not sheet.cell(row, 4).protection.locked
    assert sheet.column_dimensions["A"].hidden
    assert any(f"D{row}" in str(rule.sqref) for rule in sheet.data_validations.dataValidation)
