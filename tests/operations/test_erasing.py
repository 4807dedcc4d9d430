"""A person is found in every place, erased from every one, and does not come back with an older copy."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.logs import start_log
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.person_mentions import PersonForms
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import FoundBackup, find_backups, keep_backup
from coi_desktop.operations.erasing import (
    ErasurePlan,
    Receipt,
    apply_erasures,
    erase_person,
    plan_erasure,
)
from coi_desktop.operations.erasure_file import erasure_file, read_erasure_file
from coi_desktop.operations.erasure_receipt import receipt_text
from coi_desktop.operations.people import add_person
from coi_desktop.operations.person_search import (
    find_person,
    forms_of,
    mentions_as_csv,
    mentions_as_json,
)
from coi_desktop.operations.restores import finish_restore, prepare_restore
from coi_desktop.settings import Settings
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.register import Register
from tests.store.making import EDIT, StandingClock, add, drop, edit
from tests.store.test_erasing import FORMS, MAIL, NAME, PHONE, find_tokens


@pytest.fixture
def register(private_folders: Path) -> Iterator[Register]:
    """A register in the user's own folder, as the program keeps it."""
    with Register.create(paths.own_register(), clock=StandingClock()) as register:
        yield register


def plant(register: Register) -> dict[str, str]:
    """The person in many places of the register and in the program's own files."""
    one = add(register, "Robot", owner=NAME, problem=f"{NAME} på {PHONE}", status_text=f"Spørg {NAME}")
    stored = register.files.put(b"Kontrakt med Quenya Zwxberg")

    def fill(writer: object) -> dict[str, str]:
        put = writer.put
        put("tag", {"initiative_id": one, "name": NAME})
        put("partner", {"initiative_id": one, "name": "Firma", "role": MAIL})
        put("gate", {"initiative_id": one, "decided_by": NAME})
        put("risk", {"initiative_id": one, "text": "Sygdom", "owner": NAME, "action": f"Spørg {NAME}"})
        put("status_report", {"initiative_id": one, "decision_needed": f"Skal {NAME} med?"})
        evaluation = put("evaluation", {"initiative_id": one, "title": f"Evaluering ved {NAME}"})
        put("import_source", {"initiative_id": one, "last_values": json.dumps({"owner": NAME})})
        put("view", {"name": f"Hos {NAME}", "filters": f'owner = "{NAME}"'})
        file_name = "kontrakt_quenya_zwxberg.txt"
        put(
            "attachment",
            {"initiative_id": one, "title": "K", "file_name": file_name, "sha256": stored.sha256},
        )
        put("case", {"title": "Sag", "contact_public": MAIL})
        field = put("own_field", {"da": "Makker", "kind": "person"})
        put("own_value", {"initiative_id": one, "own_field_id": field, "value": NAME})
        return {"one": one, "evaluation": evaluation, "sha256": stored.sha256}

    ids = register.transact(EDIT, fill, detail=f"Fyldt af {NAME}").result
    gone = add(register, "Væk", owner=NAME)
    edit(register, gone, owner="Ib Mo")
    drop(register, gone)
    add_person(register, {"name": NAME, "email": MAIL, "phone": PHONE})
    settings = Settings.read(paths.settings_file())
    settings.set("last_initiative", f"søgt: {NAME}")
    settings.save()
    log = start_log(paths.log_folder())
    logging.getLogger("coi_desktop.test").warning("about %s", NAME)
    assert log.exists()
    (paths.cache_folder() / "opened").mkdir(parents=True)
    (paths.cache_folder() / "opened" / "kopi.txt").write_bytes(b"Kontrakt med Quenya Zwxberg")
    return ids


@pytest.fixture(autouse=True)
def log_closed() -> Iterator[None]:
    yield
    logger = logging.getLogger("coi_desktop")
    for handler in list(logger.handlers):
        if type(handler).__name__ == "LateFile":
            handler.close()
            logger.removeHandler(handler)


def plan(register: Register) -> ErasurePlan:
    return run_to_end(plan_erasure(register, forms_of(register, NAME)))


def erase(register: Register, *files: str) -> Receipt:
    receipt = run_to_end(erase_person(register, plan(register), files=files))
    register.catch_up(receipt.changes)
    return receipt


def test_the_record_of_a_person_tells_the_other_forms(register: Register) -> None:
    add_person(register, {"name": NAME, "email": MAIL, "phone": PHONE})
    assert forms_of(register, "quenya zwxberg") == PersonForms(("quenya zwxberg", NAME), (MAIL,), (PHONE,))
    assert forms_of(register, "X", more=["x@y.dk", "+45 11 22 33 44", "Y"]) == PersonForms(
        ("X", "Y"), ("x@y.dk",), ("+45 11 22 33 44",)
    )


