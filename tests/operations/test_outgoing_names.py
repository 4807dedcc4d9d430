"""Names leave the unit only for persons who may be contacted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.outgoing_names import NamesKeptBack
from coi_desktop.operations.packs import export_pack, preview_share
from coi_desktop.operations.people import add_person, edit_person
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi", unit_name="Enheden") as register:
        yield register


def share(register: Register, path: Path) -> None:
    register.catch_up(run_to_end(export_pack(register, path)).changes)


def test_a_person_who_may_not_be_contacted_keeps_the_pack_back(register: Register, tmp_path: Path) -> None:
    pack = tmp_path / "ud.coipack"
    add_initiative(register, {"title": "Robot", "problem": "Kirsten Åberg så det", "owner": "Kirsten Åberg"})
    person = add_person(register, {"name": "Kirsten Åberg"})
    preview = preview_share(register)
    assert [found.place for found in preview.kept_back] == ["Robot · Problem"]
    with pytest.raises(NamesKeptBack) as refused:
        share(register, pack)
    assert "Kirsten" not in str(refused.value)
    assert not pack.exists()
    edit_person(register, person, "may_contact", True)
    assert preview_share(register).findings == ()
    share(register, pack)
    assert pack.exists()


def test_owner_and_leader_never_leave_by_themselves(register: Register, tmp_path: Path) -> None:
    add_initiative(register, {"title": "Robot", "problem": "Tunge løft", "owner": "Qwenya Zberg"})
    share(register, tmp_path / "ud.coipack")
    import zipfile

    with zipfile.ZipFile(tmp_path / "ud.coipack") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Qwenya" not in content


def test_a_name_without_a_record_is_told_of_and_a_role_is_not(register: Register, tmp_path: Path) -> None:
    texts = "Bo Ek og Leder af Borgerservice"
    add_initiative(register, {"title": "Robot", "problem": texts, "owner": "Bo Ek"})
    add_initiative(register, {"title": "Skærm", "owner": "Leder af Borgerservice"})
    preview = preview_share(register)
    assert [(found.finding.kind, found.is_kept_back) for found in preview.findings] == [("person", False)]
    share(register, tmp_path / "ud.coipack")
