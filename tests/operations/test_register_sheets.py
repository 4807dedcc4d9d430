"""The register out to Excel and back: nothing changes unedited, and every edit is told for what it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Value
from coi_desktop.models.return_plan import Difference, ReturnDecisions, ReturnPlan
from coi_desktop.models.returned_sheet import parse_mark, sheet_fields
from coi_desktop.operations import register_sheets, registers
from coi_desktop.operations.backups import keep_backup
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field, remove_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.restores import finish_restore, get_backup, prepare_restore
from coi_desktop.store.register import Register

EDIT = Op("test.edit", "Edit")
TITLE = "Skærmbesøg"
ODD_TEXTS = ("=1+1", "@SUM(A1)", "_x000D_", "-", "0101", "12-11-2026", "1,5", "Ja", "<r>x</r>", "'x", "1E5")
OWN_KINDS = ("text", "long", "number", "money", "date", "yes_no")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi",
        clock=lambda: datetime(2026, 11, 22, 12, next(clock) // 60 % 60, next(clock) % 60, tzinfo=UTC),
    ) as made:
        yield made


def put_out(register: Register, path: Path, language: str = "da") -> Path:
    run_to_end(register_sheets.export_register_sheet(register, path, language=language))
    return path


def plan(register: Register, path: Path) -> ReturnPlan:
    sheet = run_to_end(register_sheets.read_returned_sheet(register, path))
    return run_to_end(register_sheets.plan_returned_sheet(register, sheet))


def take_in(register: Register, path: Path, decisions: ReturnDecisions | None = None) -> ReturnPlan:
    job = register_sheets.return_sheet(register, path, decisions or ReturnDecisions())
    return run_to_end(job)


def change(path: Path, edit: Callable[[Any, dict[str, int]], object]) -> None:
    """Change the sheet by openpyxl, not our own writer; ``edit`` gets it and the columns by field."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    columns["id"] = 1
    edit(sheet, columns)
    book.save(path)


def row_of(sheet: Any, columns: dict[str, int], title: str) -> int:
    return next(
        cell.row for cell in sheet[openpyxl.utils.get_column_letter(columns["title"])] if cell.value == title
    )


def set_cell(path: Path, title: str, field: str, value: object) -> None:
    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(row_of(sheet, columns, title), columns[field]).value = value

    change(path, edit)


# ---------------------------------------------------------------------------------------- nothing edited


