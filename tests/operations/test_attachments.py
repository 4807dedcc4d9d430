"""Attachments: the file first, the row after; one step for several; nothing opened that may not be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Record
from coi_desktop.operations import initiatives
from coi_desktop.operations.attachment_files import (
    Pasted,
    Source,
    StoredSources,
    copy_to_open,
    judge_attachment,
    save_attachment,
    store_sources,
    suggested_name,
)
from coi_desktop.operations.attachments import (
    Added,
    add_attachments,
    add_edition,
    edit_attachment,
    find_attachments,
    find_evidence,
    find_measurements,
    remove_attachments,
)
from coi_desktop.operations.file_check import (
    find_file_faults,
    find_missing_files,
    find_spare_files,
    sweep_files,
)
from coi_desktop.operations.opened_copies import OpenedCopies, sweep_left_copies
from coi_desktop.operations.registers import check_register, create_register
from coi_desktop.store.register import Register
from tests.exchange.attachment_makers import DOCX, EXE, PDF, PNG
from tests.store.making import content

LIMITS = AttachmentLimits()


@pytest.fixture
def register(tmp_path: Path):
    with create_register(tmp_path / "prøve.coi") as register:
        yield register


@pytest.fixture
def robot(register: Register) -> str:
    return initiatives.add_initiative(register, {"title": "Robotstøvsuger"})


def store(register: Register, *sources: Source, limits: AttachmentLimits = LIMITS) -> StoredSources:
    return run_to_end(store_sources(register, sources, limits))


def attach(register: Register, owner: str, *sources: Source, measurement_id: str | None = None) -> Added:
    return add_attachments(register, owner, store(register, *sources), measurement_id=measurement_id)


def make(folder: Path, name: str, content: bytes = PDF) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def one(register: Register, attachment_id: str) -> Record:
    return register.get("attachment", attachment_id)


def add_measurement(register: Register, owner: str) -> str:
    evaluation = initiatives.add_row(register, "evaluation", {"initiative_id": owner})
    indicator = initiatives.add_row(register, "indicator", {"evaluation_id": evaluation, "name": "Ventetid"})
    return initiatives.add_row(register, "measurement", {"indicator_id": indicator})


# Adding


def test_several_files_are_one_step_and_undo_takes_them_all(
    register: Register, robot: str, tmp_path: Path
) -> None:
    before = content(register.path)
    added = attach(
        register,
        robot,
        make(tmp_path / "a", "Notat, æøå.pdf"),
        make(tmp_path / "a", "Svar.docx", DOCX),
        Pasted("Indsat billede.png", lambda: PNG),
    )
    rows = [one(register, one_id) for one_id in added.ids]
    assert [(row.text("title"), row.text("media_type"), row.integer("size")) for row in rows] == [
        ("Notat, æøå.pdf", "application/pdf", len(PDF)),
        ("Svar.docx", rows[1].text("media_type"), len(DOCX)),
        ("Indsat billede.png", "image/png", len(PNG)),
    ]
    assert register.files.read(rows[0].text("sha256")) == PDF
    register.undo()
    assert content(register.path) == before
    assert len(register.files.find_stored()) == 3
    register.redo()
    assert register.files.find_missing(register.find_named_files()) == []


def test_the_source_is_left_alone_and_equal_bytes_stand_once(
    register: Register, robot: str, tmp_path: Path
) -> None:
    first, second = make(tmp_path / "a", "a.pdf"), make(tmp_path / "b", "b.pdf")
    added = attach(register, robot, first, second)
    assert len(added.ids) == 1  # the very same file is attached once
    assert added.stood_already == ("b.pdf",)
    assert first.read_bytes() == second.read_bytes() == PDF
    assert attach(register, robot, second).changes is None
    other = initiatives.add_initiative(register, {"title": "Et andet"})
    assert len(attach(register, other, second).ids) == 1
    assert len(register.files.find_stored()) == 1


def test_what_cannot_be_read_is_told_of_and_the_others_are_added(
    register: Register, robot: str, tmp_path: Path
) -> None:
    stored = store(register, tmp_path / "findes ikke.pdf", make(tmp_path / "a", "a.pdf"), tmp_path / "a")
    assert [one.name for one in stored.files] == ["a.pdf"]
    assert [problem.code for problem in stored.refused] == ["unreadable", "unreadable"]
    with pytest.raises(Problem) as caught:
        store(register, tmp_path / "findes ikke.pdf")
    assert caught.value.code == "unreadable"


def test_a_job_that_is_stopped_removes_what_it_stored_and_nothing_else(
    register: Register, robot: str, tmp_path: Path
) -> None:
    attach(register, robot, make(tmp_path / "a", "a.pdf"))
    before = register.files.find_stored()
    again = make(tmp_path / "b", "b.pdf")
    job = store_sources(
        register, [again, make(tmp_path / "b", "c.png", PNG), make(tmp_path / "b", "d.exe", EXE)], LIMITS
    )
    for _step in range(5):
        next(job)
    assert len(register.files.find_stored()) == 2
    job.close()
    assert register.files.find_stored() == before


def test_a_notice_is_given_from_the_sizes_that_were_set(register: Register, tmp_path: Path) -> None:
    stored = store(register, make(tmp_path / "a", "a.pdf"), limits=AttachmentLimits(10, 20))
    assert len(stored.notices) == 2
    assert "a.pdf" in stored.notices[0]


def test_a_personal_number_in_a_name_is_found(register: Register, tmp_path: Path) -> None:
    stored = store(register, make(tmp_path / "a", "Samtykke 010190-1234.pdf"))
    assert [finding.is_personal_number for finding in stored.files[0].findings] == [True]


def test_an_initiative_that_went_meanwhile_is_told_of(register: Register, robot: str, tmp_path: Path) -> None:
    stored = store(register, make(tmp_path / "a", "a.pdf"))
    initiatives.remove_initiative(register, robot)
    with pytest.raises(Problem) as caught:
        add_attachments(register, robot, stored)
    assert caught.value.code == "gone"


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
@pytest.mark.parametrize(
    "name", ["x" * 240 + ".pdf", "a\nb.pdf", "\u200b\u200b", "fak\u202efdp.exe", "CON", "a" * 199 + "."]
)
def test_odd_names_are_kept_as_they_fit(register: Register, robot: str, tmp_path: Path, name: str) -> None:
    added = attach(register, robot, make(tmp_path / "a", name))
    record = one(register, added.ids[0])
    assert record.text("title")
    saved = run_to_end(save_attachment(register, record, tmp_path / suggested_name(record)))
    assert saved.read_bytes() == PDF
    assert not set(saved.name) & set('<>:"/\\|?*\u202e\u200b\n')
    if name.endswith(".pdf"):
        assert saved.suffix == ".pdf"


# Editions


def test_a_new_edition_takes_the_place_and_the_old_one_is_kept(
    register: Register, robot: str, tmp_path: Path
) -> None:
    measurement = add_measurement(register, robot)
    first = attach(register, robot, make(tmp_path / "a", "v1.pdf"), measurement_id=measurement).ids[0]
    edit_attachment(register, first, {"title": "Rapport", "note": "Udkast"})
    before = content(register.path)
    second = add_edition(register, first, store(register, make(tmp_path / "a", "v2.png", PNG)).files[0])
    third = add_edition(register, first, store(register, make(tmp_path / "a", "v3.docx", DOCX)).files[0])
    (editions,) = find_attachments(register, robot)
    assert (editions.newest.id, [older.id for older in editions.older]) == (third, [second, first])
    assert [editions.newest[name] for name in ("title", "note", "measurement_id")] == [
        "Rapport",
        "Udkast",
        measurement,
    ]
    assert find_evidence(register, robot) == {measurement: (editions.newest,)}
    assert register.files.read(one(register, first).text("sha256")) == PDF
    register.undo()
    register.undo()
    assert content(register.path) == before


def test_a_title_that_is_the_file_name_follows_the_new_file(
    register: Register, robot: str, tmp_path: Path
) -> None:
    first = attach(register, robot, make(tmp_path / "a", "v1.pdf")).ids[0]
    second = add_edition(register, first, store(register, make(tmp_path / "a", "v2.png", PNG)).files[0])
    assert one(register, second).text("title") == "v2.png"
    with pytest.raises(Problem) as caught:
        add_edition(register, first, store(register, make(tmp_path / "b", "v2.png", PNG)).files[0])
    assert caught.value.code == "same_file"


@pytest.mark.parametrize(("place", "left"), [(0, "3<2"), (1, "3<1"), (2, "2<1")])
def test_removing_an_edition_keeps_the_others_together(
    register: Register, robot: str, tmp_path: Path, place: int, left: str
) -> None:
    ids = [attach(register, robot, make(tmp_path / "a", "v.pdf")).ids[0]]
    for content_ in (PNG, DOCX):
        ids.append(
            add_edition(register, ids[0], store(register, Pasted("v.pdf", lambda c=content_: c)).files[0])
        )
    assert remove_attachments(register, [ids[place]]) == 1
    (editions,) = find_attachments(register, robot)
    drawn = [editions.newest.id, *(older.id for older in editions.older)]
    assert "<".join(str(ids.index(one_id) + 1) for one_id in drawn) == left
    register.undo()
    assert find_attachments(register, robot)[0].count == 3


def test_removing_several_is_one_step_and_keeps_their_files(
    register: Register, robot: str, tmp_path: Path
) -> None:
    ids = attach(register, robot, make(tmp_path / "a", "a.pdf"), make(tmp_path / "a", "b.png", PNG)).ids
    before = content(register.path)
    assert remove_attachments(register, [*ids, ids[0]]) == 2
    assert find_attachments(register, robot) == ()
    assert remove_attachments(register, ids) == 0
    assert find_spare_files(register) == []
    register.undo()
    assert content(register.path) == before
    run_to_end(save_attachment(register, one(register, ids[0]), tmp_path / "ud.pdf"))


def test_only_title_note_and_measurement_are_edited(register: Register, robot: str, tmp_path: Path) -> None:
    attachment = attach(register, robot, make(tmp_path / "a", "a.pdf")).ids[0]
    measurement = add_measurement(register, robot)
    assert [choice.id for choice in find_measurements(register, robot)] == [measurement]
    assert "Ventetid" in find_measurements(register, robot)[0].label
    assert edit_attachment(register, attachment, {"measurement_id": measurement})
    assert not edit_attachment(register, attachment, {"measurement_id": measurement})
    initiatives.remove_row(register, "measurement", measurement)
    assert one(register, attachment)["measurement_id"] is None
    for empty in ("", " \u200b "):
        with pytest.raises(Problem, match="titel"):
            edit_attachment(register, attachment, {"title": empty})
    with pytest.raises(ValueError, match="sha256"):
        edit_attachment(register, attachment, {"sha256": "0" * 64})


# Saving and opening


def test_saving_is_checked_and_leaves_the_old_file_when_it_fails(
    register: Register, robot: str, tmp_path: Path
) -> None:
    record = one(register, attach(register, robot, make(tmp_path / "a", "a.pdf")).ids[0])
    target = make(tmp_path / "ud", "gammel.pdf", b"old")
    register.files.path(record.text("sha256")).write_bytes(b"changed")
    for code in ("file_changed", "file_missing"):
        with pytest.raises(Problem) as caught:
            run_to_end(save_attachment(register, record, target))
        assert caught.value.code == code
        assert target.read_bytes() == b"old"
        assert [path.name for path in target.parent.iterdir()] == ["gammel.pdf"]
        register.files.path(record.text("sha256")).unlink(missing_ok=True)


def test_saving_never_lands_among_the_registers_own_files(
    register: Register, robot: str, tmp_path: Path
) -> None:
    record = one(register, attach(register, robot, make(tmp_path / "a", "a.pdf")).ids[0])
    stored = register.files.path(record.text("sha256"))
    for target in (
        register.path,
        stored,
        stored.parent / "ny.pdf",
        tmp_path / "a" / ".." / register.path.name,
    ):
        with pytest.raises(Problem) as caught:
            run_to_end(save_attachment(register, record, target))
        assert caught.value.code == "wrong_target"
    assert register.find_damage() == []


def test_what_is_opened_is_a_read_only_copy_under_a_name_of_ours(
    register: Register, robot: str, tmp_path: Path
) -> None:
    record = one(register, attach(register, robot, make(tmp_path / "a", "Fortroligt $(rm -rf).pdf")).ids[0])
    copies = OpenedCopies(tmp_path / "åbnet")
    path = run_to_end(copy_to_open(register, record, copies))
    assert path.read_bytes() == PDF
    assert path.name == "Skrivebeskyttet kopi 1.pdf"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o400
        assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o600)
    path.write_bytes(b"edited by the other program")
    assert register.files.read(record.text("sha256")) == PDF
    copies.close()
    assert list((tmp_path / "åbnet").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content_"), [("faktura.pdf", EXE), ("a.exe", EXE), ("a.pdf", PNG), ("a.html", PDF), ("a", PDF)]
)
def test_what_may_not_be_opened_is_never_copied(
    register: Register, robot: str, tmp_path: Path, name: str, content_: bytes
) -> None:
    record = one(register, attach(register, robot, make(tmp_path / "a", name, content_)).ids[0])
    assert judge_attachment(register, record).warning
    with pytest.raises(Problem) as caught:
        run_to_end(copy_to_open(register, record, OpenedCopies(tmp_path / "åbnet")))
    assert caught.value.code == "not_opened"
    assert not (tmp_path / "åbnet").exists()


def test_a_copy_that_turns_out_changed_does_not_stay(register: Register, robot: str, tmp_path: Path) -> None:
    record = one(register, attach(register, robot, make(tmp_path / "a", "a.pdf")).ids[0])
    register.files.path(record.text("sha256")).write_bytes(PDF + b"more")
    copies = OpenedCopies(tmp_path / "åbnet")
    with pytest.raises(Problem) as caught:
        run_to_end(copy_to_open(register, record, copies))
    assert caught.value.code == "file_changed"
    assert list((tmp_path / "åbnet").rglob("*.pdf")) == []
    copies.close()


def test_a_start_removes_the_copies_of_dead_programs_and_leaves_those_of_running_ones(tmp_path: Path) -> None:
    left = tmp_path / "0e1c"
    left.mkdir()
    (left / "Skrivebeskyttet kopi 1.pdf").write_bytes(PDF)
    (left / "Skrivebeskyttet kopi 1.pdf").chmod(0o400)
    running = OpenedCopies(tmp_path)
    path = running.new_path(".pdf")
    path.write_bytes(PDF)
    sweep_left_copies(tmp_path)
    assert not left.exists()
    assert path.read_bytes() == PDF
    running.close()
    assert list(tmp_path.iterdir()) == []
    sweep_left_copies(tmp_path / "findes ikke")


def test_an_attachment_of_an_older_register_without_a_file_is_told_of(
    register: Register, robot: str, tmp_path: Path
) -> None:
    record = one(
        register, initiatives.add_row(register, "attachment", {"initiative_id": robot, "title": "Notat"})
    )
    with pytest.raises(Problem) as caught:
        run_to_end(save_attachment(register, record, tmp_path / "ud.pdf"))
    assert caught.value.code == "file_missing"
    assert not (tmp_path / "ud.pdf").exists()


# Checking


def test_the_check_names_missing_and_changed_files_in_sentences(
    register: Register, robot: str, tmp_path: Path
) -> None:
    ids = attach(
        register,
        robot,
        make(tmp_path / "a", "a.pdf"),
        make(tmp_path / "a", "b.png", PNG),
        make(tmp_path / "a", "c.docx", DOCX),
    ).ids
    check_register(register)
    register.files.path(one(register, ids[0]).text("sha256")).unlink()
    register.files.path(one(register, ids[1]).text("sha256")).write_bytes(b"other")
    assert [fault.title for fault in find_missing_files(register)] == ["a.pdf"]
    faults = run_to_end(find_file_faults(register))
    assert [(fault.title, fault.initiative, fault.is_missing) for fault in faults] == [
        ("a.pdf", "Robotstøvsuger", True),
        ("b.png", "Robotstøvsuger", False),
    ]
    with pytest.raises(Problem) as caught:
        check_register(register)
    assert caught.value.code == "files"
    assert "“a.pdf” (Robotstøvsuger) mangler" in caught.value.what
    check_register(register, quick=True)


def test_only_what_nobody_can_bring_back_is_swept_and_only_when_asked(
    register: Register, robot: str, tmp_path: Path
) -> None:
    kept = attach(register, robot, make(tmp_path / "a", "a.pdf")).ids
    remove_attachments(register, kept)
    spare = store(register, make(tmp_path / "a", "b.png", PNG)).files[0].file
    assert find_spare_files(register) == [spare]
    check_register(register)
    assert sweep_files(register) == [spare]
    register.undo()
    assert register.files.find_missing(register.find_named_files()) == []
    with Register.open(register.path, write=False) as reading, pytest.raises(Problem) as caught:
        sweep_files(reading)
    assert caught.value.code == "read_only"
