"""The full export is complete: every field of every record type reads back equal, with files and history."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Value
from coi_desktop.operations.full_exports import FullExport, export_all, proposed_folder
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register
from tests.store.making import ADD, StandingClock, add, drop, edit, put_everything


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "register.coi", clock=StandingClock()) as made:
        yield made


def export(register: Register, target: Path) -> FullExport:
    """The whole of it."""
    return run_to_end(export_all(register.path, target, clock=register.clock))


def read_value(field: FieldSpec, plain: Any) -> Value:
    """A value as the readme says that it is written."""
    if plain is None:
        return None
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return Decimal(plain)
    if field.kind is Kind.DATE:
        return date.fromisoformat(plain)
    if field.kind is Kind.TIME:
        return datetime.fromisoformat(plain)
    return tuple(plain) if field.kind in (Kind.CHOICES, Kind.RANK) else plain


def read_cell(field: FieldSpec, cell: str) -> Value:
    """The same from a cell of the table."""
    if cell == "":
        return None
    if field.kind is Kind.INTEGER:
        return int(cell)
    if field.kind is Kind.YES_NO:
        return {"true": True, "false": False}[cell]
    if field.kind in (Kind.CHOICES, Kind.RANK):
        return tuple(cell.split("|"))
    if field.kind in (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.REFERENCE):
        return cell.removeprefix("'")
    return read_value(field, cell)


def test_every_field_of_every_type_reads_back_equal(register: Register, tmp_path: Path) -> None:
    register.transact(ADD, put_everything)
    add(register, '=HYPERLINK("x")', description="'citat'\r\nnæste linje; \"semikolon\"")
    done = export(register, tmp_path / "alt")
    for kind in RECORD_TYPES.values():
        stored = register.get_many(kind.name, register.find_ids(Query(kind.name)))
        fields = register.fields(kind.name)
        records = json.loads((done.folder / "json" / f"{kind.name}.json").read_text(encoding="utf-8"))
        with (done.folder / "csv" / f"{kind.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert len(records) == len(rows) == len(stored) == done.counts[kind.name]
        for record, plain, row in zip(stored, records, rows, strict=True):
            assert plain["id"] == row["id"] == record.id
            assert {field.name: read_value(field, plain[field.name]) for field in fields} == dict(
                record.values
            )
            assert {field.name: read_cell(field, row[field.name]) for field in fields} == dict(record.values)
    assert all(done.counts.values()), "every type has been tried"


def test_no_cell_is_a_formula(register: Register, tmp_path: Path) -> None:
    for start in "=+-@":
        add(register, f"{start}1+1")
    done = export(register, tmp_path / "alt")
    with (done.folder / "csv" / "initiative.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file, delimiter=";")]
    assert titles == ["'=1+1", "'+1+1", "'-1+1", "'@1+1"]


def test_attachments_history_and_words_are_in_it(register: Register, tmp_path: Path) -> None:
    record = add(register, "Robot")
    shas = [register.files.put(what).sha256 for what in (b"en", b"to", b"tre")]
    for sha256 in shas:
        values = {"initiative_id": record, "title": "Bilag", "file_name": "Rapport: 1.docx", "sha256": sha256}
        register.transact(ADD, lambda writer, values=values: writer.put("attachment", values))
    register.files.path(shas[2]).write_bytes(b"noget andet")
    gone = add(register, "Fjernes")
    edit(register, gone, title="Fjernes straks")
    drop(register, gone)
    done = export(register, tmp_path / "alt")
    assert done.missing_files == 1
    with (done.folder / "bilag.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(done.folder / row["file"]).read_bytes() for row in rows[:2]] == [b"en", b"to"]
    assert rows[2]["file"] == ""
    steps = json.loads((done.folder / "historik.json").read_text(encoding="utf-8"))
    assert [step["revision"] for step in steps] == list(range(1, register.revision + 1))
    assert steps[-1]["rows"][-1]["before"]["title"] == "Fjernes straks"
    words = (done.folder / "værdier.csv").read_text(encoding="utf-8-sig")
    assert "initiative.phase;idea;Idé;Idea" in words
    fields = (done.folder / "felter.csv").read_text(encoding="utf-8-sig")
    assert "initiative;title;Titel;Title;text" in fields


def test_the_folder_says_what_it_holds_and_the_sums_are_right(register: Register, tmp_path: Path) -> None:
    add(register, "Robot")
    done = export(register, tmp_path / "alt")
    about = json.loads((done.folder / "indhold.json").read_text(encoding="utf-8"))
    assert about["records"] == {"unit": 1, "initiative": 1}
    assert about["register"]["id"] == register.id
    for name, wanted in about["files"].items():
        assert hashlib.sha256((done.folder / name).read_bytes()).hexdigest() == wanted
    assert {path.name for path in done.folder.iterdir()} >= {"LÆS MIG.txt", "READ ME.txt", "json", "csv"}


def test_nothing_is_written_over_and_nothing_half_is_left(register: Register, tmp_path: Path) -> None:
    target = tmp_path / "alt"
    target.mkdir()
    with pytest.raises(Problem) as caught:
        export(register, target)
    assert caught.value.code == "exists"
    assert list(target.iterdir()) == []
    job = export_all(register.path, tmp_path / "andet")
    for _step in range(5):
        next(job)
    job.close()
    assert not [path for path in tmp_path.iterdir() if "andet" in path.name]


def test_the_proposed_name_is_free(register: Register, tmp_path: Path) -> None:
    first = proposed_folder(register.path, tmp_path, clock=register.clock)
    assert first == "register 2026-11-22"
    (tmp_path / first).mkdir()
    assert proposed_folder(register.path, tmp_path, clock=register.clock) == "register 2026-11-22 (2)"