def test_everything_about_one_person_is_found(register: Register) -> None:
    ids = plant(register)
    found = run_to_end(find_person(register, FORMS))
    present = {(one.table, one.field) for one in found if not one.revision}
    assert present == {
        ("initiative", "owner"),
        ("initiative", "problem"),
        ("initiative", "status_text"),
        ("tag", "name"),
        ("partner", "role"),
        ("gate", "decided_by"),
        ("evaluation", "title"),
        ("import_source", "last_values"),
        ("view", "name"),
        ("view", "filters"),
        ("attachment", "file_name"),
        ("case", "contact_public"),
        ("own_value", "value"),
        ("risk", "owner"),
        ("risk", "action"),
        ("status_report", "decision_needed"),
        ("person", "name"),
        ("person", "email"),
        ("person", "phone"),
    }
    places = {one.place for one in found}
    assert "Robot · Ejer" in places
    assert "Robot · Partner · Rolle" in places
    assert all(one.initiative_id == ids["one"] for one in found if one.table in ("tag", "evaluation"))
    assert any(one.revision and one.field == "detail" for one in found)


def test_what_was_found_can_be_handed_over(register: Register) -> None:
    add(register, "Robot", owner="=HYPERLINK()", problem=f"Ring til {NAME}")
    add(register, f"={NAME}")
    found = run_to_end(find_person(register, FORMS, with_history=False))
    assert [one["excerpt"] for one in json.loads(mentions_as_json(found))] == [
        f"Ring til {NAME}",
        f"={NAME}",
    ]
    lines = mentions_as_csv(found).splitlines()
    assert lines[0].startswith("\ufeffSted;")
    assert f";'={NAME};" in lines[2]


def test_erased_no_byte_is_left_in_the_whole_profile(register: Register, private_folders: Path) -> None:
    ids = plant(register)
    assert len({name for name, _token in find_tokens(private_folders)}) >= 5
    receipt = erase(register, ids["sha256"])
    assert receipt.is_wiped
    assert receipt.files == 1
    assert set(receipt.traces) >= {"settings.json", "coi-desktop.log"}
    assert register.find_damage() == []
    register.close()
    assert find_tokens(private_folders) == []


def test_a_named_attachment_that_is_kept_keeps_its_bytes(register: Register) -> None:
    ids = plant(register)
    assert [tied.sha256 for tied in plan(register).files] == [ids["sha256"]]
    erase(register)
    (attachment,) = register.children("attachment", ids["one"])
    assert attachment["file_name"] == "kontrakt_[slettet person].txt"
    assert register.files.has(ids["sha256"])


def test_an_attachment_that_mentions_the_person_in_its_text_alone_is_found(register: Register) -> None:
    one = add(register, "Robot")
    stored = [
        register.files.put(text) for text in (b"Aftalt med Quenya Zwxberg", b"Intet", b"%PDF-1.7 i stykker")
    ]

    def fill(writer: object) -> None:
        for place, file in enumerate(stored):
            writer.put(
                "attachment",
                {"initiative_id": one, "title": f"B{place}", "file_name": f"b{place}", "sha256": file.sha256},
            )

    register.transact(EDIT, fill)
    planned = plan(register)
    assert [(tied.name, tied.is_named) for tied in planned.files] == [("b0", False)]
    assert planned.unread == 1


def test_an_older_copy_is_erased_again(register: Register, tmp_path: Path) -> None:
    ids = plant(register)
    copy = tmp_path / "kopi.coi"
    register.backup(copy)
    files = tmp_path / "kopi.coi.files" / ids["sha256"][:2]
    files.mkdir(parents=True)
    (files / ids["sha256"]).write_bytes(register.files.read(ids["sha256"]))
    erase(register, ids["sha256"])
    assert find_tokens(tmp_path)
    with Register.open(copy) as restored:
        assert apply_erasures(restored) is not None
        assert run_to_end(find_person(restored, FORMS)) == ()
        assert restored.find_damage() == []
        assert restored.get("initiative", ids["one"])["owner"] == "[slettet person]"
        assert apply_erasures(restored) is None
    assert find_tokens(tmp_path) == []


def test_the_control_a_restore_without_the_list_brings_the_person_back(
    register: Register, tmp_path: Path
) -> None:
    plant(register)
    copy = tmp_path / "kopi.coi"
    register.backup(copy)
    erase(register)
    erasure_file(register.id).unlink()
    with Register.open(copy) as restored:
        assert apply_erasures(restored) is None
        assert run_to_end(find_person(restored, FORMS)) != ()


