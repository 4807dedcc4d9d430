"""Sharing cases: what leaves the register, what keeps it from leaving, and what is noted here."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.pack_reader import read_pack
from coi_desktop.models.changes import Op
from coi_desktop.models.pack import CasePack, PackLevel
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Record
from coi_desktop.operations import choices, packs
from coi_desktop.operations.cases import OWN, get_case_content
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field, remove_initiative
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.merging import merge, plan_merging
from coi_desktop.operations.packs import (
    PersonalNumbersFound,
    ShareReport,
    export_pack,
    preview_share,
)
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.operations.status_reports import add_status_report
from coi_desktop.operations.trash import find_trash, restore_item
from coi_desktop.store.register import Register

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NUMBER = "010158-5123"  # somebody born in 1858


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_register(
        tmp_path / "register.db", unit_name="Innovationsenheden", clock=lambda: MOMENT
    ) as made:
        yield made


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "ud" / "pakke.coipack"


def share(register: Register, path: Path, *ids: str, **options: Any) -> ShareReport:
    report = run_to_end(export_pack(register, path, list(ids) or None, **options))
    register.catch_up(report.changes)
    return report


def read(path: Path) -> CasePack:
    return run_to_end(read_pack(path, vocabulary()))


def file_hash(register: Register) -> str:
    return hashlib.sha256(register.path.read_bytes()).hexdigest()


def test_a_shared_initiative_has_one_case_that_is_named_and_comes_out_the_same(
    register: Register, pack: Path
) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg", "problem": "Kørsel", "field": "elderly"})
    report = share(register, pack, initiative)
    (case,) = read(pack).cases
    assert case.id == report.cases[0].content.id != initiative
    assert case.title == "Skærmbesøg"
    assert case.values["visibility"] == "named"
    assert case.values["revision"] == 1
    assert case.values["completeness"] == 50
    (stored,) = register.snapshot().rows("case")
    assert (stored.id, stored["initiative_id"], stored["origin"]) == (case.id, initiative, "own")
    assert register.history(limit=1)[0].op.name == "pack.share"


def test_risks_and_status_reports_stay_at_home(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Robot", "problem": "Ventetid"})
    add_row(register, "risk", {"initiative_id": initiative, "text": "Zwxrisiko", "owner": "Zwxejer"})
    add_status_report(register, initiative, {"done": "Zwxnået", "decision_needed": "Zwxbeslutning"})
    share(register, pack, initiative)
    with zipfile.ZipFile(pack) as opened:
        written = b"".join(opened.read(name) for name in opened.namelist())
    assert b"Ventetid" in written
    assert b"Zwx" not in written


def test_sharing_again_without_a_change_notes_nothing_and_writes_the_same(
    register: Register, pack: Path
) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    share(register, pack, initiative)
    first, revision = pack.read_bytes(), register.revision
    report = share(register, pack, initiative)
    assert report.changes is None
    assert register.revision == revision
    assert pack.read_bytes() == first


def test_a_change_makes_a_new_revision_of_the_same_case(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    (before,) = share(register, pack, initiative).cases
    edit_field(register, initiative, "problem", "Kørsel")
    (after,) = share(register, pack, initiative).cases
    assert after.content.id == before.content.id
    assert (before.content.revision, after.content.revision) == (1, 2)
    assert read(pack).cases[0].values["problem"] == "Kørsel"


def test_a_case_keeps_its_uuid_when_the_sharing_is_undone_and_done_again(
    register: Register, pack: Path
) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    (first,) = share(register, pack, initiative).cases
    register.undo()
    assert register.count("case") == 0
    (again,) = share(register, pack, initiative).cases
    assert again.content == first.content


def test_the_case_outlives_its_initiative(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    (case,) = share(register, pack, initiative).cases
    remove_initiative(register, initiative)
    assert register.get("case", case.content.id)["initiative_id"] is None
    register.undo()
    assert register.get("case", case.content.id)["initiative_id"] == initiative


@pytest.mark.parametrize("alone", [False, True])
def test_a_case_that_went_over_in_a_merge_goes_back_when_its_initiative_is_shared_again(
    register: Register, pack: Path, alone: bool
) -> None:
    kept, other = (add_initiative(register, {"title": title}) for title in ("Robot", "Robotten"))
    share(register, pack, other)
    [before] = find_cases(register)
    merge(register, plan_merging(register, kept, other))
    share(register, pack, kept)
    restore_item(register, next(one for one in find_trash(register) if one.id == other))
    share(register, pack, *([other] if alone else [kept, other]))
    found = {one.text("initiative_id"): one.id for one in find_cases(register)}
    assert found[other] == before.id
    assert set(found) == ({other} if alone else {kept, other})


def find_cases(register: Register) -> list[Record]:
    return [one for one in register.snapshot().rows("case") if one["origin"] == OWN]


def test_what_a_person_wrote_in_the_case_is_not_filled_in_anew(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg", "problem": "Kørsel"})
    (case,) = share(register, pack, initiative).cases
    register.transact(
        Op("x", "x"), lambda writer: writer.change("case", case.content.id, {"problem": "Vores ord"})
    )
    edit_field(register, initiative, "problem", "Noget andet")
    (shared,) = share(register, pack, initiative).cases
    assert shared.content.values["problem"] == "Vores ord"
    assert shared.content.revision == 2
    assert get_case_content(register, case.content.id).values["problem"] == "Vores ord"


def test_wider_sharing_is_not_narrowed(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    (case,) = share(register, pack, initiative).cases
    for stored, expected in (("public", "public"), ("own", "named")):
        register.transact(
            Op("x", "x"),
            lambda writer, stored=stored: writer.change("case", case.content.id, {"visibility": stored}),
        )
        share(register, pack, initiative)
        assert read(pack).cases[0].values["visibility"] == expected


def test_all_means_all_but_the_confidential_ones(register: Register, pack: Path) -> None:
    add_initiative(register, {"title": "Åben"})
    secret = add_initiative(register, {"title": "Fortrolig", "confidentiality": "confidential"})
    report = share(register, pack)
    assert [case.title for case in read(pack).cases] == ["Åben"]
    assert any("Fortrolig" in note for note in report.notes)
    share(register, pack, secret)
    assert [case.title for case in read(pack).cases] == ["Fortrolig"]


def test_an_empty_register_has_nothing_to_share(register: Register, pack: Path) -> None:
    with pytest.raises(Problem) as caught:
        share(register, pack)
    assert caught.value.code == "nothing_to_share"
    assert not pack.exists()


# ------------------------------------------------------------------------------------------- privacy check


@pytest.mark.parametrize("field", ["title", "problem", "solution", "target_group", "description"])
def test_a_personal_number_anywhere_in_the_case_keeps_the_pack_from_being_written(
    register: Register, pack: Path, field: str
) -> None:
    pack.parent.mkdir()
    pack.write_bytes(b"the pack of last week")
    initiative = add_initiative(register, {"title": "Skærmbesøg", field: f"Borger {NUMBER} er glad"})
    before = file_hash(register)
    with pytest.raises(PersonalNumbersFound) as caught:
        share(register, pack, initiative)
    problem = caught.value
    assert problem.code == "personal_number"
    assert len(problem.places) == 1
    assert problem.places[0] in problem.what
    assert NUMBER not in str(problem) + repr(problem.findings)
    assert pack.read_bytes() == b"the pack of last week"
    assert list(pack.parent.iterdir()) == [pack]
    assert file_hash(register) == before


def test_the_places_are_named_by_title_and_field_and_each_once(register: Register, pack: Path) -> None:
    initiative = add_initiative(
        register, {"title": "Skærmbesøg", "problem": f"{NUMBER} og 020259-6123", "solution": "311299 7001"}
    )
    with pytest.raises(PersonalNumbersFound) as caught:
        share(register, pack, initiative)
    assert caught.value.places == ("Skærmbesøg · Problem", "Skærmbesøg · Løsning")
    assert len(caught.value.findings) == 3


def test_names_of_unit_and_file_are_checked_too(tmp_path: Path, pack: Path) -> None:
    with create_register(tmp_path / "a.db", unit_name=f"Team {NUMBER}") as register:
        initiative = add_initiative(register, {"title": "Skærmbesøg"})
        with pytest.raises(PersonalNumbersFound):
            share(register, pack, initiative)
    with create_register(tmp_path / "b.db", unit_name="Team") as register:
        initiative = add_initiative(register, {"title": "Skærmbesøg"})
        with pytest.raises(PersonalNumbersFound):
            share(register, pack.with_name(f"{NUMBER}.coipack"), initiative)
        share(register, pack, initiative)


def test_a_number_in_what_stays_at_home_blocks_nothing(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg", "owner": NUMBER, "journal_number": NUMBER})
    share(register, pack, initiative)
    assert NUMBER.encode() not in b"".join(unzipped(pack).values())


def test_mail_and_telephone_are_told_and_block_nothing(register: Register, pack: Path) -> None:
    initiative = add_initiative(
        register, {"title": "Skærmbesøg", "problem": "Skriv til a@b.dk, ring 20 34 56 78"}
    )
    preview = preview_share(register, [initiative])
    assert [finding.finding.kind for finding in preview.findings] == ["mail", "phone"]
    assert preview.personal_numbers == ()
    report = share(register, pack, initiative)
    assert len(report.notes) == 2
    assert not any("20 34" in note for note in report.notes)


def test_the_preview_shows_every_text_that_leaves_and_changes_nothing(register: Register) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg", "problem": "Kørsel"})
    before = register.revision
    texts = {(text.place, text.text) for text in preview_share(register, [initiative]).texts()}
    assert ("Skærmbesøg · Problem", "Kørsel") in texts
    assert register.revision == before
    assert register.count("case") == 0


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_nothing_planted_elsewhere_in_the_register_gets_into_a_pack(
    tmp_path: Path, pack: Path, private_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [f"qzx{number:02d}token" for number in range(30)]
    spare = iter(tokens)
    monkeypatch.setenv("USER", next(spare))
    monkeypatch.setenv("COMPUTERNAME", next(spare))
    folder = tmp_path / next(spare)
    folder.mkdir()
    hidden = (
        "department", "owner", "leader", "status_reason", "outcome_reason", "lesson", "funding",
        "strategic_goal", "status_text", "next_milestone", "journal_number", "origin", "external_source",
        "external_id",
    )  # fmt: skip
    with create_sample_register(folder / "r.db", clock=lambda: MOMENT) as register:
        values = {name: next(spare) for name in hidden}
        initiative = add_initiative(register, {"title": "Skærmbesøg", **values})
        below = {
            "tag": {"name": next(spare)},
            "partner": {"name": next(spare), "role": next(spare)},
            "attachment": {"title": next(spare), "file_name": next(spare)},
            "evaluation": {"title": next(spare), "depth_reason": next(spare)},
        }

        def plant(writer: Any) -> None:
            for table, row in below.items():
                evaluation = writer.put(table, {**row, "initiative_id": initiative})
            writer.put("purpose", {"evaluation_id": evaluation, "code": "learn"})
            for table, row in (
                ("requirement", {"who": next(spare), "what": next(spare)}),
                ("finding", {"text": next(spare), "theme": next(spare)}),
                ("audience", {"role": next(spare)}),
                ("method_use", {"participants": next(spare)}),
            ):
                writer.put(table, {**row, "evaluation_id": evaluation})

        register.transact(Op("x", "x"), plant)
        assert next(spare, None) is None, "all thirty are planted"
        share(register, pack)
        ids = {row.id for row in register.snapshot().rows("initiative")}
    everything = b"".join(unzipped(pack).values()) + pack.read_bytes()
    assert [token for token in tokens if token.encode() in everything] == []
    assert not any(one.encode() in everything for one in ids)
    assert str(private_folders).encode() not in everything


# ------------------------------------------------------------------------------------------------- the file


def test_a_stopped_export_leaves_the_old_pack_and_the_register_alone(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    pack.parent.mkdir()
    pack.write_bytes(b"old")
    before = file_hash(register)
    for steps in range(1, 5):
        job = export_pack(register, pack, [initiative])
        for _step in range(steps):
            next(job)
        job.close()
        assert pack.read_bytes() == b"old"
        assert list(pack.parent.iterdir()) == [pack]
        assert file_hash(register) == before


def test_a_place_that_cannot_be_written_changes_nothing(register: Register, tmp_path: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    before = file_hash(register)
    (tmp_path / "fil").write_bytes(b"x")
    taken = tmp_path / "mappe.coipack"
    taken.mkdir()
    for path in (tmp_path / "fil" / "pakke.coipack", taken):
        with pytest.raises(Problem) as caught:
            share(register, path, initiative)
        assert caught.value.code == "unwritable"
    assert file_hash(register) == before


def test_a_register_that_is_only_read_can_share_and_keeps_no_note(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    with open_register(register.path, write=False) as reader:
        report = run_to_end(export_pack(reader, pack, [initiative]))
    assert report.changes is None
    assert len(read(pack).cases) == 1
    assert register.count("case") == 0


def test_the_clock_given_is_the_time_of_the_pack(register: Register, pack: Path) -> None:
    initiative = add_initiative(register, {"title": "Skærmbesøg"})
    moment = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    report = share(register, pack, initiative, clock=lambda: moment)
    assert read(pack).manifest.created == moment
    assert report.to_json()["created"] == "2025-01-02T03:04:05+00:00"
    assert json.loads(json.dumps(report.to_json()))["cases"][0]["revision"] == 1


def test_a_units_own_choice_is_shown_in_its_words_before_it_is_shared(register: Register) -> None:
    key = choices.add_choice(register, "initiative.field", "Havn og færger", "Harbour")
    initiative_id = add_initiative(register, {"title": "Elfærge", "field": key})
    shown = packs.preview_share(register, [initiative_id], PackLevel.KORT).shown()
    assert "Havn og færger" in {one.text for one in shown}
