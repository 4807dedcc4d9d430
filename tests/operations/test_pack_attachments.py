"""Attachments between units: none leaves unless chosen, and what may not leave stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.changes import Op
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.attachment_files import copy_to_open, save_attachment, store_sources
from coi_desktop.operations.attachments import add_edition
from coi_desktop.operations.file_check import find_missing_files, find_spare_files
from coi_desktop.operations.initiatives import add_initiative, add_row
from coi_desktop.operations.opened_copies import OpenedCopies, copies_home
from coi_desktop.operations.outgoing_files import OutgoingFile, find_outgoing_files
from coi_desktop.operations.packs import preview_share
from coi_desktop.operations.people import add_person
from coi_desktop.operations.registers import check_register
from coi_desktop.store.register import Register
from tests.exchange.attachment_makers import EXE, PDF
from tests.operations.sharing import NAME, NUMBER, attach, attached, make_file, share, take

EDIT = Op("test.edit", "Edit")


def outgoing(register: Register, initiative: str) -> dict[str, OutgoingFile]:
    return {one.title: one for one in run_to_end(find_outgoing_files(register, [initiative]))}


def test_no_attachment_leaves_unless_it_is_chosen(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    attach(there, initiative, make_file(tmp_path, "hemmelig.txt", "Kun for os"))
    share(there, pack, initiative)
    assert b"Kun for os" not in pack.read_bytes()
    assert b"hemmelig" not in pack.read_bytes()
    take(here, pack)
    assert attached(here) == []


def test_a_chosen_attachment_arrives_with_its_case_as_one_step(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    chosen = attach(there, initiative, make_file(tmp_path, "Sådan gør I.txt", "Trin 1"))
    attach(there, initiative, make_file(tmp_path, "andet.txt", "bliver her"))
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
    share(there, pack, initiative, attach(there, initiative, make_file(tmp_path, "v.pdf", PDF)))
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
    chosen = attach(there, initiative, make_file(tmp_path, name, content))
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
    ids = {name: attach(there, initiative, make_file(tmp_path, name, text)) for name, text in files.items()}
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
    attach(there, initiative, make_file(tmp_path, "tal.csv", "Bydel;Deltagere\nNord;2\nSyd;20\n"))
    attach(there, initiative, make_file(tmp_path, "andet.csv", "Bydel;Timer\nNord;2\nSyd;20\n"))
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
    old = attach(there, initiative, make_file(tmp_path, "v.txt", "Første udgave"))
    stored = run_to_end(store_sources(there, [make_file(tmp_path, "v.txt", "Anden")], AttachmentLimits()))
    new = add_edition(there, old, stored.files[0])
    other = add_initiative(there, {"title": "Andet"})
    strange = attach(there, other, make_file(tmp_path, "x.txt", "Andet"))
    for wrong in (old, strange):
        with pytest.raises(Problem) as refused:
            share(there, pack, initiative, wrong)
        assert refused.value.code == "no_such_record"
    share(there, pack, initiative, new)
    assert "Første udgave".encode() not in pack.read_bytes()


def test_a_file_that_was_changed_on_the_disk_is_not_shared(
    there: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    chosen = attach(there, initiative, make_file(tmp_path, "v.txt", "Trin 1"))
    stored = there.files.path(there.get("attachment", chosen).text("sha256"))
    stored.chmod(0o600)
    stored.write_bytes(b"Trin 2")
    with pytest.raises(Problem):
        share(there, pack, initiative, chosen)
    assert not pack.exists()