def values_of(field: FieldSpec, keys: tuple[str, ...]) -> st.SearchStrategy[Value]:
    """Values of a field of every odd kind that the register can hold."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
    odd = st.text(letters, min_size=1, max_size=60) | st.sampled_from(ODD_TEXTS)
    several = st.lists(st.sampled_from(keys or ("x",)), min_size=1, max_size=3, unique=True).map(tuple)
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: odd,
        Kind.LONG: odd | st.lists(odd, min_size=2, max_size=4).map("\n".join),
        Kind.INTEGER: st.integers(-(10**9), 10**9),
        Kind.NUMBER: st.decimals(-(10**9), 10**9, places=4),
        Kind.MONEY: st.decimals(-(10**12), 10**12, places=2) | st.just(Decimal("123456789012345.678901")),
        Kind.DATE: st.dates(date(1850, 1, 1), date(2190, 1, 1)),
        Kind.YES_NO: st.booleans(),
        Kind.CHOICE: st.sampled_from(keys or ("x",)),
        Kind.CHOICES: several,
        Kind.RANK: several,
    }
    return st.none() | by_kind[field.kind]


def add_own_fields(register: Register) -> None:
    for number, kind in enumerate(OWN_KINDS):
        values = {"da": f"Eget {kind}", "kind": kind}
        key = f"{number:08d}-0000-4000-8000-000000000000"
        register.transact(EDIT, lambda writer, v=values, k=key: writer.put("own_field", v, k))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(["da", "en"]))
def test_a_sheet_that_nobody_edited_changes_nothing_for_any_kind_of_field(
    tmp_path: Path, data: st.DataObject, language: str
) -> None:
    path = Path(mkdtemp(dir=tmp_path)) / "r.coi"
    with registers.create_register(path) as register:
        add_own_fields(register)
        words = words_of(register)
        fields = [one for one in sheet_fields(register.fields("initiative")) if one.name != "tags"]
        for number in range(3):
            values = {
                field.name: data.draw(
                    values_of(field, words.keys(field.values) if field.values else ()), label=field.name
                )
                for field in fields
                if field.name not in ("title", "number")
            }
            made = add_initiative(register, {"title": f"{TITLE} {number}"})
            with contextlib.suppress(Problem):  # a text or number that the register does not hold
                register.transact(EDIT, lambda writer, m=made, v=values: writer.change("initiative", m, v))
            for name in data.draw(st.lists(st.sampled_from(["pleje", "IT", "ældre"]), unique=True)):
                add_row(register, "tag", {"initiative_id": made, "name": name})
        before = register.revision
        out = put_out(register, path.with_suffix(".xlsx"), language)
        with speaking("en" if language == "da" else "da"):
            found = take_in(register, out)
        assert [(row.title, row.changes) for row in found.rows] == []
        assert found.problems == ()
        assert found.unchanged == 3
        assert register.revision == before


def test_the_same_register_gives_a_sheet_whose_ids_and_names_are_hidden(
    register: Register, tmp_path: Path
) -> None:
    add_initiative(register, {"title": TITLE})
    sheet = openpyxl.load_workbook(put_out(register, tmp_path / "r.xlsx")).worksheets[0]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    mark = parse_mark(str(sheet["A1"].value))
    assert mark is not None
    assert (mark.register_id, mark.revision, mark.language) == (register.id, register.revision, "da")
    assert sheet["B2"].value == "Nr."


# --------------------------------------------------------------------------------------------- what is told


@pytest.fixture
def two(register: Register, tmp_path: Path) -> Path:
    """Two initiatives, written out."""
    add_initiative(
        register, {"title": TITLE, "owner": "Anna", "budget": Decimal("1000.50"), "field": "elderly"}
    )
    add_initiative(register, {"title": "Robot", "owner": "Bo", "start": date(2026, 1, 31)})
    return put_out(register, tmp_path / "r.xlsx")


def get(register: Register, title: str) -> Any:
    return next(one for one in register.find(Query("initiative")) if one["title"] == title)


def test_an_edited_cell_changes_its_field_alone_and_undo_takes_all_back_at_once(
    register: Register, two: Path
) -> None:
    set_cell(two, TITLE, "budget", 2000.25)
    set_cell(two, TITLE, "field", "Sundhed")
    set_cell(two, "Robot", "start", datetime(2026, 3, 1))
    before = {one.id: dict(one.values) for one in register.find(Query("initiative"))}
    found = take_in(register, two)
    assert found.count(Difference.CHANGED) == 3
    assert get(register, TITLE)["budget"] == Decimal("2000.25")
    assert get(register, TITLE)["field"] == "health"
    assert get(register, "Robot")["start"] == date(2026, 3, 1)
    register.undo()
    assert {one.id: dict(one.values) for one in register.find(Query("initiative"))} == before


def test_an_emptied_cell_clears_and_is_counted_apart_and_may_be_kept(register: Register, two: Path) -> None:
    set_cell(two, TITLE, "owner", None)
    set_cell(two, "Robot", "owner", "Carl")
    assert (plan(register, two).count(Difference.CLEARED), plan(register, two).count(Difference.CHANGED)) == (
        1,
        1,
    )
    take_in(register, two, ReturnDecisions(clear_emptied=False))
    assert (get(register, TITLE)["owner"], get(register, "Robot")["owner"]) == ("Anna", "Carl")
    take_in(register, two)
    assert get(register, TITLE)["owner"] is None


def test_a_missing_row_and_a_missing_column_change_nothing(register: Register, two: Path) -> None:
    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.tables.clear()
        sheet.delete_rows(row_of(sheet, columns, "Robot"))
        sheet.delete_cols(columns["owner"])

    change(two, edit)
    found = take_in(register, two)
    assert (found.rows, found.problems, found.unchanged) == ((), (), 1)
    assert get(register, "Robot")["owner"] == "Bo"


def test_a_row_without_an_id_is_new_and_needs_a_title(register: Register, two: Path) -> None:
    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(10, columns["title"]).value = "Nabohjælp"
        sheet.cell(10, columns["phase"]).value = "Idé"
        sheet.cell(10, columns["tags"]).value = "pleje; IT"
        sheet.cell(11, columns["owner"]).value = "Uden titel"

    change(two, edit)
    found = take_in(register, two)
    assert [row.title for row in found.new_rows] == ["Nabohjælp"]
    assert [(one.row_number, "titel" in one.reason) for one in found.problems] == [(11, True)]
    made = get(register, "Nabohjælp")
    assert (made["phase"], made["number"], made["status"]) == ("idea", 3, "active")
    assert sorted(one.text("name") for one in register.children("tag", made.id)) == ["IT", "pleje"]


def test_what_was_changed_here_as_well_waits_for_a_choice(register: Register, two: Path) -> None:
    record = get(register, TITLE)
    set_cell(two, TITLE, "owner", "Dorte")
    edit_field(register, record.id, "owner", "Erik")
    edit_field(register, record.id, "department", "Ældre")
    found = take_in(register, two)
    assert found.count(Difference.CONFLICT) == 1
    (conflict,) = found.rows[0].changes
    assert (conflict.base, conflict.here, conflict.there) == ("Anna", "Erik", "Dorte")
    assert get(register, TITLE)["owner"] == "Erik"
    take_in(register, two, ReturnDecisions(conflicts={(record.id, "owner"): False}))
    assert get(register, TITLE)["owner"] == "Erik"
    take_in(register, two, ReturnDecisions(conflicts={(record.id, "owner"): True}))
    assert (get(register, TITLE)["owner"], get(register, TITLE)["department"]) == ("Dorte", "Ældre")


def test_the_same_change_on_both_sides_is_none(register: Register, two: Path) -> None:
    set_cell(two, TITLE, "owner", "Erik")
    edit_field(register, get(register, TITLE).id, "owner", "Erik")
    assert plan(register, two).rows == ()


def test_tags_changed_here_meanwhile_are_a_conflict_too(register: Register, tmp_path: Path) -> None:
    made = add_initiative(register, {"title": TITLE})
    add_row(register, "tag", {"initiative_id": made, "name": "pleje"})
    out = put_out(register, tmp_path / "r.xlsx")
    set_cell(out, TITLE, "tags", "pleje; IT")
    add_row(register, "tag", {"initiative_id": made, "name": "ældre"})
    ((conflict,),) = [row.changes for row in plan(register, out).rows]
    assert conflict.difference is Difference.CONFLICT
    assert (conflict.base, conflict.here, conflict.there) == (("pleje",), ("pleje", "ældre"), ("pleje", "IT"))
    take_in(register, out, ReturnDecisions(conflicts={(made, "tags"): True}))
    assert sorted(one.text("name") for one in register.children("tag", made)) == ["IT", "pleje"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("field", "Rumfart"),
        ("value_kinds", "Kvalitet; Rumfart"),
        ("budget", "mange penge"),
        ("start", "31-02-2026"),
        ("number", 7),
        ("owner", "x" * 300),
        ("title", None),
    ],
)
def test_what_cannot_be_taken_in_is_a_problem_that_names_its_cell_and_changes_nothing(
    register: Register, two: Path, field: str, typed: object
) -> None:
    set_cell(two, TITLE, field, typed)
    before = register.revision
    (problem,) = take_in(register, two).problems
    assert problem.row_number == 3
    assert problem.reason
    assert problem.remedy
    assert register.revision == before


def test_a_row_whose_initiative_is_gone_and_rows_with_one_id_are_problems(
    register: Register, two: Path
) -> None:
    remove_initiative(register, get(register, "Robot").id)

    def edit(sheet: Any, columns: dict[str, int]) -> None:
        source = row_of(sheet, columns, TITLE)
        for name in ("id", "title"):
            sheet.cell(9, columns[name]).value = sheet.cell(source, columns[name]).value

    change(two, edit)
    before = register.revision
    found = take_in(register, two)
    assert [one.row_number for one in found.problems] == [3, 4, 9]
    assert register.revision == before


def test_moved_columns_and_sorted_rows_and_own_columns_are_understood(register: Register, two: Path) -> None:
    def edit(sheet: Any, columns: dict[str, int]) -> None:
        sheet.tables.clear()
        sheet.insert_cols(2)
        sheet.cell(2, 2).value = "Min egen note"
        sheet.cell(3, 2).value = "husk"
        first = [cell.value for cell in sheet[3]]
        second = [cell.value for cell in sheet[4]]
        for column, (one, other) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(3, column).value, sheet.cell(4, column).value = other, one

    change(two, edit)
    found = plan(register, two)
    assert (found.rows, found.problems, found.unchanged) == ((), (), 2)


def test_a_sheet_of_another_register_is_refused(register: Register, two: Path, tmp_path: Path) -> None:
    with (
        registers.create_register(tmp_path / "anden.coi") as other,
        pytest.raises(Problem, match="et andet register") as raised,
    ):
        plan(other, two)
    assert raised.value.code == "other_register"


def test_a_sheet_without_its_hidden_row_is_refused(register: Register, two: Path) -> None:
    change(two, lambda sheet, _columns: (sheet.tables.clear(), sheet.delete_rows(1)))
    with pytest.raises(Problem) as raised:
        plan(register, two)
    assert raised.value.code == "no_marks"


def test_the_sheet_is_told_from_other_workbooks(register: Register, two: Path, tmp_path: Path) -> None:
    assert register_sheets.is_register_sheet(two)
    change(two, lambda sheet, columns: None)  # saved by another program
    assert register_sheets.is_register_sheet(two)
    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    (tmp_path / "tom.xlsx").write_bytes(b"")
    for name in ("x.xlsx", "tom.xlsx", "findes ikke.xlsx"):
        assert not register_sheets.is_register_sheet(tmp_path / name)


def test_a_sheet_read_while_the_register_moves_on_is_planned_anew(register: Register, two: Path) -> None:
    set_cell(two, TITLE, "owner", "Dorte")
    sheet = run_to_end(register_sheets.read_returned_sheet(register, two))
    assert run_to_end(register_sheets.plan_returned_sheet(register, sheet)).count(Difference.CHANGED) == 1
    edit_field(register, get(register, TITLE).id, "owner", "Erik")
    done = run_to_end(register_sheets.apply_returned_sheet(register, sheet, ReturnDecisions()))
    register.catch_up(done.changes)
    assert done.plan.count(Difference.CONFLICT) == 1
    assert get(register, TITLE)["owner"] == "Erik"


def test_a_sheet_from_before_a_restore_overwrites_nothing_unasked(register: Register, two: Path) -> None:
    """The restored register counts its revisions on from the backup, so that numbers come a second time."""
    path = register.path
    [first, *_others] = register.find_ids(Query())
    done = run_to_end(keep_backup(path, Reason.ASKED, clock=register.clock))
    assert done is not None
    edit_field(register, first, "owner", "Før")
    put_out(register, two)
    register.close()
    found = get_backup(path, str(done.manifest.sequence))
    finish_restore(run_to_end(prepare_restore(path, found, clock=register.clock)), clock=register.clock)
    with registers.open_register(path, clock=register.clock) as restored:
        edit_field(restored, first, "owner", "Efter")
        edit_field(restored, first, "status_text", "Og videre")
        made = plan(restored, two)
        assert not made.is_base_known
        assert {change.difference for row in made.rows for change in row.changes} == {Difference.CONFLICT}
        take_in(restored, two)
        assert restored.get("initiative", first)["owner"] == "Efter"
        assert plan(restored, put_out(restored, two)).is_base_known


def test_typing_that_joins_the_step_the_sheet_was_written_at_is_not_taken_back(tmp_path: Path) -> None:
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, tzinfo=UTC)
    ) as register:
        made = add_initiative(register, {"title": "Robot", "owner": "Anna"})
        edit_field(register, made, "owner", "Annab")
        sheet = put_out(register, tmp_path / "ark.xlsx")
        edit_field(register, made, "owner", "Anna")
        assert plan(register, sheet).count(Difference.CHANGED) == 0
        take_in(register, sheet)
        assert register.get("initiative", made)["owner"] == "Anna"


def test_an_older_sheet_does_not_bring_an_erased_person_back(register: Register, two: Path) -> None:
    [first, *_others] = register.find_ids(Query())
    edit_field(register, first, "owner", "Karla Fiktiv")
    add_row(register, "tag", {"initiative_id": first, "name": "Karla Fiktiv"})
    put_out(register, two)
    change(two, lambda sheet, columns: sheet.cell(6, columns["title"], "Møde med Karla Fiktiv"))
    erasure = run_to_end(plan_erasure(register, PersonForms(("Karla Fiktiv",))))
    register.catch_up(run_to_end(erase_person(register, erasure)).changes)
    with speaking("en"):
        done = take_in(register, two)
    assert [problem.reason for problem in done.problems][:2] == [
        "it names a person who was erased from the register"
    ] * 2
    assert not any("Karla" in text.text for text in register.texts(with_history=True))


def test_rows_sorted_without_their_hidden_ids_give_no_initiative_the_values_of_another(
    register: Register, two: Path
) -> None:
    def swap(sheet: Any, _columns: dict[str, int]) -> None:
        for column in range(2, sheet.max_column + 1):
            above, below = sheet.cell(3, column), sheet.cell(4, column)
            above.value, below.value = below.value, above.value

    change(two, swap)
    made = take_in(register, two)
    assert (made.rows, len(made.problems)) == ((), 2)
    assert {(one["title"], one["owner"]) for one in register.find(Query("initiative"))} == {
        (TITLE, "Anna"),
        ("Robot", "Bo"),
    }
