"""Attachments that come in a pack: taken in whole or not at all, and a stranger's name is only text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.backups import keep_backup
from coi_desktop.operations.file_check import find_missing_files
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.opened_copies import copies_home
from coi_desktop.operations.pack_imports import apply_pack_import, preview_pack_import
from coi_desktop.store.register import Register
from tests.exchange.attachment_makers import EXE, PNG
from tests.exchange.pack_makers import describe, good_files, pack_of
from tests.operations.sharing import NUMBER, attach, attached, make_file, share, take
from tests.operations.test_pack_attachments import EDIT


def test_the_same_pack_again_changes_nothing_and_more_attachments_are_an_update(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    first = attach(there, initiative, make_file(tmp_path, "a.txt", "A"))
    second = attach(there, initiative, make_file(tmp_path, "b.txt", "B"))
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
    share(there, pack, initiative, attach(there, initiative, make_file(tmp_path, "a.txt", "A")))
    assert take(here, pack).count(Outcome.CONFLICT) == 1
    assert attached(here) == []
    assert here.files.find_stored() == []


def test_a_dry_run_and_a_stopped_import_leave_nothing_behind(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative, attach(there, initiative, make_file(tmp_path, "a.txt", "A")))
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
    chosen = attach(there, initiative, make_file(tmp_path, "a.txt", "A"))
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
    own = attach(here, add_initiative(here, {"title": "Vores"}), make_file(tmp_path, "a.txt", "A"))
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


def test_backups_keep_the_files_of_cases_and_the_check_misses_them(
    there: Register, here: Register, initiative: str, pack: Path, tmp_path: Path
) -> None:
    share(there, pack, initiative, attach(there, initiative, make_file(tmp_path, "r.txt", "Rapport")))
    take(here, pack)
    (one,) = attached(here)
    assert here.find_named_files() == here.find_named_files(ever=True) == {one.text("sha256")}
    kept = run_to_end(keep_backup(here.path, Reason.ASKED))
    assert kept is not None
    assert kept.manifest.files == (one.text("sha256"),)
    here.files.remove(one.text("sha256"))
    (fault,) = find_missing_files(here)
    assert (fault.title, fault.initiative) == ("r.txt", "Skærmbesøg")
