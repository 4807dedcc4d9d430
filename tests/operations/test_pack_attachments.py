"""Attachments between units: none unless chosen, what may not leave stays, what comes is one step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.changes import Op
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.operations.attachment_files import copy_to_open, save_attachment, store_sources
from coi_desktop.operations.attachments import add_attachments, add_edition
from coi_desktop.operations.backups import keep_backup
from coi_desktop.operations.erasing import erase_person, plan_erasure
from coi_desktop.operations.file_check import find_missing_files, find_spare_files
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field
from coi_desktop.operations.opened_copies import OpenedCopies, copies_home
from coi_desktop.operations.outgoing_files import OutgoingFile, find_outgoing_files
from coi_desktop.operations.pack_imports import apply_pack_import, import_pack, preview_pack_import
from coi_desktop.operations.packs import ShareReport, export_pack, preview_share
from coi_desktop.operations.people import add_person
from coi_desktop.operations.registers import check_register, create_register
from coi_desktop.store.register import Register
from tests.exchange.attachment_makers import EXE, PDF, PNG
from tests.exchange.pack_makers import describe, good_files, pack_of

EDIT = Op("test.edit", "Edit")
NUMBER = "010158-5123"  # somebody born in 1858
NAME = "Karla Fiktiv"


def make_register(path: Path, unit: str) -> Register:
    clock = iter(range(10**6))
    return create_register(
        path,
        unit_name=unit,
        clock=lambda: datetime(2026, 11, 22, 12, next(clock) // 60 % 60, next(clock) % 60, tzinfo=UTC),
    )


@pytest.fixture
def there(tmp_path: Path, private_folders: Path) -> Iterator[Register]:
    with make_register(tmp_path / "der.coi", "Vestby") as made:
        yield made


@pytest.fixture
def here(tmp_path: Path, private_folders: Path) -> Iterator[Register]:
    with make_register(tmp_path / "her.coi", "Østby") as made:
        yield made


@pytest.fixture
def initiative(there: Register) -> str:
    return add_initiative(there, {"title": "Skærmbesøg", "problem": "Kørsel"})


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "pakke.coipack"


def attach(register: Register, owner: str, path: Path) -> str:
    stored = run_to_end(store_sources(register, [path], AttachmentLimits()))
    return add_attachments(register, owner, stored).ids[0]


def make(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def share(register: Register, path: Path, initiative: str, *attachments: str) -> ShareReport:
    report = run_to_end(export_pack(register, path, [initiative], attachments=attachments))
    register.catch_up(report.changes)
    return report


def take(register: Register, path: Path, *, dry_run: bool = False) -> ImportReport:
    return run_to_end(import_pack(register, path, dry_run=dry_run))


def attached(register: Register) -> list[Record]:
    return [
        one for case in register.find(Query("case")) for one in register.children("case_attachment", case.id)
    ]


def outgoing(register: Register, initiative: str) -> dict[str, OutgoingFile]:
    return {one.title: one for one in run_to_end(find_outgoing_files(register, [initiative]))}


# Sharing


def test_no_attachment_leaves_unless_it_is_chosen(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    attach(there, initiative, make(tmp_path, "hemmelig.txt", "Kun for os"))
    share(there, pack, initiative)
    assert b"Kun for os" not in pack.read_bytes()
    assert b"hemmelig" not in pack.read_bytes()
    take(here, pack)
    assert attached(here) == []


def test_a_chosen_attachment_arrives_with_its_case_as_one_step(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    chosen = attach(there, initiative, make(tmp_path, "Sådan gør I.txt", "Trin 1"))
    attach(there, initiative, make(tmp_path, "andet.txt", "bliver her"))
    report = share(there, pack, initiative, chosen)
    assert [one["title"] for one in report.to_json()["attachments"]] == ["Sådan gør I.txt"]
    assert b"bliver her" not in pack.read_bytes()
    before = here.revision
    found = take(here, pack)
    assert [one["title"] for one in found.to_json()["attachments"]] == ["Sådan gør I.txt"]
    assert here.revision == before + 1
    (one,) = attached(here)
    assert (one["title"], one["file_name"], one["size"]) == ("Sådan gør I.txt", "Sådan gør I.txt", 6)
    assert here.files.read(one.text("sha256")) == b"Trin 1"
    check_register(here)
    assert find_spare_files(here) == []
    here.undo()
    assert here.count("case") == here.count("case_attachment") == 0
    assert find_spare_files(here) == []  # redo may name it again
    here.redo()
    assert [one["title"] for one in attached(here)] == ["Sådan gør I.txt"]
    assert find_missing_files(here) == ()


def test_an_attachment_from_a_pack_is_opened_as_a_checked_copy_and_saved_as_from_elsewhere(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative, attach(there, initiative, make(tmp_path, "v.pdf", PDF)))
    take(here, pack)
    (one,) = attached(here)
    copies = OpenedCopies(copies_home())
    copy = run_to_end(copy_to_open(here, one, copies))
    assert copy.read_bytes() == PDF
    assert not copy.stat().st_mode & 0o222
    copies.close()
    target = run_to_end(save_attachment(here, one, tmp_path / "gemt.pdf", is_from_elsewhere=True))
    assert target.read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.exe", EXE),
        ("faktura.pdf", EXE),
        ("billede.png", PDF),
        ("side.html", "<script>"),
        ("k.bat", "del *"),
    ],
)
def test_what_can_run_or_is_not_what_it_is_called_never_leaves(
    there: Register, initiative: str, pack: Path, tmp_path: Path, name: str, content: bytes | str
) -> None:
    chosen = attach(there, initiative, make(tmp_path, name, content))
    assert outgoing(there, initiative)[name].refusal
    with pytest.raises(Problem) as refused:
        share(there, pack, initiative, chosen)
    assert refused.value.code == "attachment_kept_back"
    assert not pack.exists()
    assert there.count("case") == 0


def test_a_personal_number_in_name_or_content_keeps_an_attachment_back(
    there: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    add_person(there, {"name": NAME})
    files = {
        "liste.csv": f"navn;nummer\nBo;{NUMBER}\n",
        f"sag {NUMBER}.txt": "Intet",
        "referat.txt": f"Ring til {NAME}",
        "fin.txt": "Skriv til hej@eksempel.dk",
    }
    ids = {name: attach(there, initiative, make(tmp_path, name, text)) for name, text in files.items()}
    found = outgoing(there, initiative)
    assert [bool(one.refusal) for one in found.values()] == [True, True, True, False]
    assert NUMBER not in repr([one.refusal for one in found.values()])
    for name in ("liste.csv", f"sag {NUMBER}.txt", "referat.txt"):
        with pytest.raises(Problem):
            share(there, pack, initiative, ids[name])
    report = share(there, pack, initiative, ids["fin.txt"])
    assert any("fin.txt" in note and "mailadresse" in note for note in report.notes)


def test_small_counts_in_attached_tables_are_told_of_before_they_leave(
    there: Register, initiative: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Svar"
    for row in (["Bydel", "Antal borgere", "Budget"], ["Nord", 3, 3], ["Syd", 12, 4], ["Vest", 4, 2]):
        book.active.append(row)
    book.save(tmp_path / "tal.xlsx")
    attach(there, initiative, tmp_path / "tal.xlsx")
    attach(there, initiative, make(tmp_path, "tal.csv", "Bydel;Deltagere\nNord;2\nSyd;20\n"))
    attach(there, initiative, make(tmp_path, "andet.csv", "Bydel;Timer\nNord;2\nSyd;20\n"))
    found = {
        title: [one.place for one in file.findings if one.finding.kind == "count"]
        for title, file in outgoing(there, initiative).items()
    }
    assert found == {
        "tal.xlsx": ["tal.xlsx, celle Svar B2", "tal.xlsx, celle Svar B4"],
        "tal.csv": ["tal.csv, celle B2"],
        "andet.csv": [],
    }


def test_small_counts_in_the_tables_of_a_case_are_told_of_before_they_leave(
    there: Register, initiative: str, pack: Path
) -> None:
    share(there, pack, initiative)
    (case,) = there.find(Query("case"))
    for indicator, unit, result in (
        ("Borgere, der klarer sig selv", "personer", 3),
        ("Ventetid", "dage", 3),
        ("Borgere i forløb", "personer", 30),
    ):
        add_row(
            there,
            "case_measurement",
            {"case_id": case.id, "indicator": indicator, "unit": unit, "result": result, "kind": "employee"},
        )
    counts = [one.place for one in preview_share(there, [initiative]).findings if one.finding.kind == "count"]
    assert counts == ["Skærmbesøg · Værdi · Resultat"]
    assert any("meget få" in note for note in share(there, pack, initiative).notes)


def test_only_newest_editions_of_the_shared_initiatives_can_be_chosen(
    there: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    old = attach(there, initiative, make(tmp_path, "v.txt", "Første udgave"))
    stored = run_to_end(store_sources(there, [make(tmp_path, "v.txt", "Anden")], AttachmentLimits()))
    new = add_edition(there, old, stored.files[0])
    other = add_initiative(there, {"title": "Andet"})
    strange = attach(there, other, make(tmp_path, "x.txt", "Andet"))
    for wrong in (old, strange):
        with pytest.raises(Problem) as refused:
            share(there, pack, initiative, wrong)
        assert refused.value.code == "no_such_record"
    share(there, pack, initiative, new)
    assert "Første udgave".encode() not in pack.read_bytes()


def test_a_file_that_was_changed_on_the_disk_is_not_shared(
    there: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    chosen = attach(there, initiative, make(tmp_path, "v.txt", "Trin 1"))
    stored = there.files.path(there.get("attachment", chosen).text("sha256"))
    stored.chmod(0o600)
    stored.write_bytes(b"Trin 2")
    with pytest.raises(Problem):
        share(there, pack, initiative, chosen)
    assert not pack.exists()


# Taking in


def test_the_same_pack_again_changes_nothing_and_more_attachments_are_an_update(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    first = attach(there, initiative, make(tmp_path, "a.txt", "A"))
    second = attach(there, initiative, make(tmp_path, "b.txt", "B"))
    share(there, pack, initiative, first)
    take(here, pack)
    revision = here.revision
    assert take(here, pack).count(Outcome.IDENTICAL) == 1
    assert here.revision == revision
    share(there, pack, initiative, first, second)
    assert take(here, pack).count(Outcome.UPDATED) == 1
    assert sorted(one.text("title") for one in attached(here)) == ["a.txt", "b.txt"]
    share(there, pack, initiative)
    assert take(here, pack).count(Outcome.IDENTICAL) == 1
    assert len(attached(here)) == 2  # what a pack does not hold is not taken away


def test_a_case_that_stays_as_it_is_brings_no_attachment(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative)
    take(here, pack)
    (case,) = here.find(Query("case"))
    here.transact(EDIT, lambda writer: writer.change("case", case.id, {"problem": "Rettet her"}))
    edit_field(there, initiative, "problem", "Rettet der")
    share(there, pack, initiative, attach(there, initiative, make(tmp_path, "a.txt", "A")))
    assert take(here, pack).count(Outcome.CONFLICT) == 1
    assert attached(here) == []
    assert here.files.find_stored() == []


def test_a_dry_run_and_a_stopped_import_leave_nothing_behind(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative, attach(there, initiative, make(tmp_path, "a.txt", "A")))
    take(here, pack, dry_run=True)
    plan = run_to_end(preview_pack_import(here, pack))
    before = here.revision
    for stopped_after in range(1, 60):
        job = apply_pack_import(here, plan, pack)
        try:
            for _step in range(stopped_after):
                next(job)
        except StopIteration as end:
            here.catch_up(end.value.changes)
            break
        job.close()
        with here.open_beside() as beside:
            assert beside.revision == before
        assert here.files.find_stored() == []
    assert len(attached(here)) == 1
    assert not any(path.is_file() and path.suffix != ".lock" for path in copies_home().rglob("*"))


def test_a_pack_that_was_changed_after_it_was_shown_is_refused_whole(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    chosen = attach(there, initiative, make(tmp_path, "a.txt", "A"))
    share(there, pack, initiative, chosen)
    plan = run_to_end(preview_pack_import(here, pack))
    share(there, pack, initiative)
    with pytest.raises(Problem) as refused:
        run_to_end(apply_pack_import(here, plan, pack))
    assert refused.value.code == "pack_refused"
    assert here.count("case") == 0
    assert here.files.find_stored() == []


def test_what_stood_in_the_store_before_a_failed_import_stays(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    own = attach(here, add_initiative(here, {"title": "Vores"}), make(tmp_path, "a.txt", "A"))
    share(there, pack, initiative, attach(there, initiative, tmp_path / "a.txt"))
    plan = run_to_end(preview_pack_import(here, pack))
    job = apply_pack_import(here, plan, pack)
    for _step in range(6):
        next(job)
    job.close()
    assert here.files.read(here.get("attachment", own).text("sha256")) == b"A"


def stranger(path: Path, name: str, content: bytes, title: str) -> Path:
    """A pack that was not made by us, with one attachment."""
    files = good_files()
    files.pop("attachments/vejledning.pdf")
    files[f"attachments/{name}"] = content
    files["attachments.csv"] = (
        files["attachments.csv"]
        .decode()
        .replace("vejledning.pdf", name)
        .replace("Vejledning", title)
        .encode()
    )
    path.write_bytes(pack_of(files, describe(files)))
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.bin", EXE), ("a.txt", b"L\0\0\0\x01\x14\x02\0" + bytes(60)), ("a.msg", b"MZ" + bytes(90))],
)
def test_a_strangers_file_that_can_run_refuses_the_whole_pack(
    here: Register, pack: Path, name: str, content: bytes
) -> None:
    stranger(pack, name, content, "Vejledning")
    for act in (lambda: take(here, pack), lambda: run_to_end(preview_pack_import(here, pack))):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.code == "pack_refused"
    assert here.count("case") == 0
    assert here.files.find_stored() == []


@pytest.mark.parametrize("title", ["../../x", "C:\\x", "~/.bashrc", "faktura\u2066fdp"])
def test_the_name_of_a_strangers_file_is_only_text(
    here: Register, pack: Path, tmp_path: Path, title: str
) -> None:
    before = set(tmp_path.parent.rglob("*"))
    take(here, stranger(pack, "a.png", PNG, title))
    (one,) = attached(here)
    assert one.text("file_name").endswith(".png")
    sha256 = hashlib.sha256(PNG).hexdigest()
    assert one["sha256"] == sha256
    made = {path for path in set(tmp_path.parent.rglob("*")) - before if path.is_file()}
    known = {pack.name, sha256, "her.coi-journal", *(one.name for one in paths.cache_folder().rglob("*"))}
    assert {path.name for path in made} <= known


def test_personal_details_in_what_comes_are_told_before_it_is_taken_in(here: Register, pack: Path) -> None:
    plan = run_to_end(preview_pack_import(here, stranger(pack, "a.txt", f"Bo {NUMBER}".encode(), "Liste")))
    assert any("CPR-nummer" in note and "Liste" in note for note in plan.pack.notes)
    assert NUMBER not in repr(plan.report.to_json())


# Who was erased


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
        attach(there, initiative, make(tmp_path, name, text))
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
    share(there, pack, initiative, attach(there, initiative, make(tmp_path, "r.txt", f"Talt med {NAME}")))
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


def test_backups_keep_the_files_of_cases_and_the_check_misses_them(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative, attach(there, initiative, make(tmp_path, "r.txt", "Rapport")))
    take(here, pack)
    (one,) = attached(here)
    assert here.find_named_files() == here.find_named_files(ever=True) == {one.text("sha256")}
    kept = run_to_end(keep_backup(here.path, Reason.ASKED))
    assert kept is not None
    assert kept.manifest.files == (one.text("sha256"),)
    here.files.remove(one.text("sha256"))
    (fault,) = find_missing_files(here)
    assert (fault.title, fault.initiative) == ("r.txt", "Skærmbesøg")