def test_the_list_beside_the_backups_names_nobody_and_grows(register: Register) -> None:
    plant(register)
    erase(register)
    first = read_erasure_file(erasure_file(register.id))
    add(register, "Ny", owner="Eva Ro")
    receipt = run_to_end(erase_person(register, run_to_end(plan_erasure(register, PersonForms(("Eva Ro",))))))
    register.catch_up(receipt.changes)
    both = read_erasure_file(erasure_file(register.id))
    assert both[: len(first)] == first
    assert len(both) > len(first)
    assert {key.salt for key in both} == {first[0].salt}
    assert find_tokens(erasure_file(register.id).parent) == []
    assert both == register.erased_keys()


def test_a_damaged_list_is_kept_beside_the_new_one(register: Register) -> None:
    path = erasure_file(register.id)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    plant(register)
    erase(register)
    assert read_erasure_file(path) == register.erased_keys()
    assert path.with_suffix(".damaged.json").read_text(encoding="utf-8") == "{"


@pytest.mark.parametrize("replacement", ['"', "a\\b", "x" * 61])
def test_a_replacement_that_would_break_what_is_stored_is_refused(
    register: Register, replacement: str
) -> None:
    plant(register)
    before = register.revision
    with pytest.raises(Problem) as refused:
        run_to_end(erase_person(register, plan(register), replacement=replacement))
    assert refused.value.code == "bad_replacement"
    assert register.revision == before


def test_nobody_is_erased_for_an_empty_name(register: Register) -> None:
    with pytest.raises(Problem) as refused:
        run_to_end(erase_person(register, run_to_end(plan_erasure(register, PersonForms((" ",))))))
    assert refused.value.code == "nobody"


def test_the_receipt_counts_places_and_names_nobody(register: Register) -> None:
    ids = plant(register)
    planned = plan(register)
    receipt = run_to_end(erase_person(register, planned, files=[ids["sha256"]]))
    register.catch_up(receipt.changes)
    text = receipt_text(register, receipt, planned)
    assert "Tiltag · Ejer: 1" in text
    assert "Quenya" not in text
    assert "22-11-2026" in text


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_the_list_is_for_its_user_alone(register: Register) -> None:
    plant(register)
    erase(register)
    assert os.stat(erasure_file(register.id)).st_mode & 0o077 == 0


def keep(register: Register) -> FoundBackup:
    """A backup as the program keeps it."""
    run_to_end(keep_backup(register.path, Reason.ASKED, clock=register.clock))
    return find_backups(register.path)[0]


def test_the_receipt_names_the_backups_that_hold_the_person_and_when_they_go(register: Register) -> None:
    add(register, "Uden nogen")
    keep(register)
    ids = plant(register)
    held = keep(register)
    planned = plan(register)
    receipt = run_to_end(erase_person(register, planned, files=[ids["sha256"]]))
    register.catch_up(receipt.changes)
    assert [one.path for one in receipt.held] == [held.path]
    until = receipt.held[0].until
    assert until is not None
    assert 10 < (until - held.manifest.written.date()).days < 60
    assert str(held.path) in receipt_text(register, receipt, planned)


def test_a_backup_that_holds_only_an_erased_file_is_named_too(register: Register) -> None:
    one = add(register, "Robot")
    stored = register.files.put(b"Aftalt med Quenya Zwxberg")
    values = {"initiative_id": one, "title": "Aftale", "sha256": stored.sha256}
    register.transact(EDIT, lambda writer: writer.put("attachment", values))
    held = keep(register)
    receipt = erase(register, stored.sha256)
    assert [one.path for one in receipt.held] == [held.path]


def test_a_restored_backup_holds_nobody_that_was_erased(register: Register, private_folders: Path) -> None:
    ids = plant(register)
    held = keep(register)
    erase(register, ids["sha256"])
    register.close()
    path = register.path
    finish_restore(run_to_end(prepare_restore(path, held)))
    with Register.open(path) as restored:
        assert restored.get("initiative", ids["one"])["title"] == "Robot"
        assert run_to_end(find_person(restored, FORMS)) == ()
        assert not restored.files.has(ids["sha256"])
        assert restored.find_damage() == []
    assert find_tokens(path.parent) == []


def test_a_backup_from_elsewhere_brings_its_list_along(register: Register, tmp_path: Path) -> None:
    plant(register)
    elsewhere = tmp_path / "netværksdrev"
    elsewhere.mkdir()
    run_to_end(keep_backup(register.path, Reason.ASKED, elsewhere=elsewhere, clock=register.clock))
    erase(register)
    (found,) = find_backups(register.path, elsewhere)
    (other,) = elsewhere.iterdir()
    assert read_erasure_file(other / "erased.json") == register.erased_keys()
    erasure_file(register.id).unlink()
    copy = FoundBackup(BackupSet(other), found.manifest)
    register.close()
    finish_restore(run_to_end(prepare_restore(register.path, copy)))
    with Register.open(register.path) as restored:
        assert run_to_end(find_person(restored, FORMS)) == ()
