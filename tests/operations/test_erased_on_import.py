"""Who was erased does not come back with a list: told in the preview, left out, nothing of it stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.import_report import Level, Outcome
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import registers
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from tests.operations.table_lists import counts, find, plan, take_in, titles, write_list

NAME, MAIL, PHONE = "Karla Fiktiv", "karla@fiktiv.example", "20 93 47 61"
HEADINGS = ("Titel", "Ejer", "Beskrivelse")


@pytest.fixture
def register(tmp_path: Path, private_folders: Path) -> Iterator[Register]:
    with registers.create_register(tmp_path / "r.coi") as made:
        yield made


def erase(register: Register) -> None:
    add_initiative(register, {"title": "Gammelt", "owner": NAME})
    planned = run_to_end(plan_erasure(register, PersonForms((NAME,), (MAIL,), (PHONE,))))
    register.catch_up(run_to_end(erase_person(register, planned)).changes)


def is_named(register: Register) -> bool:
    texts = [text.text.casefold() for text in register.texts(with_history=True)]
    return any(word in text for text in texts for word in ("karla", "fiktiv", "20 93 47 61"))


def test_cells_that_name_an_erased_person_are_told_of_and_left_out(
    register: Register, tmp_path: Path
) -> None:
    erase(register)
    path = write_list(
        tmp_path / "a.csv",
        HEADINGS,
        ["Et", NAME, "Aftalt"],
        ["To", "Bo", f"Ring {PHONE}"],
        ["Tre", "FIKTIV, KARLA", f"skriv til {MAIL}"],
        ["Fire", "Karl Fiktiv", "Ligner, men er en anden"],
    )
    planned = plan(register, path)
    told = [(row.row_number, one.column, one.level) for row in planned.rows for one in row.problems]
    assert told == [(2, "Ejer", Level.NOTE), (3, "Beskrivelse", Level.NOTE)] + [
        (4, name, Level.NOTE) for name in ("Ejer", "Beskrivelse")
    ]
    assert all("slettet" in one.reason and not one.value for one in planned.problems)
    report = take_in(register, path)
    assert counts(report) == {"new": 4}
    assert (find(register, "Et")["owner"], find(register, "Et")["description"]) == (None, "Aftalt")
    assert find(register, "Fire")["owner"] == "Karl Fiktiv"
    assert not any("Karla" in text.text for text in register.texts(with_history=True))
    assert NAME not in str(report.to_json())
    assert counts(take_in(register, path)) == {"identical": 4}


def test_the_control_without_the_list_of_erased_persons_the_name_comes_in(
    register: Register, tmp_path: Path
) -> None:
    take_in(register, write_list(tmp_path / "a.csv", HEADINGS, ["Et", NAME, ""]))
    assert is_named(register)


def test_a_row_whose_title_names_an_erased_person_stays_out(register: Register, tmp_path: Path) -> None:
    erase(register)
    report = take_in(register, write_list(tmp_path / "a.csv", HEADINGS, [f"Møde med {NAME}", "Bo", ""]))
    assert counts(report) == {"rejected": 1}
    assert [one.level for one in report.problems] == [Level.ERROR]
    assert titles(register) == ["Gammelt"]
    assert not is_named(register)


def test_what_stands_here_is_kept_where_the_list_names_an_erased_person(
    register: Register, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "a.csv", HEADINGS, ["Et", "Bo", ""])
    take_in(register, path)
    erase(register)
    report = take_in(register, write_list(path, HEADINGS, ["Et", NAME, "Ny tekst"]))
    assert report.count(Outcome.UPDATED) == 1
    assert (find(register, "Et")["owner"], find(register, "Et")["description"]) == ("Bo", "Ny tekst")
    assert not is_named(register)


@pytest.mark.parametrize(
    ("name", "heading"), [(f"{NAME}s liste.csv", "Ejer"), ("liste.csv", f"Aftalt med {NAME}")]
)
def test_a_list_called_after_an_erased_person_is_refused_because_its_name_is_remembered(
    register: Register, tmp_path: Path, name: str, heading: str
) -> None:
    erase(register)
    path = write_list(tmp_path / name, ("Titel", heading), ["Et", "Bo"])
    with pytest.raises(Problem) as refused:
        take_in(register, path)
    assert refused.value.code == "erased_person"
    assert not is_named(register)
    assert titles(register) == ["Gammelt"]
