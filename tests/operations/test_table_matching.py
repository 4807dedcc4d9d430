"""Rows of a list find their initiatives, and are compared three ways with what was changed on both sides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models.import_decisions import Decision
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations import initiatives, registers, table_imports
from coi_desktop.store.register import Register
from tests.operations.table_lists import apply, counts, find, plan, take_in, titles, write_list


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, 12, 0, next(clock) % 60, tzinfo=UTC)
    ) as made:
        yield made


# --------------------------------------------------------------------------------------------- three-way

HEADINGS = ("Id", "Titel", "Afdeling", "Budget")


def three_way(
    register: Register, path: Path, *, local: int | None, incoming: object
) -> tuple[dict[str, int], Decimal]:
    """Import a budget of 100, change it here and in the list, and import again."""
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "100"]))
    one = find(register, "Et")
    if local is not None:
        initiatives.edit_field(register, one.id, "budget", Decimal(local))
    report = take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", incoming]))
    return counts(report), register.get("initiative", one.id)["budget"]


@pytest.mark.parametrize(
    ("local", "incoming", "outcome", "budget"),
    [
        (None, "100", "identical", 100),
        (None, "200", "updated", 200),
        (None, "", "updated", None),
        (300, "100", "kept", 300),
        (300, "300", "identical", 300),
        (300, "200", "conflict", 300),
    ],
)
def test_fields_are_compared_three_ways(
    register: Register, tmp_path: Path, local: int | None, incoming: str, outcome: str, budget: int | None
) -> None:
    assert three_way(register, tmp_path / "liste.csv", local=local, incoming=incoming) == (
        {outcome: 1},
        budget,
    )


def test_what_was_kept_stays_kept_and_a_conflict_stays_open(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    three_way(register, path, local=300, incoming="200")
    report = take_in(register, path)
    assert counts(report) == {"conflict": 1}
    assert report.problems[0].column == "Budget"
    assert find(register, "Et")["budget"] == 300


@pytest.mark.parametrize(
    ("side", "budget", "outcome"), [("local", 300, "kept"), ("incoming", 200, "updated")]
)
def test_decided_conflict_is_settled_for_good(
    register: Register, tmp_path: Path, side: str, budget: int, outcome: str
) -> None:
    path = tmp_path / "liste.csv"
    three_way(register, path, local=300, incoming="200")
    assert counts(apply(register, path, {2: Decision(fields={"budget": side})})) == {outcome: 1}
    assert find(register, "Et")["budget"] == budget
    assert counts(take_in(register, path)) == {"kept" if side == "local" else "identical": 1}


def test_row_in_conflict_is_left_whole(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "100"]))
    initiatives.edit_field(register, find(register, "Et").id, "budget", Decimal(300))
    take_in(register, write_list(path, HEADINGS, ["1", "Et", "Skole", "200"]))
    assert find(register, "Et")["department"] == "Kultur"


def test_update_of_the_phase_brings_its_stage_and_day_along(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, ["Titel", "Fase"], ["Et", "Idé"]))
    assert find(register, "Et")["stage"] == "idea"
    take_in(register, write_list(path, ["Titel", "Fase"], ["Et", "Udvikling og afprøvning"]))
    found = find(register, "Et")
    assert (found["phase"], found["stage"], found["phase_since"]) == ("develop", "trial", date(2026, 11, 22))


# ---------------------------------------------------------------------------------------------- matching


def test_title_corrected_here_is_still_the_same_row(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "Afdeling"], ["Skærmbesog", "Ældre"])
    take_in(register, path)
    initiatives.edit_field(register, find(register, "Skærmbesog").id, "title", "Skærmbesøg")
    assert counts(take_in(register, path)) == {"kept": 1}
    assert titles(register) == ["Skærmbesøg"]


def test_case_file_number_finds_an_initiative_before_its_title(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Et andet navn", "journal_number": "27.00-P20-1"})
    path = write_list(tmp_path / "liste.csv", ["Titel", "ESDH-nr."], ["Skærmbesøg", "27.00-p20-1 "])
    report = take_in(register, path)
    assert counts(report) == {"conflict": 1}
    assert titles(register) == ["Et andet navn"]


def test_case_file_shared_by_several_rows_identifies_none(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "ESDH"], ["Et", "27.00"], ["To", "27.00"])
    assert counts(take_in(register, path)) == {"new": 2}
    assert counts(take_in(register, path)) == {"identical": 2}


def test_title_and_department_find_what_was_entered_by_hand(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Ærø på nettet", "department": "Kultur"})
    path = write_list(
        tmp_path / "liste.csv", ["Titel", "Afdeling", "Budget"], ["ÆRØ  på nettet", "kultur", "5,5"]
    )
    report = take_in(register, path)
    assert report.count(Outcome.NEW) == 0
    assert len(titles(register)) == 1


def test_same_ids_in_two_lists_are_two_things(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "sundhed.csv", ["Id", "Titel"], ["1", "Skærmbesøg"]))
    take_in(register, write_list(tmp_path / "skole.csv", ["Id", "Titel"], ["1", "Lejrskole"]))
    assert {one["external_source"] for one in register.find(Query("initiative"))} == {"sundhed", "skole"}


def test_list_saved_under_another_date_is_the_same_list(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "liste 2026-03.csv", ["Id", "Titel"], ["1", "Skærmbesøg"]))
    again = write_list(
        tmp_path / "Liste 2026-11 v2.csv", ["Titel", "Ny", "Id"], ["Skærmbesøg hjemme", "x", "1"]
    )
    assert counts(take_in(register, again)) == {"updated": 1}


def test_doubled_rows_are_told_and_go_in_once(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "liste.csv", ["Titel", "Afdeling"], ["Et", "A"], ["et ", "a"], ["Et", "B"])
    report = take_in(register, path)
    assert counts(report) == {"new": 2, "rejected": 1}
    assert "2" in report.problems[0].reason


def test_lookalike_waits_for_a_decision(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"})
    path = write_list(
        tmp_path / "liste.csv", ["Titel", "Ejer"], ["Skærmbesøg i hjemmepleje", "Chef"], ["Natur", ""]
    )
    report = take_in(register, path)
    assert counts(report) == {"new": 1, "lookalike": 1}
    assert "Skærmbesøg i hjemmeplejen" in report.problems[0].reason
    like = find(register, "Skærmbesøg i hjemmeplejen").id
    assert counts(apply(register, path, {2: Decision("same", like)})) == {"updated": 1, "identical": 1}
    assert find(register, "Skærmbesøg i hjemmeplejen")["owner"] == "Chef"
    assert counts(take_in(register, path)) == {"kept": 1, "identical": 1}


def test_lookalike_goes_in_as_new_by_decision_or_by_the_mapping(register: Register, tmp_path: Path) -> None:
    initiatives.add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"})
    path = write_list(tmp_path / "liste.csv", ["Titel"], ["Skærmbesøg i hjemmepleje"])
    assert counts(apply(register, path, {2: Decision("new")})) == {"new": 1}
    assert counts(take_in(register, path)) == {"identical": 1}
    other = write_list(
        tmp_path / "anden.csv", ["Titel"], ["Skærmbesøg i hjemmeplejen!!"], ["Skærmbesog i hjemmeplejen"]
    )
    mapping = tmp_path / "m.json"
    mapping.write_text(
        json.dumps({"lookalikes": "new", "columns": [{"heading": "Titel", "field": "title"}]}),
        encoding="utf-8",
    )
    assert take_in(register, other, mapping_file=mapping).count(Outcome.LOOKALIKE) == 0


def test_rows_a_list_tells_apart_by_id_are_no_lookalikes(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    take_in(register, write_list(path, ["Id", "Titel"], ["1", "Lokal chatbot for borgere"]))
    rows = (["1", "Lokal chatbot for borgere"], ["2", "Lokal chatbot for borgerne"])
    assert counts(take_in(register, write_list(path, ["Id", "Titel"], *rows))) == {"identical": 1, "new": 1}


def test_plan_is_worked_out_anew_when_it_is_carried_out(register: Register, tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.csv", HEADINGS, ["1", "Et", "Kultur", "100"])
    take_in(register, path)
    early = plan(register, write_list(path, HEADINGS, ["1", "Et", "Kultur", "200"]))
    assert early.rows[0].outcome is Outcome.UPDATED
    initiatives.edit_field(register, find(register, "Et").id, "budget", Decimal(300))
    done = run_to_end(table_imports.apply_table_import(register, early))
    assert counts(done.report) == {"conflict": 1}
    assert find(register, "Et")["budget"] == 300


WORDS = st.sampled_from(("Skærmbesøg", "Skærmbesøgg", "Natur", "Natur 2", "Ærø på nettet", ""))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("", "1", "2", "3")),
        WORDS,
        st.sampled_from(("", "Kultur", "Skole")),
        st.sampled_from(("", "27.00", "27.01")),
        st.sampled_from(("", "100", "1,5", "1.234", "x")),
        st.sampled_from(("", "Pilot", "Idé", "Tja")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_any_list_changes_nothing_the_second_time_and_undo_takes_it_back(
    tmp_path: Path, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    path, headings = tmp_path / "liste.csv", ["Id", "Titel", "Afdeling", "ESDH-nr.", "Budget", "Status"]
    (tmp_path / "r.coi").unlink(missing_ok=True)
    fields = ("external_id", "title", "department", "journal_number", "budget", "status")
    columns = [{"heading": heading, "field": name} for heading, name in zip(headings, fields, strict=True)]
    with registers.create_register(tmp_path / "r.coi") as register:

        def take() -> ImportReport:
            planned = table_imports.plan_table_import(register, table, given.mapping)
            done = run_to_end(table_imports.apply_table_import(register, planned))
            register.catch_up(done.changes)
            return done.report

        for rows in (first, second):
            if not any(any(row) for row in rows):
                continue
            before = [one.values for one in register.find(Query("initiative"))]
            table = run_to_end(table_imports.read_table(write_list(path, headings, *rows)))
            given = table_imports.read_mapping(register, {"source": "liste", "columns": columns}, table)
            revision = register.revision
            take()
            after, done = [one.values for one in register.find(Query("initiative"))], register.revision
            again = take()
            assert again.count(Outcome.NEW) == again.count(Outcome.UPDATED) == 0
            assert register.revision == done
            assert [one.values for one in register.find(Query("initiative"))] == after
            if done > revision:
                register.undo()
                assert [one.values for one in register.find(Query("initiative"))] == before
                register.redo()
                assert [one.values for one in register.find(Query("initiative"))] == after
