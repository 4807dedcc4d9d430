"""Whoever was erased does not come back with a pack, neither in words nor in its attachments."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.models.import_report import Outcome
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.pack_imports import preview_pack_import
from coi_desktop.store.register import Register
from tests.operations.sharing import NAME, attach, attached, make_file, make_register, share, take


def erase(register: Register, name: str = NAME, *files: str) -> None:
    planned = run_to_end(plan_erasure(register, PersonForms((name,))))
    register.catch_up(run_to_end(erase_person(register, planned, files=files)).changes)


def is_named(register: Register) -> bool:
    return any("karla" in text.text.casefold() for text in register.texts(with_history=True))


def test_an_erased_person_does_not_come_back_with_a_case_and_it_is_told(
    there: Register, here: Register, tmp_path: Path
) -> None:
    erase(here)
    with make_register(tmp_path / "tredje.coi", f"Enheden ved {NAME}") as third:
        initiative = add_initiative(third, {"title": f"Robot fra {NAME}", "problem": f"Spørg {NAME}"})
        pack = tmp_path / f"fra {NAME}.coipack"
        share(third, pack, initiative)
    plan = run_to_end(preview_pack_import(here, pack))
    (remark,) = plan.report.problems
    assert (remark.row, remark.column) == (2, "Titel, Organisation, Problem")
    assert "slettet" in remark.reason
    report = take(here, pack)
    assert report.count(Outcome.NEW) == 1
    (case,) = here.find(Query("case"))
    assert (case["title"], case["problem"]) == ("Robot fra [slettet person]", "Spørg [slettet person]")
    assert not is_named(here)
    assert take(here, pack).count(Outcome.IDENTICAL) == 1


def test_the_control_without_the_list_the_person_comes_in_with_the_case(
    there: Register, here: Register, pack: Path
) -> None:
    share(there, pack, add_initiative(there, {"title": "Robot", "problem": f"Spørg {NAME}"}))
    take(here, pack)
    assert is_named(here)


def test_an_attachment_that_names_an_erased_person_is_left_out_and_told_of(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    erase(here)
    ids = [
        attach(there, initiative, make_file(tmp_path, name, text))
        for name, text in (
            (f"{NAME}.txt", "Intet"),
            ("referat.txt", f"Talt med {NAME}"),
            ("fin.txt", "Intet mere"),
        )
    ]
    share(there, pack, initiative, *ids)
    plan = run_to_end(preview_pack_import(here, pack))
    assert sum("slettet" in note for note in plan.pack.notes) == 1
    assert any("slettet" in one.reason for one in plan.report.problems)
    take(here, pack)
    assert sorted(one.text("title") for one in attached(here)) == ["[slettet person].txt", "fin.txt"]
    assert not is_named(here)


def test_an_attachment_that_was_erased_does_not_come_back_and_goes_with_the_person(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(
        there, pack, initiative, attach(there, initiative, make_file(tmp_path, "r.txt", f"Talt med {NAME}"))
    )
    take(here, pack)
    (one,) = attached(here)
    planned = run_to_end(plan_erasure(here, PersonForms((NAME,))))
    assert [tied.attachment_id for tied in planned.files] == [one.id]
    erase(here, NAME, one.text("sha256"))
    assert attached(here) == []
    assert not here.files.has(one.text("sha256"))
    take(here, pack)
    assert attached(here) == []
    assert here.files.find_stored() == []
