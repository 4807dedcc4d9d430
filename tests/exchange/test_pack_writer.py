"""The pack we write is a Data Package for everybody, and the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.exchange.pack_reader import read_pack
from coi_desktop.exchange.pack_writer import PackOrder, pack_licence, write_pack
from coi_desktop.i18n import speaking
from coi_desktop.models.case_content import digest
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_line
from coi_desktop.models.pack import CASES, CHILD_TABLES, CaseContent, CasePack, Manifest, PackLevel
from coi_desktop.models.pack_cells import RANGES
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.library import vocabulary

CASE = "6f1c1a5e-3c1e-4a43-9f0e-0d6a3a0b7c11"
UNIT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
MOMENT = datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)

FULL = CaseContent(
    CASE,
    {
        "title": "Skærmbesøg",
        "revision": 3,
        "pitch": '=1+1, "citat"',
        "organisation": "@Vestby",
        "field": "elderly",
        "problem": "+45\nog, mere",
        "innovation_type": ("service", "product"),
        "started_by": ("employees", "law"),
        "stage": "trial",
        "yearly_cost": Decimal("-12500.50"),
        "evidence_level": 0,
        "last_checked": date(2026, 11, 22),
        "visibility": "named",
        "licence": "cc_by",
        "completeness": 80,
        "offer": ("visit",),
    },
    {
        "measurements": (
            {
                "kind": "quality",
                "indicator": "Tilfredshed",
                "baseline": Decimal("4.10"),
                "result": Decimal("4.2"),
            },
        ),
        "parts": ({"name": "Fast tid", "classification": "core"},),
        "timeline": ({"date": date(2026, 1, 1), "event": "Start"},),
        "adopters": ({"organisation": "Østby", "reuse_degree": "adapted"},),
        "funding": ({"source": "Pulje", "amount": Decimal(100000), "year": 2026},),
        "partners": ({"partner": "Leverandør", "kind": "company"},),
    },
)


def order(*cases: CaseContent, level: PackLevel = PackLevel.FULD, **changes: Any) -> PackOrder:
    made = PackOrder(cases or (FULL,), UNIT, "Innovationsenheden", MOMENT, level, "Skærmbesøg")
    return replace(made, **changes)


def write(path: Path, wanted: PackOrder) -> Manifest:
    return run_to_end(write_pack(path, wanted, vocabulary()))


def read(path: Path) -> CasePack:
    return run_to_end(read_pack(path, vocabulary()))


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pakke.coipack"


def find_errors(path: Path, folder: Path) -> list[tuple[str, str]]:
    """What the frictionless library finds wrong with a pack: type of error and column."""
    from frictionless import validate

    folder.mkdir()
    for name, content in files_of(path).items():
        (folder / name).write_bytes(content)
    report = validate(str(folder / "datapackage.json"))
    return [(kind, column) for kind, column in report.flatten(["type", "fieldName"])] + [
        ("task", task.name) for task in report.tasks if not task.valid and not task.errors
    ]


def test_frictionless_finds_nothing_wrong_at_any_level(tmp_path: Path) -> None:
    for level in PackLevel:
        path = tmp_path / f"{level}.coipack"
        write(path, order(FULL, replace(FULL, id=UNIT, children={}), level=level))
        assert find_errors(path, tmp_path / level) == []


def test_frictionless_sees_a_planted_fault_of_every_kind(path: Path, tmp_path: Path) -> None:
    """The control: the schema we write has teeth."""
    write(path, order())
    whole = files_of(path)
    planted = [
        ("cases.csv", b",trial,", b",pilot,", "constraint-error"),
        ("cases.csv", b"-12500.50", b"12.500,50", "type-error"),
        ("cases.csv", b"service|product", b"service|magic", "constraint-error"),
        ("cases.csv", b"2026-11-22", b"22-11-2026", "type-error"),
        ("measurements.csv", CASE.encode(), UNIT.encode(), "foreign-key"),
        ("LAESMIG.txt", b"CASEPAKKE", b"CASEPAKKI", "hash-count"),
    ]
    for number, (name, old, new, kind) in enumerate(planted):
        bent = tmp_path / f"{number}.coipack"
        files = dict(whole)
        files[name] = files[name].replace(old, new, 1)
        assert files[name] != whole[name]
        descriptor = json.loads(files["datapackage.json"])
        for resource in descriptor["resources"]:
            if kind != "hash-count":
                resource["bytes"] = len(files[resource["path"]])
                resource["hash"] = "sha256:" + hashlib.sha256(files[resource["path"]]).hexdigest()
        files["datapackage.json"] = json.dumps(descriptor).encode()
        with zipfile.ZipFile(bent, "w") as archive:
            for path_in_pack, content in files.items():
                archive.writestr(path_in_pack, content)
        assert kind in {found for found, _column in find_errors(bent, tmp_path / str(number))}


def test_csv_and_zipfile_read_the_very_values(path: Path) -> None:
    write(path, order())
    files = files_of(path)
    assert next(iter(files)) == "datapackage.json"
    (row,) = csv.DictReader(io.StringIO(files["cases.csv"].decode(), newline=""))
    assert row["pitch"] == '=1+1, "citat"'
    assert row["organisation"] == "@Vestby"
    assert row["problem"] == "+45\nog, mere"
    assert row["yearly_cost"] == "-12500.50"
    assert row["innovation_type"] == "service|product"
    assert row["last_checked"] == "2026-11-22"
    (measured,) = csv.DictReader(io.StringIO(files["measurements.csv"].decode(), newline=""))
    assert (measured["case_uuid"], measured["baseline"]) == (CASE, "4.10")


def test_every_file_is_declared_with_its_length_and_hash(path: Path) -> None:
    write(path, order())
    files = files_of(path)
    descriptor = json.loads(files.pop("datapackage.json"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {resource["path"] for resource in descriptor["resources"]} == set(files)
    for resource in descriptor["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_level_kort_holds_ten_fields_and_what_always_travels(path: Path) -> None:
    write(path, order(level=PackLevel.KORT))
    files = files_of(path)
    header = files["cases.csv"].decode().splitlines()[0].split(",")
    named = {
        "title", "pitch", "organisation", "contact_role", "field", "problem", "target_group", "solution",
        "stage",
    }  # fmt: skip
    always = {
        "uuid", "revision", "parent_uuid", "rights", "licence", "gdpr_note", "image_consent", "visibility",
        "completeness", "last_checked", "review_due",
    }  # fmt: skip
    assert set(header) == named | always
    assert {name for name in files if name.endswith(".csv")} == {"cases.csv", "measurements.csv"}


def test_empty_tables_are_left_out_and_cases_never(path: Path) -> None:
    write(path, order(CaseContent(CASE, {"title": "x", "revision": 1})))
    assert {name for name in files_of(path) if name.endswith(".csv")} == {"cases.csv"}


def test_the_same_order_gives_the_same_bytes_and_another_moment_others(path: Path, tmp_path: Path) -> None:
    first = write(path, order())
    again, later = tmp_path / "b.coipack", tmp_path / "c.coipack"
    with speaking("en"):
        write(again, order())
    assert again.read_bytes() == path.read_bytes()
    other = write(later, order(created=MOMENT.replace(hour=10)))
    assert later.read_bytes() != path.read_bytes()
    assert other.pack_id != first.pack_id


def test_both_readmes_name_sender_terms_and_content_in_their_language(path: Path) -> None:
    write(path, order())
    files = files_of(path)
    for name in ("LAESMIG.txt", "README.txt"):
        text = files[name].decode()
        assert "Innovationsenheden" in text
        assert "- Skærmbesøg" in text
        assert "CC-BY-4.0" in text
        assert "{" not in text
        assert "\r\n" in text
    assert files["LAESMIG.txt"] != files["README.txt"]


def test_the_narrowest_licence_counts_and_none_is_internal() -> None:
    def case(licence: str | None) -> CaseContent:
        return CaseContent(CASE, {"licence": licence} if licence else {})

    assert pack_licence([case("cc_by"), case("cc_by_sa")]) == "cc_by_sa"
    assert pack_licence([case("cc_by"), case(None)]) == "internal"
    assert pack_licence([case("cc_by")]) == "cc_by"


def test_what_we_write_is_read_back_equal(path: Path) -> None:
    manifest = write(path, order())
    pack = read(path)
    assert pack.manifest == manifest
    assert pack.cases == (FULL,)
    assert pack.notes == ()


def test_unknown_columns_of_a_newer_version_are_shared_again(path: Path) -> None:
    values = {"title": "x", "revision": 1, "extra": json.dumps({"klima_aftryk": "12 kg"})}
    case = CaseContent(CASE, values, {"parts": ({"name": "a", "extra": json.dumps({"x-farve": "blå"})},)})
    write(path, order(case))
    assert b"klima_aftryk" in files_of(path)["cases.csv"]
    assert read(path).cases == (case,)


# ---------------------------------------------------------------------------------------------- properties

#: Every character that a text of the register can hold.
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t")


def values_of(field: FieldSpec) -> st.SearchStrategy[Any]:
    """Any value a field of the register can hold and a pack may carry."""
    if field.kind is Kind.TEXT and field.name != "parent_uuid":
        return st.text(LETTERS, max_size=40).map(clean_line)
    if field.kind is Kind.LONG:
        return st.text(LETTERS, max_size=60).map(clean)
    if field.kind is Kind.INTEGER:
        return st.integers(*RANGES.get(field.name, (-(10**14), 10**14)))
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return st.decimals(-(10**14), 10**14, allow_nan=False, places=3)
    if field.kind is Kind.DATE:
        return st.dates(date(1800, 1, 1), date(2200, 12, 31))
    if field.kind is Kind.CHOICE:
        return st.sampled_from(vocabulary().keys(field.values))
    if field.kind is Kind.CHOICES:
        return st.lists(st.sampled_from(vocabulary().keys(field.values)), unique=True).map(tuple)
    return st.none()


def rows_of(fields: list[FieldSpec]) -> st.SearchStrategy[dict[str, Any]]:
    made = st.fixed_dictionaries({}, optional={field.name: values_of(field) for field in fields})
    return made.map(lambda row: {name: value for name, value in row.items() if value not in (None, "", ())})


CASE_ROWS = rows_of([column.field for column in CASES.columns if column.field is not None])
CHILDREN = st.fixed_dictionaries(
    {},
    optional={
        table.name: st.lists(rows_of([column.field for column in table.columns if column.field]), max_size=2)
        for table in CHILD_TABLES
        if table.name != "attachments"
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(CASE_ROWS, CHILDREN, st.text(LETTERS, min_size=1, max_size=30).map(clean_line).filter(bool))
def test_any_case_survives_a_pack(
    tmp_path: Path, values: dict[str, Any], children: dict[str, list[Any]], title: str
) -> None:
    kept = {name: tuple(rows) for name, rows in children.items() if rows}
    case = CaseContent(CASE, {**values, "title": title, "revision": values.get("revision", 1)}, kept)
    path = tmp_path / "any.coipack"
    write(path, order(case))
    (back,) = read(path).cases
    assert back == case
    assert digest(back) == digest(case)
