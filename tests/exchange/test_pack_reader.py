"""What a right pack says comes out as values, exactly, and unknown things of newer packs are kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.pack_reader import read_pack
from coi_desktop.i18n import speaking
from coi_desktop.models.pack import CasePack, PackLevel
from coi_desktop.models.progress import Progress, run_to_end
from coi_desktop.operations.library import vocabulary
from tests.exchange.pack_makers import (
    CASE_1,
    CASE_2,
    describe,
    good_files,
    good_pack,
    pack_of,
    with_file,
    with_text,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pakke.coipack"


def read(path: Path, content: bytes) -> CasePack:
    path.write_bytes(content)
    return run_to_end(read_pack(path, vocabulary()))


def test_the_values_are_exactly_those_of_the_cells(path: Path) -> None:
    pack = read(path, good_pack())
    first, second = pack.cases
    assert (first.id, second.id) == (CASE_1, CASE_2)
    assert first.values == {
        "revision": 2,
        "title": "Skærmbesøg i hjemmeplejen",
        "pitch": "Færre kilometer",
        "organisation": "Vestby Kommune",
        "field": "elderly",
        "problem": "Kørsel, kø og\nventetid",
        "solution": "Skærm",
        "innovation_type": ("service", "process_org"),
        "stage": "trial",
        "yearly_cost": Decimal("12500.50"),
        "evidence_level": 2,
        "visibility": "named",
        "last_checked": date(2026, 5, 14),
    }
    assert str(first.values["yearly_cost"]) == "12500.50"
    assert second.values["parent_uuid"] == CASE_1
    assert first.children["measurements"][0] == {
        "kind": "efficiency",
        "indicator": 'Transporttid, "daglig"',
        "unit": "min",
        "baseline": Decimal(74),
        "result": Decimal("52.0"),
        "date": date(2026, 10, 23),
        "certainty": "high",
    }
    assert [row["name"] for row in second.children["parts"]] == ["Robot"]


def test_the_manifest_tells_who_sent_the_pack_and_when(path: Path) -> None:
    manifest = read(path, good_pack()).manifest
    assert manifest.unit_name == "Innovationsenheden, Vestby Kommune"
    assert manifest.created.isoformat() == "2026-11-22T10:30:00+01:00"
    assert (manifest.level, manifest.licence, manifest.language) == (PackLevel.FULD, "cc_by", "da")


def test_attachments_are_told_beside_the_cases_and_are_no_part_of_their_content(path: Path) -> None:
    pack = read(path, good_pack())
    assert [file.path for file in pack.files] == ["attachments/vejledning.pdf", "LAESMIG.txt"]
    assert all("attachments" not in case.children for case in pack.cases)
    assert [(one.case_id, one.title, one.file_name) for one in pack.attachments] == [
        (CASE_1, "Vejledning", "Vejledning.pdf")
    ]
    assert pack.notes == ()


def test_texts_are_cleaned_as_the_register_cleans_them(path: Path) -> None:
    content = with_text("cases.csv", "Medicinrobot", '"  Medicin\u00a0\u00a0robot\r\n"')
    assert read(path, content).cases[1].title == "Medicin robot"
    content = with_text("cases.csv", "Kørsel, kø og\nventetid", " Kørsel\r\n\tog \u200bkø ")
    assert read(path, content).cases[0].values["problem"] == "Kørsel\n\tog kø"


def test_line_ends_and_a_last_line_without_one_are_all_the_same(path: Path) -> None:
    expected = read(path, good_pack()).cases
    files = good_files()
    files["cases.csv"] = files["cases.csv"].replace(b"\r\n", b"\n").rstrip(b"\n")
    assert read(path, pack_of(files)).cases == expected


def test_columns_may_stand_in_any_order_and_be_left_out(path: Path) -> None:
    table = f"title,uuid,revision\nRobot,{CASE_2},3\nSkærm,{CASE_1},1\n"
    pack = read(path, pack_of({"cases.csv": table.encode()}))
    assert [(case.id, case.title, case.revision) for case in pack.cases] == [
        (CASE_2, "Robot", 3),
        (CASE_1, "Skærm", 1),
    ]
    assert pack.columns == {"cases": ("title", "uuid", "revision")}


def test_a_field_of_another_units_own_list_is_taken_as_it_is(path: Path) -> None:
    pack = read(path, with_text("cases.csv", "elderly", "Havn og fiskeri"))
    assert pack.cases[0].values["field"] == "Havn og fiskeri"


def test_unknown_columns_properties_and_files_of_a_newer_minor_version_are_kept(path: Path) -> None:
    files = good_files()
    files["cases.csv"] = (
        f"uuid,revision,title,klima_aftryk,x-farve\n{CASE_1},1,Skærm,12 kg,\n{CASE_2},1,Robot,,blå\n"
    ).encode()
    files["internships.csv"] = b"offer\nto uger\n"
    descriptor = describe(files)
    descriptor["coipack"] |= {"format_version": "1.7", "mood": "glad"}
    descriptor["resources"][0]["schema"]["fields"][3]["constraints"] = {"pattern": "(a+)+$"}
    pack = read(path, pack_of(files, descriptor))
    assert json.loads(str(pack.cases[0].values["extra"])) == {"klima_aftryk": "12 kg"}
    assert json.loads(str(pack.cases[1].values["extra"])) == {"x-farve": "blå"}
    assert any("internships.csv" in note for note in pack.notes)


def test_the_reason_names_file_row_and_column_in_both_languages(path: Path) -> None:
    content = with_text("cases.csv", "operating", "kører")
    for language in ("da", "en"):
        with speaking(language), pytest.raises(Problem) as caught:
            read(path, content)
        assert "cases.csv" in caught.value.what
        assert "3" in caught.value.what
        assert "stage" in caught.value.what


def test_changed_bytes_are_the_reason_before_what_they_say(path: Path) -> None:
    files = good_files()
    descriptor = describe(files)
    files["cases.csv"] = files["cases.csv"].replace(b"trial", b"pilot")
    with speaking("en"), pytest.raises(Problem) as caught:
        read(path, pack_of(files, descriptor))
    assert "bytes" in caught.value.what


def test_progress_ends_with_the_whole(path: Path) -> None:
    path.write_bytes(with_file("attachments/stor.bin", bytes(range(256)) * 20_000, method=0))
    seen: list[Progress] = []
    run_to_end(read_pack(path, vocabulary()), seen.append)
    assert len(seen) > 5
    assert seen[-1].done <= seen[-1].total
    assert [step.done for step in seen] == sorted(step.done for step in seen)
