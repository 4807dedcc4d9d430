from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from coi_desktop.models.case_content import content_of, digest, find_differences, merged
from coi_desktop.models.pack import CaseContent, CasePack, Manifest, PackLevel
from coi_desktop.models.record_types.case import CASE, CASE_MEASUREMENT
from coi_desktop.models.records import Record

ID = "6f1c1a5e-3c1e-4a43-9f0e-0d6a3a0b7c11"
UNIT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
HERE = CaseContent(
    ID,
    {"title": "Skærmbesøg", "revision": 1, "problem": "Kørsel", "skills": "Ro"},
    {"measurements": ({"indicator": "Tid", "result": Decimal("52")},), "parts": ({"name": "Skærm"},)},
)


def pack(case: CaseContent, level: PackLevel, *columns: str) -> CasePack:
    manifest = Manifest(
        ID, "p", "p", datetime(2026, 1, 1, tzinfo=UTC), UNIT, "Vestby", "da", level, "internal"
    )
    return CasePack(manifest, (case,), {"cases": ("uuid", "revision", "title", *columns)})


def test_revision_sharing_and_check_are_no_content() -> None:
    facts = {"revision": 9, "visibility": "public", "completeness": 3, "last_checked": date(2026, 1, 1)}
    assert digest(replace(HERE, values={**HERE.values, **facts})) == digest(HERE)


def test_any_other_change_is_content() -> None:
    changed = [
        replace(HERE, values={**HERE.values, "problem": "Kø"}),
        replace(HERE, values={**HERE.values, "extra": "{}"}),
        replace(HERE, values={name: value for name, value in HERE.values.items() if name != "skills"}),
        replace(HERE, children={**HERE.children, "parts": ({"name": "Skærm", "note": "ny"},)}),
        replace(HERE, children={"measurements": HERE.children["measurements"]}),
        replace(
            HERE,
            children={**HERE.children, "measurements": ({"indicator": "Tid", "result": Decimal("52.0")},)},
        ),
    ]
    assert len({digest(one) for one in [HERE, *changed]}) == len(changed) + 1


def test_text_that_moves_between_fields_is_a_change() -> None:
    first = CaseContent(ID, {"title": "a", "problem": "x\x1fsolution=y"})
    second = CaseContent(ID, {"title": "a", "problem": "x", "solution": "y"})
    assert digest(first) == digest(second), "the separator never stands in a text of the register"
    third = CaseContent(ID, {"title": "a", "solution": "x", "problem": "y"})
    assert digest(third) != digest(second)


def test_stored_records_give_the_content_they_were_made_from() -> None:
    empty = dict.fromkeys(field.name for field in CASE.fields)
    row = dict.fromkeys(field.name for field in CASE_MEASUREMENT.fields)
    case = Record("case", ID, {**empty, **HERE.values, "origin": "imported", "sender": "Vestby"})
    measured = Record(
        "case_measurement", "x", {**row, "case_id": ID, "indicator": "Tid", "result": Decimal(52)}
    )
    content = content_of(case, {"case_measurement": [measured]})
    assert content == CaseContent(ID, HERE.values, {"measurements": HERE.children["measurements"]})


def test_what_a_pack_does_not_speak_of_stays_as_it_is_here() -> None:
    incoming = CaseContent(ID, {"title": "Skærmbesøg 2", "revision": 2}, {})
    target = merged(HERE, incoming, pack(incoming, PackLevel.KORT, "problem"))
    assert target.values == {"title": "Skærmbesøg 2", "revision": 2, "skills": "Ro"}
    assert target.children == {"parts": HERE.children["parts"]}


def test_differences_are_told_field_by_field_in_the_language_asked_for() -> None:
    there = CaseContent(ID, {"title": "Skærmbesøg", "revision": 2, "problem": "Kø"}, {"parts": ()})
    found = {(one.label, one.here, one.there) for one in find_differences(HERE, there, "da")}
    assert found == {
        ("Problem", "Kørsel", "Kø"),
        ("Det kræver: kompetencer", "Ro", ""),
        ("Værdi", "Tid · 52", ""),
        ("Del af løsningen", "Skærm", ""),
    }
    assert find_differences(HERE, HERE, "en") == ()
